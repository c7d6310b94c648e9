# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registered results are read as drift, and nothing that was not compared counts as in sync (C.5)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest
import yaml

from ansible_collections.genesys.cloud.plugins.plugin_utils._drift import (
    CHECKED,
    RESULT,
    Difference,
    differences,
    overall,
    read_org,
)

TASKS = pathlib.Path(__file__).resolve().parents[3] / "roles/org_config/tasks/main.yml"
CHECKED_WELL = {CHECKED: {"failed": False, "msg": "All assertions passed"}}


def registered(*results: dict[str, t.Any]) -> dict[str, t.Any]:
    return {**CHECKED_WELL, f"{RESULT}data_actions": {"results": list(results)}}


def same(name: str) -> dict[str, t.Any]:
    return {"changed": False, "plan": "none", "diff": {"before": {"name": name}, "after": {"name": name}}}


def update(before: dict[str, t.Any], after: dict[str, t.Any]) -> dict[str, t.Any]:
    return {"changed": True, "plan": "update", "diff": {"before": before, "after": after}}


def test_every_kind_of_the_role_is_registered_under_its_tag() -> None:
    """A kind that is not would be missing in the report without anybody noticing."""
    (check, block) = yaml.safe_load(TASKS.read_text("utf-8"))
    assert check["register"] == CHECKED
    assert block["block"]
    for task in block["block"]:
        assert task["register"] == f"{RESULT}{task['tags'][0]}", task["name"]


def test_objects_without_a_difference_are_in_sync() -> None:
    org = read_org("dev", registered(same("A"), same("B")))
    assert org.status == overall([org]) == "in_sync"
    assert [one.name for one in org.objects] == ["A", "B"]
    assert org.summary() == "In sync; objects compared: 2."


def test_a_difference_is_drift_and_names_object_and_field() -> None:
    org = read_org("dev", registered(same("A"), update({"name": "B", "x": 1}, {"name": "B", "x": 2})))
    assert org.status == "drifted"
    assert org.objects[1].differences == (Difference("x", 1, 2),)
    assert org.summary() == "1 of 2 objects drifted: data_actions 'B' (x)."


@pytest.mark.parametrize("failure", [{"failed": True}, {"unreachable": True}])
def test_a_failure_is_not_judged_even_beside_drift(failure: dict[str, t.Any]) -> None:
    broken = {**failure, "msg": "no answer", "name": "A"}
    org = read_org("dev", registered(broken, update({"name": "B", "x": 1}, {"name": "B", "x": 2})))
    assert org.status == "not_judged"
    assert org.objects[0].name == "A" and org.objects[0].message == "no answer"
    assert "'A': no answer" in org.summary() and "data_actions 'B' (x)" in org.summary()


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "before it was compared"),
        (
            {CHECKED: {"failed": True, "msg": ["Correct:", "organization: is empty"]}},
            "organization: is empty",
        ),
        (
            {**CHECKED_WELL, f"{RESULT}flows": {"failed": True, "msg": "'x' is undefined"}},
            "flows: 'x' is undef",
        ),
        ({**CHECKED_WELL, f"{RESULT}flows": {"failed": True, "results": [{"failed": True}]}}, "entry 0"),
    ],
)
def test_what_was_not_compared_is_not_judged(variables: dict[str, t.Any], said: str) -> None:
    org = read_org("dev", variables)
    assert org.status == "not_judged"
    assert said in org.summary()


def test_skipped_kinds_and_entries_say_nothing() -> None:
    skipped = {"skipped": True, "changed": False}
    variables = {**registered({**skipped, "msg": "when"}), f"{RESULT}flows": skipped}
    org = read_org("dev", variables)
    assert org.status == "in_sync" and org.objects == ()


def test_the_worst_org_decides_and_no_org_is_not_in_sync() -> None:
    sound, drifted = read_org("a", registered()), read_org("b", registered(update({"x": 1}, {"x": 2})))
    unread = read_org("c", {})
    assert overall([sound, drifted]) == "drifted"
    assert overall([drifted, unread, sound]) == "not_judged"
    assert overall([]) == "not_judged"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": {"b": 1}}, {"a": {"b": 2}}, [("a.b", 1, 2)]),
        ({}, {"a": {"b": 1, "c": None}}, [("a.b", None, 1)]),
        ({"a": 1}, {}, [("a", 1, None)]),
        ({"a": [1, 2]}, {"a": [1, 3, 4]}, [("a[1]", 2, 3), ("a[2]", None, 4)]),
        ({"a": None}, {"a": ["x"]}, [("a[0]", None, "x")]),
        ({"a": "text"}, {"a": ["x"]}, [("a", "text", ["x"])]),
        ({"a": 0}, {"a": {"b": 1}}, [("a", 0, {"b": 1})]),
        ({"a": None}, {"a": []}, [("a", None, [])]),
        ({"a": {}}, {"a": None}, [("a", {}, None)]),
        ({"m": [{"name": "A"}, {"name": "B"}]}, {"m": [{"name": "B"}, {"name": "A"}]}, "whole"),
        (
            {"m": [{"name": "A", "type": "x"}, {"name": "B", "type": "y"}]},
            {"m": [{"name": "B", "type": "z"}, {"name": "A", "type": "x"}]},
            [("m[B].type", "y", "z")],
        ),
        ({"m": [{"name": "A"}, {"name": "A", "n": 1}]}, {"m": [{"name": "A"}]}, None),
    ],
)
def test_differences_are_leaves_with_their_path(before: t.Any, after: t.Any, expected: t.Any) -> None:
    found = [(one.field, one.before, one.after) for one in differences(before, after)]
    if expected == "whole":  # only the order differs
        expected = [("m", before["m"], after["m"])]
    if expected is None:  # names that are not unique pair nothing: by position
        expected = [("m[1].name", "A", None), ("m[1].n", 1, None)]
    assert found == expected
