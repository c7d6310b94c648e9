# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of what follows the replacement of a data action: later runs, pruning and rollbacks (P.13)."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.platform.action_site import (
    NAME,
    OTHER_IN,
    PATH,
    options,
    seed_action,
    seed_consumers,
    seed_integration,
    stored_names,
)
from unit.platform.test_action_replacement import REPLACE, STEPS, changes, retired


def replaced(tasks, **given):
    """Replace the data action. Return its old id and the new one."""
    result = tasks.done("data_action", **options(OTHER_IN, **REPLACE, **given))
    return result["replacement"]["old_id"], result["replacement"]["new_id"]


def test_a_later_run_removes_the_old_action_when_no_flow_consumes_it(tasks):
    action = seed_action(tasks)
    flows = seed_consumers(tasks, action["id"])
    old, new = replaced(tasks)
    kept = tasks.done("data_action", **options(OTHER_IN, **REPLACE))
    (warning,) = warnings_of(kept)
    assert f"(id {old}) is kept: flows consume it" in warning and flows[0]["name"] in warning
    for one in tasks.org.objects("consumers"):
        tasks.org.delete(one["id"], "consumers")
    tasks.org.platform(tracking_build="BUILDQUEUED")
    kept = tasks.done("data_action", **options(OTHER_IN, **REPLACE))
    assert kept["changed"] is False and "has the status BUILDQUEUED" in warnings_of(kept)[0]
    tasks.org.platform(tracking_build="OPERATIONAL")
    writes = tasks.writes()
    planned = tasks.done("data_action", **options(OTHER_IN, **REPLACE), check_mode=True)
    assert (planned["changed"], tasks.writes()) == (True, writes)
    result = tasks.done("data_action", **options(OTHER_IN, **REPLACE))
    assert result["changed"] and result["removed_replaced"] == [{"id": old, "name": retired(action)}]
    assert stored_names(tasks) == {NAME: new}
    assert tasks.done("data_action", **options(OTHER_IN, **REPLACE))["changed"] is False


def org_config(tasks, entries=(), **given):
    config = {"integrations": [], "integration_credentials": [], "data_actions": list(entries)}
    return tasks.done("org_config", config=config, **given)


def test_an_old_action_in_another_integration_is_removed_too(tasks):
    action = seed_action(tasks)
    seed_integration(tasks, "Other")
    tasks.done("data_action", **{**options(**REPLACE), "id": action["id"], "integration": "Other"})
    result = tasks.done("data_action", **{**options(**REPLACE), "integration": "Other"})
    assert [one["id"] for one in result["removed_replaced"]] == [action["id"]]


def test_the_failed_removal_of_an_old_action_shows_the_result_of_the_new_one(tasks):
    seed_action(tasks)
    old, new = replaced(tasks)
    tasks.org.fault(method="DELETE", path=f"{PATH}/{old}", times=None, status=403, code="not.authorized")
    result = tasks.run("data_action", **options(OTHER_IN, **REPLACE))
    assert result["failed"] and (result["changed"], result["record"]["id"]) == (False, new)


def test_a_later_run_over_the_org_removes_the_old_action(tasks):
    action = seed_action(tasks)
    old, new = replaced(tasks)
    entry = options(OTHER_IN, **REPLACE)
    tasks.org.seed(
        [{"flowId": "f", "name": "F", "type": "WORKFLOW", "version": "1", "resourceId": old}], "consumers"
    )
    result = org_config(tasks, [entry])
    assert result["changed"] is False and "is kept: flows consume it" in warnings_of(result)[0]
    (consumer,) = tasks.org.objects("consumers")
    tasks.org.delete(consumer["id"], "consumers")
    result = org_config(tasks, [entry])
    assert [(one["plan"], one["id"]) for one in result["objects"]] == [("none", new), ("delete", old)]
    assert stored_names(tasks) == {NAME: new} and action["id"] == old


def test_a_replacement_in_a_run_over_the_org(tasks):
    action = seed_action(tasks)
    flows = seed_consumers(tasks, action["id"])
    result = org_config(tasks, [options(OTHER_IN, **REPLACE), options(name="Second")])
    replaced_one, second = result["objects"]
    names = stored_names(tasks)
    assert replaced_one["consumers"] == flows and replaced_one["plan"] == "update"
    assert replaced_one["replacement"]["new_id"] == replaced_one["id"] == names[NAME]
    assert second["plan"] == "create" and set(names) == {NAME, retired(action), "Second"}
    message = tasks.failed(
        "org_config",
        config={"integrations": [], "integration_credentials": [], "data_actions": [options()]},
    )
    assert "has frozen definition.contract.input.inputSchema" in message


