# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Helpers for tests of the fast lane: the lane that a task took, and results that two orgs can compare.

run = playbook(tasks, inventory=both_lanes(fast_org, module_org), verbosity=3)
assert taken(run) == {("fast", "Create"): "fast lane", ("module", "Create"): "module lane: switched off"}
assert comparable(run.result("Create", "fast"), fast_org) == comparable(..., module_org)
"""

from __future__ import annotations

import json
import re
import typing as t

from integration.playbook import PlaybookRun, TaskResult

_TASK = re.compile(r"^TASK \[(.*)\] \*+$")
_LANE = re.compile(r"^<(\S+)> ((?:fast|module) lane.*)$")
#: Ids, ETags and times differ between any two orgs.
_CHANCE = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{16}\b|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:Z|\+00:00)"
)


def taken(run: PlaybookRun) -> dict[tuple[str, str], str]:
    """Return the lane of each (host, task) from the output at -vvv; in a loop, the lane of the last item."""
    lanes: dict[tuple[str, str], str] = {}
    task = ""
    for line in run.stdout.splitlines():
        if found := _TASK.match(line):
            task = found[1]
        elif found := _LANE.match(line):
            lanes[found[1], task] = found[2]
    return lanes


def both_lanes(fast: t.Any, module: t.Any, **variables: t.Any) -> dict[str, dict[str, t.Any]]:
    """Return an inventory with one org for each lane; the host `module` has the fast lane switched off."""
    return {
        "fast": {**variables, "org": fast.connection, "key": fast.key},
        "module": {
            **variables,
            "org": module.connection,
            "key": module.key,
            "genesys_fast_lane": False,
        },
    }


def comparable(outcome: TaskResult, org: t.Any) -> tuple[str, dict[str, t.Any]]:
    """Return a task's status and its result without names of its org, random values, counts and times."""
    text = json.dumps(outcome.result, sort_keys=True)
    for name in (org.id, org.client_id, org.client_secret, org.key):
        text = text.replace(json.dumps(name)[1:-1], "ORG")
    result = json.loads(_CHANCE.sub("CHANCE", text))
    if "api" in result:
        result["api"] |= {"requests": None, "latency_ms": None}
    return outcome.status, result
