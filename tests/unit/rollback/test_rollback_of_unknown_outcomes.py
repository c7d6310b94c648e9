# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of writes with unknown outcome after a kill or a lost response; the rollback reads the object."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import time

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._engine import lookup
from ansible_collections.genesys.cloud.plugins.module_utils._resources.customobject_index import rebuild
from ansible_collections.genesys.cloud.plugins.module_utils._retry_policy import Backoff, RetryPolicy
from unit import platform_kinds
from unit.journaled_site import (
    ALL_CHANGES,
    ALL_NEW,
    ALL_STORED,
    CHANGES,
    MODULES,
    NEW,
    PASSWORD,
    RECREATED,
    STORED,
)

PATHS = {
    "data_actions": "/api/v2/architect/data-actions",
    "privacy_purposes": "/api/v2/privacy/purposes",
    "customobjects": "/api/v2/data-gateway/customobjects/schemas",
    "flows": "/api/v2/architect/flows",
    "webhooks": "/api/v2/platform/webhooks",
    **platform_kinds.PATHS,
}
VERBS = {"actions": "PATCH", "flows": "PATCH"}
TESTS = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch):
    monkeypatch.setattr(rebuild, "_CONTENT_DELAY", 1.0)
    monkeypatch.setattr(lookup, "CREATED_OBJECT", RetryPolicy(2, backoff=Backoff(first=0.01)))


def kill_during_write(site, kind: str, method: str, options: dict, *, took_effect: bool) -> None:
    """Run a task in a separate process and kill it while its write waits for the response."""
    path = PATHS[kind] if method == "POST" else f"{PATHS[kind]}/*"
    site.org.fault(
        method=method, path=path, delay=3, **({"took_effect": True} if took_effect else {"drop": "before"})
    )
    task = (
        "import json, sys; from unit.module_runner import run_module; "
        "run_module(sys.argv[1], json.loads(sys.argv[2]))"
    )
    given = {**site.org.connection, "journal": str(site.journal), "journal_password": PASSWORD, **options}
    before = site.state(kind)
    process = subprocess.Popen(
        [sys.executable, "-c", task, MODULES[kind], json.dumps(given)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=TESTS,
    )
    try:
        deadline = time.monotonic() + 60
        while not (site.state(kind) != before if took_effect else site.org.log(method=method, path=path)):
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.02)
    finally:
        process.kill()
        process.wait(60)
    assert ["action" in line for line in site.lines()] == [False, True]  # the intent without an outcome
    site.org.simulator.clear_faults(site.org.key)


@pytest.mark.parametrize("took_effect", [True, False])
@pytest.mark.parametrize("kind", list(ALL_STORED))
def test_an_update_that_was_killed_is_rolled_back_if_it_was_applied(site, kind, took_effect):
    site.seed(kind)
    before = site.state()
    kill_during_write(site, kind, VERBS.get(kind, "PUT"), ALL_CHANGES[kind], took_effect=took_effect)
    (undone,) = site.undo(PASSWORD).values()
    assert site.state() == before
    assert (undone.error, undone.plan) == (None, "update" if took_effect else "none")


@pytest.mark.parametrize("took_effect", [True, False])
@pytest.mark.parametrize("kind", list(ALL_NEW))
def test_a_creation_that_was_killed_is_found_by_what_was_sent(site, kind, took_effect):
    if kind in ALL_STORED:
        site.seed(kind)
    before = site.state()
    kill_during_write(site, kind, "POST", ALL_NEW[kind], took_effect=took_effect)
    (undone,) = site.undo(PASSWORD).values()
    assert site.state() == before
    assert (undone.error, undone.plan, undone.name) == (None, "delete" if took_effect else "none", "N")


@pytest.mark.parametrize("took_effect", [True, False])
@pytest.mark.parametrize("kind", RECREATED)
def test_a_removal_that_was_killed_is_rolled_back(site, kind, took_effect):
    site.seed(kind)
    before = site.state()
    kill_during_write(site, kind, "DELETE", {"name": "A", "state": "absent"}, took_effect=took_effect)
    (undone,) = site.undo(PASSWORD).values()
    assert site.state() == before
    assert (undone.error, undone.plan) == (None, "create" if took_effect else "none")


def test_a_creation_of_unknown_outcome_is_only_removed_as_it_was_sent(site):
    site.org.fault(method="POST", path=PATHS["webhooks"], drop="before", times=None)
    site.org.fault(method="POST", path=PATHS["privacy_purposes"], drop="before", times=None)
    for kind in ("webhooks", "privacy_purposes"):
        assert site.change(kind, **NEW[kind], journal_password=PASSWORD)["failed"]
    assert {line["outcome"] for line in site.lines() if "outcome" in line} == {"unknown"}
    site.org.simulator.clear_faults(site.org.key)
    # Another user created objects of these names: one webhook that differs, two purposes that are equal.
    site.org.seed([{**STORED["webhooks"], "name": "N"}], "webhooks")
    purpose = {"name": "N", "description": "n", "retentionPeriod": "9d", "legalBasis": "consent"}
    site.org.seed(
        [{**purpose, "isActive": True, "diversionIds": []} for _purpose in range(2)], "privacy_purposes"
    )
    before = site.state()
    undone = site.undo(PASSWORD)
    assert site.state() == before
    assert "none is as it was sent: not removed" in undone["webhook N"].notes[0]
    assert "several are exactly as it was sent: not removed" in undone["privacy_purpose N"].notes[0]


def test_an_interrupted_rollback_is_gone_on_with(site):
    """Check a rollback that was killed after each of its lines; the next one creates no object twice."""
    before = site.change_all(CHANGES, NEW)
    for kind in NEW:
        site.change(kind, name="A", state="absent", journal_password=PASSWORD)
    made = site.journal.read_bytes()
    site.undo(PASSWORD)
    assert site.state() == before
    lines = site.journal.read_bytes()[len(made) :].splitlines(keepends=True)
    # All objects are rolled back already; the journal is cut ever earlier.
    for kept in (len(lines) - 1, len(lines) // 2, 4, 2, 1):
        site.journal.write_bytes(made + b"".join(lines[:kept]) + lines[kept][:20])
        undone = site.undo(PASSWORD)
        assert site.state() == before, kept
        assert {one.error for one in undone.values()} == {None}
        assert any("was cut off" in warning.message for warning in site.findings.warnings)
        assert site.undo(PASSWORD) == {}


def test_a_rollback_that_was_killed_in_the_middle_finishes_the_next_time(site):
    before = site.change_all(CHANGES, NEW)
    for kind in NEW:
        site.change(kind, name="A", state="absent", journal_password=PASSWORD)
    site.org.fault(method="POST", path=PATHS["privacy_purposes"], drop="after")
    site.org.fault(method="PATCH", path="*", status=503, times=None)
    site.org.fault(method="DELETE", path=f"{PATHS['data_actions']}/*", drop="before", times=None)
    first = site.undo(PASSWORD, connection={"retries": 0})
    assert {name for name, one in first.items() if one.error} == {"flow_settings A", "data_action N"}
    site.org.simulator.clear_faults(site.org.key)
    second = site.undo(PASSWORD)
    assert {one.error for one in second.values()} == {None}
    assert site.state() == before
    assert site.undo(PASSWORD) == {}
