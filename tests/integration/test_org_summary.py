# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The callback genesys.cloud.org_summary at the end of real runs (C.4, C.5)."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys
import typing as t

from integration.playbook import ROOT

MODULE = "genesys.cloud.genesys_data_action"
INFO = "genesys.cloud.genesys_data_action_info"
REST = {"url": "https://crm.example.com", "method": "GET"}
ENABLED = {"ANSIBLE_CALLBACKS_ENABLED": "task_results,genesys.cloud.org_summary"}
OFFLINE = {"name": "A", "state": "validated", "rest": REST}
WRONG = {**OFFLINE, "rest": {**REST, "method": "FETCH"}}


def summary(output: str) -> dict[str, dict[str, str]]:
    """Return the table below the banner, org -> column -> cell; the key of the sums is `N orgs`."""
    _before, banner, after = output.partition("ORG SUMMARY *")
    assert banner, output
    rows = [
        re.split(r"\s{2,}", line.strip()) for line in after.splitlines()[1:] if not line.startswith("---")
    ]
    head, *rest = [row for row in rows if len(row) > 1]
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rest}


def figures(line: dict[str, str]) -> list[str]:
    """Return created, updated, deleted, unchanged, failed and not reached of a row."""
    return [line[name] for name in ("created", "updated", "deleted", "unchanged", "failed", "not reached")]


def play(hosts: str, *tasks: dict[str, t.Any], **more: t.Any) -> dict[str, t.Any]:
    return {"name": f"Play {hosts}", "hosts": hosts, "gather_facts": False, "tasks": list(tasks), **more}


def test_counts_the_changes_of_each_org(playbook, new_org):
    one, two = new_org(), new_org()
    one.seed([{"name": "Old", "type": "rest", "restConfig": {"url": REST["url"], "httpMethod": "GET"}}])
    two.fault(method="GET", path="/api/v2/architect/data-actions", status=503, times=1)
    two.fault(method="POST", path="/api/v2/architect/data-actions", status=403, times=None, after=1)
    tasks = [
        {"name": "Create", MODULE: {"name": "A{{ item }}", "rest": REST}, "loop": [1, 2, 3]},
        {"name": "Again", MODULE: {"name": "A1", "description": ""}},
        {"name": "Update", MODULE: {"name": "A1", "description": "new"}},
        {"name": "Delete", MODULE: {"name": "Old", "state": "absent"}},
        {"name": "Read", INFO: {}},
        {"name": "Other", "ansible.builtin.debug": {"msg": "hello"}},
        {"name": "Ignored", "ansible.builtin.fail": {"msg": "no"}, "ignore_errors": True},
        {"name": "Hidden", MODULE: {"name": "A1", "description": "newer"}, "no_log": True},
    ]
    connection = {name: f"{{{{ connection.{name} }}}}" for name in one.connection}
    plays = [
        play("genesys_orgs", *tasks, module_defaults={"group/genesys.cloud.genesys": connection}),
        play("localhost", {"name": "Elsewhere", "ansible.builtin.debug": {"msg": "hello"}}),
    ]
    inventory = {"one": {"connection": one.connection}, "two": {"connection": two.connection}}
    run = playbook(plays, inventory=inventory, env=ENABLED)
    assert run.returncode == 2, run.output
    table = summary(run.stdout)
    assert list(table) == ["one", "two", "2 orgs"]
    assert figures(table["one"]) == ["3", "2", "1", "1", "0", "-"]
    assert figures(table["two"]) == ["1", "0", "0", "0", "2", "-"]
    assert figures(table["2 orgs"]) == ["4", "2", "1", "1", "2", "0"]
    # The requests of failed tasks count too; a result that no_log hides has no requests.
    assert (int(table["two"]["requests"]), table["two"]["retries"]) == (len(two.log()), "1")
    assert 0 < int(table["one"]["requests"]) < len(one.log())
    assert 0 < float(table["one"]["seconds"]) < 600
    assert run.stdout.index("PLAY RECAP") < run.stdout.index("ORG SUMMARY")
    assert "\x1b[" not in run.stdout


def test_every_object_of_a_whole_org_counts(playbook, new_org):
    one, two = new_org(), new_org()
    for org in (one, two):
        org.seed([{"name": "Old", "type": "rest", "restConfig": {"url": REST["url"], "httpMethod": "GET"}}])
    two.fault(method="POST", path="/api/v2/architect/data-actions", status=403, times=1)
    entries = [{"name": name, "rest": REST} for name in ("A", "B", "C")]
    gone = {"name": "Old", "state": "absent"}
    connection = {name: f"{{{{ connection.{name} }}}}" for name in one.connection}
    whole = {**connection, "config": {"data_actions": [*entries, gone]}, "on_error": "continue"}
    plays = [play("genesys_orgs", {"name": "Apply", "genesys.cloud.genesys_org_config": whole})]
    inventory = {"one": {"connection": one.connection}, "two": {"connection": two.connection}}
    run = playbook(plays, inventory=inventory, env=ENABLED)
    assert run.returncode == 2, run.output
    table = summary(run.stdout)
    assert figures(table["one"]) == ["3", "0", "1", "0", "0", "-"]
    assert figures(table["two"]) == ["2", "0", "1", "0", "1", "-"]
    assert int(table["one"]["requests"]) == len(one.log())


