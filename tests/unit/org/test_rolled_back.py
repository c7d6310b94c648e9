# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config with state rolled_back, which rolls back a journal in a later task."""

from __future__ import annotations

import json

import pytest

from unit.module_runner import run_module, warnings_of
from unit.org.conftest import (
    action,
    every_kind,
    purpose,
    state_of,
    statuses,
    stored_action,
    stored_webhook,
    totals,
    webhook,
)
from unit.permissions import mode_of


@pytest.fixture
def journal(tmp_path):
    return tmp_path / "journals" / "acme.jsonl"


@pytest.fixture
def roll_back(converge, journal):
    def run(**options):
        return converge(state="rolled_back", journal=str(journal), **options)

    return run


def lines(journal):
    return [json.loads(line) for line in journal.read_text().splitlines()]


def test_a_run_over_all_kinds_is_rolled_back(seeded_org, converge, roll_back, journal):
    seeded_org.seed([stored_action("Goes")])
    before = state_of(seeded_org)
    config = every_kind()
    config["data_actions"].append({"name": "Goes", "state": "absent"})
    assert converge(config, journal=str(journal))["changed"]
    assert mode_of(journal) == 0o600
    assert len(lines(journal)) == 1 + 2 * 11, "a header, and two lines for each write"
    result = roll_back()
    assert not result.get("failed") and result["changed"] and state_of(seeded_org) == before
    assert totals(result) == {"rolled_back": 11}
    assert {one["plan"] for one in result["objects"]} == {"create", "update", "delete"}
    (again,) = [one for one in result["objects"] if one["name"] == "Goes"]
    assert again["not_restorable"] == ["id"] and any("Goes" in text for text in warnings_of(result))


def test_check_mode_reports_what_would_be_rolled_back(seeded_org, converge, roll_back, journal):
    converge(every_kind(), journal=str(journal))
    seeded_org.clear_log()
    planned = roll_back(check_mode=True, diff=True)
    assert planned["changed"] and seeded_org.writes() == []
    assert set(statuses(planned).values()) == {"planned"} and len(planned["diff"]) == 10
    done = roll_back(diff=True)
    assert [(one["name"], one["plan"], one["diff"]) for one in planned["objects"]] == [
        (one["name"], one["plan"], one["diff"]) for one in done["objects"]
    ]


def test_rolled_back_writes_are_not_rolled_back_again(seeded_org, converge, roll_back, journal):
    converge(every_kind(), journal=str(journal))
    roll_back()
    seeded_org.seed([stored_action("Action 0", description="somebody's new one")])
    seeded_org.clear_log()
    again = roll_back()
    assert not again["changed"] and again["objects"] == [] and seeded_org.writes() == []


def test_several_runs_are_rolled_back_newest_first(org, converge, roll_back, journal):
    org.seed([stored_action("A", description="first")])
    before = state_of(org)
    for description in ("second", "third"):
        converge({"data_actions": [action("A", description=description)]}, journal=str(journal))
    converge({"data_actions": [{"name": "A", "state": "absent"}]}, journal=str(journal))
    assert roll_back()["changed"] and state_of(org) == before


def test_single_modules_write_the_same_journal(org, converge, roll_back, journal):
    """Check that one rollback covers the runs of single modules and of genesys_org_config."""
    options = {**org.connection, "journal": str(journal)}
    run_module("genesys_privacy_purpose", {**options, **purpose("P")})
    converge({"data_actions": [action("A")]}, journal=str(journal))
    run_module("genesys_data_action", {**options, "name": "A", "description": "changed"})
    assert totals(roll_back()) == {"rolled_back": 2}
    assert org.objects() == [] and org.objects("privacy_purposes") == []


def test_failed_writes_are_not_rolled_back_and_applied_ones_are(org, converge, roll_back, journal):
    config = {"data_actions": [action("A"), action("B", conditions=["unheard_of.x exists"]), action("C")]}
    result = converge(config, journal=str(journal), on_error="continue")
    assert totals(result) == {"created": 2, "failed": 1}
    org.clear_log()
    assert totals(roll_back()) == {"rolled_back": 2}
    assert org.objects() == [] and len(org.writes()) == 2


