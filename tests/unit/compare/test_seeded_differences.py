# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparison of two orgs of 300 objects each: exactly the seeded differences are found (X.2)."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.plugin_utils._field_differences import differences as leaves
from unit.compare.seeded_orgs import CUSTOM_OBJECTS, masking_rule, seed_platform, seed_reference
from unit.org.conftest import stored_action, stored_flow, stored_purpose, stored_webhook
from unit.platform.actions import DEFINITION
from unit.platform.data_tables import COLUMNS, schema_of
from unit.platform_kinds import stored_credential, stored_integration

#: Each difference as kind, name and plan, for a changed object also the options.
Expected = list[tuple[str, ...]]

HERE_ONLY, THERE_ONLY, CHANGED = "delete", "create", "update"


def edit_config(org: t.Any, name: str, **values: t.Any) -> None:
    stored = org.named(name, "integrations")
    org.edit(stored["id"], {"config": {"current": values}}, "integrations")


def edit_action(org: t.Any, name: str, patch: dict[str, t.Any]) -> None:
    org.edit(org.named(name, "actions")["id"], patch, "actions")


def edit_rule(org: t.Any, name: str, **patch: t.Any) -> None:
    org.edit(org.named(name, "masking_rules")["id"], patch, "masking_rules")


def edit_row(org: t.Any, table: str, key: str, **values: t.Any) -> None:
    table_id = org.named(table, "data_tables")["id"]
    (row,) = [
        one
        for one in org.objects("data_table_rows")
        if one["tableId"] == table_id and one["row"]["key"] == key
    ]
    org.edit(row["id"], {"row": values}, "data_table_rows")


def id_of(org: t.Any, name: str, kind: str) -> str:
    return str(org.named(name, kind)["id"])


def level_of(org: t.Any, flow: str) -> str:
    return id_of(org, flow, "flows")


def differ_on_the_platform(here: t.Any, there: t.Any) -> Expected:
    """Make 25 differences of every sort. Return each object with its plan and the options that differ."""
    here.seed([stored_credential("Only here")], "credentials")
    there.seed([stored_credential("Only there")], "credentials")
    there.edit(
        id_of(there, "Login 3", "credentials"), {"type": {"id": "pureCloudOAuthClient"}}, "credentials"
    )
    here.seed([stored_integration("Only here")], "integrations")
    there.seed([stored_integration("App 1", integrationType={"id": "embedded-client-app"})], "integrations")
    edit_config(there, "App 2", notes="other")
    edit_config(there, "App 3", properties={"host": "other.example.com"})
    there.edit(id_of(there, "App 4", "integrations"), {"intendedState": "ENABLED"}, "integrations")
    edit_config(here, "App 5", credentials={"basicAuth": {"id": id_of(here, "Login 9", "credentials")}})
    action = {"category": "C", **copy.deepcopy(DEFINITION)}
    here.seed([{**action, "name": "NEW/1", "integrationId": id_of(here, "App 6", "integrations")}], "actions")
    there.seed(
        [{**action, "name": "Action 9", "integrationId": id_of(there, "App 8", "integrations")}], "actions"
    )
    edit_action(there, "a/b", {"category": "Other"})
    edit_action(
        there, "null", {"config": {"request": {"headers": {"Authorization": "Bearer s3cr3t-of-there"}}}}
    )
    edit_action(there, "cafe\u0301", {"config": {"request": {"requestTemplate": "${input.rawRequest}!"}}})
    edit_action(there, "1_000", {"config": {"response": {"translationMapDefaults": {"tier": '"x"'}}}})
    schema = {"type": "object", "properties": {"tier": {"type": "number"}}}
    edit_action(there, "{{ x }}", {"contract": {"output": {"successSchema": schema}}})
    edit_action(there, "Action 7", {"integrationId": id_of(there, "App 39", "integrations")})
    here.seed([{"name": "Only here", "schema": schema_of(COLUMNS)}], "data_tables")
    there.edit(
        id_of(there, "Table 4", "data_tables"),
        {"schema": {"properties": {"sold": {"title": "Other"}}}},
        "data_tables",
    )
    edit_row(there, "Table 5", "a/b", count=99)
    there.seed([masking_rule("Only there")], "masking_rules")
    edit_rule(there, "50 %", integrations=["Email"])
    edit_rule(here, "\u212b", definition="[0-9]{3}")
    there.delete(level_of(there, "Flow 3"), "flow_log_levels")
    there.edit(
        level_of(there, "Flow 4"),
        {"logLevelCharacteristics": {"characteristics": {"names": False}}},
        "flow_log_levels",
    )
    there.edit("executiondata", {"enabled": True}, "execution_data")
    request, response = "definition.config.request", "definition.config.response"
    return [
        ("integration_credential", "Only here", HERE_ONLY),
        ("integration_credential", "Only there", THERE_ONLY),
        ("integration_credential", "Login 3", CHANGED, "type"),
        ("integration", "Only here", HERE_ONLY),
        # Another type makes it another integration.
        ("integration", "App 1", THERE_ONLY),
        ("integration", "App 2", CHANGED, "notes"),
        ("integration", "App 3", CHANGED, "properties.host"),
        ("integration", "App 4", CHANGED, "intended_state"),
        ("integration", "App 5", CHANGED, "credentials.basicAuth"),
        ("data_action", "NEW/1", HERE_ONLY),
        ("data_action", "Action 9", THERE_ONLY),
        ("data_action", "a/b", CHANGED, "category"),
        ("data_action", "null", CHANGED, f"{request}.headers.Authorization"),
        ("data_action", "cafe\u0301", CHANGED, f"{request}.requestTemplate"),
        ("data_action", "1_000", CHANGED, f"{response}.translationMapDefaults.tier"),
        ("data_action", "{{ x }}", CHANGED, "definition.contract.output.successSchema.properties.tier.type"),
        # It moved to another integration.
        ("data_action", "Action 7", HERE_ONLY),
        ("data_action", "Action 7", THERE_ONLY),
        ("data_table", "Only here", HERE_ONLY),
        ("data_table", "Table 4", CHANGED, "columns[sold].title"),
        ("data_table", "Table 5", CHANGED, "rows.a/b.count"),
        ("masking_rule", "Only there", THERE_ONLY),
        ("masking_rule", "50 %", CHANGED, "channels[0]"),
        ("masking_rule", "\u212b", CHANGED, "definition"),
        ("flow_log_level", "Flow 3", HERE_ONLY),
        ("flow_log_level", "Flow 4", CHANGED, "characteristics.names"),
        ("flow_execution_data", "organization", CHANGED, "enabled"),
    ]


