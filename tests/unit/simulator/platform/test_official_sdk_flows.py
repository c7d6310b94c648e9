# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's Python SDK at work on all that is no integration and no data action, field by field."""

from __future__ import annotations

import datetime

import pytest

from unit.official_sdk import IN_ONE_PROCESS, sdk

__all__ = ["sdk"]
pytestmark = IN_ONE_PROCESS
EXPAND = ["name", "type", "logLevelCharacteristics.characteristics"]
RULE = {
    "name": "Card",
    "description": "All cards",
    "type": "Custom",
    "substitute_character": "*",
    "definition": r"\d{16}",
    "enabled": True,
    "direction": "outbound",
    "integrations": ["webmessaging"],
}


@pytest.fixture
def client(sdk, platform_org):
    connection = sdk.api_client.ApiClient(host=platform_org.base_url)
    connection.get_client_credentials_token(platform_org.client_id, platform_org.client_secret)
    return connection


def fields(model):
    """Return the fields of a model that have a value, by their names in the SDK."""
    return {name: getattr(model, name) for name in model.swagger_types if getattr(model, name) is not None}


def request_of(sdk, level, **characteristics):
    body = sdk.FlowLogLevelRequest()
    body.log_level_characteristics = sdk.FlowLogLevel()
    body.log_level_characteristics.level = level
    if characteristics:
        body.log_level_characteristics.characteristics = sdk.FlowCharacteristics()
        for name, value in characteristics.items():
            setattr(body.log_level_characteristics.characteristics, name, value)
    return body


def test_the_sdk_reads_flows(sdk, client, platform_org):
    seeded = platform_org.seed([{"name": "Main", "description": "d"}, {"name": "B", "type": "BOT"}], "flows")
    architect = sdk.ArchitectApi(client)
    listed = architect.get_flows(type=["inboundcall"], name="Main", page_size=100)
    (flow,) = listed.entities
    assert (flow.id, flow.type, flow.division.name) == (seeded[0]["id"], "INBOUNDCALL", "Home")
    read = fields(architect.get_flow(flow.id))
    assert read.keys() == {
        *("id", "name", "division", "description", "type", "active", "system", "deleted", "self_uri")
    }
    assert (read["name"], read["description"], read["active"]) == ("Main", "d", True)


def test_the_sdk_manages_log_levels(sdk, client, platform_org):
    (flow,) = platform_org.seed([{"name": "Main"}], "flows")
    architect = sdk.ArchitectApi(client)
    created = architect.post_flow_instances_settings_loglevels(
        flow["id"], request_of(sdk, "All", communications=False), expand=EXPAND
    )
    read = architect.get_flow_instances_settings_loglevels(flow["id"], expand=EXPAND)
    for one in (created, read, architect.get_flows_instances_settings_loglevels(expand=EXPAND).entities[0]):
        assert (one.id, one.name, one.type) == (flow["id"], "Main", "inboundcall")
        assert (one.modified_by_client.id, one.date_modified is None) == (platform_org.client_id, False)
        shown = fields(one.log_level_characteristics.characteristics)
        assert shown == {**dict.fromkeys(shown, True), "communications": False} and len(shown) == 8
    changed = architect.put_flow_instances_settings_loglevels(flow["id"], request_of(sdk, "Base"))
    assert fields(changed.log_level_characteristics) == {"level": "Base"}
    architect.delete_flow_instances_settings_loglevels(flow["id"])
    with pytest.raises(sdk.rest.ApiException) as refused:
        architect.get_flow_instances_settings_loglevels(flow["id"])
    assert refused.value.status == 404
    architect.put_flows_instances_settings_loglevels_default(request_of(sdk, "Notes"))
    default = architect.get_flows_instances_settings_loglevels_default(expand=EXPAND[2:])
    assert default.log_level_characteristics.level == "Notes"
    architect.delete_flows_instances_settings_loglevels_default()
    definitions = architect.get_flows_instances_settings_loglevels_characteristics()
    own = next(one for one in definitions.log_levels if one.level == "Notes")
    assert fields(own.characteristics) == fields(default.log_level_characteristics.characteristics)
    needs = {one.id: one for one in definitions.characteristics}["executionInputOutputs"]
    assert (needs.minimum_level, fields(needs.depends_on)) == ("VerboseNotes", {"execution_items": True})


