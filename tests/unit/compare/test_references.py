# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that objects are equal in two orgs if the workflows, queues and forms that they name are (X.2)."""

from __future__ import annotations

import pytest

from unit.compare.conftest import changed_fields, differences
from unit.module_runner import run_module
from unit.platform.retention_policies import FULL, seed_names
from unit.platform.triggers import seed_trigger, seed_workflow

SCHEMA = {"name": "Claims", "type": "workitem", "fields": [{"name": "amount", "type": "number"}]}


def run(org, module, **options):
    result = run_module(f"genesys_{module}", {**org.connection, **options})
    assert not result.get("failed"), result["msg"]


@pytest.fixture
def two(new_org):
    """Return two equal orgs, whose ids all differ."""
    orgs = new_org(api="platform"), new_org(api="platform")
    for org in orgs:
        seed_names(org)
        run(org, "media_retention_policy", **FULL)
        run(org, "analytics_retention", retention_days=400, confirm=True)
        run(org, "data_schema", **SCHEMA)
        seed_trigger(org, seed_workflow(org))
    return orgs


def test_equal_orgs_have_no_difference(two, compared):
    here, there = two
    assert here.objects("triggers")[0]["target"]["id"] != there.objects("triggers")[0]["target"]["id"]
    result = compared(here, there)
    assert differences(result) == {} and result["complete"]


def test_another_workflow_queue_field_and_retention_are_differences(two, compared):
    here, there = two
    other = seed_workflow(there, "Send a gift")
    there.edit(there.objects("triggers")[0]["id"], {"target": {"id": other}}, "triggers")
    run(there, "media_retention_policy", name="Full", description="Less of it")
    run(there, "analytics_retention", retention_days=500, confirm=True)
    run(there, "data_schema", **SCHEMA, description="Of 2026")
    result = compared(here, there, _ansible_diff=True)
    assert {kind for kind, _name in differences(result)} == {
        "analytics_retention",
        "data_schema",
        "media_retention_policy",
        "trigger",
    }
    (workflows,) = changed_fields(result, "Survey").values()
    assert "Send survey" in str(workflows) and "Send a gift" in str(workflows)
