# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data actions. Source: API.md, "Data actions"; seeds 000 and 001."""

from __future__ import annotations

import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, nothing, one
from ..errors import ApiError, Detail, bad_request
from ..routing import resource
from ..store import Kind, Stored, Wire
from . import condition_checks, jsonpath_dialect
from .body_shapes import Entries, Later, Named, Record, Shape, Text
from .paging import numbered_page
from .preconditions import matches, stated

READ = ("data:actions:read",)
WRITE = ("data:actions:write",)

KIND = Kind(
    name="data_actions",
    path="/api/v2/architect/data-actions",
    version_field="version",
    created_field="dateCreated",
    modified_field="dateModified",
    etag_field="etag",
    event="data.action",
)

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

CONDITION: Shape = Record(
    required={"type": Text()},
    optional={
        "value": Record(
            required={"type": Text(("DATASET",)), "datasetId": Text()}, optional={"fieldId": Text()}
        ),
        "expression": Text(empty=True),
        "children": Entries(Later(lambda: CONDITION)),
    },
)
MAPPING = Record(
    required={
        "name": Text(),
        "source": Text(empty=True),
        "type": Text(("string", "number", "integer", "boolean", "json", "array")),
    },
    optional={"default": Text(empty=True)},
)
REST = Record(
    required={"url": Text(), "httpMethod": Text(METHODS)},
    optional={
        "headers": Named(Text(empty=True)),
        "bodyTemplate": Text(empty=True),
        "variableMappings": Entries(MAPPING),
    },
)
ACTION = Record(
    required={"name": Text(), "type": Text(("rest",))},
    optional={"description": Text(empty=True), "restConfig": REST, "conditions": Entries(CONDITION)},
    ignored=KIND.owned,
)


def routes() -> list[Route]:
    return [
        resource(KIND.path, GET=(list_actions, READ), POST=(create, WRITE)),
        resource(KIND.path + "/{id}", GET=(read, READ), PUT=(replace, WRITE), DELETE=(delete, WRITE)),
    ]


def list_actions(call: Call) -> Response:
    actions = call.org[KIND].listed()
    wanted = call.query.get("name", "").casefold()
    if wanted:
        actions = [action for action in actions if wanted in action.wire["name"].casefold()]
    return numbered_page(call, actions)


def create(call: Call) -> Response:
    fields = with_defaults(accepted(call, None))
    refuse_duplicate(call, fields["name"], None)
    return one(call.org[KIND].create(fields))


def read(call: Call) -> Response:
    return one(call.shown(KIND))


def replace(call: Call) -> Response:
    """Checks in order: 404, 428, 400, 422, then the two 409."""
    stored = call.target(KIND)
    if stated(call) is None:
        raise ApiError(428, "precondition.required", "If-Match is missing.")
    fields = accepted(call, stored)
    refuse_stale(call, stored)
    refuse_duplicate(call, fields["name"], stored)
    return one(call.org[KIND].replace(stored, fields))


def delete(call: Call) -> Response:
    stored = call.target(KIND)
    refuse_stale(call, stored)
    call.org[KIND].remove(stored.id)
    return nothing()


def accepted(call: Call, stored: Stored | None) -> Wire:
    """The checked body without what the server owns."""
    body = call.json_object()
    faults: list[Detail] = []
    ACTION.check(body, "", [stored.wire] if stored else [], faults)
    if not faults:
        faults = malformed_paths(body.get("restConfig", {}))
    if faults:
        raise bad_request("The data action is not valid.", faults)
    faults = condition_checks.check(body.get("conditions", []), call.org.datasets)
    if faults:
        raise ApiError(
            422, "data.action.conditions.invalid", "The conditions cannot be evaluated.", details=faults
        )
    return {key: value for key, value in body.items() if key not in KIND.owned}


def malformed_paths(rest: t.Mapping[str, t.Any]) -> list[Detail]:
    faults = []
    for index, mapping in enumerate(rest.get("variableMappings", [])):
        reason = jsonpath_dialect.fault(mapping["source"])
        if reason:
            path = f"restConfig.variableMappings[{index}].source"
            faults.append(Detail(path, "jsonpath.malformed", f"{mapping['source']!r} {reason}"))
    return faults


def with_defaults(fields: Wire) -> Wire:
    """What the server sets on create; a replacement gets no defaults, there what is left out is gone."""
    fields = {"description": "", "conditions": [], **fields}
    if "restConfig" in fields:
        fields["restConfig"] = {"headers": {}, **fields["restConfig"]}
    return fields


def refuse_stale(call: Call, stored: Stored) -> None:
    if not matches(call, stored.etag):
        raise ApiError(
            409,
            "data.action.etag.mismatch",
            f"The data action was changed by somebody else; it is at version {stored.wire['version']} now.",
        )


def refuse_duplicate(call: Call, name: str, stored: Stored | None) -> None:
    if any(other is not stored for other in call.org[KIND].named(name)):
        raise ApiError(409, "data.action.name.duplicate", f"A data action named {name} exists already.")
