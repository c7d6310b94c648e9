# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the retention of analytics data on the platform API (N.5), against the simulator."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.platform.retention_policies import PATH as POLICIES

PATH = "/api/v2/analytics/dataretention/settings"


def stored(tasks):
    (one,) = tasks.org.objects("analytics_retention")
    return one.get("retentionDays")


def policy(name, number, *, medium=None):
    """Return a policy that deletes recordings after some days."""
    actions = {"retentionDuration": {"deleteRetention": {"days": number}}}
    block = {"actions": actions}
    return {"name": name, **(block if medium is None else {"mediaPolicies": {medium: block}})}


def test_the_retention_is_set_raised_and_lowered(tasks):
    planned = tasks.done("analytics_retention", retention_days=400, confirm=True, check_mode=True)
    assert tasks.writes() == []
    changed = tasks.done("analytics_retention", retention_days=400, confirm=True)
    assert (changed["plan"], planned["diff"]) == ("update", changed["diff"])
    assert changed["diff"]["before"] == {"retention_days": None}
    assert changed["diff"]["after"] == {"retention_days": 400}
    assert changed["diff"]["before_header"] == "retention of analytics data 'organization'"
    (write,) = tasks.org.writes()
    assert (write["method"], write["path"], write["body"]) == ("PUT", PATH, {"retentionDays": 400})
    for number in (500, 90):
        assert tasks.done("analytics_retention", retention_days=number, confirm=True)["changed"] is True
        assert stored(tasks) == number


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("options", [{}, {"confirm": False}, {"confirm": None}])
def test_no_change_is_made_without_a_confirmation(tasks, options, check_mode):
    message = tasks.failed("analytics_retention", retention_days=400, **options, check_mode=check_mode)
    assert (
        "confirm: must be true to change the retention of analytics data from not set to 400 days" in message
    )
    assert "never clears the retention again" in message
    assert tasks.writes() == []


def test_an_unchanged_retention_needs_no_confirmation(tasks):
    tasks.done("analytics_retention", retention_days=400, confirm=True)
    assert tasks.done("analytics_retention", retention_days=400)["changed"] is False
    message = tasks.failed("analytics_retention", retention_days=399)
    assert "from 400 days to 399 days" in message
    assert stored(tasks) == 400


@pytest.mark.parametrize("check_mode", [True, False])
def test_policies_that_stand_in_the_way_are_named(tasks, check_mode):
    tasks.org.seed(
        [
            policy("Calls", 401),
            policy("Chats", 500, medium="chatPolicy"),
            policy("Short", 400),
            {"name": "None"},
        ],
        "retention_policies",
    )
    options = {"retention_days": 400, "check_mode": check_mode}
    message = tasks.failed("analytics_retention", **options, confirm=True)
    assert "after which media retention policies delete recordings: 'Calls', 'Chats'. Give more" in message
    both = tasks.failed("analytics_retention", **options)
    assert "2 problems with the retention of analytics data" in both and "confirm: must be true" in both
    assert tasks.writes() == []
    assert tasks.done("analytics_retention", retention_days=500, confirm=True)["changed"] is True


def test_only_some_of_many_policies_are_named(tasks):
    tasks.org.seed([policy(f"P{number}", 500) for number in range(7)], "retention_policies")
    message = tasks.failed("analytics_retention", retention_days=400, confirm=True)
    assert "'P0', 'P1', 'P2', 'P3', 'P4' and others" in message


def test_the_search_for_policies_has_no_other_filter(tasks):
    tasks.done("analytics_retention", retention_days=400, confirm=True)
    queries = [one["query"] for one in tasks.org.log(path=POLICIES)]
    assert {tuple(sorted(one)) for one in queries} == {("deleteDaysThreshold", "pageNumber", "pageSize")}
    assert {one["deleteDaysThreshold"] for one in queries} == {"400"}


def test_a_refusal_for_an_existing_recording_is_explained(tasks):
    """A 409 is final here: the setting has no version that could be outdated."""
    tasks.org.platform(longest_recording=900)
    message = tasks.failed("analytics_retention", retention_days=400, confirm=True)
    assert "shorter than that of a media retention policy or of an existing recording" in message
    assert f"PUT {PATH} was refused (409 general.conflict): Recordings are deleted after 900 days." in message
    assert "changed since it was read" not in message
    assert (tasks.writes(), stored(tasks)) == ([f"PUT {PATH}"], None)


