# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The four orgs of the demo in the simulator, with the credentials that the inventory expects.

The credentials of prod are in a file of ansible-vault, those of the other orgs in environment variables.
"""

from __future__ import annotations

import pathlib
import secrets
import typing as t

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from demo.seed_objects import seed_org, seed_platform_org

VAULT_PASSWORD = "fjordnet-demo"
VAULT = pathlib.Path(__file__).with_name("inventory") / "host_vars/prod/vault.yml"
DATASETS = ["billing", "churn", "crm", "loyalty", "orders"]

#: Key in the simulator and host in the inventory -> name of the org.
NAMES = {"dev": "Fjordnet Dev", "test": "Fjordnet Test", "prod": "Fjordnet", "partner": "Fjordnet Partner"}
#: The org of the API that the vendor serves; the others have the reference API.
PLATFORM = "partner"
#: The inventory identifies prod by its id.
PROD_ID = "5d1c0f6e-7b52-4d0b-9a3e-2f8d0c6b41aa"

_VARIABLES = (
    "CLIENT_ID",
    "CLIENT_SECRET",
    "CRM_TOKEN",
    "GATEWAY_API_KEY",
    "BILLING_PASSWORD",
    "IDENTITY_SECRET",
)


class Credentials(t.NamedTuple):
    """Environment variables for the inventory, and the secrets that no output may show."""

    environment: dict[str, str]
    secrets: set[str]


def create_orgs(simulator: t.Any) -> Credentials:
    """Create the orgs, each with an OAuth client and the objects that Ansible does not create."""
    environment = {"DEMO_JOURNAL_PASSWORD": secrets.token_urlsafe(18)}
    vault = _open_vault()
    hidden = {value for name, value in vault.items() if name != "vault_client_id"}
    hidden |= set(environment.values())
    for key in ("dev", "test", PLATFORM):
        own = {name: secrets.token_urlsafe(18) for name in _VARIABLES} | {"CLIENT_ID": f"{key}-ansible"}
        environment |= {f"FJORDNET_{key.upper()}_{name}": value for name, value in own.items()}
        hidden |= {value for name, value in own.items() if name != "CLIENT_ID"}
        _create(simulator, key, own["CLIENT_ID"], own["CLIENT_SECRET"])
    _create(simulator, "prod", vault["vault_client_id"], vault["vault_client_secret"])
    return Credentials(environment, hidden)


def _create(simulator: t.Any, key: str, client_id: str, client_secret: str) -> None:
    client: dict[str, t.Any] = {"client_id": client_id, "client_secret": client_secret}
    if key == PLATFORM:
        simulator.create_org(key, api="platform", name=NAMES[key], clients=[client])
        seed_platform_org(simulator, key)
        return
    client["scopes"] = None
    org_id = PROD_ID if key == "prod" else None
    simulator.create_org(key, name=NAMES[key], id=org_id, datasets=DATASETS, clients=[client])
    seed_org(simulator, key)


def _open_vault() -> dict[str, str]:
    vault = VaultLib([("default", VaultSecret(VAULT_PASSWORD.encode()))])
    return t.cast("dict[str, str]", yaml.safe_load(vault.decrypt(VAULT.read_bytes())))
