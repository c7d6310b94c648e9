# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of tokens: how they are requested, kept, renewed in time and hidden (S0.1, S0.2, S2.11)."""

from __future__ import annotations

import base64
import concurrent.futures
import json
import time

import httpx
import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import REFERENCE
from ansible_collections.genesys.cloud.plugins.module_utils._http.auth import (
    ClientCredentials,
    Token,
    read_token,
)
from ansible_collections.genesys.cloud.plugins.module_utils._http.responses import RawResponse as HttpAnswer
from ansible_collections.genesys.cloud.plugins.module_utils._secrets import Redactor
from unit.scripted_server import (
    CLIENT_ID,
    CLIENT_SECRET,
    Answer,
    ReceivedRequest,
    error,
    token_answer,
)

USER = "/api/v2/users/1"
OK = Answer(body={"id": "1"})


def accepts(*tokens):
    """Return a responder that accepts only these tokens."""

    def respond(request: ReceivedRequest) -> Answer:
        return OK if request.token in tokens else error(401, "bad.credentials", "Invalid login credentials")

    return respond


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


def test_one_token_serves_many_calls(server):
    server.script(*[OK] * 5)
    client = server.client()
    for _turn in range(5):
        client.get(USER)
    assert len(server.token_calls) == 1
    assert client.api()["requests"] == 6


def test_nothing_is_sent_before_the_first_call(server):
    with server.client() as client:
        assert client.api() == {"requests": 0, "retries": 0, "latency_ms": 0, "correlation_ids": []}
    assert server.token_calls == []


@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
def test_a_401_renews_the_token_and_repeats_the_request(server, method):
    server.respond(accepts("token-2"))
    client = server.client()
    if method == "GET":
        assert client.get(USER).data == {"id": "1"}
    else:
        assert client.send(method, USER, json={"a": 1}, repeatable=False).data == {"id": "1"}
    assert [call.token for call in server.calls] == ["token-1", "token-2"]
    assert server.calls[0].body == server.calls[1].body
    assert len(server.token_calls) == 2
    assert (client.api()["requests"], client.api()["retries"]) == (4, 1)


def test_a_401_renews_once_only(server):
    server.respond(accepts())
    with pytest.raises(errors.AuthenticationFailed) as caught:
        server.client().get(USER)
    assert len(server.calls) == len(server.token_calls) == 2
    assert caught.value.status == 401
    assert "A new token was refused as well" in str(caught.value)
    assert CLIENT_ID in str(caught.value)
    assert "Correlation id: corr-401" in str(caught.value)


def test_of_a_huge_401_only_the_beginning_is_read(server):
    server.script(Answer(401, b"x" * 100_000_000), OK)
    assert server.client().get(USER).data == {"id": "1"}
    assert server.bytes_sent < 50_000_000


def test_a_given_token_is_never_renewed(server):
    server.respond(accepts("other"))
    client = server.client(access_token="given-token-1234")
    with pytest.raises(errors.AuthenticationFailed, match="given access_token has expired") as caught:
        client.get(USER)
    assert [call.token for call in server.calls] == ["given-token-1234"]
    assert server.token_calls == []
    assert "given-token-1234" not in str(caught.value)


def test_token_is_renewed_before_it_expires(server):
    """Check a lifetime of 1 s; the token is renewed 20 % before its end, after 0.8 s."""
    server.script_tokens(token_answer("short", expires_in=1))
    server.respond(accepts("short", "token-1"))
    client = server.client()
    client.get(USER)
    client.get(USER)
    time.sleep(0.85)
    client.get(USER)
    assert [call.token for call in server.calls] == ["short", "short", "token-1"]


@pytest.mark.parametrize("expires_in", [3600, "3600", 0, -5, None, "soon", [1], 1e400])
def test_a_life_that_makes_no_sense_is_short_but_usable(server, expires_in):
    server.script_tokens(token_answer("odd", expires_in=expires_in))
    server.respond(accepts("odd"))
    client = server.client()
    client.get(USER)
    client.get(USER)
    assert len(server.token_calls) == 1


