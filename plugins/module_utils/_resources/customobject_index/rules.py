# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for the indexes of a schema after the change; all violations are reported at once (S4.1, S4.4).

Private to the collection. Pure.
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings, did_you_mean
from ..._printable import printable

Wire = dict[str, t.Any]

#: Number of indexes that the platform allows for a schema (S4.1).
MAX_INDEXES = 5
#: Longest string that an index serves well [characters]; longer strings are free text (S4.4).
LONGEST_KEY = 1000
_INDEXABLE = ("string", "number", "date", "boolean")
#: Position in an index by cardinality.
_RANK = {"high": 0, "medium": 1, "low": 2}
_WHY = (
    "fields that queries compare for equality come first, those with many distinct values before those with "
    "few; dates come last, because an index serves no field behind a range"
)


def judge_declaration(indexes: list[t.Any], allowed: int, findings: Findings) -> None:
    """Validate the option C(indexes) by the rules that need no schema, for C(state=validated)."""
    present = {
        number: index for number, index in enumerate(indexes) if index and index.get("state") == "present"
    }
    if len(present) > allowed:
        _too_many([str(index.get("name")) for index in present.values()], allowed, findings)
    for number, index in present.items():
        names = [name for name in index.get("fields") or [] if name is not None]
        _judge_repeated(str(index.get("name")), names, f"indexes[{number}]", findings)


def judge_schema(schema: Wire, desired: t.Any, findings: Findings) -> None:
    """Validate the indexes of a schema and the fields that the task names.

    Every write sends all indexes, so an index that the platform would reject is a problem even if the task
    does not declare it. Rules about usefulness apply to declared indexes only.
    """
    fields = {field["name"]: field for field in schema.get("fields") or []}
    indexes = schema.get("indexes") or []
    if len(indexes) > desired.max_indexes:
        _too_many([index["name"] for index in indexes], desired.max_indexes, findings)
    declared = {
        index.name: number for number, index in enumerate(desired.indexes or []) if index.state == "present"
    }
    for index in indexes:
        number = declared.get(index["name"])
        path = "indexes" if number is None else f"indexes[{number}]"
        _judge_repeated(index["name"], index["fields"], path, findings, declared=number is not None)
        for position, name in enumerate(index["fields"]):
            where = path if number is None else f"{path}.fields[{position}]"
            fault = _fault(name, fields)
            if fault is not None:
                findings.problem(where, _sentence(index["name"], fault, declared=number is not None))
            elif number is not None:
                _judge_selectivity(index["name"], fields[name], where, desired.on_low_selectivity, findings)
        advice = advise_on_leading_field(index["fields"], fields) if index["fields"] else None
        if advice is not None and number is not None and desired.on_low_selectivity != "ignore":
            findings.warn(f"{path}.fields", f"the index {index['name']!r} {advice}")
    _judge_named_fields(fields, desired, findings)


def _judge_named_fields(fields: t.Mapping[str, Wire], desired: t.Any, findings: Findings) -> None:
    named = [(f"field_optimizations.{name}", name) for name in desired.field_optimizations or {}]
    if desired.verify_query is not None:
        named.append(("verify_query.field", desired.verify_query.field))
    for path, name in named:
        if name not in fields:
            findings.problem(path, f"the schema has no field {name!r}{did_you_mean(name, fields)}")


def _fault(name: str, fields: t.Mapping[str, Wire]) -> str | None:
    """Return the reason why a field cannot be part of an index, None if it can."""
    if name not in fields:
        return f"names the field {name!r}, which the schema does not have{did_you_mean(name, fields)}"
    kind = fields[name].get("type")
    if kind == "reference":
        if fields[name].get("referenceTo"):
            return None
        return f"has the reference {name!r}, which has no target: the schema must give its referenceTo"
    if kind in _INDEXABLE:
        return None
    return (
        f"has the field {name!r} of the type {kind}, which cannot be indexed: only {', '.join(_INDEXABLE)} "
        "and references with a target can"
    )


def _judge_repeated(
    index: str, names: list[str], path: str, findings: Findings, *, declared: bool = True
) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        where = f"{path}.fields" if declared else path
        findings.problem(where, _sentence(index, f"has the field {name!r} more than once", declared=declared))


def _judge_selectivity(index: str, field: Wire, path: str, reaction: str, findings: Findings) -> None:
    longest = field.get("maxLength") or 0
    if reaction == "ignore" or field.get("type") != "string" or longest <= LONGEST_KEY:
        return
    text = (
        f"the index {index!r} has the free text {field['name']!r} of up to {longest} characters, more than "
        f"{LONGEST_KEY}: an index on it is large and rarely useful"
    )
    if reaction == "warn":
        findings.warn(path, text)
    else:
        findings.problem(path, f"{text}. Leave the field out, or set on_low_selectivity to warn")


def _too_many(names: list[str], allowed: int, findings: Findings) -> None:
    shown = ", ".join(map(printable, names))
    findings.problem(
        "indexes",
        f"the schema would have {len(names)} indexes ({shown}), and {allowed} are allowed: remove "
        "some with state absent, or raise max_indexes where the platform allows more",
    )


def _sentence(index: str, fault: str, *, declared: bool) -> str:
    if declared:
        return f"the index {index!r} {fault}"
    return (
        f"the index {index!r}, which is in the schema and not in the task, {fault}. No write of the schema "
        "would be accepted: correct the schema, or remove the index with state absent"
    )


def cardinality(field: Wire) -> str | None:
    """Return C(low), C(medium), C(high), or None if unknown; a boolean is C(low), with its two values."""
    return "low" if field.get("type") == "boolean" else field.get("cardinalityHint")


def advised_order(names: list[str], fields: t.Mapping[str, Wire]) -> list[str]:
    """Return the names in the order that serves most queries; an unknown cardinality counts as medium."""

    def rank(name: str) -> tuple[bool, int]:
        field = fields.get(name, {})
        return field.get("type") == "date", _RANK.get(cardinality(field) or "medium", _RANK["medium"])

    return sorted(names, key=rank)


def advise_on_leading_field(names: list[str], fields: t.Mapping[str, Wire]) -> str | None:
    """Return advice if the first field has low cardinality and a later one more; None otherwise."""
    leading, *rest = [cardinality(fields.get(name, {})) for name in names]
    better = advised_order(names, fields)
    if leading != "low" or better == names or not {"medium", "high"} & set(rest):
        return None
    return (
        f"begins with {names[0]!r}, which has few distinct values: order its fields {better}, because {_WHY}"
    )


def advise_after_full_scan(queried: str, schema: Wire) -> str:
    """Return advice after a full scan: how the schema's indexes can serve queries on the field."""
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
    text = f"The index {index['name']!r} begins with {queried!r}, but was not used"
    better = advised_order(index["fields"], fields)
    if better != index["fields"]:
        return f"{text}: for queries on several of its fields order them {better}, because {_WHY}."
    if cardinality(fields.get(queried, {})) == "low":
        return (
            f"{text}: {queried!r} has few distinct values, so the index saves little. Put a field with "
            "more distinct values before it and query both."
        )
    return (
        f"{text}: check the field's cardinality hint in field_optimizations, and whether the value has the "
        "field's type. Right after a rebuild, statistics may also be missing."
    )
