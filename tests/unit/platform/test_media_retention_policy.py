# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of media retention policies on the platform API (N.4), against the simulator and its switches."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.platform.retention_policies import FULL, PATH, policies, seed_names

DAYS_90 = {"retain_recording": True, "retention_duration": {"delete_retention": {"days": 90}}}
SUPPORT = {
    "name": "Support",
    "enabled": True,
    "media_policies": {
        "call_policy": {
            "actions": DAYS_90,
            "conditions": {"for_queues": ["Sales"], "directions": ["INBOUND"]},
        }
    },
}


@pytest.fixture
def names(tasks):
    """Return the ids of the objects that policies name."""
    return seed_names(tasks.org)


@pytest.fixture
def policy(tasks, names):
    """Return the id of a stored policy, with a condition that no version of the collection knows."""
    stored = {
        "name": "Support",
        "description": "About calls",
        "enabled": True,
        "conditions": {
            "forQueues": [{"id": names["queue"]}],
            "directions": ["INBOUND"],
            "sentiment": {"below": -20},
        },
        "mediaPolicies": {
            "callPolicy": {"conditions": {"forUsers": [{"id": names["user"]}], "mood": "calm"}}
        },
    }
    return tasks.org.seed([stored], "retention_policies")[0]["id"]


def test_a_policy_is_created_once(tasks, names):
    planned = tasks.done("media_retention_policy", **SUPPORT, check_mode=True)
    assert tasks.writes() == []
    created = tasks.done("media_retention_policy", **SUPPORT)
    assert (created["plan"], created["diff"]) == ("create", planned["diff"])
    (stored,) = policies(tasks.org)
    assert stored["mediaPolicies"]["callPolicy"]["conditions"] == {
        "forQueues": [{"id": names["queue"]}],
        "directions": ["INBOUND"],
    }
    again = tasks.done("media_retention_policy", **SUPPORT)
    assert (again["changed"], tasks.writes()) == (False, [f"POST {PATH}"])
    assert again["record"]["media_policies"]["call_policy"]["conditions"]["for_queues"] == ["Sales"]


def test_every_option_is_written_and_converges(tasks, names):
    created = tasks.done("media_retention_policy", **FULL)
    assert tasks.done("media_retention_policy", **FULL)["changed"] is False
    (record,) = tasks.done("media_retention_policy_info")["records"]
    assert record["id"] == created["record"]["id"]
    for option, value in FULL.items():
        if option != "max_retention_days":
            assert without_null(record[option]) == value, option
    given = {option: record[option] for option in (*FULL, "id") if option in record}
    assert tasks.done("media_retention_policy", **given, max_retention_days=1000)["changed"] is False


def without_null(value):
    """Return a value without its null entries, and without media that have none else."""
    if not isinstance(value, dict):
        return value
    kept = {key: without_null(one) for key, one in value.items() if one is not None}
    return {key: one for key, one in kept.items() if one != {}}


@pytest.mark.parametrize("shown", ["whole", "ids"])
def test_the_api_shows_names_or_ids_alone(tasks, names, shown):
    tasks.org.platform(policy_references=shown)
    tasks.done("media_retention_policy", **FULL)
    assert tasks.done("media_retention_policy", **FULL)["changed"] is False
    planned = tasks.done("media_retention_policy", **{**FULL, "description": "new"}, check_mode=True)
    before, after = planned["diff"]["before"], planned["diff"]["after"]
    assert {key for key in before if before[key] != after[key]} == {"description"}


def test_unknown_conditions_survive_a_put(tasks, policy, names):
    """Situation 16 of the public reports: teams came later than the first clients."""
    changed = tasks.done(
        "media_retention_policy", name="Support", conditions={"for_queues": ["Sales", "Service"]}
    )
    assert changed["plan"] == "update"
    (stored,) = policies(tasks.org)
    assert stored["conditions"] == {
        "forQueues": [{"id": names["queue"]}, {"id": names["other queue"]}],
        "directions": ["INBOUND"],
        "sentiment": {"below": -20},
    }
    assert stored["mediaPolicies"]["callPolicy"]["conditions"]["mood"] == "calm"
    assert (stored["description"], stored["enabled"]) == ("About calls", True)
    assert tasks.writes() == [f"PUT {PATH}/{policy}"]


