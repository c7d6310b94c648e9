# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of a webhook: registered once, changed if it differs, removed (S0.8)."""

from __future__ import annotations

import json

import pytest

from unit.module_runner import run_module
from unit.resources.webhook.conftest import ITEM, KIND, LIST, STORED, WEBHOOK


def test_registered_twice_is_one(org, webhook):
    """Cover S0.8."""
    first, second = webhook(**WEBHOOK), webhook(**WEBHOOK)
    assert (first["plan"], second["plan"], second["changed"]) == ("create", "none", False)
    (stored,) = org.objects(KIND)
    assert {**STORED, "id": stored["id"], "events": stored["events"]} == stored
    assert {event["eventType"] for event in stored["events"]} == set(WEBHOOK["events"])
    assert first["record"]["id"] == second["record"]["id"] == stored["id"]
    assert [entry["method"] for entry in org.writes()] == ["POST"]


def test_its_event_reaches_a_real_listener(org, webhook, listener):
    """Check the way from the task to the target, with the secret header (S0.8)."""
    target = {"url": f"{listener.url}/hook", "headers": {"X-Api-Key": "k-4711-s3cr3t"}}
    webhook(name="Audit sync", events=["privacy.purpose.created"], target=target)
    purpose = {"description": "d", "retention": "1d", "legal_basis": "consent"}
    made = run_module("genesys_privacy_purpose", {**org.connection, "name": "P", **purpose})
    (request,) = listener.wait_for(1)
    assert request.headers["x-api-key"] == "k-4711-s3cr3t"
    assert request.body["eventType"] == "privacy.purpose.created"
    assert request.body["entityId"] == made["record"]["id"]
    assert request.body["organizationId"] == org.id


def test_a_post_whose_answer_is_lost_makes_no_duplicate(org, webhook):
    """Cover S0.8."""
    org.fault(method="POST", path=LIST, drop="after")
    assert webhook(**WEBHOOK)["plan"] == "create"
    assert len(org.objects(KIND)) == len(org.writes()) == 1


def test_a_name_that_several_have_is_an_error_with_their_ids(org, webhook):
    """Cover S0.8."""
    ids = [stored["id"] for stored in org.seed([STORED, STORED], KIND)]
    result = webhook(**WEBHOOK)
    assert result["failed"] and all(one in result["msg"] for one in ids)
    assert org.writes() == []
    assert webhook(id=ids[0], enabled=False)["changed"]


def test_update_changes_only_what_is_declared(org, webhook):
    """Check that undeclared fields survive, also in the entries of lists (S0.8)."""
    events = [{"eventType": "data.action.created", "filter": "unknown"}]
    (before,) = org.seed([{**STORED, "events": events, "colour": "red"}], KIND)
    result = webhook(name="Audit sync", events=["flow.updated", "data.action.created"], enabled=False)
    (after,) = org.objects(KIND)
    assert result["plan"] == "update"
    assert after == {**before, "enabled": False, "events": [{"eventType": "flow.updated"}, *events]}
    assert result["diff"]["before"]["events"] == ["data.action.created"]
    assert result["diff"]["after"]["events"] == ["data.action.created", "flow.updated"]


def test_events_are_a_set_and_null_resets(org, webhook):
    """Cover S0.8."""
    org.seed([{**STORED, "enabled": False}], KIND)
    events = ["data.action.updated", "data.action.created", "data.action.updated"]
    assert not webhook(name="Audit sync", events=events)["changed"]
    assert webhook(name="Audit sync", enabled=None, target={"headers": None})["changed"]
    (stored,) = org.objects(KIND)
    assert (stored["enabled"], stored["target"]) == (True, {"url": STORED["target"]["url"], "headers": {}})


def test_check_mode_reports_the_plan_and_writes_nothing(org, webhook):
    """Cover S0.8 and C.1."""
    planned = webhook(**WEBHOOK, check_mode=True)
    assert planned["plan"] == "create" and org.writes() == []
    done = webhook(**WEBHOOK)
    assert {**done["record"], "id": None} == {"id": None, **planned["record"]}
    assert done["diff"] == planned["diff"]


def test_renamed_by_id_and_removed(org, webhook):
    """Cover S0.8."""
    (stored,) = org.seed([STORED], KIND)
    assert webhook(id=stored["id"], name="Renamed")["plan"] == "update"
    assert webhook(name="Renamed", state="absent")["plan"] == "delete"
    assert webhook(name="Renamed", state="absent")["plan"] == "none"
    assert org.objects(KIND) == []


def test_a_change_of_others_is_a_conflict(org, webhook):
    """Check that the read before the write finds it, without a lock and without a secret (S0.8, S0.5)."""
    (stored,) = org.seed([STORED], KIND)
    theirs = {"target": {"headers": {"Authorization": "Bearer th31rs-s3cr3t"}}}
    org.fault(method="GET", path=ITEM, edit=theirs)
    result = webhook(name="Audit sync", target={"headers": {"Authorization": "Bearer 0urs-s3cr3t"}})
    assert result["failed"] and org.writes() == []
    (conflict,) = result["conflicts"]
    assert conflict["path"] == "target.headers"
    assert "s3cr3t" not in json.dumps(result)
    assert webhook(id=stored["id"], target=WEBHOOK["target"], on_conflict="overwrite")["changed"]


@pytest.mark.parametrize("body", [{"eventType": "x", "note": 1}, "x"], ids=str)
def test_unknown_events_of_a_server_can_be_replaced(org, webhook, body):
    org.seed([{**STORED, "events": [body]}], KIND)
    assert webhook(**WEBHOOK)["plan"] == "update"
    assert len(org.objects(KIND)[0]["events"]) == 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (None, "events[0] must be a string or an object, not null"),
        ({"eventType": 1}, "events[0].eventType must be a string, not a whole number"),
    ],
)
def test_events_of_a_wrong_type_are_refused_by_their_place(org, webhook, body, reason):
    org.seed([{**STORED, "events": [body]}], KIND)
    result = webhook(**WEBHOOK)
    assert result["failed"] and f"the API describes it: {reason}." in result["msg"]
    assert f"with a webhook {WEBHOOK['name']!r} that" in result["msg"] and org.writes() == []


def test_missing_scope_is_named(new_org):
    """Cover S0.10."""
    org = new_org(scopes=["organization:read"])
    result = run_module("genesys_webhook", {**org.connection, **WEBHOOK})
    assert "platform:webhooks:write" in result["msg"]
