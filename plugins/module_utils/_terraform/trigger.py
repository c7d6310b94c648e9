# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resource type of process automation triggers.

Private to the collection. Pure.
"""

from __future__ import annotations

from .._model.json_objects import Body
from .._resources.trigger.workflow import TYPE as WORKFLOW
from .attributes import Attributes
from .named_types import FLOW, named_reference

_TARGET = "Workflow"


def trigger(given: Attributes) -> Body:
    """Return a trigger. The provider takes 0 seconds for none."""
    return {
        "name": given.text("name", required=True),
        "description": given.text("description"),
        "topicName": given.text("topic_name", required=True),
        "enabled": given.boolean("enabled", required=True),
        "target": _target(given),
        "matchCriteria": given.json_objects("match_criteria"),
        "eventTTLSeconds": given.whole_number("event_ttl_seconds") or None,
        "delayBySeconds": given.whole_number("delay_by_seconds") or None,
    }


def _target(given: Attributes) -> Body | None:
    target = given.block("target")
    if target is None:
        given.problem("target", "is required: a trigger starts a workflow")
        return None
    kind = target.text("type", required=True)
    if kind not in (None, _TARGET):
        target.problem("type", f"is {kind!r}, and the collection only has triggers that start a workflow")
    settings = target.block("workflow_target_settings")
    data_format = None if settings is None else settings.text("data_format") or None
    workflow = named_reference(target, "id", FLOW, flow_type=WORKFLOW, required=True)
    return {
        "type": kind,
        **(workflow or {}),
        "workflowTargetSettings": None if data_format is None else {"dataFormat": data_format},
    }
