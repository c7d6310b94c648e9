# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the rollback after a failure: it restores only values that the task itself wrote (S2.8)."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.resources.flow_settings.conftest import ITEM, RELOAD, SETTINGS, stored_flow

CHANGE = {
    "routing": {"max_wait_time": 30, "scope": None},
    "configuration_matrix": {"affinity": None, "new": {"key": "k", "value": 1}},
}


def test_a_failing_reload_puts_the_old_settings_back_at_a_higher_version(org, flows, settings):
    (before,) = flows.seed()
    org.fault(method="POST", path=RELOAD, status=500)
    result = settings(**CHANGE, retries=0)
    now = flows.now()
    assert now["settings"] == before["settings"]
    assert now["version"] == 16
    assert (result["failed"], result["changed"], result["rolled_back"]) == (True, False, True)
    assert (result["reload"], result["rollback_reload"], result["status"]) == ("failed", "accepted", 500)
    assert result["snapshot"]["configuration_matrix"] == before["settings"]["configurationMatrix"]
    assert "has its earlier values again, reload accepted." in result["msg"]
    assert [patch["body"]["settings"] for patch in flows.patches()] == [
        {
            "routing": {"maxWaitTime": 30, "scope": None},
            "configurationMatrix": {"affinity": None, "new": {"key": "k", "value": 1}},
        },
        {
            "routing": {"maxWaitTime": 600, "scope": {"type": "org", "id": "o-1"}},
            "configurationMatrix": {"affinity": SETTINGS["configurationMatrix"]["affinity"], "new": None},
        },
    ]


def test_groups_that_the_change_added_are_gone(org, flows, settings):
    flows.seed({"name": "Primary", "settings": {}})
    org.fault(method="POST", path=RELOAD, status=500)
    result = settings(
        retries=0,
        routing={"type": "a"},
        configuration_matrix={"p": {"key": "k", "value": 1}},
        scope_directives={"apply_to": ["queue"]},
    )
    assert result["rolled_back"]
    assert flows.now()["settings"] == {"routing": {}, "scopeDirectives": {}}


def test_the_reload_after_the_rollback_is_tried_once_more_and_reported(org, flows, settings):
    (before,) = flows.seed()
    org.fault(method="POST", path=RELOAD, times=None, status=500)
    result = settings(**CHANGE, retries=0)
    assert (result["rolled_back"], result["changed"], result["rollback_reload"]) == (True, False, "failed")
    assert flows.now()["settings"] == before["settings"]
    assert len(flows.reloads()) == 2
    assert "reload failed" in result["msg"]
    assert any("was rolled back, but the reload after it failed" in text for text in warnings_of(result))


def test_later_changes_of_others_survive_the_rollback(org, flows, settings):
    flows.seed()
    theirs = {
        "routing": {"maxWaitTime": 99},
        "configurationMatrix": {"theirs": {"key": "k", "value": 2}, "sessions": None},
        "scopeDirectives": {"enforceHierarchy": False},
    }
    org.fault(method="POST", path=RELOAD, times=None, status=500, delay=0.5)
    org.fault(method="GET", path=ITEM, after=1, edit={"settings": theirs})
    result = settings(**CHANGE, retries=0)
    assert flows.now()["settings"] == {
        "routing": {**SETTINGS["routing"], "maxWaitTime": 99},
        "configurationMatrix": {
            "affinity": SETTINGS["configurationMatrix"]["affinity"],
            "theirs": {"key": "k", "value": 2},
        },
        "scopeDirectives": {"applyTo": ["queue", "user"], "enforceHierarchy": False},
    }
    assert flows.now()["version"] == 17
    assert (result["rolled_back"], result["changed"]) == (True, False)
    assert "Concurrent changes were kept: routing.max_wait_time" in result["msg"]


def test_a_second_writer_between_the_reading_and_the_rollback_survives_too(org, flows, settings):
    flows.seed()
    org.fault(method="POST", path=RELOAD, status=500)
    org.fault(method="PATCH", path=ITEM, after=1, edit={"settings": {"routing": {"type": "theirs"}}})
    result = settings(**CHANGE, retries=0)
    assert result["rolled_back"]
    assert [patch["status"] for patch in flows.patches()] == [200, 409, 200]
    now = flows.now()["settings"]
    assert now == {**SETTINGS, "routing": {**SETTINGS["routing"], "type": "theirs"}}


def test_an_overwritten_change_is_not_rolled_back(org, flows, settings):
    flows.seed()
    org.fault(method="POST", path=RELOAD, status=500)
    org.fault(method="GET", path=ITEM, after=1, edit={"settings": {"routing": {"maxWaitTime": 99}}})
    result = settings(routing={"max_wait_time": 30}, retries=0)
    assert (result["rolled_back"], result["changed"]) == (False, False)
    assert "Nothing was left to roll back" in result["msg"]
    assert len(flows.patches()) == 1
    assert flows.now()["settings"]["routing"]["maxWaitTime"] == 99


