# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that are stopped while another process holds the lock of their journal or audit log, in both lanes.

The code gives up such a lock after FOREVER here, so only the stop can end a run within PATIENCE.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import typing as t

import pytest

from integration.module_process import MODULE
from integration.playbook import CALLBACKS, COLLECTIONS, clean_environment, make_play, running_playbook
from integration.stops import appends_blocked, time_out, workers
from unit.org.conftest import action, purpose
from unit.patience import FOREVER, PATIENCE

UTILS = MODULE.replace("modules.genesys_org_config", "module_utils")
PATIENT_LOCKS = f"from {UTILS} import _append_only_file; _append_only_file._LONGEST_LOCK = {FOREVER}"
CALLBACK = f"""
from ansible.plugins.callback import CallbackBase
{PATIENT_LOCKS}

class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_NAME = "patient_locks"
"""
WHOLE_ORG = {"config": {"data_actions": [action(f"Action {number:03d}") for number in range(200)]}}
TASKS = {
    "genesys_org_config": {**WHOLE_ORG, "concurrency": 4},
    "genesys_privacy_purpose": {**purpose("A")},
}
FILES = {"journal": "journal.jsonl", "audit_log": "audit.jsonl"}


def given_options(org: t.Any, folder: pathlib.Path, module: str) -> dict[str, t.Any]:
    paths = {option: str(folder / name) for option, name in FILES.items()}
    return {**org.connection, **TASKS[module], **paths, "timeout": 300, "deadline": 600}


def block(blocked: pathlib.Path, held: contextlib.ExitStack, org: t.Any) -> None:
    """Block the appends of a file that exists, or that the run creates. Let the run meet the lock."""
    ends_at = time.monotonic() + PATIENCE
    while not blocked.exists() or blocked.stat().st_size == 0:
        assert time.monotonic() < ends_at, "the run creates no file"
        time.sleep(0.001)
    held.enter_context(appends_blocked(blocked))
    while not org.log():
        assert time.monotonic() < ends_at, "the run sends no request"
        time.sleep(0.01)
    time.sleep(0.5)  # the test also passes if the run has not met the lock yet


def has_ended(process: int) -> bool:
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture
def org(new_org: t.Callable[[], t.Any]) -> t.Any:
    return new_org()


@pytest.fixture(params=FILES)
def blocked(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> pathlib.Path:
    """Return the file whose appends are blocked. It has a line, so that it can be blocked before the run."""
    path = tmp_path / FILES[request.param]
    if request.param == "audit_log":
        path.touch(0o600)
        path.write_text("{}\n", "utf-8")
    return path


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("module", TASKS)
def test_the_process_of_a_module(org, tmp_path, blocked, module, number):
    name = MODULE.replace("genesys_org_config", module)
    arguments = tmp_path / "arguments.json"
    controller = {"_ansible_check_mode": False, "_ansible_remote_tmp": str(tmp_path)}
    given = {**given_options(org, tmp_path, module), **controller}
    arguments.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": given}), "utf-8")
    org.fault(method="POST", path="/api/*", delay=0.3)  # its outcome meets the lock
    code = f"import runpy; {PATIENT_LOCKS}; runpy.run_module({name!r}, run_name='__main__', alter_sys=True)"
    environ = {**clean_environment(), "PYTHONPATH": str(COLLECTIONS)}
    with contextlib.ExitStack() as held:
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(arguments)],
            env=environ,
            stdout=subprocess.PIPE,
            cwd=tmp_path,
            # A process that a shell started in the background ignores SIGINT, and so do its children.
            preexec_fn=functools.partial(signal.signal, signal.SIGINT, signal.default_int_handler),
        )
        held.callback(process.kill)
        block(blocked, held, org)
        process.send_signal(number)
        output, _errors = process.communicate(timeout=PATIENCE)
    assert process.returncode != 0
    if number == signal.SIGTERM:
        assert "stopped by SIGTERM" in json.loads(output)["msg"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGALRM])
def test_the_fast_lane(org, tmp_path, blocked, number):
    org.fault(method="POST", path="/api/*", delay=0.3)
    plugins = tmp_path / "callbacks"
    plugins.mkdir()
    (plugins / "patient_locks.py").write_text(CALLBACK, "utf-8")
    environ = {
        "ANSIBLE_CALLBACK_PLUGINS": f"{CALLBACKS}{os.pathsep}{plugins}",
        "ANSIBLE_CALLBACKS_ENABLED": "patient_locks",
    }
    task = {
        "genesys.cloud.genesys_org_config": given_options(org, tmp_path, "genesys_org_config"),
        "timeout": 900,
    }
    with (
        contextlib.ExitStack() as held,
        running_playbook([make_play([task])], tmp_path, env=environ) as (running, _home),
    ):
        block(blocked, held, org)
        children = workers(running)
        if number == signal.SIGALRM:
            time_out(running)
        else:
            running.send_signal(number)
        running.communicate(timeout=PATIENCE)
        ends_at = time.monotonic() + PATIENCE
        while not all(has_ended(worker) for worker in children):
            assert time.monotonic() < ends_at, "a worker of ansible-playbook still runs"
            time.sleep(0.05)
    assert running.returncode != 0
