# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Triggers and workflows of an org of the platform API, for the tests of triggers."""

from __future__ import annotations

import typing as t

PATH = "/api/v2/processautomation/triggers"
END = "v2.detail.events.conversation.{id}.customer.end"
START = "v2.detail.events.conversation.{id}.customer.start"
#: The options of a trigger, with a criterion of each form.
TRIGGER: dict[str, t.Any] = {
    "name": "Survey",
    "topic_name": END,
    "workflow": "Send survey",
    "match_criteria": [
        {"json_path": "mediaType", "operator": "Equal", "value": "VOICE"},
        {"json_path": "duration", "operator": "GreaterThan", "value": 60000},
        {"json_path": "queue", "operator": "In", "values": ["a", 1, True]},
    ],
    "delay_by_seconds": 60,
}


def seed_workflow(org: t.Any, name: str = "Send survey", **fields: t.Any) -> str:
    """Store a workflow that was published long ago. Return its id."""
    version = {"id": "1.0", "datePublished": "2026-01-01T00:00:00.000Z"}
    wire = {"name": name, "type": "WORKFLOW", "publishedVersion": version, **fields}
    return str(org.seed([wire], "flows")[0]["id"])


def seed_trigger(org: t.Any, workflow: str, **fields: t.Any) -> str:
    """Store the trigger of C(TRIGGER), with other values of some fields. Return its id."""
    wire = {
        "name": "Survey",
        "topicName": END,
        "target": {"type": "Workflow", "id": workflow},
        "matchCriteria": [
            {"jsonPath": "mediaType", "operator": "Equal", "value": "VOICE"},
            {"jsonPath": "duration", "operator": "GreaterThan", "value": 60000},
            {"jsonPath": "queue", "operator": "In", "values": ["a", 1, True]},
        ],
        "delayBySeconds": 60,
        **fields,
    }
    return str(org.seed([wire], "triggers")[0]["id"])


def triggers(org: t.Any) -> list[dict[str, t.Any]]:
    return list(org.objects("triggers"))


def writes(org: t.Any) -> list[str]:
    """Return the writes so far without those that were answered 404."""
    return [f"{one['method']} {one['path']}" for one in org.writes() if one["status"] != 404]
