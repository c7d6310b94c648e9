# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects of the platform API that its tests begin with."""

from __future__ import annotations

import copy
import typing as t

import httpx
import pytest

Wire = dict[str, t.Any]

INTEGRATIONS = "/api/v2/integrations"
CREDENTIALS = "/api/v2/integrations/credentials"
ACTIONS = "/api/v2/integrations/actions"

TABLES = "/api/v2/flows/datatables"

TABLE: Wire = {
    "name": "Prices",
    "description": "d",
    "schema": {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "required": ["key"],
        "additionalProperties": False,
        "properties": {
            "key": {"$id": "/properties/key", "type": "string", "title": "SKU", "displayOrder": 0},
            "text": {"$id": "/properties/text", "type": "string", "title": "Text", "displayOrder": 1},
            "count": {"type": "integer", "title": "Count", "displayOrder": 2, "default": 7},
            "price": {"type": "number", "title": "Price", "displayOrder": 3},
            "sold": {"type": "boolean", "title": "Sold", "displayOrder": 4},
        },
    },
}

ACTION: Wire = {
    "name": "Find customer",
    "category": "CRM",
    "secure": False,
    "config": {
        "timeoutSeconds": 10,
        "request": {
            "requestUrlTemplate": "https://crm.example.com/c/${input.id}",
            "requestType": "POST",
            "headers": {"Accept": "application/json"},
            "requestTemplate": '{"id": "${input.id}"}',
        },
        "response": {
            "translationMap": {"tier": "$.tier"},
            "translationMapDefaults": {"tier": '"none"'},
            "successTemplate": '{"tier": ${tier}}',
        },
    },
    "contract": {
        "input": {
            "inputSchema": {
                "$schema": "http://json-schema.org/draft-04/schema#",
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string"}, "limit": {"type": "integer"}},
            }
        },
        "output": {"successSchema": {"type": "object", "properties": {"tier": {"type": "string"}}}},
    },
}


@pytest.fixture
def new_integration(platform: httpx.Client) -> t.Callable[..., str]:
    """Return a factory: C(new_integration(type, credentials={slot: id})) creates one and returns its id."""

    def create(type_id: str = "custom-rest-actions", **config: t.Any) -> str:
        body = {"integrationType": {"id": type_id}}
        created = platform.post(INTEGRATIONS, json=body)
        assert created.status_code == 200, created.text
        path = f"{INTEGRATIONS}/{created.json()['id']}/config/current"
        if config:
            current = platform.get(path).json()
            replaced = platform.put(path, json={**current, **config})
            assert replaced.status_code == 200, replaced.text
        return str(created.json()["id"])

    return create


@pytest.fixture
def new_credential(platform: httpx.Client) -> t.Callable[..., str]:
    """Return a factory: C(new_credential(type, userName=...)) creates one and returns its id."""

    def create(type_name: str = "basicAuth", **fields: str) -> str:
        given = fields or {"userName": "u", "password": "secret-1"}
        body = {"name": "crm", "type": {"name": type_name}, "credentialFields": given}
        created = platform.post(CREDENTIALS, json=body)
        assert created.status_code == 200, created.text
        return str(created.json()["id"])

    return create


@pytest.fixture
def action_body(new_integration: t.Callable[..., str]) -> Wire:
    """Return the body of a new data action in a new integration."""
    return {**copy.deepcopy(ACTION), "integrationId": new_integration()}


@pytest.fixture
def action(platform: httpx.Client, action_body: Wire) -> str:
    """Return the path of a new data action."""
    created = platform.post(ACTIONS, json=action_body)
    assert created.status_code == 200, created.text
    return f"{ACTIONS}/{created.json()['id']}"


@pytest.fixture
def table(platform: httpx.Client) -> str:
    """Return the path of a new data table."""
    created = platform.post(TABLES, json=TABLE)
    assert created.status_code == 200, created.text
    return f"{TABLES}/{created.json()['id']}"
