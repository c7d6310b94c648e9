# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of throttling over real sockets: a 429 or rate-limit headers pause all threads of a client (S0.6)."""

from __future__ import annotations

import concurrent.futures
import itertools
import threading
import time

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import resolve
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._http.client import Client
from unit.patience import FOREVER, PATIENCE
from unit.scripted_server import Answer, error

ITEM = "/api/v2/architect/data-actions/1"
OK = Answer(body={"id": "1"})


@pytest.fixture
def patient_client(server):
    """Open a client that would wait for the end of a window of 300 s."""
    with server.client(access_token="given-token", deadline=FOREVER) as opened:
        yield opened


def with_rate_limit(count, allowed, reset, **more):
    headers = {
        "inin-ratelimit-count": str(count),
        "inin-ratelimit-allowed": str(allowed),
        "inin-ratelimit-reset": str(reset),
    }
    return Answer(body={"id": "1"}, headers=headers, **more)


def seconds(work):
    started = time.monotonic()
    work()
    return time.monotonic() - started


def run_in_threads(count, work):
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda _: work(), range(count)))


def test_a_429_pauses_every_thread(server, client):
    """Check that after a 429 to one thread all threads wait until Retry-After ends."""
    arrivals = []

    def respond(request):
        arrivals.append(time.monotonic())
        return error(429, headers={"Retry-After": "1"}) if len(arrivals) == 1 else OK

    server.respond(respond)
    with concurrent.futures.ThreadPoolExecutor(9) as pool:
        first = pool.submit(client.get, ITEM)
        time.sleep(0.3)
        others = [pool.submit(client.get, ITEM) for _thread in range(8)]
        assert all(call.result().data == {"id": "1"} for call in [first, *others])
    assert len(arrivals) == 10
    assert min(arrivals[1:]) - arrivals[0] >= 1.0
    assert client.api()["retries"] == 1


def test_a_pause_beyond_the_deadline_is_not_waited_for(server, client):
    server.script(error(429, headers={"Retry-After": "600"}), error(429, headers={"Retry-After": "599"}))
    for _turn in range(2):
        with pytest.raises(errors.RateLimited, match="more than is left of the deadline"):
            client.get(ITEM)
    assert len(server.calls) == 2


def test_within_of_a_call_counts_as_its_deadline(server, patient_client):
    server.script(with_rate_limit(10, 10, 300), OK)
    patient_client.get(ITEM)
    assert seconds(lambda: patient_client.get(ITEM, within=100)) < PATIENCE


def test_a_used_up_window_is_waited_for(server, client):
    server.script(with_rate_limit(10, 10, 1), OK)
    client.get(ITEM)
    assert 0.8 < seconds(lambda: client.get(ITEM)) < PATIENCE
    assert client.api()["retries"] == 0


def test_requests_under_way_count_as_spent(server, patient_client):
    """Check six threads in a window of two: two send, four wait for the rate limit of the responses."""
    under_way, most, lock = itertools.count(), [], threading.Lock()
    pair = threading.Barrier(2, timeout=PATIENCE)
    active = set()

    def respond(request):
        number = next(under_way)
        if number == 0:
            return with_rate_limit(8, 10, 300)
        with lock:
            active.add(number)
            most.append(len(active))
        pair.wait()
        with lock:
            active.discard(number)
        return with_rate_limit(8, 10, 300)

    server.respond(respond)
    patient_client.get(ITEM)
    assert seconds(lambda: run_in_threads(6, lambda: patient_client.get(ITEM))) < PATIENCE
    assert max(most) == 2


def test_news_of_a_fresh_window_end_the_wait(server, patient_client):
    """Check that a response with a newer window ends the wait before the announced end."""
    answers = iter([with_rate_limit(9, 10, 300), with_rate_limit(1, 10, 300, delay=0.2)])
    server.respond(lambda request: next(answers, with_rate_limit(2, 10, 300)))
    patient_client.get(ITEM)
    assert seconds(lambda: run_in_threads(4, lambda: patient_client.get(ITEM))) < PATIENCE


def test_an_answer_that_was_overtaken_does_not_add_to_what_is_left(server, client):
    """Check that a late response with an older count does not raise the remaining number."""
    answers = iter([with_rate_limit(1, 4, 1), with_rate_limit(4, 4, 1)])
    first_arrived, second_ended = threading.Event(), threading.Event()

    def respond(request):
        answer = next(answers, OK)
        if not first_arrived.is_set():
            first_arrived.set()
            second_ended.wait(PATIENCE)
        return answer

    server.respond(respond)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        slow = pool.submit(client.get, ITEM)
        first_arrived.wait(PATIENCE)
        started = time.monotonic()
        client.get(ITEM)
        second_ended.set()
        slow.result()
    client.get(ITEM)
    assert time.monotonic() - started >= 1


@pytest.mark.parametrize(
    "values",
    [
        ("-1", "10", "300"),
        ("ten", "10", "300"),
        ("10", "0", "300"),
        ("10", "", "300"),
        ("10", "10", "0"),
        ("10", "10", "1e9"),
        ("10", "10", "1789999999"),
        ("5", "10", "300"),
        ("1" * 5000, "10", "300"),
    ],
)
def test_odd_headers_and_open_windows_slow_nothing(server, patient_client, values):
    server.respond(lambda request: with_rate_limit(*values))
    assert seconds(lambda: [patient_client.get(ITEM) for _turn in range(3)]) < PATIENCE


def test_a_lost_answer_gives_its_place_back(server, patient_client):
    server.script(with_rate_limit(9, 10, 300), Answer(drop=True), OK)
    patient_client.get(ITEM)
    assert seconds(lambda: patient_client.get(ITEM)) < PATIENCE


def test_token_requests_pass(server):
    """Check that a pause does not hold back token requests, which have their own limits."""
    expiring = Answer(body={"access_token": "short", "token_type": "bearer", "expires_in": 0.2})
    server.script_tokens(expiring)
    server.script(error(429, headers={"Retry-After": "1"}), OK)
    with server.client() as client:
        client.get(ITEM)
    assert [call.token for call in server.calls] == ["short", "token-1"]


def test_a_limited_org_refuses_no_request(org):
    """Check 200 requests of 8 threads in windows of 50; the simulator refuses requests beyond a window."""
    org.simulator.rate_limit(org.key, allowed=50, window=2)
    connection = resolve(org.connection | {"deadline": 60}, {}, Findings())
    stored = org.seed([{"name": "A", "type": "rest"}])[0]
    path = f"/api/v2/architect/data-actions/{stored['id']}"
    with Client(connection) as client, concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: client.get(path), range(200)))
        cost = client.api()
    refused = [entry for entry in org.log() if entry["status"] == 429]
    assert refused == []
    assert (cost["requests"], cost["retries"]) == (201, 0)


def test_what_one_client_knows_slows_its_scoped_clients(server, client):
    server.script(with_rate_limit(10, 10, 1), OK)
    client.scoped().get(ITEM)
    assert seconds(lambda: client.scoped().get(ITEM)) > 0.8
