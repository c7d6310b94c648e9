# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of verify_query: whether the query used an index, and the advice after a full scan (S4.7)."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.resources.customobject_index.conftest import BY_PRIORITY, BY_STATUS, QUERIES, SCHEMA_PATH, record

SECRETIVE = "Jane Roe, +49 171 5550100"


def query(field, value, **more):
    return {"verify_query": {"field": field, "value": value, **more}}


@pytest.fixture
def page(org, ticket):
    """Return a function that scripts the next responses of the query endpoint: page({...}, {...})."""

    def script(*bodies):
        for number, body in enumerate(bodies):
            org.fault(method="POST", path=QUERIES, after=number, times=1, status=200, body=body)

    return script


def test_after_the_rebuild_the_index_is_used(org, index, ticket):
    """Check that the query is sent after the wait; before it the query would be a full scan (S4.7)."""
    org.seed([record(number, priority=number % 3) for number in range(9)], "customobject_records")
    org.simulator.rebuild(org.key, duration=1, order="version_first")
    result = index(indexes=[BY_PRIORITY], **query("priority", 2, on_full_scan="fail"))
    told = result["verification"]
    assert (told["field"], told["index_used"], told["matches"]) == ("priority", True, 3)
    assert (told["pages"], told["complete"]) == (1, True)
    assert told["query_plan"]["index"] == "by_priority"
    assert 0 <= told["latency_ms"] < 5000
    assert [entry["path"] for entry in org.log() if entry["path"] in (SCHEMA_PATH, QUERIES)][-1] == QUERIES
    assert not warnings_of(result)


def test_pages_are_followed_and_bounded(org, index, ticket):
    """Cover S4.7."""
    org.seed([record(number, status="open") for number in range(250)], "customobject_records")
    told = index(**query("status", "open"))["verification"]
    assert (told["matches"], told["pages"], told["complete"]) == (250, 3, True)
    bodies = [entry["body"] for entry in org.log("POST", QUERIES)]
    assert [set(body) for body in bodies] == [
        {"customObjectId", "query", "limit"},
        *[{"customObjectId", "query", "limit", "pageToken"}] * 2,
    ]
    assert {body["limit"] for body in bodies} == {100}
    assert bodies[0]["query"] == {"type": "term", "field": "status", "value": "open"}
    org.seed([record(number, status="open") for number in range(250, 1150)], "customobject_records")
    told = index(**query("status", "open"))["verification"]
    assert (told["matches"], told["pages"], told["complete"]) == (1000, 10, False)


def test_a_page_token_that_comes_back_ends_the_query(index, page):
    """Cover S4.7."""
    again = {"results": [{}], "nextPageToken": "a", "indexUsed": True}
    page(again, again, again)
    told = index(**query("status", "open"))["verification"]
    assert (told["pages"], told["complete"], told["index_used"]) == (2, False, True)


@pytest.mark.parametrize(
    ("pages", "used"),
    [
        ([{"results": []}], None),
        ([{"results": [], "indexUsed": None}], None),
        ([{"results": [], "nextPageToken": "a", "indexUsed": True}, {"results": []}], None),
        ([{"results": [], "nextPageToken": "a"}, {"results": [], "indexUsed": False}], False),
        ([{"results": [], "nextPageToken": "a", "indexUsed": True}, {"indexUsed": True}], True),
    ],
    ids=["missing", "null", "missing later", "full scan later", "used"],
)
def test_a_missing_index_used_is_unknown_and_not_no(index, page, pages, used):
    """Cover S4.7."""
    page(*pages)
    result = index(**query("status", "open", on_full_scan="fail"))
    assert result["verification"]["index_used"] is used
    assert bool(result.get("failed")) == (used is False)


@pytest.mark.parametrize(
    ("indexes", "field", "advice"),
    [
        ([BY_STATUS], "priority", "'by_status' has 'priority' behind 'status'"),
        ([BY_STATUS], "priority", "order its fields ['priority', 'status'], or declare another index"),
        ([BY_PRIORITY], "customer", "No index has 'customer': declare one that begins with it."),
    ],
)
def test_a_full_scan_is_a_warning_with_advice(index, ticket, indexes, field, advice):
    """Cover S4.7."""
    result = index(indexes=indexes, **query(field, "x"))
    (warning,) = warnings_of(result)
    assert warning.startswith(
        f"verify_query: A query on the field '{field}' of the custom object schema 'Ticket'"
    )
    assert advice in warning
    assert result["verification"]["index_used"] is False


