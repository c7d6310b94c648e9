# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of data tables on the platform API (N.7), against the simulator and its switches."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.platform.data_tables import COLUMNS, LIST, PRICES, rows_of, seeded

PRUNE = {"enabled": True, "max": 10}
FULL = {"text": "t", "count": 1, "price": 1.5, "sold": True}


def row_writes(tasks):
    """Return the writes of rows as C(PUT key)."""
    return [
        f"{entry['method']} {entry['path'].partition('/rows')[2].lstrip('/') or entry['body']['key']}"
        for entry in tasks.org.writes()
        if "/rows" in entry["path"]
    ]


def test_rows_are_created_changed_and_pruned_each_by_one_request(tasks):
    seeded(tasks, rows=[{"key": "same", **FULL}, {"key": "old", **FULL}, {"key": "gone"}, {"key": "SYS-1"}])
    rows = [{"key": "same", **FULL}, {"key": "old", **FULL, "count": 2}, {"key": "new", "text": "n"}]
    rule = {"enabled": True, "protect": ["SYS-*"]}
    given = {**PRICES, "rows": rows, "prune_rows": rule}
    planned = tasks.done("data_table", **given, check_mode=True)
    assert tasks.org.writes() == []
    result = tasks.done("data_table", **given)
    assert (planned["plan"], planned["diff"]) == ("update", result["diff"])
    assert row_writes(tasks) == ["POST new", "PUT old", "DELETE gone"]
    before, after = result["diff"]["before"]["rows"], result["diff"]["after"]["rows"]
    assert (before["old"]["count"], after["old"]["count"], "gone" in before, "gone" in after) == (
        1,
        2,
        True,
        False,
    )
    assert rows_of(tasks)["new"] == {"text": "n", "count": 7, "price": 0, "sold": False}
    assert {"SYS-1", "same"} < set(rows_of(tasks))
    again = tasks.done("data_table", **given)
    assert (again["changed"], len(row_writes(tasks))) == (False, 3)


def test_rows_that_the_task_does_not_declare_stay(tasks):
    seeded(tasks, rows=[{"key": "theirs"}])
    tasks.done("data_table", **PRICES, rows=[{"key": "a"}])
    assert sorted(rows_of(tasks)) == ["a", "theirs"]


def test_a_new_table_has_its_rows(tasks):
    result = tasks.done("data_table", **PRICES, columns=COLUMNS, rows=[{"key": 1, **FULL}])
    assert result["record"]["rows"] == [{"key": "1", **FULL}]
    assert rows_of(tasks) == {"1": FULL}
    assert tasks.done("data_table", **PRICES, columns=COLUMNS, rows=[{"key": 1, **FULL}])["changed"] is False


def test_more_rows_than_the_maximum_are_not_pruned(tasks):
    seeded(tasks, rows=[{"key": str(number)} for number in range(11)])
    for check_mode in (True, False):
        given = {"rows": [], "prune_rows": {"enabled": True}}
        message = tasks.failed("data_table", **PRICES, **given, check_mode=check_mode)
        assert "prune_rows.max: 11 rows would be removed, more than 10: '0', '1'" in message
    assert tasks.org.writes() == []


@pytest.mark.parametrize("form", ["filled", "absent"])
@pytest.mark.parametrize("value", [{}, {"count": 0}, {"count": 7, "text": "", "price": 0, "sold": False}])
def test_a_missing_value_is_equal_to_false_an_empty_text_zero_and_the_default(tasks, form, value):
    """Situation 12 of the public reports."""
    tasks.org.platform(missing_row_values=form)
    seeded(tasks, rows=[{"key": "a", **value}])
    assert tasks.done("data_table", **PRICES, rows=[{"key": "a"}])["changed"] is False


def test_a_value_that_a_row_no_longer_gives_becomes_the_default(tasks):
    """Situation 12 of the public reports."""
    seeded(tasks, rows=[{"key": "a", **FULL}])
    tasks.done("data_table", **PRICES, rows=[{"key": "a"}])
    assert rows_of(tasks) == {"a": {"text": "", "count": 7, "price": 0, "sold": False}}
    # An explicit zero is not the default.
    assert tasks.done("data_table", **PRICES, rows=[{"key": "a", "count": 0}])["changed"]
    assert rows_of(tasks)["a"]["count"] == 0


@pytest.mark.parametrize("form", ["default", "zero", "absent"])
def test_a_new_column_in_rows_that_exist_may_have_any_unset_value(tasks, form):
    tasks.org.platform(new_column_in_rows=form)
    seeded(tasks, rows=[{"key": "a", **FULL}, {"key": "theirs", **FULL}])
    columns = [*COLUMNS, {"name": "more", "type": "string", "default": "d"}]
    given = {**PRICES, "columns": columns, "rows": [{"key": "a", **FULL}]}
    tasks.done("data_table", **given)
    assert row_writes(tasks) == []
    assert tasks.done("data_table", **given)["changed"] is False


