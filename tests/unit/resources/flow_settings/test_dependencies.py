# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that all target types of the resulting settings are readable before any write (S2.7)."""

from __future__ import annotations

import pytest

from unit.module_runner import run_module
from unit.resources.flow_settings.conftest import DECLARED, stored_flow

ALL = ["queue", "user", "team"]
SCOPES = ["architect:read", "architect:write", "flow:read", "flow:write", "organization:read"]


def test_each_target_type_is_read_once_with_one_object(org, flows, settings):
    flows.seed()
    assert settings(scope_directives={"apply_to": ALL})["changed"]
    for path in ("/api/v2/routing/queues", "/api/v2/users", "/api/v2/teams"):
        (read,) = org.log(method="GET", path=path)
        assert read["query"] == {"pageSize": "1"}


def test_the_targets_of_the_resulting_settings_count_not_only_declared_ones(flows, settings):
    flows.seed()
    settings(routing={"max_wait_time": 30})
    assert [call for call in flows.calls() if call in ("GET queues", "GET users", "GET teams")] == [
        "GET queues",
        "GET users",
    ]
    assert "GET queues" not in _calls_of(flows, settings, scope_directives={"apply_to": None})


def _calls_of(flows, settings, **options):
    flows.org.clear_log()
    settings(**options)
    return flows.calls()


@pytest.mark.parametrize("check_mode", [False, True])
def test_missing_scopes_fail_closed_all_at_once(new_org, check_mode):
    org = new_org(scopes=[*SCOPES, "user:read"])
    org.seed([stored_flow()], "flows")
    task = {**org.connection, "name": "Primary", "scope_directives": {"apply_to": ALL}}
    result = run_module("genesys_flow_settings", task, check_mode=check_mode)
    assert result["failed"]
    queue, team = result["problems"]
    assert queue.startswith("scope_directives.apply_to: 'queue' cannot be read") and "queue:read" in queue
    assert team.startswith("scope_directives.apply_to: 'team' cannot be read") and "team:read" in team
    assert org.writes() == []


@pytest.mark.parametrize("status", [403, 404])
def test_a_refused_or_missing_target_fails_closed(org, flows, settings, status):
    flows.seed()
    org.fault(method="GET", path="/api/v2/users", status=status)
    result = settings(routing={"max_wait_time": 30})
    assert "'user' cannot be read" in result["msg"] and str(status) in result["msg"]
    assert flows.patches() == []


def test_a_target_that_cannot_be_reached_fails_closed(org, flows, settings):
    flows.seed()
    org.fault(method="GET", path="/api/v2/users", times=None, status=503)
    result = settings(routing={"max_wait_time": 30}, retries=1)
    assert result["status"] == 503
    assert flows.patches() == []


def test_a_stored_target_that_cannot_be_verified_fails_closed(flows, settings):
    flows.seed(stored_flow(scopeDirectives={"applyTo": ["skill"]}))
    result = settings(routing={"max_wait_time": 30})
    assert result["problems"] == ["scope_directives.apply_to: 'skill' is not a target that can be verified"]
    assert flows.patches() == []
    settings(routing={"max_wait_time": 30}, verify_dependencies=False)
    assert len(flows.patches()) == 1, "without the check it is the server's to judge"


def test_an_unchanged_flow_needs_no_target(new_org):
    org = new_org(scopes=SCOPES)
    org.seed([stored_flow()], "flows")
    result = run_module("genesys_flow_settings", {**org.connection, "name": "Primary", **DECLARED})
    assert (result["changed"], result.get("failed")) == (False, None)
