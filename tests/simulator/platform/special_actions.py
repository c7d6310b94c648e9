# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data actions that no client creates: built-in ones, and the authentication actions of OAuth credentials."""

from __future__ import annotations

from ..orgs import Org
from ..store import Stored, Wire
from . import credential_info, integrations
from .action_bodies import completed_config

STATIC = "static"
AUTHENTICATION = "customAuth_-_"

#: The names of the built-in actions of each integration of a type; every integration has its own copies.
BUILT_IN = {"purecloud-data-actions": ("Get User Presence", "Get Wrap-up Codes")}


def built_in(org: Org) -> list[Stored]:
    """Return the built-in actions of every integration."""
    return [
        Stored(_built_in(integration, number, name), None, 0)
        for integration in org[integrations.KIND].all()
        for number, name in enumerate(BUILT_IN.get(integration.wire["integrationType"]["id"], ()), 1)
    ]


def _built_in(integration: Stored, number: int, name: str) -> Wire:
    return {
        "id": f"{STATIC}_-_{number}_-_{integration.id}",
        "name": name,
        "integrationId": integration.id,
        "category": integrations.name_of(integration),
        "version": 1,
        "secure": False,
        "contract": _contract({"id": {"type": "string"}}),
        "config": _config("https://api.example.com/${input.id}", "GET"),
    }


def authentication(org: Org) -> list[Stored]:
    """Return the authentication actions in their first state, one for each integration that has one."""
    return [
        Stored(_authentication(integration), None, 0)
        for integration in org[integrations.KIND].all()
        if _signs_in_by_itself(org, integration)
    ]


def _signs_in_by_itself(org: Org, integration: Stored) -> bool:
    if integration.wire["integrationType"]["id"] != "custom-rest-actions":
        return False
    used = [org[credential_info.KIND].get(one) for one in integrations.credential_ids(integration)]
    return any(one is not None and credential_info.type_of(one) == "userDefinedOAuth" for one in used)


def is_obsolete(org: Org, stored: Stored) -> bool:
    """Return whether a stored authentication action belongs to an integration that has no such action now."""
    if not stored.id.startswith(AUTHENTICATION):
        return False
    integration = org[integrations.KIND].get(stored.wire["integrationId"])
    return integration is None or not _signs_in_by_itself(org, integration)


def _authentication(integration: Stored) -> Wire:
    return {
        "id": f"{AUTHENTICATION}{integration.id}",
        "name": f"{integrations.name_of(integration)} Auth",
        "integrationId": integration.id,
        "category": integrations.name_of(integration),
        "version": 1,
        "secure": False,
        "contract": _contract({}),
        "config": _config("${credentials.loginUrl}", "POST"),
    }


def _contract(properties: Wire) -> Wire:
    schema = {"$schema": "http://json-schema.org/draft-04/schema#", "type": "object"}
    return {
        "input": {"inputSchema": {**schema, "properties": properties}},
        "output": {"successSchema": {**schema, "properties": {"result": {"type": "string"}}}},
    }


def _config(url: str, method: str) -> Wire:
    return completed_config({"request": {"requestUrlTemplate": url, "requestType": method}})
