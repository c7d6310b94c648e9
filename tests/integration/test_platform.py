# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the role org_config on an org of the platform API: integrations and their credentials."""

from __future__ import annotations

import math

import pytest

from unit.patience import FOREVER
from unit.platform.actions import DEFINITION

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


def limit_tokens(org, allowed):
    """Seed 60 integrations, and allow each token so many requests. The window ends after the test.

    Return the declaration of these integrations.
    """
    wanted = [{"name": f"i{number:02}", "type": "custom-rest-actions"} for number in range(60)]
    kind = {"integrationType": {"id": "custom-rest-actions"}}
    org.seed([{**kind, "name": entry["name"]} for entry in wanted], kind="integrations")
    org.simulator.rate_limit(org.key, allowed=allowed, window=FOREVER)
    return wanted


def statuses(org, path=None):
    return [entry["status"] for entry in org.log(path=path)]


def test_the_tasks_of_the_role_share_a_pool_of_tokens(playbook, platform_org, variables):
    """Check the check and the apply of the role, in two processes: no request is refused.

    The apply enables all integrations. It begins with the windows that the check has left.
    """
    wanted = limit_tokens(platform_org, allowed=35)
    own = {"token_pool_size": 10, "integrations": wanted, "integration_credentials": []}
    host = {**variables, **{f"org_config_{name}": value for name, value in own.items()}}
    run = playbook([ROLE], inventory={"acme": host})
    assert run.returncode == 0, run.output
    assert set(statuses(platform_org)) == {200}
    tokens = len(statuses(platform_org, "/oauth/token"))
    requests = len(statuses(platform_org)) - tokens
    assert requests > 180 and tokens - 1 <= math.ceil(requests / 35) <= tokens


def test_parallel_tasks_share_a_pool_of_tokens(playbook, platform_org):
    """Check single tasks in forks: the run has no more tokens than the option allows."""
    limit_tokens(platform_org, allowed=16)
    connection = {**platform_org.connection, "api_profile": "platform", "token_pool_size": 4, "deadline": 5}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "strategy": "free",
        "module_defaults": {"group/genesys.cloud.genesys": connection},
        "tasks": [
            {"name": f"Read {number}", "genesys.cloud.genesys_integration_info": {"name": "i01"}}
            for number in range(2)
        ],
    }
    run = playbook([play], inventory={f"h{number}": {} for number in range(4)})
    assert run.returncode == 0, run.output
    tokens = len(statuses(platform_org, "/oauth/token"))
    assert 2 <= tokens <= 4


def test_the_role_keeps_a_read_cache_that_its_check_does_not_use(playbook, platform_org, variables, tmp_path):
    own = {"name": "Find", "integration": "CRM", "category": "C", "definition": DEFINITION}
    cache = str(tmp_path / "cache")
    host = {**variables, "org_config_data_actions": [own], "org_config_read_cache": cache}
    reads = "/api/v2/integrations/actions/*"
    assert playbook([ROLE], inventory={"acme": host}).returncode == 0
    platform_org.clear_log()
    run = playbook([ROLE], inventory={"acme": host})
    assert run.returncode == 0, run.output
    assert platform_org.writes() == [] and platform_org.log(path=reads) == []
    playbook([ROLE], inventory={"acme": host}, arguments=["--check"])
    assert len(platform_org.log(path=reads)) == 3
    platform_org.clear_log()
    told = {**host, "org_config_read_cache_in_check_mode": True}
    playbook([ROLE], inventory={"acme": told}, arguments=["--check"])
    assert platform_org.log(path=reads) == []


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
