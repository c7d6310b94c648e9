# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Authentication of requests with an access token, which is shared, renewed and checked (S0.1, S2.11).

Private to the collection. C(ClientCredentials) and C(GivenToken) are C(httpx.Auth) objects, which add the
token to every request.
"""

from __future__ import annotations

import math
import threading
import time
import typing as t
from collections.abc import Callable, Generator

from .._deps import httpx
from .._errors import AuthenticationFailed, DeadlineExceeded, GenesysError, WrongOrganization
from .._runtime import acquire
from .body import discard_body

if t.TYPE_CHECKING:
    from .connection import Connection

#: Time before a deadline that is too short for another token request after a failed one [s].
_TOO_LATE = 1.0


class Token(t.NamedTuple):
    """An access token. C(renew_at) is on the monotonic clock. C(scopes) is None if the server omits them."""

    value: str
    renew_at: float
    scopes: frozenset[str] | None


class GivenToken(httpx.Auth):
    """Authentication with a token from the task's options, which is never renewed."""

    granted = None

    def __init__(self, value: str) -> None:
        self._value = value

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._value}"
        yield request


class ClientCredentials(httpx.Auth):
    """Authentication with one token that all threads of a client share.

    C(fetch(ends_at, rejected)) returns a token other than the one that the server rejected. C(ends_at) is its
    deadline on the monotonic clock. One thread calls it, the others wait for its token or its failure. Every
    request carries its deadline as the extension C(ends_at).
    C(on_retry) is called with each request before it is sent again.
    """

    def __init__(
        self, fetch: Callable[[float, Token | None], Token], on_retry: Callable[[httpx.Request], None]
    ) -> None:
        self._fetch = fetch
        self._on_retry = on_retry
        self._lock = threading.Lock()
        self._token: Token | None = None
        self._failure: GenesysError | None = None
        self._failed_at = -math.inf
        self._denial: AuthenticationFailed | None = None

    @property
    def granted(self) -> frozenset[str] | None:
        """Return the scopes of the current token, None if they are unknown."""
        return self._token.scopes if self._token else None

    def prepare(self, ends_at: float) -> None:
        """Get a token before the first request needs it. Raise the exceptions of a request's token."""
        self._current(ends_at, rejected=None)

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request. After a 401 renew the token and send the request once more.

        A 401 means that the API did not process the request, so a retry is safe for every verb. A token that
        another call has got meanwhile may have ended too, so a 401 to it is followed by a new token as well.
        """
        ends_at = request.extensions["ends_at"]
        token = self._current(ends_at, rejected=None)
        request.headers["Authorization"] = f"Bearer {token.value}"
        response = yield request
        is_new = False
        while response.status_code == 401 and not is_new:
            # This returns the connection to the pool, because the token request may need it.
            discard_body(response)
            known = self._token
            token = self._current(ends_at, rejected=token)
            is_new = token is not known
            request.headers["Authorization"] = f"Bearer {token.value}"
            self._on_retry(request)
            response = yield request

    def _current(self, ends_at: float, rejected: Token | None) -> Token:
        """Return a token that is neither due for renewal nor the rejected one.

        Raise DeadlineExceeded at C(ends_at), and AuthenticationFailed when the server denies a token. A
        denial is final: later calls raise the same error without a request. Another failure is raised by each
        thread that waited for it.
        """
        token = self._token
        if token is not None and is_valid(token, rejected):
            return token
        waits_since = time.monotonic()
        if not acquire(self._lock, ends_at):
            raise DeadlineExceeded("The deadline ended while another request was still waiting for a token.")
        try:
            token = self._token
            if token is not None and is_valid(token, rejected):
                return token
            if self._denial is not None:
                raise self._denial
            if self._failure is not None and self._failed_at >= waits_since and self._is_final(ends_at):
                raise self._failure
            self._token = self._request(ends_at, rejected)
            return self._token
        finally:
            self._lock.release()

    def _is_final(self, ends_at: float) -> bool:
        """Return whether the failure of another call counts for a call that ends at C(ends_at)."""
        # The deadline of the other call may have been shorter.
        return not isinstance(self._failure, DeadlineExceeded) or ends_at - time.monotonic() < _TOO_LATE

    def _request(self, ends_at: float, rejected: Token | None) -> Token:
        try:
            return self._fetch(ends_at, rejected)
        except AuthenticationFailed as denial:
            self._denial = denial
            raise
        except GenesysError as failure:
            self._failure, self._failed_at = failure, time.monotonic()
            raise


class OrganizationGuard:
    """Source of tokens that checks the org of every token after a run's first, before a request uses it.

    The run itself checks the org of its first token. C(is_further) is true for the tokens of a pool beside
    that one (P.5). C(read(token, ends_at)) returns the org of a token.
    """

    def __init__(
        self,
        connection: Connection,
        obtain: Callable[[float, Token | None], Token],
        read: Callable[[str, float], dict[str, t.Any]],
        *,
        is_further: bool = False,
    ) -> None:
        self._connection = connection
        self._obtain = obtain
        self._read = read
        self._checks = is_further
        self._event = "The run got a further token" if is_further else "The token was renewed during the run"

    def obtain(self, ends_at: float, rejected: Token | None) -> Token:
        """Return a token of the org that the task names, if it names one. Raise WrongOrganization."""
        token = self._obtain(ends_at, rejected)
        expected = self._connection.organization
        if self._checks and expected is not None:
            org = self._read(token.value, ends_at)
            if expected not in (org.get("id"), org.get("name")):
                raise WrongOrganization(
                    expected,
                    name=org.get("name"),
                    identifier=org.get("id"),
                    effect=f"{self._event}, and the new one was not used",
                )
        self._checks = True
        return token


def is_valid(token: Token, rejected: Token | None) -> bool:
    """Return whether a token is neither due for renewal nor the rejected one."""
    return time.monotonic() < token.renew_at and (rejected is None or token.value != rejected.value)
