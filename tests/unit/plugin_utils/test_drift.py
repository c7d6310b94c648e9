# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drift from registered results; an org that was not compared is never in sync (C.5)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest
import yaml

from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import KINDS
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift import (
    CHECK_VARIABLE,
    RESULT_VARIABLE,
    overall_status,
    read_org,
)
from ansible_collections.genesys.cloud.plugins.plugin_utils._field_differences import Difference, differences

TASKS = pathlib.Path(__file__).resolve().parents[3] / "roles/org_config/tasks/main.yml"
CHECK_PASSED = {CHECK_VARIABLE: {"failed": False, "msg": "All assertions passed"}}


def registered(*objects: dict[str, t.Any], **more: t.Any) -> dict[str, t.Any]:
    """Return the host variables after the role's task for the whole org."""
    changed = any(one["plan"] != "none" for one in objects)
    return {**CHECK_PASSED, RESULT_VARIABLE: {"changed": changed, "objects": list(objects), **more}}


def found(name: str | None, plan: str = "none", **more: t.Any) -> dict[str, t.Any]:
    """Return an object of a whole org's result."""
    known = {"kind": "data_action", "name": name, "id": "7", "path": "config.data_actions[0]", "plan": plan}
    return {**known, "status": "unchanged", "diff": None, "error": None, **more}


def update(name: str, before: t.Any, after: t.Any) -> dict[str, t.Any]:
    diff = {"before": {"name": name, "x": before}, "after": {"name": name, "x": after}}
    return found(name, "update", status="planned", diff=diff)


def test_the_role_registers_the_variables_that_are_read() -> None:
    (check, apply) = yaml.safe_load(TASKS.read_text("utf-8"))
    assert (check["register"], apply["register"]) == (CHECK_VARIABLE, RESULT_VARIABLE)


def test_objects_without_a_difference_are_in_sync() -> None:
    org = read_org("dev", registered(found("A"), found("B")))
    assert org.status == overall_status([org]) == "in_sync"
    assert [(one.kind, one.name, one.id) for one in org.objects] == [
        ("data_actions", "A", "7"),
        ("data_actions", "B", "7"),
    ]
    assert org.summary() == "In sync; objects compared: 2."


def test_a_difference_is_drift_and_names_object_and_field() -> None:
    org = read_org("dev", registered(found("A"), update("B", 1, 2)))
    assert org.status == "drifted"
    assert org.objects[1].differences == (Difference("x", 1, 2),)
    assert org.summary() == "1 of 2 objects drifted: data_actions 'B' (x)."


def test_kinds_have_their_names_of_the_inventory() -> None:
    kinds = ["data_action", "privacy_purpose", "customobject_index", "flow_settings", "webhook"]
    org = read_org("dev", registered(*(found("A", kind=kind) for kind in kinds)))
    assert [one.kind for one in org.objects] == [
        "data_actions",
        "privacy_purposes",
        "customobject_indexes",
        "flow_settings",
        "webhooks",
    ]


@pytest.mark.parametrize(
    ("known", "name"),
    [({"name": None}, "7"), ({"name": None, "id": None}, "config.data_actions[0]"), ({}, "A")],
)
def test_an_object_without_a_name_is_named_by_id_or_path(known: dict[str, t.Any], name: str) -> None:
    org = read_org("dev", registered({**found("A"), **known}))
    assert org.objects[0].name == name


def test_an_objects_error_is_not_judged_even_beside_drift() -> None:
    broken = found("A", error="no answer", status="failed")
    org = read_org("dev", registered(broken, update("B", 1, 2), failed=True, msg="1 of 2 objects failed."))
    assert org.status == "not_judged" and org.problems == ()
    assert org.objects[0].name == "A" and org.objects[0].message == "no answer"
    assert "'A': no answer" in org.summary() and "data_actions 'B' (x)" in org.summary()


def test_a_difference_of_a_skipped_object_is_drift() -> None:
    skipped = {**update("B", 1, 2), "status": "skipped"}
    org = read_org("dev", registered(skipped))
    assert org.status == "drifted"


@pytest.mark.parametrize(
    ("variables", "problems"),
    [
        (
            {},
            ["The run ended before this org was compared. See the output of ansible-playbook."],
        ),
        (
            {CHECK_VARIABLE: {"failed": True, "msg": ["Correct:", "organization: is empty"]}},
            ["Correct:", "organization: is empty"],
        ),
        (
            {
                **CHECK_PASSED,
                RESULT_VARIABLE: {"failed": True, "msg": "2 problems", "problems": ["a: no", "b: no"]},
            },
            ["a: no", "b: no"],
        ),
        ({**CHECK_PASSED, RESULT_VARIABLE: {"unreachable": True, "msg": "ssh"}}, ["ssh"]),
        ({**CHECK_PASSED, RESULT_VARIABLE: {"failed": True}}, ["the task failed without a message"]),
        (registered(found("A"), failed=True, msg="The journal is lost."), ["The journal is lost."]),
    ],
)
def test_an_org_that_was_not_compared_is_not_judged(variables: dict[str, t.Any], problems: list[str]) -> None:
    """The org has its problems and no drift."""
    org = read_org("dev", variables)
    assert org.status == "not_judged"
    assert list(org.problems) == problems


NO_ENTRIES = {**CHECK_PASSED, RESULT_VARIABLE: {"skipped": True, "changed": False}}
LISTS = [f"org_config_{kind.list_option}" for kind in KINDS]
EMPTY_LISTS: dict[str, t.Any] = {f"{name}_group": [] for name in LISTS}


