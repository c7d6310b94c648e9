# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks of the test that both lanes give the same results, and the objects that they need."""

from __future__ import annotations

import typing as t

ACTIONS = "/api/v2/architect/data-actions"
SCHEMA = {
    "id": "order",
    "name": "Order",
    "fields": [{"name": "state", "type": "string", "maxLength": 20}, {"name": "number", "type": "number"}],
    "indexes": [{"name": "by_state", "fields": ["state"], "order": "asc"}],
    "schemaVersion": 3,
}
FLOW = {
    "name": "Primary",
    "version": 4,
    "settings": {"routing": {"type": "longestAvailable", "maxWaitTime": 600}},
    "modifiedDate": "2026-01-01T00:00:00.000Z",
}
REST = {
    "url": "https://crm.example.com/customers/${id}",
    "method": "GET",
    "headers": {"Authorization": "Bearer header-s3cr3t", "Accept": "application/json"},
}
PLAIN = {"url": "https://crm.example.com", "method": "GET"}
HOOK = {"url": "https://x.example.com/?sig=query-s3cr3t", "headers": {"Authorization": "hook-s3cr3t"}}
TIER = {"name": "tier", "source": "$.tier", "type": "string"}
SECRETS = ("header-s3cr3t", "0ther-s3cr3t", "vault-s3cr3t", "hook-s3cr3t", "query-s3cr3t", "client-secret")
SECRETS += ("us3r-s3cr3t", "pa55-s3cr3t")

#: The connection to the host's org of the platform API.
PLATFORM = {
    option: f"{{{{ platform.{option} }}}}"
    for option in ("base_url", "client_id", "client_secret", "organization", "api_profile")
}
LOGIN = {"name": "L", "type": "basicAuth", "fields": {"userName": "us3r-s3cr3t", "password": "pa55-s3cr3t"}}
CRM = {"name": "CRM", "type": "custom-rest-actions"}
#: The flow of each org of the platform API.
FLOW_ID = "6f1c2b9e-0d0a-4b3e-9f3c-6d1c8f5e7a10"
FOR_Q = {"for_queues": ["Q"]}
QUEUE_ID = "0b1a7f5d-52a6-4b9e-8a57-5f8f0b6f2d11"
WORKFLOW: dict[str, t.Any] = {
    "id": "0f7d3a52-73a6-4b0e-8a0e-0f7a5f1f8f11",
    "name": "Survey",
    "type": "WORKFLOW",
}
WORKFLOW |= {"publishedVersion": {"id": "1.0"}}
CRITERIA = [{"json_path": "b", "operator": "In", "values": [1, "1", True, 1.5]}]
START = {"name": "T", "topic_name": "v2.topic", "workflow": "Survey", "match_criteria": CRITERIA}
DEFINITION = {
    "contract": {
        "input": {"inputSchema": {"type": "object", "properties": {"id": {"type": "string"}}}},
        "output": {"successSchema": {"type": "object", "properties": {"tier": {"type": "string"}}}},
    },
    "config": {
        "request": {
            "requestUrlTemplate": "https://crm.example.com/c/${input.id}",
            "requestType": "GET",
            "headers": {"Authorization": "header-s3cr3t"},
        },
        "response": {"translationMap": {"tier": "$.tier"}, "successTemplate": '{"tier": ${tier}}'},
    },
}
FIND = {"name": "Find", "integration": "CRM", "category": "C", "definition": DEFINITION}
TABLE = {
    "name": "Prices",
    "columns": [{"name": "price", "type": "number"}, {"name": "count", "type": "integer", "default": 1}],
}

Tasks = dict[str, tuple[str, dict[str, t.Any], dict[str, t.Any]]]

