# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of data schemas on the platform API (N.8): writes, versions, removals, permissions, rollbacks."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.platform.data_schemas import (
    CLAIMS,
    FIELDS,
    KINDS,
    LISTS,
    PROPERTIES,
    core,
    properties,
    schemas,
    seeded,
    stored,
)

LIST = LISTS["workitem"]
TEXT = {"name": "text", "type": "text"}
NUMBER = {"name": "number", "type": "number"}
TIER = {"name": "tier", "type": "enum", "options": [{"name": "gold"}, {"name": "silver"}]}


@pytest.mark.parametrize("kind", LISTS)
def test_a_schema_of_each_type_is_created_once(tasks, kind):
    given = {"name": "Claims", "type": kind, "description": "d", "fields": FIELDS}
    planned = tasks.done("data_schema", **given, check_mode=True)
    assert tasks.writes() == []
    created = tasks.done("data_schema", **given)
    for key in ("plan", "changed", "diff"):
        assert planned[key] == created[key]
    one = stored(tasks, kind)
    assert (one["name"], one["enabled"], one["version"]) == ("Claims", True, 1)
    assert one["jsonSchema"] == {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": "Claims",
        "description": "d",
        "properties": PROPERTIES,
    }
    assert (created["record"]["id"], created["record"]["version"]) == (one["id"], 1)
    assert tasks.done("data_schema", **given)["changed"] is False
    assert tasks.writes() == [f"POST {LISTS[kind]}"]


@pytest.mark.parametrize(("state", "writes"), [("enabled", ["POST", "PUT"]), ("as_sent", ["POST"])])
def test_a_new_schema_is_disabled_although_its_creation_ignores_that(tasks, state, writes):
    tasks.org.platform(new_schema_state=state)
    result = tasks.done("data_schema", **CLAIMS, fields=FIELDS, enabled=False)
    assert (result["record"]["enabled"], stored(tasks)["enabled"]) == (False, False)
    assert [one.split()[0] for one in tasks.writes()] == writes
    if state == "enabled":
        (put,) = tasks.org.log(method="PUT")
        assert (put["body"]["version"], stored(tasks)["version"]) == (1, 2)
    assert properties(tasks) == PROPERTIES
    assert tasks.done("data_schema", **CLAIMS, enabled=False)["changed"] is False


def test_a_schema_whose_second_request_fails_is_completed_by_the_next_run(tasks):
    tasks.org.fault(method="PUT", path=f"{LIST}/*", status=403, times=1)
    message = tasks.failed("data_schema", **CLAIMS, enabled=False)
    assert "A part of the change took effect before this error" in message
    assert stored(tasks)["enabled"] is True
    assert tasks.done("data_schema", **CLAIMS, enabled=False)["plan"] == "update"
    assert stored(tasks)["enabled"] is False


def test_a_change_keeps_what_the_task_omits_and_makes_a_version(tasks):
    one = seeded(tasks, {"text": core("text", maxLength=9, theirs={"a": 1})}, version=4)
    given = {**CLAIMS, "fields": [{**TEXT, "min_length": 2}, NUMBER]}
    planned = tasks.done("data_schema", **given, check_mode=True)
    changed = tasks.done("data_schema", **given)
    assert (changed["plan"], planned["diff"]) == ("update", changed["diff"])
    assert changed["diff"]["before"]["fields"] == [
        {"name": "text", "type": "text", "title": "Text", "max_length": 9}
    ]
    assert properties(tasks)["text"] == core("text", maxLength=9, minLength=2, theirs={"a": 1})
    (put,) = tasks.org.log(method="PUT")
    assert (put["path"], put["body"]["version"]) == (f"{LIST}/{one['id']}", 4)
    assert (stored(tasks)["version"], stored(tasks)["jsonSchema"]["description"]) == (5, "d")
    tasks.done("data_schema", **CLAIMS, description=None, fields=[{**TEXT, "max_length": None}, NUMBER])
    assert "maxLength" not in properties(tasks)["text"]
    assert stored(tasks)["jsonSchema"]["description"] == ""


def test_a_new_name_is_the_title_and_a_title_of_its_own_is_kept(tasks):
    one = seeded(tasks)
    tasks.done("data_schema", type="workitem", id=one["id"], name="Cases")
    assert (stored(tasks)["name"], stored(tasks)["jsonSchema"]["title"]) == ("Cases", "Cases")
    tasks.org.edit(one["id"], {"jsonSchema": {"title": "Theirs"}}, KINDS["workitem"])
    tasks.done("data_schema", name="Cases", type="WorkItem", enabled=False)
    assert stored(tasks)["jsonSchema"]["title"] == "Theirs"


