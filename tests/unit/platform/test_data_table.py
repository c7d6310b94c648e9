# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data tables on the platform API (N.6): columns, divisions and the table itself, against the simulator."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.platform.data_tables import COLUMNS, LIST, PRICES, properties, schema_of, seeded, stored


def test_a_data_table_is_created_and_then_unchanged(tasks):
    wanted = {**PRICES, "description": "d", "key_title": "SKU", "columns": COLUMNS}
    planned = tasks.done("data_table", **wanted, check_mode=True)
    assert tasks.org.writes() == []
    result = tasks.done("data_table", **wanted)
    assert (result["plan"], planned["plan"], planned["diff"]) == ("create", "create", result["diff"])
    record = result["record"]
    assert record["columns"] == [{"default": None, **column} for column in COLUMNS]
    assert (record["division"], record["rows"], record["key_title"]) == ("Home", None, "SKU")
    assert properties(tasks)["key"] == {
        "$id": "/properties/key",
        "type": "string",
        "title": "SKU",
        "displayOrder": 0,
        "minLength": 1,
        "maxLength": 256,
    }
    assert properties(tasks)["count"] == {
        "$id": "/properties/count",
        "type": "integer",
        "title": "Count",
        "default": 7,
        "displayOrder": 2,
    }
    again = tasks.done("data_table", **wanted)
    assert (again["changed"], again["record"]) == (False, record)
    assert tasks.writes() == [f"POST {LIST}"]


def test_the_record_can_be_given_back(tasks):
    seeded(tasks, rows=[{"key": "a", "price": 1.5}])
    (record,) = tasks.done("data_table_info", **PRICES, rows=True)["records"]
    assert record["rows"] == [{"key": "a", "price": 1.5}]
    assert tasks.done("data_table", **record)["changed"] is False


def test_an_unchanged_data_table_without_rows_in_the_task_reads_no_rows(tasks):
    seeded(tasks, rows=[{"key": "a"}])
    tasks.done("data_table", **PRICES, columns=COLUMNS)
    assert [entry["path"] for entry in tasks.org.log() if "rows" in entry["path"]] == []


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (COLUMNS[1:], "columns: lacks 'text', which the data table has, and the API removes no column"),
        (
            [{**COLUMNS[0], "type": "integer"}, *COLUMNS[1:]],
            "columns: declares 'text' as integer, but it is string",
        ),
    ],
)
def test_columns_only_grow(tasks, columns, message):
    """Situation 11 of the public reports."""
    seeded(tasks)
    for check_mode in (True, False):
        assert message in tasks.failed("data_table", **PRICES, columns=columns, check_mode=check_mode)
    assert tasks.org.writes() == []


def test_titles_and_order_change_and_columns_are_added(tasks):
    """Situation 11 of the public reports."""
    seeded(tasks, [{**COLUMNS[0], "maxLength": 20}, *COLUMNS[1:]], description="kept")
    columns = [COLUMNS[1], {"name": "text", "type": "string", "title": "New"}, *COLUMNS[2:]]
    columns.append({"name": "more", "type": "string", "default": "x"})
    result = tasks.done("data_table", **PRICES, columns=columns)
    assert result["plan"] == "update"
    (put,) = tasks.org.log(method="PUT")
    sent = put["body"]["schema"]
    assert (sent["required"], sent["additionalProperties"]) == (["key"], False)
    assert (put["body"]["description"], put["body"]["division"]["id"] != "") == ("kept", True)
    assert [*sent["properties"]] == ["key", "count", "text", "price", "sold", "more"]
    assert sent["properties"]["text"]["title"] == "New"
    assert sent["properties"]["text"]["maxLength"] == 20
    assert sent["properties"]["more"]["title"] == "more"
    assert tasks.done("data_table", **PRICES, columns=columns)["changed"] is False


def test_an_old_data_table_without_display_order_has_the_order_of_its_schema(tasks):
    schema = schema_of(COLUMNS)
    for described in schema["properties"].values():
        del described["displayOrder"]
    seeded(tasks, schema=schema)
    assert tasks.done("data_table", **PRICES, columns=COLUMNS)["changed"] is False


def test_an_omitted_title_or_default_is_kept_and_a_null_default_is_removed(tasks):
    seeded(tasks)
    brief = [{"name": column["name"], "type": column["type"]} for column in COLUMNS]
    assert tasks.done("data_table", **PRICES, columns=brief)["changed"] is False
    brief[1]["default"] = None
    tasks.done("data_table", **PRICES, columns=brief)
    assert "default" not in properties(tasks)["count"]


