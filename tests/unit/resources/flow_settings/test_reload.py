# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the reload after a change; its failure fails the task or warns (S2.6)."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.resources.flow_settings.conftest import RELOAD, SETTINGS


@pytest.fixture(autouse=True)
def flow(flows):
    return flows.seed()[0]


def test_the_reload_names_the_org(org, flows, settings):
    assert settings(routing={"max_wait_time": 30})["reload"] == "accepted"
    (reload,) = flows.reloads()
    assert (reload["status"], reload["body"]) == (202, {"orgId": org.id})


@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"drop": "after"}, {"status": 429, "retry_after": 1}], ids=str
)
def test_a_reload_is_repeated_like_a_read(org, flows, settings, fault):
    org.fault(method="POST", path=RELOAD, **fault)
    result = settings(routing={"max_wait_time": 30})
    assert (result["reload"], result["api"]["retries"]) == ("accepted", 1)
    assert len(flows.reloads()) == 2


def test_a_failing_reload_is_a_warning_where_the_task_says_so(org, flows, settings):
    org.fault(method="POST", path=RELOAD, times=None, status=503)
    result = settings(routing={"max_wait_time": 30}, on_reload_failure="warn", retries=1)
    assert (result["changed"], result["reload"], result.get("failed")) == (True, "failed", None)
    (warning,) = warnings_of(result)
    assert "the flow 'Primary' was changed, but the reload after it failed" in warning and "503" in warning
    assert flows.now()["settings"]["routing"]["maxWaitTime"] == 30


def test_a_failing_reload_fails_the_task_and_without_rollback_the_change_stays(org, flows, settings):
    org.fault(method="POST", path=RELOAD, times=None, status=503)
    result = settings(routing={"max_wait_time": 30}, rollback_on_failure=False, retries=0)
    assert (result["failed"], result["status"], result["reload"]) == (True, 503, "failed")
    assert (result["changed"], result["plan"], result["rolled_back"]) == (True, "update", False)
    assert result["snapshot"]["routing"]["max_wait_time"] == 600
    assert "The change was stored before this reload failed." in result["msg"]
    assert flows.now()["settings"] == {**SETTINGS, "routing": {**SETTINGS["routing"], "maxWaitTime": 30}}


def test_a_reload_that_is_not_permitted_names_the_scope(org, flows, settings):
    body = {"code": "missing.scope", "message": "no", "messageParams": {"scopes": ["flow:write"]}}
    org.fault(method="POST", path=RELOAD, times=None, status=403, body=body)
    result = settings(routing={"max_wait_time": 30})
    assert result["status"] == 403 and "flow:write" in result["msg"]
