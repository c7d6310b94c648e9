# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that both lanes give the same results: each task runs in two equal orgs, one per lane."""

from __future__ import annotations

import difflib
import json
import typing as t

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret

from integration.lane_tasks import (
    ACTIONS,
    FLOW,
    FLOW_ID,
    QUEUE_ID,
    SCHEMA,
    SECRETS,
    TASKS,
    WORKFLOW,
)
from integration.lanes import SWITCHED_OFF, both_lanes, lanes_of, normalized


@pytest.fixture
def orgs(new_org):
    """Return two orgs with equal contents, one for each lane."""
    pair = {"fast": new_org(name="Acme"), "module": new_org(name="Acme")}
    for org in pair.values():
        org.seed([SCHEMA], "customobjects")
        org.seed([FLOW], "flows")
        org.fault(method="GET", path=f"{ACTIONS}/broken", times=None, status=502, html=True)
        org.fault(method="GET", path=f"{ACTIONS}/slow", times=None, delay=5)
    return pair


@pytest.fixture
def variables(tmp_path):
    """Write variables that JSON cannot represent; return the ansible-playbook arguments that load them."""
    password, content = tmp_path / "password", tmp_path / "vars.yml"
    password.write_text("x")
    vault = VaultLib([("default", VaultSecret(b"x"))])
    lines = vault.encrypt("vault-s3cr3t").decode().splitlines()
    content.write_text(
        "\n  ".join(["vaulted: !vault |", *lines]) + "\nuntrusted: !unsafe '{{ not a template }}'\n"
    )
    return ["--vault-password-file", str(password), "--extra-vars", f"@{content}"]


def _lines(turns: list[t.Any]) -> list[str]:
    return json.dumps(turns, indent=1, sort_keys=True).splitlines()


@pytest.fixture
def platform_orgs(new_org):
    """Return two orgs of the platform API with one flow, one for each lane."""
    pair = {lane: new_org(name="Acme", api="platform") for lane in ("fast", "module")}
    for org in pair.values():
        org.seed([{"id": FLOW_ID, "name": "Main"}, WORKFLOW], "flows")
        org.seed([{"id": QUEUE_ID, "name": "Q"}], "queues")
    return pair


def test_results_are_the_same_in_both_lanes(playbook, orgs, platform_orgs, variables):
    """Check every module: validation, plans, changes, hidden values, warnings and refusals."""
    tasks = [
        {"name": name, f"genesys.cloud.genesys_{module}": given, **keywords}
        for named in TASKS.values()
        for name, (module, given, keywords) in named.items()
    ]
    play = {
        "name": "Test",
        "hosts": "all",
        "gather_facts": False,
        "ignore_errors": True,
        "module_defaults": {"group/genesys.cloud.genesys": "{{ org }}"},
        "tasks": [
            {
                "name": "CA",
                "ansible.builtin.copy": {"dest": "{{ playbook_dir }}/ca.pem", "content": ""},
                "run_once": True,
            },
            *tasks,
        ],
    }
    inventory = both_lanes(**orgs)
    for lane, org in platform_orgs.items():
        inventory[lane]["platform"] = {**org.connection, "api_profile": "platform"}
    run = playbook([play], inventory=inventory, arguments=variables, verbosity=4)
    differences = {}
    for status, named in TASKS.items():
        for name in named:
            fast, module = (
                [normalized(turn, org, platform_orgs[lane]) for turn in run.results(name, lane)]
                for lane, org in orgs.items()
            )
            if fast != module or {turn[0] for turn in fast} != {status}:
                differences[name] = list(difflib.unified_diff(*(_lines(turns) for turns in (fast, module))))
    assert not differences, f"{json.dumps(differences, indent=1)}\n{run.output}"

    lanes = {(host, lane) for (host, task), lane in lanes_of(run).items() if task != "CA"}
    assert lanes == {("fast", "fast lane"), ("module", SWITCHED_OFF)}
    shown = run.output + json.dumps([outcome.result for outcome in run.tasks])
    assert not [secret for secret in SECRETS if secret in shown]
