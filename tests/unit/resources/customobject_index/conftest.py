# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A custom object with fields of other tools, and runners of genesys_customobject_index."""

from __future__ import annotations

import typing as t

import pytest

from unit.module_runner import run_module

SCHEMAS = "/api/v2/data-gateway/customobjects/schemas"
SCHEMA_PATH = f"{SCHEMAS}/ticket"
QUERIES = "/api/v2/data-gateway/customobjects/queries"
BY_STATUS: dict[str, t.Any] = {"name": "by_status", "fields": ["status", "priority"]}
BY_PRIORITY: dict[str, t.Any] = {"name": "by_priority", "fields": ["priority"], "order": "desc"}
SCHEMA: dict[str, t.Any] = {
    "id": "ticket",
    "name": "Ticket",
    "description": "Cases of customers",
    "fields": [
        {"name": "status", "type": "string", "maxLength": 20, "cardinalityHint": "low"},
        {"name": "priority", "type": "number"},
        {"name": "customer", "type": "string", "maxLength": 1000, "cardinalityHint": "high"},
        {"name": "created", "type": "date"},
        {"name": "urgent", "type": "boolean"},
        {"name": "payload", "type": "json"},
        {"name": "body", "type": "string", "maxLength": 1001},
        {"name": "agent", "type": "reference", "referenceTo": "agent"},
        {"name": "loose", "type": "reference"},
    ],
    "indexes": [{**BY_STATUS, "order": "asc"}],
    "customFields": [{"key": "kept"}],
    "retentionClass": "kept, and unknown to us",
    "schemaVersion": 7,
}


def record(number: int, **values: t.Any) -> dict[str, t.Any]:
    """Return a stored record that queries can match."""
    return {"id": f"r{number}", "customObjectId": "ticket", "values": values}


@pytest.fixture
def ticket(org) -> dict[str, t.Any]:
    """Seed the schema; its rebuilds are visible after 0.2 s unless the test sets another duration."""
    return org.seed([SCHEMA], "customobjects")[0]


@pytest.fixture
def schema(org):
    """Return a function that returns the schema as stored, even during a rebuild."""
    return lambda: org.objects("customobjects")[0]


@pytest.fixture
def index(org):
    """Return a runner of the module: index(indexes=[...]), index(check_mode=True, ...)."""

    def run(*, check_mode: bool = False, **options: t.Any) -> dict[str, t.Any]:
        arguments = {**org.connection, "custom_object_id": "ticket", **options}
        return run_module("genesys_customobject_index", arguments, check_mode=check_mode)

    return run


def names(result: dict[str, t.Any]) -> list[str]:
    """Return the names of the indexes in a result's record."""
    return [entry["name"] for entry in result["record"]["indexes"]]


@pytest.fixture
def run_on():
    """Return a runner of the module that first seeds the schema in an org: run_on(org, indexes=[...])."""

    def run(org: t.Any, **options: t.Any) -> dict[str, t.Any]:
        org.seed([SCHEMA], "customobjects")
        arguments = {**org.connection, "custom_object_id": "ticket", **options}
        return run_module("genesys_customobject_index", arguments)

    return run
