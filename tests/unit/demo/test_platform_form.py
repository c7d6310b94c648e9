# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that the demo's data actions have a form on the platform, with their inputs and variables (P.10)."""

from __future__ import annotations

import copy
import pathlib
import typing as t

import pytest
from ansible.parsing.dataloader import DataLoader

from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import (
    validate_options,
)
from unit.resources.data_action.definition_findings import judge

INVENTORY = pathlib.Path(__file__).resolve().parents[2] / "demo" / "inventory"


def entries() -> list[dict[str, t.Any]]:
    """Return the entries of all lists of the inventory; expressions of Ansible stay text."""
    found = []
    for file in sorted(INVENTORY.rglob("*.yml")):
        if file.read_text(encoding="utf-8").startswith("$ANSIBLE_VAULT"):
            continue
        variables = DataLoader().load_from_file(str(file)) or {}
        for name, value in variables.items():
            if "data_actions" in name and isinstance(value, list):
                found += [entry for entry in value if "rest" in entry]
    return copy.deepcopy(found)


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["name"])
def test_a_data_action_of_the_demo_has_a_form_on_the_platform(entry):
    checked = Findings()
    rest = copy.deepcopy(entry["rest"])
    validate_options({"rest": rest}, checked)
    found = judge(name=entry["name"], category="Demo", rest=rest)
    assert (checked.problems, found.problems, found.warnings) == ([], {}, {})
    contract = found.wire["contract"]
    assert list(contract["input"]["inputSchema"]["properties"]) == entry["rest"].get("inputs", [])
    variables = [mapping["name"] for mapping in entry["rest"].get("variable_mappings", [])]
    assert list(contract["output"]["successSchema"]["properties"]) == variables
    again = judge(found.wire)
    assert (again.problems, again.wire) == ({}, found.wire)
