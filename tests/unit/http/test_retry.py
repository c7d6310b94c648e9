# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of retries: which requests, how often, after which pause, and lost responses (S0.6)."""

from __future__ import annotations

import datetime
import email.utils
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._http.responses import retry_after
from ansible_collections.genesys.cloud.plugins.module_utils._retry_policy import Backoff
from unit.patience import FOREVER, PATIENCE
from unit.scripted_server import Answer, error

ITEM = "/api/v2/architect/data-actions/1"
OK = Answer(body={"id": "1"})
LOST = [
    pytest.param(error(408), id="408"),
    pytest.param(error(425), id="425"),
    pytest.param(error(500), id="500"),
    pytest.param(error(502), id="502"),
    pytest.param(Answer(502, "<html><title>Bad Gateway</title>"), id="html-502"),
    pytest.param(error(503), id="503"),
    pytest.param(error(504), id="504"),
    pytest.param(Answer(drop=True), id="dropped"),
    pytest.param(Answer(body={"id": "1"}, truncate=True), id="truncated"),
    pytest.param(Answer(body='{"id": "1"', sized=False), id="cut-json"),
    pytest.param(Answer(body="<html><title>Login</title>"), id="html-200"),
    pytest.param(Answer(body=[1]), id="no-object"),
    pytest.param(Answer(body="not gzip", headers={"Content-Encoding": "gzip"}), id="bad-encoding"),
]
DEFINITE = [400, 403, 404, 405, 409, 410, 412, 413, 415, 422, 428]


def put(client, repeatable=True):
    return client.send("PUT", ITEM, json={"a": 1}, etag="e1", repeatable=repeatable)


def post(client, repeatable=False):
    return client.send("POST", ITEM, json={"a": 1}, repeatable=repeatable)


@pytest.mark.parametrize("answer", LOST)
def test_get_is_repeated(server, client, answer):
    server.script(answer, OK)
    assert client.get(ITEM).data == {"id": "1"}
    assert len(server.calls) == 2
    assert (client.api()["requests"], client.api()["retries"]) == (2, 1)


@pytest.mark.parametrize("answer", LOST)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
def test_repeatable_write_is_repeated(server, client, answer, method):
    server.script(answer, OK)
    assert client.send(method, ITEM, json={"a": 1}, etag="e1", repeatable=True).data == {"id": "1"}
    assert [call.headers["if-match"] for call in server.calls] == ['"e1"', '"e1"']
    assert server.calls[0].body == server.calls[1].body == b'{"a": 1}'


@pytest.mark.parametrize(
    "answer", [*LOST, pytest.param(error(501), id="501"), pytest.param(error(524), id="524")]
)
def test_unsafe_post_is_never_repeated_and_its_outcome_is_unknown(server, client, answer):
    server.script(answer)
    with pytest.raises(errors.OutcomeUnknown, match="not known whether a write took effect") as caught:
        post(client)
    assert len(server.calls) == 1
    if answer.status >= 400:
        assert caught.value.render()["status"] == answer.status
        assert isinstance(caught.value.cause, errors.ApiError)


def test_unsafe_put_is_never_repeated(server, client):
    server.script(error(503))
    with pytest.raises(errors.OutcomeUnknown):
        put(client, repeatable=False)
    assert len(server.calls) == 1


@pytest.mark.parametrize("status", DEFINITE)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_definite_answers_fail_at_once(server, client, status, method):
    server.script(error(status, "some.code"))
    with pytest.raises(errors.ApiError) as caught:
        client.send(method, ITEM, json={}, repeatable=method == "PUT")
    assert caught.value.status == status
    assert len(server.calls) == 1
    assert client.api()["retries"] == 0


@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
def test_429_repeats_any_verb_and_is_bounded_by_the_deadline_alone(server, method):
    server.script(*[error(429)] * 12, OK)
    client = server.client(access_token="given-token", retries=0)
    reply = client.get(ITEM) if method == "GET" else client.send(method, ITEM, json={}, repeatable=False)
    assert reply.data == {"id": "1"}
    assert len(server.calls) == 13


