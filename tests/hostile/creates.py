# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creations while answers are lost, lists lag and the server carries out requests late; often two at once.

After each case the org must have one object of the name. Two objects are a fault unless a result names the
ids of both. No object is a fault if a task reported success.
"""

from __future__ import annotations

import functools
import json
import random
import time
import typing as t

from simulator.control import Simulator
from simulator.process import running
from unit import platform_kinds
from unit.org.conftest import ACTIONS, PURPOSES, WEBHOOKS, action, purpose, webhook

from .clients import HANGING, LANES, Fork, Outcome, at_once, call
from .orgs import Org, new_org
from .rows import Bench

AT_ONCE = 32
LAGS = (0.0, 0.0, 0.3, 0.8, 1.5, 3.0, 5.0)
#: Module, path and declaration, by the name of the kind in the simulator.
KINDS = {
    "data_actions": ("genesys_data_action", ACTIONS, action("A")),
    "privacy_purposes": ("genesys_privacy_purpose", PURPOSES, purpose("A")),
    "webhooks": ("genesys_webhook", WEBHOOKS, webhook("A")),
    **{
        kind: (platform_kinds.MODULES[kind], platform_kinds.PATHS[kind], {**new, "name": "A"})
        for kind, new in platform_kinds.NEW.items()
    },
}
#: Time [s] that the client waits for an answer, and after which the server carries out a late request.
TIMEOUT, LATE = 0.6, 1.4


def disturb(org: Org, chance: random.Random, path: str) -> str:
    """Set the faults of a case and return their description."""
    rules: list[dict[str, t.Any]] = []
    if chance.random() < 0.75:
        lost = {"probability": 0.3, "random_seed": chance.randrange(10**6), "times": None}
        rules.append({"method": "POST", "path": path, "drop": chance.choice(["before", "after"]), **lost})
        rules.append({"method": "GET", "path": f"{path}*", "drop": "before", **lost})
    if chance.random() < 0.4:
        rules.insert(0, {"method": "POST", "path": path, "delay": LATE, "times": chance.choice([1, 2])})
    if chance.random() < 0.3:
        rules.insert(
            0, {"method": "POST", "path": path, "status": chance.choice([500, 503]), "took_effect": True}
        )
    for rule in rules:
        org.fault(**rule)
    return json.dumps(rules)


def task(org: Org, kind: str, chance: random.Random, lag: float) -> t.Callable[[], Outcome]:
    """Return a task that creates the object A: the module of the kind, or the one of the whole org."""
    module, _path, declared = KINDS[kind]
    # A request that is carried out late is a lag of lists too.
    limits = {"timeout": TIMEOUT, "deadline": 20, "list_lag": lag + LATE, "retries": 4}
    connection = {**org.connection, **limits}
    lane = chance.choice(LANES)
    if chance.random() < 0.3:
        config = {platform_kinds.LISTS.get(kind, kind): [declared, {**declared, "name": "B"}]}
        return functools.partial(call, "genesys_org_config", {**connection, "config": config}, lane=lane)
    return functools.partial(call, module, {**connection, **declared}, lane=lane)


def attack(simulator: Simulator, chance: random.Random) -> t.Iterator[str]:
    kind, lag = chance.choice(list(KINDS)), chance.choice(LAGS)
    org = new_org(simulator, api=platform_kinds.profile_of(kind))
    faults = disturb(org, chance, KINDS[kind][1])
    org.simulator.lag(org.key, kind, lists=lag)
    tasks = [task(org, kind, chance, lag) for _number in range(chance.choice([1, 2, 2]))]
    outcomes = at_once(tasks)
    time.sleep(LATE)  # a late request may still be carried out
    stored = [one["id"] for one in org.objects(kind) if one["name"] == "A"]
    label = f"{kind}, lag {lag:g} s, {len(tasks)} tasks, {faults}"
    for outcome in outcomes:
        if outcome.exception or outcome.timed_out:
            yield f"{label}: {outcome.exception or f'no end within {HANGING:g} s'}"
    shown = [json.dumps(outcome.result) for outcome in outcomes]
    if len(stored) > 1 and not any(all(one in text for one in stored) for text in shown):
        yield f"{label}: {len(stored)} objects, and no task names them: {[one.message for one in outcomes]}"
    if not stored and not all(outcome.failed for outcome in outcomes):
        yield f"{label}: no object, but a task reported success"


def run(bench: Bench, cases: t.Sequence[int]) -> t.Iterator[tuple[int, str]]:
    """Run several cases at once in forked processes, because they wait most of the time."""
    with running() as simulator:
        control = Simulator(simulator.base_url)

        def one(case: int) -> list[str]:
            return list(attack(control, bench.chance("creates", case)))

        for start in range(0, len(cases), AT_ONCE):
            part = cases[start : start + AT_ONCE]
            bench.begin(part[0])
            forks = [Fork(functools.partial(one, case)) for case in part]
            for case, fork in zip(part, forks, strict=True):
                yield from ((case, text) for text in fork.value())
