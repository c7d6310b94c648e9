# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of condition trees: read from any YAML and checked offline, all violations at once (S0.3, S0.4)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.conditions import (
    read_conditions,
    to_text_or_tree,
)
from unit.resources.data_action.condition_trees import group, judge, leaf, problems_by_path


def test_lines_and_trees_of_the_same_meaning_are_read_alike():
    tree = {
        "type": "AND",
        "children": [
            {
                "type": "EQUALS",
                "value": {"type": "DATASET", "dataset_id": "crm", "field_id": "status"},
                "expression": "active",
            },
            {
                "type": "GREATER_THAN",
                "value": {"dataset_id": "crm", "field_id": "priority"},
                "expression": 5,
                "children": [],
            },
        ],
        "value": None,
    }
    line = 'crm.status == "active" and crm.priority > 5'
    findings = Findings()
    from_tree, from_line = read_conditions([tree, line], "conditions", findings)
    assert findings == Findings()
    assert from_tree == from_line
    assert to_text_or_tree(from_tree) == line


@pytest.mark.parametrize(
    ("written", "read"),
    [("x", "x"), ("", ""), (5, "5"), (5.0, "5.0"), (-1e30, "-1e+30"), (True, "true"), (False, "false")],
)
def test_an_expression_of_yaml_becomes_text(written, read):
    condition = {**leaf(), "type": "EQUALS", "expression": written}
    findings = Findings()
    assert read_conditions([condition], "conditions", findings)[0]["expression"] == read
    assert not findings.problems


def test_a_yaml_list_becomes_a_json_array_for_in_only():
    condition = {**leaf(), "type": "IN", "expression": ["größe", 1, True, None]}
    findings = Findings()
    assert read_conditions([condition], "conditions", findings)[0]["expression"] == '["größe", 1, true, null]'
    assert not findings.problems
    assert "must be text" in problems_by_path([{**condition, "type": "EQUALS"}])["conditions[0].expression"]


def test_children_may_be_lines_below_a_group_that_runs_on_a_dataset():
    condition = group("orders", 'crm.status == "active"', leaf("crm"))
    findings = Findings()
    (tree,) = read_conditions([condition], "conditions", findings)
    assert not findings.problems
    assert tree["children"][0]["expression"] == "active"
    assert to_text_or_tree(tree) is tree


@pytest.mark.parametrize("raw", [None, []])
def test_no_conditions(raw):
    assert judge(raw) == Findings()


@pytest.mark.parametrize("raw", [5, "crm.status exists", {"type": "AND"}, True])
def test_conditions_that_are_no_list(raw):
    assert "must be a list of conditions" in problems_by_path(raw)["conditions"]


def test_junk_is_reported_at_its_path_and_the_rest_is_still_checked():
    found = problems_by_path(
        [
            5,
            None,
            [],
            'crm.status = "active"',
            {},
            {"type": 5},
            {"type": "EQUALS", "value": 5, "expression": {}},
            {"type": "AND", "children": "x"},
            {"type": "EQUALS", "value": {"dataset_id": 3, "field_id": " "}, "expression": "x"},
            {
                "type": "EQUALS",
                "value": {"type": "TABLE", "dataset_id": "d", "field_id": "f"},
                "expression": "x",
            },
            {"type": "EQUALS", "value": {"dataset_id": "d", "field_id": "f"}, "expression": float("nan")},
            group(None, leaf(), group(None, 7, leaf()), kind="OR"),
            group(None, leaf(), kind="OR"),
        ]
    )
    expected = {
        "conditions[0]": "the number 5",
        "conditions[1]": "null",
        "conditions[2]": "a list",
        "conditions[3]": "==",
        "conditions[4].type": "is required",
        "conditions[5].type": "must be text",
        "conditions[6].value": "must be a dictionary",
        "conditions[6].expression": "not a dictionary",
        "conditions[7].children": "must be a list",
        "conditions[8].value.dataset_id": "the number 3",
        "conditions[8].value.field_id": "not empty",
        "conditions[9].value.type": "'TABLE' is not DATASET",
        "conditions[10].expression": "JSON",
        "conditions[11].children[1].children[0]": "the number 7",
        "conditions[12].children": "two conditions or more",
    }
    assert found.keys() == expected.keys()
    for path, words in expected.items():
        assert words in found[path]


def test_a_syntax_error_in_a_child_shows_its_line_with_a_caret():
    message = problems_by_path([group(None, leaf(), "crm.status = 5")])["conditions[0].children[1]"]
    assert message.splitlines()[1:] == ["  crm.status = 5", "             ^"]