def test_prune_leaves_a_replaced_action_that_flows_consume_and_removes_the_others(tasks):
    action = seed_action(tasks)
    seed_consumers(tasks, action["id"])
    old, new = replaced(tasks)
    rule = {"data_actions": {"enabled": True, "max": 5}}
    result = org_config(tasks, [options(OTHER_IN)], prune=rule)
    assert (result["changed"], set(stored_names(tasks).values())) == (False, {old, new})
    result = tasks.run(
        "org_config",
        config={"integrations": [], "integration_credentials": [], "data_actions": []},
        prune=rule,
    )
    assert set(stored_names(tasks)) == {retired(action)}, result
    for one in tasks.org.objects("consumers"):
        tasks.org.delete(one["id"], "consumers")
    org_config(tasks, prune=rule)
    assert stored_names(tasks) == {}


def test_prune_refuses_an_action_that_flows_consume(tasks):
    action = seed_action(tasks)
    seed_consumers(tasks, action["id"])
    rule = {"data_actions": {"enabled": True}}
    config = {"integrations": [], "integration_credentials": [], "data_actions": []}
    message = tasks.failed("org_config", config=config, prune=rule)
    assert "because flows consume it: INBOUNDCALLFLOW 'Flow 1'" in message and tasks.org.writes() == []


def test_prune_removes_it_with_force(tasks):
    action = seed_action(tasks)
    seed_consumers(tasks, action["id"])
    result = org_config(tasks, prune={"data_actions": {"enabled": True, "force": True}})
    assert stored_names(tasks) == {} and "although flows may consume it" in warnings_of(result)[0]


def everything(tasks):
    """Return the data actions by id, without the versions that each write raises."""
    return {
        one["id"]: {key: value for key, value in one.items() if key != "version"}
        for one in tasks.org.objects("actions")
    }


def test_a_replacement_is_rolled_back_in_the_right_order(tasks, tmp_path):
    tasks.org.platform(duplicate_action_names="refused")
    action = seed_action(tasks)
    seed_consumers(tasks, action["id"])
    before, journal = everything(tasks), str(tmp_path / "journal")
    tasks.done("data_action", **options(OTHER_IN, **REPLACE), journal=journal)
    tasks.org.clear_log()
    result = tasks.done("org_config", state="rolled_back", journal=journal)
    assert everything(tasks) == before
    assert [method for method, _name in changes(tasks)] == ["PATCH", "PATCH", "DELETE"]
    assert {one["plan"] for one in result["objects"]} == {"update", "delete"}
    tasks.org.clear_log()
    assert tasks.done("org_config", state="rolled_back", journal=journal)["changed"] is False


@pytest.mark.parametrize(("method", "path", "after"), STEPS)
def test_a_replacement_that_ended_between_the_steps_is_rolled_back(tasks, tmp_path, method, path, after):
    action = seed_action(tasks)
    before, journal = everything(tasks), str(tmp_path / "journal")
    tasks.org.fault(method=method, path=path, after=after, times=None, status=403, code="not.authorized")
    tasks.failed("data_action", **options(OTHER_IN, **REPLACE), journal=journal)
    tasks.org.simulator.clear_faults(tasks.org.key)
    tasks.done("org_config", state="rolled_back", journal=journal)
    assert everything(tasks) == before and action["id"] in before


def test_the_run_rolls_back_a_replacement_after_the_failure_of_another_object(tasks):
    seed_action(tasks)
    before = everything(tasks)
    tasks.org.fault(method="POST", path=PATH, after=1, times=None, status=400, code="bad.request")
    message = tasks.failed(
        "org_config",
        config={
            "integrations": [],
            "integration_credentials": [],
            "data_actions": [options(OTHER_IN, **REPLACE), options(name="Second")],
        },
        on_error="rollback",
        concurrency=1,
    )
    assert "were rolled back completely" in message and everything(tasks) == before


def test_a_new_action_that_flows_consume_is_not_removed_by_a_rollback(tasks, tmp_path):
    seed_action(tasks)
    journal = str(tmp_path / "journal")
    result = tasks.done("data_action", **options(OTHER_IN, **REPLACE), journal=journal)
    new = result["replacement"]["new_id"]
    seed_consumers(tasks, new, 1)
    message = tasks.failed("org_config", state="rolled_back", journal=journal)
    assert "was not removed, because flows consume it: INBOUNDCALLFLOW 'Flow 1'" in message
    assert stored_names(tasks)[NAME] == result["replacement"]["old_id"]
