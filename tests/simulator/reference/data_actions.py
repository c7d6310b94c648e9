# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of data actions: C(/api/v2/architect/data-actions) in C(openapi.yaml)."""

from __future__ import annotations

import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, no_content, object_response
from ..errors import ApiError, Detail, bad_request
from ..routing import route
from ..store import Kind, Stored, Wire
from . import condition_checks, jsonpath_dialect
from .body_shapes import Deferred, ListOf, MapOf, Object, Shape, Text
from .paging import numbered_page
from .preconditions import if_match, matches

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

CONDITION: Shape = Object(
    required={"type": Text()},
    optional={
        "value": Object(
            required={"type": Text(("DATASET",)), "datasetId": Text()}, optional={"fieldId": Text()}
        ),
        "expression": Text(empty=True),
        "children": ListOf(Deferred(lambda: CONDITION)),
    },
)
MAPPING = Object(
    required={
        "name": Text(),
        "source": Text(empty=True),
        "type": Text(("string", "number", "integer", "boolean", "json", "array")),
    },
    optional={"default": Text(empty=True)},
)
REST = Object(
    required={"url": Text(), "httpMethod": Text(METHODS)},
    optional={
        "headers": MapOf(Text(empty=True)),
        "bodyTemplate": Text(empty=True),
        "variableMappings": ListOf(MAPPING),
    },
)
ACTION = Object(
    required={"name": Text(), "type": Text(("rest",))},
    optional={"description": Text(empty=True), "restConfig": REST, "conditions": ListOf(CONDITION)},
    ignored=KIND.server_owned,
)


def routes() -> list[Route]:
    return [
        route(KIND.path, GET=(list_actions, READ), POST=(create, WRITE)),
        route(KIND.path + "/{id}", GET=(read, READ), PUT=(replace, WRITE), DELETE=(delete, WRITE)),
    ]


def list_actions(call: Call) -> Response:
    actions = call.org[KIND].listed()
    wanted = call.query.get("name", "").casefold()
    if wanted:
        actions = [action for action in actions if wanted in action.wire["name"].casefold()]
    return numbered_page(call, actions)


def create(call: Call) -> Response:
    fields = with_defaults(validated_fields(call, None))
    refuse_duplicate(call, fields["name"], None)
    return object_response(call.org[KIND].create(fields))


def read(call: Call) -> Response:
    return object_response(call.visible_object(KIND))


def replace(call: Call) -> Response:
    """Replace a data action. The order of the checks is 404, 428, 400, 422, stale ETag, duplicate name."""
    stored = call.current_object(KIND)
    if if_match(call) is None:
        raise ApiError(428, "precondition.required", "If-Match is missing.")
    fields = validated_fields(call, stored)
    refuse_stale(call, stored)
    refuse_duplicate(call, fields["name"], stored)
    return object_response(call.org[KIND].replace(stored, fields))


def delete(call: Call) -> Response:
    stored = call.current_object(KIND)
    refuse_stale(call, stored)
    call.org[KIND].remove(stored.id)
    return no_content()


def validated_fields(call: Call, stored: Stored | None) -> Wire:
    """Return the checked body without server-owned fields. Raise the error response of an invalid body."""
    body = call.json_object()
    problems: list[Detail] = []
    ACTION.check(body, "", [stored.wire] if stored else [], problems)
    if not problems:
        problems = malformed_paths(body.get("restConfig", {}))
    if problems:
        raise bad_request("The data action is not valid.", problems)
    problems = condition_checks.check(body.get("conditions", []), call.org.datasets)
    if problems:
        raise ApiError(
            422, "data.action.conditions.invalid", "The conditions cannot be evaluated.", details=problems
        )
    return {key: value for key, value in body.items() if key not in KIND.server_owned}


def malformed_paths(rest: t.Mapping[str, t.Any]) -> list[Detail]:
    problems = []
    for index, mapping in enumerate(rest.get("variableMappings", [])):
        reason = jsonpath_dialect.syntax_error(mapping["source"])
        if reason:
            path = f"restConfig.variableMappings[{index}].source"
            problems.append(Detail(path, "jsonpath.malformed", f"{mapping['source']!r} {reason}"))
    return problems


def with_defaults(fields: Wire) -> Wire:
    """Fill in the defaults of a new data action. A full replacement has no defaults."""
    fields = {"description": "", "conditions": [], **fields}
    if "restConfig" in fields:
        fields["restConfig"] = {"headers": {}, **fields["restConfig"]}
    return fields


def refuse_stale(call: Call, stored: Stored) -> None:
    if not matches(call, stored.etag):
        raise ApiError(
            409,
            "data.action.etag.mismatch",
            f"The data action was changed by another writer; it is at version {stored.wire['version']} now.",
        )


def refuse_duplicate(call: Call, name: str, stored: Stored | None) -> None:
    if any(other is not stored for other in call.org[KIND].named(name)):
        raise ApiError(409, "data.action.name.duplicate", f"A data action named {name} exists already.")
