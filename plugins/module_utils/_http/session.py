# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""State that all calls to one org share: connections, tokens, known secrets and call statistics.

Private to the collection. C(Client) makes the calls.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import threading
import time
import typing as t
import urllib.request

from .._deps import httpx
from .._errors import Conflict, MalformedResponse, TransportError
from .._retry_policy import Backoff
from .._runtime import check_cancelled, current_runtime
from .._secrets import Redactor
from .._version import VERSION
from .auth import ClientCredentials, GivenToken, OrganizationGuard
from .connection import Connection, proxy_secrets
from .connection_pool import SHORTEST_TIMEOUT, open_pool
from .rate_limit import Clock, Window
from .responses import RawResponse, RequestContext, correlation_id, read_object, retry_after, to_error
from .retry import AttemptFailed, CallPolicy, FailureKind, ReadTooOld, RetryingCall, failure_kind
from .token_endpoint import TokenSource, basic_credentials
from .token_pool import TokenPool
from .transport import send_once

T = t.TypeVar("T")


class Session:
    """Thread-safe session of one org. The first request opens the first socket.

    A request is the keyword arguments of C(httpx.Client.build_request). Its extensions are C(ends_at), on the
    monotonic clock, C(stats), the statistics that count it, and C(writes), true for a write. A write without
    a lock has C(send_by) too (see C(Client.send)); C(delayed) says that it waited already.
    """

    def __init__(
        self, connection: Connection, *, backoff: Backoff | None = None, clock: Clock | None = None
    ) -> None:
        self.connection = connection
        self.policy = CallPolicy(connection.retries, connection.deadline, backoff or Backoff())
        self.redact = Redactor(connection.secrets())
        for proxy in urllib.request.getproxies().values():
            self.redact.add(*proxy_secrets(proxy))
        self.stats = CallStats()
        self.last_date: str | None = None  # of the last response that had one
        self._opening = threading.Lock()
        self._http: httpx.Client | None = None
        self._auth: GivenToken | ClientCredentials
        if connection.access_token is not None:
            self._auth = GivenToken(connection.access_token)
        else:
            self._auth = self._credentials(0)
            self.redact.add(basic_credentials(connection.client_id or "", connection.client_secret or ""))
        self._tokens = TokenPool(
            self._auth, self._known_windows(), connection.api_profile, self._open_token, clock
        )

    def close(self) -> None:
        """Close all connections; a later call would open new ones. Share the windows of the rate limit."""
        tokens = current_runtime().tokens
        if tokens is not None:
            tokens.keep_windows(self.connection, self._tokens.windows())
        with self._opening:
            if self._http is not None:
                self._http.close()
                self._http = None

    def attempts(
        self,
        stats: CallStats,
        *,
        repeatable: bool,
        writes: bool,
        ends_at: float | None = None,
        within: float | None = None,
    ) -> RetryingCall:
        """Return the attempts of one call. C(within) limits its time [s] if it is less than the deadline."""
        policy = self.policy
        if within is not None and within < policy.deadline:
            policy = dataclasses.replace(policy, deadline=within)
        return RetryingCall(
            policy, repeatable=repeatable, writes=writes, ends_at=ends_at, on_retry=stats.add_retry
        )

    def attempt(
        self,
        method: str,
        path: str,
        request: dict[str, t.Any],
        parse: t.Callable[[RawResponse], T],
        checked: tuple[int, GivenToken] | None = None,
    ) -> T:
        """Send one request to the API once. Return the result of C(parse) for a success.

        C(checked) is a token that no request has used yet, with its place in the pool. The rate limit does
        not delay this request, because others wait for the token. Raise AttemptFailed for any other response,
        and if C(parse) raises MalformedResponse.
        """
        url = self.connection.base_url + path
        if checked is not None:
            number, token = checked
            response = self._tokens.observe(number, lambda: self._exchange(method, url, token, request))
        else:
            extensions = request["extensions"]
            response = self._tokens.run(
                lambda auth: self._exchange(method, url, auth, request),
                extensions["ends_at"],
                on_retry=extensions["stats"].add_retry,
                on_wait=lambda: extensions.update(delayed=True),
            )
        self.last_date = response.headers.get("date") or self.last_date
        if response.status >= 300:
            profile = self.connection.api_profile
            context = RequestContext(self.connection.client_id, self._auth.granted, profile)
            error = to_error(method, path, response, context, self.redact)
            kind = failure_kind(response.status, profile.repeatable_statuses)
            if isinstance(error, Conflict) and kind is FailureKind.LOST:
                kind = FailureKind.UNCLEAR  # the same request would conflict again
            raise AttemptFailed(error, kind, retry_after(response.headers))
        try:
            return parse(response)
        except MalformedResponse as error:
            raise AttemptFailed(error, FailureKind.LOST) from None

    def read_object(
        self, response: RawResponse, call: str, *, exact: bool = False
    ) -> dict[str, t.Any] | None:
        """Return the object of a success (see C(responses.read_object))."""
        return read_object(response, call, self.redact, exact=exact)

    def _credentials(self, number: int) -> ClientCredentials:
        """Return the authentication with one token of the pool, which is requested when it is needed."""
        source = TokenSource(self.connection, self.redact, self._exchange_token, self._token_attempts, number)
        guard = OrganizationGuard(
            self.connection,
            source.obtain,
            functools.partial(self._read_organization, number),
            is_further=number > 0,
        )
        return ClientCredentials(guard.obtain, _count_retry)

    def _open_token(self, number: int, ends_at: float) -> ClientCredentials:
        """Return the authentication with a further token, which has been requested and checked."""
        auth = self._credentials(number)
        auth.prepare(ends_at)
        return auth

    def _known_windows(self) -> list[Window | None]:
        """Return the windows of the tokens that this session may use, as other tasks of the run left them."""
        size, tokens = self.connection.token_pool_size, current_runtime().tokens
        return [None] * size if tokens is None else tokens.windows(self.connection, size)

    def _token_attempts(self, ends_at: float) -> RetryingCall:
        return self.attempts(self.stats, repeatable=True, writes=False, ends_at=ends_at)

    def _exchange_token(self, url: str, request: dict[str, t.Any], ends_at: float) -> RawResponse:
        extensions = {"ends_at": ends_at, "stats": self.stats}
        return self._exchange("POST", url, None, {**request, "extensions": extensions})

    def _read_organization(self, number: int, token: str, ends_at: float) -> dict[str, t.Any]:
        """Return the org, C({id, name}), of a token that no request has used yet. C(number) is its place."""
        path = self.connection.api_profile.organization_path
        auth = GivenToken(token)

        def read_once() -> dict[str, t.Any]:
            extensions = {"ends_at": ends_at, "stats": self.stats}
            return self.attempt("GET", path, {"extensions": extensions}, parse, (number, auth))

        def parse(response: RawResponse) -> dict[str, t.Any]:
            return self.read_object(response, f"GET {path}") or {}

        return self._token_attempts(ends_at).run(read_once)

    def _exchange(
        self, method: str, url: str, auth: httpx.Auth | None, request: dict[str, t.Any]
    ) -> RawResponse:
        check_cancelled()
        extensions = request["extensions"]
        if extensions.get("delayed") and extensions.get("send_by", math.inf) < time.monotonic():
            raise ReadTooOld(
                f"{method} {url.removeprefix(self.connection.base_url)} was not sent, because it had to wait "
                "since the last read of the object: raise the option deadline, or run again later."
            )
        extensions |= {"delayed": True, "trace": _trace}  # another attempt comes after a pause
        left = extensions["ends_at"] - time.monotonic()
        timeout = max(SHORTEST_TIMEOUT, min(self.connection.timeout, left))
        http = self._open()
        try:
            built = http.build_request(method, url, timeout=timeout, **request)
        except httpx.InvalidURL:
            host = self.connection.host
            raise TransportError(f"base_url with the host {host} is not a valid address.") from None
        return send_once(http, built, auth, timeout)

    def _open(self) -> httpx.Client:
        http = self._http
        if http is not None:  # without the lock, so that threads do not wait for each other
            return http
        with self._opening:
            if self._http is None:
                hooks: dict[str, list[t.Callable[..., t.Any]]] = {
                    "request": [_count_request],
                    "response": [self._keep_correlation_id],
                }
                self._http = open_pool(
                    self.connection, f"genesys.cloud/{VERSION} (Ansible collection)", hooks
                )
            return self._http

    def _keep_correlation_id(self, response: httpx.Response) -> None:
        """Store the correlation id of a failed request or a write."""
        extensions = response.request.extensions
        if response.status_code >= 400 or extensions.get("writes"):
            identifier = correlation_id(response.headers, self.connection.api_profile, self.redact)
            if identifier:
                extensions["stats"].add_correlation_id(identifier)


