# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Polling with jitter and a deadline that carries the last state (S4.6).

Private to the collection. Knows nothing of what is polled and keeps nothing between calls, so that threads
may wait side by side.
"""

from __future__ import annotations

import dataclasses
import random
import time
import typing as t
from collections.abc import Callable

from ._errors import GenesysError, RateLimited, ServerError, TransportError

T = t.TypeVar("T")

#: Seconds that the last read may take, which begins when the time is over.
_LAST_READ = 2.0


@dataclasses.dataclass(frozen=True)
class Pace:
    """The pauses between reads, in seconds: they grow from C(first) by C(factor) up to C(cap).

    Jitter shortens each by up to a half, so that many waits that began together do not stay together.
    """

    first: float = 0.5
    factor: float = 1.5
    cap: float = 10.0

    def seconds(self, pauses: int) -> float:
        """The next pause after that many."""
        return min(self.cap, self.first * self.factor ** min(pauses, 64)) * random.uniform(0.5, 1.0)


class TimedOut(Exception):
    """The wait is over without what was waited for.

    C(last) is what the last successful read gave, None without one; C(failure) why the last read failed,
    None where it did not; C(reads) counts both.
    """

    def __init__(self, last: t.Any, failure: GenesysError | None, reads: int) -> None:
        super().__init__(f"timed out after {reads} reads")
        self.last = last
        self.failure = failure
        self.reads = reads


def poll(
    read: Callable[[float], T],
    is_done: Callable[[T], bool],
    *,
    timeout: float,
    equal_reads: int = 1,
    pace: Pace | None = None,
) -> T:
    """Reads until so many reads in a row are done and equal; returns the last of them.

    C(read) gets the seconds that it may take. A pause comes before the first read too: what is waited for has
    only just been set off. Reads that fail for a reason that may pass do not end the wait, unless the server
    asks for more time than is left. Raises TimedOut after C(timeout) seconds, and all else that C(read) and
    C(is_done) raise.
    """
    pace = pace or Pace()
    ends_at = time.monotonic() + timeout
    last: T | None = None
    failure: GenesysError | None = None
    in_a_row = reads = 0
    while True:
        left = ends_at - time.monotonic()
        if left <= 0:
            raise TimedOut(last, failure, reads)
        time.sleep(min(pace.seconds(reads), left))
        reads += 1
        try:
            now = read(max(ends_at - time.monotonic(), _LAST_READ))
        except RateLimited as error:
            raise TimedOut(last, error, reads) from error
        except (TransportError, ServerError) as error:
            failure = error
            continue
        repeated = in_a_row > 0 and now == last
        in_a_row = (in_a_row + 1 if repeated else 1) if is_done(now) else 0
        last, failure = now, None
        if in_a_row >= equal_reads:
            return now
