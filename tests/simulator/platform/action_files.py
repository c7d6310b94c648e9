# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of the templates and schemas of data actions and drafts, which are files of their own."""

from __future__ import annotations

import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import not_found
from ..store import Stored
from . import action_store, action_views, visibility
from .action_store import DRAFTS
from .permissions import VIEW_ACTION
from .routing import route
from .switches import switches

#: The parts of a stored action that each file shows.
TEMPLATES = {
    "requesttemplate.vm": ("config", "request", "requestTemplate"),
    "successtemplate.vm": ("config", "response", "successTemplate"),
}
SCHEMAS = {
    "inputschema.json": ("contract", "input", "inputSchema"),
    "successschema.json": ("contract", "output", "successSchema"),
}


def routes() -> list[Route]:
    one = action_views.PATH + "/{actionId}"
    return [
        route(one + "/templates/{fileName}", GET=(live_template, VIEW_ACTION)),
        route(one + "/draft/templates/{fileName}", GET=(draft_template, VIEW_ACTION)),
        route(one + "/schemas/{fileName}", GET=(live_schema, VIEW_ACTION)),
        route(one + "/draft/schemas/{fileName}", GET=(draft_schema, VIEW_ACTION)),
    ]


def live_template(call: Call) -> Response:
    return template(call, action_store.visible(call))


def draft_template(call: Call) -> Response:
    return template(call, visibility.read(call, DRAFTS, call.path_params["actionId"]))


def live_schema(call: Call) -> Response:
    return schema(call, action_store.visible(call))


def draft_schema(call: Call) -> Response:
    return schema(call, visibility.read(call, DRAFTS, call.path_params["actionId"]))


def template(call: Call, stored: Stored) -> Response:
    """Return a template as text."""
    found = part(stored, TEMPLATES.get(call.path_params["fileName"], ()))
    if not isinstance(found, str) or switches(call.org).template_files == "missing":
        raise not_found(f"The template {call.path_params['fileName']}")
    return Response(found, media_type="text/plain")


def schema(call: Call, stored: Stored) -> Response:
    """Return a schema as JSON."""
    name = call.path_params["fileName"]
    found = action_views.ERROR_SCHEMA if name == "errorschema.json" else part(stored, SCHEMAS.get(name, ()))
    if not isinstance(found, dict):
        raise not_found(f"The schema {name}")
    return json_response(found)


def part(stored: Stored, names: t.Sequence[str]) -> t.Any:
    """Return the value at a path of keys, or None."""
    value: t.Any = stored.wire if names else None
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
