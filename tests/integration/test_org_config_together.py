# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config with two controllers at once and with an API that fails often."""

from __future__ import annotations

import collections
import concurrent.futures
import dataclasses
import pathlib
import typing as t

import pytest

from integration.module_process import Process
from integration.playbook import PlaybookRun
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
from unit.platform_kinds import INTEGRATIONS, TYPE, integration, stored_integration
from unit.whole_org_runs import RUNS

Run = t.Callable[..., PlaybookRun]
Config = dict[str, list[dict[str, t.Any]]]
ACTION_COUNT, FLOW_COUNT, SCHEMA_COUNT, INTEGRATION_COUNT = 24, 6, 3, 16


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


def seed_integrations(org: t.Any) -> None:
    org.seed([stored_integration(f"CRM {number}") for number in range(INTEGRATION_COUNT)], "integrations")


@dataclasses.dataclass(frozen=True)
class Meeting:
    """Two runs of an API that meet: objects, declarations, and the check of the state after both.

    C(meet) adds the faults by which both runs read before either writes. Two equal runs declare C(config).
    Two runs with different fields declare C(ours) and C(theirs). C(named) maps the name of a kind in the
    simulator to its name in results.
    """

    seed: t.Callable[[t.Any], None]
    meet: t.Callable[[t.Any], None]
    paths: tuple[str, ...]
    ours: Config
    theirs: Config
    has_both: t.Callable[[t.Any], bool]
    config: Config
    state: t.Callable[[t.Any], dict[str, list[dict[str, t.Any]]]]
    named: dict[str, str]


ACTION_NAMES = [f"Action {number}" for number in range(ACTION_COUNT)]
FLOW_NAMES = [f"Flow {number}" for number in range(FLOW_COUNT)]
SCHEMA_NAMES = [f"object-{number}" for number in range(SCHEMA_COUNT)]
BY_FEE = [{"name": "by_fee", "fields": ["fee"], "order": "desc"}]
SURVEY = {"survey": {"key": "survey", "value": True}}


def meet_in_reads(org: t.Any) -> None:
    # During a rebuild a read returns the new ETag with the old indexes, which would hide the other change.
    org.simulator.rebuild(org.key, duration=0)
    for path in (ACTIONS, FLOWS):
        org.fault(method="GET", path=path, times=2, delay=2.0)
    org.fault(method="GET", path="*/schemas/*", times=2 * SCHEMA_COUNT, delay=2.0)


def meet_in_lists(org: t.Any) -> None:
    org.fault(method="GET", path=INTEGRATIONS, times=2, together=2)


def has_both_changes(org: t.Any) -> bool:
    """Return whether each object of the reference API has the changes of both runs."""
    actions = [(one["description"], one["restConfig"]["httpMethod"]) for one in org.objects()]
    flows = [one["settings"] for one in org.objects("flows")]
    indexes = [{one["name"] for one in stored["indexes"]} for stored in org.objects("customobjects")]
    return (
        set(actions) == {("ours", "POST")}
        and {one["routing"]["maxWaitTime"] for one in flows} == {90}
        and all(one["configurationMatrix"] == SURVEY for one in flows)
        and all(names == {"by_status", "by_fee"} for names in indexes)
    )


def integrations_have_both(org: t.Any) -> bool:
    configs = [one["config"]["current"] for one in org.objects("integrations")]
    return all((one["notes"], one["properties"]) == ("ours", {"by": "theirs"}) for one in configs)


MEETINGS = {
    "reference": Meeting(
        seed=seed,
        meet=meet_in_reads,
        paths=(ACTIONS, FLOWS),
        ours={
            "data_actions": [{"name": name, "description": "ours"} for name in ACTION_NAMES],
            "flow_settings": [flow(name, 90) for name in FLOW_NAMES],
            "customobject_indexes": [index(name, wait_timeout=30) for name in SCHEMA_NAMES],
        },
        theirs={
            "data_actions": [{"name": name, "rest": {"method": "POST"}} for name in ACTION_NAMES],
            "flow_settings": [{"name": name, "configuration_matrix": SURVEY} for name in FLOW_NAMES],
            "customobject_indexes": [
                {"custom_object_id": name, "indexes": BY_FEE, "wait_timeout": 30} for name in SCHEMA_NAMES
            ],
        },
        has_both=has_both_changes,
        config={
            "data_actions": [
                *(action(name, description="new") for name in ACTION_NAMES[:8]),
                *({"name": name, "state": "absent"} for name in ACTION_NAMES[8:16]),
                *(action(f"New {number}") for number in range(16)),
            ],
            "flow_settings": [flow(name, 90) for name in FLOW_NAMES],
        },
        state=state_of,
        named={"data_actions": "data_action", "flows": "flow_settings"},
    ),
    # Two integrations may have one name, so equal runs that create them may both do so.
    "platform": Meeting(
        seed=seed_integrations,
        meet=meet_in_lists,
        paths=(INTEGRATIONS,),
        ours={"integrations": [integration(f"CRM {n}", notes="ours") for n in range(INTEGRATION_COUNT)]},
        theirs={
            "integrations": [
                {"name": f"CRM {n}", "type": TYPE, "properties": {"by": "theirs"}}
                for n in range(INTEGRATION_COUNT)
            ]
        },
        has_both=integrations_have_both,
        config={
            "integrations": [
                *(integration(f"CRM {n}", notes="new") for n in range(8)),
                *({"name": f"CRM {n}", "type": TYPE, "state": "absent"} for n in range(8, INTEGRATION_COUNT)),
            ]
        },
        state=RUNS["platform"].state,
        named={"integrations": "integration"},
    ),
}
BOTH = pytest.mark.parametrize("api", sorted(MEETINGS))


