# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A virtual clock, and responses of an API that limits the requests of each token by that clock."""

from __future__ import annotations

import collections
import math
import threading
import time
import typing as t

from ansible_collections.genesys.cloud.plugins.module_utils._http.rate_limit import Clock
from unit.scripted_server import Answer, ReceivedRequest, error

ITEM = "/api/v2/integrations/1"
ORGANIZATION = "/api/v2/organizations/me"
TOKEN_LIMIT = "client.credentials.token.rate.per.minute"
CLIENT_LIMIT = "org.app.user.rate.per.minute"


#: The time that a look at the virtual clock takes [s], so that no two looks show the same time.
TICK = 1e-6


class VirtualClock(Clock):
    """A clock that hardly moves between waits. A wait takes no time and ends at its time on this clock."""

    def __init__(self) -> None:
        # Ahead of the real clock, so that the real deadline of a token request is never over at its begin.
        self._now = self._start = time.monotonic() + 10_000
        self._lock = threading.Lock()

    @property
    def elapsed(self) -> float:
        """Return the time of all waits [s], rounded."""
        return round(self._now - self._start)

    def now(self) -> float:
        with self._lock:
            self._now += TICK
            return self._now

    def wait(self, changed: threading.Condition, until: float) -> None:
        self.pass_until(until)

    def pass_until(self, until: float) -> None:
        with self._lock:
            self._now = max(self._now, until)


class LimitedApi:
    """A responder that allows each token C(allowed) requests in C(window) seconds, and counts what it sees.

    The API has the rate limit headers of the platform. C(refused) counts its 429 responses. C(rejected) are
    tokens that get a 401, C(org) is the id of the org of each token.
    """

    def __init__(self, clock: Clock, allowed: int = 300, window: float = 60.0) -> None:
        self.allowed, self.window = allowed, window
        self.refused = 0
        self.used: collections.Counter[str] = collections.Counter()
        self.rejected: set[str] = set()
        self.org: dict[str, str] = {}
        self._clock = clock
        self._lock = threading.Lock()
        self._windows: dict[str, tuple[float, int]] = {}

    def __call__(self, request: ReceivedRequest) -> Answer:
        with self._lock:
            if request.token in self.rejected:
                return error(401, "bad.credentials", "Invalid login credentials")
            headers = self._count(request.token)
        if "Retry-After" in headers:
            limit = {"namespace": "platform.api", "key": TOKEN_LIMIT, "value": self.allowed}
            return error(429, "too.many.requests", "Rate limit exceeded", headers, limit=limit)
        if request.path == ORGANIZATION:
            identifier = self.org.get(request.token, "a")
            return Answer(body={"id": identifier, "name": f"Org {identifier}"}, headers=headers)
        return Answer(body={"id": "1"}, headers=headers)

    def _count(self, token: str) -> dict[str, str]:
        """Count a request and return its headers. A refused request counts too."""
        now = self._clock.now()
        start, count = self._windows.get(token, (now, 0))
        if now - start >= self.window:
            start, count = now, 0
        self._windows[token] = (start, count + 1)
        self.used[token] += 1
        headers = limit_headers(count + 1, self.allowed, math.ceil(start + self.window - now))
        if count >= self.allowed:
            self.refused += 1
            headers["Retry-After"] = headers["inin-ratelimit-reset"]
        return headers


def limit_headers(count: int, allowed: int, reset: int) -> dict[str, str]:
    values: dict[str, t.Any] = {"count": count, "allowed": allowed, "reset": reset}
    return {f"inin-ratelimit-{name}": str(value) for name, value in values.items()}
