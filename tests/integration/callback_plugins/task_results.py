# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Test-only callback that writes task results and the recap as JSON lines to the file TASK_RESULTS_FILE.

`integration.playbook` enables it and reads the file. A line is either
`{"task", "action", "host", "item", "loop", "status", "ignored", "result"}` or, once at the end,
`{"stats": {host: {ok, changed, failures, unreachable, skipped, rescued, ignored}}}`.
"""

from __future__ import annotations

import json
import os
import pathlib
import typing as t

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: task_results
type: aggregate
short_description: writes task results as JSON lines for the integration tests
description: Writes each task result and the recap to the file that the environment variable names.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "task_results"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._path = pathlib.Path(os.environ["TASK_RESULTS_FILE"])

    def _append(self, line: dict[str, t.Any]) -> None:
        with self._path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(line, default=str) + "\n")

    def _record(self, outcome: t.Any, status: str, *, item: bool = False, ignored: bool = False) -> None:
        # Before ansible-core 2.19 these attributes are private.
        task, host, result = (
            getattr(outcome, name, None) or getattr(outcome, f"_{name}")
            for name in ("task", "host", "result")
        )
        content = dict(result)
        if status == "ok" and content.get("changed"):
            status = "changed"
        self._append(
            {
                "task": task.get_name(),
                "action": task.action,
                "host": host.get_name(),
                "item": str(self._get_item_label(content)) if item else None,
                "loop": not item and "results" in content and task.loop is not None,
                "status": status,
                "ignored": bool(ignored),
                "result": content,
            }
        )

    def v2_runner_on_ok(self, result: t.Any) -> None:
        self._record(result, "ok")

    def v2_runner_on_failed(self, result: t.Any, ignore_errors: bool = False) -> None:
        self._record(result, "failed", ignored=ignore_errors)

    def v2_runner_on_skipped(self, result: t.Any) -> None:
        self._record(result, "skipped")

    def v2_runner_on_unreachable(self, result: t.Any) -> None:
        self._record(result, "unreachable")

    def v2_runner_item_on_ok(self, result: t.Any) -> None:
        self._record(result, "ok", item=True)

    def v2_runner_item_on_failed(self, result: t.Any) -> None:
        self._record(result, "failed", item=True)

    def v2_runner_item_on_skipped(self, result: t.Any) -> None:
        self._record(result, "skipped", item=True)

    def v2_playbook_on_stats(self, stats: t.Any) -> None:
        self._append({"stats": {host: stats.summarize(host) for host in sorted(stats.processed)}})
