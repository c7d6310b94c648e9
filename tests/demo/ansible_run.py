# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One ansible-playbook run of the demo, shown while it runs and written completely to a file."""

from __future__ import annotations

import dataclasses
import pathlib
import re
import subprocess
import sys
import time
import typing as t

from integration.playbook import TaskResult, read_results, recording, stop

#: One callback writes the results for the demo, the other prints one line for each org.
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
        """Return org -> names of the objects that the run changed or would change, for orgs with changes."""
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
    """Run a playbook of the collection with `arguments` and write its whole output to `log`.

    The screen shows one diff for each name in `diffs` and the number of hidden diffs.
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
    """Yield the lines without diffs, except for the first diff of each name in `diffs`."""
    names_to_show, left_out = set(diffs), 0
    hidden = ended = False
    for line in lines:
        text = _COLOUR.sub("", line)
        header = _DIFF.match(text)
        if header:
            hidden, ended = header[1] not in names_to_show, False
            names_to_show.discard(header[1])
            left_out += hidden
        elif not text.strip():
            ended = True  # an empty line ends a diff: the lines of a diff begin with a sign
        elif ended:
            hidden = False
        if not hidden:
            yield line
    if left_out:
        yield f"({left_out} more diffs: {log})\n"
