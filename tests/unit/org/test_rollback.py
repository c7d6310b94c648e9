# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config with on_error rollback: the org's state is restored (S2.8)."""

from __future__ import annotations

import json

import pytest

from unit.module_runner import warnings_of
from unit.org.conftest import (
    ACTIONS,
    ORDER,
    RELOAD,
    WEBHOOKS,
    action,
    every_kind,
    flow,
    index,
    purpose,
    state_of,
    statuses,
    stored_action,
    stored_purpose,
    stored_webhook,
    totals,
    webhook,
)

REFUSED = {"events": ["flow.updated"], "target": {"url": "https://refused.example.com/"}}


@pytest.fixture
def mixed_org(seeded_org):
    """Seed objects of every kind for the configuration of C(changes), which changes and removes some."""
    seeded_org.seed([stored_action("Changes", colour="red")])
    seeded_org.seed([stored_action(name) for name in ("Goes", "Pruned", "Stays")])
    seeded_org.seed([stored_purpose(name) for name in ("Changes", "Goes")], "privacy_purposes")
    seeded_org.seed([stored_webhook(name) for name in ("Changes", "Goes", "Refused")], "webhooks")
    return seeded_org


def changes():
    return {
        "data_actions": [
            action("Changes", description="new"),
            {"name": "Goes", "state": "absent"},
            action("Stays"),
            *(action(f"New {number}") for number in range(10)),
        ],
        "privacy_purposes": [
            purpose("Changes", description="new"),
            {"name": "Goes", "state": "absent"},
            purpose("New"),
        ],
        "customobject_indexes": [index("object-0"), index("object-1")],
        "flow_settings": [flow("Flow 0"), flow("Flow 1")],
        "webhooks": [webhook("Changes", enabled=True), {"name": "Goes", "state": "absent"}, webhook("New")],
    }


def refuse(org, name="Refused"):
    """Make the org refuse an update of this webhook; return the entry that causes it."""
    org.fault(method="PUT", path=f"{WEBHOOKS}/{org.named(name, 'webhooks')['id']}", status=403, times=None)
    return webhook(name, enabled=True)


def test_an_error_at_the_end_leaves_everything_as_it_was(mixed_org, converge):
    (last,) = mixed_org.seed([stored_action("Pruned last")])
    mixed_org.fault(method="DELETE", path=f"{ACTIONS}/{last['id']}", status=422)
    before = state_of(mixed_org)
    prune = {"data_actions": {"enabled": True}}
    result = converge(changes(), on_error="rollback", prune=prune, concurrency=1)
    assert result["failed"] and state_of(mixed_org) == before
    by_status = totals(result)
    assert by_status["failed"] == 1 and by_status["unchanged"] == 1 and by_status["rolled_back"] >= 17
    assert "were rolled back" in result["msg"]
    # A recreated data action or purpose has a new id.
    lost = {(one["kind"], one["name"]) for one in result["objects"] if "id" in one["not_restorable"]}
    assert {("data_action", "Goes"), ("data_action", "Pruned"), ("privacy_purpose", "Goes")} <= lost
    rolled_back = [one for one in result["objects"] if one["status"] == "rolled_back"]
    assert all(one["changed"] == bool(one["not_restorable"]) for one in rolled_back)


def test_kinds_are_rolled_back_in_reverse_order(mixed_org, converge):
    config = changes()
    config["webhooks"].append(refuse(mixed_org))
    converge(config, on_error="rollback", concurrency=1)
    kinds = [
        next(number for number, prefix in enumerate(ORDER) if entry["path"].startswith(prefix))
        for entry in mixed_org.writes()
    ]
    turn = max(number for number, kind in enumerate(kinds) if kind == 4)
    assert kinds[: turn + 1] == sorted(kinds[: turn + 1])
    assert kinds[turn:] == sorted(kinds[turn:], reverse=True)
    assert set(kinds[turn:]) == {0, 1, 2, 3, 4}
    reloads = [number for number, entry in enumerate(mixed_org.writes()) if entry["path"] == RELOAD]
    assert len(reloads) == 2, "one after the change, one after the undo"


