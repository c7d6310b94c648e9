# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of process automation triggers: C(/api/v2/processautomation/triggers)."""

from __future__ import annotations

import collections
import typing as t

import pydantic
from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import ApiError, Detail, bad_request
from ..store import Kind, Stored, Wire
from . import flows, queries, visibility
from .bodies import Body, read_body
from .paging import cursor_page
from .permissions import ADD_TRIGGER, DELETE_TRIGGER, EDIT_TRIGGER, VIEW_TRIGGER
from .responses import deleted
from .routing import route
from .switches import switches

PATH = "/api/v2/processautomation/triggers"


def complete(wire: Wire) -> Wire:
    """Fill in the fields that a seeded trigger lacks."""
    return {"enabled": True, "matchCriteria": [], **wire}


KIND = Kind(name="triggers", path=PATH, version_field="version", complete=complete)


class UnknownWorkflows:
    """The refusals of one org for each workflow that it does not know yet, by the workflow's id."""

    def __init__(self) -> None:
        self.so_far: collections.Counter[str] = collections.Counter()


class TargetSettingsBody(Body):
    data_format: t.Literal["Json", "TopLevelPrimitives"] | None = None


class TargetBody(Body):
    type: t.Literal["Workflow"]
    id: str
    workflow_target_settings: TargetSettingsBody | None = None


class CriterionBody(Body):
    """A criterion. Of C(value) and C(values), only one may have a value."""

    json_path: str
    operator: t.Literal[
        "GreaterThanOrEqual",
        "LessThanOrEqual",
        "Equal",
        "NotEqual",
        "LessThan",
        "GreaterThan",
        "NotIn",
        "In",
        "Contains",
        "All",
        "Exists",
        "Size",
    ]
    value: t.Any = None
    values: list[t.Any] | None = None


class TriggerBody(Body):
    name: str = pydantic.Field(min_length=1)
    topic_name: str = pydantic.Field(min_length=1)
    enabled: bool
    target: TargetBody
    match_criteria: list[CriterionBody] | None = None
    event_ttl_seconds: int | None = pydantic.Field(default=None, ge=10, alias="eventTTLSeconds")
    delay_by_seconds: int | None = pydantic.Field(default=None, ge=60, le=900)
    description: str | None = pydantic.Field(default=None, max_length=512)


class UpdateBody(TriggerBody):
    version: int


def routes() -> list[Route]:
    return [
        route(PATH, GET=(list_triggers, VIEW_TRIGGER), POST=(create, ADD_TRIGGER)),
        route(
            PATH + "/{triggerId}",
            GET=(read, VIEW_TRIGGER),
            PUT=(replace, EDIT_TRIGGER),
            DELETE=(delete, DELETE_TRIGGER),
        ),
    ]


def list_triggers(call: Call) -> Response:
    """Return the triggers that fit all filters, by cursor."""
    topics = queries.values(call, "topicName")
    enabled, delayed = queries.flag(call, "enabled"), queries.flag(call, "hasDelayBy")
    matching = [
        stored
        for stored in visibility.listed(call, KIND)
        if (not topics or stored.wire["topicName"] in topics)
        and enabled in (None, stored.wire["enabled"])
        and delayed in (None, "delayBySeconds" in stored.wire)
    ]
    return cursor_page(call, matching, lambda stored: shown(call, stored))


def read(call: Call) -> Response:
    return json_response(shown(call, visibility.read(call, KIND, call.path_params["triggerId"])))


def create(call: Call) -> Response:
    return json_response(shown(call, visibility.create(call, KIND, fields_of(call, TriggerBody))))


def replace(call: Call) -> Response:
    """Replace all fields. The version must be the current one, and the topic stays."""
    stored = visibility.current(call, KIND, call.path_params["triggerId"])
    fields = fields_of(call, UpdateBody, stored)
    if fields["version"] != stored.wire["version"]:
        raise ApiError(409, "general.conflict", f"The current version is {stored.wire['version']}.")
    if fields["topicName"] != stored.wire["topicName"]:
        raise _refused("topicName", "cannot be changed.")
    wire = {**fields, "id": stored.id, "version": stored.wire["version"] + 1}
    return json_response(shown(call, visibility.rewrite(call, KIND, stored, complete(wire))))


def delete(call: Call) -> Response:
    visibility.remove(call, KIND, visibility.current(call, KIND, call.path_params["triggerId"]))
    return deleted(call)


def fields_of(call: Call, model: type[TriggerBody], stored: Stored | None = None) -> Wire:
    """Return the fields of a valid body. Raise 400 for others, and 409 for a taken name by a switch."""
    body, chosen = read_body(call, model), switches(call.org)
    if body.event_ttl_seconds is not None and body.delay_by_seconds is not None:
        raise _refused("delayBySeconds", "cannot be set together with eventTTLSeconds.")
    for index, criterion in enumerate(body.match_criteria or []):
        if (criterion.value is None) == (criterion.values is None):
            raise _refused(f"matchCriteria.{index}", "must have either value or values.")
    _refuse_unknown_workflow(call, body.target.id)
    others = [one for one in call.org[KIND].named(body.name) if stored is None or one.id != stored.id]
    if chosen.duplicate_trigger_names == "refused" and others:
        raise ApiError(409, "general.conflict", f"The name {body.name} is taken.")
    fields = body.model_dump(by_alias=True, exclude_none=True)
    if chosen.usual_event_ttl and body.event_ttl_seconds is None and body.delay_by_seconds is None:
        fields["eventTTLSeconds"] = chosen.usual_event_ttl
    return fields


def _refuse_unknown_workflow(call: Call, flow_id: str) -> None:
    """Raise 400 unless the target is a published workflow that the service knows by now."""
    flow, seen = call.org[flows.KIND].get(flow_id), call.org.state(UnknownWorkflows).so_far
    if flow is not None and seen[flow_id] < switches(call.org).tries_until_workflow_known:
        seen[flow_id] += 1
        flow = None
    if flow is None or flow.wire["deleted"] or flow.wire["type"] != "WORKFLOW":
        raise _refused("target.id", f"{flow_id} is not an existing workflow.")
    if switches(call.org).unpublished_workflow == "refused" and "publishedVersion" not in flow.wire:
        raise _refused("target.id", f"{flow_id} is not published.")


def _refused(field: str, sentence: str) -> ApiError:
    return bad_request("The trigger is not valid.", [Detail(field, "invalid.value", sentence)])


def shown(call: Call, stored: Stored) -> Wire:
    """Return a trigger; by a switch, each criterion has both value and values, one of them null."""
    criteria = stored.wire["matchCriteria"]
    if switches(call.org).criterion_keys == "both":
        criteria = [{"value": None, "values": None, **one} for one in criteria]
    return {**stored.wire, "matchCriteria": criteria, "selfUri": f"{PATH}/{stored.id}"}
