# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of data actions on the platform API (P.10 to P.16), against the simulator and its switches."""

from __future__ import annotations

import json

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._model.plan import differing_fields
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import DATA_ACTION
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift import _result_differences
from unit.module_runner import warnings_of
from unit.platform.actions import DEFINITION, FIND, PATH, action, changed, integration, stored

FORMS = pytest.mark.parametrize("form", ["inline", "uri"])


def patches(tasks):
    return tasks.org.log(method="PATCH")


@FORMS
@pytest.mark.parametrize("answer", ["full", "brief"])
def test_an_action_is_created_as_declared_and_found_unchanged(tasks, form, answer):
    tasks.org.platform(template_form=form, write_answer=answer)
    crm = integration(tasks)
    planned = tasks.done("data_action", **FIND, timeout_seconds=10, check_mode=True)
    assert tasks.org.writes() == []
    result = tasks.done("data_action", **FIND, timeout_seconds=10)
    assert result["plan"] == "create"
    (one,) = stored(tasks)
    assert one["integrationId"] == crm and one["config"]["timeoutSeconds"] == 10
    assert one["config"]["request"] == DEFINITION["config"]["request"]
    assert one["config"]["response"] == DEFINITION["config"]["response"]
    record = result["record"]
    assert (record["id"], record["version"], record["integration"]) == (one["id"], 1, crm)
    assert record["definition"] == DEFINITION
    assert planned["diff"] == result["diff"]
    assert {**planned["record"], "id": one["id"], "version": 1} == record
    before = tasks.writes()
    again = tasks.done("data_action", **FIND, timeout_seconds=10)
    assert (again["changed"], again["record"], tasks.writes()) == (False, record, before)
    given_back = {key: record[key] for key in ("name", "integration", "category", "secure", "definition")}
    assert tasks.done("data_action", **given_back)["changed"] is False


@FORMS
@pytest.mark.parametrize(
    "option, value",
    [
        ("category", "D"),
        ("timeout_seconds", 20),
        ("config.request.requestUrlTemplate", "https://crm.example.com/d/${input.id}"),
        ("config.request.requestType", "PUT"),
        ("config.request.requestTemplate", "{}"),
        ("config.request.headers", {"Accept": "text/plain"}),
        ("config.response.translationMap", {"tier": "$.level"}),
        ("config.response.translationMapDefaults", {"tier": '"gold"'}),
        ("config.response.successTemplate", "${tier}"),
    ],
)
def test_a_change_of_one_field_is_one_patch_with_the_whole_configuration(tasks, form, option, value):
    """Situation 5 of the public reports: no template is blanked."""
    tasks.org.platform(template_form=form)
    one = action(tasks, integration(tasks))
    given = {"definition": changed(option, value)} if "." in option else {option: value}
    planned = tasks.done("data_action", **{**FIND, **given}, check_mode=True)
    result = tasks.done("data_action", **{**FIND, **given})
    assert (
        planned["diff"] == result["diff"]
        and planned["record"]["definition"] == result["record"]["definition"]
    )
    (patch,) = patches(tasks)
    assert patch["path"] == f"{PATH}/{one['id']}" and set(patch["body"]) == {
        "name",
        "category",
        "config",
        "version",
    }
    wanted = given.get("definition", DEFINITION)["config"]
    sent = {key: patch["body"]["config"][key] for key in ("request", "response")}
    assert sent == wanted
    assert tasks.done("data_action", **{**FIND, **given})["changed"] is False


@FORMS
@pytest.mark.parametrize("files", ["served", "missing"])
@pytest.mark.parametrize("template", [None, "", "${input.rawRequest}", "${input.rawRequest}\r\n"])
def test_an_absent_empty_and_default_template_are_equal(tasks, form, files, template):
    """Situation 5 of the public reports."""
    tasks.org.platform(template_form=form, template_files=files)
    request = {**DEFINITION["config"]["request"], "requestTemplate": "${input.rawRequest}"}
    response = {**DEFINITION["config"]["response"], "successTemplate": "${rawResult}"}
    action(tasks, integration(tasks), config={"request": request, "response": response})
    definition = changed("config.request.requestTemplate", template)
    del definition["config"]["response"]["successTemplate"]
    result = tasks.done("data_action", **{**FIND, "definition": definition})
    assert (result["changed"], tasks.org.writes()) == (False, [])


@FORMS
def test_line_ends_of_templates_do_not_count(tasks, form):
    """Situation 5 of the public reports."""
    tasks.org.platform(template_form=form)
    request = {**DEFINITION["config"]["request"], "requestTemplate": "{\r\n}\r\n"}
    response = DEFINITION["config"]["response"]
    action(tasks, integration(tasks), config={"request": request, "response": response})
    for text, changes in (("{\n}", False), ("{\n}\n", False), ("{\n}\n\n", True)):
        given = {**FIND, "definition": changed("config.request.requestTemplate", text)}
        assert tasks.done("data_action", **given, check_mode=True)["changed"] is changes


