# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_diff on orgs of two APIs: data actions are translated forward (X.2)."""

from __future__ import annotations

import pytest

from unit.compare.conftest import changed_fields, differences
from unit.module_runner import run_module
from unit.platform_kinds import stored_integration

REST = {
    "url": "https://crm.example.com/c/${id}",
    "method": "GET",
    "headers": {"Authorization": "Bearer s3cr3t-of-both"},
    "variable_mappings": [{"name": "tier", "source": "$.tier", "type": "string", "default": "none"}],
}


@pytest.fixture
def two(new_org):
    """Return an org of the reference API and one of the platform, with the same data action."""
    old, new = new_org(), new_org(api="platform")
    new.seed([stored_integration("CRM")], "integrations")
    apply(old, {"name": "Find", "rest": REST})
    apply(new, {"name": "Find", "rest": REST, "integration": "CRM", "category": "C"})
    return old, new


def apply(org, entry):
    config = {"data_actions": [entry]}
    result = run_module("genesys_org_config", {**org.connection, "list_lag": 0.5, "config": config})
    assert not result.get("failed"), result["msg"]


@pytest.mark.parametrize("turned", [False, True])
def test_a_data_action_of_both_apis_is_equal(two, compared, turned):
    result = compared(*(reversed(two) if turned else two))
    assert differences(result) == {}
    assert result["totals"]["equal"] == 1
    (translated,) = [note for note in result["notes"] if "translated" in note]
    assert "in no other options than definition.config.request.headers" in translated
    assert "integrations: not compared, because the API 'reference' has no integration" in result["notes"]
    assert "webhooks: not compared, because the API 'platform' has no webhook" in result["notes"]


@pytest.mark.parametrize("turned", [False, True])
def test_request_and_mappings_are_compared(two, compared, turned):
    old, new = two
    rest = {
        **REST,
        "url": "https://crm.example.com/v2/${id}",
        "headers": {"Authorization": "Bearer s3cr3t-of-old"},
    }
    apply(old, {"name": "Find", "rest": rest})
    apply(old, {"name": "Only old", "rest": REST})
    apply(new, {"name": "Only new", "rest": REST, "integration": "CRM", "category": "C"})
    result = compared(new, old) if turned else compared(old, new)
    gone, added = ("create", "delete") if turned else ("delete", "create")
    assert differences(result) == {
        ("data_action", "Find"): "update",
        ("data_action", "Only old"): gone,
        ("data_action", "Only new"): added,
    }
    before, after = changed_fields(result, "Find")["definition"]
    urls = [side["config"]["request"]["requestUrlTemplate"] for side in (before, after)]
    expected = ["https://crm.example.com/v2/${input.id}", "https://crm.example.com/c/${input.id}"]
    assert urls == (expected[::-1] if turned else expected)
    assert "s3cr3t-of" not in str(result)


def test_what_the_newer_api_has_no_place_for_is_said(two, compared):
    old, new = two
    apply(old, {"name": "Find", "description": "About", "rest": REST})
    result = compared(old, new)
    assert differences(result) == {}
    said = "data_actions: description not compared, because the API 'platform' has no such option"
    assert said in result["notes"]


def test_a_data_action_that_cannot_be_translated_is_not_judged(two, compared):
    old, new = two
    apply(old, {"name": "Head", "rest": {"url": "https://crm.example.com", "method": "HEAD"}})
    result = compared(old, new)
    assert result["failed"]
    (failed,) = [one for one in result["objects"] if one["error"]]
    assert failed["name"] == "Head"
    assert (
        "cannot be translated to the other API: rest.method: is HEAD, but the platform has" in failed["error"]
    )


def test_two_data_actions_of_one_name_are_ambiguous_without_their_integration(two, compared):
    old, new = two
    new.seed([stored_integration("Other")], "integrations")
    apply(new, {"name": "Find", "rest": REST, "integration": "Other", "category": "C"})
    result = compared(old, new)
    (failed,) = [one for one in result["objects"] if one["error"]]
    assert "The data action 'Find' is ambiguous: there are 2 in the other org" in failed["error"]
