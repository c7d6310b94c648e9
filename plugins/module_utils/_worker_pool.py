# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pool of worker threads of a run, which ends with the run.

Private to the collection. A time-out of the task, Ctrl-C or a bug raises an exception in the main thread
alone. Without a cancellation the other threads would go on writing.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import math
import threading
import time
import typing as t

from ._runtime import LONGEST_WAIT, Cancellation, bind_thread

T = t.TypeVar("T")

#: Time in which requests in flight may still get their response [s]. Their outcome is then known.
_GRACE = 0.5
#: Longest wait for the threads [s]. They end within a second, unless they compute or write to a slow disk.
_LONGEST_WAIT = 5.0

#: Cancellation of the open pools. Pools inside the context of another pool share it.
_open: Cancellation | None = None


class _Future(concurrent.futures.Future[T]):
    """Future whose result the main thread awaits in short waits.

    Python may miss a signal that arrives right before a wait of the main thread, until that wait ends.
    """

    def result(self, timeout: float | None = None) -> T:
        while timeout is None and not self.done():
            with contextlib.suppress(TimeoutError):
                return super().result(LONGEST_WAIT)
        return super().result(timeout)


class _Pool(concurrent.futures.ThreadPoolExecutor):
    """Pool whose futures are C(_Future)."""

    def submit(self, *args: t.Any, **kwargs: t.Any) -> concurrent.futures.Future[t.Any]:
        future = super().submit(*args, **kwargs)
        future.__class__ = _Future
        return future


def completed(
    futures: t.Iterable[concurrent.futures.Future[T]],
) -> t.Iterator[concurrent.futures.Future[T]]:
    """Yield futures as they complete, like C(as_completed), but in short waits."""
    pending = set(futures)
    while pending:
        done, pending = concurrent.futures.wait(
            pending, LONGEST_WAIT, return_when=concurrent.futures.FIRST_COMPLETED
        )
        yield from done


@contextlib.contextmanager
def worker_pool(threads: int) -> t.Iterator[concurrent.futures.Executor]:
    """Return a pool whose threads end with the context.

    If an exception leaves the context, waits end, no thread begins a request, and calls that were not
    started are dropped. Requests in flight end without a response after C(_GRACE) seconds.
    """
    global _open
    outer = _open
    cancellation = _open = outer or Cancellation()
    workers: list[threading.Thread] = []

    def begin() -> None:
        bind_thread(cancellation)
        workers.append(threading.current_thread())

    pool = _Pool(threads, initializer=begin)
    try:
        yield pool
        pool.shutdown(wait=False)
        _join(workers, math.inf)
        pool.shutdown()
    except BaseException:
        cancellation.cancel(_GRACE)
        pool.shutdown(wait=False, cancel_futures=True)
        _join(workers, _LONGEST_WAIT)
        raise
    finally:
        _open = outer


def _join(workers: list[threading.Thread], seconds: float) -> None:
    """Wait for the threads, no longer than C(seconds) together."""
    ends_at = time.monotonic() + seconds
    for worker in workers:
        while worker.is_alive() and (left := ends_at - time.monotonic()) > 0:
            worker.join(min(left, LONGEST_WAIT))
