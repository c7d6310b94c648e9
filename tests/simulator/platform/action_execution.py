# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router that tests and executes data actions. No request leaves the simulator."""

from __future__ import annotations

import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response, parse_json
from ..errors import ApiError, Detail, bad_request
from ..store import Stored, Wire
from . import action_store, action_views, visibility
from .action_store import DRAFTS
from .permissions import EXECUTE_ACTION, TEST_DRAFT
from .routing import route
from .switches import switches

STEPS = (
    "Validate request body schema against contract",
    "Resolve request templates",
    "Execute request",
    "Resolve response template",
)
TYPES: dict[str, t.Any] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def routes() -> list[Route]:
    one = action_views.PATH + "/{actionId}"
    return [
        route(one + "/test", POST=(test_live, EXECUTE_ACTION)),
        route(one + "/draft/test", POST=(test_draft, TEST_DRAFT)),
        route(one + "/execute", POST=(execute, EXECUTE_ACTION)),
    ]


def test_live(call: Call) -> Response:
    return json_response(result(call, action_store.visible(call)))


def test_draft(call: Call) -> Response:
    return json_response(result(call, visibility.read(call, DRAFTS, call.path_params["actionId"])))


def execute(call: Call) -> Response:
    """Return the result of an action alone. Raise 400 for an invalid input or a failed request."""
    stored = action_store.visible(call)
    problems = input_problems(stored, read_input(call))
    if problems:
        raise bad_request("The input does not match the contract.", problems)
    if switches(call.org).execution == "fails":
        raise ApiError(400, "bad.request", "The request to the remote service failed.")
    return json_response(switches(call.org).execution_result)


def result(call: Call, stored: Stored) -> Wire:
    """Return a TestExecutionResult: the steps up to the first one that fails."""
    problems = input_problems(stored, read_input(call))
    failing = 0 if problems else 2 if switches(call.org).execution == "fails" else None
    message = "; ".join(f"{one.field_name} {one.sentence}" for one in problems)
    error = {"message": message or "The remote service answered 500.", "code": "bad.request", "status": 400}
    steps: list[Wire] = []
    for number, name in enumerate(STEPS):
        step: Wire = {"step": number + 1, "name": name, "success": number != failing}
        if number == failing:
            return {"operations": [*steps, {**step, "error": error}], "error": error, "success": False}
        steps.append(step)
    final = switches(call.org).execution_result
    return {"operations": steps, "finalResult": final, "success": True}


def read_input(call: Call) -> Wire:
    """Return the input of an action. Raise 400 unless it is a JSON object."""
    try:
        value = parse_json(call.body)
    except ApiError as error:
        raise bad_request(error.message) from error
    if not isinstance(value, dict):
        raise bad_request("The body must be a JSON object.")
    return value


def input_problems(stored: Stored, given: Wire) -> list[Detail]:
    """Hold an input against the flat input schema of an action."""
    schema = stored.wire.get("contract", {}).get("input", {}).get("inputSchema", {})
    properties = schema.get("properties", {})
    missing = [
        Detail(name, "invalid.value", "is required.")
        for name in schema.get("required", [])
        if name not in given
    ]
    return missing + [
        Detail(name, "invalid.value", "has the wrong type.")
        for name, value in given.items()
        if name in properties and not _fits(properties[name], value)
    ]


def _fits(described: Wire, value: object) -> bool:
    kinds = described.get("type", [])
    names = kinds if isinstance(kinds, list) else [kinds]
    if isinstance(value, bool):
        return "boolean" in names or not names
    return not names or any(isinstance(value, TYPES.get(name, object)) for name in names)
