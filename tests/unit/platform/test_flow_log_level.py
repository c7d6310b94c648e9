# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of log levels of flows on the platform API (N.1), against the simulator and its switches."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of

FLOWS = "/api/v2/flows"
LEVELS = f"{FLOWS}/instances/settings/loglevels"
MAIN = {"name": "Main", "type": "inboundcall"}
NOTES = {**MAIN, "level": "Notes"}


@pytest.fixture
def flows(tasks):
    """Return the ids of two flows with one name."""
    return [one["id"] for one in tasks.org.seed([{"name": "Main"}, {"name": "Main", "type": "BOT"}], "flows")]


@pytest.fixture
def path(flows):
    return f"{FLOWS}/{flows[0]}/instances/settings/loglevels"


def seed_level(tasks, flow, level="Base", **characteristics):
    given = {"level": level, "characteristics": characteristics}
    tasks.org.seed([{"id": flow, "logLevelCharacteristics": given}], "flow_log_levels")


def stored(tasks):
    (one,) = tasks.org.objects("flow_log_levels")
    return one["logLevelCharacteristics"]


def default(tasks):
    (one,) = tasks.org.objects("flow_log_level_default")
    return one["logLevelCharacteristics"]


def test_a_level_is_created_once_with_all_that_it_brings(tasks, flows, path):
    planned = tasks.done("flow_log_level", **NOTES, check_mode=True)
    assert tasks.org.writes() == []
    created = tasks.done("flow_log_level", **NOTES)
    assert tasks.writes() == [f"POST {path}"]
    for key in ("plan", "changed", "diff"):
        assert planned[key] == created[key]
    assert (created["plan"], created["record"]["id"]) == ("create", flows[0])
    assert created["diff"]["before"] == {}
    assert created["diff"]["after"]["characteristics"] == stored(tasks)["characteristics"]
    assert (created["record"]["type"], created["record"]["characteristics"]["variables"]) == (
        "inboundcall",
        True,
    )
    again = tasks.done("flow_log_level", **NOTES)
    assert (again["plan"], again["record"]) == ("none", created["record"])
    assert len(tasks.org.writes()) == 1


def test_a_new_level_resets_the_characteristics_that_the_task_omits(tasks, flows, path):
    seed_level(tasks, flows[0], "All", communications=False)
    options = {**MAIN, "level": "VERBOSENOTES", "characteristics": {"event_error": False}}
    planned = tasks.done("flow_log_level", **options, check_mode=True)
    changed = tasks.done("flow_log_level", **options)
    assert (changed["plan"], planned["diff"]) == ("update", changed["diff"])
    assert changed["diff"]["before"]["level"] == "All"
    assert stored(tasks)["level"] == "VerboseNotes"
    assert stored(tasks)["characteristics"] == changed["diff"]["after"]["characteristics"]
    assert stored(tasks)["characteristics"]["eventError"] is False
    assert tasks.writes() == [f"PUT {path}"]
    assert tasks.done("flow_log_level", **options)["changed"] is False


@pytest.mark.parametrize("unset", ["of_level", "kept"])
def test_characteristics_alone_keep_the_others(tasks, flows, unset):
    tasks.org.platform(unset_characteristics=unset)
    seed_level(tasks, flows[0], "All", communications=False)
    tasks.done("flow_log_level", **MAIN, characteristics={"names": False})
    shown = stored(tasks)["characteristics"]
    assert {name for name, value in shown.items() if not value} == {"communications", "names"}
    tasks.done("flow_log_level", **MAIN, characteristics=None)
    assert set(stored(tasks)["characteristics"].values()) == {True}
    assert tasks.done("flow_log_level", **MAIN, characteristics=None)["changed"] is False


def test_an_unchanged_level_costs_no_read_of_the_definitions(tasks, flows):
    seed_level(tasks, flows[0], "Notes")
    tasks.done("flow_log_level", **NOTES)
    assert tasks.org.log(path=f"{LEVELS}/characteristics") == []


