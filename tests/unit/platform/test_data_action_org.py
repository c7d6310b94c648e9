# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of data actions in genesys_org_config on the platform API: references, pruning, rollback (P.10)."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.platform.actions import DEFINITION, FIND, PATH, TYPE, action, integration, stored
from unit.shared_data import needs_corpus, rest_data_actions

CRM = {"name": "CRM", "type": TYPE}
CONFIG = {"integrations": [CRM], "data_actions": [FIND, {**FIND, "name": "Get"}]}


def integration_ids(tasks):
    return [one["id"] for one in tasks.org.objects("integrations")]


def plans(result):
    return [one["plan"] for one in result["objects"]]


def test_check_mode_plans_the_actions_of_a_new_integration_with_its_name(tasks):
    result = tasks.done("org_config", config=CONFIG, check_mode=True)
    assert plans(result) == ["create", "create", "create"]
    assert "(new integration 'CRM'" in str(result["objects"][1])
    assert tasks.org.writes() == []


@pytest.mark.parametrize("form", ["inline", "uri"])
def test_actions_get_the_integration_that_the_run_created(tasks, form):
    tasks.org.platform(template_form=form)
    assert plans(tasks.done("org_config", config=CONFIG)) == ["create", "create", "create"]
    (crm,) = integration_ids(tasks)
    assert [one["integrationId"] for one in stored(tasks)] == [crm, crm]
    assert tasks.done("org_config", config=CONFIG)["changed"] is False


def test_a_400_for_an_integration_that_the_run_has_just_made_is_repeated(tasks):
    """Situation 4 of the public reports."""
    tasks.org.platform(tries_until_known=2)
    assert tasks.done("org_config", config=CONFIG)["totals"]["created"] == 3
    assert len(stored(tasks)) == 2


def test_actions_without_their_integration_are_not_written(tasks):
    tasks.org.fault(method="POST", path="/api/v2/integrations", status=400, body={"code": "bad.request"})
    message = tasks.failed("org_config", config=CONFIG, on_error="continue")
    assert "because this run did not create its integration" in message
    assert (integration_ids(tasks), stored(tasks)) == ([], [])


def test_an_integration_that_nothing_declares_fails_before_any_write(tasks):
    for check_mode in (True, False):
        config = {"data_actions": [FIND]}
        message = tasks.failed("org_config", config=config, check_mode=check_mode)
        assert "integration: there is no integration 'CRM'" in message
    assert tasks.org.writes() == []


def test_actions_name_an_integration_that_the_run_renames_by_its_new_name(tasks):
    crm = integration(tasks, "Old")
    action(tasks, crm)
    config = {"integrations": [{"id": crm, "name": "CRM"}], "data_actions": [FIND]}
    assert plans(tasks.done("org_config", config=config, check_mode=True)) == ["update", "none"]
    assert plans(tasks.done("org_config", config=config)) == ["update", "none"]
    assert tasks.done("org_config", config=config)["changed"] is False


def test_two_new_integrations_of_one_name_are_told_apart_by_their_type(tasks):
    other = "purecloud-data-actions"
    both = [CRM, {"name": "CRM", "type": other}]
    message = tasks.failed("org_config", config={"integrations": both, "data_actions": [FIND]})
    assert "ambiguous" in message and "integration_type" in message
    entries = [{**FIND, "integration_type": TYPE}, {**FIND, "integration_type": other}]
    assert tasks.done("org_config", config={"integrations": both, "data_actions": entries})["changed"]
    assert sorted(one["integrationId"] for one in stored(tasks)) == sorted(integration_ids(tasks))


def test_two_entries_of_one_action_are_an_error(tasks):
    crm = integration(tasks)
    config = {"data_actions": [FIND, {**FIND, "integration": crm}]}
    message = tasks.failed("org_config", config=config)
    assert "means the same data action as config.data_actions[0]" in message
    twice = {"data_actions": [FIND, FIND]}
    assert "'Find', 'CRM' is declared twice" in tasks.failed("org_config", config=twice)
    assert tasks.org.writes() == []


def test_integration_and_category_come_from_the_defaults(tasks):
    integration(tasks)
    config = {"data_actions": [{"name": "Find", "definition": DEFINITION}]}
    defaults = {"data_actions": {"integration": "CRM", "category": "Corpus"}}
    assert tasks.done("org_config", config=config, defaults=defaults)["changed"]
    assert tasks.done("org_config", config=config, defaults=defaults)["changed"] is False
    assert stored(tasks)[0]["category"] == "Corpus"


def test_a_built_in_action_of_the_same_name_is_no_second_object(tasks):
    """Situation 7 of the public reports: a new integration brings built-in actions with common names."""
    built_in = "purecloud-data-actions"
    name = "Get User Presence"
    config = {
        "integrations": [{"name": "Own", "type": built_in}],
        "data_actions": [{**FIND, "name": name, "integration": "Own"}],
    }
    assert tasks.done("org_config", config=config)["totals"]["created"] == 2
    listed = tasks.done("data_action_info", name=name)["records"]
    assert len(listed) == 2  # the new one and the built-in one
    assert tasks.done("org_config", config=config)["changed"] is False
    single = tasks.done("data_action", **{**FIND, "name": "Get User Presence", "integration": "Own"})
    assert single["changed"] is False


