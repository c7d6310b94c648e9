# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lane of each task, and that the environment of a task has the same effect in both lanes."""

from __future__ import annotations

import os
import pathlib
import sys
import venv

import ansible_runner

from integration.lanes import SWITCHED_OFF, both_lanes, lanes_of, normalized
from integration.playbook import COLLECTIONS, make_play

MODULE = "genesys.cloud.genesys_data_action"
INFO = "genesys.cloud.genesys_data_action_info"


def test_the_lane_of_a_task(playbook, tmp_path):
    """A task takes the module lane if a process would behave differently."""
    other = tmp_path / "other"
    venv.create(other, with_pip=False, symlinks=True)
    controller = pathlib.Path(sys.executable)
    given = {"name": "A", "state": "validated", "rest": {"url": "https://x.example.com", "method": "GET"}}
    keywords = {
        "Unchanged": {},
        "Another name of local": {"vars": {"ansible_connection": "ansible.builtin.local"}},
        "Another name": {"vars": {"ansible_python_interpreter": str(controller.with_name("python3"))}},
        "Link target": {"vars": {"ansible_python_interpreter": str(controller.resolve())}},
        "Another Python": {"vars": {"ansible_python_interpreter": str(other / "bin/python")}},
        "No Python": {"vars": {"ansible_python_interpreter": "/nowhere/python"}},
        "Discovered Python": {"vars": {"ansible_python_interpreter": "auto_silent"}},
        "Become": {"become": True, "become_user": "nobody"},
        "Async": {"async": 30, "poll": 1},
        "Proxy": {"environment": {"HTTPS_PROXY": "http://127.0.0.1:9"}},
        "Own variable": {"environment": {"GENESYS_ORGANIZATION": "Acme"}},
        "Variable in a path": {
            "environment": {"GENESYS_LOGS": "/tmp"},
            MODULE: {"audit_log": "$GENESYS_LOGS/x"},
        },
        "Off": {"vars": {"genesys_fast_lane": "{{ 1 == 2 }}"}},
        "Off by environment": {"environment": {"GENESYS_FAST_LANE": "0"}},
        "On by variable": {"environment": {"GENESYS_FAST_LANE": "0"}, "vars": {"genesys_fast_lane": True}},
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
    run = playbook(
        [make_play(here, hosts="org"), make_play(there, hosts="far")], inventory=inventory, verbosity=3
    )
    lanes = {task: lane for (_host, task), lane in lanes_of(run).items()}
    cure = 'set ansible_python_interpreter: "{{ ansible_playbook_python }}"'
    own = f"that of ansible-playbook is {sys.executable}; {cure}"
    environment = "the task's environment sets"
    assert lanes == {
        "Unchanged": "fast lane",
        "Another name of local": "fast lane",
        "Another name": "fast lane",
        "Link target": f"module lane: the module's Python is {controller.resolve()}, {own}",
        "Another Python": f"module lane: the module's Python is {other / 'bin/python'}, {own}",
        "No Python": f"module lane: the module's Python is /nowhere/python, {own}",
        "Discovered Python": f"module lane: the module's Python is not discovered yet, {own}",
        "Become": "module lane: the task uses become",
        "Async": "module lane: the task sets async",
        "Proxy": f"module lane: {environment} HTTPS_PROXY",
        "Own variable": "fast lane",
        "Variable in a path": f"module lane: {environment} GENESYS_LOGS, which an argument refers to",
        "Off": SWITCHED_OFF,
        "Off by environment": SWITCHED_OFF,
        "On by variable": "fast lane",
        "Delegated": "fast lane",
        "Elsewhere": "module lane: ansible_connection is ssh, not local",
    }, run.output
    for name in (
        "Unchanged",
        "Another name",
        "Async",
        "Proxy",
        "Own variable",
        "Variable in a path",
        "Off",
        "Delegated",
    ):
        assert run.result(name).status == "ok", run.output


def test_variables_of_the_environment(playbook, new_org, tmp_path):
    """The environment of a task has the same effect in both lanes, and none on other tasks."""
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
    play = make_play(tasks, environment={"GENESYS_TIMEOUT": 5})
    # From 2.21 on, ansible-core returns the arguments only with this variable.
    own = {"GENESYS_REGION": "us-east-1", "ANSIBLE_INJECT_INVOCATION": "1"}
    run = playbook([play], inventory=both_lanes(**orgs), env=own, verbosity=3)
    assert run.returncode == 0, run.output
    seen = {
        name: [normalized(run.result(name, lane), org) for lane, org in orgs.items()]
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
    assert {lane for (host, _task), lane in lanes_of(run).items() if host == "fast"} == {"fast lane"}


def test_long_waits_display_progress(playbook, new_org):
    """Progress lines are displayed with genesys_progress; the default is off, as stdout is no terminal."""
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
    play = make_play([index], connection="{{ org }}")
    run = playbook([play], inventory=inventory)
    assert run.returncode == 0, run.output
    lines = [line for line in run.output.splitlines() if "waiting for the rebuild" in line]
    assert 1 <= len(lines) <= 3, run.output
    assert all(line.startswith("[shown] order: waiting for the rebuild, ") for line in lines)


def test_ansible_runner(org, tmp_path):
    """Programs that embed ansible-playbook get the fast lane and its results as events."""
    tasks = [{"name": "Read", INFO: org.connection}, {"name": "Wrong", INFO: {**org.connection, "nmae": "A"}}]
    local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    run = ansible_runner.run(
        private_data_dir=str(tmp_path),
        playbook=[make_play(tasks)],
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


def test_settings_that_send_a_whole_run_to_the_module_lane(playbook, tmp_path):
    """Kept module files and missing libraries send all tasks to the module lane."""
    missing, broken = tmp_path / "missing", tmp_path / "broken"
    for folder, name, text in ((missing, "httpx", "raise ImportError"), (broken, "pydantic", "")):
        folder.mkdir()
        (folder / f"{name}.py").write_text(text)
    offline = {"name": "A", "state": "validated", "rest": {"url": "https://x.example.com", "method": "GET"}}
    import_failed = f"module lane: {sys.executable}, which runs ansible-playbook, cannot import the module"
    expected = {
        ("GENESYS_FAST_LANE", "no"): (SWITCHED_OFF, "ok"),
        ("ANSIBLE_KEEP_REMOTE_FILES", "1"): (
            "module lane: ANSIBLE_KEEP_REMOTE_FILES or keep_remote_files is set",
            "ok",
        ),
        ("PYTHONPATH", str(broken)): (f"{import_failed} (AttributeError: ", "failed"),
        ("PYTHONPATH", str(missing)): (f"{import_failed} (ImportError: missing libraries: httpx)", "failed"),
    }
    for (name, value), (reason, status) in expected.items():
        run = playbook([{"name": "Validate", MODULE: offline}], env={name: value}, verbosity=3)
        assert lanes_of(run)["org", "Validate"].startswith(reason), run.output
        assert run.result("Validate").status == status, run.output
    assert "-m pip install httpx" in run.result("Validate").result["msg"]
