# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_export: what it selects, what it lists instead, and its secrets (X.1)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from unit.export.exported import assert_unchanged, config_of, done, export, names_in, run
from unit.export.orgs import stored_platform_action
from unit.module_runner import warnings_of
from unit.org.conftest import action, stored_action, stored_webhook
from unit.platform.data_tables import COLUMNS, schema_of
from unit.platform.stored import TYPE, seed_integration

WEBHOOKS = "/api/v2/platform/webhooks"
PLATFORM_ACTIONS = "/api/v2/integrations/actions"


def test_names_and_managed_select(org: t.Any, tmp_path: pathlib.Path) -> None:
    org.seed([stored_action(name) for name in ("CRM: find", "CRM: old", "Orders", "crm")])
    org.seed([stored_webhook("CRM feed")], "webhooks")
    config = {"data_actions": [action("CRM: find"), action("Gone")]}
    selected = {
        "all": ({}, ["CRM: find", "CRM: old", "Orders", "crm"]),
        "names": ({"names": ["CRM*"]}, ["CRM: find", "CRM: old"]),
        "exclude": ({"names": ["CRM*", "O*"], "exclude": ["*old"]}, ["CRM: find", "Orders"]),
        "declared": ({"managed": "declared", "config": config}, ["CRM: find"]),
        "undeclared": ({"managed": "undeclared", "config": config}, ["CRM: old", "Orders", "crm"]),
    }
    for folder, (options, expected) in selected.items():
        export(org, tmp_path / folder, **options)
        assert names_in(tmp_path / folder, "data_actions") == expected
    assert names_in(tmp_path / "undeclared", "webhooks") == ["CRM feed"]
    assert names_in(tmp_path / "declared", "webhooks") == []


def test_the_inventory_may_name_an_integration_by_its_id(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api="platform")
    crm = seed_integration(org, "CRM")
    org.seed([stored_platform_action(name, crm) for name in "AB"], "actions")
    definition = {"data_actions": [{"name": "A", "integration": crm}]}
    result = export(org, tmp_path, kinds=["data_actions"], managed="undeclared", config=definition)
    assert result["objects"] == {"data_actions": 1}
    assert "- name: B" in (tmp_path / "org_config_data_actions.yml").read_text("utf-8")


def test_objects_that_the_collection_only_reads_are_listed(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api="platform")
    kinds = ["function-data-actions", "purecloud-data-actions"]
    functions, built_in = (
        org.seed([{"name": kind, "integrationType": {"id": kind}}], "integrations")[0]["id"] for kind in kinds
    )
    org.seed([stored_platform_action("F", functions)], "actions")
    org.seed([stored_platform_action("G", functions, category="Function Data Action")], "actions")
    result = done("org_export", org, path=str(tmp_path), kinds=["data_actions"])
    assert result["objects"] == {"data_actions": 0}
    reasons = {one["name"]: one["reason"] for one in result["not_exported"]}
    assert reasons["F"] == "is a Function data action, which the collection only reads"
    assert reasons["G"] == "a Function data action, and the collection only reads it"
    assert "that its integration has by itself" in reasons["Get Wrap-up Codes"]
    assert built_in in next(one["id"] for one in result["not_exported"] if one["name"] == "Get Wrap-up Codes")


def test_objects_of_one_name_are_declared_by_their_ids(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api="platform")
    ids = sorted(seed_integration(org, "CRM") for _number in range(2))
    org.seed([stored_platform_action("A", ids[0], secure=False)], "actions")
    result = export(org, tmp_path, kinds=["integrations", "data_actions"])
    assert "2 of these objects share their names" in str(warnings_of(result))
    header = "vault_data_action_a_definition_config_request_headers_authorization"
    config = config_of(tmp_path, {header: "Bearer s3cr3t-of-action"})
    assert sorted(entry["id"] for entry in config["integrations"]) == ids
    assert not any("name" in entry for entry in config["integrations"])
    assert config["data_actions"][0]["integration"] == ids[0]
    assert_unchanged(org, config)


