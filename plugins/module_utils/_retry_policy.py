# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Retry loops: their bounds by name, their pauses, and polling.

Private to the collection. Loops over requests have their bounds here, apart from the attempts of one HTTP
call (options C(retries) and C(deadline)), waits for the rate limit (C(_http/rate_limit.py)), and waits whose
time limit is another option. Waits for the lock of a file have their bounds beside the lock.
"""

from __future__ import annotations

import dataclasses
import random
import time
import typing as t
from collections.abc import Callable

from ._errors import GenesysError, RateLimited, ServerError, TransportError
from ._runtime import sleep

T = t.TypeVar("T")

#: Time limit of a last read that begins at the deadline [s].
_LAST_READ = 2.0


@dataclasses.dataclass(frozen=True)
class Backoff:
    """Growing pauses [s]: they begin with C(first) and grow by C(factor) up to C(cap).

    Each is multiplied by a random number between the two of C(jitter), so that clients that failed together
    spread out.
    """

    first: float = 0.25
    factor: float = 2.0
    cap: float = 30.0
    jitter: tuple[float, float] = (0.0, 1.0)

    def seconds(self, failures: int, retry_after: float | None = None) -> float:
        """Return the pause after C(failures) failed attempts [s], never less than the server asks for."""
        pause = min(self.cap, self.first * self.factor ** min(failures - 1, 64)) * random.uniform(
            *self.jitter
        )
        return pause if retry_after is None else max(pause, retry_after + random.uniform(0, self.first))


@dataclasses.dataclass(frozen=True)
class RetryPolicy:
    """The bounds of a retry loop: the number of attempts, the time of all together [s], the pauses between.

    A bound that is None does not limit the loop. Without C(backoff) there is no pause.
    """

    attempts: int | None = None
    seconds: float | None = None
    backoff: Backoff | None = None


#: Writes of one object that conflict with other clients, before the task gives up (S0.5).
CONFLICTS = RetryPolicy(attempts=3)
#: Age of the last read of an object without a lock that needs another read before the write [s].
READ_IS_FRESH_FOR = 1.0
#: Reads of a list that changes between its pages.
LIST_CHANGES = RetryPolicy(attempts=4)
#: Looks for an object that a POST without a response may have created, if the server accepts duplicates.
#: The pauses add up to more than the default of the option C(list_lag).
CREATED_OBJECT = RetryPolicy(attempts=4, backoff=Backoff(first=0.75, cap=3.0, jitter=(1.0, 1.2)))
#: Time in which another client removes the younger one of two objects of a name [s], beside C(list_lag).
DUPLICATE_LEAVES = 5.0
#: Requests that an API refuses because it does not know a new object yet, and the time for which an object
#: is new [s].
NOT_YET_KNOWN = RetryPolicy(seconds=30.0, backoff=Backoff(first=0.5, factor=1.5, cap=5.0, jitter=(0.8, 1.0)))
NEW_FOR = 60.0
#: Uploads of one file under a signed URL.
UPLOADS = RetryPolicy(attempts=3, backoff=Backoff())
#: Deliveries of one notification.
NOTIFICATION = RetryPolicy(attempts=3, backoff=Backoff())
#: Reads of an object until it has an awaited state. The caller sets the time limit.
POLLING = RetryPolicy(backoff=Backoff(first=0.5, factor=1.5, cap=10.0, jitter=(0.5, 1.0)))
#: Time limit of C(POLLING) for reads that do not show a write of this task yet [s].
CATCH_UP = 30.0


class RetryLoop:
    """One loop under a policy. C(failures) counts the attempts that failed."""

    def __init__(self, policy: RetryPolicy) -> None:
        self.failures = 0
        self._policy = policy
        self._ends_at = None if policy.seconds is None else time.monotonic() + policy.seconds

    @property
    def left(self) -> float:
        """The time that is left [s]."""
        return float("inf") if self._ends_at is None else self._ends_at - time.monotonic()

    def wait(self, retry_after: float | None = None) -> bool:
        """Count a failed attempt and pause. Return whether another attempt may follow.

        Do not pause if the attempts are used up, or if the pause would end after the time limit.
        """
        self.failures += 1
        if self._policy.attempts is not None and self.failures >= self._policy.attempts:
            return False
        pause = self._pause(retry_after)
        if pause >= self.left:
            return False
        sleep(pause)
        return True

    def wait_at_most(self) -> bool:
        """Pause before an attempt, no longer than the time that is left. Return whether any time is left."""
        self.failures += 1
        left = self.left
        if left <= 0:
            return False
        sleep(min(self._pause(None), left))
        return True

    def _pause(self, retry_after: float | None) -> float:
        backoff = self._policy.backoff
        return 0.0 if backoff is None else backoff.seconds(self.failures, retry_after)


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
    backoff: Backoff | None = None,
) -> T:
    """Read until C(equal_reads) reads in a row are done and equal; return the last of them.

    C(read) gets its time limit [s]. The first read comes after a pause as well, because the server has only
    just started the awaited work. Transient failures of a read are retried, except for RateLimited. Raise
    TimedOut after C(timeout) seconds or on RateLimited, and any other exception of C(read) and C(is_done).
    """
    loop = RetryLoop(RetryPolicy(seconds=timeout, backoff=backoff or POLLING.backoff))
    last: T | None = None
    failure: GenesysError | None = None
    consecutive = reads = 0
    while loop.wait_at_most():
        reads += 1
        try:
            now = read(max(loop.left, _LAST_READ))
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
    raise TimedOut(last, failure, reads)
