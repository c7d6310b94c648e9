# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the fast lane: which tasks take it, and that the task's environment works as in a process."""

from __future__ import annotations

import os
import pathlib
import sys
import venv

import ansible_runner

from integration.lanes import both_lanes, comparable, taken
from integration.playbook import COLLECTIONS

MODULE = "genesys.cloud.genesys_data_action"
INFO = "genesys.cloud.genesys_data_action_info"


def _play(tasks, hosts="all", **keywords):
    return {"name": "Test", "hosts": hosts, "gather_facts": False, "tasks": tasks, **keywords}


def test_the_lane_of_a_task(playbook, tmp_path):
    """Check that a task whose keywords need another process or interpreter takes the module lane."""
    other = tmp_path / "other"
    venv.create(other, with_pip=False, symlinks=True)
    ours = pathlib.Path(sys.executable)
    given = {"name": "A", "state": "validated", "rest": {"url": "https://x.example.com", "method": "GET"}}
    keywords = {
        "As it is": {},
        "Another name of local": {"vars": {"ansible_connection": "ansible.builtin.local"}},
        "Another name": {"vars": {"ansible_python_interpreter": str(ours.with_name("python3"))}},
        "Its link": {"vars": {"ansible_python_interpreter": str(ours.resolve())}},
        "Another Python": {"vars": {"ansible_python_interpreter": str(other / "bin/python")}},
        "No Python": {"vars": {"ansible_python_interpreter": "/nowhere/python"}},
        "Found Python": {"vars": {"ansible_python_interpreter": "auto_silent"}},
        "Become": {"become": True, "become_user": "nobody"},
        "Async": {"async": 30, "poll": 1},
        "Proxy": {"environment": {"HTTPS_PROXY": "http://127.0.0.1:9"}},
        "Ours": {"environment": {"GENESYS_REGION": "us-east-1"}},
        "Ours in a path": {"environment": {"GENESYS_LOGS": "/tmp"}, MODULE: {"audit_log": "$GENESYS_LOGS/x"}},
        "Off": {"vars": {"genesys_fast_lane": "{{ 1 == 2 }}"}},
        "Off by environment": {"environment": {"GENESYS_FAST_LANE": "0"}},
        "On after all": {"environment": {"GENESYS_FAST_LANE": "0"}, "vars": {"genesys_fast_lane": True}},
    }
    here = [
        {"name": name, MODULE: {**given, **more.pop(MODULE, {})}, "ignore_errors": True, **more}
        for name, more in keywords.items()
    ]
    there = [
        {"name": "Delegated", MODULE: given, "delegate_to": "localhost"},
        {"name": "Elsewhere", MODULE: given, "ignore_unreachable": True},
    ]
    inventory = {
        "org": {},
        "far": {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 9},
    }
    run = playbook([_play(here, "org"), _play(there, "far")], inventory=inventory, verbosity=3)
    lanes = {task: lane for (_host, task), lane in taken(run).items()}
    own = f"that of ansible-playbook is {sys.executable}"
    assert lanes == {
        "As it is": "fast lane",
        "Another name of local": "fast lane",
        "Another name": "fast lane",
        "Its link": f"module lane: its Python is {ours.resolve()}, {own}",
        "Another Python": f"module lane: its Python is {other / 'bin/python'}, {own}",
        "No Python": f"module lane: its Python is /nowhere/python, {own}",
        "Found Python": f"module lane: its Python is not found yet, {own}",
        "Become": "module lane: become",
        "Async": "module lane: async",
        "Proxy": "module lane: the environment sets HTTPS_PROXY",
        "Ours": "fast lane",
        "Ours in a path": "module lane: the environment sets GENESYS_LOGS, which an argument refers to",
        "Off": "module lane: switched off",
        "Off by environment": "module lane: switched off",
        "On after all": "fast lane",
        "Delegated": "fast lane",
        "Elsewhere": "module lane: the connection is ssh",
    }, run.output
    for name in ("As it is", "Another name", "Async", "Proxy", "Ours", "Ours in a path", "Off", "Delegated"):
        assert run.result(name).status == "ok", run.output


