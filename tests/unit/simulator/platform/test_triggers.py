# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Triggers: workflows, versions, topics, criteria, timing, filters, and the vendor's SDK."""

from __future__ import annotations

import pytest

from unit.official_sdk import IN_ONE_PROCESS, sdk
from unit.platform.triggers import END, PATH, START, seed_trigger, seed_workflow

__all__ = ["sdk"]
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def wire(platform_org):
    """Return the body of a new trigger."""
    return {
        "name": "Survey",
        "topicName": END,
        "enabled": True,
        "target": {"type": "Workflow", "id": seed_workflow(platform_org)},
        "matchCriteria": [{"jsonPath": "a", "operator": "Equal", "value": 1}],
        "description": "d",
    }


def test_a_trigger_is_created_read_replaced_and_deleted(platform, wire):
    created = platform.post(PATH, json={**wire, "eventTTLSeconds": 10}).json()
    path = f"{PATH}/{created['id']}"
    expected = {"id": created["id"], "version": 1, "eventTTLSeconds": 10, "selfUri": path}
    assert created == {**wire, **expected}
    assert platform.get(path).json() == created
    assert platform.get(PATH).json()["entities"] == [created]
    changed = platform.put(path, json={**wire, "version": 1, "enabled": False}).json()
    assert (changed["version"], changed["enabled"], "eventTTLSeconds" in changed) == (2, False, False)
    assert platform.put(path, json={**wire, "version": 1}).status_code == 409
    assert platform.put(path, json={**wire, "version": 2}).json()["version"] == 3
    assert platform.delete(path).status_code == 204
    assert platform.get(path).status_code == 404


@pytest.mark.parametrize("lacks", ["name", "topicName", "enabled", "target", "version"])
def test_required_fields(client, platform_org, wire, lacks):
    connection = client(platform_org, checked=False)
    path = f"{PATH}/{connection.post(PATH, json=wire).json()['id']}"
    body = {key: value for key, value in {**wire, "version": 1}.items() if key != lacks}
    assert connection.put(path, json=body).json()["details"][0]["fieldName"] == lacks
    assert connection.post(PATH, json=body).status_code == (200 if lacks == "version" else 400)


@pytest.mark.parametrize(
    "change",
    [
        {"matchCriteria": [{"jsonPath": "a", "operator": "Equal", "value": 1, "values": [1]}]},
        {"matchCriteria": [{"jsonPath": "a", "operator": "Equal"}]},
        {"matchCriteria": [{"jsonPath": "a", "operator": "Is", "value": 1}]},
        {"eventTTLSeconds": 9},
        {"delayBySeconds": 59},
        {"delayBySeconds": 901},
        {"eventTTLSeconds": 10, "delayBySeconds": 60},
        {"description": "x" * 513},
        {"target": {"type": "Queue", "id": UNKNOWN}},
        {"target": {"type": "Workflow", "id": UNKNOWN}},
        {"target": {"type": "Workflow", "id": UNKNOWN, "workflowTargetSettings": {"dataFormat": "Xml"}}},
    ],
)
def test_an_invalid_trigger_is_400(client, platform_org, wire, change):
    assert client(platform_org, checked=False).post(PATH, json={**wire, **change}).status_code == 400


def test_a_topic_cannot_change(platform, wire):
    path = f"{PATH}/{platform.post(PATH, json=wire).json()['id']}"
    response = platform.put(path, json={**wire, "topicName": START, "version": 1})
    assert (response.status_code, response.json()["details"][0]["fieldName"]) == (400, "topicName")


def test_null_is_no_value_and_responses_may_have_it(client, platform_org, wire):
    connection = client(platform_org, checked=False)
    criterion = {"jsonPath": "a", "operator": "In", "value": None, "values": ["1", 1]}
    created = connection.post(PATH, json={**wire, "matchCriteria": [criterion]}).json()
    assert "value" not in created["matchCriteria"][0]
    platform_org.platform(criterion_keys="both")
    assert connection.get(f"{PATH}/{created['id']}").json()["matchCriteria"] == [criterion]