def test_retries_bound_everything_else(server):
    server.script(*[error(503)] * 3)
    client = server.client(access_token="given-token", retries=2)
    with pytest.raises(errors.ServerError, match="It was tried 3 times"):
        client.get(ITEM)
    assert len(server.calls) == 3
    assert client.api()["retries"] == 2


def test_429_does_not_use_up_retries(server):
    server.script(error(429), error(503), error(429), error(503), error(429), OK)
    assert server.client(access_token="given-token", retries=2).get(ITEM).data == {"id": "1"}


def test_write_without_answer_after_all_repeats_has_an_unknown_outcome(server):
    server.script(*[Answer(drop=True)] * 2)
    with pytest.raises(errors.OutcomeUnknown, match="It was tried 2 times") as caught:
        put(server.client(access_token="given-token", retries=1))
    assert caught.value.cause.__class__ is errors.TransportError


def test_read_only_post_without_answer_is_no_unknown_outcome(server):
    server.script(*[error(503)] * 2)
    with pytest.raises(errors.ServerError):
        post(server.client(access_token="given-token", retries=1), repeatable=True)


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        (error(403, "missing.scope"), errors.OutcomeUnknown),
        (error(400), errors.OutcomeUnknown),
        (error(409, "data.action.etag.mismatch"), errors.StaleObject),
        (error(412), errors.StaleObject),
        (error(404, "not.found"), errors.MissingObject),
    ],
)
def test_refusal_after_a_lost_answer(server, client, last, kind):
    """Check that a refused retry leaves the outcome unknown; a conflict or 404 is raised as such."""
    server.script(Answer(drop=True), last)
    with pytest.raises(errors.GenesysError) as caught:
        put(client)
    assert caught.type is kind


def test_throttled_after_a_lost_answer_is_unknown_too(server):
    server.script(Answer(drop=True), error(429, headers={"Retry-After": "60"}))
    with pytest.raises(errors.OutcomeUnknown, match="asks to wait 60 s"):
        put(server.client(access_token="given-token", deadline=5))


def test_refused_renewal_after_a_lost_answer_is_unknown_too(server):
    server.script(Answer(drop=True), error(401))
    client = server.client()
    server.script_tokens(
        Answer(body={"access_token": "first", "expires_in": 3600}), Answer(401, {"error": "invalid_client"})
    )
    with pytest.raises(errors.OutcomeUnknown) as caught:
        put(client)
    assert isinstance(caught.value.cause, errors.AuthenticationFailed)


def test_retry_after_in_seconds_is_honoured(server, client):
    server.script(error(429, headers={"Retry-After": "1"}), OK)
    started = time.monotonic()
    client.get(ITEM)
    assert 1 <= time.monotonic() - started < PATIENCE


def test_retry_after_as_a_date_is_measured_by_the_clock_of_the_server(server, client):
    """Check a server whose clock is a day ahead; the pause is computed from its Date header."""
    now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    until = now + datetime.timedelta(seconds=1)
    headers = {
        "Retry-After": email.utils.format_datetime(until, usegmt=True),
        "Date": email.utils.format_datetime(now, usegmt=True),
    }
    server.script(error(503, headers=headers), OK)
    started = time.monotonic()
    client.get(ITEM)
    assert 1 <= time.monotonic() - started < PATIENCE


@pytest.mark.parametrize("verb", [put, post])
def test_retry_after_beyond_the_deadline_fails_at_once(server, verb):
    server.script(error(429, headers={"Retry-After": "600"}))
    client = server.client(access_token="given-token", deadline=300)
    started = time.monotonic()
    with pytest.raises(errors.RateLimited) as caught:
        verb(client)
    assert time.monotonic() - started < PATIENCE
    assert "The server asks to wait 600 s, more than is left of the deadline of 300 s" in str(caught.value)
    assert "raise the option deadline" in str(caught.value)
    assert len(server.calls) == 1


def test_retry_after_of_a_503_beyond_the_deadline(server, client):
    server.script(error(503, headers={"Retry-After": "600"}))
    with pytest.raises(errors.DeadlineExceeded, match="asks to wait 600 s") as caught:
        client.get(ITEM)
    assert caught.value.render()["status"] == 503
    assert caught.value.render()["correlation_id"] == "corr-503"


