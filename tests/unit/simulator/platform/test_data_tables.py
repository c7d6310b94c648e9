# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data tables: schemas, rows, import jobs, divisions, and the switches of their unsettled facts."""

from __future__ import annotations

import copy

import httpx
import pytest

from .conftest import TABLE, TABLES

DIVISIONS = "/api/v2/authorization/divisions"
JSON = {"Content-Type": "application/json"}


def changed(**properties):
    """Return the body of the table with other columns; None removes one."""
    body = copy.deepcopy(TABLE)
    body["schema"]["properties"] |= properties
    columns = body["schema"]["properties"]
    body["schema"]["properties"] = {name: one for name, one in columns.items() if one is not None}
    return body


def rows(platform, table, **params):
    return platform.get(f"{table}/rows", params={"showbrief": "false", **params}).json()["entities"]


def test_a_schema_is_shown_on_request_and_stored_as_sent_but_for_its_title(platform, platform_org):
    created = platform.post(TABLES, json=TABLE).json()
    assert "schema" not in created
    shown = platform.get(f"{TABLES}/{created['id']}", params={"expand": "schema"}).json()
    assert shown["schema"] == {**TABLE["schema"], "title": "Prices"}
    assert "schema" not in platform.get(f"{TABLES}/{created['id']}", params={"expand": ""}).json()
    (listed,) = platform.get(TABLES, params={"expand": "schema", "name": "pRI*"}).json()["entities"]
    assert listed == shown
    platform_org.platform(table_write_answer="with_schema")
    short = {name: value for name, value in TABLE.items() if name != "description"}
    put = platform.put(f"{TABLES}/{created['id']}", json=short)
    assert (put.json()["schema"]["title"], put.json()["description"]) == ("Prices", "")


def test_names_are_unique_in_the_org(platform, table):
    assert platform.post(TABLES, json=TABLE).status_code == 409
    other = platform.post(TABLES, json={**TABLE, "name": "Other"}).json()["id"]
    assert platform.put(f"{TABLES}/{other}", json=TABLE).status_code == 409


def test_a_table_is_in_a_division(platform, platform_org):
    (sales,) = platform_org.seed([{"name": "Sales"}], "divisions")
    listed = platform.get(DIVISIONS, params={"name": "sal"}).json()["entities"]
    assert [one["id"] for one in listed] == [sales["id"]]
    (home,) = platform.get(DIVISIONS, params={"name": "Home"}).json()["entities"]
    assert home["homeDivision"] and platform.get(f"{DIVISIONS}/{home['id']}").json() == home
    given = {**TABLE, "division": {"id": sales["id"]}}
    created = platform.post(TABLES, json=given).json()
    assert created["division"]["name"] == "Sales"
    assert platform.put(f"{TABLES}/{created['id']}", json=TABLE).json()["division"]["name"] == "Sales"
    assert platform.post(TABLES, json={**given, "division": {"id": "none"}}).status_code == 400
    found = platform.get(TABLES, params={"divisionId": sales["id"]}).json()
    assert [one["id"] for one in found["entities"]] == [created["id"]]


@pytest.mark.parametrize(
    "schema",
    [
        {"required": []},
        {"required": ["key", "text"]},
        {"additionalProperties": True},
        {"type": "array"},
        {"properties": {"text": {"type": "string"}}},
        {"properties": {"key": {"type": "integer"}}},
        {"properties": {"key": {"type": "string"}, "x": {"type": "object"}}},
        {"properties": {"key": {"type": "string"}, "x": {"type": "integer", "default": "1"}}},
    ],
)
def test_a_schema_that_is_not_that_of_a_table_is_refused(platform, schema):
    refused = platform.post(TABLES, json={**TABLE, "schema": {**TABLE["schema"], **schema}})
    assert (refused.status_code, refused.json()["code"]) == (400, "flows.datatables.syntax.error")


