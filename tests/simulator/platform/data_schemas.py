# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The routers of data schemas: workitems, external contacts and external organizations."""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import ApiError, Detail, bad_request, not_found
from ..store import Kind, Stored, Wire
from . import schema_core_types, visibility
from .bodies import Body, read_body
from .permissions import (
    ADD_CUSTOM_FIELDS,
    ADD_WORKITEM_SCHEMA,
    DELETE_WORKITEM_SCHEMA,
    EDIT_CUSTOM_FIELDS,
    EDIT_WORKITEM_SCHEMA,
    VIEW_CUSTOM_FIELDS,
    VIEW_WORKITEM_SCHEMA,
)
from .responses import deleted
from .routing import route
from .schema_properties import check_growth, checked, filled
from .switches import switches

Permission = tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class SchemaType:
    """One type of schemas.

    C(delete) is None if the API cannot delete them. With C(marks_deleted), reads go on showing deleted ones.
    """

    kind: Kind
    applies_to: str
    view: Permission
    add: Permission
    edit: Permission
    delete: Permission | None
    marks_deleted: bool = False


def _kind(name: str, path: str, applies_to: str) -> Kind:
    return Kind(
        name=name,
        path=path,
        version_field="version",
        created_field="dateCreated",
        complete=lambda wire: {"enabled": True, "appliesTo": [applies_to], "jsonSchema": {}, **wire},
    )


_CUSTOM_FIELDS = (VIEW_CUSTOM_FIELDS, ADD_CUSTOM_FIELDS, EDIT_CUSTOM_FIELDS)
TYPES = (
    SchemaType(
        _kind("workitem_schemas", "/api/v2/taskmanagement/workitems/schemas", "WORKITEM"),
        "WORKITEM",
        VIEW_WORKITEM_SCHEMA,
        ADD_WORKITEM_SCHEMA,
        EDIT_WORKITEM_SCHEMA,
        DELETE_WORKITEM_SCHEMA,
        marks_deleted=True,
    ),
    SchemaType(
        _kind("contact_schemas", "/api/v2/externalcontacts/contacts/schemas", "CONTACT"),
        "CONTACT",
        *_CUSTOM_FIELDS,
        EDIT_CUSTOM_FIELDS,
    ),
    SchemaType(
        _kind(
            "organization_schemas", "/api/v2/externalcontacts/organizations/schemas", "EXTERNAL_ORGANIZATION"
        ),
        "EXTERNAL_ORGANIZATION",
        *_CUSTOM_FIELDS,
        None,
    ),
)
KINDS = [one.kind for one in TYPES]


class SchemaBody(Body):
    name: str | None = None
    version: int | None = None
    enabled: bool | None = None
    json_schema: dict[str, t.Any]


class Earlier:
    """The earlier versions of each schema of one org, by its id."""

    def __init__(self) -> None:
        self.versions: dict[str, list[Wire]] = {}


def routes() -> list[Route]:
    return [one for schema_type in TYPES for one in _routes(schema_type)]


def _routes(of: SchemaType) -> list[Route]:
    path = of.kind.path
    item = path + "/{schemaId}"
    bound = {
        handler: functools.partial(handler, of)
        for handler in (list_schemas, create, read, replace, delete, list_versions, read_version)
    }
    operations: dict[str, t.Any] = {"GET": (bound[read], of.view), "PUT": (bound[replace], of.edit)}
    if of.delete is not None:
        operations["DELETE"] = (bound[delete], of.delete)
    return [
        route(path, GET=(bound[list_schemas], of.view), POST=(bound[create], of.add)),
        route(f"{path}/limits", GET=(schema_core_types.limits, of.view)),
        route(f"{path}/coretypes", GET=(schema_core_types.list_types, of.view)),
        route(path + "/coretypes/{coreTypeName}", GET=(schema_core_types.read_type, of.view)),
        route(item, **operations),
        route(f"{item}/versions", GET=(bound[list_versions], of.view)),
        route(item + "/versions/{versionId}", GET=(bound[read_version], of.view)),
    ]


def list_schemas(of: SchemaType, call: Call) -> Response:
    return _listing([_shown(of, stored.wire) for stored in visibility.listed(call, of.kind)])