def _trace(event: str, _details: dict[str, t.Any]) -> None:
    """Let a cancelled thread send no request over a new connection (see httpcore's trace)."""
    if event.endswith(".send_request_headers.started"):
        check_cancelled()


def _count_request(request: httpx.Request) -> None:
    request.extensions["stats"].add_request()


def _count_retry(request: httpx.Request) -> None:
    request.extensions["stats"].add_retry()


class CallStats:
    """Thread-safe counters for C(Client.api). The counters of C(whole) count everything too."""

    def __init__(self, whole: CallStats | None = None) -> None:
        self._whole = whole
        self._lock = threading.Lock()
        self._requests = 0
        self._retries = 0
        self._seconds = 0.0
        self._correlation_ids: dict[str, None] = {}

    def add_request(self) -> None:
        with self._lock:
            self._requests += 1
        if self._whole is not None:
            self._whole.add_request()

    def add_retry(self) -> None:
        with self._lock:
            self._retries += 1
        if self._whole is not None:
            self._whole.add_retry()

    def add_correlation_id(self, correlation_id: str) -> None:
        with self._lock:
            self._correlation_ids[correlation_id] = None
        if self._whole is not None:
            self._whole.add_correlation_id(correlation_id)

    def add_seconds(self, seconds: float) -> None:
        with self._lock:
            self._seconds += seconds
        if self._whole is not None:
            self._whole.add_seconds(seconds)

    def read(self) -> dict[str, t.Any]:
        with self._lock:
            return {
                "requests": self._requests,
                "retries": self._retries,
                "latency_ms": round(self._seconds * 1000),
                "correlation_ids": list(self._correlation_ids),
            }
