# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of credentials: C(/api/v2/integrations/credentials)."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import ApiError, Detail, bad_request
from ..orgs import Org
from ..store import Stored, Wire, timestamp
from . import credential_info, credential_types, integrations, visibility
from .bodies import Body, read_body
from .credential_info import KIND, PATH
from .paging import cursor_page, numbered_page
from .permissions import ADD_INTEGRATION, DELETE_INTEGRATION, EDIT_INTEGRATION, VIEW_INTEGRATION
from .responses import deleted
from .routing import route
from .switches import switches


class TypeBody(Body):
    id: str | None = None
    name: str | None = None


class CredentialBody(Body):
    type: TypeBody
    name: str | None = None
    credential_fields: dict[str, str] | None = None


def routes() -> list[Route]:
    return [
        route(PATH, GET=(list_numbered, VIEW_INTEGRATION), POST=(create, ADD_INTEGRATION)),
        route(PATH + "/listing", GET=(list_by_cursor, VIEW_INTEGRATION)),
        *credential_types.routes(),
        route(
            PATH + "/{credentialId}",
            GET=(read, VIEW_INTEGRATION),
            PUT=(replace, EDIT_INTEGRATION),
            DELETE=(delete, DELETE_INTEGRATION),
        ),
    ]


def list_numbered(call: Call) -> Response:
    return numbered_page(call, visibility.listed(call, KIND), credential_info.info)


def list_by_cursor(call: Call) -> Response:
    return cursor_page(call, visibility.listed(call, KIND), credential_info.info)


def create(call: Call) -> Response:
    return json_response(credential_info.info(visibility.create(call, KIND, fields_of(call))))


def read(call: Call) -> Response:
    """Return a credential without its sensitive fields."""
    return json_response(redacted(call.org, visibility.read(call, KIND, call.path_params["credentialId"])))


def replace(call: Call) -> Response:
    stored = visibility.current(call, KIND, call.path_params["credentialId"])
    fields = fields_of(call)
    if switches(call.org).credential_put == "merges":
        fields["credentialFields"] = {**stored.wire.get("credentialFields", {}), **fields["credentialFields"]}
    wire = {**fields, "id": stored.id, "createdDate": stored.wire["createdDate"], "modifiedDate": timestamp()}
    return json_response(credential_info.info(visibility.rewrite(call, KIND, stored, wire)))


def delete(call: Call) -> Response:
    stored = visibility.current(call, KIND, call.path_params["credentialId"])
    if switches(call.org).credential_in_use == "refused" and users(call.org, stored.id):
        raise ApiError(409, "general.conflict", f"The credential {stored.id} is used by an integration.")
    visibility.remove(call, KIND, stored)
    return deleted(call)


def fields_of(call: Call) -> Wire:
    """Return the fields of a valid body. Raise 400 for an unknown type and for missing fields."""
    body = read_body(call, CredentialBody)
    credential_type = type_named(call.org, body.type.id, body.type.name)
    if credential_type is None:
        raise bad_request(
            "The credential type does not exist.", [Detail("type", "invalid.value", "does not exist.")]
        )
    given = body.credential_fields or {}
    missing = [name for name in credential_type.wire["required"] if name not in given]
    if missing:
        raise bad_request(
            "The credential lacks required fields.",
            [Detail(f"credentialFields.{name}", "invalid.value", "is required.") for name in missing],
        )
    fields: Wire = {"type": {"id": credential_type.id}, "credentialFields": given}
    return fields if body.name is None else {"name": body.name, **fields}


def type_named(org: Org, type_id: str | None, name: str | None) -> Stored | None:
    return next(
        (
            stored
            for stored in org[credential_types.KIND].all()
            if stored.id == type_id or (type_id is None and stored.wire["name"] == name)
        ),
        None,
    )


def redacted(org: Org, stored: Stored) -> Wire:
    """Return a Credential with its sensitive fields in the form of the switch C(redaction)."""
    wire: Wire = {
        "id": stored.id,
        "type": credential_info.shown_type(stored),
        "selfUri": f"{PATH}/{stored.id}",
    }
    if "name" in stored.wire:
        wire["name"] = stored.wire["name"]
    how = switches(org).redaction
    if how == "no_fields":
        return wire
    credential_type = type_named(org, credential_info.type_of(stored), None)
    replaced = {"masked": "********", "empty": "", "null": None}
    shown = {}
    for name, value in stored.wire.get("credentialFields", {}).items():
        if credential_type is not None and not credential_types.is_sensitive(credential_type, name):
            shown[name] = value
        elif how in replaced:
            shown[name] = replaced[how]
    return {**wire, "credentialFields": shown}


def users(org: Org, credential_id: str) -> list[Stored]:
    """Return the integrations whose configuration names a credential."""
    return [
        stored
        for stored in org[integrations.KIND].all()
        if credential_id in integrations.credential_ids(stored)
    ]
