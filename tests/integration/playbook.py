# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real `ansible-playbook` processes for the integration tests, and their results.

    def test_creates(playbook, org):  # fixtures: tests/integration/conftest.py and tests/conftest.py
        module = {**org.connection, "name": "A", "rest": {"url": "https://crm.example.com", "method": "GET"}}
        run = playbook([{"name": "Create", "genesys.cloud.genesys_data_action": module}])
        assert run.returncode == 0, run.output
        assert run.result("Create").status == "changed"

A run is isolated from its caller. The working directory, the configuration, the collections path and
Ansible's home are set explicitly. The caller's GENESYS_*, ANSIBLE_* and proxy variables are removed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import typing as t

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLLECTIONS = ROOT / ".cache" / "collections"  # `make install` links the checkout there as a collection
CALLBACKS = pathlib.Path(__file__).with_name("callback_plugins")

#: By default ansible-playbook looks for results a thousand times a second, which takes a part of a processor.
CONFIGURATION = "[defaults]\nforks = 5\ninternal_poll_interval = 0.005\n"

#: A playbook as a file, as its YAML text, as plays, or as the tasks of one play over all hosts.
Playbook = pathlib.Path | str | t.Sequence[t.Mapping[str, t.Any]]
#: An inventory file or folder, or host variables by host name (group `genesys_orgs`).
Inventory = pathlib.Path | t.Mapping[str, t.Mapping[str, t.Any]]


@dataclasses.dataclass(frozen=True)
class TaskResult:
    """The result of one task on one host, or of one loop item (`item` is its label)."""

    task: str
    action: str
    host: str
    item: str | None
    status: str  #: ok, changed, failed, skipped or unreachable
    ignored: bool  #: failed, but the task has ignore_errors
    result: dict[str, t.Any]  #: as a callback plugin gets it, after no_log


@dataclasses.dataclass(frozen=True)
class PlaybookRun:
    """A finished ansible-playbook process."""

    returncode: int
    stdout: str
    stderr: str
    tasks: list[TaskResult]  #: in order of their end; a loop has one result per item, no summary
    stats: dict[str, dict[str, int]]  #: host -> ok, changed, failures, unreachable, skipped, rescued, ignored

    @property
    def output(self) -> str:
        """Return standard output and standard error of the process."""
        return self.stdout + self.stderr

    def results(
        self,
        task: str | None = None,
        host: str | None = None,
        item: str | None = None,
        action: str | None = None,
    ) -> list[TaskResult]:
        """Return the matching results; `task` is a whole name, or the part after `role : `."""
        return [
            one
            for one in self.tasks
            if (task is None or one.task == task or one.task.endswith(f" : {task}"))
            and (host is None or one.host == host)
            and (item is None or one.item == item)
            and (action is None or one.action == action)
        ]

    def result(
        self,
        task: str | None = None,
        host: str | None = None,
        item: str | None = None,
        action: str | None = None,
    ) -> TaskResult:
        """Return the only matching result; raise AssertionError with the output if it is not the only one."""
        found = self.results(task, host, item, action)
        assert len(found) == 1, f"{len(found)} results match {(task, host, item, action)}\n{self.output}"
        return found[0]


def run_playbook(
    playbook: Playbook,
    directory: pathlib.Path,
    *,
    inventory: Inventory | None = None,
    extra_vars: t.Mapping[str, t.Any] | None = None,
    check: bool = False,
    diff: bool = False,
    verbosity: int = 0,
    env: t.Mapping[str, str] | None = None,
    arguments: t.Sequence[str] = (),
    timeout: float = 900,
    python: str = sys.executable,
) -> PlaybookRun:
    """Run `playbook` in a new folder under `directory` (pytest's tmp_path) and wait until it ends.

    :param inventory: default: one host named `org`. A mapping gets local connections and the tests' Python.
    :param extra_vars: variables of highest precedence; passed in a file, not on the command line.
    :param env: environment variables on top of the cleaned environment.
    :param arguments: further arguments of ansible-playbook, like `["--tags", "data_actions"]`.
    :param python: interpreter of ansible-playbook, and of the modules on hosts of a mapping.
    :param timeout: seconds after which the process and its children are killed: subprocess.TimeoutExpired.
    """
    home = _new_folder(directory)
    command = _command(playbook, home, inventory, extra_vars, check, diff, verbosity, arguments, python)
    results = home / "results.jsonl"
    environment = clean_environment() | _settings(home) | recording(results) | dict(env or {})
    returncode, stdout, stderr = _execute(command, environment, home, timeout)
    tasks, stats = read_results(results)
    return PlaybookRun(returncode, stdout, stderr, tasks, stats)


def make_play(
    tasks: t.Iterable[t.Mapping[str, t.Any]],
    *,
    connection: t.Any = None,
    hosts: str = "all",
    **keywords: t.Any,
) -> dict[str, t.Any]:
    """Return a play over `hosts`; `connection` gives the default options of the collection's modules."""
    if connection is not None:
        keywords["module_defaults"] = {"group/genesys.cloud.genesys": connection}
    return {"name": "Test", "hosts": hosts, "gather_facts": False, "tasks": list(tasks), **keywords}


