# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of privacy purposes: C(/api/v2/privacy/purposes) in C(openapi.yaml)."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, object_response
from ..routing import route
from ..store import Kind
from .body_shapes import Boolean, ListOf, Object, Text
from .unlocked_objects import UnlockedObjects

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
PURPOSES = UnlockedObjects(KIND, PURPOSE, "purpose")


def routes() -> list[Route]:
    return [
        route(KIND.path, GET=(PURPOSES.list_all, READ), POST=(create, WRITE)),
        route(
            KIND.path + "/{id}",
            GET=(PURPOSES.read, READ),
            PUT=(PURPOSES.replace, WRITE),
            DELETE=(PURPOSES.delete, WRITE),
        ),
    ]


def create(call: Call) -> Response:
    defaults = {"description": "", "isActive": True, "diversionIds": []}
    return object_response(call.org[KIND].create({**defaults, **PURPOSES.validated_fields(call, None)}))
