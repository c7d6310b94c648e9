# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random orgs with odd names and texts: the import of Terraform's export is the export of the org (X.4)."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given

from unit.export.exported import assert_unchanged, config_of, export, texts
from unit.export.test_random_orgs import MANY, fill, platform_orgs, some_names
from unit.platform.triggers import seed_workflow
from unit.terraform.imports import import_tree
from unit.terraform.provider_export import UNMANAGED, ProviderExport


@MANY
@given(objects=platform_orgs(), queues=some_names(3), flows=some_names(2))
def test_a_random_org_is_imported_as_it_is_exported(
    objects: dict[str, t.Any],
    queues: list[str],
    flows: list[str],
    new_org: t.Callable[..., t.Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    org, folder = new_org(api="platform"), tmp_path_factory.mktemp("org")
    for name in objects["triggers"]:
        seed_workflow(org, name)
    org.seed([{"name": name, "type": "INBOUNDCALL"} for name in {*flows, *objects["triggers"]}], "flows")
    fill(org, objects)
    stored = org.seed([{"name": name} for name in queues], "queues")
    conditions = {"forQueues": [{"id": one["id"]} for one in stored]}
    org.seed([{"name": "Of queues", "conditions": conditions}], "retention_policies")
    result = import_tree(folder, ProviderExport(org).whole(), ignore=UNMANAGED)
    assert not result.get("failed"), result["msg"]
    assert_unchanged(org, config_of(folder / "variables"))
    export(org, folder / "export", kinds=list(result["objects"]))
    assert texts(folder / "variables") == texts(folder / "export")
