# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flows and their settings. Source: API.md, "Flows"; seed 002."""

from __future__ import annotations

import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, answer
from ..errors import ApiError, Detail, bad_request
from ..routing import resource
from ..store import Kind, Stored, Wire, encode, merge_patch
from .body_shapes import Anything, Entries, Flag, Named, Record, Shape, Text, Whole
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

SETTINGS = Record(
    required={},
    optional={
        "routing": Record(
            required={},
            optional={
                "type": Text(),
                "maxWaitTime": Whole(),
                "scope": Record(required={"type": Text(), "id": Text()}),
            },
        ),
        "configurationMatrix": Named(Record(required={"key": Text(), "value": Anything()})),
        "scopeDirectives": Record(
            required={},
            optional={"applyTo": Entries(Text(("queue", "user", "team"))), "enforceHierarchy": Flag()},
        ),
    },
)
PATCH: Shape = Record(
    required={"orgId": Text(), "flowId": Text(), "settings": Named(Anything()), "version": Whole(1)},
    ignored=KIND.owned,
)
RELOAD: Shape = Record(required={"orgId": Text()})


def routes() -> list[Route]:
    return [
        resource(KIND.path, GET=(list_flows, READ)),
        resource(KIND.path + "/reload", POST=(reload, WRITE)),
        resource(KIND.path + "/{id}", GET=(read, READ), PATCH=(patch, WRITE)),
    ]


def list_flows(call: Call) -> Response:
    """C(name) is the beginning of the names wanted, in any case."""
    wanted, expanded = call.query.get("name", "").casefold(), expansions(call)
    flows = call.org[KIND].listed()
    if wanted:
        flows = [flow for flow in flows if flow.wire["name"].casefold().startswith(wanted)]
    return token_page(call, flows, lambda flow: expand(flow, expanded))


def read(call: Call) -> Response:
    return Response(expand(call.shown(KIND), expansions(call)), 200, media_type="application/json")


def patch(call: Call) -> Response:
    """Settings are a merge patch, judged by its result; the version must be the next one."""
    stored = call.target(KIND)
    body = checked(call, PATCH)
    same(body, "orgId", call.org.id)
    same(body, "flowId", stored.id)
    before = stored.wire.get("settings", {})
    after = merge_patch(before, body["settings"])
    faults: list[Detail] = []
    SETTINGS.check(after, "settings", [before], faults)
    if faults:
        raise bad_request("The flow's settings are not valid.", faults)
    expected = stored.wire["version"] + 1
    if body["version"] != expected:
        raise ApiError(
            409, "flow.version.conflict", f"The flow's next version is {expected}, not {body['version']}."
        )
    flow = call.org[KIND].replace(stored, {**stored.wire, "settings": after})
    return answer(flow.wire)


def reload(call: Call) -> Response:
    same(checked(call, RELOAD), "orgId", call.org.id)
    return Response(status_code=202)


def checked(call: Call, shape: Shape) -> Wire:
    body = call.json_object()
    faults: list[Detail] = []
    shape.check(body, "", [], faults)
    if faults:
        raise bad_request("The request is not valid.", faults)
    return body


def same(body: t.Mapping[str, t.Any], field: str, wanted: str) -> None:
    if body[field] != wanted:
        fault = Detail(field, "value.invalid", f"must be {wanted}.")
        raise bad_request("The request is about something else.", [fault])


def expansions(call: Call) -> frozenset[str]:
    """The parameter C(expand): names with commas between, or repeated."""
    names = {
        name.strip() for text in call.query.getlist("expand") for name in text.split(",") if name.strip()
    }
    unknown = sorted(names - EXPANSIONS)
    if unknown:
        fault = Detail("expand", "value.invalid", f"has {', '.join(unknown)}.")
        raise bad_request("The expansion is not known.", [fault])
    return frozenset(names)


def expand(flow: Stored, expanded: frozenset[str]) -> bytes:
    """All of a flow with C(settings), its routing alone with C(routing), neither without."""
    if "settings" in expanded:
        return flow.encoded
    wire = {key: value for key, value in flow.wire.items() if key != "settings"}
    routing = flow.wire.get("settings", {}).get("routing")
    if "routing" in expanded and routing is not None:
        wire["settings"] = {"routing": routing}
    return encode(wire)
