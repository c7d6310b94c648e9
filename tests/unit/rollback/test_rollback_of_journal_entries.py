# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that a rollback of every action of every kind restores the org's state."""

from __future__ import annotations

import copy

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _retry_policy
from unit import platform_kinds
from unit.journaled_site import ALL_CHANGES, ALL_NEW, ALL_STORED, CHANGES, NEW, PASSWORD, RECREATED, STORED

NAMES = {
    "data_actions": "data_action",
    "privacy_purposes": "privacy_purpose",
    "customobjects": "customobject_index",
    "flows": "flow_settings",
    "webhooks": "webhook",
    **platform_kinds.NAMES,
}


@pytest.mark.parametrize("kind", list(ALL_STORED))
def test_an_update_is_rolled_back_and_a_second_rollback_changes_nothing(site, kind):
    site.seed(kind)
    before = site.state()
    result = site.change(kind, **ALL_CHANGES[kind], journal_password=PASSWORD)
    assert result["changed"], result
    assert site.state() != before
    (undone,) = site.undo(PASSWORD).values()
    assert site.state() == before
    assert (undone.plan, undone.changed, undone.not_restored, undone.error) == ("update", True, [], None)
    assert (undone.kind, undone.name) == (NAMES[kind], "A")
    site.org.clear_log()
    assert site.undo(PASSWORD) == {}
    assert site.org.writes() == []


@pytest.mark.parametrize("kind", list(ALL_NEW))
def test_a_creation_is_removed_again(site, kind):
    if kind in ALL_STORED:
        site.seed(kind)
    before = site.state()
    assert site.change(kind, **ALL_NEW[kind], journal_password=PASSWORD)["plan"] == "create"
    (undone,) = site.undo(PASSWORD).values()
    assert site.state() == before
    assert (undone.plan, undone.not_restored, undone.name) == ("delete", [], "N")


@pytest.mark.parametrize("kind", RECREATED)
def test_what_was_removed_is_created_again_and_has_a_new_id(site, kind):
    site.seed(kind)
    before, (old,) = site.state(), site.org.objects(kind)
    assert site.change(kind, name="A", state="absent", journal_password=PASSWORD)["plan"] == "delete"
    (undone,) = site.undo(PASSWORD).values()
    assert site.state() == before
    (new,) = site.org.objects(kind)
    assert (undone.plan, undone.id, undone.not_restored) == ("create", new["id"], ["id"])
    assert undone.notes == [f"it has the id {new['id']} now and not {old['id']}"]


@pytest.mark.parametrize("kind", list(ALL_STORED))
def test_check_mode_reports_what_would_be_rolled_back_and_writes_nothing(site, kind):
    site.seed(kind)
    site.change(kind, **ALL_CHANGES[kind], journal_password=PASSWORD)
    if kind in ALL_NEW:
        site.change(kind, **ALL_NEW[kind], journal_password=PASSWORD)
        site.change(kind, name="A", state="absent", journal_password=PASSWORD)
    state, content = site.state(), site.journal.read_bytes()
    site.org.clear_log()
    planned = site.undo(PASSWORD, check_mode=True)
    assert site.org.writes() == [] and site.state() == state and site.journal.read_bytes() == content
    real = site.undo(PASSWORD)
    assert {name: (one.plan, one.diff) for name, one in planned.items()} == {
        name: (one.plan, one.diff) for name, one in real.items()
    }


def test_writes_of_all_kinds_are_rolled_back_in_reverse_order(site):
    before = site.change_all(CHANGES, NEW)
    site.org.clear_log()
    undone = site.undo(PASSWORD)
    assert site.state() == before
    assert len(undone) == 8 and {one.error for one in undone.values()} == {None}
    paths = [entry["path"] for entry in site.org.writes()]
    kinds = [next(part for part in KEYWORDS if part in path) for path in paths]
    assert list(dict.fromkeys(kinds)) == KEYWORDS
    assert len([path for path in paths if path.endswith("/reload")]) == 1


KEYWORDS = ["webhooks", "flows", "customobjects", "purposes", "data-actions"]


def test_two_updates_of_an_object_are_rolled_back_newest_first(site):
    site.seed("flows")
    before = site.state()
    site.change("flows", name="A", routing={"max_wait_time": 90})
    site.change("flows", name="A", routing={"max_wait_time": 30, "type": "skillsBased"})
    (undone,) = site.undo().values()
    assert site.state() == before
    assert undone.diff["before"]["routing"]["max_wait_time"] == 30
    assert undone.diff["after"]["routing"]["max_wait_time"] == 600
    assert len(site.org.log(method="POST", path="/api/v2/architect/flows/reload")) == 3