def test_object_137_of_200_is_refused(org, converge):
    org.seed([stored_action(f"Action {number:03d}") for number in range(1, 101)])
    before = state_of(org)
    entries = [action(f"Action {number:03d}", description="new") for number in range(1, 201)]
    entries[136]["conditions"] = ["unheard_of.x exists"]
    result = converge({"data_actions": entries}, on_error="rollback")
    assert result["failed"] and not result["changed"] and state_of(org) == before
    assert totals(result)["failed"] == 1
    assert {one["status"] for one in result["objects"]} <= {"failed", "rolled_back", "skipped"}
    assert result["objects"][136]["status"] == "failed"
    assert not any(one["changed"] for one in result["objects"])


def test_what_cannot_be_given_back_is_said_before(mixed_org, converge):
    planned = converge(changes(), on_error="rollback", check_mode=True)
    lost = {one["name"] for one in planned["objects"] if one["not_restorable"] == ["id"]}
    assert lost == {"Goes"} and mixed_org.writes() == []
    assert any("id" in text and "Goes" in text for text in warnings_of(planned))
    quiet = converge(changes(), check_mode=True)
    assert all(one["not_restorable"] == [] for one in quiet["objects"]), "nobody asked for a rollback"


def test_without_an_error_nothing_is_rolled_back(mixed_org, converge):
    result = converge(changes(), on_error="rollback")
    assert not result.get("failed") and result["changed"] and "rolled_back" not in totals(result)
    assert not converge(changes(), on_error="rollback")["changed"]


@pytest.mark.parametrize("fails", ["planning", "check"])
def test_an_error_before_the_first_write_writes_nothing(mixed_org, converge, fails):
    config = changes()
    if fails == "planning":
        config["flow_settings"].append(flow("No such flow"))
    else:
        config["customobject_indexes"].append(index("object-2", indexes=[{"name": "x", "fields": ["no"]}]))
    result = converge(config, on_error="rollback")
    assert result["failed"] and mixed_org.writes() == [] and "rolled_back" not in totals(result)


def test_later_changes_of_others_survive_the_rollback(mixed_org, converge):
    """Check that fields are restored only if they still have the value that the task wrote."""
    changing = mixed_org.named("Changes")
    other = mixed_org.named("Refused", "webhooks")
    config = changes()
    config["webhooks"].append(refuse(mixed_org))
    path = f"{ACTIONS}/{changing['id']}"
    theirs = {"restConfig": {"httpMethod": "POST"}}
    mixed_org.fault(
        method="PUT", path=path, after=1, edit=theirs
    )  # between the task's write and its rollback
    result = converge(config, on_error="rollback")
    assert result["failed"] and other["enabled"] is False
    stored = mixed_org.named("Changes")
    assert (stored["description"], stored["restConfig"]["httpMethod"]) == ("About Changes", "POST")


def test_a_concurrent_change_to_the_same_field_stays_and_is_reported(mixed_org, converge):
    changing = mixed_org.named("Changes")
    config = changes()
    config["webhooks"].append(refuse(mixed_org))
    mixed_org.fault(method="PUT", path=f"{ACTIONS}/{changing['id']}", after=1, edit={"description": "theirs"})
    result = converge(config, on_error="rollback")
    assert mixed_org.named("Changes")["description"] == "theirs"
    (one,) = [one for one in result["objects"] if (one["kind"], one["name"]) == ("data_action", "Changes")]
    assert one["not_restorable"] == ["description"]
    assert "description" in result["msg"]


def test_a_failed_rollback_of_one_object_is_reported_and_others_continue(mixed_org, converge):
    changing = mixed_org.named("Changes")
    config = changes()
    config["webhooks"].append(refuse(mixed_org))
    path = f"{ACTIONS}/{changing['id']}"
    mixed_org.fault(method="PUT", path=path, after=1, status=403, times=None)
    result = converge(config, on_error="rollback")
    assert result["failed"] and result["changed"]
    (one,) = [one for one in result["objects"] if (one["kind"], one["name"]) == ("data_action", "Changes")]
    assert one["error"] and one["changed"] and one["status"] == "failed"
    assert mixed_org.named("Changes")["description"] == "new"
    assert {stored["name"] for stored in mixed_org.objects()} == {"Changes", "Goes", "Pruned", "Stays"}


