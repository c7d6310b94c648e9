# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the references between datasets over all entries of genesys_org_config (S0.4)."""

from __future__ import annotations

import pytest

from unit.org.conftest import action

CRM_TO_ORDERS = {
    "type": "AND",
    "value": {"type": "DATASET", "dataset_id": "crm"},
    "children": [
        {"type": "EXISTS", "value": {"type": "DATASET", "dataset_id": "orders", "field_id": "x"}},
        {"type": "EXISTS", "value": {"type": "DATASET", "dataset_id": "orders", "field_id": "y"}},
    ],
}


@pytest.fixture
def problems(org, converge):
    def judge(*actions):
        result = converge({"data_actions": list(actions)})
        assert org.log() == [] or not result.get("failed"), "told before the first request"
        return result.get("problems", [])

    return judge


def test_a_cycle_in_one_entry_is_reported_once_with_its_place(problems):
    found = problems(
        action("A"),
        action("B", conditions=[CRM_TO_ORDERS], dataset_dependencies={"orders": ["crm"]}),
    )
    (problem,) = found
    assert problem.startswith("config.data_actions[1].conditions[0]")
    assert "circular dataset reference: crm -> orders -> crm" in problem


def test_a_cycle_over_two_entries_names_both(problems):
    (problem,) = problems(
        action("A", conditions=["orders.x exists"], dataset_dependencies={"orders": ["crm"]}),
        action("B"),
        action("C", conditions=[CRM_TO_ORDERS]),
    )
    assert "circular dataset reference over several entries: crm -> orders -> crm" in problem
    assert "config.data_actions[0].dataset_dependencies.orders" in problem
    assert "config.data_actions[2].conditions[0]" in problem


def test_a_cycle_of_declarations_over_three_entries(problems):
    (problem,) = problems(
        action("A", conditions=["crm.x exists"], dataset_dependencies={"crm": ["orders"]}),
        action("B", conditions=["orders.x exists"], dataset_dependencies={"orders": ["billing"]}),
        action("C", conditions=["billing.x exists"], dataset_dependencies={"billing": ["crm"]}),
    )
    assert "crm -> orders -> billing -> crm" in problem
    for number, dataset in enumerate(["crm", "orders", "billing"]):
        assert f"config.data_actions[{number}].dataset_dependencies.{dataset}" in problem


def test_the_conditions_of_two_actions_are_no_cycle(org, converge):
    """Check that conditions of two actions form no cycle; only declared dependencies are shared."""
    backwards = {
        "type": "NOT",
        "value": {"type": "DATASET", "dataset_id": "orders"},
        "children": [{"type": "EXISTS", "value": {"type": "DATASET", "dataset_id": "crm", "field_id": "x"}}],
    }
    result = converge(
        {"data_actions": [action("A", conditions=[CRM_TO_ORDERS]), action("B", conditions=[backwards])]}
    )
    assert not result.get("failed") and result["totals"]["created"] == 2


def test_a_dependency_of_a_dataset_that_no_condition_uses(problems):
    (problem,) = problems(
        action("A"),
        action("B", conditions=["crm.x exists"], dataset_dependencies={"ordres": ["crm"], "crm": ["orders"]}),
    )
    assert problem.startswith("config.data_actions[1].dataset_dependencies.ordres: no condition refers to")


def test_removed_actions_and_odd_dependencies_do_not_break_the_check(problems):
    found = problems(
        action("A", dataset_dependencies={"crm": "orders"}),
        action("B", dataset_dependencies=["crm"]),
        action("C", conditions=["crm.x exists"], dataset_dependencies={"crm": [None]}),
    )
    assert [problem.partition(": ")[0] for problem in found][:1] == [
        "config.data_actions[0].dataset_dependencies.crm"
    ]
    assert {problem[: len("config.data_actions[0]")] for problem in found} == {
        f"config.data_actions[{number}]" for number in range(3)
    }
