# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of drafts of data actions: C(/api/v2/integrations/actions/{actionId}/draft)."""

from __future__ import annotations

import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import ApiError, Detail, bad_request
from ..orgs import Org
from ..store import Stored, Wire
from . import action_rules, action_store, action_views, actions, function_actions, visibility
from .action_bodies import (
    DraftPatch,
    NewDraftBody,
    PublishBody,
    given_fields,
    new_config,
    patched_config,
)
from .action_store import ACTIONS, DRAFTS
from .bodies import read_body
from .permissions import ADD_ACTION, DELETE_ACTION, EDIT_ACTION, VIEW_ACTION
from .responses import deleted
from .routing import route
from .switches import switches


def routes() -> list[Route]:
    path, one = action_views.PATH, action_views.PATH + "/{actionId}/draft"
    return [
        route(path + "/drafts", GET=(list_drafts, VIEW_ACTION), POST=(create, ADD_ACTION)),
        route(
            one,
            GET=(read, VIEW_ACTION),
            POST=(copy_live, EDIT_ACTION),
            PATCH=(update, EDIT_ACTION),
            DELETE=(delete, DELETE_ACTION),
        ),
        route(one + "/validation", GET=(validate, EDIT_ACTION)),
        route(one + "/publish", POST=(publish, EDIT_ACTION)),
    ]


def list_drafts(call: Call) -> Response:
    return actions.page_of(call, visibility.listed(call, DRAFTS), draft=True)


def create(call: Call) -> Response:
    """Create a draft without a live action."""
    body = read_body(call, NewDraftBody)
    fields = given_fields(body)
    refuse_contract(fields)
    action_store.refuse_integration(call, body.integration_id, draft=True)
    if "config" in fields:
        fields["config"] = new_config(call.org, fields["config"])
    wire = {"secure": False, **fields, "id": action_store.new_id(), "version": 1}
    return json_response(action_views.written(call.org, visibility.add(call, DRAFTS, wire), draft=True))


def copy_live(call: Call) -> Response:
    """Create a draft from the live action."""
    live = action_store.writable(call)
    if call.org[DRAFTS].get(live.id) is not None:
        raise ApiError(409, "general.conflict", f"The action {live.id} has a draft already.")
    wire = dict(live.wire)
    return json_response(action_views.written(call.org, visibility.add(call, DRAFTS, wire), draft=True))


def read(call: Call) -> Response:
    return action_views.answer(call, visibility.read(call, DRAFTS, call.path_params["actionId"]), draft=True)


def update(call: Call) -> Response:
    """Change a draft. The first publication froze the contract and C(secure)."""
    stored = visibility.current(call, DRAFTS, call.path_params["actionId"])
    body = read_body(call, DraftPatch)
    fields = given_fields(body)
    action_store.refuse_stale(call, stored, body.version, "latest draft version")
    refuse_contract(fields)
    live = call.org[ACTIONS].get(stored.id)
    if live is not None:
        refuse_frozen(live, fields)
    if "config" in fields:
        fields["config"] = patched_config(call.org, stored.wire.get("config", {}), fields["config"])
    wire = {**stored.wire, **fields, "version": stored.wire["version"] + 1}
    return json_response(
        action_views.written(call.org, visibility.rewrite(call, DRAFTS, stored, wire), draft=True)
    )


def delete(call: Call) -> Response:
    stored = visibility.current(call, DRAFTS, call.path_params["actionId"])
    visibility.remove(call, DRAFTS, stored)
    return deleted(call)


def validate(call: Call) -> Response:
    """Return whether a draft can be published, with an ErrorBody for each problem."""
    stored = visibility.read(call, DRAFTS, call.path_params["actionId"])
    found = problems(call.org, stored)
    errors = [
        {
            "message": f"{problem.field_name}: {problem.sentence}",
            "code": problem.error_code,
            "status": 400,
            "details": [{"fieldName": problem.field_name, "errorCode": problem.error_code}],
        }
        for problem in found
    ]
    return json_response({"valid": not errors, "errors": errors})


def publish(call: Call) -> Response:
    """Make the draft the live action. The body has the version of the draft as it is."""
    stored = visibility.current(call, DRAFTS, call.path_params["actionId"])
    body = read_body(call, PublishBody)
    action_store.refuse_stale(call, stored, body.version, "latest draft version")
    found = problems(call.org, stored)
    if found:
        raise bad_request("The draft is not valid.", found)
    live = call.org[ACTIONS].get(stored.id)
    wire = {**stored.wire, "version": live.wire["version"] + 1 if live else 1}
    if live is None:
        published = visibility.add(call, ACTIONS, wire)
    else:
        published = visibility.rewrite(call, ACTIONS, live, wire)
    _end_draft(call, stored)
    return json_response(action_views.written(call.org, published))


def _end_draft(call: Call, stored: Stored) -> None:
    """Remove a published draft or keep it, by the switch C(draft_after_publish)."""
    after = switches(call.org).draft_after_publish
    if after == "removed":
        visibility.remove(call, DRAFTS, stored)
    elif after == "next_version":
        wire = {**stored.wire, "version": stored.wire["version"] + 1}
        visibility.rewrite(call, DRAFTS, stored, wire)


def problems(org: Org, stored: Stored) -> list[Detail]:
    """Return the reasons for which a draft cannot be published."""
    wire = stored.wire
    missing = action_rules.missing_parts(wire)
    if action_store.is_function(org, stored):
        needed = [one for one in missing if one.field_name != "config"]
        return needed + function_actions.problems(org, stored)
    config = action_rules.config_problems(wire["config"]) if "config" in wire else []
    return [*missing, *config]


def refuse_contract(fields: Wire) -> None:
    found = action_rules.contract_problems(fields["contract"]) if "contract" in fields else []
    if found:
        raise bad_request("The contract is not valid.", found)


def without_null(value: t.Any) -> t.Any:
    """Return a JSON value without the keys whose value is null."""
    if isinstance(value, dict):
        return {key: without_null(child) for key, child in value.items() if child is not None}
    return [without_null(child) for child in value] if isinstance(value, list) else value


def refuse_frozen(live: Stored, fields: Wire) -> None:
    """Raise 400 for another contract or C(secure) than the published one."""
    changed = [
        Detail(name, "invalid.value", "cannot change after the first publication.")
        for name in ("contract", "secure")
        if name in fields and without_null(fields[name]) != without_null(live.wire.get(name))
    ]
    if changed:
        raise bad_request("The draft changes what is frozen.", changed)
