# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Indexes and cardinality hints of a schema: conversion, merge by name, comparison (S4.2, S4.3).

Private to the collection. Pure. In the API C(order) is one direction for all fields or a list with one for
each field. A direction is C(asc) or C(desc), a missing C(order) means C(asc).
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
    """The indexes that a task declares as present or absent; the other indexes of the schema stay."""

    wanted: tuple[Wire, ...]
    unwanted: frozenset[str]


@dataclasses.dataclass(frozen=True)
class SetHints:
    """The hints that a task declares, by field; None removes the hint of a field."""

    hints: dict[str, str | None]


def indexes_to_wire(indexes: list[t.Any], desired: t.Any) -> MergeIndexes:
    """Return the declared indexes in the API's form. Each has its C(state) already."""
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
    """Return the indexes after the change.

    An index that differs is replaced at the same position and keeps properties that the collection does not
    know. A plain list replaces all indexes: an empty one in a reset, the snapshot's in a rollback.
    """
    if not isinstance(declared, MergeIndexes):
        return declared
    wanted = {index["name"]: index for index in declared.wanted}
    merged = []
    for index in current:
        new = wanted.pop(index["name"], None)
        if index["name"] not in declared.unwanted:
            if new is not None and _fields_and_directions(new) != _fields_and_directions(index):
                merged.append({**index, **new})
            else:
                merged.append(index)
    return merged + list(wanted.values())


def take_away(entry: dict[str, t.Any], present: t.Mapping[str, t.Any]) -> list[str]:
    """Declare the indexes absent that only the present schema has."""
    wanted = entry.get("indexes")
    if wanted:
        names = {index["name"] for index in wanted}
        others = [index["name"] for index in present.get("indexes") or [] if index["name"] not in names]
        entry["indexes"] = [*wanted, *({"name": name, "state": "absent"} for name in others)]
    return []


def canonical_indexes(indexes: list[Wire]) -> dict[str, t.Any]:
    """Return the indexes in comparable form: by name, each as its fields and their directions."""
    return {index["name"]: _fields_and_directions(index) for index in indexes}


def show_indexes(indexes: list[Wire]) -> list[dict[str, t.Any]]:
    """Return the indexes in the form of the option C(indexes)."""
    return [
        {
            "name": index["name"],
            "fields": index["fields"],
            "order": shortest(index.get("order") or ASCENDING),
        }
        for index in indexes
    ]


def hints_to_wire(optimizations: dict[str, t.Any], desired: t.Any) -> SetHints:
    """Return the declared hints. A null optimisation removes the hint, an empty one keeps it."""
    return SetHints(
        {
            field: None if optimization is None else optimization.cardinality_hint
            for field, optimization in optimizations.items()
            if optimization is None or "cardinality_hint" in optimization.model_fields_set
        }
    )


def combine_hints(current: list[Wire], declared: SetHints | list[Wire]) -> list[Wire]:
    """Return the schema's fields with their hints after the change; fields are never added or removed.

    A plain list gives the hint of every field: none in a reset, the snapshot's in a rollback.
    """
    hints = {**hints_of(current), **declared.hints} if isinstance(declared, SetHints) else hints_of(declared)
    combined = []
    for field in current:
        unhinted = {key: value for key, value in field.items() if key != "cardinalityHint"}
        hint = hints.get(field["name"])
        combined.append(unhinted if hint is None else {**unhinted, "cardinalityHint": hint})
    return combined


def hints_of(fields: list[Wire]) -> dict[str, str | None]:
    """Return the hints by field name, for the fields that have one."""
    return {field["name"]: field["cardinalityHint"] for field in fields if field.get("cardinalityHint")}


def show_hints(fields: list[Wire]) -> dict[str, dict[str, t.Any]]:
    """Return the hints in the form of the option C(field_optimizations)."""
    return {name: {"cardinality_hint": hint} for name, hint in hints_of(fields).items()}


def show_fields(fields: list[Wire]) -> list[dict[str, t.Any]]:
    """Return the schema's fields with property names as options have them.

    Properties that the collection does not know keep the API's name.
    """
    names = {"maxLength": "max_length", "referenceTo": "reference_to", "cardinalityHint": "cardinality_hint"}
    return [{names.get(key, key): value for key, value in field.items()} for field in fields]


def shortest(order: str | list[str]) -> str | list[str]:
    """Return the order as one direction if all fields have the same."""
    return order[0] if isinstance(order, list) and order and order.count(order[0]) == len(order) else order


def _fields_and_directions(index: Wire) -> tuple[list[str], list[str]]:
    fields, order = index["fields"], index.get("order") or ASCENDING
    return fields, [order] * len(fields) if isinstance(order, str) else order
