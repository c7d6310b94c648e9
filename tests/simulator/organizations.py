# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of C(/api/v2/organizations/me), the org of a token."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from .call import Call, json_response
from .routing import route


def routes() -> list[Route]:
    return [route("/api/v2/organizations/me", GET=(me, ("organization:read",)))]


def me(call: Call) -> Response:
    return json_response({"id": call.org.id, "name": call.org.name})
