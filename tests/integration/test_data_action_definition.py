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
- name: Read
  genesys.cloud.genesys_data_action:
    state: validated
    name: A
    definition: {path}
"""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no such file"),
        ('{"a": s3cr3t}', "is not JSON: Expecting value (line 1, column 7)"),
        ('{"name": "A", "name": "s3cr3t"}', "the key 'name' twice"),
        ("\ufeff{}", "byte order mark"),
        ('{"conifg": {"s3cr3t": 1}}', "definition.conifg: is no key of a definition; did you mean 'config'?"),
    ],
)
def test_a_fault_in_a_file_is_the_same_in_both_lanes(run, orgs, tmp_path, content, words):
    path = tmp_path / "action.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    results = run(TASK.format(path=path)).results()
    assert [one.status for one in results] == ["failed", "failed"]
    messages = {one.result["msg"] for one in results}
    assert len(messages) == 1
    assert words in messages.pop()
    assert "s3cr3t" not in str([one.result for one in results])
    assert [org.log() for org in orgs.values()] == [[], []]


def test_paths_of_both_lanes_begin_at_one_folder(run, tmp_path):
    """Check ~, variables of the environment, and relative paths."""
    home = tmp_path / "home"
    (home / "folder").mkdir(parents=True)
    (home / "folder" / "a.json").write_text(json.dumps({"config": {"timeoutSeconds": 99}}), encoding="utf-8")
    environment = f"\n  environment: {{HOME: {home}, DEFINITIONS: {home}/folder}}\n"
    for path in ("~/folder/a.json", "$DEFINITIONS/a.json"):
        results = run(TASK.format(path=path).rstrip() + environment).results()
        assert len(results) == 2
        for one in results:
            assert "definition.config.timeoutSeconds: 99 is not between" in one.result["msg"], one.result
    messages = {one.result["msg"] for one in run(TASK.format(path="nowhere/a.json")).results()}
    assert len(messages) == 1
    assert pathlib.Path(re.findall(r"the file '([^']+)'", messages.pop())[0]).is_absolute()