@pytest.mark.parametrize(
    "key", ["k 1", "50%", "a%2Fb", "ä ö\u2028☎", "?#&=", ".", "..", "a\\b", "'\"", "a\n"]
)
def test_keys_are_texts_and_quoted_in_the_path(tasks, key):
    """Situation 12 of the public reports."""
    seeded(tasks, rows=[{"key": key, "count": 1}, {"key": "1"}])
    tasks.done("data_table", **PRICES, rows=[{"key": key, "count": 2}, {"key": 1, "text": "one"}])
    assert (rows_of(tasks)[key]["count"], rows_of(tasks)["1"]["text"]) == (2, "one")
    tasks.done("data_table", **PRICES, rows=[], prune_rows=PRUNE)
    assert rows_of(tasks) == {}


def test_a_key_with_a_slash_is_created_and_a_404_to_its_change_says_why(tasks):
    """Situation 12 of the public reports."""
    seeded(tasks)
    tasks.done("data_table", **PRICES, rows=[{"key": "a/b", "count": 1}])
    assert tasks.done("data_table", **PRICES, rows=[{"key": "a/b", "count": 1}])["changed"] is False
    message = tasks.failed("data_table", **PRICES, rows=[{"key": "a/b", "count": 2}])
    assert "The row 'a/b' of the data table 'Prices' was not written: the API finds no row" in message
    tasks.org.platform(slash_in_row_key="served")
    tasks.done("data_table", **PRICES, rows=[{"key": "a/b", "count": 2}])
    assert rows_of(tasks)["a/b"]["count"] == 2


def test_long_numbers_keep_their_digits(tasks):
    """Situation 13 of the public reports."""
    seeded(tasks)
    digits = {"count": 12345678901234567890123, "price": "0.12345678901234567890123"}
    result = tasks.done("data_table", **PRICES, rows=[{"key": "a", **digits}])
    assert result["record"]["rows"] == [{"key": "a", "text": "", "sold": False, **digits}]
    (post,) = tasks.org.log(method="POST", path="*/rows")
    assert post["body"]["count"] == digits["count"]
    assert tasks.done("data_table", **PRICES, rows=[{"key": "a", **digits}])["changed"] is False
    almost = {**digits, "price": "0.12345678901234567890124"}
    assert tasks.done("data_table", **PRICES, rows=[{"key": "a", **almost}])["changed"]
    (record,) = tasks.done("data_table_info", **PRICES, rows=True, readable=True)["records"]
    assert record["rows"]["a"]["price"] == almost["price"]


@pytest.mark.parametrize(
    ("one", "other"), [("1.50", 1.5), ("1e2", 100), ("-0.0", 0), (0.1, "0.10"), ("1", 1.0), (5, "5")]
)
def test_equal_numbers_of_another_form_are_no_change(tasks, one, other):
    """Situation 13 of the public reports."""
    seeded(tasks)
    tasks.done("data_table", **PRICES, rows=[{"key": "a", "price": one}])
    assert tasks.done("data_table", **PRICES, rows=[{"key": "a", "price": other}])["changed"] is False


def test_a_decimal_that_yaml_may_have_rounded_is_a_warning(tasks):
    seeded(tasks)
    result = tasks.done("data_table", **PRICES, rows=[{"key": "a", "price": 0.12345678901234568}])
    assert any("quote the number to keep its digits" in warning for warning in warnings_of(result))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"text": "t"}, "rows[0].key: is required"),
        ({"key": ""}, "rows[0].key: must have 1 to 256 characters"),
        ({"key": 1.5}, "rows[0].key: must be a text, not 1.5: quote it"),
        ({"key": True}, "rows[0].key: must be a text, not True: quote it"),
        ({"key": "a", "cuont": 1}, "rows[0].cuont: is no column of the data table; did you mean 'count'?"),
        ({"key": "a", "count": "x"}, "rows[0].count: must be a whole number, not 'x'"),
        ({"key": "a", "count": 1.5}, "rows[0].count: must be a whole number, not 1.5"),
        ({"key": "a", "count": True}, "rows[0].count: must be a whole number, not True"),
        ({"key": "a", "price": float("nan")}, "rows[0].price: must be a number"),
        ({"key": "a", "price": "1e999"}, "rows[0].price: must be a number"),
        ({"key": "a", "sold": "perhaps"}, "rows[0].sold: must be true or false"),
        ({"key": "a", "text": 1.10}, "rows[0].text: must be a text, not 1.1: quote it"),
        ({"key": "a", "text": {"secret": 1}}, "rows[0].text: must be a text"),
    ],
)
def test_wrong_rows_are_problems_before_any_write(tasks, row, problem):
    seeded(tasks)
    for given in ({"columns": COLUMNS}, {}):
        message = tasks.failed("data_table", **PRICES, rows=[row], **given)
        assert problem in message and "secret" not in message
    assert tasks.org.writes() == []
    tasks.org.clear_log()
    tasks.failed("data_table", **PRICES, rows=[row], columns=COLUMNS)
    assert tasks.org.log() == []


