# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of tasks against a failing API; no write takes effect twice (S0.1, S0.6, S0.10)."""

from __future__ import annotations

import pytest

from unit.resources.data_action.conftest import ACTION, STORED

ITEM = "/api/v2/architect/data-actions/*"
LIST = "/api/v2/architect/data-actions"
TOKEN = "/oauth/token"


def test_a_post_whose_answer_is_lost_makes_no_duplicate(org, action):
    org.fault(method="POST", path=LIST, times=1, drop="after")
    result = action(**ACTION)
    assert (result.get("failed"), result["changed"], result["plan"]) == (None, True, "create")
    assert len(org.objects()) == len(org.writes()) == 1
    assert result["record"]["id"] == org.objects()[0]["id"]


def test_a_post_lost_before_it_took_effect_is_sent_again_after_a_look(org, action):
    org.fault(method="POST", path=LIST, times=1, drop="before")
    assert action(**ACTION)["plan"] == "create"
    assert len(org.objects()) == 1
    calls = [(entry["method"], entry["path"]) for entry in org.log() if entry["path"] == LIST]
    assert calls == [("GET", LIST), ("POST", LIST), ("GET", LIST), ("POST", LIST), ("GET", LIST)]


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_a_post_that_a_gateway_failed_is_looked_up_before_it_is_sent_again(org, action, status):
    org.fault(method="POST", path=LIST, times=1, status=status)
    assert action(**ACTION)["plan"] == "create"
    assert len(org.objects()) == 1
    methods = [entry["method"] for entry in org.log() if entry["path"] == LIST]
    assert methods == ["GET", "POST", "GET", "POST", "GET"]


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": 1},
        {"status": 429, "retry_after_date": 1},
        {"status": 503},
        {"status": 502, "html": True},
        {"drop": "before"},
        {"truncate": True},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_transient_failures_are_survived(org, action, method, fault):
    org.seed([STORED])
    org.fault(method=method, path=f"{LIST}*", times=1, **fault)
    result = action(name="Get Customer", description="new")
    assert not result.get("failed"), result["msg"]
    assert org.named("Get Customer")["description"] == "new"
    assert result["api"]["retries"] >= 1


def test_a_put_whose_response_is_lost_counts_as_applied(org, action):
    (before,) = org.seed([STORED])
    org.fault(method="PUT", path=ITEM, times=1, drop="after")
    result = action(name="Get Customer", description="new")
    assert (result["changed"], result["plan"]) == (True, "update")
    assert org.named("Get Customer")["version"] == before["version"] + 1


def test_a_delete_whose_response_is_lost_counts_as_applied(org, action):
    org.seed([STORED])
    org.fault(method="DELETE", path=ITEM, times=1, drop="after")
    result = action(name="Get Customer", state="absent")
    assert (result["changed"], result["plan"]) == (True, "delete")
    assert org.objects() == []


def test_an_expired_and_a_revoked_token_cost_one_new_token_each(org, action):
    org.seed([STORED])
    org.fault(method="PUT", path=ITEM, times=1, revoke_token=True)
    assert action(name="Get Customer", description="new")["changed"]
    assert len(org.log(path=TOKEN)) == 2


def test_a_token_that_was_given_is_not_renewed(org, action):
    org.seed([STORED])
    token = org.simulator.token(org.key)
    org.simulator.revoke_tokens(org.key)
    result = action(
        name="Get Customer", description="new", access_token=token, client_id=None, client_secret=None
    )
    assert result["failed"]
    assert "access_token" in result["msg"]
    assert org.log(path=TOKEN) == []


def test_retry_after_beyond_the_deadline_fails_at_once(org, action):
    org.fault(method="GET", path=LIST, times=None, status=429, retry_after=3600)
    result = action(**ACTION, deadline=5)
    assert result["failed"]
    assert "3600" in result["msg"] and "deadline" in result["msg"]
    assert len(org.log(method="GET", path=LIST)) == 1


def test_repeats_are_bounded(org, action):
    org.fault(method="GET", path=LIST, times=None, status=503)
    result = action(**ACTION, retries=2)
    assert result["failed"] and result["status"] == 503
    assert len(org.log(method="GET", path=LIST)) == 3


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, ["400"]),
        (401, ["401"]),
        (403, ["403"]),
        (404, ["404"]),
        (409, ["3 attempts"]),
        (422, ["422"]),
        (428, ["428"]),
        (500, ["500"]),
    ],
)
def test_each_status_becomes_one_message_with_the_correlation_id(org, action, status, words):
    org.seed([STORED])
    org.fault(method="PUT", path=ITEM, times=None, status=status)
    result = action(name="Get Customer", description="new", retries=1)
    assert result["failed"]
    assert result["correlation_id"] in result["msg"]
    assert all(word in result["msg"] for word in words), result["msg"]
    assert "Traceback" not in str(result)
    assert org.named("Get Customer")["description"] == STORED["description"]


def test_a_missing_scope_is_named(new_org):
    from unit.module_runner import run_module

    org = new_org(scopes=["data:actions:read", "organization:read"])
    result = run_module("genesys_data_action", {**org.connection, **ACTION})
    assert result["status"] == 403
    assert "data:actions:write" in result["msg"]


def test_a_422_names_the_condition_that_the_server_refused(org, action):
    unknown = 'crm.status == "active" and warehouse.stock > 5'
    result = action(**{**ACTION, "conditions": [unknown]})
    assert result["status"] == 422
    assert "conditions[0].children[1]" in result["msg"]
    assert "warehouse" in result["msg"]
    assert result["msg"].count("conditions[0].children[1]") == 1


def test_another_org_is_never_written(org, new_org, action):
    other = new_org()
    result = action(**ACTION, organization=other.id)
    assert result["failed"]
    assert org.name in result["msg"]
    assert org.writes() == []
    assert action(**ACTION, organization=org.name)["changed"]


@pytest.mark.parametrize(
    ("connection", "words"),
    [
        ({"base_url": "http://127.0.0.1:9"}, ["127.0.0.1:9", "refused"]),
        ({"base_url": "https://no-such-host.invalid"}, ["no-such-host.invalid"]),
        ({"client_secret": "wrong-s3cr3t"}, ["client_secret"]),
    ],
    ids=["refused connection", "DNS failure", "wrong credentials"],
)
def test_no_way_to_the_api_is_one_clear_message(action, connection, words):
    result = action(**{**ACTION, "retries": 0, **connection})
    assert result["failed"]
    assert all(word in result["msg"] for word in words), result["msg"]
    assert "s3cr3t" not in str(result)


def test_a_read_back_that_lags_is_waited_for(org, action):
    """Check that a read with an older version than the write is repeated, not reported as a difference."""
    org.seed([STORED])
    org.simulator.lag(org.key, "data_actions", reads=0.8)
    result = action(name="Get Customer", description="new")
    assert not result.get("failed"), result["msg"]
    assert result["record"]["description"] == "new"
    assert len(org.log(method="GET", path=ITEM)) >= 2
