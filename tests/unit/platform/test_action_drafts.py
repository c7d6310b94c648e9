# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of data actions that are tested as drafts before they are published (P.14)."""

from __future__ import annotations

import json

import pytest

from unit.module_runner import warnings_of
from unit.platform.action_site import (
    NAME,
    PATH,
    definition,
    options,
    seed_action,
    seed_draft,
    seed_integration,
)

TEST = {"input": {"id": "7"}, "expect": {"tier": "gold"}}
CHANGED = {"requestUrlTemplate": "https://crm.example.com/v2/${input.id}"}
STEPS = ["/draft/validation", "/draft/test", "/draft/publish"]


def steps(tasks):
    """Return the requests about drafts, without ids: C(POST /drafts), C(GET /draft/validation)."""
    found = []
    for entry in tasks.org.log():
        path = entry["path"].partition(PATH)[2]
        last = path if path.startswith("/drafts") else "/" + "/".join(path.split("/")[2:])
        if "draft" in last and "templates" not in last:
            found.append(f"{entry['method']} {last}")
    return found


def writes(tasks):
    return [one for one in steps(tasks) if not one.startswith("GET")]


def answers(tasks, **result):
    tasks.org.platform(execution_result={"tier": "gold", **result})


def test_a_tested_action_begins_as_a_draft(tasks):
    """Situation 2 of the public reports."""
    seed_integration(tasks)
    answers(tasks, more=1)
    result = tasks.done("data_action", **options(test=TEST))
    assert (result["plan"], result["record"]["name"]) == ("create", NAME)
    assert [one["success"] for one in result["test"]["operations"]] == [True] * 4
    assert result["test"]["success"] is True and set(result["test"]["operations"][0]) == {
        "step",
        "name",
        "success",
        "error",
    }
    assert writes(tasks) == ["POST /drafts", "POST /draft/test", "POST /draft/publish"]
    assert tasks.org.objects("action_drafts") == []
    (stored,) = tasks.org.objects("actions")
    assert stored["config"]["request"]["requestUrlTemplate"].endswith("/c/${input.id}")
    before = tasks.writes()
    assert tasks.done("data_action", **options(test=TEST))["changed"] is False
    assert tasks.writes() == before


def test_a_tested_change_is_published_from_a_draft_of_the_live_action(tasks):
    action = seed_action(tasks)
    answers(tasks)
    result = tasks.done("data_action", **options(test=TEST, request=CHANGED))
    assert (result["plan"], result["record"]["id"]) == ("update", action["id"])
    assert writes(tasks) == ["POST /draft", "PATCH /draft", "POST /draft/test", "POST /draft/publish"]
    (stored,) = tasks.org.objects("actions")
    assert stored["version"] == 2 and "/v2/" in stored["config"]["request"]["requestUrlTemplate"]
    assert stored["config"]["response"]["successTemplate"] == '{"tier": ${tier}}'


@pytest.mark.parametrize("switch", [{"template_form": "inline"}, {"write_answer": "brief"}])
@pytest.mark.parametrize("after", ["removed", "same_version", "next_version"])
def test_drafts_work_whatever_the_form_of_answers_and_the_fate_of_a_published_draft(tasks, switch, after):
    action = seed_action(tasks)
    tasks.org.platform(draft_after_publish=after, **switch)
    answers(tasks)
    for number in (1, 2):
        request = {"requestUrlTemplate": f"https://crm.example.com/{number}"}
        result = tasks.done("data_action", **options(test=TEST, request=request))
        assert (result["changed"], result["record"]["id"]) == (True, action["id"])
    created = tasks.done("data_action", **options(test=TEST, name="Second"))
    assert created["plan"] == "create"


def test_lags_of_drafts_and_live_actions_are_waited_for(tasks):
    seed_integration(tasks)
    tasks.org.platform(reads_until_found=2, reads_until_updated=2, lists_until_found=1)
    answers(tasks)
    assert tasks.done("data_action", **options(test=TEST))["plan"] == "create"
    assert tasks.done("data_action", **options(test=TEST, request=CHANGED))["plan"] == "update"
    assert len(tasks.org.objects("actions")) == 1


def test_nothing_is_tested_in_check_mode_and_without_a_change(tasks):
    seed_action(tasks)
    assert tasks.done("data_action", **options(test=TEST, request=CHANGED), check_mode=True)["changed"]
    assert tasks.done("data_action", **options(test=TEST))["changed"] is False
    assert steps(tasks) == []


@pytest.mark.parametrize("state", ["create", "update"])
def test_a_failed_test_discards_the_draft_and_shows_each_operation(tasks, state):
    if state == "create":
        seed_integration(tasks)
    else:
        seed_action(tasks)
    before = tasks.org.objects("actions")
    tasks.org.platform(execution="fails")
    result = tasks.run("data_action", **options(test=TEST, request=CHANGED))
    assert (
        result["failed"]
        and "its test failed: Execute request (The remote service answered 500)" in (result["msg"])
    )
    assert result["msg"].endswith("The draft was discarded.")
    assert [one["success"] for one in result["test"]["operations"]] == [True, True, False]
    assert result["test"]["operations"][2]["error"] == "The remote service answered 500"
    assert tasks.org.objects("action_drafts") == [] and tasks.org.objects("actions") == before
    assert not result.get("changed")


