# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the wait for a rebuild whose version and indexes become visible in different reads (S4.6)."""

from __future__ import annotations

import pytest

from unit.resources.customobject_index.conftest import BY_PRIORITY, BY_STATUS, SCHEMA_PATH, names

HINT = {"priority": {"cardinality_hint": "high"}}


@pytest.fixture
def rebuild(org, ticket):
    """Return a setter of the org's rebuild: rebuild(duration=1, order="version_first")."""
    return lambda **settings: org.simulator.rebuild(org.key, **settings)


def reads_after_put(org):
    """Return the status codes of the reads since the write."""
    entries = org.log(path=SCHEMA_PATH)
    methods = [entry["method"] for entry in entries]
    return [entry["status"] for entry in entries[methods.index("PUT") + 1 :]]


@pytest.mark.parametrize("order", ["indexes_first", "version_first", "together"])
def test_the_rebuild_is_over_when_version_and_indexes_show(org, index, rebuild, order):
    """Check every order in which the new version and the new indexes become visible (S4.6)."""
    rebuild(duration=1.2, order=order)
    result = index(indexes=[BY_PRIORITY], field_optimizations=HINT)
    assert (result["changed"], result["rebuild"]) == (True, "finished")
    assert names(result) == ["by_status", "by_priority"]
    assert result["record"]["schema_version"] == 8
    assert len(reads_after_put(org)) >= 3


def test_a_removal_is_waited_for_too(index, rebuild):
    """Cover S4.6 and S4.9."""
    rebuild(duration=0.8, order="version_first")
    result = index(state="absent", indexes=[BY_STATUS])
    assert (names(result), result["record"]["schema_version"]) == ([], 8)


def test_flapping_once_takes_two_equal_reads_more(org, index, rebuild):
    """Check reads that show the new state, the old state, the new state, the new state (S4.6)."""
    rebuild(duration=0, flap=True)
    result = index(indexes=[BY_PRIORITY])
    assert result["rebuild"] == "finished"
    assert reads_after_put(org) == [200] * 4


@pytest.mark.parametrize(
    ("order", "version", "seen", "words"),
    [
        ("indexes_first", 7, ["by_status", "by_priority"], ["still 7", "by_status, by_priority."]),
        ("version_first", 8, ["by_status"], ["8 (7 before)", "not yet as declared: by_priority."]),
        ("together", 7, ["by_status"], ["still 7", "not yet as declared: by_priority."]),
    ],
)
def test_a_rebuild_that_never_ends_is_an_error_with_the_last_state(
    org, index, rebuild, order, version, seen, words
):
    """Cover S4.6."""
    rebuild(duration=0, never=True, order=order)
    result = index(indexes=[BY_PRIORITY], wait_timeout=1)
    assert (result["failed"], result["changed"], result["rebuild"]) == (True, True, "pending")
    assert result["last_state"] == {"schema_version": version, "indexes": seen}
    for word in [
        *words,
        "'Ticket' was accepted",
        "within 1 s (wait_timeout)",
        "The write needs no retry",
    ]:
        assert word in result["msg"]
    assert len(org.log("PUT")) == 1


def test_a_removal_that_never_shows_is_named(index, rebuild):
    """Cover S4.6."""
    rebuild(duration=0, never=True, order="version_first")
    result = index(state="absent", indexes=[BY_STATUS], wait_timeout=0.5)
    assert "not yet removed: by_status." in result["msg"]


def test_a_rebuild_that_flaps_at_the_end_of_the_time(org, index, rebuild):
    """Check that a single matching read is not enough (S4.6)."""
    rebuild(duration=0, flap=True)
    result = index(indexes=[BY_PRIORITY], wait_timeout=0.05)
    assert result["failed"] and result["changed"]
    assert "that is as declared, but two consecutive reads did not show it" in result["msg"]


def test_other_writers_do_not_delay_the_end(org, index, rebuild):
    """Check that two reads as declared are enough, though another writer changes the schema between them."""
    rebuild(duration=0)
    edits = [{"description": f"revision {number}"} for number in range(100)]
    org.fault(method="GET", path=SCHEMA_PATH, after=1, edit=edits)
    result = index(indexes=[BY_PRIORITY], wait_timeout=600)
    assert (result.get("failed"), result["rebuild"]) == (None, "finished")
    assert reads_after_put(org) == [200] * 2


