# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the constraints on the resulting schema, all reported before any write (S4.1, S4.4)."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.resources.customobject_index.conftest import BY_PRIORITY, BY_STATUS, SCHEMA, SCHEMA_PATH


def single(name, *fields):
    return {"name": name, "fields": list(fields)}


@pytest.mark.parametrize("check_mode", [False, True])
def test_all_violations_together_each_with_index_and_field(org, index, ticket, check_mode):
    """Check a missing field, json, a missing target, free text and a duplicate field (S4.1, S4.4)."""
    result = index(
        check_mode=check_mode,
        indexes=[
            single("i_missing", "status", "stauts"),
            single("i_json", "payload"),
            single("i_reference", "loose"),
            single("i_text", "body"),
            single("i_twice", "priority", "created", "priority"),
        ],
        field_optimizations={"prioritty": {"cardinality_hint": "low"}},
        verify_query={"field": "statsu", "value": "open"},
    )
    assert result["failed"]
    expected = {
        "indexes": [
            "6 indexes",
            "by_status, i_missing, i_json, i_reference, i_text, i_twice",
            "5 are allowed",
        ],
        "indexes[0].fields[1]": ["'i_missing'", "'stauts'", "did you mean 'status'?"],
        "indexes[1].fields[0]": ["'i_json'", "'payload'", "type json"],
        "indexes[2].fields[0]": ["'i_reference'", "'loose'", "no target"],
        "indexes[3].fields[0]": ["'i_text'", "'body'", "1001", "on_low_selectivity"],
        "indexes[4].fields": ["'i_twice'", "'priority'", "more than once"],
        "field_optimizations.prioritty": ["did you mean 'priority'?"],
        "verify_query.field": ["'statsu'"],
    }
    found = dict(problem.split(": ", 1) for problem in result["problems"])
    assert found.keys() == expected.keys()
    for path, words in expected.items():
        assert not [word for word in words if word not in found[path]], found[path]
    assert org.writes() == []


@pytest.mark.parametrize("field", ["status", "priority", "created", "urgent", "agent", "customer"])
def test_fields_that_can_be_indexed(index, ticket, field):
    """Check string, number, date, boolean, reference with target, string of 1000 (S4.1, S4.4)."""
    result = index(check_mode=True, indexes=[single("i", field)])
    assert result["changed"], result


def test_the_number_counts_what_is_there_afterwards(org, index, ticket):
    """Check that undeclared indexes count and removed ones do not; the limit is an option (S4.1)."""
    five = [{"name": f"i{number}", "fields": ["priority"], "order": "asc"} for number in range(5)]
    org.edit("ticket", {"indexes": five}, "customobjects")
    assert "6 indexes" in index(check_mode=True, indexes=[BY_PRIORITY])["msg"]
    swap = [BY_PRIORITY, {"name": "i0", "state": "absent"}]
    assert index(check_mode=True, indexes=swap)["changed"]
    assert index(check_mode=True, indexes=[BY_PRIORITY], max_indexes=6)["changed"]
    assert "5 indexes" in index(check_mode=True, indexes=[{**five[0], "order": "desc"}], max_indexes=4)["msg"]


def test_a_broken_index_that_the_task_does_not_name_is_named(org, index, ticket):
    """Check a broken index that only the schema has; the write would include it and be refused (S4.1)."""
    broken = single("theirs", "gone")
    org.edit("ticket", {"indexes": [broken]}, "customobjects")
    result = index(indexes=[BY_PRIORITY])
    assert "indexes: the index 'theirs', which is in the schema and not in the task" in result["msg"]
    assert "'gone'" in result["msg"]
    assert org.writes() == []
    assert index(indexes=[BY_PRIORITY, {"name": "theirs", "state": "absent"}])["changed"]


@pytest.mark.parametrize(("reaction", "warned"), [("warn", True), ("ignore", False)], ids=["warn", "ignore"])
def test_free_text_can_be_a_warning_or_nothing(index, ticket, schema, reaction, warned):
    """Cover S4.4."""
    result = index(indexes=[single("i_text", "body")], on_low_selectivity=reaction)
    assert schema()["indexes"][-1]["name"] == "i_text"
    text = "indexes[0].fields[0]: the index 'i_text' has the free text 'body'"
    assert [text in warning for warning in warnings_of(result)] == [True] * warned


def test_free_text_in_an_undeclared_index_is_not_checked(org, index, ticket):
    org.edit("ticket", {"indexes": [single("theirs", "body")]}, "customobjects")
    result = index(check_mode=True, indexes=[BY_PRIORITY])
    assert result["changed"] and not warnings_of(result)


def test_a_schema_that_needs_no_change_is_judged_alike(org, index, ticket):
    """Check that a task is judged the same whether the org already has its state or not (S4.4)."""
    text = {**single("i_text", "body"), "order": "asc"}
    org.edit("ticket", {"indexes": [text]}, "customobjects")
    for check_mode in (False, True):
        assert index(check_mode=check_mode, indexes=[text])["failed"]
        assert not index(check_mode=check_mode, indexes=[text], on_low_selectivity="warn")["changed"]
    unknown = index(field_optimizations={"nothing": {"cardinality_hint": "low"}})
    assert "field_optimizations.nothing: the schema has no field 'nothing'" in unknown["msg"]
    assert org.writes() == []


def test_rules_hold_for_a_plan_made_anew(org, index, ticket):
    """Check that indexes of another writer between read and write count too (S4.1)."""
    theirs = [{**single(f"t{number}", "priority"), "order": "asc"} for number in range(5)]
    org.fault(method="PUT", path=SCHEMA_PATH, times=1, edit={"indexes": theirs})
    result = index(indexes=[BY_PRIORITY])
    assert "6 indexes" in result["msg"]
    assert [put["status"] for put in org.log("PUT")] == [412]


@pytest.mark.parametrize(
    ("fields", "optimizations", "advised"),
    [
        (["status", "customer"], {}, "['customer', 'status']"),
        (["status", "created", "customer"], {}, "['customer', 'status', 'created']"),
        (["urgent", "priority"], {"priority": {"cardinality_hint": "medium"}}, "['priority', 'urgent']"),
        (["status", "priority"], {}, None),
        (["customer", "status"], {}, None),
        (["status"], {}, None),
    ],
    ids=str,
)
def test_advice_on_a_leading_field_of_few_values(index, ticket, fields, optimizations, advised):
    """Check the advised order and its reason (S4.4, S4.7)."""
    result = index(check_mode=True, indexes=[single("i", *fields)], field_optimizations=optimizations)
    warnings = warnings_of(result)
    assert len(warnings) == (advised is not None)
    if advised is not None:
        assert warnings[0].startswith(f"indexes[0].fields: the index 'i' begins with {fields[0]!r}")
        assert f"order its fields {advised}, because" in warnings[0]
        assert "many distinct values before those with few" in warnings[0]
        ignored = index(
            check_mode=True,
            indexes=[single("i", *fields)],
            field_optimizations=optimizations,
            on_low_selectivity="ignore",
        )
        assert not warnings_of(ignored)


def test_a_schema_without_fields_has_none_to_index(org, index):
    org.seed([{"id": "ticket", "name": "Ticket", "indexes": []}], "customobjects")
    assert "'by_status' names the field 'status'" in index(indexes=[BY_STATUS])["msg"]
    assert org.objects("customobjects")[0]["schemaVersion"] != SCHEMA["schemaVersion"]
