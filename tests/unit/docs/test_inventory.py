# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that Ansible and the collection accept the examples of docs/inventory, docs/playbooks (C.3, C.4)."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import typing as t

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import CONNECTION_OPTIONS

ROOT = pathlib.Path(__file__).resolve().parents[3]
INVENTORY = ROOT / "docs" / "inventory"
PLAYBOOK = ROOT / "docs" / "playbooks" / "module_defaults.yml"
ORGS = ["acme-de", "acme-dev", "acme-eu", "acme-us"]


def ansible(command: str, *arguments: str | pathlib.Path) -> str:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "GENESYS_"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "ansible", command, "-i", INVENTORY, *arguments],
        env=kept | {"ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "LC_ALL": "C.UTF-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def listed() -> dict[str, t.Any]:
    return json.loads(ansible("inventory", "--list"))


def test_every_org_has_one_stage_and_one_region(listed: dict[str, t.Any]) -> None:
    stages = listed["development"]["hosts"] + listed["production"]["hosts"]
    regions = listed["americas"]["hosts"] + listed["europe"]["hosts"]
    assert sorted(stages) == sorted(regions) == ORGS
    assert set(listed["canary"]["hosts"]) < set(ORGS)


@pytest.mark.parametrize("org", ORGS)
def test_every_org_has_a_whole_connection(listed: dict[str, t.Any], org: str) -> None:
    variables = listed["_meta"]["hostvars"][org]
    needed = ["organization", "base_url", "client_id", "client_secret", "data_actions"]
    assert [name for name in needed if not variables.get(f"org_config_{name}")] == []
    assert variables["ansible_connection"] == "local"
    specs = yaml.safe_load((ROOT / "roles/org_config/meta/argument_specs.yml").read_text("utf-8"))
    arguments = specs["argument_specs"]["main"]["options"]
    assert {name for name in variables if name.startswith("org_config_")} <= set(arguments)


def test_each_way_to_keep_a_secret_is_shown(listed: dict[str, t.Any]) -> None:
    secrets = {org: listed["_meta"]["hostvars"][org]["org_config_client_secret"] for org in ORGS}
    assert "lookup('ansible.builtin.env'" in secrets["acme-dev"]
    vault = VaultLib([("default", VaultSecret(b"example"))])
    assert vault.decrypt(secrets["acme-us"]["__ansible_vault"]) == b"made-up-client-secret"
    assert "hashi_vault" in listed["_meta"]["hostvars"]["acme-eu"]["acme_eu_secret"]
    assert "secretsmanager" in listed["_meta"]["hostvars"]["acme-de"]["acme_de_secret"]


def test_the_playbook_is_one_and_its_defaults_are_connection_options() -> None:
    ansible("playbook", "--syntax-check", PLAYBOOK)
    (play,) = yaml.safe_load(PLAYBOOK.read_text("utf-8"))
    assert set(play["module_defaults"]["group/genesys.cloud.genesys"]) <= set(CONNECTION_OPTIONS)