def test_a_patch_changes_the_state_alone(tasks, policy):
    """Situation 16 of the public reports: PATCH changes enabled only."""
    planned = tasks.done("media_retention_policy", name="Support", enabled=False, check_mode=True)
    changed = tasks.done("media_retention_policy", name="Support", enabled=False)
    assert changed["diff"] == planned["diff"]
    (write,) = tasks.org.writes()
    assert (write["method"], write["path"], write["body"]) == (
        "PATCH",
        f"{PATH}/{policy}",
        {"enabled": False},
    )
    assert policies(tasks.org)[0]["conditions"]["sentiment"] == {"below": -20}


@pytest.mark.parametrize("switch", ["replaces_all", "keeps_enabled"])
def test_a_put_that_keeps_the_state_is_followed_by_a_patch(tasks, policy, switch):
    tasks.org.platform(policy_put=switch)
    tasks.done("media_retention_policy", name="Support", enabled=False, description="new")
    (stored,) = policies(tasks.org)
    assert (stored["enabled"], stored["description"]) == (False, "new")
    methods = [one.split()[0] for one in tasks.writes()]
    assert methods == (["PUT"] if switch == "replaces_all" else ["PUT", "PATCH"])


def test_lists_are_read_without_filters(tasks, policy):
    """A boolean parameter filters also with the value false, which loses policies."""
    tasks.org.seed([{"name": "Broken", "conditions": {"forQueues": [{"id": "gone"}]}}], "retention_policies")
    records = tasks.done("media_retention_policy_info")["records"]
    assert [one["name"] for one in records] == ["Broken", "Support"]
    tasks.done("media_retention_policy", name="Support", enabled=False)
    (sent,) = {tuple(sorted(one["query"])) for one in tasks.org.log(path=PATH)}
    assert sent == ("pageNumber", "pageSize")


def test_null_removes_and_an_empty_list_is_no_condition(tasks, policy, names):
    tasks.done("media_retention_policy", name="Support", conditions={"directions": None})
    assert "directions" not in policies(tasks.org)[0]["conditions"]
    again = tasks.done("media_retention_policy", name="Support", conditions={"directions": []})
    assert again["changed"] is False
    tasks.done("media_retention_policy", name="Support", media_policies=None)
    assert not policies(tasks.org)[0]["mediaPolicies"].get("callPolicy", {}).get("conditions")
    tasks.done("media_retention_policy", name="Support", conditions=None, description=None)
    assert (policies(tasks.org)[0].get("conditions"), policies(tasks.org)[0]["description"]) == (None, "")
    again = tasks.done("media_retention_policy", name="Support", media_policies={"call_policy": None})
    assert again["changed"] is False


def test_order_and_repetition_in_lists_are_no_change(tasks, policy):
    conditions = {"for_queues": ["Sales", "Service"], "for_users": ["anna@example.com"]}
    tasks.done("media_retention_policy", name="Support", conditions=conditions)
    options = {"for_queues": ["Service", "Sales", "Service"], "directions": ["inbound"]}
    options["for_users"] = ["ANNA@Example.com"]
    assert tasks.done("media_retention_policy", name="Support", conditions=options)["changed"] is False


def test_an_assignment_keeps_what_the_task_leaves_out(tasks, names):
    form, user = {"id": names["evaluation form"]}, {"id": names["user"]}
    actions = {
        "assignMeteredEvaluations": [
            {"evaluationForm": form, "evaluators": [user], "maxNumberEvaluations": 3, "later": {"a": 1}}
        ]
    }
    tasks.org.seed([{"name": "Support", "actions": actions}], "retention_policies")
    options = {"assign_metered_evaluations": [{"evaluation_form": "Quality", "max_number_evaluations": 4}]}
    assert tasks.done("media_retention_policy", name="Support", actions=options)["plan"] == "update"
    (entry,) = policies(tasks.org)[0]["actions"]["assignMeteredEvaluations"]
    assert entry == {**actions["assignMeteredEvaluations"][0], "maxNumberEvaluations": 4,
                     "evaluationContextId": "context-of-quality"}  # fmt: skip


def test_a_later_version_of_a_form_is_a_change(tasks, names):
    options = {
        "actions": {"assign_evaluations": [{"evaluation_form": "Quality", "user": "anna@example.com"}]}
    }
    tasks.done("media_retention_policy", name="Q", **options)
    assert tasks.done("media_retention_policy", name="Q", **options)["changed"] is False
    later = {"id": "f-2", "name": "Quality", "contextId": "context-of-quality"}
    tasks.org.seed([later], "evaluation_forms")
    assert tasks.done("media_retention_policy", name="Q", **options)["plan"] == "update"
    (entry,) = policies(tasks.org)[0]["actions"]["assignEvaluations"]
    assert entry["evaluationForm"] == {"id": "f-2"}


