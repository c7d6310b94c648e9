# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_diff with declared entries in the place of the other org (X.2)."""

from __future__ import annotations

import pytest

from unit.compare.conftest import changed_fields, differences
from unit.compare.test_two_orgs import seed_platform
from unit.org.conftest import action, every_kind, index, purpose, webhook
from unit.platform.actions import DEFINITION
from unit.platform_kinds import TYPE, credential


@pytest.fixture
def filled(seeded_org, converge):
    """Return an org with two objects of each kind, as they are declared."""
    assert not converge(every_kind()).get("failed")
    seeded_org.clear_log()
    return seeded_org


def test_an_org_as_declared_has_no_difference(seeded_org, converge, compared):
    assert not converge(every_kind(3)).get("failed")
    seeded_org.clear_log()
    result = compared(seeded_org, config=every_kind(3))
    assert differences(result) == {}
    assert result["equal"] and result["other_org"] is None and len(result["objects"]) == 15
    assert seeded_org.writes() == []


def test_missing_undeclared_and_changed_objects_are_found(filled, compared):
    config = every_kind()
    config["data_actions"] = [action("Action 0", description="Other"), action("New/1")]
    config["privacy_purposes"] = []
    config["webhooks"][0]["state"] = "absent"
    result = compared(filled, config=config)
    assert differences(result) == {
        ("data_action", "Action 0"): "update",
        ("data_action", "New/1"): "create",
        ("data_action", "Action 1"): "delete",
        ("privacy_purpose", "Purpose 0"): "delete",
        ("privacy_purpose", "Purpose 1"): "delete",
        ("flow_settings", "Flow 2"): "delete",
        ("webhook", "Webhook 0"): "delete",
    }
    assert changed_fields(result, "Action 0") == {"description": ("About Action 0", "Other")}
    assert "customobject_indexes: undeclared ones not compared, because no list shows them" in result["notes"]
    assert filled.writes() == []


def test_kinds_without_a_list_are_not_compared_and_that_is_said(filled, compared):
    result = compared(filled, config={"webhooks": [webhook("Webhook 0"), webhook("Webhook 1")]})
    assert differences(result) == {}
    assert "data_actions: not compared, because config has no list data_actions" in result["notes"]
    assert not any(note.startswith("integrations") for note in result["notes"])


def test_an_entry_that_cannot_be_planned_is_not_judged(filled, compared):
    config = {"customobject_indexes": [index("object-0"), index("nowhere")]}
    result = compared(filled, config=config)
    assert result["failed"] and not result["complete"]
    (failed,) = [one for one in result["objects"] if one["error"]]
    assert failed["path"] == "config.customobject_indexes[1]" and "nowhere" in failed["error"]


def test_defaults_complete_the_entries(filled, compared):
    config = {"privacy_purposes": [purpose("Purpose 0"), purpose("Purpose 1")]}
    result = compared(filled, config=config, defaults={"privacy_purposes": {"active": False}})
    assert set(differences(result).values()) == {"update"}


def test_another_org_than_named_is_not_compared(filled, compared):
    result = compared(filled, config={"webhooks": []}, organization="Acme")
    assert result["failed"] and "Nothing was compared" in result["msg"]


def test_entries_of_the_platform_are_compared_with_references_by_name(platform_org, compared):
    seed_platform(platform_org)
    config = {
        "integration_credentials": [credential("Login")],
        "integrations": [{"name": "CRM", "type": TYPE, "credentials": {"basicAuth": "Login"}}],
        "data_actions": [{"name": "Find", "integration": "CRM", "category": "C", "definition": DEFINITION}],
        "data_tables": [{"name": "Prices", "rows": [{"key": "a", "count": 3}]}],
        "flow_execution_data": [{"enabled": False}],
    }
    result = compared(platform_org, config=config)
    assert differences(result) == {}
    said = "integration_credentials: fields not compared, because no read shows it (1 object)"
    assert said in result["notes"]
    config["integrations"][0]["credentials"] = {"basicAuth": "Other"}
    config["integration_credentials"].append(credential("Other"))
    config["data_tables"][0]["rows"][0]["count"] = 4
    result = compared(platform_org, config=config)
    assert differences(result) == {
        ("integration_credential", "Other"): "create",
        ("integration", "CRM"): "update",
        ("data_table", "Prices"): "update",
    }
    assert "0ld-s3cr3t" not in str(result)
    assert platform_org.writes() == []


def test_secrets_of_entries_are_not_shown(filled, compared):
    rest = {
        "url": "https://crm.example.com",
        "method": "GET",
        "headers": {"Authorization": "t0p-s3cr3t-value"},
    }
    result = compared(
        filled, config={"data_actions": [{"name": "Action 0", "rest": rest}, {"name": "t0p-s3cr3t-value"}]}
    )
    assert "t0p-s3cr3t-value" not in str({**result, "objects": [one["diff"] for one in result["objects"]]})
