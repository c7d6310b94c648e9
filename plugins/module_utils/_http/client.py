# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Client of the API (C.2): requests, lists, ETags and call statistics. Independent of Ansible.

Private to the collection.
"""

from __future__ import annotations

import copy
import datetime
import time
import types
import typing as t

from .._api.profile import AnyPaging, ApiProfile
from .._errors import GenesysError, MalformedResponse, MissingObject
from .._retry_policy import Backoff
from . import pagination
from .connection import Connection
from .json_body import encode_json
from .rate_limit import Clock
from .responses import RawResponse, parse_date
from .retry import LostResponses
from .session import CallStats, Session


class Response(t.NamedTuple):
    """A success. C(data) is the JSON object, None for an empty body. C(etag) includes its quotes.

    C(date) is the server's time. Dates of objects can be compared with it.
    """

    status: int
    data: t.Any
    etag: str | None
    date: str | None = None


class Client:
    """Thread-safe client of one org, also a context manager. The first call opens the first socket.

    Every call raises AuthenticationFailed, TransportError, ApiError and subclasses of the last two, and
    InputError for unusable certificate files.
    """

    def __init__(
        self, connection: Connection, *, _backoff: Backoff | None = None, _clock: Clock | None = None
    ) -> None:
        self._session = Session(connection, backoff=_backoff, clock=_clock)
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
            error.returned.setdefault("api", self.api())  # the result of a failed task has it too
        self.close()

    @property
    def profile(self) -> ApiProfile:
        """Return the profile of the API that the client calls."""
        return self._session.connection.api_profile

    @property
    def deadline(self) -> float:
        """Return the option C(deadline) [s]."""
        return self._session.connection.deadline

    @property
    def list_lag(self) -> float:
        """Return the option C(list_lag) [s]."""
        return self._session.connection.list_lag

    @property
    def server_time(self) -> datetime.datetime:
        """Return the date of the last response, because the local clock may be wrong.

        Without such a date, return the local time.
        """
        return parse_date(self._session.last_date or "") or datetime.datetime.now(datetime.UTC)

    def close(self) -> None:
        """Close all connections; a later call would open new ones. Do nothing for a scoped client."""
        if self._owns_session:
            self._session.close()

    def scoped(self) -> Client:
        """Return a client with statistics of one part of the work, which this client counts too.

        It shares this client's connections and tokens. Token requests serve all parts, so they
        count in this client only.
        """
        part = copy.copy(self)
        part._stats = CallStats(self._stats)
        part._owns_session = False
        return part

    @t.overload
    def get(
        self,
        path: str,
        params: t.Mapping[str, t.Any] | None = None,
        *,
        within: float | None = None,
        exact: bool = False,
    ) -> Response: ...

    @t.overload
    def get(
        self,
        path: str,
        params: t.Mapping[str, t.Any] | None = None,
        *,
        allow_missing: t.Literal[True],
        within: float | None = None,
        exact: bool = False,
    ) -> Response | None: ...

    def get(
        self,
        path: str,
        params: t.Mapping[str, t.Any] | None = None,
        *,
        allow_missing: bool = False,
        within: float | None = None,
        exact: bool = False,
    ) -> Response | None:
        """Read one object; with C(allow_missing) return None for a 404.

        C(within) limits the time of this call [s], if it is less than the option C(deadline). With C(exact),
        decimals are of the class C(decimal.Decimal) and keep all their digits.
        """
        try:
            return self._call(
                "GET", path, params=params, repeatable=True, writes=False, within=within, exact=exact
            )
        except MissingObject:
            if allow_missing:
                return None
            raise

    def get_text(self, path: str, *, within: float | None = None) -> str | None:
        """Return the text of a file, None for a 404. C(within) is as in C(get)."""

        def parse(response: RawResponse) -> Response:
            return Response(response.status, {"text": _text_of(response, f"GET {path}")}, None, None)

        try:
            response = self._call(
                "GET", path, accept="*/*", parse=parse, repeatable=True, writes=False, within=within
            )
        except MissingObject:
            return None
        return t.cast("str", (response.data or {})["text"])

    def send(
        self,
        method: str,
        path: str,
        *,
        json: t.Any = None,
        etag: str | None = None,
        repeatable: bool,
        within: float | None = None,
        ends_at: float | None = None,
        send_by: float | None = None,
        exact: bool = False,
    ) -> Response:
        """Send a write, with C(If-Match) if C(etag) is given (in quotes or without).

        C(repeatable) allows retries after a lost response: for a write with a precondition, a DELETE, or a
        POST that only reads. C(within) is the limit of C(get). C(ends_at), on the monotonic clock, is the end
        of a longer call that this one belongs to. C(send_by), on the same clock, is the time after which
        the object must be read again before a write without a lock. With C(exact), bodies may have decimals,
        as in C(get). Raise OutcomeUnknown if the write may have taken effect, and ReadTooOld if the rate
        limit delays it until after C(send_by).
        """
        writes = not (method == "POST" and repeatable)
        return self._call(
            method,
            path,
            json=json,
            etag=etag,
            repeatable=repeatable,
            writes=writes,
            within=within,
            ends_at=ends_at,
            send_by=send_by,
            exact=exact,
        )

    @property
    def connection(self) -> Connection:
        """Return the settings of the connection, for requests to other hosts."""
        return self._session.connection

    def count_request(self) -> None:
        """Count a request to another host in the statistics."""
        self._stats.add_request()

    def list(
        self,
        path: str,
        paging: AnyPaging,
        params: t.Mapping[str, t.Any] | None = None,
        *,
        within: float | None = None,
        exact: bool = False,
    ) -> list[dict[str, t.Any]]:
        """Return every object of a list (see C(pagination.list_objects)). C(within) limits each page."""
        fetch = self.page_fetcher(path, params, within=within, exact=exact)
        return pagination.list_objects(fetch, path, paging)

    def page_fetcher(
        self,
        path: str,
        params: t.Mapping[str, t.Any] | None = None,
        *,
        within: float | None = None,
        exact: bool = False,
    ) -> pagination.Fetch:
        """Return a function that reads one page of a list. C(within) and C(exact) are as in C(get)."""
        return lambda paging: (
            self.get(path, {**(params or {}), **paging}, within=within, exact=exact).data or {}
        )

    def api(self) -> dict[str, t.Any]:
        """Return the profile of the API, and the statistics of all calls so far.

        C(requests) counts the requests that were sent, token requests and retries included, C(retries) only
        the retries. C(latency_ms) is the time of all calls with their waits, summed over threads.
        C(correlation_ids) are those of writes and of failed requests.
        """
        return {"profile": self.profile.name, **self._stats.read()}

    def lost_responses(self) -> LostResponses:
        """Return the retry limits of one write, from the options C(retries) and C(deadline)."""
        return LostResponses(self._session.policy)

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
        send_by: float | None = None,
        accept: str = "application/json",
        parse: t.Callable[[RawResponse], Response] | None = None,
        exact: bool = False,
    ) -> Response:
        started = time.monotonic()
        attempts = self._session.attempts(
            self._stats, repeatable=repeatable, writes=writes, within=within, ends_at=ends_at
        )
        request: dict[str, t.Any] = {"headers": {"Accept": accept}}
        if etag is not None:
            request["headers"]["If-Match"] = _quoted(etag).encode("iso-8859-1", "replace")
        if json is not None:
            request["headers"]["Content-Type"] = "application/json"
            request["content"] = encode_json(json, exact=exact)
        if params:
            request["params"] = {name: value for name, value in params.items() if value is not None}
        request["extensions"] = {"ends_at": attempts.ends_at, "writes": writes, "stats": self._stats}
        if send_by is not None:
            request["extensions"]["send_by"] = send_by

        def parse_object(response: RawResponse) -> Response:
            data = self._session.read_object(response, f"{method} {path}", exact=exact)
            return Response(response.status, data, response.headers.get("etag"), response.headers.get("date"))

        try:
            return attempts.run(lambda: self._session.attempt(method, path, request, parse or parse_object))
        finally:
            self._stats.add_seconds(time.monotonic() - started)


def _text_of(response: RawResponse, call: str) -> str:
    """Return the text of a success. Raise MalformedResponse for a web page and for anything but UTF-8."""
    try:
        if "html" not in response.headers.get("content-type", ""):
            return response.body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    raise MalformedResponse(
        f"{call} was answered {response.status} with something else than a text. Check base_url and "
        "api_profile, and that no proxy alters responses."
    )


def _quoted(etag: str) -> str:
    """Return an ETag with the quotes of a header, which the field of a body lacks."""
    return etag if etag.startswith(('"', 'W/"')) or etag == "*" else f'"{etag}"'