def test_a_name_that_a_declared_object_has_too_is_no_name_of_its_own(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api="platform")
    declared, other = (seed_integration(org, "CRM") for _number in range(2))
    config = {"integrations": [{"id": declared}]}
    export(org, tmp_path, kinds=["integrations"], managed="undeclared", config=config)
    (entry,) = config_of(tmp_path)["integrations"]
    assert (entry.get("id"), entry.get("name")) == (other, None)
    assert_unchanged(org, {"integrations": [entry]})


def test_a_pattern_that_fits_no_object_is_warned_of(org: t.Any, tmp_path: pathlib.Path) -> None:
    org.seed([stored_action("CRM: find")])
    result = export(org, tmp_path, names=["CRM*", "Odrers*", "{{ x }}"])
    assert warnings_of(result) == [
        "names[1]: no object of these kinds has a name that fits 'Odrers*'",
        "names[2]: no object of these kinds has a name that fits '{{ x }}'",
    ]
    assert warnings_of(export(org, tmp_path, names=["CRM*"])) == []


def test_an_object_that_no_options_declare_is_listed_with_a_warning(
    org: t.Any, tmp_path: pathlib.Path
) -> None:
    org.seed([stored_webhook("\n"), stored_webhook("Feed", events=[{"eventType": "new.event"}])], "webhooks")
    result = done("org_export", org, path=str(tmp_path), kinds=["webhooks"])
    reasons = {one["name"]: one["reason"] for one in result["not_exported"]}
    assert set(reasons) == {"\n", "Feed"}
    assert "'new.event' is not an event of the API" in reasons["Feed"]
    warned = warnings_of(result)
    assert len(warned) == 2
    assert any("the webhook '\\n' cannot be declared: name" in one for one in warned), warned


def test_a_secret_at_another_place_is_warned_of(org: t.Any, tmp_path: pathlib.Path) -> None:
    stored = stored_action("A")
    rest = {**stored["restConfig"], "headers": {"X-Api-Key": "s3cr3t-0f-crm-9"}}
    rest |= {"httpMethod": "POST", "bodyTemplate": "key=s3cr3t-0f-crm-9"}
    org.seed([{**stored, "restConfig": rest}])
    result = done("org_export", org, path=str(tmp_path))
    (warned,) = warnings_of(result)
    assert "org_config_data_actions.yml has a secret of a header or URL at another place" in warned
    assert "s3cr3t-0f" not in str(result)


def test_names_of_secret_headers_are_those_of_the_user_too(org: t.Any, tmp_path: pathlib.Path) -> None:
    stored = stored_webhook("Feed", target={"url": "https://h.example.com", "headers": {"X-Own": "s3cr3t-9"}})
    org.seed([stored], "webhooks")
    result = export(org, tmp_path, kinds=["webhooks"], secret_headers=["X-Own"])
    assert result["secrets"] == ["vault_webhook_feed_target_headers_x_own"]
    config = config_of(tmp_path, {"vault_webhook_feed_target_headers_x_own": "s3cr3t-9"})
    assert config["webhooks"][0]["secret_headers"] == ["X-Own"]
    assert_unchanged(org, config)


