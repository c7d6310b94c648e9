# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Triggers, media retention policies and data schemas: their references, and what no option has (X.4)."""

from __future__ import annotations

import copy
import json
import pathlib
import typing as t

import pytest

from unit.export.exported import config_of
from unit.module_runner import warnings_of
from unit.terraform.imports import import_tree, imported, problems
from unit.terraform.provider_export import UNMANAGED, as_json

Tree = dict[str, t.Any]

ID = "7f2a9c34-1d5e-4b6f-8a90-1b2c3d4e5f60"
OTHER_ID = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
TRIGGER, POLICY, SCHEMA = (
    "genesyscloud_processautomation_trigger",
    "genesyscloud_recording_media_retention_policy",
    "genesyscloud_task_management_workitem_schema",
)
SHORT = {"TRIGGER": f"{TRIGGER}.T", "POLICY": f"{POLICY}.P", "SCHEMA": f"{SCHEMA}.S"}
_TEXT = {"allOf": [{"$ref": "#/definitions/text"}], "title": "Text"}


def tree(**changes: Tree) -> Tree:
    """Return a trigger, a policy and a schema with the objects that they name.

    C(changes) replace their attributes. The policy's are those of its conditions.
    """
    trigger = {
        "name": "Survey",
        "topic_name": "v2.detail.events.conversation.{id}.customer.end",
        "enabled": True,
        "target": [{"type": "Workflow", "id": "${genesyscloud_flow.Send.id}"}],
        "match_criteria": "[]",
    }
    conditions = {
        "for_queue_ids": ["${genesyscloud_routing_queue.Sales.id}", ID],
        "for_user_ids": ["${genesyscloud_user.Anna.id}", "${data.genesyscloud_user.Carl.id}"],
    }
    policy = {
        "name": "Keep",
        "order": 1,
        "enabled": True,
        "conditions": [{**conditions, **changes.pop("conditions", {})}],
        "actions": [{"retain_recording": True, **changes.pop("actions", {})}],
    }
    schema = {"name": "Claims", "enabled": True, "properties": as_json({"text": _TEXT})}
    return {
        "resource": {
            TRIGGER: {"T": {**trigger, **changes.get("trigger", {})}},
            POLICY: {"P": {**policy, **changes.get("policy", {})}},
            SCHEMA: {"S": {**schema, **changes.get("schema", {})}},
            "genesyscloud_flow": {
                "Send": {"name": "Send", "type": "workflow"},
                "Send_1": {"name": "Send", "type": "inboundcall"},
            },
            "genesyscloud_routing_queue": {"Sales": {"name": "Sales"}},
            "genesyscloud_user": {"Anna": {"name": "Anna", "email": "anna@example.com"}},
        },
        "data": {"genesyscloud_user": {"Carl": {"name": "Carl $${x}"}}},
    }


IGNORE = [*UNMANAGED, "genesyscloud_flow"]


def test_references_become_names_or_stay_ids(tmp_path: pathlib.Path) -> None:
    imported(tmp_path, tree(), ignore=IGNORE)
    config = config_of(tmp_path / "variables")
    assert config["triggers"][0]["workflow"] == "Send"
    assert config["media_retention_policies"] == [
        {
            "name": "Keep",
            "order": 1,
            "enabled": True,
            "conditions": {
                "for_queues": [ID, "Sales"],
                "for_users": ["Carl ${x}", "anna@example.com"],
            },
        }
    ]


def test_a_name_that_means_two_objects_needs_an_id(tmp_path: pathlib.Path) -> None:
    given = tree()
    given["resource"]["genesyscloud_routing_queue"]["Other"] = {"name": "Sales"}
    given["resource"]["genesyscloud_flow"]["Send_1"]["type"] = "workflow"
    found = problems(tmp_path, given, ignore=IGNORE)
    cure = "whose name is missing or not unique: give ids['{0}'], which terraform state show prints"
    assert found == [
        f"{TRIGGER}.T.workflow: refers to genesyscloud_flow.Send, " + cure.format("genesyscloud_flow.Send"),
        f"{POLICY}.P.conditions.for_queues[0]: refers to genesyscloud_routing_queue.Sales, "
        + cure.format("genesyscloud_routing_queue.Sales"),
    ]
    ids = {"genesyscloud_routing_queue.Sales": OTHER_ID, "genesyscloud_flow.Send": ID}
    imported(tmp_path, given, ignore=IGNORE, ids=ids)
    config = config_of(tmp_path / "variables")
    assert config["triggers"][0]["workflow"] == ID
    assert config["media_retention_policies"][0]["conditions"]["for_queues"] == sorted([ID, OTHER_ID])


