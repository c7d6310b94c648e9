# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of polling with growing, jittered pauses until reads agree or the deadline ends (S4.6)."""

from __future__ import annotations

import concurrent.futures
import time

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _retry_policy, _runtime
from ansible_collections.genesys.cloud.plugins.module_utils._errors import (
    DeadlineExceeded,
    PermissionDenied,
    RateLimited,
    ServerError,
    TransportError,
)
from ansible_collections.genesys.cloud.plugins.module_utils._retry_policy import (
    Backoff,
    RetryLoop,
    RetryPolicy,
    TimedOut,
    poll,
)
from unit.patience import FOREVER, PATIENCE

QUICK = Backoff(first=0.005, factor=1.0, jitter=(0.5, 1.0))


class Reads:
    """A read function that returns the states in order and repeats the last; it raises exceptions."""

    def __init__(self, *states):
        self.states = list(states)
        self.left = []

    def __call__(self, left):
        self.left.append(left)
        state = self.states[min(len(self.left), len(self.states)) - 1]
        if isinstance(state, Exception):
            raise state
        return state


class Clock:
    """A clock that only sleep advances, in the place of the module C(time)."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    """Let waits take no time, so that their ends do not depend on the machine."""
    clock = Clock()
    for module in (_retry_policy, _runtime):
        monkeypatch.setattr(module, "time", clock)
    return clock


def is_done(state):
    return state.startswith("done")


def wait(reads, **options):
    return poll(reads, is_done, **{"timeout": 5, "backoff": QUICK, **options})


def test_reads_until_done():
    reads = Reads("no", "no", "done")
    assert wait(reads) == "done"
    assert len(reads.left) == 3


@pytest.mark.parametrize(
    ("states", "needed"),
    [
        (["done", "done"], 2),
        (["done", "no", "done", "done"], 4),
        (["done 1", "done 2", "done 2"], 3),
        (["no", "no", "done", "done"], 4),
    ],
    ids=["at once", "flapping", "still changing", "two equal reads before it was done"],
)
def test_equal_reads_in_a_row(states, needed):
    reads = Reads(*states)
    assert wait(reads, equal_reads=2) == states[-1]
    assert len(reads.left) == needed


def test_time_out_carries_the_last_state(clock):
    reads = Reads("no 1", "no 2")
    started = clock.now
    with pytest.raises(TimedOut) as caught:
        wait(reads, timeout=0.1)
    assert clock.now - started == pytest.approx(0.1)
    assert (caught.value.last, caught.value.failure) == ("no 2", None)
    assert caught.value.reads == len(reads.left)


def test_the_last_read_comes_when_the_time_is_over_and_is_given_a_moment(clock):
    reads = Reads("no", "done")
    assert wait(reads, timeout=0.05, backoff=Backoff(first=0.02, factor=1000.0, jitter=(0.5, 1.0))) == "done"
    assert reads.left[1] == pytest.approx(2.0)


def test_a_read_is_given_the_time_that_is_left(clock):
    reads = Reads("done")
    wait(reads, timeout=60)
    assert 59 < reads.left[0] < 60


@pytest.mark.parametrize(
    "failure",
    [TransportError("connection refused"), DeadlineExceeded("slow"), ServerError("503", status=503)],
    ids=lambda failure: type(failure).__name__,
)
def test_a_failure_that_may_pass_is_survived(failure):
    assert wait(Reads(failure, "done", failure, "done"), equal_reads=2) == "done"


def test_failures_until_the_end_are_carried_beside_the_last_state(clock):
    failure = ServerError("503", status=503)
    with pytest.raises(TimedOut) as caught:
        wait(Reads("no", failure), timeout=0.1)
    assert (caught.value.last, caught.value.failure) == ("no", failure)


def test_a_server_that_asks_for_more_time_than_is_left_ends_the_wait_at_once():
    failure = RateLimited("429", status=429)
    started = time.monotonic()
    with pytest.raises(TimedOut) as caught:
        wait(Reads("no", failure), timeout=FOREVER)
    assert time.monotonic() - started < PATIENCE
    assert (caught.value.last, caught.value.failure, caught.value.reads) == ("no", failure, 2)


def test_other_errors_pass_through():
    with pytest.raises(PermissionDenied):
        wait(Reads("no", PermissionDenied("403", status=403)))


def test_pauses_grow_to_a_cap_and_are_jittered():
    backoff = Backoff(first=0.5, factor=2.0, cap=3.0, jitter=(0.5, 1.0))
    for failures, longest in ((1, 0.5), (2, 1.0), (3, 2.0), (4, 3.0), (10**6, 3.0)):
        drawn = [backoff.seconds(failures) for _turn in range(200)]
        assert longest / 2 <= min(drawn) < max(drawn) <= longest
        assert max(drawn) - min(drawn) > longest / 4


def test_a_loop_ends_with_its_attempts():
    loop = RetryLoop(RetryPolicy(attempts=3))
    assert [loop.wait(), loop.wait(), loop.wait()] == [True, True, False]
    assert loop.failures == 3


def test_a_loop_does_not_begin_a_pause_that_ends_after_its_time_limit():
    loop = RetryLoop(RetryPolicy(seconds=FOREVER, backoff=Backoff(first=0.001)))
    started = time.monotonic()
    assert loop.wait()
    assert not loop.wait(retry_after=FOREVER + 1)
    assert time.monotonic() - started < PATIENCE
    assert not RetryLoop(RetryPolicy(seconds=0)).wait()


def test_a_loop_pauses_as_long_as_the_server_asks_for():
    loop = RetryLoop(RetryPolicy(attempts=2, backoff=Backoff(first=0.001)))
    started = time.monotonic()
    assert loop.wait(retry_after=0.1)
    assert time.monotonic() - started >= 0.1


def test_a_pause_comes_before_every_read():
    started = time.monotonic()
    wait(Reads("no", "done"), backoff=Backoff(first=0.1, factor=1.0, jitter=(0.5, 1.0)))
    assert time.monotonic() - started >= 0.1


def test_threads_wait_side_by_side():
    reads = [Reads(*["no"] * number, f"done {number}") for number in range(8)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(wait, reads)) == [f"done {number}" for number in range(8)]
    assert [len(one.left) for one in reads] == list(range(1, 9))
