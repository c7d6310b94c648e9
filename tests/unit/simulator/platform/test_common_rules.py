# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign-in, errors, headers, limits and the separation of the two APIs."""

from __future__ import annotations

import pytest

from simulator.control import ControlError

FORM = {"grant_type": "client_credentials"}
INTEGRATIONS = "/api/v2/integrations"


@pytest.fixture
def anonymous(client):
    return client(checked=False)


def sign_in(connection, org, secret=None, **fields):
    return connection.post(
        "/oauth/token", data={**FORM, **fields}, auth=(org.client_id, secret or org.client_secret)
    )


def test_a_token_needs_no_scope_and_has_the_permissions_of_its_client(anonymous, new_org):
    org = new_org(api="platform", permissions=["integrations:integration:view"])
    answer = sign_in(anonymous, org, scope="integrations:readonly")
    assert answer.status_code == 200
    assert set(answer.json()) == {"access_token", "token_type", "expires_in"}
    assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("bearer", 3600)
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert anonymous.get(INTEGRATIONS, headers=headers).status_code == 200
    assert anonymous.post(INTEGRATIONS, headers=headers, json={}).status_code == 403


@pytest.mark.parametrize("status", [400, 401])
def test_a_wrong_secret_is_refused(anonymous, platform_org, status):
    platform_org.platform(token_refusal_status=status)
    answer = sign_in(anonymous, platform_org, "wrong")
    assert answer.status_code == status
    assert answer.json()["error"] == "invalid_client"
    assert answer.json()["description"] == answer.json()["error_description"]


def test_other_grants_are_refused(anonymous, platform_org):
    answer = sign_in(anonymous, platform_org, grant_type="password")
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


def test_the_token_endpoint_has_a_limit_of_its_own(anonymous, platform_org):
    platform_org.platform(token_rate_limit={"allowed": 2, "window": 3600})
    answers = [sign_in(anonymous, platform_org) for _turn in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 400]
    assert answers[2].json()["error"] == "invalid_request"
    assert answers[2].json()["description"].startswith("rate limit exceeded;")
    platform_org.platform(token_rate_limit=None)
    assert sign_in(anonymous, platform_org).status_code == 200


def test_the_org_and_its_products(platform, platform_org):
    org = platform.get("/api/v2/organizations/me").json()
    assert (org["id"], org["name"], org["defaultCountryCode"]) == (platform_org.id, platform_org.name, "US")
    products = platform.get("/api/v2/authorization/products").json()
    assert products["total"] == len(products["entities"]) > 0


def test_an_org_has_one_api(client, org, platform_org):
    reference, platform = client(org, checked=False), client(platform_org, checked=False)
    assert reference.get("/api/v2/architect/data-actions").status_code == 200
    assert reference.get(INTEGRATIONS).status_code == 404
    assert platform.get("/api/v2/architect/data-actions").status_code == 404
    assert platform.get(INTEGRATIONS).status_code == 200
    assert set(reference.get("/api/v2/organizations/me").json()) == {"id", "name"}


def test_the_names_and_settings_of_the_other_api_are_refused(new_org, org, platform_org):
    for faulty in (
        {"api": "platform", "scopes": ["data:actions:read"]},
        {"api": "platform", "permissions": ["data:actions:read"]},
        {"permissions": ["integrations:integration:view"]},
        {"api": "soap"},
    ):
        with pytest.raises(ControlError):
            new_org(**faulty)
    with pytest.raises(ControlError, match="reference API"):
        org.platform(redaction="empty")
    with pytest.raises(ControlError, match="redaction"):
        platform_org.platform(redaction="loud")


def test_the_headers_of_every_answer(platform):
    """Check the headers of the limit, which the document of the API also holds for the others."""
    counts = []
    for path in ("/api/v2/organizations/me", "/api/v2/integrations/types/none"):
        headers = platform.get(path).headers
        counts.append(int(headers["inin-ratelimit-count"]))
        assert headers["inin-ratelimit-allowed"] == "300"
        assert 0 < int(headers["inin-ratelimit-reset"]) <= 60
    assert counts == [1, 2]


def test_too_many_requests_of_one_token(client, platform_org):
    platform_org.simulator.rate_limit(platform_org.key, allowed=1, window=3600)
    connection = client(platform_org)
    assert connection.get(INTEGRATIONS).status_code == 200
    answer = connection.get(INTEGRATIONS)
    assert (answer.status_code, answer.json()["code"]) == (429, "too.many.requests.retry.after")
    seconds = answer.headers["retry-after"]
    assert f"[{seconds}] seconds" in answer.json()["message"]
    assert answer.json()["limit"] == {
        "key": "client.credentials.token.rate.per.minute",
        "namespace": "platform.api",
        "value": 1,
    }
    assert client(platform_org).get(INTEGRATIONS).status_code == 200


