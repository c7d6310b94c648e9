# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playbooks with many plays in one process of ansible-playbook, with all that they print and write."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import typing as t

from integration.playbook import PlaybookRun, run_playbook

CAPTURE = pathlib.Path(__file__).with_name("capture")
#: The files that have the input of a run.
INPUT = ("playbook.yml", "inventory.yml", "extra_vars.json")


@dataclasses.dataclass(frozen=True)
class Captured:
    """A run with the lines that it and its modules wrote to syslog, and its folder."""

    run: PlaybookRun
    syslog: str
    folder: pathlib.Path


def captured(
    plays: t.Sequence[dict[str, t.Any]], folder: pathlib.Path, hosts: dict[str, t.Any], **more: t.Any
) -> Captured:
    """Run plays with all logs on. C(more) are options of C(run_playbook)."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    env = {
        "HOME": str(home),
        "TMPDIR": str(home),
        "ANSIBLE_LOG_PATH": str(home / "ansible.log"),
        "ANSIBLE_FORKS": "2",
        "PYTHONPATH": str(CAPTURE),
        "CAPTURED_SYSLOG": str(folder / "syslog.txt"),
    }
    run = run_playbook(plays, folder, inventory=hosts, env=env, timeout=800, **more)
    log = folder / "syslog.txt"
    return Captured(run, log.read_text("utf-8") if log.exists() else "", folder)


def exceptions(run: PlaybookRun, found_in: t.Callable[[str], str | None]) -> t.Iterator[tuple[str, str]]:
    """Yield (host, place) of each result in which C(found_in) finds an exception."""
    for task in run.tasks:
        shown = {
            key: value for key, value in task.result.items() if key not in ("invocation", "diff", "record")
        }
        place = found_in(json.dumps(shown))
        if place is not None:
            yield task.host, f"{task.task}: {place}"
