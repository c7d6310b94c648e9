# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_flow_info on the platform API (N.1)."""

from __future__ import annotations

import pytest

FLOWS = [
    {"name": "Main", "description": "d", "division": {"id": "night", "name": "Night"}},
    {"name": "Main", "type": "BOT"},
    {"name": "Mainframe", "type": "WORKFLOW"},
    {"name": "Gone", "deleted": True},
]


@pytest.fixture
def ids(tasks):
    return [one["id"] for one in tasks.org.seed(FLOWS, "flows")]


def found(tasks, **options):
    return [one["id"] for one in tasks.done("flow_info", **options)["records"]]


def test_flows_have_their_type_in_lower_case_and_their_division(tasks, ids):
    (record,) = tasks.done("flow_info", id=ids[0])["records"]
    assert record == {
        "id": ids[0],
        "name": "Main",
        "type": "inboundcall",
        "description": "d",
        "division": {"id": "night", "name": "Night"},
        "active": True,
        "system": False,
        "deleted": False,
    }


@pytest.mark.parametrize(
    ("options", "indexes"),
    [
        ({}, {0, 1, 2}),
        ({"name": "Main"}, {0, 1}),
        ({"name": "Main", "type": "BOT"}, {1}),
        ({"type": "inboundcall"}, {0}),
        ({"type": "unheard"}, set()),
        ({"name_pattern": "Mainf*"}, {2}),
        ({"name": "main"}, set()),
    ],
)
def test_flows_are_found_by_their_exact_name_and_type(tasks, ids, options, indexes):
    assert set(found(tasks, **options)) == {ids[index] for index in indexes}


def test_a_deleted_flow_is_not_found(tasks, ids):
    assert found(tasks, id=ids[3]) == []


def test_289_flows_are_read_from_all_pages(tasks):
    """Situation 9 of the public reports."""
    tasks.org.seed([{"name": f"F{number}"} for number in range(289)], "flows")
    assert len(found(tasks)) == 289


def test_a_missing_permission_is_named(new_org, tasks):
    org = new_org(api="platform", permissions=["architect:flow:search"])
    assert "architect:flow:view" in type(tasks)(org, tasks.state).failed("flow_info")


def test_the_reference_api_has_no_types(org, tasks):
    message = tasks.failed("flow_info", **org.connection, api_profile="reference", type="bot")
    assert "type: has no meaning in the API 'reference': remove it" in message
    assert org.log() == []
