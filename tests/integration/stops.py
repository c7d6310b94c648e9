# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Helpers for tests that stop runs: the time-out of a task, the end of the run, its journal and audit log."""

from __future__ import annotations

import collections
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import time
import typing as t

from ansible_collections.genesys.cloud.plugins.module_utils._file_locks import (
    APPEND,
    SESSION,
    try_lock,
    unlock,
)


def workers(process: subprocess.Popen[str]) -> list[int]:
    """Return the process ids of the workers of ansible-playbook, none if it has ended."""
    try:
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8")
    except FileNotFoundError:
        return []
    return [int(worker) for worker in children.split()]


def time_out(process: subprocess.Popen[str]) -> None:
    """Send the alarm of a task's time-out to the workers of ansible-playbook, as the system's timer would."""
    for worker in workers(process):
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGALRM)


def wait_until_closed(journal: pathlib.Path) -> None:
    """Wait until no process has the journal open. A run that Ansible no longer waits for may still end."""
    if not journal.exists():
        return
    with journal.open("r+b") as file:
        while not try_lock(file.fileno(), SESSION, exclusive=True):
            time.sleep(0.01)


@contextlib.contextmanager
def appends_blocked(path: pathlib.Path) -> t.Iterator[None]:
    """Hold the lock of a journal's or audit log's appends, so that its writers hang."""
    with path.open("r+b") as file:
        while not try_lock(file.fileno(), APPEND, exclusive=True):
            time.sleep(0.001)
        try:
            yield
        finally:
            unlock(file.fileno(), APPEND)


def unlogged(journal: pathlib.Path, log: pathlib.Path) -> list[str]:
    """Return the confirmed writes of the journal that the audit log lacks, by kind and name."""
    intents: dict[tuple[str, int], dict[str, t.Any]] = {}
    applied: collections.Counter[tuple[str, str]] = collections.Counter()
    for line in _lines(journal):
        key = (line.get("run", ""), line.get("number", -1))
        if "action" in line:
            intents[key] = line
        elif line.get("outcome") == "applied" and key in intents:
            applied[intents[key]["kind"], str(intents[key]["name"])] += 1
    logged = collections.Counter((line["kind"], str(line["name"])) for line in _lines(log))
    return [f"{kind} {name!r}" for kind, name in (applied - logged).elements()]


def _lines(path: pathlib.Path) -> t.Iterator[dict[str, t.Any]]:
    """Yield the whole lines of a file."""
    for text in path.read_text("utf-8").splitlines() if path.exists() else []:
        with contextlib.suppress(ValueError):
            yield json.loads(text)
