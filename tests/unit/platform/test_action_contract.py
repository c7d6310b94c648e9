# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of changes of a data action's frozen contract, and of removals of consumed actions (P.13, P.15)."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.platform.action_site import (
    IN,
    NAME,
    OTHER_IN,
    definition,
    options,
    seed_action,
    seed_consumers,
    seed_integration,
    stored_names,
)
from unit.platform.conftest import Tasks


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_contract_change_is_refused_with_the_flows_that_consume_the_action(tasks, check_mode):
    """Situation 1 of the public reports."""
    action = seed_action(tasks)
    flows = seed_consumers(tasks, action["id"])
    result = tasks.run("data_action", **options(OTHER_IN), check_mode=check_mode)
    assert result["failed"] and result["consumers"] == flows
    assert result["msg"].startswith(f"The data action '{NAME}' (id {action['id']}) was not changed")
    for flow in flows:
        assert f"INBOUNDCALLFLOW '{flow['name']}' (version {flow['version']})" in result["msg"]
    assert tasks.org.writes() == []


@pytest.mark.parametrize(
    ("field", "changed"),
    [("secure", {"secure": True}), ("integration", {"integration": "Other"})],
)
def test_the_frozen_secure_and_integration_are_refused_too(tasks, field, changed):
    action = seed_action(tasks)
    seed_integration(tasks, "Other")
    message = tasks.failed("data_action", **{**options(), "id": action["id"], **changed})
    assert f"has frozen {field}" in message and tasks.org.writes() == []


def test_a_secure_action_is_looked_up_as_such(tasks):
    action = seed_action(tasks, secure=True)
    flows = seed_consumers(tasks, action["id"])
    assert tasks.run("data_action", **options(OTHER_IN))["consumers"] == flows


@pytest.mark.parametrize(
    "same",
    [
        {"required": ["id"], "properties": {"id": {"type": "string"}}, "type": "object"},
        {**IN, "title": None},
    ],
)
def test_another_order_of_keys_and_null_are_no_change(tasks, same):
    """Situation 1 of the public reports."""
    seed_action(tasks)
    assert tasks.done("data_action", **options(same))["changed"] is False


def test_another_form_of_a_number_is_no_change(tasks):
    """Situation 1 of the public reports."""
    seed_action(tasks)
    given = definition()
    given["contract"]["output"]["successSchema"] = {
        "properties": {"tier": {"maxLength": 10.0, "type": "string"}},
        "type": "object",
    }
    assert tasks.done("data_action", **options(definition=given))["changed"] is False
    given["contract"]["output"]["successSchema"]["properties"]["tier"]["maxLength"] = 11
    assert "has frozen" in tasks.failed("data_action", **options(definition=given))


def test_a_status_of_the_tracking_data_that_casts_doubt_is_in_the_message(tasks):
    seed_action(tasks)
    tasks.org.platform(tracking_build="BUILDINPROGRESS")
    message = tasks.failed("data_action", **options(OTHER_IN))
    assert "none is known" in message and "has the status BUILDINPROGRESS and not OPERATIONAL" in message


def test_a_missing_permission_is_named(new_org, tmp_path):
    granted = ["integrations:action:view", "integrations:action:delete", "integrations:integration:view"]
    tasks = Tasks(new_org(api="platform", permissions=granted), tmp_path)
    seed_action(tasks)
    for given in (options(OTHER_IN), {"name": NAME, "integration": "CRM", "state": "absent"}):
        assert "architect:dependencyTracking:view" in tasks.failed("data_action", **given)
    tasks.done("data_action", name=NAME, integration="CRM", state="absent", force=True)
    assert tasks.org.objects("actions") == []


def test_many_flow_versions_are_all_read(tasks):
    action = seed_action(tasks)
    rows = [
        {"flowId": "f", "name": "F", "type": "BOTFLOW", "version": str(number), "resourceId": action["id"]}
        for number in range(230)
    ]
    tasks.org.seed(rows, "consumers")
    result = tasks.run("data_action", **options(OTHER_IN))
    assert len(result["consumers"]) == 230 and "and 210 more" in result["msg"]


ABSENT = {"name": NAME, "integration": "CRM", "state": "absent"}


@pytest.mark.parametrize("check_mode", [True, False])
def test_the_removal_of_a_consumed_action_is_refused_with_the_flows(tasks, check_mode):
    action = seed_action(tasks)
    flows = seed_consumers(tasks, action["id"])
    result = tasks.run("data_action", **ABSENT, check_mode=check_mode)
    assert result["failed"] and result["consumers"] == flows
    assert "was not removed, because flows consume it" in result["msg"]
    assert tasks.org.writes() == []


def test_force_removes_a_consumed_action_with_a_warning(tasks):
    action = seed_action(tasks)
    seed_consumers(tasks, action["id"])
    result = tasks.done("data_action", **ABSENT, force=True)
    assert result["changed"] and tasks.org.objects("actions") == []
    (warning,) = warnings_of(result)
    assert "removed although flows may consume it" in warning and "Flow 3" in warning


def test_the_refusal_of_a_forced_removal_by_the_api_is_reported(tasks):
    action = seed_action(tasks)
    seed_consumers(tasks, action["id"])
    tasks.org.platform(action_in_use="refused")
    assert "is used by a flow" in tasks.failed("data_action", **ABSENT, force=True)
    assert stored_names(tasks) == {NAME: action["id"]}


def test_an_action_without_consumers_is_removed(tasks):
    seed_action(tasks)
    assert tasks.done("data_action", **ABSENT)["changed"] and stored_names(tasks) == {}


def test_a_removal_without_trusted_tracking_data_is_refused(tasks):
    seed_action(tasks)
    tasks.org.platform(tracking_build="NOTBUILT")
    message = tasks.failed("data_action", **ABSENT)
    assert "it is not known whether flows consume it" in message and "NOTBUILT" in message
    tasks.done("data_action", **ABSENT, force=True)


def test_estimated_counts_of_the_tracking_data_are_no_error(tasks):
    action = seed_action(tasks)
    flows = seed_consumers(tasks, action["id"])
    tasks.org.platform(lists_lose_after=2)
    result = tasks.run("data_action", **ABSENT)
    assert result["consumers"] == flows[:2]
    assert tasks.org.writes() == []
