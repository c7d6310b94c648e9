# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in plays with -vvvv: output, ansible.log, syslog, results and files must not have them.

A case is a play of several tasks. Even cases take the fast lane, odd cases the module lane.
"""

from __future__ import annotations

import typing as t

from integration.playbook import make_play
from simulator.process import running

from .orgs import new_org
from .playbooks import INPUT, captured
from .rows import Bench
from .secret_cases import cases as secret_cases
from .secret_cases import secret_case, secrets_in_files, shown_secret

TASKS = 6


def play(case: int, host: str, connection: dict[str, t.Any]) -> dict[str, t.Any]:
    tasks = []
    for turn in range(TASKS):
        number = (case * TASKS + turn) * 7919 % (len(secret_cases()) * 7)
        _label, module, given = secret_case(number)
        options = {key: value for key, value in {**connection, **given}.items() if value is not None}
        tasks.append(
            {
                "name": f"Case {case}.{turn}",
                f"genesys.cloud.{module}": {
                    **options,
                    "retries": 0,
                    "timeout": 2,
                    "deadline": 2,
                    "list_lag": 0,
                },
                "ignore_errors": True,
                "diff": True,
            }
        )
    return make_play(tasks, hosts=host)


def run(bench: Bench, cases: t.Sequence[int]) -> t.Iterator[tuple[int, str]]:
    with running() as simulator:
        org = new_org(simulator)
        bench.begin(cases[0])
        hosts = {"fast": {"genesys_fast_lane": True}, "module": {"genesys_fast_lane": False}}
        plays = [play(case, ("fast", "module")[case % 2], org.connection) for case in cases]
        done = captured(plays, bench.folder, hosts, verbosity=4)
        texts = {"output": done.run.output, "syslog": done.syslog}
        for place, text in texts.items():
            found = shown_secret(text)
            if found is not None:
                yield cases[0], f"plays {cases[0]} to {cases[-1]}, {place}: {found}"
        for text in secrets_in_files(bench.folder, INPUT):
            yield cases[0], f"plays {cases[0]} to {cases[-1]}, file {text}"
        names = {task.task for task in done.run.tasks}
        for case in cases:
            missing = [turn for turn in range(TASKS) if f"Case {case}.{turn}" not in names]
            if missing:
                yield case, f"tasks {missing} have no result:\n{done.run.output[-1500:]}"
