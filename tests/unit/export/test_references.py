# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""References of exported retention policies and triggers: a name that means one object, else the id (X.1)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from unit.export.exported import assert_unchanged, config_of, done, export, run
from unit.platform.data_schemas import core
from unit.platform.triggers import seed_trigger, seed_workflow

Wire = dict[str, t.Any]
GONE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def platform_org(new_org: t.Callable[..., t.Any]) -> t.Any:
    return new_org(api="platform")


def seeded(org: t.Any, kind: str, *wires: Wire) -> list[str]:
    return [str(one["id"]) for one in org.seed(list(wires), kind)]


def test_a_workflow_whose_name_means_another_one_too_is_declared_by_its_id(
    platform_org: t.Any, tmp_path: pathlib.Path
) -> None:
    alone, first, _second, of_uuid = (
        seed_workflow(platform_org, name) for name in ("Alone", "Twice", "Twice", GONE)
    )
    seeded(platform_org, "flows", {"name": "Alone", "type": "INBOUNDCALL"})
    wanted = {"A": "Alone", "B": first, "C": of_uuid}
    for name, workflow in zip(wanted, (alone, first, of_uuid), strict=True):
        seed_trigger(platform_org, workflow, name=name)
    export(platform_org, tmp_path, kinds=["triggers"])
    config = config_of(tmp_path)
    assert {one["name"]: one["workflow"] for one in config["triggers"]} == wanted
    assert_unchanged(platform_org, config)


def test_objects_of_a_policy_are_declared_by_their_ids_if_no_name_means_them(
    platform_org: t.Any, tmp_path: pathlib.Path
) -> None:
    org = platform_org
    sales, twice, _other = seeded(org, "queues", {"name": "Sales"}, {"name": "Twice"}, {"name": "Twice"})
    anna, _same_name, removed = seeded(
        org,
        "users",
        {"name": "Anna"},
        {"name": "Carl", "email": "carl@example.com"},
        {"name": "Gone", "email": "gone@example.com", "state": "deleted"},
    )
    users, queues = [anna, removed, GONE], [twice, sales]
    conditions = {"forUsers": [{"id": one} for one in users], "forQueues": [{"id": one} for one in queues]}
    days = {"archiveRetention": {"days": 3000, "storageMedium": "CLOUDARCHIVE"}}
    policy = {"name": "P", "conditions": conditions, "actions": {"retentionDuration": days}}
    seeded(org, "retention_policies", policy)
    export(org, tmp_path, kinds=["media_retention_policies"])
    config = config_of(tmp_path)
    (entry,) = config["media_retention_policies"]
    assert entry["conditions"] == {
        "for_users": sorted(["Anna", removed, GONE]),
        "for_queues": sorted(["Sales", twice]),
    }
    assert entry["actions"] == {"retention_duration": {"archive_retention": {"days": 3000}}}
    assert entry["max_retention_days"] == 3000
    assert_unchanged(org, config)


def test_a_policy_that_shows_only_ids_is_declared_by_ids(platform_org: t.Any, tmp_path: pathlib.Path) -> None:
    platform_org.platform(policy_references="ids")
    (sales,) = seeded(platform_org, "queues", {"name": "Sales"})
    seeded(platform_org, "retention_policies", {"name": "P", "conditions": {"forQueues": [{"id": sales}]}})
    export(platform_org, tmp_path, kinds=["media_retention_policies"])
    config = config_of(tmp_path)
    assert config["media_retention_policies"][0]["conditions"] == {"for_queues": [sales]}
    assert_unchanged(platform_org, config)


def test_schemas_of_one_name_and_type_are_declared_by_ids_with_their_type(
    platform_org: t.Any, tmp_path: pathlib.Path
) -> None:
    schema = {"title": "Claims", "properties": {"text": core("text")}}
    wires = [{"name": "Claims", "jsonSchema": schema} for _number in range(2)]
    ids = seeded(platform_org, "workitem_schemas", *wires)
    seeded(platform_org, "contact_schemas", wires[0])
    export(platform_org, tmp_path, kinds=["data_schemas"])
    config = config_of(tmp_path)
    by_id, by_name = config["data_schemas"][:2], config["data_schemas"][2]
    assert sorted(one["id"] for one in by_id) == sorted(f"workitem:{one}" for one in ids)
    assert (by_name["name"], by_name["type"]) == ("Claims", "external_contact")
    assert by_name["fields"] == [{"name": "text", "type": "text", "title": "Text"}]
    assert_unchanged(platform_org, config)


def test_a_retention_without_a_value_is_listed_and_one_with_a_value_needs_a_confirmation_elsewhere(
    new_org: t.Callable[..., t.Any], platform_org: t.Any, tmp_path: pathlib.Path
) -> None:
    kinds = {"kinds": ["analytics_retention"]}
    unset = done("org_export", platform_org, path=str(tmp_path), **kinds)
    assert [one["reason"] for one in unset["not_exported"]] == ["is not set in this org"]
    done("analytics_retention", platform_org, retention_days=400, confirm=True)
    export(platform_org, tmp_path, **kinds)
    config = config_of(tmp_path)
    assert config == {"analytics_retention": [{"retention_days": 400}]}
    assert_unchanged(platform_org, config)
    refused = run("org_config", new_org(api="platform"), config=config)
    assert "confirm: must be true to change" in str(refused)
