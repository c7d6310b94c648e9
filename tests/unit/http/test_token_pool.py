# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the pool of tokens over real sockets, with a virtual clock for the rate limit (P.5)."""

from __future__ import annotations

import concurrent.futures
import functools

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._http.client import Client
from ansible_collections.genesys.cloud.plugins.module_utils._runtime import set_progress_listener
from unit.http.limited_api import (
    CLIENT_LIMIT,
    ITEM,
    ORGANIZATION,
    TOKEN_LIMIT,
    LimitedApi,
    VirtualClock,
    limit_headers,
)
from unit.scripted_server import FAST, Answer, error, token_answer

#: A deadline [s] that no wait on the virtual clock reaches.
NO_DEADLINE = 86_400
THROTTLED = Answer(400, {"error": "invalid_request", "error_description": "rate limit exceeded; slow down"})


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def api(server, clock):
    limited = LimitedApi(clock)
    server.respond(limited)
    return limited


@pytest.fixture
def open_client(server, clock):
    """Return a factory of clients of the platform API: `open_client(size)`."""
    opened = []

    def open_one(size, **options):
        options = {"api_profile": "platform", "deadline": NO_DEADLINE, "token_pool_size": size, **options}
        client = Client(server.connection(**options), _backoff=FAST, _clock=clock)
        opened.append(client)
        return client

    yield open_one
    for client in opened:
        client.close()


@pytest.fixture
def progress():
    lines = []
    set_progress_listener(lines.append)
    yield lines
    set_progress_listener(None)


def read(client, count, threads=1):
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(lambda _turn: client.get(ITEM).data, range(count)))
    assert results == [{"id": "1"}] * count


@pytest.mark.parametrize(("size", "seconds"), [(1, 240), (4, 60)])
def test_four_tokens_are_four_times_as_fast(server, api, clock, open_client, size, seconds):
    """Check 1,500 reads under the limit of 300 a minute for each token; no request is refused."""
    client = open_client(size)
    read(client, 1500)
    assert clock.elapsed == seconds
    assert (api.refused, len(server.token_calls), len(api.used)) == (0, size, size)
    assert client.api()["retries"] == 0
    assert client.api()["requests"] == 1500 + size


@pytest.mark.parametrize("size", [1, 2, 4, 10])
def test_threads_of_a_pool_are_refused_nothing(server, api, open_client, size):
    api.allowed = 30
    read(open_client(size), 400, threads=8)
    assert api.refused == 0
    assert len(server.token_calls) <= size


def test_no_further_token_is_requested_as_long_as_the_first_suffices(server, api, clock, open_client):
    read(open_client(10), 290, threads=8)
    assert (len(server.token_calls), clock.elapsed) == (1, 0)


def test_a_given_token_has_no_pool(server, api, clock, open_client):
    read(open_client(1, access_token="given"), 301)
    assert (server.token_calls, clock.elapsed, set(api.used)) == ([], 60, {"given"})


def test_a_new_window_of_the_first_token_comes_before_the_other_tokens(api, clock, open_client):
    """Check that the pool returns to its first token when the window of that token ends."""
    api.allowed = 10
    client = open_client(3)
    read(client, 15)
    assert api.used == {"token-1": 10, "token-2": 5}
    clock.pass_until(clock.now() + api.window)
    read(client, 10)
    assert api.used == {"token-1": 20, "token-2": 5}


def test_a_further_token_of_the_org_is_checked_and_used(server, api, open_client):
    api.allowed = 10
    client = open_client(2, organization="a")
    read(client, 15)
    checks = [call.token for call in server.calls if call.path == ORGANIZATION]
    assert checks == ["token-2"]
    assert client.api()["requests"] == 15 + 2 + 1


@pytest.mark.parametrize("expected", ["a", "Org a"])
def test_a_further_token_of_another_org_is_not_used(server, api, open_client, expected):
    api.allowed, api.org = 10, {"token-2": "b", "token-3": "b"}
    client = open_client(4, organization=expected)
    read(client, 10)
    for _turn in range(2):
        with pytest.raises(errors.WrongOrganization, match="got a further token, and the new one was not"):
            client.send("PUT", ITEM, json={}, repeatable=True)
    assert [call.path for call in server.calls if call.token != "token-1"] == [ORGANIZATION] * 2


