# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""OAuth client credentials: fetches, keeps and renews the token (S0.1, S2.11; API: Authentication).

Private to the collection. C(ClientCredentials) and C(GivenToken) are C(httpx.Auth): they put the token
on every request.
"""

from __future__ import annotations

import base64
import json
import math
import threading
import time
import typing as t
from collections.abc import Callable, Generator

from .._deps import httpx
from .._errors import AuthenticationFailed, DeadlineExceeded, MalformedAnswer
from .._runtime import current_runtime
from .._secrets import Redactor
from .responses import Caller, RawResponse, parse_error_body, read_object, retry_after, to_error
from .retry import AttemptFailed, FailureKind, RetryingCall, failure_kind
from .transport import limit

if t.TYPE_CHECKING:
    from .connection import Connection

#: Seconds. A token without a usable life is renewed soon, one that lives for ever after two days.
_UNKNOWN_LIFE = 60.0
_LONGEST_LIFE = 172_800.0


class Token(t.NamedTuple):
    """C(renew_at) is on the monotonic clock; C(scopes) is None where the server did not say."""

    value: str
    renew_at: float
    scopes: frozenset[str] | None


class GivenToken(httpx.Auth):
    """A token that the user gave: never renewed."""

    granted = None

    def __init__(self, value: str) -> None:
        self._value = value

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._value}"
        yield request


class ClientCredentials(httpx.Auth):
    """One token for all threads of a client.

    C(fetch) gets the time on the monotonic clock until which it may take, and the token that the server has
    rejected, and returns another one. Every request carries that time as its extension C(ends_at).
    C(on_retry) gets a request that is sent once more.
    """

    def __init__(
        self, fetch: Callable[[float, Token | None], Token], on_retry: Callable[[httpx.Request], None]
    ) -> None:
        self._fetch = fetch
        self._on_repeat = on_retry
        self._lock = threading.Lock()
        self._token: Token | None = None
        self._refusal: AuthenticationFailed | None = None

    @property
    def granted(self) -> frozenset[str] | None:
        """The scopes of the token, as far as known."""
        return self._token.scopes if self._token else None

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sends the request; after a 401 renews the token and sends it once more.

        A 401 means that nothing was carried out, so this holds for every verb.
        """
        ends_at = request.extensions["ends_at"]
        token = self._current(ends_at, rejected=None)
        request.headers["Authorization"] = f"Bearer {token.value}"
        response = yield request
        if response.status_code == 401:
            limit(response, ends_at)
            response.read()  # gives the connection back, which the token request may need
            token = self._current(ends_at, rejected=token)
            request.headers["Authorization"] = f"Bearer {token.value}"
            self._on_repeat(request)
            yield request

    def _current(self, ends_at: float, rejected: Token | None) -> Token:
        """A token that is neither due for renewal nor the rejected one.

        Raises AuthenticationFailed, also without a request when the server refused the client before.
        """
        token = self._token
        if token is not None and is_good(token, rejected):
            return token
        if not self._lock.acquire(timeout=max(0.0, ends_at - time.monotonic())):
            raise DeadlineExceeded("Another request was still waiting for a token when the deadline ended.")
        try:
            token = self._token
            if token is not None and is_good(token, rejected):
                return token
            if self._refusal is not None:
                raise self._refusal
            try:
                self._token = self._fetch(ends_at, rejected)
            except AuthenticationFailed as refusal:
                self._refusal = refusal
                raise
            return self._token
        finally:
            self._lock.release()


