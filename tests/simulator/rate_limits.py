# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rate limits for the requests of a token and of a client, with the inin-ratelimit-* response headers."""

from __future__ import annotations

import math
import time
import typing as t


class Usage(t.NamedTuple):
    """The requests in the current window of the limit C(name); C(reset) is the rest of the window [s]."""

    requests: int
    allowed: int
    reset: int
    name: str

    @property
    def exceeded(self) -> bool:
        return self.requests > self.allowed

    def headers(self) -> dict[str, str]:
        headers = {
            "inin-ratelimit-count": str(self.requests),
            "inin-ratelimit-allowed": str(self.allowed),
            "inin-ratelimit-reset": str(self.reset),
        }
        if self.exceeded:
            headers["retry-after"] = str(self.reset)
        return headers


#: The names of the two limits.
TOKEN_LIMIT = "client.credentials.token.rate.per.minute"
CLIENT_LIMIT = "org.app.user.rate.per.minute"


class Limit(t.NamedTuple):
    """A number of requests in a window [s]."""

    allowed: int
    window: float


class RateLimit:
    """A limit for the requests of each token, or of each client id. Refused requests count too."""

    def __init__(self, limit: Limit, name: str) -> None:
        self.allowed, self.window = limit
        self.name = name
        self._windows: dict[str, tuple[float, int]] = {}

    def count(self, key: str) -> Usage:
        """Count one request of a token or client id and return the usage of its window."""
        now = time.monotonic()
        start, requests = self._windows.get(key, (now, 0))
        if now - start >= self.window:
            start, requests = now, 0
        requests += 1
        self._windows[key] = (start, requests)
        return Usage(requests, self.allowed, max(1, math.ceil(start + self.window - now)), self.name)
