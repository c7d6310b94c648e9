# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of webhooks: C(/api/v2/platform/webhooks) in C(openapi.yaml)."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, no_content, object_response
from ..errors import Detail, bad_request
from ..routing import route
from ..store import Kind, Stored, Wire
from .body_shapes import Boolean, ListOf, MapOf, Object, Text
from .event_types import EVENT_TYPES
from .paging import numbered_page

SCOPES = ("platform:webhooks:write",)

KIND = Kind(name="webhooks", path="/api/v2/platform/webhooks")

WEBHOOK = Object(
    required={
        "name": Text(),
        "events": ListOf(Object(required={"eventType": Text(EVENT_TYPES)})),
        "target": Object(
            required={"url": Text(pattern="https?://.+")}, optional={"headers": MapOf(Text(empty=True))}
        ),
    },
    optional={"enabled": Boolean()},
    ignored=KIND.server_owned,
)


def routes() -> list[Route]:
    return [
        route(KIND.path, GET=(list_webhooks, SCOPES), POST=(create, SCOPES)),
        route(KIND.path + "/{id}", GET=(read, SCOPES), PUT=(replace, SCOPES), DELETE=(delete, SCOPES)),
    ]


def list_webhooks(call: Call) -> Response:
    return numbered_page(call, call.org[KIND].listed())


def create(call: Call) -> Response:
    fields = validated_fields(call, None)
    target = {"headers": {}, **fields["target"]}
    return object_response(call.org[KIND].create({"enabled": True, **fields, "target": target}))


def read(call: Call) -> Response:
    return object_response(call.visible_object(KIND))


def replace(call: Call) -> Response:
    stored = call.current_object(KIND)
    return object_response(call.org[KIND].replace(stored, validated_fields(call, stored)))


def delete(call: Call) -> Response:
    call.org[KIND].remove(call.current_object(KIND).id)
    return no_content()


def validated_fields(call: Call, stored: Stored | None) -> Wire:
    """Return the checked body without server-owned fields. Raise the error response of an invalid body."""
    body = call.json_object()
    problems: list[Detail] = []
    WEBHOOK.check(body, "", [stored.wire] if stored else [], problems)
    if problems:
        raise bad_request("The webhook is not valid.", problems)
    return {key: value for key, value in body.items() if key not in KIND.server_owned}
