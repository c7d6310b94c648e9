# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loops of C(ansible.builtin.uri) tasks and of the single module, compared with the whole-org module."""

from __future__ import annotations

import pathlib
import typing as t

from . import declarations
from .declarations import Config, Objects
from .figures import Figure, Row, median, progress
from .measured_org import MeasuredOrg
from .plays import (
    MODULE_LANE,
    Task,
    data_action_task,
    debug_task,
    looped,
    play,
    token_task,
    uri_task,
)
from .processes import Failed, run_module
from .whole_org import MIDDLE, MODULE, OPERATIONS, Measured

#: Operation -> way -> seconds.
Found = dict[str, dict[str, float]]

PATH = "/api/v2/architect/data-actions"
_SERVER_OWNED = ("id", "etag", "version", "dateCreated", "dateModified")
#: Name of a way -> (whether it uses the single module, its environment).
WAYS: dict[str, tuple[bool, dict[str, str]]] = {
    "uri tasks": (False, {}),
    "single module": (True, {}),
    "single module, module lane": (True, MODULE_LANE),
}


class TaskLoops:
    """A benchmark of C(count) objects on one org in each of C(WAYS), in seconds beyond a debug task."""

    def __init__(self, org: MeasuredOrg, folder: pathlib.Path, repeats: int, count: int) -> None:
        self._org = org
        self._folder = folder
        self._repeats = repeats
        self._count = count
        config = declarations.data_actions(count)
        org.fill({})
        run_module(MODULE, {**org.connection, "config": config}, folder)
        self._full = org.objects()
        self._wanted = {
            "no change": config,
            "create all": config,
            "change 5 %": declarations.changed(config)[0],
            "remove all": declarations.removed(config),
        }

    def measure(self) -> Found:
        """Measure every operation in every way, alternating."""
        idle = median([play([debug_task()], self._folder).wall for _turn in range(self._repeats)])
        found: Found = {}
        for operation in OPERATIONS:
            walls: dict[str, list[float]] = {way: [] for way in WAYS}
            for _turn in range(self._repeats):
                for way, seconds in walls.items():
                    seconds.append(self._measure_once(operation, way) - idle)
            found[operation] = {way: median(seconds) for way, seconds in walls.items()}
            progress(f"{operation}, N = {self._count}: {found[operation]}")
        return found

    def _measure_once(self, operation: str, way: str) -> float:
        single, env = WAYS[way]
        before: Objects = {} if operation == "create all" else self._full
        self._org.fill(before)
        config: Config = self._wanted[operation]
        if single:
            defaults = {"group/genesys.cloud.genesys": self._org.connection}
            task = looped(data_action_task("Converge", "item"), "{{ entries }}")
            variables = {"entries": config["data_actions"]}
            cost = play([task], self._folder, variables=variables, env=env, module_defaults=defaults)
        else:
            tasks = [
                token_task(self._org.base_url, self._org.client_id, self._org.client_secret),
                *_uri_tasks(operation, self._org.base_url + PATH),
            ]
            cost = play(tasks, self._folder, variables={"objects": self._objects(operation)})
        self._check(operation)
        return cost.wall

    def _objects(self, operation: str) -> list[dict[str, t.Any]]:
        """Return the items of the uri tasks: bodies to create, or stored objects."""
        stored = self._full["data_actions"]
        if operation != "create all":
            return stored
        return [{key: value for key, value in one.items() if key not in _SERVER_OWNED} for one in stored]

    def _check(self, operation: str) -> None:
        stored = self._org.objects()["data_actions"]
        changed = sum("Changed" in one["description"] for one in stored)
        wanted = self._wanted["change 5 %"]["data_actions"]
        expected = {
            "change 5 %": (self._count, sum("Changed" in entry["description"] for entry in wanted)),
            "remove all": (0, 0),
        }.get(operation, (self._count, 0))
        if (len(stored), changed) != expected:
            raise Failed(f"{operation}: the org has {(len(stored), changed)} objects and changes")


def _uri_tasks(operation: str, url: str) -> list[Task]:
    item = f"{url}/{{{{ item.id }}}}"
    if operation == "create all":
        create = uri_task("Create", "POST", url, body_format="json", body="{{ item }}")
        return [looped(create, "{{ objects }}")]
    if operation == "remove all":
        remove = uri_task("Remove", "DELETE", item, status_code=204)
        return [looped(remove, "{{ objects }}")]
    read = looped(uri_task("Read", "GET", item), "{{ objects }}", register="read")
    if operation == "no change":
        return [read]
    change = uri_task(
        "Change",
        "PUT",
        f"{url}/{{{{ item.json.id }}}}",
        headers={"If-Match": '"{{ item.json.etag }}"'},
        body_format="json",
        body="{{ item.json | combine({'description': 'Changed by the measurement.'}) }}",
    )
    chosen = f"{{{{ (read.results | batch({declarations.CHANGED_ONE_IN}) | map('first')) | list }}}}"
    return [read, looped(change, chosen)]


def rows(found: Found, count: int) -> list[Row]:
    return [
        {"operation": operation, "by": way, "s": seconds, "ms an object": 1000 * seconds / count}
        for operation, ways in found.items()
        for way, seconds in ways.items()
    ]


def figures(found: Found, count: int, measured: t.Mapping[int, t.Mapping[str, Measured]]) -> list[Figure]:
    """Return how much faster than a uri task an object is in the whole-org module, process start included."""
    if MIDDLE not in measured:
        return []
    idle = measured[MIDDLE]["no change"]
    faster = found["no change"]["uri tasks"] / count / (idle.module.wall / idle.objects)
    what = f"no change, N = {MIDDLE}, an object: times faster than a uri GET"
    return [Figure(what, faster, 100, at_least=True)]
