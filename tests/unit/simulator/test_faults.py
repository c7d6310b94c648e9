# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fault rules: the requests that they match, their counts, and the effects that a client sees."""

from __future__ import annotations

import datetime
import email.utils
import time

import httpx
import pytest

from simulator.control import ControlError

PATH = "/api/v2/architect/data-actions"
ME = "/api/v2/organizations/me"
ACTION = {"name": "A", "type": "rest"}


@pytest.fixture
def raw(client, org):
    return client(org, checked=False)


def statuses(connection, times, path=ME):
    return [connection.get(path).status_code for _turn in range(times)]


def test_a_rule_fires_once_and_after_the_requests_it_lets_pass(raw, org):
    org.fault(status=503, after=2)
    assert statuses(raw, 5) == [200, 200, 503, 200, 200]


def test_a_rule_for_ever_and_its_end(raw, simulator, org):
    org.fault(status=500, times=None)
    assert statuses(raw, 3) == [500] * 3
    simulator.clear_faults(org.key)
    assert statuses(raw, 1) == [200]


def test_rules_meet_a_verb_and_a_path_pattern(raw, org):
    org.fault(method="post", path="/api/v2/architect/*", status=503, times=None)
    assert raw.get(PATH).status_code == 200
    assert raw.post("/api/v2/organizations/me").status_code == 405
    assert raw.post(PATH, json=ACTION).status_code == 503
    assert org.objects() == []


def test_of_two_rules_the_first_that_is_due_acts_alone(raw, simulator, org):
    org.fault(status=503)
    org.fault(status=429, times=2)
    assert statuses(raw, 4) == [503, 429, 429, 200]
    assert [(rule["seen"], rule["fired"]) for rule in simulator.faults(org.key)] == [(4, 1), (4, 2)]


def test_probability_is_drawn_from_a_seed(raw, simulator, org):
    drawn = []
    for _turn in range(2):
        simulator.clear_faults(org.key)
        org.fault(status=503, probability=0.5, random_seed=7, times=None)
        drawn.append(statuses(raw, 30))
    assert drawn[0] == drawn[1]
    assert set(drawn[0]) == {200, 503}


def test_status_answers_have_the_apis_error_body(raw, org):
    org.fault(status=409, code="some.code")
    answer = raw.get(ME)
    assert answer.status_code == 409
    assert answer.json()["code"] == "some.code"
    assert answer.json()["contextId"] == answer.headers["ININ-Correlation-Id"]


def test_bodies_of_ones_own(raw, org):
    org.fault(status=400, body={"odd": True})
    org.fault(status=502, body="upstream died")
    assert raw.get(ME).json() == {"odd": True}
    answer = raw.get(ME)
    assert (answer.text, answer.headers["content-type"]) == ("upstream died", "text/plain; charset=utf-8")


def test_a_proxys_page_is_html_without_the_apis_headers(raw, org):
    org.fault(status=502, html=True)
    answer = raw.get(ME)
    assert answer.status_code == 502
    assert answer.headers["content-type"].startswith("text/html")
    assert "<title>502 Bad Gateway</title>" in answer.text
    assert "ININ-Correlation-Id" not in answer.headers


def test_retry_after_in_seconds_and_as_a_date(raw, org):
    org.fault(status=429, retry_after=2)
    org.fault(status=503, retry_after_date=60)
    assert raw.get(ME).headers["Retry-After"] == "2"
    moment = email.utils.parsedate_to_datetime(raw.get(ME).headers["Retry-After"])
    ahead = (moment - datetime.datetime.now(datetime.UTC)).total_seconds()
    assert 58 <= ahead <= 60


def test_a_connection_dropped_before_and_after_the_request_took_effect(raw, org):
    org.fault(method="POST", drop="before")
    org.fault(method="POST", drop="after")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        raw.post(PATH, json=ACTION)
    assert org.objects() == []
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        raw.post(PATH, json=ACTION)
    assert [stored["name"] for stored in org.objects()] == ["A"]
    before, after = org.log("POST")
    assert (before["status"], before["fault"]) == (None, "drop=before")
    assert (after["status"], after["fault"]) == (200, "drop=after")


