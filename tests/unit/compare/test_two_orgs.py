# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_diff on two orgs of one API: matches by name, references by name, secrets (X.2)."""

from __future__ import annotations

import copy

import pytest

from unit.compare.conftest import changed_fields, differences
from unit.module_runner import run_module
from unit.platform.actions import DEFINITION
from unit.platform.data_tables import COLUMNS, schema_of
from unit.platform_kinds import stored_credential, stored_integration

SECRET, OTHER_SECRET = "Bearer s3cr3t-of-here", "Bearer s3cr3t-of-there"


@pytest.fixture
def two(new_org):
    return new_org(api="platform"), new_org(api="platform")


def seed_platform(org, *, padding=0, header="application/json"):
    """Store one object of each kind. Ids differ in each org, also because of the padding before them."""
    org.seed([stored_credential(f"pad {number}") for number in range(padding)], "credentials")
    (login,) = org.seed([stored_credential("Login")], "credentials")
    slots = {"basicAuth": {"id": login["id"], "name": "Login"}}
    (crm,) = org.seed([stored_integration("CRM", config={"credentials": slots})], "integrations")
    wire = {"name": "Find", "category": "C", "integrationId": crm["id"], **copy.deepcopy(DEFINITION)}
    wire["config"]["request"]["headers"] = {"Accept": header}
    org.seed([wire], "actions")
    (table,) = org.seed([{"name": "Prices", "schema": schema_of(COLUMNS)}], "data_tables")
    org.seed([{"tableId": table["id"], "row": {"key": "a", "count": 3}}], "data_table_rows")


def test_equal_orgs_have_no_difference_although_all_ids_differ(two, compared):
    here, there = two
    for org in two:
        seed_platform(org)
    assert here.objects("integrations")[0]["id"] != there.objects("integrations")[0]["id"]
    result = compared(here, there)
    assert differences(result) == {}
    assert (result["equal"], result["complete"], result["changed"]) == (True, True, False)
    assert (result["org"]["id"], result["other_org"]["id"]) == (here.id, there.id)
    assert (
        "integration_credentials: fields not compared, because no read shows it (1 object)" in result["notes"]
    )
    assert here.writes() == there.writes() == []


def test_orgs_are_compared_field_by_field_and_secrets_stay_hidden(two, compared):
    here, there = two
    seed_platform(here, header=SECRET)
    seed_platform(there, header=OTHER_SECRET, padding=1)
    result = compared(here, there, secret_headers=["Accept"], _ansible_diff=True)
    assert differences(result) == {
        ("data_action", "Find"): "update",
        ("integration_credential", "pad 0"): "create",
    }
    before, after = changed_fields(result, "Find")["definition"]
    paths = ("config", "request", "headers", "Accept")
    shown = []
    for side in (before, after):
        for key in paths:
            side = side[key]
        shown.append(side)
    assert shown == ["********", "******** (changed)"]
    assert "s3cr3t" not in str(result)
    assert len(result["diff"]) == 2


@pytest.mark.parametrize(
    ("change", "plans"),
    [
        # The integration of the data action has another name there.
        ("renamed", {("integration", "CRM"): "delete", ("integration", "Other"): "create"}),
        # Another integration of the same name and another type leaves the data action where it is.
        ("second", {("integration", "CRM"): "create"}),
    ],
)
def test_references_are_compared_by_name(two, compared, change, plans):
    here, there = two
    for org in two:
        seed_platform(org)
    if change == "renamed":
        there.edit(
            there.objects("integrations")[0]["id"], {"config": {"current": {"name": "Other"}}}, "integrations"
        )
    else:
        there.seed([stored_integration("CRM", integrationType={"id": "embedded-client-app"})], "integrations")
    result = compared(here, there)
    found = [(one["kind"], one["name"], one["plan"]) for one in result["objects"] if one["plan"] != "none"]
    actions = [("data_action", "Find", plan) for plan in ("create", "delete")] if change == "renamed" else []
    assert sorted(found) == sorted([*((*key, plan) for key, plan in plans.items()), *actions])


