# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows how far long work is: a line every few seconds, between the lines of Ansible.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

from ansible.utils.display import Display

from ansible_collections.genesys.cloud.plugins.module_utils._progress import listen

#: Seconds between two lines, and before the first: short work shows none.
INTERVAL = 3.0


class ProgressDisplay:
    """Hears all that is told, from any thread, and shows the latest when it is time."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._lock = threading.Lock()
        self._next = time.monotonic() + INTERVAL

    def __call__(self, text: str) -> None:
        now = time.monotonic()
        with self._lock:
            if now < self._next:
                return
            self._next = now + INTERVAL
        Display().display(f"[{self._host}] {text}")


@contextlib.contextmanager
def show_progress(host: str, enabled: bool) -> Iterator[None]:
    """What is told inside is shown where that is wanted."""
    listen(ProgressDisplay(host) if enabled else None)
    try:
        yield
    finally:
        listen(None)
