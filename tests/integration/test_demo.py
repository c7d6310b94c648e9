# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the ends of `make demo`: it stops all its processes, and it fails when a count is wrong.

The demo checks a successful run itself, so these tests cover interruptions and failures.
"""

from __future__ import annotations

import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import typing as t
import uuid

import pytest

from integration.playbook import ROOT

DEMO = ROOT / "tests" / "demo"
PROC = pathlib.Path("/proc")

pytestmark = pytest.mark.skipif(not PROC.is_dir(), reason="finds left processes in /proc, which is not here")


class Started(t.NamedTuple):
    """A running demo; `mark` is in the environment of all its processes, `secret` only in its caller's."""

    process: subprocess.Popen[str]
    mark: str
    secret: str


def processes(text: str) -> dict[int, str]:
    """Return the command line by process id of all processes that have `text` in their environment."""
    found = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            if text.encode() in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # the process has ended or belongs to another user
    return found


@pytest.fixture
def start(tmp_path: pathlib.Path) -> t.Iterator[t.Callable[..., Started]]:
    """Yield a function that starts the demo; it runs the Python text `before` first, in the demo's module."""
    started: list[Started] = []

    def launch(before: str = "pass") -> Started:
        logs = f"run.LOGS = pathlib.Path({str(tmp_path / 'logs')!r})"
        code = f"import pathlib, sys; from demo import run; {logs}; {before}; sys.exit(run.main())"
        mark, secret = uuid.uuid4().hex, uuid.uuid4().hex
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", code],
            env={
                **os.environ,
                "PYTHONPATH": f"{DEMO}:{DEMO.parent}",  # the import path of the demo when it runs as a script
                "DEMO_MARK": mark,
                "GENESYS_BASE_URL": "http://127.0.0.1:9",
                "GENESYS_ACCESS_TOKEN": secret,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(Started(process, mark, secret))
        return started[-1]

    yield launch
    for demo in started:
        demo.process.kill()
        demo.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything(start: t.Callable[..., Started], number: signal.Signals) -> None:
    demo = start()
    seen = _read_until(demo.process, "PLAY [Converge the orgs]")
    assert len(processes(demo.mark)) >= 3, f"not the demo, its simulator and a playbook: {seen}"
    assert list(processes(demo.secret)) == [demo.process.pid]
    demo.process.send_signal(number)
    rest, _errors = demo.process.communicate(timeout=600)
    assert demo.process.returncode == 128 + number, rest
    assert "Interrupted" in rest and "Traceback" not in rest
    assert _all_processes_end(demo), processes(demo.mark)


def test_the_demo_fails_when_something_is_not_as_expected(start: t.Callable[..., Started]) -> None:
    demo = start(before="run.DECLARED['prod'] -= 1")
    output, _errors = demo.process.communicate(timeout=300)
    assert demo.process.returncode == 1, output
    same = r"dev (\d+), test (\d+), prod (\d+), partner (\d+), got dev \1, test \2, prod (\d+), partner \4"
    counts = re.search(f"FAILED: .*: expected {same}", output)
    assert counts is not None and int(counts[5]) == int(counts[3]) + 1, output
    assert _all_processes_end(demo), processes(demo.mark)


def _read_until(process: subprocess.Popen[str], text: str) -> str:
    assert process.stdout is not None
    seen = ""
    for line in process.stdout:
        seen += line
        if text in line:
            return seen
    raise AssertionError(f"the demo ended before it printed {text!r}:\n{seen}")


def _all_processes_end(demo: Started) -> bool:
    """Return whether all processes of the demo end within 10 s; a running module needs a moment."""
    deadline = time.monotonic() + 10
    while processes(demo.mark):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True
