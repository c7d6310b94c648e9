# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config with two controllers at once and with an API that fails often."""

from __future__ import annotations

import collections
import concurrent.futures
import functools
import pathlib
import typing as t

from integration.module_process import Process
from integration.playbook import PlaybookRun, run_playbook
from unit.org.conftest import (
    ACTIONS,
    FLOWS,
    PURPOSES,
    WEBHOOKS,
    action,
    flow,
    index,
    purpose,
    state_of,
    stored_action,
    stored_flow,
    stored_schema,
    totals,
    webhook,
)

Run = t.Callable[..., PlaybookRun]
Config = dict[str, list[dict[str, t.Any]]]
ACTION_COUNT, FLOW_COUNT, SCHEMA_COUNT = 24, 6, 3


def converge(
    playbook: Run, org: t.Any, config: Config | None, *, check: bool = False, **options: t.Any
) -> dict:
    """Run one task; return its result as a registered variable holds it."""
    given = options if config is None else {"config": config, **options}
    task = {"genesys.cloud.genesys_org_config": {**org.connection, **given}}
    run = playbook([{"name": "Converge", **task}], check=check, diff=check)
    return run.result("Converge").result


def seed(org: t.Any) -> None:
    org.seed([stored_action(f"Action {number}") for number in range(ACTION_COUNT)])
    org.seed([stored_flow(f"Flow {number}") for number in range(FLOW_COUNT)], "flows")
    org.seed([stored_schema(f"object-{number}") for number in range(SCHEMA_COUNT)], "customobjects")


def test_two_controllers_with_different_fields_lose_no_update(tmp_path: pathlib.Path, org: t.Any) -> None:
    """Check that two runs that read before either writes keep each other's changes."""
    seed(org)
    # During a rebuild a read returns the new ETag with the old indexes, which would hide the other change.
    org.simulator.rebuild(org.key, duration=0)
    for path in (ACTIONS, FLOWS):
        org.fault(method="GET", path=path, times=2, delay=2.0)
    org.fault(method="GET", path="*/schemas/*", times=2 * SCHEMA_COUNT, delay=2.0)
    actions = [f"Action {number}" for number in range(ACTION_COUNT)]
    flows = [f"Flow {number}" for number in range(FLOW_COUNT)]
    schemas = [f"object-{number}" for number in range(SCHEMA_COUNT)]
    by_fee = [{"name": "by_fee", "fields": ["fee"], "order": "desc"}]
    survey = {"survey": {"key": "survey", "value": True}}
    ours: Config = {
        "data_actions": [{"name": name, "description": "ours"} for name in actions],
        "flow_settings": [flow(name, 90) for name in flows],
        "customobject_indexes": [index(schema, wait_timeout=30) for schema in schemas],
    }
    theirs: Config = {
        "data_actions": [{"name": name, "rest": {"method": "POST"}} for name in actions],
        "flow_settings": [{"name": name, "configuration_matrix": survey} for name in flows],
        "customobject_indexes": [
            {"custom_object_id": name, "indexes": by_fee, "wait_timeout": 30} for name in schemas
        ],
    }
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        runs = [functools.partial(run_playbook, directory=tmp_path / name) for name in ("ours", "theirs")]
        results = list(pool.map(lambda run, config: converge(run, org, config), runs, (ours, theirs)))
    for result in results:
        assert not result.get("failed"), result["msg"]
        assert totals(result) == {"updated": ACTION_COUNT + FLOW_COUNT + SCHEMA_COUNT}
    refused = [entry for entry in org.writes() if entry["status"] == 409]
    assert refused, "they met: otherwise this test tells nothing"
    assert all(
        (stored["description"], stored["restConfig"]["httpMethod"]) == ("ours", "POST")
        for stored in org.objects()
    )
    for stored in org.objects("flows"):
        settings = stored["settings"]
        assert settings["routing"]["maxWaitTime"] == 90 and settings["configurationMatrix"] == survey
    for stored in org.objects("customobjects"):
        assert {one["name"] for one in stored["indexes"]} == {"by_status", "by_fee"}


def test_two_equal_runs_claim_each_write_once(tmp_path: pathlib.Path, org: t.Any) -> None:
    """Check that the rollback of either run leaves the writes of the other one."""
    seed(org)
    before = state_of(org)
    for path in (ACTIONS, FLOWS):
        org.fault(method="GET", path=path, times=2, together=2)
    config: Config = {
        "data_actions": [
            *(action(f"Action {number}", description="new") for number in range(8)),
            *({"name": f"Action {number}", "state": "absent"} for number in range(8, 16)),
            *(action(f"New {number}") for number in range(16)),
        ],
        "flow_settings": [flow(f"Flow {number}", 90) for number in range(FLOW_COUNT)],
    }
    names = ("ours", "theirs")
    for name in names:
        (tmp_path / name).mkdir()

    def run(name: str, **options: t.Any) -> dict:
        playbook = functools.partial(run_playbook, directory=tmp_path / name)
        options = {"journal": str(tmp_path / name / "journal.jsonl"), **options}
        return converge(playbook, org, options.pop("config", None), **options)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda name: run(name, config=config), names))
    for result in results:
        assert not result.get("failed"), result["msg"]
    counts = [totals(result) for result in results]
    done = [sum(count.get(what, 0) for what in ("created", "updated", "deleted")) for count in counts]
    changed = sum(map(len, config.values()))
    assert sum(done) == changed, counts
    assert all(one.get("unchanged", 0) == changed - own for one, own in zip(counts, done, strict=True))
    written = {
        name: {(one["kind"], one["name"]) for one in result["objects"] if one["status"] == "done"}
        for name, result in zip(names, results, strict=True)
    }
    assert any(entry["status"] in (404, 409) for entry in org.writes()), "the runs met"
    wanted = state_of(org)
    assert totals(run("theirs", state="rolled_back")).get("rolled_back", 0) == len(written["theirs"])
    for kind, named in (("data_actions", "data_action"), ("flows", "flow_settings")):
        now, old, new = (
            {one["name"]: one for one in state[kind]} for state in (state_of(org), before, wanted)
        )
        for name in {*old, *new}:
            expected = old if (named, name) in written["theirs"] else new
            assert now.get(name) == expected.get(name), name
    run("ours", state="rolled_back")
    assert state_of(org) == before


