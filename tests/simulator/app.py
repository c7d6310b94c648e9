# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ASGI application: every API behind one gateway, with the control API beside them."""

from __future__ import annotations

import functools
import operator

from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from . import control_api, oauth, organizations
from .gateway import Gateway
from .orgs import World
from .reference.api import REFERENCE
from .routing import unknown_path

#: The APIs under the one base URL. Only one of them may have a given path.
APIS = (REFERENCE,)


def new_world() -> World:
    """Create a world without orgs that has the kinds, listeners and scopes of every API."""
    return World(
        [kind for api in APIS for kind in api.kinds],
        [listener for api in APIS for listener in api.listeners],
        functools.reduce(operator.or_, (api.scopes for api in APIS)),
    )


def api_routes(world: World) -> list[BaseRoute]:
    """Return the routes that all APIs share and the routes of each API."""
    own = [route for api in APIS for route in api.routes]
    return [*oauth.routes(world), *organizations.routes(), *own]


def build(world: World) -> ASGIApp:
    """Build the application that serves the APIs and, under its path prefix, the control API."""
    apis = Gateway(Router(api_routes(world), redirect_slashes=False, default=unknown_path), world)
    control = control_api.build(world)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        chosen = control if scope["path"].startswith(control_api.PREFIX + "/") else apis
        await chosen(scope, receive, send)

    return app