@pytest.mark.parametrize("drop", ["after", "before"])
def test_writes_with_a_lost_response_are_rolled_back(mixed_org, converge, drop):
    """Check that writes with a lost response are found and rolled back exactly once."""
    before = state_of(mixed_org)
    for method, path in (("POST", ACTIONS), ("PUT", f"{ACTIONS}/*"), ("DELETE", f"{ACTIONS}/*")):
        mixed_org.fault(method=method, path=path, drop=drop, times=1)
        mixed_org.fault(method=method, path=path, after=3, drop=drop, times=1)
    config = changes()
    config["webhooks"].append(refuse(mixed_org))
    result = converge(config, on_error="rollback")
    assert result["failed"] and state_of(mixed_org) == before


def test_a_refused_write_is_not_rolled_back(mixed_org, converge):
    before = mixed_org.named("Refused", "webhooks")
    config = {"webhooks": [refuse(mixed_org)]}
    result = converge(config, on_error="rollback")
    assert result["failed"] and statuses(result) == {"Refused": "failed"} and not result["changed"]
    assert mixed_org.named("Refused", "webhooks") == before and len(mixed_org.writes()) == 1


def test_a_failed_reload_rolls_everything_back(mixed_org, converge):
    before = state_of(mixed_org)
    mixed_org.fault(method="POST", path=RELOAD, status=400, times=1)
    result = converge(changes(), on_error="rollback")
    assert result["failed"] and state_of(mixed_org) == before
    assert {one["status"] for one in result["objects"] if one["kind"] == "webhook"} == {"skipped"}


def test_every_rolled_back_write_has_its_record(mixed_org, converge, tmp_path):
    log = tmp_path / "audit.jsonl"
    config = {"data_actions": [action("Changes", description="new"), action("New")]}
    config["webhooks"] = [refuse(mixed_org)]
    converge(config, on_error="rollback", audit_log=str(log))
    told = [(line["name"], line["status"]) for line in map(json.loads, log.read_text().splitlines())]
    assert sorted(told) == [
        ("Changes", "applied"),
        ("Changes", "rolled_back"),
        ("New", "applied"),
        ("New", "rolled_back"),
        ("Refused", "failed"),
    ]


def test_secrets_are_put_back_without_being_shown(mixed_org, converge):
    stored = stored_action("Secret")
    stored["restConfig"]["headers"] = {"Authorization": "Bearer th31rs-crm-token"}
    mixed_org.seed([stored])
    before = state_of(mixed_org)
    rest = {"headers": {"Authorization": "Bearer 0urs-crm-token"}}
    config = {"data_actions": [{"name": "Secret", "rest": rest}], "webhooks": [refuse(mixed_org)]}
    result = converge(config, on_error="rollback", diff=True)
    assert state_of(mixed_org) == before
    assert "0urs-crm" not in json.dumps(result) and "th31rs-crm" not in json.dumps(result)


def test_all_kinds_of_every_object_are_created_and_gone_again(seeded_org, converge):
    before = state_of(seeded_org)
    config = every_kind(2)
    config["webhooks"].append({**webhook("Unheard"), **REFUSED})
    seeded_org.fault(method="POST", path=WEBHOOKS, after=2, status=422, times=None)
    result = converge(config, on_error="rollback", concurrency=1)
    assert result["failed"] and state_of(seeded_org) == before and not result["changed"]


def test_what_the_collection_does_not_know_of_a_removed_object_is_missed(mixed_org, converge):
    """Check the warning before the removal and the report after it; a recreated object lacks these fields."""
    stored = stored_action("Odd", colour="red")
    stored["restConfig"]["timeout"] = 5
    _odd, last = mixed_org.seed([stored, stored_action("Last")])
    mixed_org.fault(method="DELETE", path=f"{ACTIONS}/{last['id']}", status=422)
    config = {"data_actions": [{"name": name, "state": "absent"} for name in ("Odd", "Last")]}
    planned = converge(config, on_error="rollback", check_mode=True)
    assert planned["objects"][0]["not_restorable"] == ["id", "restConfig.timeout", "colour"]
    assert any("without its restConfig.timeout, colour" in text for text in warnings_of(planned))
    result = converge(config, on_error="rollback", concurrency=1)
    assert result["objects"][0]["not_restorable"] == ["restConfig.timeout", "colour", "id"]
    assert result["objects"][0]["changed"] and "restConfig.timeout, colour" in result["msg"]
    assert mixed_org.named("Odd")["restConfig"]["url"] == stored["restConfig"]["url"]
