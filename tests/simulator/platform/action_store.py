# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stored data actions and drafts, and the state of them that each request sees."""

from __future__ import annotations

import uuid

from ..call import Call
from ..errors import ApiError, Detail, bad_request, not_found
from ..orgs import Org
from ..store import Kind, Stored, Wire
from . import action_views, integration_types, integrations, special_actions, visibility
from .action_bodies import completed_config
from .switches import switches


def complete(wire: Wire) -> Wire:
    """Fill in the fields and the defaults of the configuration that a seeded action or draft lacks."""
    config = {"config": completed_config(wire["config"])} if "config" in wire else {}
    return {"secure": False, "version": 1, **wire, **config}


def revised(wire: Wire) -> Wire:
    return {"version": wire["version"] + 1}


ACTIONS = Kind(
    name="actions",
    path=action_views.PATH,
    event="Integrations.Action",
    complete=complete,
    revised=revised,
)
DRAFTS = Kind(
    name="action_drafts",
    path=action_views.PATH + "/{id}/draft",
    event="Integrations.ActionDraft",
    complete=complete,
    revised=revised,
)


def new_id() -> str:
    return f"custom_-_{uuid.uuid4()}"


def special(org: Org, action_id: str) -> Stored | None:
    """Return a built-in or authentication action in its first state."""
    every = [*special_actions.built_in(org), *special_actions.authentication(org)]
    return next((stored for stored in every if stored.id == action_id), None)


def visible(call: Call) -> Stored:
    """Return the live action that a read sees. Raise 404 if it sees none."""
    action_id = call.path_params["actionId"]
    stored = call.org[ACTIONS].get(action_id)
    if stored is not None and special_actions.is_obsolete(call.org, stored):
        raise not_found(f"The object {action_id}")
    if stored is None:
        found = special(call.org, action_id)
        if found is not None:
            return found
    return visibility.read(call, ACTIONS, action_id)


def writable(call: Call) -> Stored:
    """Return the live action of a write. Raise 404 if there is none, and 400 for a built-in one."""
    action_id = call.path_params["actionId"]
    stored = call.org[ACTIONS].get(action_id) or special(call.org, action_id)
    if stored is None or special_actions.is_obsolete(call.org, stored):
        raise not_found(f"The object {action_id}")
    if stored.id.startswith(special_actions.STATIC):
        raise bad_request(f"The action {stored.id} is built in and cannot be changed.")
    return stored


def listed(call: Call) -> list[Stored]:
    """Return the live actions that a list shows, the built-in and authentication actions first."""
    visible_ones = visibility.listed(call, ACTIONS)
    stored = [one for one in visible_ones if not special_actions.is_obsolete(call.org, one)]
    ids = {one.id for one in call.org[ACTIONS].all()}
    every = [*special_actions.built_in(call.org), *special_actions.authentication(call.org)]
    return [*(one for one in every if one.id not in ids), *stored]


def refuse_stale(call: Call, stored: Stored, version: int, what: str) -> None:
    """Raise the mismatch of a body's C(version) with the stored one."""
    if version != stored.wire["version"]:
        raise ApiError(
            switches(call.org).action_version_status,
            "bad.request" if switches(call.org).action_version_status == 400 else "version.conflict",
            f"Supplied version {version} does not match {what} {stored.wire['version']}",
        )


def refuse_duplicate(call: Call, name: str, integration_id: str, stored: Stored | None) -> None:
    """Raise 409 for a second name in one integration, if C(duplicate_action_names) is "refused"."""
    if switches(call.org).duplicate_action_names == "allowed":
        return
    for other in call.org[ACTIONS].named(name):
        if other is not stored and other.wire["integrationId"] == integration_id:
            raise ApiError(409, "general.conflict", f"An action named {name} exists in the integration.")


def refuse_integration(call: Call, integration_id: str, *, draft: bool) -> None:
    """Raise 400 for an integration that is missing or too new, or that cannot have such an action."""
    found = visibility.known(call, integrations.KIND, integration_id)
    if found is None:
        raise _refused_integration(f"The integration {integration_id} does not exist.")
    type_id = found.wire["integrationType"]["id"]
    installed = call.org[integration_types.KIND].get(type_id)
    if installed is None or installed.wire["category"] != "Data Actions":
        raise _refused_integration(f"An integration of the type {type_id} has no data actions.")
    if type_id == "function-data-actions" and not draft:
        raise _refused_integration("A function data action begins as a draft.")


def _refused_integration(message: str) -> ApiError:
    return bad_request(message, [Detail("integrationId", "invalid.value", "is not valid.")])


def is_function(org: Org, stored: Stored) -> bool:
    integration = org[integrations.KIND].get(stored.wire["integrationId"])
    return integration is not None and integration.wire["integrationType"]["id"] == "function-data-actions"


def of_integration(org: Org, kind: Kind, integration_id: str) -> list[Stored]:
    return [stored for stored in org[kind].all() if stored.wire["integrationId"] == integration_id]
