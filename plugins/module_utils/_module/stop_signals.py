# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signals that stop a task, such as SIGTERM: its run ends as with Ctrl-C, with its journal and its audit log.

Private to the collection. The default reaction to SIGTERM ends the process at once. A worker of
ansible-playbook, in which the fast lane runs, ends at once after SIGINT too.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import types
import typing as t

from .._runtime import stop

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextlib.contextmanager
def stopped_by_signals() -> t.Iterator[None]:
    """Raise Stopped in the context when the first signal arrives, and ignore all others until its end.

    At its end, the handler that the signal has in this process is called, such as that of Ctrl-C. Without a
    handler, Stopped leaves the context. Signals that the process ignores stay ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    before = {number: handler for number, handler in before.items() if handler is not signal.SIG_IGN}
    received: list[int] = []

    def handle(number: int, _frame: types.FrameType | None) -> None:
        if not received:
            received.append(number)
            stop(number)

    try:
        for number in before:
            signal.signal(number, handle)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        handler = before[signal.Signals(received[0])] if received else None
        if callable(handler):
            handler(received[0], None)
