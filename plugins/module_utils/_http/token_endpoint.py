# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The token endpoint: OAuth 2.0 client credentials, requests for tokens and their responses (S0.1, S2.11).

Private to the collection.
"""

from __future__ import annotations

import base64
import json
import math
import time
import typing as t
from collections.abc import Callable

from .._errors import AuthenticationFailed, MalformedResponse
from .._runtime import current_runtime
from .._secrets import Redactor
from .auth import Token
from .responses import RawResponse, RequestContext, parse_error_body, read_object, retry_after, to_error
from .retry import AttemptFailed, FailureKind, RetryingCall, failure_kind

if t.TYPE_CHECKING:
    from .connection import Connection

#: Lifetime of a token whose C(expires_in) is missing or unusable [s].
_UNKNOWN_LIFETIME = 60.0
#: Upper bound of every lifetime [s]: two days.
_LONGEST_LIFETIME = 172_800.0


class TokenSource:
    """The source of one token of a connection: the cache of the run, else the token endpoint.

    C(exchange(url, request, ends_at)) sends one request. C(request) has keyword arguments of httpx,
    C(ends_at) is a time on the monotonic clock. C(attempts(ends_at)) returns the retry loop of a call with
    that deadline. C(number) is the token's place in the pool of the connection (P.5), 0 for the first.
    """

    def __init__(
        self,
        connection: Connection,
        redact: Redactor,
        exchange: Callable[[str, dict[str, t.Any], float], RawResponse],
        attempts: Callable[[float], RetryingCall],
        number: int = 0,
    ) -> None:
        self._connection = connection
        self._redact = redact
        self._exchange = exchange
        self._attempts = attempts
        self._number = number

    def obtain(self, ends_at: float, rejected: Token | None) -> Token:
        """Return a token other than the rejected one, from the cache of the run if it has one."""
        tokens = current_runtime().tokens
        if tokens is None:
            return self._fetch(ends_at)
        token: Token = tokens.token(self._connection, rejected, ends_at, self._fetch, self._number)
        self._redact.add(token.value)
        return token

    def _fetch(self, ends_at: float) -> Token:
        request = token_request(self._connection)
        return self._attempts(ends_at).run(lambda: self._request_once(request, ends_at))

    def _request_once(self, request: dict[str, t.Any], ends_at: float) -> Token:
        sent_at = time.monotonic()
        connection = self._connection
        response = self._exchange(connection.token_url, request, ends_at)
        kind = failure_kind(response.status, connection.api_profile.repeatable_statuses)
        if response.status >= 400 and kind is FailureKind.REFUSED:
            kind = FailureKind.THROTTLED if self._is_throttled(response) else kind
            denied = token_error(response, connection, self._redact)
            raise AttemptFailed(denied, kind, retry_after(response.headers))
        if response.status >= 300:
            context = RequestContext(connection.client_id, None, connection.api_profile, quotes=False)
            error = to_error("POST", connection.token_url, response, context, self._redact)
            raise AttemptFailed(error, kind, retry_after(response.headers))
        try:
            return read_token(response, connection, sent_at, self._redact)
        except MalformedResponse as error:
            raise AttemptFailed(error, FailureKind.LOST) from None

    def _is_throttled(self, response: RawResponse) -> bool:
        profile = self._connection.api_profile
        body = parse_error_body(response, profile, self._redact)
        return profile.token_throttled(response.status, body.code, body.message)


def token_request(connection: Connection) -> dict[str, t.Any]:
    """Return the token request as keyword arguments of C(httpx.Client.build_request) (S2.11).

    The option C(token_request) selects how the credentials are sent.
    """
    fields = {"grant_type": "client_credentials"}
    if connection.scopes:
        fields["scope"] = " ".join(connection.scopes)
    client = {"client_id": connection.client_id or "", "client_secret": connection.client_secret or ""}
    headers = {"Accept": "application/json"}
    if connection.token_request == "json":
        headers["Content-Type"] = "application/json"
        return {"content": json.dumps({**fields, **client}), "headers": headers}
    if connection.token_request == "form":
        return {"data": {**fields, **client}, "headers": headers}
    headers["Authorization"] = f"Basic {basic_credentials(client['client_id'], client['client_secret'])}"
    return {"data": fields, "headers": headers}


def read_token(response: RawResponse, connection: Connection, sent_at: float, redact: Redactor) -> Token:
    """Return the token of a successful response; it is renewed min(60 s, 20 % of its lifetime) early (S0.1).

    C(sent_at) is the time of the request on the monotonic clock. Raise MalformedResponse if the response has
    no token. The response is never quoted, because it may have a token.
    """
    body = read_object(response, f"POST {connection.token_url}", redact, quotes=False) or {}
    value = body.get("access_token")
    if not isinstance(value, str) or not value or any(not "!" <= char <= "~" for char in value):
        raise MalformedResponse(
            f"POST {connection.token_url} was answered {response.status} without a token. "
            f"Check {_address_options(connection)}."
        )
    redact.add(value)
    lifetime, scope = _lifetime(body.get("expires_in")), body.get("scope")
    scopes = frozenset(scope.split()) if isinstance(scope, str) else None
    return Token(value, sent_at + lifetime - min(60.0, 0.2 * lifetime), scopes)


def _address_options(connection: Connection) -> str:
    """Return the options that make up the URL of the token endpoint."""
    refused = connection.api_profile.refused_options
    if "token_path" not in refused and connection.token_url.endswith(connection.token_path):
        return "base_url and token_path"
    return "base_url" if "login_url" in refused else "base_url, login_url and api_profile"


def _lifetime(expires_in: object) -> float:
    try:
        seconds = float(expires_in) if isinstance(expires_in, (str, int, float)) else 0.0
    except (ValueError, OverflowError):
        seconds = 0.0
    if math.isnan(seconds) or seconds <= 0:
        return _UNKNOWN_LIFETIME
    return min(seconds, _LONGEST_LIFETIME)


def token_error(response: RawResponse, connection: Connection, redact: Redactor) -> AuthenticationFailed:
    """Return the error of a denied token: the client, the endpoint, the reason and the remedy (S0.10)."""
    error_body = parse_error_body(response, connection.api_profile, redact, quotes=False)
    client = f"OAuth client {connection.client_id}"
    if error_body.code == "invalid_scope":
        problem = f"The {client} has none of the requested scopes ({' '.join(connection.scopes)})"
        advice = "Give the client the scopes in the org, or correct the option scopes"
    elif response.status in (400, 401) and error_body.from_api:
        problem = f"The {client} was denied a token"
        advice = "Check client_id and client_secret, and that base_url or region is that of the client's org"
        if response.status == 400 and "token_request" not in connection.api_profile.refused_options:
            advice += "; token_request says how they are sent"
    else:
        problem = f"The {client} got no token"
        advice = f"Check {_address_options(connection)}: no token endpoint seems to be at this address"
    status = f"{response.status} {error_body.code}" if error_body.code else str(response.status)
    reason = f": {error_body.message}" if error_body.message else ""
    return AuthenticationFailed(
        f"{problem} at {connection.token_url} ({status}){reason}",
        status=response.status,
        code=error_body.code,
        correlation_id=error_body.correlation_id,
        advice=advice,
    )


def basic_credentials(user: str, password: str) -> str:
    """Return the credentials of an C(Authorization) header, without the scheme word C(Basic)."""
    return base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
