# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of webhooks: C(/api/v2/platform/webhooks) in C(openapi.yaml)."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, object_response
from ..routing import route
from ..store import Kind
from .body_shapes import Boolean, ListOf, MapOf, Object, Text
from .event_types import EVENT_TYPES
from .unlocked_objects import UnlockedObjects

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
HOOKS = UnlockedObjects(KIND, WEBHOOK, "webhook")


def routes() -> list[Route]:
    return [
        route(KIND.path, GET=(HOOKS.list_all, SCOPES), POST=(create, SCOPES)),
        route(
            KIND.path + "/{id}",
            GET=(HOOKS.read, SCOPES),
            PUT=(HOOKS.replace, SCOPES),
            DELETE=(HOOKS.delete, SCOPES),
        ),
    ]


def create(call: Call) -> Response:
    fields = HOOKS.validated_fields(call, None)
    target = {"headers": {}, **fields["target"]}
    return object_response(call.org[KIND].create({"enabled": True, **fields, "target": target}))
