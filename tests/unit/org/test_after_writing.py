# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config after the writes: read-back, one reload, rebuilds (S1.5, S2.6, S4.6)."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.org.conftest import (
    ACTIONS,
    FLOWS,
    PURPOSES,
    RELOAD,
    WEBHOOKS,
    action,
    flow,
    index,
    purpose,
    request_counts,
    statuses,
    stored_action,
    stored_purpose,
    stored_webhook,
    totals,
    webhook,
)

THREE_FLOWS = [flow(f"Flow {number}") for number in range(3)]


def wait_times(org):
    return [one["settings"]["routing"]["maxWaitTime"] for one in org.objects("flows")]


def test_many_changed_flows_are_taken_up_by_one_reload(seeded_org, converge):
    result = converge({"flow_settings": THREE_FLOWS})
    assert totals(result) == {"updated": 3} and wait_times(seeded_org) == [90, 90, 90]
    assert [entry["path"] for entry in seeded_org.writes()].count(RELOAD) == 1
    assert seeded_org.writes()[-1]["path"] == RELOAD, "after all changes"
    assert {one["reload"] for one in result["objects"]} == {"accepted"}
    seeded_org.clear_log()
    assert not converge({"flow_settings": THREE_FLOWS})["changed"]
    assert seeded_org.writes() == [], "no change, no reload"


def test_flows_that_want_no_reload_cause_none(seeded_org, converge):
    entries = [flow(f"Flow {number}", reload=False) for number in range(2)]
    result = converge({"flow_settings": entries})
    assert totals(result) == {"updated": 2} and seeded_org.log(path=RELOAD) == []
    assert all("reload" not in one for one in result["objects"])


def test_a_failed_reload_fails_the_flows_and_rolls_them_back(seeded_org, converge):
    """Check that a failed reload fails and rolls back the flows, as in the single module."""
    seeded_org.fault(method="POST", path=RELOAD, status=400, times=1)
    result = converge({"flow_settings": THREE_FLOWS[:2], "webhooks": [webhook("W")]})
    assert result["failed"] and wait_times(seeded_org) == [60, 60, 60]
    assert [one["status"] for one in result["objects"]] == ["failed", "failed", "skipped"]
    assert all("rolled back" in one["error"] for one in result["objects"][:2])
    assert not result["changed"], "nothing of it is left"


def test_a_failed_reload_where_the_change_is_to_stay(seeded_org, converge):
    seeded_org.fault(method="POST", path=RELOAD, status=400, times=1)
    entries = [flow(f"Flow {number}", rollback_on_failure=False) for number in range(2)]
    result = converge({"flow_settings": entries})
    assert result["failed"] and result["changed"] and wait_times(seeded_org) == [90, 90, 60]
    assert all("stored before this reload failed" in one["error"] for one in result["objects"])


def test_a_failed_reload_that_only_warns(seeded_org, converge):
    seeded_org.fault(method="POST", path=RELOAD, status=400, times=1)
    entries = [flow(f"Flow {number}", on_reload_failure="warn") for number in range(2)]
    result = converge({"flow_settings": entries})
    assert not result.get("failed") and totals(result) == {"updated": 2}
    assert {one["reload"] for one in result["objects"]} == {"failed"}
    told = warnings_of(result)
    assert any(
        text.startswith("config.flow_settings[1].reload: the flow 'Flow 1' was changed") for text in told
    )


def test_flows_that_fail_and_flows_that_warn_by_the_same_reload(seeded_org, converge):
    seeded_org.fault(method="POST", path=RELOAD, status=400, times=1)
    entries = [flow("Flow 0", on_reload_failure="warn"), flow("Flow 1")]
    result = converge({"flow_settings": entries}, on_error="continue")
    assert result["failed"] and statuses(result) == {"Flow 0": "done", "Flow 1": "failed"}
    assert wait_times(seeded_org) == [90, 60, 60]


def test_rebuilds_are_waited_for_all_at_once(seeded_org, converge):
    seeded_org.simulator.rebuild(seeded_org.key, duration=0.5)
    entries = [index(f"object-{number}") for number in range(3)]
    result = converge({"customobject_indexes": entries})
    assert totals(result) == {"updated": 3}
    assert {one["rebuild"] for one in result["objects"]} == {"finished"}
    assert not converge({"customobject_indexes": entries})["changed"]


