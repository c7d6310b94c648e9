# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that stall or drip at a position of the HTTP exchange, called through C(main) in both lanes.

The time counts from the call to its end, without the time in which the process worked or got no processor. So
the result does not depend on the load of the machine.
"""

from __future__ import annotations

import contextlib
import functools
import pathlib
import threading
import typing as t

from simulator.process import running
from unit.dripping_server import DrippingServer, stalling_port
from unit.http.test_hanging_servers import BEFORE_THE_BODY, EVERYWHERE, TLS_RECORD
from unit.org.conftest import action, webhook

from .clients import LANES, Fork, Outcome, call
from .orgs import new_org
from .rows import Bench

AT_ONCE = 4
DEADLINE, TIMEOUT, GRACE = 1.0, 0.6, 1.0
#: Time [s] after which a call is ended. The servers give up earlier.
LIMIT = 40.0
#: Pause of the thread that measures lost time [s].
_TICK = 0.05
TASKS: dict[str, tuple[str, dict[str, t.Any]]] = {
    "read": ("genesys_data_action_info", {}),
    "write": ("genesys_webhook", webhook("A")),
    "org": ("genesys_org_config", {"config": {"data_actions": [action("A"), action("B")]}}),
}


def _cases() -> t.Iterator[tuple[str, str, str]]:
    """Yield (who hangs, position, task)."""
    for position in EVERYWHERE:
        for task in TASKS:
            yield "api", position, task
            yield "stalled api", position, task
        yield "token", position, "write"
        yield "stalled token", position, "org"
        yield "notify", position, "write"
        yield "stalled notify", position, "write"
    for position in BEFORE_THE_BODY:
        yield "proxy", position, "read"
    for who in ("api", "token", "proxy", "notify"):
        yield who, "TLS handshake", "write"
        yield who, "connection", "write"


CASES = tuple(_cases())


class LostTime:
    """A thread that adds up how long the threads of this process worked or were ready and got no processor.

    A thread that waits for a server adds nothing. So the time of a call less this time is a wait.
    """

    def __enter__(self) -> t.Self:
        self._seconds: dict[str, float] = {}
        self._measure()
        self._before, self._over = dict(self._seconds), threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def seconds(self) -> float:
        self._measure()
        return sum(value - self._before.get(thread, 0) for thread, value in self._seconds.items())

    def _watch(self) -> None:
        while not self._over.wait(_TICK):
            self._measure()

    def _measure(self) -> None:
        for thread in pathlib.Path("/proc/self/task").iterdir():
            with contextlib.suppress(OSError):  # it has ended
                worked, was_ready, _turns = (thread / "schedstat").read_text("ascii").split()
                self._seconds[thread.name] = (int(worked) + int(was_ready)) / 1e9


@contextlib.contextmanager
def hanging_url(who: str, position: str) -> t.Iterator[str]:
    """Yield the URL of a server that hangs at a position. A stalled server sends nothing after it."""
    if position == "connection":
        with stalling_port() as port:
            yield f"http://127.0.0.1:{port}"
    elif position == "TLS handshake":
        with DrippingServer(*TLS_RECORD, speaks_first=True) as server:
            yield server.base_url.replace("http:", "https:")
    else:
        begin, drip = EVERYWHERE[position]
        with DrippingServer(begin + drip, b"" if who.startswith("stalled") else drip) as server:
            yield server.base_url


def options_of(who: str, url: str, healthy: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return the connection options of a case: C(healthy) are those of an org that answers."""
    limits = {"timeout": TIMEOUT, "deadline": DEADLINE, "retries": 3, "list_lag": 0.1}
    party = who.removeprefix("stalled ")
    if party == "notify":
        return {**healthy, "notify": {"url": url, "timeout": DEADLINE}}
    if party == "proxy":
        return {"base_url": "https://api.example.invalid", "proxy": url, "access_token": "t0ken", **limits}
    if party == "token":
        return {"base_url": url, "client_id": "c", "client_secret": "s3cr3t-0815", **limits}
    return {"base_url": url, "access_token": "t0ken", **limits}


def measured_call(case: int, url: str, healthy: dict[str, t.Any]) -> tuple[Outcome, float]:
    """Call the module of a case. Return its outcome and the time [s] that it waited."""
    who, _position, task = CASES[case]
    module, options = TASKS[task]
    arguments = {**options_of(who, url, healthy), **options}
    with LostTime() as lost:
        outcome: Outcome = call(module, arguments, lane=LANES[case % 2], limit=LIMIT)
        return outcome, outcome.seconds - lost.seconds


def faults_of(case: int, outcome: Outcome, waited: float) -> t.Iterator[str]:
    who, position, task = CASES[case]
    label = f"{who} hangs at {position}, task {task}, {LANES[case % 2]} lane"
    if outcome.exception:
        yield f"{label}: {outcome.exception}"
    if outcome.timed_out or waited > DEADLINE + GRACE:
        yield f"{label}: it waited {waited:.1f} s{' and more' if outcome.timed_out else ''}"
    if not outcome.failed and "notify" not in who:
        yield f"{label}: success without a response"


def run(bench: Bench, cases: t.Sequence[int]) -> t.Iterator[tuple[int, str]]:
    """Run the servers in this process, and the modules in forked ones, which alone are measured."""
    with running() as simulator:
        for start in range(0, len(cases), AT_ONCE):
            part = cases[start : start + AT_ONCE]
            bench.begin(part[0])
            with contextlib.ExitStack() as servers:
                forks = []
                for case in part:
                    who, position, _task = CASES[case]
                    healthy = new_org(simulator).connection if "notify" in who else {}
                    url = servers.enter_context(hanging_url(who, position))
                    forks.append(Fork(functools.partial(measured_call, case, url, healthy)))
                for case, fork in zip(part, forks, strict=True):
                    yield from ((case, text) for text in faults_of(case, *fork.value()))
