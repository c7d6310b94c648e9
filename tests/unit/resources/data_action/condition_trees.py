# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Condition trees for the tests of conditions, and the problems that the checks report."""

from __future__ import annotations

import typing as t

from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.conditions import (
    check_conditions,
    read_conditions,
)


def judge(
    raw: t.Any,
    dependencies: t.Any = None,
    *,
    max_depth: int = 10,
    max_children: int = 5,
    path: str = "conditions",
) -> Findings:
    findings = Findings()
    trees = read_conditions(raw, path, findings)
    check_conditions(
        trees,
        path=path,
        max_depth=max_depth,
        max_children=max_children,
        dependencies=dependencies,
        findings=findings,
    )
    return findings


def problems_by_path(raw: t.Any, dependencies: t.Any = None, **limits: t.Any) -> dict[str, str]:
    """Return the messages by path; a path with two messages fails the test."""
    found = judge(raw, dependencies, **limits).problems
    assert len({problem.path for problem in found}) == len(found), found
    return {problem.path: problem.message for problem in found}


def leaf(dataset: str = "crm", field: str = "status") -> dict[str, t.Any]:
    return {"type": "EXISTS", "value": {"dataset_id": dataset, "field_id": field}}


def group(dataset: str | None, *children: t.Any, kind: str = "AND") -> dict[str, t.Any]:
    value = {} if dataset is None else {"value": {"dataset_id": dataset}}
    return {"type": kind, "children": list(children), **value}
