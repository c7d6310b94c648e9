# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of live data actions: C(/api/v2/integrations/actions)."""

from __future__ import annotations

import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import ApiError, bad_request
from ..store import Stored, Wire
from . import action_rules, action_store, action_views, dependencies, queries, special_actions, visibility
from .action_bodies import ActionBody, ActionPatch, given_fields, new_config, patched_config
from .action_store import ACTIONS, DRAFTS
from .bodies import read_body
from .paging import numbered_page
from .permissions import ADD_ACTION, DELETE_ACTION, EDIT_ACTION, VIEW_ACTION
from .responses import deleted
from .routing import route
from .switches import switches

MAX_IDS = 50


def routes() -> list[Route]:
    path = action_views.PATH
    return [
        route(path, GET=(list_actions, VIEW_ACTION), POST=(create, ADD_ACTION)),
        route(path + "/categories", GET=(list_categories, VIEW_ACTION)),
        route(
            path + "/{actionId}",
            GET=(read, VIEW_ACTION),
            PATCH=(update, EDIT_ACTION),
            DELETE=(delete, DELETE_ACTION),
        ),
    ]


def list_actions(call: Call) -> Response:
    found = action_store.listed(call)
    if not queries.flag(call, "includeAuthActions"):
        found = [one for one in found if not one.id.startswith(special_actions.AUTHENTICATION)]
    return page_of(call, found, draft=False)


def page_of(call: Call, found: t.Sequence[Stored], *, draft: bool) -> Response:
    """Return a page of the actions that match the filters of a request."""
    config = bool(queries.flag(call, "includeConfig"))
    return numbered_page(
        call,
        matching(call, found),
        lambda stored: action_views.shown(call.org, stored, config=config, contract=False, draft=draft),
    )


def matching(call: Call, found: t.Sequence[Stored]) -> list[Stored]:
    """Filter and sort actions by the query parameters of a list."""
    ids, name = queries.values(call, "ids", MAX_IDS), queries.text(call, "name").casefold()
    category, secure = queries.text(call, "category"), queries.flag(call, "secure")
    chosen = [
        one
        for one in found
        if (not ids or one.id in ids)
        and name in one.wire["name"].casefold()
        and (not category or one.wire.get("category") == category)
        and (secure is None or one.wire["secure"] == secure)
    ]
    field = queries.text(call, "sortBy")
    if field:
        descending = queries.text(call, "sortOrder").lower() == "desc"
        chosen.sort(key=lambda one: str(one.wire.get(field, "")), reverse=descending)
    return chosen


def list_categories(call: Call) -> Response:
    secure = queries.flag(call, "secure")
    names = {
        one.wire["category"]
        for one in action_store.listed(call)
        if secure is None or one.wire["secure"] == secure
    }
    categories = [Stored({"id": name}, None, 0) for name in sorted(names)]
    return numbered_page(call, categories, lambda one: {"name": one.id}, uris=False)


def read(call: Call) -> Response:
    return action_views.answer(call, action_store.visible(call))


def create(call: Call) -> Response:
    """Create an action that is live at once, with version 1."""
    body = read_body(call, ActionBody)
    fields = given_fields(body)
    problems = [
        *action_rules.contract_problems(fields["contract"]),
        *action_rules.config_problems(fields["config"]),
    ]
    if problems:
        raise bad_request("The action is not valid.", problems)
    action_store.refuse_integration(call, body.integration_id, draft=False)
    action_store.refuse_duplicate(call, body.name, body.integration_id, None)
    fields["config"] = new_config(call.org, fields["config"])
    wire = {"secure": False, **fields, "id": action_store.new_id(), "version": 1}
    return json_response(action_views.written(call.org, visibility.add(call, ACTIONS, wire)))


def update(call: Call) -> Response:
    """Change name, category and configuration. The contract, C(secure) and the integration stay."""
    stored = action_store.writable(call)
    body = read_body(call, ActionPatch)
    fields = given_fields(body)
    action_store.refuse_stale(call, stored, body.version, "the current version")
    if "config" in fields:
        fields["config"] = _new_config(call, stored, fields["config"])
    name = body.name or stored.wire["name"]
    action_store.refuse_duplicate(call, name, stored.wire["integrationId"], stored)
    wire = {**stored.wire, **fields, "version": stored.wire["version"] + 1}
    if call.org[ACTIONS].get(stored.id) is None:
        updated = call.org[ACTIONS].add(wire)
    else:
        updated = visibility.rewrite(call, ACTIONS, stored, wire)
    draft = call.org[DRAFTS].get(stored.id)
    if draft is not None and switches(call.org).live_patch_on_draft == "copied":
        copied = {**draft.wire, **fields, "version": draft.wire["version"] + 1}
        visibility.rewrite(call, DRAFTS, draft, copied)
    return json_response(action_views.written(call.org, updated))


def _new_config(call: Call, stored: Stored, given: Wire) -> Wire:
    if stored.id.startswith(special_actions.AUTHENTICATION) and "timeoutSeconds" in given:
        raise bad_request("An authentication action has no timeoutSeconds.")
    config = patched_config(call.org, stored.wire["config"], given)
    problems = [] if action_store.is_function(call.org, stored) else action_rules.config_problems(config)
    if problems:
        raise bad_request("The configuration is not valid.", problems)
    return config


def delete(call: Call) -> Response:
    """Delete an action with its draft."""
    action_id = call.path_params["actionId"]
    draft = call.org[DRAFTS].get(action_id)
    if draft is not None and call.org[ACTIONS].get(action_id) is None:
        visibility.remove(call, DRAFTS, draft)
        return deleted(call)
    stored = action_store.writable(call)
    if stored.id.startswith(special_actions.AUTHENTICATION):
        raise bad_request(f"The action {stored.id} belongs to its integration and cannot be deleted.")
    if switches(call.org).action_in_use == "refused" and dependencies.consumers(call.org, stored.id):
        raise ApiError(409, "general.conflict", f"The action {stored.id} is used by a flow.")
    for kind, one in ((ACTIONS, stored), (DRAFTS, draft)):
        if one is not None:
            visibility.remove(call, kind, one)
    return deleted(call)
