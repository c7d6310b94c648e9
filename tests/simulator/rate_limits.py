# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A limit on requests per token, announced in inin-ratelimit-* headers. Source: API.md, "Errors"."""

from __future__ import annotations

import math
import time
import typing as t


class Spent(t.NamedTuple):
    """The state of a token's window after one more request; C(reset) is in whole seconds."""

    requests: int
    allowed: int
    reset: int

    @property
    def refused(self) -> bool:
        return self.requests > self.allowed

    def headers(self) -> dict[str, str]:
        headers = {
            "inin-ratelimit-count": str(self.requests),
            "inin-ratelimit-allowed": str(self.allowed),
            "inin-ratelimit-reset": str(self.reset),
        }
        if self.refused:
            headers["retry-after"] = str(self.reset)
        return headers


class RateLimit:
    """C(allowed) requests per token in C(window) seconds; refused ones count too."""

    def __init__(self, allowed: int, window: float) -> None:
        self.allowed = allowed
        self.window = window
        self._windows: dict[str, tuple[float, int]] = {}

    def spend(self, token: str) -> Spent:
        now = time.monotonic()
        start, count = self._windows.get(token, (now, 0))
        if now - start >= self.window:
            start, count = now, 0
        count += 1
        self._windows[token] = (start, count)
        return Spent(count, self.allowed, max(1, math.ceil(start + self.window - now)))
