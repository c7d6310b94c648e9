# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Audit records: a record of every change after a lag, and pages (S0.9)."""

from __future__ import annotations

import time

import pytest

from unit.patience import PATIENCE

PATH = "/api/v2/audit/records/query"
ACTIONS = "/api/v2/architect/data-actions"
ACTION = {"name": "A", "type": "rest", "restConfig": {"url": "https://x.example.com", "httpMethod": "GET"}}
RECORD = {
    "actorId": "somebody",
    "operation": "UPDATE",
    "status": "SUCCESS",
    "eventType": "flow.updated",
    "entityId": "f1",
}


def query(api, size=None, page=None, **wanted):
    body = {"query": wanted, "size": size, "pageNumber": page}
    return api.post(PATH, json={key: value for key, value in body.items() if value is not None})


@pytest.fixture
def at_once(simulator, org):
    simulator.lag(org.key, "audit_records")


def test_who_changed_what(client, org, at_once):
    """Check that the actor is the client of the token, and another user for a change by the control API."""
    api = client()
    granted = api.post(
        "/oauth/token", data={"grant_type": "client_credentials"}, auth=(org.client_id, org.client_secret)
    )
    api.headers["Authorization"] = f"Bearer {granted.json()['access_token']}"
    stored = api.post(ACTIONS, json=ACTION).json()
    org.edit(stored["id"], {"description": "theirs"})
    api.delete(f"{ACTIONS}/{stored['id']}")
    page = query(api, entityId=stored["id"]).json()
    assert [(record["operation"], record["actorId"]) for record in page["entities"]] == [
        ("CREATE", org.client_id),
        ("UPDATE", "somebody-else"),
        ("DELETE", org.client_id),
    ]
    assert {record["entityId"] for record in page["entities"]} == {stored["id"]}
    assert (page["pageNumber"], page["pageCount"], page["total"]) == (1, 1, 3)
    only = query(api, entityId=stored["id"], eventType="data.action.deleted").json()
    assert only["entities"] == page["entities"][2:]


def test_records_appear_later(api, simulator, org):
    simulator.lag(org.key, "audit_records", lists=1)
    api.post(ACTIONS, json=ACTION)
    written = time.monotonic()
    assert query(api).json()["total"] == 0
    while query(api).json()["total"] == 0:
        assert time.monotonic() - written < PATIENCE
        time.sleep(0.02)
    assert time.monotonic() - written > 0.9
    assert len(org.objects("audit_records")) == 1


def test_refused_writes_leave_no_record(api, org):
    api.post(ACTIONS, json={**ACTION, "type": "soap"})
    assert org.objects("audit_records") == []


def test_pages(api, org, at_once):
    """Check size and number in the body, with 25 as default, and a page past the end, which is empty."""
    org.seed([{**RECORD, "id": f"r{number:03d}"} for number in range(101)], "audit_records")
    assert len(query(api).json()["entities"]) == 25
    last = query(api, size=100, page=2, eventType="flow.updated").json()
    assert [record["id"] for record in last["entities"]] == ["r100"]
    assert (last["pageNumber"], last["pageCount"], last["total"]) == (2, 2, 101)
    assert query(api, page=9).json()["entities"] == []
    assert query(api, entityId="f2").json()["total"] == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "query"),
        ({"query": {"eventType": "flow.renamed"}}, "query.eventType"),
        ({"query": {"since": "2026-01-01"}}, "query.since"),
        ({"query": {}, "size": 101}, "size"),
        ({"query": {}, "size": 0}, "size"),
        ({"query": {}, "pageNumber": "1"}, "pageNumber"),
    ],
)
def test_queries_that_are_refused(api, body, field):
    answer = api.post(PATH, json=body)
    assert answer.status_code == 400
    assert [detail["fieldName"] for detail in answer.json()["details"]] == [field]
