# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of two writers of one flow, which its version number detects (S0.5, S2.4)."""

from __future__ import annotations

import pytest

from unit.resources.flow_settings.conftest import ITEM, SETTINGS


@pytest.fixture
def flow(flows):
    return flows.seed()[0]


def test_a_change_of_another_setting_is_merged_under_the_version_after_it(org, flows, settings, flow):
    theirs = {
        "settings": {"routing": {"type": "theirs"}, "configurationMatrix": {"p": {"key": "k", "value": 1}}}
    }
    org.fault(method="PATCH", path=ITEM, edit=theirs)
    result = settings(routing={"max_wait_time": 30}, configuration_matrix={"q": {"key": "k", "value": 2}})
    assert result["changed"]
    assert [(patch["status"], patch["body"]["version"]) for patch in flows.patches()] == [
        (409, 15),
        (200, 16),
    ]
    now = flows.now()["settings"]
    assert now["routing"] == {**SETTINGS["routing"], "type": "theirs", "maxWaitTime": 30}
    assert now["configurationMatrix"].keys() == {"affinity", "sessions", "p", "q"}
    assert result["snapshot"]["routing"]["type"] == "theirs"


def test_a_declared_setting_that_others_changed_stops_and_shows_both_values(org, flows, settings, flow):
    org.fault(method="PATCH", path=ITEM, edit={"settings": {"routing": {"maxWaitTime": 99}}})
    result = settings(routing={"max_wait_time": 30, "type": "ours"})
    assert result["conflicts"] == [{"path": "routing.max_wait_time", "theirs": 99, "ours": 30}]
    assert flows.now()["settings"]["routing"]["type"] == "longestAvailable"
    assert [patch["status"] for patch in flows.patches()] == [409]


def test_overwrite_replaces_a_concurrent_change(org, flows, settings, flow):
    org.fault(
        method="PATCH", path=ITEM, edit={"settings": {"routing": {"maxWaitTime": 99, "type": "theirs"}}}
    )
    assert settings(routing={"max_wait_time": 30}, on_conflict="overwrite")["changed"]
    assert flows.now()["settings"]["routing"] == {**SETTINGS["routing"], "type": "theirs", "maxWaitTime": 30}


def test_a_scope_is_one_value(org, flows, settings, flow):
    """Check that a scope is not merged field by field; a mixture would be a third scope."""
    org.fault(method="PATCH", path=ITEM, edit={"settings": {"routing": {"scope": {"id": "theirs"}}}})
    result = settings(routing={"scope": {"type": "division", "id": "o-1"}})
    assert result["conflicts"][0]["path"] == "routing.scope"


def test_a_whole_matrix_conflicts_with_a_new_parameter_of_others(org, flows, settings, flow):
    org.fault(
        method="PATCH",
        path=ITEM,
        edit={"settings": {"configurationMatrix": {"p": {"key": "k", "value": 1}}}},
    )
    result = settings(configuration_matrix={"q": {"key": "k", "value": 2}}, matrix_strategy="replace")
    assert result["conflicts"][0]["path"] == "configuration_matrix"


def test_three_overtaken_writes_give_up(org, flows, settings, flow):
    org.fault(method="PATCH", path=ITEM, edit=[{"description": f"theirs {n}"} for n in range(5)])
    result = settings(routing={"max_wait_time": 30})
    assert "in each of 3 attempts" in result["msg"]
    assert [patch["status"] for patch in flows.patches()] == [409, 409, 409]
    assert flows.reloads() == []


def test_a_patch_whose_response_is_lost_counts_as_applied(org, flows, settings, flow):
    org.fault(method="PATCH", path=ITEM, drop="after")
    result = settings(routing={"max_wait_time": 30})
    assert (result["changed"], result["plan"], result["reload"]) == (True, "update", "accepted")
    assert [patch["status"] for patch in flows.patches()] == [200, 409]
    assert flows.now()["version"] == 15


def test_removed_by_others(org, flows, settings, flow):
    org.fault(method="PATCH", path=ITEM, delete=True)
    result = settings(routing={"max_wait_time": 30})
    assert result["failed"]
    assert (result["status"], flows.reloads()) == (404, [])


@pytest.mark.parametrize("status", [400, 403, 422])
def test_a_refusal_is_an_error_and_no_request_follows(org, flows, settings, flow, status):
    org.fault(method="PATCH", path=ITEM, status=status)
    result = settings(routing={"max_wait_time": 30})
    assert (result["failed"], result["status"]) == (True, status)
    assert result["correlation_id"] in result["msg"]
    assert flows.reloads() == [] and "rolled_back" not in result
