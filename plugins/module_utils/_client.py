# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one client of the API (C.2): sends, pages, keeps ETags and counts; knows nothing of Ansible.

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import json as json_text
import threading
import time
import types
import typing as t
import urllib.parse

from . import _auth, _paging
from ._answers import Answer, Caller, read_object, to_error
from ._arguments import Connection
from ._deps import httpx
from ._errors import GenesysError, MalformedAnswer, MissingObject, TransportError
from ._exchange import exchange
from ._pool import open_pool
from ._redaction import Redactor, basic_credentials
from ._retry import Attempts, Backoff, Failure, Kind, Policy, kind_of, retry_after
from ._tally import Tally

VERSION = "1.0.0-dev"
_SHORTEST_TIMEOUT = 0.05  # seconds; what is left just before the deadline must not become zero


class Reply(t.NamedTuple):
    """A success: C(data) is the JSON object, None for an empty body; C(etag) as received, quotes included.

    C(date) is the server's own time of the answer, by which its objects' dates can be judged.
    """

    status: int
    data: t.Any
    etag: str | None
    date: str | None = None


def quote(identifier: str) -> str:
    """An id as one segment of a path."""
    dots = {".": "%2E", "..": "%2E%2E"}  # as they are they would mean another path
    return dots.get(identifier) or urllib.parse.quote(identifier, safe="", errors="replace")


