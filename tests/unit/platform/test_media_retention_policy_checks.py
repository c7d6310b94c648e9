# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of media retention policies (N.4): options, limits of days, permissions, conflicts, faults."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.platform.retention_policies import PATH, policies, seed_names

WIRE = {"name": "P", "enabled": True, "conditions": {"directions": ["INBOUND"]}, "order": 1}


def days(number):
    return {"retention_duration": {"delete_retention": {"days": number}}}


@pytest.fixture
def policy(tasks):
    """Return the id of a stored policy."""
    return tasks.org.seed([WIRE], "retention_policies")[0]["id"]


SLOT = {"start_time": "8:00", "stop_time": "18:00:30.5", "day": 7}
#: The assignments of an action, each with the option of its form.
ASSIGNMENTS = {
    "assign_evaluations": "evaluation_form",
    "assign_metered_evaluations": "evaluation_form",
    "assign_metered_assignment_by_agent": "evaluation_form",
    "assign_calibrations": "evaluation_form",
    "assign_surveys": "survey_form",
}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"order": -1}, "order: must be at least 0, not -1"),
        ({"order": None}, "order: cannot be null"),
        ({"enabled": None}, "enabled: cannot be null"),
        ({"max_retention_days": 0}, "max_retention_days: "),
        ({"actions": {"retain": True}}, "actions.retain: is not an option"),
        ({"actions": {"assign_surveys": [{}]}}, "actions.assign_surveys[0].sending_domain: is required"),
        *(
            ({"actions": {name: [{form: None}, {}]}}, f"actions.{name}[{index}].{form}: is required")
            for index in (0, 1)
            for name, form in ASSIGNMENTS.items()
        ),
        (
            {"media_policies": {"chat_policy": {"actions": {"assign_evaluations": [{"user": "A"}]}}}},
            "media_policies.chat_policy.actions.assign_evaluations[0].evaluation_form: is required",
        ),
        ({"actions": {"integration_export": {}}}, "actions.integration_export.integration: is required"),
        (
            {"actions": {"assign_surveys": [{"sending_domain": " "}]}},
            "actions.assign_surveys[0].sending_domain: must not be empty",
        ),
        ({"conditions": {"for_queues": ["A", ""]}}, "conditions.for_queues[1]: must not be empty"),
        ({"conditions": {"for_queues": [None]}}, "conditions.for_queues[0]: must be text, not null"),
        ({"conditions": {"languages": ["A"]}}, "conditions.languages: is not an option"),
        ({"conditions": {"directions": [""]}}, "conditions.directions[0]: must not be empty"),
        ({"conditions": {"date_ranges": ["2026-01-01"]}}, "conditions.date_ranges[0]: '2026-01-01' is not"),
        ({"conditions": {"date_ranges": ["2026-02-01/2026-01-01"]}}, "the earlier one first"),
        (
            {"conditions": {"time_allowed": {"time_slots": [{**SLOT, "day": 8}]}}},
            "conditions.time_allowed.time_slots[0].day: must be 1 (Monday) to 7 (Sunday), not 8",
        ),
        (
            {"conditions": {"time_allowed": {"time_slots": [{**SLOT, "start_time": "25:00"}]}}},
            "conditions.time_allowed.time_slots[0].start_time: '25:00' is not a time of day",
        ),
        (
            {"conditions": {"time_allowed": {"time_slots": [SLOT, {**SLOT, "stop_time": "7:59:59"}]}}},
            "conditions.time_allowed.time_slots[1].stop_time: '07:59:59.000' is before start_time, which is "
            "'08:00:00.000'",
        ),
        (
            {"conditions": {"time_allowed": {"time_slots": [{**SLOT, "start_time": "\u0668:00"}]}}},
            "conditions.time_allowed.time_slots[0].start_time: '\u0668:00' is not a time of day",
        ),
        ({"order": "1_0"}, "order: must be a whole number, not '1_0'"),
        (
            {"actions": {"assign_metered_evaluations": [{"max_number_evaluations": -1}]}},
            "actions.assign_metered_evaluations[0].max_number_evaluations: must not be negative, not -1",
        ),
        ({"media_policies": {"fax": {}}}, "media_policies.fax: is not an option"),
        (
            {"media_policies": {"chat_policy": {"conditions": {"directions": ["INBOUND"]}}}},
            "media_policies.chat_policy.conditions.directions: is not an option",
        ),
    ],
)
def test_wrong_options_are_problems_before_any_request(tasks, options, said):
    message = tasks.failed("media_retention_policy", name="P", **options)
    assert said in message
    assert tasks.org.log() == []