class TokenSource:
    """The token requests of one connection, each with its attempts.

    C(exchange) sends one request (URL, keyword arguments, end on the monotonic clock), C(attempts) makes the
    attempts of a call that ends at that time.
    """

    def __init__(
        self,
        connection: Connection,
        redact: Redactor,
        exchange: Callable[[str, dict[str, t.Any], float], RawResponse],
        attempts: Callable[[float], RetryingCall],
    ) -> None:
        self._connection = connection
        self._redact = redact
        self._exchange = exchange
        self._attempts = attempts

    def obtain(self, ends_at: float, rejected: Token | None) -> Token:
        """The one that others fetched, where there is such a thing."""
        tokens = current_runtime().tokens
        if tokens is None:
            return self._fetch(ends_at)
        token: Token = tokens.token(self._connection, rejected, ends_at, self._fetch)
        self._redact.add(token.value)
        return token

    def _fetch(self, ends_at: float) -> Token:
        request = token_request(self._connection)
        return self._attempts(ends_at).run(lambda: self._ask(request, ends_at))

    def _ask(self, request: dict[str, t.Any], ends_at: float) -> Token:
        asked_at = time.monotonic()
        connection = self._connection
        answer = self._exchange(connection.token_url, request, ends_at)
        kind = failure_kind(answer.status)
        if answer.status >= 400 and kind is FailureKind.REFUSED:
            raise AttemptFailed(token_error(answer, connection, self._redact), kind)
        if answer.status >= 300:
            caller = Caller(connection.client_id, None, connection.api_profile)
            error = to_error("POST", connection.token_path, answer, caller, self._redact)
            raise AttemptFailed(error, kind, retry_after(answer.headers))
        try:
            return read_token(answer, connection, asked_at, self._redact)
        except MalformedAnswer as error:
            raise AttemptFailed(error, FailureKind.LOST) from None


def is_good(token: Token, rejected: Token | None) -> bool:
    """Whether a token is neither due for renewal nor the rejected one."""
    return time.monotonic() < token.renew_at and (rejected is None or token.value != rejected.value)


def token_request(connection: Connection) -> dict[str, t.Any]:
    """Keyword arguments for C(httpx.Client.build_request): the token request in the style that was chosen."""
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


def read_token(answer: RawResponse, connection: Connection, asked_at: float, redact: Redactor) -> Token:
    """The token of a success. It is renewed min(60 s, 20 % of its life) before it expires.

    Raises MalformedAnswer; C(asked_at) is the time of the request on the monotonic clock.
    """
    body = read_object(answer, f"POST {connection.token_url}", redact) or {}
    value = body.get("access_token")
    if not isinstance(value, str) or not value or any(not "!" <= char <= "~" for char in value):
        raise MalformedAnswer(
            f"POST {connection.token_url} was answered {answer.status} without a token. Check token_path."
        )
    redact.add(value)
    life = _life(body.get("expires_in"))
    scope = body.get("scope")
    scopes = frozenset(scope.split()) if isinstance(scope, str) else None
    return Token(value, asked_at + life - min(60.0, 0.2 * life), scopes)


def _life(expires_in: object) -> float:
    try:
        seconds = float(expires_in) if isinstance(expires_in, (str, int, float)) else 0.0
    except (ValueError, OverflowError):
        seconds = 0.0
    if math.isnan(seconds) or seconds <= 0:
        return _UNKNOWN_LIFE
    return min(seconds, _LONGEST_LIFE)


def token_error(answer: RawResponse, connection: Connection, redact: Redactor) -> AuthenticationFailed:
    """Why the token endpoint gave no token: what, for whom, where, and the cure."""
    said = parse_error_body(answer, connection.api_profile, redact)
    client = f"OAuth client {connection.client_id}"
    if said.code == "invalid_scope":
        what = f"The {client} has none of the scopes that were asked for ({' '.join(connection.scopes)})"
        advice = "Give the client the scopes in the org, or correct the option scopes"
    elif answer.status in (400, 401) and said.from_api:
        what = f"The {client} was refused a token"
        advice = "Check client_id and client_secret, and that base_url or region is that of the client's org"
        if answer.status == 400:
            advice += "; token_request says how they are sent"
    else:
        what = f"The {client} got no token"
        advice = "Check base_url and token_path: the token endpoint seems to be elsewhere"
    status = f"{answer.status} {said.code}" if said.code else str(answer.status)
    reason = f": {said.message}" if said.message else ""
    return AuthenticationFailed(
        f"{what} at {connection.token_url} ({status}){reason}",
        status=answer.status,
        code=said.code,
        correlation_id=said.correlation_id,
        advice=advice,
    )


def basic_credentials(user: str, password: str) -> str:
    """What follows the word Basic in an Authorization header."""
    return base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