def test_removal_gives_the_flow_the_default(tasks, flows, path):
    seed_level(tasks, flows[0])
    planned = tasks.done("flow_log_level", **MAIN, state="absent", check_mode=True)
    removed = tasks.done("flow_log_level", **MAIN, state="absent")
    assert [one["plan"] for one in (planned, removed)] == ["delete", "delete"]
    assert planned["diff"] == removed["diff"]
    assert (removed["record"], tasks.writes()) == (None, [f"DELETE {path}"])
    assert tasks.done("flow_log_level", **MAIN, state="absent")["changed"] is False


def test_the_default_of_the_org_is_changed_and_reset(tasks):
    result = tasks.done("flow_log_level", default=True, level="All")
    assert (result["plan"], result["record"]["id"]) == ("update", "default")
    assert default(tasks)["level"] == "All"
    assert tasks.done("flow_log_level", default=True, level="All")["changed"] is False
    assert tasks.done("flow_log_level_info", default=True)["records"] == [result["record"]]
    planned = tasks.done("flow_log_level", default=True, state="absent", check_mode=True)
    reset = tasks.done("flow_log_level", default=True, state="absent")
    assert (reset["plan"], planned["diff"]) == ("update", reset["diff"])
    assert default(tasks)["level"] == "Base"
    assert tasks.done("flow_log_level", default=True, state="absent")["changed"] is False


def test_a_record_can_be_given_back(tasks, flows):
    seed_level(tasks, flows[0], "All", names=False)
    (record,) = tasks.done("flow_log_level_info")["records"]
    given = {key: record[key] for key in ("id", "name", "type", "level", "characteristics")}
    assert tasks.done("flow_log_level", **given)["changed"] is False
    (record,) = tasks.done("flow_log_level_info", id="default")["records"]
    given = {key: record[key] for key in ("id", "name", "level", "characteristics")}
    assert tasks.done("flow_log_level", **given)["changed"] is False


def test_the_info_module_filters(tasks, flows):
    for flow in flows:
        seed_level(tasks, flow)

    def found(**options):
        return {one["id"] for one in tasks.done("flow_log_level_info", **options)["records"]}

    assert found() == found(name="Main") == found(name_pattern="M*") == set(flows)
    assert found(name="Main", type="BOT") == found(type="bot") == found(id=flows[1]) == {flows[1]}
    assert found(name="Other") == found(id="none") == set()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"name": "Other", "type": "bot"}, "There is no flow 'Other' of the type 'bot'"),
        ({"name": "Main", "type": "workflow"}, "There is no flow 'Main' of the type 'workflow'"),
        ({"name": "main", "type": "bot"}, "There is no flow 'main'"),
        ({"id": "none"}, "There is no flow with the id 'none'"),
    ],
)
def test_an_unknown_flow_is_an_error(tasks, flows, options, said):
    for check_mode in (True, False):
        assert said in tasks.failed("flow_log_level", **options, level="All", check_mode=check_mode)
    assert tasks.org.writes() == []


def test_an_id_with_another_name_is_an_error(tasks, flows):
    wrong = {"id": flows[0], "name": "Other"}
    said = f"The flow with the id {flows[0]!r} is 'Main', 'inboundcall', not 'Other'"
    assert said in tasks.failed("flow_log_level", **wrong, level="All")
    seed_level(tasks, flows[0])
    assert said in tasks.failed("flow_log_level", **wrong, level="All")
    assert said in tasks.failed("flow_log_level", **wrong, state="absent")
    assert "'bot'" in tasks.failed("flow_log_level", id=flows[0], type="bot", level="All")
    assert tasks.org.writes() == []


def test_two_flows_of_a_name_and_type_are_ambiguous(tasks, flows):
    (other,) = tasks.org.seed([{"name": "Main"}], "flows")
    message = tasks.failed("flow_log_level", **NOTES)
    assert flows[0] in message and other["id"] in message


