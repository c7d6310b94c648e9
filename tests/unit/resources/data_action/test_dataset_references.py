# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the references between datasets and of their cycles (S0.4)."""

from __future__ import annotations

import time
import typing as t

import pytest

from unit.resources.data_action.condition_trees import group, judge, leaf, problems_by_path


def cycles(raw: t.Any, dependencies: t.Any = None) -> list[tuple[str, str]]:
    found = judge(raw, dependencies).problems
    assert all("circular dataset reference: " in problem.message for problem in found), found
    return [(problem.path, problem.message.partition(": ")[2]) for problem in found]


def test_a_circular_reference_between_two_conditions_is_printed():
    conditions = [group("crm", leaf("billing"), leaf("x")), group("billing", leaf("crm"), leaf("x"))]
    assert cycles(conditions) == [("conditions[0].children[0]", "crm -> billing -> crm")]


def test_a_circular_reference_inside_one_condition():
    condition = group(
        "crm", group(None, group("billing", leaf("crm"), leaf("x")), leaf("x"), kind="OR"), leaf("x")
    )
    assert cycles([condition])[0][1] == "crm -> billing -> crm"


def test_a_self_loop_is_circular():
    assert cycles([group("crm", group(None, leaf("crm"), kind="NOT"), leaf("x"))]) == [
        ("conditions[0].children[0].children[0]", "crm -> crm")
    ]
    assert cycles([leaf("crm")], {"crm": ["crm"]}) == [("dataset_dependencies.crm", "crm -> crm")]


def test_declared_dependencies_close_a_cycle():
    conditions = [group("crm", leaf("billing"), leaf("x"))]
    assert cycles(conditions, {"billing": ["orders"], "orders": ["crm"]}) == [
        ("conditions[0].children[0]", "crm -> billing -> orders -> crm")
    ]
    assert cycles(conditions, {"billing": ["orders"]}) == []


def test_siblings_do_not_refer_to_each_other():
    assert (
        cycles([group(None, leaf("crm"), leaf("billing")), group(None, leaf("billing"), leaf("crm"))]) == []
    )


def test_every_cycle_is_printed():
    dependencies = {"a": ["b"], "b": ["a", "c"], "c": ["a"], "d": ["e", "a"], "e": ["d"]}
    conditions = [group(None, leaf("a"), leaf("d"))]
    assert sorted(cycle for _path, cycle in cycles(conditions, dependencies)) == [
        "a -> b -> a",
        "a -> b -> c -> a",
        "d -> e -> d",
    ]


def test_a_dependency_of_a_dataset_that_no_condition_refers_to():
    found = problems_by_path([leaf("crm")], {"cmr": ["billing"], "crm": ["orders"], "orders": ["billing"]})
    assert list(found) == ["dataset_dependencies.cmr"]
    assert "no condition refers to dataset 'cmr'; did you mean 'crm'?" in found["dataset_dependencies.cmr"]


@pytest.mark.parametrize("dependencies", [["crm"], "crm", 5, {"crm": "billing"}, {"crm": [5]}, {"crm": None}])
def test_dependencies_of_a_wrong_shape(dependencies):
    (path,) = problems_by_path([leaf("crm")], dependencies)
    assert path.startswith("dataset_dependencies")


def test_a_ring_of_10_000_datasets_is_one_cycle():
    dependencies = {f"d{number}": [f"d{(number + 1) % 10_000}"] for number in range(10_000)}
    ((_path, cycle),) = cycles([leaf("d0")], dependencies)
    assert cycle.startswith("d0 -> d1 -> ") and "more)" in cycle and cycle.endswith(" -> d9999 -> d0")


def test_datasets_that_all_refer_to_each_other_are_not_enumerated():
    names = [f"d{number}" for number in range(200)]
    start = time.process_time()
    found = cycles([leaf("d0")], dict.fromkeys(names, names))
    assert 0 < len(found) <= 10
    assert time.process_time() - start < 2