class Client:
    """Calls one org. Thread-safe, a context manager; the first call opens the first socket.

    Raises, from every call: AuthenticationFailed, TransportError and its kinds, ApiError and its kinds,
    InputError for certificate files that cannot be used.
    """

    def __init__(self, connection: Connection, *, _backoff: Backoff | None = None) -> None:
        self._connection = connection
        self._policy = Policy(connection.retries, connection.deadline, _backoff or Backoff())
        self._redact = Redactor(connection.secrets())
        self._tally = Tally(self._redact)
        self._opening = threading.Lock()
        self._http: httpx.Client | None = None
        self._auth: _auth.GivenToken | _auth.ClientCredentials
        if connection.access_token is not None:
            self._auth = _auth.GivenToken(connection.access_token)
        else:
            self._auth = _auth.ClientCredentials(self._fetch_token, self._tally.add_repeat)
            self._redact.add(basic_credentials(connection.client_id or "", connection.client_secret or ""))

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        if isinstance(error, GenesysError):
            error.returned.setdefault("api", self.api())  # a failure has its cost too
        self.close()

    def close(self) -> None:
        """Close all connections; a later call would open new ones."""
        with self._opening:
            if self._http is not None:
                self._http.close()
                self._http = None

    @t.overload
    def get(
        self, path: str, params: dict[str, t.Any] | None = None, *, within: float | None = None
    ) -> Reply: ...

    @t.overload
    def get(
        self,
        path: str,
        params: dict[str, t.Any] | None = None,
        *,
        allow_missing: t.Literal[True],
        within: float | None = None,
    ) -> Reply | None: ...

    def get(
        self,
        path: str,
        params: dict[str, t.Any] | None = None,
        *,
        allow_missing: bool = False,
        within: float | None = None,
    ) -> Reply | None:
        """Read one object; with C(allow_missing) None where the API says 404.

        C(within) (seconds) is how long this call may take where that is less than the option C(deadline).
        """
        try:
            return self._call("GET", path, params=params, repeatable=True, writes=False, within=within)
        except MissingObject:
            if allow_missing:
                return None
            raise

    def send(
        self,
        method: str,
        path: str,
        *,
        json: t.Any = None,
        params: dict[str, t.Any] | None = None,
        etag: str | None = None,
        repeatable: bool,
        within: float | None = None,
    ) -> Reply:
        """Write, under C(If-Match) where an ETag is given (in quotes or without).

        C(repeatable) says that the request may be sent again after a lost answer: with a precondition, a
        DELETE, or a POST that only reads. C(within) is as in C(get). Raises OutcomeUnknown when the write may
        have taken effect.
        """
        writes = not (method == "POST" and repeatable)
        return self._call(
            method,
            path,
            json=json,
            params=params,
            etag=etag,
            repeatable=repeatable,
            writes=writes,
            within=within,
        )

    def list_numbered(
        self, path: str, params: dict[str, t.Any] | None = None, page_size: int = 100
    ) -> list[dict[str, t.Any]]:
        """All objects of a list with page numbers (see C(_paging.list_numbered))."""
        return _paging.list_numbered(self.page_fetcher(path, params), path, page_size)

    def list_token(
        self, path: str, params: dict[str, t.Any] | None = None, page_size: int = 100
    ) -> list[dict[str, t.Any]]:
        """All objects of a list with continuation tokens (see C(_paging.list_token))."""
        return _paging.list_token(self.page_fetcher(path, params), path, page_size)

    def page_fetcher(self, path: str, params: dict[str, t.Any] | None = None) -> _paging.Fetch:
        """A function that reads one page of a list, for whoever reads pages in an order of its own."""
        return lambda paging: self.get(path, {**(params or {}), **paging}).data

    def api(self) -> dict[str, t.Any]:
        """What the calls so far cost.

        C(requests) that went out, token requests and repeats included; C(retries), those of them that
        were sent again; C(latency_ms), the time of all calls with their waits, summed over threads;
        C(correlation_ids) of writes and of requests that failed.
        """
        return self._tally.read()

    def pause(self, failures: int, retry_after: float | None) -> bool:
        """Waits before a write that had no usable answer is looked at and perhaps sent again.

        False, at once, where the server asks for a longer wait than the deadline.
        """
        seconds = self._policy.backoff.seconds(failures, retry_after)
        if seconds > self._policy.deadline:
            return False
        time.sleep(seconds)
        return True

    def _call(
        self,
        method: str,
        path: str,
        *,
        json: t.Any = None,
        params: dict[str, t.Any] | None = None,
        etag: str | None = None,
        repeatable: bool,
        writes: bool,
        within: float | None = None,
    ) -> Reply:
        started = time.monotonic()
        attempts = self._attempts(repeatable=repeatable, writes=writes, within=within)
        request: dict[str, t.Any] = {"headers": {"Accept": "application/json"}}
        if etag is not None:
            request["headers"]["If-Match"] = _quoted(etag).encode("iso-8859-1", "replace")
        if json is not None:
            request["headers"]["Content-Type"] = "application/json"
            request["content"] = json_text.dumps(json)
        request["params"] = {name: value for name, value in (params or {}).items() if value is not None}
        request["extensions"] = {"ends_at": attempts.ends_at, "writes": writes}
        try:
            return attempts.run(lambda: self._attempt(method, path, request))
        finally:
            self._tally.add_seconds(time.monotonic() - started)

    def _attempt(self, method: str, path: str, request: dict[str, t.Any]) -> Reply:
        answer = self._exchange(method, self._connection.base_url + path, self._auth, request)
        if answer.status >= 300:
            caller = Caller(self._connection.client_id, self._auth.granted)
            error = to_error(method, path, answer, caller, self._redact)
            raise Failure(error, kind_of(answer.status), retry_after(answer.headers))
        try:
            data = read_object(answer, f"{method} {path}", self._redact)
        except MalformedAnswer as error:
            raise Failure(error, Kind.LOST) from None
        return Reply(answer.status, data, answer.headers.get("etag"), answer.headers.get("date"))

    def _fetch_token(self, ends_at: float) -> _auth.Token:
        request = {**_auth.token_request(self._connection), "extensions": {"ends_at": ends_at}}
        attempts = self._attempts(repeatable=True, writes=False, ends_at=ends_at)
        return attempts.run(lambda: self._ask_token(request))

    def _ask_token(self, request: dict[str, t.Any]) -> _auth.Token:
        asked_at = time.monotonic()
        connection = self._connection
        answer = self._exchange("POST", connection.token_url, None, request)
        kind = kind_of(answer.status)
        if answer.status >= 400 and kind is Kind.REFUSED:
            raise Failure(_auth.refusal(answer, connection, self._redact), kind)
        if answer.status >= 300:
            caller = Caller(connection.client_id, None)
            error = to_error("POST", connection.token_path, answer, caller, self._redact)
            raise Failure(error, kind, retry_after(answer.headers))
        try:
            return _auth.read_token(answer, connection, asked_at, self._redact)
        except MalformedAnswer as error:
            raise Failure(error, Kind.LOST) from None

    def _exchange(self, method: str, url: str, auth: httpx.Auth | None, request: dict[str, t.Any]) -> Answer:
        left = request["extensions"]["ends_at"] - time.monotonic()
        timeout = max(_SHORTEST_TIMEOUT, min(self._connection.timeout, left))
        http = self._open()
        try:
            built = http.build_request(method, url, timeout=timeout, **request)
        except httpx.InvalidURL:
            where = self._connection.host
            raise TransportError(
                f"base_url with the host {where} is no address that can be called."
            ) from None
        return exchange(http, built, auth, timeout)

    def _attempts(
        self, *, repeatable: bool, writes: bool, ends_at: float | None = None, within: float | None = None
    ) -> Attempts:
        policy = self._policy
        if within is not None and within < policy.deadline:
            policy = dataclasses.replace(policy, deadline=within)
        return Attempts(
            policy,
            repeatable=repeatable,
            writes=writes,
            ends_at=ends_at,
            on_repeat=self._tally.add_repeat,
        )

    def _open(self) -> httpx.Client:
        with self._opening:
            if self._http is None:
                hooks: dict[str, list[t.Callable[..., t.Any]]] = {
                    "request": [self._tally.add_request],
                    "response": [self._tally.add_answer],
                }
                self._http = open_pool(
                    self._connection, f"genesys.cloud/{VERSION} (Ansible collection)", hooks
                )
            return self._http


def _quoted(etag: str) -> str:
    """An ETag as a header has it: the body's has no quotes."""
    return etag if etag.startswith(('"', 'W/"')) or etag == "*" else f'"{etag}"'
