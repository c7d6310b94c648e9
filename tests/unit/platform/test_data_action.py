# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of data actions on the platform API (P.10 to P.16), against the simulator and its switches."""

from __future__ import annotations

import json

import pytest

from ansible_collections.genesys.cloud.plugins.plugin_utils._drift import _result_differences
from unit.platform.actions import DEFINITION, FIND, FORMS, PATH, action, changed, integration, patches, stored


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
        assert message.startswith("integration: there is no integration 'CRM' in this org. Create")
    assert tasks.org.writes() == []


def test_a_wrong_type_of_an_integration_is_told_with_the_right_one(tasks):
    integration(tasks)
    message = tasks.failed("data_action", **FIND, integration_type="purecloud-data-actions")
    assert "There is one of the type 'custom-rest-actions'." in message


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
