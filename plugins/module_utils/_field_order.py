# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Advice on the order of an index's fields: which order, and why (S4.7).

Private to the collection. Pure. An index serves a query from its first field on: fields that are compared for
equality come first, those with many distinct values before those with few, and dates, of which queries ask
ranges, come last.
"""

from __future__ import annotations

import typing as t

Wire = dict[str, t.Any]

_RANK = {"high": 0, "medium": 1, "low": 2}
_WHY = (
    "fields that queries compare for equality come first, those with many distinct values before those with "
    "few, so that each leaves less to read; dates come last, for behind a range the index helps no more"
)


def cardinality(field: Wire) -> str | None:
    """C(low), C(medium), C(high), or None where nobody says; a boolean has two values whatever is said."""
    return "low" if field.get("type") == "boolean" else field.get("cardinalityHint")


def advised_order(names: list[str], fields: t.Mapping[str, Wire]) -> list[str]:
    """The names in the order that serves most queries; an unknown cardinality counts as medium."""

    def rank(name: str) -> tuple[bool, int]:
        field = fields.get(name, {})
        return field.get("type") == "date", _RANK.get(cardinality(field) or "medium", _RANK["medium"])

    return sorted(names, key=rank)


def advise_on_leading_field(names: list[str], fields: t.Mapping[str, Wire]) -> str | None:
    """What to do where the first field is known to have few values and one behind it to have more."""
    leading, *behind = [cardinality(fields.get(name, {})) for name in names]
    better = advised_order(names, fields)
    if leading != "low" or better == names or not {"medium", "high"} & set(behind):
        return None
    return (
        f"begins with {names[0]!r}, which has few distinct values: order its fields {better}, because {_WHY}"
    )


def advise_after_full_scan(queried: str, schema: Wire) -> str:
    """What makes an index serve queries on a field, going by the indexes that the schema has."""
    fields = {field["name"]: field for field in schema.get("fields") or []}
    indexes = schema.get("indexes") or []
    for index in indexes:
        if index["fields"][:1] == [queried]:
            return _advise_on_unused(index, queried, fields)
    for index in indexes:
        if queried in index["fields"]:
            others = [name for name in index["fields"] if name != queried]
            return (
                f"The index {index['name']!r} has {queried!r} behind {index['fields'][0]!r}, and an index "
                f"serves queries from its first field on: order its fields {[queried, *others]}, or declare "
                f"another index that begins with {queried!r}."
            )
    return f"No index has {queried!r}: declare one that begins with it."


def _advise_on_unused(index: Wire, queried: str, fields: t.Mapping[str, Wire]) -> str:
    text = f"The index {index['name']!r} begins with {queried!r} and was not used all the same"
    better = advised_order(index["fields"], fields)
    if better != index["fields"]:
        return f"{text}: for queries on several of its fields order them {better}, because {_WHY}."
    if cardinality(fields.get(queried, {})) == "low":
        return (
            f"{text}: {queried!r} has few distinct values, so that the index would spare little. Put a field "
            "with more of them in front and query both."
        )
    return (
        f"{text}: check the field's cardinality hint in field_optimizations, and whether the value is of the "
        "field's type; statistics may also be missing so soon after a rebuild."
    )
