# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Integrations: types, configuration, states and deletion."""

from __future__ import annotations

import pytest

from .conftest import ACTION, ACTIONS, INTEGRATIONS

TYPES = f"{INTEGRATIONS}/types"


def test_types_and_their_schemas(platform):
    listed = {one["id"]: one for one in platform.get(TYPES, params={"sortBy": "name"}).json()["entities"]}
    rest = platform.get(f"{TYPES}/custom-rest-actions").json()
    assert rest == listed["custom-rest-actions"]
    assert "userDefinedOAuth" in rest["credentials"]["basicAuth"]["credentialTypes"]
    schema = platform.get(listed["embedded-client-app"]["configPropertiesSchemaUri"]).json()
    assert "url" in schema["properties"]
    assert platform.get(rest["configAdvancedSchemaUri"]).json()["properties"] == {}
    assert platform.get(f"{TYPES}/custom-rest-actions/configschemas/other").status_code == 404
    assert platform.get(f"{TYPES}/none/configschemas/advanced").status_code == 404


def test_a_new_integration_is_disabled_and_gets_the_name_of_its_type(platform):
    created = platform.post(INTEGRATIONS, json={"integrationType": {"id": "custom-rest-actions"}}).json()
    assert created["name"] == "Web Services Data Actions"
    assert (created["intendedState"], created["reportedState"]["code"]) == ("DISABLED", "INACTIVE")
    assert "config" not in created
    named = {"name": "CRM", "integrationType": {"id": "custom-rest-actions"}}
    twice = [platform.post(INTEGRATIONS, json=named).json() for _turn in range(2)]
    assert [one["name"] for one in twice] == ["CRM", "CRM"]

    config = platform.get(f"{INTEGRATIONS}/{twice[0]['id']}/config/current").json()
    assert (config["name"], config["version"], config["properties"]) == ("CRM", 1, {})


@pytest.mark.parametrize("state", ["ENABLED", "DISABLED"])
def test_the_state_of_a_new_integration(platform, platform_org, state):
    platform_org.platform(new_integration_state=state)
    created = platform.post(INTEGRATIONS, json={"integrationType": {"id": "custom-rest-actions"}}).json()
    assert created["intendedState"] == state


def test_types_that_cannot_be_installed(platform, new_integration):
    for type_id in ("none", "scim"):
        answer = platform.post(INTEGRATIONS, json={"integrationType": {"id": type_id}})
        assert answer.status_code == 400
        assert answer.json()["details"][0]["fieldName"] == "integrationType.id"
    new_integration("amazon-connect-sync")
    second = platform.post(INTEGRATIONS, json={"integrationType": {"id": "amazon-connect-sync"}})
    assert second.status_code == 400


def test_a_configuration_is_replaced_as_a_whole(platform, new_integration):
    path = f"{INTEGRATIONS}/{new_integration()}/config/current"
    config = platform.get(path).json()
    for field in ("name", "version", "properties", "advanced", "notes", "credentials"):
        without = {name: value for name, value in config.items() if name != field}
        refused = platform.put(path, json=without)
        assert (refused.status_code, refused.json()["details"][0]["fieldName"]) == (400, field)
    wanted = {**config, "name": "CRM", "notes": "ours", "properties": {"a": 1}, "advanced": {"b": [2]}}
    replaced = platform.put(path, json={**wanted, "id": "ignored"}).json()
    assert replaced == {**wanted, "version": 2} == platform.get(path).json()
    shown = platform.get(path.removesuffix("/config/current")).json()
    assert (shown["name"], shown["notes"]) == ("CRM", "ours")


def test_unknown_fields_are_ignored(client, platform_org):
    connection = client(platform_org, checked=False)
    body = {"integrationType": {"id": "custom-rest-actions"}, "name": None, "notes": "n", "unknown": 1}
    created = connection.post(INTEGRATIONS, json=body).json()
    assert (created["notes"], "unknown" in created) == ("", False)
    path = f"{INTEGRATIONS}/{created['id']}/config/current"
    config = connection.get(path).json()
    assert connection.put(path, json={**config, "unknown": 1}).json() == {**config, "version": 2}


@pytest.mark.parametrize("status", [409, 400])
def test_a_stale_version_of_a_configuration(platform, platform_org, new_integration, status):
    platform_org.platform(config_conflict_status=status)
    integration = new_integration()
    path = f"{INTEGRATIONS}/{integration}/config/current"
    config = platform.get(path).json()
    platform_org.edit(integration, {"config": {"current": {"notes": "theirs"}}}, "integrations")
    assert platform.get(path).json()["version"] == 2
    assert platform.put(path, json=config).status_code == status
    assert platform.get(path).json()["notes"] == "theirs"


def test_another_writer_in_the_middle_of_a_put(platform, platform_org, new_integration):
    """Check that a fault reaches the integration that the path of its configuration names."""
    path = f"{INTEGRATIONS}/{new_integration()}/config/current"
    config = platform.get(path).json()
    platform_org.fault(method="PUT", path=path, edit={"config": {"current": {"notes": "theirs"}}})
    assert platform.put(path, json=config).status_code == 409
    assert platform.put(path, json={**config, "version": 2}).json()["version"] == 3


