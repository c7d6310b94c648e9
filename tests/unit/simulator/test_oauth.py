# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The token endpoints, scopes and the lifetime of a token."""

from __future__ import annotations

import time

import pytest

ME = "/api/v2/organizations/me"
ACTIONS = "/api/v2/architect/data-actions"


def form(org, **changed):
    fields = {
        "grant_type": "client_credentials",
        "client_id": org.client_id,
        "client_secret": org.client_secret,
        **changed,
    }
    return {name: value for name, value in fields.items() if value is not None}


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def test_the_three_request_styles_give_a_token_of_the_clients_org(client, new_org):
    connection, org = client(), new_org(name="Acme")
    new_org()
    answers = [
        connection.post(
            "/oauth/token", data={"grant_type": "client_credentials"}, auth=(org.client_id, org.client_secret)
        ),
        connection.post("/oauth/token", data=form(org)),
        connection.post("/api/v2/oauth/token", json=form(org)),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.json()["expires_in"] == 3600
        me = connection.get(ME, headers=bearer(answer.json()["access_token"]))
        assert me.json() == {"id": org.id, "name": "Acme"}


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_secret": None}, 401, "invalid_client"),
        ({"grant_type": None}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "no:such:scope"}, 400, "invalid_scope"),
    ],
)
def test_refusals(client, org, changed, status, error):
    for answer in (
        client().post("/oauth/token", data=form(org, **changed)),
        client().post("/api/v2/oauth/token", json=form(org, **changed)),
    ):
        assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_each_endpoint_takes_its_own_kind_of_body_only(client, org):
    assert client().post("/oauth/token", json=form(org)).json()["error"] == "invalid_request"
    assert client().post("/api/v2/oauth/token", data=form(org)).json()["error"] == "invalid_request"
    broken = client().post(
        "/api/v2/oauth/token", content=b'{"grant_type":', headers={"Content-Type": "application/json"}
    )
    assert broken.json()["error"] == "invalid_request"


def test_a_client_cannot_authenticate_twice_in_one_request(client, org):
    answer = client().post("/oauth/token", data=form(org), auth=(org.client_id, org.client_secret))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_the_intersection_of_asked_and_held_scopes_is_granted(client, new_org):
    org = new_org(scopes=["data:actions:read", "organization:read", "queue:read"])
    asked = "data:actions:read data:actions:write organization:read"
    granted = client().post("/oauth/token", data=form(org, scope=asked)).json()
    assert granted["scope"] == "data:actions:read organization:read"
    assert client().get(ME, headers=bearer(granted["access_token"])).status_code == 200
    refused = client().post(ACTIONS, json={}, headers=bearer(granted["access_token"]))
    assert refused.status_code == 403
    assert refused.json()["code"] == "missing.scope"
    assert refused.json()["messageParams"] == {"scopes": ["data:actions:write"]}


def test_without_scope_the_client_gets_all_it_has(client, new_org):
    org = new_org(scopes=["queue:read", "audit:read"])
    assert client().post("/oauth/token", data=form(org)).json()["scope"] == "audit:read queue:read"


@pytest.mark.parametrize("name", ["dataactions:create", "dataactions:update", "dataactions:delete"])
def test_the_names_of_001_count_for_clients_and_requests(client, new_org, name):
    held_by_alias = new_org(scopes=[name, "dataactions:read"])
    token = client().post("/oauth/token", data=form(held_by_alias, scope="data:actions:write")).json()
    assert token["scope"] == "data:actions:write"
    asked_by_alias = new_org(scopes=["data:actions:write", "data:actions:read"])
    token = client().post("/oauth/token", data=form(asked_by_alias, scope=f"{name} dataactions:read")).json()
    assert token["scope"] == f"{name} dataactions:read"
    answer = client().post(ACTIONS, json={"name": "A", "type": "rest"}, headers=bearer(token["access_token"]))
    assert answer.status_code == 200


def test_a_token_dies_after_its_lifetime(client, simulator, org):
    simulator.set_token_lifetime(org.key, 1.5)
    granted = client().post("/oauth/token", data=form(org)).json()
    assert granted["expires_in"] == 1
    headers = bearer(granted["access_token"])
    assert client().get(ME, headers=headers).status_code == 200
    time.sleep(1.5)
    assert client().get(ME, headers=headers).json()["code"] == "token.expired"


def test_expired_and_revoked_tokens_of_one_org_only(client, simulator, new_org):
    first, second = new_org(), new_org()
    of_first, of_second = client(first), client(second)
    simulator.expire_tokens(first.key)
    assert of_first.get(ME).json()["code"] == "token.expired"
    simulator.revoke_tokens(second.key)
    assert of_second.get(ME).json()["code"] == "token.revoked"
    assert client(first).get(ME).status_code == 200


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "authentication.required"),
        (bearer("never-issued"), "bad.credentials"),
        ({"Authorization": "Basic YTpi"}, "bad.credentials"),
    ],
)
def test_401_without_a_known_token(client, headers, code):
    answer = client().get(ME, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer.json()["contextId"] == answer.headers["ININ-Correlation-Id"]


def test_even_an_unknown_path_needs_a_token(client, org):
    assert client(checked=False).get("/api/v2/nowhere").status_code == 401
    answer = client(org, checked=False).get("/api/v2/nowhere")
    assert (answer.status_code, answer.json()["code"]) == (404, "not.found")
