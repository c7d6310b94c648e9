# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config killed at twenty points of a run over 200 objects: resumed or rolled back.

The module runs in a separate process, as Ansible starts it. A point is a number of lines in its journal.
"""

from __future__ import annotations

import concurrent.futures
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

#: Each of the 191 writes adds two lines to the journal.
LINES = 380
POINTS = random.Random(4711).sample(range(2, LINES), 20)
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


@pytest.fixture
def expected(new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path) -> tuple[dict, dict]:
    """Return the org's state before a run and its state after an undisturbed run."""
    org = new_org()
    seed(org)
    before = state_of(org)
    result = Process(org, tmp_path / "undisturbed").finish(config=CONFIG)
    assert not result.get("failed"), result["msg"]
    assert sum(totals(result).values()) == 200 and "unchanged" not in totals(result)
    return before, state_of(org)


def test_killed_at_twenty_points(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path, expected: tuple[dict, dict]
) -> None:
    """Check that a killed run can be repeated or rolled back after another writer changed one object."""
    before, after = expected
    orgs = [new_org() for _point in POINTS]

    def interrupt(number: int) -> str | None:
        org, point = orgs[number], POINTS[number]
        seed(org)
        process = Process(org, tmp_path / f"point-{point}")
        process.kill_at(point, config=CONFIG)
        left = state_of(org)
        if left in (before, after):
            return f"line {point}: the kill came too early or too late to tell anything"
        rolls_back = number % 2 == 1
        options = {"state": "rolled_back"} if rolls_back else {"config": CONFIG}
        org.edit(org.named("Action 050")["id"], {"restConfig": {"bodyTemplate": "theirs"}})
        result = process.finish(**options)
        if result.get("failed"):
            return f"line {point}: {options.keys()} failed: {result['msg']}"
        now, wanted = state_of(org), before if rolls_back else after
        (theirs,) = [one for one in now["data_actions"] if one["name"] == "Action 050"]
        if theirs["restConfig"].pop("bodyTemplate", None) != "theirs":
            return f"line {point}: the change of somebody else is lost"
        different = [kind for kind in wanted if now[kind] != wanted[kind]]
        return f"line {point}: {options.keys()} left {different} wrong" if different else None

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        wrong = [told for told in pool.map(interrupt, range(len(POINTS))) if told is not None]
    assert wrong == []
