# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks of the indexes of a schema (400): schema CustomObjectSchemaFields of C(openapi.yaml) (S4.1)."""

from __future__ import annotations

import typing as t

from ..errors import Detail
from ..store import Wire

MAX_INDEXES = 5
INDEXABLE = frozenset({"string", "number", "date", "boolean"})


def index_problems(schema: Wire) -> list[Detail]:
    """Return the problems in the indexes of a schema that has the right shape."""
    fields = {field["name"]: field for field in schema["fields"]}
    indexes = schema.get("indexes", [])
    problems = []
    if len(indexes) > MAX_INDEXES:
        sentence = f"has {len(indexes)} entries; {MAX_INDEXES} are allowed."
        problems.append(Detail("indexes", "index.limit.exceeded", sentence))
    names: set[str] = set()
    for number, index in enumerate(indexes):
        path = f"indexes[{number}]"
        if index["name"] in names:
            problems.append(Detail(f"{path}.name", "index.name.duplicate", f"{index['name']} stands twice."))
        names.add(index["name"])
        problems.extend(_field_problems(index, path, fields))
    return problems


def _field_problems(index: Wire, path: str, fields: t.Mapping[str, Wire]) -> t.Iterator[Detail]:
    if not index["fields"]:
        yield Detail(f"{path}.fields", "value.empty", "must not be empty.")
    for number, name in enumerate(index["fields"]):
        place = f"{path}.fields[{number}]"
        if name not in fields:
            yield Detail(place, "index.field.unknown", f"the schema has no field {name}.")
        elif not _indexable(fields[name]):
            yield Detail(place, "index.field.type", f"{name} has the type {fields[name]['type']}.")
        elif name in index["fields"][:number]:
            yield Detail(place, "index.field.duplicate", f"{name} stands twice.")
    order = index.get("order")
    if isinstance(order, list) and len(order) != len(index["fields"]):
        yield Detail(f"{path}.order", "value.invalid", "must have one entry per field.")


def _indexable(field: Wire) -> bool:
    return field["type"] in INDEXABLE or (field["type"] == "reference" and bool(field.get("referenceTo")))


def with_order(schema: Wire) -> Wire:
    """Return the schema with ascending order for each index that lacks an order."""
    if "indexes" not in schema:
        return schema
    return {**schema, "indexes": [{"order": "asc", **index} for index in schema["indexes"]]}


def index_for(field: str, schema: Wire) -> str | None:
    """Return the name of the first index that begins with a field, or None if a query needs a full scan."""
    for index in schema.get("indexes", []):
        if index["fields"][:1] == [field]:
            return str(index["name"])
    return None
