# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of integrations on the platform API (P.7), against the simulator and its switches."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of

TYPE = "custom-rest-actions"
CRM = {"name": "CRM", "type": TYPE}
LIST = "/api/v2/integrations"


def seeded(tasks, **fields):
    """Store an integration as another client has made it."""
    current = {key: fields.pop(key) for key in ("properties", "credentials") if key in fields}
    given = {"name": "CRM", "integrationType": {"id": TYPE}, **fields}
    (stored,) = tasks.org.seed([{**given, "config": {"current": current}}], "integrations")
    return stored


def credential(tasks, name="CRM login", kind="basicAuth"):
    given = {"name": name, "type": {"id": kind}, "credentialFields": {"userName": "u", "password": "p"}}
    (stored,) = tasks.org.seed([given], "credentials")
    return stored["id"]


def stored(tasks):
    (one,) = tasks.org.objects("integrations")
    return one


def test_an_integration_is_created_with_its_configuration_and_state(tasks):
    login = credential(tasks)
    wanted = {**CRM, "intended_state": "ENABLED", "notes": "n", "credentials": {"basicAuth": "CRM login"}}
    result = tasks.done("integration", **wanted)
    assert (result["plan"], result["api"]["profile"]) == ("create", "platform")
    record = result["record"]
    assert record["credentials"] == {"basicAuth": {"id": login, "name": "CRM login"}}
    assert (record["intended_state"], record["reported_state"]["code"]) == ("ENABLED", "ACTIVE")
    config = stored(tasks)["config"]["current"]
    assert (config["name"], config["notes"], config["credentials"]) == (
        "CRM",
        "n",
        {"basicAuth": {"id": login}},
    )
    before = tasks.writes()
    again = tasks.done("integration", **wanted)
    assert (again["changed"], tasks.writes()) == (False, before)


def test_check_mode_writes_nothing(tasks):
    result = tasks.done("integration", **CRM, check_mode=True)
    assert (result["plan"], result["diff"]["after"]["intended_state"]) == ("create", "DISABLED")
    assert tasks.org.writes() == []


@pytest.mark.parametrize("state", ["DISABLED", "ENABLED"])
def test_a_new_integration_gets_the_declared_state_whatever_the_server_gives_it(tasks, state):
    tasks.org.platform(new_integration_state=state)
    tasks.done("integration", **CRM)
    assert stored(tasks)["intendedState"] == "DISABLED"


def test_the_configuration_is_put_with_all_six_fields_and_its_version(tasks):
    one = seeded(tasks, properties={"kept": 1, "old": 2})
    tasks.done("integration", **CRM, notes="new", properties={"old": None, "added": [1]})
    (put,) = tasks.org.log(method="PUT")
    assert put["path"] == f"{LIST}/{one['id']}/config/current"
    assert put["body"] == {
        "name": "CRM",
        "version": 1,
        "notes": "new",
        "properties": {"kept": 1, "added": [1]},
        "advanced": {},
        "credentials": {},
    }


def test_slots_that_the_task_omits_keep_their_credential_and_null_empties_one(tasks):
    login = credential(tasks)
    seeded(tasks, credentials={"basicAuth": {"id": login}})
    assert tasks.done("integration", **CRM, credentials={})["changed"] is False
    tasks.done("integration", **CRM, credentials={"basicAuth": None})
    assert stored(tasks)["config"]["current"]["credentials"] == {}


@pytest.mark.parametrize("notes", ["empty", "placeholder"])
def test_an_empty_note_is_no_drift_in_either_form(tasks, notes):
    tasks.org.platform(empty_notes=notes)
    seeded(tasks)
    result = tasks.done("integration", **CRM, notes="")
    assert (result["changed"], result["record"]["notes"]) == (False, "")


def test_two_integrations_of_one_name_and_type_are_ambiguous(tasks):
    """Situation 8 of the public reports."""
    ids = [seeded(tasks)["id"] for _turn in range(2)]
    message = tasks.failed("integration", **CRM, notes="x")
    assert "ambiguous" in message and all(one in message for one in ids)
    other = seeded(tasks, integrationType={"id": "purecloud-data-actions"})
    result = tasks.done("integration", name="CRM", type="purecloud-data-actions", notes="x")
    assert result["record"]["id"] == other["id"]


def test_another_type_is_refused_before_any_write(tasks):
    one = seeded(tasks)
    for check_mode in (True, False):
        message = tasks.failed("integration", id=one["id"], type="imap-server", check_mode=check_mode)
        assert message.startswith("type: is 'custom-rest-actions' and cannot become 'imap-server'")
    assert tasks.org.writes() == []


