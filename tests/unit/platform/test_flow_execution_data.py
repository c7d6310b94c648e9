# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the storage of flow execution data on the platform API (N.2), against the simulator."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of

NEWER, OLDER = "/api/v2/settings/executiondata", "/api/v2/flows/instances/settings/executiondata"


def stored(tasks, kind="execution_data"):
    (one,) = tasks.org.objects(kind)
    return one["enabled"]


@pytest.mark.parametrize("switches", ["one", "two"])
def test_the_setting_is_switched_once(tasks, switches):
    tasks.org.platform(execution_data_switches=switches)
    planned = tasks.done("flow_execution_data", enabled=True, check_mode=True)
    assert tasks.org.writes() == []
    changed = tasks.done("flow_execution_data", enabled=True)
    assert (changed["plan"], planned["diff"]) == ("update", changed["diff"])
    assert changed["diff"]["before"] == {"enabled": False}
    assert changed["diff"]["after"] == {"enabled": True}
    assert warnings_of(planned) == warnings_of(changed)
    assert "records execution data only after it is published again" in warnings_of(changed)[0]
    (write,) = tasks.org.writes()
    assert (write["method"], write["path"], write["body"]) == ("PATCH", NEWER, {"enabled": True})
    again = tasks.done("flow_execution_data", enabled=True)
    assert (again["changed"], warnings_of(again)) == (False, [])
    assert tasks.done("flow_execution_data", enabled=False)["changed"] is True
    assert stored(tasks) is False
    if switches == "two":
        assert stored(tasks, "older_execution_data") is False
    assert tasks.org.log(path=OLDER) == []


def test_the_older_path_is_used_where_the_newer_one_is_missing(tasks):
    tasks.org.platform(newer_execution_data="missing")
    assert tasks.done("flow_execution_data", enabled=True)["plan"] == "update"
    assert stored(tasks) is True
    accepted = [entry["path"] for entry in tasks.org.writes() if entry["status"] == 200]
    assert accepted == [OLDER]
    assert tasks.done("flow_execution_data", enabled=True)["changed"] is False


@pytest.mark.parametrize("status", [403, 500])
def test_no_other_refusal_leads_to_the_older_path(tasks, status):
    tasks.org.fault(method="GET", path=NEWER, times=None, status=status)
    tasks.failed("flow_execution_data", enabled=True, retries=0)
    assert tasks.org.log(path=OLDER) == []


def test_an_org_with_neither_path_is_an_error(tasks):
    for path in (NEWER, OLDER):
        tasks.org.fault(method="GET", path=path, times=None, status=404)
    message = tasks.failed("flow_execution_data", enabled=True)
    assert "The org has no setting for flow execution data" in message and OLDER in message


def test_the_info_module_returns_one_record(tasks):
    assert [one["enabled"] for one in tasks.done("flow_execution_data_info")["records"]] == [False]
    tasks.done("flow_execution_data", enabled=True)
    (record,) = tasks.done("flow_execution_data_info")["records"]
    assert (record["enabled"], record["modified_by_client"]) == (True, {"id": tasks.org.client_id})


@pytest.mark.parametrize(
    ("missing", "held"),
    [
        ("settings:executiondata:view", []),
        ("settings:executiondata:edit", ["settings:executiondata:view"]),
    ],
)
def test_a_missing_permission_is_named(new_org, tasks, missing, held):
    org = new_org(api="platform", permissions=held)
    message = type(tasks)(org, tasks.state).failed("flow_execution_data", enabled=True)
    assert "a permission is missing" in message and missing in message


def test_the_last_request_before_the_write_is_a_read(tasks):
    """Check that a concurrent change has no more time than between two requests: there is no lock."""
    tasks.done("flow_execution_data", enabled=True)
    log = [f"{one['method']} {one['path']}" for one in tasks.org.log()]
    assert log[log.index(f"PATCH {NEWER}") - 1] == f"GET {NEWER}"


def test_the_same_change_by_another_client_is_no_change(tasks):
    tasks.org.fault(method="GET", path=NEWER, after=1, status=200, body={"enabled": True})
    assert tasks.done("flow_execution_data", enabled=True)["changed"] is False
    assert tasks.org.writes() == []


@pytest.mark.usefixtures("never_catches_up")
def test_a_change_after_the_write_is_seen_by_the_comparison(tasks):
    body = {"enabled": False, "dateModified": "2026-01-01T00:00:00.000Z"}
    tasks.org.fault(method="GET", path=NEWER, after=2, times=None, status=200, body=body)
    assert "enabled" in tasks.failed("flow_execution_data", enabled=True)


def test_reads_that_lag_are_waited_for(tasks):
    """Situation 10 of the public reports."""
    tasks.org.platform(reads_until_updated=2)
    assert tasks.done("flow_execution_data", enabled=True)["record"]["enabled"] is True


@pytest.mark.parametrize(
    "fault", [{"drop": "after"}, {"drop": "before"}, {"status": 503, "took_effect": True}]
)
def test_a_lost_response_is_resolved_by_a_read(tasks, fault):
    tasks.org.fault(method="PATCH", path=NEWER, times=1, **fault)
    assert tasks.done("flow_execution_data", enabled=True)["plan"] == "update"
    assert stored(tasks) is True


@pytest.mark.parametrize(
    ("options", "said"),
    [({}, "enabled: is required"), ({"enabled": "perhaps"}, "enabled"), ({"enabled": None}, "enabled")],
)
def test_wrong_options_are_problems_before_any_request(tasks, options, said):
    assert said in tasks.failed("flow_execution_data", **options)
    assert tasks.org.log() == []


def test_a_malformed_setting_is_an_error(tasks):
    tasks.org.fault(method="GET", path=NEWER, times=None, status=200, body={"enabled": "yes"})
    assert "enabled must be a boolean" in tasks.failed("flow_execution_data", enabled=True)
