# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An export of Terraform becomes variables whose apply to the org of the export changes nothing (X.4)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._terraform.resource_types import MANAGED
from unit.export.exported import SECRETS_FILE, assert_unchanged, config_of, done, export, texts
from unit.export.orgs import fill_platform
from unit.module_runner import warnings_of
from unit.platform.retention_policies import FULL
from unit.platform.stored import seed_action, seed_integration
from unit.terraform.imports import import_tree
from unit.terraform.provider_export import UNMANAGED, ProviderExport

#: The kinds of all types that the provider has and the collection manages.
KINDS = {one.kind.list_option for one in MANAGED.values()}


@pytest.fixture
def org(new_org: t.Callable[..., t.Any]) -> t.Any:
    return new_org(api="platform")


def without(value: t.Any, *names: str) -> t.Any:
    """Return options without those of the given names, at any depth."""
    if isinstance(value, dict):
        return {name: without(entry, *names) for name, entry in value.items() if name not in names}
    return [without(entry, *names) for entry in value] if isinstance(value, list) else value


def keep_what_the_provider_has(org: t.Any) -> str:
    """Remove objects and parts that the provider has no attribute for. Return the id of an integration.

    The provider's export has this integration by its id in one place, because the provider does not know that
    the attribute is a reference.
    """
    for kind in ("contact_schemas", "organization_schemas"):
        for one in org.objects(kind):
            org.delete(one["id"], kind)
    org.delete(org.named("Full", "retention_policies")["id"], "retention_policies")
    options = without(FULL, "customer_participation", "hours", "months", "weeks")
    done("media_retention_policy", org, **options)
    return str(org.named("S3", "integrations")["id"])


def test_an_apply_to_the_org_of_the_export_changes_nothing(org: t.Any, tmp_path: pathlib.Path) -> None:
    secrets = fill_platform(org)
    tree = ProviderExport(org).whole()
    result = import_tree(tmp_path, tree, ignore=UNMANAGED)
    assert not result.get("failed"), result["msg"]
    assert warnings_of(result) == []
    assert sorted(result["secrets"]) == sorted(secrets)
    assert {name: count > 0 for name, count in result["objects"].items()} == dict.fromkeys(KINDS, True)
    org.clear_log()
    assert_unchanged(org, config_of(tmp_path / "variables", secrets))
    assert org.writes() == []


def test_the_files_are_those_of_an_export_of_the_org(org: t.Any, tmp_path: pathlib.Path) -> None:
    fill_platform(org)
    ids = {"genesyscloud_integration.S3": keep_what_the_provider_has(org)}
    tree = ProviderExport(org).whole()
    result = import_tree(tmp_path, tree, ignore=UNMANAGED, ids=ids)
    assert not result.get("failed"), result["msg"]
    export(org, tmp_path / "export", kinds=[name for name in result["objects"] if name != "flow_log_levels"])
    written = texts(tmp_path / "variables")
    levels = written.pop("org_config_flow_log_levels.yml")  # the provider has no characteristics of levels
    assert b"level: Notes" in levels
    assert written == texts(tmp_path / "export")
    secrets = [
        (folder / SECRETS_FILE).read_bytes() for folder in (tmp_path / "variables", tmp_path / "export")
    ]
    assert secrets[0] == secrets[1]


def test_objects_of_the_same_name_need_their_ids(org: t.Any, tmp_path: pathlib.Path) -> None:
    first, second = seed_integration(org, "CRM"), seed_integration(org, "CRM")
    seed_action(org, "Find", first)
    seed_action(org, "Find", second)
    tree = ProviderExport(org).whole()
    result = import_tree(tmp_path, tree, ignore=UNMANAGED)
    assert sorted(problem.partition(":")[0] for problem in result["problems"]) == [
        "genesyscloud_integration.CRM",
        "genesyscloud_integration.CRM_1",
        "genesyscloud_integration_action.c_Find.integration",
        "genesyscloud_integration_action.c_Find_1.integration",
    ]
    ids = {"genesyscloud_integration.CRM": first, "genesyscloud_integration.CRM_1": second}
    result = import_tree(tmp_path, tree, ignore=UNMANAGED, ids=ids)
    assert not result.get("failed"), result["msg"]
    config = config_of(tmp_path / "variables")
    assert {one["id"] for one in config["integrations"]} == set(ids.values())
    export(org, tmp_path / "export", kinds=["integrations", "data_actions"])
    assert texts(tmp_path / "variables") == texts(tmp_path / "export")
    assert_unchanged(org, config)