def test_an_ambiguous_name_is_not_judged_and_the_rest_is(two, compared):
    here, there = two
    for org in two:
        seed_platform(org)
    there.seed([stored_credential("Login")], "credentials")
    result = compared(here, there)
    assert result["failed"] and not result["complete"]
    (failed,) = [one for one in result["objects"] if one["error"]]
    assert failed["kind"] == "integration_credential"
    assert "there are 2 in the other org (" in failed["error"]
    assert result["totals"]["equal"] == len(result["objects"]) - 1 and result["totals"]["failed"] == 1
    assert "could not be compared" in result["msg"]


def test_a_missing_permission_on_one_side_is_said_and_nothing_is_called_equal(new_org, compared):
    here = new_org(api="platform")
    there = new_org(api="platform", permissions=["integrations:integration:view", "architect:datatable:view"])
    for org in (here, there):
        seed_platform(org)
    result = compared(here, there)
    assert result["failed"] and not result["complete"] and not result["equal"]
    unread = {line.partition(":")[0] for line in result["unread"]}
    assert unread == {
        "data_actions",
        "data_schemas",
        "flow_log_levels",
        "masking_rules",
        "media_retention_policies",
        "triggers",
    }
    assert all(": The other org: " in line for line in result["unread"])
    assert "integrations:action:view" in result["msg"]
    kinds = {one["kind"]: one["error"] is None for one in result["objects"]}
    assert kinds == {
        "integration_credential": True,
        "integration": True,
        "data_table": True,
        "flow_execution_data": False,
        "analytics_retention": False,
    }


def test_an_object_that_one_org_does_not_show_whole_is_not_called_missing(two, compared):
    here, there = two
    for org in two:
        seed_platform(org)
    (action,) = there.objects("actions")
    there.fault(method="GET", path=f"/api/v2/integrations/actions/{action['id']}", status=403, times=99)
    result = compared(here, there)
    (failed,) = [one for one in result["objects"] if one["error"]]
    assert (failed["kind"], failed["name"], failed["plan"]) == ("data_action", "Find", "none")
    assert failed["error"].startswith("The other org: ")
    assert result["totals"]["only_here"] == result["totals"]["only_there"] == 0


@pytest.mark.parametrize("wrong", ["here", "there"])
def test_another_org_than_named_ends_the_task_before_any_read(two, compared, wrong):
    here, there = two
    options = {"organization": "Acme"} if wrong == "here" else {}
    other = {**there.connection, **({"organization": "Acme"} if wrong == "there" else {})}
    result = compared(here, other, **options)
    title = "This org" if wrong == "here" else "The other org"
    assert result["failed"]
    assert f'{title}: Nothing was compared: the task is for the org "Acme"' in result["msg"]
    paths = {one["path"] for org in two for one in org.log() if not one["path"].endswith("/oauth/token")}
    assert paths == {"/api/v2/organizations/me"}


def test_an_org_is_not_compared_with_itself(two, compared):
    here, _there = two
    result = compared(here, here)
    assert result["failed"]
    assert "other: is the org of the task itself" in result["msg"]


def test_each_org_is_read_once(two, compared):
    for org in two:
        seed_platform(org)
    compared(*two)
    for org in two:
        requests = [f"{one['method']} {one['path']}?{one.get('query')}" for one in org.log()]
        assert len(requests) == len(set(requests)), sorted(requests)


def test_rows_are_left_out_on_request_and_that_is_said(two, compared):
    here, there = two
    for org in two:
        seed_platform(org)
    there.edit(there.objects("data_table_rows")[0]["id"], {"row": {"count": 4}}, "data_table_rows")
    assert differences(compared(here, there)) == {("data_table", "Prices"): "update"}
    result = compared(here, there, rows=False)
    assert differences(result) == {}
    assert "data_tables: rows not compared, because the option rows is false" in result["notes"]


