# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data schemas of workitems, external contacts and external organizations: their custom fields (N.8).

Private to the collection.
"""

from __future__ import annotations

import contextlib
import math
import typing as t

from ..._findings import Findings, describe_value
from ..._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DesiredState
from ..._model.json_objects import may_be_number
from ..._model.resource import ResourceKind
from ..known_values import spelled
from . import platform
from .schema_types import PATHS

_LENGTHS = frozenset({"min_length", "max_length"})
_BOUNDS = frozenset({"minimum", "maximum"})
_TAGS = frozenset({"min_items", "max_items", "unique_items", "item_min_length", "item_max_length"})
#: The options of a field that each core type has, beside those of all types.
CORE_TYPES: dict[str, frozenset[str]] = {
    "text": _LENGTHS,
    "longtext": _LENGTHS,
    "url": _LENGTHS,
    "identifier": _LENGTHS,
    "enum": frozenset({"options"}),
    "date": frozenset(),
    "datetime": frozenset(),
    "integer": _BOUNDS,
    "number": _BOUNDS,
    "checkbox": frozenset(),
    "tag": _TAGS,
}
_OF_SOME_TYPES = frozenset().union(*CORE_TYPES.values())
_RANGES = (
    ("min_length", "max_length"),
    ("minimum", "maximum"),
    ("min_items", "max_items"),
    ("item_min_length", "item_max_length"),
)

OPTIONS: dict[str, dict[str, t.Any]] = {
    **IDENTITY_OPTIONS,
    "type": {"type": "str"},
    "description": {"type": "str"},
    "enabled": {"type": "bool"},
    "fields": {
        "type": "list",
        "elements": "dict",
        "options": {
            "name": {"type": "str", "required": True},
            "type": {"type": "str", "required": True},
            "title": {"type": "str"},
            "description": {"type": "str"},
            "min_length": {"type": "int"},
            "max_length": {"type": "int"},
            "minimum": {"type": "raw"},
            "maximum": {"type": "raw"},
            "min_items": {"type": "int"},
            "max_items": {"type": "int"},
            "unique_items": {"type": "bool"},
            "item_min_length": {"type": "int"},
            "item_max_length": {"type": "int"},
            "options": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "name": {"type": "str", "required": True},
                    "title": {"type": "str"},
                    "disabled": {"type": "bool"},
                },
            },
        },
    },
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}


class DataSchema(DesiredState):
    """The desired state of a data schema."""

    type: str | None = None
    description: str | None = None
    enabled: bool | None = None
    fields: list[dict[str, t.Any]] | None = None
    verify: bool = True


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone."""
    if given.get("id") is None and given.get("name") is not None and given.get("type") is None:
        findings.problem("type", f"is required with name: {', '.join(PATHS)}")
    if "fields" in given and given["fields"] is None:
        given["fields"] = []
    seen: set[str] = set()
    for index, field in enumerate(given.get("fields") or []):
        if isinstance(field, dict):
            _check_name(field, seen, f"fields[{index}]", "field", findings)
            _check_field(field, f"fields[{index}]", findings)
    return {}


def _check_name(entry: dict[str, t.Any], seen: set[str], place: str, noun: str, findings: Findings) -> None:
    name = entry.get("name")
    if not isinstance(name, str):
        return  # reported by the check of the option's type
    if not name.strip():
        findings.problem(f"{place}.name", "must not be empty")
    elif name in seen:
        findings.problem(f"{place}.name", f"{name!r} is declared twice: a name means one {noun}")
    seen.add(name)


def _check_field(field: dict[str, t.Any], place: str, findings: Findings) -> None:
    spelled(field, "type", list(CORE_TYPES), findings, path=f"{place}.type")
    for option in _BOUNDS & field.keys():
        field[option] = _number(field[option], f"{place}.{option}", findings)
    kind = field.get("type")
    known = CORE_TYPES.get(kind) if isinstance(kind, str) else None
    if known is not None:
        for option in sorted((_OF_SOME_TYPES - known) & field.keys()):
            if field[option] is not None:
                having = ", ".join(name for name, options in CORE_TYPES.items() if option in options)
                findings.problem(f"{place}.{option}", f"has no meaning for {kind}: only {having} has it")
    for least, most in _RANGES:
        low, high = field.get(least), field.get(most)
        if low is not None and high is not None and low > high:
            findings.problem(f"{place}.{least}", f"is {low}, more than {most}, which is {high}")
    _check_options(field, place, findings)


def _check_options(field: dict[str, t.Any], place: str, findings: Findings) -> None:
    options, seen = field.get("options"), set[str]()
    if "options" in field and not options:
        findings.problem(
            f"{place}.options", "must have an option: the API removes none, so omit it to keep them"
        )
    for index, option in enumerate(options or []):
        if isinstance(option, dict):
            _check_name(option, seen, f"{place}.options[{index}]", "option", findings)


def _number(value: t.Any, place: str, findings: Findings) -> t.Any:
    """Return a number of YAML, or of a text that a template made. Add a problem for another value."""
    number = value
    if isinstance(value, str) and may_be_number(value):
        for convert in (float, int):
            with contextlib.suppress(ValueError):
                number = convert(value)
    if number is None or (type(number) in (int, float) and math.isfinite(number)):
        return number
    findings.problem(place, f"must be a number, not {describe_value(value)}")
    return None


DATA_SCHEMA = ResourceKind(
    name="data_schema",
    title="data schema",
    options=OPTIONS,
    model=DataSchema,
    profiles={"platform": platform.PLATFORM_RESOURCE},
    identity=("name", "type"),
    list_option="data_schemas",
    verifies=True,
    validate=validate_options,
)
