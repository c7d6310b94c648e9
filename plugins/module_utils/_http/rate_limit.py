# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds requests back that the server would refuse (S0.6; API: Errors), for all threads of a client.

Private to the collection. A 429 stops everybody until C(Retry-After). Before it comes to that, the headers
C(inin-ratelimit-count|allowed|reset) tell how many requests the window still has: no more than those go out,
requests on their way included, and the rest waits for the next window. That costs no request and no time:
what waits would have been refused. Without the headers, or with odd ones, nothing waits.
"""

from __future__ import annotations

import re
import threading
import time
import typing as t
from collections.abc import Callable, Mapping

from .responses import RawResponse, retry_after

_WHOLE = re.compile(r"[0-9]{1,9}")
_HEADERS = ("inin-ratelimit-count", "inin-ratelimit-allowed", "inin-ratelimit-reset")


class _Window(t.NamedTuple):
    """What an answer said: C(left) requests until C(ends_at), heard at C(heard_at) (monotonic clock)."""

    left: int
    ends_at: float
    heard_at: float


class RateLimiter:
    """Lets requests pass, or waits; thread-safe."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._under_way = 0
        self._paused_until = 0.0
        self._window: _Window | None = None

    def run(self, request: Callable[[], RawResponse], ends_at: float) -> RawResponse:
        """The answer to one request, made when the server would take it.

        A wait that goes beyond C(ends_at) is not begun: the request goes out, and its 429 says why it failed.
        """
        sent_at = self._enter(ends_at)
        answer = None
        try:
            answer = request()
            return answer
        finally:
            self._leave(sent_at, answer)

    def _enter(self, ends_at: float) -> float:
        with self._changed:
            while True:
                now = time.monotonic()
                until = self._closed_until(now)
                if until is None or until >= ends_at:
                    self._under_way += 1
                    return now
                self._changed.wait(until - now)  # releases the lock; woken early by answers that make room

    def _closed_until(self, now: float) -> float | None:
        if now < self._paused_until:
            return self._paused_until
        window = self._window
        if window is None or now >= window.ends_at or self._under_way < window.left:
            return None
        return window.ends_at

    def _leave(self, sent_at: float, answer: RawResponse | None) -> None:
        now = time.monotonic()
        pause = retry_after(answer.headers) if answer is not None and answer.status == 429 else None
        window = None if answer is None else _announced(answer.headers, now)
        with self._changed:
            self._under_way -= 1
            if pause is not None:
                self._paused_until = max(self._paused_until, now + pause)
            if window is not None:
                self._window = _later(self._window, window, sent_at)
            if self._window is not None:
                self._changed.notify_all()


def _announced(headers: Mapping[str, str], now: float) -> _Window | None:
    values = [headers.get(name, "").strip() for name in _HEADERS]
    if not all(_WHOLE.fullmatch(value) for value in values):
        return None
    count, allowed, reset = map(int, values)
    if allowed == 0:
        return None
    return _Window(max(0, allowed - count), now + reset, now)


def _later(known: _Window | None, heard: _Window, sent_at: float) -> _Window:
    """What is known after one more answer; answers do not come in the order in which they were counted.

    One whose request went out after the last was heard is newer. Of two that overlap the lower count of
    requests left holds, and of a window's ends, told in whole seconds, the earliest.
    """
    if known is None or heard.heard_at >= known.ends_at:
        return heard
    if sent_at < known.heard_at:
        return _Window(min(known.left, heard.left), min(known.ends_at, heard.ends_at), known.heard_at)
    if heard.left > known.left:
        return heard
    return _Window(heard.left, min(known.ends_at, heard.ends_at), heard.heard_at)