def test_a_key_that_is_declared_twice_is_a_problem(tasks):
    message = tasks.failed("data_table", **PRICES, rows=[{"key": 1}, {"key": "1"}])
    assert message == "rows[1].key: '1' is declared twice, first in rows[0]"


def test_rows_come_from_a_csv_file(tasks, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text('﻿key,price,count,sold,text\r\n"a, b",0.10,,TRUE,\r\n007,,5,,"x\ny"\r\n\r\n', "utf-8")
    given = {**PRICES, "columns": COLUMNS, "rows_path": str(file)}
    tasks.done("data_table", **given)
    assert rows_of(tasks) == {
        "a, b": {"price": 0.1, "count": 7, "sold": True, "text": ""},
        "007": {"price": 0, "count": 5, "sold": False, "text": "x\ny"},
    }
    assert tasks.done("data_table", **given)["changed"] is False


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "has no column 'key' in its first line"),
        ("a,b\n1,2\n", "has no column 'key' in its first line"),
        ("key,a,a\n", "has the column 'a' twice"),
        ("key,count\n1\n", "has 1 values in line 2, and 2 columns"),
        ('key\n"a', "is no CSV file"),
        ("key,count\na,x\n", "rows_path[0].count: must be a whole number, not 'x'"),
        ("key\na\na\n", "rows_path[1].key: 'a' is declared twice"),
    ],
)
def test_a_wrong_csv_file_is_a_problem_before_any_request(tasks, tmp_path, content, problem):
    file = tmp_path / "rows.csv"
    file.write_text(content, "utf-8")
    assert problem in tasks.failed("data_table", **PRICES, columns=COLUMNS, rows_path=str(file))
    file.write_bytes(b"key\n\xff\n")
    assert "is not in UTF-8" in tasks.failed("data_table", **PRICES, rows_path=str(file))
    assert tasks.org.log() == []


@pytest.mark.parametrize("when", [{"method": "GET"}, {"method": "PUT", "status": 429, "retry_after": 2}])
def test_a_row_that_changes_right_before_its_write_is_a_conflict(tasks, when):
    one = seeded(tasks, rows=[{"key": "a", **FULL}, {"key": "b", **FULL}])
    theirs = {"row": {"count": 99}}
    tasks.org.fault(path=f"{LIST}/{one['id']}/rows/b", edit=theirs, **when)
    rows = [{"key": "a", **FULL, "count": 2}, {"key": "b", **FULL, "count": 2}]
    result = tasks.run("data_table", **PRICES, rows=rows)
    assert result["failed"] and "conflicts with this task; a part of the change was written" in result["msg"]
    assert (rows_of(tasks)["a"]["count"], rows_of(tasks)["b"]["count"]) == (2, 99)
    tasks.done("data_table", **PRICES, rows=rows, on_conflict="overwrite")
    assert rows_of(tasks)["b"]["count"] == 2


def test_a_row_that_another_client_has_made_as_declared_is_no_conflict(tasks):
    one = seeded(tasks, rows=[{"key": "a", **FULL}])
    (row,) = tasks.org.objects("data_table_rows")
    made = {"tableId": one["id"], "row": {"key": "new", **FULL}}
    tasks.org.fault(method="POST", path=f"{LIST}/{one['id']}/rows", create=made)
    tasks.org.fault(method="GET", path=f"{LIST}/{one['id']}/rows/a", delete=True)
    result = tasks.done("data_table", **PRICES, rows=[{"key": "new", **FULL}])
    assert (result["changed"], row["row"]["key"]) == (False, "a")


@pytest.mark.parametrize("status", [500, 503])
def test_a_lost_response_in_the_middle_is_continued(tasks, status):
    one = seeded(tasks, rows=[{"key": "a", **FULL}])
    path = f"{LIST}/{one['id']}/rows"
    tasks.org.fault(method="POST", path=path, after=1, drop="after")
    tasks.org.fault(method="PUT", path=f"{path}/a", status=status)
    rows = [{"key": key, "count": 5} for key in ("a", "b", "c", "d")]
    assert tasks.done("data_table", **PRICES, rows=rows)["changed"]
    assert {key: row["count"] for key, row in rows_of(tasks).items()} == dict.fromkeys("abcd", 5)


