# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every request gets an answer of the API: 400 for a value of any wrong type at any place, never 500."""

from __future__ import annotations

import copy
import json
import typing as t

import pytest

from .conftest import ACTION, ACTIONS, CREDENTIALS, INTEGRATIONS, TABLE, TABLES

VALUES = (None, 0, 1.5, True, "", "\ud800", [], [{}], {}, {"type": [{}]}, {"$ref": {}})
JSON = {"Content-Type": "application/json"}
TYPE = {"id": "custom-rest-actions"}
QUERIES = (
    "pageSize=x",
    "pageSize=0",
    "pageSize=99999999999999999999",
    "pageNumber=-1",
    "pageNumber=99999999999999999999",
    "after=%F0%9F",
    "before=YXQ6eA",
    "ids=,,",
    "sortBy=id.name&sortOrder=up",
    "expand=contract,,x&flatten=perhaps",
    "name=%00&secure=1",
    "id=a&objectType=b&resourceType=c",
    "name=[*&showbrief=2&expand=schema&divisionId=x",
)


def variants(body: t.Any, place: tuple[t.Any, ...] = ()) -> t.Iterator[tuple[tuple[t.Any, ...], t.Any]]:
    """Yield a copy of a body for each place in it and each wrong value there."""
    for value in VALUES:
        yield place, value
    children = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, child in children:
        yield from variants(child, (*place, key))


def replaced(body: t.Any, place: tuple[t.Any, ...], value: t.Any) -> t.Any:
    if not place:
        return value
    changed = copy.copy(body)
    changed[place[0]] = replaced(body[place[0]], place[1:], value)
    return changed


@pytest.fixture
def connection(client, platform_org):
    platform_org.simulator.rate_limit(platform_org.key, allowed=None)
    platform_org.simulator.client_rate_limit(platform_org.key, allowed=None)
    return client(platform_org, checked=False)


@pytest.fixture
def targets(connection) -> list[tuple[str, str, t.Any]]:
    """Return C((method, path, valid body)) of every operation with a body."""
    integration = connection.post(INTEGRATIONS, json={"integrationType": TYPE}).json()["id"]
    functions = connection.post(INTEGRATIONS, json={"integrationType": {"id": "function-data-actions"}})
    credential_body = {"name": "c", "type": {"name": "userDefined"}, "credentialFields": {"a": "b"}}
    credential = connection.post(CREDENTIALS, json=credential_body).json()["id"]
    action_body = {**ACTION, "integrationId": integration}
    live = f"{ACTIONS}/{connection.post(ACTIONS, json=action_body).json()['id']}"
    connection.post(f"{live}/draft")
    function_body = {**ACTION, "integrationId": functions.json()["id"]}
    function = f"{ACTIONS}/{connection.post(f'{ACTIONS}/drafts', json=function_body).json()['id']}/draft"
    config = connection.get(f"{INTEGRATIONS}/{integration}/config/current").json()
    patch = {name: ACTION[name] for name in ("name", "category", "config")}
    settings = {"description": "d", "handler": "h", "runtime": "nodejs20.x", "timeoutSeconds": 3}
    table = f"{TABLES}/{connection.post(TABLES, json=TABLE).json()['id']}"
    row = {"key": "k", "text": "t", "count": 1, "price": 1.5, "sold": True}
    connection.post(f"{table}/rows", json=row)
    return [
        ("POST", TABLES, {**TABLE, "division": {"id": None}}),
        ("PUT", table, {**TABLE, "name": "Other"}),
        ("POST", f"{table}/rows", row),
        ("PUT", f"{table}/rows/k", row),
        ("POST", f"{table}/import/csv/jobs", {"importMode": "Append"}),
        ("POST", INTEGRATIONS, {"name": "n", "integrationType": TYPE}),
        ("PATCH", f"{INTEGRATIONS}/{integration}", {"intendedState": "ENABLED"}),
        ("PUT", f"{INTEGRATIONS}/{integration}/config/current", config),
        ("POST", CREDENTIALS, credential_body),
        ("PUT", f"{CREDENTIALS}/{credential}", credential_body),
        ("POST", ACTIONS, action_body),
        ("POST", f"{ACTIONS}/drafts", action_body),
        ("PATCH", live, {**patch, "version": 1}),
        ("PATCH", f"{live}/draft", {**patch, "version": 1, "contract": ACTION["contract"]}),
        ("POST", f"{live}/test", {"id": "1", "limit": 2}),
        ("POST", f"{live}/execute", {"id": "1", "limit": 2}),
        ("PUT", f"{function}/function", settings),
        ("POST", f"{function}/function/upload", {"fileName": "f", "signedUrlTimeoutSeconds": 1}),
        ("POST", f"{live}/draft/publish", {"version": 1}),
    ]


def test_a_wrong_value_at_any_place_of_a_body(connection, targets):
    for method, path, body in targets:
        for place, value in variants(body):
            given = json.dumps(replaced(body, place, value))
            answer = connection.request(method, path, content=given, headers=JSON)
            assert answer.status_code in (200, 400, 409), (method, path, place, value, answer.text)
            answer.json()
    for path in (INTEGRATIONS, ACTIONS, f"{ACTIONS}/drafts", f"{CREDENTIALS}/listing"):
        assert connection.get(path, params={"includeConfig": "true"}).status_code == 200


def test_actions_that_were_accepted_can_be_read_and_tested(connection, targets, platform_org):
    """Check every stored variant of a contract in every form in which it is shown."""
    method, path, body = next(one for one in targets if one[:2] == ("POST", ACTIONS))
    for place, value in variants(body["contract"], ("contract",)):
        given = json.dumps(replaced(body, place, value))
        connection.request(method, path, content=given, headers=JSON)
    stored = [one["id"] for one in platform_org.objects("actions")]
    assert len(stored) > 10
    for action_id in stored:
        for query in ("expand=contract", "expand=contract&flatten=true&includeConfig=true"):
            assert connection.get(f"{ACTIONS}/{action_id}?{query}").status_code == 200
        assert connection.post(f"{ACTIONS}/{action_id}/test", json={"id": "1"}).status_code == 200


def test_odd_queries(connection, targets):
    paths = (INTEGRATIONS, f"{INTEGRATIONS}/types", CREDENTIALS, f"{CREDENTIALS}/listing", ACTIONS)
    tracking = "/api/v2/architect/dependencytracking/consumingresources"
    tables = (TABLES, f"{TABLES}/divisionviews", "/api/v2/authorization/divisions")
    (table,) = [path for method, path, _body in targets if (method, path[: len(TABLES)]) == ("PUT", TABLES)][
        :1
    ]
    tables += (table, f"{table}/rows", f"{table}/import/jobs")
    for path in (*paths, f"{ACTIONS}/drafts", f"{ACTIONS}/categories", tracking, *tables):
        for query in QUERIES:
            assert connection.get(f"{path}?{query}").status_code in (200, 400), (path, query)
