# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of genesys_org_config on objects that nothing declares (X.5), over the reference API."""

from __future__ import annotations

import collections
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import KINDS
from unit.export.orgs import fill_reference
from unit.org.conftest import (
    ACTIONS,
    PURPOSES,
    WEBHOOKS,
    action,
    plans_by_name,
    request_counts,
    stored_action,
    stored_webhook,
    totals,
    webhook,
)

FAIL = {"mode": "fail"}
ALL = {"default": "fail"}


@pytest.fixture
def five(org: t.Any) -> t.Any:
    org.seed([stored_action(name) for name in ("A", "B", "manual-1", "Manual-2", "x[1]")])
    return org


def report(result: dict[str, t.Any]) -> dict[str, dict[str, t.Any]]:
    """Return the report by kind."""
    assert not result.get("failed"), result["msg"]
    return {one["kind"]: one for one in result["undeclared"]}


def found(result: dict[str, t.Any], kind: str = "data_action") -> list[str]:
    """Return the names of a kind's undeclared objects."""
    one = report(result)[kind]
    assert (one["error"], one["not_comparable"]) == (None, None)
    return [str(entry["name"]) for entry in one["objects"]]


def test_no_report_unless_a_task_asks_for_one(five: t.Any, converge: t.Any) -> None:
    assert "undeclared" not in converge({"data_actions": [action("A")]})
    for rules in ({}, {"default": "ignore"}, {"data_actions": {"mode": "ignore"}}, {"webhooks": {}}):
        assert converge({"data_actions": [action("A")]}, undeclared=rules)["undeclared"] == [], rules


@pytest.mark.parametrize("check_mode", [True, False])
def test_undeclared_objects_are_reported_and_kept(five: t.Any, converge: t.Any, check_mode: bool) -> None:
    ids = {one["name"]: one["id"] for one in five.objects()}
    entries = [{"id": ids["A"]}, {"name": "B", "state": "absent"}, action("New")]
    result = converge({"data_actions": entries}, undeclared={"data_actions": FAIL}, check_mode=check_mode)
    assert report(result)["data_action"] == {
        "kind": "data_action",
        "mode": "fail",
        "objects": [{"name": name, "id": ids[name]} for name in ("Manual-2", "manual-1", "x[1]")],
        "error": None,
        "not_comparable": None,
    }
    assert plans_by_name(result) == {"A": "none", "B": "delete", "New": "create"}
    assert len(five.objects()) == 5


@pytest.mark.parametrize(
    ("protect", "reported"),
    [
        (["manual-*"], ["B", "Manual-2", "x[1]"]),
        (["[Mm]anual-?", "x[[]1]"], ["B"]),
        (["*"], []),
        ([""], ["B", "Manual-2", "manual-1", "x[1]"]),
    ],
)
def test_protected_names_are_left_out(
    five: t.Any, converge: t.Any, protect: list[str], reported: list[str]
) -> None:
    config, rule = {"data_actions": [action("A")]}, {"mode": "warn", "protect": protect}
    assert found(converge(config, undeclared={"data_actions": rule})) == reported
    kept = {"data_actions": {"protect": protect}}  # pruning is disabled, and the names are known nevertheless
    assert found(converge(config, undeclared={"data_actions": FAIL}, prune=kept)) == reported


def test_removals_of_pruning_are_reported_once(five: t.Any, converge: t.Any) -> None:
    prune = {"data_actions": {"enabled": True, "protect": ["manual*"]}}
    config = {"data_actions": [action("A")]}
    result = converge(config, undeclared={"data_actions": FAIL}, prune=prune, check_mode=True)
    assert totals(result) == {"unchanged": 1, "deleted": 3} and found(result) == []


def test_all_objects_of_an_ambiguous_name_count_as_declared(org: t.Any, converge: t.Any) -> None:
    org.seed([stored_webhook(name) for name in ("A", "A", "B", "B")], "webhooks")
    result = converge(
        {"webhooks": [webhook("A")]}, undeclared={"webhooks": FAIL}, on_error="continue", check_mode=True
    )
    assert result["failed"]
    (one,) = result["undeclared"]
    assert [entry["name"] for entry in one["objects"]] == ["B", "B"]


