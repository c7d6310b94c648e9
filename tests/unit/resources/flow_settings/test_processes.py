# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of simultaneous updates of one flow from separate processes (S2.3)."""

from __future__ import annotations

import concurrent.futures
import itertools
import json
import os
import pathlib
import subprocess
import sys

from unit.resources.flow_settings.conftest import ITEM, NAME

TESTS = pathlib.Path(__file__).resolve().parents[3]


def run_in_processes(org, folder, *tasks):
    """Run one module per task at the same time, each in a separate process; return their results."""
    code = (
        "import json, sys; from unit.module_runner import run_module; "
        "print(json.dumps(run_module('genesys_flow_settings', json.load(sys.stdin))))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent / '.cache/collections'}"}

    def run(task):
        arguments = {**org.connection, "name": NAME, "state_path": str(folder), **task}
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(arguments),
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=600,
        )
        return json.loads(done.stdout)

    with concurrent.futures.ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_of_two_processes_at_the_same_instant_exactly_one_goes_through(org, flows, old_flow, folder):
    """Check that the lock is held until the time of the update is stored, so the second process reads it."""
    org.fault(method="GET", path=ITEM, times=2, delay=1.5)  # both processes have planned by then
    tasks = [{"min_update_interval": 60, "routing": {"max_wait_time": seconds}} for seconds in (31, 32)]
    results = run_in_processes(org, folder, *tasks)
    (winner,) = [result for result in results if not result.get("failed")]
    (loser,) = [result for result in results if result.get("failed")]
    assert winner["changed"]
    assert "min_update_interval asks for 60 s" in loser["msg"], loser["msg"]
    assert len(flows.patches()) == 1, "the second did not even try"
    assert flows.wait_time() == winner["record"]["routing"]["max_wait_time"]


def test_of_two_processes_with_the_same_wish_one_finds_nothing_to_do(org, flows, old_flow, folder):
    org.fault(method="GET", path=ITEM, times=2, delay=1.5)
    task = {"min_update_interval": 60, "routing": {"max_wait_time": 31}}
    results = run_in_processes(org, folder, task, task)
    assert sorted(result["changed"] for result in results) == [False, True]
    assert len(flows.patches()) == 1


def test_of_three_processes_that_wait_each_comes_after_the_interval(org, flows, old_flow, folder):
    task = {"min_update_interval": 1, "on_too_soon": "wait", "on_conflict": "overwrite"}
    tasks = [{**task, "routing": {"max_wait_time": seconds}} for seconds in (31, 32, 33)]
    results = run_in_processes(org, folder, *tasks)
    assert [result["changed"] for result in results] == [True] * 3
    times = [patch["time"] for patch in flows.patches() if patch["status"] == 200]
    assert len(times) == 3
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 1
