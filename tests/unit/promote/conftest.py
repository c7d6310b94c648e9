# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runner of genesys_org_promote."""

from __future__ import annotations

import typing as t

import pytest

from unit.compare.conftest import compared
from unit.module_runner import run_module

__all__ = ["compared"]  # a fixture

Result = dict[str, t.Any]


@pytest.fixture
def promoted() -> t.Callable[..., Result]:
    """Return a runner: promoted(target, source), promoted(target, source, check_mode=True, kinds=[...])."""

    def run(target: t.Any, source: t.Any, *, check_mode: bool = False, **options: t.Any) -> Result:
        given = {**target.connection, "list_lag": 0.5, "source": source.connection, **options}
        return run_module("genesys_org_promote", given, check_mode=check_mode)

    return run


def changes(result: Result) -> dict[tuple[str, str], str]:
    """Return the plan of each object that changes, by kind and name."""
    assert not result.get("failed"), result["msg"]
    return {(one["kind"], one["name"]): one["plan"] for one in result["objects"] if one["plan"] != "none"}
