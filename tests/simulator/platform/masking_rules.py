# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of data privacy masking rules, with their validation: C(/api/v2/dataprivacy/maskingrules)."""

from __future__ import annotations

import collections
import re
import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import ApiError, Detail, bad_request
from ..store import Kind, Stored, Wire, timestamp
from . import visibility
from .bodies import Body, read_body
from .permissions import (
    ADD_MASKING_RULE,
    DELETE_MASKING_RULE,
    EDIT_MASKING_RULE,
    EXECUTE_MASKING_RULE,
    VIEW_MASKING_RULE,
)
from .responses import deleted
from .routing import route
from .switches import switches

PATH = "/api/v2/dataprivacy/maskingrules"
#: The number of enabled rules that a channel can have.
MOST_OF_A_CHANNEL = 15
#: The names of built-in masks with the regular expression that stands for each here.
BUILT_IN = {
    "EMAIL": r"[\w.+-]+@[\w-]+\.[\w.]+",
    "SSN": r"\b\d{3}-\d{2}-\d{4}\b",
    "PHONE_NUMBER": r"\+?\d[\d -]{7,}\d",
    "IPV4": r"\b(?:\d{1,3}\.){3}\d{1,3}\b",
    "IPV6": r"\b(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\b",
}
_TITLES = {
    "EMAIL": "Email",
    "SSN": "SSN",
    "PHONE_NUMBER": "Phone Number",
    "IPV4": "IPv4",
    "IPV6": "IPv6",
}
_CHANGEABLE = {
    "channels_and_state": {"integrations", "enabled"},
    "channels": {"integrations"},
}


def complete(wire: Wire) -> Wire:
    """Fill in the fields that a seeded rule lacks."""
    return {
        "description": "",
        "substituteCharacter": "X",
        "enabled": True,
        "type": "Custom",
        "direction": "inbound",
        "integrations": [],
        **wire,
    }


KIND = Kind(
    name="masking_rules",
    path=PATH,
    created_field="dateCreated",
    modified_field="dateModified",
    initial=[
        {
            "id": f"00000000-0000-4000-8000-00000000000{number}",
            "name": _TITLES[name],
            "description": f"Masks {_TITLES[name]}",
            "type": "Predefined",
            "definition": name,
            "enabled": False,
        }
        for number, name in enumerate(BUILT_IN, 1)
    ],
    complete=complete,
)


class RuleBody(Body):
    """A masking rule. A PATCH takes its required fields too."""

    name: str
    type: t.Literal["Custom", "Predefined", "Default"]
    substitute_character: str
    definition: str
    enabled: bool
    description: str | None = None
    direction: t.Literal["inbound", "outbound"] | None = None
    integrations: list[str] | None = None


class ValidateBody(Body):
    text: str
    definition: str


def routes() -> list[Route]:
    return [
        route(PATH, GET=(list_rules, VIEW_MASKING_RULE), POST=(create, ADD_MASKING_RULE)),
        route(f"{PATH}/validate", POST=(validate, EXECUTE_MASKING_RULE)),
        route(
            PATH + "/{ruleId}",
            GET=(read, VIEW_MASKING_RULE),
            PATCH=(change, EDIT_MASKING_RULE),
            DELETE=(delete, DELETE_MASKING_RULE),
        ),
    ]


def list_rules(call: Call) -> Response:
    return json_response({"entities": [stored.wire for stored in visibility.listed(call, KIND)]})


def read(call: Call) -> Response:
    return json_response(visibility.read(call, KIND, call.path_params["ruleId"]).wire)


def create(call: Call) -> Response:
    body = read_body(call, RuleBody)
    if body.type != "Custom":
        raise _refused("type", f"a rule of the type {body.type} cannot be created.")
    wire = complete(body.model_dump(by_alias=True, exclude_none=True))
    _check(call, wire, None)
    return json_response(visibility.create(call, KIND, wire).wire)


def change(call: Call) -> Response:
    """Change a rule; by a switch, the fields that the body lacks keep their values."""
    stored = visibility.current(call, KIND, call.path_params["ruleId"])
    given = read_body(call, RuleBody).model_dump(by_alias=True, exclude_none=True)
    owned = {key: stored.wire[key] for key in ("id", "dateCreated")}
    kept = stored.wire if switches(call.org).masking_rule_patch == "merges" else {}
    wire = {**complete({**kept, **given}), **owned, "dateModified": timestamp()}
    if stored.wire["type"] != "Custom":
        allowed = _CHANGEABLE[switches(call.org).predefined_rule_changes] | {"dateModified"}
        for name in wire:
            if name not in allowed and wire[name] != stored.wire.get(name):
                raise _refused(name, "cannot be changed in a predefined rule.")
    elif wire["type"] != "Custom":
        raise _refused("type", "cannot be changed.")
    _check(call, wire, stored)
    return json_response(visibility.rewrite(call, KIND, stored, wire).wire)


def delete(call: Call) -> Response:
    stored = visibility.current(call, KIND, call.path_params["ruleId"])
    if stored.wire["type"] != "Custom":
        raise _refused("type", "a predefined rule cannot be deleted.")
    visibility.remove(call, KIND, stored)
    return deleted(call)


def validate(call: Call) -> Response:
    """Return whether a definition is valid, and the text as it masks it."""
    body = read_body(call, ValidateBody)
    try:
        pattern = _pattern(body.definition)
    except re.error as error:
        if switches(call.org).invalid_definition == "unprocessable":
            raise ApiError(422, "unprocessable.entity", f"The definition is not valid: {error}.") from error
        return json_response({"valid": False, "validationMessage": f"The definition is not valid: {error}."})
    masked = pattern.sub(lambda match: "X" * len(match[0]), body.text)
    return json_response({"valid": True, "validationMessage": "", "maskedText": masked})


def _pattern(definition: str) -> re.Pattern[str]:
    return re.compile(BUILT_IN.get(definition, definition))


def _check(call: Call, wire: Wire, stored: Stored | None) -> None:
    """Raise 400 for an invalid definition or character and for a full channel, and 409 for a taken name."""
    try:
        _pattern(wire["definition"])
    except re.error as error:
        raise _refused("definition", f"{error}.") from error
    if len(wire["substituteCharacter"]) != 1:
        raise _refused("substituteCharacter", "must be one character.")
    others = [one.wire for one in call.org[KIND].all() if stored is None or one.id != stored.id]
    if any(other["name"] == wire["name"] for other in others):
        raise ApiError(409, "general.conflict", f"The name {wire['name']} is taken.")
    used = collections.Counter(
        channel for one in [*others, wire] if one["enabled"] for channel in set(one["integrations"])
    )
    full = [channel for channel in wire["integrations"] if used[channel] > MOST_OF_A_CHANNEL]
    if wire["enabled"] and full:
        raise _refused("integrations", f"{full[0]} has {MOST_OF_A_CHANNEL} enabled rules.")


def _refused(field: str, sentence: str) -> ApiError:
    return bad_request("The masking rule is not valid.", [Detail(field, "invalid.value", sentence)])