def test_rebuilds_without_waiting(seeded_org, converge):
    seeded_org.simulator.rebuild(seeded_org.key, never=True)
    result = converge({"customobject_indexes": [index("object-0")], "webhooks": [webhook("W")]}, wait=False)
    assert not result.get("failed") and result["objects"][0]["rebuild"] == "pending"
    assert statuses(result) == {"object-0": "done", "W": "done"}


def test_a_rebuild_that_does_not_end_is_that_objects_error(seeded_org, converge):
    seeded_org.simulator.rebuild(seeded_org.key, never=True)
    entries = [index("object-0", wait_timeout=0.3), index("object-1", wait_timeout=0.4)]
    config = {"customobject_indexes": entries, "webhooks": [webhook("W")]}
    result = converge(config, on_error="continue")
    assert result["failed"] and result["objects"][2]["status"] == "done"
    assert all("rebuild was not over" in one["error"] and one["changed"] for one in result["objects"][:2])
    assert result["changed"]


@pytest.mark.parametrize("count", [1, 6])
def test_what_is_read_back_and_differs_is_that_objects_error(org, converge, count):
    """Check the read-back of a single object and the read-back of many objects by their list."""
    org.seed([stored_action(f"Action {number}") for number in range(count)])
    config = {"data_actions": [action(f"Action {number}", description="new") for number in range(count)]}
    shown = {**org.objects()[0], "version": 99, "description": "cut off"}
    page = {"entities": [shown], "total": 1, "pageSize": 100, "pageNumber": 1}
    org.fault(method="GET", path=f"{ACTIONS}/{shown['id']}", status=200, body=shown, times=None)
    org.fault(method="GET", path=ACTIONS, after=1, status=200, body=page, times=None)
    result = converge(config, on_error="continue")
    assert result["failed"] and totals(result).get("failed") == 1, totals(result)
    (failed,) = [one for one in result["objects"] if one["error"]]
    assert failed["name"] == "Action 0" and "description" in failed["error"] and failed["changed"]


def test_lists_that_lag_behind_are_no_failure(org, converge):
    """Check that objects which a list lacks or shows in an old version are read one by one."""
    org.seed([stored_action(f"Action {number}") for number in range(4)])
    org.simulator.lag(org.key, "data_actions", lists=60)
    config = {"data_actions": [action(f"Action {number}", description="new") for number in range(8)]}
    result = converge(config, deadline=1)
    assert not result.get("failed"), result["msg"]
    assert totals(result) == {"updated": 4, "created": 4}
    assert len([text for text in warnings_of(result) if "no list shows the new data action" in text]) == 4
    assert len(org.objects()) == 8 and len(org.writes()) == 8


@pytest.mark.parametrize(
    ("kind", "stored", "declared", "path"),
    [
        ("privacy_purposes", stored_purpose, purpose, PURPOSES),
        ("webhooks", stored_webhook, webhook, WEBHOOKS),
    ],
)
def test_lists_that_lag_behind_where_nothing_has_a_version(org, converge, kind, stored, declared, path):
    """Check kinds without a version: a list with old values makes the module read the object itself."""
    org.seed([stored(f"Object {number}") for number in range(4)], kind)
    org.simulator.lag(org.key, kind, lists=60)
    change = {"privacy_purposes": {"description": "new"}, "webhooks": {"enabled": True}}[kind]
    result = converge({kind: [declared(f"Object {number}", **change) for number in range(4)]})
    assert not result.get("failed"), result["msg"]
    assert totals(result) == {"updated": 4}


def test_flows_are_read_back_from_their_list(seeded_org, converge):
    seeded_org.simulator.lag(seeded_org.key, "flows", lists=60)
    result = converge({"flow_settings": THREE_FLOWS})
    assert totals(result) == {"updated": 3} and wait_times(seeded_org) == [90, 90, 90]
    seeded_org.simulator.lag(seeded_org.key, "flows", lists=0)
    seeded_org.clear_log()
    assert totals(converge({"flow_settings": [flow(f"Flow {n}", 45) for n in range(3)]})) == {"updated": 3}
    assert request_counts(seeded_org)[f"GET {FLOWS}"] == 2, "one before and one after the changes"
