# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the smallest change between a desired state and an object, without an API (C.1, S0.5)."""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._errors import InputError
from ansible_collections.genesys.cloud.plugins.module_utils._model import plan as plan_module
from ansible_collections.genesys.cloud.plugins.module_utils._model.json_objects import (
    ABSENT,
    make_merge_patch,
)
from ansible_collections.genesys.cloud.plugins.module_utils._model.resource import Field
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import DATA_ACTION

RESOURCE = DATA_ACTION.profiles["reference"]

CURRENT = {
    "id": "1",
    "etag": "e1",
    "version": 4,
    "name": "A",
    "type": "rest",
    "restConfig": {"url": "/a", "httpMethod": "GET", "headers": {"X": "1"}, "timeout": 5},
    "labels": ["theirs"],
}


def declared(**options):
    return plan_module.declared_fields(RESOURCE, RESOURCE.model.model_validate({"name": "A", **options}))


def changed(plan):
    return [field.option for field in plan.changed]


def test_what_the_task_does_not_name_is_not_declared():
    assert [field.option for field in declared(rest={"url": "/b", "body": None})] == [
        "name",
        "rest.url",
        "rest.body",
    ]


def test_update_keeps_unknown_fields_at_every_level_and_drops_the_servers():
    plan = plan_module.make_plan(RESOURCE, declared(rest={"url": "/b"}), "present", CURRENT)
    assert (plan.action, changed(plan)) == ("update", ["rest.url"])
    assert plan.after == {
        "name": "A",
        "type": "rest",
        "restConfig": {"url": "/b", "httpMethod": "GET", "headers": {"X": "1"}, "timeout": 5},
        "labels": ["theirs"],
    }
    assert CURRENT["restConfig"]["url"] == "/a", "the object as read is not touched"


def test_omitted_by_the_server_equals_the_default():
    plan = plan_module.make_plan(RESOURCE, declared(description="", conditions=[]), "present", CURRENT)
    assert plan.action == "none"


def test_create_fills_in_the_defaults():
    plan = plan_module.make_plan(RESOURCE, declared(rest={"url": "/a", "method": "GET"}), "present", None)
    assert plan.action == "create"
    assert plan.after == {
        "type": "rest",
        "name": "A",
        "description": "",
        "restConfig": {"url": "/a", "httpMethod": "GET", "headers": {}, "variableMappings": []},
        "conditions": [],
    }


def test_every_missing_required_field_is_named():
    with pytest.raises(InputError) as caught:
        plan_module.make_plan(RESOURCE, declared(), "present", None)
    assert [problem.path for problem in caught.value.findings.problems] == ["rest.url", "rest.method"]


def test_absent():
    assert plan_module.make_plan(RESOURCE, declared(), "absent", CURRENT).action == "delete"
    assert plan_module.make_plan(RESOURCE, declared(), "absent", None).action == "none"


@pytest.mark.parametrize(
    ("fresh", "conflicts"),
    [
        ({"description": "theirs"}, []),
        ({"restConfig": {**CURRENT["restConfig"], "url": "/theirs"}}, ["rest.url"]),
        ({"restConfig": {**CURRENT["restConfig"], "url": "/ours"}}, []),
        ({"restConfig": {**CURRENT["restConfig"], "timeout": 9}}, []),
        ({"name": "B"}, ["name"]),
    ],
    ids=["undeclared", "declared", "to the desired value", "unknown to us", "renamed"],
)
def test_three_versions_decide_what_is_a_conflict(fresh, conflicts):
    ours = declared(rest={"url": "/ours"})
    found = plan_module.conflicting_fields(ours, CURRENT, {**CURRENT, **fresh})
    assert [field.option for field in found] == conflicts


@pytest.mark.parametrize(
    ("headers", "conflicts"),
    [
        ({"X": "ours"}, []),
        ({"X": "theirs"}, ["rest.headers"]),
        ({"X": "1", "Y": "theirs"}, ["rest.headers"]),
        ({"X": "1", "Z": "ours"}, []),
    ],
    ids=["one entry to the desired value", "to a third value", "not desired", "added as desired"],
)
def test_a_map_is_judged_entry_by_entry(headers, conflicts):
    ours = declared(rest={"headers": {"X": "ours", "Z": "ours"}})
    fresh = {**CURRENT, "restConfig": {**CURRENT["restConfig"], "headers": headers}}
    found = plan_module.conflicting_fields(ours, CURRENT, fresh)
    assert [field.option for field in found] == conflicts


def test_an_object_that_others_created_conflicts_where_it_differs():
    found = plan_module.conflicting_fields(declared(rest={"url": "/ours", "method": "GET"}), None, CURRENT)
    assert [field.option for field in found] == ["rest.url"]


def test_merge_patch_nulls_what_goes_and_leaves_out_what_stays():
    before = {"a": 1, "b": {"c": 1, "d": 2}, "e": [1], "f": {"g": 1}}
    after = {"a": 1, "b": {"c": 1, "x": 3}, "e": [2], "f": {"g": 1}}
    assert make_merge_patch(before, after) == {"b": {"d": None, "x": 3}, "e": [2]}


def test_a_rollback_declares_every_field_and_removes_what_was_absent():
    fresh = {**CURRENT, "description": "new", "restConfig": {**CURRENT["restConfig"], "bodyTemplate": "new"}}
    restored = plan_module.make_plan(RESOURCE, plan_module.declare_all(RESOURCE, CURRENT), "present", fresh)
    assert changed(restored) == ["description", "rest.body"]
    assert "bodyTemplate" not in restored.after["restConfig"]


def test_a_rollback_takes_a_null_for_nothing():
    before = {**CURRENT, "restConfig": {**CURRENT["restConfig"], "bodyTemplate": None}}
    fresh = {**CURRENT, "restConfig": {**CURRENT["restConfig"], "bodyTemplate": "new"}}
    restored = plan_module.make_plan(RESOURCE, plan_module.declare_all(RESOURCE, before), "present", fresh)
    assert "bodyTemplate" not in restored.after["restConfig"]


def test_values_compare_as_json_has_them():
    """Check that true and 1 differ, although they are equal in Python."""
    assert make_merge_patch({"a": True, "b": [1]}, {"a": 1, "b": [True]}) == {"a": 1, "b": [True]}
    assert make_merge_patch({"a": 50, "b": {"c": [0.0]}}, {"a": 50.0, "b": {"c": [0]}}) == {}


def test_a_missing_value_compares_as_the_field_says():
    tags = Field("tags", "tags", absent_as=[], canonical=sorted)
    assert tags.equal(ABSENT, []) and tags.equal([], ABSENT) and tags.equal(ABSENT, ABSENT)
    assert not tags.equal(ABSENT, ["a"])
    assert not Field("tags", "tags").equal(ABSENT, [])
    assert tags.parts(ABSENT) == {"": []} and Field("tags", "tags").parts(ABSENT) == {}
