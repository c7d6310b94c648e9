# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Retries of failed requests: which requests, how often, and after which pause (S0.6).

Private to the collection. An attempt raises C(AttemptFailed). C(RetryingCall) retries it with tenacity, or
turns the last failure into the exception of the task.
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
from .._runtime import sleep

T = t.TypeVar("T")


class FailureKind(enum.Enum):
    """Possible effect of a failed attempt, and whether a retry makes sense."""

    REFUSED = enum.auto()  #: not carried out, a retry would fail again
    THROTTLED = enum.auto()  #: 429: not carried out, retried with any method until the deadline
    NOT_SENT = enum.auto()  #: no connection was established: retried with any method
    LOST = enum.auto()  #: may have been carried out: retried if the request is repeatable
    UNCLEAR = enum.auto()  #: may have been carried out, a retry would fail again


class AttemptFailed(Exception):
    """One failed attempt. C(retry_after) is the pause that the server asks for [s]."""

    def __init__(self, error: GenesysError, kind: FailureKind, retry_after: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.kind = kind
        self.retry_after = retry_after


class ReadTooOld(GenesysError):
    """A write without a lock that was not sent, because it waited for the rate limit since its last read."""


@dataclasses.dataclass(frozen=True)
class CallPolicy:
    """Limits of one HTTP call. C(retries) does not count 429, C(deadline) is the time of all attempts [s]."""

    retries: int
    deadline: float
    backoff: Backoff


def failure_kind(status: int, transient: frozenset[int] = TRANSIENT_STATUSES) -> FailureKind:
    """Return the kind of failure that an error status means."""
    if status == 429:
        return FailureKind.THROTTLED
    if status in transient:
        return FailureKind.LOST
    return FailureKind.UNCLEAR if status >= 500 else FailureKind.REFUSED


class RetryingCall:
    """The attempts of one call.

    C(writes) is false for a request that changes nothing: a lost response is then a failed read. C(ends_at),
    on the monotonic clock, is the end of a longer call that this one belongs to. C(on_retry) is called before
    each attempt after the first.
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
        self._on_retry = on_retry
        self._attempts = 0
        self._failures = 0
        self._may_be_applied = False
        self._out_of_time = False

    def run(self, attempt: Callable[[], T]) -> T:
        """Return the result of the first successful attempt.

        Raise the last error, DeadlineExceeded if the deadline ended a read, or OutcomeUnknown if a write may
        have taken effect.
        """
        try:
            try:
                return self._run_attempt(attempt)
            except AttemptFailed as failure:
                if not self._may_retry(failure):
                    raise
                return self._retry(attempt, failure)
        except AttemptFailed as failure:
            raise self._final_error(failure) from None
        except GenesysError as error:  # without a token, the request was not sent in this attempt
            raise self._unknown_if_applied(error) from None

    def _retry(self, attempt: Callable[[], T], first: AttemptFailed) -> T:
        """Retry after the first attempt. Most calls need no retry, so only this method uses tenacity."""
        failed = [first]

        def next_attempt() -> T:
            if failed:
                raise failed.pop()
            return self._run_attempt(attempt)

        retrying = tenacity.Retrying(
            sleep=sleep,
            retry=tenacity.retry_if_exception(self._may_retry),
            wait=self._wait,
            stop=self._is_over,
            before_sleep=lambda state: self._on_retry(),
            reraise=True,
        )
        return retrying(next_attempt)

    def _run_attempt(self, attempt: Callable[[], T]) -> T:
        self._attempts += 1
        try:
            return attempt()
        except AttemptFailed as failure:
            self._failures += failure.kind is not FailureKind.THROTTLED
            self._may_be_applied |= failure.kind in (FailureKind.LOST, FailureKind.UNCLEAR)
            raise

    def _may_retry(self, error: BaseException) -> bool:
        if not isinstance(error, AttemptFailed):
            return False
        return error.kind in (FailureKind.THROTTLED, FailureKind.NOT_SENT) or (
            error.kind is FailureKind.LOST and self._repeatable
        )

    def _wait(self, state: tenacity.RetryCallState) -> float:
        return self._policy.backoff.seconds(state.attempt_number, _failure_of(state).retry_after)

    def _is_over(self, state: tenacity.RetryCallState) -> bool:
        if _failure_of(state).kind is not FailureKind.THROTTLED and self._failures > self._policy.retries:
            return True
        self._out_of_time = time.monotonic() + state.upcoming_sleep >= self.ends_at
        return self._out_of_time

    def _final_error(self, failure: AttemptFailed) -> GenesysError:
        error = failure.error
        if self._attempts > 1:
            error.add(f"It was tried {self._attempts} times.")
        if self._out_of_time:
            error.add(_no_time_left(self._policy, failure.retry_after))
            if failure.kind is not FailureKind.THROTTLED:
                error = DeadlineExceeded(str(error), cause=error)
        return self._unknown_if_applied(error, failure.retry_after)

    def _unknown_if_applied(self, error: GenesysError, retry_after: float | None = None) -> GenesysError:
        """Return OutcomeUnknown if an attempt at a write may have been carried out, else the error.

        A conflict and a missing object stay as they are, because the caller reads the object after them.
        """
        if not (self._writes and self._may_be_applied):
            return error
        if isinstance(error, (Conflict, MissingObject)):
            error.perhaps_written = True
            return error
        cause = error.cause if isinstance(error, DeadlineExceeded) and error.cause else error
        return OutcomeUnknown(
            f"It is not known whether a write took effect: check the object before the next run. {error}",
            cause=cause,
            retry_after=retry_after,
            failures=max(1, self._failures),
            out_of_time=self._out_of_time,
        )


class LostResponses:
    """Limits for the retries of one write after lost responses (S0.6).

    The object is read before each retry, so every retry is a separate call. The policy's C(retries) limits
    the failures of all these calls together. Its C(deadline) limits the time of the calls and of the waits
    between them, without the reads.
    """

    def __init__(self, policy: CallPolicy) -> None:
        self._policy = policy
        self._left = policy.deadline
        self._calls = 0
        self._failures = 0

    @property
    def happened(self) -> bool:
        """Return whether the response of a call was lost."""
        return self._calls > 0

    def run(self, send: Callable[[float], T]) -> T:
        """Return the result of one call. C(send) gets the end of the call on the monotonic clock."""
        began = time.monotonic()
        try:
            return send(began + self._left)
        except OutcomeUnknown:
            self._left -= time.monotonic() - began
            raise

    def wait(self, error: OutcomeUnknown) -> bool:
        """Wait before the next read of the object. Return whether the write may be retried after it.

        If not, add the reached limit to the error. Do not wait if the deadline comes first.
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
        sleep(seconds)
        self._left -= seconds
        if self._failures <= self._policy.retries:
            return True
        error.add(
            f"{unchanged} The option retries ({self._policy.retries}) allows no further retry of the write: "
            "raise it, or run again later."
        )
        return False


def _no_time_left(policy: CallPolicy, retry_after: float | None) -> str:
    """Return the sentence for a retry that the deadline forbids."""
    deadline = f"the deadline of {policy.deadline:g} s"
    if retry_after:
        limit = f"The server asks to wait {retry_after:g} s, more than is left of {deadline}"
    else:
        limit = f"No time is left for another attempt within {deadline}"
    return f"{limit}: raise the option deadline, or run again later."


def _failure_of(state: tenacity.RetryCallState) -> AttemptFailed:
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, AttemptFailed):
        raise AssertionError("only failed attempts are retried")
    return error
