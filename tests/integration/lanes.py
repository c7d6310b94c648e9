# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Helpers for tests of the fast lane: the lane of each task, and results without ids, times and counts.

run = playbook(tasks, inventory=both_lanes(fast_org, module_org), verbosity=3)
assert lanes_of(run) == {("fast", "Create"): "fast lane", ("module", "Create"): SWITCHED_OFF}
assert normalized(run.result("Create", "fast"), fast_org) == normalized(..., module_org)
"""

from __future__ import annotations

import json
import re
import typing as t

from integration.playbook import PlaybookRun, TaskResult

#: How lanes_of() reports a task for which genesys_fast_lane is false.
SWITCHED_OFF = "module lane: disabled by genesys_fast_lane or GENESYS_FAST_LANE"

_TASK = re.compile(r"^TASK \[(.*)\] \*+$")
_LANE = re.compile(r"^<(\S+)> ((?:fast|module) lane.*)$")
#: Ids, ETags and times differ between any two orgs.
_CHANCE = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{16}\b|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:Z|\+00:00)"
)
#: The hosts of both_lanes() at the beginning of a warning.
_HOST = re.compile(r'"\[(fast|module)\] ')


def lanes_of(run: PlaybookRun) -> dict[tuple[str, str], str]:
    """Return (host, task) -> the lane of its last loop item, as shown with -vvv."""
    lanes: dict[tuple[str, str], str] = {}
    task = ""
    for line in run.stdout.splitlines():
        if found := _TASK.match(line):
            task = found[1]
        elif found := _LANE.match(line):
            lanes[found[1], task] = found[2]
    return lanes


def both_lanes(fast: t.Any, module: t.Any, **variables: t.Any) -> dict[str, dict[str, t.Any]]:
    """Return an inventory of two orgs, where the tasks of C(module) take the module lane."""
    return {
        "fast": {**variables, "org": fast.connection, "key": fast.key},
        "module": {
            **variables,
            "org": module.connection,
            "key": module.key,
            "genesys_fast_lane": False,
        },
    }


def normalized(outcome: TaskResult, *orgs: t.Any) -> tuple[str, dict[str, t.Any]]:
    """Return status and result of a task, without names of its orgs, ids, times and request counts."""
    text = _HOST.sub('"[HOST] ', json.dumps(outcome.result, sort_keys=True))
    for name in (name for org in orgs for name in (org.id, org.client_id, org.client_secret, org.key)):
        text = text.replace(json.dumps(name)[1:-1], "ORG")
    result = json.loads(_CHANCE.sub("CHANCE", text))
    for statistics in ("api", "other_api"):
        if statistics in result:
            result[statistics] |= {"requests": None, "latency_ms": None}
    return outcome.status, result
