# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of media retention policies: C(/api/v2/recording/mediaretentionpolicies)."""

from __future__ import annotations

import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..orgs import Org
from ..store import Kind, Stored, Wire, timestamp
from . import directory, flows, integrations, queries, visibility
from .bodies import read_body
from .paging import numbered_page
from .permissions import (
    ADD_RETENTION_POLICY,
    DELETE_RETENTION_POLICY,
    EDIT_RETENTION_POLICY,
    VIEW_RETENTION_POLICY,
)
from .retention_bodies import PolicyBody, StateBody
from .routing import route
from .switches import switches

PATH = "/api/v2/recording/mediaretentionpolicies"
#: Key of a policy whose value names one object or several, and the kind of these objects.
_REFERENCES = {
    "forUsers": directory.USERS,
    "user": directory.USERS,
    "evaluators": directory.USERS,
    "calibrator": directory.USERS,
    "expertEvaluator": directory.USERS,
    "forQueues": directory.QUEUES,
    "wrapupCodes": directory.WRAPUP_CODES,
    "languages": directory.LANGUAGES,
    "teams": directory.TEAMS,
    "evaluationForm": directory.EVALUATION_FORMS,
    "surveyForm": directory.SURVEY_FORMS,
    "flow": flows.KIND,
    "integration": integrations.KIND,
}
#: The fields of an object in a reference, for those that do not show the whole object.
_SHORT = {
    "flow": ("id", "name", "selfUri"),
    "integration": ("id", "name", "selfUri"),
    "surveyForm": ("id", "name", "contextId", "selfUri"),
    "forUsers": ("id", "name", "email", "selfUri"),
}
#: The fields that a list leaves out with C(summary=true).
_DETAILS = ("actions", "conditions", "mediaPolicies")


def complete(wire: Wire) -> Wire:
    """Fill in the fields that a new or seeded policy lacks."""
    actions = {"retainRecording": True, "deleteRecording": False, "alwaysDelete": False}
    return {
        "description": "",
        "enabled": False,
        "order": 0,
        **wire,
        "actions": {**actions, **(wire.get("actions") or {})},
    }


KIND = Kind(
    name="retention_policies",
    path=PATH,
    created_field="createdDate",
    modified_field="modifiedDate",
    complete=complete,
)


def routes() -> list[Route]:
    return [
        route(PATH, GET=(list_policies, VIEW_RETENTION_POLICY), POST=(create, ADD_RETENTION_POLICY)),
        route(
            PATH + "/{policyId}",
            GET=(read, VIEW_RETENTION_POLICY),
            PUT=(replace, EDIT_RETENTION_POLICY),
            PATCH=(switch, EDIT_RETENTION_POLICY),
            DELETE=(delete, DELETE_RETENTION_POLICY),
        ),
    ]


def list_policies(call: Call) -> Response:
    """Return a page. A boolean parameter filters if it is present, also with the value false."""
    enabled, errors = queries.flag(call, "enabled"), queries.flag(call, "hasErrors")
    summary, name = queries.flag(call, "summary"), queries.text(call, "name").lower()
    days = call.whole_number("deleteDaysThreshold", 0) if queries.text(call, "deleteDaysThreshold") else None
    matching = [
        stored
        for stored in visibility.listed(call, KIND)
        if enabled in (None, stored.wire["enabled"])
        and errors in (None, "policyErrors" in shown(call.org, stored))
        and name in str(stored.wire["name"]).lower()
        and (days is None or any(one > days for one in delete_days(stored.wire)))
    ]

    def show(stored: Stored) -> Wire:
        left_out = _DETAILS if summary else ()
        return {key: value for key, value in shown(call.org, stored).items() if key not in left_out}

    return numbered_page(call, matching, show)


def read(call: Call) -> Response:
    return json_response(shown(call.org, visibility.read(call, KIND, call.path_params["policyId"])))


def create(call: Call) -> Response:
    return json_response(shown(call.org, visibility.create(call, KIND, _given(call))))


def replace(call: Call) -> Response:
    """Replace all fields; by a switch, C(enabled) keeps its value."""
    stored = visibility.current(call, KIND, call.path_params["policyId"])
    given = _given(call)
    if switches(call.org).policy_put == "keeps_enabled":
        given["enabled"] = stored.wire["enabled"]
    return _rewritten(call, stored, complete(given))


def switch(call: Call) -> Response:
    """Change C(enabled), the only field that a PATCH knows."""
    stored = visibility.current(call, KIND, call.path_params["policyId"])
    return _rewritten(call, stored, {**stored.wire, "enabled": read_body(call, StateBody).enabled})


def delete(call: Call) -> Response:
    visibility.remove(call, KIND, visibility.current(call, KIND, call.path_params["policyId"]))
    return Response(status_code=200)


def _given(call: Call) -> Wire:
    """Return the policy of a body, which has only the ids of other objects."""
    given = read_body(call, PolicyBody).model_dump(by_alias=True, exclude_none=True)
    return t.cast("Wire", _mapped(given, lambda kind, value, key: {"id": value["id"]}))


def _rewritten(call: Call, stored: Stored, wire: Wire) -> Response:
    owned = {key: stored.wire[key] for key in ("id", "createdDate")}
    whole = {**wire, **owned, "modifiedDate": timestamp()}
    return json_response(shown(call.org, visibility.rewrite(call, KIND, stored, whole)))


def shown(org: Org, stored: Stored) -> Wire:
    """Return a policy with the objects that it names, and an error for each that does not exist."""
    missing: list[str] = []

    def show(kind: Kind, value: Wire, key: str) -> Wire:
        found = directory.expanded(org, kind, value["id"])
        if found is None:
            missing.append(f"There is no object {value['id']} of {kind.name}.")
        if found is None or switches(org).policy_references == "ids":
            return {"id": value["id"]}
        return {name: found[name] for name in _SHORT.get(key, found) if name in found}

    wire = _mapped(stored.wire, show)
    messages = [{"statusCode": 404, "errorCode": "not.found", "userParamsMessage": one} for one in missing]
    errors = {"policyErrors": {"policyErrorMessages": messages}} if messages else {}
    return {**wire, **errors, "selfUri": f"{PATH}/{stored.id}"}


def _mapped(value: t.Any, change: t.Callable[[Kind, Wire, str], Wire]) -> t.Any:
    """Return a copy of a value in which each reference is what C(change) returns for it."""
    if isinstance(value, list):
        return [_mapped(one, change) for one in value]
    if not isinstance(value, dict):
        return value
    mapped = {}
    for key, one in value.items():
        kind = _REFERENCES.get(key)
        if kind is None:
            mapped[key] = _mapped(one, change)
        elif isinstance(one, list):
            mapped[key] = [change(kind, each, key) for each in one]
        else:
            mapped[key] = change(kind, one, key)
    return mapped


def delete_days(value: t.Any) -> list[int]:
    """Return the days of every deletion in a policy."""
    if isinstance(value, list):
        return [days for one in value for days in delete_days(one)]
    if not isinstance(value, dict):
        return []
    own = [value["deleteRetention"]["days"]] if "deleteRetention" in value else []
    return [*own, *(days for one in value.values() for days in delete_days(one))]
