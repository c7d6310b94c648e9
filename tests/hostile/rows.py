# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A row of the table: its cases, how they are run, and the faults that they find."""

from __future__ import annotations

import dataclasses
import pathlib
import random
import typing as t

from integration.playbook import ROOT

FOLDER = ROOT / ".cache" / "hostile"


@dataclasses.dataclass(frozen=True)
class Fault:
    """One thing that must not happen. C(case) is the number of the case, C(text) one line or more."""

    row: str
    case: int
    text: str


@dataclasses.dataclass(frozen=True)
class Bench:
    """The surroundings of a unit of cases: its folder, the seed of the whole run, and the way to report.

    C(begin) is called with the number of a case before it runs, so that a case that never ends is known.
    """

    folder: pathlib.Path
    seed: int
    begin: t.Callable[[int], None]

    def chance(self, row: str, case: int) -> random.Random:
        """Return the random numbers of one case, which depend on nothing but seed, row and number."""
        return random.Random(f"{self.seed}/{row}/{case}")


#: Run the cases with these numbers, and yield each fault as (number of the case, text).
Runner = t.Callable[[Bench, t.Sequence[int]], t.Iterable[tuple[int, str]]]


@dataclasses.dataclass(frozen=True)
class Row:
    """One kind of attack.

    C(count) is the number of attacks of the whole run, C(weight) that of one case, C(unit) the number of
    cases that one process runs. C(limit) is the time [s] after which the process is ended as hanging.
    C(runner) is the name of the module in this folder that has the function C(run).
    """

    name: str
    what: str
    wanted: str
    count: int
    runner: str
    weight: int = 1
    unit: int = 100
    limit: float = 1800.0

    @property
    def cases(self) -> int:
        return -(-self.count // self.weight)

    def chosen(self, share: float) -> list[int]:
        """Return the numbers of the cases of a share, at least one. They are the same in each run.

        They are drawn, because every n-th case would often be a case of the same kind.
        """
        wanted = min(self.cases, max(1, round(self.cases * share)))
        return sorted(random.Random(self.name).sample(range(self.cases), wanted))


#: In the order of their start: the longest first.
ROWS = (
    Row(
        "kills",
        "kill -9, SIGTERM, Ctrl-C, task time-out",
        "200, restored or resumed, in the audit log",
        200,
        "kills",
        unit=10,
    ),
    Row(
        "creates",
        "creates under lost answers, lag, late execution, two equal tasks",
        "1,000, 0 silent duplicates",
        1000,
        "creates",
        unit=120,
    ),
    Row(
        "role",
        "malformed inputs through the role",
        "500, 0 tracebacks",
        500,
        "role_inputs",
        weight=5,
        unit=10,
    ),
    Row(
        "plays",
        "secrets in plays with -vvvv",
        "600 in 100 plays, 0 shown",
        600,
        "secret_plays",
        weight=6,
        unit=10,
    ),
    Row(
        "answers",
        "wrong-typed or damaged answers",
        "20,000, 0 tracebacks, 0 writes to another object",
        20_000,
        "answers",
        unit=1000,
    ),
    Row(
        "conflicts",
        "conflicting updates, 8 writers",
        "5,000, 0 lost, 0 undone",
        5000,
        "conflicts",
        weight=40,
        unit=12,
    ),
    Row(
        "orgs",
        "two whole-org runs at once, rollback of either",
        "100, nothing of the other's is touched",
        100,
        "whole_orgs",
        unit=10,
    ),
    Row("secrets", "secrets through main()", "2,400, 0 shown", 2400, "secret_calls", unit=400),
    Row(
        "hangs",
        "hang at every position of an HTTP exchange",
        "all within deadline + 1 s",
        0,
        "hangs",
        unit=40,
    ),
    Row("memory", "memory on any answer", "< 200 MB over the base", 0, "memory", unit=4),
    Row("inputs", "malformed inputs through main()", "50,000, 0 tracebacks", 50_000, "inputs", unit=5000),
)
