# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that are stopped: by the task's time-out, by Ctrl-C and by SIGTERM, in both lanes.

The writes are so slow or fail so often that no run ends by itself. After a stop no request may begin, and
the journal must roll the org back to its state before the run.
"""

from __future__ import annotations

import json
import pathlib
import signal
import time
import typing as t

import pytest

from integration.lanes import both_lanes
from integration.module_process import Process
from integration.playbook import make_play, read_results, recording, running_playbook
from integration.stops import time_out, unlogged, wait_until_closed
from unit.org.conftest import ACTIONS, action, state_of, stored_action

ORG_CONFIG = "genesys.cloud.genesys_org_config"
#: 100 creations and 100 updates.
CONFIG = {"data_actions": [action(f"Action {number:03d}", description="new") for number in range(200)]}
#: Time of each write [s]. With two threads the whole run would take 80 s.
SLOW = 0.8


#: Effects on writes after which no run ends by itself: on every write, or on all after the first ones.
EFFECTS: dict[str, dict[str, t.Any]] = {
    "slow": {"delay": SLOW},
    "refused": {"status": 503, "after": 2},
    "throttled": {"status": 429, "retry_after": 120, "after": 2},
    "hanging": {"delay": 120, "after": 2},
}
#: Limits that are longer than a test, so that only a stop ends the retries.
PATIENT = {"timeout": 300, "deadline": 600, "retries": 1000, "concurrency": 2}


@pytest.fixture
def stuck_org(new_org: t.Callable[..., t.Any]) -> t.Callable[[str], t.Any]:
    """Return a factory of orgs with half of the declared objects and an effect on writes."""

    def create(effect: str) -> t.Any:
        org = new_org()
        org.seed([stored_action(f"Action {number:03d}") for number in range(0, 200, 2)])
        for method in ("POST", "PUT"):
            org.fault(method=method, path=f"{ACTIONS}*", times=None, **EFFECTS[effect])
        return org

    return create


def org_task(folder: pathlib.Path, **keywords: t.Any) -> dict[str, t.Any]:
    given = {
        "config": CONFIG,
        **PATIENT,
        "journal": f"{folder}/{{{{ inventory_hostname }}}}/journal.jsonl",
        "journal_password": "k",
        "audit_log": f"{folder}/{{{{ inventory_hostname }}}}/audit.jsonl",
    }
    return {"name": "Write", ORG_CONFIG: given, **keywords}


def begun_after(org: t.Any, moment: float) -> list[str]:
    return [f"{entry['method']} {entry['path']}" for entry in org.log() if entry["time"] > moment]


def check_rollback(org: t.Any, before: dict[str, t.Any], process: Process) -> None:
    """Check that the journal has whole lines, the audit log all writes, and that a rollback restores all."""
    wait_until_closed(process.journal)
    assert unlogged(process.journal, process.journal.with_name("audit.jsonl")) == []
    lines = process.journal.read_bytes().splitlines(keepends=True)
    assert all(line.endswith(b"\n") and json.loads(line) for line in lines)
    assert state_of(org) != before, "the run was stopped before its first write"
    org.simulator.clear_faults(org.key)
    result = process.finish(state="rolled_back")
    assert not result.get("failed"), result["msg"]
    assert state_of(org) == before


def then(**first: t.Any) -> list[dict[str, t.Any]]:
    """Return a task that fails and two tasks after it: the first has the time, the second takes 2 s."""
    return [
        {**first, "ignore_errors": True},
        {"name": "Now", "ansible.builtin.command": "date +%s.%N"},
        {"name": "Pause", "ansible.builtin.command": "sleep 2"},
    ]


@pytest.mark.parametrize("effect", EFFECTS)
def test_time_out_of_the_task(stuck_org, tmp_path, effect):
    """After the time-out neither lane begins a request, although the playbook goes on."""
    orgs = {"fast": stuck_org(effect), "module": stuck_org(effect)}
    before = {lane: state_of(org) for lane, org in orgs.items()}
    processes = {lane: Process(org, tmp_path / lane) for lane, org in orgs.items()}
    play = make_play(then(**org_task(tmp_path, timeout=900)), connection="{{ org }}")
    results = tmp_path / "results.jsonl"
    env = recording(results)
    with running_playbook([play], tmp_path, inventory=both_lanes(**orgs), env=env) as (running, _home):
        for org in orgs.values():
            # After the first 429 the other thread may send nothing more.
            while running.poll() is None and len(org.writes()) < (4 if effect == "throttled" else 6):
                time.sleep(0.01)
        time_out(running)
        output = "".join(running.communicate(timeout=600))
    tasks = {(one.host, one.task): one.result for one in read_results(results)[0]}
    for lane, org in orgs.items():
        assert "imed out after 900 second" in tasks[lane, "Write"]["msg"], output
        assert f"[{lane}] The task was stopped before it ended." in " ".join(output.split())
        assert begun_after(org, float(tasks[lane, "Now"]["stdout"])) == []
        check_rollback(org, before[lane], processes[lane])


def test_time_out_of_a_rollback(stuck_org, tmp_path):
    """A rollback that times out can be repeated."""
    org = stuck_org("slow")
    before = state_of(org)
    process = Process(org, tmp_path / "org")
    org.simulator.clear_faults(org.key)
    log = str(process.journal.with_name("audit.jsonl"))
    assert not process.finish(config=CONFIG, audit_log=log).get("failed")
    org.fault(path=f"{ACTIONS}/*", after=20, times=None, status=503)
    org.clear_log()
    given = {"state": "rolled_back", "journal": str(process.journal), "journal_password": "k", **PATIENT}
    given["audit_log"] = log
    play = make_play(then(name="Roll back", timeout=900, **{ORG_CONFIG: given}), connection=org.connection)
    results = tmp_path / "results.jsonl"
    with running_playbook([play], tmp_path, env=recording(results)) as (running, _home):
        while running.poll() is None and len(org.log(path=f"{ACTIONS}/*")) < 24:
            time.sleep(0.01)
        time_out(running)
        running.communicate(timeout=600)
    tasks = {one.task: one for one in read_results(results)[0]}
    assert "imed out after 900 second" in tasks["Roll back"].result["msg"]
    assert begun_after(org, float(tasks["Now"].result["stdout"])) == []
    check_rollback(org, before, process)


def test_time_out_in_seconds(playbook, new_org):
    """The time-out ends a task that reads, too: the first request hangs, and both lanes end it."""
    orgs = {"fast": new_org(), "module": new_org()}
    for org in orgs.values():
        org.fault(path="*", delay=120, times=None)
    tasks = then(name="Read", timeout=1, **{ORG_CONFIG: {"config": CONFIG, **PATIENT}})
    play = make_play(tasks, connection="{{ org }}", strategy="free")
    run = playbook([play], inventory=both_lanes(**orgs), timeout=600)
    assert run.returncode == 0, run.output
    for lane, org in orgs.items():
        assert "imed out after 1 second" in run.result("Read", lane).result["msg"]
        assert begun_after(org, float(run.result("Now", lane).result["stdout"])) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("effect", EFFECTS)
def test_signal_to_the_process_of_the_module(stuck_org, tmp_path, number, effect):
    org = stuck_org(effect)
    before = state_of(org)
    process = Process(org, tmp_path / "org")
    running = process.start(config=CONFIG, audit_log=str(tmp_path / "org" / "audit.jsonl"), **PATIENT)
    process.wait_for_line(running, 8 if effect == "throttled" else 10)
    running.send_signal(number)
    output, _errors = running.communicate(timeout=600)
    ended = time.time()
    assert running.returncode != 0
    if number == signal.SIGTERM:
        result = json.loads(output)
        assert result["failed"] and result["changed"]
        applied = process.journal.read_text("utf-8").count('"outcome":"applied"')
        assert f"stopped by SIGTERM before it ended. Writes that took effect: {applied}, " in result["msg"]
    check_later(org, ended)
    check_rollback(org, before, process)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_to_ansible_playbook(stuck_org, tmp_path, number):
    orgs = {"fast": stuck_org("slow"), "module": stuck_org("slow")}
    before = {lane: state_of(org) for lane, org in orgs.items()}
    processes = {lane: Process(org, tmp_path / lane) for lane, org in orgs.items()}
    play = make_play([org_task(tmp_path)], connection="{{ org }}")
    results = tmp_path / "results.jsonl"
    env = recording(results)
    with running_playbook([play], tmp_path, inventory=both_lanes(**orgs), env=env) as (running, _home):
        for org in orgs.values():
            while running.poll() is None and len(org.writes()) < 4:
                time.sleep(0.01)
        running.send_signal(number)
        running.communicate(timeout=600)
        ended = time.time()
        assert running.returncode not in (0, None)
    assert {one.status for one in read_results(results)[0]} <= {"failed"}
    for lane, org in orgs.items():
        check_later(org, ended)
        check_rollback(org, before[lane], processes[lane])


def check_later(org: t.Any, ended: float) -> None:
    """Check for three writes' time that no request begins after a stop."""
    while time.time() < ended + 3 * SLOW:
        time.sleep(0.05)
    assert begun_after(org, ended) == []
