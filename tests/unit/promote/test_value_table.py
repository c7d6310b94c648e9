# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that differ between stages, in promotions (X.3)."""

from __future__ import annotations

import typing as t

import pytest

from unit.module_runner import warnings_of
from unit.org.conftest import stored_action, stored_flow, stored_webhook
from unit.promote.conftest import changes, run_compared, run_promoted


@pytest.fixture
def orgs(new_org: t.Callable[..., t.Any]) -> tuple[t.Any, t.Any]:
    """Return an empty target, and a source with a data action and two webhooks."""
    target, source = new_org(), new_org()
    action = stored_action("Find", description="test")
    action["restConfig"] |= {"url": "https://crm-test.example.com/v1", "headers": {"X-Stage": "test"}}
    source.seed([action])
    for name, host in (("Feed", "test.example.com"), ("Test feed", "crm-test.example.com")):
        target_of = {"url": f"https://{host}/in", "headers": {"X-Stage": "test"}}
        source.seed([stored_webhook(name, target=target_of)], "webhooks")
    return target, source


def row(before: t.Any, after: t.Any, **more: t.Any) -> dict[str, t.Any]:
    return {"from": before, "to": after, **more}


def promoted(orgs: tuple[t.Any, t.Any], *rows: dict[str, t.Any]) -> dict[str, dict[str, t.Any]]:
    """Promote with a table. Return the stored objects by name."""
    target, source = orgs
    changes(run_promoted(target, source, values=list(rows)))
    return {one["name"]: one for kind in ("data_actions", "webhooks") for one in target.objects(kind)}


def test_whole_values_and_parts_are_replaced(orgs: tuple[t.Any, t.Any]) -> None:
    found = promoted(
        orgs, row("test", "prod"), row("-test.example.com", ".example.com", match="part", options=["*url"])
    )
    assert found["Find"]["restConfig"]["url"] == "https://crm.example.com/v1"
    assert found["Find"]["restConfig"]["headers"] == {"X-Stage": "prod"}
    assert found["Find"]["description"] == "prod"
    assert found["Feed"]["target"] == {"url": "https://test.example.com/in", "headers": {"X-Stage": "prod"}}
    assert found["Test feed"]["target"]["url"] == "https://crm.example.com/in"
    # The comparison has only what the table explains.
    left = [one for one in run_compared(*orgs)["objects"] if one["plan"] != "none"]
    assert [(one["kind"], one["plan"]) for one in left] == [
        ("data_action", "update"),
        *[("webhook", "update")] * 2,
    ]


def test_rows_apply_to_their_kinds_and_options(orgs: tuple[t.Any, t.Any]) -> None:
    found = promoted(
        orgs, row("test", "a", kinds=["webhooks"]), row("test", "b", options=["rest.headers.X-*"])
    )
    assert found["Find"]["description"] == "test"
    assert found["Find"]["restConfig"]["headers"] == {"X-Stage": "b"}
    assert found["Feed"]["target"]["headers"] == {"X-Stage": "a"}


def test_each_character_is_replaced_once_by_the_longest_part(orgs: tuple[t.Any, t.Any]) -> None:
    found = promoted(
        orgs,
        row("test", "crm", match="part"),
        row("crm", "test", match="part"),
        row("crm-test", "one", match="part"),
        row("Find", "Search"),
    )
    assert found["Search"]["restConfig"]["url"] == "https://one.example.com/v1"
    assert found["Feed"]["target"]["url"] == "https://crm.example.com/in"


def test_the_flow_of_settings_has_another_name_in_the_target(new_org: t.Callable[..., t.Any]) -> None:
    target, source = new_org(), new_org()
    flow = stored_flow("Sales (test)")
    flow["settings"]["scopeDirectives"] = {"applyTo": ["queue"], "enforceHierarchy": False}
    source.seed([flow], "flows")
    target.seed([stored_flow("Sales")], "flows")
    result = run_promoted(target, source, values=[row("Sales (test)", "Sales")])
    assert changes(result) == {("flow_settings", "Sales"): "update"}
    assert warnings_of(result) == []


def test_a_row_that_replaces_nothing_is_a_warning(orgs: tuple[t.Any, t.Any]) -> None:
    result = run_promoted(*orgs, values=[row("tset", "prod"), row("test", "prod"), row(0, "none")])
    changes(result)
    assert [text for text in warnings_of(result) if text.startswith("values")] == [
        f"values[{index}]: replaces nothing: no promoted object has this value there" for index in (0, 2)
    ]


def test_numbers_texts_and_booleans_are_different_values(orgs: tuple[t.Any, t.Any]) -> None:
    found = promoted(orgs, row("False", "True"), row(0, 1), row(False, True, options=["enabled"]))
    assert found["Feed"]["enabled"] is True


def test_wrong_rows_are_refused_together_before_any_request(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    rows = [
        row({"a": 1}, "x"),
        row("", "x", match="part"),
        row(1, "x", match="part"),
        row("same", "same"),
        row("a", "b", kinds=["webhook"]),
        row("a", "b", options=[]),
        row("test", "b"),
        row("test", "c", kinds=["webhooks"]),
        {"from": "a", "ot": "b"},
    ]
    for org in orgs:
        org.clear_log()
    result = run_promoted(target, source, values=rows)
    assert result["failed"]
    assert [one.partition(": ")[0] for one in result["problems"]] == [
        "values[8].ot",
        "values[8].to",
        "values[0].from",
        "values[1].from",
        "values[2].from",
        "values[3]",
        "values[4].kinds[0]",
        "values[5].options",
        "values[7]",
    ]
    assert "did you mean 'webhooks'?" in str(result["problems"])
    assert target.log() == source.log() == []
