# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of triggers on the platform API (N.9), against the simulator and its switches."""

from __future__ import annotations

import datetime
import types

import pytest
import yaml

from ansible_collections.genesys.cloud.plugins.module_utils._http import client
from ansible_collections.genesys.cloud.plugins.module_utils._resources.trigger import (
    workflow as workflow_module,
)
from unit.module_runner import warnings_of
from unit.platform.triggers import END, PATH, TRIGGER, seed_trigger, seed_workflow, triggers, writes


@pytest.fixture
def workflow(tasks):
    """Return the id of a published workflow."""
    return seed_workflow(tasks.org)


@pytest.fixture
def trigger(tasks, workflow):
    """Return the id of a stored trigger of the workflow."""
    return seed_trigger(tasks.org, workflow)


def test_a_trigger_is_created_once(tasks, workflow):
    planned = tasks.done("trigger", **TRIGGER, check_mode=True)
    assert tasks.org.writes() == []
    created = tasks.done("trigger", **TRIGGER)
    for key in ("plan", "changed", "diff"):
        assert planned[key] == created[key]
    (stored,) = triggers(tasks.org)
    assert stored == {
        "id": created["record"]["id"],
        "version": 1,
        "name": "Survey",
        "description": "",
        "topicName": END,
        "target": {"type": "Workflow", "id": workflow},
        "enabled": True,
        "matchCriteria": [
            {"jsonPath": "mediaType", "operator": "Equal", "value": "VOICE"},
            {"jsonPath": "duration", "operator": "GreaterThan", "value": 60000},
            {"jsonPath": "queue", "operator": "In", "values": ["a", 1, True]},
        ],
        "delayBySeconds": 60,
    }
    again = tasks.done("trigger", **TRIGGER)
    assert (again["changed"], again["record"]["version"]) == (False, 1)
    assert writes(tasks.org) == [f"POST {PATH}"]


def test_a_change_keeps_what_the_task_omits_and_carries_the_version(tasks, workflow):
    trigger = seed_trigger(tasks.org, workflow, future={"kept": [1]})
    options = {"name": "Survey", "data_format": "json", "description": "New"}
    planned = tasks.done("trigger", **options, check_mode=True)
    changed = tasks.done("trigger", **options)
    assert (changed["plan"], planned["diff"]) == ("update", changed["diff"])
    before, after = (yaml.safe_load(changed["diff"][side]) for side in ("before", "after"))
    assert {name for name in after if after[name] != before[name]} == {"data_format", "description"}
    (write,) = tasks.org.log(method="PUT")
    assert (write["body"]["version"], write["body"]["future"]) == (1, {"kept": [1]})
    (stored,) = triggers(tasks.org)
    assert (stored["version"], stored["topicName"]) == (2, END)
    assert stored["target"]["workflowTargetSettings"] == {"dataFormat": "Json"}
    assert tasks.done("trigger", **options)["changed"] is False
    tasks.done("trigger", id=trigger, name="Renamed", description=None, match_criteria=None, enabled=False)
    (stored,) = triggers(tasks.org)
    assert {key: stored[key] for key in ("name", "description", "matchCriteria", "enabled")} == {
        "name": "Renamed",
        "description": "",
        "matchCriteria": [],
        "enabled": False,
    }


def test_a_trigger_is_removed_once(tasks, trigger):
    planned = tasks.done("trigger", name="Survey", state="absent", check_mode=True)
    removed = tasks.done("trigger", name="Survey", state="absent")
    assert (removed["plan"], planned["diff"]) == ("delete", removed["diff"])
    assert triggers(tasks.org) == []
    assert tasks.done("trigger", name="Survey", state="absent")["changed"] is False


def test_numbers_and_texts_of_criteria_differ(tasks, workflow):
    """Situation 15 of the public reports."""
    criterion = {"json_path": "a", "operator": "Equal"}
    options = {"name": "T", "topic_name": END, "workflow": "Send survey"}
    values = (1, "1", True, "true", 1.5, "VOICE")
    for number, value in enumerate(values, 1):
        result = tasks.done("trigger", **options, match_criteria=[{**criterion, "value": value}])
        (stored,) = triggers(tasks.org)
        assert repr(stored["matchCriteria"][0]["value"]) == repr(value)
        assert (result["changed"], stored["version"]) == (True, number)
    tasks.done("trigger", **options, match_criteria=[{**criterion, "value": 2}])
    assert tasks.done("trigger", **options, match_criteria=[{**criterion, "value": 2.0}])["changed"] is False


