# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of the platform API as data, for tests that run for the kinds of both APIs.

A test with the parameter C(kind) gets an org of the kind's API from the fixture C(org_of_kind). So one entry
in the table of such a test makes it run for another kind.
"""

from __future__ import annotations

import copy
import typing as t

import pytest

from unit.platform.actions import DEFINITION

Wire = dict[str, t.Any]

INTEGRATIONS = "/api/v2/integrations"
CREDENTIALS = f"{INTEGRATIONS}/credentials"
ACTIONS = f"{INTEGRATIONS}/actions"
TYPE = "custom-rest-actions"
OLD_PASSWORD, NEW_PASSWORD = "0ld-s3cr3t-password", "n3w-s3cr3t-password"
#: Kind in the simulator -> API; all other kinds are of the API C(reference).
PROFILES = {"integrations": "platform", "credentials": "platform", "actions": "platform"}
#: The integration that has the data actions of these tables. C(org_of_kind) stores it for that kind.
OWNER = {"id": "5b3c1f6e-0d5a-4b8e-9d55-6f4f2f1b7a10", "name": "Owner", "integrationType": {"id": TYPE}}
#: Kind in the simulator -> module.
MODULES = {
    "integrations": "genesys_integration",
    "credentials": "genesys_integration_credential",
    "actions": "genesys_data_action",
}
#: Kind in the simulator -> list of genesys_org_config.
LISTS = {
    "integrations": "integrations",
    "credentials": "integration_credentials",
    "actions": "data_actions",
}
#: Kind in the simulator -> name in results.
NAMES = {
    "integrations": "integration",
    "credentials": "integration_credential",
    "actions": "data_action",
}
PATHS = {"integrations": INTEGRATIONS, "credentials": CREDENTIALS, "actions": ACTIONS}


def integration(name: str, **more: t.Any) -> Wire:
    """Return the options of an integration."""
    return {"name": name, "type": TYPE, "notes": f"About {name}", **more}


def stored_integration(name: str, *, config: Wire | None = None, **more: t.Any) -> Wire:
    """Return the same integration as the simulator stores it."""
    notes = f"About {name}"
    current = {
        "name": name, "version": 1, "notes": notes, "properties": {}, "advanced": {}, "credentials": {},
        **(config or {}),
    }  # fmt: skip
    return {
        "name": name,
        "notes": notes,
        "integrationType": {"id": TYPE},
        "intendedState": "DISABLED",
        "config": {"current": current},
        **more,
    }


def credential(name: str, **more: t.Any) -> Wire:
    """Return the options of a credential."""
    fields = {"userName": "crm", "password": OLD_PASSWORD}
    return {"name": name, "type": "basicAuth", "fields": fields, **more}


def stored_credential(name: str, **more: t.Any) -> Wire:
    """Return the same credential as the simulator stores it."""
    fields = {"userName": "crm", "password": OLD_PASSWORD}
    return {"name": name, "type": {"id": "basicAuth"}, "credentialFields": fields, **more}


def data_action(name: str, **more: t.Any) -> Wire:
    """Return the options of a data action of C(OWNER)."""
    return {
        "name": name,
        "integration": OWNER["name"],
        "category": "C",
        "definition": copy.deepcopy(DEFINITION),
        **more,
    }


def stored_data_action(name: str, **more: t.Any) -> Wire:
    """Return the same data action as the simulator stores it."""
    owned = {"integrationId": OWNER["id"], "category": "C", "secure": False}
    return {"name": name, **owned, **copy.deepcopy(DEFINITION), **more}


#: Object A of each kind whose updates and removals a rollback can undo. No rollback restores secrets.
STORED: dict[str, Wire] = {
    "integrations": stored_integration(
        "A",
        config={
            "properties": {"host": "crm.example.com", "kept": [1], "nothing": None},
            "advanced": {"retries": 3},
        },
    ),
    "actions": stored_data_action("A"),
}
#: Kind -> options of the task that changes A.
CHANGES: dict[str, Wire] = {
    "integrations": {
        "name": "A",
        "type": TYPE,
        "notes": "new",
        "intended_state": "ENABLED",
        "properties": {"host": None, "port": 443},
        "advanced": {"retries": 4},
    },
    "actions": {
        "name": "A",
        "integration": OWNER["name"],
        "category": "D",
        "definition": {
            "config": {
                **DEFINITION["config"],
                "request": {
                    **DEFINITION["config"]["request"],
                    "requestUrlTemplate": "https://new.example.com",
                },
            }
        },
    },
}
#: Kind -> options of the task that creates N.
NEW: dict[str, Wire] = {
    "integrations": integration("N", intended_state="ENABLED", properties={"host": "n.example.com"}),
    "credentials": credential("N", fields={"userName": "crm", "password": NEW_PASSWORD}),
    "actions": data_action("N"),
}


def profile_of(kind: str | None) -> str:
    """Return the API of a kind of the simulator."""
    return PROFILES.get(kind or "", "reference")


@pytest.fixture
def org_of_kind(request: pytest.FixtureRequest, new_org: t.Callable[..., t.Any]) -> t.Any:
    """Return a fresh org of the API of the test's parameter C(kind), or else of the reference API.

    It is empty but for the integration that data actions of the platform need.
    """
    parameters = getattr(request.node, "callspec", None)
    kind = None if parameters is None else parameters.params.get("kind")
    org = new_org(api=profile_of(kind))
    if kind == "actions":
        org.seed([copy.deepcopy(OWNER)], "integrations")
    return org


def without_volatile(stored: Wire) -> Wire:
    """Return a stored integration without the versions and dates that the server sets, others as they are."""
    if "integrationType" not in stored:
        return stored
    stored = copy.deepcopy(stored)
    stored.get("reportedState", {}).pop("lastUpdated", None)
    for key in ("version", "id", "selfUri"):
        stored["config"]["current"].pop(key, None)
    return stored