def test_an_object_that_was_created_updated_and_removed_is_gone_again(site, monkeypatch):
    """The rollback creates it, changes it and removes it, so no list will ever show it."""
    before = site.state()
    site.change("webhooks", **NEW["webhooks"], journal_password=PASSWORD)
    site.change("webhooks", name="N", enabled=True, journal_password=PASSWORD)
    site.change("webhooks", name="N", state="absent", journal_password=PASSWORD)
    monkeypatch.setattr(_retry_policy, "sleep", lambda _seconds: pytest.fail("waits for a list"))
    assert [one.error for one in site.undo(PASSWORD).values()] == [None]
    assert site.state() == before


def test_an_update_before_a_removal_is_rolled_back_on_the_object_that_was_created_again(site):
    site.seed("data_actions")
    before = site.state()
    site.change("data_actions", **CHANGES["data_actions"], journal_password=PASSWORD)
    site.change("data_actions", name="A", state="absent", journal_password=PASSWORD)
    (undone,) = site.undo(PASSWORD).values()
    assert site.state() == before
    assert (undone.plan, undone.id) == ("create", site.org.named("A")["id"])


def test_a_renamed_object_makes_room_for_one_of_its_old_name(site):
    site.seed("data_actions")
    before, stored = site.state(), site.org.named("A")
    site.change("data_actions", id=stored["id"], name="B")
    site.change("data_actions", **{**NEW["data_actions"], "name": "A"})
    site.undo()
    assert [(one.plan, one.error) for one in site.undone] == [("delete", None), ("update", None)]
    assert site.state() == before and site.org.named("A")["id"] == stored["id"]


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("kind", RECREATED)
def test_what_took_the_name_of_a_removed_object_makes_room_again(site, kind, many):
    site.seed(kind)
    before = site.state()
    site.change(kind, name="A", state="absent", journal_password=PASSWORD)
    site.change(kind, **{**ALL_NEW[kind], "name": "A"}, journal_password=PASSWORD)
    for number in range(6 if many else 0):
        site.change(kind, **{**ALL_NEW[kind], "name": f"N{number}"})
    site.undo(PASSWORD)
    assert {one.error for one in site.undone} == {None}
    assert site.state() == before


@pytest.mark.parametrize("kind", RECREATED)
def test_lists_that_lag_behind_hide_nothing(site, kind, monkeypatch):
    """Check a rollback directly after the writes, while the lists still show the old state.

    They show the new one after its first pause, in which it waits for the objects that it has created. There
    is no such pause for kinds whose names the server keeps unique.
    """
    names = [f"A{number}" for number in range(8)]
    site.org.seed([{**copy.deepcopy(ALL_STORED[kind]), "name": name} for name in names], kind)
    before = site.state()
    for name in names[:4]:
        site.change(kind, **{**ALL_CHANGES[kind], "name": name}, journal_password=PASSWORD)
    for name in names[4:6]:
        site.change(kind, name=name, state="absent", journal_password=PASSWORD)
    for name in ("N1", "N2"):
        site.change(kind, **{**ALL_NEW[kind], "name": name}, journal_password=PASSWORD)
    at_pauses = []

    def sleep(_seconds):
        at_pauses.append({stored["name"] for stored in site.org.objects(kind)})
        site.org.simulator.lag(site.org.key, kind, lists=0)

    monkeypatch.setattr(_retry_policy, "sleep", sleep)
    site.org.simulator.lag(site.org.key, kind, lists=600)
    site.undo(PASSWORD)
    assert {one.error for one in site.undone} == {None}
    assert site.state() == before
    assert at_pauses[:1] in ([], [{*names, "N1", "N2"}])


def test_many_objects_are_read_from_lists(site):
    site.org.seed([{**copy.deepcopy(STORED["data_actions"]), "name": f"A{number}"} for number in range(20)])
    before = site.state()
    for number in range(20):
        site.change("data_actions", name=f"A{number}", description="new")
    site.org.clear_log()
    site.undo()
    assert site.state() == before
    reads = [entry["path"] for entry in site.org.log(method="GET")]
    # One request for the list, and one per object to read back the rollback.
    assert len(reads) == 1 + 20 and len(site.org.writes()) == 20