def test_a_credential_that_is_not_there_is_an_error_in_check_mode_too(tasks):
    for check_mode in (True, False):
        message = tasks.failed("integration", **CRM, credentials={"basicAuth": "no"}, check_mode=check_mode)
        assert "There is no integration credential 'no'" in message and "credentials.basicAuth" in message
    ids = [credential(tasks) for _turn in range(2)]
    message = tasks.failed("integration", **CRM, credentials={"basicAuth": "CRM login"})
    assert "ambiguous" in message and all(one in message for one in ids)
    assert tasks.org.writes() == []


@pytest.mark.parametrize("status", [409, 400])
def test_a_stale_configuration_is_read_again_whatever_the_status(tasks, status):
    """Situation 3 of the public reports."""
    tasks.org.platform(config_conflict_status=status)
    one = seeded(tasks)
    patch = {"config": {"current": {"properties": {"theirs": 1}}}}
    tasks.org.fault(method="PUT", path=f"{LIST}/{one['id']}/config/current", edit=patch)
    result = tasks.done("integration", **CRM, notes="new")
    assert result["changed"]
    current = stored(tasks)["config"]["current"]
    assert (current["notes"], current["properties"]) == ("new", {"theirs": 1})
    assert [entry["status"] for entry in tasks.org.log(method="PUT")] == [status, 200]


@pytest.mark.parametrize("theirs", ["DISABLED", "DELETED"])
def test_a_state_that_changes_after_it_was_read_is_seen_although_it_has_no_lock(tasks, theirs):
    one = seeded(tasks, intendedState="ENABLED")
    item = f"{LIST}/{one['id']}"
    tasks.org.fault(
        method="GET", path=item, edit={"intendedState": theirs, "reportedState": {"code": "INACTIVE"}}
    )
    result = tasks.run("integration", **CRM, intended_state="DISABLED")
    assert tasks.writes() == []
    if theirs == "DELETED":
        assert "conflicts with this task; nothing was written: intended_state is now" in result["msg"]
    else:
        assert not result.get("failed")


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"version": "1"},
        {"version": 1, "properties": []},
        {"version": 1, "credentials": "x"},
        {"version": 1, "credentials": {"basicAuth": "c1"}},
        {"version": 1, "credentials": {"basicAuth": {"id": 1}}},
    ],
)
def test_a_configuration_of_another_form_is_an_error_and_no_traceback(tasks, config):
    one = seeded(tasks)
    path = f"{LIST}/{one['id']}/config/current"
    tasks.org.fault(method="GET", path=path, status=200, times=None, body=config)
    assert "was answered with" in tasks.failed("integration", **CRM, notes="n")
    assert tasks.org.writes() == []


@pytest.mark.parametrize(
    "given",
    [
        {"name": 5},
        {"integrationType": "custom-rest-actions"},
        {"integrationType": None},
        {"reportedState": "ACTIVE"},
        {"intendedState": None},
        {"notes": ["n"]},
        {"config": "x"},
    ],
)
def test_wrong_types_in_a_list_are_no_traceback(tasks, given):
    entity = {"id": "i-1", "name": "CRM", "integrationType": {"id": TYPE}, **given}
    body = {"entities": [entity], "total": 1, "pageCount": 1, "pageNumber": 1, "pageSize": 100}
    tasks.org.fault(method="GET", path=LIST, status=200, times=None, body=body)
    config = {"version": 1, "name": "CRM", "notes": "", "properties": {}, "advanced": {}, "credentials": {}}
    tasks.org.fault(method="GET", path="*/config/current", status=200, times=None, body=config)
    for module in ("integration_info", "integration"):
        result = tasks.run(module, **CRM, deadline=2)  # no state is ever as declared
        assert "Traceback" not in str(result.get("msg")), result


def test_the_task_waits_for_the_reported_state(tasks):
    tasks.org.platform(reads_until_state=2)
    result = tasks.done("integration", **CRM, intended_state="ENABLED")
    assert result["record"]["reported_state"]["code"] == "ACTIVE"


def test_a_reported_error_fails_the_task(tasks):
    tasks.org.platform(state_outcome="error")
    message = tasks.failed("integration", **CRM, intended_state="ENABLED")
    assert "reports an error: The integration could not be activated" in message
    result = tasks.done("integration", **CRM, intended_state="ENABLED")
    assert result["changed"] is False
    assert any("the API reports an error" in text for text in warnings_of(result))


