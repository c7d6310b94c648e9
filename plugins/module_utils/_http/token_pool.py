# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tokens of one session, and the choice of the one that sends a request without a 429 (S0.6, P.5).

Private to the collection. The limits of the API count for each token. As long as the first token may send
requests, it sends them all. A further token is requested only if all tokens would have to wait for their next
window. After a 429 for another limit than that of a token, all tokens wait for C(Retry-After).
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence

from .._api.profile import ApiProfile
from .._deps import httpx
from .._errors import AuthenticationFailed, GenesysError, WrongOrganization
from .._runtime import check_cancelled, report_progress
from .json_body import parse_json_or_none
from .rate_limit import Clock, TokenLimit, Window
from .responses import RawResponse, retry_after


@dataclasses.dataclass
class _Place:
    """A place in the pool. C(auth) is None until its token is needed."""

    number: int
    limit: TokenLimit
    auth: httpx.Auth | None = None


class TokenPool:
    """Thread-safe pool of tokens. It sends each request as soon as a token may send it.

    C(windows) are the windows of the pool's places, as other tasks of the run have left them. C(first) is the
    authentication with the first token. C(open_token(number, ends_at)) gets the token of a place until a time
    on the monotonic clock, and returns the authentication with it.
    """

    def __init__(
        self,
        first: httpx.Auth,
        windows: Sequence[Window | None],
        profile: ApiProfile,
        open_token: Callable[[int, float], httpx.Auth],
        clock: Clock | None = None,
    ) -> None:
        self._profile = profile
        self._open_token = open_token
        self._clock = clock or Clock()
        self._changed = threading.Condition()
        self._places = [
            _Place(number, TokenLimit(profile.rate_limit_headers, window))
            for number, window in enumerate(windows)
        ]
        self._places[0].auth = first
        self._paused_until = 0.0
        self._is_opening = False
        self._opens_after = 0.0  # the time of the next attempt to get a further token
        self._is_denied = False

    def run(
        self,
        request: Callable[[httpx.Auth], RawResponse],
        ends_at: float,
        *,
        on_retry: Callable[[], None],
        on_wait: Callable[[], None],
    ) -> RawResponse:
        """Return the response to one request, which is sent when the rate limit of a token allows it.

        If the wait would end after C(ends_at) (monotonic clock), send the request at once: its 429 explains
        the failure. After a 429 send it once more with each other token that need not wait. C(on_retry) is
        called before that, C(on_wait) before each wait.
        """
        response = self._run_once(request, ends_at, on_wait)
        for _further_token in self._places[1:]:
            if response.status != 429 or not self._may_send():
                break
            on_retry()
            response = self._run_once(request, ends_at, on_wait)
        return response

    def observe(self, number: int, request: Callable[[], RawResponse]) -> RawResponse:
        """Return the response to a request with the token of a place, which is sent without a wait."""
        with self._changed:
            self._places[number].limit.enter()
        return self._send(self._places[number], request, self._clock.now())

    def windows(self) -> list[Window | None]:
        """Return the window of each token, None if it is unknown."""
        with self._changed:
            return [place.limit.window for place in self._places]

    def _run_once(
        self, request: Callable[[httpx.Auth], RawResponse], ends_at: float, on_wait: Callable[[], None]
    ) -> RawResponse:
        place, auth, sent_at = self._enter(ends_at, on_wait)
        return self._send(place, lambda: request(auth), sent_at)

    def _send(self, place: _Place, request: Callable[[], RawResponse], sent_at: float) -> RawResponse:
        response = None
        try:
            response = request()
            return response
        finally:
            now = self._clock.now()
            with self._changed:
                place.limit.leave(sent_at, response, now)
                if response is not None and response.status == 429:
                    self._pause(place, response, now)
                self._changed.notify_all()

    def _pause(self, place: _Place, response: RawResponse, now: float) -> None:
        """Pause the token of a 429, or all tokens if the limit is not that of one token."""
        pause = retry_after(response.headers)
        if pause is None:
            return
        body = parse_json_or_none(response.body)
        exceeded = self._profile.token_limit_exceeded(body if isinstance(body, dict) else {})
        if exceeded if exceeded is not None else place.limit.is_used_up(now):
            place.limit.pause(now + pause)
        else:
            self._paused_until = max(self._paused_until, now + pause)

    def _enter(self, ends_at: float, on_wait: Callable[[], None]) -> tuple[_Place, httpx.Auth, float]:
        """Wait until a token may send a request. Return its place, the token, and the time of the end."""
        while True:
            with self._changed:
                check_cancelled()
                now = self._clock.now()
                until, place, auth = self._first_to_send(now)
                further = None if until <= now else self._further_place(now)
                # A further token that another thread gets may come in time.
                may_wait = until < ends_at or further or (self._is_opening and now < ends_at)
                if until <= now or not may_wait:
                    place.limit.enter()
                    return place, auth, now
                on_wait()
                until = self._opens_at(until, now)
                if further is None:
                    # A response that frees capacity, or a further token, ends the wait early.
                    self._clock.wait(self._changed, min(until, ends_at) if self._is_opening else until)
                else:
                    self._is_opening = True
            if further is not None:
                self._open(further, min(until, ends_at), until)

    def _first_to_send(self, now: float) -> tuple[float, _Place, httpx.Auth]:
        """Return the time at which a token may send a request, the place of that token, and the token."""
        opened = ((self._sends_at(one, now), one.number, one, one.auth) for one in self._places if one.auth)
        until, _number, place, auth = min(opened)
        return until, place, auth

    def _opens_at(self, until: float, now: float) -> float:
        """Return the end of a wait without responses: C(until), or the time of a further token if earlier."""
        unused = [place for place in self._places if place.auth is None and not self._is_denied]
        free = [max(self._sends_at(place, now), self._opens_after) for place in unused]
        return min([until, *(time for time in free if time > now)])

    def _sends_at(self, place: _Place, now: float) -> float:
        """Return the time at which the token of a place may send a request, C(now) if it need not wait."""
        return max(self._paused_until, place.limit.closed_until(now) or now, now)

    def _further_place(self, now: float) -> _Place | None:
        """Return the place whose token may be requested if no other token may send a request."""
        if self._is_opening or self._is_denied or now < self._opens_after:
            return None
        unused = (place for place in self._places if place.auth is None)
        return next((place for place in unused if self._sends_at(place, now) <= now), None)

    def _open(self, place: _Place, ends_at: float, until: float) -> None:
        """Get the token of a place. Without it, requests wait for the first window that ends, at C(until)."""
        try:
            place.auth = self._open_token(place.number, ends_at)
        except WrongOrganization:
            raise
        except GenesysError as error:
            self._note_failure(place, error, until)
        finally:
            with self._changed:
                self._is_opening = False
                self._changed.notify_all()

    def _note_failure(self, place: _Place, error: GenesysError, until: float) -> None:
        """Note that a place got no token. A denial is final for the session."""
        with self._changed:
            if self._sends_at(place, self._clock.now()) > self._clock.now():
                return  # another task has used the token up, so the next place is tried
            self._opens_after = until
            self._is_denied = isinstance(error, AuthenticationFailed)
            held = sum(one.auth is not None for one in self._places)
        report_progress(
            f"No further access token beside {held}, so requests wait for the rate limit: {error}"
        )

    def _may_send(self) -> bool:
        """Return whether a token may send a request now, or may be requested for it."""
        with self._changed:
            now = self._clock.now()
            return self._first_to_send(now)[0] <= now or self._further_place(now) is not None