def test_a_level_is_required_for_a_flow_without_one(tasks, flows):
    assert tasks.failed("flow_log_level", **MAIN, characteristics={"names": True}).startswith("level: is req")


def test_an_unknown_level_is_passed_on_with_a_warning(tasks, flows):
    """Situation 17 of the public reports."""
    message = tasks.failed("flow_log_level", **MAIN, level="Verbose", characteristics={"newOne": True})
    assert "invalid.value" in message or "not valid" in message
    (refused,) = tasks.org.writes()
    assert refused["body"]["logLevelCharacteristics"] == {
        "level": "Verbose",
        "characteristics": {"newOne": True},
    }
    tasks.org.fault(method="POST", path=refused["path"], times=1, status=200, body=accepted(flows[0]))
    # No list shows the level, so the task ends with its deadline.
    result = tasks.run("flow_log_level", **MAIN, level="Verbose", verify=False, deadline=2)
    assert (result["plan"], result["record"]["characteristics"]) == ("create", {"names": True})
    assert "'Verbose' is not known to this version" in " ".join(warnings_of(result))


def accepted(flow):
    level = {"level": "Verbose", "characteristics": {"names": True}}
    return {"id": flow, "name": "Main", "type": "inboundcall", "logLevelCharacteristics": level}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"name": "Main", "level": "All"}, "type: is required with name"),
        ({"level": "All"}, "name: is required, or id"),
        ({"default": True, "name": "Main", "type": "bot"}, "default: excludes name and type"),
        ({"default": True, "id": "x"}, "default: excludes id"),
        ({**MAIN, "level": " "}, "level: must not be empty"),
        ({**MAIN, "characteristics": {"names": "yes"}}, "characteristics.names: must be true or false"),
        ({**MAIN, "characteristics": {"eventError": True, "event_error": True}}, "is given twice"),
    ],
)
def test_wrong_options_are_problems_before_any_request(tasks, options, said):
    assert said in tasks.failed("flow_log_level", **options)
    assert tasks.org.log() == []


@pytest.mark.parametrize(
    ("lacks", "state"),
    [
        ("architect:flow:view", {}),
        ("architect:flow:search", {}),
        ("architect:flowLogLevel:view", {}),
        ("architect:flowLogLevel:add", {}),
        ("architect:flowLogLevel:delete", {"state": "absent"}),
        ("architect:flowLogLevel:edit", {"level": "All"}),
    ],
)
def test_a_missing_permission_is_named(new_org, tasks, lacks, state):
    every = {
        "architect:flow:view",
        "architect:flow:search",
        "architect:flowLogLevel:view",
        *(f"architect:flowLogLevel:{right}" for right in ("add", "edit", "delete")),
    }
    org = new_org(api="platform", permissions=sorted(every - {lacks}))
    (flow,) = org.seed([{"name": "Main"}], "flows")
    if state:
        org.seed([{"id": flow["id"]}], "flow_log_levels")
    message = type(tasks)(org, tasks.state).failed("flow_log_level", **{**NOTES, **state})
    assert "a permission is missing" in message and lacks in message


def test_the_last_request_before_a_write_is_a_read(tasks, flows, path):
    """Check that a concurrent change has no more time than between two requests: there is no lock."""
    seed_level(tasks, flows[0])
    tasks.done("flow_log_level", **NOTES)
    tasks.done("flow_log_level", **MAIN, state="absent")
    tasks.done("flow_log_level", **NOTES)
    log = [f"{one['method']} {one['path']}" for one in tasks.org.log()]
    for write in (f"PUT {path}", f"DELETE {path}", f"POST {path}"):
        assert log[log.index(write) - 1] == f"GET {path}"