@pytest.mark.parametrize("value", [True, "true", "yes"])
def test_an_org_without_entries_on_purpose_is_in_sync(value: t.Any) -> None:
    org = read_org("dev", {**NO_ENTRIES, "drift_check_empty": value})
    assert org.status == "in_sync" and org.objects == () and org.problems == ()


def test_an_org_whose_lists_are_all_defined_and_empty_is_in_sync() -> None:
    assert read_org("dev", {**NO_ENTRIES, **EMPTY_LISTS}).status == "in_sync"
    webhooks = {**NO_ENTRIES, "org_config_webhooks": [], "ansible_run_tags": ["webhooks"]}
    assert read_org("dev", webhooks).status == "in_sync"
    without_webhooks = {**NO_ENTRIES, **EMPTY_LISTS}
    del without_webhooks["org_config_webhooks_group"]
    assert read_org("dev", {**without_webhooks, "ansible_skip_tags": ["webhooks"]}).status == "in_sync"
    org = read_org("dev", without_webhooks)
    assert org.status == "not_judged" and "no object: org_config_webhooks and" in org.problems[0]


@pytest.mark.parametrize("api", ["reference", "platform"])
def test_the_lists_of_the_org_s_api_are_enough(api: str) -> None:
    lists = [f"org_config_{kind.list_option}" for kind in KINDS if api in kind.profiles]
    assert read_org("dev", {**NO_ENTRIES, **{name: [] for name in lists}}).status == "in_sync"
    org = read_org("dev", {**NO_ENTRIES, **{name: [] for name in lists[1:]}})
    assert org.status == "not_judged" and f"no object: {lists[0]} and" in org.problems[0]


@pytest.mark.parametrize("value", [False, "no", None, "maybe"])
def test_an_org_without_entries_is_not_judged(value: t.Any) -> None:
    org = read_org("dev", {**NO_ENTRIES, **({} if value is None else {"drift_check_empty": value})})
    (problem,) = org.problems
    assert org.status == "not_judged" and "drift_check_empty" in problem
    assert value == "maybe" or all(name in problem for name in LISTS)


@pytest.mark.parametrize(
    ("tags", "option"),
    [
        ({"ansible_run_tags": ["data_action"], "ansible_skip_tags": []}, "--tags data_action "),
        ({"ansible_run_tags": ["all"], "ansible_skip_tags": ["a", "b"]}, "--tags all --skip-tags a,b "),
    ],
)
def test_an_org_is_not_judged_if_the_tags_exclude_the_comparison(tags: dict[str, t.Any], option: str) -> None:
    org = read_org("dev", {**CHECK_PASSED, **EMPTY_LISTS, "drift_check_empty": True, **tags})
    (problem,) = org.problems
    assert org.status == "not_judged" and option in problem and "data_actions, " in problem


@pytest.mark.parametrize("result", [{"skipped": True}, {"skipped": True, "results": []}, {"results": []}])
def test_registered_variables_without_any_object_are_not_judged(result: dict[str, t.Any]) -> None:
    org = read_org("dev", {"one": result, **EMPTY_LISTS}, ["one"])
    assert org.status == "not_judged" and "no object is in one" in org.problems[0]
    assert read_org("dev", {"one": result, "drift_check_empty": True}, ["one"]).status == "in_sync"


def single(name: str, plan: str = "none", **more: t.Any) -> dict[str, t.Any]:
    """Return the result of a module for one object."""
    diff = {"before": {"name": name}, "after": {"name": name}}
    return {"changed": plan != "none", "plan": plan, "diff": diff, "record": {"id": "7"}, **more}


def test_registered_variables_of_single_modules_are_read() -> None:
    loop = [
        single("A"),
        single("B", "create", diff={"before": {}, "after": {"name": "B"}}, record=None),
        {"failed": True, "msg": "no answer", "name": "C"},
        {"failed": True, "msg": "'x' is undefined"},
        {"skipped": True},
    ]
    variables = {
        "one": single("O"),
        "looped": {"changed": True, "failed": True, "msg": "One or more items failed", "results": loop},
        "whole": registered(update("W", 1, 2))[RESULT_VARIABLE],
        "broken": {"failed": True, "msg": "'y' is undefined"},
    }
    org = read_org("dev", variables, ["one", "looped", "whole", "broken", "unset"])
    assert [(one.kind, one.name, one.id, one.status) for one in org.objects] == [
        ("one", "O", "7", "in_sync"),
        ("looped", "A", "7", "in_sync"),
        ("looped", "B", None, "drifted"),
        ("looped", "C", None, "not_judged"),
        ("data_actions", "W", "7", "drifted"),
    ]
    assert [text.partition(": ")[0] for text in org.problems] == ["looped[3]", "broken", "unset"]
    assert read_org("dev", variables, ["one"]).status == "in_sync"


def test_the_worst_org_decides_and_no_org_is_not_in_sync() -> None:
    sound, drifted = read_org("a", registered(found("A"))), read_org("b", registered(update("B", 1, 2)))
    unread = read_org("c", {})
    assert overall_status([sound, drifted]) == "drifted"
    assert overall_status([drifted, unread, sound]) == "not_judged"
    assert overall_status([]) == "not_judged"


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
        ({"a": True}, {"a": 1}, [("a", True, 1)]),
        ({"a": [0, {"b": False}]}, {"a": [False, {"b": 0}]}, [("a[0]", 0, False), ("a[1].b", False, 0)]),
        ({"a": 1}, {"a": 1.0}, []),
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
    if expected is None:  # names repeat, so entries are paired by position
        expected = [("m[1].name", "A", None), ("m[1].n", 1, None)]
    assert found == expected
