# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Client-side rate limit: delays requests that the API would reject with a 429 (S0.6).

Private to the collection. All threads of a client share one limit. After a 429 all requests wait for
C(Retry-After). The C(RateLimitHeaders) of the API profile announce how many requests remain in the current
window. Further requests wait for the next window; requests in flight count as sent. The wait costs no time,
because the API would have rejected those requests. Without valid headers no request waits.
"""

from __future__ import annotations

import re
import threading
import time
import typing as t
from collections.abc import Callable, Mapping

from .._api.profile import RateLimitHeaders
from .._runtime import LONGEST_WAIT, check_cancelled
from .responses import RawResponse, retry_after

_WHOLE = re.compile(r"[0-9]{1,9}")


class _Window(t.NamedTuple):
    """A rate limit window as one response announced it. Times are on the monotonic clock."""

    remaining: int  # requests
    ends_at: float
    received_at: float


class RateLimiter:
    """Thread-safe gate that sends each request as soon as the rate limit allows it."""

    def __init__(self, headers: RateLimitHeaders | None) -> None:
        self._headers = headers
        self._changed = threading.Condition()
        self._in_flight = 0
        self._paused_until = 0.0
        self._window: _Window | None = None

    def run(self, request: Callable[[], RawResponse], ends_at: float) -> RawResponse:
        """Return the response to one request, which is sent when the rate limit allows it.

        If the wait would end after C(ends_at) (monotonic clock), send the request at once: its 429 explains
        the failure.
        """
        sent_at = self._enter(ends_at)
        response = None
        try:
            response = request()
            return response
        finally:
            self._leave(sent_at, response)

    def _enter(self, ends_at: float) -> float:
        with self._changed:
            while True:
                check_cancelled()
                now = time.monotonic()
                until = self._closed_until(now)
                if until is None or until >= ends_at:
                    self._in_flight += 1
                    return now
                # A response that frees capacity ends the wait early.
                self._changed.wait(min(until - now, LONGEST_WAIT))

    def _closed_until(self, now: float) -> float | None:
        if now < self._paused_until:
            return self._paused_until
        window = self._window
        if window is None or now >= window.ends_at or self._in_flight < window.remaining:
            return None
        return window.ends_at

    def _leave(self, sent_at: float, response: RawResponse | None) -> None:
        now = time.monotonic()
        pause = retry_after(response.headers) if response is not None and response.status == 429 else None
        window = None if response is None else _parse_window(response.headers, self._headers, now)
        with self._changed:
            self._in_flight -= 1
            if pause is not None:
                self._paused_until = max(self._paused_until, now + pause)
            if window is not None:
                self._window = _merge_windows(self._window, window, sent_at)
            if self._window is not None:
                self._changed.notify_all()


def _parse_window(headers: Mapping[str, str], names: RateLimitHeaders | None, now: float) -> _Window | None:
    if names is None:
        return None
    values = [headers.get(name, "").strip() for name in names]
    if not all(_WHOLE.fullmatch(value) for value in values):
        return None
    count, allowed, reset = map(int, values)
    if allowed == 0:
        return None
    return _Window(max(0, allowed - count), now + reset, now)


def _merge_windows(known: _Window | None, announced: _Window, sent_at: float) -> _Window:
    """Return the window after one more response. Responses arrive in another order than the API counted them.

    C(sent_at) is the time of that response's request (monotonic clock). A response whose request was sent
    after the last response arrived is newer. Of two that overlap, the lower number of remaining requests
    counts. The end of a window is known to the second, so the earliest announced end counts.
    """
    if known is None or announced.received_at >= known.ends_at:
        return announced
    ends_at = min(known.ends_at, announced.ends_at)
    if sent_at < known.received_at:
        return _Window(min(known.remaining, announced.remaining), ends_at, known.received_at)
    if announced.remaining > known.remaining:
        return announced
    return _Window(announced.remaining, ends_at, announced.received_at)