def test_all_problems_are_reported_at_once(tasks):
    message = tasks.failed(
        "media_retention_policy",
        name=" ",
        order=-1,
        actions=days(0),
        conditions={"for_users": [""]},
        media_policies={"email_policy": {"actions": days(366)}},
    )
    assert "5 problems in the task's input" in message
    assert "actions.retention_duration.delete_retention.days: is 0 days and must be 1 to 365" in message
    assert (
        "media_policies.email_policy.actions.retention_duration.delete_retention.days: is 366 days" in message
    )


def test_times_have_the_form_of_the_api(tasks):
    options = {"conditions": {"time_allowed": {"time_slots": [SLOT], "time_zone_id": "UTC"}}}
    tasks.done("media_retention_policy", name="P", **options)
    (stored,) = policies(tasks.org)
    assert stored["conditions"]["timeAllowed"] == {
        "timeSlots": [{"startTime": "08:00:00.000", "stopTime": "18:00:30.500", "day": 7}],
        "timeZoneId": "UTC",
        "empty": False,
    }
    assert tasks.done("media_retention_policy", name="P", **options)["changed"] is False
    tasks.done("media_retention_policy", name="P", conditions={"time_allowed": {"time_slots": []}})
    assert policies(tasks.org)[0]["conditions"]["timeAllowed"]["empty"] is True


def test_an_unknown_value_is_passed_on_with_a_warning(tasks):
    """Situation 17 of the public reports."""
    options = {"name": "P", "conditions": {"directions": ["inbound", "internal"]}}
    result = tasks.run("media_retention_policy", **options)
    assert "conditions.directions[1]: 'internal' is not known to this version" in str(result)
    (write,) = tasks.org.log(method="POST", path=PATH)
    assert (write["status"], write["body"]["conditions"]["directions"]) == (400, ["INBOUND", "internal"])


@pytest.mark.parametrize("state", ["present", "validated"])
@pytest.mark.parametrize("holder", ["retention_duration", "initiate_screen_recording"])
@pytest.mark.parametrize("kind", ["archive_retention", "delete_retention"])
def test_days_are_limited_offline(tasks, state, holder, kind):
    options = {"actions": {holder: {kind: {"days": 31}}}, "max_retention_days": 30}
    message = tasks.failed("media_retention_policy", name="P", state=state, **options)
    assert f"actions.{holder}.{kind}.days: is 31 days and must be 1 to 30 (max_retention_days)" in message
    assert tasks.org.log() == []
    tasks.done("media_retention_policy", name="P", state="validated", **{**options, "max_retention_days": 31})
    assert tasks.org.log() == []


def test_a_policy_that_breaks_the_limit_can_be_removed(tasks, policy):
    removed = tasks.done("media_retention_policy", name="P", state="absent", actions=days(4000))
    assert removed["plan"] == "delete"


def test_undeclared_days_above_the_limit_are_a_warning(tasks, policy):
    actions = {"retentionDuration": {"deleteRetention": {"days": 4000}}}
    tasks.org.edit(policy, {"mediaPolicies": {"callPolicy": {"actions": actions}}}, "retention_policies")
    result = tasks.done("media_retention_policy", name="P", order=2)
    (warning,) = warnings_of(result)
    assert (
        "media_policies.call_policy.actions.retention_duration.delete_retention.days: is 4000 days" in warning
    )
    assert "this task leaves it as it is" in warning
    assert warnings_of(tasks.done("media_retention_policy", name="P", order=2)) == []