def test_later_changes_by_other_clients_survive_and_are_reported(org, converge, roll_back, journal):
    first, second = org.seed([stored_action("A"), stored_action("B")])
    entries = [action("A", description="ours"), action("B", description="ours"), action("C")]
    converge({"data_actions": entries}, journal=str(journal))
    org.edit(first["id"], {"restConfig": {"httpMethod": "POST"}})
    org.edit(second["id"], {"description": "theirs"})
    org.edit(org.named("C")["id"], {"description": "theirs"})
    result = roll_back()
    stored = {one["name"]: one for one in org.objects()}
    assert (stored["A"]["description"], stored["A"]["restConfig"]["httpMethod"]) == ("About A", "POST")
    assert stored["B"]["description"] == stored["C"]["description"] == "theirs"
    told = {one["name"]: one["not_restorable"] for one in result["objects"]}
    assert told["A"] == [] and told["B"] == ["description"] and told["C"]
    assert any("concurrent change" in text for text in warnings_of(result))


def test_a_rollback_that_fails_fails_the_task_and_can_be_continued(org, converge, roll_back, journal):
    seeded = org.seed([stored_webhook("A"), stored_webhook("B")], "webhooks")
    before = state_of(org)
    converge({"webhooks": [webhook("A", enabled=True), webhook("B", enabled=True)]}, journal=str(journal))
    org.fault(method="PUT", path=f"*/{seeded[0]['id']}", status=403, times=1)
    failed = roll_back()
    assert failed["failed"] and failed["changed"] and statuses(failed) == {"A": "failed", "B": "rolled_back"}
    assert "1 of 2 objects were not rolled back" in failed["msg"]
    assert totals(roll_back()) == {"rolled_back": 1} and state_of(org) == before


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"config": {"webhooks": []}}, "config: cannot be given with state rolled_back"),
        ({"prune": {"webhooks": {"enabled": True}}}, "prune: cannot be given with state rolled_back"),
        ({"journal": None}, "journal: is required with state rolled_back"),
        ({"journal": "here.jsonl"}, "journal: must be an absolute path"),
        ({"journal_password": ""}, "journal_password: must not be empty"),
    ],
    ids=str,
)
def test_problems_are_reported_before_a_request(org, converge, journal, options, problem):
    arguments = {"state": "rolled_back", "journal": str(journal), **options}
    result = run_module("genesys_org_config", {**org.connection, **arguments})
    assert result["failed"] and org.log() == []
    assert any(one.startswith(problem) for one in result["problems"]), result["problems"]


def test_a_journal_that_is_not_there_is_an_error(org, roll_back):
    result = roll_back()
    assert result["failed"] and "acme.jsonl" in result["msg"] and org.writes() == []


def test_entries_have_no_journal_of_their_own(org, converge, journal):
    result = converge({"webhooks": [webhook("A", journal=str(journal), journal_password="x")]})
    assert result["problems"] == [
        "config.webhooks[0].journal: must be given once for all entries, beside config",
        "config.webhooks[0].journal_password: must be given once for all entries, beside config",
    ]


def test_secrets_are_restored_with_the_password_and_missed_without(org, converge, journal, roll_back):
    old = stored_action("A")
    old["restConfig"]["headers"] = {"Authorization": "Bearer 0ld-s3cr3t-token", "Accept": "x"}
    org.seed([old])
    before = state_of(org)
    rest = {"headers": {"Authorization": "Bearer n3w-s3cr3t-token"}}
    config = {"data_actions": [{"name": "A", "rest": rest}]}
    password = {"journal_password": "correct horse"}
    planned = converge(config, journal=str(journal), check_mode=True)
    assert planned["objects"][0]["not_restorable"] == ["rest.headers.Authorization"]
    assert converge(config, journal=str(journal), **password)["objects"][0]["not_restorable"] == []
    assert "s3cr3t" not in journal.read_text() and "correct horse" not in journal.read_text()
    refused = roll_back(journal_password="wrong")
    assert refused["failed"] and "journal_password" in refused["msg"]
    result = roll_back(**password)
    assert state_of(org) == before and "s3cr3t" not in json.dumps(result)
