# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of genesys_org_promote and genesys_org_diff on two orgs."""

from __future__ import annotations

import typing as t

from unit.module_runner import run_module

Result = dict[str, t.Any]


def run_promoted(target: t.Any, of: t.Any, /, *, check_mode: bool = False, **options: t.Any) -> Result:
    """Promote from one org to another, such as C(run_promoted(target, source, kinds=["webhooks"]))."""
    given = {**target.connection, "list_lag": 0.5, "source": of.connection, **options}
    return run_module("genesys_org_promote", given, check_mode=check_mode)


def run_compared(target: t.Any, source: t.Any, **options: t.Any) -> Result:
    """Compare two orgs. The result says what would bring the target to the state of the source."""
    given = {**target.connection, "list_lag": 0.5, "other": source.connection, **options}
    return run_module("genesys_org_diff", given)


def changes(result: Result) -> dict[tuple[str, str], str]:
    """Return the plan of each object that changes, by kind and name."""
    assert not result.get("failed"), result["msg"]
    return {(one["kind"], one["name"]): one["plan"] for one in result["objects"] if one["plan"] != "none"}


def failed(result: Result) -> str:
    """Return the message of a failed run."""
    assert result.get("failed"), result
    return str(result["msg"])
