# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of flow log levels: of each flow, and the default of the org."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import ApiError
from ..store import Kind, Stored, Wire, timestamp
from . import flows, queries, visibility
from .bodies import read_body
from .log_level_characteristics import BASE, SettingBody, definitions, of_level, setting
from .paging import numbered_page
from .permissions import (
    ADD_LOG_LEVEL,
    DELETE_DEFAULT_LOG_LEVEL,
    DELETE_LOG_LEVEL,
    EDIT_DEFAULT_LOG_LEVEL,
    EDIT_LOG_LEVEL,
    SEARCH_FLOW,
    VIEW_ANY_LOG_LEVEL,
    VIEW_DEFAULT_LOG_LEVEL,
    VIEW_LOG_LEVEL,
)
from .responses import deleted
from .routing import require_also, route
from .switches import switches

LIST_PATH = "/api/v2/flows/instances/settings/loglevels"
DEFAULT_PATH = f"{LIST_PATH}/default"
MAX_PAGE = 200
DEFAULT_ID = "default"


def complete(wire: Wire) -> Wire:
    """Fill in the level, its characteristics and the date that a seeded setting lacks."""
    given = wire.get("logLevelCharacteristics", {})
    level = given.get("level", BASE)
    return {
        "dateModified": timestamp(),
        **wire,
        "logLevelCharacteristics": {
            "level": level,
            "characteristics": {**of_level(level), **given.get("characteristics", {})},
        },
    }


KIND = Kind(
    name="flow_log_levels",
    path="/api/v2/flows/{id}/instances/settings/loglevels",
    modified_field="dateModified",
    complete=complete,
)
DEFAULT = Kind(
    name="flow_log_level_default",
    path="",
    modified_field="dateModified",
    initial=[{"id": DEFAULT_ID}],
    complete=complete,
)


def routes() -> list[Route]:
    return [
        route(LIST_PATH, GET=(list_all, VIEW_LOG_LEVEL)),
        route(f"{LIST_PATH}/characteristics", GET=(read_definitions, VIEW_ANY_LOG_LEVEL)),
        route(
            DEFAULT_PATH,
            GET=(read_default, VIEW_DEFAULT_LOG_LEVEL),
            PUT=(replace_default, EDIT_DEFAULT_LOG_LEVEL),
            DELETE=(reset_default, DELETE_DEFAULT_LOG_LEVEL),
        ),
        route(
            flows.PATH + "/{flowId}/instances/settings/loglevels",
            GET=(read, VIEW_LOG_LEVEL),
            POST=(create, ADD_LOG_LEVEL),
            PUT=(replace, EDIT_LOG_LEVEL),
            DELETE=(delete, DELETE_LOG_LEVEL),
        ),
    ]


def list_all(call: Call) -> Response:
    require_also(call, SEARCH_FLOW)
    return numbered_page(
        call, visibility.listed(call, KIND), lambda stored: shown(call, stored), largest=MAX_PAGE
    )


def read_definitions(call: Call) -> Response:
    return json_response(definitions())


def read(call: Call) -> Response:
    """Return the setting of a flow. Raise 404 for a flow without one, which has the default."""
    flow = _flow(call)
    return json_response(shown(call, visibility.read(call, KIND, flow.id)))


def create(call: Call) -> Response:
    flow = _flow(call)
    body = read_body(call, SettingBody).log_level_characteristics
    existing = call.org[KIND].get(flow.id)
    if existing is None:
        stored = visibility.add(call, KIND, _wire(call, flow.id, setting(body, None)))
    elif switches(call.org).existing_log_level == "refused":
        raise ApiError(409, "general.conflict", f"The flow {flow.id} has a log level.")
    else:
        stored = visibility.rewrite(call, KIND, existing, _wire(call, flow.id, setting(body, None)))
    return json_response(shown(call, stored))


def replace(call: Call) -> Response:
    stored = visibility.current(call, KIND, _flow(call).id)
    return json_response(shown(call, visibility.rewrite(call, KIND, stored, _replaced(call, stored))))


def delete(call: Call) -> Response:
    visibility.remove(call, KIND, visibility.current(call, KIND, _flow(call).id))
    return deleted(call)


def read_default(call: Call) -> Response:
    return json_response(shown(call, visibility.read(call, DEFAULT, DEFAULT_ID)))


def replace_default(call: Call) -> Response:
    stored = visibility.current(call, DEFAULT, DEFAULT_ID)
    return json_response(shown(call, visibility.rewrite(call, DEFAULT, stored, _replaced(call, stored))))


def reset_default(call: Call) -> Response:
    stored = visibility.current(call, DEFAULT, DEFAULT_ID)
    wire = _wire(call, DEFAULT_ID, {"level": BASE, "characteristics": of_level(BASE)})
    visibility.rewrite(call, DEFAULT, stored, wire)
    return deleted(call)


def _flow(call: Call) -> Stored:
    """Return the flow of the path. Raise 404 or 410 if there is none."""
    flow = visibility.current(call, flows.KIND, call.path_params["flowId"])
    flows.refuse_deleted(flow)
    return flow


def _replaced(call: Call, stored: Stored) -> Wire:
    body = read_body(call, SettingBody).log_level_characteristics
    earlier = stored.wire["logLevelCharacteristics"]
    keeps = switches(call.org).unset_characteristics == "kept" and body.level == earlier["level"]
    return _wire(call, stored.id, setting(body, earlier["characteristics"] if keeps else None))


def _wire(call: Call, object_id: str, level: Wire) -> Wire:
    return {
        "id": object_id,
        "modifiedByClient": {"id": call.token.actor_id},
        "dateModified": timestamp(),
        "logLevelCharacteristics": level,
    }


def shown(call: Call, stored: Stored) -> Wire:
    """Return a setting. Name and type of the flow and the characteristics come with C(expand) only.

    The default has the id of the org. It has neither name nor type.
    """
    expanded = queries.values(call, "expand")
    level = dict(stored.wire["logLevelCharacteristics"])
    if "logLevelCharacteristics.characteristics" not in expanded:
        del level["characteristics"]
    wire = {**stored.wire, "logLevelCharacteristics": level, "selfUri": call.path}
    flow = call.org[flows.KIND].get(stored.id)
    if stored.id == DEFAULT_ID:
        wire["id"] = call.org.id
    elif flow is not None:
        wire["selfUri"] = KIND.path.format(id=stored.id)
        wire |= {"name": flow.wire["name"]} if "name" in expanded else {}
        wire |= {"type": flow.wire["type"].lower()} if "type" in expanded else {}
    return wire
