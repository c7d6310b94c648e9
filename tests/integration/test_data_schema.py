# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of data schemas on the platform API in playbooks: module, role, drift check and rollback."""

from __future__ import annotations

import pytest

ROLE = {"name": "Apply", "hosts": "all", "gather_facts": False, "roles": ["genesys.cloud.org_config"]}
TIER = {"name": "tier", "type": "enum", "options": [{"name": "gold"}, {"name": "silver"}]}
SCHEMAS = [
    {"name": "Claims", "type": "workitem", "enabled": False, "fields": [TIER]},
    {
        "name": "Claims",
        "type": "external_contact",
        "fields": [{"name": "age", "type": "integer", "minimum": 0}],
    },
]


@pytest.fixture
def variables(platform_org, tmp_path):
    """Return the variables of a host that declares two data schemas of one name."""
    connection = {f"org_config_{name}": value for name, value in platform_org.connection.items()}
    return {
        **connection,
        "org_config_api_profile": "platform",
        "org_config_list_lag": 0.5,
        "org_config_journal": str(tmp_path / "journal.jsonl"),
        "org_config_data_schemas": SCHEMAS,
    }


def tier_of(platform_org):
    return platform_org.named("Claims", "workitem_schemas")["jsonSchema"]["properties"]["tier"]


def test_the_role_creates_data_schemas_and_an_entry_of_the_host_replaces_one(
    playbook, platform_org, variables
):
    planned = playbook([ROLE], inventory={"acme": variables}, arguments=["--check", "--diff"])
    assert platform_org.writes() == [] and "silver" in planned.output
    playbook([ROLE], inventory={"acme": variables})
    assert platform_org.named("Claims", "workitem_schemas")["enabled"] is False
    assert platform_org.named("Claims", "contact_schemas")["enabled"] is True
    writes = len(platform_org.writes())
    playbook([ROLE], inventory={"acme": variables}, arguments=["--tags", "data_schemas"])
    assert len(platform_org.writes()) == writes
    journal = variables["org_config_journal"].replace("journal", "second")
    host = [{**SCHEMAS[0], "fields": [{**TIER, "options": [{"name": "gold"}]}]}]
    given = {**variables, "org_config_data_schemas_host": host, "org_config_journal": journal}
    playbook([ROLE], inventory={"acme": given})
    assert tier_of(platform_org)["_enumProperties"]["silver"]["_disabled"] is True
    rollback = {"hosts": "all", "gather_facts": False, "roles": ["genesys.cloud.rollback"]}
    playbook([rollback], inventory={"acme": given})
    assert tier_of(platform_org)["_enumProperties"]["silver"]["_disabled"] is False


def test_a_schema_is_managed_by_its_modules(playbook, platform_org):
    connection = {**platform_org.connection, "api_profile": "platform", "list_lag": 0.5}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": {"group/genesys.cloud.genesys": connection},
        "tasks": [
            {"name": "Schema", "genesys.cloud.genesys_data_schema": SCHEMAS[0]},
            {"name": "Again", "genesys.cloud.genesys_data_schema": SCHEMAS[0]},
            {
                "name": "Read",
                "genesys.cloud.genesys_data_schema_info": {"type": "workitem"},
                "register": "found",
            },
            {
                "name": "Remove",
                "genesys.cloud.genesys_data_schema": {
                    "id": "{{ found.records[0].id }}",
                    "type": "{{ found.records[0].type }}",
                    "state": "absent",
                },
            },
        ],
    }
    run = playbook([play], inventory={"acme": {}})
    changed = {name: run.result(name, "acme").result["changed"] for name in ("Schema", "Again", "Remove")}
    assert changed == {"Schema": True, "Again": False, "Remove": True}
    (record,) = run.result("Read", "acme").result["records"]
    assert (record["name"], record["version"]) == ("Claims", 2)
