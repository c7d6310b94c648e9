# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of data actions that are replaced because their contract changes (P.13)."""

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

REPLACE = {"on_contract_change": "replace"}
TEST = {"input": {"phone": "1"}, "expect": {"tier": "gold"}}


def retired(action):
    return f"{NAME} (replaced {action['id'].rpartition('_')[2][:8]})"


def changes(tasks):
    """Return the writes with the names that they give: C([(method, name)])."""
    return [
        (
            entry["method"],
            (entry.get("body") or {}).get("name") if isinstance(entry.get("body"), dict) else None,
        )
        for entry in tasks.org.writes()
        if entry["path"].startswith(PATH)
    ]


@pytest.mark.parametrize("duplicates", ["allowed", "refused"])
def test_the_new_action_exists_before_the_old_one_is_renamed_and_nothing_is_deleted(tasks, duplicates):
    """Situation 1 of the public reports."""
    tasks.org.platform(duplicate_action_names=duplicates)
    action = seed_action(tasks)
    flows = seed_consumers(tasks, action["id"])
    result = tasks.done("data_action", **options(OTHER_IN, **REPLACE))
    names = stored_names(tasks)
    assert set(names) == {NAME, retired(action)} and names[retired(action)] == action["id"]
    assert (result["plan"], result["record"]["id"]) == ("update", names[NAME])
    assert result["consumers"] == flows
    assert result["replacement"] == {
        "old_id": action["id"],
        "old_name": retired(action),
        "new_id": names[NAME],
    }
    assert changes(tasks) == [
        ("POST", f"{NAME} (replacement)"),
        ("PATCH", retired(action)),
        ("PATCH", NAME),
    ]
    before = tasks.writes()
    again = tasks.done("data_action", **options(OTHER_IN, **REPLACE))
    assert (again["changed"], tasks.writes()) == (False, before)


def test_check_mode_shows_the_replacement_and_writes_nothing(tasks):
    action = seed_action(tasks)
    flows = seed_consumers(tasks, action["id"])
    result = tasks.done("data_action", **options(OTHER_IN, **REPLACE), check_mode=True)
    assert (result["plan"], result["consumers"]) == ("update", flows)
    assert result["replacement"]["new_id"] is None and result["replacement"]["old_id"] == action["id"]
    assert tasks.org.writes() == []


def test_undeclared_values_of_the_old_action_survive(tasks):
    action = seed_action(tasks)
    text = {"type": "string"}
    wider = {"type": "object", "properties": {"id": text, "phone": text}}  # the kept URL uses the input id
    given = options(wider, **REPLACE)
    del given["definition"]["config"], given["category"]
    tasks.done("data_action", **given)
    new = tasks.org.named(NAME, "actions")
    assert (new["config"], new["category"]) == (action["config"], "CRM")
    assert new["contract"]["input"]["inputSchema"] == wider


def test_the_new_action_is_tested_before_the_old_one_is_renamed(tasks):
    action = seed_action(tasks)
    tasks.org.platform(execution="fails")
    message = tasks.failed("data_action", **options(OTHER_IN, **REPLACE, test=TEST))
    assert "its test failed" in message and "The draft was discarded." in message
    assert stored_names(tasks) == {NAME: action["id"]} and tasks.org.objects("action_drafts") == []
    tasks.org.platform(execution="succeeds", execution_result={"tier": "gold"})
    tasks.org.clear_log()
    result = tasks.done("data_action", **options(OTHER_IN, **REPLACE, test=TEST))
    assert result["test"]["success"]
    writes = [one.rpartition("/")[2] for one in tasks.writes()]
    assert writes[:3] == ["drafts", "test", "publish"] and writes.count("test") == 1 and len(writes) == 5


def test_secure_and_integration_are_replaced_too(tasks):
    action = seed_action(tasks)
    other = seed_integration(tasks, "Other")
    given = {**options(**REPLACE), "id": action["id"], "integration": "Other", "secure": True}
    result = tasks.done("data_action", **given)
    new = tasks.org.named(NAME, "actions")
    assert (new["id"], new["integrationId"], new["secure"]) == (result["record"]["id"], other, True)
    message = tasks.failed("data_action", **given)
    assert message.startswith("id: is that of") and "another data action has replaced" in message


STEPS = [("POST", PATH, 0), ("PATCH", f"{PATH}/*", 0), ("PATCH", f"{PATH}/*", 1)]


@pytest.mark.parametrize("effect", ["before", "after"])
@pytest.mark.parametrize(("method", "path", "after"), STEPS)
def test_the_lost_response_of_each_step_is_looked_up(tasks, method, path, after, effect):
    action = seed_action(tasks)
    tasks.org.fault(method=method, path=path, after=after, drop=effect)
    result = tasks.done("data_action", **options(OTHER_IN, **REPLACE))
    names = stored_names(tasks)
    assert names == {NAME: result["record"]["id"], retired(action): action["id"]}