def read(of: SchemaType, call: Call) -> Response:
    stored = visibility.read(call, of.kind, call.path_params["schemaId"])
    return json_response(_shown(of, stored.wire))


def create(of: SchemaType, call: Call) -> Response:
    """Create a schema. By a switch, C(enabled) is ignored."""
    body = read_body(call, SchemaBody)
    fields = _fields(of, call, body, None)
    if switches(call.org).new_schema_state == "enabled":
        fields["enabled"] = True
    fields["createdBy"] = {"id": call.token.actor_id}
    return json_response(_shown(of, visibility.create(call, of.kind, fields).wire))


def replace(of: SchemaType, call: Call) -> Response:
    """Store the next version of a schema, also if nothing changes."""
    stored = _current(of, call)
    body = read_body(call, SchemaBody)
    if body.version is None:
        raise _refused("version", "is required.")
    if body.version != stored.wire["version"]:
        raise ApiError(409, "general.conflict", f"The version {body.version} is not the current one.")
    fields = _fields(of, call, body, stored)
    call.org.state(Earlier).versions.setdefault(stored.id, []).append(stored.wire)
    wire = {**stored.wire, **fields, "version": body.version + 1}
    return json_response(_shown(of, visibility.rewrite(call, of.kind, stored, wire).wire))


def delete(of: SchemaType, call: Call) -> Response:
    stored = _current(of, call)
    marked = of.marks_deleted and switches(call.org).removed_schema == "marked"
    visibility.remove(call, of.kind, stored, {"deleted": True} if marked else None)
    return deleted(call)


def list_versions(of: SchemaType, call: Call) -> Response:
    return _listing([_shown(of, wire) for wire in _versions(of, call)])


def read_version(of: SchemaType, call: Call) -> Response:
    wanted = call.path_params["versionId"]
    found = [wire for wire in _versions(of, call) if str(wire["version"]) == wanted]
    if not found:
        raise not_found(f"The version {wanted}")
    return json_response(_shown(of, found[0]))


def _versions(of: SchemaType, call: Call) -> list[Wire]:
    stored = visibility.read(call, of.kind, call.path_params["schemaId"])
    return [*call.org.state(Earlier).versions.get(stored.id, []), stored.wire]


def _current(of: SchemaType, call: Call) -> Stored:
    """Return the schema of a write. A deleted one is 404, although reads may show it."""
    stored = visibility.current(call, of.kind, call.path_params["schemaId"])
    if stored.wire.get("deleted"):
        raise not_found(f"The object {stored.id}")
    return stored


def _fields(of: SchemaType, call: Call, body: SchemaBody, stored: Stored | None) -> Wire:
    """Return the stored fields of a body. Raise 400 for an invalid one, and 409 for a name that is taken."""
    name = body.name or body.json_schema.get("title")
    if not isinstance(name, str) or not 1 <= len(name) <= schema_core_types.LONGEST_NAME:
        raise _refused("name", f"must have 1 to {schema_core_types.LONGEST_NAME} characters.")
    properties = checked(body.json_schema)
    if stored is not None and switches(call.org).schema_field_removal == "refused":
        check_growth(stored.wire["jsonSchema"], body.json_schema)
    others = [one for one in call.org[of.kind].all() if stored is None or one.id != stored.id]
    taken = any(one.wire["name"] == name and not one.wire.get("deleted") for one in others)
    if taken and switches(call.org).duplicate_schema_names == "refused":
        raise ApiError(409, "general.conflict", f"The name {name} is taken.")
    if switches(call.org).unset_schema_bounds == "filled":
        properties = filled(properties)
    enabled = body.enabled if body.enabled is not None else (stored is None or stored.wire["enabled"])
    return {"name": name, "enabled": enabled, "jsonSchema": {**body.json_schema, "properties": properties}}


def _shown(of: SchemaType, wire: Wire) -> Wire:
    return {**wire, "selfUri": f"{of.kind.path}/{wire['id']}"}


def _listing(entities: list[Wire]) -> Response:
    return json_response({"total": len(entities), "entities": entities})


def _refused(field: str, sentence: str) -> ApiError:
    return bad_request("The schema is not valid.", [Detail(field, "invalid.value", sentence)])