def test_a_division_is_found_by_its_name(tasks):
    (sales,) = tasks.org.seed([{"name": "Sales"}], "divisions")
    tasks.done("data_table", **PRICES, division="Sales")
    assert stored(tasks)["divisionId"] == sales["id"]
    assert tasks.done("data_table", **PRICES, division="Sales")["changed"] is False
    result = tasks.done("data_table", **PRICES, division=None)
    assert (result["diff"]["before"]["division"], result["diff"]["after"]["division"]) == ("Sales", "Home")
    assert "There is no division 'Service' in this org" in tasks.failed(
        "data_table", **PRICES, division="Service"
    )


def test_a_rename_to_a_taken_name_is_refused_before_the_write(tasks):
    seeded(tasks, name="Other")
    one = seeded(tasks)
    for check_mode in (True, False):
        message = tasks.failed("data_table", id=one["id"], name="Other", check_mode=check_mode)
        assert "name: 'Other' is taken by another data table" in message
    assert tasks.org.writes() == []
    assert tasks.done("data_table", id=one["id"], name="New")["record"]["name"] == "New"


def test_a_data_table_that_flows_use_is_not_removed(tasks):
    one = seeded(tasks, rows=[{"key": "a"}])
    consumer = {"resourceId": one["id"], "flowId": "f", "name": "Main", "type": "INBOUNDCALLFLOW"}
    used = tasks.org.seed([{**consumer, "version": version} for version in "12"], "consumers")
    for check_mode in (True, False):
        message = tasks.failed("data_table", **PRICES, state="absent", check_mode=check_mode)
        assert "because flows use it: INBOUNDCALLFLOW 'Main' (version 1), INBOUNDCALLFLOW" in message
    assert tasks.org.writes() == []
    for version in used:
        tasks.org.delete(version["id"], "consumers")
    result = tasks.done("data_table", **PRICES, state="absent")
    assert (result["plan"], result["snapshot"]["rows"]) == ("delete", [{"key": "a"}])
    assert tasks.org.objects("data_tables") == []
    assert tasks.done("data_table", **PRICES, state="absent")["changed"] is False


def test_without_dependency_tracking_the_api_decides_whether_a_data_table_is_in_use(tasks):
    one = seeded(tasks)
    consumer = {"resourceId": one["id"], "flowId": "f", "name": "Main", "type": "INBOUNDCALLFLOW"}
    tasks.org.seed([consumer], "consumers")
    tasks.org.fault(method="GET", path="*/dependencytracking/*", status=403, times=None)
    assert "(409 general.conflict)" in tasks.failed("data_table", **PRICES, state="absent")
    tasks.org.platform(data_table_in_use="deleted")
    assert tasks.done("data_table", **PRICES, state="absent")["plan"] == "delete"


def test_a_concurrent_change_between_read_and_write_is_seen_although_there_is_no_lock(tasks):
    one = seeded(tasks, description="old")
    # The third read is the one right before the write.
    tasks.org.fault(method="GET", path=f"{LIST}/{one['id']}", after=1, edit={"description": "theirs"})
    message = tasks.failed("data_table", **PRICES, description="mine")
    assert "conflicts with this task; nothing was written: description is now" in message
    assert tasks.writes() == []
    tasks.org.edit(one["id"], {"description": "old"}, "data_tables")
    tasks.org.fault(method="GET", path=f"{LIST}/{one['id']}", after=1, edit={"schema": {"x": 1}})
    assert tasks.done("data_table", **PRICES, description="mine")["changed"]


def test_lags_after_a_write_are_waited_for(tasks):
    """Situation 10 of the public reports."""
    tasks.org.platform(reads_until_found=2, lists_until_found=2, reads_until_updated=2, reads_until_gone=2)
    rows = [{"key": "a", "text": "1"}]
    assert tasks.done("data_table", **PRICES, columns=COLUMNS, rows=rows)["changed"]
    assert len(tasks.org.objects("data_tables")) == 1
    assert tasks.done("data_table", **PRICES, description="new")["changed"]
    assert tasks.done("data_table", **PRICES, rows=[{"key": "a", "text": "2"}])["changed"]
    assert tasks.done("data_table", **PRICES, rows=[], prune_rows={"enabled": True})["changed"]
    assert tasks.org.objects("data_table_rows") == []
    tasks.done("data_table", **PRICES, state="absent")
    assert tasks.org.objects("data_tables") == []


@pytest.mark.parametrize("answer", ["with_schema", "without_schema"])
def test_the_answer_to_a_write_may_lack_the_schema(tasks, answer):
    tasks.org.platform(table_write_answer=answer)
    created = tasks.done("data_table", **PRICES, columns=COLUMNS[:1], verify=False)
    assert [column["name"] for column in created["record"]["columns"]] == ["text"]
    tasks.done("data_table", **PRICES, columns=COLUMNS)


