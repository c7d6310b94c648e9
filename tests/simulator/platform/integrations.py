# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of integrations and of their configuration: C(/api/v2/integrations).

A stored integration has its configuration at C(config.current).
"""

from __future__ import annotations

import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import ApiError, Detail, bad_request
from ..orgs import Org
from ..store import Kind, Stored, Wire
from . import credential_info, integration_states, integration_types, queries, visibility
from .bodies import Body, read_body
from .paging import numbered_page
from .permissions import ADD_INTEGRATION, DELETE_INTEGRATION, EDIT_INTEGRATION, VIEW_INTEGRATION
from .routing import route
from .switches import switches

PATH = "/api/v2/integrations"
#: The kinds whose objects belong to an integration.
OWNED = ("actions", "action_drafts")
#: The text that an empty note may come back as.
EMPTY_NOTE = "node_dynamodb_empty_string"


def complete(wire: Wire) -> Wire:
    """Fill in the fields that a seeded integration lacks."""
    state = wire.get("intendedState", "DISABLED")
    current = {
        "name": wire.get("name", wire["id"]),
        "version": 1,
        "properties": {},
        "advanced": {},
        "notes": wire.get("notes", ""),
        "credentials": {},
        **wire.get("config", {}).get("current", {}),
    }
    return {
        "attributes": {},
        "reportedState": integration_states.reported(integration_states.CODES.get(state, "INACTIVE")),
        "intendedState": state,
        **wire,
        "config": {"current": current},
    }


def revised(wire: Wire) -> Wire:
    """Return the merge patch that moves the version of the configuration on by one."""
    return {"config": {"current": {"version": wire["config"]["current"]["version"] + 1}}}


KIND = Kind(
    name="integrations",
    path=PATH,
    event="Integrations.Integration",
    complete=complete,
    revised=revised,
)


class TypeBody(Body):
    id: str


class IntegrationBody(Body):
    integration_type: TypeBody
    name: str | None = None


class StateBody(Body):
    intended_state: t.Literal["ENABLED", "DISABLED", "DELETED", "RESTORED"]


class CredentialReference(Body):
    id: str


class ConfigBody(Body):
    """A configuration, which a PUT replaces as a whole."""

    name: str
    version: int
    properties: dict[str, t.Any]
    advanced: dict[str, t.Any]
    notes: str
    credentials: dict[str, CredentialReference]


def routes() -> list[Route]:
    one = PATH + "/{integrationId}"
    return [
        route(PATH, GET=(list_integrations, VIEW_INTEGRATION), POST=(create, ADD_INTEGRATION)),
        route(
            one,
            GET=(read, VIEW_INTEGRATION),
            PATCH=(change_state, EDIT_INTEGRATION),
            DELETE=(delete, DELETE_INTEGRATION),
        ),
        route(
            one + "/config/current",
            GET=(read_config, VIEW_INTEGRATION),
            PUT=(replace_config, EDIT_INTEGRATION),
        ),
    ]


def list_integrations(call: Call) -> Response:
    ids, type_id = queries.values(call, "ids", 100), queries.text(call, "integrationType")
    state, credential = queries.text(call, "reportedState").upper(), queries.text(call, "credentialId")
    matching = [
        stored
        for stored in visibility.listed(call, KIND)
        if (not ids or stored.id in ids)
        and (not type_id or stored.wire["integrationType"]["id"] == type_id)
        and (not state or stored.wire["reportedState"]["code"] == state)
        and (not credential or credential in credential_ids(stored))
    ]
    if queries.text(call, "sortBy") == "name":
        matching.sort(key=name_of)
    return numbered_page(call, matching, lambda stored: shown(call, stored))


def create(call: Call) -> Response:
    """Create an integration. Without a name the server takes that of the type."""
    body = read_body(call, IntegrationBody)
    installed = call.org[integration_types.KIND].get(body.integration_type.id)
    if installed is None:
        raise _refused("integrationType.id", f"there is no integration type {body.integration_type.id}.")
    if installed.wire.get("nonInstallable"):
        raise _refused("integrationType.id", f"the type {installed.id} cannot be installed.")
    most = installed.wire.get("maxInstances")
    of_type = [one for one in call.org[KIND].all() if one.wire["integrationType"]["id"] == installed.id]
    if most is not None and len(of_type) >= most:
        raise _refused("integrationType.id", f"the type {installed.id} can have {most} instances.")
    state = switches(call.org).new_integration_state
    stored = visibility.create(
        call,
        KIND,
        {
            "name": body.name or installed.wire["name"],
            "integrationType": {"id": installed.id},
            "intendedState": state,
        },
    )
    return json_response(shown(call, stored))


def read(call: Call) -> Response:
    stored = visibility.read(call, KIND, call.path_params["integrationId"])
    return json_response(shown(call, integration_states.proceed(call.org, KIND, stored)))


def change_state(call: Call) -> Response:
    """Change C(intendedState). The fields beside it are ignored."""
    stored = visibility.current(call, KIND, call.path_params["integrationId"])
    wanted = read_body(call, StateBody).intended_state
    wire = integration_states.intended(call.org, stored, wanted)
    return json_response(shown(call, visibility.rewrite(call, KIND, stored, wire)))


def delete(call: Call) -> Response:
    """Delete an integration and return it. Its actions go with it, or by a switch they prevent it."""
    stored = visibility.current(call, KIND, call.path_params["integrationId"])
    owned = [
        (collection, one)
        for collection in map(call.org.collections.__getitem__, OWNED)
        for one in collection.all()
        if one.wire["integrationId"] == stored.id
    ]
    if owned and switches(call.org).integration_with_actions == "refused":
        raise ApiError(409, "general.conflict", f"The integration {stored.id} has actions.")
    for collection, one in owned:
        visibility.remove(call, collection.kind, one)
    visibility.remove(call, KIND, stored)
    return json_response(shown(call, stored))


def read_config(call: Call) -> Response:
    return json_response(config(call, visibility.read(call, KIND, call.path_params["integrationId"])))


def replace_config(call: Call) -> Response:
    stored = visibility.current(call, KIND, call.path_params["integrationId"])
    body = read_body(call, ConfigBody)
    version = stored.wire["config"]["current"]["version"]
    if body.version != version:
        raise ApiError(
            switches(call.org).config_conflict_status,
            "version.conflict",
            f"Supplied version {body.version} does not match the current version {version}.",
        )
    refuse_credentials(call, stored, {name: given.id for name, given in body.credentials.items()})
    current = {**body.model_dump(by_alias=True), "version": version + 1}
    wire = {**stored.wire, "name": body.name, "notes": body.notes, "config": {"current": current}}
    return json_response(config(call, visibility.rewrite(call, KIND, stored, wire)))


def refuse_credentials(call: Call, stored: Stored, given: t.Mapping[str, str]) -> None:
    """Raise 400 for a slot that the type lacks, an unknown credential, and a credential of another type."""
    installed = call.org[integration_types.KIND].get(stored.wire["integrationType"]["id"])
    slots = installed.wire["credentials"] if installed else {}
    problems = []
    for name, credential_id in given.items():
        field, found = f"credentials.{name}", visibility.known(call, credential_info.KIND, credential_id)
        if name not in slots:
            problems.append(Detail(field, "invalid.value", "is no credential of this type."))
        elif found is None:
            problems.append(Detail(field, "invalid.value", f"there is no credential {credential_id}."))
        elif credential_info.type_of(found) not in slots[name]["credentialTypes"]:
            problems.append(Detail(field, "invalid.value", "has a type that this slot does not take."))
    if problems:
        raise bad_request("The configuration is not valid.", problems)


def _refused(field: str, sentence: str) -> ApiError:
    return bad_request("The integration is not valid.", [Detail(field, "invalid.value", sentence)])


def name_of(stored: Stored) -> str:
    return str(stored.wire["config"]["current"]["name"])


def credential_ids(stored: Stored) -> list[str]:
    return [given["id"] for given in stored.wire["config"]["current"]["credentials"].values()]


def shown(call: Call, stored: Stored) -> Wire:
    """Return an integration, with its configuration if C(expand) has C(config.current)."""
    current = stored.wire["config"]["current"]
    installed = call.org[integration_types.KIND].get(stored.wire["integrationType"]["id"])
    wire = {name: value for name, value in stored.wire.items() if name != "config"}
    wire |= {
        "name": current["name"],
        "notes": _notes(call.org, current["notes"]),
        "integrationType": integration_types.reference(installed)
        if installed
        else stored.wire["integrationType"],
        "selfUri": f"{PATH}/{stored.id}",
    }
    if "config.current" in queries.values(call, "expand"):
        wire["config"] = {"current": config(call, stored)}
    return wire


def config(call: Call, stored: Stored) -> Wire:
    """Return the configuration, with a CredentialInfo in each slot."""
    current = stored.wire["config"]["current"]
    infos = {}
    for slot, given in current["credentials"].items():
        found = call.org[credential_info.KIND].get(given["id"])
        infos[slot] = credential_info.info(found) if found else {"id": given["id"]}
    return {
        **current,
        "id": stored.id,
        "notes": _notes(call.org, current["notes"]),
        "credentials": infos,
        "selfUri": f"{PATH}/{stored.id}/config/current",
    }


def _notes(org: Org, notes: str) -> str:
    placeholder = not notes and switches(org).empty_notes == "placeholder"
    return EMPTY_NOTE if placeholder else notes