def test_a_server_that_stores_something_else_is_found_out_and_rolled_back(org, flows, settings):
    """Check that a value which the server derived from the written one counts as written by the task."""
    (before,) = flows.seed()
    odd = {
        **before,
        "version": 15,
        "settings": {**SETTINGS, "routing": {**SETTINGS["routing"], "maxWaitTime": 31}},
    }
    org.fault(method="GET", path=ITEM, status=200, body=odd)
    result = settings(routing={"max_wait_time": 30})
    assert result["differences"] == [{"path": "routing.max_wait_time", "sent": 30, "stored": 31}]
    assert (result["rolled_back"], result["changed"]) == (True, False)
    assert flows.now()["settings"] == before["settings"]
    assert len(flows.reloads()) == 1


def test_a_rollback_that_fails_too_says_what_is_left_and_gives_the_snapshot(org, flows, settings):
    (before,) = flows.seed()
    org.fault(method="POST", path=RELOAD, times=None, status=500)
    org.fault(method="PATCH", path=ITEM, after=1, times=None, status=403)
    result = settings(**CHANGE, retries=0)
    assert (result["failed"], result["changed"], result["rolled_back"]) == (True, True, False)
    assert result["status"] == 500, "the first failure is the one to look at"
    for words in (
        "The rollback failed too",
        "403",
        "routing.max_wait_time, routing.scope, configuration_matrix",
    ):
        assert words in result["msg"]
    assert flows.now()["settings"]["routing"]["maxWaitTime"] == 30
    org.simulator.clear_faults(org.key)
    restored = settings(snapshot=result["snapshot"])
    assert restored["changed"] and flows.now()["settings"] == before["settings"]


def test_a_flow_that_is_gone_cannot_be_rolled_back(org, flows, settings):
    flows.seed()
    org.fault(method="POST", path=RELOAD, status=500)
    org.fault(method="GET", path=ITEM, after=1, delete=True)
    result = settings(**CHANGE, retries=0)
    assert (result["changed"], result["rolled_back"]) == (True, False)
    assert "was removed by a concurrent change" in result["msg"]


def test_a_rollback_whose_response_is_lost_counts_as_applied(org, flows, settings):
    (before,) = flows.seed()
    org.fault(method="POST", path=RELOAD, status=500)
    org.fault(method="PATCH", path=ITEM, after=1, drop="after")
    assert settings(**CHANGE, retries=0)["rolled_back"]
    assert flows.now()["settings"] == before["settings"]


def test_reads_that_lag_do_not_hide_what_must_be_rolled_back(org, flows, settings):
    (before,) = flows.seed()
    org.simulator.lag(org.key, "flows", reads=0.7)
    org.fault(method="POST", path=RELOAD, status=500)
    result = settings(**CHANGE, retries=0, verify=False)
    assert (result["rolled_back"], result["changed"]) == (True, False)
    assert flows.now()["settings"] == before["settings"]


def test_a_rollback_needs_no_readable_targets(org, flows, settings):
    """Check that the old settings are restored although their targets are no longer readable."""
    (before,) = flows.seed(stored_flow(scopeDirectives={"applyTo": ["team"]}))
    org.fault(method="GET", path="/api/v2/teams", times=None, status=403)
    org.fault(method="POST", path=RELOAD, status=500)
    result = settings(scope_directives={"apply_to": ["queue"]}, retries=0)
    assert result["rolled_back"]
    assert flows.now()["settings"] == before["settings"]


@pytest.mark.parametrize("rollback", [True, False])
def test_without_a_failure_the_option_does_nothing(flows, settings, rollback):
    flows.seed()
    result = settings(**CHANGE, rollback_on_failure=rollback)
    assert result["changed"] and "rolled_back" not in result
    assert len(flows.patches()) == 1


def test_reads_that_never_catch_up_are_reported_without_a_claim(org, flows, settings, monkeypatch):
    (before,) = flows.seed()
    monkeypatch.setattr("ansible_collections.genesys.cloud.plugins.module_utils._engine.verify.CATCH_UP", 0.6)
    org.simulator.lag(org.key, "flows", reads=60)
    result = settings(**CHANGE)
    assert "still show an older version 0.6 s after it was written" in result["msg"]
    assert "The rollback failed too" in result["msg"], "it was written, but nothing confirms it"
    assert (result["changed"], result["rolled_back"]) == (True, False)
    assert flows.now()["settings"] == before["settings"]