def test_a_truncated_answer(raw, org):
    org.fault(truncate=True)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        raw.get(ME)
    assert raw.get(ME).status_code == 200


def test_an_answer_without_a_body_is_truncated_to_nothing(raw, org):
    (stored,) = org.seed([ACTION])
    org.fault(method="DELETE", truncate=True)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        raw.delete(f"{PATH}/{stored['id']}")
    assert org.objects() == []


def test_a_delay_is_before_the_request_or_after_its_effect(raw, org):
    org.fault(method="GET", delay=0.3)
    start = time.monotonic()
    assert raw.get(ME).status_code == 200
    assert time.monotonic() - start >= 0.3
    org.fault(method="POST", delay=600, took_effect=True)
    with pytest.raises(httpx.ReadTimeout):
        raw.post(PATH, json=ACTION, timeout=1)
    assert len(org.objects()) == 1


def test_an_error_although_the_request_took_effect(raw, org):
    org.fault(method="POST", status=504, took_effect=True)
    assert raw.post(PATH, json=ACTION).status_code == 504
    assert len(org.objects()) == 1


def test_a_token_revoked_in_mid_run_stays_dead(raw, client, org):
    org.fault(path=ME, revoke_token=True, after=1)
    assert statuses(raw, 3) == [200, 401, 401]
    assert client(org).get(ME).status_code == 200


def test_a_second_writer_edits_between_two_requests(raw, org):
    (stored,) = org.seed([{**ACTION, "description": "first"}])
    url = f"{PATH}/{stored['id']}"
    org.fault(method="PUT", path=f"{PATH}/*", edit=[{"description": "x"}, {"description": None}])
    for _turn in range(2):
        etag = raw.get(url).headers["ETag"]
        answer = raw.put(url, json=ACTION, headers={"If-Match": etag})
        assert (answer.status_code, answer.json()["code"]) == (409, "data.action.etag.mismatch")
    assert "description" not in org.objects()[0]
    assert org.objects()[0]["version"] == 3
    assert raw.put(url, json=ACTION, headers={"If-Match": raw.get(url).headers["ETag"]}).status_code == 200


def test_a_second_writer_creates_or_deletes_just_before(raw, org):
    org.fault(method="POST", path=PATH, create=ACTION)
    assert raw.post(PATH, json=ACTION).json()["code"] == "data.action.name.duplicate"
    (stored,) = org.objects()
    org.fault(method="DELETE", path=f"{PATH}/*", delete=True)
    assert raw.delete(f"{PATH}/{stored['id']}").status_code == 404


def test_the_token_endpoint_can_fail_too(raw, org):
    fields = {
        "grant_type": "client_credentials",
        "client_id": org.client_id,
        "client_secret": org.client_secret,
    }
    org.fault(path="/oauth/token", status=503)
    failed = raw.post("/oauth/token", data=fields)
    assert (failed.status_code, set(failed.json())) == (503, {"error", "error_description"})
    assert raw.post("/oauth/token", data=fields).status_code == 200
    assert [entry["status"] for entry in org.log(path="/oauth/token")] == [503, 200]


def test_one_orgs_faults_leave_the_others_alone(client, new_org):
    first, second = new_org(), new_org()
    first.fault(status=503, times=None)
    assert client(first, checked=False).get(ME).status_code == 503
    assert client(second).get(ME).status_code == 200


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"statis": 503}, "statis: Extra inputs"),
        ({"status": 42}, "42 is not a valid HTTPStatus"),
        ({"drop": "during"}, "drop: Input should be 'before' or 'after'"),
        ({"times": "often"}, "times"),
        ({"delay": -1}, "delay"),
        ({"edit": "text"}, "edit"),
        ({"probability": 2}, "probability"),
        ({}, "does nothing"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(org, rule, reason):
    with pytest.raises(ControlError, match=reason):
        org.fault(**rule)
