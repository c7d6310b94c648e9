# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of reading data actions by id, by name, by pattern or all, over all pages."""

from __future__ import annotations

import pytest

from unit.module_runner import run_module
from unit.resources.data_action.conftest import STORED

LIST = "/api/v2/architect/data-actions"


@pytest.fixture
def info(org):
    def run(**options):
        return run_module("genesys_data_action_info", {**org.connection, **options})

    return run


def _seed(org, count):
    return org.seed([{**STORED, "name": f"Action {number:03}"} for number in range(count)])


def test_every_page_is_read_in_the_fewest_requests(org, info):
    _seed(org, 250)
    result = info()
    assert [record["name"] for record in result["records"]] == [
        f"Action {number:03}" for number in range(250)
    ]
    assert [entry["query"]["pageSize"] for entry in org.log(path=LIST)] == ["100"] * 3
    assert not result["changed"]


def test_by_id_exact_name_and_pattern(org, info):
    stored = _seed(org, 12)
    org.seed([{**STORED, "name": "action 001"}])
    assert [one["id"] for one in info(id=stored[5]["id"])["records"]] == [stored[5]["id"]]
    assert [one["name"] for one in info(name="Action 001")["records"]] == ["Action 001"]
    assert [one["name"] for one in info(name_pattern="Action 01?")["records"]] == ["Action 010", "Action 011"]
    assert (
        info(id="none")["records"]
        == info(name="none")["records"]
        == info(name_pattern="none*")["records"]
        == []
    )


def test_conditions_as_trees_or_as_lines(org, info):
    condition = {
        "type": "IN",
        "value": {"type": "DATASET", "datasetId": "crm", "fieldId": "tier"},
        "expression": '["gold", "silver"]',
    }
    org.seed([{**STORED, "conditions": [condition]}])
    (tree,) = info()["records"][0]["conditions"]
    assert tree["value"] == {"type": "DATASET", "dataset_id": "crm", "field_id": "tier"}
    assert info(readable=True)["records"][0]["conditions"] == ['crm.tier in ["gold", "silver"]']


def test_secrets_are_masked(org, info):
    org.seed([{**STORED, "restConfig": {**STORED["restConfig"], "headers": {"X-Tenant": "tenant-s3cr3t"}}}])
    assert info()["records"][0]["rest"]["headers"] == {"X-Tenant": "tenant-s3cr3t"}
    masked = info(secret_headers=["x-tenant"])
    assert "s3cr3t" not in str(masked)


def test_one_choice_at_most(org, info):
    result = info(name="A", name_pattern="A*")
    assert "name_pattern: excludes name" in result["msg"]
    assert org.log() == []
