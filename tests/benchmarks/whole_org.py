# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The benchmark of genesys_org_config against the baseline: requests, time and memory."""

from __future__ import annotations

import pathlib
import typing as t

from . import declarations
from .baseline_requests import request_stages
from .declarations import Config, Objects
from .figures import Figure, Row, median, progress
from .measured_org import MeasuredOrg
from .processes import CONCURRENCY, Cost, Failed, run_baseline, run_module

MODULE = "genesys_org_config"
OPERATIONS = ("no change", "create all", "change 5 %", "remove all")
#: Numbers of data actions. HUGE is for memory; the others show the growth of the cost.
HUGE, SMALL, MIDDLE, LARGE = 5000, 1, 500, 2000


class Operation(t.NamedTuple):
    """An operation: the objects before it, the declaration, and the number of changed objects."""

    name: str
    before: Objects
    config: Config
    changes: int


class Measured(t.NamedTuple):
    """The medians of an operation on C(objects) objects. Requests are those of one run, with the token."""

    operation: str
    objects: int
    requests: int
    baseline_requests: int
    module: Cost
    baseline: Cost

    @property
    def ratio(self) -> float:
        return self.module.wall / self.baseline.wall

    def as_row(self, size: str) -> Row:
        return {
            "org": size,
            "operation": self.operation,
            "requests": self.requests,
            "module s": self.module.wall,
            "baseline s": self.baseline.wall,
            "ratio": self.ratio,
            "module CPU s": self.module.cpu,
            "ms an object": 1000 * self.module.wall / self.objects,
            "peak MiB": self.module.peak_mb,
        }


class WholeOrgBenchmark:
    """A benchmark of declarations on one org."""

    def __init__(self, org: MeasuredOrg, folder: pathlib.Path, repeats: int) -> None:
        self._org = org
        self._folder = folder
        self._repeats = repeats

    def measure(self, config: Config, names: t.Sequence[str] = OPERATIONS) -> dict[str, Measured]:
        """Measure operations by name. They start from the objects that an initial creation leaves."""
        self._org.fill(declarations.prerequisites(config))
        empty = self._org.objects()  # with ids and versions, on which the requests of a run depend
        self._converge(Operation("prepare", empty, config, declarations.count(config)))
        full = self._org.objects()
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
        """Measure the creation of all objects and an unchanged run, once each."""
        empty = declarations.prerequisites(config)
        self._org.fill(empty)
        created = self._converge(Operation("create all", empty, config, declarations.count(config)))
        return {"create all": created, "no change": self._converge(Operation("no change", {}, config, 0))}

    def _compare(self, operation: Operation) -> Measured:
        """Run the module once to get the requests of the baseline, then measure both, alternating."""
        self._org.fill(operation.before)
        self._converge(operation)
        log = self._org.log()
        job = request_stages(log, self._org.objects())
        modules, baselines, sent = [], [], 0
        for turn in range(self._repeats):
            for runner in ("module", "baseline") if turn % 2 else ("baseline", "module"):
                self._org.fill(operation.before)
                if runner == "module":
                    modules.append(self._converge(operation))
                else:
                    baselines.append(run_baseline(self._org, job, self._folder))
                    sent = len(self._org.log())
        progress(f"{operation.name}: {[round(cost.wall, 2) for cost in modules]} s")
        return Measured(
            operation.name,
            declarations.count(operation.config),
            len(log),
            sent,
            _median_cost(modules),
            _median_cost(baselines),
        )

    def _converge(self, operation: Operation) -> Cost:
        options = {**self._org.connection, "config": operation.config, "concurrency": CONCURRENCY}
        cost, result = run_module(MODULE, options, self._folder)
        totals = result["totals"]
        done = totals["created"] + totals["updated"] + totals["deleted"]
        if totals["failed"] or done != operation.changes:
            raise Failed(f"{operation.name}: expected {operation.changes} changes, got {totals}")
        return cost


def figures(measured: t.Mapping[int, t.Mapping[str, Measured]]) -> list[Figure]:
    """Return the figures of the measured sizes. C(measured) has numbers of data actions as keys."""
    found: list[Figure] = []
    for size, by_name in measured.items():
        if size != MIDDLE:
            continue
        pages = -(-size // 100)
        part = size // declarations.CHANGED_ONE_IN
        idle, create, change = (by_name[name] for name in OPERATIONS[:3])
        found += [
            Figure(f"no change, N = {size}: requests", idle.requests, pages + 3),
            Figure(f"no change, N = {size}: wall against the baseline", idle.ratio, 2.0),
            Figure(f"create all, N = {size}: requests", create.requests, size + 8),
            Figure(f"create all, N = {size}: wall against the baseline", create.ratio, 1.5),
            Figure(f"5 % changed, N = {size}: requests", change.requests, part + 13),
        ]
    if {SMALL, MIDDLE, LARGE} <= set(measured):
        found += [_growth(name, measured) for name in OPERATIONS]
    return found


def _growth(name: str, measured: t.Mapping[int, t.Mapping[str, Measured]]) -> Figure:
    """Compare the CPU time for each object, beyond that of a process for one object."""

    def work(size: int) -> float:
        return (measured[size][name].module.cpu - measured[SMALL][name].module.cpu) / (size - SMALL)

    growth = work(LARGE) / work(MIDDLE)
    return Figure(f"{name}: work an object, N = {LARGE} against {MIDDLE}", growth, 1.2)


def _median_cost(costs: t.Sequence[Cost]) -> Cost:
    return Cost(*(median(values) for values in zip(*costs, strict=True)))
