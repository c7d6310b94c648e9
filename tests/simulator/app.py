# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ASGI application: the API behind its gateway, the control API beside it."""

from __future__ import annotations

from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from . import admin, data_actions, oauth, organizations
from .gateway import Gateway
from .operation import nowhere
from .orgs import World

KINDS = (data_actions.KIND,)


def new_world() -> World:
    return World(KINDS)


def api_routes(world: World) -> list[BaseRoute]:
    return [*oauth.routes(world), *organizations.routes(), *data_actions.routes()]


def build(world: World) -> ASGIApp:
    api = Gateway(Router(api_routes(world), redirect_slashes=False, default=nowhere), world)
    control = admin.build(world)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        chosen = control if scope["path"].startswith(admin.PREFIX + "/") else api
        await chosen(scope, receive, send)

    return app
