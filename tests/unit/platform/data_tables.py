# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data tables that tests on the platform API store and read."""

from __future__ import annotations

import typing as t

from unit.platform.conftest import Tasks

Wire = dict[str, t.Any]

LIST = "/api/v2/flows/datatables"
PRICES = {"name": "Prices"}
COLUMNS = [
    {"name": "text", "type": "string", "title": "Text"},
    {"name": "count", "type": "integer", "title": "Count", "default": 7},
    {"name": "price", "type": "number", "title": "Price"},
    {"name": "sold", "type": "boolean", "title": "Sold"},
]


def schema_of(columns: t.Iterable[Wire], **key: t.Any) -> Wire:
    """Return the schema that another client stores for columns."""
    described = {
        "key": {"$id": "/properties/key", "type": "string", "title": "SKU", "displayOrder": 0, **key}
    }
    for place, column in enumerate(columns, 1):
        own = {name: value for name, value in column.items() if name != "name"}
        described[column["name"]] = {**own, "$id": f"/properties/{column['name']}", "displayOrder": place}
    return {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "required": ["key"],
        "additionalProperties": False,
        "properties": described,
    }


def seeded(
    tasks: Tasks, columns: t.Sequence[Wire] | None = None, rows: t.Iterable[Wire] = (), **fields: t.Any
) -> Wire:
    """Store a data table as another client has made it."""
    given = {"name": "Prices", "schema": schema_of(COLUMNS if columns is None else columns), **fields}
    table: Wire
    (table,) = tasks.org.seed([given], "data_tables")
    stored = [{"tableId": table["id"], "row": row} for row in rows]
    if stored:
        tasks.org.seed(stored, "data_table_rows")
    return table


def stored(tasks: Tasks) -> Wire:
    (one,) = tasks.org.objects("data_tables")
    return dict(one)


def properties(tasks: Tasks) -> Wire:
    return dict(stored(tasks)["schema"]["properties"])


def rows_of(tasks: Tasks) -> dict[str, Wire]:
    """Return the stored rows by key, without the key."""
    rows = {one["row"]["key"]: one["row"] for one in tasks.org.objects("data_table_rows")}
    return {key: {name: value for name, value in row.items() if name != "key"} for key, row in rows.items()}
