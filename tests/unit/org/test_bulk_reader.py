# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config's reads: as few requests as possible (S0.7, S2.1, S3.2)."""

from __future__ import annotations

import collections

import pytest

from unit.org.conftest import (
    ACTIONS,
    FLOWS,
    ORGANIZATION,
    PURPOSES,
    SCHEMAS,
    WEBHOOKS,
    action,
    every_kind,
    flow,
    plans_by_name,
    purpose,
    request_counts,
    requests,
    stored_action,
    stored_flow,
    stored_purpose,
    stored_webhook,
    totals,
    webhook,
)

MANY = 500


def seed_actions(org, count):
    return org.seed([stored_action(f"Action {number}") for number in range(count)])


def test_no_change_of_500_takes_five_pages_a_token_and_the_org(org, converge):
    seed_actions(org, MANY)
    result = converge({"data_actions": [action(f"Action {number}") for number in range(MANY)]})
    assert totals(result) == {"unchanged": MANY} and not result["changed"]
    assert request_counts(org) == {f"GET {ACTIONS}": 5, f"GET {ORGANIZATION}": 1}
    assert result["api"]["requests"] == 7 == len(org.log()) and result["api"]["retries"] == 0
    pages = org.log(path=ACTIONS)
    assert {entry["query"]["pageSize"] for entry in pages} == {"100"}
    assert sorted(entry["query"]["pageNumber"] for entry in pages) == ["1", "2", "3", "4", "5"]


def test_one_entry_in_a_big_org_is_asked_for_by_its_name(org, converge):
    """Check that a query by name replaces the remaining pages."""
    seed_actions(org, MANY)
    result = converge({"data_actions": [action("Action 77")]})
    assert totals(result) == {"unchanged": 1}
    first, second = (entry["query"] for entry in org.log(path=ACTIONS))
    assert "name" not in first and second["name"] == "Action 77"
    assert result["api"]["requests"] == 4


def test_entries_by_id_are_asked_for_by_id(org, converge):
    """Check reads by id, and a query by name whose response contains other names ('Action 77')."""
    seeded = seed_actions(org, MANY)
    entries = [{"id": seeded[number]["id"], "description": f"About Action {number}"} for number in (3, 444)]
    result = converge({"data_actions": [*entries, action("Action 7")]})
    assert totals(result) == {"unchanged": 3}
    assert request_counts(org)[f"GET {ACTIONS}"] == 2, "the first page, and the name"
    assert sum(request.startswith(f"GET {ACTIONS}/") for request in requests(org)) == 2


def test_a_small_org_is_one_page(org, converge):
    seed_actions(org, 100)
    assert totals(converge({"data_actions": [action("Action 3")]})) == {"unchanged": 1}
    assert request_counts(org)[f"GET {ACTIONS}"] == 1


def test_an_empty_org_is_one_empty_page(org, converge):
    result = converge({"data_actions": [action("A"), action("B")]}, check_mode=True)
    assert totals(result) == {"created": 2}
    assert request_counts(org) == {f"GET {ACTIONS}": 1, f"GET {ORGANIZATION}": 1}


def test_what_cannot_be_asked_for_by_name_is_listed_whole(org, converge):
    """Check kinds whose lists have no filter by name: purposes and webhooks."""
    org.seed([stored_purpose(f"Purpose {number}") for number in range(250)], "privacy_purposes")
    org.seed([stored_webhook(f"Webhook {number}") for number in range(250)], "webhooks")
    config = {"privacy_purposes": [purpose("Purpose 249")], "webhooks": [webhook("Webhook 249")]}
    assert totals(converge(config)) == {"unchanged": 2}
    assert request_counts(org) == {f"GET {PURPOSES}": 3, f"GET {WEBHOOKS}": 3, f"GET {ORGANIZATION}": 1}


def test_by_id_they_need_no_list(org, converge):
    seeded = org.seed([stored_webhook(f"Webhook {number}") for number in range(250)], "webhooks")
    config = {"webhooks": [{"id": seeded[7]["id"], "enabled": False}]}
    assert totals(converge(config)) == {"unchanged": 1}
    assert request_counts(org)[f"GET {WEBHOOKS}"] == 1 and f"GET {WEBHOOKS}/{seeded[7]['id']}" in requests(
        org
    )


@pytest.mark.parametrize(("entries", "pages", "by_name"), [(1, 1, 1), (3, 3, 3), (40, 4, 0)])
def test_flows_are_listed_until_asking_for_each_is_cheaper(org, converge, entries, pages, by_name):
    """Check that an unknown number of pages costs at most twice the requests of the cheapest way."""
    org.seed([stored_flow(f"Flow {number:03d}") for number in range(350)], "flows")
    config = {"flow_settings": [flow(f"Flow {number:03d}", 60) for number in range(entries)]}
    assert totals(converge(config)) == {"unchanged": entries}
    asked = [entry["query"] for entry in org.log(path=FLOWS)]
    assert sum("name" not in query for query in asked) == pages
    assert sum("name" in query for query in asked) == by_name
    assert all(query["expand"] == "routing,settings" for query in asked)


def test_kinds_that_the_config_does_not_have_are_not_asked_for(seeded_org, converge):
    assert not converge({"data_actions": [], "webhooks": [webhook("A")]}).get("failed")
    assert not [one for one in requests(seeded_org) if FLOWS in one or SCHEMAS in one or ACTIONS in one]


