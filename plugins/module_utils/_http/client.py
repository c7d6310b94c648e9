# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one client of the API (C.2): sends, pages, keeps ETags and counts; knows nothing of Ansible.

Private to the collection.
"""

from __future__ import annotations

import copy
import json as json_text
import time
import types
import typing as t

from .._api.profile import ApiProfile
from .._errors import GenesysError, MissingObject
from .._retry_policy import Backoff
from . import pagination
from .connection import Connection
from .responses import RawResponse
from .retry import LostAnswers
from .session import CallStats, Session


class Response(t.NamedTuple):
    """A success: C(data) is the JSON object, None for an empty body; C(etag) as received, quotes included.

    C(date) is the server's own time of the answer, by which its objects' dates can be judged.
    """

    status: int
    data: t.Any
    etag: str | None
    date: str | None = None


class Client:
    """Calls one org. Thread-safe, a context manager; the first call opens the first socket.

    Raises, from every call: AuthenticationFailed, TransportError and its kinds, ApiError and its kinds,
    InputError for certificate files that cannot be used.
    """

    def __init__(self, connection: Connection, *, _backoff: Backoff | None = None) -> None:
        self._session = Session(connection, backoff=_backoff)
        self._stats = self._session.stats
        self._owns_session = True

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

    @property
    def profile(self) -> ApiProfile:
        """The API that the client calls."""
        return self._session.connection.api_profile

    def close(self) -> None:
        """Close all connections; a later call would open new ones. Does nothing for a scoped client."""
        if self._owns_session:
            self._session.close()

    def scoped(self) -> Client:
        """A client for a part of the work: C(api) tells what that part cost, and this client counts it too.

        Connections, token and throttle are this client's. Token requests count in the whole only: they are
        for all.
        """
        part = copy.copy(self)
        part._stats = CallStats(self._stats)
        part._owns_session = False
        return part

    @t.overload
    def get(
        self, path: str, params: t.Mapping[str, t.Any] | None = None, *, within: float | None = None
    ) -> Response: ...

    @t.overload
    def get(
        self,
        path: str,
        params: t.Mapping[str, t.Any] | None = None,
        *,
        allow_missing: t.Literal[True],
        within: float | None = None,
    ) -> Response | None: ...

    def get(
        self,
        path: str,
        params: t.Mapping[str, t.Any] | None = None,
        *,
        allow_missing: bool = False,
        within: float | None = None,
    ) -> Response | None:
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
        params: t.Mapping[str, t.Any] | None = None,
        etag: str | None = None,
        repeatable: bool,
        within: float | None = None,
        ends_at: float | None = None,
    ) -> Response:
        """Write, under C(If-Match) where an ETag is given (in quotes or without).

        C(repeatable) says that the request may be sent again after a lost answer: with a precondition, a
        DELETE, or a POST that only reads. C(within) is as in C(get). C(ends_at), on the monotonic clock, is
        the end of a call that is part of a longer one. Raises OutcomeUnknown when the write may have taken
        effect.
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
            ends_at=ends_at,
        )

    def list(
        self,
        path: str,
        paging: pagination.NumberedPaging | pagination.TokenPaging,
        params: t.Mapping[str, t.Any] | None = None,
    ) -> list[dict[str, t.Any]]:
        """Return every object of a list (see C(pagination.list_objects))."""
        return pagination.list_objects(self.page_fetcher(path, params), path, paging)

    def page_fetcher(self, path: str, params: t.Mapping[str, t.Any] | None = None) -> pagination.Fetch:
        """Return a function that reads one page of a list."""
        return lambda paging: self.get(path, {**(params or {}), **paging}).data

    def api(self) -> dict[str, t.Any]:
        """What the calls so far cost.

        C(requests) that went out, token requests and repeats included; C(retries), those of them that
        were sent again; C(latency_ms), the time of all calls with their waits, summed over threads;
        C(correlation_ids) of writes and of requests that failed.
        """
        return self._stats.read()

    def lost_answers(self) -> LostAnswers:
        """Return the bounds for the repeats of one write, from the options C(retries) and C(deadline)."""
        return LostAnswers(self._session.policy)

    def _call(
        self,
        method: str,
        path: str,
        *,
        json: t.Any = None,
        params: t.Mapping[str, t.Any] | None = None,
        etag: str | None = None,
        repeatable: bool,
        writes: bool,
        within: float | None = None,
        ends_at: float | None = None,
    ) -> Response:
        started = time.monotonic()
        attempts = self._session.attempts(
            self._stats, repeatable=repeatable, writes=writes, within=within, ends_at=ends_at
        )
        request: dict[str, t.Any] = {"headers": {"Accept": "application/json"}}
        if etag is not None:
            request["headers"]["If-Match"] = _quoted(etag).encode("iso-8859-1", "replace")
        if json is not None:
            request["headers"]["Content-Type"] = "application/json"
            request["content"] = json_text.dumps(json)
        if params:
            request["params"] = {name: value for name, value in params.items() if value is not None}
        request["extensions"] = {"ends_at": attempts.ends_at, "writes": writes, "stats": self._stats}

        def read(answer: RawResponse) -> Response:
            data = self._session.read_object(answer, f"{method} {path}")
            return Response(answer.status, data, answer.headers.get("etag"), answer.headers.get("date"))

        try:
            return attempts.run(lambda: self._session.ask(method, path, request, read))
        finally:
            self._stats.add_seconds(time.monotonic() - started)


def _quoted(etag: str) -> str:
    """An ETag as a header has it: the body's has no quotes."""
    return etag if etag.startswith(('"', 'W/"')) or etag == "*" else f'"{etag}"'
