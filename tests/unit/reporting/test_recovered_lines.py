# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines that the audit log lacks after kill -9, added from the journal by the rollback (S2.9)."""

from __future__ import annotations

import pytest

from unit.module_runner import run_module
from unit.org.conftest import action, stored_action
from unit.reporting.conftest import read

NAMES = ("A", "B", "C")


@pytest.fixture
def killed(org, log, tmp_path):
    """Return the options of a whole-org run with a line of the audit log for each of its three writes."""
    org.seed([stored_action("C")])
    (tmp_path / "journals").mkdir(mode=0o700)
    options = {**org.connection, "audit_log": str(log), "journal": str(tmp_path / "journals" / "org.jsonl")}
    entries = [action("A"), action("B"), {"name": "C", "state": "absent"}]
    result = run_module("genesys_org_config", {**options, "config": {"data_actions": entries}})
    assert result["totals"]["created"] == 2 and result["totals"]["deleted"] == 1
    return options


def without_lines(log, *names):
    """Remove the lines of objects from an audit log, as kill -9 right after their writes leaves it."""
    lines = log.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not any(f'"name":"{name}"' in line for name in names)]
    assert len(lines) - len(kept) == len(names)
    log.write_text("".join(kept), "utf-8")


def roll_back(options, *, check_mode=False, **more):
    given = {**options, "state": "rolled_back", **more}
    result = run_module("genesys_org_config", given, check_mode=check_mode)
    assert not result.get("failed"), result["msg"]


@pytest.mark.parametrize("lost", [(), ("A",), ("C",), ("B", "C")])
def test_a_rollback_adds_the_lines_that_are_missing(org, log, killed, lost):
    """Check that each write has one line, with the content of the lost one, and the lost ones are marked."""
    whole = {record["name"]: record for record in read(log)}
    without_lines(log, *lost)
    roll_back(killed)
    records = read(log)
    applied = {record["name"]: record for record in records if record["status"] == "applied"}
    assert sorted(applied) == list(NAMES) and len(records) == 6
    assert {name for name, record in applied.items() if record.get("recovered")} == set(lost)
    for name in lost:
        own = {key: value for key, value in applied[name].items() if key not in ("time", "recovered")}
        expected = {key: value for key, value in whole[name].items() if key != "time"}
        assert own == {**expected, "latency_ms": None, "correlation_id": None}
    assert [record["status"] for record in records[3:]] == ["rolled_back"] * 3
    assert not any(record.get("recovered") for record in records if record["status"] == "rolled_back")


def test_nothing_is_added_twice_or_in_check_mode(log, killed):
    without_lines(log, "B")
    roll_back(killed, check_mode=True)
    assert not [record for record in read(log) if record.get("recovered")]
    roll_back(killed)
    roll_back(killed)
    assert [record["name"] for record in read(log) if record.get("recovered")] == ["B"]


def test_a_log_without_any_line_of_the_run_gets_none(log, killed):
    """Check a run that had another log or none, and a log that was rotated meanwhile."""
    log.unlink()
    roll_back(killed)
    assert [record["status"] for record in read(log)] == ["rolled_back"] * 3


def test_more_lines_than_a_killed_run_loses_are_not_added(log, killed, monkeypatch):
    """Check a log that was rotated during the run: the lines are in the older file."""
    from ansible_collections.genesys.cloud.plugins.module_utils._reporting import recovered_lines

    monkeypatch.setattr(recovered_lines, "THREADS", 1)
    without_lines(log, "A", "B")
    roll_back(killed)
    assert not [record for record in read(log) if record.get("recovered")]
