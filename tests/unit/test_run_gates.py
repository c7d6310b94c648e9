# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the last line of `make test`: the sum of pytest's closing lines of all gates."""

from __future__ import annotations

import os
import subprocess
import sys
import typing as t

import pytest

from run_gates import Gate, count_tests


def gate(output: str) -> Gate:
    return Gate("unit", True, 1.0, output)


def test_sums_the_gates() -> None:
    gates = [
        gate("....\n============ 4 passed, 1 skipped, 2 warnings in 0.12s ============\n"),
        gate("All checks passed!\n"),
        gate("==== 2 failed, 311 passed, 1 error in 61.05s (0:01:01) ====\nmake[1]: *** [unit] Error 1\n"),
    ]
    assert count_tests(gates) == "315 passed, 3 failed, 1 skipped"


@pytest.mark.parametrize("output", ["All checks passed!\n", "======= no tests ran in 0.01s =======\n"])
def test_says_nothing_without_tests(output: str) -> None:
    assert count_tests([gate(output)]) is None


def test_reads_what_this_pytest_writes(tmp_path: t.Any) -> None:
    (tmp_path / "test_two.py").write_text(
        "def test_good():\n    pass\n\n\ndef test_bad():\n    raise SystemError\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", tmp_path],
        cwd=tmp_path,
        # Options and plugins of the outer pytest do not belong to this one.
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert count_tests([gate(done.stdout)]) == "1 passed, 1 failed, 0 skipped"