def test_two_equal_runs_make_no_silent_duplicate(tmp_path: pathlib.Path, org: t.Any) -> None:
    """Check kinds without unique names: each object that exists twice is an error that names both ids."""
    for path in (PURPOSES, WEBHOOKS):
        org.fault(method="GET", path=path, times=2, together=2)
    names = [f"Object {number}" for number in range(8)]
    config: Config = {
        "privacy_purposes": [purpose(name) for name in names],
        "webhooks": [webhook(name) for name in names],
    }
    processes = [Process(org, tmp_path / name) for name in ("ours", "theirs")]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(
            pool.map(lambda one: one.finish(config=config, list_lag=5, on_error="continue"), processes)
        )
    errors = [one["error"] for result in results for one in result["objects"] if one["error"]]
    for kind in config:
        stored = collections.defaultdict(set)
        for one in org.objects(kind):
            stored[one["name"]].add(one["id"])
        assert set(stored) == set(names)
        for ids in stored.values():
            assert len(ids) == 1 or any(all(one in error for one in ids) for error in errors), ids
    assert len([entry for entry in org.writes() if entry["method"] == "POST"]) > 16, "the runs met"


def test_an_api_that_fails_a_third_of_the_time(playbook: Run, new_org: t.Callable[..., t.Any]) -> None:
    """Check convergence with 30 % of responses 429 or 503, 5 % broken connections, revoked tokens."""
    calm, org = new_org(), new_org()
    for number in range(1, 7):
        org.fault(path="/api/v2/*", after=30 * number, times=1, revoke_token=True)
    for number, act in enumerate(({"status": 429, "retry_after": 0}, {"status": 503})):
        org.fault(path="*", times=None, probability=0.17, random_seed=number, **act)
    for number, moment in enumerate(("before", "after")):
        org.fault(path="*", times=None, probability=0.03, random_seed=7 + number, drop=moment)
    config: Config = {
        "data_actions": [action(f"Action {number}", description="new") for number in range(50)],
        "privacy_purposes": [purpose(f"Purpose {number}") for number in range(5)],
        "customobject_indexes": [index(f"object-{number}") for number in range(SCHEMA_COUNT)],
        "flow_settings": [flow(f"Flow {number}") for number in range(FLOW_COUNT)],
        "webhooks": [webhook(f"Webhook {number}") for number in range(5)],
    }
    for one in (calm, org):
        seed(one)
    result = converge(playbook, org, config, retries=20)
    assert not result.get("failed"), result["msg"]
    counts = totals(result)
    failed = [one["error"] for one in result["objects"] if one["error"]]
    assert not failed and sum(counts.values()) == sum(map(len, config.values()))
    for kind, count in (("data_actions", 50), ("privacy_purposes", 5), ("webhooks", 5)):
        assert sorted(one["name"] for one in org.objects(kind)) == sorted(
            entry["name"] for entry in config[kind]
        ), f"{count} {kind} and no duplicate"
    log = org.log()
    hurt = sum(entry["status"] in (429, 503) for entry in log) / len(log)
    assert 0.2 < hurt < 0.4, "it was as bad as it should have been"
    assert any(entry["status"] is None or entry.get("fault") for entry in log)
    assert result["api"]["requests"] == len(log)
    assert result["api"]["retries"] > 0.2 * len(log)
    converge(playbook, calm, config)
    assert state_of(org) == state_of(calm), "as if nothing had failed"


def test_check_mode_and_the_second_run_in_a_playbook(playbook: Run, org: t.Any) -> None:
    seed(org)
    config: Config = {
        "data_actions": [action("Action 0", description="new"), action("New")],
        "flow_settings": [flow("Flow 0")],
        "webhooks": [webhook("Webhook")],
    }
    planned = converge(playbook, org, config, check=True)
    assert org.writes() == [] and planned["changed"] and len(planned["diff"]) == 4
    done = converge(playbook, org, config)
    assert totals(planned) == totals(done) == {"created": 2, "updated": 2} and "diff" not in done
    again = converge(playbook, org, config)
    assert not again["changed"] and totals(again) == {"unchanged": 4}
