# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports of Terraform configurations through the real module."""

from __future__ import annotations

import json
import pathlib
import typing as t

from unit.module_runner import run_module

Options = dict[str, t.Any]
VARIABLES = "variables"

CREDENTIAL = {"name": "Login", "credential_type_name": "basicAuth", "fields": "${var.login}"}
INTEGRATION = {
    "integration_type": "custom-rest-actions",
    "intended_state": "ENABLED",
    "config": [{"name": "CRM", "credentials": {"basicAuth": "${genesyscloud_integration_credential.L.id}"}}],
}
ACTION = {
    "name": "Find",
    "category": "C",
    "integration_id": "${genesyscloud_integration.CRM.id}",
    "contract_input": '{"properties":{"id":{"type":"string"}},"type":"object"}',
    "contract_output": '{"properties":{},"type":"object"}',
    "config_request": [
        {"request_url_template": "https://crm.example.com/$${input.id}", "request_type": "GET"}
    ],
}


def configuration(**changes: dict[str, t.Any]) -> Options:
    """Return an integration with a credential and a data action. C(changes) replace their attributes."""
    return {
        "resource": {
            "genesyscloud_integration_credential": {"L": {**CREDENTIAL, **changes.get("credential", {})}},
            "genesyscloud_integration": {"CRM": {**INTEGRATION, **changes.get("integration", {})}},
            "genesyscloud_integration_action": {"Find": {**ACTION, **changes.get("action", {})}},
        },
        "variable": {"login": {"sensitive": True, "type": "map(string)"}},
    }


def import_tree(folder: pathlib.Path, tree: t.Any, *, check_mode: bool = False, **options: t.Any) -> Options:
    """Return the result of the module for a configuration, a value or its text."""
    file = folder / "genesyscloud.tf.json"
    file.write_text(tree if isinstance(tree, str) else json.dumps(tree, indent=2), "utf-8")
    given = {"src": [str(file)], "path": str(folder / VARIABLES), **options}
    return run_module("genesys_from_terraform", given, check_mode=check_mode)


def imported(folder: pathlib.Path, tree: t.Any, **options: t.Any) -> dict[str, str]:
    """Return the texts of the files of a successful import by their names."""
    result = import_tree(folder, tree, **options)
    assert not result.get("failed"), result["msg"]
    return {path.name: path.read_text("utf-8") for path in (folder / VARIABLES).iterdir()}


def problems(folder: pathlib.Path, tree: t.Any, **options: t.Any) -> list[str]:
    """Return the problems of an import, which has written nothing."""
    result = import_tree(folder, tree, **options)
    assert result.get("failed"), result
    assert not (folder / VARIABLES).exists()
    return t.cast("list[str]", result["problems"])