def test_a_schema_only_grows(platform, table, platform_org):
    assert platform.put(table, json=changed(more={"type": "string"})).status_code == 200
    for body in (changed(), changed(more={"type": "integer"})):
        refused = platform.put(table, json=body)
        assert refused.status_code == 400 and "schema.properties.more" in refused.json()["message"]
    retitled = changed(more={"type": "string", "title": "T", "displayOrder": 0})
    assert platform.put(table, json=retitled).status_code == 200
    platform_org.platform(column_removal="refused_with_rows")
    platform.post(f"{table}/rows", json={"key": "a"})
    assert platform.put(table, json=changed()).status_code == 400
    platform.delete(f"{table}/rows/a")
    assert platform.put(table, json=changed()).status_code == 200


@pytest.mark.parametrize(("form", "value"), [("default", "d"), ("zero", ""), ("absent", None)])
def test_a_new_column_in_the_rows_that_exist(platform, table, platform_org, form, value):
    platform_org.platform(new_column_in_rows=form)
    platform.post(f"{table}/rows", json={"key": "a"})
    platform.put(table, json=changed(more={"type": "string", "default": "d"}))
    assert rows(platform, table)[0].get("more") == value


def test_rows_are_brief_unless_asked_for_and_complete_with_their_defaults(platform, table, platform_org):
    assert platform.post(f"{table}/rows", json={"key": "a", "text": None}).json() == {
        "key": "a",
        "text": "",
        "count": 7,
        "price": 0,
        "sold": False,
    }
    assert platform.get(f"{table}/rows").json()["entities"] == [{"key": "a"}]
    assert platform.get(f"{table}/rows/a", params={"showbrief": "true"}).json() == {"key": "a"}
    platform_org.platform(missing_row_values="absent")
    assert platform.put(f"{table}/rows/a", json={"key": "a", "sold": True}).json() == {
        "key": "a",
        "sold": True,
    }
    assert rows(platform, table) == [{"key": "a", "sold": True}]


def test_a_row_has_one_key_and_valid_values(platform, table):
    platform.post(f"{table}/rows", json={"key": "a"})
    taken = platform.post(f"{table}/rows", json={"key": "a"})
    assert (taken.status_code, taken.json()["code"]) == (409, "architect.datatables.key.conflict")
    for values in ({"key": ""}, {}, {"key": 1}, {"key": "b", "none": 1}, {"key": "b", "count": 1.5}):
        assert platform.post(f"{table}/rows", json=values).status_code == 400
    assert platform.put(f"{table}/rows/a", json={"key": "b"}).status_code == 400
    assert platform.put(f"{table}/rows/b", json={"key": "b"}).status_code == 404
    assert platform.delete(f"{table}/rows/a").status_code == 204
    assert platform.delete(f"{table}/rows/a").status_code == 404


def test_numbers_keep_their_digits(platform, table):
    digits = '{"key":"a","price":0.12345678901234567890123,"count":12345678901234567890}'
    platform.post(f"{table}/rows", content=digits, headers=JSON)
    shown = platform.get(f"{table}/rows", params={"showbrief": "false"}).text
    assert "0.12345678901234567890123" in shown and "12345678901234567890" in shown


@pytest.mark.parametrize("key", ["k 1", "50%", "a%2Fb", "ä ö\u2028", "?#&=", "."])
def test_keys_are_quoted_in_the_path(platform, table, key):
    quoted = "".join(f"%{byte:02X}" for byte in key.encode())
    platform.post(f"{table}/rows", json={"key": key})
    assert platform.get(f"{table}/rows/{quoted}").json() == {"key": key}


def test_a_key_with_a_slash_cannot_be_addressed_but_by_a_switch(platform, client, platform_org, table):
    platform.post(f"{table}/rows", json={"key": "a/b"})
    unchecked = client(platform_org, checked=False)
    assert unchecked.get(f"{table}/rows/a%2Fb").status_code == 404
    platform_org.platform(slash_in_row_key="served")
    assert unchecked.get(f"{table}/rows/a%2Fb").json() == {"key": "a/b"}


