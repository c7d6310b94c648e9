# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Live data actions: views, templates, versions, special actions, tests and deletion."""

from __future__ import annotations

import copy

import pytest

from .conftest import ACTION, ACTIONS, INTEGRATIONS

WHOLE = {"expand": "contract", "includeConfig": "true"}


def test_a_new_action_is_live_with_version_1(platform, action, action_body):
    shown = platform.get(action, params=WHOLE).json()
    assert shown["id"].startswith("custom_-_")
    assert (shown["version"], shown["secure"], shown["selfUri"]) == (1, False, action)
    assert {name: shown[name] for name in ("name", "category", "integrationId")} == {
        name: action_body[name] for name in ("name", "category", "integrationId")
    }
    assert shown["contract"]["input"]["inputSchema"] == action_body["contract"]["input"]["inputSchema"]
    assert shown["contract"]["output"]["errorSchema"]["type"] == "object"


def test_a_read_leaves_out_what_it_is_not_asked_for(platform, platform_org, action):
    brief = platform.get(action).json()
    assert "config" not in brief
    assert set(brief["contract"]["input"]) == {"inputSchemaUri"}
    assert set(brief["contract"]["output"]) == {"successSchemaUri", "errorSchemaUri"}
    platform_org.platform(schema_uris="absent")
    assert "contract" not in platform.get(action).json()
    expanded = platform.get(action, params=WHOLE).json()["contract"]
    assert set(expanded["input"]) == {"inputSchema"}
    listed = platform.get(ACTIONS).json()["entities"][0]
    assert "config" not in listed and "contract" not in listed
    assert "config" in platform.get(ACTIONS, params={"includeConfig": "true"}).json()["entities"][0]
    assert platform.get(ACTIONS, params={"includeConfig": "maybe"}).status_code == 400


def test_flattened_schemas(platform, action_body):
    nested = {
        "type": "object",
        "properties": {"a": {"type": "object", "properties": {"b": {"type": "string"}}}},
    }
    nested["properties"]["list"] = {
        "type": "array",
        "items": {"type": "object", "properties": {"c": {"type": "integer"}}},
    }
    action_body["contract"]["output"]["successSchema"] = nested
    path = f"{ACTIONS}/{platform.post(ACTIONS, json=action_body).json()['id']}"
    contract = platform.get(path, params={**WHOLE, "flatten": "true"}).json()["contract"]
    assert "inputSchema" not in contract["input"]
    flat = contract["output"]["successSchemaFlattened"]
    assert set(flat["schema"]["properties"]) == {"a.b", "list.c"}
    assert flat["arrayProperties"] == ["list"]


@pytest.mark.parametrize("form", ["uri", "inline"])
def test_templates_are_inline_or_behind_uris(platform, platform_org, action, form):
    platform_org.platform(template_form=form)
    config = platform.get(action, params=WHOLE).json()["config"]
    for part, name, file in (
        ("request", "requestTemplate", "requesttemplate.vm"),
        ("response", "successTemplate", "successtemplate.vm"),
    ):
        assert (name in config[part]) == (form == "inline")
        assert (f"{name}Uri" in config[part]) == (form == "uri")
        answer = platform.get(f"{action}/templates/{file}", headers={"Accept": "*/*"})
        assert answer.text == ACTION["config"][part][name]
        assert answer.headers["content-type"].startswith("text/plain")
    assert platform.get(f"{action}/templates/other.vm").status_code == 404


def test_a_template_may_be_missing_though_the_action_exists(platform, platform_org, action):
    platform_org.platform(template_files="missing")
    assert platform.get(f"{action}/templates/requesttemplate.vm").status_code == 404
    assert platform.get(action).status_code == 200


def test_a_config_that_is_written_back_as_read_loses_its_templates(platform, platform_org, action):
    config = platform.get(action, params=WHOLE).json()["config"]
    assert platform.patch(action, json={"version": 1, "config": config}).status_code == 200
    assert platform.get(f"{action}/templates/requesttemplate.vm").text == "${input.rawRequest}"
    assert platform.get(f"{action}/templates/successtemplate.vm").text == "${rawResult}"
    platform_org.platform(default_success_template="${result}")
    platform.patch(action, json={"version": 2, "config": config})
    assert platform.get(f"{action}/templates/successtemplate.vm").text == "${result}"


@pytest.mark.parametrize(
    ("answer", "headers"), [("replaces", {}), ("merges", {"Accept": "application/json"})]
)
def test_a_patch_of_a_part_of_the_configuration(platform, platform_org, action, answer, headers):
    platform_org.platform(config_patch=answer)
    part = {"request": {"requestUrlTemplate": "https://new.example.com", "requestType": "GET"}}
    platform.patch(action, json={"version": 1, "config": part})
    request = platform.get(action, params=WHOLE).json()["config"]["request"]
    assert request["requestUrlTemplate"] == "https://new.example.com"
    assert request["headers"] == headers


