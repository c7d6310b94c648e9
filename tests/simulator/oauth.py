# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The OAuth token endpoints of the reference API, for client credentials only (S0.1, S0.2, S2.11)."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import typing as t
import urllib.parse

from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from .call import json_response
from .orgs import World

FORM_PATH = "/oauth/token"
JSON_PATH = "/api/v2/oauth/token"
PATHS = frozenset({FORM_PATH, JSON_PATH})

Headers = t.Mapping[str, str]


class OAuthError(Exception):
    """A refused token request. C(status) is 401 if the client could not be authenticated."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.status = status


class TokenEndpoint:
    """One of the two paths. C(read) parses the fields of a body and raises OAuthError if it cannot."""

    def __init__(self, world: World, read: t.Callable[[Headers, bytes], dict[str, str]]) -> None:
        self.world = world
        self.read = read

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: Headers = scope["simulator.headers"]
        try:
            if scope["method"] != "POST":
                response = json_response({"error": "invalid_request"}, 405, {"Allow": "POST"})
            else:
                response = self._grant(headers, self.read(headers, scope["simulator.body"]))
        except OAuthError as error:
            challenge = {"WWW-Authenticate": 'Basic realm="oauth"'} if error.status == 401 else None
            response = json_response(
                {"error": error.error, "error_description": str(error)}, error.status, challenge
            )
        await response(scope, receive, send)

    def _grant(self, headers: Headers, fields: dict[str, str]) -> Response:
        client_id, client_secret = credentials(headers, fields)
        client = self.world.clients.get(client_id)
        if client is None or not secrets.compare_digest(
            client.client_secret.encode(), client_secret.encode()
        ):
            raise OAuthError("invalid_client", "Client id or client secret is wrong.", 401)
        grant_type = fields.get("grant_type")
        if grant_type is None:
            raise OAuthError("invalid_request", "grant_type is missing.")
        if grant_type != "client_credentials":
            raise OAuthError("unsupported_grant_type", f"grant_type {grant_type} is not supported.")
        requested = fields["scope"].split() if fields.get("scope") else sorted(client.scopes)
        names = client.org.api.scopes
        granted = names.granted(requested, client.scopes)
        if not granted:
            raise OAuthError("invalid_scope", "The client has none of the requested scopes.")
        token = self.world.issue_token(client.org, names.canonical(granted), actor_id=client.client_id)
        return json_response(
            {
                "access_token": token.value,
                "token_type": "bearer",
                "expires_in": int(client.org.token_lifetime),
                "scope": " ".join(granted),
            },
            headers={"Cache-Control": "no-store"},
        )


def routes(world: World) -> list[Route]:
    return [
        Route(FORM_PATH, TokenEndpoint(world, form_fields)),
        Route(JSON_PATH, TokenEndpoint(world, json_fields)),
    ]


def form_fields(headers: Headers, body: bytes) -> dict[str, str]:
    if media_type(headers) != "application/x-www-form-urlencoded":
        raise OAuthError("invalid_request", "The body must be application/x-www-form-urlencoded.")
    try:
        pairs = urllib.parse.parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body))
    except ValueError as error:
        raise OAuthError("invalid_request", "The form cannot be read.") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise OAuthError("invalid_request", "A parameter is repeated.")
    return fields


def json_fields(headers: Headers, body: bytes) -> dict[str, str]:
    if media_type(headers) != "application/json":
        raise OAuthError("invalid_request", "The body must be application/json.")
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise OAuthError("invalid_request", "The body is not valid JSON.") from error
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        raise OAuthError("invalid_request", "The body must be an object of strings.")
    return fields


def credentials(headers: Headers, fields: t.Mapping[str, str]) -> tuple[str, str]:
    """Return client id and secret from the Basic header or the fields.

    Raise OAuthError if both have them (RFC 6749, 2.3).
    """
    basic = basic_credentials(headers)
    if basic is None:
        return fields.get("client_id", ""), fields.get("client_secret", "")
    if "client_secret" in fields:
        raise OAuthError("invalid_request", "The client is authenticated twice.")
    return basic


def basic_credentials(headers: Headers) -> tuple[str, str] | None:
    """Return id and secret of a Basic header without URL decoding, or None without such a header."""
    scheme, _separator, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(value.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise OAuthError("invalid_client", "The Basic header cannot be read.", 401) from error
    client_id, _separator, client_secret = text.partition(":")
    return client_id, client_secret


def claimed_client_id(headers: Headers, body: bytes) -> str:
    """Return the client id that an unchecked token request names, or "" if it cannot be read."""
    try:
        read = json_fields if media_type(headers) == "application/json" else form_fields
        fields = read(headers, body) if body else {}
        basic = basic_credentials(headers)
        return basic[0] if basic else fields.get("client_id", "")
    except OAuthError:
        return ""


def media_type(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()
