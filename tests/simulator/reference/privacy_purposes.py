# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of privacy purposes: C(/api/v2/privacy/purposes) in C(openapi.yaml)."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, no_content, object_response
from ..errors import Detail, bad_request
from ..routing import route
from ..store import Kind, Stored, Wire
from .body_shapes import Boolean, ListOf, Object, Text
from .paging import numbered_page

READ = ("privacy:purpose:read",)
WRITE = ("privacy:purpose:write",)

KIND = Kind(
    name="privacy_purposes",
    path="/api/v2/privacy/purposes",
    created_field="createdDate",
    modified_field="modifiedDate",
    event="privacy.purpose",
)

LEGAL_BASES = (
    "consent",
    "contract",
    "legal_obligation",
    "vital_interests",
    "public_task",
    "legitimate_interests",
)
#: Whole days, in the form 30d or as an ISO 8601 duration, which other clients may have written.
DURATION = "[1-9][0-9]*d|P[1-9][0-9]*D"
PURPOSE = Object(
    required={"name": Text(), "retentionPeriod": Text(pattern=DURATION), "legalBasis": Text(LEGAL_BASES)},
    optional={"description": Text(empty=True), "isActive": Boolean(), "diversionIds": ListOf(Text())},
    ignored=KIND.server_owned,
)


def routes() -> list[Route]:
    return [
        route(KIND.path, GET=(list_purposes, READ), POST=(create, WRITE)),
        route(KIND.path + "/{id}", GET=(read, READ), PUT=(replace, WRITE), DELETE=(delete, WRITE)),
    ]


def list_purposes(call: Call) -> Response:
    return numbered_page(call, call.org[KIND].listed())


def create(call: Call) -> Response:
    defaults = {"description": "", "isActive": True, "diversionIds": []}
    return object_response(call.org[KIND].create({**defaults, **validated_fields(call, None)}))


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
    PURPOSE.check(body, "", [stored.wire] if stored else [], problems)
    if problems:
        raise bad_request("The purpose is not valid.", problems)
    return {key: value for key, value in body.items() if key not in KIND.server_owned}
