# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One ansible-playbook run of the demo: shown while it runs, kept whole in a file, judged afterwards."""

from __future__ import annotations

import dataclasses
import pathlib
import re
import subprocess
import sys
import time
import typing as t

from integration.playbook import TaskResult, read_results, recording, stop

#: What the demo reads the results from, and what a person reads: one line for each org.
CALLBACKS = {"ANSIBLE_CALLBACKS_ENABLED": "task_results,genesys.cloud.org_summary"}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_DIFF = re.compile(r"--- before: [a-z ]+ '(.*)'")


@dataclasses.dataclass(frozen=True)
class AnsibleRun:
    """A finished run; `seconds` is wall time."""

    returncode: int
    seconds: float
    tasks: list[TaskResult]

    def changed(self) -> dict[str, list[str]]:
        """The names of the objects that the run changed, or would change, by org; orgs without are absent."""
        names: dict[str, list[str]] = {}
        for one in self.tasks:
            for changed in (known for known in one.result.get("objects", []) if known["changed"]):
                names.setdefault(one.host, []).append(str(changed["name"] or changed["id"]))
        return names


def run(
    playbook: str,
    arguments: t.Sequence[str],
    env: t.Mapping[str, str],
    log: pathlib.Path,
    diffs: t.Collection[str],
) -> AnsibleRun:
    """Run a playbook of the collection with `arguments`; everything it prints goes to `log`.

    The screen shows one diff for each name in `diffs` and says how many it leaves out.
    """
    results = log.with_suffix(".jsonl")
    results.unlink(missing_ok=True)
    command = [sys.executable, "-m", "ansible", "playbook", playbook, *arguments]
    started = time.monotonic()
    with (
        log.open("w", encoding="utf-8") as copy,
        subprocess.Popen(
            command,
            env=dict(env) | recording(results) | CALLBACKS,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            for line in shortened(_copied(process.stdout, copy), diffs, log):
                print(line, end="", flush=True)
            process.wait()
        finally:
            stop(process)
    return AnsibleRun(process.returncode, time.monotonic() - started, read_results(results)[0])


def _copied(lines: t.Iterable[str], copy: t.TextIO) -> t.Iterator[str]:
    for line in lines:
        copy.write(line)
        yield line


def shortened(lines: t.Iterable[str], diffs: t.Collection[str], log: pathlib.Path) -> t.Iterator[str]:
    """The lines without diffs, but for the first one of each name in `diffs`."""
    waited_for, left_out = set(diffs), 0
    hidden = ended = False
    for line in lines:
        text = _COLOUR.sub("", line)
        header = _DIFF.match(text)
        if header:
            hidden, ended = header[1] not in waited_for, False
            waited_for.discard(header[1])
            left_out += hidden
        elif not text.strip():
            ended = True  # no line of a diff is empty: its own have a sign in front
        elif ended:
            hidden = False
        if not hidden:
            yield line
    if left_out:
        yield f"({left_out} more diffs: {log})\n"