def test_an_option_is_disabled_instead_of_removed(tasks):
    tasks.done("data_schema", **CLAIMS, fields=[TIER])
    fewer = [{**TIER, "options": [{"name": "bronze", "title": "B"}, {"name": "gold"}]}]
    changed = tasks.done("data_schema", **CLAIMS, fields=fewer)
    assert properties(tasks)["tier"]["enum"] == ["bronze", "gold", "silver"]
    states = {name: one["_disabled"] for name, one in properties(tasks)["tier"]["_enumProperties"].items()}
    assert states == {"bronze": False, "gold": False, "silver": True}
    assert changed["record"]["fields"][0]["options"][2] == {
        "name": "silver",
        "title": "silver",
        "disabled": True,
    }
    assert tasks.done("data_schema", **CLAIMS, fields=fewer)["changed"] is False
    tasks.done("data_schema", **CLAIMS, fields=[{**TIER, "options": [{"name": "silver"}]}])
    states = {name: one["_disabled"] for name, one in properties(tasks)["tier"]["_enumProperties"].items()}
    assert states == {"silver": False, "bronze": True, "gold": True}
    assert tasks.done("data_schema", **CLAIMS, fields=[{"name": "tier", "type": "enum"}])["changed"] is False


@pytest.mark.parametrize("removal", ["refused", "allowed"])
def test_a_removed_or_retyped_field_is_an_error_before_any_write(tasks, removal):
    tasks.org.platform(schema_field_removal=removal)
    seeded(tasks, {"text": core("text"), "number": core("number")})
    given = {**CLAIMS, "fields": [{"name": "number", "type": "integer"}]}
    for check_mode in (True, False):
        message = tasks.failed("data_schema", **given, check_mode=check_mode)
        assert "fields: lacks 'text', which the data schema has, and the API removes no field" in message
        assert "fields: declares 'number' as integer, but it is number in the data schema" in message
    assert "lacks 'text'" in tasks.failed("data_schema", **CLAIMS, fields=[])
    assert tasks.writes() == []


def test_a_schema_is_removed_once(tasks):
    seeded(tasks)
    planned = tasks.done("data_schema", **CLAIMS, state="absent", check_mode=True)
    removed = tasks.done("data_schema", **CLAIMS, state="absent")
    assert (removed["plan"], planned["diff"]) == ("delete", removed["diff"])
    assert schemas(tasks) == []
    assert tasks.done("data_schema", **CLAIMS, state="absent")["changed"] is False


@pytest.mark.parametrize("removed", ["marked", "gone"])
def test_a_deleted_schema_that_the_api_still_shows_counts_as_missing(tasks, removed):
    """Situation 14 of the public reports."""
    tasks.org.platform(removed_schema=removed)
    one = seeded(tasks)
    tasks.done("data_schema", **CLAIMS, state="absent")
    assert tasks.done("data_schema", type="workitem", id=one["id"], state="absent")["changed"] is False
    assert "There is no data schema with the id" in tasks.failed(
        "data_schema", type="workitem", id=one["id"], enabled=False
    )
    for query in ({}, {"name": "Claims"}, {"id": one["id"], "type": "workitem"}):
        assert tasks.done("data_schema_info", **query)["records"] == []
    created = tasks.done("data_schema", **CLAIMS, fields=[TEXT])
    assert (created["plan"], created["record"]["id"] != one["id"]) == ("create", True)
    assert [bool(one.get("deleted")) for one in tasks.org.objects(KINDS["workitem"])] == (
        [True, False] if removed == "marked" else [False]
    )


def test_the_type_of_external_organizations_has_no_removal(tasks):
    seeded(tasks, kind="external_organization")
    given = {"name": "Claims", "type": "external_organization"}
    for check_mode in (True, False):
        message = tasks.failed("data_schema", **given, state="absent", check_mode=check_mode)
        assert "The data schema 'Claims' was not removed, because the API has no removal" in message
    tasks.done("data_schema", **given, enabled=False)
    assert [one.split()[0] for one in tasks.writes()] == ["PUT"]


def test_a_schema_that_the_api_does_not_remove_is_an_error_with_its_words(tasks):
    seeded(tasks)
    body = {"code": "general.conflict", "message": "The schema is used by 3 worktypes."}
    tasks.org.fault(method="DELETE", path=f"{LIST}/*", status=409, body=body, times=None)
    assert "used by 3 worktypes" in tasks.failed("data_schema", **CLAIMS, state="absent")
    assert len(schemas(tasks)) == 1


@pytest.mark.parametrize(("on_conflict", "kept"), [("fail", "theirs"), ("overwrite", "ours")])
def test_another_version_at_the_write_is_a_conflict(tasks, on_conflict, kept):
    """Situation 3 of the public reports: a PUT with another version is 409."""
    one = seeded(tasks)
    theirs = {"jsonSchema": {"description": "theirs", "properties": {"number": core("number")}}}
    tasks.org.fault(method="PUT", path=f"{LIST}/{one['id']}", edit=theirs, times=1)
    given = {**CLAIMS, "description": "ours", "on_conflict": on_conflict}
    result = tasks.run("data_schema", **given)
    assert stored(tasks)["jsonSchema"]["description"] == kept
    assert sorted(properties(tasks)) == ["number", "text"]
    if on_conflict == "fail":
        assert 'description is now "theirs", declared "ours"' in result["msg"]
    else:
        assert [put["status"] for put in tasks.org.log(method="PUT")] == [409, 200]


