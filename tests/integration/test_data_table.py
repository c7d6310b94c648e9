# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of data tables on the platform API in playbooks: module, role and drift check."""

from __future__ import annotations

import pytest

ROLE = {
    "name": "Apply",
    "hosts": "all",
    "gather_facts": False,
    "roles": ["genesys.cloud.org_config"],
}
TABLE = {
    "name": "Prices",
    "columns": [{"name": "price", "type": "number"}, {"name": "phone", "type": "integer"}],
    "rows": [{"key": 1, "price": "0.12345678901234567890", "phone": 123456789012345678901}],
}


@pytest.fixture
def variables(platform_org, tmp_path):
    """Return the variables of a host that declares a data table with a row."""
    connection = {f"org_config_{name}": value for name, value in platform_org.connection.items()}
    return {
        **connection,
        "org_config_api_profile": "platform",
        "org_config_journal": str(tmp_path / "journal.jsonl"),
        "org_config_data_tables": [TABLE],
    }


def stored_rows(platform_org):
    return {one["row"]["key"]: one["row"] for one in platform_org.objects("data_table_rows")}


def test_the_role_creates_a_data_table_with_its_rows_and_then_changes_nothing(
    playbook, platform_org, variables
):
    planned = playbook([ROLE], inventory={"acme": variables}, arguments=["--check", "--diff"])
    assert platform_org.writes() == []
    assert "0.1234567890123456789" in planned.output
    playbook([ROLE], inventory={"acme": variables})
    assert stored_rows(platform_org)["1"]["phone"] == 123456789012345678901
    writes = len(platform_org.writes())
    playbook([ROLE], inventory={"acme": variables})
    assert len(platform_org.writes()) == writes


def test_the_role_rolls_back_a_new_row_after_a_failure_and_wants_new_columns_accepted(
    playbook, platform_org, variables
):
    playbook([ROLE], inventory={"acme": {**variables, "org_config_journal": "{{ omit }}"}})
    grown = {**TABLE, "columns": [*TABLE["columns"], {"name": "more", "type": "string"}]}
    given = {**variables, "org_config_data_tables": [grown], "org_config_on_error": "rollback"}
    run = playbook([ROLE], inventory={"acme": given})
    assert "keeps its new column 'more', because the API removes no column" in run.output
    writes = len(platform_org.writes())
    given["org_config_data_tables"] = [
        {**TABLE, "rows": [*TABLE["rows"], {"key": "2"}]},
        {"name": "Broken", "rows": [{"key": "x"}]},
    ]
    platform_org.fault(method="POST", path="/api/v2/flows/datatables", status=400, times=None)
    playbook([ROLE], inventory={"acme": given})
    assert len(platform_org.writes()) > writes
    assert sorted(stored_rows(platform_org)) == ["1"]


def test_a_table_is_managed_by_its_module_with_a_file_of_rows(playbook, platform_org, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("key,price\na,0.10\nb,2\n", "utf-8")
    connection = {**platform_org.connection, "api_profile": "platform"}
    given = {"name": "Prices", "columns": TABLE["columns"], "rows_path": str(file)}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": {"group/genesys.cloud.genesys": connection},
        "tasks": [
            {"name": "Table", "genesys.cloud.genesys_data_table": given},
            {"name": "Again", "genesys.cloud.genesys_data_table": given},
            {"name": "Read", "genesys.cloud.genesys_data_table_info": {"rows": True}},
        ],
    }
    run = playbook([play], inventory={"acme": {}})
    assert [run.result(name, "acme").result["changed"] for name in ("Table", "Again")] == [True, False]
    (record,) = run.result("Read", "acme").result["records"]
    assert [(row["key"], row["price"]) for row in record["rows"]] == [("a", 0.1), ("b", 2)]
