# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of merging indexes by name in one write (S4.2, S4.3, S4.5, S4.9, C.1)."""

from __future__ import annotations

import pytest

from unit.resources.customobject_index.conftest import BY_PRIORITY, BY_STATUS, SCHEMA, SCHEMA_PATH, names

STORED_STATUS = {**BY_STATUS, "order": "asc"}
BY_CREATED = {"name": "by_created", "fields": ["created", "status"], "order": ["desc", "asc"]}


def unchanged(result):
    return (result.get("failed"), result["changed"], result["plan"]) == (None, False, "none")


def keeps_undeclared_fields(schema):
    """Return whether the fields that no task declares still have their seeded values."""
    undeclared = ("id", "name", "description", "customFields", "retentionClass")
    return {key: schema[key] for key in undeclared} == {key: SCHEMA[key] for key in undeclared}


def test_an_index_is_added_and_all_else_stays(org, index, ticket, schema):
    result = index(indexes=[BY_PRIORITY])
    assert (result["changed"], result["plan"], result["rebuild"]) == (True, "update", "finished")
    assert schema()["indexes"] == [STORED_STATUS, BY_PRIORITY]
    assert schema()["fields"] == SCHEMA["fields"]
    assert keeps_undeclared_fields(schema())
    (put,) = org.log("PUT")
    assert set(put["body"]).isdisjoint({"id", "schemaVersion", "lastUpdated"})
    assert put["request_headers"]["if-match"]
    assert names(result) == ["by_status", "by_priority"]
    assert (result["record"]["custom_object_id"], result["record"]["schema_version"]) == ("ticket", 8)


def test_all_changes_are_one_write(org, index, ticket, schema):
    """Cover S4.5."""
    assert index(
        indexes=[BY_PRIORITY, BY_CREATED, {"name": "by_status", "state": "absent"}],
        field_optimizations={"priority": {"cardinality_hint": "medium"}, "status": None},
    )["changed"]
    assert len(org.log("PUT")) == 1
    assert schema()["indexes"] == [BY_PRIORITY, BY_CREATED]


@pytest.mark.parametrize(
    "same",
    [
        BY_STATUS,
        {**BY_STATUS, "order": "asc"},
        {**BY_STATUS, "order": ["asc", "asc"]},
        {**BY_STATUS, "order": None},
    ],
    ids=["omitted", "default", "one per field", "null"],
)
@pytest.mark.parametrize("stored", [{}, {"order": "asc"}, {"order": ["asc", "asc"]}], ids=str)
def test_equal_but_written_differently(org, index, same, stored):
    """Cover S4.2."""
    org.seed([{**SCHEMA, "indexes": [{**BY_STATUS, **stored}]}], "customobjects")
    assert unchanged(index(indexes=[same]))
    assert org.writes() == []


@pytest.mark.parametrize(
    "different",
    [
        {"fields": ["priority", "status"]},
        {"fields": ["status"]},
        {"order": "desc"},
        {"order": ["asc", "desc"]},
    ],
    ids=str,
)
def test_an_index_that_differs_is_replaced_in_its_place_and_the_diff_shows_it(
    org, index, ticket, schema, different
):
    """Cover S4.2."""
    org.edit("ticket", {"indexes": [STORED_STATUS, BY_PRIORITY]}, "customobjects")
    new = {**STORED_STATUS, **different}
    result = index(indexes=[new])
    assert schema()["indexes"] == [new, BY_PRIORITY]
    assert result["diff"]["before"]["indexes"] == [STORED_STATUS, BY_PRIORITY]
    assert result["diff"]["after"]["indexes"] == [new, BY_PRIORITY]
    assert result["snapshot"]["indexes"] == [STORED_STATUS, BY_PRIORITY]
    assert unchanged(index(indexes=[new]))


def test_a_replaced_index_keeps_what_we_do_not_know(org, index, schema):
    org.seed([{**SCHEMA, "indexes": [{**STORED_STATUS, "collation": "de"}]}], "customobjects")
    assert index(indexes=[{**BY_STATUS, "order": "desc"}])["changed"]
    assert schema()["indexes"] == [{**BY_STATUS, "order": "desc", "collation": "de"}]


def test_the_order_of_indexes_means_nothing(org, index, ticket):
    org.edit("ticket", {"indexes": [STORED_STATUS, BY_PRIORITY]}, "customobjects")
    assert unchanged(index(indexes=[BY_PRIORITY, BY_STATUS]))


def test_single_indexes_are_removed_with_their_own_state(org, index, ticket, schema):
    """Cover S4.9."""
    result = index(indexes=[{"name": "by_status", "state": "absent"}, BY_PRIORITY])
    assert result["rebuild"] == "finished"
    assert schema()["indexes"] == [BY_PRIORITY]
    assert unchanged(index(indexes=[{"name": "by_status", "state": "absent"}]))


