# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ASGI application: the APIs behind one gateway, and the control API beside them."""

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

#: Every API under the one base URL. A path may belong to one of them only.
APIS = (REFERENCE,)


def new_world() -> World:
    return World(
        [kind for api in APIS for kind in api.kinds],
        [listener for api in APIS for listener in api.listeners],
        functools.reduce(operator.or_, (api.scopes for api in APIS)),
    )


def api_routes(world: World) -> list[BaseRoute]:
    """Return the paths that all APIs share, then the paths of each API."""
    own = [route for api in APIS for route in api.routes]
    return [*oauth.routes(world), *organizations.routes(), *own]


def build(world: World) -> ASGIApp:
    """Build the application; the path decides between the APIs and the control API."""
    apis = Gateway(Router(api_routes(world), redirect_slashes=False, default=unknown_path), world)
    control = control_api.build(world)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        chosen = control if scope["path"].startswith(control_api.PREFIX + "/") else apis
        await chosen(scope, receive, send)

    return app