@pytest.mark.parametrize("keys", ["given", "both"])
def test_neither_order_nor_null_keys_of_criteria_are_a_change(tasks, trigger, keys):
    tasks.org.platform(criterion_keys=keys)
    first, second, third = TRIGGER["match_criteria"]
    third = {**third, "operator": "in", "values": [True, "a", 1], "value": None}
    assert tasks.done("trigger", name="Survey", match_criteria=[third, second, first])["changed"] is False
    third = {**third, "values": ["a", "1", True]}
    assert tasks.done("trigger", name="Survey", match_criteria=[third, second, first])["changed"] is True


def test_a_time_to_live_replaces_a_delay_and_the_other_way_round(tasks, workflow):
    tasks.done("trigger", **TRIGGER)
    planned = tasks.done("trigger", name="Survey", event_ttl_seconds=30, check_mode=True)
    changed = tasks.done("trigger", name="Survey", event_ttl_seconds=30)
    assert planned["diff"] == changed["diff"] and "delay_by_seconds" in changed["diff"]["before"]
    (stored,) = triggers(tasks.org)
    assert (stored["eventTTLSeconds"], "delayBySeconds" in stored) == (30, False)
    tasks.done("trigger", name="Survey", delay_by_seconds=90)
    (stored,) = triggers(tasks.org)
    assert ("eventTTLSeconds" in stored, stored["delayBySeconds"]) == (False, 90)
    tasks.done("trigger", name="Survey", delay_by_seconds=None)
    assert "delayBySeconds" not in triggers(tasks.org)[0]


def test_a_time_to_live_that_the_api_chooses_is_no_difference(tasks, workflow):
    tasks.org.platform(usual_event_ttl=3600)
    options = {"name": "T", "topic_name": END, "workflow": "Send survey"}
    tasks.done("trigger", **options)
    assert tasks.done("trigger", **options)["record"]["event_ttl_seconds"] == 3600
    tasks.done("trigger", **options, delay_by_seconds=60)
    assert "eventTTLSeconds" not in triggers(tasks.org)[0]


def test_the_workflow_is_a_name_or_an_id(tasks, trigger, workflow):
    other = seed_workflow(tasks.org, "Other")
    tasks.org.seed([{"name": "Send survey", "type": "INBOUNDCALL"}], "flows")  # of the same name
    for reference in ("Send survey", workflow):
        assert tasks.done("trigger", name="Survey", workflow=reference)["changed"] is False
    assert tasks.done("trigger", name="Survey", workflow="Other")["record"]["workflow"] == other
    assert tasks.done("trigger", name="Survey", workflow=workflow)["changed"] is True
    message = tasks.failed("trigger", name="Survey", workflow="send survey")
    assert "There is no flow 'send survey' of the type 'workflow' in this org" in message
    unknown = "00000000-0000-4000-8000-000000000000"
    assert f"There is no flow with the id '{unknown}'" in tasks.failed(
        "trigger", id=trigger, workflow=unknown
    )
    (call,) = tasks.org.seed([{"name": "Main"}], "flows")
    for check_mode in (True, False):
        message = tasks.failed("trigger", name="Survey", workflow=call["id"], check_mode=check_mode)
        assert "workflow: 'Main' is a flow of the type inboundcall, not a workflow" in message


@pytest.mark.parametrize(("flow", "state"), [({"active": False}, "inactive"), ({}, "not published")])
def test_a_workflow_that_cannot_run_is_a_warning(tasks, flow, state):
    tasks.org.seed([{"name": "Draft", "type": "WORKFLOW", **flow}], "flows")
    options = {"name": "T", "topic_name": END, "workflow": "Draft"}
    warning = f"workflow: 'Draft' is {state}: the API may refuse the trigger, or start nothing"
    assert warning in warnings_of(tasks.done("trigger", **options, check_mode=True))
    assert "is not published" in tasks.failed("trigger", **options)
    assert len(tasks.org.writes()) == 1
    tasks.org.platform(unpublished_workflow="accepted")
    assert warning in warnings_of(tasks.done("trigger", **options))


