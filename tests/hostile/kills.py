# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole-org runs that are ended at a random point: kill -9, SIGTERM, Ctrl-C, and the time-out of a task.

Half of the cases roll the run back, which must restore the org. The others repeat the run, which must
complete it. The journal must have whole lines, and the audit log every confirmed write. After kill -9 it may
lack the lines of the writes that the threads were confirming.
"""

from __future__ import annotations

import concurrent.futures
import json
import pathlib
import random
import signal
import subprocess
import time
import typing as t

from integration.module_process import Process
from integration.playbook import make_play, running_playbook
from integration.stops import time_out, unlogged, wait_until_closed
from simulator.process import running
from unit.whole_org_runs import RUNS, OrgRun

from .clients import HANGING
from .orgs import Org, new_org
from .rows import Bench

AT_ONCE = 2
CONCURRENCY = 4
COUNT = 12
ENDS = ("SIGKILL", "SIGTERM", "SIGINT", "time-out")
#: Time of each write [s], so that a run lasts long enough to be ended at any of its points.
SLOW = 0.02
ORG_CONFIG = "genesys.cloud.genesys_org_config"


def declaration(org: Org) -> dict[str, t.Any]:
    """Return the declaration of the run for the API of an org."""
    return RUNS[org.api].declare(COUNT)


def run_and_end(
    org: Org, process: Process, folder: pathlib.Path, how: str, after: int, more: dict[str, t.Any]
) -> None:
    """Start a run and end it after so many writes: the process of a module, or ansible-playbook.

    A time-out always ends a task of ansible-playbook, kill -9 always the process of a module.
    """
    if how == "SIGKILL" or (how != "time-out" and not in_fast_lane(after)):
        running_module = process.start(config=declaration(org), **more)
        _wait(running_module, org, after)
        running_module.send_signal(signal.Signals[how])
        running_module.communicate(timeout=HANGING)
        return
    given = {"config": declaration(org), **more, "journal": str(process.journal), "journal_password": "k"}
    task = {"name": "Write", ORG_CONFIG: given, "timeout": 900}
    play = make_play([task], connection=org.connection)
    with running_playbook([play], folder, inventory={"org": {"genesys_fast_lane": in_fast_lane(after)}}) as (
        playbook,
        _home,
    ):
        _wait(playbook, org, after)
        if how == "time-out":
            time_out(playbook)
        else:
            playbook.send_signal(signal.Signals[how])
        playbook.communicate(timeout=HANGING)


def in_fast_lane(after: int) -> bool:
    """Return whether the task that ends after so many writes takes the fast lane."""
    return after % 2 == 0


def _wait(process: subprocess.Popen[t.Any], org: Org, writes: int) -> None:
    while (
        process.poll() is None
        and len([one for one in org.log() if "/api/" in one["path"] and one["method"] != "GET"]) < writes
    ):
        time.sleep(0.01)


def journal_problems(journal: pathlib.Path, killed: bool) -> t.Iterator[str]:
    """Yield broken lines. Only the last line of a killed run may be cut off."""
    lines = journal.read_bytes().split(b"\n") if journal.exists() else []
    for number, line in enumerate(lines[:-1]):
        try:
            json.loads(line)
        except ValueError:
            yield f"the journal's line {number + 1} is broken: {line[:200]!r}"
    if lines and lines[-1] and not killed:
        yield f"the journal ends with a part of a line: {lines[-1][:200]!r}"


def attack(
    org: Org, folder: pathlib.Path, chance: random.Random, case: int, states: tuple[t.Any, t.Any]
) -> t.Iterator[str]:
    before, after = states
    how, rolls_back = ENDS[case % 4], case // 4 % 2 == 0
    RUNS[org.api].seed(org, COUNT)
    process = Process(org, folder / f"case-{case}")
    log = folder / f"audit-{case}.jsonl"
    more = {"concurrency": CONCURRENCY, "audit_log": str(log), "list_lag": 0.1, "deadline": 30}
    point = chance.randrange(1, 45)
    org.fault(method="POST|PUT|PATCH|DELETE", path="/api/*", delay=SLOW, times=None)
    org.fault(method="POST|PUT|PATCH|DELETE", path="/api/*", delay=SLOW, took_effect=True, times=None)
    run_and_end(org, process, folder, how, point, more)
    wait_until_closed(process.journal)
    label = f"{how} after {point} writes, {'rolled back' if rolls_back else 'repeated'}"
    yield from (f"{label}: {text}" for text in journal_problems(process.journal, how == "SIGKILL"))
    missing = unlogged(process.journal, log)
    if len(missing) > (CONCURRENCY if how == "SIGKILL" else 0):
        yield f"{label}: the audit log lacks {len(missing)} confirmed writes, such as {missing[:4]}"
    org.clear_faults()
    if rolls_back and not process.journal.exists():
        return  # it was ended before its first write
    given = {"state": "rolled_back"} if rolls_back else {"config": declaration(org)}
    result = process.finish(**given, **more)
    if result.get("failed"):
        yield f"{label}: {result['msg']}"
    now, wanted = RUNS[org.api].state(org), before if rolls_back else after
    different = [kind for kind in wanted if now[kind] != wanted[kind]]
    if different:
        yield f"{label}: {different} differ from what they should be"


def run(bench: Bench, cases: t.Sequence[int]) -> t.Iterator[tuple[int, str]]:
    with running() as simulator:
        states = {
            api: undisturbed(new_org(simulator, api=api), org_run, bench) for api, org_run in RUNS.items()
        }

        def one(case: int) -> list[str]:
            api = list(RUNS)[case // 8 % len(RUNS)]
            org = new_org(simulator, api=api)
            return list(attack(org, bench.folder, bench.chance("kills", case), case, states[api]))

        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            for case, faults in zip(cases, pool.map(one, cases), strict=True):
                bench.begin(case)
                yield from ((case, text) for text in faults)


def undisturbed(org: Org, org_run: OrgRun, bench: Bench) -> tuple[t.Any, t.Any]:
    """Return the state of an org before a run and after it."""
    org_run.seed(org, COUNT)
    before = org_run.state(org)
    result = Process(org, bench.folder / f"undisturbed-{org.api}").finish(
        config=declaration(org), list_lag=0.1
    )
    assert not result.get("failed"), result["msg"]
    return before, org_run.state(org)
