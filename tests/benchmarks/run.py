# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(make bench): the cost of the collection, compared with the cost of the same requests alone.

    python tests/benchmarks/run.py [--only org,memory,loops,window,platform,lanes,fleet,demo]
        [--sizes 50,500] [--repeats 5]

Prints tables with figures and their targets and writes them to .cache/bench. The exit code is 0 even if a
target is missed, because a busy machine is no failure. Compared processes alternate, and figures are medians.
"""

from __future__ import annotations

import argparse
import pathlib
import sys
import tempfile
import typing as t

sys.path.insert(1, str(pathlib.Path(__file__).resolve().parent.parent))

from benchmarks import declarations, task_loops, unlocked_window, whole_org
from benchmarks.figures import Figure, Row, environment, progress, report, table
from benchmarks.lanes import LaneBenchmark
from benchmarks.measured_org import MeasuredOrg
from benchmarks.platform_actions import FULL_SIZE, PlatformBenchmark
from benchmarks.whole_org import Measured, WholeOrgBenchmark
from simulator.control import Simulator
from simulator.process import running

WHOLE_ORG = ("org", "memory", "loops", "window")
PLATFORM = ("platform",)
LANES = ("lanes", "fleet", "demo")


def measure_whole_org(simulator: Simulator, folder: pathlib.Path, options: argparse.Namespace) -> None:
    rows: dict[str, list[Row]] = {}
    figures: list[Figure] = []
    measured: dict[int, dict[str, Measured]] = {}
    benchmark = WholeOrgBenchmark(MeasuredOrg(simulator, "org"), folder, options.repeats)
    if "org" in options.only:
        title = "genesys_org_config against a bare httpx process with the same requests"
        rows[title] = []
        for size in [whole_org.SMALL, *options.sizes]:
            progress(f"N = {size}")
            measured[size] = benchmark.measure(declarations.data_actions(size))
            rows[title] += [one.as_row(str(size)) for one in measured[size].values()]
        if options.mixed:
            progress(f"N = {options.mixed}, all kinds")
            kinds = benchmark.measure(declarations.mixed(options.mixed))
            rows[title] += [one.as_row(f"{options.mixed} mixed") for one in kinds.values()]
        figures += whole_org.figures(measured)
    if "memory" in options.only:
        costs = benchmark.memory(declarations.data_actions(options.huge))
        figures += [
            Figure(f"{name}, N = {options.huge}: peak memory", cost.peak_mb, 300, "MiB")
            for name, cost in costs.items()
        ]
    if "loops" in options.only:
        loops = task_loops.TaskLoops(
            MeasuredOrg(simulator, "loops"), folder, max(1, options.repeats // 2), options.loops
        )
        found = loops.measure()
        rows[f"The same by Ansible tasks, N = {options.loops}"] = task_loops.rows(found, options.loops)
        figures += task_loops.figures(found, options.loops, measured)
    if "window" in options.only:
        title = "Time between the last read and the write of kinds without a lock"
        orgs = {
            "reference": MeasuredOrg(simulator, "window"),
            "platform": MeasuredOrg(simulator, "window-platform", "platform"),
        }
        rows[title], windows = unlocked_window.measure(orgs, folder)
        figures += windows
    print(report("whole-org", rows, figures))


def measure_lanes(simulator: Simulator, folder: pathlib.Path, options: argparse.Namespace) -> None:
    lanes = LaneBenchmark(simulator, folder, options.repeats)
    rows: dict[str, list[Row]] = {}
    figures: list[Figure] = []

    def add(title: str, measured: tuple[list[Row], list[Figure]]) -> None:
        rows[title] = measured[0]
        figures.extend(measured[1])

    if "lanes" in options.only:
        add("Single tasks", lanes.single_tasks())
        add("The whole org in a play", lanes.whole_org())
        figures.append(lanes.tokens())
    if "fleet" in options.only:
        add("Many orgs", lanes.fleet(options.orgs))
    if "demo" in options.only:
        figures.append(lanes.demo())
    print(report("lanes", rows, figures))


def measure_platform(simulator: Simulator, folder: pathlib.Path, options: argparse.Namespace) -> None:
    benchmark = PlatformBenchmark(simulator, folder, options.actions, options.latency)
    rows, figures = benchmark.measure()
    title = (
        f"{options.actions} data actions of the platform with {1000 * options.latency:g} ms of latency: the "
        "module with a cold and a warm read cache, and the provider's requests"
    )
    print(report("platform", {title: rows}, figures))


def main(arguments: t.Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measures the collection against a simulator.")
    everything = [*WHOLE_ORG, *PLATFORM, *LANES]
    parser.add_argument("--only", type=_parts, default=everything, help=f"of {','.join(everything)}")
    parser.add_argument("--sizes", type=_numbers, default=[50, 500, 2000], help="data actions of an org")
    parser.add_argument(
        "--mixed", type=int, default=500, help="objects of the org with all kinds, 0 for none"
    )
    parser.add_argument(
        "--huge", type=int, default=whole_org.HUGE, help="data actions for the memory measurement"
    )
    parser.add_argument("--loops", type=int, default=50, help="data actions in loops of Ansible tasks")
    parser.add_argument("--orgs", type=int, default=50, help="orgs of the fleet")
    parser.add_argument("--actions", type=int, default=FULL_SIZE, help="data actions of the platform")
    parser.add_argument("--latency", type=float, default=0.08, help="latency of the platform [s]")
    parser.add_argument("--repeats", type=int, default=5, help="measurements of every process")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.only) - set(everything))
    if unknown:
        parser.error(f"--only has no part {', '.join(unknown)}")
    print(table("Measured on", [environment()]))
    with running() as simulator, tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if set(options.only) & set(WHOLE_ORG):
            measure_whole_org(simulator, folder, options)
        if set(options.only) & set(PLATFORM):
            measure_platform(simulator, folder, options)
        if set(options.only) & set(LANES):
            measure_lanes(simulator, folder, options)
    return 0


def _parts(text: str) -> list[str]:
    return [part for part in text.split(",") if part]


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part]


if __name__ == "__main__":
    sys.exit(main())
