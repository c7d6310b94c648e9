# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of flows, which clients of this part only read: C(/api/v2/flows)."""

from __future__ import annotations

import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import ApiError
from ..store import Kind, Stored, Wire
from . import queries, visibility
from .paging import numbered_page
from .permissions import VIEW_FLOW
from .routing import route

PATH = "/api/v2/flows"
#: The division of a flow that is seeded without one.
HOME_DIVISION = "d0b9a7a8-0e0c-4f6f-8f0a-5a54c3a4a001"
#: The fields by which a list is filtered, with the parameter of each. A flow must contain the text.
_TEXTS = {"name": "name", "description": "description"}


def complete(wire: Wire) -> Wire:
    """Fill in the fields that a seeded flow lacks. Its type is in upper case, as in every Flow."""
    division = {"id": HOME_DIVISION, "name": "Home", **wire.get("division", {})}
    return {
        "active": True,
        "system": False,
        "deleted": False,
        **wire,
        "type": wire.get("type", "INBOUNDCALL").upper(),
        "division": {**division, "selfUri": f"/api/v2/authorization/divisions/{division['id']}"},
    }


KIND = Kind(name="flows", path=PATH, event="Architect.Flow", complete=complete)


def routes() -> list[Route]:
    return [
        route(PATH, GET=(list_flows, VIEW_FLOW)),
        route(PATH + "/{flowId}", GET=(read, VIEW_FLOW)),
    ]


def list_flows(call: Call) -> Response:
    """Return the flows that fit all filters. With C(id) all other filters are ignored."""
    ids = queries.values(call, "id")
    found = visibility.listed(call, KIND)
    if ids:
        matching = [stored for stored in found if stored.id in ids]
    else:
        types = [one.upper() for one in queries.values(call, "type")]
        divisions, deleted = queries.values(call, "divisionId"), queries.flag(call, "deleted")
        matching = [
            stored
            for stored in found
            if (not types or stored.wire["type"] in types)
            and (not divisions or stored.wire["division"]["id"] in divisions)
            and (deleted or not stored.wire["deleted"])
            and _has_texts(call, stored.wire)
        ]
    key, descending = queries.text(call, "sortBy") or "id", queries.text(call, "sortOrder") == "desc"
    matching.sort(key=lambda stored: str(stored.wire.get(key, "")), reverse=descending)
    return numbered_page(call, matching, shown)


def _has_texts(call: Call, wire: Wire) -> bool:
    """Return whether name and description contain the wanted texts, in any letter case."""

    def has(fields: t.Iterable[str], parameter: str) -> bool:
        wanted = queries.text(call, parameter).strip("*").lower()
        return any(wanted in str(wire.get(field, "")).lower() for field in fields)

    return has(["name"], "name") and has(["description"], "description") and has(_TEXTS, "nameOrDescription")


def read(call: Call) -> Response:
    stored = visibility.read(call, KIND, call.path_params["flowId"])
    if not queries.flag(call, "deleted"):
        refuse_deleted(stored)
    return json_response(shown(stored))


def refuse_deleted(stored: Stored) -> None:
    """Raise 410 for a deleted flow."""
    if stored.wire["deleted"]:
        raise ApiError(410, "architect.flow.deleted", f"The flow {stored.id} was deleted.")


def shown(stored: Stored) -> Wire:
    return {**stored.wire, "selfUri": f"{PATH}/{stored.id}"}