@pytest.mark.parametrize(
    ("key", "form"),
    [
        ("datePublished", datetime.datetime.isoformat),
        ("dateCreated", lambda now: int(now.timestamp() * 1000)),
    ],
    ids=["text", "milliseconds"],
)
def test_a_workflow_that_was_just_published_is_waited_for(tasks, key, form):
    """Situation 4 of the public reports."""
    now = datetime.datetime.now(datetime.UTC)
    seed_workflow(tasks.org, publishedVersion={"id": "1.0", key: form(now)})
    tasks.org.platform(tries_until_workflow_known=2)
    result = tasks.done("trigger", **TRIGGER)
    assert (result["plan"], len(triggers(tasks.org))) == ("create", 1)
    assert [one["status"] for one in tasks.org.log(method="POST", path=PATH)] == [400, 400, 200]


@pytest.mark.parametrize("hours", [-5, 5])
def test_the_local_clock_does_not_say_whether_a_workflow_is_new(tasks, monkeypatch, hours):
    class WrongClock(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + datetime.timedelta(hours=hours)

    wrong = types.SimpleNamespace(datetime=WrongClock, UTC=datetime.UTC, timedelta=datetime.timedelta)
    for module in (client, workflow_module):
        monkeypatch.setattr(module, "datetime", wrong)
    tasks.org.platform(tries_until_workflow_known=1)
    age = datetime.timedelta(hours=0 if hours > 0 else 1)  # new, although the local clock is ahead; or old
    published = (datetime.datetime.now(datetime.UTC) - age).isoformat()
    seed_workflow(tasks.org, publishedVersion={"id": "1.0", "datePublished": published})
    result = tasks.run("trigger", **TRIGGER)
    assert bool(result.get("failed")) == (hours < 0), result
    statuses = [one["status"] for one in tasks.org.log(method="POST", path=PATH)]
    assert statuses == ([400] if hours < 0 else [400, 200])


def test_a_refusal_of_an_older_workflow_is_final(tasks, workflow):
    tasks.org.platform(tries_until_workflow_known=2)
    assert "is not an existing workflow" in tasks.failed("trigger", **TRIGGER)
    assert [one["status"] for one in tasks.org.log(method="POST", path=PATH)] == [400]


def test_the_info_module_has_all_triggers(tasks, trigger, workflow):
    seed_trigger(tasks.org, workflow, name="Another", matchCriteria=[])
    records = tasks.done("trigger_info")["records"]
    assert [one["name"] for one in records] == ["Another", "Survey"]
    (record,) = tasks.done("trigger_info", id=trigger)["records"]
    assert (record["workflow"], record["version"]) == (workflow, 1)
    assert record["match_criteria"] == TRIGGER["match_criteria"]
    options = {*TRIGGER, "id", "description", "enabled"}
    given = {key: value for key, value in record.items() if value is not None and key in options}
    assert tasks.done("trigger", **given)["changed"] is False


def test_lists_of_many_pages_are_read_to_their_end(tasks, workflow):
    """Situation 9 of the public reports."""
    for number in range(205):
        seed_trigger(tasks.org, workflow, name=f"T{number}")
    tasks.org.platform(last_next_uri="empty", empty_entities="null")
    assert len(tasks.done("trigger_info")["records"]) == 205
    assert tasks.done("trigger", name="T204", enabled=True)["changed"] is False


@pytest.mark.parametrize(
    ("lacks", "options"),
    [
        ("processautomation:trigger:view", {"name": "Survey"}),
        ("processautomation:trigger:add", {**TRIGGER, "name": "New"}),
        ("processautomation:trigger:edit", {"name": "Survey", "enabled": False}),
        ("processautomation:trigger:delete", {"name": "Survey", "state": "absent"}),
        ("architect:flow:view", TRIGGER),
    ],
)
def test_a_missing_permission_is_named(new_org, tasks, lacks, options):
    rights = {f"processautomation:trigger:{right}" for right in ("view", "add", "edit", "delete")}
    rights -= {"processautomation:trigger:edit"} if lacks.endswith("view") else set()
    org = new_org(api="platform", permissions=sorted({*rights, "architect:flow:view"} - {lacks}))
    seed_trigger(org, seed_workflow(org))
    message = type(tasks)(org, tasks.state).failed("trigger", **options)
    assert "permission is missing" in message and lacks in message


@pytest.mark.parametrize("status", [409, 400])
def test_a_stale_version_is_planned_again(tasks, trigger, status):
    """Situation 3 of the public reports."""
    fault = {"edit": {"description": "theirs"}}
    if status == 400:
        message = "Supplied version 1 does not match the current version 2"
        fault |= {"status": 400, "body": {"code": "bad.request", "message": message}}
    tasks.org.fault(method="PUT", path=f"{PATH}/{trigger}", times=1, **fault)
    tasks.done("trigger", name="Survey", enabled=False)
    (stored,) = triggers(tasks.org)
    assert (stored["enabled"], stored["description"], stored["version"]) == (False, "theirs", 3)
    assert [one["body"]["version"] for one in tasks.org.log(method="PUT")] == [1, 2]


@pytest.mark.parametrize(("on_conflict", "stored"), [("fail", "theirs"), ("overwrite", "ours")])
def test_a_concurrent_change_of_a_declared_option_is_a_conflict(tasks, trigger, on_conflict, stored):
    tasks.org.fault(method="PUT", path=f"{PATH}/{trigger}", times=1, edit={"description": "theirs"})
    result = tasks.run("trigger", name="Survey", description="ours", on_conflict=on_conflict)
    assert triggers(tasks.org)[0]["description"] == stored
    if on_conflict == "fail":
        assert 'nothing was written: description is now "theirs", declared "ours"' in result["msg"]


def test_reads_lists_and_deletions_that_lag_are_waited_for(tasks, workflow):
    """Situation 10 of the public reports."""
    lags = {"reads_until_found": 2, "lists_until_found": 2, "reads_until_updated": 2, "reads_until_gone": 2}
    tasks.org.platform(**lags)
    tasks.done("trigger", **TRIGGER)
    assert tasks.done("trigger", name="Survey", enabled=False)["plan"] == "update"
    (stored,) = triggers(tasks.org)
    tasks.done("trigger", id=stored["id"], state="absent")
    assert tasks.done("trigger", id=stored["id"], state="absent")["changed"] is False
    assert [one.split()[0] for one in writes(tasks.org)] == ["POST", "PUT", "DELETE"]


@pytest.mark.parametrize(
    "fault", [{"drop": "after"}, {"drop": "before"}, {"status": 503, "took_effect": True}]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_lost_response_is_resolved_by_a_read(tasks, workflow, method, fault):
    if method != "POST":
        seed_trigger(tasks.org, workflow)
    tasks.org.fault(method=method, path=f"{PATH}*", times=1, **fault)
    state = "absent" if method == "DELETE" else "present"
    result = tasks.done("trigger", **TRIGGER, enabled=False, state=state)
    assert result["plan"] == {"POST": "create", "PUT": "update", "DELETE": "delete"}[method]
    assert [one["enabled"] for one in triggers(tasks.org)] == ([] if method == "DELETE" else [False])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"matchCriteria": {"a": 1}}, "matchCriteria must be a list"),
        ({"matchCriteria": ["x"]}, "matchCriteria[0] must be an object"),
        ({"target": "x"}, "target must be an object"),
        ({"delayBySeconds": "60"}, "delayBySeconds must be a whole number"),
    ],
)
def test_a_malformed_trigger_is_an_error(tasks, trigger, body, said):
    (stored,) = triggers(tasks.org)
    tasks.org.fault(method="GET", path=f"{PATH}/{trigger}", body={**stored, **body}, times=None, status=200)
    assert said in tasks.failed("trigger", id=trigger, enabled=False)
    assert tasks.org.writes() == []