def test_a_revoked_token_is_renewed_alone(server, api, clock, open_client):
    api.allowed = 10
    client = open_client(2, organization="a")
    read(client, 15)
    api.rejected.add("token-2")
    read(client, 5)
    clock.pass_until(clock.now() + api.window)
    read(client, 10)
    assert len(server.token_calls) == 3
    assert [call.token for call in server.calls if call.path == ORGANIZATION] == ["token-2", "token-3"]
    assert [call.token for call in server.calls[-10:]] == ["token-1"] * 10


def test_an_expired_token_is_renewed_alone(server, api, open_client):
    api.allowed = 10
    server.script_tokens(token_answer("long"), token_answer("short", expires_in=0.001))
    read(open_client(2), 14)
    assert api.used["long"] == 10
    assert sum(api.used.values()) == 14


def test_the_limit_of_the_token_endpoint_is_waited_for(server, api, clock, open_client):
    """Situation 18 of the public reports: the first and the further tokens of a run."""
    api.allowed = 10
    server.script_tokens(THROTTLED, THROTTLED, token_answer("a"), THROTTLED, token_answer("b"))
    client = open_client(2)
    read(client, 15)
    assert api.used == {"a": 10, "b": 5}
    assert client.api()["retries"] == 3
    assert clock.elapsed == 0


@pytest.mark.parametrize(
    ("refusal", "requests"),
    [
        (Answer(401, {"error": "invalid_client", "error_description": "client not found"}), 2),
        (Answer(503), 2 * 2),
    ],
)
def test_without_a_further_token_requests_wait(server, api, clock, open_client, progress, refusal, requests):
    """Check that a denial is final, and that another failure leads to a new attempt in a later window."""
    api.allowed = 10
    server.script_tokens(token_answer("a"), *[refusal] * 20)
    read(open_client(4, retries=1), 30)
    assert (clock.elapsed, api.refused, set(api.used)) == (120, 0, {"a"})
    assert len(server.token_calls) == 1 + (1 if refusal.status == 401 else requests)
    assert "No further access token beside 1, so requests wait for the rate limit" in progress[0]


def test_a_429_of_a_token_leads_to_the_next_token(server, clock, open_client):
    """Check requests that other processes have sent with the first token: no pause is waited for."""
    limit = {"key": TOKEN_LIMIT, "namespace": "platform.api", "value": 300}
    headers = {**limit_headers(301, 300, 60), "Retry-After": "60"}
    server.script(error(429, headers=headers, limit=limit), Answer(body={"id": "1"}))
    client = open_client(2)
    read(client, 1)
    assert [call.token for call in server.calls] == ["token-1", "token-2"]
    assert (clock.elapsed, client.api()["retries"]) == (0, 1)


def test_a_429_of_all_tokens_is_tried_once_with_each(server, open_client):
    limit = {"key": TOKEN_LIMIT}
    server.respond(lambda request: error(429, headers={"Retry-After": "600"}, limit=limit))
    with pytest.raises(errors.RateLimited):
        open_client(3, deadline=60).get(ITEM)
    assert [call.token for call in server.calls] == ["token-1", "token-2", "token-3"]


@pytest.mark.parametrize("limit", [None, "text", {}, {"key": 5}, {"key": CLIENT_LIMIT}])
def test_a_429_for_another_limit_pauses_all_tokens(server, open_client, limit):
    server.respond(lambda request: error(429, headers={"Retry-After": "600"}, limit=limit))
    client = open_client(3, deadline=60)
    with pytest.raises(errors.RateLimited):
        client.get(ITEM)
    assert {call.token for call in server.calls} == {"token-1"}


def test_a_further_token_is_hidden_in_messages(server, api, open_client):
    api.allowed = 10
    client = open_client(2)
    read(client, 10)
    server.respond(lambda request: error(400, "bad", f"you sent {request.headers['authorization']}"))
    with pytest.raises(errors.BadRequest, match=r"you sent Bearer \*{8}") as caught:
        client.get(ITEM)
    assert server.calls[-1].token == "token-2"
    assert "token-2" not in str(caught.value)


def test_tokens_that_come_at_the_same_time_are_all_hidden(server, api, open_client):
    """Check that renewals of several tokens at once lose none of the secrets of the filter."""
    api.allowed = 20
    client = open_client(10)
    read(client, 200)
    api.rejected |= set(api.used)
    read(client, 40, threads=8)
    names = [f"token-{number}" for number in range(1, len(server.token_calls) + 1)]
    hidden = functools.reduce(lambda text, name: text.replace(name, ""), names, "")
    assert hidden == "" and not any(name in client._session.redact(" ".join(names)) for name in names)
