# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conversion of configurations with an odd value in each place: entries or problems, and no other error."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._inventory.variable_files import variable_texts
from ansible_collections.genesys.cloud.plugins.module_utils._terraform.conversion import Choices, convert
from unit.terraform.imports import configuration

ODD: list[t.Any] = [
    None, True, 7, 1.5, -0.0, 10**30, "", " ", "\0", "\ud800", "x", "null", "[]", "{}", '{"a":1}', "${", "%{",
    "${}", "${var.login}", "${var.none}", "${genesyscloud_integration.CRM.id}", "${data.x.y.id}", "$${x}",
    [], {}, [None], [{}], [[]], {"a": None}, {"a": {"a": "${x}"}}, [{"name": 7}], ["x", "y"], "${a.b.id}!",
]  # fmt: skip


CHOICES = Choices(
    ignore=["genesyscloud_routing_queue", "genesyscloud_user", "genesyscloud_quality_forms_evaluation"]
)


def policy() -> dict[str, t.Any]:
    form, user = "${genesyscloud_quality_forms_evaluation.F.id}", "${genesyscloud_user.U.id}"
    metered = {
        "evaluation_form_id": form,
        "evaluator_ids": [user],
        "max_number_evaluations": 1,
        "time_interval": [{"days": 1, "hours": 0}],
    }
    survey = {
        "survey_form_name": "H",
        "flow_id": "${data.genesyscloud_flow.I.id}",
        "sending_domain": "example.com",
    }
    actions = {
        "retain_recording": False,
        "retention_duration": [{"delete_retention": [{"days": 30}]}],
        "assign_metered_evaluations": [metered],
        "assign_surveys": [survey],
        "integration_export": [{"integration_id": "${data.genesyscloud_integration.CRM.id}"}],
    }
    slot = {"start_time": "08:00:00.000", "stop_time": "18:00:00.000", "day": 1}
    conditions = {
        "for_queue_ids": ["${genesyscloud_routing_queue.Q.id}"],
        "directions": ["INBOUND"],
        "time_allowed": [{"time_slots": [slot], "time_zone_id": "UTC", "empty": False}],
    }
    return {
        "name": "P",
        "order": 1,
        "enabled": True,
        "actions": [actions],
        "media_policies": [{"call_policy": [{"conditions": [conditions]}]}],
    }


def tree() -> dict[str, t.Any]:
    whole = configuration(integration={"config": [{"name": "CRM", "notes": "n", "properties": "{}"}]})
    table = {
        "name": "T",
        "division_id": "${data.genesyscloud_auth_division_home.H.id}",
        "properties": [{"name": "key", "type": "string"}, {"name": "n", "type": "number", "default": "1"}],
    }
    row = {
        "datatable_id": "${genesyscloud_architect_datatable.T.id}",
        "key_value": "k",
        "properties_json": '{"n":2}',
    }
    level = {"flow_id": "${data.genesyscloud_flow.F.id}", "flow_log_level": "Base"}
    whole["resource"] |= {
        "genesyscloud_architect_datatable": {"T": table},
        "genesyscloud_architect_datatable_row": {"R": row},
        "genesyscloud_flow_loglevel": {"L": level},
    }
    whole["data"] = {
        "genesyscloud_flow": {"F": {"name": "F", "type": "inboundcall"}},
        "genesyscloud_auth_division_home": {"H": {"name": "Home"}},
    }
    return copy.deepcopy(whole)


def named_tree() -> dict[str, t.Any]:
    """Return objects that name others by their blocks, and a data schema."""
    trigger = {
        "name": "Tr",
        "topic_name": "v2.x",
        "enabled": True,
        "target": [
            {
                "type": "Workflow",
                "id": "${data.genesyscloud_flow.W.id}",
                "workflow_target_settings": [{"data_format": "Json"}],
            }
        ],
        "match_criteria": '[{"jsonPath":"a","operator":"In","values":[1]}]',
        "event_ttl_seconds": 10,
    }
    schema = {
        "name": "S",
        "description": "d",
        "enabled": False,
        "properties": '{"a":{"allOf":[{"$ref":"#/definitions/text"}],"title":"A"}}',
    }
    return {
        "resource": {
            "genesyscloud_processautomation_trigger": {"Tr": trigger},
            "genesyscloud_task_management_workitem_schema": {"S": schema},
            "genesyscloud_recording_media_retention_policy": {"P": policy()},
            "genesyscloud_routing_queue": {"Q": {"name": "Q"}},
            "genesyscloud_user": {"U": {"name": "U", "email": "u@example.com"}},
            "genesyscloud_quality_forms_evaluation": {"F": {"name": "F"}},
        },
        "data": {
            "genesyscloud_flow": {
                "W": {"name": "W", "type": "workflow"},
                "I": {"name": "I", "type": "surveyinvite"},
            },
            "genesyscloud_integration": {"CRM": {"name": "CRM"}},
        },
    }


TREES = {5: tree, 3: named_tree}


def paths(value: t.Any, path: tuple[t.Any, ...] = ()) -> t.Iterator[tuple[t.Any, ...]]:
    """Yield the path of each value below a value."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, entry in entries:
        yield (*path, key)
        yield from paths(entry, (*path, key))


@pytest.mark.parametrize("objects", TREES)
def test_the_configuration_has_no_problem(objects: int) -> None:
    findings = Findings()
    imported = convert({"f": TREES[objects]()}, CHOICES, findings)
    assert findings.problems == []
    assert sum(map(len, imported.kinds.values())) == objects


@pytest.mark.parametrize(
    ("objects", "path"),
    [(objects, path) for objects, make in TREES.items() for path in paths(make())],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else str(value),
)
def test_an_odd_value_is_converted_or_a_problem(objects: int, path: tuple[t.Any, ...]) -> None:
    for odd in ODD:
        changed = TREES[objects]()
        parent = changed
        for key in path[:-1]:
            parent = parent[key]
        parent[path[-1]] = copy.deepcopy(odd)
        findings = Findings()
        imported = convert({"f": changed}, CHOICES, findings)
        assert all(problem.path and "\0" not in problem.path for problem in findings.problems)
        if not findings.problems and "\ud800" not in str(changed):
            text = "".join(variable_texts(imported.kinds).values())
            assert '"\\0genesyscloud' not in text and "x00genesyscloud" not in text
