# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhooks: their objects, and the delivery of events to a real listener (S0.8)."""

from __future__ import annotations

import time

import pytest

from unit.http_listener import HttpListener
from unit.patience import FOREVER, PATIENCE
from unit.simulator.openapi_document import Document
from unit.simulator.reference.error_details import field_errors

PATH = "/api/v2/platform/webhooks"
WEBHOOK = {
    "name": "Audit sync",
    "events": [{"eventType": "data.action.updated"}],
    "target": {"url": "https://audit.example.com/genesys", "headers": {"X-Api-Key": "k"}},
}
API = Document("reference/openapi.yaml")
EVENTS = API.root["components"]["schemas"]["EventType"]["enum"]

ACTION = {"name": "A", "type": "rest", "restConfig": {"url": "https://x.example.com", "httpMethod": "GET"}}
PURPOSE = {"name": "P", "retentionPeriod": "180d", "legalBasis": "consent"}
SCHEMA = {"name": "Orders", "fields": [{"name": "number", "type": "string"}]}


def hooked(org, listener, *events, **fields):
    """Seed a webhook that sends the given events, or all events, to the listener."""
    target = {"url": f"{listener.url}/hook", "headers": {"X-Hook-Secret": "h00k"}}
    wanted = [{"eventType": event} for event in events or EVENTS]
    (stored,) = org.seed([{"name": "W", "events": wanted, "target": target, **fields}], "webhooks")
    return stored


def delivered(org, count, timeout=PATIENCE):
    """Wait for so many finished deliveries and return all deliveries."""
    ends_at = time.monotonic() + timeout
    while time.monotonic() < ends_at:
        tries = org.objects("webhook_deliveries")
        if len([one for one in tries if one["status"] or one["error"]]) == count:
            return tries
        time.sleep(0.02)
    raise AssertionError(tries)


def test_create_fills_in_defaults(api):
    target = {"url": WEBHOOK["target"]["url"]}
    stored = api.post(PATH, json={**WEBHOOK, "target": target, "id": "mine"}).json()
    assert stored["enabled"] is True and stored["target"]["headers"] == {} and stored["id"] != "mine"
    assert api.get(f"{PATH}/{stored['id']}").json() == stored


def test_names_are_not_unique_and_header_values_come_back(api):
    made = [api.post(PATH, json=WEBHOOK).json() for _turn in range(2)]
    assert api.get(PATH).json()["entities"] == made
    assert made[0]["target"] == WEBHOOK["target"] and made[0]["id"] != made[1]["id"]


def test_put_replaces_all(api, org):
    (stored,) = org.seed([{**WEBHOOK, "enabled": False, "colour": "red"}], "webhooks")
    url = f"{PATH}/{stored['id']}"
    assert api.put(url, json={**stored, "name": "B"}).json() == {**stored, "name": "B"}
    assert api.put(url, json=WEBHOOK).json() == {**WEBHOOK, "id": stored["id"]}


def test_delete(api):
    url = f"{PATH}/{api.post(PATH, json=WEBHOOK).json()['id']}"
    assert [api.delete(url).status_code for _turn in range(2)] == [204, 404]
    assert api.put(url, json=WEBHOOK).status_code == 404


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"events": [{"eventType": "data.action.renamed"}]}, [("events[0].eventType", "value.invalid")]),
        ({"events": ["flow.updated"]}, [("events[0]", "type.invalid")]),
        ({"target": {"url": "ftp://x"}}, [("target.url", "value.invalid")]),
        (
            {"target": {"headers": {"A": 1}}},
            [("target.url", "required"), ("target.headers.A", "type.invalid")],
        ),
        ({"enabled": "true", "version": 1}, [("enabled", "type.invalid"), ("version", "field.unknown")]),
    ],
)
def test_bodies_that_are_refused(api, org, changed, faults):
    answer = api.post(PATH, json={**WEBHOOK, **changed})
    assert (answer.status_code, field_errors(answer)) == (400, faults)
    assert field_errors(api.post(PATH, json={})) == [(field, "required") for field in WEBHOOK]
    assert org.objects("webhooks") == []


def test_an_event_reaches_a_real_listener(api, org, listener):
    """Check the headers of the webhook and the body: C(webhooks.event) of the OpenAPI document (S0.8)."""
    webhook = hooked(org, listener)
    stored = api.post("/api/v2/architect/data-actions", json=ACTION).json()
    (request,) = listener.wait_for(1)
    assert (request.method, request.path) == ("POST", "/hook")
    assert request.headers["x-hook-secret"] == "h00k"
    assert request.headers["content-type"] == "application/json"
    assert API.schema_errors(API.root["components"]["schemas"]["Event"], request.body) == []
    assert {**request.body, "timestamp": None} == {
        "eventType": "data.action.created",
        "entityId": stored["id"],
        "organizationId": org.id,
        "timestamp": None,
        "data": stored,
    }
    (delivery,) = delivered(org, 1)
    assert (delivery["webhookId"], delivery["status"]) == (webhook["id"], 204)


