# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ASGI application: every API behind one gateway, with the control API beside them."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send

from . import control_api
from .gateway import Gateway
from .orgs import World
from .platform.api import PLATFORM
from .platform.data_table_imports import UPLOADS
from .reference.api import REFERENCE

#: The APIs under the one base URL. The first is that of orgs and of requests that name no API.
APIS = (REFERENCE, PLATFORM)


def new_world() -> World:
    """Create a world without orgs that has every API."""
    return World(APIS)


def routers(world: World) -> Mapping[str, Router]:
    """Return the router of each API by the name of the API."""
    return {
        api.name: Router(api.routes(world), redirect_slashes=False, default=api.unknown_path) for api in APIS
    }


def build(world: World, *, storage_port: int | None = None) -> ASGIApp:
    """Build the application that serves the APIs and, under its path prefix, the control API.

    C(storage_port) is the port of the storage for uploads. It serves nothing else, and no other port does.
    """
    apis = Gateway(routers(world), world)
    control = control_api.build(world)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        at_storage = storage_port is not None and scope["server"][1] == storage_port
        if storage_port is not None and scope["path"].startswith(UPLOADS) != at_storage:
            await Response(status_code=404)(scope, receive, send)
            return
        chosen = control if scope["path"].startswith(control_api.PREFIX + "/") else apis
        await chosen(scope, receive, send)

    return app