def differ_on_the_reference_api(here: t.Any, there: t.Any) -> Expected:
    """Make 25 differences as C(differ_on_the_platform) does."""
    actions = {one["name"]: one["id"] for one in there.objects()}
    purposes = {one["name"]: one["id"] for one in there.objects("privacy_purposes")}
    hooks = {one["name"]: one["id"] for one in there.objects("webhooks")}
    flows = {one["name"]: one["id"] for one in there.objects("flows")}
    here.seed([stored_action("Only here")])
    there.seed([stored_action("ONLY HERE")])
    there.edit(actions["a/b"], {"restConfig": {"url": "https://other.example.com"}})
    there.edit(actions["50 %"], {"restConfig": {"httpMethod": "POST"}})
    there.edit(actions["caf\u00e9"], {"restConfig": {"headers": {"Authorization": "Bearer s3cr3t-of-there"}}})
    there.edit(actions["on"], {"restConfig": {"headers": {"Accept": "text/plain"}}})
    there.edit(actions["007"], {"restConfig": {"bodyTemplate": "{}"}})
    mapping = {"name": "x", "source": "$.x", "type": "string"}
    there.edit(actions["#tag"], {"restConfig": {"variableMappings": [mapping]}})
    there.edit(actions["Action 3"], {"description": "Other"})
    leaf = {"value": {"type": "FIELD", "datasetId": "crm", "fieldId": "status"}, "type": "EXISTS"}
    there.edit(actions["Action 4"], {"conditions": [leaf]})
    here.seed([stored_purpose("Only here")], "privacy_purposes")
    there.seed([stored_purpose("Only there")], "privacy_purposes")
    there.edit(purposes["it's"], {"retentionPeriod": "90d"}, "privacy_purposes")
    there.edit(purposes["null"], {"legalBasis": "contract"}, "privacy_purposes")
    there.edit(purposes["~"], {"isActive": False}, "privacy_purposes")
    there.edit(purposes["Purpose 1"], {"description": "Other"}, "privacy_purposes")
    here.seed([stored_webhook("Only here")], "webhooks")
    there.delete(hooks["Hook 2"], "webhooks")
    there.edit(hooks["*"], {"enabled": True}, "webhooks")
    there.edit(hooks["?"], {"target": {"url": "https://hooks.example.com/s3cr3t-of-there"}}, "webhooks")
    there.edit(hooks["[a]"], {"events": [{"eventType": "flow.created"}]}, "webhooks")
    there.seed([stored_flow("Only there")], "flows")
    there.edit(flows["Flow 1"], {"settings": {"routing": {"maxWaitTime": 61}}}, "flows")
    there.edit(
        flows["Flow 2"], {"settings": {"configurationMatrix": {"p": {"key": "k", "value": 1}}}}, "flows"
    )
    fields = [{"name": "status", "type": "string", "maxLength": 20, "cardinalityHint": "high"}]
    fields.append({"name": "fee", "type": "number"})
    there.edit("object-2", {"fields": fields}, "customobjects")
    return [
        ("data_action", "Only here", HERE_ONLY),
        ("data_action", "ONLY HERE", THERE_ONLY),
        ("data_action", "a/b", CHANGED, "rest.url"),
        ("data_action", "50 %", CHANGED, "rest.method"),
        ("data_action", "caf\u00e9", CHANGED, "rest.headers.Authorization"),
        ("data_action", "on", CHANGED, "rest.headers.Accept"),
        ("data_action", "007", CHANGED, "rest.body"),
        ("data_action", "#tag", CHANGED, *(f"rest.variable_mappings[x].{key}" for key in mapping)),
        ("data_action", "Action 3", CHANGED, "description"),
        (
            "data_action",
            "Action 4",
            CHANGED,
            "conditions[0].type",
            *(f"conditions[0].value.{key}" for key in ("dataset_id", "field_id", "type")),
        ),
        ("privacy_purpose", "Only here", HERE_ONLY),
        ("privacy_purpose", "Only there", THERE_ONLY),
        ("privacy_purpose", "it's", CHANGED, "retention"),
        ("privacy_purpose", "null", CHANGED, "legal_basis"),
        ("privacy_purpose", "~", CHANGED, "active"),
        ("privacy_purpose", "Purpose 1", CHANGED, "description"),
        ("webhook", "Only here", HERE_ONLY),
        ("webhook", "Hook 2", HERE_ONLY),
        ("webhook", "*", CHANGED, "enabled"),
        ("webhook", "?", CHANGED, "target.url"),
        ("webhook", "[a]", CHANGED, "events[0]"),
        ("flow_settings", "Only there", THERE_ONLY),
        ("flow_settings", "Flow 1", CHANGED, "routing.max_wait_time"),
        ("flow_settings", "Flow 2", CHANGED, "configuration_matrix.p.key", "configuration_matrix.p.value"),
        ("customobject_index", "object-2", CHANGED, "field_optimizations.status.cardinality_hint"),
    ]


