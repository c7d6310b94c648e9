# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Match criteria of a trigger: checks by the type that each operator compares, and both forms (N.9).

Private to the collection. 1 and "1" are different values, as in JSON.
"""

from __future__ import annotations

import json
import typing as t

from ..._findings import Findings, describe_value, did_you_mean
from ..._model.json_objects import Body, is_finite

_KEYS = {"jsonPath": "json_path", "operator": "operator", "value": "value", "values": "values"}
_NUMERIC = ("GreaterThan", "GreaterThanOrEqual", "LessThan", "LessThanOrEqual")
#: Operators that compare with a list, whose order does not matter.
_LISTS = ("All", "In", "NotIn")
#: Operators that compare with one value. Only Contains takes either.
_SINGLE = (*_NUMERIC, "Equal", "Exists", "NotEqual", "Size")
OPERATORS = (*_SINGLE, *_LISTS, "Contains")


def check_criteria(given: t.Sequence[t.Any], findings: Findings) -> None:
    """Add a problem for each value that its operator cannot compare. Spell known operators as the API does.

    Warn of an operator that is not known.
    """
    for index, criterion in enumerate(given):
        if isinstance(criterion, dict):
            _check(criterion, f"match_criteria[{index}]", findings)


def _check(criterion: dict[str, t.Any], place: str, findings: Findings) -> None:
    path, operator = criterion.get("json_path"), criterion.get("operator")
    if isinstance(path, str) and not path.strip():
        findings.problem(f"{place}.json_path", "must not be empty")
    if not isinstance(operator, str):
        return  # reported by the check of the option's type
    spelling = {one.lower(): one for one in OPERATORS}.get(operator.lower())
    if spelling is None:
        hint = did_you_mean(operator, OPERATORS)
        findings.warn(
            f"{place}.operator", f"{operator!r} is not known to this version and goes to the API{hint}"
        )
    criterion["operator"] = operator = spelling or operator
    value, values = criterion.get("value"), criterion.get("values")
    for option in ("value", "values"):
        if not is_finite(criterion.get(option)):
            findings.problem(f"{place}.{option}", "must have finite numbers only, as JSON does")
    if value is not None and values is not None:
        findings.problem(f"{place}.values", "excludes value: give one of them")
    elif operator in _LISTS and values is None:
        findings.problem(f"{place}.values", f"is required: {operator} compares with a list")
    elif values is not None and operator in _SINGLE:
        findings.problem(
            f"{place}.values", f"is not for {operator}, which compares with one value: give value"
        )
    elif values == []:
        findings.problem(f"{place}.values", f"must have a value: {operator} compares with those of the list")
    elif value is None and values is None:
        findings.problem(f"{place}.value", f"is required: {operator} compares with a value")
    elif value is not None:
        _check_type(operator, value, f"{place}.value", findings)


def _check_type(operator: str, value: t.Any, place: str, findings: Findings) -> None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if operator in _NUMERIC and not is_number:
        findings.problem(place, f"must be a number for {operator}, not {describe_value(value)}")
    elif operator == "Size" and not (is_number and isinstance(value, int) and value >= 0):
        findings.problem(place, f"must be a whole number of 0 or more for Size, not {describe_value(value)}")
    elif operator == "Exists" and not isinstance(value, bool):
        findings.problem(place, f"must be true or false for Exists, not {describe_value(value)}")


def to_wire(criteria: list[dict[str, t.Any]], desired: t.Any) -> list[Body]:
    """Return criteria in the API's form, without keys that are null."""
    return [
        {wire: one[option] for wire, option in _KEYS.items() if one.get(option) is not None}
        for one in criteria
    ]


def from_wire(criteria: t.Any) -> t.Any:
    """Return criteria in the form of the option."""
    if not isinstance(criteria, list):
        return criteria
    return [
        {_KEYS.get(key, key): value for key, value in one.items()} if isinstance(one, dict) else one
        for one in criteria
    ]


def in_stable_order(criteria: list[dict[str, t.Any]]) -> list[dict[str, t.Any]]:
    """Return criteria in the form of the option, with sorted lists where the order does not matter."""
    return sorted(
        (
            {**one, "values": sorted(one["values"], key=json.dumps)}
            if one.get("operator") in _LISTS and isinstance(one.get("values"), list)
            else one
            for one in criteria
        ),
        key=json.dumps,
    )


def decode(criteria: t.Any) -> t.Any:
    """Return criteria of the API without keys that are null: it may have both value and values."""
    if not isinstance(criteria, list):
        return criteria
    return [
        {key: value for key, value in one.items() if value is not None} if isinstance(one, dict) else one
        for one in criteria
    ]


def canonical(criteria: t.Any) -> t.Any:
    """Return criteria in comparable form: all of them must match, so their order does not matter."""
    return sorted(map(_text, criteria)) if isinstance(criteria, list) else criteria


def _text(criterion: Body) -> str:
    """Return a criterion as JSON text, where 1 and "1" and true differ, but not 1 and 1.0."""
    values = criterion.get("values")
    if criterion.get("operator") in _LISTS and isinstance(values, list):
        criterion = {**criterion, "values": sorted(json.dumps(_plain(one), sort_keys=True) for one in values)}
    return json.dumps(_plain(criterion), sort_keys=True)


def _plain(value: t.Any) -> t.Any:
    """Return a JSON value with whole numbers as integers."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, list) else value
