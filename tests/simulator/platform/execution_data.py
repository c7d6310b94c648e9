# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of the org's switch for execution data of flows, which has two paths."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import not_found
from ..store import Kind, Wire, timestamp
from . import visibility
from .bodies import Body, read_body
from .permissions import (
    EDIT_EXECUTION_DATA,
    EDIT_OLDER_EXECUTION_DATA,
    VIEW_EXECUTION_DATA,
    VIEW_OLDER_EXECUTION_DATA,
)
from .routing import route
from .switches import switches

PATH = "/api/v2/settings/executiondata"
OLDER_PATH = "/api/v2/flows/instances/settings/executiondata"
_ID = "executiondata"


def complete(wire: Wire) -> Wire:
    """Fill in what a new org has: no data is stored."""
    return {"enabled": False, **wire}


KIND = Kind(name="execution_data", path=PATH, initial=[{"id": _ID}], complete=complete)
OLDER = Kind(name="older_execution_data", path=OLDER_PATH, initial=[{"id": _ID}], complete=complete)


class SwitchBody(Body):
    enabled: bool


def routes() -> list[Route]:
    return [
        route(PATH, GET=(read, VIEW_EXECUTION_DATA), PATCH=(change, EDIT_EXECUTION_DATA)),
        route(OLDER_PATH, GET=(read, VIEW_OLDER_EXECUTION_DATA), PATCH=(change, EDIT_OLDER_EXECUTION_DATA)),
    ]


def read(call: Call) -> Response:
    return json_response(shown(call, visibility.read(call, _kind(call), _ID).wire))


def change(call: Call) -> Response:
    kind = _kind(call)
    stored = visibility.current(call, kind, _ID)
    wire = {
        "id": _ID,
        "enabled": read_body(call, SwitchBody).enabled,
        "modifiedByClient": {"id": call.token.actor_id},
        "dateModified": timestamp(),
    }
    return json_response(shown(call, visibility.rewrite(call, kind, stored, wire).wire))


def _kind(call: Call) -> Kind:
    """Return the kind that has the value of a path. Raise 404 if the org lacks the newer path."""
    if call.path == PATH and switches(call.org).newer_execution_data == "missing":
        raise not_found(f"The path {PATH}")
    is_one = switches(call.org).execution_data_switches == "one"
    return KIND if is_one or call.path == PATH else OLDER


def shown(call: Call, wire: Wire) -> Wire:
    """Return the setting, with the id of the org."""
    return {**wire, "id": call.org.id, "selfUri": call.path}
