# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the input of platform data actions, of actions only read, and of odd responses (P.10, P.16)."""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._model.plan import differing_fields
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import DATA_ACTION
from unit.module_runner import warnings_of
from unit.platform.actions import DEFINITION, FIND, FORMS, PATH, action, integration

BUILT_IN = {"name": "Get User Presence", "integration": "Genesys", "category": "C", "definition": DEFINITION}


def test_built_in_actions_are_never_matched_for_a_write(tasks):
    """Situation 7 of the public reports."""
    genesys = integration(tasks, "Genesys", "purecloud-data-actions")
    listed = tasks.done("data_action_info", integration="Genesys")["records"]
    assert [one["name"] for one in listed] == ["Get User Presence", "Get Wrap-up Codes"]
    result = tasks.done("data_action", **BUILT_IN)
    assert (result["plan"], result["record"]["integration"]) == ("create", genesys)
    for state in ("present", "absent"):
        message = tasks.failed("data_action", id=listed[0]["id"], category="D", state=state)
        assert message.startswith("id: names a data action that its integration has by itself")
    assert [entry["method"] for entry in tasks.org.writes()] == ["POST"]


def test_authentication_and_function_actions_are_only_read(tasks):
    login = {"name": "L", "type": {"id": "userDefinedOAuth"}, "credentialFields": {"a": "b"}}
    (credential,) = tasks.org.seed([login], "credentials")
    given = {
        "name": "CRM",
        "integrationType": {"id": "custom-rest-actions"},
        "config": {"current": {"credentials": {"userDefinedOAuth": {"id": credential["id"]}}}},
    }
    tasks.org.seed([given], "integrations")
    functions = integration(tasks, "Functions", "function-data-actions")
    one = action(tasks, functions, name="F")
    other = action(tasks, integration(tasks, "Other"), name="G", category="Function Data Actions")
    ids = {record["id"] for record in tasks.done("data_action_info")["records"]}
    (own,) = ids - {one["id"], other["id"]}
    assert own.startswith("customAuth_-_")
    for state in ("present", "absent"):
        for object_id in (own, one["id"], other["id"]):
            message = tasks.failed("data_action", id=object_id, category="D", state=state)
            assert "the collection only reads" in message
    message = tasks.failed("data_action", **{**FIND, "integration": "Functions"})
    assert message.startswith("integration: is of the type function-data-actions")
    assert tasks.org.writes() == []


@pytest.mark.parametrize(
    "given, said",
    [
        ({"conditions": ["crm.a == 1"]}, "conditions: has no place in the API 'platform'"),
        ({"dataset_dependencies": {"a": ["b"]}}, "dataset_dependencies: has no place in the API 'platform'"),
        ({"timeout_seconds": 61}, "timeout_seconds: "),
        ({"timeout_seconds": 0}, "timeout_seconds: "),
        ({"integration": ..., "integration_type": "x"}, "integration: is required with integration_type"),
        ({"name": ..., "integration": "CRM"}, "name: is required, or id"),
        ({"on_contract_change": "x"}, "on_contract_change: "),
    ],
)
def test_bad_input_is_named_before_any_request(tasks, given, said):
    assert said in tasks.failed("data_action", **{**FIND, **given})
    assert tasks.org.log() == []


@pytest.mark.parametrize("missing", ["integration", "category", "definition"])
def test_a_creation_needs_integration_category_and_definition(tasks, missing):
    integration(tasks)
    message = tasks.failed("data_action", **{**FIND, missing: ...})
    assert missing in message and "is required" in message
    assert tasks.org.writes() == []


def test_a_description_is_one_warning_and_never_compared(tasks):
    action(tasks, integration(tasks))
    result = tasks.done("data_action", **FIND, description="d")
    assert result["changed"] is False
    (text,) = [text for text in warnings_of(result) if "description" in text]
    assert "has no place in the API 'platform' and is ignored" in text


def test_a_definition_may_have_the_name(tasks):
    integration(tasks)
    definition = {**DEFINITION, "name": "Own", "category": "K", "secure": True}
    record = tasks.done("data_action", integration="CRM", definition=definition)["record"]
    assert (record["name"], record["category"], record["secure"]) == ("Own", "K", True)


