# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that all threads of a run need, each asked for once.

Private to the collection.
"""

from __future__ import annotations

import threading
import typing as t

T = t.TypeVar("T")


class Once:
    """Keeps what was asked for by its key. Whoever asks meanwhile waits; a failure is not kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._answers: dict[str, t.Any] = {}

    def ask(self, key: str, compute: t.Callable[[], T]) -> T:
        with self._lock:
            own = self._locks.setdefault(key, threading.Lock())
        with own:
            if key not in self._answers:
                self._answers[key] = compute()
            return t.cast("T", self._answers[key])