def test_unknown_keys_are_named_with_what_was_probably_meant():
    found = problems_by_path(
        [
            {
                "type": "EQUALS",
                "value": {"datasetId": "crm", "dataset_id": "crm", "field_id": "f"},
                "expresion": 1,
                "expression": 2,
                5: 6,
            }
        ]
    )
    assert "did you mean 'dataset_id'?" in found["conditions[0].value.datasetId"]
    assert "did you mean 'expression'?" in found["conditions[0].expresion"]
    assert "known are type, value, expression, children" in found["conditions[0].5"]


# Operators and arity (S0.4)


@pytest.mark.parametrize(
    ("operator", "meant"),
    [("and", "AND"), ("Equals", "EQUALS"), ("GREATER", "GREATER_THAN"), ("==", "EQUALS")],
)
def test_an_unknown_operator(operator, meant):
    message = problems_by_path([{**leaf(), "type": operator}])["conditions[0].type"]
    assert repr(operator) in message and f"did you mean {meant!r}?" in message


@pytest.mark.parametrize(
    ("kind", "count", "right"),
    [("NOT", 0, False), ("NOT", 1, True), ("NOT", 2, False)]
    + [(kind, count, count >= 2) for kind in ("AND", "OR") for count in (0, 1, 2, 5)]
    + [("EXISTS", 1, False)],
)
def test_arity(kind, count, right):
    condition = {**leaf(), "type": kind, "children": [leaf("orders") for _child in range(count)]}
    assert list(problems_by_path([condition])) == ([] if right else ["conditions[0].children"])


def test_a_group_without_children_at_all():
    assert "but has 0" in problems_by_path([{"type": "AND"}])["conditions[0].children"]


@pytest.mark.parametrize(
    "kind",
    [
        "EQUALS",
        "NOT_EQUALS",
        "GREATER_THAN",
        "GREATER_THAN_OR_EQUALS",
        "LESS_THAN",
        "LESS_THAN_OR_EQUALS",
        "CONTAINS",
        "STARTS_WITH",
        "ENDS_WITH",
        "IN",
    ],
)
def test_a_leaf_compares_a_field_with_an_expression(kind):
    assert list(problems_by_path([{**leaf(), "type": kind}])) == ["conditions[0].expression"]
    assert list(problems_by_path([{"type": kind, "expression": "[]"}])) == ["conditions[0].value"]
    assert list(problems_by_path([{"type": kind, "expression": "[]", "value": {}}])) == [
        "conditions[0].value.dataset_id",
        "conditions[0].value.field_id",
    ]
    assert judge([{**leaf(), "type": kind, "expression": "[]"}]) == Findings()


def test_expressions_stand_only_on_leaves():
    condition = {**group(None, leaf(), leaf()), "expression": "x"}
    assert "only on leaves" in problems_by_path([condition])["conditions[0].expression"]


def test_a_group_may_carry_the_dataset_that_it_runs_on():
    assert judge([group("orders", leaf(), leaf())]) == Findings()
    condition = {**group(None, leaf(), leaf()), "value": {"field_id": "f"}}
    assert list(problems_by_path([condition])) == ["conditions[0].value.dataset_id"]


def test_an_accepted_but_unlikely_expression_is_a_warning():
    findings = judge([{**leaf(), "expression": False}, {**leaf(), "type": "IN", "expression": "gold"}])
    assert findings.problems == []
    assert [warning.path for warning in findings.warnings] == [
        "conditions[0].expression",
        "conditions[1].expression",
    ]


junk = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=5),
        st.sampled_from(["AND", "OR", "NOT", "EQUALS", "IN", "EXISTS", "crm.status exists", "DATASET"]),
    ),
    lambda values: st.one_of(
        st.lists(values, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["type", "value", "expression", "children", "dataset_id", "field_id", "x", 5, None]
            ),
            values,
            max_size=5,
        ),
    ),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(raw=st.one_of(junk, st.lists(junk, max_size=4)), dependencies=junk)
def test_any_yaml_is_judged_without_a_crash(raw, dependencies):
    findings = judge(raw, dependencies)
    assert all(problem.path and problem.message for problem in findings.problems)


# Showing


def test_what_a_server_writes_for_nothing_does_not_count():
    tree = {
        "type": "AND",
        "value": None,
        "expression": None,
        "children": [
            {**leaf(), "value": {"type": "DATASET", "dataset_id": "d", "field_id": "a"}, "children": []},
            {
                "type": "EQUALS",
                "value": {"type": "DATASET", "dataset_id": "d", "field_id": "b"},
                "expression": "",
                "children": None,
            },
        ],
    }
    assert to_text_or_tree(tree) == 'd.a exists and d.b == ""'


@pytest.mark.parametrize("tree", [{}, {"type": "XOR"}, None, 5, {"type": "AND", "children": [5]}])
def test_what_no_line_says_stays_as_it_is(tree):
    assert to_text_or_tree(tree) is tree
