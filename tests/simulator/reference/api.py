# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference API as one description: its routes, kinds, listeners and scopes."""

from __future__ import annotations

from starlette.routing import BaseRoute

from .. import oauth, organizations
from ..api import Api
from ..errors import ApiError
from ..orgs import World
from ..rate_limits import Usage
from ..routing import unknown_path
from . import (
    audit,
    custom_objects,
    data_actions,
    dependency_targets,
    flows,
    privacy_purposes,
    scopes,
    webhook_deliveries,
    webhooks,
)


def routes(world: World) -> list[BaseRoute]:
    return [
        *oauth.routes(world),
        *organizations.routes(),
        *data_actions.routes(),
        *flows.routes(),
        *dependency_targets.routes(),
        *privacy_purposes.routes(),
        *custom_objects.routes(),
        *webhooks.routes(),
        *audit.routes(),
    ]


def too_many_requests(usage: Usage) -> ApiError:
    return ApiError(429, "too.many.requests", "The rate limit of this token is used up.")


REFERENCE = Api(
    name="reference",
    routes=routes,
    kinds=[
        data_actions.KIND,
        flows.KIND,
        *dependency_targets.TARGETS,
        privacy_purposes.KIND,
        custom_objects.SCHEMAS,
        custom_objects.RECORDS,
        webhooks.KIND,
        webhook_deliveries.DELIVERIES,
        audit.RECORDS,
    ],
    listeners=[audit.record, webhook_deliveries.deliver],
    scopes=scopes.SCOPES,
    unknown_path=unknown_path,
    too_many_requests=too_many_requests,
)
