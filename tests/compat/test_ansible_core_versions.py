# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the roles and of a module on the older versions of ansible-core that are supported (C.3 to C.5).

`make compat` makes an environment for each version in ANSIBLE_CORE_ENVIRONMENTS and runs these tests in all.
"""

from __future__ import annotations

import os
import pathlib
import subprocess
import typing as t

import pytest

from integration.org_config import APPLY, CHECK, SITE, action, all_kinds, org_config_vars, statuses
from integration.playbook import ROOT, PlaybookRun, run_playbook

ENVIRONMENTS = pathlib.Path(os.environ["ANSIBLE_CORE_ENVIRONMENTS"]).absolute()


@pytest.fixture(params=sorted(path.name for path in ENVIRONMENTS.glob("2.*")))
def playbook(request, tmp_path):
    """Return a runner of playbooks on one version of ansible-core."""
    python = str(ENVIRONMENTS / request.param / "bin" / "python")
    version = subprocess.run(
        [python, "-c", "import ansible.release as release; print(release.__version__)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert version.strip() == request.param

    def run(*arguments: t.Any, **options: t.Any) -> PlaybookRun:
        done = run_playbook(*arguments, tmp_path, python=python, **options)
        assert "does not support Ansible version" not in done.output
        return done

    return run


def test_the_role_converges_an_org(playbook, org):
    inventory = {"dev": all_kinds(org)}
    dry = playbook(SITE, inventory=inventory, check=True, diff=True)
    assert (dry.returncode, org.writes()) == (0, []), dry.output
    first = playbook(SITE, inventory=inventory)
    assert first.returncode == 0, first.output
    assert set(statuses(first).values()) == {"done"}
    again = playbook(SITE, inventory=inventory)
    assert again.result(APPLY).status == "ok", again.output


def test_lists_are_merged_and_mistakes_are_found(playbook, org):
    merged = {"dev": org_config_vars(org, data_actions=[action("A")], data_actions_host=[action("B")])}
    assert list(statuses(playbook(SITE, inventory=merged))) == ["A", "B"]
    org.clear_log()
    wrong = {"dev": org_config_vars(org, data_actions=[action("A"), action("A")], client_secret="")}
    run = playbook(SITE, inventory=wrong)
    message = str(run.result(CHECK).result["msg"])
    assert "org_config_client_secret" in message and "org_config_data_actions[1]" in message
    assert org.log() == []


def test_an_undefined_variable_stops_the_run_before_any_request(playbook, org):
    entry = {**action("A"), "description": "{{ missing_variable }}"}
    run = playbook(SITE, inventory={"dev": org_config_vars(org, data_actions=[entry])})
    assert run.returncode != 0
    assert "missing_variable" in run.output and "Traceback" not in run.output
    assert org.log() == []


def test_check_and_rollback(playbook, org, tmp_path):
    journal = tmp_path / "journal.jsonl"
    inventory = {"dev": org_config_vars(org, data_actions=[action("A")], journal=str(journal))}
    drifted = playbook(ROOT / "playbooks" / "check.yml", inventory=inventory)
    assert (drifted.returncode, org.writes()) == (2, []), drifted.output
    assert playbook(SITE, inventory=inventory).returncode == 0
    in_sync = playbook(ROOT / "playbooks" / "check.yml", inventory=inventory)
    assert in_sync.returncode == 0, in_sync.output
    rollback = ROOT / "playbooks" / "rollback.yml"
    run = playbook(rollback, inventory=inventory, extra_vars={"rollback_journal": str(journal)})
    assert (run.returncode, org.objects()) == (0, []), run.output


def test_a_module_and_its_secrets(playbook, org):
    entry = action("A")
    entry["rest"]["headers"] = {"Authorization": "Bearer crm-s3cr3t-token"}
    task = {"name": "Apply", "genesys.cloud.genesys_data_action": {**org.connection, **entry}}
    run = playbook([task], diff=True, verbosity=3)
    assert run.result("Apply").status == "changed", run.output
    assert "crm-s3cr3t-token" not in run.output
    assert org.named("A")["restConfig"]["headers"] == entry["rest"]["headers"]
