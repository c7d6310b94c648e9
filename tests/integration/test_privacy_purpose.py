# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of privacy purposes by ansible-playbook (S3.1 to S3.5)."""

from __future__ import annotations

import json

import yaml

from ansible_collections.genesys.cloud.plugins.module_utils._api.regions import DOMAINS
from ansible_collections.genesys.cloud.plugins.modules import genesys_privacy_purpose
from integration.playbook import make_play

MODULE = "genesys.cloud.genesys_privacy_purpose"
INFO = "genesys.cloud.genesys_privacy_purpose_info"
KIND = "privacy_purposes"
LIST = "/api/v2/privacy/purposes"
PURPOSE = {
    "name": "Support Analytics",
    "description": "Quality assurance of the support",
    "retention": "180d",
    "legal_basis": "legitimate_interests",
}
STORED = {
    "name": "Support Analytics",
    "description": "Quality assurance of the support",
    "retentionPeriod": "P180D",
    "legalBasis": "legitimate_interests",
    "isActive": True,
    "diversionIds": ["d-1"],
}


def test_life_of_a_purpose(playbook, org):
    """Check a purpose that is created, switched off and on, and removed with `state: absent` (S3.4)."""
    tasks = [
        {"name": "Create", MODULE: PURPOSE},
        {"name": "Again", MODULE: {**PURPOSE, "retention": 180}},
        {"name": "Switch off", MODULE: {"name": PURPOSE["name"], "active": False}},
        {"name": "Omit", MODULE: {"name": PURPOSE["name"], "active": "{{ omit }}"}},
        {"name": "Read", INFO: {"name": PURPOSE["name"]}, "register": "read"},
        {
            "name": "Give back",
            MODULE: {"name": PURPOSE["name"], "retention": "{{ read.records[0].retention }}"},
        },
        {"name": "Switch on", MODULE: {"name": PURPOSE["name"], "active": None}},
        {"name": "Remove", MODULE: {"name": PURPOSE["name"], "state": "absent"}},
        {"name": "Nothing left", MODULE: {"name": PURPOSE["name"], "state": "absent"}},
    ]
    run = playbook([make_play(tasks, connection=org.connection)])
    assert run.returncode == 0, run.output
    changed = [one.task for one in run.tasks if one.status == "changed"]
    assert changed == ["Create", "Switch off", "Switch on", "Remove"]
    assert run.result("Read").result["records"][0]["active"] is False
    assert [entry["method"] for entry in org.writes()] == ["POST", "PUT", "PUT", "DELETE"]


def test_update_among_five_hundred(playbook, org):
    """Check the update of one of many purposes (S3.2, S3.3).

    The purpose is found on the last page in the fewest requests, and undeclared fields survive.
    Check mode and diff agree with the real run. An equal retention is no difference.
    """
    others = [{**STORED, "name": f"Purpose {number}"} for number in range(499)]
    org.seed([*others, {**STORED, "labels": ["unknown to the collection"]}], KIND)
    task = {"name": "Change", MODULE: {**PURPOSE, "description": "Audits"}}
    change = [make_play([task], connection=org.connection)]
    planned = playbook(change, check=True, diff=True)
    assert org.writes() == []
    assert len(org.log(path=LIST)) == 5
    done = playbook(change, diff=True)
    assert (planned.returncode, done.returncode) == (0, 0), done.output
    first, second = (run.result("Change") for run in (planned, done))
    assert first.status == second.status == "changed"
    assert first.result["diff"] == second.result["diff"]
    removed = [line.strip(" -,") for line in done.stdout.splitlines() if line.startswith("-  ")]
    assert removed == ['"description": "Quality assurance of the support"']
    stored = org.named(PURPOSE["name"], KIND)
    assert {**STORED, "description": "Audits"}.items() <= stored.items()
    assert stored["labels"] == ["unknown to the collection"]


def test_two_of_a_name_are_an_error(playbook, org):
    """Cover S3.2."""
    one, two = org.seed([STORED, STORED], KIND)
    task = {"name": "Change", MODULE: {**PURPOSE, "active": False}}
    run = playbook([make_play([task], connection=org.connection)])
    assert run.returncode == 2
    assert one["id"] in run.result("Change").result["msg"] and two["id"] in run.result("Change").result["msg"]
    assert org.writes() == []