def test_variables_of_the_environment(playbook, new_org, tmp_path):
    """Check that both lanes use the task's environment and that it never leaks into another task."""
    orgs = {"fast": new_org(), "module": new_org()}
    for org in orgs.values():
        org.seed([{"name": "Primary", "version": 1, "settings": {}}], "flows")
    connection = {
        "GENESYS_CLIENT_ID": "{{ org.client_id }}",
        "GENESYS_CLIENT_SECRET": "{{ org.client_secret }}",
        "GENESYS_BASE_URL": "{{ org.base_url }}",
        "GENESYS_REGION": "",
    }
    settings = {"name": "Primary", "routing": {"max_wait_time": 9}, "min_update_interval": 0.1}
    tasks = [
        {"name": "None", INFO: {}, "ignore_errors": True},
        {"name": "Empty beside it", INFO: {}, "environment": connection},
        {"name": "Merged", INFO: {}, "environment": {**connection, "GENESYS_TIMEOUT": 7}},
        {"name": "Wrong type", INFO: {}, "environment": {"GENESYS_RETRIES": True}, "ignore_errors": True},
        {
            "name": "State",
            "genesys.cloud.genesys_flow_settings": settings,
            "environment": {**connection, "GENESYS_STATE_PATH": f"{tmp_path}/{{{{ inventory_hostname }}}}"},
        },
        {"name": "None again", INFO: {}, "ignore_errors": True},
    ]
    play = _play(tasks, environment={"GENESYS_TIMEOUT": 5})
    # ansible-core 2.21 and newer return the arguments only with this variable.
    own = {"GENESYS_REGION": "us-east-1", "ANSIBLE_INJECT_INVOCATION": "1"}
    run = playbook([play], inventory=both_lanes(**orgs), env=own, verbosity=3)
    assert run.returncode == 0, run.output
    seen = {
        name: [comparable(run.result(name, lane), org) for lane, org in orgs.items()]
        for name in [task["name"] for task in tasks]
    }
    assert [name for name, (fast, module) in seen.items() if fast != module] == []
    assert [seen[name][0][0] for name in seen] == ["failed", "ok", "ok", "failed", "changed", "failed"]
    assert "retries (from GENESYS_RETRIES): " in seen["Wrong type"][0][1]["msg"]
    timeouts = [
        seen[name][0][1]["invocation"]["module_args"]["timeout"] for name in ("Empty beside it", "Merged")
    ]
    assert timeouts == [5, 7]
    for lane in orgs:
        assert [path.suffix for path in sorted((tmp_path / lane).iterdir())] == [".json", ".lock"]
    assert {lane for (host, _task), lane in taken(run).items() if host == "fast"} == {"fast lane"}


def test_long_waits_show_that_they_go_on(playbook, new_org):
    """Check progress lines of long waits: printed with genesys_progress, not without it, not with no_log."""
    fields = [{"name": "state", "type": "string", "maxLength": 20}]
    orgs = {host: new_org() for host in ("shown", "hidden", "quiet")}
    for org in orgs.values():
        org.seed([{"id": "order", "name": "Order", "fields": fields, "indexes": []}], "customobjects")
        org.simulator.rebuild(org.key, duration=5)
    inventory = {host: {"org": org.connection} for host, org in orgs.items()}
    inventory["shown"]["genesys_progress"] = inventory["hidden"]["genesys_progress"] = True
    index = {
        "name": "Index",
        "genesys.cloud.genesys_customobject_index": {
            "custom_object_id": "order",
            "indexes": [{"name": "by_state", "fields": ["state"]}],
        },
        "no_log": "{{ inventory_hostname == 'hidden' }}",
    }
    play = _play([index], module_defaults={"group/genesys.cloud.genesys": "{{ org }}"})
    run = playbook([play], inventory=inventory)
    assert run.returncode == 0, run.output
    lines = [line for line in run.output.splitlines() if "waiting for the rebuild" in line]
    assert 1 <= len(lines) <= 3, run.output
    assert all(line.startswith("[shown] order: waiting for the rebuild, ") for line in lines)


def test_ansible_runner(org, tmp_path):
    """Check that ansible-runner gets the fast lane and the task results as events."""
    tasks = [{"name": "Read", INFO: org.connection}, {"name": "Wrong", INFO: {**org.connection, "nmae": "A"}}]
    local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    run = ansible_runner.run(
        private_data_dir=str(tmp_path),
        playbook=[_play(tasks)],
        inventory={"all": {"hosts": {"org": local}}},
        envvars={
            "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
            "ANSIBLE_HOME": str(tmp_path / "ansible"),
            "PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}",
        },
        verbosity=3,
        quiet=True,
    )
    with run.stdout as output:
        text = output.read()
    assert (run.status, run.rc) == ("failed", 2), text
    assert text.count("<org> fast lane") == 2
    results = {
        event["event_data"]["task"]: event["event_data"]["res"]
        for event in run.events
        if event["event"] in ("runner_on_ok", "runner_on_failed")
    }
    assert results["Read"]["records"] == []
    assert results["Wrong"]["msg"].startswith("nmae: is not an option")
    assert org.client_secret not in text


def test_what_a_whole_run_needs_processes_for(playbook, tmp_path):
    """Check that kept remote files and missing or broken libraries make a task take the module lane."""
    missing, broken = tmp_path / "missing", tmp_path / "broken"
    for folder, name, text in ((missing, "httpx", "raise ImportError"), (broken, "pydantic", "")):
        folder.mkdir()
        (folder / f"{name}.py").write_text(text)
    offline = {"name": "A", "state": "validated", "rest": {"url": "https://x.example.com", "method": "GET"}}
    import_failed = "ansible-playbook itself cannot import it"
    expected = {
        ("GENESYS_FAST_LANE", "no"): ("switched off", "ok"),
        ("ANSIBLE_KEEP_REMOTE_FILES", "1"): ("its files are to be kept", "ok"),
        ("PYTHONPATH", str(broken)): (f"{import_failed} (AttributeError: ", "failed"),
        ("PYTHONPATH", str(missing)): (f"{import_failed} (ImportError: no httpx)", "failed"),
    }
    for (name, value), (reason, status) in expected.items():
        run = playbook([{"name": "Validate", MODULE: offline}], env={name: value}, verbosity=3)
        assert taken(run)["org", "Validate"].startswith(f"module lane: {reason}"), run.output
        assert run.result("Validate").status == status, run.output
    assert "-m pip install httpx" in run.result("Validate").result["msg"]
