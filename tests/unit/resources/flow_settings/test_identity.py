# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of finding a flow by id or by exact name with few requests (S2.1)."""

from __future__ import annotations

import pytest

from unit.module_runner import run_module
from unit.resources.flow_settings.conftest import DECLARED, KIND, LIST, stored_flow


@pytest.fixture
def info(org):
    def run(**options):
        return run_module("genesys_flow_info", {**org.connection, **options})

    return run


def names(result):
    return [record["name"] for record in result["records"]]


def test_one_of_a_thousand_flows_takes_one_page(org, flows, settings):
    flows.seed(*({"name": f"Flow {number:04d}", "settings": {}} for number in range(1000)))
    assert settings(name="Flow 0999", routing={"type": "a"}, reload=False, verify=False)["changed"]
    (page,) = org.log(method="GET", path=LIST)
    assert page["query"] == {"pageSize": "100", "name": "Flow 0999", "expand": "routing,settings"}
    assert flows.now("Flow 0999")["settings"] == {"routing": {"type": "a"}}


def test_the_name_on_the_last_page_of_a_thousand_that_begin_with_it(org, flows, settings):
    """Check that all pages are read, because a later page could have a second flow of the name."""
    flows.seed(*({"name": f"primary {number:04d}"} for number in range(1000)), stored_flow())
    assert settings(routing={"max_wait_time": 30})["changed"]
    pages = org.log(method="GET", path=LIST)
    assert len(pages) == 11
    assert [page["query"].get("name") for page in pages] == ["Primary"] * 11
    assert len({page["query"].get("continuationToken") for page in pages}) == 11


def test_only_the_exact_name_counts(flows, settings):
    flows.seed({"name": "primary"}, {"name": "Primary EU"}, {"name": "Not Primary"})
    result = settings(routing={"max_wait_time": 30})
    assert result["msg"] == (
        "There is no flow 'Primary' in this org, and the API cannot create one. "
        "Names must match exactly: correct the name, or give the id."
    )
    assert flows.patches() == []


def test_two_flows_of_the_name_are_an_error_with_both_ids(org, flows, settings):
    one, two = flows.seed(stored_flow(), stored_flow())
    result = settings(routing={"max_wait_time": 30})
    assert result["failed"]
    assert result["ids"] == [one["id"], two["id"]]
    assert one["id"] in result["msg"] and two["id"] in result["msg"]
    assert org.writes() == []


def test_the_id_finds_among_equal_names(flows, org, settings):
    one, two = flows.seed(stored_flow(), stored_flow())
    assert settings(name=None, id=two["id"], routing={"max_wait_time": 30})["changed"]
    now = {flow["id"]: flow["settings"]["routing"]["maxWaitTime"] for flow in org.objects(KIND)}
    assert now == {one["id"]: 600, two["id"]: 30}
    assert "GET list" not in flows.calls()


def test_id_and_name_must_be_of_one_flow(org, flows, settings):
    (flow,) = flows.seed()
    assert not settings(id=flow["id"], **DECLARED)["changed"]
    result = settings(id=flow["id"], name="Other", routing={"max_wait_time": 30})
    assert "is named 'Primary', not 'Other', and the API cannot rename it" in result["msg"]
    assert org.writes() == []


def test_unknown_id(org, flows, settings):
    result = settings(name=None, id="no-such-flow", routing={"max_wait_time": 30})
    assert result["msg"] == "There is no flow with the id 'no-such-flow' in this org. Correct the id."
    assert org.writes() == []


def test_info_reads_all_by_tokens(org, flows, info):
    flows.seed(*({"name": f"Flow {number:04d}"} for number in range(999, -1, -1)))
    result = info()
    assert names(result) == [f"Flow {number:04d}" for number in range(1000)]
    assert len(org.log(method="GET", path=LIST)) == 10
    assert result["changed"] is False and org.writes() == []


def test_info_shows_settings_as_the_module_takes_them(flows, info, settings):
    (flow,) = flows.seed()
    (record,) = info(name="Primary")["records"]
    assert {option: record[option] for option in DECLARED} == DECLARED
    assert (record["id"], record["version"], record["description"]) == (flow["id"], 14, "the main line")
    assert info(id=flow["id"])["records"] == [record]
    given = {option: record[option] for option in ("id", "name", *DECLARED)}
    assert not settings(**given)["changed"]


def test_info_by_pattern_name_and_nothing(org, flows, info):
    flows.seed({"name": "Sales EU"}, {"name": "Sales US"}, {"name": "sales"}, {"name": "Support"})
    assert names(info(name_pattern="Sales *")) == ["Sales EU", "Sales US"]
    assert names(info(name="sales")) == ["sales"]
    assert info(name="Nobody")["records"] == info(id="no-such-flow")["records"] == []
    (record,) = info(name="Support")["records"]
    assert record["routing"] == {"type": None, "max_wait_time": None, "scope": None}
    assert record["configuration_matrix"] is None
    assert "name: excludes id" in info(name="a", id="b")["msg"]
