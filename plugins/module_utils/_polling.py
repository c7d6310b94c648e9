# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Polling with jitter and a deadline, whose error has the last state (S4.6).

Private to the collection. Thread-safe, because there is no state between calls.
"""

from __future__ import annotations

import dataclasses
import random
import time
import typing as t
from collections.abc import Callable

from ._errors import GenesysError, RateLimited, ServerError, TransportError

T = t.TypeVar("T")

#: Time limit of a last read that begins at the deadline [s].
_LAST_READ = 2.0


@dataclasses.dataclass(frozen=True)
class Pace:
    """The pauses between reads [s]: they grow from C(first) by C(factor) up to C(cap).

    Jitter shortens each by up to a half, so that many polls that began together spread out.
    """

    first: float = 0.5
    factor: float = 1.5
    cap: float = 10.0

    def seconds(self, pauses: int) -> float:
        """Return the next pause after C(pauses) pauses [s]."""
        return min(self.cap, self.first * self.factor ** min(pauses, 64)) * random.uniform(0.5, 1.0)


class TimedOut(Exception):
    """The end of a poll without the awaited state.

    C(last) is the result of the last successful read, None without one. C(failure) is the error of the last
    read, None if it succeeded. C(reads) counts successful and failed reads.
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
    """Read until C(equal_reads) reads in a row are done and equal; return the last of them.

    C(read) gets its time limit [s]. The first read comes after a pause as well, because the server has only
    just started the awaited work. Transient failures of a read are retried, except for RateLimited. Raise
    TimedOut after C(timeout) seconds or on RateLimited, and any other exception of C(read) and C(is_done).
    """
    pace = pace or Pace()
    ends_at = time.monotonic() + timeout
    last: T | None = None
    failure: GenesysError | None = None
    consecutive = reads = 0
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
        repeated = consecutive > 0 and now == last
        consecutive = (consecutive + 1 if repeated else 1) if is_done(now) else 0
        last, failure = now, None
        if consecutive >= equal_reads:
            return now
