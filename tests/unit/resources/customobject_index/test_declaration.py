# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of offline validation: all problems of a task with their paths, without a request (S4.1, S4.9)."""

from __future__ import annotations

import pytest

from unit.module_runner import run_module
from unit.resources.customobject_index.conftest import BY_PRIORITY, BY_STATUS


@pytest.fixture
def problems_of():
    """Return a function that validates a task without credentials or address and returns its problems."""

    def run(**options):
        arguments = {"state": "validated", "custom_object_id": "ticket", **options}
        result = run_module("genesys_customobject_index", arguments)
        return result.get("problems", []) if result.get("failed") else None

    return run


def test_a_good_declaration_needs_no_org(problems_of):
    assert problems_of(indexes=[BY_STATUS, BY_PRIORITY], field_optimizations={"status": {}}) is None


def test_everything_at_once(problems_of):
    problems = problems_of(
        indexes=[
            {"name": "a", "fields": []},
            {"name": "a", "fields": ["x", " "], "order": ["asc"]},
            {"name": "", "fields": ["x"], "order": "up"},
            {"name": "d", "fields": ["x", "y"], "order": ["desc", "dsc"]},
            {"fields": ["x"]},
            {"fields": ["y"]},
            {"name": "f", "fields": ["x", "y", "x"], "unique": True},
            {"name": "g"},
        ],
        field_optimizations={
            "status": {"cardinality_hint": "hgih"},
            "owner": "high",
            "kind": {"cardinality": "low"},
        },
        verify_query={"field": "x", "value": ["a"]},
        wait_timeout=0,
        max_indexes=-1,
        on_low_selectivity="stop",
    )
    assert [problem.partition(": ")[0] for problem in problems] == [
        "indexes[4].name",
        "indexes[5].name",
        "indexes[6].unique",
        "on_low_selectivity",
        "indexes[0].fields",
        "indexes[1].name",
        "indexes[1].fields[1]",
        "indexes[1].order",
        "indexes[2].name",
        "indexes[2].order",
        "indexes[3].order[1]",
        "indexes[7].fields",
        "field_optimizations.status.cardinality_hint",
        "field_optimizations.owner",
        "field_optimizations.kind.cardinality",
        "verify_query.value",
        "indexes",
        "indexes[6].fields",
        "max_indexes",
        "wait_timeout",
    ]
    text = "\n".join(problems)
    for cure in (
        "did you mean 'high'?",
        "did you mean 'desc'?",
        "1 directions for 2 fields",
        "declared twice",
    ):
        assert cure in text


@pytest.mark.parametrize("order", ["asc", "desc", ["asc", "desc"], None])
def test_directions(problems_of, order):
    assert problems_of(indexes=[{**BY_STATUS, "order": order}]) is None


@pytest.mark.parametrize(
    "order", ["ASC", ["asc"], ["asc", "desc", "asc"], [], [None, "asc"], 1, {"a": 1}, True]
)
def test_what_is_no_direction(problems_of, order):
    (problem,) = problems_of(indexes=[{**BY_STATUS, "order": order}])
    assert problem.startswith("indexes[0].order")


def test_more_indexes_than_allowed_are_known_offline(problems_of):
    indexes = [{"name": f"i{number}", "fields": ["x"]} for number in range(6)]
    (problem,) = problems_of(indexes=indexes)
    assert "6 indexes (i0, i1, i2, i3, i4, i5), and 5 are allowed" in problem
    assert problems_of(indexes=indexes, max_indexes=6) is None
    assert problems_of(indexes=[*indexes[:5], {"name": "i5", "state": "absent"}]) is None


def test_the_custom_object_must_be_named():
    assert run_module("genesys_customobject_index", {"state": "validated"})["problems"] == [
        "custom_object_id: is required"
    ]
    blank = run_module("genesys_customobject_index", {"state": "validated", "custom_object_id": " "})
    assert blank["problems"] == ["custom_object_id: must not be empty"]


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        ({}, ["indexes"]),
        ({"indexes": None}, ["indexes"]),
        ({"indexes": []}, ["indexes"]),
        ({"indexes": [{"name": "a", "state": "present", "fields": ["x"]}]}, ["state"]),
        (
            {"indexes": [{"name": "a"}], "field_optimizations": {"x": {"cardinality_hint": "low"}}},
            ["field_optimizations"],
        ),
        ({"indexes": [{"name": "a"}, {"name": "a"}]}, ["indexes[1].name"]),
    ],
)
def test_a_removal_must_name_indexes_and_nothing_else(org, index, ticket, options, paths):
    """Cover S4.9."""
    result = index(state="absent", **options)
    assert [problem.partition(": ")[0] for problem in result["problems"]] == paths
    assert org.log() == []


def test_a_task_that_is_wrong_sends_nothing(org, index, ticket):
    assert index(indexes=[{"name": "a"}])["failed"]
    assert org.log() == []