def test_recordings_without_a_deletion_and_a_deletion_without_effect_are_warnings(tasks):
    planned = tasks.done(
        "media_retention_policy", name="P", actions={"retain_recording": True, "delete_recording": True},
        check_mode=True,
    )  # fmt: skip
    effect, end = warnings_of(planned)
    assert "actions.delete_recording: has no effect while retain_recording is true" in effect
    assert "actions.retention_duration: has no delete_retention: the policy keeps recordings" in end
    done = tasks.done("media_retention_policy", name="P", actions={"retain_recording": True, **days(30)})
    assert warnings_of(done) == []


@pytest.mark.parametrize(
    ("lacks", "options"),
    [
        ("recording:retentionPolicy:view", {"enabled": True}),
        ("recording:retentionPolicy:add", {"name": "New"}),
        ("recording:retentionPolicy:edit", {"order": 7}),
        ("recording:retentionPolicy:edit", {"enabled": False}),
        ("recording:retentionPolicy:delete", {"state": "absent"}),
        ("directory:user:view", {"conditions": {"for_users": ["A"]}}),
        ("routing:queue:view", {"conditions": {"for_queues": ["A"]}}),
        ("routing:wrapupCode:view", {"conditions": {"wrapup_codes": ["A"]}}),
        ("groups:team:view", {"conditions": {"teams": ["A"]}}),
        ("quality:evaluationForm:view", {"actions": {"assign_evaluations": [{"evaluation_form": "A"}]}}),
        (
            "quality:surveyForm:view",
            {"actions": {"assign_surveys": [{"survey_form": "A", "sending_domain": "a.com"}]}},
        ),
    ],
)
def test_a_missing_permission_is_named(new_org, tasks, lacks, options):
    rights = [f"recording:retentionPolicy:{right}" for right in ("view", "add", "edit", "delete")]
    org = new_org(api="platform", permissions=[right for right in rights if right != lacks])
    org.seed([WIRE], "retention_policies")
    message = type(tasks)(org, tasks.state).failed("media_retention_policy", **{"name": "P", **options})
    assert "a permission is missing" in message and lacks in message


def test_the_last_request_before_a_write_is_a_read(tasks, policy):
    """Check that a concurrent change has no more time than between two requests: there is no lock."""
    tasks.done("media_retention_policy", name="P", order=2)
    tasks.done("media_retention_policy", name="P", enabled=False)
    tasks.done("media_retention_policy", name="P", state="absent")
    log = [f"{one['method']} {one['path']}" for one in tasks.org.log()]
    for method in ("PUT", "PATCH", "DELETE"):
        assert log[log.index(f"{method} {PATH}/{policy}") - 1] == f"GET {PATH}/{policy}"


@pytest.mark.parametrize(
    ("on_conflict", "stored"), [("fail", ["OUTBOUND"]), ("overwrite", ["INBOUND", "OUTBOUND"])]
)
def test_a_concurrent_change_before_the_write_is_a_conflict(tasks, policy, on_conflict, stored):
    edit = {"conditions": {"directions": ["OUTBOUND"]}, "description": "theirs"}
    tasks.org.fault(method="GET", path=f"{PATH}/{policy}", edit=edit)
    options = {"name": "P", "conditions": {"directions": ["INBOUND", "OUTBOUND"]}, "on_conflict": on_conflict}
    result = tasks.run("media_retention_policy", **options)
    (one,) = policies(tasks.org)
    assert (one["conditions"]["directions"], one["description"]) == (stored, "theirs")
    if on_conflict == "fail":
        assert (
            "A concurrent change" in result["msg"]
            and "nothing was written: conditions is now" in result["msg"]
        )


def test_a_concurrent_change_of_another_condition_survives(tasks, policy):
    edit = {"conditions": {"mediaTypes": ["CHAT"]}}
    tasks.org.fault(method="GET", path=f"{PATH}/{policy}", edit=edit)
    tasks.done("media_retention_policy", name="P", conditions={"directions": ["OUTBOUND"]})
    assert policies(tasks.org)[0]["conditions"] == {"directions": ["OUTBOUND"], "mediaTypes": ["CHAT"]}


@pytest.mark.usefixtures("never_catches_up")
def test_a_concurrent_change_after_the_write_is_seen_by_the_comparison(tasks, policy):
    edit = {"conditions": {"directions": ["INBOUND"]}}
    tasks.org.fault(method="GET", path=f"{PATH}/{policy}", after=1, times=1, edit=edit)
    message = tasks.failed("media_retention_policy", name="P", conditions={"directions": ["OUTBOUND"]})
    assert "conditions" in message