def test_the_info_module_returns_one_record(tasks):
    (record,) = tasks.done("analytics_retention_info")["records"]
    assert record["retention_days"] is None
    tasks.done("analytics_retention", retention_days=400, confirm=True)
    (record,) = tasks.done("analytics_retention_info")["records"]
    assert record["retention_days"] == 400 and record["date_created"]


@pytest.mark.parametrize("body", [{}, {"retentionDays": None}])
def test_an_org_without_a_retention_has_null_or_no_field(tasks, body):
    tasks.org.fault(method="GET", path=PATH, times=1, status=200, body=body)
    assert tasks.done("analytics_retention_info")["records"][0]["retention_days"] is None


@pytest.mark.parametrize(
    "lacks",
    ["analytics:dataRetention:view", "analytics:dataRetention:edit", "recording:retentionPolicy:view"],
)
def test_a_missing_permission_is_named(new_org, tasks, lacks):
    rights = [
        "analytics:dataRetention:view",
        "analytics:dataRetention:edit",
        "recording:retentionPolicy:view",
    ]
    org = new_org(api="platform", permissions=[right for right in rights if right != lacks])
    message = type(tasks)(org, tasks.state).failed("analytics_retention", retention_days=400, confirm=True)
    assert "a permission is missing" in message and lacks in message


def test_the_last_request_before_the_write_is_a_read(tasks):
    """Check that a concurrent change has no more time than between two requests: there is no lock."""
    tasks.done("analytics_retention", retention_days=400, confirm=True)
    log = [f"{one['method']} {one['path']}" for one in tasks.org.log()]
    assert log[log.index(f"PUT {PATH}") - 1] == f"GET {PATH}"


def test_the_same_change_by_another_client_is_no_change(tasks):
    tasks.org.fault(method="GET", path=PATH, after=1, status=200, body={"retentionDays": 400})
    assert tasks.done("analytics_retention", retention_days=400, confirm=True)["changed"] is False
    assert tasks.writes() == []


@pytest.mark.parametrize(("on_conflict", "written"), [("fail", None), ("overwrite", 400)])
def test_a_concurrent_change_before_the_write_is_a_conflict(tasks, on_conflict, written):
    tasks.org.fault(method="GET", path=PATH, after=1, times=1, status=200, body={"retentionDays": 300})
    result = tasks.run("analytics_retention", retention_days=400, confirm=True, on_conflict=on_conflict)
    assert stored(tasks) == written
    if on_conflict == "fail":
        assert "nothing was written: retention_days is now 300, declared 400" in result["msg"]


@pytest.mark.usefixtures("never_catches_up")
def test_a_change_after_the_write_is_seen_by_the_comparison(tasks):
    body = {"retentionDays": 300, "dateModified": "2026-01-01T00:00:00.000Z"}
    tasks.org.fault(method="GET", path=PATH, after=2, times=None, status=200, body=body)
    assert "retention_days" in tasks.failed("analytics_retention", retention_days=400, confirm=True)


def test_reads_that_lag_are_waited_for(tasks):
    """Situation 10 of the public reports."""
    tasks.org.platform(reads_until_updated=2)
    done = tasks.done("analytics_retention", retention_days=400, confirm=True)
    assert done["record"]["retention_days"] == 400


@pytest.mark.parametrize(
    "fault", [{"drop": "after"}, {"drop": "before"}, {"status": 503, "took_effect": True}]
)
def test_a_lost_response_is_resolved_by_a_read(tasks, fault):
    tasks.org.fault(method="PUT", path=PATH, times=1, **fault)
    assert tasks.done("analytics_retention", retention_days=400, confirm=True)["plan"] == "update"
    assert stored(tasks) == 400


