# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orgs of both APIs with objects of every kind, as another client has made them."""

from __future__ import annotations

import typing as t

from unit.export.exported import done
from unit.org.conftest import stored_action, stored_flow, stored_purpose, stored_schema, stored_webhook
from unit.platform.data_schemas import PROPERTIES, core
from unit.platform.data_tables import COLUMNS, schema_of
from unit.platform.retention_policies import FULL, seed_names
from unit.platform.stored import TYPE
from unit.platform.triggers import START, seed_trigger, seed_workflow

Wire = dict[str, t.Any]

TEMPLATE = '{\r\n  "id": "${input.id}",\n#if($x)  \n\t{{ y }} {% z %} {# c #}\n#end\n}\n\n'
HEADERS = {"Accept": "application/json", "X-Name": "{{ name }}"}
#: The variable of the secrets of the credential Löwe.
CREDENTIAL = "vault_integration_credential_l_we_fields_ce8c8b"
LOGIN = {"userName": "us3r-of-crm", "password": "pa55-of-crm"}


def fill_reference(org: t.Any) -> dict[str, t.Any]:
    """Store objects of every kind of the reference API. Return the values of their secrets."""
    org.simulator.rebuild(org.key, duration=0.01)
    plain = stored_action("on", description="null")
    rest = {**plain["restConfig"], "httpMethod": "POST", "bodyTemplate": TEMPLATE}
    rest["headers"] = {**HEADERS, "Authorization": "Bearer s3cr3t-of-action"}
    rest["url"] = "https://crm.example.com/${id}?api_key=s3cr3t-of-url-1"
    rest["variableMappings"] = [
        {"name": "b", "source": "$.b", "type": "string", "default": "1_000"},
        {"name": "a", "source": "$.a", "type": "integer"},
    ]
    values = [{"type": "DATASET", "datasetId": dataset, "fieldId": "x"} for dataset in ("crm", "orders")]
    leaves = [{"type": "EQUALS", "value": value, "expression": "on"} for value in values]
    tree = {"type": "AND", "children": leaves}
    org.seed(
        [{**plain, "restConfig": rest, "conditions": [tree]}, stored_action("a/b: {{ c }}", description="")]
    )
    purpose = stored_purpose("Zweck äöü", retentionPeriod="400d", isActive=False, diversionIds=["z", "a"])
    org.seed([purpose, stored_purpose("1_000")], "privacy_purposes")
    index = {"name": "by_status", "fields": ["status", "fee"], "order": ["asc", "desc"]}
    schema = stored_schema("object-0")
    schema["fields"][0]["cardinalityHint"] = "high"
    org.seed([{**schema, "indexes": [index]}, stored_schema("object-1")], "customobjects")
    flow = stored_flow("Flow 0")
    flow["settings"]["configurationMatrix"] = {
        "b": {"key": "k", "value": "{{ v }}"},
        "a": {"key": "k", "value": "on"},
    }
    flow["settings"]["scopeDirectives"] = {"applyTo": ["queue", "user"], "enforceHierarchy": False}
    org.seed([flow, stored_flow("~")], "flows")
    url = "https://hooks.example.com/services/T0K3nWithManyChars4Webhook"
    headers = {"X-Api-Key": "s3cr3t-of-webhook", "X-Region": "emea"}
    org.seed([stored_webhook("Feed", target={"url": url, "headers": headers})], "webhooks")
    return {
        "vault_data_action_on_rest_url": rest["url"],
        "vault_data_action_on_rest_headers_authorization": "Bearer s3cr3t-of-action",
        "vault_webhook_feed_target_url": url,
        "vault_webhook_feed_target_headers_x_api_key": "s3cr3t-of-webhook",
    }


def stored_platform_action(name: str, integration_id: str, **more: t.Any) -> Wire:
    inputs = {"type": "object", "properties": {"id": {"type": "string", "title": "{{ t }}"}}, "required": []}
    return {
        "name": name,
        "category": "C",
        "integrationId": integration_id,
        "secure": True,
        "contract": {
            "input": {"inputSchema": inputs},
            "output": {"successSchema": {"type": "object", "properties": {"tier": {"type": "string"}}}},
        },
        "config": {
            "request": {
                "requestUrlTemplate": "https://crm.example.com/c/${input.id}",
                "requestType": "POST",
                "requestTemplate": TEMPLATE,
                "headers": {**HEADERS, "Authorization": "Bearer s3cr3t-of-action"},
            },
            "response": {
                "translationMap": {"tier": "$.tier"},
                "translationMapDefaults": {"tier": '"none"'},
                "successTemplate": '{"tier": ${tier}}',
            },
            "timeoutSeconds": 7,
        },
        **more,
    }


