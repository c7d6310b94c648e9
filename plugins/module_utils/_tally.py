# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what calls cost (S0.6), from all threads.

Private to the collection.
"""

from __future__ import annotations

import threading
import typing as t


class Tally:
    """The figures of C(Client.api); what is counted here is counted in C(whole) as well."""

    def __init__(self, whole: Tally | None = None) -> None:
        self._whole = whole
        self._lock = threading.Lock()
        self._requests = 0
        self._retries = 0
        self._seconds = 0.0
        self._correlation_ids: dict[str, None] = {}

    def add_request(self) -> None:
        with self._lock:
            self._requests += 1
        if self._whole is not None:
            self._whole.add_request()

    def add_repeat(self) -> None:
        with self._lock:
            self._retries += 1
        if self._whole is not None:
            self._whole.add_repeat()

    def add_correlation_id(self, correlation_id: str) -> None:
        with self._lock:
            self._correlation_ids[correlation_id] = None
        if self._whole is not None:
            self._whole.add_correlation_id(correlation_id)

    def add_seconds(self, seconds: float) -> None:
        with self._lock:
            self._seconds += seconds
        if self._whole is not None:
            self._whole.add_seconds(seconds)

    def read(self) -> dict[str, t.Any]:
        with self._lock:
            return {
                "requests": self._requests,
                "retries": self._retries,
                "latency_ms": round(self._seconds * 1000),
                "correlation_ids": list(self._correlation_ids),
            }
