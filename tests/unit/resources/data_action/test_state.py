# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of creating, changing, renaming and removing a data action (S0.7, S1.1, S1.5, C.1)."""

from __future__ import annotations

import copy

import pytest

from unit.module_runner import warnings_of, without_keys
from unit.resources.data_action.conftest import ACTION, REST, STORED

SERVER_OWNED = ("id", "etag", "version", "date_created", "date_modified")


def test_create_sends_the_whole_object_once_and_reads_it_back(org, action):
    result = action(**ACTION)
    assert (result["changed"], result["plan"], result["snapshot"]) == (True, "create", None)
    (stored,) = org.objects()
    assert stored["restConfig"]["headers"] == REST["headers"]
    assert stored["conditions"][0]["children"][1] == {
        "type": "GREATER_THAN",
        "value": {"type": "DATASET", "datasetId": "crm", "fieldId": "priority"},
        "expression": "5",
    }
    assert [entry["method"] for entry in org.writes()] == ["POST"]
    # token, organization, list, POST, read-back, list that shows the object
    assert result["api"]["requests"] == len(org.log()) == 6


def test_second_run_changes_nothing(org, action):
    action(**ACTION)
    org.clear_log()
    result = action(**ACTION)
    assert (result["changed"], result["plan"]) == (False, "none")
    assert "snapshot" not in result
    assert org.writes() == []


def test_update_changes_only_what_is_declared(org, action):
    (before,) = org.seed([{**STORED, "labels": ["unknown to the collection"]}])
    result = action(name="Get Customer", rest={"url": "https://crm.example.com/v2/${id}"})
    (after,) = org.objects()
    assert result["plan"] == "update"
    assert after["restConfig"] == {**before["restConfig"], "url": "https://crm.example.com/v2/${id}"}
    assert (after["description"], after["labels"]) == (before["description"], before["labels"])
    assert result["record"]["labels"] == before["labels"]
    assert result["snapshot"]["rest"]["url"] == before["restConfig"]["url"]
    (put,) = org.writes()
    assert put["request_headers"]["if-match"] == f'"{before["etag"]}"'
    assert not {"id", "etag", "version", "dateCreated", "dateModified"} & put["body"].keys()


def test_null_resets_and_omission_leaves_alone(org, action):
    org.seed([{**STORED, "conditions": [_leaf()]}])
    assert action(name="Get Customer", description="new")["changed"]
    assert org.named("Get Customer")["conditions"] == [_leaf()]
    result = action(
        name="Get Customer", description=None, conditions=None, rest={"headers": None, "body": None}
    )
    stored = org.named("Get Customer")
    assert result["changed"]
    assert (stored["description"], stored["conditions"], stored["restConfig"]["headers"]) == ("", [], {})
    assert "bodyTemplate" not in stored["restConfig"]
    assert not action(name="Get Customer", description=None, conditions=None, rest={"body": None})["changed"]


def test_equal_but_written_differently_is_no_change(org, action):
    stored = copy.deepcopy(STORED)
    stored["restConfig"]["variableMappings"] = [
        {"name": "B", "source": "$.b", "type": "integer", "default": "0"},
        {"name": "A", "source": "$.a", "type": "string", "default": None},
    ]
    stored["conditions"] = [{**_leaf(), "children": []}]
    del stored["restConfig"]["bodyTemplate"]
    org.seed([stored])
    mappings = [
        {"name": "A", "source": "$.a", "type": "string"},
        {"name": "B", "source": "$.b", "type": "integer", "default": 0},
    ]
    result = action(
        name="Get Customer",
        rest={"variable_mappings": mappings, "body": None},
        conditions=['crm.status == "active"'],
    )
    assert not result["changed"], result["diff"]


def test_found_by_exact_name_only(org, action):
    org.seed([{**STORED, "name": "get customer"}, {**STORED, "name": "Get Customer by Phone"}])
    assert action(**ACTION)["plan"] == "create"
    assert len(org.objects()) == 3


def test_id_finds_and_another_name_renames(org, action):
    (before,) = org.seed([STORED])
    result = action(id=before["id"], name="Get Client")
    assert (result["plan"], result["record"]["name"]) == ("update", "Get Client")
    assert [stored["name"] for stored in org.objects()] == ["Get Client"]
    assert org.objects()[0]["restConfig"] == before["restConfig"]


def test_rename_to_a_taken_name_is_an_error_not_a_conflict(org, action):
    taken, other = org.seed([STORED, {**STORED, "name": "Other"}])
    result = action(id=other["id"], name=taken["name"])
    assert result["failed"]
    assert result["code"] == "data.action.name.duplicate"
    assert len(org.writes()) == 1


def test_unknown_id_is_an_error(org, action):
    result = action(id="no-such-id", name="A", rest=REST)
    assert result["msg"] == (
        "There is no data action with the id 'no-such-id' in this org. "
        "Correct the id, or omit it to create the object by name."
    )
    assert org.writes() == []


