# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter from_terraform: variables, secrets and problems of a configuration (X.4)."""

from __future__ import annotations

import copy
import json
import pathlib
import typing as t

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.genesys.cloud.plugins.filter.from_terraform import FilterModule
from unit.export.exported import assert_unchanged, config_of
from unit.export.orgs import fill_platform
from unit.terraform.imports import configuration, import_tree
from unit.terraform.provider_export import UNMANAGED, ProviderExport

from_terraform: t.Callable[..., dict[str, t.Any]] = FilterModule().filters()["from_terraform"]
LOGIN = "vault_integration_credential_login_fields"


def test_the_variables_are_those_of_the_files(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api="platform")
    secrets = fill_platform(org)
    tree = ProviderExport(org).whole()
    assert not import_tree(tmp_path, tree, ignore=UNMANAGED).get("failed")
    given = copy.deepcopy(tree)
    result = from_terraform(given, ignore=UNMANAGED, secrets=secrets)
    assert given == tree
    config = {name.removeprefix("org_config_"): value for name, value in result["variables"].items()}
    assert config == config_of(tmp_path / "variables", secrets)
    assert result["secrets"] == sorted(secrets)
    assert {one["address"].partition(".")[0] for one in result["not_imported"]} == set(UNMANAGED)
    assert_unchanged(org, config)


def test_text_and_several_parts_are_accepted() -> None:
    tree = configuration()
    variables = {"variable": tree.pop("variable")}
    result = from_terraform([json.dumps(tree), variables])
    (credential,) = result["variables"]["org_config_integration_credentials"]
    assert credential == {"name": "Login", "type": "basicAuth", "fields": f"{{{{ {LOGIN} }}}}"}
    assert result["secrets"] == [LOGIN]


@pytest.mark.parametrize(
    ("source", "options", "problems"),
    [
        ('resource "x" "y" {', {}, ["configuration: is not JSON", 'Export with export_format = "json"']),
        (7, {}, ["configuration: must be a configuration, not a number"]),
        (configuration(), {"secrets": {}}, [f"secrets.{LOGIN}: is required"]),
        (configuration(), {"ignore": "x", "ids": [], "variables": 7}, ["ignore: ", "ids: ", "variables: "]),
        (
            {"resource": {"genesyscloud_flow": {"a\x1b[31m": {}}, "genesyscloud_user": {"b": {}}}},
            {},
            [r"genesyscloud_flow.a\x1b[31m: ", "genesyscloud_user.b: ", "The import is incomplete."],
        ),
    ],
)
def test_all_problems_are_one_error(source: t.Any, options: dict[str, t.Any], problems: list[str]) -> None:
    with pytest.raises(AnsibleFilterError) as error:
        from_terraform(source, **options)
    assert [one for one in problems if one not in str(error.value)] == []
