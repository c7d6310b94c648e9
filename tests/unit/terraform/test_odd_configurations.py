# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Odd and wrong configurations: each problem has the address of its resource, and no file is written."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from unit.terraform.imports import configuration, import_tree, imported, problems

_EVALUATED = "which only Terraform can evaluate"
_UNKNOWN = "is not known to this version of the collection: name it in ignore"
#: A change of the configuration, and its problem below the address of its resource.
WRONG: dict[str, tuple[dict[str, dict[str, t.Any]], str]] = {
    "expression": (
        {"action": {"name": "${local.prefix}-find"}},
        f"ACTION.name: has ${{local.prefix}}, {_EVALUATED}: write its value into the export",
    ),
    "function with a secret": (
        {"action": {"name": '${lower("pa55-in-function")}'}},
        f'ACTION.name: has ${{lower("…")}}, {_EVALUATED}: write its value into the export',
    ),
    "directive": (
        {"action": {"category": "%{ if true }x%{ endif }"}},
        f"ACTION.category: has a directive %{{…}}, {_EVALUATED}",
    ),
    "index of count": (
        {"action": {"integration_id": "${genesyscloud_integration.CRM[0].id}"}},
        f"ACTION.integration_id: has ${{genesyscloud_integration.CRM[0].id}}, {_EVALUATED}: write its value "
        "into the export",
    ),
    "unknown block": (
        {"action": {"integration_id": "${genesyscloud_integration.Other.id}"}},
        "ACTION.integration_id: has ${genesyscloud_integration.Other.id}, but no block of the export has "
        "this address",
    ),
    "block of another type": (
        {"action": {"integration_id": "${genesyscloud_integration_credential.L.id}"}},
        "ACTION.integration_id: has ${genesyscloud_integration_credential.L.id}, but only the id of a block "
        "of the type genesyscloud_integration can be here",
    ),
    "for_each": (
        {"integration": {"for_each": "${toset([1])}"}},
        f"INTEGRATION.for_each: makes one block several objects, {_EVALUATED}: export the org, which gives "
        "each object its own block",
    ),
    "unknown attribute": ({"integration": {"colour": "red"}}, f"INTEGRATION.colour: {_UNKNOWN}"),
    "unknown attribute of a nested block": (
        {"integration": {"config": [{"name": "CRM", "colour": "red"}]}},
        f"INTEGRATION.config.colour: {_UNKNOWN}",
    ),
    "JSON text": (
        {"action": {"contract_input": "{"}},
        "ACTION.contract_input: is not JSON: ",
    ),
    "JSON text of a list": (
        {"integration": {"config": [{"name": "CRM", "properties": "[]"}]}},
        "INTEGRATION.config.properties: must be the text of a JSON object, not of a list",
    ),
    "no name": (
        {"integration": {"config": None}},
        "INTEGRATION.config: is required: the collection finds an integration by its config.name",
    ),
    "null": ({"action": {"contract_output": None}}, "ACTION.contract_output: is required"),
    "wrong type": ({"action": {"secure": "perhaps"}}, "ACTION.secure: must be true or false, not text"),
    "undeclared input": (
        {"action": {"config_request": [{"request_url_template": "$${input.no}", "request_type": "GET"}]}},
        "ACTION: definition.config.request.requestUrlTemplate: ",
    ),
    "sensitive variable": (
        {"action": {"name": "${var.login}"}},
        "ACTION.name: has ${var.login}, which is sensitive and must not be in a file: put it into a header "
        "or a credential in Terraform first",
    ),
    "variable without a value": (
        {"action": {"name": "${var.stage}-find"}},
        "ACTION.name: has ${var.stage}: give its value as variables.stage",
    ),
    "two orgs": (
        {"integration": {"provider": "genesyscloud.test"}},
        "provider: the resources belong to several orgs (genesyscloud, genesyscloud.test): give those of one",
    ),
}
_ADDRESSES = {
    "ACTION": "genesyscloud_integration_action.Find",
    "INTEGRATION": "genesyscloud_integration.CRM",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_named_with_its_address(name: str, tmp_path: pathlib.Path) -> None:
    changes, problem = WRONG[name]
    for short, address in _ADDRESSES.items():
        problem = problem.replace(short, address)
    (found,) = problems(tmp_path, configuration(**changes))
    assert found == problem or (problem.endswith(": ") and found.startswith(problem))


def test_all_problems_are_reported_together(tmp_path: pathlib.Path) -> None:
    tree = configuration(action={"name": "${local.a}", "secure": 7}, integration={"colour": "red"})
    tree["resource"]["genesyscloud_flow"] = {"Main": {"filepath": "main.yaml"}, "Other": {}}
    tree["module"] = {"network": {"source": "./network"}}
    found = problems(tmp_path, tree)
    assert [problem.partition(": ")[0] for problem in found] == [
        "genesyscloud_integration.CRM.colour",
        "genesyscloud_integration_action.Find.name",
        "genesyscloud_integration_action.Find.secure",
        "genesyscloud_flow.Main, genesyscloud_flow.Other",
        "module.network",
    ]


def test_an_import_with_other_types_is_incomplete(tmp_path: pathlib.Path) -> None:
    tree = configuration()
    function = {"function_config": [{"handler": "index.handler", "timeout_seconds": 15}]}
    tree["resource"] |= {
        "genesyscloud_routing_queue": {"Q": {"name": "Q"}},
        "genesyscloud_integration_action_draft": {"D": {"name": "D"}},
        "aws_s3_bucket": {"B": {}},
    }
    tree["resource"]["genesyscloud_integration_action"]["F"] = {"name": "F", **function}
    result = import_tree(tmp_path, tree)
    assert result["msg"].endswith("The import is incomplete. Nothing was written.")
    cure = "Name it in ignore to import the other resources"
    action = "genesyscloud_integration_action.F"
    assert result["problems"] == [
        f"{action}: is a Function data action, which the collection only reads. {cure}",
        f"genesyscloud_routing_queue.Q: the collection has no kind for this type. {cure}",
        "genesyscloud_integration_action_draft.D: a draft is no data action until it is published. " + cure,
        f"aws_s3_bucket.B: the type is no part of the vendor's provider. {cure}",
    ]
    ignore = ["genesyscloud_routing_queue", "aws_*", "*_draft.D", action]
    result = import_tree(tmp_path, tree, ignore=ignore)
    assert not result.get("failed"), result["msg"]
    assert [one["address"] for one in result["not_imported"]] == [
        "genesyscloud_integration_action.F",
        "genesyscloud_routing_queue.Q",
        "genesyscloud_integration_action_draft.D",
        "aws_s3_bucket.B",
    ]
    assert result["objects"] == {"integration_credentials": 1, "integrations": 1, "data_actions": 1}


def test_an_unknown_attribute_can_be_ignored(tmp_path: pathlib.Path) -> None:
    tree = configuration(integration={"colour": "red"})
    files = imported(tmp_path, tree, ignore=["genesyscloud_integration.*.colour"])
    assert "name: CRM" in files["org_config_integrations.yml"]


def test_an_ignored_block_still_gives_its_name(tmp_path: pathlib.Path) -> None:
    tree = configuration(integration={"colour": "red"})
    files = imported(tmp_path, tree, ignore=["genesyscloud_integration.*"])
    assert "integration: CRM" in files["org_config_data_actions.yml"]
    assert "org_config_integrations.yml" not in files


def test_data_sources_and_ids_give_references(tmp_path: pathlib.Path) -> None:
    tree = configuration(
        action={"integration_id": "${data.genesyscloud_integration.D.id}"},
        integration={"config": [{"name": "CRM", "credentials": {"basicAuth": "0-1-2"}}]},
    )
    tree["data"] = {"genesyscloud_integration": {"D": {"name": "By name"}}}
    files = imported(tmp_path, tree)
    assert "integration: By name" in files["org_config_data_actions.yml"]
    assert 'basicAuth:\n        id: "0-1-2"' in files["org_config_integrations.yml"]


def test_variables_have_their_value_or_their_default(tmp_path: pathlib.Path) -> None:
    tree = configuration(action={"name": "${var.stage}-${var.number}", "category": "${var.category}"})
    tree["variable"] |= {"stage": {}, "number": {"default": 7}, "category": {"default": "C"}}
    files = imported(tmp_path, tree, variables={"stage": "dev"})
    assert "name: dev-7" in files["org_config_data_actions.yml"]
    result = import_tree(tmp_path, tree, variables={"stag": "dev"})
    assert result["problems"][0] == ("variables.stag: is not in the configuration; did you mean 'stage'?")


def test_secrets_are_in_no_file_and_no_output(tmp_path: pathlib.Path) -> None:
    headers = {"Authorization": "Bearer t0ken-of-action", "X-Tenant": "${var.tenant}", "X-Region": "emea"}
    request = {**configuration()["resource"]["genesyscloud_integration_action"]["Find"]["config_request"][0]}
    tree = configuration(
        credential={"fields": {"userName": "us3r-of-crm", "password": "pa55-of-crm"}},
        action={"config_request": [{**request, "headers": headers}]},
    )
    tree["variable"]["tenant"] = {"sensitive": True}
    result = import_tree(tmp_path, tree, variables={"tenant": "t3nant-of-crm"})
    assert not result.get("failed"), result["msg"]
    assert result["secrets"] == [
        "vault_data_action_find_definition_config_request_headers_authorization",
        "vault_data_action_find_definition_config_request_headers_x_tenant",
        "vault_integration_credential_login_fields",
    ]
    everything = json.dumps(result) + "".join(
        path.read_text("utf-8") for path in (tmp_path / "variables").iterdir()
    )
    assert [one for one in ("t0ken", "us3r", "pa55", "t3nant") if one in everything] == []
    text = (tmp_path / "variables" / "org_config_data_actions.yml").read_text("utf-8")
    assert "X-Region: emea" in text and "secret_headers:\n      - X-Tenant" in text


def test_rows_keep_their_digits_and_belong_to_their_table(tmp_path: pathlib.Path) -> None:
    columns = [
        {"name": "key", "type": "string", "title": "Number"},
        {"name": "price", "type": "number", "default": "1.50"},
        {"name": "count", "type": "integer", "title": None},
    ]
    rows = {
        "a": {
            "key_value": "1/{{ x }}",
            "properties_json": '{"price":0.12345678901234567,"count":12345678901234567}',
        },
        "b": {"key_value": "on", "properties_json": None},
    }
    table = {"name": "Prices", "properties": columns}
    reference = {"datatable_id": "${genesyscloud_architect_datatable.T.id}"}
    tree: dict[str, t.Any] = {
        "resource": {
            "genesyscloud_architect_datatable_row": {
                name: {**row, **reference} for name, row in rows.items()
            },
            "genesyscloud_architect_datatable": {"T": [table]},
        }
    }
    text = imported(tmp_path, tree)["org_config_data_tables.yml"]
    assert 'key: !unsafe "1/{{ x }}"' in text and 'key: "on"' in text
    assert "0.12345678901234567" in text and "12345678901234567" in text and "default: 1.5" in text
    tree["resource"]["genesyscloud_architect_datatable_row"]["b"]["key_value"] = "1/{{ x }}"
    result = import_tree(tmp_path, tree)
    assert result["problems"] == [
        "genesyscloud_architect_datatable_row.b.key_value: '1/{{ x }}' is the key of another row of the same "
        "data table"
    ]


def test_rows_without_their_table_declare_rows_alone(tmp_path: pathlib.Path) -> None:
    rows = {
        "a": {"datatable_id": "${data.genesyscloud_architect_datatable.D.id}", "key_value": "x"},
        "b": {"datatable_id": "0-1-2", "key_value": "y", "properties_json": '{"n":1}'},
    }
    tree: dict[str, t.Any] = {
        "resource": {"genesyscloud_architect_datatable_row": rows},
        "data": {"genesyscloud_architect_datatable": {"D": {"name": "Prices"}}},
    }
    text = imported(tmp_path, tree)["org_config_data_tables.yml"]
    assert text.partition("org_config_data_tables:\n")[2] == (
        '  - id: "0-1-2"\n    rows:\n      - key: "y"\n        "n": 1\n'
        "  - name: Prices\n    rows:\n      - key: x\n"
    )


def test_rows_of_an_ignored_table_are_not_lost(tmp_path: pathlib.Path) -> None:
    row = {"datatable_id": "${genesyscloud_architect_datatable.T.id}", "key_value": "x"}
    table = {"name": "Prices", "properties": [{"name": "key", "type": "string"}]}
    tree: dict[str, t.Any] = {
        "resource": {
            "genesyscloud_architect_datatable": {"T": table},
            "genesyscloud_architect_datatable_row": {"R": row},
        }
    }
    (found,) = problems(tmp_path, tree, ignore=["genesyscloud_architect_datatable"])
    assert found.startswith(
        "genesyscloud_architect_datatable_row.R: genesyscloud_architect_datatable.T is left out. "
    )


def test_ids_are_those_of_different_objects(tmp_path: pathlib.Path) -> None:
    ids = {"genesyscloud_integration.CRM": "1", "genesyscloud_integration_credential.L": "1"}
    assert problems(tmp_path, configuration(), ids=ids) == [
        "ids.genesyscloud_integration_credential.L: is the id of genesyscloud_integration.CRM too"
    ]
    found = problems(tmp_path, configuration(), ids={"genesyscloud_integration.CRM": 7})
    assert found[0] == "ids.genesyscloud_integration.CRM: must be the id of an object"
