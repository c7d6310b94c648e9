# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of the tasks of C(answer_scenarios.py)."""

from __future__ import annotations

import typing as t

REST = {
    "url": "https://crm.example.com/find?key=k3y-0815-4711",
    "method": "POST",
    "headers": {"Authorization": "Bearer s3cr3t-0001", "X-Region": "emea"},
    "body": '{"q": "${query}"}',
    "variable_mappings": [{"name": "code", "source": "$.code", "type": "string", "default": "7"}],
}
ACTION = {"name": "A", "description": "One", "rest": REST, "conditions": ['crm.status == "active"']}
PURPOSE = {
    "name": "P", "description": "One", "retention": "180d", "legal_basis": "consent",
    "diversion_ids": ["d-1"],
}  # fmt: skip
WEBHOOK = {
    "name": "W",
    "enabled": False,
    "events": ["flow.updated"],
    "target": {"url": "https://hooks.example.com/in", "headers": {"X-Token": "s3cr3t-0002"}},
}
FLOW = {
    "name": "F",
    "routing": {"max_wait_time": 90, "scope": {"type": "queue", "id": "q-1"}},
    "configuration_matrix": {"priority": {"key": "p", "value": {"deep": [1]}}},
    "scope_directives": {"apply_to": ["queue"], "enforce_hierarchy": True},
}
INDEXES = {
    "custom_object_id": "ticket",
    "indexes": [{"name": "by_status", "fields": ["status", "fee"], "order": ["asc", "desc"]}],
    "field_optimizations": {"status": {"cardinality_hint": "low"}},
    "wait_timeout": 20,
    "verify_query": {"field": "status", "value": "open"},
}
INTEGRATION = {
    "name": "I",
    "type": "custom-rest-actions",
    "intended_state": "ENABLED",
    "notes": "n",
    "properties": {"p": {"deep": [1]}},
    "advanced": {"a": 1},
    "credentials": {"basicAuth": "L"},
    "list_lag": 0,
}
LOGIN = {
    "name": "L",
    "type": "basicAuth",
    "fields": {"userName": "us3r-0815", "password": "pa55-0815"},
    "update_secret": "always",
    "list_lag": 0,
}


SCHEMA: dict[str, t.Any] = {"name": "S", "type": "workitem", "fields": [{"name": "n", "type": "number"}]}
RULE: dict[str, t.Any] = {
    "name": "R",
    "definition": "[0-9]{8}",
    "channels": ["webmessaging"],
    "sample_text": "My number is 12345678",
    "list_lag": 0,
}
PLATFORM_ACTION: dict[str, t.Any] = {
    "name": "A",
    "integration": "I",
    "category": "New",
    "definition": {
        "contract": {
            "input": {"inputSchema": {"type": "object", "properties": {"id": {"type": "string"}}}},
            "output": {"successSchema": {"type": "object", "properties": {"new": {"type": "string"}}}},
        },
        "config": {
            "request": {"requestUrlTemplate": "https://x.example.com/${input.id}", "requestType": "GET"},
            "response": {"translationMap": {"new": "$.new"}, "successTemplate": '{"new": ${new}}'},
        },
    },
    "list_lag": 0,
}