@pytest.mark.parametrize(("answer", "has_config"), [("full", True), ("brief", False)])
def test_the_response_of_a_write(platform, platform_org, action, answer, has_config):
    platform_org.platform(write_answer=answer)
    changed = platform.patch(action, json={"version": 1, "name": "Renamed"}).json()
    assert (changed["name"], changed["version"], "config" in changed) == ("Renamed", 2, has_config)
    assert ("inputSchema" in changed["contract"]["input"]) == has_config


@pytest.mark.parametrize("status", [400, 409])
def test_a_stale_version(platform, platform_org, action, status):
    platform_org.platform(action_version_status=status)
    platform_org.fault(method="PATCH", path=action, edit={"category": "Theirs"})
    refused = platform.patch(action, json={"version": 1, "name": "Mine"})
    assert refused.status_code == status
    assert "does not match the current version" in refused.json()["message"]
    assert platform.get(action).json()["category"] == "Theirs"
    assert platform.patch(action, json={"name": "Mine"}).status_code == 400


def test_a_patch_has_no_contract_and_no_integration(client, platform_org, action, new_integration):
    connection = client(platform_org, checked=False)
    before = connection.get(action, params=WHOLE).json()
    body = {"version": 1, "secure": True, "integrationId": new_integration(), "contract": {"input": {}}}
    assert connection.patch(action, json=body).status_code == 200
    assert connection.get(action, params=WHOLE).json() == {**before, "version": 2}


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("name", "", "name"),
        ("name", "x" * 257, "name"),
        ("category", None, "category"),
        ("config.timeoutSeconds", 61, "config.timeoutSeconds"),
        ("config.request.requestType", "HEAD", "config.request.requestType"),
        ("config.request.requestUrlTemplate", None, "config.request.requestUrlTemplate"),
        ("config.request.headers", {"a": 1}, "config.request.headers.a"),
        ("contract.input.inputSchema.type", "array", "contract.input.inputSchema.type"),
        ("contract.input.inputSchema.properties", {"1a": {"type": "string"}}, "contract.input.inputSchema."),
        ("contract.input.inputSchema.properties", {"orgId": {"type": "string"}}, "contract.input."),
        ("contract.input.inputSchema.properties", {"a": {"type": "object"}}, "contract.input.inputSchema."),
        ("contract.output.successSchema", {"$ref": "#/a"}, "contract"),
        (
            "contract.output.successSchema",
            {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
            "contract.output.successSchema",
        ),
        ("contract.output", None, "contract.output"),
        ("integrationId", "none", "integrationId"),
    ],
)
def test_bodies_that_are_refused(platform, platform_org, action_body, path, value, field):
    *parents, last = path.split(".")
    place = action_body
    for name in parents:
        place = place[name]
    place[last] = value
    refused = platform.post(ACTIONS, json=action_body)
    assert refused.status_code == 400
    assert refused.json()["details"][0]["fieldName"].startswith(field)
    assert platform_org.objects("actions") == []


def test_integrations_without_live_actions(platform, new_integration):
    for type_id in ("embedded-client-app", "function-data-actions"):
        body = {**copy.deepcopy(ACTION), "integrationId": new_integration(type_id)}
        assert platform.post(ACTIONS, json=body).status_code == 400


@pytest.mark.parametrize(("answer", "status"), [("allowed", 200), ("refused", 409)])
def test_a_name_twice_in_one_integration(
    platform, platform_org, action, action_body, new_integration, answer, status
):
    platform_org.platform(duplicate_action_names=answer)
    assert platform.post(ACTIONS, json=action_body).status_code == status
    assert platform.post(ACTIONS, json={**action_body, "integrationId": new_integration()}).status_code == 200


def test_filters_and_order(platform, action_body):
    for name, category, secure in (("Beta", "A", True), ("alpha", "B", False), ("Gamma", "A", False)):
        platform.post(ACTIONS, json={**action_body, "name": name, "category": category, "secure": secure})

    def names(**query):
        return [one["name"] for one in platform.get(ACTIONS, params=query).json()["entities"]]

    assert names(name="ALPH") == ["alpha"]
    assert names(category="A", sortBy="name", sortOrder="desc") == ["Gamma", "Beta"]
    assert names(secure="true") == ["Beta"]
    assert names(secure="false") == ["alpha", "Gamma"]
    ids = [one["id"] for one in platform.get(ACTIONS).json()["entities"]]
    assert names(ids=f"{ids[0]},{ids[2]}") == ["Beta", "Gamma"]
    many = ",".join(f"x{number}" for number in range(51))
    assert platform.get(ACTIONS, params={"ids": many}).status_code == 400
    categories = platform.get(f"{ACTIONS}/categories").json()
    assert [one["name"] for one in categories["entities"]] == ["A", "B"]
    assert "selfUri" not in categories
    assert platform.get(f"{ACTIONS}/categories", params={"secure": "true"}).json()["total"] == 1