def test_names_that_do_not_exist_are_reported_together(tasks, names):
    tasks.org.seed([{"name": "Twice"}, {"name": "Twice"}], "teams")
    tasks.org.seed([{"name": "Gone", "state": "deleted"}], "languages")
    message = tasks.failed(
        "media_retention_policy",
        name="P",
        conditions={"for_queues": ["Sales", "sales"], "for_users": ["Ben"], "teams": ["Twice"]},
        actions={
            "integration_export": {"integration": "Missing"},
            "assign_surveys": [{"survey_form": "None", "flow": "No flow", "sending_domain": "example.com"}],
        },
        media_policies={"chat_policy": {"conditions": {"languages": ["Gone"], "wrapup_codes": ["None"]}}},
        check_mode=True,
    )
    for place in (
        "conditions.for_queues[1]: there is no queue 'sales'",
        "conditions.for_users[0]: there is no user 'Ben'",
        "conditions.teams[0]: The team 'Twice' is ambiguous: 2 objects",
        "actions.integration_export.integration: integration: there is no integration 'Missing'",
        "actions.assign_surveys[0].survey_form: there is no published survey form 'None'",
        "actions.assign_surveys[0].flow: There is no flow 'No flow' of the type 'surveyinvite'",
        "media_policies.chat_policy.conditions.languages[0]: there is no language 'Gone'",
        "media_policies.chat_policy.conditions.wrapup_codes[0]: there is no wrap-up code 'None'",
    ):
        assert place in message
    assert "8 problems with objects that the media retention policy names" in message
    assert tasks.writes() == []


def test_ids_cost_no_request_and_each_name_one(tasks, names):
    queue_id = "0b1a7f5d-52a6-4b9e-8a57-5f8f0b6f2d11"
    tasks.org.seed([{"id": queue_id, "name": "By id"}], "queues")
    tasks.done("media_retention_policy", name="P", conditions={"for_queues": [queue_id]})
    assert tasks.org.log(path="/api/v2/routing/*") == []
    conditions = {"for_queues": ["Sales"], "for_users": ["anna@example.com"]}
    tasks.done(
        "media_retention_policy",
        name="P",
        conditions=conditions,
        media_policies={"call_policy": {"conditions": conditions}},
    )
    assert len(tasks.org.log(path="/api/v2/routing/queues")) == 1
    assert len(tasks.org.log(path="/api/v2/users/search")) == 1


def test_many_names_cost_one_list_of_all(tasks):
    names = [f"Q{number}" for number in range(30)]
    tasks.org.seed([{"name": name} for name in names], "queues")
    tasks.done("media_retention_policy", name="P", conditions={"for_queues": names})
    assert len(tasks.org.log(path="/api/v2/routing/queues")) == 6
    assert len(policies(tasks.org)[0]["conditions"]["forQueues"]) == 30


def test_errors_that_the_api_finds_in_a_policy_are_warnings(tasks, policy):
    tasks.org.edit(policy, {"conditions": {"forQueues": [{"id": "gone"}]}}, "retention_policies")
    result = tasks.done("media_retention_policy", name="Support", enabled=True)
    assert result["changed"] is False
    assert ["reports an error of the policy" in one for one in warnings_of(result)] == [True]


def test_a_policy_is_renamed_and_removed(tasks, policy):
    assert tasks.done("media_retention_policy", id=policy, name="Calls")["plan"] == "update"
    assert [one["name"] for one in policies(tasks.org)] == ["Calls"]
    removed = tasks.done("media_retention_policy", name="Calls", state="absent")
    assert (removed["plan"], removed["snapshot"]["name"]) == ("delete", "Calls")
    assert tasks.done("media_retention_policy", name="Calls", state="absent")["changed"] is False
    assert policies(tasks.org) == []


def test_two_policies_of_one_name_need_an_id(tasks, policy):
    tasks.org.seed([{"name": "Support"}], "retention_policies")
    message = tasks.failed("media_retention_policy", name="Support", enabled=False)
    assert "'Support' is ambiguous" in message and policy in message
    assert tasks.done("media_retention_policy", id=policy, enabled=False)["changed"] is True