def test_absent_removes_once(org, action):
    (before,) = org.seed([STORED])
    result = action(name="Get Customer", state="absent")
    assert (result["changed"], result["plan"], result["record"]) == (True, "delete", None)
    assert result["snapshot"]["id"] == before["id"]
    assert org.objects() == []
    again = action(name="Get Customer", state="absent")
    assert (again["changed"], again["plan"], again["record"]) == (False, "none", None)
    assert not action(id=before["id"], state="absent")["changed"]


def test_ambiguous_name_lists_the_ids(org, action):
    one, two = org.seed([STORED, STORED])
    result = action(**ACTION)
    assert result["failed"]
    assert one["id"] in result["msg"] and two["id"] in result["msg"]
    assert org.writes() == []


def test_a_default_that_does_not_parse_is_stored_with_a_warning(org, action):
    mapping = {"name": "Wait", "source": "$.wait", "type": "number", "default": "[0].[0]"}
    options = {"name": "Get Customer", "rest": {**REST, "variable_mappings": [mapping]}}
    result = action(**options)
    assert result["changed"], result["msg"]
    (warning,) = warnings_of(result)
    assert "rest.variable_mappings[0].default" in warning and "'Wait'" in warning
    assert org.named("Get Customer")["restConfig"]["variableMappings"] == [mapping]
    assert not action(**options)["changed"]


def test_a_new_object_needs_its_required_fields_an_existing_one_has_them(org, action):
    result = action(name="Get Customer", rest={"method": "GET"})
    assert "rest.url: is required" in result["msg"]
    assert org.writes() == []
    org.seed([STORED])
    assert action(name="Get Customer", rest={"method": "POST"})["changed"]


@pytest.mark.parametrize(
    ("seeded", "options"),
    [
        ([], ACTION),
        ([STORED], ACTION),
        ([STORED], {"name": "Get Customer", "description": None}),
        ([STORED], {"name": "Get Customer", "state": "absent"}),
        ([STORED], {"name": "Get Customer", "description": STORED["description"]}),
        ([], {"name": "Get Customer", "state": "absent"}),
    ],
    ids=["create", "update", "reset", "remove", "no change", "nothing to remove"],
)
def test_check_mode_reports_what_the_real_run_does_and_writes_nothing(org, action, seeded, options):
    org.seed(seeded)
    before = org.objects()
    planned = action(check_mode=True, **options)
    assert org.writes() == []
    assert org.objects() == before
    done = action(**options)
    for key in ("changed", "plan", "diff", "snapshot"):
        assert planned.get(key) == done.get(key), key
    assert without_keys(planned["record"], SERVER_OWNED) == without_keys(done["record"], SERVER_OWNED)


def test_diff_shows_conditions_as_lines_and_only_the_managed_fields(org, action):
    org.seed([STORED])
    diff = action(check_mode=True, **ACTION)["diff"]
    assert diff["before_header"] == diff["after_header"] == "data action 'Get Customer'"
    assert (diff["before"]["conditions"], diff["after"]["conditions"]) == ([], ACTION["conditions"])
    assert diff["before"].keys() == diff["after"].keys() == {"name", "description", "rest", "conditions"}


def test_a_record_can_be_given_back(org, action):
    org.seed(
        [{**STORED, "conditions": [_leaf()], "restConfig": {**STORED["restConfig"], "headers": {"A": "b"}}}]
    )
    record = action(name="Get Customer", description="x")["record"]
    options = {key: record[key] for key in ("id", "name", "description", "rest", "conditions")}
    assert not action(**options)["changed"]


def test_a_masked_header_value_is_refused(org, action):
    org.seed([STORED])
    record = action(name="Get Customer", description="x")["record"]
    org.clear_log()
    result = action(name="Get Customer", rest=record["rest"])
    assert "rest.headers.Authorization: is a masked value" in result["msg"]
    assert org.log() == []


def test_read_back_reports_what_the_server_did_not_keep(org, action):
    org.seed([STORED])
    org.fault(method="GET", path="/api/v2/architect/data-actions/*", edit={"description": "meddled"}, times=1)
    result = action(name="Get Customer", description="wanted")
    assert result["failed"]
    assert 'description was sent as "wanted" and is "meddled"' in result["msg"]
    org.fault(method="GET", path="/api/v2/architect/data-actions/*", edit={"description": "meddled"}, times=1)
    assert action(name="Get Customer", description="wanted", verify=False)["changed"]


def test_validated_needs_no_org(org, action):
    result = action(state="validated", base_url=None, client_id=None, client_secret=None, **ACTION)
    assert (result["changed"], result["plan"]) == (False, "none")
    assert org.log() == []


def test_sample_response_shows_what_each_variable_gets(org, action):
    sample = '{"preferences": {"language": "de"}, "account_balance": 150.0}'
    result = action(**{**ACTION, "rest": {**REST, "sample_response": sample, "inputs": ["customer_id"]}})
    assert result["sample_variables"] == {"Language": "de", "Balance": 150.0}
    sent = org.writes()[0]["body"]["restConfig"]
    assert sent.keys() == {"url", "httpMethod", "headers", "variableMappings"}


def _leaf():
    return {
        "type": "EQUALS",
        "value": {"type": "DATASET", "datasetId": "crm", "fieldId": "status"},
        "expression": "active",
    }
