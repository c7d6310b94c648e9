# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_export: whole or not at all, what it selects, and what it lists instead (X.1)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from unit.export.exported import assert_unchanged, config_of, done, export, run, texts
from unit.export.orgs import fill_platform, fill_reference, stored_platform_action
from unit.module_runner import warnings_of
from unit.org.conftest import ACTIONS, action, request_counts, requests, stored_action, stored_webhook
from unit.platform.data_tables import COLUMNS, schema_of
from unit.platform.stored import TYPE, seed_integration

WEBHOOKS = "/api/v2/platform/webhooks"
PLATFORM_ACTIONS = "/api/v2/integrations/actions"


def names_in(folder: pathlib.Path, kind: str) -> list[str]:
    """Return the names of the exported objects of a kind."""
    return [entry["name"] for entry in config_of(folder).get(kind, [])]


def test_a_thousand_actions_over_pages_are_all_there(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api="platform")
    org.simulator.rate_limit(org.key, allowed=None)
    org.platform(template_form="inline")
    crm = seed_integration(org, "CRM")
    org.seed([stored_platform_action(f"Action {n:04d}", crm, secure=False) for n in range(1000)], "actions")
    org.clear_log()
    result = export(org, tmp_path, kinds=["data_actions"])
    assert result["objects"] == {"data_actions": 1000}
    seen = request_counts(org)
    assert seen[f"GET {PLATFORM_ACTIONS}"] == 10
    assert sum(seen.values()) <= 1000 + 10 + 2  # each by its id, the pages, the org and the integrations
    text = (tmp_path / "org_config_data_actions.yml").read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("  - name: Action ")] == [
        f"  - name: Action {n:04d}" for n in range(1000)
    ]


def test_an_object_that_comes_or_goes_meanwhile_neither_doubles_nor_hides_another(
    org: t.Any, tmp_path: pathlib.Path
) -> None:
    org.seed([stored_action(f"Action {number:03d}") for number in range(250)])
    first = org.objects()[0]
    page = {"entities": org.objects()[:100], "total": 250, "pageCount": 3, "pageSize": 100, "pageNumber": 1}
    org.fault(method="GET", path=ACTIONS, status=200, body=page)
    org.delete(first["id"])
    org.fault(method="GET", path=ACTIONS, after=4, create=stored_action("Theirs"))
    export(org, tmp_path, kinds=["data_actions"])
    assert sorted(names_in(tmp_path, "data_actions")) == [
        *(f"Action {number:03d}" for number in range(1, 250)),
        "Theirs",
    ]


@pytest.mark.parametrize("api", ["reference", "platform"])
def test_an_export_costs_no_more_requests_than_a_dry_run_of_it(
    api: str, new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api=api)
    secrets = {"reference": fill_reference, "platform": fill_platform}[api](org)
    ids = {"customobject_indexes": ["object-0", "object-1"]} if api == "reference" else {}
    org.clear_log()
    export(org, tmp_path, ids=ids)
    exported = requests(org)
    org.clear_log()
    done("org_config", org, config=config_of(tmp_path, secrets), check_mode=True)
    assert len(exported) <= len(requests(org)), exported


def test_a_kind_that_cannot_be_read_fails_the_export(org: t.Any, tmp_path: pathlib.Path) -> None:
    org.seed([stored_action("A")])
    export(org, tmp_path, kinds=["data_actions"])
    before = texts(tmp_path)
    org.seed([stored_action("B")])
    org.fault(method="GET", path=WEBHOOKS, status=403, times=None)
    result = run("org_export", org, path=str(tmp_path))
    assert result["failed"]
    assert "Not read: webhooks. No file was written" in result["msg"]
    assert texts(tmp_path) == before
    assert done("org_export", org, path=str(tmp_path), kinds=["data_actions"])["changed"]


def test_an_object_that_cannot_be_read_fails_the_export(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api="platform")
    crm = seed_integration(org, "CRM")
    found = org.seed([stored_platform_action(name, crm) for name in "AB"], "actions")
    org.fault(method="GET", path=f"{PLATFORM_ACTIONS}/{found[1]['id']}", status=403, times=None)
    message = run("org_export", org, path=str(tmp_path))["msg"]
    assert f"1 of 2 data actions could not be read: 'B' (id {found[1]['id']})." in message
    assert "Not read: data_actions." in message
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_is_shorter_than_its_total_fails_the_export(org: t.Any, tmp_path: pathlib.Path) -> None:
    org.seed([stored_action("A"), stored_action("B")])
    page = {"entities": org.objects()[:1], "total": 2, "pageCount": 1, "pageSize": 100, "pageNumber": 1}
    org.fault(method="GET", path=ACTIONS, status=200, body=page, times=None)
    message = run("org_export", org, path=str(tmp_path), kinds=["data_actions"])["msg"]
    assert "changed while its pages were read" in message
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_loses_objects_fails_the_export(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api="platform")
    org.platform(lists_lose_after=250)
    crm = seed_integration(org, "CRM")
    org.seed([stored_platform_action(f"Action {number}", crm) for number in range(289)], "actions")
    message = run("org_export", org, path=str(tmp_path), kinds=["data_actions"])["msg"]
    assert f"The list {PLATFORM_ACTIONS} changed while its pages were read" in message
    assert list(tmp_path.iterdir()) == []


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
        ({"kinds": ["customobject_indexes"]}, "ids.customobject_indexes: is required: the API has no list"),
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


def test_kinds_without_a_list_are_named(org: t.Any, tmp_path: pathlib.Path) -> None:
    result = export(org, tmp_path)
    assert result["not_exported"] == [
        {
            "kind": "customobject_index",
            "name": None,
            "id": None,
            "reason": "the API has no list of these objects: give ids.customobject_indexes",
        }
    ]
    message = run("org_export", org, path=str(tmp_path), ids={"customobject_indexes": ["none"]})["msg"]
    assert "ids.customobject_indexes: there is no custom object schema with the id 'none'" in message


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


def test_a_reference_that_cannot_be_read_fails_the_export(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    """An object is not listed as inexpressible if its options are not known."""
    org = new_org(api="platform")
    org.seed([{"name": "Prices", "schema": schema_of(COLUMNS)}], "data_tables")
    org.fault(method="GET", path="/api/v2/authorization/divisions", status=403, times=None)
    result = run("org_export", org, path=str(tmp_path), kinds=["data_tables"])
    assert result["failed"] and "GET /api/v2/authorization/divisions" in result["msg"]
    assert list(tmp_path.iterdir()) == []


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
