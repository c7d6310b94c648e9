# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that stall or drip at a position of the HTTP exchange, called through C(main) in both lanes.

The time counts from the call to its end. Time in which this process got no processor does not count: a thread
that only sleeps measures it.
"""

from __future__ import annotations

import contextlib
import functools
import threading
import time
import typing as t

from simulator.control import Simulator
from simulator.process import running
from unit.dripping_server import DrippingServer, stalling_port
from unit.http.test_hanging_servers import BEFORE_THE_BODY, EVERYWHERE, TLS_RECORD
from unit.org.conftest import action, webhook

from .clients import LANES, Fork, Outcome, call
from .orgs import new_org
from .rows import Bench

AT_ONCE = 4
DEADLINE, TIMEOUT, GRACE = 1.0, 0.6, 1.0
#: Seconds between two looks of the thread that measures lost time.
_TICK = 0.02
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
    """A thread that measures how long this process got no processor."""

    def __enter__(self) -> t.Self:
        self.seconds, self._over = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._measure, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._over.set()
        self._thread.join()

    def _measure(self) -> None:
        before = time.monotonic()
        while not self._over.wait(_TICK):
            now = time.monotonic()
            self.seconds += max(0.0, now - before - 2 * _TICK)
            before = now


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


def attack(simulator: Simulator, case: int) -> list[str]:
    who, position, task = CASES[case]
    module, options = TASKS[task]
    healthy = new_org(simulator).connection if "notify" in who else {}
    with hanging_url(who, position) as url, LostTime() as lost:
        outcome: Outcome = call(
            module, {**options_of(who, url, healthy), **options}, lane=LANES[case % 2], limit=DEADLINE + 6
        )
    label = f"{who} hangs at {position}, task {task}, {LANES[case % 2]} lane"
    spent = outcome.seconds - lost.seconds
    faults = []
    if outcome.exception:
        faults.append(f"{label}: {outcome.exception}")
    if outcome.timed_out or spent > DEADLINE + GRACE:
        faults.append(f"{label}: it took {spent:.1f} s{' and more' if outcome.timed_out else ''}")
    if not outcome.failed and "notify" not in who and not position.startswith("chunks"):
        faults.append(f"{label}: success without a response")
    return faults


def run(bench: Bench, cases: t.Sequence[int]) -> t.Iterator[tuple[int, str]]:
    with running() as simulator:
        for start in range(0, len(cases), AT_ONCE):
            part = cases[start : start + AT_ONCE]
            bench.begin(part[0])
            forks = [Fork(functools.partial(attack, simulator, case)) for case in part]
            for case, fork in zip(part, forks, strict=True):
                yield from ((case, text) for text in fork.value())
