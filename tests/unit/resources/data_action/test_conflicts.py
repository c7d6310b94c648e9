# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of two writers of one data action; nothing is overwritten without on_conflict (S0.5, S1.6)."""

from __future__ import annotations

import pytest

from unit.resources.data_action.conftest import ACTION, STORED

ITEM = "/api/v2/architect/data-actions/*"
LIST = "/api/v2/architect/data-actions"


@pytest.fixture
def stored(org):
    return org.seed([STORED])[0]


def test_a_change_of_another_field_between_read_and_write_is_merged(org, action, stored):
    org.fault(method="PUT", path=ITEM, times=1, edit={"description": "theirs"})
    result = action(name="Get Customer", rest={"url": "https://ours.example.com/"})
    after = org.named("Get Customer")
    assert (after["description"], after["restConfig"]["url"]) == ("theirs", "https://ours.example.com/")
    assert result["changed"]
    assert [put["status"] for put in org.writes()] == [409, 200]


def test_three_overtaken_writes_give_up(org, action, stored):
    org.fault(method="PUT", path=ITEM, times=None, edit=[{"description": f"theirs {n}"} for n in range(9)])
    result = action(name="Get Customer", rest={"url": "https://ours.example.com/"})
    assert result["failed"]
    assert "in each of 3 attempts" in result["msg"]
    assert [put["status"] for put in org.writes()] == [409, 409, 409]
    assert org.named("Get Customer")["restConfig"]["url"] == stored["restConfig"]["url"]


def test_a_change_of_a_declared_field_stops_at_once_and_shows_both_values(org, action, stored):
    org.fault(method="PUT", path=ITEM, times=1, edit={"restConfig": {"url": "https://theirs.example.com/"}})
    result = action(name="Get Customer", rest={"url": "https://ours.example.com/", "method": "PUT"})
    assert result["failed"]
    assert result["conflicts"] == [
        {"path": "rest.url", "theirs": "https://theirs.example.com/", "ours": "https://ours.example.com/"}
    ]
    assert [put["status"] for put in org.writes()] == [409]
    assert org.named("Get Customer")["restConfig"]["httpMethod"] == "GET"


def test_overwrite_keeps_declared_values_and_the_rest_of_a_concurrent_change(org, action, stored):
    patch = {"description": "theirs", "restConfig": {"url": "https://theirs.example.com/"}}
    org.fault(method="PUT", path=ITEM, times=1, edit=patch)
    result = action(name="Get Customer", rest={"url": "https://ours.example.com/"}, on_conflict="overwrite")
    after = org.named("Get Customer")
    assert result["changed"]
    assert (after["description"], after["restConfig"]["url"]) == ("theirs", "https://ours.example.com/")


def test_a_conflict_over_a_secret_header_shows_neither_value(org, action, stored):
    theirs = {"restConfig": {"headers": {"Authorization": "Bearer their-s3cr3t"}}}
    org.fault(method="PUT", path=ITEM, times=1, edit=theirs)
    result = action(name="Get Customer", rest={"headers": {"Authorization": "Bearer our-s3cr3t"}})
    assert result["failed"]
    assert result["conflicts"][0]["path"] == "rest.headers"
    assert "s3cr3t" not in str(result)


def test_others_made_the_very_change(org, action, stored):
    org.fault(method="PUT", path=ITEM, times=1, edit={"description": "wanted"})
    result = action(name="Get Customer", description="wanted")
    assert not result.get("failed")
    assert [put["status"] for put in org.writes()] == [409]
    assert org.named("Get Customer")["version"] == stored["version"] + 1


def test_412_counts_as_stale(org, action, stored):
    org.fault(method="PUT", path=ITEM, times=1, status=412)
    assert action(name="Get Customer", description="ours")["changed"]
    assert [put["status"] for put in org.writes()] == [412, 200]


def test_removed_by_others_between_read_and_write(org, action, stored):
    org.fault(method="PUT", path=ITEM, times=1, status=409, code="data.action.etag.mismatch")
    org.fault(method="GET", path=ITEM, times=1, status=404)
    result = action(name="Get Customer", description="ours")
    assert "was removed by a concurrent change" in result["msg"]


def test_created_by_others_between_read_and_write(org, action):
    org.fault(method="POST", path=LIST, times=1, status=409, code="data.action.name.duplicate")
    org.fault(
        method="GET", path=LIST, times=1, body='{"entities": [], "total": 0, "pageCount": 0}', status=200
    )
    org.seed([{**STORED, "description": "theirs"}])
    result = action(**ACTION)
    assert result["failed"]
    assert {"path": "description", "theirs": "theirs", "ours": ACTION["description"]} in result["conflicts"]
    assert len(org.objects()) == 1


def test_absent_removes_also_what_others_just_changed(org, action, stored):
    org.fault(method="DELETE", path=ITEM, times=1, edit={"description": "theirs"})
    assert action(name="Get Customer", state="absent")["changed"]
    assert org.objects() == []