#: API -> seeds of two equal orgs, their differences, and options of the comparison.
APIS = {
    "platform": (seed_platform, differ_on_the_platform, {}),
    "reference": (
        seed_reference,
        differ_on_the_reference_api,
        {"ids": {"customobject_indexes": CUSTOM_OBJECTS}},
    ),
}


def found(result: dict[str, t.Any]) -> list[tuple[str, ...]]:
    """Return the differences in the form of the expected ones."""
    rows = []
    for one in result["objects"]:
        if one["plan"] == CHANGED:
            fields = leaves(one["diff"]["before"], one["diff"]["after"])
            rows.append((one["kind"], one["name"], CHANGED, *sorted(field.field for field in fields)))
        elif one["plan"] != "none":
            rows.append((one["kind"], one["name"], one["plan"]))
    return sorted(rows)


@pytest.mark.parametrize("api", APIS)
def test_exactly_the_seeded_differences_are_found(api, new_org, compared):
    seed, differ, options = APIS[api]
    here, there = new_org(api=api), new_org(api=api)
    seed(here)
    seed(there, reverse=True)
    equal = compared(here, there, **options)
    assert not equal.get("failed"), equal["msg"]
    assert (found(equal), equal["equal"]) == ([], True)
    assert len(equal["objects"]) >= 300
    expected = differ(here, there)
    result = compared(here, there, **options)
    assert not result.get("failed"), result["msg"]
    assert len(expected) >= 25
    assert found(result) == sorted((*one[:3], *sorted(one[3:])) for one in expected)
    assert "s3cr3t-of" not in str(result)
    assert here.writes() == there.writes() == []
    swapped = {HERE_ONLY: THERE_ONLY, THERE_ONLY: HERE_ONLY, CHANGED: CHANGED}
    back = [(kind, name, swapped[plan], *fields) for kind, name, plan, *fields in found(result)]
    assert found(compared(there, here, **options)) == sorted(back)