def test_a_canary_that_fails_leaves_the_others_not_reached(playbook):
    hosts = {name: {} for name in ("canary", "a", "b", "c")}
    plays = [
        play("canary", {"name": "Check", MODULE: WRONG}),
        play("genesys_orgs:!canary", {"name": "Check", MODULE: OFFLINE}, serial=1),
    ]
    run = playbook(plays, inventory=hosts, env=ENABLED)
    assert run.returncode == 2, run.output
    table = summary(run.stdout)
    assert figures(table["canary"]) == ["0", "0", "0", "0", "1", "-"]
    assert {name: table[name]["not reached"] for name in "abc"} == dict.fromkeys("abc", "yes")
    assert figures(table["4 orgs"])[4:] == ["1", "3"]
    # Orgs that --limit excludes have no row.
    limited = summary(playbook(plays, arguments=["--limit", "canary,b"], inventory=hosts, env=ENABLED).stdout)
    assert list(limited) == ["canary", "b", "2 orgs"]


def test_a_batch_that_fails_leaves_later_batches_not_reached(playbook):
    hosts = {"a": {"given": OFFLINE}, "b": {"given": WRONG}, "c": {"given": OFFLINE}}
    arguments = {"name": "A", "state": "validated", "rest": "{{ given.rest }}"}
    target = play("{{ who }}", {"name": "Check", MODULE: arguments}, serial=1)
    run = playbook([target], inventory=hosts, env=ENABLED, extra_vars={"who": "genesys_orgs"})
    table = summary(run.stdout)
    assert figures(table["a"]) == ["0", "0", "0", "1", "0", "-"]
    assert figures(table["b"]) == ["0", "0", "0", "0", "1", "-"]
    assert figures(table["c"])[5] == "yes"


def test_failures_elsewhere_and_unreachable_hosts_count(playbook):
    unreachable = {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 1}
    tasks = [
        {"name": "Stop", "ansible.builtin.fail": {"msg": "no"}, "when": "inventory_hostname == 'a'"},
        {
            "name": "Ping",
            "ansible.builtin.ping": {},
            "when": "inventory_hostname == 'b'",
            "vars": unreachable,
        },
        {"name": "Check", MODULE: OFFLINE},
    ]
    run = playbook([play("genesys_orgs", *tasks)], inventory={name: {} for name in "abc"}, env=ENABLED)
    table = summary(run.stdout)
    assert figures(table["a"]) == ["0", "0", "0", "0", "1", "-"]
    assert figures(table["b"]) == ["0", "0", "0", "0", "1", "-"]
    assert figures(table["c"]) == ["0", "0", "0", "1", "0", "-"]


def test_no_task_for_an_org_and_runs_without_the_collection(playbook):
    plays = [play("genesys_orgs", {"name": "Check", MODULE: OFFLINE, "tags": ["checks"]})]
    nothing = playbook(plays, arguments=["--tags", "other"], env=ENABLED)
    assert nothing.returncode == 0, nothing.output
    assert figures(summary(nothing.stdout)["org"]) == ["0", "0", "0", "0", "0", "-"]
    skipped = [play("genesys_orgs", {"name": "Check", MODULE: OFFLINE, "when": False})]
    assert figures(summary(playbook(skipped, env=ENABLED).stdout)["org"]) == ["0", "0", "0", "0", "0", "-"]
    other = [play("genesys_orgs", {"name": "Say", "ansible.builtin.debug": {"msg": "hello"}})]
    assert "ORG SUMMARY" not in playbook(other, env=ENABLED).output
    nobody = [play("nobody", {"name": "Check", MODULE: OFFLINE})]
    run = playbook(nobody, env=ENABLED)
    assert "0 orgs" in summary(run.stdout), run.output


def test_the_checkouts_own_configuration_enables_it(tmp_path: pathlib.Path):
    book = tmp_path / "book.yml"
    book.write_text(
        "- hosts: localhost\n  gather_facts: false\n  tasks:\n    - genesys.cloud.genesys_data_action:\n"
        "        {name: A, state: validated, rest: {url: 'https://crm.example.com', method: GET}}\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")}
    done = subprocess.run(
        [sys.executable, "-m", "ansible", "playbook", str(book)],
        cwd=ROOT,
        env={**environment, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "ANSIBLE_FORCE_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ORG SUMMARY" in done.stdout
    assert "\x1b[" in done.stdout.partition("ORG SUMMARY")[2]  # as on a terminal


def test_no_table_unless_the_callback_is_enabled(playbook):
    run = playbook([play("genesys_orgs", {"name": "Check", MODULE: OFFLINE})])
    assert "ORG SUMMARY" not in run.output
