# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ASGI application: the API behind its gateway, the control API beside it."""

from __future__ import annotations

from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from . import control_api, oauth, organizations
from .gateway import Gateway
from .orgs import World
from .reference import (
    audit,
    custom_objects,
    data_actions,
    dependency_targets,
    flows,
    privacy_purposes,
    webhook_deliveries,
    webhooks,
)
from .routing import nowhere

KINDS = (
    data_actions.KIND,
    flows.KIND,
    *dependency_targets.TARGETS,
    privacy_purposes.KIND,
    custom_objects.SCHEMAS,
    custom_objects.RECORDS,
    webhooks.KIND,
    webhook_deliveries.DELIVERIES,
    audit.RECORDS,
)


def new_world() -> World:
    return World(KINDS, (audit.record, webhook_deliveries.deliver))


def api_routes(world: World) -> list[BaseRoute]:
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


def build(world: World) -> ASGIApp:
    api = Gateway(Router(api_routes(world), redirect_slashes=False, default=nowhere), world)
    control = control_api.build(world)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        chosen = control if scope["path"].startswith(control_api.PREFIX + "/") else api
        await chosen(scope, receive, send)

    return app
