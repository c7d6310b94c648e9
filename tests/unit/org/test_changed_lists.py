# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config with lists that change while they are read, and with malformed pages (S0.7)."""

from __future__ import annotations

import pytest

from unit.org.conftest import (
    ACTIONS,
    FLOWS,
    action,
    flow,
    request_counts,
    stored_action,
    stored_flow,
    totals,
)


@pytest.fixture
def big_org(org):
    org.seed([stored_action(f"Action {number}") for number in range(250)])
    return org


def declared(count=250):
    return {"data_actions": [action(f"Action {number}") for number in range(count)]}


def test_an_object_that_comes_between_two_pages_has_the_list_read_again(big_org, converge):
    """Check that a grown total causes a second read; otherwise the new object would be created twice."""
    big_org.fault(method="GET", path=ACTIONS, after=1, create=stored_action("Theirs"))
    config = declared()
    config["data_actions"].append(action("Theirs"))
    result = converge(config)
    assert totals(result) == {"unchanged": 251}
    assert request_counts(big_org)[f"GET {ACTIONS}"] == 6
    assert big_org.writes() == []


def test_an_object_that_goes_between_two_pages_hides_no_other(big_org, converge):
    """Check that an object that moves to an earlier page is found; otherwise it would be created again."""
    first = big_org.objects()[0]
    page = {
        "entities": big_org.objects()[:100],
        "total": 250,
        "pageCount": 3,
        "pageSize": 100,
        "pageNumber": 1,
    }
    big_org.fault(method="GET", path=ACTIONS, status=200, body=page)
    big_org.delete(first["id"])
    config = declared()
    config["data_actions"][0]["state"] = "absent"
    del config["data_actions"][0]["rest"], config["data_actions"][0]["description"]
    result = converge(config)
    assert totals(result) == {"unchanged": 250}, result["objects"][0]
    assert request_counts(big_org)[f"GET {ACTIONS}"] == 6
    assert big_org.writes() == []


def test_a_list_that_never_holds_still_is_an_error(big_org, converge):
    for number in range(4):
        big_org.fault(
            method="GET", path=ACTIONS, after=3 * number + 1, create=stored_action(f"Theirs {number}")
        )
    result = converge(declared())
    assert result["failed"] and big_org.writes() == []
    assert f"The list {ACTIONS} changed while its pages were read, 4 times" in result["msg"]
    assert request_counts(big_org)[f"GET {ACTIONS}"] == 12


@pytest.mark.parametrize("total", [10_000_000, 250])
def test_a_first_page_without_objects_ends_soon(big_org, converge, total):
    page = {"entities": [], "total": total, "pageSize": 100, "pageNumber": 1, "pageCount": 1}
    big_org.fault(method="GET", path=ACTIONS, status=200, body=page, times=None)
    result = converge(declared())
    assert result["failed"] and big_org.writes() == []
    assert f"The list {ACTIONS} changed while its pages were read" in result["msg"]
    assert request_counts(big_org)[f"GET {ACTIONS}"] <= 20


def test_a_total_beyond_all_measure_is_not_counted_up_to(big_org, converge):
    page = {"entities": big_org.objects()[:100], "total": 10**12, "pageSize": 100, "pageNumber": 1}
    big_org.fault(method="GET", path=ACTIONS, status=200, body=page, times=None)
    result = converge(declared(), prune={"data_actions": {"enabled": True}})
    assert result["failed"] and big_org.writes() == []
    assert "does not end" in result["msg"]
    assert request_counts(big_org)[f"GET {ACTIONS}"] == 1


def test_without_a_total_the_pages_are_read_one_by_one(big_org, converge):
    """Check that reading ends at the first page without new objects; the first page is read twice."""
    objects = big_org.objects()
    for number in (0, 0, 1, 2, 3):
        page = {"entities": objects[number * 100 : number * 100 + 100], "pageSize": 100}
        big_org.fault(method="GET", path=ACTIONS, status=200, body=page)
    assert totals(converge(declared())) == {"unchanged": 250}


@pytest.mark.parametrize("page", [{}, {"entities": [{"name": "no id"}]}, {"entities": "x"}], ids=str)
def test_a_page_that_is_none_is_an_error(big_org, converge, page):
    big_org.fault(method="GET", path=ACTIONS, status=200, body=page, after=2)
    result = converge(declared())
    assert result["failed"] and f"The list {ACTIONS}" in result["msg"] and big_org.writes() == []


def test_a_token_that_comes_twice_is_an_error(org, converge):
    org.seed([stored_flow(f"Flow {number}") for number in range(3)], "flows")
    page = {"entities": org.objects("flows")[:1], "continuationToken": "again"}
    org.fault(method="GET", path=FLOWS, status=200, body=page, times=None)
    result = converge({"flow_settings": [flow(f"Flow {number}", 60) for number in range(3)]})
    assert result["failed"] and "continuation token" in result["msg"]
    assert len(org.log(path=FLOWS)) == 2
