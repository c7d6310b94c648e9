# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks of condition trees (422): schema Condition of C(openapi.yaml) (S0.3, S0.4)."""

from __future__ import annotations

import typing as t

from ..errors import Detail

GROUPS = frozenset({"AND", "OR", "NOT"})
OPERATORS = GROUPS | {
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
    "EXISTS",
}
MAX_DEPTH = 10
MAX_CHILDREN = 5


def check(conditions: list[dict[str, t.Any]], datasets: frozenset[str] | None) -> list[Detail]:
    """Return the problems of trees that have the right shape.

    C(datasets) are the declared ids; None accepts every id.
    """
    problems: list[Detail] = []
    waiting = [(node, f"conditions[{index}]", 0) for index, node in enumerate(conditions)][::-1]
    while waiting:
        node, path, depth = waiting.pop()
        if depth > MAX_DEPTH:
            problems.append(
                Detail(path, "condition.depth.exceeded", f"is at depth {depth}; {MAX_DEPTH} is allowed.")
            )
            continue
        if node["type"] not in OPERATORS:
            problems.append(
                Detail(f"{path}.type", "condition.operator.unknown", f"{node['type']} is no operator.")
            )
        dataset = node.get("value", {}).get("datasetId")
        if dataset is not None and datasets is not None and dataset not in datasets:
            problems.append(
                Detail(f"{path}.value.datasetId", "dataset.unknown", f"the dataset {dataset} does not exist.")
            )
        children = node.get("children", [])
        if len(children) > MAX_CHILDREN:
            sentence = f"has {len(children)} entries; {MAX_CHILDREN} are allowed."
            problems.append(Detail(f"{path}.children", "condition.children.exceeded", sentence))
        below = [(child, f"{path}.children[{index}]", depth + 1) for index, child in enumerate(children)]
        waiting.extend(reversed(below))
    return problems