def at_once(processes: list[Process], configs: t.Iterable[Config], **options: t.Any) -> list[dict]:
    """Return the results of two runs that begin at the same time."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda one, config: one.finish(config=config, **options), processes, configs))


@BOTH
def test_two_controllers_with_different_fields_lose_no_update(
    tmp_path: pathlib.Path, new_org: t.Callable[..., t.Any], api: str
) -> None:
    """Check that two runs that read before either writes keep each other's changes."""
    meeting, org = MEETINGS[api], new_org(api=api)
    meeting.seed(org)
    meeting.meet(org)
    processes = [Process(org, tmp_path / name) for name in ("ours", "theirs")]
    for result in at_once(processes, (meeting.ours, meeting.theirs)):
        assert not result.get("failed"), result["msg"]
        assert totals(result) == {"updated": sum(map(len, meeting.ours.values()))}
    refused = [entry for entry in org.writes() if entry["status"] == 409]
    assert refused, "they met: otherwise this test tells nothing"
    assert meeting.has_both(org)


@BOTH
def test_two_equal_runs_claim_each_write_once(
    tmp_path: pathlib.Path, new_org: t.Callable[..., t.Any], api: str
) -> None:
    """Check that the rollback of either run leaves the writes of the other one."""
    meeting, org = MEETINGS[api], new_org(api=api)
    meeting.seed(org)
    before = meeting.state(org)
    for path in meeting.paths:
        org.fault(method="GET", path=path, times=2, together=2)
    processes = [Process(org, tmp_path / name) for name in ("ours", "theirs")]
    results = at_once(processes, (meeting.config, meeting.config))
    for result in results:
        assert not result.get("failed"), result["msg"]
    counts = [totals(result) for result in results]
    done = [sum(count.get(what, 0) for what in ("created", "updated", "deleted")) for count in counts]
    changed = sum(map(len, meeting.config.values()))
    assert sum(done) == changed, counts
    assert all(one.get("unchanged", 0) == changed - own for one, own in zip(counts, done, strict=True))
    written = [
        {(one["kind"], one["name"]) for one in result["objects"] if one["status"] == "done"}
        for result in results
    ]
    assert any(entry["status"] in (404, 409) for entry in org.writes()), "the runs met"
    wanted = meeting.state(org)
    rolled_back = totals(processes[1].finish(state="rolled_back")).get("rolled_back", 0)
    assert rolled_back == len(written[1])
    for kind, named in meeting.named.items():
        now, old, new = (
            {one["name"]: one for one in state[kind]} for state in (meeting.state(org), before, wanted)
        )
        for name in {*old, *new}:
            expected = old if (named, name) in written[1] else new
            assert now.get(name) == expected.get(name), name
    processes[0].finish(state="rolled_back")
    assert meeting.state(org) == before


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


def failing_often(org: t.Any) -> None:
    """Let 30 % of the responses be 429 or 503, break 5 % of the connections, and revoke some tokens."""
    for number in range(1, 7):
        org.fault(path="/api/v2/*", after=60 * number, times=1, revoke_token=True)
    for number, act in enumerate(({"status": 429, "retry_after": 0}, {"status": 503})):
        org.fault(path="*", times=None, probability=0.17, random_seed=number, **act)
    for number, moment in enumerate(("before", "after")):
        org.fault(path="*", times=None, probability=0.03, random_seed=7 + number, drop=moment)


@pytest.mark.parametrize(("api", "count"), [("reference", 20), ("platform", 8)])
def test_an_api_that_fails_a_third_of_the_time(
    tmp_path: pathlib.Path, new_org: t.Callable[..., t.Any], api: str, count: int
) -> None:
    """Check convergence to the same state as without failures, without a duplicate."""
    run = RUNS[api]
    config = run.declare(count)
    calm, org = new_org(api=api), new_org(api=api)
    failing_often(org)
    for number, one in enumerate((calm, org)):
        one.simulator.rate_limit(one.key, allowed=None)
        run.seed(one, count)
        result = Process(one, tmp_path / str(number)).finish(config=config, retries=20)
        assert not result.get("failed"), result["msg"]
        assert sum(totals(result).values()) == sum(map(len, config.values()))
        assert not [each["error"] for each in result["objects"] if each["error"]]
    log = org.log()
    hurt = sum(entry["status"] in (429, 503) for entry in log) / len(log)
    assert 0.15 < hurt < 0.4, "it was as bad as it should have been"
    assert any(entry["status"] is None or entry.get("fault") for entry in log)
    assert result["api"]["requests"] == len(log)
    assert result["api"]["retries"] > 0.15 * len(log)
    assert run.state(org) == run.state(calm), "as if nothing had failed"


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