def test_an_absent_template_is_sent_as_the_default_that_the_server_would_choose(tasks):
    tasks.org.platform(default_success_template="{}", template_form="uri")
    integration(tasks)
    definition = changed("config.response.successTemplate", None)
    assert tasks.done("data_action", **{**FIND, "definition": definition})["changed"]
    assert stored(tasks)[0]["config"]["response"]["successTemplate"] == "${rawResult}"


@pytest.mark.parametrize("form", ["mapping", "file"])
@pytest.mark.parametrize("module", ["data_action", "org_config"])
def test_a_secret_of_the_definition_is_shown_nowhere(tasks, tmp_path, module, form):
    """Check a secret that the API repeats in an error, also if the task has only the path of a file."""
    secret = "s3cr3t-0001-abcdef"
    definition = changed(
        "config.request.headers", {"Authorization": f"Bearer {secret}", "X-Mine": "0wn-s3cr3t-2"}
    )
    if form == "file":
        file = tmp_path / "action.json"
        file.write_text(json.dumps(definition), encoding="utf-8")
        definition = str(file)
    integration(tasks)
    body = {"code": "bad.request", "message": f"The value Bearer {secret} or 0wn-s3cr3t-2 is wrong."}
    tasks.org.fault(method="POST", path=PATH, status=400, body=body)
    entry = {**FIND, "definition": definition, "secret_headers": ["X-Mine"]}
    given = entry if module == "data_action" else {"config": {"data_actions": [entry]}}
    result = tasks.run(module, **given)
    assert result["failed"] and "bad.request" in result["msg"]
    assert "s3cr3t" not in json.dumps(result).replace("client-secret-s3cr3t", "")


@pytest.mark.parametrize(
    ("given", "path"),
    [
        (
            {"rest": {"url": "https://crm.example.com/c/${id}/${later}", "method": "POST"}},
            "definition.config.request.requestUrlTemplate",
        ),
        (
            {"definition": {"config": {"request": {"requestTemplate": '{"a": "${input.later}"}'}}}},
            "definition.config.request.requestTemplate",
        ),
        (
            {"definition": {"config": {"response": {"successTemplate": '{"tier": ${later}}'}}}},
            "definition.config.response.successTemplate",
        ),
    ],
)
def test_a_part_that_does_not_fit_the_stored_parts_is_refused_before_any_write(tasks, given, path):
    """Check a new placeholder whose input the contract lacks: it was written and never filled in."""
    action(tasks, integration(tasks))
    for check_mode in (True, False):
        task = {**FIND, "definition": ..., **given}
        message = tasks.failed("data_action", **task, check_mode=check_mode)
        assert path in message and "later}" in message and "that the org has" in message
    assert tasks.writes() == []


def test_an_old_problem_of_the_org_does_not_block_another_change(tasks):
    config = changed("config.request.requestUrlTemplate", "https://crm.example.com/${input.unknown}")[
        "config"
    ]
    action(tasks, integration(tasks), config=config)
    done = tasks.done("data_action", **{**FIND, "definition": ..., "category": "Other"})
    assert done["changed"] and stored(tasks)[0]["category"] == "Other"


def test_schemas_compare_as_data(tasks):
    """Situation 1 of the public reports: another form of the same schema is no change."""
    properties = {"id": {"type": "string"}, "b": {"type": "integer"}}
    schema = {"type": "object", "maxProperties": 2, "properties": properties}
    action(
        tasks,
        integration(tasks),
        contract={"input": {"inputSchema": schema}, "output": DEFINITION["contract"]["output"]},
    )
    same = {
        "properties": {"b": {"title": None, "type": "integer"}, "id": {"type": "string"}},
        "maxProperties": 2.0,
        "type": "object",
        "title": None,
    }
    given = {**FIND, "definition": changed("contract.input.inputSchema", same)}
    assert tasks.done("data_action", **given)["changed"] is False


@pytest.mark.parametrize(
    "given, option",
    [
        ({"secure": True}, "secure"),
        (
            {"definition": changed("contract.input.inputSchema.properties.id", {"type": "integer"})},
            "definition.contract.input.inputSchema",
        ),
        (
            {"definition": changed("contract.output.successSchema", {"type": "object"})},
            "definition.contract.output.successSchema",
        ),
    ],
)
def test_a_frozen_part_is_refused_before_any_write(tasks, given, option):
    """Situation 1 of the public reports."""
    action(tasks, integration(tasks))
    for check_mode in (True, False):
        message = tasks.failed("data_action", **{**FIND, **given}, check_mode=check_mode)
        assert f"its publish has frozen {option}." in message
    assert tasks.org.writes() == []