def test_pages_and_kinds_come_at_the_same_time(org, converge):
    """Check that the first pages of four kinds are under way at once, and then all six other pages."""
    seed_actions(org, 300)
    org.seed([stored_purpose(f"Purpose {number}") for number in range(300)], "privacy_purposes")
    org.seed([stored_webhook(f"Webhook {number}") for number in range(300)], "webhooks")
    org.seed([stored_flow("Flow")], "flows")
    config = {
        "data_actions": [action(f"Action {number}") for number in range(300)],
        "privacy_purposes": [purpose(f"Purpose {number}") for number in range(300)],
        "webhooks": [webhook(f"Webhook {number}") for number in range(300)],
        "flow_settings": [flow("Flow", 60)],
    }
    org.fault(method="GET", path="/api/v2/*", after=1, times=4, together=4)
    org.fault(method="GET", path="/api/v2/*", after=5, times=6, together=6)
    result = converge(config)
    assert totals(result) == {"unchanged": 901}


def test_latencies_of_simultaneous_calls_are_added(org, converge):
    seed_actions(org, 400)
    org.fault(method="GET", path=ACTIONS, after=1, times=3, together=3, delay=0.5)
    config = {"data_actions": [action(f"Action {number}") for number in range(400)]}
    assert converge(config)["api"]["latency_ms"] >= 1500


def test_concurrency_is_the_most_at_the_same_time(org, converge):
    seed_actions(org, 400)
    config = {"data_actions": [action(f"Action {number}") for number in range(400)]}
    for workers in (1, 2, 3):
        org.simulator.clear_faults(org.key)
        org.fault(method="GET", path=ACTIONS, after=1, times=workers, together=workers)
        org.fault(method="GET", path=ACTIONS, times=None, delay=0.05)
        assert totals(converge(config, concurrency=workers)) == {"unchanged": 400}
        held, later = org.simulator.faults(org.key)
        assert (held["most"], later["most"] <= workers) == (workers, True)


def test_an_ambiguous_name_is_the_entrys_error_with_the_ids(org, converge):
    ids = [one["id"] for one in org.seed([stored_webhook("A"), stored_webhook("A")], "webhooks")]
    result = converge({"webhooks": [webhook("A", enabled=True), webhook("B")]})
    assert result["failed"] and org.writes() == []
    assert all(one in result["objects"][0]["error"] for one in ids)
    assert "config.webhooks[0]" in result["msg"]
    assert [one["status"] for one in result["objects"]] == ["failed", "skipped"]


def test_two_entries_that_mean_one_object_are_an_error(org, converge):
    """Check an entry by name and an entry by id that are the same object in the org."""
    (seeded,) = org.seed([stored_action("A")])
    result = converge({"data_actions": [action("A"), {"id": seeded["id"], "description": "another"}]})
    assert result["failed"] and org.writes() == []
    error = result["objects"][1]["error"]
    assert seeded["id"] in error and "config.data_actions[0]" in error


def test_unknown_ids_and_flows_are_errors_of_their_entries(seeded_org, converge):
    result = converge(
        {
            "data_actions": [{"id": "no-such-id", "description": "x"}, {"id": "gone", "state": "absent"}],
            "customobject_indexes": [{"custom_object_id": "tickets", "indexes": []}],
            "flow_settings": [flow("flow 0")],
        }
    )
    assert result["failed"] and seeded_org.writes() == []
    told = {one["path"]: one["error"] for one in result["objects"]}
    assert "no data action with the id 'no-such-id'" in told["config.data_actions[0]"]
    assert told["config.data_actions[1]"] is None, "what is to be absent may be"
    assert "no custom object schema with the id 'tickets'" in told["config.customobject_indexes[0]"]
    assert "no flow 'flow 0'" in told["config.flow_settings[0]"], "names must match exactly"
    assert all(path in result["msg"] for path, error in told.items() if error)


def test_the_wrong_org_counts_before_all_else(seeded_org, converge):
    result = converge({**every_kind(), "webhooks": [{"id": "unknown"}]}, organization="Acme Production")
    assert result["failed"] and seeded_org.writes() == []
    assert "Acme Production" in result["msg"] and seeded_org.name in result["msg"]
    assert "objects" not in result


def test_every_kind_that_cannot_be_read_is_reported(new_org):
    from unit.module_runner import run_module

    org = new_org(scopes=["organization:read", "data:actions:read"])
    config = {"data_actions": [action("A")], "privacy_purposes": [purpose("P")], "webhooks": [webhook("W")]}
    result = run_module("genesys_org_config", {**org.connection, "config": config})
    assert result["failed"] and org.writes() == []
    assert "privacy:purpose:read" in result["msg"] and "platform:webhooks:write" in result["msg"]
    assert result["api"]["requests"] == len(org.log())


def test_names_in_the_result_are_those_of_the_org(org, converge):
    """Check that an entry by id is reported with its name in the org."""
    (seeded,) = org.seed([stored_webhook("A")], "webhooks")
    result = converge({"webhooks": [{"id": seeded["id"], "enabled": True}]})
    assert plans_by_name(result) == {"A": "update"}
    assert collections.Counter(one["id"] for one in result["objects"]) == {seeded["id"]: 1}
