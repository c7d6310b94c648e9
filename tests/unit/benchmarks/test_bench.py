# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The processes of `make bench` with small orgs, to prove that each figure measures the intended work."""

from __future__ import annotations

import itertools
import json
import re
import sys

import pytest

from benchmarks import declarations, figures, platform_actions, unlocked_window, whole_org
from benchmarks.baseline_requests import request_stages
from benchmarks.measured_org import MeasuredOrg
from benchmarks.processes import Failed, run, run_baseline, run_module

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_numbers = itertools.count(1)


@pytest.fixture
def measured_org(simulator):
    return MeasuredOrg(simulator, f"bench{next(_numbers)}")


def asked(org):
    """Return the requests to the org, sorted, without the ids, which differ in every run."""
    return sorted(
        (entry["method"], UUID.sub("ID", entry["path"]), str(entry["query"]), json.dumps(entry["body"]))
        for entry in org.log()
        if not entry["path"].endswith("/oauth/token")
    )


def names(org):
    return sorted(stored["name"] for objects in org.objects().values() for stored in objects)


@pytest.mark.parametrize(
    "config", [declarations.data_actions(5), declarations.mixed(20)], ids=["actions", "mixed"]
)
def test_the_floor_sends_what_the_module_sends(measured_org, tmp_path, config):
    """Check that requests and effects are equal: otherwise the ratio of the two times means nothing."""
    measured_org.fill(declarations.prerequisites(config))
    empty = measured_org.objects()
    run_module("genesys_org_config", {**measured_org.connection, "config": config}, tmp_path)
    sent, there = asked(measured_org), names(measured_org)
    job = request_stages(measured_org.log(), measured_org.objects())
    measured_org.fill(empty)
    run_baseline(measured_org, job, tmp_path)
    assert asked(measured_org) == sent
    assert len(measured_org.log()) == len(sent) + 1  # the token
    assert names(measured_org) == there
    assert {entry["status"] for entry in measured_org.log()} <= {200, 202}


def test_a_course_counts_requests_and_costs(measured_org, tmp_path):
    benchmark = whole_org.WholeOrgBenchmark(measured_org, tmp_path, repeats=1)
    measured = benchmark.measure(declarations.data_actions(5), ["no change", "change 5 %"])
    assert list(measured) == ["no change", "change 5 %"]
    for one in measured.values():
        assert one.requests == one.baseline_requests
        assert 0 < one.baseline.cpu < one.module.cpu
        assert 10 < one.baseline.peak_mb < one.module.peak_mb < 200
    writes = measured["change 5 %"].requests - measured["no change"].requests
    assert writes in (2, 3)  # the write and its read back
    assert figures.table("", [one.as_row("5") for one in measured.values()])


def test_data_actions_of_the_platform_are_measured_beside_the_provider(simulator, tmp_path, monkeypatch):
    """Check a small org: each client does the intended work, with the intended number of requests."""
    monkeypatch.setattr(platform_actions, "LIMITS", platform_actions.LIMITS[:1])
    monkeypatch.setattr(platform_actions, "FORMS", ["uri"])
    count, changes = 4, 1
    rows, found = platform_actions.PlatformBenchmark(simulator, tmp_path, count, 0.001).measure()
    assert len(rows) == len(found) == 3
    assert [figure.what for figure in found if not figure.met] == []
    configured = 1 + platform_actions.TOKENS + 2 + 2
    for row in rows:
        provider = {
            "unchanged": configured + 3 * count,
            "created": configured + 4 * count,
            "5 % changed": configured + 3 * count + 5 * changes,
        }[row["operation"]]
        assert row["provider"] == provider
        assert row["s cold"] > 0 and row["provider / cold"] > 0
        if row["operation"] == "unchanged":
            assert row["requests cold"] == row["warm"] + 3 * count
        elif row["operation"] == "5 % changed":
            assert row["requests cold"] == row["warm"] + 3 * (count - changes)


def test_a_run_that_did_something_else_is_no_measurement(measured_org, tmp_path):
    benchmark = whole_org.WholeOrgBenchmark(measured_org, tmp_path, repeats=1)
    operation = whole_org.Operation("no change", {}, declarations.data_actions(1), 0)
    with pytest.raises(Failed, match="expected 0 changes"):
        benchmark._converge(operation)
    with pytest.raises(Failed, match="organization"):
        run_module(
            "genesys_org_config", {**measured_org.connection, "organization": "Other", "config": {}}, tmp_path
        )


def test_the_cost_is_the_command_s_own(tmp_path):
    big = run([sys.executable, "-c", "import time; kept = bytearray(100_000_000); time.sleep(0.3)"], tmp_path)
    small = run([sys.executable, "-S", "-c", "print(1)"], tmp_path)
    assert small.wall < big.wall >= 0.3
    assert small.peak_mb < 30 < 95 < big.peak_mb < 140
    assert (tmp_path / "output").read_text() == "1\n"


def test_declarations_are_as_described():
    config = declarations.mixed(100)
    assert declarations.count(config) == 100
    changed, count = declarations.changed(config)
    differ = sum(
        one != other for kind in config for one, other in zip(config[kind], changed[kind], strict=True)
    )
    assert differ == count == 7
    assert set(declarations.removed(config)) == {"data_actions", "privacy_purposes", "webhooks"}


def test_figures_are_judged():
    assert figures.Figure("wall", 2.0, 2.0).met
    assert not figures.Figure("wall", 2.01, 2.0).met
    assert figures.Figure("times faster", 100, 100, at_least=True).met
    assert figures.Figure("x", 0.1234, 60, "ms").as_row() == {
        "what": "x",
        "measured": "0.12 ms",
        "target": "<= 60 ms",
        "": "met",
    }


def test_the_window_is_that_of_each_object(simulator, tmp_path):
    orgs = {api: MeasuredOrg(simulator, f"window-{api}", api) for api in ("reference", "platform")}
    settings = ((1, False), (8, True))  # the others differ from them in no code
    rows, measured = unlocked_window.measure(orgs, tmp_path, objects=2, settings=settings)
    assert len(rows) == len(measured) == 2 * len(unlocked_window.CASES)
    assert all(0 < row["median ms"] <= row["longest ms"] for row in rows)
