# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which failed request is sent again, how often and when (S0.6; API: "Decisions on the documents' defects").

Private to the collection. An attempt raises C(AttemptFailed). C(RetryingCall) repeats it with tenacity, or
turns the last failure into the error that the task reports.
"""

from __future__ import annotations

import dataclasses
import enum
import time
import typing as t
from collections.abc import Callable

from .._api.profile import TRANSIENT_STATUSES
from .._deps import tenacity
from .._errors import Conflict, DeadlineExceeded, GenesysError, MissingObject, OutcomeUnknown
from .._retry_policy import Backoff

T = t.TypeVar("T")


class FailureKind(enum.Enum):
    """What a failed attempt tells about the request."""

    REFUSED = enum.auto()  #: definite, sending it again would not help
    THROTTLED = enum.auto()  #: 429: not carried out, any verb may repeat until the deadline
    NOT_SENT = enum.auto()  #: the connection was never established: any verb may repeat
    LOST = enum.auto()  #: may have been carried out, only a repeatable request is sent again
    UNCLEAR = enum.auto()  #: may have been carried out, and sending it again would not help


class AttemptFailed(Exception):
    """One failed attempt; C(retry_after) is what the server asks for, in seconds."""

    def __init__(self, error: GenesysError, kind: FailureKind, retry_after: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.kind = kind
        self.retry_after = retry_after


@dataclasses.dataclass(frozen=True)
class CallPolicy:
    """The bounds of one HTTP call: C(retries) of all failures but 429, C(deadline) of everything [s]."""

    retries: int
    deadline: float
    backoff: Backoff


def failure_kind(status: int, transient: frozenset[int] = TRANSIENT_STATUSES) -> FailureKind:
    """Return what a response with an error status says about its request."""
    if status == 429:
        return FailureKind.THROTTLED
    if status in transient:
        return FailureKind.LOST
    return FailureKind.UNCLEAR if status >= 500 else FailureKind.REFUSED


class RetryingCall:
    """All attempts of one call.

    C(writes) is false for what changes nothing: there a lost answer is only a failed read. C(ends_at), on
    the monotonic clock, is given where the call is part of another one. C(on_retry) is called for each
    attempt after the first.
    """

    def __init__(
        self,
        policy: CallPolicy,
        *,
        repeatable: bool,
        writes: bool,
        ends_at: float | None = None,
        on_retry: Callable[[], None],
    ) -> None:
        self.ends_at = time.monotonic() + policy.deadline if ends_at is None else ends_at
        self._policy = policy
        self._repeatable = repeatable
        self._writes = writes
        self._on_repeat = on_retry
        self._made = 0
        self._counted = 0
        self._perhaps_done = False
        self._out_of_time = False

    def run(self, attempt: Callable[[], T]) -> T:
        """The result of the first attempt that succeeds.

        Raises the last error: as it is, as DeadlineExceeded where time ended a read, as OutcomeUnknown
        where a write may have taken effect.
        """
        try:
            try:
                return self._observed(attempt)
            except AttemptFailed as failure:
                if not self._may_repeat(failure):
                    raise
                return self._repeat(attempt, failure)
        except AttemptFailed as failure:
            raise self._final(failure) from None
        except GenesysError as error:  # no token: the request itself was not sent this time
            raise self._judged(error) from None

    def _repeat(self, attempt: Callable[[], T], first: AttemptFailed) -> T:
        """Goes on after the first attempt. Most calls need no second, nor the library that makes it."""

        failed = [first]

        def next_attempt() -> T:
            if failed:
                raise failed.pop()
            return self._observed(attempt)

        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(self._may_repeat),
            wait=self._wait,
            stop=self._is_over,
            before_sleep=lambda state: self._on_repeat(),
            reraise=True,
        )
        return retrying(next_attempt)

    def _observed(self, attempt: Callable[[], T]) -> T:
        self._made += 1
        try:
            return attempt()
        except AttemptFailed as failure:
            self._counted += failure.kind is not FailureKind.THROTTLED
            self._perhaps_done |= failure.kind in (FailureKind.LOST, FailureKind.UNCLEAR)
            raise

    def _may_repeat(self, error: BaseException) -> bool:
        if not isinstance(error, AttemptFailed):
            return False
        return error.kind in (FailureKind.THROTTLED, FailureKind.NOT_SENT) or (
            error.kind is FailureKind.LOST and self._repeatable
        )

    def _wait(self, state: tenacity.RetryCallState) -> float:
        return self._policy.backoff.seconds(state.attempt_number, _failure_of(state).retry_after)

    def _is_over(self, state: tenacity.RetryCallState) -> bool:
        if _failure_of(state).kind is not FailureKind.THROTTLED and self._counted > self._policy.retries:
            return True
        self._out_of_time = time.monotonic() + state.upcoming_sleep >= self.ends_at
        return self._out_of_time

    def _final(self, failure: AttemptFailed) -> GenesysError:
        error = failure.error
        if self._made > 1:
            error.add(f"It was tried {self._made} times.")
        if self._out_of_time:
            error.add(_no_time_left(self._policy, failure.retry_after))
            if failure.kind is not FailureKind.THROTTLED:
                error = DeadlineExceeded(str(error), cause=error)
        return self._judged(error, failure.retry_after)

    def _judged(self, error: GenesysError, retry_after: float | None = None) -> GenesysError:
        """The error as it is, unless an earlier attempt at a write may have been carried out.

        A conflict and a missing object stay what they are: the caller reads the object after them anyway.
        """
        if not (self._writes and self._perhaps_done):
            return error
        if isinstance(error, (Conflict, MissingObject)):
            error.perhaps_written = True
            return error
        cause = error.cause if isinstance(error, DeadlineExceeded) and error.cause else error
        return OutcomeUnknown(
            f"It is not known whether a write took effect: look at the object before anything else. {error}",
            cause=cause,
            retry_after=retry_after,
            failures=max(1, self._counted),
            out_of_time=self._out_of_time,
        )


class LostAnswers:
    """Bounds how often one write is sent again whose answers are lost (S0.6).

    The object is read before each repeat, so every repeat is a call of its own. The policy's C(retries) bound
    the failures of all these calls together, its C(deadline) the time of the calls and of the waits between
    them. The time of the reads does not count.
    """

    def __init__(self, policy: CallPolicy) -> None:
        self._policy = policy
        self._left = policy.deadline
        self._calls = 0
        self._failures = 0

    def run(self, send: Callable[[float], T]) -> T:
        """Return the result of one call; C(send) gets its end, on the monotonic clock."""
        began = time.monotonic()
        try:
            return send(began + self._left)
        except OutcomeUnknown:
            self._left -= time.monotonic() - began
            raise

    def wait(self, error: OutcomeUnknown) -> bool:
        """Wait before the object is read again; return whether the write may be sent again after the read.

        If it may not, add the limit that was reached to the error. Do not wait if the deadline comes first.
        """
        self._calls += 1
        self._failures += error.failures
        seconds = self._policy.backoff.seconds(self._calls, error.retry_after)
        unchanged = "A later read does not show the change."
        if error.out_of_time:  # the error names the deadline already
            error.add(unchanged)
            return False
        if seconds >= self._left:
            error.add(f"{unchanged} {_no_time_left(self._policy, error.retry_after)}")
            return False
        time.sleep(seconds)
        self._left -= seconds
        if self._failures <= self._policy.retries:
            return True
        error.add(
            f"{unchanged} The option retries ({self._policy.retries}) allows no further repeat of the write: "
            "raise it, or run again later."
        )
        return False


def _no_time_left(policy: CallPolicy, retry_after: float | None) -> str:
    """Return the sentence for a repeat that the deadline forbids."""
    deadline = f"the deadline of {policy.deadline:g} s"
    if retry_after:
        limit = f"The server asks to wait {retry_after:g} s, more than is left of {deadline}"
    else:
        limit = f"No time is left for another try within {deadline}"
    return f"{limit}: raise the option deadline, or run again later."


def _failure_of(state: tenacity.RetryCallState) -> AttemptFailed:
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, AttemptFailed):
        raise AssertionError("only failures are repeated")
    return error