def test_a_move_to_another_integration_is_a_frozen_part(tasks):
    one = action(tasks, integration(tasks))
    integration(tasks, "Other")
    message = tasks.failed("data_action", id=one["id"], integration="Other")
    assert "its publish has frozen integration." in message
    assert tasks.org.writes() == []


def test_an_action_is_removed_by_name_integration_and_id(tasks):
    crm, other = integration(tasks), integration(tasks, "Other")
    for given in ({"name": "Find", "integration": "CRM"}, {"name": "Find", "integration": crm}, {"id": "x"}):
        one = action(tasks, crm)
        action(tasks, other)
        given = {"id": one["id"]} if "id" in given else given
        assert tasks.done("data_action", **given, state="absent", check_mode=True)["plan"] == "delete"
        result = tasks.done("data_action", **given, state="absent")
        assert (result["plan"], result["record"]) == ("delete", None)
        assert result["snapshot"]["definition"] == DEFINITION
        assert [left["integrationId"] for left in stored(tasks)] == [other]
        tasks.org.delete(stored(tasks)[0]["id"], "actions")
    assert tasks.done("data_action", name="Find", integration="CRM", state="absent")["changed"] is False


def test_the_identity_is_name_and_integration(tasks):
    crm, other = integration(tasks), integration(tasks, "Other")
    ids = [action(tasks, one)["id"] for one in (crm, other)]
    message = tasks.failed("data_action", name="Find", category="D")
    assert "ambiguous" in message and all(one in message for one in ids)
    assert tasks.done("data_action", name="Find", integration="Other", category="D")["changed"]
    assert [one["category"] for one in stored(tasks)] == ["C", "D"]
    action(tasks, crm)
    assert "ambiguous" in tasks.failed("data_action", **FIND)


def test_integrations_of_one_name_are_told_apart_by_type_and_id(tasks):
    """Situation 8 of the public reports."""
    ids = [integration(tasks) for _turn in range(2)]
    other = integration(tasks, kind="purecloud-data-actions")
    message = tasks.failed("data_action", **FIND)
    assert all(one in message for one in (*ids, other)) and "integration_type" in message
    message = tasks.failed("data_action", **FIND, integration_type="custom-rest-actions")
    assert all(one in message for one in ids) and other not in message
    assert tasks.done("data_action", **FIND, integration_type="purecloud-data-actions")["changed"]
    assert tasks.done("data_action", **{**FIND, "integration": ids[1]})["changed"]
    assert sorted(one["integrationId"] for one in stored(tasks)) == sorted([other, ids[1]])


def test_an_integration_that_is_not_there_is_an_error_in_check_mode_too(tasks):
    for check_mode in (True, False):
        message = tasks.failed("data_action", **FIND, check_mode=check_mode)
        assert message.startswith("integration: there is no integration 'CRM' in this org")
    assert tasks.org.writes() == []


def test_a_renamed_integration_is_found_by_its_new_name_and_its_id(tasks):
    crm = integration(tasks)
    action(tasks, crm)
    tasks.done("integration", id=crm, name="New")
    assert tasks.done("data_action", **{**FIND, "integration": "New"})["changed"] is False
    assert tasks.done("data_action", **{**FIND, "integration": crm})["changed"] is False
    assert "no integration 'CRM'" in tasks.failed("data_action", **FIND)


def test_a_name_may_change_by_id(tasks):
    one = action(tasks, integration(tasks))
    assert tasks.done("data_action", id=one["id"], name="New")["record"]["name"] == "New"
    action(tasks, one["integrationId"])
    message = tasks.failed("data_action", id=one["id"], name="Find")
    assert message.startswith("name: 'Find'") and "is taken by another data action" in message


@pytest.mark.parametrize("status", [400, 409])
def test_a_stale_version_is_read_and_planned_again(tasks, status):
    """Situation 3 of the public reports."""
    tasks.org.platform(action_version_status=status)
    one = action(tasks, integration(tasks))
    tasks.org.fault(method="PATCH", path=f"{PATH}/{one['id']}", edit={"name": "Find", "secure": False})
    assert tasks.done("data_action", **{**FIND, "category": "D"})["changed"]
    assert [entry["status"] for entry in patches(tasks)] == [status, 200]


def test_a_declared_field_that_another_client_changes_is_a_conflict(tasks):
    one = action(tasks, integration(tasks))
    tasks.org.fault(method="PATCH", path=f"{PATH}/{one['id']}", edit={"category": "Theirs"})
    message = tasks.failed("data_action", **{**FIND, "category": "D"})
    assert 'category is now "Theirs", declared "D"' in message
    assert [entry["status"] for entry in patches(tasks)] == [400]


