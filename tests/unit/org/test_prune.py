# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of prune in genesys_org_config: it removes only objects that the config does not name."""

from __future__ import annotations

import pytest

from unit.org.conftest import (
    action,
    plans_by_name,
    purpose,
    statuses,
    stored_action,
    stored_purpose,
    stored_webhook,
    totals,
    webhook,
)

ON = {"enabled": True}


def names(org, kind="data_actions"):
    return sorted(one["name"] for one in org.objects(kind))


@pytest.fixture
def five(org):
    org.seed([stored_action(name) for name in ("A", "B", "manual-1", "Manual-2", "x[1]")])
    return org


def test_off_by_default(five, converge):
    for prune in (None, {}, {"data_actions": None}, {"data_actions": {"enabled": False, "max": 0}}):
        result = converge({"data_actions": [action("A")]}, prune=prune)
        assert totals(result) == {"unchanged": 1}, prune
    assert five.writes() == []


def test_what_is_not_named_is_removed_and_shown_in_check_mode(five, converge):
    config, prune = {"data_actions": [action("A")]}, {"data_actions": ON}
    planned = converge(config, prune=prune, check_mode=True)
    assert planned["changed"] and five.writes() == [] and totals(planned) == {"unchanged": 1, "deleted": 4}
    assert statuses(planned)["B"] == "planned"
    done = converge(config, prune=prune)
    assert totals(done) == {"unchanged": 1, "deleted": 4} and names(five) == ["A"]
    pruned = done["objects"][1:]
    assert all(one["path"] is None and one["plan"] == "delete" and one["id"] for one in pruned)
    assert pruned[0]["diff"]["after"] == {} and pruned[0]["diff"]["before"]["name"] == "B"
    assert not converge(config, prune=prune)["changed"]


@pytest.mark.parametrize(
    ("protect", "left"),
    [
        (["manual-*"], ["A", "manual-1"]),
        (["[Mm]anual-?"], ["A", "Manual-2", "manual-1"]),
        (["manual-1", "B"], ["A", "B", "manual-1"]),
        (["x[[]1]"], ["A", "x[1]"]),
        (["*"], ["A", "B", "Manual-2", "manual-1", "x[1]"]),
        ([""], ["A"]),
    ],
    ids=str,
)
def test_protected_names_stay(five, converge, protect, left):
    prune = {"data_actions": {"enabled": True, "protect": protect}}
    assert not converge({"data_actions": [action("A")]}, prune=prune).get("failed")
    assert names(five) == left


@pytest.mark.parametrize("check_mode", [False, True])
@pytest.mark.parametrize("on_error", ["stop", "continue"])
def test_more_than_the_maximum_is_refused_before_any_write(five, converge, check_mode, on_error):
    config = {"data_actions": [action("A", description="new"), action("New")], "webhooks": [webhook("W")]}
    prune = {"data_actions": {"enabled": True, "max": 3}}
    result = converge(config, prune=prune, check_mode=check_mode, on_error=on_error)
    assert result["failed"] and five.writes() == []
    assert "prune.data_actions.max: 4 objects would be removed, more than 3" in result["msg"]
    assert all(repr(name) in result["msg"] for name in ("B", "manual-1", "Manual-2", "x[1]"))
    if not check_mode:
        prune["data_actions"]["protect"] = ["B"]
        assert totals(converge(config, prune=prune))["deleted"] == 3


def test_the_maximum_is_ten_and_none_may_be_removed_with_zero(org, converge):
    org.seed([stored_action(f"Old {number:02d}") for number in range(11)])
    refused = converge({"data_actions": []}, prune={"data_actions": ON})
    assert refused["failed"] and "11 objects would be removed, more than 10" in refused["msg"]
    assert converge({"data_actions": []}, prune={"data_actions": {**ON, "max": 0}})["failed"]
    assert org.writes() == []
    org.delete(org.objects()[0]["id"])
    assert totals(converge({"data_actions": []}, prune={"data_actions": ON})) == {"deleted": 10}