@pytest.mark.parametrize(
    ("kind", "default", "value"),
    [("string", "none", "none"), ("integer", "0", 0), ("array", "[]", []), ("json", '{"a": 1}', {"a": 1})],
)
def test_a_default_applies_where_a_path_finds_nothing_and_not_to_a_null(tasks, kind, default, value):
    """Situation 6 of the public reports: a null that the path finds stays null, which is a warning."""
    integration(tasks)
    found = {"name": "found", "source": "$.a.found", "type": kind, "default": default}
    rest = {
        "url": "https://crm.example.com",
        "method": "GET",
        "variable_mappings": [
            found,
            {**found, "name": "missing", "source": "$.a.missing"},
            {"name": "bare", "source": "$.a.found", "type": kind},
        ],
        "sample_response": {"a": {"found": None}},
    }
    task = {"name": "Find", "integration": "CRM", "category": "C", "rest": rest}
    result = tasks.done("data_action", **task)
    assert result["sample_variables"] == {"found": None, "missing": value, "bare": None}
    (warning,) = [text for text in warnings_of(result) if "null" in text]
    assert "rest.variable_mappings[0].default: variable 'found': $.a.found selects null" in warning
    assert "stays null; the default applies only where the path finds nothing" in warning
    (stored,) = tasks.org.objects("actions")
    assert set(stored["config"]["response"]["translationMapDefaults"]) == {"found", "missing"}
    whole = tasks.done("org_config", config={"data_actions": [task]})
    assert whole["changed"] is False
    assert warning.split("variable 'found'")[1] in "".join(warnings_of(whole))


@FORMS
def test_the_info_module_reads_by_id_name_pattern_and_integration(tasks, form):
    tasks.org.platform(template_form=form)
    crm, other = integration(tasks), integration(tasks, "Other")
    one = action(tasks, crm)
    action(tasks, other)
    action(tasks, other, name="Get")
    queries = (
        {"id": one["id"]},
        {"name": "Find", "integration": "CRM"},
        {"integration": crm},
        {"name_pattern": "F*", "integration": "CRM"},
    )
    for query in queries:
        (record,) = tasks.done("data_action_info", **query)["records"]
        assert (record["id"], record["definition"], record["version"]) == (one["id"], DEFINITION, 1)
    assert len(tasks.done("data_action_info", name="Find")["records"]) == 2
    assert [each["name"] for each in tasks.done("data_action_info")["records"]] == ["Find", "Find", "Get"]


@pytest.mark.parametrize(
    "given",
    [
        {"config": "x"},
        {"config": {"request": []}},
        {"config": {"request": {"headers": {"a": 1}}}},
        {"contract": {"input": {"inputSchema": "x"}}},
        {"secure": "no"},
        {"version": "1"},
        {"integrationId": 7},
    ],
)
def test_wrong_types_are_an_error_and_no_traceback(tasks, given):
    one = action(tasks, integration(tasks))
    body = {**one, **DEFINITION, **given}
    tasks.org.fault(method="GET", path=f"{PATH}/{one['id']}", status=200, times=None, body=body)
    for module in ("data_action", "data_action_info"):
        options = FIND if module == "data_action" else {}
        assert "was answered" in tasks.failed(module, **options)
    assert tasks.org.writes() == []


def test_a_web_page_in_the_place_of_a_template_is_an_error(tasks):
    tasks.org.platform(template_form="uri")
    one = action(tasks, integration(tasks))
    path = f"{PATH}/{one['id']}/templates/requesttemplate.vm"
    tasks.org.fault(method="GET", path=path, status=200, html=True, times=None)
    assert "with something else than a text" in tasks.failed("data_action", **FIND, retries=0)
    assert tasks.org.writes() == []


def test_a_time_limit_that_the_api_chooses_is_no_difference():
    resource = DATA_ACTION.profiles["platform"]
    chosen = {"config": {"timeoutSeconds": 60}}
    assert differing_fields(resource, {}, chosen) == []
    assert [field.option for field in differing_fields(resource, chosen, {})] == ["timeout_seconds"]


def test_a_listed_action_that_is_gone_is_created_anew(tasks):
    crm = integration(tasks)
    one = action(tasks, crm)
    tasks.org.fault(method="GET", path=f"{PATH}/{one['id']}", status=404, times=None)
    tasks.org.platform(lists_until_found=0)
    tasks.org.fault(method="POST", path=PATH, status=403, times=None, body={"code": "not.authorized"})
    assert "POST" in tasks.failed("data_action", **FIND, list_lag=0)