def test_reads_and_lists_that_lag_are_waited_for(tasks):
    """Situation 10 of the public reports."""
    lags = {"reads_until_found": 2, "lists_until_found": 2, "reads_until_updated": 2, "reads_until_gone": 2}
    tasks.org.platform(**lags)
    tasks.done("media_retention_policy", name="P", enabled=True)
    assert tasks.done("media_retention_policy", name="P", order=9)["plan"] == "update"
    (stored,) = policies(tasks.org)
    tasks.done("media_retention_policy", id=stored["id"], state="absent")
    assert tasks.done("media_retention_policy", id=stored["id"], state="absent")["changed"] is False
    accepted = [one["method"] for one in tasks.org.writes() if one["status"] == 200]
    assert accepted == ["POST", "PUT", "DELETE"]


@pytest.mark.parametrize(
    "fault", [{"drop": "after"}, {"drop": "before"}, {"status": 503, "took_effect": True}]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_lost_response_is_resolved_by_a_read(tasks, method, fault):
    if method != "POST":
        tasks.org.seed([WIRE], "retention_policies")
    tasks.org.fault(method=method, path=f"{PATH}*", times=1, **fault)
    options = {
        "POST": {"order": 1},
        "PUT": {"order": 2},
        "PATCH": {"enabled": False},
        "DELETE": {"state": "absent"},
    }
    result = tasks.done("media_retention_policy", name="P", **options[method])
    assert result["plan"] == {"POST": "create", "DELETE": "delete"}.get(method, "update")
    assert len(policies(tasks.org)) == (0 if method == "DELETE" else 1)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_rate_limit_in_a_write_of_two_requests_is_waited_for(tasks, policy, method):
    """The policy is read again after the wait, because there is no lock."""
    tasks.org.platform(policy_put="keeps_enabled")
    tasks.org.fault(method=method, path=f"{PATH}/{policy}", status=429, retry_after=1)
    tasks.done("media_retention_policy", name="P", order=2, enabled=False)
    (stored,) = policies(tasks.org)
    assert (stored["order"], stored["enabled"]) == (2, False)
    accepted = [one["method"] for one in tasks.org.writes() if one["status"] == 200]
    assert accepted == ["PUT", "PATCH"]


def test_a_state_that_another_client_sets_between_two_requests_is_no_second_change(tasks, policy):
    tasks.org.platform(policy_put="keeps_enabled")
    tasks.org.fault(method="GET", path=f"{PATH}/{policy}", after=1, edit={"enabled": False})
    tasks.done("media_retention_policy", name="P", order=2, enabled=False)
    assert [one.split()[0] for one in tasks.writes()] == ["PUT"]
    assert policies(tasks.org)[0]["enabled"] is False


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"conditions": {"forQueues": [{"name": "Q"}]}}, "conditions.forQueues[0].id is missing or null"),
        ({"actions": {"retainRecording": "yes"}}, "actions.retainRecording must be a boolean"),
        ({"mediaPolicies": {"callPolicy": []}}, "mediaPolicies.callPolicy must be an object"),
        (
            {"policyErrors": {"policyErrorMessages": ["x"]}},
            "policyErrors.policyErrorMessages[0] must be an object",
        ),
    ],
)
def test_a_malformed_policy_is_an_error(tasks, policy, change, said):
    body = {"entities": [{"id": policy, **WIRE, **change}], "total": 1, "pageCount": 1}
    tasks.org.fault(method="GET", path=PATH, times=None, status=200, body=body)
    assert said in tasks.failed("media_retention_policy", name="P", enabled=True)


def test_a_malformed_search_is_an_error(tasks):
    seed_names(tasks.org)
    tasks.org.fault(method="POST", path="/api/v2/users/search", status=200, body={"results": [{"name": 1}]})
    message = tasks.failed("media_retention_policy", name="P", conditions={"for_users": ["Anna"]})
    assert "POST /api/v2/users/search" in message and "results[0].id is missing" in message