def _run_gate(playbook, folder, org, entries):
    """Run the playbook of the module's examples on a file of purposes.

    The environment has credentials of an org, and the run must send it no request.
    """
    examples = yaml.safe_load(genesys_privacy_purpose.EXAMPLES)
    plays = [example for example in examples if "hosts" in example]
    (folder / "gate.yml").write_text(yaml.safe_dump(plays, sort_keys=False), encoding="utf-8")
    (folder / "privacy_purposes.yml").write_text(json.dumps({"privacy_purposes": entries}), encoding="utf-8")
    environment = {f"GENESYS_{option.upper()}": value for option, value in org.connection.items()}
    run = playbook(folder / "gate.yml", env=environment)
    assert org.log() == []
    return run


def test_the_gate_of_the_examples_reports_every_wrong_entry(playbook, tmp_path, org):
    """Check that a whole list is judged without credentials or a request (S3.1)."""
    entries = [
        PURPOSE,
        {**PURPOSE, "name": "Months", "retention": "P6M"},
        {**PURPOSE, "name": "too small", "description": "", "retention": 400, "legal_basis": "consnet"},
        {**PURPOSE, "name": "Null description", "description": None},
        {**PURPOSE, "name": "Misspelt option", "retension": "180d"},
        {"name": "Incomplete", "active": False},
        {**PURPOSE, "name": "Twice"},
        {**PURPOSE, "name": "Twice", "retention": "90d"},
        {"description": "No name"},
    ]
    run = _run_gate(playbook, tmp_path, org, entries)
    assert run.returncode == 2
    judged = run.results("Validate every purpose")
    assert [one.status for one in judged] == ["ok", *["failed"] * 4, "ok", "ok", "ok", "failed"]
    expected = {
        "Months": ["retention: 'P6M' counts months or years"],
        "too small": [
            "name: 'too small'",
            "description: ",
            "retention: is 400 days",
            "legal_basis: 'consnet'",
        ],
        "Null description": ["description: "],
        "Misspelt option": ["retension: is not an option; did you mean 'retention'?"],
        "(without a name)": ["name: is required"],
    }
    for item, problems in expected.items():
        found = run.result("Validate every purpose", item=item).result["problems"]
        assert len(found) == len(problems)
        for problem in problems:
            assert [one for one in found if one.startswith(problem)], (problem, found)
            assert problem in run.output
    verdict = run.result("Let the merge request pass").result["msg"]
    assert verdict == (
        "Wrong: ['Months', 'too small', 'Null description', 'Misspelt option', '?']. "
        "Incomplete: ['Incomplete']. Given more than once: ['Twice']."
    )


def test_the_gate_of_the_examples_lets_good_entries_pass(playbook, tmp_path, org):
    """Cover S3.1."""
    entries = [
        PURPOSE,
        {**PURPOSE, "name": "Support Training", "retention": 365, "state": "present"},
    ]
    run = _run_gate(playbook, tmp_path, org, entries)
    assert run.returncode == 0, run.output


def test_regions_are_known_by_name(playbook, org):
    """Check that the region decides the host; the simulator is the proxy that is asked for it (S3.5).

    The first request is for a token, at the login host of the platform API. The unit tests of the connection
    options cover all regions.
    """
    regions = ["us-east-1", "eu-central-1", "us-west-2", "us-east-2"]
    task = {
        "name": "Read",
        "genesys.cloud.genesys_integration_info": {
            **org.connection,
            "base_url": None,
            "region": "{{ item }}",
            "proxy": org.base_url,
            "retries": 0,
        },
        "loop": [*regions, "atlantis-1"],
        "ignore_errors": True,
    }
    run = playbook([task])
    for region in regions:
        assert f"login.{DOMAINS[region]}:443" in run.result("Read", item=region).result["msg"]
    assert "region: 'atlantis-1' is not a known region" in run.result("Read", item="atlantis-1").result["msg"]