@pytest.mark.parametrize("effect", [{"status": 403, "code": "not.authorized"}, {"drop": "after"}])
@pytest.mark.parametrize(("method", "path", "after"), STEPS)
def test_a_run_that_ended_between_the_steps_is_continued_by_the_next_one(tasks, method, path, after, effect):
    action = seed_action(tasks)
    seed_consumers(tasks, action["id"])
    tasks.org.fault(method=method, path=path, after=after, times=None, **effect)
    result = tasks.run("data_action", **options(OTHER_IN, **REPLACE), retries=0)
    assert result.get("failed") or "drop" in effect
    tasks.org.simulator.clear_faults(tasks.org.key)
    for _turn in range(2):
        result = tasks.done("data_action", **options(OTHER_IN, **REPLACE))
    names = stored_names(tasks)
    assert names == {NAME: result["record"]["id"], retired(action): action["id"]}
    assert result["changed"] is False


def test_the_message_of_a_failure_has_what_exists(tasks):
    action = seed_action(tasks)
    tasks.org.fault(method="PATCH", path=f"{PATH}/*", after=1, times=None, status=403, code="not.authorized")
    result = tasks.run("data_action", **options(OTHER_IN, **REPLACE))
    names = stored_names(tasks)
    new = names[f"{NAME} (replacement)"]
    assert f"The new data action '{NAME} (replacement)' (id {new}) exists." in result["msg"]
    assert f"The old one (id {action['id']}) is named '{retired(action)}'." in result["msg"]
    assert result["changed"] is True


def test_a_left_new_action_with_another_contract_is_made_anew(tasks):
    action = seed_action(tasks)
    left = seed_action(tasks, name=f"{NAME} (replacement)", integrationId=action["integrationId"])
    tasks.done("data_action", **options(OTHER_IN, **REPLACE))
    names = stored_names(tasks)
    assert set(names) == {NAME, retired(action)} and left["id"] not in names.values()


def test_a_contract_that_changes_again_before_a_stopped_run_is_continued(tasks):
    action = seed_action(tasks)
    seed_consumers(tasks, action["id"])
    tasks.org.fault(method="PATCH", path=f"{PATH}/*", after=1, times=None, status=403, code="not.authorized")
    tasks.failed("data_action", **options(OTHER_IN, **REPLACE))
    tasks.org.simulator.clear_faults(tasks.org.key)
    third = {"type": "object", "properties": {"third": {"type": "string"}}}
    result = tasks.done("data_action", **options(third, **REPLACE))
    assert stored_names(tasks) == {NAME: result["record"]["id"], retired(action): action["id"]}
    assert tasks.org.named(NAME, "actions")["contract"]["input"]["inputSchema"] == third


def test_a_name_of_the_longest_kind_is_cut_for_the_suffix(tasks):
    name = "n" * 256
    action = seed_action(tasks, name=name)
    tasks.done("data_action", **{**options(OTHER_IN, **REPLACE), "name": name})
    names = {one: key for key, one in stored_names(tasks).items()}
    assert names.pop(action["id"]).endswith(retired(action)[len(NAME) :])
    assert list(names.values()) == [name]
    result = tasks.done("data_action", **{**options(OTHER_IN, **REPLACE), "name": name})
    assert [one["id"] for one in result["removed_replaced"]] == [action["id"]]


def test_an_old_action_that_another_client_renames_meanwhile_is_not_replaced(tasks):
    action = seed_action(tasks)
    tasks.org.fault(method="GET", path=f"{PATH}/{action['id']}", after=1, edit={"name": "Theirs"})
    message = tasks.failed("data_action", **options(OTHER_IN, **REPLACE))
    assert "another client renamed or removed it" in message and tasks.org.writes() == []


def test_the_new_action_is_removed_again_if_another_client_takes_the_name_meanwhile(tasks, tmp_path):
    action = seed_action(tasks)
    other = {key: value for key, value in action.items() if key not in ("id", "version")}
    tasks.org.fault(method="PATCH", path=f"{PATH}/*", create={**other, "id": "other", "version": 1})
    journal = str(tmp_path / "journal")
    message = tasks.failed("data_action", **options(OTHER_IN, **REPLACE), journal=journal)
    assert "is taken by another data action (id other)" in message
    assert "the new one of this task was removed again" in message
    assert stored_names(tasks) == {NAME: "other", retired(action): action["id"]}
    tasks.done("org_config", state="rolled_back", journal=journal)
    assert {one["name"] for one in tasks.org.objects("actions")} == {NAME}


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
