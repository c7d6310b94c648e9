# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of two writers of one purpose, which has no ETag (S0.5, S3.3).

The module reads the purpose again directly before it writes it. The simulator's faults change the purpose
between the task's read of the list and its read of the purpose.
"""

from __future__ import annotations

import pytest

from unit.resources.privacy_purpose.conftest import ITEM, LIST, PURPOSE, STORED

NAME = STORED["name"]


@pytest.fixture
def stored(purposes):
    return purposes.seed(STORED)[0]


def test_a_change_of_another_field_is_merged(org, purposes, purpose, stored):
    """Check the merge of a known field and of a field that the collection does not know (S3.3)."""
    org.fault(method="GET", path=ITEM, edit={"diversionIds": ["theirs"], "labels": ["theirs"]})
    result = purpose(name=NAME, retention="90d")
    after = purposes.the_one()
    assert (after["diversionIds"], after["labels"], after["retentionPeriod"]) == (
        ["theirs"],
        ["theirs"],
        "90d",
    )
    assert result["snapshot"]["diversion_ids"] == ["theirs"]
    assert result["diff"]["before"]["diversion_ids"] == ["theirs"]
    assert len(org.writes()) == 1


def test_a_change_of_a_declared_field_stops_and_shows_both_values(org, purposes, purpose, stored):
    """Cover S0.5."""
    org.fault(method="GET", path=ITEM, edit={"retentionPeriod": "P30D"})
    result = purpose(name=NAME, retention=90, active=False)
    assert result["failed"]
    assert result["conflicts"] == [{"path": "retention", "theirs": "30d", "ours": "90d"}]
    assert org.writes() == []
    assert purposes.the_one()["isActive"] is True


def test_overwrite_keeps_declared_values_and_the_rest_of_a_concurrent_change(org, purposes, purpose, stored):
    """Cover S0.5."""
    org.fault(method="GET", path=ITEM, edit={"retentionPeriod": "30d", "description": "theirs"})
    assert purpose(name=NAME, retention=90, on_conflict="overwrite")["changed"]
    after = purposes.the_one()
    assert (after["retentionPeriod"], after["description"]) == ("90d", "theirs")


def test_others_made_the_very_change(org, purpose, stored):
    org.fault(method="GET", path=ITEM, edit={"retentionPeriod": "P90D"})
    result = purpose(name=NAME, retention=90)
    assert (result["changed"], result["plan"], result["record"]["retention"]) == (False, "none", "90d")
    assert org.writes() == []


def test_the_same_retention_written_differently_is_no_conflict(org, purpose, stored):
    """Cover S3.3."""
    org.fault(method="GET", path=ITEM, edit={"retentionPeriod": "180d"})
    assert purpose(name=NAME, retention=180, active=False)["changed"]


def test_removed_by_others(org, purposes, purpose, stored):
    org.fault(method="GET", path=ITEM, delete=True)
    result = purpose(name=NAME, active=False)
    assert "was removed by a concurrent change" in result["msg"]
    assert org.writes() == []


def test_removed_by_others_was_wanted(org, purpose, stored):
    org.fault(method="GET", path=ITEM, delete=True)
    result = purpose(name=NAME, state="absent")
    assert (result["changed"], result["plan"], result["record"]) == (False, "none", None)


def test_absent_removes_also_what_others_just_changed(org, purposes, purpose, stored):
    org.fault(method="GET", path=ITEM, edit={"description": "theirs"})
    result = purpose(name=NAME, state="absent")
    assert (result["plan"], result["snapshot"]["description"]) == ("delete", "theirs")
    assert purposes.all() == []


def test_a_concurrent_change_right_after_the_write_is_no_lost_write(org, purpose, stored):
    """Check that a newer modifiedDate marks the read-back as a later version; there is no ETag (S1.5)."""
    theirs = {"description": "theirs", "modifiedDate": "2099-01-01T00:00:00.000Z"}  # after the task's write
    org.fault(method="GET", path=ITEM, after=1, edit=theirs)
    result = purpose(name=NAME, retention=90)
    assert result["changed"], result["msg"]
    assert result["record"]["description"] == "theirs"


def test_a_declared_field_that_reads_back_different_is_reported(org, purpose, stored):
    """Cover S1.5."""
    org.fault(method="GET", path=ITEM, after=1, edit={"retentionPeriod": "30d"})
    result = purpose(name=NAME, retention=90)
    assert result["failed"]
    assert 'retention was sent as "90d" and is "30d"' in result["msg"]
    org.fault(method="GET", path=ITEM, after=1, edit={"retentionPeriod": "30d"})
    assert purpose(name=NAME, retention=60, verify=False)["changed"]


def test_created_by_others_while_our_own_creation_failed(org, purposes, purpose):
    """Check that an object which is found after a lost response but differs is a conflict (S0.5)."""
    org.fault(method="POST", path=LIST, status=503, create={**STORED, "description": "theirs"})
    result = purpose(**PURPOSE)
    assert result["failed"]
    assert {"path": "description", "theirs": "theirs", "ours": PURPOSE["description"]} in result["conflicts"]
    assert len(purposes.all()) == len(org.writes()) == 1
