# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that a promotion leaves alone in both orgs (X.3)."""

from __future__ import annotations

import typing as t

import pytest

from unit.export.orgs import stored_platform_action
from unit.module_runner import warnings_of
from unit.platform_kinds import stored_integration
from unit.promote.conftest import changes, failed, run_promoted

ROWS = [{"from": " test", "to": "", "match": "part"}]
PRUNED = {"data_actions": {"enabled": True}}


@pytest.fixture
def orgs(new_org: t.Callable[..., t.Any]) -> tuple[t.Any, t.Any]:
    """Return a target and a source with a data action each, whose name and integration name the stage."""
    target, source = new_org(api="platform"), new_org(api="platform")
    for org, stage in ((target, ""), (source, " test")):
        (crm,) = org.seed([stored_integration(f"CRM{stage}")], "integrations")
        org.seed([stored_platform_action(f"Find [1]{stage}", crm["id"])], "actions")
    return target, source


def test_an_excluded_dependency_is_not_taken_along(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    options = {"kinds": ["data_actions"], "dependencies": "include", "copy_secrets": True}
    message = failed(run_promoted(target, source, exclude=["CRM test"], **options))
    assert message == (
        "dependencies: the data action 'Find [1] test' refers to the integration 'CRM test', which the "
        "target does not have: remove its name from exclude, or create it first"
    )
    assert target.writes() == []


@pytest.mark.parametrize("pattern", ["Find * test", "Find [[]1]"])
def test_an_excluded_object_stays_under_the_name_of_the_target(
    pattern: str, orgs: tuple[t.Any, t.Any]
) -> None:
    target, source = orgs
    target.edit(target.named("Find [1]", "actions")["id"], {"category": "Of the target"}, "actions")
    options = {"exclude": [pattern], "values": ROWS, "prune": PRUNED, "copy_secrets": True}
    result = run_promoted(target, source, **options)
    assert changes(result) == {}
    assert [one for one in warnings_of(result) if "exclude" in one] == []
    assert target.named("Find [1]", "actions")["category"] == "Of the target"


def test_patterns_warn_only_if_they_fit_no_object_of_either_org(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    options = {"kinds": ["data_actions"], "names": ["Find *"], "values": ROWS, "copy_secrets": True}
    target.seed([stored_platform_action("Only here", target.named("CRM", "integrations")["id"])], "actions")
    result = run_promoted(target, source, exclude=["Only here", "Nothing"], check_mode=True, **options)
    assert [one.partition(": ")[0] for one in warnings_of(result) if "exclude" in one] == ["exclude[1]"]
