# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Custom object schemas: checks, the rebuild and its settings, queries and their plans."""

from __future__ import annotations

import time

import pytest

from unit.simulator.reference.error_details import field_errors

SCHEMAS = "/api/v2/data-gateway/customobjects/schemas"
QUERIES = "/api/v2/data-gateway/customobjects/queries"
BY_STATUS = {"name": "by_status", "fields": ["status", "priority"], "order": "asc"}
BY_PRIORITY = {"name": "by_priority", "fields": ["priority"], "order": "desc"}
SCHEMA = {
    "id": "ticket",
    "name": "Ticket",
    "description": "d",
    "fields": [
        {"name": "status", "type": "string", "maxLength": 20},
        {"name": "priority", "type": "number"},
        {"name": "payload", "type": "json"},
        {"name": "owner", "type": "reference", "referenceTo": "agent"},
        {"name": "loose", "type": "reference"},
        {"name": "urgent", "type": "boolean"},
    ],
    "indexes": [BY_STATUS],
    "schemaVersion": 7,
}
URL = f"{SCHEMAS}/ticket"


def state(answer):
    schema = answer.json()
    return schema["schemaVersion"], [index["name"] for index in schema["indexes"]]


OLD, NEW = (7, ["by_status"]), (8, ["by_status", "by_priority"])


@pytest.fixture
def put(api, org):
    """Return a function that sends the seeded schema with some fields changed."""
    org.seed([SCHEMA], "customobjects")

    def send(headers=None, **changed):
        return api.put(URL, json={**SCHEMA, **changed}, headers=headers)

    return send


@pytest.mark.parametrize(
    ("order", "between"),
    [("indexes_first", (7, NEW[1])), ("version_first", (8, OLD[1])), ("together", OLD)],
)
def test_a_rebuild_shows_step_by_step(api, put, simulator, org, order, between):
    simulator.rebuild(org.key, duration=60, order=order)
    accepted = put(indexes=[BY_STATUS, BY_PRIORITY], description="new")
    assert accepted.status_code == 200
    assert state(accepted) == OLD and accepted.json()["description"] == "new"
    (truth,) = org.objects("customobjects")
    assert (truth["schemaVersion"], truth["indexes"]) == (8, [BY_STATUS, BY_PRIORITY])
    assert state(api.get(URL)) == OLD
    simulator.rebuild(org.key, duration=0, order=order, never=True)
    assert [state(api.get(URL)) for _turn in range(3)] == [between] * 3
    simulator.rebuild(org.key, duration=0, order=order)
    assert [state(api.get(URL)) for _turn in range(3)] == [NEW] * 3


def test_a_rebuild_takes_its_time_and_shows_half_of_it_first(api, put, simulator, org):
    simulator.rebuild(org.key, duration=0.4)
    started = time.monotonic()
    put(indexes=[BY_STATUS, BY_PRIORITY])
    seen = [OLD]
    while seen[-1] != NEW:
        assert time.monotonic() < started + 30, seen
        seen.append(state(api.get(URL)))
    assert time.monotonic() - started >= 0.4
    assert all(one in (OLD, (7, NEW[1]), NEW) for one in seen)


def test_a_rebuild_that_flaps_once(api, put, simulator, org):
    simulator.rebuild(org.key, duration=0, flap=True)
    put(indexes=[BY_STATUS, BY_PRIORITY])
    assert [state(api.get(URL)) for _turn in range(4)] == [NEW, OLD, NEW, NEW]


def test_a_second_put_starts_the_rebuild_anew(api, put, simulator, org):
    simulator.rebuild(org.key, never=True, order="together", duration=0)
    put(indexes=[BY_STATUS, BY_PRIORITY])
    put(indexes=[BY_PRIORITY])
    assert state(api.get(URL)) == OLD
    simulator.rebuild(org.key, duration=0)
    assert state(api.get(URL)) == (9, ["by_priority"])


def test_put_replaces_all_and_keeps_nothing_that_is_left_out(api, put, simulator, org):
    simulator.rebuild(org.key, duration=0)
    fields = [{"name": "status", "type": "string", "cardinalityHint": "low"}]
    after = api.put(URL, json={"name": "Ticket", "fields": fields}).json()
    assert api.get(URL).json() == after
    assert set(after) == {"id", "name", "fields", "schemaVersion", "lastUpdated"}


def test_the_default_order_of_an_index_is_ascending(put, simulator, org):
    simulator.rebuild(org.key, duration=0)
    per_field = {**BY_STATUS, "order": ["asc", "desc"]}
    after = put(indexes=[{"name": "plain", "fields": ["priority"]}, per_field]).json()
    assert after["indexes"] == [{"name": "plain", "fields": ["priority"], "order": "asc"}, per_field]


def test_if_match_is_honoured_when_it_is_sent(api, put, simulator, org):
    simulator.rebuild(org.key, duration=60, order="together")
    first = api.get(URL).headers["ETag"]
    assert api.get(URL).headers["ETag"] == first
    assert put(headers={"If-Match": first}).status_code == 200
    stale = put(headers={"If-Match": first})
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition.failed")
    pending = api.get(URL).headers["ETag"]
    simulator.rebuild(org.key, duration=0)
    assert api.get(URL).headers["ETag"] != pending
    assert put(headers={"If-Match": pending}).status_code == 412
    assert put().status_code == 200