def test_check_mode_shows_the_files(org: t.Any, tmp_path: pathlib.Path) -> None:
    org.seed([stored_action("A")])
    options = {"path": str(tmp_path / "new"), "kinds": ["data_actions"], "_ansible_diff": True}
    result = done("org_export", org, check_mode=True, **options)
    assert result["changed"] and not (tmp_path / "new").exists()
    (diff,) = result["diff"]
    assert diff["before"] == "" and "  - name: A\n" in diff["after"]
    assert done("org_export", org, **options)["files"] == result["files"]
    again = done("org_export", org, **options)
    assert (again["changed"], again["diff"]) == (False, [])


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"path": "relative"}, "path: must be an absolute path, not 'relative'"),
        (
            {"kinds": ["webhook"]},
            "kinds[0]: 'webhook' is no list of objects of the API 'reference'; did you mean 'webhooks'?",
        ),
        (
            {"kinds": ["integrations"]},
            "kinds[0]: 'integrations' is no list of objects of the API 'reference'",
        ),
        ({"kinds": []}, "kinds: must name at least one kind, or be omitted for all of them"),
        ({"kinds": ["customobject_indexes"]}, "ids.customobject_indexes: is required: the API has no list"),
        (
            {"kinds": ["webhooks"], "ids": {"customobject_indexes": ["order"]}},
            "ids.customobject_indexes: is of a kind that is not exported: remove it",
        ),
        ({"managed": "declared"}, "config: is required with managed declared"),
        ({"managed": "declared", "config": {"webhooks": [{"url": 1}]}}, "config.webhooks[0]"),
        ({"concurrency": 33}, "concurrency: must be from 1 to 32, not 33"),
    ],
)
def test_wrong_options_are_problems_before_any_request(
    options: dict[str, t.Any], problem: str, org: t.Any, tmp_path: pathlib.Path
) -> None:
    message = run("org_export", org, **{"path": str(tmp_path), **options})["msg"]
    assert problem in message
    assert org.log() == []


def test_an_edited_file_is_a_problem_before_any_request(org: t.Any, tmp_path: pathlib.Path) -> None:
    export(org, tmp_path)
    file = tmp_path / "org_config_webhooks.yml"
    file.write_text(file.read_text("utf-8") + "# mine\n", "utf-8")
    org.clear_log()
    assert "was edited since it was written" in run("org_export", org, path=str(tmp_path))["msg"]
    assert org.log() == []
    assert done("org_export", org, path=str(tmp_path), overwrite=True)["changed"]


def test_a_file_of_variables_is_not_hidden_by_the_folder(org: t.Any, tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "host_vars" / "acme"
    folder.parent.mkdir()
    (folder.parent / "acme.yml").write_text("org_config_region: eu\n", "utf-8")
    message = run("org_export", org, path=str(folder))["msg"]
    assert "which Ansible does not read once the folder exists. Move it into the folder" in message
    assert org.log() == []


def test_an_org_without_execution_data_is_exported(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api="platform")
    org.fault(method="GET", path="*executiondata", status=404, times=None)
    seed_integration(org, "CRM")
    result = export(org, tmp_path, names=["C*"])
    assert [entry["type"] for entry in config_of(tmp_path)["integrations"]] == [TYPE]
    assert "no setting for flow execution data" in result["not_exported"][0]["reason"]


def test_objects_of_one_name_have_secrets_of_their_own(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api="platform")
    for number, integration in enumerate(("CRM", "ERP")):
        stored = stored_platform_action("Find", seed_integration(org, integration))
        stored["config"]["request"]["headers"] = {"Authorization": f"Bearer s3cr3t-{number}"}
        org.seed([stored], "actions")
    result = export(org, tmp_path, kinds=["data_actions"])
    field = "definition_config_request_headers_authorization"
    secrets = {
        f"vault_data_action_find_{integration}_{field}": f"Bearer s3cr3t-{number}"
        for number, integration in enumerate(("crm", "erp"))
    }
    assert result["secrets"] == sorted(secrets)
    assert_unchanged(org, config_of(tmp_path, secrets))


def test_a_table_without_rows_declares_none(new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path) -> None:
    org = new_org(api="platform")
    org.seed([{"name": "Prices", "schema": schema_of(COLUMNS)}], "data_tables")
    export(org, tmp_path, kinds=["data_tables"])
    (entry,) = config_of(tmp_path)["data_tables"]
    assert "rows" not in entry


def test_the_log_level_of_a_flow_named_default_is_not_that_of_the_org(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api="platform")
    (flow,) = org.seed([{"name": "default", "type": "BOT"}], "flows")
    org.seed([{"id": flow["id"], "logLevelCharacteristics": {"level": "Notes"}}], "flow_log_levels")
    export(org, tmp_path, kinds=["flow_log_levels"])
    config = config_of(tmp_path)
    levels = [{key: entry.get(key) for key in ("name", "default")} for entry in config["flow_log_levels"]]
    assert levels == [{"name": None, "default": True}, {"name": "default", "default": None}]
    assert_unchanged(org, config)
