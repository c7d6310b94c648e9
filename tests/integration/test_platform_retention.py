# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the role org_config on an org of the platform API: retention, from dry run to rollback."""

from __future__ import annotations

import pytest

from integration.playbook import ROOT

SITE, CHECK, ROLLBACK = (ROOT / "playbooks" / f"{name}.yml" for name in ("site", "check", "rollback"))


@pytest.fixture
def variables(platform_org, tmp_path):
    """Return the variables of a host with entries on two levels. An earlier policy is stored."""
    platform_org.seed([{"name": "Sales"}], "queues")
    platform_org.seed(
        [{"name": "Calls", "enabled": True, "conditions": {"later": [1]}}], "retention_policies"
    )
    connection = {f"org_config_{name}": value for name, value in platform_org.connection.items()}
    days = {"retention_duration": {"delete_retention": {"days": 90}}}
    return {
        **connection,
        "org_config_api_profile": "platform",
        "org_config_journal": str(tmp_path / "journal.jsonl"),
        "org_config_media_retention_policies": [
            {"name": "Calls", "enabled": True, "conditions": {"for_queues": ["Sales"]}}
        ],
        "org_config_analytics_retention": [{"retention_days": 400, "confirm": True}],
        "org_config_media_retention_policies_host": [{"name": "New", "enabled": True, "actions": days}],
    }


def state_of(org):
    """Return the conditions and the state of each policy by name, and the retention of analytics data."""
    (setting,) = org.objects("analytics_retention")
    policies = {
        one["name"]: (sorted(one.get("conditions", {})), one["enabled"])
        for one in org.objects("retention_policies")
    }
    return {**policies, "days": setting.get("retentionDays")}


CONVERGED = {"Calls": (["forQueues", "later"], True), "New": ([], True), "days": 400}


def done(run, returncode=0):
    """Return the output of a run. Raise AssertionError for another exit code."""
    assert run.returncode == returncode, run.output
    return run.output


def test_the_role_converges_an_org_shows_drift_and_rolls_back(playbook, platform_org, variables):
    inventory = {"acme": variables}
    assert "delete_retention" in done(playbook(SITE, inventory=inventory, check=True, diff=True))
    assert platform_org.writes() == []
    done(playbook(SITE, inventory=inventory))
    assert state_of(platform_org) == CONVERGED
    done(playbook(CHECK, inventory=inventory))
    (policy,) = [one for one in platform_org.objects("retention_policies") if one["name"] == "New"]
    platform_org.edit(policy["id"], {"enabled": False}, "retention_policies")
    assert "media_retention_policies" in done(playbook(CHECK, inventory=inventory), 2)
    done(playbook(SITE, inventory=inventory))
    assert state_of(platform_org) == CONVERGED
    done(playbook(ROLLBACK, inventory=inventory))
    # The change of the other client is kept: the new policy is neither enabled nor removed. The API never
    # clears the retention of analytics data.
    assert state_of(platform_org) == {"Calls": (["later"], True), "New": ([], False), "days": 400}


def test_single_modules_take_the_profile_from_the_defaults_of_the_group(playbook, platform_org, variables):
    conditions = {"for_queues": ["Sales"], "directions": ["INBOUND"]}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": {
            "group/genesys.cloud.genesys": {**platform_org.connection, "api_profile": "platform"}
        },
        "tasks": [
            {
                "name": "Policy",
                "genesys.cloud.genesys_media_retention_policy": {"name": "Calls", "conditions": conditions},
            },
            {
                "name": "Days",
                "genesys.cloud.genesys_analytics_retention": {"retention_days": 400},
                "ignore_errors": True,
            },
            {
                "name": "Policies",
                "genesys.cloud.genesys_media_retention_policy_info": {"name_pattern": "C*"},
            },
        ],
    }
    run = playbook([play], inventory={"acme": {}})
    assert run.result("Policy", "acme").status == "changed"
    assert "confirm: must be true" in run.result("Days", "acme").result["msg"]
    (record,) = run.result("Policies", "acme").result["records"]
    assert record["conditions"] == conditions