def test_credentials_go_in_as_ids_and_come_back_as_infos(platform, new_integration, new_credential):
    credential = new_credential()
    integration = new_integration(credentials={"basicAuth": {"id": credential}})
    config = platform.get(f"{INTEGRATIONS}/{integration}/config/current").json()
    info = config["credentials"]["basicAuth"]
    assert (info["id"], info["name"], info["type"]["name"]) == (credential, "crm", "basicAuth")
    assert "credentialFields" not in info
    found = platform.get(INTEGRATIONS, params={"credentialId": credential}).json()["entities"]
    assert [one["id"] for one in found] == [integration]


def test_credentials_that_a_configuration_cannot_have(platform, new_integration, new_credential):
    path = f"{INTEGRATIONS}/{new_integration()}/config/current"
    config = platform.get(path).json()
    oauth_client = new_credential("pureCloudOAuthClient", clientId="a", clientSecret="b")
    for slot, credential in (("basicAuth", "none"), ("other", new_credential()), ("basicAuth", oauth_client)):
        refused = platform.put(path, json={**config, "credentials": {slot: {"id": credential}}})
        assert refused.status_code == 400
        assert refused.json()["details"][0]["fieldName"] == f"credentials.{slot}"


@pytest.mark.parametrize(("given", "shown"), [("empty", ""), ("placeholder", "node_dynamodb_empty_string")])
def test_an_empty_note(platform, platform_org, new_integration, given, shown):
    platform_org.platform(empty_notes=given)
    path = f"{INTEGRATIONS}/{new_integration()}"
    assert platform.get(path).json()["notes"] == shown
    assert platform.get(f"{path}/config/current").json()["notes"] == shown


def test_the_reported_state_follows_some_reads_later(platform, platform_org, new_integration):
    platform_org.platform(reads_until_state=2)
    path = f"{INTEGRATIONS}/{new_integration()}"
    changed = platform.patch(path, json={"intendedState": "ENABLED", "name": "ignored"}).json()
    assert (changed["intendedState"], changed["reportedState"]["code"]) == ("ENABLED", "ACTIVATING")
    assert changed["name"] == "Web Services Data Actions"
    codes = [platform.get(path).json()["reportedState"]["code"] for _turn in range(4)]
    assert codes == ["ACTIVATING", "ACTIVATING", "ACTIVE", "ACTIVE"]
    found = platform.get(INTEGRATIONS, params={"reportedState": "active"}).json()
    assert found["total"] == 1
    assert platform.patch(path, json={"intendedState": "GONE"}).status_code == 400


@pytest.mark.parametrize(("outcome", "code"), [("error", "ERROR"), ("never", "ACTIVATING")])
def test_the_reported_state_may_not_arrive(platform, platform_org, new_integration, outcome, code):
    platform_org.platform(state_outcome=outcome)
    path = f"{INTEGRATIONS}/{new_integration()}"
    platform.patch(path, json={"intendedState": "ENABLED"})
    state = [platform.get(path).json()["reportedState"] for _turn in range(3)][-1]
    assert state["code"] == code
    assert ("detail" in state) == (code == "ERROR")


def test_a_delete_takes_the_actions_with_it(platform, action_body, new_integration):
    action = f"{ACTIONS}/{platform.post(ACTIONS, json=action_body).json()['id']}"
    draft = platform.post(f"{ACTIONS}/drafts", json={**action_body, "name": "Draft"}).json()["id"]
    other = platform.post(ACTIONS, json={**ACTION, "integrationId": new_integration()}).json()["id"]
    path = f"{INTEGRATIONS}/{action_body['integrationId']}"
    deleted = platform.delete(path)
    assert (deleted.status_code, deleted.json()["id"]) == (200, action_body["integrationId"])
    for gone in (path, f"{path}/config/current", action, f"{ACTIONS}/{draft}/draft"):
        assert platform.get(gone).status_code == 404
    assert platform.get(f"{ACTIONS}/{other}").status_code == 200
    assert platform.delete(path).status_code == 404


def test_actions_may_prevent_the_delete(platform, platform_org, action_body):
    platform_org.platform(integration_with_actions="refused")
    platform.post(ACTIONS, json=action_body)
    path = f"{INTEGRATIONS}/{action_body['integrationId']}"
    assert platform.delete(path).status_code == 409
    assert platform.get(path).status_code == 200


def test_the_configuration_is_inside_with_an_expand(platform, new_integration):
    path = f"{INTEGRATIONS}/{new_integration()}"
    shown = platform.get(path, params={"expand": "config.current"}).json()
    assert shown["config"]["current"] == platform.get(f"{path}/config/current").json()


def test_values_of_enums_that_no_sdk_has_can_be_seeded(client, platform_org):
    wire = {"id": "i1", "integrationType": {"id": "brand-new"}, "intendedState": "PAUSED"}
    platform_org.seed([{**wire, "reportedState": {"code": "PAUSING"}}], "integrations")
    platform_org.seed([{**wire, "id": "i2"}], "integrations")
    connection = client(platform_org, checked=False)
    shown = [connection.get(f"{INTEGRATIONS}/{one}").json() for one in ("i1", "i2")]
    assert [one["intendedState"] for one in shown] == ["PAUSED", "PAUSED"]
    assert [one["reportedState"]["code"] for one in shown] == ["PAUSING", "INACTIVE"]
    assert shown[0]["integrationType"] == {"id": "brand-new"}