@pytest.mark.parametrize("state", ["present", "validated"])
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "retention_days: is required"),
        ({"retention_days": None}, "retention_days: is required and cannot be null"),
        ({"retention_days": 89}, "retention_days: is 89 days and must be 90 to 1827 (5 years)"),
        ({"retention_days": 1828}, "retention_days: is 1828 days"),
        ({"retention_days": "two years"}, "retention_days: must be a whole number"),
        ({"retention_days": 400, "confirm": "perhaps"}, "confirm: must be a boolean"),
    ],
)
def test_wrong_options_are_problems_before_any_request(tasks, options, said, state):
    assert said in tasks.failed("analytics_retention", **options, state=state)
    assert tasks.org.log() == []


def test_a_malformed_setting_is_an_error(tasks):
    tasks.org.fault(method="GET", path=PATH, times=None, status=200, body={"retentionDays": "400"})
    message = tasks.failed("analytics_retention", retention_days=400, confirm=True)
    assert "retentionDays must be a whole number" in message


def test_an_org_without_the_setting_is_an_error(tasks):
    tasks.org.fault(method="GET", path=PATH, times=None, status=404)
    message = tasks.failed("analytics_retention", retention_days=400, confirm=True)
    assert "The org has no setting for the retention of analytics data" in message


def config(number, **more):
    return {"analytics_retention": [{"retention_days": number, "confirm": True}], **more}


def test_a_first_retention_stays_in_a_rollback_and_is_warned_of(tasks, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    result = tasks.done("org_config", config=config(400), journal=journal)
    (one,) = result["objects"]
    assert one["not_restorable"] == ["retention_days"]
    assert "keeps its retention, because the API never clears it" in str(warnings_of(result))
    rolled_back = tasks.done("org_config", state="rolled_back", journal=journal)
    assert (stored(tasks), tasks.writes()) == (400, [f"PUT {PATH}"])
    assert rolled_back["objects"][0]["not_restorable"] == ["retention_days"]


def test_a_later_retention_is_rolled_back(tasks, tmp_path):
    tasks.done("analytics_retention", retention_days=400, confirm=True)
    journal = str(tmp_path / "journal.jsonl")
    result = tasks.done("org_config", config=config(300), journal=journal)
    assert result["objects"][0]["not_restorable"] == []
    tasks.done("org_config", state="rolled_back", journal=journal)
    assert stored(tasks) == 400


@pytest.mark.parametrize("accepts", [True, False])
def test_a_rollback_on_failure_of_a_first_retention_needs_to_be_accepted(tasks, accepts):
    options = {"on_error": "rollback", "accept_unrestorable": accepts}
    result = tasks.run("org_config", config=config(400), **options)
    assert stored(tasks) == (400 if accepts else None)
    assert result.get("failed", False) is not accepts


def test_changes_of_policies_in_the_same_run_count(tasks):
    tasks.org.seed([policy("Calls", 500), policy("Other", 100)], "retention_policies")
    days = {"retention_duration": {"delete_retention": {"days": 300}}}
    short = {"media_retention_policies": [{"name": "Calls", "actions": days}]}
    planned = tasks.done("org_config", config=config(400, **short), check_mode=True)
    assert [one["plan"] for one in planned["objects"]] == ["update", "update"]
    days["retention_duration"]["delete_retention"]["days"] = 360
    long = {"media_retention_policies": [{"name": "New", "actions": days}]}
    message = str(tasks.run("org_config", config=config(350, **long), check_mode=True))
    assert "delete recordings: 'Calls', 'New'" in message
    tasks.done("org_config", config=config(400, **short))
    assert stored(tasks) == 400


def test_a_removal_in_the_same_run_does_not_count(tasks):
    """Removals come last in a run, so that the API would refuse the retention before."""
    tasks.org.seed([policy("Calls", 500)], "retention_policies")
    gone = {"media_retention_policies": [{"name": "Calls", "state": "absent"}]}
    result = tasks.run("org_config", config=config(400, **gone))
    assert "'Calls'" in str(result) and "in an earlier task" in str(result)
    assert stored(tasks) is None


def test_two_entries_for_the_only_setting_are_an_error_before_any_request(tasks):
    entry = {"retention_days": 400, "confirm": True}
    message = tasks.failed("org_config", config={"analytics_retention": [entry, entry]})
    assert "an org has one retention of analytics data" in message
    assert tasks.org.log() == []
