# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the limits of condition trees: depth, conditions per node, and size (S0.4)."""

from __future__ import annotations

import time
import typing as t

from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.conditions import (
    read_conditions,
    to_text_or_tree,
)
from unit.resources.data_action.condition_trees import group, judge, leaf, problems_by_path


def nested(depth: int) -> dict[str, t.Any]:
    node = leaf()
    for _level in range(depth):
        node = group(None, node, kind="NOT")
    return node


def test_depth_10_is_allowed_and_11_is_refused():
    assert judge([nested(10)]) == Findings()
    ((path, message),) = problems_by_path([nested(11)]).items()
    assert path == "conditions[0]" + ".children[0]" * 11
    assert "11 levels" in message and "limit is 10" in message


def test_5_children_are_allowed_and_6_are_refused():
    assert judge([group(None, *[leaf()] * 5)]) == Findings()
    assert (
        "has 6 conditions; the limit is 5"
        in problems_by_path([group(None, *[leaf()] * 6)])["conditions[0].children"]
    )


def test_the_limits_are_options():
    assert judge([nested(12)], max_depth=12) == Findings()
    assert problems_by_path([nested(3)], max_depth=2)
    assert judge([group(None, *[leaf()] * 6)], max_children=6) == Findings()


def test_each_branch_that_is_too_deep_is_reported_once():
    found = problems_by_path([group(None, nested(12), leaf(), nested(13))])
    assert list(found) == [f"conditions[0].children[{branch}]" + ".children[0]" * 10 for branch in (0, 2)]


def test_paths_follow_the_option_that_holds_the_conditions():
    found = problems_by_path([5], {"x": []}, path="data_actions[3].conditions")
    assert list(found) == ["data_actions[3].conditions[0]", "data_actions[3].dataset_dependencies.x"]


def test_a_tree_of_depth_10_000_is_refused_and_no_crash():
    node = leaf("bottom")
    for level in range(10_000):
        node = group(f"d{level}", node, kind="NOT")
    start = time.process_time()
    findings = judge([node])
    assert [problem.message[:22] for problem in findings.problems] == ["is nested 11 levels de"]
    assert time.process_time() - start < 2
    trees = read_conditions([node], "conditions", Findings())
    node, depth = trees[0], 0
    while "children" in node:
        assert node["value"]["dataset_id"] == f"d{9_999 - depth}"
        (node,), depth = node["children"], depth + 1
    assert (node["value"]["dataset_id"], depth) == ("bottom", 10_000)
    assert to_text_or_tree(trees[0]) is trees[0]


def test_yaml_aliases_cannot_unfold_without_end():
    node = leaf()
    for _level in range(40):
        node = group(None, node, node)
    (message,) = problems_by_path([node]).values()
    assert "has more than 50000 nodes" in message