def test_a_target_is_a_published_workflow_that_the_service_knows(platform, platform_org, wire):
    for flow in ({"type": "WORKFLOW"}, {"type": "INBOUNDCALL"}, {"type": "WORKFLOW", "deleted": True}):
        (seeded,) = platform_org.seed([{"name": "F", **flow}], "flows")
        body = {**wire, "target": {"type": "Workflow", "id": seeded["id"]}}
        assert platform.post(PATH, json=body).status_code == 400
    platform_org.platform(tries_until_workflow_known=1)
    assert [platform.post(PATH, json=wire).status_code for _turn in range(2)] == [400, 200]


def test_names_may_repeat_or_not(platform, platform_org, wire):
    assert [platform.post(PATH, json=wire).status_code for _turn in range(2)] == [200, 200]
    platform_org.platform(duplicate_trigger_names="refused")
    assert platform.post(PATH, json=wire).status_code == 409


def test_lists_are_filtered_and_paged_by_cursor(platform, platform_org, wire):
    flow = wire["target"]["id"]
    seed_trigger(platform_org, flow, name="A")
    seed_trigger(platform_org, flow, name="B", topicName=START, enabled=False)
    platform_org.platform(usual_event_ttl=60)
    assert platform.post(PATH, json={**wire, "name": "C"}).json()["eventTTLSeconds"] == 60

    def names(**params):
        return [one["name"] for one in platform.get(PATH, params=params).json()["entities"]]

    assert names(topicName=START) == names(enabled=False) == ["B"]
    assert names(topicName=f"{START},{END}") == ["A", "B", "C"]
    assert (names(hasDelayBy=False), names(hasDelayBy=True)) == (["C"], ["A", "B"])
    first = platform.get(PATH, params={"pageSize": 2}).json()
    assert [one["name"] for one in platform.get(first["nextUri"]).json()["entities"]] == ["C"]


@IN_ONE_PROCESS
def test_the_sdk_manages_triggers(sdk, platform_org, wire):
    connection = sdk.api_client.ApiClient(host=platform_org.base_url)
    connection.get_client_credentials_token(platform_org.client_id, platform_org.client_secret)
    automation = sdk.ProcessAutomationApi(connection)
    body, criterion = sdk.CreateTriggerRequest(), sdk.MatchCriteria()
    body.name, body.topic_name, body.enabled, body.event_ttl_seconds = "Survey", END, True, 30
    body.target, body.match_criteria = sdk.TriggerTarget(), [criterion]
    body.target.type, body.target.id = "Workflow", wire["target"]["id"]
    body.target.workflow_target_settings = sdk.WorkflowTargetSettings()
    body.target.workflow_target_settings.data_format = "TopLevelPrimitives"
    criterion.json_path, criterion.operator, criterion.values = "a", "In", ["x", 1]
    created = automation.post_processautomation_triggers(body)
    read = automation.get_processautomation_trigger(created.id)
    assert (read.version, read.event_ttl_seconds, read.delay_by_seconds) == (1, 30, None)
    assert read.target.workflow_target_settings.data_format == "TopLevelPrimitives"
    assert (read.match_criteria[0].value, read.match_criteria[0].values) == (None, ["x", 1])
    change = sdk.UpdateTriggerRequest()
    for name in ("name", "topic_name", "target", "match_criteria"):
        setattr(change, name, getattr(read, name))
    change.version, change.enabled, change.delay_by_seconds = read.version, False, 60
    changed = automation.put_processautomation_trigger(created.id, change)
    assert (changed.version, changed.enabled, changed.delay_by_seconds) == (2, False, 60)
    assert [one.id for one in automation.get_processautomation_triggers(enabled=False).entities] == [
        created.id
    ]
    automation.delete_processautomation_trigger(created.id)
    with pytest.raises(sdk.rest.ApiException) as refused:
        automation.get_processautomation_trigger(created.id)
    assert refused.value.status == 404
