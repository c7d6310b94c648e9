# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests of one write, with repeats of those that name an object which the API may not know yet (P.4).

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import time
import typing as t

from .._errors import BadRequest, MalformedResponse, MissingObject
from .._http.client import Client, Response
from .._http.retry import ReadTooOld
from .._model.json_objects import Body
from .._retry_policy import NEW_FOR, NOT_YET_KNOWN, READ_IS_FRESH_FOR, RetryLoop, RetryPolicy


@dataclasses.dataclass(eq=False)
class WriteRequest:
    """A write as C(Endpoint.send) gets it (see C(ObjectWrite)).

    C(accepted) are the responses to the requests that took effect. If a later request fails, the object is
    partly written.
    """

    client: Client
    method: str
    path: str
    body: Body
    etag: str | None
    repeatable: bool
    ends_at: float
    before: Body | None = None
    desired: t.Any = None
    written_by_run: t.Callable[[float], set[str]] = lambda seconds: set()
    accepted: list[Response] = dataclasses.field(default_factory=list)

    def read(
        self,
        path: str,
        params: t.Mapping[str, str] | None = None,
        *,
        exact: bool = False,
        extended: bool = False,
    ) -> Body:
        """Read a part of the object. Wait for a part of a new object that cannot be read yet."""

        def read() -> Response:
            within = None if extended else max(0.0, self.ends_at - time.monotonic())
            return self.client.get(path, params, within=within, exact=exact)

        body = self._once_known(path, {}, read, extended).data
        if not isinstance(body, dict):
            raise MalformedResponse(f"GET {path} was answered without an object.")
        return body

    def send(
        self,
        method: str,
        path: str,
        body: Body | None,
        *,
        etag: str | None = None,
        repeatable: bool,
        exact: bool = False,
        extended: bool = False,
    ) -> Response:
        """Send one request of the write."""

        locked = repeatable or etag is not None or method == "POST"

        def send() -> Response:
            return self.client.send(
                method,
                path,
                json=body,
                etag=etag,
                repeatable=repeatable,
                ends_at=None if extended else self.ends_at,
                send_by=None if locked else time.monotonic() + READ_IS_FRESH_FOR,
                exact=exact,
            )

        response = self._once_known(path, body or {}, send, extended)
        self.accepted.append(response)
        return response

    def send_after_read(
        self,
        read: t.Callable[[], None],
        method: str,
        path: str,
        body: Body | None,
        *,
        exact: bool = False,
        extended: bool = False,
    ) -> Response:
        """Send one request without a lock right after C(read), which raises for a concurrent change."""
        waits = RetryLoop(RetryPolicy(seconds=self.client.deadline))
        while True:
            read()
            try:
                return self.send(method, path, body, repeatable=False, exact=exact, extended=extended)
            except ReadTooOld:
                if not waits.wait():
                    raise

    def take_back(self) -> None:
        """Forget the accepted requests, whose effects were removed again."""
        self.accepted.clear()

    def _once_known(
        self, path: str, body: Body, request: t.Callable[[], Response], extended: bool
    ) -> Response:
        """Return the response to a request. Repeat one that names an object which the API may not know yet.

        In an API that is eventually consistent, a 400 or 404 can mean that. Both have changed nothing.
        """
        loop = RetryLoop(NOT_YET_KNOWN)
        while True:
            try:
                return request()
            except (BadRequest, MissingObject):
                known = extended and self.before is not None  # one of many requests of an update
                if known or not (self._names_new_object(path, body) and loop.wait()):
                    raise

    def _names_new_object(self, path: str, body: Body) -> bool:
        if not self.client.profile.eventually_consistent:
            return False
        new = self.written_by_run(NEW_FOR)
        new |= {str(one.data.get("id")) for one in self.accepted if isinstance(one.data, dict)}
        text = f"{path} {body!r}"
        return any(object_id in text for object_id in new)