def test_renewal_time_is_a_fifth_of_the_life_and_at_most_a_minute(server):
    connection = server.connection()

    def renewal(**changes):
        content = token_answer("t0ken", **changes).content()
        return read_token(HttpAnswer(200, {}, content), connection, 1000.0, Redactor()).renew_at - 1000.0

    assert renewal(expires_in=100) == pytest.approx(80)
    assert renewal(expires_in=300) == pytest.approx(240)
    assert renewal(expires_in=3600) == pytest.approx(3540)
    assert renewal(expires_in=10**12) == pytest.approx(172_800 - 60)
    assert renewal(expires_in=0) == renewal(expires_in=None) == renewal(expires_in="x") == pytest.approx(48)


def test_threads_that_need_a_token_cause_one_request(server):
    server.script_tokens(Answer(body=token_answer("token-x").body, delay=0.1))
    server.respond(accepts("token-x"))
    client = server.client()
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        list(pool.map(lambda _: client.get(USER), range(24)))
    assert len(server.token_calls) == 1
    assert client.api()["requests"] == 25


def test_threads_that_see_a_401_cause_one_request(server):
    server.script_tokens(token_answer("old"), Answer(body=token_answer("new").body, delay=0.1))
    server.respond(lambda request: accepts("new")(request) if len(server.calls) > 1 else OK)
    client = server.client()
    client.get(USER)
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        list(pool.map(lambda _: client.get(USER), range(24)))
    assert len(server.token_calls) == 2


def test_a_thread_waits_for_the_token_of_another_no_longer_than_its_own_deadline():
    def fetch(ends_at: float, _rejected: Token | None) -> Token:
        time.sleep(1)
        return Token("t0ken", ends_at, None)

    auth = ClientCredentials(fetch, lambda request: None)

    def ask(seconds: float) -> httpx.Request:
        request = httpx.Request("GET", "http://x", extensions={"ends_at": time.monotonic() + seconds})
        return next(auth.sync_auth_flow(request))

    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        patient = pool.submit(ask, 10)
        time.sleep(0.1)
        started = time.monotonic()
        with pytest.raises(errors.DeadlineExceeded):
            ask(0.1)
        assert time.monotonic() - started < 0.9
        assert patient.result().headers["authorization"] == "Bearer t0ken"


def test_a_refused_client_is_asked_for_once(server):
    server.script_tokens(refusal())
    client = server.client()
    for _turn in range(3):
        with pytest.raises(errors.AuthenticationFailed):
            client.get(USER)
    assert len(server.token_calls) == 1
    assert server.calls == []


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
    message = r"POST http://\S+/oauth/token was redirected to 127\.0\.0\.1"
    with pytest.raises(errors.Redirected, match=message):
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
    server.script_tokens(Answer(429, headers={"Retry-After": "30"}))
    started = time.monotonic()
    with pytest.raises(
        errors.RateLimited, match="asks to wait 30 s, more than is left of the deadline of 5 s"
    ):
        server.client(deadline=5).get(USER)
    assert time.monotonic() - started < 4


@pytest.mark.parametrize(
    "body", [[], 7, "<html>", {}, {"access_token": 7}, {"access_token": ""}, {"access_token": "a\r\nX: b"}]
)
def test_a_token_answer_without_token_is_malformed(server, body):
    server.script_tokens(*[Answer(body=body)] * 2)
    with pytest.raises(errors.MalformedResponse, match="oauth/token was answered 200"):
        server.client(retries=1).get(USER)


def test_missing_scope_names_what_was_granted(server):
    server.script_tokens(token_answer("t-1234", scope="audit:read team:read"))
    server.script(error(403, "missing.scope", "no", messageParams={"scopes": "data:actions:write"}))
    with pytest.raises(errors.PermissionDenied) as caught:
        server.client().send("POST", "/api/v2/architect/data-actions", json={}, repeatable=False)
    assert caught.value.missing == ("data:actions:write",)
    assert "(granted: audit:read team:read)" in str(caught.value)


def test_token_is_hidden_where_the_server_echoes_it(server):
    server.respond(lambda request: error(400, "bad", f"you sent {request.headers['authorization']}"))
    with pytest.raises(errors.BadRequest) as caught:
        server.client().get(USER)
    assert "you sent Bearer ********" in str(caught.value)


def test_basic_header_is_hidden_where_the_server_echoes_it(server):
    encoded = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    server.script_tokens(refusal(text=f"header was Basic {encoded}"))
    with pytest.raises(errors.AuthenticationFailed) as caught:
        server.client().get(USER)
    assert "header was Basic ********" in str(caught.value)
