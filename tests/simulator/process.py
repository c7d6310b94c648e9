# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator in a subprocess that ends with its parent. Standard library only."""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import typing as t

from .control import Simulator

STOP_TIMEOUT = 10.0
_READY = re.compile(r"Simulator ready at (\S+)")


@contextlib.contextmanager
def running(port: int = 0, *, arguments: t.Sequence[str] = ()) -> t.Iterator[Simulator]:
    """Start a simulator with this interpreter, wait until it is ready, and stop it after the block.

    C(arguments) are more options of C(python -m simulator). The pipe to the standard input of the simulator
    stops it even when this process is killed. Raise RuntimeError with its output when it does not start.
    """
    tests = pathlib.Path(__file__).resolve().parent.parent
    path = os.pathsep.join([str(tests), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "simulator", "--port", str(port), "--until-stdin-closes", *arguments]
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
        )
        try:
            yield Simulator(_url(process, errors))
        finally:
            _stop(process)


def _url(process: subprocess.Popen[str], errors: t.TextIO) -> str:
    assert process.stdout is not None
    ready = _READY.match(process.stdout.readline())
    if ready is None:
        process.wait(STOP_TIMEOUT)
        errors.seek(0)
        raise RuntimeError(f"the simulator did not start:\n{errors.read()}")
    return ready[1]


def _stop(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.close()
    try:
        process.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
