# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports of many rows by a job of the platform API (N.7), against the simulator and its switches."""

from __future__ import annotations

import json

import pytest

from unit.platform.data_tables import COLUMNS, LIST, PRICES, rows_of, seeded

FULL = {"text": "t", "count": 1, "price": 1.5, "sold": True}
ROWS = [{"key": key, **FULL} for key in ("a", "b", 'ü, "x"\n', "d/e")]
PRUNE = {"enabled": True, "max": 10}


def writes(tasks):
    """Return method and end of the path of each write."""
    return [f"{entry['method']} {entry['path'].rpartition('/')[2]}" for entry in tasks.org.writes()]


def upload(tasks):
    (sent,) = tasks.org.log(method="PUT", path="/platform-uploads/*")
    return sent


def test_new_rows_are_appended_by_one_job(tasks):
    one = seeded(tasks, rows=[{"key": "theirs"}])
    given = {**PRICES, "rows": ROWS, "bulk_threshold": 4}
    planned = tasks.done("data_table", **given, check_mode=True)
    assert tasks.org.writes() == []
    result = tasks.done("data_table", **given)
    assert (planned["diff"], result["plan"]) == (result["diff"], "update")
    assert [one for one in writes(tasks) if "rows" in one] == []
    (job,) = tasks.org.log(method="POST", path=f"{LIST}/{one['id']}/import/csv/jobs")
    assert job["body"] == {"importMode": "Append"}
    assert rows_of(tasks) == {"theirs": {}, **{row["key"]: FULL for row in ROWS}}
    assert tasks.done("data_table", **given)["changed"] is False


def test_the_other_host_gets_the_signed_headers_and_never_the_token(tasks):
    seeded(tasks)
    tasks.done("data_table", **PRICES, rows=ROWS, bulk_threshold=1)
    headers = upload(tasks)["request_headers"]
    assert "authorization" not in headers
    assert (headers["content-type"], bool(headers["x-amz-meta-import"])) == ("text/csv", True)
    tokens = {
        entry["request_headers"].get("authorization", "Basic ").partition(" ")[2] for entry in tasks.org.log()
    }
    sent = json.dumps(upload(tasks))
    assert not [token for token in tokens if token and token in sent]
    assert tasks.org.client_secret not in sent


def test_below_the_threshold_each_row_has_a_request(tasks):
    seeded(tasks)
    tasks.done("data_table", **PRICES, rows=ROWS, bulk_threshold=5)
    assert writes(tasks) == ["POST rows"] * 4


def test_rows_that_exist_are_changed_by_single_requests_without_prune(tasks):
    seeded(tasks, rows=[{"key": "a"}])
    tasks.done("data_table", **PRICES, rows=ROWS, bulk_threshold=3)
    assert [one.split()[0] for one in writes(tasks)] == ["POST", "PUT", "PUT"]
    assert writes(tasks)[-1] == "PUT a"
    assert rows_of(tasks) == {row["key"]: FULL for row in ROWS}


def test_all_rows_are_replaced_by_one_job_if_the_task_has_every_row(tasks):
    seeded(tasks, rows=[{"key": "a"}, {"key": "gone"}])
    tasks.done("data_table", **PRICES, rows=ROWS, bulk_threshold=3, prune_rows=PRUNE)
    (job,) = tasks.org.log(method="POST", path="*/import/csv/jobs")
    assert job["body"] == {"importMode": "ReplaceAll"}
    assert rows_of(tasks) == {row["key"]: FULL for row in ROWS}
    # A row with a slash in its key can be changed so.
    tasks.done("data_table", **PRICES, rows=ROWS[:1], bulk_threshold=1, prune_rows=PRUNE)
    assert list(rows_of(tasks)) == ["a"]


def test_protected_rows_are_not_replaced(tasks):
    seeded(tasks, rows=[{"key": "a"}, {"key": "SYS-1"}])
    rule = {**PRUNE, "protect": ["SYS-*"]}
    tasks.done("data_table", **PRICES, rows=ROWS, bulk_threshold=1, prune_rows=rule)
    assert rows_of(tasks)["SYS-1"] == {}
    (job,) = tasks.org.log(method="POST", path="*/import/csv/jobs")
    assert job["body"] == {"importMode": "Append"}


@pytest.mark.parametrize("prune", [None, PRUNE])
def test_a_change_between_the_last_read_and_the_job_aborts_it(tasks, prune):
    one = seeded(tasks, rows=[{"key": "a", **FULL}])
    theirs = {"tableId": one["id"], "row": {"key": "theirs"}}
    # The first two reads are those of the plan and of the engine right before the write.
    tasks.org.fault(method="GET", path=f"{LIST}/{one['id']}/rows", after=2, create=theirs)
    given = {"rows": [*ROWS[:1], {"key": "new"}], "bulk_threshold": 1, "prune_rows": prune}
    message = tasks.failed("data_table", **PRICES, **given)
    assert "were not imported, because another client has changed rows since they were read" in message
    assert tasks.org.writes() == []


