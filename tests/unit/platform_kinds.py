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

Wire = dict[str, t.Any]

INTEGRATIONS = "/api/v2/integrations"
CREDENTIALS = f"{INTEGRATIONS}/credentials"
TYPE = "custom-rest-actions"
OLD_PASSWORD, NEW_PASSWORD = "0ld-s3cr3t-password", "n3w-s3cr3t-password"
#: Kind in the simulator -> API; all other kinds are of the API C(reference).
PROFILES = {"integrations": "platform", "credentials": "platform"}
#: Kind in the simulator -> module.
MODULES = {"integrations": "genesys_integration", "credentials": "genesys_integration_credential"}
#: Kind in the simulator -> list of genesys_org_config.
LISTS = {"integrations": "integrations", "credentials": "integration_credentials"}
#: Kind in the simulator -> name in results.
NAMES = {"integrations": "integration", "credentials": "integration_credential"}
PATHS = {"integrations": INTEGRATIONS, "credentials": CREDENTIALS}


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


#: Object A of each kind whose updates and removals a rollback can undo. No rollback restores secrets.
STORED: dict[str, Wire] = {
    "integrations": stored_integration(
        "A",
        config={
            "properties": {"host": "crm.example.com", "kept": [1], "nothing": None},
            "advanced": {"retries": 3},
        },
    )
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
    }
}
#: Kind -> options of the task that creates N.
NEW: dict[str, Wire] = {
    "integrations": integration("N", intended_state="ENABLED", properties={"host": "n.example.com"}),
    "credentials": credential("N", fields={"userName": "crm", "password": NEW_PASSWORD}),
}


def profile_of(kind: str | None) -> str:
    """Return the API of a kind of the simulator."""
    return PROFILES.get(kind or "", "reference")


@pytest.fixture
def org_of_kind(request: pytest.FixtureRequest, new_org: t.Callable[..., t.Any]) -> t.Any:
    """Return a fresh, empty org of the API of the test's parameter C(kind), or else of the reference API."""
    parameters = getattr(request.node, "callspec", None)
    return new_org(api=profile_of(None if parameters is None else parameters.params.get("kind")))


def without_volatile(stored: Wire) -> Wire:
    """Return a stored integration without the versions and dates that the server sets, others as they are."""
    if "integrationType" not in stored:
        return stored
    stored = copy.deepcopy(stored)
    stored.get("reportedState", {}).pop("lastUpdated", None)
    for key in ("version", "id", "selfUri"):
        stored["config"]["current"].pop(key, None)
    return stored
