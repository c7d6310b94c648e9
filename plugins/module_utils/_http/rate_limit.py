# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rate limit of one token, as the responses to its requests announce it (S0.6, P.5).

Private to the collection. The C(RateLimitHeaders) of the API profile announce how many requests remain in the
current window; requests in flight count as sent. After a 429 the token pauses for C(Retry-After).
C(TokenPool) delays requests that the API would reject with a 429. The delay costs no time, because the API
would have rejected those requests. Without valid headers no request waits.
"""

from __future__ import annotations

import re
import threading
import time
import typing as t

from .._api.profile import RateLimitHeaders
from .._runtime import LONGEST_WAIT
from .responses import RawResponse

_WHOLE = re.compile(r"[0-9]{1,9}")


class Clock:
    """The clock of the rate limit: times [s] that never go back, and the waits for them."""

    def now(self) -> float:
        """Return the time on the monotonic clock."""
        return time.monotonic()

    def wait(self, changed: threading.Condition, until: float) -> None:
        """Wait for a change, no longer than to C(until). The wait may end early."""
        changed.wait(min(until - self.now(), LONGEST_WAIT))


class Window(t.NamedTuple):
    """A rate limit window as responses announced it. Times are those of the clock.

    The API announces the rest of a window in whole seconds, and the time of a response is not known exactly.
    The window ends between C(ends_after) and C(ends_at).
    """

    remaining: int  # requests
    ends_after: float
    ends_at: float
    received_at: float


class TokenLimit:
    """The rate limit of one token. Not thread-safe. C(window) is None if the current window is unknown."""

    def __init__(self, headers: RateLimitHeaders | None, window: Window | None = None) -> None:
        self.window = window
        self._headers = headers
        self._in_flight = 0
        self._paused_until = 0.0

    def enter(self) -> None:
        """Count a request that is about to be sent."""
        self._in_flight += 1

    def leave(self, sent_at: float, response: RawResponse | None, now: float) -> None:
        """Count a request as answered. C(response) is None if it got no response."""
        self._in_flight -= 1
        window = None if response is None else _parse_window(response, self._headers, sent_at, now)
        if window is not None:
            self.window = merge_windows(self.window, window, sent_at)

    def pause(self, until: float) -> None:
        self._paused_until = max(self._paused_until, until)

    def is_used_up(self, now: float) -> bool:
        """Return whether the API accepts no further request in the current window."""
        return self.window is not None and now < self.window.ends_at and self.window.remaining == 0

    def closed_until(self, now: float) -> float | None:
        """Return the time until which a further request would be rejected, None if it may be sent."""
        if now < self._paused_until:
            return self._paused_until
        window = self.window
        if window is None or now >= window.ends_at or self._in_flight < window.remaining:
            return None
        return window.ends_at


def _parse_window(
    response: RawResponse, names: RateLimitHeaders | None, sent_at: float, now: float
) -> Window | None:
    if names is None:
        return None
    values = [response.headers.get(name, "").strip() for name in names]
    if not all(_WHOLE.fullmatch(value) for value in values):
        return None
    count, allowed, reset = map(int, values)
    if allowed == 0:
        return None
    return Window(max(0, allowed - count), sent_at + reset - 1, now + reset, now)


def merge_windows(known: Window | None, announced: Window, sent_at: float) -> Window:
    """Return the window after one more response. Responses arrive in another order than the API counted them.

    C(sent_at) is the time of that response's request. Two windows whose possible ends differ are two windows,
    and the later one counts. Within a window, a response whose request was sent after the last response
    arrived is newer. Of those that overlap, the lowest number of remaining requests counts.
    """
    if known is None or sent_at >= known.ends_at or announced.ends_after > known.ends_at:
        return announced
    if announced.ends_at < known.ends_after:
        return known
    is_newer = sent_at >= known.received_at
    if is_newer and announced.remaining > known.remaining:
        return announced
    return Window(
        min(known.remaining, announced.remaining),
        max(known.ends_after, announced.ends_after),
        min(known.ends_at, announced.ends_at),
        max(known.received_at, announced.received_at),
    )
