# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of audit records: C(/api/v2/audit/records/query) in C(openapi.yaml).

Clients can only query records. The control API stores and reads them as a kind. The lag of the kind is the
time between a change and its record.
"""

from __future__ import annotations

import math

from starlette.responses import Response
from starlette.routing import Route

from ..call import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Call, json_response
from ..errors import Detail, bad_request
from ..events import Event
from ..orgs import Org
from ..routing import route
from ..store import Kind
from .body_shapes import Integer, Object, Shape, Text
from .event_types import EVENT_TYPES

READ = ("audit:read",)
QUERY_PATH = "/api/v2/audit/records/query"

RECORDS = Kind(name="audit_records", path="", created_field="timestamp", usual_lag=0.2)

QUERY: Shape = Object(
    required={"query": Object(required={}, optional={"entityId": Text(), "eventType": Text(EVENT_TYPES)})},
    optional={"size": Integer(1, MAX_PAGE_SIZE), "pageNumber": Integer(1)},
)
OPERATIONS = {"created": "CREATE", "updated": "UPDATE", "deleted": "DELETE"}


def routes() -> list[Route]:
    return [route(QUERY_PATH, POST=(query, READ))]


def record(org: Org, event: Event) -> None:
    """Store the record of an event; a listener of C(orgs)."""
    org[RECORDS].create(
        {
            "actorId": event.actor_id,
            "operation": OPERATIONS[event.change],
            "status": "SUCCESS",
            "eventType": event.event_type,
            "entityId": event.entity_id,
        }
    )


def query(call: Call) -> Response:
    """Return a page of the visible records, in the order of their events. A page past the end is empty."""
    body = call.json_object()
    problems: list[Detail] = []
    QUERY.check(body, "", [], problems)
    if problems:
        raise bad_request("The query is not valid.", problems)
    wanted = body["query"].items()
    found = [stored.wire for stored in call.org[RECORDS].listed() if wanted <= stored.wire.items()]
    size, number = body.get("size", DEFAULT_PAGE_SIZE), body.get("pageNumber", 1)
    return json_response(
        {
            "entities": found[(number - 1) * size : number * size],
            "pageNumber": number,
            "pageCount": math.ceil(len(found) / size),
            "total": len(found),
        }
    )
