# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runner of gates (C.6), which are Makefile targets: two at a time, with a report at the end.

Every gate runs to its end, even if another gate fails, and the output of each gate is printed in one piece.
The last lines show the result of each gate, the failed gates and the number of tests (the sum of pytest's
closing lines).
"""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import dataclasses
import os
import re
import subprocess
import sys
import time

AT_ONCE = 2
CLOSING_LINE = re.compile(r"^=+ (.*\d+ \w+.*) in [\d.]+s.*=+$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Gate:
    """A finished gate; `seconds` is wall time."""

    name: str
    passed: bool
    seconds: float
    output: str

    def __str__(self) -> str:
        return f"{self.name:<14}{'ok' if self.passed else 'FAILED':<8}{self.seconds:6.1f} s"


def report(text: str) -> None:
    """Print text and line end in one write, so that the output of two threads does not mix."""
    sys.stdout.write(text)
    sys.stdout.flush()


def run(name: str) -> Gate:
    """Run one gate and print its output after it has ended."""
    report(f"==> {name} started\n")
    started = time.monotonic()
    done = subprocess.run(
        ["make", "--no-print-directory", name],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, "PY_COLORS": "0"},  # `count_tests` parses the closing lines without colours
    )
    gate = Gate(name, done.returncode == 0, time.monotonic() - started, done.stdout)
    report(f"\n==> {gate}\n{gate.output}\n")
    return gate


def count_tests(gates: list[Gate]) -> str | None:
    """Sum all closing lines of pytest into one `N passed, N failed, N skipped`; None if there is none."""
    closing_lines = [line for gate in gates for line in CLOSING_LINE.findall(gate.output)]
    if not closing_lines:
        return None
    count: collections.Counter[str] = collections.Counter()
    for number, outcome in re.findall(r"(\d+) (\w+)", " ".join(closing_lines)):
        count["failed" if outcome in ("error", "errors") else outcome] += int(number)
    return f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gates", nargs="+", help="targets of the Makefile, in the order of their start")
    arguments = parser.parse_args()

    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            gates = list(pool.map(run, arguments.gates))
        except KeyboardInterrupt:
            # The signal also reached the running gates; only the waiting gates must be cancelled.
            pool.shutdown(wait=False, cancel_futures=True)
            return 130

    print("\n".join(str(gate) for gate in gates))
    failed = [gate.name for gate in gates if not gate.passed]
    if failed:
        print(f"Failed: {', '.join(failed)}. Each is a target of its own: make {failed[0]}")
    tests = count_tests(gates)
    if tests:
        print(tests)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
