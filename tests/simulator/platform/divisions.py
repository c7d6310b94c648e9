# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of divisions: C(/api/v2/authorization/divisions). Reading them needs no permission."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import Detail, bad_request
from ..orgs import Org
from ..store import Kind, Stored, Wire
from . import queries, visibility
from .paging import numbered_page
from .routing import route

PATH = "/api/v2/authorization/divisions"

KIND = Kind(
    name="divisions",
    path=PATH,
    complete=lambda wire: {"description": "", "homeDivision": False, **wire},
    initial=[{"name": "Home", "homeDivision": True}],
)


def routes() -> list[Route]:
    return [
        route(PATH, GET=(list_divisions, ())),
        route(PATH + "/{divisionId}", GET=(read, ())),
    ]


def list_divisions(call: Call) -> Response:
    """Return a page of divisions. C(name) is a search term: a part of the name in any case."""
    ids, name = queries.values(call, "id"), queries.text(call, "name").lower()
    queries.flag(call, "objectCount")
    matching = [
        stored
        for stored in visibility.listed(call, KIND)
        if (not ids or stored.id in ids) and name in str(stored.wire["name"]).lower()
    ]
    return numbered_page(call, matching, shown)


def read(call: Call) -> Response:
    queries.flag(call, "objectCount")
    return json_response(shown(visibility.read(call, KIND, call.path_params["divisionId"])))


def shown(stored: Stored) -> Wire:
    return {**stored.wire, "selfUri": f"{PATH}/{stored.id}"}


def reference(org: Org, division_id: str) -> Wire:
    """Return the division of an object, as the object shows it."""
    stored = org[KIND].get(division_id)
    name = stored.wire["name"] if stored else division_id
    return {"id": division_id, "name": name, "selfUri": f"{PATH}/{division_id}"}


def home(org: Org) -> str:
    return next(one.id for one in org[KIND].all() if one.wire["homeDivision"])


def chosen(org: Org, division_id: str | None) -> str:
    """Return the division of a body, by default the home division. Raise 400 if it does not exist."""
    if division_id is None:
        return home(org)
    if org[KIND].get(division_id) is None:
        detail = Detail("division.id", "invalid.value", "there is no such division.")
        raise bad_request("The request body is not valid.", [detail])
    return division_id
