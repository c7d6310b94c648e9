# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects of an org of the platform API, as another client has made them."""

from __future__ import annotations

import typing as t

Stored = dict[str, t.Any]
TYPE = "custom-rest-actions"


def seed_credential(org: t.Any, name: str, kind: str = "basicAuth") -> str:
    """Store a credential, and return its id."""
    fields = {"userName": "us3r-of-crm", "password": "pa55-of-crm"}
    (stored,) = org.seed([{"name": name, "type": {"id": kind}, "credentialFields": fields}], "credentials")
    return str(stored["id"])


def seed_integration(org: t.Any, name: str, **current: t.Any) -> str:
    """Store an integration with a configuration, and return its id."""
    given = {"name": name, "integrationType": {"id": TYPE}, "config": {"current": current}}
    (stored,) = org.seed([given], "integrations")
    return str(stored["id"])


def seed_action(org: t.Any, name: str, integration_id: str) -> Stored:
    """Store a data action of an integration."""
    schema: Stored = {"type": "object", "properties": {}}
    action = {
        "name": name,
        "category": "c",
        "integrationId": integration_id,
        "contract": {"input": {"inputSchema": schema}, "output": {"successSchema": schema}},
        "config": {"request": {"requestUrlTemplate": "https://crm.example.com", "requestType": "GET"}},
    }
    (stored,) = org.seed([action], "actions")
    return t.cast("Stored", stored)