def test_hints_that_others_take_away_during_the_wait(org, index, rebuild):
    """Check that the message lists missing hints (S4.6)."""
    theirs = {"fields": [{"name": "priority", "type": "number"}]}
    rebuild(duration=0)
    org.fault(method="GET", path=SCHEMA_PATH, after=1, times=1, edit=theirs)
    result = index(field_optimizations=HINT, wait_timeout=0.5)
    assert "the cardinality hints are not yet as declared" in result["msg"]


def test_a_token_that_is_revoked_while_waiting_is_renewed(org, index, rebuild):
    """Cover S4.6 and S0.1."""
    rebuild(duration=1)
    org.fault(method="GET", path=SCHEMA_PATH, after=1, times=1, revoke_token=True)
    result = index(indexes=[BY_PRIORITY])
    assert result["rebuild"] == "finished"
    assert 401 in reads_after_put(org)
    assert len(org.log(path="/oauth/token")) == 2


def test_tokens_that_live_shorter_than_the_rebuild(new_org, run_on):
    """Cover S4.6 and S0.1."""
    org = new_org(token_lifetime=1)
    org.simulator.rebuild(org.key, duration=2.5)
    result = run_on(org, indexes=[BY_PRIORITY])
    assert result["rebuild"] == "finished"
    assert len(org.log(path="/oauth/token")) >= 2


@pytest.mark.parametrize(
    "fault",
    [{"status": 429, "retry_after": 1}, {"status": 503}, {"status": 502, "html": True}, {"drop": "before"}],
    ids=str,
)
def test_failing_reads_are_survived_within_the_deadline(org, index, rebuild, fault):
    """Check 429, 5xx and dropped connections while polling; the client's own retries are off (S4.6)."""
    rebuild(duration=0.5)
    org.fault(method="GET", path=SCHEMA_PATH, after=1, times=2, **fault)
    result = index(indexes=[BY_PRIORITY], retries=0)
    assert (result.get("failed"), result["rebuild"]) == (None, "finished")
    assert len(org.log("PUT")) == 1


def test_reads_that_fail_until_the_end(org, index, rebuild):
    """Check that the time-out returns the last failure with status and correlation id (S4.6)."""
    org.fault(method="GET", path=SCHEMA_PATH, after=1, times=None, status=503)
    result = index(indexes=[BY_PRIORITY], wait_timeout=1, retries=0)
    assert (result["changed"], result["rebuild"], result["status"]) == (True, "pending", 503)
    assert "was accepted" in result["msg"] and "The last read failed: " in result["msg"]
    assert result["correlation_id"]


def test_a_retry_after_beyond_the_deadline_ends_the_wait_at_once(org, index, rebuild):
    """Cover S4.6."""
    org.fault(method="GET", path=SCHEMA_PATH, after=1, times=None, status=429, retry_after=120)
    result = index(indexes=[BY_PRIORITY], wait_timeout=30)
    assert (result["changed"], result["status"]) == (True, 429)
    assert "asks to wait 120 s" in result["msg"] and "was accepted" in result["msg"]
    assert reads_after_put(org) == [429]


def test_any_other_failure_says_that_the_write_was_accepted(org, index, rebuild):
    """Cover S4.6."""
    org.fault(method="GET", path=SCHEMA_PATH, after=1, times=None, status=403)
    result = index(indexes=[BY_PRIORITY])
    assert (result["failed"], result["changed"], result["rebuild"]) == (True, True, "pending")
    assert "The write was accepted before that, only the wait for the rebuild failed." in result["msg"]


def test_a_schema_that_is_removed_during_its_rebuild(org, index, rebuild):
    """Cover S4.6."""
    org.fault(method="GET", path=SCHEMA_PATH, after=1, times=1, delete=True)
    result = index(indexes=[BY_PRIORITY])
    assert result["changed"] and "was removed during its rebuild" in result["msg"]


def test_without_waiting_the_task_ends_after_the_write(org, index, rebuild):
    """Cover S4.6."""
    rebuild(duration=60)
    result = index(indexes=[BY_PRIORITY], field_optimizations=HINT, wait=False)
    assert (result["changed"], result["rebuild"]) == (True, "pending")
    assert reads_after_put(org) == []
    assert names(result) == ["by_status", "by_priority"]
    assert result["record"]["schema_version"] == 7
    assert result["record"]["field_optimizations"]["priority"] == HINT["priority"]


def test_no_change_means_no_wait(org, index, rebuild):
    result = index(indexes=[BY_STATUS])
    assert "rebuild" not in result
    assert [entry["method"] for entry in org.log(path=SCHEMA_PATH)] == ["GET"]
