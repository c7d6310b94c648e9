# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of tokens: how they are shared, renewed in time and hidden (S0.1, S0.2, S2.11)."""

from __future__ import annotations

import concurrent.futures
import itertools
import threading
import time

import httpx
import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._http.auth import (
    ClientCredentials,
    Token,
)
from ansible_collections.genesys.cloud.plugins.module_utils._http.responses import RawResponse
from ansible_collections.genesys.cloud.plugins.module_utils._http.token_endpoint import read_token
from ansible_collections.genesys.cloud.plugins.module_utils._secrets import Redactor
from unit.patience import FOREVER, PATIENCE
from unit.scripted_server import (
    CLIENT_ID,
    Answer,
    ReceivedRequest,
    error,
    token_answer,
)

USER = "/api/v2/users/1"
ORGANIZATION = "/api/v2/organizations/me"
OK = Answer(body={"id": "1"})


def accepts(*tokens):
    """Return a responder that accepts only these tokens."""

    def respond(request: ReceivedRequest) -> Answer:
        return OK if request.token in tokens else error(401, "bad.credentials", "Invalid login credentials")

    return respond


def test_one_token_serves_many_calls(server):
    server.script(*[OK] * 5)
    client = server.client()
    for _turn in range(5):
        client.get(USER)
    assert len(server.token_calls) == 1
    assert client.api()["requests"] == 6


def test_nothing_is_sent_before_the_first_call(server):
    with server.client() as client:
        figures = client.api()
        assert figures.pop("profile") == "reference"
        assert figures == {"requests": 0, "retries": 0, "latency_ms": 0, "correlation_ids": []}
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


def test_a_token_that_another_call_got_is_no_new_one():
    """Check a call that outlasts two tokens: the second one was not made for it, so it gets a third one."""
    numbers = itertools.count(1)

    def fetch(ends_at: float, _rejected: Token | None) -> Token:
        return Token(f"token-{next(numbers)}", ends_at, None)

    auth = ClientCredentials(fetch, lambda request: None)
    ends_at = time.monotonic() + FOREVER
    slow, quick = (
        auth.sync_auth_flow(httpx.Request("GET", "http://x", extensions={"ends_at": ends_at}))
        for _turn in range(2)
    )
    first, refused = next(slow), httpx.Response(401)
    next(quick)
    assert quick.send(refused).headers["authorization"] == "Bearer token-2"
    assert slow.send(refused).headers["authorization"] == "Bearer token-2"
    assert slow.send(refused).headers["authorization"] == "Bearer token-3"
    with pytest.raises(StopIteration):
        slow.send(refused)
    assert first.headers["authorization"] == "Bearer token-3"


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


@pytest.mark.parametrize("expires_in", [3600, "3600", 0, -5, None, "soon", [1], 10**400])
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
        return read_token(RawResponse(200, {}, content), connection, 1000.0, Redactor()).renew_at - 1000.0

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


def test_threads_that_wait_for_a_token_share_its_failure(server):
    """Check that an org that is down costs the token requests of one thread."""
    server.script_tokens(*[Answer(body={}, status=503, delay=0.05)] * 60)
    client = server.client(retries=2)
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        failures = [pool.submit(client.get, USER).exception() for _thread in range(1)]
        calls = [pool.submit(client.get, USER) for _thread in range(12)]
        failures += [call.exception() for call in calls]
    assert all(isinstance(failure, errors.ServerError) for failure in failures)
    assert len(server.token_calls) == 6, "three for the first call, three for all threads after it"
    server._token_answers.clear()
    server.respond(accepts("token-1"))
    assert client.get(USER).data == {"id": "1"}, "a later call asks again"


def test_threads_that_see_a_401_cause_one_request(server):
    server.script_tokens(token_answer("old"), Answer(body=token_answer("new").body, delay=0.1))
    server.respond(lambda request: accepts("new")(request) if len(server.calls) > 1 else OK)
    client = server.client()
    client.get(USER)
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        list(pool.map(lambda _: client.get(USER), range(24)))
    assert len(server.token_calls) == 2


def test_a_thread_waits_for_the_token_of_another_no_longer_than_its_own_deadline():
    asked, free = threading.Event(), threading.Event()

    def fetch(ends_at: float, _rejected: Token | None) -> Token:
        asked.set()
        free.wait(FOREVER)
        return Token("t0ken", ends_at, None)

    auth = ClientCredentials(fetch, lambda request: None)

    def ask(seconds: float) -> httpx.Request:
        request = httpx.Request("GET", "http://x", extensions={"ends_at": time.monotonic() + seconds})
        return next(auth.sync_auth_flow(request))

    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        patient = pool.submit(ask, FOREVER)
        asked.wait(PATIENCE)
        with pytest.raises(errors.DeadlineExceeded):
            ask(0.1)
        free.set()
        assert patient.result().headers["authorization"] == "Bearer t0ken"


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


def belongs_to(**orgs):
    """Return a responder: each token belongs to an org of this id, and token-1 is refused for writes."""

    def respond(request: ReceivedRequest) -> Answer:
        if request.path == ORGANIZATION:
            org = orgs[request.token.replace("-", "_")]
            return Answer(body={"id": org, "name": f"Org {org}"})
        if request.token == "token-1" and request.method == "PUT":
            return error(401, "bad.credentials", "Invalid login credentials")
        return OK

    return respond


@pytest.mark.parametrize("expected", ["a", "Org a"])
def test_a_new_token_of_another_org_is_used_for_no_write(server, expected):
    server.respond(belongs_to(token_1="a", token_2="b", token_3="b"))
    client = server.client(organization=expected)
    client.get(USER)
    for _turn in range(2):
        with pytest.raises(errors.WrongOrganization, match="the new one was not used"):
            client.send("PUT", USER, json={"a": 1}, repeatable=True)
    writes = [call.token for call in server.calls if call.method == "PUT"]
    assert set(writes) == {"token-1"}


def test_a_new_token_of_the_same_org_is_used(server):
    server.respond(belongs_to(token_1="a", token_2="a"))
    client = server.client(organization="a")
    client.send("PUT", USER, json={"a": 1}, repeatable=True)
    assert [(call.method, call.path, call.token) for call in server.calls] == [
        ("PUT", USER, "token-1"),
        ("GET", ORGANIZATION, "token-2"),
        ("PUT", USER, "token-2"),
    ]
    assert client.api()["requests"] == 5


def test_the_check_of_a_new_token_is_retried(server):
    answers = iter([Answer(503), Answer(body={"id": "a"})])
    respond = belongs_to(token_1="a", token_2="a")
    server.respond(lambda request: next(answers) if request.path == ORGANIZATION else respond(request))
    server.client(organization="a").send("PUT", USER, json={"a": 1}, repeatable=True)
    assert server.calls[-1].token == "token-2"


def test_a_new_token_is_not_checked_without_an_expected_org(server):
    server.respond(belongs_to(token_1="a", token_2="b"))
    server.client().send("PUT", USER, json={"a": 1}, repeatable=True)
    assert [call.path for call in server.calls] == [USER, USER]