def test_refused_tokens(client, platform_org, anonymous):
    assert anonymous.get(INTEGRATIONS).json()["code"] == "authentication.required"
    headers = {"Authorization": "Bearer unknown"}
    assert anonymous.get(INTEGRATIONS, headers=headers).json()["code"] == "bad.credentials"
    expired = client(platform_org)
    platform_org.simulator.expire_tokens(platform_org.key)
    answer = expired.get(INTEGRATIONS)
    assert (answer.status_code, answer.json()["code"]) == (401, "credentials.expired")
    revoked = client(platform_org, checked=False)
    platform_org.simulator.revoke_tokens(platform_org.key)
    assert revoked.get(INTEGRATIONS).json()["code"] == "bad.credentials"
    assert revoked.get("/api/v2/nowhere").status_code == 401


def test_half_a_pair_of_surrogates_is_no_json_in_either_api(api):
    body = b'{"name": "\\ud800", "type": "rest"}'
    answer = api.post(
        "/api/v2/architect/data-actions", content=body, headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid.json")
    pair = body.replace(b"ud800", b"ud83d\\ude00")
    assert api.post(
        "/api/v2/architect/data-actions", content=pair, headers={"Content-Type": "application/json"}
    ).is_success


def test_a_client_has_a_limit_over_all_its_tokens(anonymous, platform_org, client):
    platform_org.simulator.client_rate_limit(platform_org.key, allowed=2, window=3600)
    statuses, answers = [], []
    for _turn in range(3):
        token = sign_in(anonymous, platform_org).json()["access_token"]
        answers.append(anonymous.get(INTEGRATIONS, headers={"Authorization": f"Bearer {token}"}))
        statuses.append(answers[-1].status_code)
    assert statuses == [200, 200, 429]
    assert answers[1].headers["inin-ratelimit-count"] == "1"
    assert answers[2].headers["inin-ratelimit-allowed"] == "2"
    assert answers[2].json()["limit"]["key"] == "org.app.user.rate.per.minute"
    assert client(platform_org).get(INTEGRATIONS).status_code == 200
    platform_org.simulator.client_rate_limit(platform_org.key, allowed=None)
    assert anonymous.get(INTEGRATIONS, headers=answers[2].request.headers).status_code == 200


def test_a_new_permission_needs_a_new_token(anonymous, new_org):
    org = new_org(api="platform", permissions=[])
    old = {"Authorization": f"Bearer {sign_in(anonymous, org).json()['access_token']}"}
    org.simulator.change_client(org.key, org.client_id, permissions=["integrations:integration:view"])
    new = {"Authorization": f"Bearer {sign_in(anonymous, org).json()['access_token']}"}
    assert [anonymous.get(INTEGRATIONS, headers=one).status_code for one in (old, new)] == [403, 200]


def test_a_body_over_the_limit(platform):
    answer = platform.post(INTEGRATIONS, json={"integrationType": {"id": "x" * 512_000}})
    assert (answer.status_code, answer.json()["code"]) == (413, "request.entity.too.large")


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "bad.request"),
        (b"[]", "application/json", 400, "bad.request"),
        (b'{"integrationType": {"id": NaN}}', "application/json", 400, "bad.request"),
        (b'{"integrationType": {"id": "\\ud800"}}', "application/json", 400, "bad.request"),
        (b"{}", "text/plain", 415, "unsupported.media.type"),
        (b'{"integrationType": {"id": 7}}', "application/json", 400, "bad.request"),
        (b'{"integrationType": null}', "application/json", 400, "bad.request"),
    ],
)
def test_bodies_that_are_refused(platform, content, content_type, status, code):
    answer = platform.post(INTEGRATIONS, content=content, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["contextId"] == answer.headers["inin-correlation-id"]


def test_messages_are_in_the_language_of_the_org(platform, platform_org):
    platform_org.platform(messages="german")
    answer = platform.post(INTEGRATIONS, json={}).json()
    assert answer["message"] == "Die Anforderung wurde abgelehnt (400). integrationType: ist ungültig."
    assert answer["code"] == "bad.request"


def test_faults_reach_the_platform_too(client, platform_org):
    platform_org.fault(path=INTEGRATIONS, status=503, code="service.unavailable")
    answer = client(platform_org).get(INTEGRATIONS)
    assert (answer.status_code, answer.json()["code"]) == (503, "service.unavailable")
    platform_org.fault(path=INTEGRATIONS, status=502, html=True)
    answer = client(platform_org, checked=False).get(INTEGRATIONS)
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")


def test_a_reset_restores_a_new_org(client, platform_org):
    platform_org.platform(delete_status=200)
    platform_org.seed([{"integrationType": {"id": "custom-rest-actions"}}], "integrations")
    platform_org.simulator.rate_limit(platform_org.key, allowed=None)
    platform_org.simulator.reset(platform_org.key)
    connection = client(platform_org)
    listed = connection.get(INTEGRATIONS)
    assert (listed.json()["total"], listed.headers["inin-ratelimit-allowed"]) == (0, "300")
    created = connection.post("/api/v2/integrations/credentials", json={"type": {"name": "userDefined"}})
    path = f"/api/v2/integrations/credentials/{created.json()['id']}"
    assert connection.delete(path).status_code == 204
