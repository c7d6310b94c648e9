# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of data tables: C(/api/v2/flows/datatables)."""

from __future__ import annotations

import fnmatch
import re
import typing as t

import pydantic
from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import ApiError, Detail, bad_request
from ..orgs import Org
from ..store import Stored, Wire
from . import data_table_schema, dependencies, divisions, queries, visibility
from .bodies import Body, read_body
from .data_table_store import PATH, ROWS, TABLES, add_columns, of_table
from .paging import numbered_page
from .permissions import ADD_TABLE, DELETE_TABLE, EDIT_TABLE, SEARCH_TABLE, VIEW_TABLE
from .responses import deleted
from .routing import route
from .switches import switches

VIEWS = f"{PATH}/divisionviews"
MOST_TABLES = 200


class DivisionBody(Body):
    id: str | None = None


class TableBody(Body):
    name: t.Annotated[str, pydantic.Field(min_length=1, max_length=256)]
    description: str | None = None
    division: DivisionBody | None = None
    table_schema: t.Annotated[dict[str, t.Any], pydantic.Field(alias="schema")]


def routes() -> list[Route]:
    return [
        route(PATH, GET=(list_tables, VIEW_TABLE), POST=(create, ADD_TABLE)),
        route(VIEWS, GET=(list_tables, SEARCH_TABLE)),
        route(VIEWS + "/{datatableId}", GET=(read, SEARCH_TABLE)),
        route(
            PATH + "/{datatableId}",
            GET=(read, VIEW_TABLE),
            PUT=(replace, EDIT_TABLE),
            DELETE=(delete, DELETE_TABLE),
        ),
    ]


def list_tables(call: Call) -> Response:
    name, wanted = queries.text(call, "name"), queries.values(call, "divisionId")
    pattern = fnmatch.translate(re.sub(r"([\[\]?])", r"[\1]", name.lower()))
    matching = [
        stored
        for stored in visibility.listed(call, TABLES)
        if (not name or re.match(pattern, str(stored.wire["name"]).lower()))
        and (not wanted or division_of(call.org, stored) in wanted)
    ]
    if queries.text(call, "sortBy") == "name":
        matching.sort(key=lambda stored: str(stored.wire["name"]))
    if queries.text(call, "sortOrder").lower() == "descending":
        matching.reverse()
    return numbered_page(call, matching, lambda stored: shown(call, stored))


def create(call: Call) -> Response:
    body = read_body(call, TableBody)
    if len(call.org[TABLES].all()) >= MOST_TABLES:
        raise bad_request(f"An org can have {MOST_TABLES} data tables.", code="limit.exceeded")
    stored = visibility.create(call, TABLES, _fields(call, body))
    return json_response(shown(call, stored, written=True))


def read(call: Call) -> Response:
    return json_response(shown(call, visibility.read(call, TABLES, call.path_params["datatableId"])))


def replace(call: Call) -> Response:
    """Replace a table. Its schema only grows; an absent description is cleared."""
    stored = visibility.current(call, TABLES, call.path_params["datatableId"])
    body = read_body(call, TableBody)
    fields = _fields(call, body, stored)
    old, new = stored.wire["schema"], fields["schema"]
    lost = data_table_schema.lost_column(old, new)
    has_rows = bool(of_table(call.org, stored.id))
    if lost is not None and (has_rows or switches(call.org).column_removal == "refused"):
        place = f"schema.properties.{lost}"
        raise data_table_schema.syntax_error(place, "can be neither removed nor given another type.")
    add_columns(call.org, stored.id, old, new)
    written = visibility.rewrite(call, TABLES, stored, {"id": stored.id, **fields})
    return json_response(shown(call, written, written=True))


def delete(call: Call) -> Response:
    """Delete a table with its rows. Without C(force), a flow that uses it prevents that."""
    stored = visibility.current(call, TABLES, call.path_params["datatableId"])
    in_use = dependencies.consumers(call.org, stored.id) and not queries.flag(call, "force")
    if in_use and switches(call.org).data_table_in_use == "refused":
        raise ApiError(409, "general.conflict", f"The data table {stored.id} is in use.")
    for row in of_table(call.org, stored.id):
        call.org[ROWS].remove(row.id)
    visibility.remove(call, TABLES, stored)
    return deleted(call)


def _fields(call: Call, body: TableBody, stored: Stored | None = None) -> Wire:
    """Return the stored fields of a body. Raise 400 for an invalid one, and 409 for a name that is taken."""
    schema = data_table_schema.checked(body.table_schema, body.name)
    given = body.division.id if body.division else None
    division = divisions.chosen(call.org, given or (division_of(call.org, stored) if stored else None))
    if any(one.id != (stored and stored.id) for one in call.org[TABLES].named(body.name)):
        detail = Detail("name", "not.unique", "is taken by another data table.")
        raise ApiError(409, "general.conflict", "The data table is not valid.", details=[detail])
    return {
        "name": body.name,
        "description": body.description or "",
        "divisionId": division,
        "schema": schema,
    }


def division_of(org: Org, stored: Stored) -> str:
    return str(stored.wire.get("divisionId") or divisions.home(org))


def shown(call: Call, stored: Stored, *, written: bool = False) -> Wire:
    """Return the view of a table, with its schema if C(expand) or a switch asks for it."""
    wire = {name: value for name, value in stored.wire.items() if name not in ("divisionId", "schema")}
    view = {
        **wire,
        "division": divisions.reference(call.org, division_of(call.org, stored)),
        "selfUri": f"{PATH}/{stored.id}",
    }
    expanded = "schema" in queries.values(call, "expand")
    if expanded or (written and switches(call.org).table_write_answer == "with_schema"):
        view["schema"] = stored.wire["schema"]
    return view
