# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of flows and their settings: C(/api/v2/architect/flows) in C(openapi.yaml)."""

from __future__ import annotations

import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import ApiError, Detail, bad_request
from ..routing import route
from ..store import Kind, Stored, Wire, encode_json, merge_patch
from .body_shapes import AnyJson, Boolean, Integer, ListOf, MapOf, Object, Shape, Text
from .paging import token_page

READ = ("architect:read", "flow:read")
WRITE = ("architect:write", "flow:write")
EXPANSIONS = frozenset({"routing", "settings"})

KIND = Kind(
    name="flows",
    path="/api/v2/architect/flows",
    version_field="version",
    created_field="createdDate",
    modified_field="modifiedDate",
    event="flow",
)

SETTINGS = Object(
    required={},
    optional={
        "routing": Object(
            required={},
            optional={
                "type": Text(),
                "maxWaitTime": Integer(),
                "scope": Object(required={"type": Text(), "id": Text()}),
            },
        ),
        "configurationMatrix": MapOf(Object(required={"key": Text(), "value": AnyJson()})),
        "scopeDirectives": Object(
            required={},
            optional={"applyTo": ListOf(Text(("queue", "user", "team"))), "enforceHierarchy": Boolean()},
        ),
    },
)
PATCH: Shape = Object(
    required={"orgId": Text(), "flowId": Text(), "settings": MapOf(AnyJson()), "version": Integer(1)},
    ignored=KIND.server_owned,
)
RELOAD: Shape = Object(required={"orgId": Text()})


def routes() -> list[Route]:
    return [
        route(KIND.path, GET=(list_flows, READ)),
        route(KIND.path + "/reload", POST=(reload, WRITE)),
        route(KIND.path + "/{id}", GET=(read, READ), PATCH=(patch, WRITE)),
    ]


def list_flows(call: Call) -> Response:
    """Return a page of flows. The parameter C(name) is a prefix of the name, in any case."""
    wanted, expanded = call.query.get("name", "").casefold(), requested_expansions(call)
    flows = call.org[KIND].listed()
    if wanted:
        flows = [flow for flow in flows if flow.wire["name"].casefold().startswith(wanted)]
    return token_page(call, flows, lambda flow: encode_expanded(flow, expanded))


def read(call: Call) -> Response:
    return Response(
        encode_expanded(call.visible_object(KIND), requested_expansions(call)),
        200,
        media_type="application/json",
    )


def patch(call: Call) -> Response:
    """Apply a merge patch to the settings. The result is validated; the version must be the next one."""
    stored = call.current_object(KIND)
    body = parse_body(call, PATCH)
    require_equal(body, "orgId", call.org.id)
    require_equal(body, "flowId", stored.id)
    before = stored.wire.get("settings", {})
    after = merge_patch(before, body["settings"])
    problems: list[Detail] = []
    SETTINGS.check(after, "settings", [before], problems)
    if problems:
        raise bad_request("The flow's settings are not valid.", problems)
    expected = stored.wire["version"] + 1
    if body["version"] != expected:
        raise ApiError(
            409, "flow.version.conflict", f"The flow's next version is {expected}, not {body['version']}."
        )
    flow = call.org[KIND].replace(stored, {**stored.wire, "settings": after})
    return json_response(flow.wire)


def reload(call: Call) -> Response:
    require_equal(parse_body(call, RELOAD), "orgId", call.org.id)
    return Response(status_code=202)


def parse_body(call: Call, shape: Shape) -> Wire:
    body = call.json_object()
    problems: list[Detail] = []
    shape.check(body, "", [], problems)
    if problems:
        raise bad_request("The request is not valid.", problems)
    return body


def require_equal(body: t.Mapping[str, t.Any], field: str, wanted: str) -> None:
    if body[field] != wanted:
        problem = Detail(field, "value.invalid", f"must be {wanted}.")
        raise bad_request("The request is about something else.", [problem])


def requested_expansions(call: Call) -> frozenset[str]:
    """Return the names in the parameter C(expand), which are comma-separated or repeated."""
    names = {
        name.strip() for text in call.query.getlist("expand") for name in text.split(",") if name.strip()
    }
    unknown = sorted(names - EXPANSIONS)
    if unknown:
        problem = Detail("expand", "value.invalid", f"has {', '.join(unknown)}.")
        raise bad_request("The expansion is not known.", [problem])
    return frozenset(names)


def encode_expanded(flow: Stored, expanded: frozenset[str]) -> bytes:
    """Encode a flow with all settings, with their C(routing) alone, or without settings."""
    if "settings" in expanded:
        return flow.encoded
    wire = {key: value for key, value in flow.wire.items() if key != "settings"}
    routing = flow.wire.get("settings", {}).get("routing")
    if "routing" in expanded and routing is not None:
        wire["settings"] = {"routing": routing}
    return encode_json(wire)