@pytest.mark.parametrize(
    ("fields", "field", "advice"),
    [
        (
            ["status", "created", "customer"],
            "status",
            "order them ['customer', 'status', 'created'], because",
        ),
        (["status"], "status", "'status' has few distinct values"),
        (["customer"], "customer", "check the field's cardinality hint in field_optimizations"),
    ],
    ids=["another order", "few values", "no obvious reason"],
)
def test_advice_where_an_index_begins_with_the_field(org, index, page, fields, field, advice):
    """Check the advice if the optimiser skips an index that begins with the field (S4.7)."""
    org.edit("ticket", {"indexes": [{"name": "i", "fields": fields, "order": "asc"}]}, "customobjects")
    page({"results": [], "indexUsed": False})
    (warning,) = warnings_of(index(**query(field, "x")))
    assert f"The index 'i' begins with {field!r}, but was not used" in warning
    assert advice in warning


def test_a_full_scan_can_fail_the_task_and_the_error_has_the_write(org, index, ticket, schema):
    """Cover S4.7."""
    result = index(indexes=[BY_PRIORITY], **query("customer", "x", on_full_scan="fail"))
    assert (result["failed"], result["changed"], result["rebuild"]) == (True, True, "finished")
    assert result["verification"]["index_used"] is False
    assert "No index has 'customer'" in result["msg"]
    assert [entry["name"] for entry in schema()["indexes"]] == ["by_status", "by_priority"]


def test_the_verdict_does_not_depend_on_who_wrote(org, index, ticket):
    """Check a full scan without a change, in both modes (S4.7)."""
    for check_mode in (False, True):
        result = index(
            check_mode=check_mode, indexes=[BY_STATUS], **query("customer", "x", on_full_scan="fail")
        )
        assert (result["failed"], result["changed"]) == (True, False)
    assert [entry["path"] for entry in org.writes()] == [QUERIES] * 2


def test_check_mode_cannot_query_an_index_that_is_not_there(org, index, ticket):
    """Cover S4.7 and C.1."""
    result = index(check_mode=True, indexes=[BY_PRIORITY], **query("priority", 1, on_full_scan="fail"))
    assert result["changed"] and "verification" not in result
    assert org.writes() == []


def test_without_waiting_for_the_rebuild_there_is_no_verification(org, index, ticket):
    """Cover S4.7."""
    result = index(indexes=[BY_PRIORITY], wait=False, **query("priority", 1, on_full_scan="fail"))
    assert (result["rebuild"], "verification" in result) == ("pending", False)
    assert warnings_of(result) == [
        "verify_query: was not run, because the task does not wait for the rebuild"
    ]
    assert org.log("POST", QUERIES) == []


@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"status": 429, "retry_after": 1}, {"drop": "after"}], ids=str
)
def test_a_query_only_reads_and_is_repeated(org, index, ticket, fault):
    """Cover S4.7."""
    org.fault(method="POST", path=QUERIES, times=1, **fault)
    assert index(**query("status", "open"))["verification"]["index_used"] is True
    assert len(org.log("POST", QUERIES)) == 2


def test_a_missing_scope_is_named_after_an_accepted_write(new_org, run_on):
    """Cover S4.7."""
    scopes = ["customobjects:customobject:read", "customobjects:customobject:write", "organization:read"]
    result = run_on(new_org(scopes=scopes), indexes=[BY_PRIORITY], **query("priority", 1))
    assert (result["failed"], result["changed"], result["status"]) == (True, True, 403)
    assert "customobjects:customobject:query" in result["msg"]


@pytest.mark.parametrize("on_full_scan", ["warn", "fail"])
def test_the_queried_value_is_in_no_message_and_no_result(org, index, ticket, on_full_scan):
    """Check that the value is hidden, because it may be personal data (S4.7)."""
    result = index(**query("customer", SECRETIVE, on_full_scan=on_full_scan))
    result.pop("invocation", None)  # newer controllers return no arguments; older ones return them as given
    assert "Jane" not in str(result)
    org.fault(method="POST", path=QUERIES, times=None, status=400, body={"message": "bad", "status": 400})
    result = index(**query("customer", SECRETIVE))
    result.pop("invocation", None)
    assert result["failed"] and "Jane" not in str(result)
