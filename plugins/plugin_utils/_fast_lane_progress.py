# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Progress lines of long tasks: one every few seconds, between the lines of Ansible's output.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

from ansible.utils.display import Display

from ansible_collections.genesys.cloud.plugins.module_utils._printable import printable
from ansible_collections.genesys.cloud.plugins.module_utils._runtime import set_progress_listener

#: Time between two lines and before the first one [s], so that short tasks show none.
INTERVAL = 3.0


class ProgressDisplay:
    """Thread-safe progress listener that displays at most one line per interval and drops the others."""

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
        Display().display(printable(f"[{self._host}] {text}"))


@contextlib.contextmanager
def show_progress(host: str, enabled: bool) -> Iterator[None]:
    """Display the progress that is reported inside the context, if C(enabled)."""
    set_progress_listener(ProgressDisplay(host) if enabled else None)
    try:
        yield
    finally:
        set_progress_listener(None)
