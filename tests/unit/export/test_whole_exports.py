# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_export: each kind is read whole or not at all, with few requests (X.1)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from unit.export.exported import config_of, done, export, names_in, run, texts
from unit.export.orgs import fill_platform, fill_reference, stored_platform_action
from unit.org.conftest import ACTIONS, request_counts, requests, stored_action
from unit.platform.data_tables import COLUMNS, schema_of
from unit.platform.stored import seed_integration

WEBHOOKS = "/api/v2/platform/webhooks"
PLATFORM_ACTIONS = "/api/v2/integrations/actions"


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
    assert "Not read: webhooks. Nothing was written" in result["msg"]
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