def test_a_state_that_is_never_reached_ends_at_the_deadline(tasks):
    tasks.org.platform(state_outcome="never")
    message = tasks.failed("integration", **CRM, intended_state="ENABLED", deadline=2)
    assert "still reports the state ACTIVATING after 2 s" in message
    assert tasks.done("integration", name="B", type=TYPE, intended_state="ENABLED", wait=False)["changed"]


@pytest.mark.parametrize("status", [404, 408, 410])
def test_reads_and_lists_that_lag_behind_a_creation_are_waited_for(tasks, status):
    """Situation 10 of the public reports."""
    tasks.org.platform(reads_until_found=2, lists_until_found=2, not_yet_status=status)
    assert tasks.done("integration", **CRM, notes="n")["plan"] == "create"
    assert stored(tasks)["config"]["current"]["notes"] == "n"


def test_reads_that_lag_behind_an_update_are_waited_for(tasks):
    seeded(tasks)
    tasks.org.platform(reads_until_updated=3)
    assert tasks.done("integration", **CRM, notes="new")["record"]["notes"] == "new"


def test_a_new_credential_that_the_api_does_not_know_yet_is_waited_for(tasks):
    tasks.org.platform(tries_until_known=2)
    config = {
        "integration_credentials": [
            {"name": "L", "type": "basicAuth", "fields": {"userName": "u-ser", "password": "p-assw0rd"}}
        ],
        "integrations": [{**CRM, "credentials": {"basicAuth": "L"}}],
    }
    assert tasks.done("org_config", config=config)["totals"]["created"] == 2


def test_a_400_that_names_no_new_object_is_final(tasks):
    """Situation 4 of the public reports."""
    one = seeded(tasks)
    message = tasks.failed("integration", id=one["id"], credentials={"no-slot": {"id": "unknown"}})
    assert "credentials.no-slot" in message
    assert len(tasks.org.log(method="PUT")) == 1


@pytest.mark.parametrize("fault", [{"drop": "after"}, {"status": 503}])
def test_a_lost_response_to_a_creation_makes_no_second_integration(tasks, fault):
    tasks.org.fault(method="POST", path=LIST, times=1, **fault)
    assert tasks.done("integration", **CRM, notes="n")["record"]["notes"] == "n"
    assert len(tasks.org.objects("integrations")) == 1


def test_after_a_lost_creation_a_new_integration_of_another_name_is_left_alone(tasks):
    theirs = {"name": "Theirs", "integrationType": {"id": TYPE}, "intendedState": "DISABLED"}
    tasks.org.fault(method="POST", path=LIST, times=1, drop="before", create=theirs)
    tasks.done("integration", **CRM, notes="n")
    assert sorted(one["name"] for one in tasks.org.objects("integrations")) == ["CRM", "Theirs"]


def test_an_integration_with_data_actions_is_not_removed(tasks):
    one = seeded(tasks)
    action = {
        "name": "Find",
        "category": "c",
        "integrationId": one["id"],
        "contract": {"input": {"inputSchema": {}}, "output": {"successSchema": {}}},
        "config": {"request": {"requestUrlTemplate": "https://crm.example.com", "requestType": "GET"}},
    }
    (made,) = tasks.org.seed([action], "actions")
    for check_mode in (True, False):
        message = tasks.failed("integration", **CRM, state="absent", check_mode=check_mode)
        assert "its data actions would be removed with it" in message
        assert f"'Find' (id {made['id']})" in message
    tasks.org.delete(made["id"], "actions")
    assert tasks.done("integration", **CRM, state="absent")["plan"] == "delete"
    assert tasks.org.objects("integrations") == []


def test_the_info_module_reads_by_name_type_pattern_and_id(tasks):
    one = seeded(tasks, notes="n")
    seeded(tasks, name="Mail", integrationType={"id": "imap-server"})
    for query in ({"name": "CRM"}, {"type": TYPE}, {"name_pattern": "C*"}, {"id": one["id"]}):
        (record,) = tasks.done("integration_info", **query)["records"]
        assert (record["id"], record["type"], record["version"]) == (one["id"], TYPE, 1)
    assert [record["name"] for record in tasks.done("integration_info")["records"]] == ["CRM", "Mail"]


@pytest.mark.parametrize("option", ["properties", "advanced"])
def test_a_number_that_json_does_not_have_is_a_problem_before_any_request(tasks, option):
    for value in ({"a": float("inf")}, {"a": {"b": [1, float("nan")]}}):
        message = tasks.failed("integration", **CRM, **{option: value})
        assert f"{option}: must have finite numbers only" in message
    assert tasks.org.log() == []
