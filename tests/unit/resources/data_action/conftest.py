# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A data action as tests declare it and as another tool stored it."""

from __future__ import annotations

import typing as t

import pytest

from unit.module_runner import run_module

REST: dict[str, t.Any] = {
    "url": "https://crm.example.com/v1/customers/${customer_id}",
    "method": "GET",
    "headers": {"Accept": "application/json", "Authorization": "Bearer crm-s3cr3t-token"},
    "variable_mappings": [
        {"name": "Language", "source": "$.preferences.language", "type": "string", "default": "en-US"},
        {"name": "Balance", "source": "$.account_balance", "type": "number"},
    ],
}
ACTION: dict[str, t.Any] = {
    "name": "Get Customer",
    "description": "Profile of a customer",
    "rest": REST,
    "conditions": ['crm.status == "active" and crm.priority > 5'],
}
STORED: dict[str, t.Any] = {
    "name": "Get Customer",
    "type": "rest",
    "description": "Profile of a customer",
    "restConfig": {
        "url": "https://crm.example.com/v1/customers/${customer_id}",
        "httpMethod": "GET",
        "headers": {"Accept": "application/json", "Authorization": "Bearer crm-s3cr3t-token"},
        "bodyTemplate": "kept",
        "variableMappings": [],
    },
    "conditions": [],
}


@pytest.fixture
def action(org):
    """Return a runner of genesys_data_action: action(name="A", ...) or action(check_mode=True, ...)."""

    def run(
        *, check_mode: bool = False, environ: dict[str, str] | None = None, **options: t.Any
    ) -> dict[str, t.Any]:
        arguments = {**org.connection, **options}
        return run_module("genesys_data_action", arguments, check_mode=check_mode, environ=environ)

    return run