def test_built_in_actions_come_once_for_each_integration(platform, new_integration):
    first, second = new_integration("purecloud-data-actions"), new_integration("purecloud-data-actions")
    found = platform.get(ACTIONS, params={"name": "Get User Presence"}).json()["entities"]
    assert [one["integrationId"] for one in found] == [first, second]
    path = f"{ACTIONS}/{found[0]['id']}"
    assert found[0]["id"].startswith("static")
    assert "requestUrlTemplate" in platform.get(path, params=WHOLE).json()["config"]["request"]
    assert platform.get(f"{path}/templates/requesttemplate.vm").status_code == 200
    assert platform.patch(path, json={"version": 1, "name": "Mine"}).status_code == 400
    assert platform.delete(path).status_code == 400
    platform.delete(f"{INTEGRATIONS}/{first}")
    assert platform.get(path).status_code == 404


def test_the_authentication_action_of_an_oauth_credential(platform, new_integration, new_credential):
    credential = new_credential("userDefinedOAuth", loginUrl="https://login.example.com")
    integration = new_integration(credentials={"basicAuth": {"id": credential}})
    path = f"{ACTIONS}/customAuth_-_{integration}"
    assert platform.get(ACTIONS).json()["total"] == 0
    assert platform.get(ACTIONS, params={"includeAuthActions": "true"}).json()["total"] == 1
    config = {"request": {"requestUrlTemplate": "https://a.example.com", "requestType": "POST"}}
    timed = {"version": 1, "config": {**config, "timeoutSeconds": 5}}
    assert platform.patch(path, json=timed).status_code == 400
    assert (
        platform.patch(path, json={"version": 1, "name": "Sign in", "config": config}).json()["version"] == 2
    )
    assert platform.get(path).json()["name"] == "Sign in"
    assert platform.get(ACTIONS, params={"includeAuthActions": "true"}).json()["total"] == 1
    assert platform.delete(path).status_code == 400
    config_path = f"{INTEGRATIONS}/{integration}/config/current"
    platform.put(config_path, json={**platform.get(config_path).json(), "credentials": {}})
    assert platform.get(path).status_code == 404
    assert platform.patch(path, json={"version": 2, "name": "Again"}).status_code == 404
    assert platform.get(ACTIONS, params={"includeAuthActions": "true"}).json()["total"] == 0
    with_credential = {**platform.get(config_path).json(), "credentials": {"basicAuth": {"id": credential}}}
    platform.put(config_path, json=with_credential)
    platform.delete(f"{INTEGRATIONS}/{integration}")
    assert platform.get(path).status_code == 404


def test_schemas_are_files_too(platform, action, action_body):
    given = action_body["contract"]
    assert platform.get(f"{action}/schemas/inputschema.json").json() == given["input"]["inputSchema"]
    assert platform.get(f"{action}/schemas/successschema.json").json() == given["output"]["successSchema"]
    assert platform.get(f"{action}/schemas/errorschema.json").json()["title"] == "ErrorResponse"
    assert platform.get(f"{action}/schemas/other.json").status_code == 404


def test_a_test_names_the_step_that_failed(platform, platform_org, action):
    platform_org.platform(execution_result={"tier": "gold"})
    passed = platform.post(f"{action}/test", json={"id": "7", "limit": 1}).json()
    assert (passed["success"], passed["finalResult"]) == (True, {"tier": "gold"})
    assert [one["success"] for one in passed["operations"]] == [True] * 4
    for wrong in ({}, {"id": 7}, {"id": "7", "limit": True}):
        failed = platform.post(f"{action}/test", json=wrong).json()
        assert (failed["success"], len(failed["operations"])) == (False, 1)
        assert platform.post(f"{action}/execute", json=wrong).status_code == 400
    assert platform.post(f"{action}/execute", json={"id": "7"}).json() == {"tier": "gold"}
    platform_org.platform(execution="fails")
    failed = platform.post(f"{action}/test", json={"id": "7"}).json()
    assert [one["success"] for one in failed["operations"]] == [True, True, False]
    assert platform.post(f"{action}/execute", json={"id": "7"}).status_code == 400
    assert platform.post(f"{action}/execute", json=["7"]).status_code == 400


@pytest.mark.parametrize(("answer", "status"), [("deleted", 204), ("refused", 409)])
def test_the_delete_of_an_action_that_a_flow_uses(platform, platform_org, action, answer, status):
    platform_org.platform(action_in_use=answer)
    action_id = action.rpartition("/")[2]
    platform_org.seed(
        [{"flowId": "f1", "name": "Main", "type": "WORKFLOW", "resourceId": action_id}], "consumers"
    )
    assert platform.delete(action).status_code == status
    assert platform.get(action).status_code == (404 if status == 204 else 200)


def test_seeded_actions_get_their_defaults(platform, platform_org):
    config = {"request": {"requestUrlTemplate": "https://x", "requestType": "GET"}}
    (seeded,) = platform_org.seed(
        [{"id": "custom_-_1", "name": "S", "category": "C", "config": config}], "actions"
    )
    assert (seeded["version"], seeded["secure"]) == (1, False)
    template = platform.get(f"{ACTIONS}/custom_-_1/templates/requesttemplate.vm")
    assert template.text == "${input.rawRequest}"
