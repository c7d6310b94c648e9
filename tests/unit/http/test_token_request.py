# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the request for a token: its styles, its retries and how refusals are explained (S0.1, S0.2)."""

from __future__ import annotations

import base64
import json
import time

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import REFERENCE
from unit.patience import PATIENCE
from unit.scripted_server import CLIENT_ID, CLIENT_SECRET, Answer

USER = "/api/v2/users/1"
OK = Answer(body={"id": "1"})


def refusal(status=401, code="invalid_client", text="client not found"):
    return Answer(status, {"error": code, "error_description": text})


def test_basic_header_is_the_default_style(server):
    server.script(OK)
    with server.client() as client:
        client.get(USER)
    (asked,) = server.token_calls
    assert (asked.method, asked.path) == ("POST", "/oauth/token")
    word, value = asked.headers["authorization"].split()
    assert (word, base64.b64decode(value).decode()) == ("Basic", f"{CLIENT_ID}:{CLIENT_SECRET}")
    assert asked.form == {"grant_type": "client_credentials", "scope": " ".join(REFERENCE.default_scopes)}
    assert server.calls[0].headers["authorization"] == "Bearer token-1"


def test_form_style(server):
    server.script(OK)
    server.client(token_request="form", scopes=["audit:read"]).get(USER)
    (asked,) = server.token_calls
    assert "authorization" not in asked.headers
    assert asked.form == {
        "grant_type": "client_credentials",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "scope": "audit:read",
    }


def test_json_style_at_another_path(server):
    server.script(OK)
    server.client(token_request="json", token_path="/api/v2/oauth/token").get(USER)
    (asked,) = server.token_calls
    assert (asked.path, asked.headers["content-type"]) == ("/api/v2/oauth/token", "application/json")
    assert "authorization" not in asked.headers
    assert json.loads(asked.body) == {
        "grant_type": "client_credentials",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "scope": " ".join(REFERENCE.default_scopes),
    }


def test_refused_client_is_explained(server):
    server.script_tokens(refusal(text=f"no such client with {CLIENT_SECRET}"))
    with pytest.raises(errors.AuthenticationFailed) as caught:
        server.client().get(USER)
    text = str(caught.value)
    assert f"OAuth client {CLIENT_ID} was denied a token at {server.base_url}/oauth/token" in text
    assert "(401 invalid_client): no such client with ********" in text
    assert "Check client_id and client_secret" in text
    assert CLIENT_SECRET not in text
    assert caught.value.render()["status"] == 401


def test_refused_scopes_are_explained(server):
    server.script_tokens(refusal(400, "invalid_scope", "none granted"))
    message = r"none of the requested scopes \(audit:read team:read\)"
    with pytest.raises(errors.AuthenticationFailed, match=message):
        server.client(scopes="audit:read team:read").get(USER)


@pytest.mark.parametrize(
    "answer", [Answer(404, "<html><title>Not here</title>"), Answer(405, ""), Answer(400, "<html>")]
)
def test_wrong_token_path_is_explained(server, answer):
    server.script_tokens(answer)
    with pytest.raises(errors.AuthenticationFailed, match="Check base_url and token_path"):
        server.client().get(USER)


def test_redirected_token_request_is_not_followed(server):
    server.script_tokens(Answer(302, "", {"Location": f"{server.base_url}/login"}))
    with pytest.raises(
        errors.Redirected, match=r"POST http://\S+/oauth/token was redirected to 127\.0\.0\.1"
    ):
        server.client().get(USER)
    assert server.calls == []


def test_token_request_is_repeated_like_a_get(server):
    server.script_tokens(
        Answer(503), Answer(drop=True), Answer(429, headers={"Retry-After": "0"}), Answer(body="<html>")
    )
    server.script(OK)
    client = server.client()
    client.send("POST", USER, json={}, repeatable=False)
    assert len(server.token_calls) == 5
    assert len(server.calls) == 1
    assert (client.api()["requests"], client.api()["retries"]) == (6, 4)


def test_token_request_gives_up_after_the_retries(server):
    server.script_tokens(*[Answer(503)] * 3)
    with pytest.raises(errors.ServerError, match=r"POST http://\S+/oauth/token .*It was tried 3 times"):
        server.client(retries=2).send("POST", USER, json={}, repeatable=False)
    assert server.calls == []


def test_token_request_ends_with_the_deadline_of_the_call(server):
    server.script_tokens(Answer(429, headers={"Retry-After": "600"}))
    started = time.monotonic()
    with pytest.raises(
        errors.RateLimited, match="asks to wait 600 s, more than is left of the deadline of 300 s"
    ):
        server.client(deadline=300).get(USER)
    assert time.monotonic() - started < PATIENCE


@pytest.mark.parametrize(
    "body", [[], 7, "<html>", {}, {"access_token": 7}, {"access_token": ""}, {"access_token": "a\r\nX: b"}]
)
def test_a_token_answer_without_token_is_malformed(server, body):
    server.script_tokens(*[Answer(body=body)] * 2)
    with pytest.raises(errors.MalformedResponse, match="oauth/token was answered 200"):
        server.client(retries=1).get(USER)


def test_basic_header_is_hidden_where_the_server_echoes_it(server):
    encoded = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    server.script_tokens(refusal(text=f"header was Basic {encoded}"))
    with pytest.raises(errors.AuthenticationFailed) as caught:
        server.client().get(USER)
    assert "header was Basic ********" in str(caught.value)


def test_a_refused_client_is_asked_for_once(server):
    server.script_tokens(refusal())
    client = server.client()
    for _turn in range(3):
        with pytest.raises(errors.AuthenticationFailed):
            client.get(USER)
    assert len(server.token_calls) == 1
    assert server.calls == []


#: A token as a server issues it, which no message may contain.
ISSUED = "issued-4b1d0f7c"
ISSUED_BODY = {"access_token": ISSUED, "token_type": "bearer", "expires_in": 3600}


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=json.dumps(ISSUED_BODY)[:-1]),
        Answer(body=f"access_token={ISSUED}&token_type=bearer"),
        Answer(body=f"<html><title>{ISSUED}</title>"),
        Answer(body=[ISSUED_BODY]),
        Answer(body=json.dumps(ISSUED)),
        Answer(body={**ISSUED_BODY, "access_token": f"{ISSUED} "}),
        Answer(body={**ISSUED_BODY, "access_token": [ISSUED]}),
        *[Answer(status, ISSUED_BODY) for status in (302, 400, 401, 403, 404, 500, 503)],
        *[Answer(status, json.dumps(ISSUED_BODY)[:-1]) for status in (302, 400, 401, 403, 404, 500, 503)],
        *[Answer(status, {**ISSUED_BODY, "message": f"is {ISSUED}"}) for status in (302, 400, 401, 500)],
        Answer(400, {"refresh_token": ISSUED, "error": f"no {ISSUED}", "error_description": f"is {ISSUED}"}),
    ],
    ids=lambda answer: f"{answer.status}-{answer.content().decode()[:12]}",
)
def test_a_token_answer_is_never_quoted(server, answer):
    """Check truncated and wrong answers with a token, also those with the status of an error."""
    server.script_tokens(*[answer] * 2)
    client = server.client(retries=1)
    with pytest.raises(errors.GenesysError) as caught:
        client.get(USER)
    assert ISSUED not in f"{caught.value} {caught.value.render()} {client.api()}"