def test_state_absent_removes_the_named_indexes_and_never_the_schema(org, index, ticket, schema):
    """Cover S4.9."""
    org.edit("ticket", {"indexes": [STORED_STATUS, BY_PRIORITY, BY_CREATED]}, "customobjects")
    doomed = [BY_PRIORITY, {"name": "by_status", "state": "absent"}, {"name": "never_was"}]
    result = index(state="absent", indexes=doomed)
    assert (result["changed"], result["plan"], names(result)) == (True, "update", ["by_created"])
    assert schema()["indexes"] == [BY_CREATED]
    assert keeps_undeclared_fields(schema())
    assert [entry["method"] for entry in org.log(path=SCHEMA_PATH)].count("DELETE") == 0
    assert unchanged(index(state="absent", indexes=doomed))


def test_null_removes_all_indexes_and_an_empty_list_none(org, index, ticket, schema):
    assert unchanged(index(indexes=[]))
    assert index(indexes=None)["changed"]
    assert schema()["indexes"] == []
    assert unchanged(index(indexes=None))


def test_a_schema_without_indexes_or_fields_key(org, index, schema):
    org.seed([{"id": "ticket", "name": "Ticket"}], "customobjects")
    assert unchanged(index(indexes=None, field_optimizations=None))
    assert unchanged(index(state="absent", indexes=[{"name": "by_status"}]))


def hints(schema):
    return {
        field["name"]: field["cardinalityHint"] for field in schema["fields"] if "cardinalityHint" in field
    }


@pytest.mark.parametrize(
    ("optimizations", "expected"),
    [
        (
            {"priority": {"cardinality_hint": "high"}},
            {"status": "low", "priority": "high", "customer": "high"},
        ),
        ({"status": {"cardinality_hint": "medium"}}, {"status": "medium", "customer": "high"}),
        ({"status": {"cardinality_hint": None}}, {"customer": "high"}),
        ({"status": None}, {"customer": "high"}),
        (None, {}),
    ],
    ids=str,
)
def test_hints_are_part_of_the_declared_state(org, index, ticket, schema, optimizations, expected):
    """Cover S4.3."""
    result = index(field_optimizations=optimizations)
    assert result["changed"]
    assert hints(schema()) == expected
    assert [{**field, "cardinalityHint": None} for field in schema()["fields"]] == [
        {**field, "cardinalityHint": None} for field in SCHEMA["fields"]
    ]
    shown = {name: {"cardinality_hint": hint} for name, hint in expected.items()}
    assert result["diff"]["after"]["field_optimizations"] == shown
    assert schema()["indexes"] == [STORED_STATUS]
    assert unchanged(index(field_optimizations=optimizations))


def test_hints_that_are_there_already_are_no_change(org, index, ticket):
    """Cover S4.3."""
    declared = {"status": {"cardinality_hint": "low"}, "priority": {}, "created": {"cardinality_hint": None}}
    assert unchanged(index(field_optimizations=declared))


@pytest.mark.parametrize(
    "options",
    [
        {"indexes": [BY_PRIORITY, {"name": "by_status", "state": "absent"}]},
        {"indexes": [{**BY_STATUS, "order": "desc"}], "field_optimizations": {"status": None}},
        {"state": "absent", "indexes": [{"name": "by_status"}]},
        {"indexes": [BY_STATUS]},
    ],
    ids=["add and remove", "replace", "absent", "nothing"],
)
def test_check_mode_shows_the_real_runs_result_and_writes_nothing(org, index, ticket, options):
    """Cover C.1."""
    dry = index(check_mode=True, **options)
    assert org.writes() == []
    assert org.objects("customobjects") == [ticket]
    real = index(**options)
    for key in ("changed", "plan", "diff"):
        assert dry[key] == real[key]
    moves = {"schema_version", "last_updated"}
    assert {key: value for key, value in dry["record"].items() if key not in moves} == {
        key: value for key, value in real["record"].items() if key not in moves
    }
    assert "rebuild" not in dry


def test_the_record_can_be_given_back(org, index, ticket):
    record = index(indexes=[BY_PRIORITY, BY_CREATED])["record"]
    again = {key: record[key] for key in ("indexes", "field_optimizations")}
    assert unchanged(index(**again))


def test_an_unknown_custom_object_is_an_error_with_its_cure(org, index, ticket):
    result = index(custom_object_id="tikcet", indexes=[BY_PRIORITY])
    assert result["msg"] == (
        "There is no custom object schema with the id 'tikcet' in this org. Correct custom_object_id."
    )
    assert org.writes() == []
    assert index(custom_object_id="tikcet", state="absent", indexes=[{"name": "a"}])["failed"]
