# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of privacy purposes against a failing API (S0.6, S0.10).

The API neither keeps names unique nor supports preconditions. A write is repeated only after a read.
"""

from __future__ import annotations

import pytest

from unit.module_runner import run_module
from unit.resources.privacy_purpose.conftest import ITEM, KIND, LIST, PURPOSE, STORED

NAME = STORED["name"]


def test_a_post_whose_answer_is_lost_makes_no_duplicate(org, purposes, purpose):
    """Cover S3.4."""
    org.fault(method="POST", path=LIST, drop="after")
    result = purpose(**PURPOSE, list_lag=1)
    assert (result.get("failed"), result["changed"], result["plan"]) == (None, True, "create")
    assert result["record"]["id"] == purposes.the_one()["id"]
    # The first read of the purpose shows the server's clock, the second one is the read-back. The first list
    # after them shows the purpose, the second one a purpose that was created late.
    assert purposes.log() == ["GET list", "POST list", "GET list", *["GET item"] * 2, *["GET list"] * 2]


def test_a_post_whose_effect_shows_late_makes_no_duplicate(org, purposes, purpose):
    """Check that an outdated list is read again before the POST is repeated (S3.4)."""
    org.simulator.lag(org.key, KIND, lists=1.5)
    org.fault(method="POST", path=LIST, drop="after")
    assert purpose(**PURPOSE)["plan"] == "create"
    assert len(purposes.all()) == len(org.writes()) == 1


def test_a_post_that_takes_effect_late_makes_no_duplicate(org, purposes, purpose):
    """Check a POST that timed out and takes effect after the list was read (S3.4)."""
    org.fault(method="POST", path=LIST, delay=1.6)
    assert purpose(**PURPOSE, timeout=0.7)["plan"] == "create"
    assert len(purposes.all()) == len(org.writes()) == 1


@pytest.mark.parametrize("fault", [{"drop": "before"}, {"status": 503}], ids=str)
def test_a_post_without_effect_is_sent_again_after_looks_at_the_list(org, purposes, purpose, fault):
    org.fault(method="POST", path=LIST, **fault)
    assert purpose(**PURPOSE, list_lag=1)["plan"] == "create"
    assert len(purposes.all()) == 1
    calls = purposes.log()
    assert calls[:2] == ["GET list", "POST list"]
    assert calls[2:] == [*["GET list"] * 4, "POST list", "GET item", *["GET list"] * 2]


def test_a_put_whose_response_is_lost_counts_as_applied_and_is_not_retried(org, purposes, purpose):
    """Check that the outcome is read; a second PUT could revert the change of another writer (S3.3)."""
    purposes.seed(STORED)
    org.fault(method="PUT", path=ITEM, drop="after")
    result = purpose(name=NAME, retention=90)
    assert (result["changed"], result["plan"], result["record"]["retention"]) == (True, "update", "90d")
    assert purposes.log() == ["GET list", "GET item", "PUT item", "GET item", "GET item"]


def test_a_put_without_effect_is_sent_again_with_what_others_wrote_meanwhile(org, purposes, purpose):
    """Check that the second PUT contains the change of the other writer (S3.3)."""
    purposes.seed(STORED)
    org.fault(method="PUT", path=ITEM, status=503, edit={"description": "theirs"})
    result = purpose(name=NAME, retention=90)
    assert result["plan"] == "update"
    after = purposes.the_one()
    assert (after["description"], after["retentionPeriod"]) == ("theirs", "90d")
    assert purposes.log() == ["GET list", "GET item", "PUT item", "GET item", "PUT item", "GET item"]


def test_a_put_without_effect_is_not_sent_again_over_a_conflict(org, purposes, purpose):
    """Cover S0.5."""
    purposes.seed(STORED)
    org.fault(method="PUT", path=ITEM, status=503, edit={"retentionPeriod": "30d"})
    result = purpose(name=NAME, retention=90)
    assert result["conflicts"] == [{"path": "retention", "theirs": "30d", "ours": "90d"}]
    assert len(org.writes()) == 1


def test_writes_of_unknown_outcome_are_bounded(org, purposes, purpose):
    purposes.seed(STORED)
    org.fault(method="PUT", path=ITEM, times=None, status=500)
    result = purpose(name=NAME, retention=90, retries=2)
    assert result["failed"] and result["status"] == 500
    assert len(org.writes()) == 3


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_the_server_says_when_to_send_an_unclear_write_again(org, purposes, purpose, method):
    """Check Retry-After for writes that the client itself does not retry (S0.6)."""
    if method == "PUT":
        purposes.seed(STORED)
    org.fault(method=method, path=f"{LIST}*", status=503, retry_after=1)
    assert purpose(**PURPOSE, active=False)["changed"]
    first, second = org.writes()
    assert second["time"] - first["time"] >= 1


def test_an_unclear_write_is_not_sent_again_beyond_the_deadline(org, purposes, purpose):
    """Cover S0.6."""
    purposes.seed(STORED)
    org.fault(method="PUT", path=ITEM, status=503, retry_after=3600)
    result = purpose(name=NAME, retention=90, deadline=5)
    assert result["failed"] and result["status"] == 503
    assert purposes.log() == ["GET list", "GET item", "PUT item", "GET item"]
    org.fault(method="PUT", path=ITEM, status=503, retry_after=3600, took_effect=True)
    assert purpose(name=NAME, retention=90, deadline=5)["changed"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST"])
def test_throttling_is_waited_for(org, purposes, purpose, method):
    """Check that every method is retried after a 429, which means that nothing was executed (S0.6)."""
    if method != "POST":
        purposes.seed(STORED)
    org.fault(method=method, path=f"{LIST}*", status=429, retry_after=1)
    result = purpose(name=NAME, state="absent") if method == "DELETE" else purpose(**PURPOSE, active=False)
    assert result["changed"] and result["api"]["retries"] == 1


def test_a_delete_whose_response_is_lost_counts_as_applied(org, purposes, purpose):
    purposes.seed(STORED)
    org.fault(method="DELETE", path=ITEM, drop="after")
    result = purpose(name=NAME, state="absent")
    assert (result["changed"], result["plan"]) == (True, "delete")
    assert purposes.all() == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 500])
def test_each_status_becomes_one_message_with_the_correlation_id(org, purposes, purpose, status):
    """Cover S0.10."""
    purposes.seed(STORED)
    org.fault(method="PUT", path=ITEM, times=None, status=status)
    result = purpose(name=NAME, retention=90, retries=1)
    assert result["failed"] and str(status) in result["msg"]
    assert result["correlation_id"] in result["msg"]
    assert purposes.the_one()["retentionPeriod"] == STORED["retentionPeriod"]


def test_a_missing_scope_is_named(new_org):
    """Cover S0.10."""
    org = new_org(scopes=["privacy:purpose:read", "organization:read"])
    result = run_module("genesys_privacy_purpose", {**org.connection, **PURPOSE})
    assert result["status"] == 403
    assert "privacy:purpose:write" in result["msg"]
