# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of the rows of data tables: C(/api/v2/flows/datatables/{datatableId}/rows)."""

from __future__ import annotations

import re
import urllib.parse

from starlette.responses import Response
from starlette.routing import Route, compile_path

from ..call import Call
from ..errors import ApiError, bad_request, not_found
from ..store import Stored, Wire
from . import data_table_schema, exact_numbers, queries, visibility
from .data_table_store import ROWS, ROWS_PATH, TABLES, of_table, row_id, stored_row
from .paging import numbered_page
from .permissions import ADD_ROW, DELETE_ROW, EDIT_ROW, VIEW_ROW
from .responses import deleted
from .routing import route
from .switches import switches

MOST_ROWS = 5000


def routes() -> list[Route]:
    """Return the routes. That of one row also gets keys with a slash, which a switch serves."""
    one = route(
        ROWS_PATH + "/{rowId}",
        GET=(read, VIEW_ROW),
        PUT=(replace, EDIT_ROW),
        DELETE=(delete, DELETE_ROW),
    )
    pattern, one.path_format, one.param_convertors = compile_path(ROWS_PATH + "/{rowId:path}")
    one.path_regex = re.compile(pattern.pattern.removesuffix("$") + r"\Z", re.DOTALL)
    return [route(ROWS_PATH, GET=(list_rows, VIEW_ROW), POST=(create, ADD_ROW)), one]


def list_rows(call: Call) -> Response:
    """Return a page of rows by key. Each page is a read of all rows, which may show an earlier state."""
    table = visibility.current(call, TABLES, call.path_params["datatableId"])
    rows = sorted(
        visibility.read_all(call, ROWS, f"{table.id}:"), key=lambda one: str(one.wire["row"]["key"])
    )
    if queries.text(call, "sortOrder").lower() == "descending":
        rows.reverse()
    return numbered_page(call, rows, lambda stored: shown(call, table, stored), respond=exact_numbers.respond)


def read(call: Call) -> Response:
    table = visibility.current(call, TABLES, call.path_params["datatableId"])
    stored = visibility.read(call, ROWS, _row_id(call, table))
    return exact_numbers.respond(shown(call, table, stored))


def create(call: Call) -> Response:
    table = visibility.current(call, TABLES, call.path_params["datatableId"])
    row = _row_of_body(call, table)
    if call.org[ROWS].get(row_id(table.id, row["key"])) is not None:
        code = "architect.datatables.key.conflict"
        raise ApiError(409, code, f"A row with the key {row['key']} already exists.")
    if len(of_table(call.org, table.id)) >= MOST_ROWS:
        raise bad_request(f"A data table can have {MOST_ROWS} rows.", code="limit.exceeded")
    stored = visibility.add(call, ROWS, stored_row(table.id, row))
    return exact_numbers.respond(stored.wire["row"])


def replace(call: Call) -> Response:
    table = visibility.current(call, TABLES, call.path_params["datatableId"])
    stored = visibility.current(call, ROWS, _row_id(call, table))
    row = _row_of_body(call, table)
    if row["key"] != stored.wire["row"]["key"]:
        raise data_table_schema.syntax_error("key", "must be that of the path.")
    written = visibility.rewrite(call, ROWS, stored, stored_row(table.id, row))
    return exact_numbers.respond(written.wire["row"])


def delete(call: Call) -> Response:
    table = visibility.current(call, TABLES, call.path_params["datatableId"])
    visibility.remove(call, ROWS, visibility.current(call, ROWS, _row_id(call, table)))
    return deleted(call)


def shown(call: Call, table: Stored, stored: Stored) -> Wire:
    """Return a row: without C(showbrief=false) its key alone."""
    row: Wire = stored.wire["row"]
    if queries.flag(call, "showbrief") is not False:
        return {"key": row["key"]}
    return {name: value for name, value in row.items() if name in table.wire["schema"]["properties"]}


def _row_id(call: Call, table: Stored) -> str:
    key = call.path_params["rowId"]
    if "/" in key and switches(call.org).slash_in_row_key == "not_found":
        raise not_found(f"The path {urllib.parse.quote(call.path)}")
    return row_id(table.id, key)


def _row_of_body(call: Call, table: Stored) -> Wire:
    """Return the row of a body, by a switch without the values that the body lacks."""
    if call.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ApiError(415, "unsupported.media.type", "The body must be application/json.")
    schema = table.wire["schema"]
    row = data_table_schema.checked_row(schema, exact_numbers.parse(call.body))
    if switches(call.org).missing_row_values == "absent":
        return row
    return data_table_schema.filled(schema, row)
