# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of data actions that are replaced because their contract changes (P.13)."""

from __future__ import annotations

import pytest

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