#: Expected status -> task name -> (module, arguments, keywords of the task).
TASKS: dict[str, Tasks] = {
    "changed": {
        "Create": ("data_action", {"name": "A", "description": "first", "rest": REST}, {}),
        "Plan": ("data_action", {"name": "A", "description": "2nd"}, {"check_mode": True, "diff": True}),
        "New secret": (
            "data_action",
            {"name": "A", "rest": {"headers": {"Authorization": "0ther-s3cr3t"}}},
            {"diff": True},
        ),
        "Vaulted": ("data_action", {"name": "A", "rest": {"headers": {"Cookie": "{{ vaulted }}"}}}, {}),
        "No diff": ("data_action", {"name": "A", "description": "third"}, {"diff": False}),
        "Null resets": ("data_action", {"name": "A", "description": None}, {"diff": True}),
        "Templated": ("data_action", {"name": "A{{ 7 }}", "description": "{{ 7 }}", "rest": PLAIN}, {}),
        "Unsafe": ("data_action", {"name": "A", "description": "{{ untrusted }}"}, {"diff": True}),
        "Date": ("data_action", {"name": "A", "description": "{{ '2026' | to_datetime('%Y') }}"}, {}),
        "Body": (
            "data_action",
            {"name": "A", "rest": {"method": "POST", "body": "{{ [1, none, 'ü'] | to_json }}"}},
            {"diff": True},
        ),
        "Warns": ("data_action", {"name": "W", "rest": {**PLAIN, "url": "http://crm.example.com"}}, {}),
        "Hidden": ("data_action", {"name": "A", "description": "hidden"}, {"no_log": True}),
        "Loop": ("data_action", {"name": "{{ item }}", "rest": PLAIN}, {"loop": ["L1", "L2"]}),
        "Delegated": ("data_action", {"name": "A", "state": "absent"}, {"delegate_to": "localhost"}),
        "Relative path": ("data_action", {"name": "W", "ca_path": "ca.pem", "state": "absent"}, {}),
        "Index": (
            "customobject_index",
            {"custom_object_id": "order", "indexes": [{"name": "by_number", "fields": ["number"]}]},
            {"diff": True},
        ),
        "Settings": ("flow_settings", {"name": "Primary", "routing": {"max_wait_time": 30}}, {"diff": True}),
        "Purpose": (
            "privacy_purpose",
            {"name": "P", "description": "d", "retention": "30d", "legal_basis": "consent"},
            {"diff": True},
        ),
        "Hook": ("webhook", {"name": "H", "events": ["flow.updated"], "target": HOOK}, {"diff": True}),
        "Login": ("integration_credential", {**LOGIN, **PLATFORM}, {"diff": True}),
        "Integration": (
            "integration",
            {**CRM, **PLATFORM, "credentials": {"basicAuth": "L"}, "intended_state": "ENABLED"},
            {"diff": True},
        ),
        "Table": (
            "data_table",
            {**PLATFORM, **TABLE, "rows": [{"key": 1, "price": "0.12345678901234567890", "count": 2**70}]},
            {"diff": True},
        ),
        "Fields": (
            "data_schema",
            {
                **PLATFORM,
                "name": "Claims",
                "type": "workitem",
                "enabled": False,
                "fields": [
                    {"name": "amount", "type": "number", "minimum": "0.5"},
                    {"name": "tier", "type": "enum", "options": [{"name": "gold"}]},
                ],
            },
            {"diff": True},
        ),
        "Level": (
            "flow_log_level",
            {**PLATFORM, "name": "Main", "type": "inboundcall", "level": "Notes"},
            {"diff": True},
        ),
        "Execution data": ("flow_execution_data", {**PLATFORM, "enabled": True}, {"diff": True}),
        "Rule": (
            "masking_rule",
            {**PLATFORM, "name": "R", "definition": "[0-9]{8}", "sample_text": "12345678"},
            {"diff": True},
        ),
        "Retention": ("analytics_retention", {**PLATFORM, "retention_days": 400, "confirm": True}, {}),
        "Policy": (
            "media_retention_policy",
            {**PLATFORM, "name": "P", "conditions": FOR_Q},
            {"diff": True},
        ),
        "Trigger": ("trigger", {**PLATFORM, **START}, {"diff": True}),
        "Action of the platform": ("data_action", {**FIND, **PLATFORM, "description": "d"}, {"diff": True}),
        "New timeout": (
            "data_action",
            {"name": "Find", "integration": "CRM", "timeout_seconds": 9, **PLATFORM},
            {"diff": True},
        ),
        "Org of the platform": (
            "org_config",
            {
                **PLATFORM,
                "config": {
                    "integration_credentials": [{**LOGIN, "name": "M"}],
                    "integrations": [{**CRM, "name": "N", "credentials": {"basicAuth": "M"}}],
                    "data_actions": [{**FIND, "integration": "N"}],
                },
            },
            {"diff": True},
        ),
        "Org": (
            "org_config",
            {
                "config": {
                    "privacy_purposes": [{"name": "P", "retention": "60d"}],
                    "data_actions": [{"name": "O", "rest": REST}],
                }
            },
            {"diff": True},
        ),
    },
    "ok": {
        "Omit": (
            "data_action",
            {"name": "L1", "description": "{{ omit }}", "rest": {"body": "{{ omit }}"}},
            {},
        ),
        "Offline": (
            "data_action",
            {
                "state": "validated",
                "name": "S",
                "rest": {**REST, "variable_mappings": [TIER], "sample_response": {"tier": "gold"}},
            },
            {},
        ),
        "Until": (
            "data_action",
            {"name": "L1", "description": "{{ turn.attempts | default(1) }}"},
            {"register": "turn", "until": "turn is not changed", "retries": 1, "delay": 0},
        ),
        "Schema": ("customobject_info", {"custom_object_id": "order"}, {}),
        "Flow": ("flow_info", {"name": "Primary"}, {}),
        "Purposes": ("privacy_purpose_info", {"name": "P"}, {}),
        "Hooks": ("webhook_info", {}, {}),
        "Logins": ("integration_credential_info", {**PLATFORM}, {}),
        "Integrations": ("integration_info", {**PLATFORM, "type": CRM["type"]}, {}),
        "Stored data": ("flow_execution_data_info", {**PLATFORM}, {}),
        "Rules": ("masking_rule_info", {**PLATFORM, "name_pattern": "*"}, {}),
        "Days": ("analytics_retention_info", {**PLATFORM}, {}),
        "Policies": ("media_retention_policy_info", {**PLATFORM}, {}),
        "Triggers": ("trigger_info", {**PLATFORM, "name": "T"}, {}),
        "Levels": ("flow_log_level_info", {**PLATFORM, "type": "inboundcall"}, {}),
        "Flows of the platform": ("flow_info", {**PLATFORM, "type": "INBOUNDCALL"}, {}),
        "Tables": ("data_table_info", {**PLATFORM, "rows": True}, {}),
        "Schemas": ("data_schema_info", {**PLATFORM, "type": "workitem"}, {}),
        "Actions": ("data_action_info", {"name_pattern": "L*"}, {}),
        "Actions of the platform": ("data_action_info", {"integration": "CRM", **PLATFORM}, {}),
        "Audit": ("audit_info", {"event_type": "flow.updated", "wait_for": 1, "wait_timeout": 20}, {}),
    },
    "failed": {
        "All errors": (
            "data_action",
            {
                "name": 3,
                "nmae": "A",
                "retries": "many",
                "rest": {"method": "GOT", "url": {}, "headers": {"X-Api-Key": "0ther-s3cr3t"}, "header": {}},
                "conditions": ["a ==", {"type": "OR"}],
                "timeout": -1,
            },
            {},
        ),
        "No options": ("data_action", {"base_url": None, "client_id": None, "client_secret": None}, {}),
        "Hidden failure": ("data_action", {"name": "A", "nmae": "A"}, {"no_log": True}),
        "Wrong org": ("data_action", {"name": "A", "organization": "Somebody else"}, {}),
        "No dataset": ("data_action", {"name": "D", "rest": REST, "dataset_dependencies": ["nowhere"]}, {}),
        "Server error": ("data_action", {"id": "broken", "retries": 0}, {}),
        "Nobody answers": ("data_action", {"name": "A", "base_url": "http://127.0.0.1:9", "retries": 0}, {}),
        "Too slow": ("data_action", {"id": "slow"}, {"timeout": 1}),
        "No index": (
            "customobject_index",
            {"custom_object_id": "order", "indexes": [{"name": "x", "fields": ["nothing"]}]},
            {},
        ),
        "No flow": ("flow_settings", {"name": "Secondary", "routing": {"max_wait_time": 30}}, {}),
        "No kind": ("webhook", {"name": "H", **PLATFORM}, {}),
        "No integration": ("data_action", {**FIND, **PLATFORM, "integration": "nowhere"}, {}),
        "No conditions": ("data_action", {**FIND, **PLATFORM, "conditions": ["crm.a == 1"]}, {}),
        "Ambiguous comparison": ("org_diff", {"other": PLATFORM}, {"diff": True}),
        "Promotion from nowhere": ("org_promote", {"source": {}, "kinds": ["webhook"]}, {}),
        "Too much": ("audit_info", {"wait_for": 0}, {}),
        "Bad org": (
            "org_config",
            {
                "config": {
                    "privacy_purposes": [{"name": "P", "retention": "soon"}],
                    "data_actions": [{"nmae": "O"}],
                }
            },
            {},
        ),
    },
}
