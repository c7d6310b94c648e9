# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the role org_config on an org of the platform API: settings of flows, from dry run to rollback."""

from __future__ import annotations

import pytest

from integration.playbook import ROOT

SITE, CHECK, ROLLBACK = (ROOT / "playbooks" / f"{name}.yml" for name in ("site", "check", "rollback"))
VALIDATE = "/api/v2/dataprivacy/maskingrules/validate"
MAIN = {"name": "Main", "type": "inboundcall"}


@pytest.fixture
def flow(platform_org):
    (seeded,) = platform_org.seed([{"name": "Main"}], "flows")
    return seeded["id"]


@pytest.fixture
def variables(platform_org, tmp_path, flow):
    """Return the variables of a host with entries on all three levels."""
    connection = {f"org_config_{name}": value for name, value in platform_org.connection.items()}
    return {
        **connection,
        "org_config_api_profile": "platform",
        "org_config_journal": str(tmp_path / "journal.jsonl"),
        "org_config_flow_log_levels": [{**MAIN, "level": "Base"}, {"default": True, "level": "Notes"}],
        "org_config_flow_log_levels_group": [{**MAIN, "level": "All"}],
        "org_config_flow_log_levels_host": [{"default": True, "level": "Disabled"}],
        "org_config_flow_execution_data": [{"enabled": False}],
        "org_config_flow_execution_data_host": [{"enabled": True}],
        "org_config_masking_rules": [{"name": "Card", "definition": "[0-9]{16}", "channels": ["email"]}],
    }


def state_of(org):
    """Return the level of the flow, if it has one, the default, the switch and the names of own rules."""
    kinds = ("flow_log_levels", "flow_log_level_default")
    levels = [one["logLevelCharacteristics"]["level"] for kind in kinds for one in org.objects(kind)]
    rules = [one["name"] for one in org.objects("masking_rules") if one["type"] == "Custom"]
    return [*levels, org.objects("execution_data")[0]["enabled"], *rules]


CONVERGED = ["All", "Disabled", True, "Card"]


def done(run, returncode=0):
    """Return the output of a run. Raise AssertionError for another exit code."""
    assert run.returncode == returncode, run.output
    return run.output


def test_the_role_converges_an_org_shows_drift_and_rolls_back(playbook, platform_org, variables):
    inventory = {"acme": variables}
    assert "executionInputOutputs" in done(playbook(SITE, inventory=inventory, check=True, diff=True))
    # The validation of a definition is a POST that changes nothing.
    assert {entry["path"] for entry in platform_org.writes()} == {VALIDATE}
    done(playbook(SITE, inventory=inventory))
    assert state_of(platform_org) == CONVERGED
    writes = len(platform_org.writes())
    done(playbook(SITE, inventory=inventory))
    assert len(platform_org.writes()) == writes
    done(playbook(CHECK, inventory=inventory))
    (level,) = platform_org.objects("flow_log_levels")
    silent = dict.fromkeys(level["logLevelCharacteristics"]["characteristics"], False)
    edit = {"logLevelCharacteristics": {"level": "Disabled", "characteristics": silent}}
    platform_org.edit(level["id"], edit, "flow_log_levels")
    assert "flow_log_levels" in done(playbook(CHECK, inventory=inventory), 2)
    done(playbook(SITE, inventory=inventory))
    assert state_of(platform_org) == CONVERGED
    done(playbook(ROLLBACK, inventory=inventory))
    # The change of the other client is kept: the level is neither restored to the first run's nor removed.
    assert state_of(platform_org) == ["Disabled", "Base", False]


def test_a_tag_selects_the_kind(playbook, platform_org, variables):
    done(playbook(SITE, inventory={"acme": variables}, arguments=["--tags", "integrations"]))
    assert platform_org.writes() == []
    done(playbook(SITE, inventory={"acme": variables}, arguments=["--tags", "flow_log_levels"]))
    assert len(platform_org.writes()) == 2


def test_two_entries_for_the_default_are_an_error_before_any_request(playbook, platform_org, variables):
    twice = [{"default": True, "level": "All"}, {"default": True, "level": "Base"}]
    run = playbook(SITE, inventory={"acme": {**variables, "org_config_flow_log_levels": twice}})
    assert "org_config_flow_log_levels[1]: has the same default" in run.output
    assert platform_org.log() == []


def test_an_org_has_one_switch(playbook, platform_org, variables):
    twice = {"org_config_flow_execution_data": [{"enabled": True}, {"enabled": False}]}
    run = playbook(SITE, inventory={"acme": {**variables, **twice}})
    assert "org_config_flow_execution_data[1]: has the same object as" in run.output
    assert platform_org.log() == []


def test_single_modules_take_the_profile_from_the_defaults_of_the_group(playbook, platform_org, flow):
    play = {
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": {
            "group/genesys.cloud.genesys": {**platform_org.connection, "api_profile": "platform"}
        },
        "tasks": [
            {"name": "Level", "genesys.cloud.genesys_flow_log_level": {**MAIN, "level": "Notes"}},
            {"name": "Data", "genesys.cloud.genesys_flow_execution_data": {"enabled": True}},
            {
                "name": "Rule",
                "genesys.cloud.genesys_masking_rule": {"name": "R", "definition": "x", "sample_text": "xy"},
            },
            {"name": "Levels", "genesys.cloud.genesys_flow_log_level_info": {"type": "inboundcall"}},
        ],
    }
    run = playbook([play], inventory={"acme": {}})
    assert run.result("Rule", "acme").result["masked_sample"] == "Xy"
    assert run.result("Data", "acme").status == "changed"
    (record,) = run.result("Levels", "acme").result["records"]
    assert (record["id"], record["level"]) == (flow, "Notes")