def test_another_result_than_expected_discards_the_draft(tasks):
    seed_integration(tasks)
    answers(tasks, orders=[{"id": 1, "open": True}, {"id": 2}])
    expect = {"tier": "silver", "orders": [{"open": 1}, {"id": 2}], "missing": None}
    message = tasks.failed("data_action", **options(test={**TEST, "expect": expect}))
    assert 'test.expect.tier is "gold" and not "silver"' in message
    assert "test.expect.orders[0].open is true and not 1" in message
    assert "test.expect.missing is missing" in message and "orders[1]" not in message
    assert tasks.org.objects("action_drafts") == [] == tasks.org.objects("actions")
    wanted = {"tier": "gold", "orders": [{"open": True}, {}]}
    assert tasks.done("data_action", **options(test={**TEST, "expect": wanted}))["changed"]


def test_a_secret_in_the_error_of_an_operation_is_hidden(tasks):
    seed_integration(tasks)
    answers(tasks)
    secret = "Bearer s3cr3t-of-the-crm"
    reply = {"operations": [{"step": 1, "name": "Execute", "success": False, "error": {"message": secret}}]}
    tasks.org.fault(method="POST", path=f"{PATH}/*/draft/test", status=200, body=reply)
    headers = {"Authorization": secret}
    result = tasks.run("data_action", **options(test=TEST, request={"headers": headers}))
    assert result["failed"] and "Execute" in result["msg"]
    assert secret not in json.dumps(result)


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_test_needs_an_enabled_integration(tasks, check_mode):
    seed_integration(tasks, state="DISABLED")
    result = tasks.run("data_action", **options(test=TEST), check_mode=check_mode)
    if check_mode:
        assert any("needs an enabled integration" in one for one in warnings_of(result))
    else:
        assert "test needs an enabled integration, and 'CRM' is DISABLED" in result["msg"]
    assert tasks.org.writes() == []


def test_a_test_of_a_removed_action_is_an_error_before_any_request(tasks):
    message = tasks.failed("data_action", name=NAME, integration="CRM", state="absent", test=TEST)
    assert message == "test: has no meaning with state absent: omit it"
    assert tasks.org.log() == []


def test_a_draft_that_is_not_valid_is_discarded_with_the_reasons(tasks):
    seed_action(tasks)
    reply = {"valid": False, "errors": [{"message": "config: is odd.", "code": "invalid.value"}]}
    tasks.org.fault(method="GET", path=f"{PATH}/*/draft/validation", status=200, body=reply)
    message = tasks.failed("data_action", **options(test=TEST, request=CHANGED))
    assert "its draft is not valid: config: is odd. The draft was discarded." in message
    assert "POST /draft/test" not in steps(tasks) and tasks.org.objects("action_drafts") == []


def test_a_creation_that_the_api_refuses_fails_at_once(tasks):
    """Situation 4 of the public reports."""
    seed_integration(tasks, kind="embedded-client-app")
    for test in (None, TEST):
        tasks.org.clear_log()
        message = tasks.failed("data_action", **options(test=test))
        assert "An integration of the type embedded-client-app has no data actions" in message
        assert len(tasks.org.writes()) == 1
    assert tasks.org.objects("actions") == [] == tasks.org.objects("action_drafts")


def test_a_draft_of_another_client_is_left_as_it_is(tasks):
    action = seed_action(tasks)
    theirs = definition(requestUrlTemplate="https://theirs.example.com/")
    draft = seed_draft(tasks, id=action["id"], integrationId=action["integrationId"], **theirs)
    message = tasks.failed("data_action", **options(test=TEST, request=CHANGED))
    assert f"has a draft of another client (id {action['id']}, version 1)" in message
    assert "definition.config.request.requestUrlTemplate" in message
    assert "The API does not say who made it" in message
    assert tasks.org.objects("action_drafts") == [draft] and tasks.org.writes() == []


def test_a_new_draft_of_another_client_with_the_name_is_left_as_it_is(tasks):
    integration = seed_integration(tasks)
    draft = seed_draft(tasks, integrationId=integration, category="Theirs")
    message = tasks.failed("data_action", **options(test=TEST))
    assert "has a draft of another client" in message and "category" in message
    assert tasks.org.objects("action_drafts") == [draft] and tasks.org.writes() == []


def test_the_draft_that_a_stopped_run_has_left_is_used(tasks):
    integration = seed_integration(tasks)
    answers(tasks)
    draft = seed_draft(tasks, integrationId=integration)
    result = tasks.done("data_action", **options(test=TEST))
    assert result["record"]["id"] == draft["id"] and "POST /drafts" not in steps(tasks)
    # The next drafts are a copy of the live action, then one with the declared values.
    for left, request in ((definition(), CHANGED), (definition(requestType="POST"), {"requestType": "POST"})):
        seed_draft(tasks, id=draft["id"], integrationId=integration, **left)
        assert tasks.done("data_action", **options(test=TEST, request=request))["changed"]
        assert tasks.org.objects("action_drafts") == []