def test_an_import_takes_its_time(tasks):
    seeded(tasks)
    tasks.org.platform(reads_until_imported=2)
    assert tasks.done("data_table", **PRICES, rows=ROWS, bulk_threshold=1)["changed"]
    assert len(tasks.org.log(method="GET", path="*/import/jobs/*")) == 3


def test_a_failed_import_is_an_error_with_the_words_of_the_api(tasks):
    seeded(tasks)
    tasks.org.platform(import_outcome="fails")
    result = tasks.run("data_table", **PRICES, rows=ROWS, bulk_threshold=1)
    assert "The import of rows into the data table 'Prices' failed: The file cannot be read" in result["msg"]
    assert (rows_of(tasks), bool(result.get("changed"))) == ({}, False)


def test_an_import_that_leaves_out_rows_is_an_error_and_says_that_a_part_was_written(tasks):
    one = seeded(tasks)
    tasks.org.fault(
        method="GET",
        path=f"{LIST}/{one['id']}/import/jobs/*",
        status=200,
        body={"id": "j", "status": "Succeeded", "countRecordsFailed": 2},
    )
    result = tasks.run("data_table", **PRICES, rows=ROWS, bulk_threshold=1)
    assert "A part of the change took effect" in result["msg"] and "failed for 2 rows" in result["msg"]
    assert result["changed"] is True


@pytest.mark.parametrize("fault", [{"status": 503}, {"drop": "before"}])
def test_an_upload_that_fails_once_is_repeated(tasks, fault):
    seeded(tasks)
    tasks.org.fault(method="PUT", path="/platform-uploads/*", **fault)
    tasks.done("data_table", **PRICES, rows=ROWS, bulk_threshold=1)
    assert len(rows_of(tasks)) == 4


def test_a_refused_upload_is_an_error_without_the_signed_address(tasks):
    seeded(tasks)
    tasks.org.fault(method="PUT", path="/platform-uploads/*", status=403)
    message = tasks.failed("data_table", **PRICES, rows=ROWS, bulk_threshold=1)
    assert "The upload to 127.0.0.1 was refused (403)" in message and "platform-uploads" not in message
    assert rows_of(tasks) == {}


@pytest.mark.parametrize(
    "job",
    [
        {},
        {"id": "j"},
        {"id": 5, "status": "WaitingForUpload"},
        {"id": "j", "status": "WaitingForUpload"},
        {"id": "j", "status": "WaitingForUpload", "uploadURI": "ftp://x.example.com"},
        {"id": "j", "status": "WaitingForUpload", "uploadURI": "http://x.example.com\n"},
        {
            "id": "j",
            "status": "WaitingForUpload",
            "uploadURI": "https://x.example.com",
            "uploadHeaders": {"a": 1},
        },
    ],
)
def test_a_job_of_another_form_is_an_error_and_no_traceback(tasks, job):
    one = seeded(tasks)
    tasks.org.fault(
        method="POST", path=f"{LIST}/{one['id']}/import/csv/jobs", status=200, body=job, times=None
    )
    message = tasks.failed("data_table", **PRICES, rows=ROWS, bulk_threshold=1)
    assert "Traceback" not in message and "TypeError" not in message
    assert rows_of(tasks) == {}


def test_long_numbers_keep_their_digits_in_the_file(tasks):
    """Situation 13 of the public reports."""
    seeded(tasks)
    row = {"key": "a", "count": 12345678901234567890123, "price": "0.12345678901234567890123"}
    tasks.done("data_table", **PRICES, rows=[row], bulk_threshold=1)
    (record,) = tasks.done("data_table_info", **PRICES, rows=True)["records"]
    assert {name: record["rows"][0][name] for name in row} == row


def test_5000_rows_converge(tasks):
    tasks.org.simulator.rate_limit(tasks.org.key, allowed=None)
    tasks.org.simulator.client_rate_limit(tasks.org.key, allowed=None)
    rows = [{"key": f"k{number:04}", **FULL, "count": number} for number in range(5000)]
    given = {**PRICES, "columns": COLUMNS, "rows": rows, "bulk_threshold": 100}
    assert tasks.done("data_table", **given)["plan"] == "create"
    assert {key: row["count"] for key, row in rows_of(tasks).items()} == {
        row["key"]: row["count"] for row in rows
    }
    assert tasks.done("data_table", **given)["changed"] is False


def test_a_rollback_removes_imported_rows_one_by_one(tasks, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    seeded(tasks, rows=[{"key": "theirs"}])
    rows = [row for row in ROWS if "/" not in row["key"]]
    tasks.done("data_table", **PRICES, rows=rows, bulk_threshold=1, journal=journal)
    tasks.done("org_config", state="rolled_back", journal=journal)
    assert list(rows_of(tasks)) == ["theirs"]
