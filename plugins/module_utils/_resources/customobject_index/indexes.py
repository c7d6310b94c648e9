# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The indexes and cardinality hints of a schema: declared, merged by name, compared, shown (S4.2, S4.3).

Private to the collection. Pure. API: "Custom objects"; C(order) is C(asc), C(desc) or one of these per field,
and C(asc) where it is missing.
"""

from __future__ import annotations

import dataclasses
import typing as t

Wire = dict[str, t.Any]

ASCENDING = "asc"
ORDERS = ("asc", "desc")
HINTS = ("low", "medium", "high")


@dataclasses.dataclass(frozen=True)
class MergeIndexes:
    """What a task declares of a schema's indexes; those that it does not name stay."""

    wanted: tuple[Wire, ...]
    unwanted: frozenset[str]


@dataclasses.dataclass(frozen=True)
class SetHints:
    """The hints that a task declares, by field; None takes a field's hint away."""

    hints: dict[str, str | None]


def indexes_to_wire(indexes: list[t.Any], desired: t.Any) -> MergeIndexes:
    """The declared entries, whose C(state) is settled, in the API's form."""
    return MergeIndexes(
        tuple(
            {
                "name": index.name,
                "fields": list(index.fields or []),
                "order": shortest(index.order or ASCENDING),
            }
            for index in indexes
            if index.state == "present"
        ),
        frozenset(index.name for index in indexes if index.state == "absent"),
    )


def combine_indexes(current: list[Wire], declared: MergeIndexes | list[Wire]) -> list[Wire]:
    """The indexes as they will be. What differs is replaced in its place and keeps what we do not know.

    A list replaces them all: none after a reset, those of a snapshot in a rollback.
    """
    if not isinstance(declared, MergeIndexes):
        return declared
    wanted = {index["name"]: index for index in declared.wanted}
    merged = []
    for index in current:
        new = wanted.pop(index["name"], None)
        if index["name"] not in declared.unwanted:
            merged.append(index if new is None or _meaning(new) == _meaning(index) else {**index, **new})
    return merged + list(wanted.values())


def canonical_indexes(indexes: list[Wire]) -> dict[str, t.Any]:
    """By name, each index with its fields and their directions: what makes two of them the same."""
    return {index["name"]: _meaning(index) for index in indexes}


def show_indexes(indexes: list[Wire]) -> list[dict[str, t.Any]]:
    """The entries of the option C(indexes)."""
    return [
        {
            "name": index["name"],
            "fields": index["fields"],
            "order": shortest(index.get("order") or ASCENDING),
        }
        for index in indexes
    ]


def hints_to_wire(optimizations: dict[str, t.Any], desired: t.Any) -> SetHints:
    """The declared hints; an optimisation that is null takes the hint away, an empty one leaves it alone."""
    return SetHints(
        {
            field: None if optimization is None else optimization.cardinality_hint
            for field, optimization in optimizations.items()
            if optimization is None or "cardinality_hint" in optimization.model_fields_set
        }
    )


def combine_hints(current: list[Wire], declared: SetHints | list[Wire]) -> list[Wire]:
    """The schema's fields with their hints as they will be; never more or fewer fields.

    A list says every field's hint: none after a reset, those of a snapshot in a rollback.
    """
    hints = {**hints_of(current), **declared.hints} if isinstance(declared, SetHints) else hints_of(declared)
    combined = []
    for field in current:
        kept = {key: value for key, value in field.items() if key != "cardinalityHint"}
        hint = hints.get(field["name"])
        combined.append(kept if hint is None else {**kept, "cardinalityHint": hint})
    return combined


def hints_of(fields: list[Wire]) -> dict[str, str | None]:
    """The hint of every field that has one."""
    return {field["name"]: field["cardinalityHint"] for field in fields if field.get("cardinalityHint")}


def show_hints(fields: list[Wire]) -> dict[str, dict[str, t.Any]]:
    """The option C(field_optimizations), with the fields that have a hint."""
    return {name: {"cardinality_hint": hint} for name, hint in hints_of(fields).items()}


def show_fields(fields: list[Wire]) -> list[dict[str, t.Any]]:
    """The schema's fields, with names as options have them; what we do not know keeps the API's name."""
    names = {"maxLength": "max_length", "referenceTo": "reference_to", "cardinalityHint": "cardinality_hint"}
    return [{names.get(key, key): value for key, value in field.items()} for field in fields]


def shortest(order: str | list[str]) -> str | list[str]:
    """One direction where all fields have the same."""
    return order[0] if isinstance(order, list) and len(set(order)) == 1 else order


def _meaning(index: Wire) -> tuple[list[str], list[str]]:
    fields, order = index["fields"], index.get("order") or ASCENDING
    return fields, [order] * len(fields) if isinstance(order, str) else order