def test_a_missing_permission_is_named(tasks, new_org):
    tasks.org = new_org(api="platform", permissions=["architect:datatable:view"])
    assert "architect:datatable:add" in tasks.failed("data_table", **PRICES)


def test_a_rollback_keeps_new_columns_and_the_task_says_so_before(tasks, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    seeded(tasks, COLUMNS[:1])
    changed = [{**COLUMNS[0], "title": "New"}, COLUMNS[1]]
    result = tasks.done("data_table", **PRICES, columns=changed, description="d", journal=journal)
    kept = "keeps its new column 'count', because the API removes no column"
    assert any(kept in warning for warning in warnings_of(result)), result
    outcome = tasks.done("org_config", state="rolled_back", journal=journal)["objects"][0]
    assert (outcome["plan"], outcome["not_restorable"]) == ("update", ["columns"])
    table = stored(tasks)
    assert (table["description"], properties(tasks)["text"]["title"]) == ("", "Text")
    assert [*properties(tasks)] == ["key", "text", "count"]


def test_a_rollback_of_a_removal_creates_table_and_rows_again(tasks, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    rows = [{"key": "a/b", "text": "t", "count": 12345678901234567890, "price": 1.5, "sold": True}]
    one = seeded(tasks, rows=rows, description="d")
    tasks.done("data_table", **PRICES, state="absent", journal=journal)
    outcome = tasks.done("org_config", state="rolled_back", journal=journal)["objects"][0]
    assert (outcome["plan"], outcome["not_restorable"]) == ("create", ["id"])
    (restored,) = tasks.org.objects("data_table_rows")
    assert restored["row"] == rows[0]
    assert (stored(tasks)["description"], stored(tasks)["id"] != one["id"]) == ("d", True)


def test_a_rollback_does_not_remove_a_created_table_with_rows_of_others(tasks, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    tasks.done("data_table", **PRICES, columns=COLUMNS, journal=journal)
    table = stored(tasks)
    (other,) = tasks.org.seed([{"tableId": table["id"], "row": {"key": "x"}}], "data_table_rows")
    message = tasks.failed("org_config", state="rolled_back", journal=journal)
    assert "it has rows that this run has not written" in message
    tasks.org.delete(other["id"], "data_table_rows")
    tasks.done("org_config", state="rolled_back", journal=journal)
    assert tasks.org.objects("data_tables") == []


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"columns": [{"name": "key", "type": "string"}]}, "columns[0].name: must not be 'key'"),
        ({"columns": [COLUMNS[0], COLUMNS[0]]}, "columns[1].name: 'text' is declared twice"),
        (
            {"columns": [{"name": "n", "type": "integer", "default": "x"}]},
            "columns[0].default: must be a whole",
        ),
        (
            {"columns": [{"name": "n", "type": "number", "default": "0.12345678901234567890"}]},
            "columns[0].default",
        ),
        ({"columns": [{"name": "n"}]}, "columns[0].type"),
        ({"columns": [None, 5]}, "columns[1]"),
        ({"prune_rows": {"enabled": True}}, "prune_rows: would remove every row"),
        ({"prune_rows": {"max": -1}}, "prune_rows.max: must be 0 or more"),
        ({"bulk_threshold": 0}, "bulk_threshold: must be 1 or more"),
        ({"rows": None}, "rows: cannot be null"),
        ({"rows": [], "rows_path": "/none.csv"}, "rows_path: excludes rows"),
        ({"rows_path": "/none.csv"}, "rows_path: '/none.csv' cannot be read"),
        ({"rows_path": "/dev/null"}, "rows_path: '/dev/null' is not a regular file"),
    ],
)
def test_wrong_options_are_problems_before_any_request(tasks, given, problem):
    assert problem in tasks.failed("data_table", **PRICES, **given)
    assert tasks.org.log() == []


@pytest.mark.parametrize(
    "schema",
    [None, 5, {}, {"properties": []}, {"properties": {"key": 1}}, {"properties": {"a": {"type": 5}}}],
)
def test_a_schema_of_another_form_is_an_error_and_no_traceback(tasks, schema):
    entity = {"id": "t-1", "name": "Prices", "schema": schema}
    body = {"entities": [entity], "total": 1, "pageCount": 1, "pageNumber": 1, "pageSize": 100}
    tasks.org.fault(method="GET", path=LIST, status=200, times=None, body=body)
    tasks.org.fault(method="GET", path=f"{LIST}/t-1", status=200, times=None, body=entity)
    for module, given in (("data_table_info", {}), ("data_table", {"columns": COLUMNS})):
        result = tasks.run(module, **PRICES, **given)
        assert result.get("failed") and "Traceback" not in str(result["msg"]), result
    assert tasks.org.writes() == []