def test_the_default_covers_every_kind_of_the_api_and_a_kind_without_a_list_is_named(
    org: t.Any, converge: t.Any
) -> None:
    fill_reference(org)
    result = converge(
        {}, undeclared={**ALL, "webhooks": {"mode": "warn"}, "data_actions": {"protect": ["on"]}}
    )
    shown = report(result)
    assert list(shown) == [kind.name for kind in KINDS if "reference" in kind.profiles]
    names = {kind: [entry["name"] for entry in one["objects"]] for kind, one in shown.items()}
    assert names == {
        "data_action": ["a/b: {{ c }}"],
        "privacy_purpose": ["1_000", "Zweck äöü"],
        "customobject_index": [],
        "flow_settings": ["Flow 0", "~"],
        "webhook": ["Feed"],
    }
    assert {kind: one["mode"] for kind, one in shown.items()} == dict.fromkeys(shown, "fail") | {
        "webhook": "warn"
    }
    reasons = {kind: one["not_comparable"] for kind, one in shown.items() if one["not_comparable"]}
    assert list(reasons) == ["customobject_index"] and "has no list" in reasons["customobject_index"]
    assert org.writes() == []


def test_a_named_kind_that_the_api_lacks_is_not_comparable(org: t.Any, converge: t.Any) -> None:
    (one,) = converge({}, undeclared={"triggers": FAIL})["undeclared"]
    assert one["not_comparable"] == "the API 'reference' does not have this kind"


def test_a_report_needs_one_list_of_each_kind_and_no_read_of_an_object(org: t.Any, converge: t.Any) -> None:
    org.seed([stored_action(f"Old {number:03d}") for number in range(205)])
    org.seed([stored_webhook("W")], "webhooks")
    rules = {"data_actions": FAIL, "webhooks": FAIL}
    config = {"data_actions": [action("Old 000")]}
    org.clear_log()
    converge(config, prune={"data_actions": {"enabled": True, "max": 0}}, check_mode=True)
    own = request_counts(org)
    org.clear_log()
    result = converge(config, undeclared=rules, check_mode=True)
    assert (len(found(result)), found(result, "webhook")) == (204, ["W"])
    assert own[f"GET {ACTIONS}"] == 3
    assert request_counts(org) == own + collections.Counter({f"GET {WEBHOOKS}": 1})


def test_a_list_that_cannot_be_read_whole_is_an_error_of_its_kind(five: t.Any, converge: t.Any) -> None:
    five.fault(method="GET", path=PURPOSES, status=403, times=None)
    config = {"data_actions": [action("A")]}
    result = converge(config, undeclared=ALL, retries=0, check_mode=True)
    purposes = report(result)["privacy_purpose"]
    assert purposes["objects"] == [] and "403" in purposes["error"]
    assert found(result) == ["B", "Manual-2", "manual-1", "x[1]"] and plans_by_name(result) == {"A": "none"}


def test_the_list_of_a_declared_kind_that_fails_ends_the_task(five: t.Any, converge: t.Any) -> None:
    five.fault(method="GET", path=ACTIONS, status=403, times=None)
    result = converge({"data_actions": [action("A")]}, undeclared=ALL, retries=0, check_mode=True)
    assert result["failed"] and "403" in result["msg"] and "undeclared" not in result


def test_all_mistakes_are_one_error_before_any_request(org: t.Any, converge: t.Any) -> None:
    rules = {
        "default": "warm",
        "data_action": FAIL,
        "webhooks": {"mode": "failed", "protects": []},
        "triggers": "fail",
    }
    result = converge({"webhooks": [webhook("W", enable=True)]}, undeclared=rules)
    assert result["failed"] and org.log() == []
    paths = sorted(text.partition(":")[0] for text in result["problems"])
    assert paths == [
        "config.webhooks[0].enable",
        "undeclared.data_action",
        "undeclared.default",
        "undeclared.triggers",
        "undeclared.webhooks.mode",
        "undeclared.webhooks.protects",
    ]
    assert "data_actions" in next(text for text in result["problems"] if "data_action:" in text)


def test_a_rollback_has_no_report(org: t.Any, converge: t.Any) -> None:
    result = converge(state="rolled_back", journal="/nowhere/x.jsonl", undeclared=ALL)
    assert result["failed"] and any(text.startswith("undeclared: ") for text in result["problems"])
