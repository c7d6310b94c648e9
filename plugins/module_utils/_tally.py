# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what the calls of a client cost (S0.6), from all its threads.

Private to the collection.
"""

from __future__ import annotations

import threading
import typing as t

from ._deps import httpx
from ._redaction import Redactor


class Tally:
    """The figures of C(Client.api); the methods are hooks of httpx and of the retry policy."""

    def __init__(self, redact: Redactor) -> None:
        self._redact = redact
        self._lock = threading.Lock()
        self._requests = 0
        self._retries = 0
        self._seconds = 0.0
        self._correlation_ids: dict[str, None] = {}

    def add_request(self, request: httpx.Request) -> None:
        with self._lock:
            self._requests += 1

    def add_repeat(self) -> None:
        with self._lock:
            self._retries += 1

    def add_answer(self, response: httpx.Response) -> None:
        """Keep the correlation id of a failure, and of a request with the extension C(writes)."""
        found = self._redact(response.headers.get("inin-correlation-id", ""), 100)
        if found and (response.status_code >= 400 or response.request.extensions.get("writes")):
            with self._lock:
                self._correlation_ids[found] = None

    def add_seconds(self, seconds: float) -> None:
        with self._lock:
            self._seconds += seconds

    def read(self) -> dict[str, t.Any]:
        with self._lock:
            return {
                "requests": self._requests,
                "retries": self._retries,
                "latency_ms": round(self._seconds * 1000),
                "correlation_ids": list(self._correlation_ids),
            }
