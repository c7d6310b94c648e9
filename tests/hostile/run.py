# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(make hostile): attacks on the collection by a hostile server, races, kills and malformed input.

    python tests/hostile/run.py [--share 0.02] [--only answers,kills] [--seed 1] [--cases 17,4711]

Prints each fault with the command that runs its case alone, then a table, and writes both to .cache/hostile.
The exit code is 1 if there is a fault or if a row is incomplete.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import dataclasses
import importlib
import multiprocessing
import multiprocessing.connection
import os
import pathlib
import shutil
import signal
import sys
import tempfile
import time
import traceback
import typing as t

sys.path.insert(1, str(pathlib.Path(__file__).resolve().parent.parent))
sys.path.insert(2, str(pathlib.Path(__file__).resolve().parents[2] / ".cache/collections"))

from hostile.rows import FOLDER, ROWS, Bench, Fault, Row

FORK = multiprocessing.get_context("fork")
MOST_SHOWN = 20  # faults of a row


@dataclasses.dataclass
class Unit:
    """A process that runs some cases of a row. C(current) is the case that it runs."""

    row: Row
    cases: list[int]
    seed: int
    folder: pathlib.Path
    current: int = -1
    faults: list[Fault] = dataclasses.field(default_factory=list)
    finished: bool = False

    def start(self) -> None:
        self.receiver, sender = FORK.Pipe(duplex=False)
        self.process = FORK.Process(target=self._run, args=(sender,))
        self.process.start()
        sender.close()
        self.ends_at = time.monotonic() + self.row.limit

    def _run(self, sender: t.Any) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.setpgid(0, 0)  # a unit that hangs is ended with all its processes
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        bench = Bench(folder, self.seed, sender.send)
        try:
            for case, text in importlib.import_module(f"hostile.{self.row.runner}").run(bench, self.cases):
                sender.send(Fault(self.row.name, case, text))
        except BaseException:
            sender.send(Fault(self.row.name, self.cases[0], f"the unit broke off: {traceback.format_exc()}"))
        sender.send(None)
        shutil.rmtree(folder, ignore_errors=True)

    def receive(self) -> None:
        """Take one message of the process."""
        try:
            message = self.receiver.recv()
        except EOFError:
            self._end(f"the process ended with {self.process.exitcode}")
            return
        if message is None:
            self._end(None)
        elif isinstance(message, Fault):
            self.faults.append(message)
        else:
            self.current = message

    def check_time(self) -> None:
        if not self.finished and time.monotonic() > self.ends_at:
            self._end(f"no end within {self.row.limit:g} s")

    def kill(self) -> None:
        """Kill the process with all its processes."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid or 0, signal.SIGKILL)

    def _end(self, problem: str | None) -> None:
        if problem is not None:
            self.faults.append(Fault(self.row.name, self.current, problem))
        self.finished = True
        self.process.join(10)
        for stop in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid or 0, stop)
            except (ProcessLookupError, PermissionError):
                break
            self.process.join(5)
        self.receiver.close()


def run_units(units: t.Sequence[Unit], at_once: int) -> None:
    """Run all units, so many at a time."""
    waiting = collections.deque(units)
    running: list[Unit] = []
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                running.append(waiting.popleft())
                running[-1].start()
            ready = multiprocessing.connection.wait([unit.receiver for unit in running], timeout=1)
            for unit in list(running):
                if unit.receiver in ready:
                    unit.receive()
                unit.check_time()
                if unit.finished:
                    running.remove(unit)
                    show_faults(unit)
    finally:
        for unit in running:  # the run was stopped
            unit.kill()


def show_faults(unit: Unit) -> None:
    for fault in unit.faults[:MOST_SHOWN]:
        text = fault.text.strip().replace("\n", "\n    ")
        alone = f"HOSTILE='--only {fault.row} --seed {unit.seed} --cases {fault.case}'"
        print(
            f"FAULT in {fault.row}, case {fault.case} (alone: make hostile {alone})\n    {text}", flush=True
        )
    print(f"{unit.row.name}: {len(unit.cases)} cases, {len(unit.faults)} faults", flush=True)


def table(rows: t.Mapping[Row, list[Unit]], seconds: float) -> str:
    lines = ["| what | wanted | done | faults |", "|---|---|---:|---:|"]
    for row, units in rows.items():
        done = sum(len(unit.cases) for unit in units) * row.weight
        faults = sum(len(unit.faults) for unit in units)
        lines.append(f"| {row.what} | {row.wanted} | {done:,} | {faults:,} |")
    return "\n".join([*lines, "", f"{seconds:.0f} s"])


def chosen_units(options: argparse.Namespace, folder: pathlib.Path) -> dict[Row, list[Unit]]:
    rows: dict[Row, list[Unit]] = {}
    for row in ROWS:
        if options.only and row.name not in options.only:
            continue
        row = counted(row)
        cases = options.cases or row.chosen(options.share)
        units = -(-len(cases) // row.unit)
        size = -(-len(cases) // units)
        parts = [cases[start : start + size] for start in range(0, len(cases), size)]
        rows[row] = [Unit(row, part, options.seed, folder) for part in parts]
    return rows


def counted(row: Row) -> Row:
    """Return the row with the number of its cases, which a module with a fixed list of cases knows."""
    if row.count:
        return row
    return dataclasses.replace(row, count=len(importlib.import_module(f"hostile.{row.runner}").CASES))


def write_report(text: str, rows: t.Mapping[Row, list[Unit]]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "table.md").write_text(text + "\n", encoding="utf-8")
    with (FOLDER / "faults.txt").open("w", encoding="utf-8") as stream:
        for units in rows.values():
            for unit in units:
                for fault in unit.faults:
                    stream.write(f"== {fault.row} {fault.case} seed {unit.seed}\n{fault.text}\n")


def main(arguments: t.Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Attacks the collection on a simulator.")
    names = [row.name for row in ROWS]
    parser.add_argument("--share", type=float, default=1.0, help="the part of all cases to run, 0 to 1")
    parser.add_argument("--only", type=lambda text: text.split(","), default=[], help=f"of {','.join(names)}")
    parser.add_argument("--seed", type=int, default=1, help="seed of all random numbers")
    parser.add_argument(
        "--cases", type=lambda text: [int(part) for part in text.split(",")], help="numbers of cases"
    )
    parser.add_argument("--processes", type=int, default=2, help="units at a time")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.only) - set(names))
    if unknown:
        parser.error(f"--only has no row {', '.join(unknown)}")
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(143))  # ends the units too
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        rows = chosen_units(options, pathlib.Path(name))
        run_units([unit for units in rows.values() for unit in units], options.processes)
    text = table(rows, time.monotonic() - started)
    print(f"\n{text}")
    write_report(text, rows)
    return 1 if any(unit.faults for units in rows.values() for unit in units) else 0


if __name__ == "__main__":
    sys.exit(main())
