# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ASGI application: the API behind its gateway, the control API beside it."""

from __future__ import annotations

from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from . import (
    admin,
    audit,
    custom_objects,
    data_actions,
    deliveries,
    dependency_targets,
    flows,
    oauth,
    organizations,
    privacy_purposes,
    webhooks,
)
from .gateway import Gateway
from .operation import nowhere
from .orgs import World

KINDS = (
    data_actions.KIND,
    flows.KIND,
    *dependency_targets.TARGETS,
    privacy_purposes.KIND,
    custom_objects.SCHEMAS,
    custom_objects.RECORDS,
    webhooks.KIND,
    deliveries.DELIVERIES,
    audit.RECORDS,
)


def new_world() -> World:
    return World(KINDS, (audit.record, deliveries.deliver))


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
    control = admin.build(world)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        chosen = control if scope["path"].startswith(admin.PREFIX + "/") else api
        await chosen(scope, receive, send)

    return app
