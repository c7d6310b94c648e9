# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config with random orgs, configurations and faults.

The environment variable ORG_CONFIG_RUNS is the number of runs, ORG_CONFIG_SEED the first seed.
"""

from __future__ import annotations

import collections
import os
import random
import typing as t

import pytest

from unit.org.conftest import (
    RELOAD,
    action,
    flow,
    index,
    purpose,
    state_of,
    stored_action,
    stored_purpose,
    stored_webhook,
    totals,
    webhook,
)

FIRST = int(os.environ.get("ORG_CONFIG_SEED", "0"))
RUNS = range(FIRST, FIRST + int(os.environ.get("ORG_CONFIG_RUNS", "8")))
_PATHS = {
    "data_action": "/api/v2/architect/data-actions",
    "privacy_purpose": "/api/v2/privacy/purposes",
    "customobject_index": "/api/v2/data-gateway/customobjects/schemas",
    "flow_settings": "/api/v2/architect/flows",
    "webhook": "/api/v2/platform/webhooks",
}
#: (kind, plan) -> the request that carries it out.
_SENT = {
    **{(kind, "create"): ("POST", path) for kind, path in _PATHS.items()},
    **{(kind, "update"): ("PUT", f"{path}/*") for kind, path in _PATHS.items()},
    **{(kind, "delete"): ("DELETE", f"{path}/*") for kind, path in _PATHS.items()},
    ("flow_settings", "update"): ("PATCH", "/api/v2/architect/flows/*"),
}
WRITES = [*_SENT.values(), ("POST", RELOAD)]
_MAKERS = {
    "data_actions": (stored_action, action, {"description": "new"}),
    "privacy_purposes": (stored_purpose, purpose, {"retention": "30d"}),
    "webhooks": (stored_webhook, webhook, {"enabled": True}),
}


def seed(chance: random.Random, org: t.Any) -> None:
    for kind, (stored, _declared, _change) in _MAKERS.items():
        org.seed([stored(f"O{number}") for number in range(8) if chance.random() < 0.6], kind)


def entry(chance: random.Random, org: t.Any, kind: str, name: str) -> dict[str, t.Any] | None:
    """Return a random entry for an object name, or None; the object may exist or not."""
    _stored, declared, change = _MAKERS[kind]
    known = [one["id"] for one in org.objects(kind) if one["name"] == name]
    choices = [None, declared(name), declared(name, **change), {"name": name, "state": "absent"}]
    if known:
        choices += [
            {"id": known[0], **change},
            {"id": known[0], "name": f"renamed {name}"},
            {"id": known[0], "state": "absent"},
            {"name": name},
        ]
    return chance.choice(choices)


def configuration(chance: random.Random, org: t.Any) -> dict[str, list[dict[str, t.Any]]]:
    config = {}
    for kind in _MAKERS:
        drawn = [entry(chance, org, kind, f"O{number}") for number in range(8)]
        config[kind] = [one for one in drawn if one is not None]
    config["flow_settings"] = [flow(f"Flow {number}", chance.choice([60, 90])) for number in range(3)]
    config["customobject_indexes"] = [index(f"object-{number}") for number in range(chance.randrange(3))]
    return config


@pytest.mark.parametrize("number", RUNS)
def test_a_run_does_what_check_mode_reports_and_a_second_run_nothing(seeded_org, converge, number):
    chance = random.Random(number)
    seed(chance, seeded_org)
    config = configuration(chance, seeded_org)
    options = {"concurrency": chance.choice([1, 3, 8]), "prune": {"webhooks": {"enabled": True}}}
    planned = converge(config, check_mode=True, **options)
    for _fault in range(chance.randrange(4)):
        method, path = chance.choice(WRITES)
        acts = [{"drop": "after"}, {"drop": "before"}, {"status": 503}, {"status": 429, "retry_after": 0}]
        seeded_org.fault(method=method, path=path, after=chance.randrange(3), **chance.choice(acts))
    done = converge(config, **options)
    assert not done.get("failed"), done["msg"]
    assert totals(done) == totals(planned)
    assert [(one["name"], one["plan"], one["diff"]) for one in done["objects"]] == [
        (one["name"], one["plan"], one["diff"]) for one in planned["objects"]
    ]
    seeded_org.clear_log()
    again = converge(config, **options)
    # An object that was removed by id has no name in this run, so the two results cannot be compared.
    assert not again["changed"] and not again.get("failed") and seeded_org.writes() == []


@pytest.mark.parametrize("number", RUNS)
def test_a_run_that_fails_somewhere_is_rolled_back_whole(seeded_org, converge, number):
    chance = random.Random(1000 + number)
    seed(chance, seeded_org)
    before = state_of(seeded_org)
    config = configuration(chance, seeded_org)
    planned = converge(config, check_mode=True)["objects"]
    sent = collections.Counter(_SENT[one["kind"], one["plan"]] for one in planned if one["changed"])
    (method, path), count = chance.choice(list(sent.items()))
    refusal = {"status": chance.choice([400, 403, 422]), "times": 1}
    seeded_org.fault(method=method, path=path, after=chance.randrange(count), **refusal)
    for _fault in range(chance.randrange(3)):
        method, path = chance.choice(WRITES)
        acts = [{"drop": "after"}, {"drop": "before"}, {"status": 503}]
        seeded_org.fault(method=method, path=path, after=chance.randrange(6), **chance.choice(acts))
    result = converge(config, on_error="rollback", concurrency=chance.choice([1, 8]))
    assert result["failed"] and state_of(seeded_org) == before, result.get("msg")
    assert "done" not in {one["status"] for one in result["objects"]}


@pytest.mark.parametrize("number", RUNS)
def test_a_run_that_was_left_half_way_is_gone_on_with(seeded_org, converge, number):
    chance = random.Random(2000 + number)
    seed(chance, seeded_org)
    config = configuration(chance, seeded_org)
    for _fault in range(3):
        method, path = chance.choice(WRITES)
        seeded_org.fault(method=method, path=path, after=chance.randrange(3), status=403)
    first = converge(config, on_error=chance.choice(["stop", "continue"]))
    seeded_org.simulator.clear_faults(seeded_org.key)
    second = converge(config)
    assert not second.get("failed"), second["msg"]
    assert second["changed"] or not first.get("failed"), "what failed was left to do"
    assert not converge(config)["changed"]