def test_a_refusal_in_the_middle_leaves_the_rows_so_far_and_a_rollback_removes_them(tasks, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    one = seeded(tasks, rows=[{"key": "z", **FULL}])
    tasks.org.fault(method="POST", path=f"{LIST}/{one['id']}/rows", after=2, status=403, times=None)
    rows = [{"key": key} for key in "abcd"]
    result = tasks.run("data_table", **PRICES, rows=rows, journal=journal)
    assert result["failed"] and result["changed"] is True
    assert sorted(rows_of(tasks)) == ["a", "b", "z"]
    tasks.done("org_config", state="rolled_back", journal=journal)
    assert sorted(rows_of(tasks)) == ["z"]


def test_a_rollback_restores_each_row_that_is_still_as_written(tasks, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    one = seeded(tasks, rows=[{"key": key, **FULL} for key in ("changed", "gone", "theirs")])
    rows = [{"key": key, **FULL, "count": 2} for key in ("changed", "theirs", "new")]
    tasks.done("data_table", **PRICES, rows=rows, prune_rows=PRUNE, journal=journal)
    (theirs,) = [row for row in tasks.org.objects("data_table_rows") if row["row"]["key"] == "theirs"]
    tasks.org.edit(theirs["id"], {"row": {"count": 3}}, "data_table_rows")
    tasks.org.seed([{"tableId": one["id"], "row": {"key": "another"}}], "data_table_rows")
    outcome = tasks.done("org_config", state="rolled_back", journal=journal)["objects"][0]
    assert (outcome["plan"], outcome["not_restorable"]) == ("update", ["rows"])
    counts = {key: row.get("count") for key, row in rows_of(tasks).items()}
    assert counts == {"changed": 1, "gone": 1, "theirs": 3, "another": None}


def test_the_journal_keeps_all_digits(tasks, tmp_path):
    """Situation 13 of the public reports."""
    journal = str(tmp_path / "journal.jsonl")
    seeded(tasks)
    old = {"key": "a", "count": 12345678901234567890123, "price": "0.12345678901234567890123"}
    tasks.done("data_table", **PRICES, rows=[old])
    tasks.done("data_table", **PRICES, rows=[{"key": "a", "count": 1, "price": 1}], journal=journal)
    tasks.done("org_config", state="rolled_back", journal=journal)
    (record,) = tasks.done("data_table_info", **PRICES, rows=True)["records"]
    assert {name: record["rows"][0][name] for name in old} == old


def test_an_unchanged_table_of_5000_rows_costs_its_pages_alone(tasks, tmp_path):
    tasks.org.simulator.rate_limit(tasks.org.key, allowed=None)
    tasks.org.simulator.client_rate_limit(tasks.org.key, allowed=None)
    rows = [{"key": f"k{number:04}", **FULL, "count": number} for number in range(5000)]
    seeded(tasks, rows=rows)
    result = tasks.done("data_table", **PRICES, rows=rows)
    assert (result["changed"], len(result["record"]["rows"])) == (False, 5000)
    reads = [entry for entry in tasks.org.log(method="GET") if entry["path"].endswith("/rows")]
    assert len(reads) == 50
    changed = [*rows[:-1], {**rows[-1], "count": 1}]
    assert tasks.done("data_table", **PRICES, rows=changed)["changed"]
    assert row_writes(tasks) == ["PUT k4999"]


@pytest.mark.parametrize(
    "entity",
    [{"key": 5}, {"key": ""}, {"count": 1}, {"key": "a", "count": [1]}, {"key": "a", "count": {"x": 1}}],
)
def test_rows_of_another_form_are_no_traceback(tasks, entity):
    one = seeded(tasks)
    body = {"entities": [entity], "total": 1, "pageCount": 1, "pageNumber": 1, "pageSize": 100}
    tasks.org.fault(method="GET", path=f"{LIST}/{one['id']}/rows", status=200, times=None, body=body)
    for module, given in (("data_table_info", {"rows": True}), ("data_table", {"rows": [{"key": "a"}]})):
        result = tasks.run(module, **PRICES, **given)
        assert "Traceback" not in str(result.get("msg")) and "TypeError" not in str(result.get("msg"))


def test_a_row_that_is_gone_is_no_wait_for_a_new_object(tasks):
    """A 404 to a row of a table that this run has only updated is final at once."""
    one = seeded(tasks, rows=[{"key": key, **FULL} for key in ("a", "b")])
    tasks.org.fault(method="GET", path=f"{LIST}/{one['id']}/rows/b", delete=True)
    rows = [{"key": key, **FULL, "count": 2} for key in ("a", "b")]
    tasks.run("data_table", **PRICES, rows=rows, description="new")
    assert len(tasks.org.log(method="GET", path=f"{LIST}/{one['id']}/rows/b")) == 1