def test_maxima_of_several_kinds_are_refused_together(org, converge):
    org.seed([stored_action("A")])
    org.seed([stored_webhook("W")], "webhooks")
    zero = {"enabled": True, "max": 0}
    config = {"data_actions": [], "webhooks": []}
    result = converge(config, prune={"data_actions": zero, "webhooks": zero})
    assert [one.partition(":")[0] for one in result["problems"]] == [
        "prune.data_actions.max",
        "prune.webhooks.max",
    ]


def test_a_list_that_is_not_given_is_not_taken_for_an_empty_one(five, converge):
    for config in ({}, {"data_actions": None}, {"webhooks": []}):
        five.clear_log()
        result = converge(config, prune={"data_actions": ON})
        assert result["failed"] and five.log() == []
        assert "config.data_actions is not given" in result["msg"]


def test_kinds_are_pruned_each_by_its_own_rule(org, converge):
    org.seed([stored_action("Old")])
    org.seed([stored_purpose("Old"), stored_purpose("Kept")], "privacy_purposes")
    org.seed([stored_webhook("Old"), stored_webhook("Kept")], "webhooks")
    config = {"data_actions": [], "privacy_purposes": [purpose("Kept")], "webhooks": [webhook("Kept")]}
    result = converge(config, prune={"privacy_purposes": ON, "data_actions": {"enabled": False}})
    assert totals(result) == {"deleted": 1, "unchanged": 2}
    assert [names(org, kind) for kind in ("data_actions", "privacy_purposes", "webhooks")] == [
        ["Old"],
        ["Kept"],
        ["Kept", "Old"],
    ]


def test_entries_by_id_by_name_and_renamed_ones_keep_their_objects(five, converge):
    ids = {one["name"]: one["id"] for one in five.objects()}
    entries = [
        {"id": ids["A"]},
        {"id": ids["B"], "name": "B2"},
        {"name": "manual-1"},
        {"name": "Manual-2", "state": "absent"},
    ]
    result = converge({"data_actions": entries}, prune={"data_actions": {**ON, "max": 1}})
    assert plans_by_name(result) == {
        "A": "none",
        "B2": "update",
        "manual-1": "none",
        "Manual-2": "delete",
        "x[1]": "delete",
    }
    assert names(five) == ["A", "B2", "manual-1"]


def test_objects_whose_declared_name_is_ambiguous_stay(org, converge):
    """Check that no candidate is removed, because the entry could mean either of them."""
    org.seed([stored_webhook("A"), stored_webhook("A"), stored_webhook("B")], "webhooks")
    result = converge({"webhooks": [webhook("A")]}, prune={"webhooks": ON}, on_error="continue")
    assert result["failed"] and names(org, "webhooks") == ["A", "A"]


def test_several_objects_of_an_undeclared_name_all_go(org, converge):
    org.seed([stored_webhook("A"), stored_webhook("A")], "webhooks")
    assert totals(converge({"webhooks": []}, prune={"webhooks": ON})) == {"deleted": 2}
    assert org.objects("webhooks") == []


def test_a_failed_write_keeps_what_is_pruned(five, converge):
    entry = action("New", conditions=["unheard_of.x exists"])
    result = converge({"data_actions": [action("A"), entry]}, prune={"data_actions": ON})
    assert result["failed"] and len(five.objects()) == 5
    assert statuses(result)["B"] == "skipped"


def test_the_whole_list_is_read_even_for_one_entry(org, converge):
    org.seed([stored_action(f"Old {number:03d}") for number in range(205)])
    prune = {"data_actions": {"enabled": True, "protect": ["Old 0*", "Old 1*"]}}
    assert totals(converge({"data_actions": [action("Old 000")]}, prune=prune)) == {
        "unchanged": 1,
        "deleted": 5,
    }
