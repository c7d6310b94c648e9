# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Audit logs of runs that were killed or stopped: each write whose outcome was known has its line."""

from __future__ import annotations

import json
import pathlib
import signal

import pytest

from integration.module_process import Process
from integration.stops import unlogged
from unit.org.conftest import ACTIONS, action

CONFIG = {"data_actions": [action(f"Action {number:03d}") for number in range(200)]}
THREADS = 8


def names_in(log: pathlib.Path, status: str) -> set[str]:
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    return {line["name"] for line in lines if line["status"] == status}


def test_killed_after_96_creations(new_org, tmp_path):
    """The writes that each thread had begun may lack their line, until the journal is rolled back."""
    org, log = new_org(), tmp_path / "audit.jsonl"
    process = Process(org, tmp_path / "org")
    process.kill_at(2 * 96, config=CONFIG, audit_log=str(log), concurrency=THREADS)
    written = {one["name"] for one in org.objects()}
    logged = names_in(log, "applied")
    assert len(written) >= 96 - THREADS
    assert logged <= written
    assert len(written - logged) <= THREADS
    result = process.finish(state="rolled_back", audit_log=str(log))
    assert not result.get("failed"), result["msg"]
    assert unlogged(process.journal, log) == []


@pytest.mark.parametrize("delay", [0.5, 120])
def test_stopped_by_ctrl_c(new_org, tmp_path, delay):
    """Every write has its line. Writes without an outcome have the status failed, and changed is null."""
    org, log = new_org(), tmp_path / "audit.jsonl"
    org.fault(method="POST", path=f"{ACTIONS}*", times=None, delay=delay, after=4)
    process = Process(org, tmp_path / "org")
    running = process.start(config=CONFIG, audit_log=str(log), concurrency=2)
    process.wait_for_line(running, 10)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    written = {one["name"] for one in org.objects()}
    assert written <= {line["name"] for line in lines}
    unknown = [line for line in lines if line["changed"] is None]
    assert (1 if delay > 60 else 0) <= len(unknown) <= 2
    assert all(line["status"] == "failed" for line in unknown)
    assert all("stopped before the outcome" in line["message"] for line in unknown)
    assert len(lines) == len({line["name"] for line in lines})
