# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""genesys_org_config against the floor: four operations, several sizes, requests, time and memory."""

from __future__ import annotations

import pathlib
import typing as t

from . import declarations
from .baseline_requests import stages
from .declarations import Config, Objects
from .figures import Figure, Row, middle, progress
from .measured_org import Arena
from .processes import CONCURRENCY, Cost, Failed, run_floor, run_module

MODULE = "genesys_org_config"
OPERATIONS = ("no change", "create all", "change 5 %", "remove all")
#: Names of the organizations that the memory and the growth are judged by.
HUGE, SMALL, MIDDLE, LARGE = 5000, 1, 500, 2000


class Operation(t.NamedTuple):
    """One thing to do: from which state, to which declaration, and how many objects change by it."""

    name: str
    before: Objects
    config: Config
    changes: int


class Measured(t.NamedTuple):
    """An operation's medians over C(objects) declared ones; requests are one run's, with the token's."""

    operation: str
    objects: int
    requests: int
    floor_requests: int
    module: Cost
    floor: Cost

    @property
    def ratio(self) -> float:
        return self.module.wall / self.floor.wall

    def as_row(self, size: str) -> Row:
        return {
            "org": size,
            "operation": self.operation,
            "requests": self.requests,
            "module s": self.module.wall,
            "floor s": self.floor.wall,
            "ratio": self.ratio,
            "module CPU s": self.module.cpu,
            "ms an object": 1000 * self.module.wall / self.objects,
            "peak MiB": self.module.peak_mb,
        }


class Course:
    """Measures declarations on one org."""

    def __init__(self, arena: Arena, folder: pathlib.Path, repeats: int) -> None:
        self._arena = arena
        self._folder = folder
        self._repeats = repeats

    def measure(self, config: Config, names: t.Sequence[str] = OPERATIONS) -> dict[str, Measured]:
        """By operation. What creates everything is done first: the others begin with what it leaves."""
        self._arena.put(declarations.beforehand(config))
        empty = self._arena.objects()  # with ids, versions and dates, which the requests of a run depend on
        self._converge(Operation("prepare", empty, config, declarations.count(config)))
        full = self._arena.objects()
        some, count = declarations.changed(config)
        gone = declarations.removed(config)
        operations = [
            Operation("no change", full, config, 0),
            Operation("create all", empty, config, declarations.count(config)),
            Operation("change 5 %", full, some, count),
            Operation("remove all", full, gone, declarations.count(gone)),
        ]
        return {one.name: self._compare(one) for one in operations if one.name in names}

    def memory(self, config: Config) -> dict[str, Cost]:
        """Creating all of it, and finding it unchanged, once each."""
        empty = declarations.beforehand(config)
        self._arena.put(empty)
        created = self._converge(Operation("create all", empty, config, declarations.count(config)))
        return {"create all": created, "no change": self._converge(Operation("no change", {}, config, 0))}

    def _compare(self, operation: Operation) -> Measured:
        """The module once unmeasured, whose requests are the floor's; then both in turn."""
        self._arena.put(operation.before)
        self._converge(operation)
        log = self._arena.log()
        job = stages(log, self._arena.objects())
        modules, floors, sent = [], [], 0
        for turn in range(self._repeats):
            for runner in ("module", "floor") if turn % 2 else ("floor", "module"):
                self._arena.put(operation.before)
                if runner == "module":
                    modules.append(self._converge(operation))
                else:
                    floors.append(run_floor(self._arena, job, self._folder))
                    sent = len(self._arena.log())
        progress(f"{operation.name}: {[round(cost.wall, 2) for cost in modules]} s")
        return Measured(
            operation.name,
            declarations.count(operation.config),
            len(log),
            sent,
            _middle(modules),
            _middle(floors),
        )

    def _converge(self, operation: Operation) -> Cost:
        options = {**self._arena.connection, "config": operation.config, "concurrency": CONCURRENCY}
        cost, result = run_module(MODULE, options, self._folder)
        totals = result["totals"]
        done = totals["created"] + totals["updated"] + totals["deleted"]
        if totals["failed"] or done != operation.changes:
            raise Failed(f"{operation.name}: expected {operation.changes} changes, got {totals}")
        return cost


def figures(measured: t.Mapping[int, t.Mapping[str, Measured]]) -> list[Figure]:
    """What the sizes that were measured tell; C(measured) is by number of data actions."""
    found: list[Figure] = []
    for size, by_name in measured.items():
        if size != MIDDLE:
            continue
        pages = -(-size // 100)
        part = size // declarations.CHANGED_ONE_IN
        idle, create, change = (by_name[name] for name in OPERATIONS[:3])
        found += [
            Figure(f"no change, N = {size}: requests", idle.requests, pages + 3),
            Figure(f"no change, N = {size}: wall against the floor", idle.ratio, 2.0),
            Figure(f"create all, N = {size}: requests", create.requests, size + 8),
            Figure(f"create all, N = {size}: wall against the floor", create.ratio, 1.5),
            Figure(f"5 % changed, N = {size}: requests", change.requests, part + 13),
        ]
    if {SMALL, MIDDLE, LARGE} <= set(measured):
        found += [_growth(name, measured) for name in OPERATIONS]
    return found


def _growth(name: str, measured: t.Mapping[int, t.Mapping[str, Measured]]) -> Figure:
    """CPU time an object, beyond that of a process for one object."""

    def work(size: int) -> float:
        return (measured[size][name].module.cpu - measured[SMALL][name].module.cpu) / (size - SMALL)

    growth = work(LARGE) / work(MIDDLE)
    return Figure(f"{name}: work an object, N = {LARGE} against {MIDDLE}", growth, 1.2)


def _middle(costs: t.Sequence[Cost]) -> Cost:
    return Cost(*(middle(values) for values in zip(*costs, strict=True)))
