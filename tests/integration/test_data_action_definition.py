# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the option definition by ansible-playbook, with the examples of docs/data-actions.md (P.11)."""

from __future__ import annotations

import json
import pathlib
import re
import textwrap

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import OPTIONS
from integration.lanes import both_lanes
from integration.playbook import ROOT

PAGE = ROOT / "docs" / "data-actions.md"
_EXAMPLE = re.compile(r"<!-- example: (?P<name>\S+) -->\n```\w+\n(?P<text>.*?)```\n", re.DOTALL)

pytestmark = pytest.mark.skipif(
    "definition" not in OPTIONS, reason="genesys_data_action does not have the option definition yet"
)

EXAMPLES = {match["name"]: match["text"] for match in _EXAMPLE.finditer(PAGE.read_text(encoding="utf-8"))}
#: Texts of Velocity or of JSON that Ansible would read, and the templates of the examples that have them.
SEQUENCES = ("{{ ", "{% ", "{#if(")
TEMPLATES = {
    "Open Ticket": '{#if("$!{input.tag}" != "")"tag": "$esc.jsonEncode(${input.tag})",#end\n'
    ' "subject": "$esc.jsonEncode(${input.subject})",\n'
    ' "layout": "{{ subject }} {% if tag %}({{ tag }}){% endif %}"}\n',
    "Close Ticket": '{#if("$!{input.note}" != "")"note": "{{ note }} {% if urgent %}!{% endif %}",#end '
    '"state": "closed"}',
}


@pytest.fixture
def orgs(new_org):
    """Return two orgs of the platform API with one integration, one for each lane."""
    both = {lane: new_org(name="Acme", api="platform") for lane in ("fast", "module")}
    for org in both.values():
        org.seed([{"name": "Helpdesk", "integrationType": {"id": "custom-rest-actions"}}], "integrations")
    return both


@pytest.fixture
def run(playbook, orgs, tmp_path):
    """Return a runner of tasks, given as YAML text, in both lanes."""

    def run_tasks(text: str, **options):
        file = tmp_path / "play.yml"
        file.write_text(
            "- hosts: all\n  gather_facts: false\n  module_defaults:\n"
            "    group/genesys.cloud.genesys: '{{ org_connection }}'\n  tasks:\n"
            + textwrap.indent(text, "    "),
            encoding="utf-8",
        )
        inventory = both_lanes(**orgs)
        for lane, org in orgs.items():
            inventory[lane]["org_connection"] = {**org.connection, "api_profile": "platform"}
        return playbook(file, inventory=inventory, **options)

    return run_tasks


def templates(org) -> dict[str, str]:
    return {one["name"]: one["config"]["request"]["requestTemplate"] for one in org.objects("actions")}


def test_the_documented_examples_keep_every_text(run, orgs, tmp_path):
    for name, text in EXAMPLES.items():
        if name.endswith(".json"):
            (tmp_path / name).write_text(text, encoding="utf-8")
    tasks = "".join(text for name, text in EXAMPLES.items() if not name.endswith(".json"))
    first = run(tasks)
    assert {one.status for one in first.results()} == {"changed"}, first.output
    for org in orgs.values():
        assert templates(org) == TEMPLATES
        for text in templates(org).values():
            assert all(sequence in text for sequence in SEQUENCES)
        org.clear_log()
    again = run(tasks)
    assert {one.status for one in again.results()} == {"ok"}, again.output
    assert [org.writes() for org in orgs.values()] == [[], []]
    assert "WARNING" not in again.output


TASK = """
- name: {name}
  genesys.cloud.genesys_data_action:
    state: validated
    name: A
    definition: {path}
  ignore_errors: true
  environment: {environment}
"""
#: Name of a task -> content of its file (None: no file), words of the message.
FAULTS = {
    "Nothing": (None, "no such file"),
    "No JSON": ('{"a": s3cr3t}', "is not JSON: Expecting value (line 1, column 7)"),
    "Key twice": ('{"name": "A", "name": "s3cr3t"}', "the key 'name' twice"),
    "Mark": ("\ufeff{}", "byte order mark"),
    "Slip": (
        '{"conifg": {"s3cr3t": 1}}',
        "definition.conifg: is no key of a definition; did you mean 'config'?",
    ),
}


def test_a_fault_in_a_file_is_the_same_in_both_lanes(run, orgs, tmp_path):
    tasks = ""
    for name, (content, _words) in FAULTS.items():
        path = tmp_path / f"{name}.json"
        if content is not None:
            path.write_text(content, encoding="utf-8")
        tasks += TASK.format(name=name, path=path, environment={})
    done = run(tasks)
    for name, (_content, words) in FAULTS.items():
        results = done.results(name)
        assert [one.status for one in results] == ["failed", "failed"]
        (message,) = {one.result["msg"] for one in results}
        assert words in message
        assert "s3cr3t" not in str([one.result for one in results])
    assert [org.log() for org in orgs.values()] == [[], []]


def test_paths_of_both_lanes_begin_at_one_folder(run, tmp_path):
    """Check ~, variables of the environment, and relative paths."""
    home = tmp_path / "home"
    (home / "folder").mkdir(parents=True)
    (home / "folder" / "a.json").write_text(json.dumps({"config": {"timeoutSeconds": 99}}), encoding="utf-8")
    environment = {"HOME": str(home), "DEFINITIONS": f"{home}/folder"}
    paths = ("~/folder/a.json", "$DEFINITIONS/a.json")
    tasks = "".join(TASK.format(name=path, path=path, environment=environment) for path in paths)
    done = run(tasks + TASK.format(name="Nowhere", path="nowhere/a.json", environment={}))
    for path in paths:
        results = done.results(path)
        assert len(results) == 2
        for one in results:
            assert "definition.config.timeoutSeconds: 99 is not between" in one.result["msg"], one.result
    (message,) = {one.result["msg"] for one in done.results("Nowhere")}
    assert pathlib.Path(re.findall(r"the file '([^']+)'", message)[0]).is_absolute()