def test_only_named_kinds_are_compared(two, compared):
    here, there = two
    seed_platform(here)
    result = compared(here, there, kinds=["data_actions", "data_tables"])
    assert differences(result) == {("data_action", "Find"): "delete", ("data_table", "Prices"): "delete"}


def test_built_in_data_actions_are_counted_and_not_compared(two, compared):
    here, there = two
    here.seed([{"name": "G", "integrationType": {"id": "purecloud-data-actions"}}], "integrations")
    result = compared(here, there, kinds=["data_actions"])
    assert [note for note in result["notes"] if "because the collection only reads them" in note]
    assert result["objects"] == []


def test_function_data_actions_are_counted_and_not_compared(two, compared):
    here, there = two
    (functions,) = here.seed(
        [{"name": "F", "integrationType": {"id": "function-data-actions"}}], "integrations"
    )
    here.seed([{"name": "Run", "category": "C", "integrationId": functions["id"], **DEFINITION}], "actions")
    result = compared(here, there, kinds=["data_actions"])
    assert differences(result) == {}
    reason = "not compared, because the collection only reads them"
    assert f"data_actions: 1 of this org and 0 of the other org {reason}" in result["notes"]
    result = compared(here, config={"data_actions": []})
    assert differences(result) == {}
    assert f"data_actions: 1 {reason}" in result["notes"]
    assert len([one for one in here.log(path="/api/v2/integrations") if one["method"] == "GET"]) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "other: is required, or config"),
        ({"other": {}, "config": {}}, "config: excludes other"),
        (
            {"other": {}},
            "other.region: no target: give region (such as us-east-1 or mypurecloud.com) or base_url;",
        ),
        (
            {"other": {"region": "us-east-1"}},
            "other.client_id: no credentials: give client_id and client_secret",
        ),
        ({"other": {"region": "nowhere"}}, "other.region: 'nowhere' is not a known region"),
        ({"other": {"regio": "x"}}, "other.regio: is not an option; did you mean 'region'?"),
        ({"config": {}, "kinds": []}, "kinds: must name at least one kind"),
        ({"config": {}, "kinds": ["data_action"]}, "kinds[0]: 'data_action' is no kind; did you mean"),
        ({"config": {"data_actions": [{}]}}, "config.data_actions[0].name: is required, or id"),
        (
            {"config": {}, "kinds": ["webhooks"]},
            "kinds: webhooks cannot be compared: the API 'platform' has no webhook",
        ),
        ({"config": {}, "concurrency": 99}, "concurrency: must be from 1 to 32, not 99"),
        (
            {"config": {}, "ids": {"customobject_indexes": ["a"]}},
            "ids.customobject_indexes: is of a kind that",
        ),
    ],
)
def test_wrong_options_are_problems_before_any_request(platform_org, compared, options, said):
    result = compared(platform_org, **options)
    assert result["failed"]
    assert said in result["msg"], result["msg"]
    assert "GENESYS_" not in result["msg"]
    assert platform_org.log() == []


def test_the_environment_gives_nothing_to_the_other_org(two):
    here, there = two
    environ = {"GENESYS_CLIENT_ID": there.client_id, "GENESYS_CLIENT_SECRET": there.client_secret}
    other = {name: value for name, value in there.connection.items() if not name.startswith("client_")}
    result = run_module("genesys_org_diff", {**here.connection, "other": other}, environ=environ)
    assert result["failed"]
    assert "other.client_id: no credentials" in result["msg"]


def test_a_secret_of_the_other_connection_is_not_shown(two, compared):
    here, there = two
    other = {**there.connection, "client_secret": "wr0ng-s3cr3t-of-there"}
    result = compared(here, other)
    assert result["failed"] and result["msg"].startswith("The other org: ")
    assert "wr0ng-s3cr3t" not in str(result)
