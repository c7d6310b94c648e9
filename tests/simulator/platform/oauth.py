# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The token endpoint C(/oauth/token), for client credentials only."""

from __future__ import annotations

import secrets

from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ..call import json_response
from ..oauth import FORM_PATH, Headers, OAuthError, basic_credentials, form_fields
from ..orgs import Client, Org, World
from ..rate_limits import Limit, RateLimit
from .switches import switches


class TokenRequests:
    """The count of the token requests of each client in one org."""

    def __init__(self) -> None:
        self.limit: RateLimit | None = None

    def refuse_excess(self, org: Org, client_id: str) -> None:
        """Count a token request. Raise OAuthError beyond the limit of the switch C(token_rate_limit)."""
        setup = switches(org).token_rate_limit
        if setup is None:
            self.limit = None
            return
        limit = Limit(setup.allowed, setup.window)
        if self.limit is None or (self.limit.allowed, self.limit.window) != limit:
            self.limit = RateLimit(limit, "token.requests")
        if self.limit.count(client_id).exceeded:
            raise OAuthError("invalid_request", "rate limit exceeded; try again later")


class TokenEndpoint:
    """The endpoint. C(scope) of a request is ignored, because roles give a client its permissions."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["method"] != "POST":
                raise OAuthError("invalid_request", "The method must be POST.", 405)
            response = self._grant(scope["simulator.headers"], scope["simulator.body"])
        except OAuthError as error:
            body = {"error": error.error, "description": str(error), "error_description": str(error)}
            response = json_response(body, error.status)
        await response(scope, receive, send)

    def _grant(self, headers: Headers, body: bytes) -> Response:
        client_id, client_secret = basic_credentials(headers) or ("", "")
        client = self.world.clients.get(client_id)
        if client is None:
            raise OAuthError("invalid_client", f"client not found: {client_id}")
        client.org.state(TokenRequests).refuse_excess(client.org, client_id)
        self._refuse_wrong_secret(client, client_secret)
        grant_type = form_fields(headers, body).get("grant_type")
        if grant_type != "client_credentials":
            raise OAuthError("unsupported_grant_type", f"grant type not supported: {grant_type}")
        token = self.world.issue_token(client.org, client.scopes, actor_id=client.client_id)
        return json_response(
            {
                "access_token": token.value,
                "token_type": "bearer",
                "expires_in": int(client.org.token_lifetime),
            }
        )

    def _refuse_wrong_secret(self, client: Client, client_secret: str) -> None:
        if not secrets.compare_digest(client.client_secret.encode(), client_secret.encode()):
            status = switches(client.org).token_refusal_status
            raise OAuthError("invalid_client", "authentication failed", status)


def routes(world: World) -> list[Route]:
    return [Route(FORM_PATH, TokenEndpoint(world))]