@pytest.mark.parametrize(
    ("kind", "path", "fields", "subject"),
    [
        ("data_actions", "/api/v2/architect/data-actions", ACTION, "data.action"),
        ("flows", "/api/v2/architect/flows", {"name": "F"}, "flow"),
        ("privacy_purposes", "/api/v2/privacy/purposes", PURPOSE, "privacy.purpose"),
        ("customobjects", "/api/v2/data-gateway/customobjects/schemas", SCHEMA, "customobject.schema"),
    ],
)
def test_every_kind_sends_an_event_for_every_change(api, org, listener, kind, path, fields, subject):
    """Check the order of the events, which changes by another writer cause too."""
    hooked(org, listener)
    (stored,) = org.seed([fields], kind)
    org.fault(method="GET", path=f"{path}/{stored['id']}", create={**fields, "name": "Second"})
    api.get(f"{path}/{stored['id']}")
    org.edit(stored["id"], {"name": "Renamed"}, kind)
    org.delete(stored["id"], kind)
    bodies = [request.body for request in listener.wait_for(3)]
    assert [body["eventType"] for body in bodies] == [
        f"{subject}.created",
        f"{subject}.updated",
        f"{subject}.deleted",
    ]
    assert [body["data"]["name"] for body in bodies] == ["Second", "Renamed", "Renamed"]
    assert len(org.objects("webhook_deliveries")) == 3


def test_each_write_of_a_client_is_an_event(api, org, listener):
    hooked(org, listener)
    purpose = api.post("/api/v2/privacy/purposes", json=PURPOSE).json()
    url = f"/api/v2/privacy/purposes/{purpose['id']}"
    api.put(url, json={**PURPOSE, "description": "d"})
    api.put(url, json={"name": "refused"})
    api.delete(url)
    flow, schema = org.seed([{"name": "F"}], "flows")[0], org.seed([SCHEMA], "customobjects")[0]
    patch = {"orgId": org.id, "flowId": flow["id"], "version": 2, "settings": {"routing": {"type": "x"}}}
    api.patch(f"/api/v2/architect/flows/{flow['id']}", json=patch)
    api.put(f"/api/v2/data-gateway/customobjects/schemas/{schema['id']}", json={**SCHEMA, "description": "d"})
    assert [request.body["eventType"] for request in listener.wait_for(5)] == [
        "privacy.purpose.created",
        "privacy.purpose.updated",
        "privacy.purpose.deleted",
        "flow.updated",
        "customobject.schema.updated",
    ]


def test_only_what_is_wanted_is_sent(api, org, listener):
    hooked(org, listener, "data.action.deleted", "flow.created")
    hooked(org, listener, enabled=False)
    stored = api.post("/api/v2/architect/data-actions", json=ACTION).json()
    api.delete(f"/api/v2/architect/data-actions/{stored['id']}")
    (request,) = listener.wait_for(1)
    assert request.body["eventType"] == "data.action.deleted"
    assert len(delivered(org, 1)) == 1


def test_a_failing_target_does_not_disturb(api, org, listener):
    """Check the API and other webhooks while a target refuses, hangs, answers 500 or has no valid address."""
    with HttpListener(status=500) as broken, HttpListener(delay=FOREVER) as slow:
        hooked(org, broken)
        hooked(org, slow)
        hooked(org, listener, target={"url": "http://127.0.0.1:9/closed"})
        hooked(org, listener, target={"url": "http://[", "headers": {}})
        hooked(org, listener)
        started = time.monotonic()
        assert api.post("/api/v2/architect/data-actions", json=ACTION).status_code == 200
        listener.wait_for(1)
        assert time.monotonic() - started < PATIENCE
        broken.wait_for(1)
        outcomes = [(one["status"], one["error"]) for one in delivered(org, 4)]
    assert [status for status, _error in outcomes] == [500, None, None, None, 204]
    assert "ConnectError" in outcomes[2][1] and outcomes[3][1] is not None


def test_scopes(client, org):
    answer = client(org, scopes=["audit:read"]).get(PATH)
    assert answer.json()["messageParams"] == {"scopes": ["platform:webhooks:write"]}
