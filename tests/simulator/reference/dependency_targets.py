# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The read-only routers of queues, users and teams, which the scope directives of a flow can name."""

from __future__ import annotations

import functools

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call
from ..routing import route
from ..store import Kind
from .paging import numbered_page

#: Each kind with the scope that reads it.
TARGETS = {
    Kind(name="queues", path="/api/v2/routing/queues"): "queue:read",
    Kind(name="users", path="/api/v2/users"): "user:read",
    Kind(name="teams", path="/api/v2/teams"): "team:read",
}


def routes() -> list[Route]:
    return [
        route(kind.path, GET=(functools.partial(list_targets, kind), (scope,)))
        for kind, scope in TARGETS.items()
    ]


def list_targets(kind: Kind, call: Call) -> Response:
    return numbered_page(call, call.org[kind].listed())