@pytest.mark.parametrize(
    ("indexes", "faults"),
    [
        (
            [{**BY_PRIORITY, "name": f"i{number}"} for number in range(6)],
            [("indexes", "index.limit.exceeded")],
        ),
        ([BY_STATUS, BY_STATUS], [("indexes[1].name", "index.name.duplicate")]),
        (
            [{"name": "bad", "fields": ["nothing", "payload", "loose", "urgent", "owner", "urgent"]}],
            [
                ("indexes[0].fields[0]", "index.field.unknown"),
                ("indexes[0].fields[1]", "index.field.type"),
                ("indexes[0].fields[2]", "index.field.type"),
                ("indexes[0].fields[5]", "index.field.duplicate"),
            ],
        ),
        ([{"name": "none", "fields": []}], [("indexes[0].fields", "value.empty")]),
        ([{**BY_STATUS, "order": ["asc"]}], [("indexes[0].order", "value.invalid")]),
        ([{**BY_STATUS, "order": "up"}], [("indexes[0].order", "value.invalid")]),
        ([{**BY_STATUS, "order": ["asc", 1]}], [("indexes[0].order[1]", "type.invalid")]),
        ([{**BY_STATUS, "unique": True}], [("indexes[0].unique", "field.unknown")]),
    ],
)
def test_indexes_that_the_server_does_not_take(api, put, org, indexes, faults):
    before = org.objects("customobjects")
    answer = put(indexes=indexes)
    assert (answer.status_code, field_errors(answer)) == (400, faults)
    assert org.objects("customobjects") == before


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ({"name": "x"}, ("fields[0].type", "required")),
        ({"name": "x", "type": "string", "maxLength": 0}, ("fields[0].maxLength", "value.invalid")),
        (
            {"name": "x", "type": "string", "cardinalityHint": "huge"},
            ("fields[0].cardinalityHint", "value.invalid"),
        ),
    ],
)
def test_fields_that_the_server_does_not_take(put, field, fault):
    assert field_errors(put(fields=[field], indexes=[])) == [fault]


def test_an_unknown_schema(api, org):
    assert api.get(f"{SCHEMAS}/nothing").status_code == 404
    assert api.put(f"{SCHEMAS}/nothing", json={}).status_code == 404


@pytest.fixture
def ask(api, org):
    org.seed([SCHEMA], "customobjects")
    records = [
        {"customObjectId": "ticket", "values": {"status": "open", "priority": number, "urgent": True}}
        for number in range(30)
    ]
    org.seed([*records, {"customObjectId": "other", "values": {"status": "open"}}], "customobject_records")

    def send(field, value, **more):
        query = {"type": "term", "field": field, "value": value}
        return api.post(QUERIES, json={"customObjectId": "ticket", "query": query, **more})

    return send


def test_a_query_uses_an_index_that_begins_with_its_field(ask):
    answer = ask("status", "open", limit=100).json()
    assert len(answer["results"]) == 30 and "nextPageToken" not in answer
    assert answer["indexUsed"] is True
    assert answer["queryPlan"] == {"type": "INDEX_SCAN", "index": "by_status", "examined": 30}


def test_a_field_further_back_in_an_index_means_a_full_scan(ask):
    answer = ask("priority", 5).json()
    assert [result["values"]["priority"] for result in answer["results"]] == [5]
    assert answer["indexUsed"] is False
    assert answer["queryPlan"] == {"type": "FULL_SCAN", "examined": 30}


def test_an_index_serves_queries_when_it_shows(ask, api, simulator, org):
    simulator.rebuild(org.key, never=True, order="together", duration=0)
    api.put(URL, json={**SCHEMA, "indexes": [BY_PRIORITY]})
    assert ask("priority", 5).json()["indexUsed"] is False
    simulator.rebuild(org.key, duration=0)
    assert ask("priority", 5).json()["indexUsed"] is True


def test_pages_of_a_query(ask):
    pages = [ask("status", "open", limit=12).json()]
    while "nextPageToken" in pages[-1]:
        pages.append(ask("status", "open", limit=12, pageToken=pages[-1]["nextPageToken"]).json())
    assert [len(page["results"]) for page in pages] == [12, 12, 6]
    assert len({result["id"] for page in pages for result in page["results"]}) == 30


def test_values_are_compared_as_json(ask):
    assert ask("urgent", 1).json()["results"] == []
    assert len(ask("urgent", True).json()["results"]) == 25
    assert ask("status", "Open").json()["results"] == []


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"limit": 0}, ("limit", "value.invalid")),
        ({"limit": 101}, ("limit", "value.invalid")),
        ({"pageToken": "x"}, ("pageToken", "value.invalid")),
        ({"offset": 1}, ("offset", "field.unknown")),
        ({"query": {"type": "range", "field": "status", "value": 1}}, ("query.type", "value.invalid")),
        ({"query": {"type": "term", "field": "status", "value": None}}, ("query.value", "type.invalid")),
        ({"query": {"type": "term", "field": "nothing", "value": 1}}, ("query.field", "field.unknown")),
    ],
)
def test_queries_that_are_refused(ask, more, fault):
    answer = ask("status", "open", **more)
    assert (answer.status_code, field_errors(answer)) == (400, [fault])


def test_an_unknown_custom_object(ask):
    assert ask("status", "open", customObjectId="nothing").status_code == 404


def test_the_three_scopes(client, org):
    org.seed([SCHEMA], "customobjects")
    reader = client(org, scopes=["customobjects:customobject:read"])
    assert reader.get(URL).status_code == 200
    for answer, scope in ((reader.put(URL, json={}), "write"), (reader.post(QUERIES, json={}), "query")):
        assert answer.json()["messageParams"] == {"scopes": [f"customobjects:customobject:{scope}"]}
