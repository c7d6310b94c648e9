# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Privacy purposes. Source: API.md, "Privacy purposes"; seed 003."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, nothing, one
from ..errors import Detail, bad_request
from ..routing import resource
from ..store import Kind, Stored, Wire
from .body_shapes import Entries, Flag, Record, Text
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
#: Whole days; the ISO form is what other clients may have written.
DURATION = "[1-9][0-9]*d|P[1-9][0-9]*D"
PURPOSE = Record(
    required={"name": Text(), "retentionPeriod": Text(pattern=DURATION), "legalBasis": Text(LEGAL_BASES)},
    optional={"description": Text(empty=True), "isActive": Flag(), "diversionIds": Entries(Text())},
    ignored=KIND.owned,
)


def routes() -> list[Route]:
    return [
        resource(KIND.path, GET=(list_purposes, READ), POST=(create, WRITE)),
        resource(KIND.path + "/{id}", GET=(read, READ), PUT=(replace, WRITE), DELETE=(delete, WRITE)),
    ]


def list_purposes(call: Call) -> Response:
    return numbered_page(call, call.org[KIND].listed())


def create(call: Call) -> Response:
    defaults = {"description": "", "isActive": True, "diversionIds": []}
    return one(call.org[KIND].create({**defaults, **accepted(call, None)}))


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
    PURPOSE.check(body, "", [stored.wire] if stored else [], faults)
    if faults:
        raise bad_request("The purpose is not valid.", faults)
    return {key: value for key, value in body.items() if key not in KIND.owned}
