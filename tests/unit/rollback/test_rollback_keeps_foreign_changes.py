# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that a rollback keeps the changes of other writers and reports them."""

from __future__ import annotations

from unit.journaled_site import CHANGES, NEW, PASSWORD


def test_fields_that_others_have_changed_since_stay(site):
    site.seed("data_actions")
    site.change("data_actions", **CHANGES["data_actions"], journal_password=PASSWORD)
    stored = site.org.named("A")
    site.org.edit(
        stored["id"],
        {"description": "theirs", "restConfig": {"headers": {"X-Theirs": "2", "X-New": "theirs"}}},
    )
    (undone,) = site.undo(PASSWORD).values()
    now = site.org.named("A")
    assert now["description"] == "theirs"
    assert now["restConfig"]["headers"] == {
        "Accept": "application/json",
        "Authorization": "Bearer 0ld-s3cr3t-token",
        "X-Theirs": "2",
        "X-New": "theirs",
    }
    assert "bodyTemplate" not in now["restConfig"]
    assert undone.not_restored == ["description", "rest.headers"]
    assert undone.notes == ["concurrent changes were kept: description, rest.headers"]


def test_indexes_and_hints_are_put_back_by_their_names(site):
    site.seed("customobjects")
    site.change("customobjects", **CHANGES["customobjects"])
    (stored,) = site.org.objects("customobjects")
    by_theirs = {"name": "by_theirs", "fields": ["priority", "status"], "order": "asc"}
    fields = [*stored["fields"], {"name": "theirs", "type": "string", "cardinalityHint": "low"}]
    site.org.edit("ticket", {"indexes": [*stored["indexes"], by_theirs], "fields": fields}, "customobjects")
    (undone,) = site.undo().values()
    (now,) = site.org.objects("customobjects")
    assert sorted(index["name"] for index in now["indexes"]) == ["by_priority", "by_status", "by_theirs"]
    assert {field["name"]: field.get("cardinalityHint") for field in now["fields"]} == {
        "status": "low",
        "priority": None,
        "theirs": "low",
    }
    assert undone.plan == "update" and undone.error is None


def test_a_created_object_with_a_concurrent_change_stays(site):
    for kind in NEW:
        site.change(kind, **NEW[kind])
    for kind, patch in (
        ("data_actions", {"description": "theirs"}),
        ("privacy_purposes", {"isActive": False}),
        ("webhooks", {"enabled": True}),
    ):
        site.org.edit(site.org.named("N", kind)["id"], patch, kind)
    state = site.state()
    undone = site.undo()
    assert site.state() == state
    assert {name: (one.plan, one.not_restored) for name, one in undone.items()} == {
        "data_action N": ("none", ["description"]),
        "privacy_purpose N": ("none", ["active"]),
        "webhook N": ("none", ["enabled"]),
    }
    assert undone["webhook N"].notes == ["it was not removed, because of a concurrent change of enabled"]


def test_a_second_writer_right_before_the_removal_is_seen(site):
    site.change("data_actions", **NEW["data_actions"])
    site.org.fault(method="DELETE", path="/api/v2/architect/data-actions/*", edit={"description": "theirs"})
    (undone,) = site.undo().values()
    assert site.org.named("N")["description"] == "theirs"
    assert (undone.plan, undone.changed, undone.not_restored) == ("none", False, ["description"])


def test_an_object_that_others_removed_or_took_the_name_of(site):
    site.seed("webhooks", "data_actions")
    site.change("webhooks", name="A", enabled=True)
    site.org.delete(site.org.named("A", "webhooks")["id"], "webhooks")
    site.change("data_actions", name="A", state="absent", journal_password=PASSWORD)
    (theirs,) = site.org.seed([{"name": "A", "type": "rest", "description": "theirs"}])
    state = site.state()
    undone = site.undo(PASSWORD)
    assert site.state() == state
    assert undone["webhook A"].notes == ["a concurrent change has removed it"]
    assert undone["data_action A"].notes == [
        f"its name belongs to another object now (id {theirs['id']}): not created again"
    ]
    assert [one.plan for one in undone.values()] == ["none", "none"]


def test_a_failed_object_does_not_stop_others_and_is_rolled_back_the_next_time(site):
    site.seed()
    before = site.state()
    for kind in CHANGES:
        site.change(kind, **CHANGES[kind], journal_password=PASSWORD)
    site.org.fault(method="PUT", path="/api/v2/privacy/purposes/*", status=403, times=1)
    first = site.undo(PASSWORD)
    assert {name for name, one in first.items() if one.error} == {"privacy_purpose A"}
    assert first["privacy_purpose A"].error.status == 403
    assert list(site.undo(PASSWORD)) == ["privacy_purpose A"]
    assert site.state() == before
