# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The trigger of the platform API: its fields, its writes and checks, and the immutable topic (N.9).

Private to the collection.
"""

from __future__ import annotations

from ..._api.platform import LINKED
from ..._engine.context import Context
from ..._engine.replacement import frozen_changes
from ..._errors import InputError
from ..._findings import Findings
from ..._model.comparison import Comparison, NameOf
from ..._model.endpoint import Endpoint
from ..._model.json_objects import ABSENT, REQUIRED, Body
from ..._model.json_type import ANY, BOOLEAN, TEXT, WHOLE_NUMBER, list_of, object_of
from ..._model.options import KnownObjects, Options, options_of
from ..._model.plan import Plan, RemoteObject
from ..._model.replacement import Replacement
from ..._model.resource import Field, Resource
from ..flow import FLOW
from . import criteria
from .workflow import check_workflow, id_of, reference_to

PATH = "/api/v2/processautomation/triggers"
#: The type of the target, which has one value and no option.
_OF_WORKFLOWS = {"type": "Workflow"}
_CRITERION = object_of({"jsonPath": TEXT, "operator": TEXT, "values": list_of(ANY)})

TOPIC = Field("topic_name", "topicName", REQUIRED, json_type=TEXT)
#: The hook C(resolve) replaces a name by the id.
WORKFLOW = Field("workflow", "target.id", REQUIRED, json_type=TEXT)
TTL = Field("event_ttl_seconds", "eventTTLSeconds", json_type=WHOLE_NUMBER, chosen_by_api=True)
DELAY = Field("delay_by_seconds", "delayBySeconds", json_type=WHOLE_NUMBER)
CRITERIA = Field(
    "match_criteria",
    "matchCriteria",
    [],
    to_wire=criteria.to_wire,
    from_wire=criteria.from_wire,
    canonical=criteria.canonical,
    json_type=list_of(_CRITERION),
)
_FIELDS = (
    Field("name", "name", REQUIRED, json_type=TEXT),
    Field("description", "description", "", json_type=TEXT),
    TOPIC,
    WORKFLOW,
    Field("data_format", "target.workflowTargetSettings.dataFormat", json_type=TEXT, chosen_by_api=True),
    Field("enabled", "enabled", True, json_type=BOOLEAN),
    CRITERIA,
    TTL,
    DELAY,
)


def decode(raw: Body) -> Body:
    """Return a trigger in canonical form."""
    body = {key: value for key, value in raw.items() if key != "selfUri" and value is not None}
    if "matchCriteria" in body:
        body["matchCriteria"] = criteria.decode(body["matchCriteria"])
    if isinstance(body.get("target"), dict):
        body["target"] = {
            key: value
            for key, value in body["target"].items()
            if value is not None and (key, value) not in _OF_WORKFLOWS.items()
        }
    return body


def encode(body: Body, before: Body | None) -> Body:
    """Return the whole trigger, with the version that an update is based on."""
    whole = {**body, "target": {**_OF_WORKFLOWS, **body["target"]}}
    return whole if before is None else {**whole, "version": before.get("version")}


def resolve(context: Context, current: RemoteObject | None) -> None:
    """Declare the id of the workflow. A declared time to live excludes a delay, and the other way round."""
    desired, declared = context.desired, context.declared
    if desired.workflow is not None:
        declared[WORKFLOW] = id_of(context, desired.workflow)
    for field, other in ((TTL, DELAY), (DELAY, TTL)):
        if declared.get(field, ABSENT) is not ABSENT and not desired.given(other.option):
            declared[other] = ABSENT


def preflight(context: Context, plan: Plan) -> None:
    """Refuse another topic unless it may replace the trigger, and check the workflow of the write."""
    if frozen_changes(context, plan):
        before, after = plan.before or {}, plan.after or {}
        if not context.desired.replaces:
            findings = Findings()
            findings.problem(
                "topic_name",
                f"is {TOPIC.of(before)!r} and cannot become {TOPIC.of(after)!r}: the API does not change the "
                "topic of a trigger. Undo the change, or set on_topic_change to replace: a new trigger with "
                "another id then takes its place",
            )
            raise InputError(findings, "with the trigger, nothing was written")
        context.result_fields["replacement"] = {"old_id": before["id"], "new_id": None}
    if plan.after is not None and (plan.action == "create" or {WORKFLOW, TOPIC}.intersection(plan.changed)):
        check_workflow(context, str(WORKFLOW.of(plan.after)))


def with_names(body: Body, name_of: NameOf) -> Body:
    """Return a trigger with the name of its workflow in the place of the id."""
    target = {**(body.get("target") or {}), "id": name_of(FLOW.name, str(WORKFLOW.of(body)))}
    return {**body, "target": target}


def to_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of a trigger, with its workflow by name if no other workflow has the name."""
    options = options_of(resource, body, known)
    if WORKFLOW.option in options:
        options[WORKFLOW.option] = reference_to(known, str(options[WORKFLOW.option]))
    if CRITERIA.option in options:
        options[CRITERIA.option] = criteria.in_stable_order(options[CRITERIA.option])
    return options


PLATFORM_RESOURCE = Resource(
    endpoint=Endpoint(path=PATH, paging=LINKED, locking="version", decode=decode, encode=encode),
    fields=_FIELDS,
    server_owned=("id", "version"),
    other_types={"target.type": TEXT},
    other_paths=("/api/v2/flows", "/api/v2/flows/{flowId}"),
    resolve=resolve,
    preflight=preflight,
    replacement=Replacement(frozen=("topicName",), interim_suffix=" (replacement)", longest_name=256),
    comparison=Comparison(with_names=with_names),
    to_options=to_options,
)
