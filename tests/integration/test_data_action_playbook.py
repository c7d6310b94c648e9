# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_data_action that need a real ansible-playbook: -vvvv, libraries, registered results."""

from __future__ import annotations

import json
import venv

import pytest

MODULE = "genesys.cloud.genesys_data_action"
SECRETS = ("crm-s3cr3t-token", "k-s3cr3t-9", "old-s3cr3t", "client-secret-s3cr3t")


def _rest(token: str) -> dict:
    return {
        "url": "https://crm.example.com/v1/customers/${customer_id}",
        "method": "GET",
        "headers": {
            "Accept": "application/json",
            "Authorization": f"Bearer {token}",
            "X-Api-Key": "k-s3cr3t-9",
        },
    }


def test_no_secret_in_the_output_or_the_registered_variable(playbook, org):
    tasks = [
        {"name": "Create", MODULE: {**org.connection, "name": "A", "rest": _rest("old-s3cr3t")}},
        {
            "name": "Change",
            MODULE: {**org.connection, "name": "A", "rest": _rest("crm-s3cr3t-token")},
            "register": "changed",
        },
        {"name": "Show", "ansible.builtin.debug": {"var": "changed"}},
        {
            "name": "Fail",
            MODULE: {**org.connection, "name": "A", "rest": {**_rest("crm-s3cr3t-token"), "url": {}}},
            "ignore_errors": True,
        },
    ]
    run = playbook(tasks, diff=True, verbosity=4)
    assert run.returncode == 0, run.output
    shown = run.output + json.dumps([result.result for result in run.tasks])
    assert not [secret for secret in SECRETS if secret in shown]
    changed = run.result("Change")
    assert changed.status == "changed"
    assert changed.result["record"]["type"] == "rest"
    assert changed.result["record"]["rest"]["headers"]["Accept"] == "application/json"
    assert "******** (changed)" in run.stdout


def test_missing_libraries_are_named_with_the_cure(playbook, org, tmp_path):
    bare = tmp_path / "bare"
    venv.create(bare, with_pip=False, symlinks=True)
    python = str(bare / "bin" / "python")
    inventory = {"org": {"ansible_python_interpreter": python}}
    run = playbook([{"name": "Create", MODULE: {**org.connection, "name": "A"}}], inventory=inventory)
    result = run.result("Create")
    assert result.status == "failed"
    for word in ("httpx", "pydantic", "tenacity", "python-jsonpath", python, "-m pip install"):
        assert word in result.result["msg"]
    assert "Traceback" not in run.output
    assert org.log() == []


@pytest.mark.parametrize("verbosity", [0, 4])
def test_a_failure_is_one_message_without_a_traceback(playbook, org, verbosity):
    org.fault(method="GET", path="/api/v2/architect/data-actions", times=None, status=502, html=True)
    tasks = [{"name": "Create", MODULE: {**org.connection, "name": "A", "retries": 0}, "register": "failure"}]
    run = playbook(tasks, verbosity=verbosity)
    assert run.returncode == 2
    assert "502" in run.result("Create").result["msg"]
    assert "Traceback" not in run.output and "<html" not in run.output.lower()


def test_module_defaults_of_the_action_group_and_omitted_options(playbook, org):
    play = {
        "name": "Test",
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": {"group/genesys.cloud.genesys": org.connection},
        "tasks": [
            {"name": "Create", MODULE: {"name": "A", "description": "kept", "rest": _rest("x-s3cr3t")}},
            {
                "name": "Omit",
                MODULE: {
                    "name": "A",
                    "description": "{{ omit }}",
                    "rest": {"body": "{{ omit }}", "method": "GET"},
                },
            },
            {"name": "Reset", MODULE: {"name": "A", "description": None}},
            {"name": "Read", "genesys.cloud.genesys_data_action_info": {"name": "A"}, "register": "read"},
        ],
    }
    run = playbook([play])
    assert run.returncode == 0, run.output
    assert [run.result(name).status for name in ("Create", "Omit", "Reset")] == ["changed", "ok", "changed"]
    assert run.result("Read").result["records"][0]["description"] == ""
