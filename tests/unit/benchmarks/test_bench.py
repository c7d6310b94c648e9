# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of `make bench` with few objects: its processes and figures against the simulator."""

from __future__ import annotations

import itertools
import json
import re
import sys

import pytest

from benchmarks import contents, figures, whole_org
from benchmarks.arena import Arena
from benchmarks.processes import Failed, run, run_floor, run_module
from benchmarks.replay import stages

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_numbers = itertools.count(1)


@pytest.fixture
def arena(simulator):
    return Arena(simulator, f"bench{next(_numbers)}")


def sorted_requests(arena):
    """Return the org's requests, sorted and without the ids of created objects, which differ per run."""
    return sorted(
        (entry["method"], UUID.sub("ID", entry["path"]), str(entry["query"]), json.dumps(entry["body"]))
        for entry in arena.log()
        if not entry["path"].endswith("/oauth/token")
    )


def names(arena):
    return sorted(stored["name"] for objects in arena.objects().values() for stored in objects)


@pytest.mark.parametrize("config", [contents.data_actions(5), contents.mixed(20)], ids=["actions", "mixed"])
def test_the_floor_sends_what_the_module_sends(arena, tmp_path, config):
    """Check that both have the same requests and the same effect, so that their times can be compared."""
    arena.put(contents.beforehand(config))
    empty = arena.objects()
    run_module("genesys_org_config", {**arena.connection, "config": config}, tmp_path)
    sent, there = sorted_requests(arena), names(arena)
    job = stages(arena.log(), arena.objects())
    arena.put(empty)
    run_floor(arena, job, tmp_path)
    assert sorted_requests(arena) == sent
    assert len(arena.log()) == len(sent) + 1  # the token
    assert names(arena) == there
    assert {entry["status"] for entry in arena.log()} <= {200, 202}


def test_a_course_counts_requests_and_costs(arena, tmp_path):
    course = whole_org.Course(arena, tmp_path, repeats=1)
    measured = course.measure(contents.data_actions(5), ["no change", "change 5 %"])
    assert list(measured) == ["no change", "change 5 %"]
    for one in measured.values():
        assert one.requests == one.floor_requests
        assert 0 < one.floor.cpu < one.module.cpu
        assert 10 < one.floor.peak_mb < one.module.peak_mb < 200
    writes = measured["change 5 %"].requests - measured["no change"].requests
    assert writes in (2, 3)  # the write and its read-back
    assert figures.table("", [one.as_row("5") for one in measured.values()])


def test_a_run_that_did_something_else_is_no_measurement(arena, tmp_path):
    course = whole_org.Course(arena, tmp_path, repeats=1)
    operation = whole_org.Operation("no change", {}, contents.data_actions(1), 0)
    with pytest.raises(Failed, match="expected 0 changes"):
        course._converge(operation)
    with pytest.raises(Failed, match="organization"):
        run_module(
            "genesys_org_config", {**arena.connection, "organization": "Other", "config": {}}, tmp_path
        )


def test_the_cost_is_the_command_s_own(tmp_path):
    big = run([sys.executable, "-c", "import time; kept = bytearray(100_000_000); time.sleep(0.3)"], tmp_path)
    small = run([sys.executable, "-S", "-c", "print(1)"], tmp_path)
    assert small.wall < big.wall >= 0.3
    assert small.peak_mb < 30 < 95 < big.peak_mb < 140
    assert (tmp_path / "output").read_text() == "1\n"


def test_declarations_are_as_described():
    config = contents.mixed(100)
    assert contents.count(config) == 100
    changed, count = contents.changed(config)
    differ = sum(
        one != other for kind in config for one, other in zip(config[kind], changed[kind], strict=True)
    )
    assert differ == count == 7
    assert set(contents.removed(config)) == {"data_actions", "privacy_purposes", "webhooks"}


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
