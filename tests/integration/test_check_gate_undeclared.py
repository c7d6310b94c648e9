# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate for continuous integration with drift_check_unmanaged: exit codes and reports (X.5)."""

from __future__ import annotations

import typing as t

from junitparser import Error, Failure, Skipped

from integration.test_check_gate import Check, check, declared
from unit.org.conftest import ORGANIZATION, stored_action, stored_webhook

__all__ = ["check"]

MISTAKES = {
    "defaults": "fail",
    "data_action": "fail",
    "webhooks": "wran",
    "triggers": {"mode": "never", "protected": []},
}


def outcomes(reports: t.Any, org: str) -> dict[str, type]:
    """Return the outcomes of an org's test cases that have any, by class and name."""
    (suite,) = [suite for suite in reports.junit if suite.name == org]
    return {f"{case.classname} {case.name}": type(case.result[0]) for case in suite if case.result}


def undeclared(reports: t.Any, org: str) -> list[tuple[str, str | None, str]]:
    return [(one["kind"], one["name"], one["status"]) for one in reports.org(org)["undeclared"]]


def test_undeclared_objects_are_drift_or_warnings_as_each_org_wants(
    check: Check, new_org: t.Callable[..., t.Any]
) -> None:
    names = ("strict", "lenient", "silent", "blind", "bare", "mistaken")
    orgs = {name: new_org() for name in names}
    for org in orgs.values():
        org.seed([stored_action("Known"), stored_action("<b>Old|1</b>"), stored_action("manual-1")])
        org.seed([stored_webhook("Feed")], "webhooks")
    known = {"id": orgs["strict"].named("Known")["id"]}
    inventory = {
        name: declared(org, retries=0, data_actions=[{"id": org.named("Known")["id"]}])
        for name, org in orgs.items()
    }
    assert inventory["strict"]["org_config_data_actions"] == [known]
    protected = {"mode": "fail", "protect": ["manual-*"]}
    inventory["strict"]["drift_check_unmanaged"] = {"data_actions": protected, "default": "warn"}
    inventory["lenient"]["drift_check_unmanaged"] = "warn"
    inventory["lenient"]["org_config_prune"] = {"data_actions": {"protect": ["manual-*"]}}
    inventory["blind"]["drift_check_unmanaged"] = {"webhooks": "warn"}
    orgs["blind"].fault(method="GET", path="/api/v2/platform/webhooks", status=403, times=None)
    inventory["bare"] |= {"drift_check_empty": True, "drift_check_unmanaged": {"webhooks": "fail"}}
    del inventory["bare"]["org_config_data_actions"]
    inventory["mistaken"]["drift_check_unmanaged"] = MISTAKES
    inventory["mistaken"]["org_config_journal"] = "{{ nobody_defined_this }}"

    done, reports = check(inventory)
    assert done.returncode == 4, done.output
    assert {org["org"]: org["status"] for org in reports.json["orgs"]} == {
        "strict": "drifted",
        "lenient": "in_sync",
        "silent": "in_sync",
        "blind": "not_judged",
        "bare": "drifted",
        "mistaken": "not_judged",
    }
    assert undeclared(reports, "strict") == [
        ("data_actions", "<b>Old|1</b>", "drifted"),
        ("customobject_indexes", None, "warned"),
        ("webhooks", "Feed", "warned"),
    ]
    assert outcomes(reports, "strict") == {
        "strict.data_actions <b>Old|1</b>": Failure,
        "strict.customobject_indexes undeclared objects": Skipped,
        "strict.webhooks Feed": Skipped,
    }
    assert undeclared(reports, "lenient")[0] == ("data_actions", "<b>Old|1</b>", "warned")
    assert set(outcomes(reports, "lenient").values()) == {Skipped}
    assert undeclared(reports, "silent") == [] and outcomes(reports, "silent") == {}
    assert undeclared(reports, "blind") == [("webhooks", None, "not_judged")]
    assert outcomes(reports, "blind") == {"blind.webhooks undeclared objects": Error}
    assert "403" in reports.org("blind")["undeclared"][0]["message"]
    assert undeclared(reports, "bare") == [("webhooks", "Feed", "drifted")]
    assert reports.html.count("<h3>Objects that no inventory declares</h3>") == 4
    assert "<code>&lt;b&gt;Old|1&lt;/b&gt;</code>" in reports.html and "<b>" not in reports.html
    assert "Objects that no inventory declares: 1: data_actions '<b>Old|1</b>'." in done.output

    (_head, *problems) = reports.org("mistaken")["problems"]
    assert [text.partition(":")[0] for text in problems] == [
        "org_config_journal",
        "drift_check_unmanaged.defaults",
        "drift_check_unmanaged.data_action",
        "drift_check_unmanaged.webhooks",
        "drift_check_unmanaged.triggers.mode",
        "drift_check_unmanaged.triggers.protected",
    ]
    assert "did you mean data_actions?" in problems[2] and "did you mean warn?" in problems[3]
    assert orgs["mistaken"].log() == [] and all(org.writes() == [] for org in orgs.values())
    paths = {entry["path"] for entry in orgs["bare"].log() if entry["method"] == "GET"}
    assert paths == {ORGANIZATION, "/api/v2/platform/webhooks"}


def test_a_warning_is_shown_and_tags_choose_the_kinds_of_the_report(check: Check, org: t.Any) -> None:
    org.seed([stored_webhook("Feed")], "webhooks")
    org.seed([stored_action("Known"), stored_action("Old")])
    known = {"id": org.named("Known")["id"]}
    inventory = {"dev": declared(org, data_actions=[known]) | {"drift_check_unmanaged": "warn"}}
    done, reports = check(inventory, arguments=["--tags", "data_actions"])
    assert done.returncode == 0, done.output
    assert undeclared(reports, "dev") == [("data_actions", "Old", "warned")]
    assert "dev: Objects that no inventory declares: 1: data_actions 'Old'." in " ".join(done.output.split())

    inventory["dev"]["drift_check_unmanaged"] = {"data_actions": "fail"}
    done, reports = check(inventory, arguments=["--tags", "webhooks,data_actions"])
    assert done.returncode == 2, done.output
    assert undeclared(reports, "dev") == [("data_actions", "Old", "drifted")]
    assert org.writes() == []
