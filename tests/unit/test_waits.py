# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits of plugins/module_utils: each one ends when its run is stopped (rule 7 of docs/architecture.md)."""

from __future__ import annotations

import ast
import pathlib
from collections.abc import Iterator

UTILS = pathlib.Path(__file__).resolve().parents[2] / "plugins" / "module_utils"
#: Files that may call C(time.sleep): the sleep that a stop ends, and the short pause at the lock of a file.
SLEEPERS = {"_runtime.py", "_append_only_file.py"}
#: Methods that wait without a limit if they get no argument.
WAITS = ("wait", "acquire", "join", "get")
#: Names of retry loops, whose waits have a limit.
LOOPS = ("loop", "looks", "waits", "reads", "conflicts", "attempts", "lost")


def calls() -> Iterator[tuple[str, int, ast.Call]]:
    for path in sorted(UTILS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield path.relative_to(UTILS).as_posix(), node.lineno, node


def test_only_two_files_sleep_without_a_look_at_the_run() -> None:
    found = {name for name, _line, call in calls() if ast.unparse(call.func) == "time.sleep"}
    assert found == SLEEPERS


def test_no_wait_is_without_a_limit() -> None:
    unlimited = [
        f"{name}:{line} {ast.unparse(call)}"
        for name, line, call in calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in WAITS
        and not call.args
        and not call.keywords
        and ast.unparse(call.func.value) not in LOOPS
    ]
    assert unlimited == []
