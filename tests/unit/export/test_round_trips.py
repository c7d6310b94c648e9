# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An export applied to its org changes nothing, applied to an empty org it builds the same (X.1)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import KINDS
from unit.export.exported import assert_unchanged, changes_of, config_of, done, export, texts
from unit.export.orgs import fill_platform, fill_reference, seed_named
from unit.org.conftest import stored_flow, stored_schema

FILLED = {"reference": fill_reference, "platform": fill_platform}
IDS: dict[str, t.Any] = {"reference": {"customobject_indexes": ["object-0", "object-1"]}, "platform": {}}
BOTH = pytest.mark.parametrize("api", list(FILLED))


def bare_org(new_org: t.Callable[..., t.Any], api: str) -> t.Any:
    """Return an org with nothing but objects that the collection cannot create, without their settings."""
    org = new_org(api=api)
    if api == "reference":
        org.simulator.rebuild(org.key, duration=0.01)
        org.seed([stored_schema("object-0"), stored_schema("object-1")], "customobjects")
        flows = [stored_flow("Flow 0"), stored_flow("~")]
        org.seed([{**flow, "settings": {}} for flow in flows], "flows")
    else:
        seed_named(org)
    return org


@pytest.mark.parametrize(
    "resource", [one for kind in KINDS for one in kind.profiles.values()], ids=lambda one: one.kind
)
def test_every_kind_can_be_exported(resource: t.Any) -> None:
    """A new kind sets to_options: options_of of _model/options.py, if its fields say all."""
    assert resource.to_options is not None


@BOTH
def test_an_apply_to_the_same_org_changes_nothing(
    api: str, new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api=api)
    secrets = FILLED[api](org)
    result = export(org, tmp_path, ids=IDS[api])
    assert sorted(result["secrets"]) == sorted(secrets)
    listed = {kind.list_option for kind in KINDS if api in kind.profiles}
    assert {name for name, count in result["objects"].items() if count} == listed
    everything = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    assert "s3cr3t" not in everything and "pa55" not in everything and "T0K3n" not in everything
    org.clear_log()
    assert_unchanged(org, config_of(tmp_path, secrets))
    assert changes_of(org) == []
    assert done("org_export", org, path=str(tmp_path), ids=IDS[api])["changed"] is False


@BOTH
def test_an_apply_to_an_empty_org_builds_the_same(
    api: str, new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    first, second = new_org(api=api), bare_org(new_org, api)
    secrets = FILLED[api](first)
    export(first, tmp_path / "first", ids=IDS[api])
    config = config_of(tmp_path / "first", secrets)
    if api == "platform":
        config["analytics_retention"][0]["confirm"] = True  # as a person confirms it
    assert done("org_config", second, config=config)["changed"]
    export(second, tmp_path / "second", ids=IDS[api])
    assert texts(tmp_path / "second") == texts(tmp_path / "first")


@BOTH
def test_one_file_has_the_same_content(
    api: str, new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api=api)
    secrets = FILLED[api](org)
    export(org, tmp_path / "kinds", ids=IDS[api])
    export(org, tmp_path / "file", ids=IDS[api], layout="file")
    assert sorted(path.name for path in (tmp_path / "file").iterdir()) == [
        "org_config.yml",
        "org_config_secrets.yml",
    ]
    assert config_of(tmp_path / "file", secrets) == config_of(tmp_path / "kinds", secrets)