def test_lists_of_rows_lag_like_reads_of_one_row(platform, table, platform_org):
    platform_org.platform(reads_until_found=1, reads_until_updated=1, reads_until_gone=1)
    platform.post(f"{table}/rows", json={"key": "a", "text": "1"})
    assert [rows(platform, table), [one["text"] for one in rows(platform, table)]] == [[], ["1"]]
    platform.put(f"{table}/rows/a", json={"key": "a", "text": "2"})
    assert [rows(platform, table)[0]["text"] for _turn in range(2)] == ["1", "2"]
    platform.delete(f"{table}/rows/a")
    assert [len(rows(platform, table)) for _turn in range(2)] == [1, 0]


def test_a_table_in_use_is_deleted_by_force_alone(platform, table, platform_org):
    consumer = {"resourceId": table.rpartition("/")[2], "flowId": "f", "name": "F", "type": "INBOUNDCALLFLOW"}
    platform_org.seed([consumer], "consumers")
    platform.post(f"{table}/rows", json={"key": "a"})
    assert platform.delete(table).status_code == 409
    assert platform.delete(table, params={"force": "true"}).status_code == 204
    assert platform_org.objects("data_table_rows") == []


@pytest.fixture
def imported(platform, table):
    """Return a function that imports a file and returns the answer of the storage and the job."""

    def run(mode, content, **headers):
        job = platform.post(f"{table}/import/csv/jobs", json={"importMode": mode}).json()
        assert job["status"] == "WaitingForUpload"
        signed = {**job["uploadHeaders"], **headers}
        stored = httpx.put(job["uploadURI"], content=content, headers=signed, trust_env=False)
        return stored.status_code, platform.get(f"{table}/import/jobs/{job['id']}").json()

    return run


def test_an_import_appends_rows_or_replaces_all(platform, table, imported):
    platform.post(f"{table}/rows", json={"key": "old"})
    status, job = imported("Append", "key,price,count,sold\r\na,0.10,,true\r\nb,x,1,false\r\n")
    assert (status, job["status"]) == (200, "Succeeded")
    assert (job["countRecordsUpdated"], job["countRecordsFailed"]) == (1, 1)
    assert [one["key"] for one in rows(platform, table)] == ["a", "old"]
    assert rows(platform, table)[0] == {"key": "a", "text": "", "count": 7, "price": 0.1, "sold": True}
    _status, job = imported("ReplaceAll", "key\na\n")
    assert (job["countRecordsDeleted"], [one["key"] for one in rows(platform, table)]) == (1, ["a"])
    assert platform.get(f"{table}/import/jobs").json()["total"] == 2


def test_the_storage_has_another_origin_and_takes_no_token(platform, table, imported, platform_org):
    assert imported("Append", "key\na\n", Authorization="Bearer x")[0] == 400
    assert imported("Append", "key\na\n", **{"x-amz-meta-import": "other"})[0] == 403
    job = platform.post(f"{table}/import/csv/jobs", json={"importMode": "Append"}).json()
    origin, _slash, path = job["uploadURI"].partition("/platform-uploads")
    assert origin != platform_org.base_url
    path = f"/platform-uploads{path}"
    with httpx.Client(trust_env=False) as plain:
        assert plain.put(f"{platform_org.base_url}{path}", headers=job["uploadHeaders"]).status_code == 404
        assert plain.get(f"{origin}{TABLES}").status_code == 404
    sent = platform_org.log(method="PUT", path="/platform-uploads/*")
    assert [entry["status"] for entry in sent] == [400, 403]
    assert ["authorization" in entry["request_headers"] for entry in sent] == [True, False]


def test_an_import_takes_its_time_or_fails(platform, table, imported, platform_org):
    platform_org.platform(reads_until_imported=1)
    _status, job = imported("Append", "key\na\n")
    assert (job["status"], "countRecordsUpdated" in job) == ("Processing", False)
    assert platform.get(f"{table}/import/jobs/{job['id']}").json()["status"] == "Succeeded"
    platform_org.platform(reads_until_imported=0, import_outcome="fails")
    _status, job = imported("Append", "key\nb\n")
    assert (job["status"], bool(job["errorInformation"]["message"])) == ("Failed", True)
