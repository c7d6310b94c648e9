# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of changes by another client between a write and its read-back (S1.5): compatible ones may stay."""

from __future__ import annotations

import random

import pytest

from unit.module_runner import run_module
from unit.org.conftest import FLOWS, WEBHOOKS, flow, stored_flow, totals
from unit.resources.flow_settings.conftest import stored_flow as stored_primary

FLOW = f"{FLOWS}/*-*"
NEW = {"key": "survey", "value": True}
THEIRS = {"settings": {"configurationMatrix": {"theirs": {"key": "k", "value": 1}}}}


@pytest.fixture
def settings(org):
    org.seed([stored_primary()], "flows")

    def run(**options):
        return run_module("genesys_flow_settings", {**org.connection, "name": "Primary", **options})

    return run


def matrix(org):
    return org.named("Primary", "flows")["settings"]["configurationMatrix"]


def test_an_entry_that_another_client_adds_to_a_merged_field_is_no_failure(org, settings):
    org.fault(method="GET", path=FLOW, edit=THEIRS)
    result = settings(configuration_matrix={"survey": NEW, "affinity": None})
    assert not result.get("failed"), result["msg"]
    assert result["plan"] == "update" and "theirs" in result["record"]["configuration_matrix"]
    assert set(matrix(org)) == {"sessions", "survey", "theirs"}
    assert [patch["status"] for patch in org.log("PATCH")] == [200]


@pytest.mark.parametrize(
    ("options", "theirs"),
    [
        ({"matrix_strategy": "replace"}, {"theirs": {"key": "k", "value": 1}}),
        ({}, {"survey": {"value": False}}),
        ({}, {"survey": None}),
        ({}, {"affinity": {"key": "k", "value": 2}}),
    ],
    ids=["an entry in a replaced matrix", "the new value", "the new entry", "the removed entry"],
)
def test_a_change_of_what_was_declared_is_a_failure(org, settings, options, theirs):
    org.fault(method="GET", path=FLOW, edit={"settings": {"configurationMatrix": theirs}})
    result = settings(configuration_matrix={"survey": NEW, "affinity": None}, **options)
    assert result["failed"] and "configuration_matrix was sent as" in result["msg"]


@pytest.mark.parametrize("seed", range(6))
def test_runs_beside_a_busy_colleague_lose_no_entry(org, settings, seed):
    """Check random moments of a colleague's additions: before the write, after it, and both."""
    chance = random.Random(seed)
    for turn in range(6):
        for method in ("PATCH", "GET"):
            if chance.random() < 0.5:
                entry = {f"{method} {turn}": {"key": "k", "value": turn}}
                org.fault(method=method, path=FLOW, edit={"settings": {"configurationMatrix": entry}})
        result = settings(configuration_matrix={f"ours {turn}": {"key": "k", "value": turn}})
        assert not result.get("failed"), result["msg"]
    added = sum(fault["fired"] for fault in org.simulator.faults(org.key))
    assert added and {f"ours {turn}" for turn in range(6)} < set(matrix(org))
    assert sum(name.startswith(("PATCH", "GET")) for name in matrix(org)) == added


def test_a_whole_org_is_not_rolled_back_for_an_entry_that_another_client_adds(org, converge):
    org.seed([stored_flow(f"Flow {number}") for number in range(3)], "flows")
    entries = [flow(f"Flow {number}", configuration_matrix={"survey": NEW}) for number in range(3)]
    for one in org.objects("flows"):
        org.fault(method="GET", path=f"{FLOWS}/{one['id']}", edit=THEIRS)
    result = converge({"flow_settings": entries}, on_error="rollback")
    assert totals(result) == {"updated": 3}
    assert all("survey" in one["settings"]["configurationMatrix"] for one in org.objects("flows"))


def test_a_webhook_has_no_version_and_its_response_shows_what_was_stored(org):
    """Check that an undeclared field may change after the write, and that a declared one may not."""
    webhook = {"name": "W", "events": ["flow.updated"], "target": {"url": "https://hooks.example.com/"}}
    org.seed([{**webhook, "events": [{"eventType": "flow.created"}], "enabled": True}], "webhooks")
    declared = {**org.connection, "name": "W", "events": ["flow.updated"]}
    org.fault(method="GET", path=f"{WEBHOOKS}/*", after=1, edit={"enabled": False})
    result = run_module("genesys_webhook", declared)
    assert not result.get("failed") and result["record"]["enabled"] is False
    org.fault(method="GET", path=f"{WEBHOOKS}/*", after=1, edit={"events": [{"eventType": "flow.created"}]})
    result = run_module("genesys_webhook", {**declared, "events": ["flow.deleted"]})
    assert result["failed"] and "events was sent as" in result["msg"]
