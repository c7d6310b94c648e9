# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhooks: their objects as the API serves them. Source: API.md, "Webhooks"; seed 000."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, nothing, one
from ..errors import Detail, bad_request
from ..events import EVENT_TYPES
from ..routing import resource
from ..store import Kind, Stored, Wire
from .body_shapes import Entries, Flag, Named, Record, Text
from .paging import numbered_page

SCOPES = ("platform:webhooks:write",)

KIND = Kind(name="webhooks", path="/api/v2/platform/webhooks")

WEBHOOK = Record(
    required={
        "name": Text(),
        "events": Entries(Record(required={"eventType": Text(EVENT_TYPES)})),
        "target": Record(
            required={"url": Text(pattern="https?://.+")}, optional={"headers": Named(Text(empty=True))}
        ),
    },
    optional={"enabled": Flag()},
    ignored=KIND.owned,
)


def routes() -> list[Route]:
    return [
        resource(KIND.path, GET=(list_webhooks, SCOPES), POST=(create, SCOPES)),
        resource(KIND.path + "/{id}", GET=(read, SCOPES), PUT=(replace, SCOPES), DELETE=(delete, SCOPES)),
    ]


def list_webhooks(call: Call) -> Response:
    return numbered_page(call, call.org[KIND].listed())


def create(call: Call) -> Response:
    fields = accepted(call, None)
    target = {"headers": {}, **fields["target"]}
    return one(call.org[KIND].create({"enabled": True, **fields, "target": target}))


def read(call: Call) -> Response:
    return one(call.shown(KIND))


def replace(call: Call) -> Response:
    stored = call.target(KIND)
    return one(call.org[KIND].replace(stored, accepted(call, stored)))


def delete(call: Call) -> Response:
    call.org[KIND].remove(call.target(KIND).id)
    return nothing()


def accepted(call: Call, stored: Stored | None) -> Wire:
    """The checked body without what the server owns."""
    body = call.json_object()
    faults: list[Detail] = []
    WEBHOOK.check(body, "", [stored.wire] if stored else [], faults)
    if faults:
        raise bad_request("The webhook is not valid.", faults)
    return {key: value for key, value in body.items() if key not in KIND.owned}
