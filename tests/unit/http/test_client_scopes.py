# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of scoped clients, which count their own calls and add them to the whole client's (S0.6)."""

from __future__ import annotations

import concurrent.futures

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from unit.scripted_server import Answer, error

ITEM = "/api/v2/architect/data-actions/1"
OK = Answer(body={"id": "1"})


def figures(client):
    api = client.api()
    return api["requests"], api["retries"], api["correlation_ids"]


def answered(correlation_id, status=200):
    return Answer(status, {"id": "1"}, {"ININ-Correlation-Id": correlation_id})


def write(client):
    return client.send("PUT", ITEM, json={}, etag="e", repeatable=True)


def test_each_scope_has_its_own_figures(server):
    server.script(answered("one"), answered("two", 503), answered("three"), OK)
    with server.client() as whole:
        first, second = whole.scoped(), whole.scoped()
        write(first)
        write(second)
        whole.get(ITEM)
        assert figures(first) == (1, 0, ["one"])
        assert figures(second) == (2, 1, ["two", "three"])
        assert figures(whole) == (5, 1, ["one", "two", "three"])  # the whole client also counts the token


def test_latency_counts_in_both(server):
    server.script(Answer(body={}, delay=0.2), Answer(body={}, delay=0.1))
    with server.client(access_token="t0ken") as whole:
        first, second = whole.scoped(), whole.scoped()
        first.get(ITEM)
        second.get(ITEM)
        assert 200 <= first.api()["latency_ms"] < 300 <= whole.api()["latency_ms"]
        assert 100 <= second.api()["latency_ms"] < 200


def test_a_renewed_token_is_the_repeat_of_who_met_it(server):
    server.script(OK, error(401), OK)
    with server.client() as whole:
        first, second = whole.scoped(), whole.scoped()
        first.get(ITEM)
        second.get(ITEM)
        assert figures(first) == (1, 0, [])
        assert figures(second) == (2, 1, ["corr-401"])
        assert figures(whole) == (5, 1, ["corr-401"])
        assert len(server.token_calls) == 2


def test_scopes_within_scopes(server):
    server.script(answered("one"))
    with server.client(access_token="t0ken") as whole:
        outer = whole.scoped()
        inner = outer.scoped()
        write(inner)
        assert figures(inner) == figures(outer) == figures(whole) == (1, 0, ["one"])


def test_leaving_a_scope_closes_nothing_and_its_failure_has_its_own_statistics(server):
    server.script(OK, error(403), OK)
    with server.client(access_token="t0ken") as whole:
        whole.get(ITEM)
        pool = whole._session._http
        with pytest.raises(errors.PermissionDenied) as caught, whole.scoped() as part:
            part.get(ITEM)
        assert caught.value.render()["api"]["requests"] == 1
        part.close()
        assert not pool.is_closed
        whole.get(ITEM)
        assert whole._session._http is pool
    assert pool.is_closed


def test_threads_share_connections_token_and_whole(server):
    server.respond(lambda request: answered(request.query["n"]))
    with server.client() as whole, concurrent.futures.ThreadPoolExecutor(16) as pool:

        def work(number):
            part = whole.scoped()
            for turn in range(3):
                part.send("POST", f"{ITEM}?n={number}.{turn}", json={}, repeatable=False)
            return figures(part)

        assert list(pool.map(work, range(40))) == [
            (3, 0, [f"{number}.{turn}" for turn in range(3)]) for number in range(40)
        ]
        assert (whole.api()["requests"], len(whole.api()["correlation_ids"])) == (121, 120)
    assert len(server.token_calls) == 1