def test_one_read_may_have_less_time_than_the_deadline(server, client):
    server.script(error(429, headers={"Retry-After": "20"}), Answer(body={"id": "1"}, delay=0.5))
    with pytest.raises(errors.RateLimited, match="more than is left of the deadline of 2 s"):
        client.get(ITEM, within=2)
    with pytest.raises(errors.DeadlineExceeded, match=r"within 0\.1 s"):
        client.get(ITEM, within=0.1)


def test_deadline_ends_the_repeats(server):
    server.respond(lambda request: error(429))
    client = server.client(Backoff(first=0.1, cap=0.1), access_token="given-token", deadline=0.5)
    started = time.monotonic()
    with pytest.raises(
        errors.RateLimited, match=r"No time is left for another attempt within the deadline of 0\.5 s"
    ):
        client.get(ITEM)
    assert 0.2 < time.monotonic() - started < PATIENCE


def test_timeout_of_an_attempt_never_goes_beyond_the_deadline(server):
    server.respond(lambda request: Answer(delay=FOREVER))
    client = server.client(access_token="given-token", timeout=30, deadline=0.4)
    started = time.monotonic()
    with pytest.raises(errors.DeadlineExceeded, match=r"did not respond to GET .* within 0\.4 s"):
        client.get(ITEM)
    assert time.monotonic() - started < PATIENCE


def test_timeout_is_repeated_for_a_get(server):
    answers = iter([Answer(delay=FOREVER)])
    server.respond(lambda request: next(answers, OK))
    assert server.client(access_token="given-token", timeout=0.2).get(ITEM).data == {"id": "1"}
    assert len(server.calls) >= 2


def test_timeout_of_an_unsafe_post_is_an_unknown_outcome(server):
    server.script(Answer(delay=FOREVER))
    with pytest.raises(errors.OutcomeUnknown, match="did not respond to POST"):
        post(server.client(access_token="given-token", timeout=0.2))


def test_a_body_that_trickles_is_a_timeout(server):
    """Check a body whose bytes arrive in time but whose whole does not."""
    server.script(Answer(body={"id": "x" * 30_000}, trickle=0.02))
    started = time.monotonic()
    with pytest.raises(errors.TransportError, match="did not respond"):
        server.client(access_token="given-token", timeout=0.3, retries=0).get(ITEM)
    assert time.monotonic() - started < PATIENCE


def header(value, date=None):
    return retry_after({"retry-after": value} | ({"date": date} if date else {}))


def test_seconds_and_dates():
    date = "Sun, 06 Nov 1994 08:49:37 GMT"
    assert header("7") == 7
    assert header(" 1.5 ") == 1.5
    assert header("Sun, 06 Nov 1994 08:49:40 GMT", date) == 3
    assert header("Sun, 06 Nov 1994 08:49:30 GMT", date) == 0
    assert header("Sunday, 06-Nov-94 08:49:40 GMT", date) == 3
    assert retry_after({}) is None


@pytest.mark.parametrize(
    "value", ["", "-5", "soon", "1e9", "inf", "nan", "٣", "9" * 400, "Sun, 99 Nov 1994 99:99:99"]
)
def test_values_that_make_no_sense_are_ignored(value):
    assert header(value) is None


def test_a_wrong_date_of_the_server_is_ignored():
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=50)
    assert 40 < header(email.utils.format_datetime(soon, usegmt=True), "yesterday") <= 50


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_header_is_survived(value, date):
    found = retry_after({"retry-after": value, "date": date})
    assert found is None or found >= 0


def test_backoff_doubles_up_to_its_cap_with_full_jitter():
    backoff = Backoff()
    for failures, longest in ((1, 0.25), (2, 0.5), (4, 2), (8, 30), (10_000, 30)):
        waits = [backoff.seconds(failures, None) for _turn in range(300)]
        assert max(waits) <= longest
        assert max(waits) > longest * 0.9
        assert min(waits) < longest * 0.1


def test_backoff_never_waits_less_than_it_is_asked_to():
    waits = [Backoff().seconds(1, 2.0) for _turn in range(100)]
    assert all(2 <= wait <= 2.25 for wait in waits)
    assert len(set(waits)) > 50
    assert max(Backoff().seconds(9, 0.0) for _turn in range(100)) > 5  # a pause of 0 would be a busy loop