def test_descriptions_are_one_warning_a_run(tasks):
    integration(tasks)
    config = {"data_actions": [{**FIND, "name": name, "description": "d"} for name in "ABC"]}
    texts = [text for text in warnings_of(tasks.done("org_config", config=config)) if "description" in text]
    assert len(texts) == 1 and "3 of 3 entries" in texts[0]


RULE = {"data_actions": {"enabled": True, "protect": ["manual*"], "max": 2}}


def test_undeclared_actions_are_pruned_and_special_ones_stay(tasks):
    """Situation 7 of the public reports."""
    crm = integration(tasks)
    genesys = integration(tasks, "Genesys", "purecloud-data-actions")
    functions = integration(tasks, "Functions", "function-data-actions")
    action(tasks, crm)
    for name, one in (("Old", crm), ("manual-1", crm), ("Find", genesys), ("Fn", functions)):
        action(tasks, one, name=name)
    result = tasks.done("org_config", config={"data_actions": [FIND]}, prune=RULE)
    assert result["totals"]["deleted"] == 2
    assert sorted(one["name"] for one in stored(tasks)) == ["Find", "Fn", "manual-1"]
    for name in "XYZ":
        action(tasks, crm, name=name)
    message = tasks.failed("org_config", config={"data_actions": [FIND]}, prune=RULE)
    assert "prune.data_actions.max: 3 objects would be removed, more than 2" in message


def test_no_action_is_pruned_whose_integration_could_not_be_found(tasks):
    crm = integration(tasks, "Renamed")
    action(tasks, crm)
    tasks.failed("org_config", config={"data_actions": [FIND]}, prune=RULE, on_error="continue")
    assert len(stored(tasks)) == 1 and tasks.org.writes() == []


def test_an_integration_may_be_removed_together_with_its_actions_in_check_mode(tasks):
    tasks.done("org_config", config=CONFIG)
    absent = {
        "integrations": [{**CRM, "state": "absent"}],
        "data_actions": [{**entry, "state": "absent"} for entry in CONFIG["data_actions"]],
    }
    result = tasks.done("org_config", config=absent, check_mode=True)
    assert plans(result) == ["delete", "delete", "delete"]
    part = {**absent, "data_actions": absent["data_actions"][:1]}
    message = tasks.failed("org_config", config=part, check_mode=True)
    assert "its data actions would be removed with it: 'Get'" in message


def test_a_journal_rolls_creations_updates_and_removals_back(tasks, tmp_path):
    crm = integration(tasks)
    action(tasks, crm)
    action(tasks, crm, name="Old")
    journal = str(tmp_path / "journal.jsonl")
    entries = [{**FIND, "category": "D"}, {**FIND, "name": "New"}, {"name": "Old", "integration": "CRM"}]
    entries[2]["state"] = "absent"
    tasks.done("org_config", config={"data_actions": entries}, journal=journal)
    assert sorted((one["name"], one["category"]) for one in stored(tasks)) == [("Find", "D"), ("New", "C")]
    result = tasks.done("org_config", state="rolled_back", journal=journal)
    assert result["changed"]
    assert sorted((one["name"], one["category"]) for one in stored(tasks)) == [("Find", "C"), ("Old", "C")]
    (old,) = [one for one in stored(tasks) if one["name"] == "Old"]
    assert (old["contract"], old["config"]["request"], old["config"]["response"]) == (
        DEFINITION["contract"],
        DEFINITION["config"]["request"],
        DEFINITION["config"]["response"],
    )


def test_a_failed_run_is_rolled_back_with_its_integration(tasks):
    tasks.org.fault(method="POST", path=PATH, status=403, times=None, body={"code": "not.authorized"})
    tasks.failed("org_config", config=CONFIG, on_error="rollback")
    assert (integration_ids(tasks), stored(tasks)) == ([], [])


@needs_corpus
def test_real_data_actions_are_unchanged_with_integration_and_category_from_the_defaults(tasks):
    integration(tasks)
    # A path of one entry is wrong in both APIs.
    entries = [entry for entry in rest_data_actions() if "$$.id" not in str(entry)]
    config = {"data_actions": entries}
    defaults = {"data_actions": {"integration": "CRM", "category": "Corpus"}}
    result = tasks.done("org_config", config=config, defaults=defaults)
    assert result["totals"]["created"] == len(stored(tasks)) == 40
    assert tasks.done("org_config", config=config, defaults=defaults)["changed"] is False


def test_a_new_action_of_rest_options_has_the_contract_that_they_imply(tasks):
    integration(tasks)
    rest = {"url": "https://crm.example.com/${id}", "method": "GET"}
    given = {"name": "A", "integration": "CRM", "category": "C", "rest": rest}
    assert tasks.done("data_action", **given)["plan"] == "create"
    schema = stored(tasks)[0]["contract"]["input"]["inputSchema"]
    assert schema["properties"] == {"id": {"type": "string"}}
    changed = {**given, "rest": {"url": "https://crm.example.com/v2/${id}"}}
    assert tasks.done("data_action", **changed)["plan"] == "update"
    assert tasks.done("data_action", **changed)["plan"] == "none"
