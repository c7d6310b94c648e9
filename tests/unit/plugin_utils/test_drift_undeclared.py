# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undeclared objects in a drift check: what they mean for an org, and their place in each report (X.5)."""

from __future__ import annotations

import json
import typing as t

import pytest
from junitparser import JUnitXml

from ansible_collections.genesys.cloud.plugins.plugin_utils._drift import OrgDrift, overall_status, read_org
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift_reports import (
    MARKDOWN_LIMIT,
    to_json,
    to_junit,
    to_markdown,
)
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift_undeclared import Undeclared
from unit.plugin_utils.test_drift import EMPTY_LISTS, found, registered, update
from unit.plugin_utils.test_drift_reports import HOSTILE, REPORT_TAGS, rendered


def report(mode: str, *names: str | None, kind: str = "webhook", **more: t.Any) -> dict[str, t.Any]:
    """Return the report on a kind in the result of genesys_org_config."""
    objects = [{"name": name, "id": f"id-{number}"} for number, name in enumerate(names)]
    return {"kind": kind, "mode": mode, "objects": objects, "error": None, "not_comparable": None, **more}


def org_with(*reports: dict[str, t.Any], objects: tuple[dict[str, t.Any], ...] = ()) -> OrgDrift:
    return read_org("dev", registered(*objects or (found("A"),), undeclared=list(reports)))


@pytest.mark.parametrize(
    ("reports", "status"),
    [
        ([], "in_sync"),
        ([report("fail")], "in_sync"),
        ([report("warn", "W")], "in_sync"),
        ([report("warn", not_comparable="no list")], "in_sync"),
        ([report("fail", not_comparable="no list")], "in_sync"),
        ([report("warn", "W"), report("fail", "X", kind="trigger")], "drifted"),
        ([report("warn", error="403"), report("fail", "X", kind="trigger")], "not_judged"),
        ([report("fail", error="403")], "not_judged"),
    ],
)
def test_the_status_of_an_org(reports: list[dict[str, t.Any]], status: str) -> None:
    org = org_with(*reports)
    assert (org.status, overall_status([org])) == (status, status)


def test_the_message_has_what_decides_the_status_and_the_warnings_have_the_rest() -> None:
    org = org_with(
        report("fail", "X", None, kind="trigger"),
        report("warn", *(f"W{number:02d}" for number in range(21))),
        report("warn", kind="data_table", error="GET /x: 403."),
        report("fail", kind="flow_execution_data", not_comparable="one of them"),
        objects=(update("B", 1, 2),),
    )
    assert org.summary() == (
        "1 of 1 objects drifted: data_actions 'B' (x). "
        "data_tables: undeclared objects could not be compared: GET /x: 403. "
        "Objects that no inventory declares: 2: triggers 'X'; triggers 'id-1'."
    )
    first, second = org.warnings()
    assert first == "dev: flow_execution_data: undeclared objects cannot be compared: one of them."
    assert second.startswith("dev: Objects that no inventory declares: 21: webhooks 'W00'; ")
    assert second.endswith("'W19' and 1 more.")
    assert org_with(report("warn", "W")).summary() == "In sync; objects compared: 1."


def test_undeclared_objects_do_not_count_as_compared() -> None:
    lists = {name: value for name, value in EMPTY_LISTS.items() if "webhooks" not in name}
    for mode in ("warn", "fail"):
        org = read_org("dev", {**registered(undeclared=[report(mode, "W")]), **lists})
        assert org.status == "not_judged" and "Nothing was compared" in org.problems[0]
        assert [one.name for one in org.undeclared] == ["W"]
    org = read_org("dev", {**registered(undeclared=[report("fail", "W")]), "drift_check_empty": True})
    assert (org.status, org.problems) == ("drifted", ())


def test_results_of_own_tasks_have_them_too() -> None:
    own = registered(found("A"), undeclared=[report("fail", "W")])["__org_config_result"]
    org = read_org("dev", {"own": {"results": [own, own]}}, ["own"])
    assert org.status == "drifted" and len(org.undeclared) == 2


def test_every_report_has_them() -> None:
    reports = (
        report("fail", "X", kind="trigger"),
        report("warn", "W"),
        report("warn", kind="data_table", error="first\nsecond"),
    )
    org = org_with(*reports)
    (content,) = json.loads(to_json([org]))["orgs"]
    assert content["undeclared"] == [
        {"kind": "triggers", "status": "drifted", "name": "X", "id": "id-0", "message": None},
        {"kind": "webhooks", "status": "warned", "name": "W", "id": "id-0", "message": None},
        {"kind": "data_tables", "status": "not_judged", "name": None, "id": None, "message": "first\nsecond"},
    ]
    junit = JUnitXml.fromstring(to_junit([org]).encode())
    assert (junit.tests, junit.failures, junit.errors, junit.skipped) == (4, 1, 1, 1)
    markdown = to_markdown([org])
    assert "| `dev` | **not judged** | 1 | 0 | 0 | 2 |" in markdown
    rows = markdown.partition("### Objects that no inventory declares\n")[2].strip().splitlines()[2:]
    assert rows == [
        "| `data_tables` | `undeclared objects` |  | **not judged**: `first second` |",
        "| `triggers` | `X` | `id-0` | **drifted** |",
        "| `webhooks` | `W` | `id-0` | warning |",
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_names_stay_inactive(text: str) -> None:
    undeclared = (
        Undeclared("webhooks", "drifted", text, text),
        Undeclared("data_tables", "not_judged", message=text),
    )
    org = OrgDrift("dev", (), (), undeclared=undeclared)
    assert rendered([org]).tags <= REPORT_TAGS
    junit = JUnitXml.fromstring(to_junit([org]).encode())
    assert (junit.failures, junit.errors) == (1, 1)


def test_thousands_of_them_are_shortened_in_markdown_alone() -> None:
    org = org_with(report("fail", *(f"Object {number:05d}" for number in range(5_000))))
    assert len(to_markdown([org])) <= MARKDOWN_LIMIT + 100
    assert len(json.loads(to_json([org]))["orgs"][0]["undeclared"]) == 5_000
    assert len(org.summary()) < 1_000