def test_a_concurrent_change_of_another_field_is_no_conflict(tasks):
    one = seeded(tasks, {"text": core("text"), "number": core("number")})
    theirs = {"jsonSchema": {"properties": {"number": {"minimum": 5}}}}
    tasks.org.fault(method="PUT", path=f"{LIST}/{one['id']}", edit=theirs, times=1)
    tasks.done("data_schema", **CLAIMS, fields=[{**TEXT, "min_length": 1}, NUMBER])
    assert (properties(tasks)["text"]["minLength"], properties(tasks)["number"]["minimum"]) == (1, 5)


def test_reads_and_lists_that_lag_are_waited_for(tasks):
    """Situation 10 of the public reports."""
    lags = {"reads_until_found": 2, "lists_until_found": 2, "reads_until_updated": 2, "reads_until_gone": 2}
    tasks.org.platform(**lags)
    tasks.done("data_schema", **CLAIMS, fields=[TEXT], enabled=False)
    assert tasks.done("data_schema", **CLAIMS, fields=[TEXT, NUMBER])["plan"] == "update"
    one = stored(tasks)
    tasks.done("data_schema", type="workitem", id=one["id"], state="absent")
    assert tasks.done("data_schema", type="workitem", id=one["id"], state="absent")["changed"] is False
    accepted = [one for one in tasks.org.writes() if one["status"] not in (404, 409)]
    assert [one["method"] for one in accepted] == ["POST", "PUT", "PUT", "DELETE"]


@pytest.mark.parametrize("fault", [{"drop": "after"}, {"status": 503, "took_effect": True}])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_lost_response_is_resolved_by_a_read(tasks, method, fault):
    if method != "POST":
        seeded(tasks)
    tasks.org.fault(method=method, path=f"{LIST}*", times=1, **fault)
    state = "absent" if method == "DELETE" else "present"
    result = tasks.done("data_schema", **CLAIMS, fields=[TEXT, NUMBER], state=state)
    assert result["plan"] == {"POST": "create", "PUT": "update", "DELETE": "delete"}[method]
    assert [sorted(one["jsonSchema"]["properties"]) for one in schemas(tasks)] == (
        [] if method == "DELETE" else [["number", "text"]]
    )


def test_a_second_schema_of_a_name_is_found_where_the_api_accepts_it(tasks):
    tasks.org.platform(duplicate_schema_names="allowed")
    one, other = seeded(tasks), seeded(tasks)
    message = tasks.failed("data_schema", **CLAIMS, enabled=False)
    assert f"workitem:{one['id']}" in message and f"workitem:{other['id']}" in message
    tasks.done("data_schema", id=f"workitem:{one['id']}", name="Cases")
    message = tasks.failed("data_schema", id=f"workitem:{one['id']}", name="Claims")
    assert "'Claims', 'workitem' is taken by another data schema" in message


def test_a_name_that_is_taken_where_the_client_cannot_see_it_is_one_message(tasks):
    """Situation 19 of the public reports."""
    tasks.org.fault(method="POST", path=LIST, times=None, status=409, body={"code": "general.conflict"})
    message = tasks.failed("data_schema", **CLAIMS, fields=[TEXT])
    assert "another data schema is named 'Claims', but no list showed it within list_lag" in message


def test_a_rollback_keeps_new_fields_and_disables_new_options(tasks, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    tasks.done("data_schema", **CLAIMS, description="d", fields=[TIER])
    more = [
        {**TIER, "title": "T", "max_length": None, "options": [*TIER["options"], {"name": "new"}]},
        NUMBER,
    ]
    result = tasks.done("data_schema", **CLAIMS, description="e", fields=more, journal=journal)
    kept = (
        "the data schema 'Claims' keeps its new field 'number' and keeps its new option 'tier.new' as "
        "disabled, because the API removes neither fields nor options"
    )
    assert kept in str(warnings_of(result))
    outcome = tasks.done("org_config", state="rolled_back", journal=journal)["objects"][0]
    assert (outcome["plan"], outcome["not_restorable"]) == ("update", ["fields"])
    one = stored(tasks)["jsonSchema"]
    assert (one["description"], one["properties"]["tier"]["title"]) == ("d", "tier")
    assert one["properties"]["tier"]["_enumProperties"]["new"]["_disabled"] is True
    assert sorted(one["properties"]) == ["number", "tier"]


def test_a_rollback_of_a_removal_creates_the_schema_again(tasks, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    one = seeded(tasks, PROPERTIES, enabled=False)
    result = tasks.done("data_schema", **CLAIMS, state="absent", journal=journal)
    assert "gets a new id when a rollback creates it again" in str(warnings_of(result))
    assert "without its" not in str(warnings_of(result))
    outcome = tasks.done("org_config", state="rolled_back", journal=journal)["objects"][0]
    assert (outcome["plan"], outcome["not_restorable"]) == ("create", ["id"])
    again = stored(tasks)
    assert (again["id"] != one["id"], again["enabled"]) == (True, False)
    assert again["jsonSchema"] == one["jsonSchema"]