def test_a_bad_request_is_final_and_has_the_words_of_the_api(tasks):
    """Situation 4 of the public reports."""
    integration(tasks)
    bad = {"category": "bad.request", "code": "invalid.value", "message": "Schema of no known kind."}
    tasks.org.fault(method="POST", path=PATH, status=400, times=None, body=bad)
    assert "Schema of no known kind" in tasks.failed("data_action", **FIND)
    assert len(tasks.org.log(method="POST", path=PATH)) == 1


@FORMS
@pytest.mark.parametrize("fault", [{"drop": "after"}, {"drop": "before"}, {"status": 503}])
def test_a_lost_response_to_a_creation_makes_no_second_action(tasks, form, fault):
    tasks.org.platform(template_form=form)
    integration(tasks)
    tasks.org.fault(method="POST", path=PATH, times=1, **fault)
    assert tasks.done("data_action", **FIND)["record"]["definition"] == DEFINITION
    assert len(stored(tasks)) == 1


@FORMS
@pytest.mark.parametrize("fault", [{"drop": "after"}, {"drop": "before"}, {"status": 503}])
def test_a_lost_response_to_an_update_is_settled_by_the_version(tasks, form, fault):
    tasks.org.platform(template_form=form)
    one = action(tasks, integration(tasks))
    tasks.org.fault(method="PATCH", path=f"{PATH}/{one['id']}", times=1, **fault)
    result = tasks.done("data_action", **{**FIND, "category": "D"})
    assert (result["changed"], result["record"]["version"]) == (True, 2)


@pytest.mark.parametrize("status", [404, 408, 410])
def test_reads_and_lists_that_lag_behind_a_creation_are_waited_for(tasks, status):
    """Situation 10 of the public reports."""
    integration(tasks)
    tasks.org.platform(reads_until_found=2, lists_until_found=2, not_yet_status=status)
    assert tasks.done("data_action", **FIND)["plan"] == "create"
    tasks.org.platform(reads_until_updated=3)
    assert tasks.done("data_action", **{**FIND, "category": "D"})["record"]["category"] == "D"
    assert len(stored(tasks)) == 1


def test_a_missing_permission_is_named(new_org, tasks):
    integration(tasks)
    tasks.org = new_org(
        api="platform", permissions=["integrations:integration:view", "integrations:action:view"]
    )
    integration(tasks)
    assert "integrations:action:add" in tasks.failed("data_action", **FIND)
    assert stored(tasks) == []


def test_secret_headers_are_not_shown(tasks):
    integration(tasks)
    definition = changed("config.request.headers", {"Authorization": "Bearer t0ken-of-crm"})
    for _turn in range(2):
        result = tasks.done("data_action", **{**FIND, "definition": definition})
        assert "t0ken-of-crm" not in str(result)
    assert stored(tasks)[0]["config"]["request"]["headers"] == {"Authorization": "Bearer t0ken-of-crm"}
    (record,) = tasks.done("data_action_info")["records"]
    assert "t0ken-of-crm" not in str(record)


def test_unknown_parts_of_a_configuration_survive_an_update(tasks):
    config = {**DEFINITION["config"], "request": {**DEFINITION["config"]["request"]}}
    one = action(tasks, integration(tasks), config=config)
    tasks.org.edit(one["id"], {"config": {"request": {"retry": {"times": 2}}}}, "actions")
    tasks.done("data_action", **{**FIND, "category": "D"})
    (patch,) = patches(tasks)
    assert patch["body"]["config"]["request"]["retry"] == {"times": 2}


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


def test_a_diff_is_yaml_with_blocks_and_marks_of_the_frozen_part(tasks):
    """The texts of Ansible's diff have the values, so the drift report reads them too (P.13)."""
    action(tasks, integration(tasks))
    given = changed("config.request.requestTemplate", '{\n  "a": 1\n}\n')
    given["contract"]["input"]["inputSchema"] = {"type": "object", "properties": {"id": {"type": "integer"}}}
    planned = tasks.done(
        "data_action", **FIND | {"definition": given}, on_contract_change="replace", check_mode=True
    )
    after = planned["diff"]["after"]
    assert '      requestTemplate: |2\n        {\n          "a": 1\n        }\n' in after
    assert "            type: integer  # frozen\n" in after
    assert {line.partition(":")[0].strip() for line in after.splitlines() if line.endswith("# frozen")} >= {
        "secure",
        "integration",
        "inputSchema",
        "successSchema",
    }
    assert not any("requestType" in line for line in after.splitlines() if line.endswith("# frozen"))
    found = {one.field for one in _result_differences(planned)}
    assert found >= {
        "definition.config.request.requestTemplate",
        "definition.contract.input.inputSchema.properties.id.type",
    }