@pytest.mark.parametrize(("on_conflict", "level"), [("fail", "All"), ("overwrite", "Notes")])
def test_a_concurrent_change_before_the_write_is_a_conflict(tasks, flows, path, on_conflict, level):
    seed_level(tasks, flows[0])
    edit = {"logLevelCharacteristics": {"level": "All"}}
    tasks.org.fault(method="GET", path=path, times=1, edit=edit)
    result = tasks.run("flow_log_level", **NOTES, on_conflict=on_conflict)
    assert stored(tasks)["level"] == level
    if on_conflict == "fail":
        assert 'nothing was written: level is now "All", declared "Notes"' in result["msg"]
        assert tasks.org.writes() == []
    else:
        assert result["plan"] == "update"


@pytest.mark.usefixtures("never_catches_up")
def test_a_concurrent_change_after_the_write_is_seen_by_the_comparison(tasks, flows, path):
    tasks.org.fault(
        method="GET", path=path, times=1, after=1, edit={"logLevelCharacteristics": {"level": "All"}}
    )
    message = tasks.failed("flow_log_level", **NOTES)
    assert "level" in message and stored(tasks)["level"] == "All"


def test_a_level_that_lists_do_not_show_yet_is_found_before_the_write(tasks, flows, path):
    """Situation 10 of the public reports."""
    tasks.org.simulator.lag(tasks.org.key, "flow_log_levels", lists=3600)
    seed_level(tasks, flows[0], "Notes")
    assert tasks.done("flow_log_level", **NOTES)["changed"] is False
    assert tasks.org.writes() == []


@pytest.mark.parametrize(("answer", "plan"), [("refused", None), ("replaced", "create")])
def test_a_level_that_no_read_shows(tasks, flows, answer, plan):
    """Check both answers to the creation of a level that exists: its status is not documented."""
    tasks.org.platform(existing_log_level=answer)
    tasks.org.simulator.lag(tasks.org.key, "flow_log_levels", lists=3600, reads=3600)
    seed_level(tasks, flows[0], "Disabled")
    result = tasks.run("flow_log_level", **NOTES, verify=False, deadline=2)
    assert result.get("plan") == plan
    if plan is None:
        assert "no list showed it within list_lag" in result["msg"]
    assert stored(tasks)["level"] == ("Disabled" if plan is None else "Notes")


def test_reads_and_lists_that_lag_are_waited_for(tasks, flows, path):
    """Situation 10 of the public reports."""
    lags = {"reads_until_found": 2, "lists_until_found": 2, "reads_until_updated": 2, "reads_until_gone": 2}
    tasks.done("flow_log_level", name="Main", type="bot", level="Base")
    tasks.org.platform(**lags)
    tasks.done("flow_log_level", **NOTES)
    assert tasks.done("flow_log_level", **{**NOTES, "level": "All"})["plan"] == "update"
    assert tasks.done("flow_log_level", **NOTES, state="absent")["plan"] == "delete"
    again = tasks.done("flow_log_level", **NOTES, state="absent")
    assert again["changed"] is False
    assert [one.split()[0] for one in tasks.writes()] == ["POST", "POST", "PUT", "DELETE"]


def test_a_deletion_that_lingers_is_no_change_the_next_time(tasks, flows, path):
    seed_level(tasks, flows[0])
    tasks.org.platform(reads_until_gone=4)
    tasks.done("flow_log_level", id=flows[0], state="absent")
    again = tasks.done("flow_log_level", id=flows[0], state="absent")
    assert again["changed"] is False


@pytest.mark.parametrize(
    "fault", [{"drop": "after"}, {"drop": "before"}, {"status": 503, "took_effect": True}]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_lost_response_is_resolved_by_a_read(tasks, flows, path, method, fault):
    if method != "POST":
        seed_level(tasks, flows[0])
    tasks.org.fault(method=method, path=path, times=1, **fault)
    result = tasks.done("flow_log_level", **NOTES, state="absent" if method == "DELETE" else "present")
    assert result["plan"] == {"POST": "create", "PUT": "update", "DELETE": "delete"}[method]
    assert [one["id"] for one in tasks.org.objects("flow_log_levels")] == flows[: method != "DELETE"]
