# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the role org_config on an org of the platform API: integrations and their credentials."""

from __future__ import annotations

import pytest

ROLE = {
    "name": "Apply",
    "hosts": "all",
    "gather_facts": False,
    "roles": ["genesys.cloud.org_config"],
}
LOGIN = {"name": "L", "type": "basicAuth", "fields": {"userName": "us3r-s3cr3t", "password": "pa55-s3cr3t"}}
CRM = {"name": "CRM", "type": "custom-rest-actions", "credentials": {"basicAuth": "L"}}
FIND = {
    "name": "Find",
    "description": "Shared with the orgs of the other API",
    "rest": {
        "url": "https://crm.example.com/c/${id}",
        "method": "GET",
        "variable_mappings": [{"name": "tier", "source": "$.tier", "type": "string"}],
    },
}


@pytest.fixture
def variables(platform_org, tmp_path):
    """Return the variables of a host that declares a credential and an integration with it."""
    connection = {f"org_config_{name}": value for name, value in platform_org.connection.items()}
    return {
        **connection,
        "org_config_api_profile": "platform",
        "org_config_journal": str(tmp_path / "journal.jsonl"),
        "org_config_defaults": {"integrations": {"intended_state": "ENABLED"}},
        "org_config_integration_credentials": [LOGIN],
        "org_config_integrations": [CRM],
    }


def test_the_role_creates_an_integration_with_its_credential_and_then_changes_nothing(
    playbook, platform_org, variables
):
    planned = playbook([ROLE], inventory={"acme": variables}, arguments=["--check", "--diff"])
    assert platform_org.writes() == []
    assert "(new credential 'L')" in planned.output
    run = playbook([ROLE], inventory={"acme": variables})
    (integration,) = platform_org.objects("integrations")
    (login,) = platform_org.objects("credentials")
    assert integration["intendedState"] == "ENABLED"
    assert integration["config"]["current"]["credentials"] == {"basicAuth": {"id": login["id"]}}
    writes = len(platform_org.writes())
    again = playbook([ROLE], inventory={"acme": variables})
    assert len(platform_org.writes()) == writes
    for one in (planned, run, again):
        assert "s3cr3t" not in one.output.replace("client-secret", "")


def test_one_list_of_data_actions_serves_orgs_of_both_apis(playbook, platform_org, org, variables):
    defaults = {"data_actions": {"integration": "CRM", "category": "Shared"}}
    hosts = {
        "acme": {**variables, "org_config_defaults": defaults},
        "beta": {f"org_config_{name}": value for name, value in org.connection.items()},
    }
    hosts = {name: {**each, "org_config_data_actions": [FIND]} for name, each in hosts.items()}
    planned = playbook([ROLE], inventory=hosts, arguments=["--check", "--diff"])
    assert "(new integration 'CRM'" in planned.output
    run = playbook([ROLE], inventory=hosts)
    assert run.output.count("'description' has no place") + run.output.count("description has no place") == 1
    (one,) = platform_org.objects("actions")
    (integration,) = platform_org.objects("integrations")
    assert (one["integrationId"], one["category"]) == (integration["id"], "Shared")
    assert len(org.objects()) == 1
    writes = len(platform_org.writes()) + len(org.writes())
    playbook([ROLE], inventory=hosts)
    assert len(platform_org.writes()) + len(org.writes()) == writes


def test_tags_select_the_kinds_of_the_platform(playbook, platform_org, variables):
    playbook([ROLE], inventory={"acme": variables}, arguments=["--tags", "integration_credentials"])
    assert [len(platform_org.objects(kind)) for kind in ("credentials", "integrations")] == [1, 0]


def test_a_kind_of_the_other_api_fails_before_any_request(playbook, platform_org, variables):
    hooks = [{"name": "H", "events": ["flow.updated"], "target": {"url": "https://x.example.com"}}]
    run = playbook([ROLE], inventory={"acme": {**variables, "org_config_webhooks": hooks}})
    assert "the API 'platform' has no webhook" in run.output
    assert platform_org.log() == []


def test_single_modules_take_the_profile_from_the_defaults_of_the_group(playbook, platform_org):
    connection = {**platform_org.connection, "api_profile": "platform"}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": {"group/genesys.cloud.genesys": connection},
        "tasks": [
            {"name": "Login", "genesys.cloud.genesys_integration_credential": LOGIN},
            {"name": "CRM", "genesys.cloud.genesys_integration": CRM},
        ],
    }
    run = playbook([play], inventory={"acme": {}}, verbosity=1)
    assert run.output.count("<acme> API profile: platform") == 2
    assert run.result("CRM", "acme").result["api"]["profile"] == "platform"
