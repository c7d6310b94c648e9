# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runners of genesys_org_diff, and a summary of its result."""

from __future__ import annotations

import typing as t

import pytest

from unit.module_runner import run_module
from unit.org.conftest import converge, seeded_org

__all__ = ["converge", "seeded_org"]  # fixtures

Result = dict[str, t.Any]


@pytest.fixture
def compared() -> t.Callable[..., Result]:
    """Return a runner: compared(org, other), compared(org, {"region": ...}), compared(org, config={...})."""

    def run(org: t.Any, other: t.Any = None, **options: t.Any) -> Result:
        given = {**org.connection, "list_lag": 0.5, **options}
        if other is not None:
            given["other"] = other if isinstance(other, dict) else other.connection
        return run_module("genesys_org_diff", given)

    return run


def differences(result: Result) -> dict[tuple[str, str], str]:
    """Return the plan of each object that is not equal, by kind and name."""
    assert not result.get("failed"), result["msg"]
    return {(one["kind"], one["name"]): one["plan"] for one in result["objects"] if one["plan"] != "none"}


def changed_fields(result: Result, name: str) -> dict[str, tuple[t.Any, t.Any]]:
    """Return the top-level options of the only object of a name that differ, with both values."""
    (diff,) = [one["diff"] for one in result["objects"] if one["name"] == name]
    before, after = diff["before"], diff["after"]
    return {
        key: (before.get(key), after.get(key))
        for key in {**before, **after}
        if before.get(key) != after.get(key)
    }
