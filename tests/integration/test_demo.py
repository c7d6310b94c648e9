# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make demo` stops what it started, whatever ends it, and fails when something is not as it should be.

The demo judges its own success: these tests are about its other ends.
"""

from __future__ import annotations

import os
import pathlib
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
    """A running demo; its children inherit the mark."""

    process: subprocess.Popen[str]
    mark: str

    def leftovers(self) -> list[str]:
        """The command lines of the processes that carry the mark, the demo's own aside."""
        found = []
        for folder in PROC.glob("[0-9]*"):
            try:
                if self.mark.encode() in (folder / "environ").read_bytes():
                    found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:
                continue  # it ended, or belongs to somebody else
        return found


@pytest.fixture
def start(tmp_path: pathlib.Path) -> t.Iterator[t.Callable[..., Started]]:
    """Starts the demo; `before` is Python that runs first, in the demo's module."""
    started: list[Started] = []

    def launch(before: str = "pass") -> Started:
        logs = f"run.LOGS = pathlib.Path({str(tmp_path / 'logs')!r})"
        code = f"import pathlib, sys; from demo import run; {logs}; {before}; sys.exit(run.main())"
        mark = uuid.uuid4().hex
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", code],
            env={
                **os.environ,
                "PYTHONPATH": str(DEMO.parent),
                "DEMO_MARK": mark,
                "GENESYS_BASE_URL": "http://127.0.0.1:9",
                "GENESYS_ACCESS_TOKEN": "of-the-caller",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(Started(process, mark))
        return started[-1]

    yield launch
    for demo in started:
        demo.process.kill()
        demo.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything(start: t.Callable[..., Started], number: signal.Signals) -> None:
    demo = start()
    seen = _read_until(demo.process, "changed: [")
    assert len(demo.leftovers()) >= 3, (
        f"not in the middle of a run: {seen}"
    )  # demo, simulator, ansible-playbook
    demo.process.send_signal(number)
    rest, _errors = demo.process.communicate(timeout=60)
    assert demo.process.returncode == 128 + number, rest
    assert "Interrupted" in rest and "Traceback" not in rest
    assert _gone(demo), demo.leftovers()


def test_the_demo_fails_when_something_is_not_as_expected(start: t.Callable[..., Started]) -> None:
    demo = start(before="run.DECLARED = {'dev': 14, 'test': 13, 'prod': 12}")
    output, _errors = demo.process.communicate(timeout=300)
    assert demo.process.returncode == 1, output
    expected = "data actions to create: expected dev 14, test 13, prod 12, got dev 14, test 13, prod 13"
    assert f"The demo FAILED: {expected}" in output
    assert _gone(demo), demo.leftovers()


def _read_until(process: subprocess.Popen[str], text: str) -> str:
    assert process.stdout is not None
    seen = ""
    for line in process.stdout:
        seen += line
        if text in line:
            return seen
    raise AssertionError(f"the demo ended before it printed {text!r}:\n{seen}")


def _gone(demo: Started) -> bool:
    """Whether nothing is left; a module that was being executed may take a moment to notice."""
    deadline = time.monotonic() + 10
    while demo.leftovers():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True
