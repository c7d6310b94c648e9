# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate for continuous integration, playbooks/check.yml: exit codes and reports (C.5)."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest
import yaml
from junitparser import Error, Failure, JUnitXml
from markdown_it import MarkdownIt

from ansible_collections.genesys.cloud.plugins.modules import drift_verdict
from integration.playbook import ROOT, PlaybookRun, make_play

CHECK = ROOT / "playbooks" / "check.yml"
SITE = ROOT / "playbooks" / "site.yml"
SECRET = "tok-4b1f-not-for-eyes"
SERVED = "old-0d3e-not-for-eyes"

Run = t.Callable[..., PlaybookRun]


def declared(org: t.Any, **more: t.Any) -> dict[str, t.Any]:
    """Return the host variables of an org; the keys of `more` lack the prefix org_config_."""
    actions = [action("Order status"), action("Customer")]
    return {
        f"org_config_{name}": value
        for name, value in {**org.connection, "data_actions": actions, **more}.items()
    }


def action(name: str, **more: t.Any) -> dict[str, t.Any]:
    headers = {"Authorization": f"Bearer {SECRET}"}
    rest = {"url": "https://crm.example.com/v1?a=1|2", "method": "GET", "headers": headers}
    return {"name": name, "rest": rest, **more}


class Reports:
    """Report files of a run, read by independent parsers."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
        self.json = json.loads(self.texts["drift.json"])
        self.junit = JUnitXml.fromstring(self.texts["drift.xml"].encode())
        self.html = MarkdownIt().enable("table").render(self.texts["drift.md"])

    def org(self, name: str) -> dict[str, t.Any]:
        (found,) = [org for org in self.json["orgs"] if org["org"] == name]
        return found


@pytest.fixture
def check(playbook: Run, tmp_path: pathlib.Path) -> t.Callable[..., tuple[PlaybookRun, Reports]]:
    def run(inventory: dict[str, t.Any], **options: t.Any) -> tuple[PlaybookRun, Reports]:
        folder = tmp_path / "reports"
        extra = {"drift_check_folder": str(folder)}
        done = playbook(CHECK, inventory=inventory, extra_vars=extra, **options)
        assert folder.is_dir(), done.output
        return done, Reports(folder)

    return run


Check = t.Callable[..., tuple[PlaybookRun, Reports]]


def converge(playbook: Run, inventory: dict[str, t.Any]) -> None:
    done = playbook(SITE, inventory=inventory)
    assert done.returncode == 0, done.output


def test_in_sync_then_drifted_then_an_org_that_cannot_be_read(
    playbook: Run, check: Check, new_org: t.Callable[..., t.Any]
) -> None:
    dev, prod = new_org(), new_org()
    inventory = {"dev": declared(dev), "prod": declared(prod)}
    converge(playbook, inventory)
    for org in (dev, prod):
        org.clear_log()

    done, reports = check(inventory)
    assert done.returncode == 0, done.output
    assert reports.json["status"] == "in_sync" and reports.json["exit_code"] == 0
    assert reports.json["counts"] == {"in_sync": 2, "drifted": 0, "not_judged": 0}
    assert (reports.junit.tests, reports.junit.failures, reports.junit.errors) == (4, 0, 0)

    stored = prod.named("Order status")
    headers = {"Authorization": f"Bearer {SERVED}"}
    url = "https://crm.example.com/v2?a=`1|2`<script>"
    prod.edit(stored["id"], {"restConfig": {"url": url, "headers": headers}})
    done, reports = check(inventory, verbosity=3)
    assert done.returncode == 2, done.output
    assert (done.stats["dev"]["failures"], done.stats["prod"]["failures"]) == (0, 1)
    assert "data_actions 'Order status' (rest.url, rest.headers.Authorization)" in done.output
    assert_drift_is_reported(reports, "prod", url)
    assert_no_secrets(done, reports, dev, prod)

    wrong = {**declared(dev), "org_config_client_secret": "not-the-secret-of-dev"}
    done, reports = check({"dev": wrong, "prod": declared(prod)}, verbosity=3)
    assert done.returncode == 4, done.output
    assert (done.stats["dev"]["unreachable"], done.stats["prod"]["failures"]) == (1, 1)
    assert reports.json["status"] == "not_judged" and reports.json["exit_code"] == 4
    unread = reports.org("dev")
    assert unread["status"] == "not_judged"
    (problem,) = unread["problems"]
    assert "client" in problem and unread["objects"] == []
    assert reports.junit.errors == 1
    assert_drift_is_reported(reports, "prod", url)
    assert_no_secrets(done, reports, dev, prod)
    assert dev.writes() == [] and prod.writes() == []


def assert_drift_is_reported(reports: Reports, org: str, url: str) -> None:
    """Assert that all three reports have org, object and field."""
    (drifted,) = [one for one in reports.org(org)["objects"] if one["status"] == "drifted"]
    assert (drifted["kind"], drifted["name"], drifted["action"]) == ("data_actions", "Order status", "update")
    assert drifted["id"]
    shown = {one["field"]: (one["before"], one["after"]) for one in drifted["differences"]}
    assert shown == {
        "rest.url": (url, "https://crm.example.com/v1?a=1|2"),
        "rest.headers.Authorization": ("********", "******** (changed)"),
    }

    (suite,) = [suite for suite in reports.junit if suite.name == org]
    (case,) = [case for case in suite if any(isinstance(one, Failure) for one in case.result)]
    assert (case.classname, case.name) == (f"{org}.data_actions", "Order status")
    assert url in case.result[0].text and "rest.url" in case.result[0].text

    assert f"<h2><code>{org}</code></h2>" in reports.html
    assert "<h3><code>data_actions</code> <code>Order status</code> differs</h3>" in reports.html
    cells = reports.html.partition("<td><code>rest.url</code></td>")[2].split("</tr>")[0]
    assert "<code>&quot;https://crm.example.com/v2?a=`1|2`&lt;script&gt;&quot;</code>" in cells
    assert "<code>&quot;https://crm.example.com/v1?a=1|2&quot;</code>" in cells
    assert "<script>" not in reports.html


def assert_no_secrets(done: PlaybookRun, reports: Reports, *orgs: t.Any) -> None:
    everything = done.output + "".join(reports.texts.values())
    hidden = [SECRET, SERVED, "not-the-secret-of-dev", *(org.client_secret for org in orgs)]
    assert [text for text in hidden if text in everything] == []


def test_missing_and_unwanted_objects_are_drift(check: Check, org: t.Any) -> None:
    org.seed(
        [{"name": "Old", "type": "rest", "restConfig": {"url": "https://x.example.com", "httpMethod": "GET"}}]
    )
    host_vars = declared(org, data_actions=[action("New"), {"name": "Old", "state": "absent"}])
    done, reports = check({"dev": host_vars})
    assert done.returncode == 2, done.output
    objects = reports.org("dev")["objects"]
    assert [(one["name"], one["action"]) for one in objects] == [("New", "create"), ("Old", "delete")]
    fields = {one["field"]: one["after"] for one in objects[0]["differences"]}
    assert fields["rest.method"] == "GET" and fields["name"] == "New"
    assert "is missing</h3>" in reports.html and "exists but should be absent</h3>" in reports.html
    assert org.writes() == []


def test_every_reason_not_to_judge_an_org_gives_4_and_the_others_are_compared(
    check: Check, new_org: t.Callable[..., t.Any]
) -> None:
    names = ("refusing", "failing", "doubled", "unconnected", "broken", "elsewhere", "distant", "sound")
    orgs = {name: new_org() for name in names}
    orgs["failing"].fault(method="GET", path="/api/v2/*", status=500, times=None)
    few = {"retries": 0, "data_actions": [action("Only"), action("Other")]}
    twin = {
        "name": "Only",
        "type": "rest",
        "restConfig": {"url": "https://x.example.com", "httpMethod": "GET"},
    }
    orgs["doubled"].seed([twin, twin])
    inventory = {name: declared(org, **few) for name, org in orgs.items()}
    wrong = [action("Typo", colour="blue"), action("Only"), action("Odd", conditions=["crm.status ="])]
    inventory["refusing"]["org_config_data_actions"] = wrong
    del inventory["unconnected"]["org_config_client_id"]
    inventory["broken"]["org_config_data_actions"] = "{{ nobody_defined_this }}"
    inventory["elsewhere"]["org_config_organization"] = "Another org"
    inventory["distant"] |= {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 9}
    done, reports = check(inventory)
    assert done.returncode == 4, done.output
    statuses = {org["org"]: org["status"] for org in reports.json["orgs"]}
    assert statuses == dict.fromkeys(orgs, "not_judged") | {"sound": "drifted"}
    assert reports.json["counts"] == {"in_sync": 0, "drifted": 1, "not_judged": 7}

    # An ambiguous object does not prevent the comparison of the others.
    objects = {one["name"]: one for one in reports.org("doubled")["objects"]}
    assert (objects["Only"]["status"], objects["Other"]["status"]) == ("not_judged", "drifted")
    assert "2" in objects["Only"]["message"] and reports.org("doubled")["problems"] == []

    problems = {name: reports.org(name)["problems"] for name in orgs}
    paths = [text.partition(":")[0] for text in problems["refusing"]]
    assert paths == ["config.data_actions[0].colour", "config.data_actions[2].conditions[0]"]
    assert "500" in problems["failing"][0]
    assert any("org_config_client_id" in text for text in problems["unconnected"])
    assert problems["broken"][1:] == ["org_config_data_actions: 'nobody_defined_this' is undefined"]
    assert "Another org" in problems["elsewhere"][0]
    assert "ssh" in problems["distant"][0]
    assert all(reports.org(name)["objects"] == [] for name in set(orgs) - {"doubled", "sound"})
    assert all(orgs[name].log() == [] for name in ("refusing", "unconnected", "broken", "distant"))

    errors = {
        suite.name
        for suite in reports.junit
        for case in suite
        if isinstance(next(iter(case.result), None), Error)
    }
    assert errors == set(orgs) - {"sound"}
    assert all(f"<code>{name}</code>" in reports.html for name in orgs)


def test_an_org_of_which_nothing_was_compared_is_not_judged(
    check: Check, new_org: t.Callable[..., t.Any]
) -> None:
    names = ("bare", "misspelt", "declared", "listed")  # orgs of the reference API
    inventory = {name: declared(new_org(), data_actions=[]) for name in names}
    lists = ("privacy_purposes", "customobject_indexes", "flow_settings", "webhooks")
    inventory["listed"] |= {f"org_config_{name}_host": [] for name in lists}
    inventory["declared"]["drift_check_empty"] = True
    inventory["misspelt"]["org_configs_data_actions"] = [action("New")]
    done, reports = check(inventory)
    assert done.returncode == 4, done.output
    statuses = {org["org"]: org["status"] for org in reports.json["orgs"]}
    assert statuses == {
        "bare": "not_judged",
        "misspelt": "not_judged",
        "declared": "in_sync",
        "listed": "in_sync",
    }
    assert reports.junit.errors == 2
    assert "drift_check_empty: true" in done.output and "org_config_webhooks" in done.output

    done, reports = check({"dev": declared(new_org())}, arguments=["--tags", "data_action"])
    assert done.returncode == 4, done.output
    assert reports.json["counts"] == {"in_sync": 0, "drifted": 0, "not_judged": 1}
    assert "--tags: there is no tag 'data_action'; did you mean data_actions?" in done.output


@pytest.mark.parametrize("value", ["{{ undefined_anywhere }}", "perhaps"])
def test_a_wrong_value_of_drift_check_empty_is_not_judged(check: Check, org: t.Any, value: str) -> None:
    done, reports = check({"dev": {**declared(org, data_actions=[]), "drift_check_empty": value}})
    assert done.returncode == 4, done.output
    (problem,) = reports.org("dev")["problems"]
    assert problem.startswith("drift_check_empty: ")


def test_an_unchanged_report_is_no_change_and_tags_choose_the_kinds(check: Check, org: t.Any) -> None:
    inventory = {"dev": declared(org, data_actions=[action("New")])}
    first, reports = check(inventory, check=True)
    again, same = check(inventory)
    assert (first.returncode, again.returncode) == (2, 2)
    assert (first.result("Write the reports").status, again.result("Write the reports").status) == (
        "changed",
        "ok",
    )
    assert reports.texts == same.texts
    done, reports = check(inventory, arguments=["--tags", "webhooks"])
    assert done.returncode == 4, done.output
    assert reports.org("dev")["objects"] == []
    done, reports = check(inventory, arguments=["--tags", "no_such_kind"])
    assert done.returncode == 4, done.output
    assert reports.org("dev")["objects"] == []
    assert "--tags: there is no tag 'no_such_kind'" in reports.org("dev")["problems"][1]


def test_tasks_of_a_users_playbook_are_reported(playbook: Run, org: t.Any, tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "reports"
    module = "genesys.cloud.genesys_data_action"
    tasks = [
        {"name": "One", module: action("New"), "register": "one"},
        {"name": "Many", module: action("{{ item }}", colour=None), "loop": ["Wrong"], "register": "many"},
    ]
    settings = {"check_mode": True, "ignore_errors": True, "ignore_unreachable": True}
    report = {"folder": str(folder), "registered": ["one", "many"]}
    play = {
        "name": "Compare",
        "hosts": "genesys_orgs",
        "gather_facts": False,
        "module_defaults": {"group/genesys.cloud.genesys": org.connection},
        "tasks": [
            *({**task, **settings} for task in tasks),
            {"name": "Nowhere", "genesys.cloud.drift_report": {"folder": " "}, "ignore_unreachable": True},
            {"name": "Report", "genesys.cloud.drift_report": report},
        ],
    }
    done = playbook([play], inventory={"dev": {}})
    assert done.returncode == 0, done.output
    assert done.result("Nowhere").result["msg"] == "folder: must be the path of a folder, and is empty"
    reports = Reports(folder)
    objects = {one["name"]: (one["kind"], one["status"]) for one in reports.org("dev")["objects"]}
    assert objects == {"New": ("one", "drifted"), "Wrong": ("many", "not_judged")}
    assert reports.org("dev")["problems"] == [] and org.writes() == []


def test_the_example_of_the_verdict_runs(playbook: Run, org: t.Any) -> None:
    tasks = yaml.safe_load(drift_verdict.EXAMPLES)
    play = make_play(tasks, connection=org.connection, hosts="genesys_orgs")
    done = playbook([play], inventory={"dev": {}})
    assert done.returncode == 4, done.output
    assert "not be judged: purpose 'Quality assurance'" in done.output  # a new purpose needs more options
    assert (done.stats["dev"]["ok"], done.stats["dev"]["unreachable"]) == (2, 1)
