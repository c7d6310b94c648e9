# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config killed at points of a run over a whole org: resumed or rolled back.

The module runs in a separate process, as Ansible starts it. A point is a number of lines in its journal.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import pathlib
import random
import typing as t

import pytest

from integration.module_process import Process
from unit.org.conftest import (
    action,
    flow,
    purpose,
    state_of,
    stored_action,
    stored_flow,
    stored_purpose,
    stored_webhook,
    totals,
    webhook,
)
from unit.whole_org_runs import RUNS

Wire = dict[str, t.Any]
State = dict[str, list[Wire]]

CONFIG = {
    "data_actions": [
        *(action(f"Action {number:03d}", description="new") for number in range(90)),
        *({"name": f"Action {number:03d}", "state": "absent"} for number in range(90, 100)),
    ],
    "privacy_purposes": [
        *(purpose(f"Purpose {number:03d}", retention="30d") for number in range(40)),
        *({"name": f"Purpose {number:03d}", "state": "absent"} for number in range(40, 45)),
    ],
    "flow_settings": [flow(f"Flow {number}") for number in range(5)],
    "webhooks": [webhook(f"Webhook {number:03d}", enabled=True) for number in range(50)],
}


def seed(org: t.Any) -> None:
    """Seed the half of the objects that CONFIG changes or removes; the run creates the other half."""
    org.seed([stored_action(f"Action {number:03d}") for number in range(45, 100)])
    org.seed([stored_purpose(f"Purpose {number:03d}") for number in range(20, 45)], "privacy_purposes")
    org.seed([stored_flow(f"Flow {number}") for number in range(5)], "flows")
    org.seed([stored_webhook(f"Webhook {number:03d}") for number in range(25)], "webhooks")


@dataclasses.dataclass(frozen=True)
class KilledRun:
    """A run of an API, with the points at which it is killed.

    C(requests) is the largest number of requests of a write. Another writer changes the object C(name) of the
    kind C(kind) by C(patch), and C(take) removes that change from the object and returns it.
    """

    config: dict[str, list[Wire]]
    seed: t.Callable[[t.Any], None]
    state: t.Callable[[t.Any], State]
    points: list[int]
    requests: int
    kind: str
    name: str
    patch: Wire
    take: t.Callable[[Wire], t.Any]


PLATFORM_COUNT = 24
KILLED = {
    # Each of the 191 writes adds two lines to the journal.
    "reference": KilledRun(
        config=CONFIG,
        seed=seed,
        state=state_of,
        points=random.Random(4711).sample(range(2, 380), 14),
        requests=1,
        kind="data_actions",
        name="Action 050",
        patch={"restConfig": {"bodyTemplate": "theirs"}},
        take=lambda one: one["restConfig"].pop("bodyTemplate", None),
    ),
    # Each of the 39 writes does so too; a new integration takes three requests.
    "platform": KilledRun(
        config=RUNS["platform"].declare(PLATFORM_COUNT),
        seed=lambda org: RUNS["platform"].seed(org, PLATFORM_COUNT),
        state=RUNS["platform"].state,
        points=random.Random(4711).sample(range(26, 60), 6),
        requests=3,
        kind="integrations",
        name="CRM 0",
        patch={"config": {"current": {"properties": {"by": "theirs"}}}},
        take=lambda one: one["config"]["current"]["properties"].pop("by", None),
    ),
}


def kill_and_go_on(
    run: KilledRun, org: t.Any, process: Process, point: int, rolls_back: bool, states: tuple[State, State]
) -> str | None:
    """Kill a run, change one object as another writer, and repeat the run or roll it back.

    Return what is wrong then.
    """
    run.seed(org)
    process.kill_at(point, requests=run.requests, config=run.config)
    if run.state(org) in states:
        return f"line {point}: the kill came too early or too late to tell anything"
    options = {"state": "rolled_back"} if rolls_back else {"config": run.config}
    org.edit(org.named(run.name, run.kind)["id"], run.patch, run.kind)
    result = process.finish(**options)
    if result.get("failed"):
        return f"line {point}: {options.keys()} failed: {result['msg']}"
    now, wanted = run.state(org), states[0 if rolls_back else 1]
    (theirs,) = [one for one in now[run.kind] if one["name"] == run.name]
    if run.take(theirs) != "theirs":
        return f"line {point}: the change of somebody else is lost"
    different = [kind for kind in wanted if now[kind] != wanted[kind]]
    return f"line {point}: {options.keys()} left {different} wrong" if different else None


@pytest.mark.parametrize("api", sorted(KILLED))
def test_killed_at_many_points(new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path, api: str) -> None:
    """Check that a killed run can be repeated or rolled back after another writer changed one object."""
    run, undisturbed = KILLED[api], new_org(api=api)
    run.seed(undisturbed)
    before = run.state(undisturbed)
    result = Process(undisturbed, tmp_path / "undisturbed").finish(config=run.config)
    assert not result.get("failed"), result["msg"]
    states = (before, run.state(undisturbed))
    assert sum(totals(result).values()) == sum(map(len, run.config.values()))
    orgs = [new_org(api=api) for _point in run.points]

    def interrupt(number: int) -> str | None:
        point = run.points[number]
        process = Process(orgs[number], tmp_path / f"point-{point}")
        return kill_and_go_on(run, orgs[number], process, point, number % 2 == 1, states)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        wrong = [told for told in pool.map(interrupt, range(len(run.points))) if told is not None]
    assert wrong == []