def seed_named(org: t.Any) -> str:
    """Store the objects that others name and no role creates. Return the id of the workflow."""
    org.seed([{"id": "flow-1", "name": "on", "type": "INBOUNDCALL"}], "flows")
    org.delete(seed_names(org)["integration"], "integrations")
    return seed_workflow(org, "1_000")


def fill_schemas(org: t.Any) -> None:
    """Store a schema of each type: one with a field of every core type, one that is disabled."""
    dialect = "http://json-schema.org/draft-04/schema#"

    def schema(properties: Wire, **more: t.Any) -> Wire:
        return {"$schema": dialect, "title": "Claims", "properties": properties, **more}

    every = {"z": core("text", description="", title="z"), **PROPERTIES}
    org.seed([{"name": "Claims", "jsonSchema": schema(every, description="{{ d }}")}], "workitem_schemas")
    org.seed([{"name": "Claims", "jsonSchema": schema({}), "enabled": False}], "contact_schemas")
    org.seed([{"name": "null", "jsonSchema": schema({"on": core("date")})}], "organization_schemas")


def fill_triggers(org: t.Any, workflow: str) -> None:
    """Store a trigger with criteria in any order, and one that is off."""
    seed_trigger(org, workflow)
    odd = [{"jsonPath": "{{ p }}", "operator": "In", "values": [True, "on", 1, "1"]}]
    timing = {"delayBySeconds": None, "eventTTLSeconds": 10}
    target = {"type": "Workflow", "id": workflow, "workflowTargetSettings": {"dataFormat": "Json"}}
    more = {"topicName": START, "enabled": False, "target": target, "matchCriteria": odd, **timing}
    seed_trigger(org, workflow, name="~", description="null", **more)


def fill_retention(org: t.Any) -> None:
    """Store policies, one with every option, and the retention of analytics data."""
    org.seed([{"name": "S3", "integrationType": {"id": "custom-rest-actions"}}], "integrations")
    done("media_retention_policy", org, **FULL)
    ids = {one["name"]: one["id"] for kind in ("queues", "users") for one in org.objects(kind)}
    conditions = {
        "forQueues": [{"id": ids[name]} for name in ("Service", "Sales")],
        "directions": ["OUTBOUND", "INBOUND"],
        "forUsers": [{"id": ids["Carl"]}, {"id": ids["Anna"]}],
    }
    policy = {"name": "~", "order": 7, "description": "{{ d }}", "conditions": conditions}
    org.seed([policy], "retention_policies")
    done("analytics_retention", org, retention_days=1000, confirm=True)
    org.clear_log()


def fill_platform(org: t.Any) -> dict[str, t.Any]:
    """Store objects of every kind of the platform API. Return the values of their secrets."""
    login = {"name": "Löwe", "type": {"id": "basicAuth"}, "credentialFields": LOGIN}
    (credential,) = org.seed([login], "credentials")
    current = {
        "notes": "on",
        "properties": {"host": "{{ h }}", "list": [1, None]},
        "advanced": {"b": {"c": None}},
        "credentials": {"basicAuth": {"id": credential["id"]}},
    }
    crm = {"name": "CRM", "integrationType": {"id": TYPE}, "config": {"current": current}}
    (first, second) = org.seed(
        [
            {**crm, "intendedState": "ENABLED"},
            {"name": "CRM", "integrationType": {"id": "purecloud-data-actions"}},
        ],
        "integrations",
    )
    minimal = stored_platform_action("Find", second["id"], secure=False)
    minimal["config"] = {"request": {"requestUrlTemplate": "https://x.example.com", "requestType": "GET"}}
    org.seed([stored_platform_action("Find", first["id"]), minimal], "actions")
    columns = [*COLUMNS, {"name": "null", "type": "string", "title": "null"}]
    (table,) = org.seed([{"name": "Prices", "schema": schema_of(columns)}], "data_tables")
    rows = [
        {"key": "1", "text": "{{ x }}", "count": 7, "price": 0.5, "sold": True},
        {"key": "on", "text": "", "count": 0, "price": 12345678901234.5, "sold": False, "null": "~"},
    ]
    org.seed([{"tableId": table["id"], "row": row} for row in rows], "data_table_rows")
    rule = {"name": "Rule", "definition": "[0-9]{4}", "integrations": ["b", "a"], "enabled": False}
    org.seed([rule], "masking_rules")
    workflow = seed_named(org)
    level = {"level": "Notes", "characteristics": {"names": True}}
    org.seed([{"id": "flow-1", "logLevelCharacteristics": level}], "flow_log_levels")
    fill_schemas(org)
    fill_triggers(org, workflow)
    fill_retention(org)
    field = "definition_config_request_headers_authorization"
    header = f"vault_data_action_find_crm_custom_rest_actions_{field}"
    return {CREDENTIAL: LOGIN, header: "Bearer s3cr3t-of-action"}