#: Changed attributes, and the problem of the change.
WRONG: dict[str, tuple[dict[str, Tree], str]] = {
    "a target that the export left out": (
        {"trigger": {"target": [{"type": "Workflow"}]}},
        "TRIGGER.target.id: is required: the provider leaves it out of an export that lacks "
        "genesyscloud_flow",
    ),
    "no target": ({"trigger": {"target": None}}, "TRIGGER.target: is required: a trigger starts a workflow"),
    "another target": (
        {"trigger": {"target": [{"type": "Bot", "id": ID}]}},
        "TRIGGER.target.type: is 'Bot', and the collection only has triggers that start a workflow",
    ),
    "a flow of another type": (
        {"trigger": {"target": [{"type": "Workflow", "id": "${genesyscloud_flow.Send_1.id}"}]}},
        "TRIGGER.target.id: refers to genesyscloud_flow.Send_1, a flow of the type 'inboundcall', not "
        "'workflow'",
    ),
    "no id": (
        {"trigger": {"target": [{"type": "Workflow", "id": "Send"}]}},
        "TRIGGER.target.id: has 'Send', which is neither the reference to a block nor the id of an object",
    ),
    "criteria that are no list": (
        {"trigger": {"match_criteria": "{}"}},
        "TRIGGER.match_criteria: must be the text of a JSON list, not of an object",
    ),
    "a criterion that is no object": (
        {"trigger": {"match_criteria": '["a"]'}},
        "TRIGGER.match_criteria: must be the text of a JSON list of objects, and has text in it",
    ),
    "an unknown key of a criterion": (
        {"trigger": {"match_criteria": '[{"jsonPath":"a","operator":"Equal","value":1,"mode":"x"}]'}},
        "TRIGGER: match_criteria[0].mode: ",
    ),
    "an unknown attribute": (
        {"trigger": {"priority": 1}},
        "TRIGGER.priority: is not known to this version of the collection: name it in ignore",
    ),
    "delay and time to live": (
        {"trigger": {"delay_by_seconds": 60, "event_ttl_seconds": 60}},
        "TRIGGER: delay_by_seconds: excludes event_ttl_seconds: give one of them",
    ),
    "no enabled": ({"trigger": {"enabled": None}}, "TRIGGER.enabled: is required"),
    "every queue": (
        {"conditions": {"for_queue_ids": ["*"]}},
        "POLICY.conditions.for_queue_ids: has '*', which is neither the reference to a block nor the id of "
        "an object",
    ),
    "the reference to another type": (
        {"conditions": {"team_ids": ["${genesyscloud_user.Anna.id}"]}},
        "POLICY.conditions.team_ids[0]: has ${genesyscloud_user.Anna.id}, but only the id of a block of the "
        "type genesyscloud_team can be here",
    ),
    "transcriptions": (
        {"actions": {"media_transcriptions": [{"display_name": "x", "transcription_provider": "VOCI"}]}},
        "POLICY.actions.media_transcriptions: has no option in the collection: name it in ignore",
    ),
    "no time of day": (
        {"conditions": {"time_allowed": [{"empty": True, "time_slots": [{"day": 1}]}]}},
        "POLICY.conditions.time_allowed.empty: must be false with time_slots",
    ),
    "an unknown attribute of an assignment": (
        {"actions": {"assign_evaluations": [{"user_id": ID, "evaluation_context_id": "c"}]}},
        "POLICY.actions.assign_evaluations.evaluation_context_id: is not known to this version of the "
        "collection: name it in ignore",
    ),
    "days that are too many": (
        {"actions": {"retention_duration": [{"delete_retention": [{"days": 0}]}]}},
        "POLICY: actions.retention_duration.delete_retention.days: is 0 days and must be 1 to 365 "
        "(max_retention_days)",
    ),
    "an unknown key of a property": (
        {"schema": {"properties": as_json({"text": {**_TEXT, "pattern": "x"}})}},
        "SCHEMA.properties.text.pattern: has no option in the collection: name it in ignore",
    ),
    "an unknown key of an option": (
        {
            "schema": {
                "properties": as_json(
                    {
                        "e": {
                            "allOf": [{"$ref": "#/definitions/enum"}],
                            "enum": ["a"],
                            "_enumProperties": {"a": {"title": "A", "colour": "red"}},
                        }
                    }
                )
            }
        },
        "SCHEMA.properties.e._enumProperties.a.colour: has no option in the collection: name it in ignore",
    ),
    "a property without a core type": (
        {"schema": {"properties": as_json({"text": {"title": "Text", "allOf": []}})}},
        "SCHEMA.properties.text: must have the reference to one core type in allOf",
    ),
    "a property that is no object": (
        {"schema": {"properties": '{"text":7}'}},
        "SCHEMA.properties.text: must be an object, not a number",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_no_option_has_is_reported_with_its_address(name: str, tmp_path: pathlib.Path) -> None:
    changes, problem = WRONG[name]
    for short, address in SHORT.items():
        problem = problem.replace(short, address)
    (found,) = problems(tmp_path, tree(**copy.deepcopy(changes)), ignore=IGNORE)
    assert found == problem or (problem.endswith(": ") and found.startswith(problem))


def test_what_no_option_has_can_be_ignored(tmp_path: pathlib.Path) -> None:
    given = tree(
        actions={"media_transcriptions": [{"display_name": "x"}]},
        schema={"properties": as_json({"text": {**_TEXT, "pattern": "x"}})},
    )
    unknown = [f"{POLICY}.*.media_transcriptions", f"{SCHEMA}.*.properties.text.pattern"]
    files = imported(tmp_path, given, ignore=[*IGNORE, *unknown])
    assert "pattern" not in files["org_config_data_schemas.yml"]


def test_errors_of_a_policy_are_no_part_of_its_entry(tmp_path: pathlib.Path) -> None:
    errors = {"policy_errors": [{"policy_error_messages": [{"error_code": "bad.queue"}]}]}
    result = import_tree(tmp_path, tree(policy=errors), ignore=IGNORE)
    assert warnings_of(result) == [
        f"{POLICY}.P.policy_errors: is what the org finds wrong in the policy, and becomes no option"
    ]


def test_omitted_attributes_are_what_the_provider_sends_for_them(tmp_path: pathlib.Path) -> None:
    policy = {"order": None, "enabled": None, "conditions": None, "actions": [{"always_delete": True}]}
    schema = {"properties": None, "enabled": None}
    trigger = {"event_ttl_seconds": 0, "delay_by_seconds": 0, "match_criteria": None}
    imported(tmp_path, tree(policy=policy, schema=schema, trigger=trigger), ignore=IGNORE)
    config = config_of(tmp_path / "variables")
    (one,) = config["media_retention_policies"]
    assert one == {
        "name": "Keep",
        "order": 0,
        "enabled": False,
        "actions": {"always_delete": True, "retain_recording": False},
    }
    assert config["data_schemas"] == [{"name": "Claims", "type": "workitem"}]
    assert set(config["triggers"][0]) == {"name", "topic_name", "workflow"}


def test_schemas_of_one_name_are_declared_by_ids_with_their_type(tmp_path: pathlib.Path) -> None:
    given = tree()
    given["resource"][SCHEMA]["S_1"] = {"name": "Claims"}
    assert [one.partition(":")[0] for one in problems(tmp_path, given, ignore=IGNORE)] == [
        f"{SCHEMA}.S",
        f"{SCHEMA}.S_1",
    ]
    imported(tmp_path, given, ignore=IGNORE, ids={f"{SCHEMA}.S": ID, f"{SCHEMA}.S_1": OTHER_ID})
    schemas = config_of(tmp_path / "variables")["data_schemas"]
    assert {one["id"] for one in schemas} == {f"workitem:{ID}", f"workitem:{OTHER_ID}"}


def test_a_text_that_begins_as_the_id_of_a_block_is_a_text(tmp_path: pathlib.Path) -> None:
    criteria = '[{"jsonPath":"a","operator":"Equal","value":"\\u0000x"}]'
    imported(tmp_path, tree(trigger={"match_criteria": criteria}), ignore=IGNORE)
    (trigger,) = config_of(tmp_path / "variables")["triggers"]
    assert trigger["match_criteria"][0]["value"] == "\0x"


def test_the_name_of_a_data_source_is_evaluated(tmp_path: pathlib.Path) -> None:
    given = tree(
        actions={"integration_export": [{"integration_id": "${data.genesyscloud_integration.D.id}"}]}
    )
    given["data"]["genesyscloud_integration"] = {"D": {"name": "S3 ${var.stage} $${x}"}}
    given["variable"] = {"stage": {"default": "dev"}}
    imported(tmp_path, json.loads(json.dumps(given)), ignore=IGNORE)
    (policy,) = config_of(tmp_path / "variables")["media_retention_policies"]
    assert policy["actions"]["integration_export"] == {"integration": "S3 dev ${x}"}