def test_the_sdk_switches_execution_data(sdk, client):
    settings, architect = sdk.SettingsApi(client), sdk.ArchitectApi(client)
    body = sdk.ExecutionDataSettingsRequest()
    body.enabled = True
    changed = settings.patch_settings_executiondata(body)
    assert fields(changed).keys() == {"id", "enabled", "modified_by_client", "date_modified", "self_uri"}
    assert settings.get_settings_executiondata().enabled is True
    body.enabled = False
    assert architect.patch_flows_instances_settings_executiondata(body).enabled is False
    assert architect.get_flows_instances_settings_executiondata().enabled is False


def test_the_sdk_manages_masking_rules(sdk, client):
    privacy = sdk.DataPrivacyApi(client)
    body = sdk.MaskingRule()
    for name, value in RULE.items():
        setattr(body, name, value)
    created = privacy.post_dataprivacy_maskingrules(body)
    read = fields(privacy.get_dataprivacy_maskingrule(created.id))
    assert {name: read[name] for name in RULE} == RULE
    assert read.keys() - RULE.keys() == {"id", "date_created", "date_modified"}
    body.enabled, body.integrations = False, ["email", "sms"]
    changed = fields(privacy.patch_dataprivacy_maskingrule(created.id, body=body))
    assert {name: changed[name] for name in RULE} == {
        **RULE,
        "enabled": False,
        "integrations": ["email", "sms"],
    }
    check = sdk.MaskingRuleValidateRequest()
    check.text, check.definition = "4111111111111111", RULE["definition"]
    answer = privacy.post_dataprivacy_maskingrules_validate(check)
    assert (answer.valid, answer.masked_text) == (True, "X" * 16)
    listed = privacy.get_dataprivacy_maskingrules().entities
    assert [one.name for one in listed if one.type == "Custom"] == ["Card"]
    privacy.delete_dataprivacy_maskingrule(created.id)
    with pytest.raises(sdk.rest.ApiException):
        privacy.get_dataprivacy_maskingrule(created.id)


def audit_query(sdk, kind, entity_id, days):
    """Return a query of the audit of one object, from so many days ago until now."""
    now = datetime.datetime.now(datetime.UTC)
    query = getattr(sdk, kind)()
    query.interval = f"{(now - datetime.timedelta(days=days)).isoformat()}/{now.isoformat()}"
    query.service_name, query.filters = "Integrations", [sdk.AuditQueryFilter()]
    query.filters[0].pcProperty, query.filters[0].value = "EntityId", entity_id
    return query


def test_the_sdk_reads_the_audit(sdk, client, platform_org):
    """Check both queries of N.10, and the services that each of them has."""
    platform_org.simulator.lag(platform_org.key, "audit_records")
    wanted = sdk.CreateIntegrationRequest()
    wanted.name, wanted.integration_type = "CRM", sdk.IntegrationType()
    wanted.integration_type.id = "custom-rest-actions"
    entity_id = sdk.IntegrationsApi(client).post_integrations(body=wanted).id
    audits = sdk.AuditApi(client)
    realtime = audit_query(sdk, "AuditRealtimeQueryRequest", entity_id, 13)
    page = audits.post_audits_query_realtime(realtime)
    started = audits.post_audits_query(audit_query(sdk, "AuditQueryRequest", entity_id, 300))
    assert audits.get_audits_query_transaction_id(started.id).state == "Succeeded"
    results = audits.get_audits_query_transaction_id_results(started.id, page_size=500)
    assert (page.total, results.cursor) == (1, None)
    for record in (*page.entities, *results.entities):
        assert (record.action, record.entity_type, record.service_name) == (
            *("Create", "Integration", "Integrations"),
        )
        assert (record.entity.id, record.entity.name) == (entity_id, "CRM")
        assert (record.client.id, record.user) == (platform_org.client_id, None)
    for mapping in (
        audits.get_audits_query_realtime_servicemapping(),
        audits.get_audits_query_servicemapping(),
    ):
        entities = {one.name: [entity.name for entity in one.entities] for one in mapping.services}
        assert entities["Datatables"] == ["Row", "Schema"]