@contextlib.contextmanager
def running_playbook(
    playbook: Playbook,
    directory: pathlib.Path,
    *,
    inventory: Inventory | None = None,
    env: t.Mapping[str, str] | None = None,
) -> t.Iterator[tuple[subprocess.Popen[str], pathlib.Path]]:
    """Start ansible-playbook as `run_playbook` does; yield the process, to be interrupted, and its folder."""
    home = _new_folder(directory)
    command = _command(playbook, home, inventory, None, False, False, 0, ())
    with _started(command, clean_environment() | _settings(home) | dict(env or {}), home) as process:
        yield process, home


def _command(
    playbook: Playbook,
    home: pathlib.Path,
    inventory: Inventory | None,
    extra_vars: t.Mapping[str, t.Any] | None,
    check: bool,
    diff: bool,
    verbosity: int,
    arguments: t.Sequence[str],
    python: str = sys.executable,
) -> list[str]:
    command = [python, "-m", "ansible", "playbook", str(_playbook_file(playbook, home))]
    command += ["--inventory", str(_inventory_file(inventory, home, python))]
    if extra_vars:
        command += ["--extra-vars", f"@{_write(home / 'extra_vars.json', extra_vars)}"]
    if check:
        command.append("--check")
    if diff:
        command.append("--diff")
    if verbosity:
        command.append("-" + "v" * verbosity)
    return [*command, *arguments]


def clean_environment() -> dict[str, str]:
    """Return the environment without GENESYS_*, ANSIBLE_* and proxies: tests must not reach a real org."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GENESYS_", "ANSIBLE_")) and not name.lower().endswith("_proxy")
    } | {"LC_ALL": "C.UTF-8"}  # Ansible requires a UTF-8 locale


def recording(results: pathlib.Path) -> dict[str, str]:
    """Return the environment variables that make a run write the file that `read_results` reads."""
    return {
        "ANSIBLE_CALLBACK_PLUGINS": str(CALLBACKS),
        "ANSIBLE_CALLBACKS_ENABLED": "task_results",
        "TASK_RESULTS_FILE": str(results),
    }


def read_results(path: pathlib.Path) -> tuple[list[TaskResult], dict[str, dict[str, int]]]:
    """Return task results and recap of one run; both are empty if it ended before its first task."""
    tasks: list[TaskResult] = []
    stats: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        content = json.loads(line)
        if "stats" in content:
            stats = content["stats"]
        elif not content.pop("loop"):
            tasks.append(TaskResult(**content))
    return tasks, stats


def stop(process: subprocess.Popen[str]) -> None:
    """Stop an ansible-playbook that still runs after a time-out or Ctrl-C, including its workers.

    Each worker leads its own session, so only the signal handler of ansible-playbook reaches the workers.
    """
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _settings(home: pathlib.Path) -> dict[str, str]:
    return {
        "ANSIBLE_CONFIG": str(_write_text(home / "ansible.cfg", CONFIGURATION)),
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_HOME": str(home / "ansible"),
        "ANSIBLE_REMOTE_TMP": str(home / "remote"),
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_PIPELINING": "1",  # a local task needs a third of the processes then
        "ANSIBLE_LOCALHOST_WARNING": "0",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "0",
        "ANSIBLE_RETRY_FILES_ENABLED": "0",
    }


def _execute(
    command: t.Sequence[str], env: t.Mapping[str, str], cwd: pathlib.Path, timeout: float
) -> tuple[int, str, str]:
    with _started(command, env, cwd) as process:
        stdout, stderr = process.communicate(timeout=timeout)
    return process.returncode, stdout, stderr


@contextlib.contextmanager
def _started(
    command: t.Sequence[str], env: t.Mapping[str, str], cwd: pathlib.Path
) -> t.Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        command,
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            stop(process)


def _new_folder(directory: pathlib.Path) -> pathlib.Path:
    directory.mkdir(parents=True, exist_ok=True)
    return pathlib.Path(tempfile.mkdtemp(prefix="run-", dir=directory))  # parallel runs need distinct folders


def _playbook_file(playbook: Playbook, home: pathlib.Path) -> pathlib.Path:
    if isinstance(playbook, pathlib.Path):
        return playbook.resolve()
    if isinstance(playbook, str):
        return _write_text(home / "playbook.yml", playbook)
    if not any("hosts" in play or "ansible.builtin.import_playbook" in play for play in playbook):
        playbook = [make_play(playbook)]
    return _write(home / "playbook.yml", playbook)  # JSON is YAML


def _inventory_file(inventory: Inventory | None, home: pathlib.Path, python: str) -> pathlib.Path:
    if isinstance(inventory, pathlib.Path):
        return inventory.resolve()
    hosts = {"org": {}} if inventory is None else inventory
    local = {"ansible_connection": "local", "ansible_python_interpreter": python}
    content = {"all": {"vars": local, "children": {"genesys_orgs": {"hosts": hosts}}}}
    return _write(home / "inventory.yml", content)


def _write(path: pathlib.Path, content: t.Any) -> pathlib.Path:
    return _write_text(path, json.dumps(content, indent=1))


def _write_text(path: pathlib.Path, text: str) -> pathlib.Path:
    path.write_text(text, encoding="utf-8")
    return path
