# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of the retention of analytics data, of which an org has one."""

from __future__ import annotations

import pydantic
from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import ApiError
from ..store import Kind, Wire, timestamp
from . import retention_policies, visibility
from .bodies import Body, read_body
from .permissions import EDIT_ANALYTICS_RETENTION, VIEW_ANALYTICS_RETENTION
from .routing import route
from .switches import switches

PATH = "/api/v2/analytics/dataretention/settings"
_ID = "dataretention"

#: A new org has no retention.
KIND = Kind(name="analytics_retention", path=PATH, initial=[{"id": _ID}])


class RetentionBody(Body):
    #: 90 days to 5 years.
    retention_days: int = pydantic.Field(ge=90, le=1827)


def routes() -> list[Route]:
    return [
        route(PATH, GET=(read, VIEW_ANALYTICS_RETENTION), PUT=(change, EDIT_ANALYTICS_RETENTION)),
    ]


def read(call: Call) -> Response:
    return json_response(shown(visibility.read(call, KIND, _ID).wire))


def change(call: Call) -> Response:
    """Set the retention. Raise 409 while a policy or a recording has a later date of deletion."""
    stored, days = visibility.current(call, KIND, _ID), read_body(call, RetentionBody).retention_days
    later = [days_of for one in call.org[retention_policies.KIND].all()
             for days_of in retention_policies.delete_days(one.wire)]  # fmt: skip
    longest = max([*later, switches(call.org).longest_recording])
    if longest > days:
        raise ApiError(409, "general.conflict", f"Recordings are deleted after {longest} days.")
    now = timestamp()
    wire = {"id": _ID, "retentionDays": days, "dateCreated": stored.wire.get("dateCreated", now)}
    return json_response(shown(visibility.rewrite(call, KIND, stored, {**wire, "dateModified": now}).wire))


def shown(wire: Wire) -> Wire:
    return {key: value for key, value in wire.items() if key != "id"}
