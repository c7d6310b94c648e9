# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Process of genesys_org_config for one org, as Ansible starts it, for tests that end it early."""

from __future__ import annotations

import functools
import json
import pathlib
import signal
import subprocess
import sys
import time
import typing as t

from integration.playbook import COLLECTIONS, clean_environment

MODULE = "ansible_collections.genesys.cloud.plugins.modules.genesys_org_config"


class Process:
    """Runner of the module's process for one org, with a journal."""

    def __init__(self, org: t.Any, folder: pathlib.Path) -> None:
        self._org = org
        self._folder = folder
        folder.mkdir()
        self.journal = folder / "journal.jsonl"

    def start(self, **options: t.Any) -> subprocess.Popen[bytes]:
        given = {**self._org.connection, "journal": str(self.journal), "journal_password": "k", **options}
        controller = {
            "_ansible_check_mode": False,
            "_ansible_diff": False,
            "_ansible_remote_tmp": str(self._folder),
        }
        arguments = self._folder / "arguments.json"
        arguments.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": {**given, **controller}}))
        return subprocess.Popen(
            [sys.executable, "-m", MODULE, str(arguments)],
            env={**clean_environment(), "PYTHONPATH": str(COLLECTIONS)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self._folder,
            # A process that a shell started in the background ignores SIGINT, and so do its children.
            preexec_fn=functools.partial(signal.signal, signal.SIGINT, signal.default_int_handler),
        )

    def finish(self, **options: t.Any) -> dict[str, t.Any]:
        process = self.start(**options)
        output, errors = process.communicate(timeout=600)
        assert output, errors.decode()
        return t.cast("dict[str, t.Any]", json.loads(output))

    def kill_at(self, line: int, *, requests: int = 1, **options: t.Any) -> None:
        """Kill the process when its journal has `line` lines or a few more.

        Later writes get no response, so the process cannot end before it is killed on a busy machine.
        `requests` is the largest number of requests of one write, which has two lines.
        """
        after = requests * (line // 2)
        self._org.fault(method="POST|PUT|PATCH|DELETE", path="/api/*", after=after, times=None, delay=600)
        process = self.start(**options)
        self.wait_for_line(process, line)
        process.kill()
        process.communicate()
        assert process.returncode == -signal.SIGKILL, "it was still running"
        self._org.simulator.clear_faults(self._org.key)

    def wait_for_line(self, process: subprocess.Popen[bytes], line: int) -> None:
        """Wait until the journal has `line` lines, or until the process ends."""
        while process.poll() is None and self._lines() < line:
            time.sleep(0.001)

    def _lines(self) -> int:
        return self.journal.read_bytes().count(b"\n") if self.journal.exists() else 0
