# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cost of tasks in Ansible: fast lane, module lane, C(uri) tasks and C(debug) tasks."""

from __future__ import annotations

import pathlib
import sys
import typing as t

from integration.playbook import ROOT
from simulator.control import Simulator

from . import declarations
from .baseline_requests import request_stages
from .figures import Figure, Row, median, progress
from .measured_org import MeasuredOrg
from .plays import MODULE_LANE, Task, data_action_task, debug_task, play, token_task, uri_task
from .processes import CONCURRENCY, Failed, run, run_baseline, run_module
from .task_loops import PATH
from .whole_org import MIDDLE, MODULE

TASKS = 20
GROUP = "group/genesys.cloud.genesys"
#: Name of a lane -> environment.
LANES: dict[str, dict[str, str]] = {"fast lane": {}, "module lane": MODULE_LANE}


class LaneBenchmark:
    """A benchmark of plays against one simulator."""

    def __init__(self, simulator: Simulator, folder: pathlib.Path, repeats: int) -> None:
        self._simulator = simulator
        self._folder = folder
        self._repeats = repeats

    def single_tasks(self) -> tuple[list[Row], list[Figure]]:
        """Measure twenty tasks on unchanged objects in each way, alternating."""
        org, config = self._converged("tasks", TASKS)
        paths = [f"{org.base_url}{PATH}/{one['id']}" for one in org.objects()["data_actions"]]
        token = token_task(org.base_url, org.client_id, org.client_secret)
        uris = [token, *(uri_task(f"Read {number}", "GET", path) for number, path in enumerate(paths))]
        debugs = [debug_task(f"Say {number}") for number in range(TASKS)]
        variables = {"actions": config["data_actions"]}
        ways: dict[str, tuple[list[Task], dict[str, str]]] = {
            **{name: (_tasks(), env) for name, env in LANES.items()},
            "uri": (uris, {}),
            "debug": (debugs, {}),
        }
        walls: dict[str, list[float]] = {way: [] for way in ways}
        for _turn in range(self._repeats):
            for way, (tasks, env) in ways.items():
                cost = play(
                    tasks,
                    self._folder,
                    variables=variables,
                    env=env,
                    module_defaults={GROUP: org.connection},
                )
                walls[way].append(cost.wall)
        medians = {way: median(seconds) for way, seconds in walls.items()}
        beyond = {way: 1000 * (wall - medians["debug"]) / TASKS for way, wall in medians.items()}
        rows = [
            {"20 tasks": way, "s": wall, "ms a task beyond debug": beyond[way]}
            for way, wall in medians.items()
        ]
        fast = medians["fast lane"]
        return rows, [
            Figure("20 no-change tasks, fast lane against uri: wall", fast / medians["uri"], 0.25),
            Figure("a task in the fast lane, beyond debug", beyond["fast lane"], 60, "ms"),
        ]

    def whole_org(self, count: int = MIDDLE) -> tuple[list[Row], list[Figure]]:
        """Measure one task on an unchanged org, beyond a debug task that loads the same variables."""
        org, config = self._converged("whole", count)
        org.fill(org.objects())
        options = {**org.connection, "concurrency": CONCURRENCY}
        run_module(MODULE, {**options, "config": config}, self._folder)
        job = request_stages(org.log(), org.objects())
        arguments = {**options, "config": "{{ wanted }}"}
        tasks: dict[str, Task] = {
            "fast lane": {"name": "Converge", f"genesys.cloud.{MODULE}": arguments},
            "does nothing, same arguments": {"name": "Do nothing", "do_nothing": arguments},
            "debug": debug_task(),
        }
        walls: dict[str, list[float]] = {name: [] for name in [*tasks, "module lane", "baseline process"]}
        for _turn in range(self._repeats):
            for name, task in tasks.items():
                walls[name].append(play([task], self._folder, variables={"wanted": config}).wall)
            slow = play([tasks["fast lane"]], self._folder, variables={"wanted": config}, env=MODULE_LANE)
            walls["module lane"].append(slow.wall)
            walls["baseline process"].append(run_baseline(org, job, self._folder).wall)
        medians = {name: median(seconds) for name, seconds in walls.items()}
        baseline, idle = medians.pop("baseline process"), medians.pop("debug")
        rows: list[Row] = [
            {f"one task, N = {count}": name, "s": wall, "s beyond debug": wall - idle}
            for name, wall in medians.items()
        ]
        rows += [{f"one task, N = {count}": "debug", "s": idle}]
        rows += [{f"one task, N = {count}": "baseline process", "s": baseline}]
        beyond = (medians["fast lane"] - idle) / baseline
        return rows, [
            Figure(f"{MODULE} in a play, N = {count}, beyond debug, against the baseline", beyond, 2.0)
        ]

    def fleet(self, orgs: int, forks: t.Sequence[int] = (5, 2)) -> tuple[list[Row], list[Figure]]:
        """Measure twenty no-change tasks on many orgs, once only, because the module lane takes minutes."""
        fleet, variables = self._fleet("fleet", orgs)
        rows: list[Row] = []
        figures: list[Figure] = []
        for count in forks:
            walls = {}
            for name, env in LANES.items():
                walls[name] = self._play_fleet(fleet, variables, count, env)
                rows.append({f"{orgs} orgs x {TASKS} tasks": name, "forks": count, "s": walls[name]})
                progress(f"{orgs} orgs, forks {count}, {name}: {walls[name]:.1f} s")
            ratio = walls["fast lane"] / walls["module lane"]
            what = f"{orgs} orgs x {TASKS} tasks, forks {count}, fast against module lane"
            figures.append(Figure(what, ratio, 0.2))
        return rows, figures

    def tokens(self, orgs: int = 3) -> Figure:
        """Count the token requests of all tasks of one run."""
        fleet, variables = self._fleet("tokens", orgs)
        for org in fleet.values():
            org.fill(org.objects())
        self._play_fleet(fleet, variables, 5, {})
        asked = [entry for org in fleet.values() for entry in org.log() if "oauth" in entry["path"]]
        return Figure(f"tokens asked for, {TASKS} tasks x {orgs} orgs, forks 5", len(asked), orgs)

    def demo(self) -> Figure:
        cost = run([sys.executable, str(ROOT / "tests" / "demo" / "run.py")], self._folder)
        return Figure("make demo", cost.wall, 60, "s")

    def _converged(self, key: str, count: int) -> tuple[MeasuredOrg, declarations.Config]:
        org, config = MeasuredOrg(self._simulator, key), declarations.data_actions(count)
        run_module(MODULE, {**org.connection, "config": config}, self._folder)
        return org, config

    def _fleet(self, key: str, orgs: int) -> tuple[dict[str, MeasuredOrg], dict[str, t.Any]]:
        first, config = self._converged(f"{key}0", TASKS)
        fleet = {f"{key}0": first}
        full = first.objects()
        for number in range(1, orgs):
            fleet[f"{key}{number}"] = org = MeasuredOrg(self._simulator, f"{key}{number}")
            org.fill(full)
        return fleet, {"actions": config["data_actions"]}

    def _play_fleet(
        self,
        fleet: dict[str, MeasuredOrg],
        variables: dict[str, t.Any],
        forks: int,
        env: dict[str, str],
    ) -> float:
        hosts = {name: {"connection": org.connection} for name, org in fleet.items()}
        defaults = {
            GROUP: {name: f"{{{{ connection.{name} }}}}" for name in next(iter(fleet.values())).connection}
        }
        before = sum(len(org.log()) for org in fleet.values())
        cost = play(
            _tasks(),
            self._folder,
            variables=variables,
            hosts=hosts,
            forks=forks,
            env=env,
            module_defaults=defaults,
        )
        if sum(len(org.log()) for org in fleet.values()) - before < TASKS * len(fleet):
            raise Failed("the tasks asked the orgs for less than their objects")
        return cost.wall


def _tasks() -> list[Task]:
    return [data_action_task(f"Converge {number}", f"actions[{number}]") for number in range(TASKS)]
