# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stored data tables and their rows.

A stored table has its division as C(divisionId), which its views show as C(division). A stored row is
C({id: TABLE:KEY, tableId, row}). C(row) has the key and the values.
"""

from __future__ import annotations

import re
import urllib.parse

from ..orgs import Org
from ..store import Kind, Stored, Wire
from . import data_table_schema
from .switches import switches

PATH = "/api/v2/flows/datatables"
ROWS_PATH = PATH + "/{datatableId}/rows"
_ADDRESS = re.compile(ROWS_PATH.replace("{datatableId}", "([^/]+)") + "(?:/(.+))?")

_EMPTY_SCHEMA: Wire = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "type": "object",
    "required": ["key"],
    "additionalProperties": False,
    "properties": {"key": {"type": "string", "title": "key"}},
}

TABLES = Kind(
    name="data_tables",
    path=PATH,
    event="Datatables.Schema",
    complete=lambda wire: {"description": "", "schema": _EMPTY_SCHEMA, **wire},
)


def row_id(table_id: str, key: str) -> str:
    return f"{table_id}:{urllib.parse.quote(key, safe='')}"


class RowKind(Kind):
    """The kind of rows, whose paths have the id of the table before the key."""

    def addressed_id(self, path: str) -> str | None:
        match = _ADDRESS.fullmatch(path)
        if match is None:
            return None
        return row_id(match[1], match[2]) if match[2] else ""


ROWS = RowKind(
    name="data_table_rows",
    path=ROWS_PATH,
    event="Datatables.Row",
    complete=lambda wire: {**wire, "id": row_id(wire["tableId"], wire["row"]["key"])},
)


def of_table(org: Org, table_id: str) -> list[Stored]:
    return [stored for stored in org[ROWS].all() if stored.wire["tableId"] == table_id]


def stored_row(table_id: str, row: Wire) -> Wire:
    return {"id": row_id(table_id, row["key"]), "tableId": table_id, "row": row}


def add_columns(org: Org, table_id: str, old: Wire, new: Wire) -> None:
    """Give the rows of a table the values of its new columns, as a switch has them."""
    known, form = data_table_schema.columns(old), switches(org).new_column_in_rows
    added = {name: one for name, one in data_table_schema.columns(new).items() if name not in known}
    if not added or form == "absent":
        return
    value_of = data_table_schema.zero_of if form == "zero" else data_table_schema.default_of
    values = {name: value_of(one) for name, one in added.items()}
    for stored in of_table(org, table_id):
        org[ROWS].rewrite(stored, {**stored.wire, "row": {**values, **stored.wire["row"]}})
