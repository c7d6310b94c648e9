# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data schema of the platform API: its three lists, its fields, writes and checks (N.8).

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._api.platform import UNPAGED
from ..._engine.context import Context
from ..._engine.verify import read_back
from ..._errors import GenesysError, InputError, MalformedResponse
from ..._findings import Findings
from ..._http.client import Client, Response
from ..._http.connection import quote
from ..._model.comparison import Comparison
from ..._model.endpoint import Endpoint, Identities, ObjectWrite
from ..._model.json_objects import REQUIRED, Body, only_keys
from ..._model.json_type import BOOLEAN, TEXT, list_of, object_of
from ..._model.options import KnownObjects, Options, options_of
from ..._model.plan import Plan, RemoteObject, name_of
from ..._model.resource import Field, Resource
from . import custom_fields, limits
from .custom_fields import FIELDS, CustomField
from .schema_types import (
    LASTING_TYPE,
    PATHS,
    api_id,
    check_identity,
    creation_path,
    item_path,
    type_of_path,
    wanted_types,
    with_type,
)

_PATH = PATHS["workitem"]
_DIALECT = "http://json-schema.org/draft-04/schema#"
#: The key of a removed schema that reads and lists still show. No model of the vendor's SDKs has it.
_REMOVED = "deleted"
_LINKS = ("selfUri", "jsonSchema", _REMOVED)

NAME = Field("name", "name", REQUIRED, json_type=TEXT)
TYPE = Field("type", "type", REQUIRED, json_type=TEXT)
DESCRIPTION = Field("description", "description", "", json_type=TEXT)
ENABLED = Field("enabled", "enabled", True, json_type=BOOLEAN)


def decode(raw: Body) -> Body:
    """Return a schema in canonical form. Its C(type) comes from the path of the request."""
    body = {key: value for key, value in raw.items() if key not in _LINKS}
    if isinstance(raw.get("id"), str) and raw["id"] and isinstance(raw.get("type"), str):
        body["id"] = with_type(raw["type"], raw["id"])
    if "createdBy" in body:
        body["createdBy"] = only_keys(body["createdBy"], ("id", "name"))
    schema = raw.get("jsonSchema")
    if isinstance(schema, dict):
        body["description"] = schema.get("description")
        body["fields"] = custom_fields.from_properties(schema.get("properties"))
        usual = {"$schema": _DIALECT, "title": raw.get("name")}
        others = {
            key: value
            for key, value in schema.items()
            if key not in ("description", "properties") and usual.get(key) != value
        }
        body |= {"jsonSchema": others} if others else {}
    return body


def encode(body: Body, before: Body | None) -> Body:
    """Return the body of a write. A new name is the title too. An update has the version that it changes."""
    schema = {"$schema": _DIALECT, **(body.get("jsonSchema") or {})}
    if not schema.get("title") or (before or {}).get("name") != body["name"]:
        schema["title"] = body["name"]
    schema |= {
        "description": DESCRIPTION.of(body),
        "properties": custom_fields.to_properties(FIELDS.of(body)),
    }
    own = {"name": body["name"], "enabled": ENABLED.of(body), "jsonSchema": schema}
    return own if before is None else {**own, "version": before.get("version")}


def complete(client: Client, body: Body, within: float | None) -> Body:
    """Return a schema as it is. Raise MalformedResponse if its fields were not in the response."""
    if "fields" not in body:
        raise MalformedResponse(
            f"The data schema {body.get('name')!r} was read without its jsonSchema, which every response "
            "has. Check base_url, and that no proxy alters responses."
        )
    return body


def _typed(response: Response) -> t.Callable[[str], Response]:
    """Return a function that adds the type of a path to the object of a response."""

    def add(path: str) -> Response:
        data = response.data
        return (
            response._replace(data={**data, "type": type_of_path(path)})
            if isinstance(data, dict)
            else response
        )

    return add


def read(client: Client, object_id: str, within: float | None) -> Response | None:
    """Read a schema. A removed one counts as missing, although the API may go on showing it."""
    path = item_path(quote(object_id))
    response = client.get(path, allow_missing=True, within=within)
    if response is None or (isinstance(response.data, dict) and response.data.get(_REMOVED) is True):
        return None
    return _typed(response)(path)


def list_objects(client: Client, identities: Identities | None) -> list[tuple[str, Body]]:
    """Return the schemas of the wanted types without removed ones, each with the path of its list."""
    return [
        (PATHS[kind], {**raw, "type": kind})
        for kind in wanted_types(identities)
        for raw in client.list(PATHS[kind], UNPAGED)
        if raw.get(_REMOVED) is not True
    ]


def send(write: ObjectWrite) -> Response:
    """Write a schema. A new one that is disabled takes a second request: its creation ignores that."""
    response = _send(write, write.method, write.path, write.body, repeatable=write.repeatable)
    data = response.data if isinstance(response.data, dict) else {}
    ignored = write.method == "POST" and write.body["enabled"] is False and data.get("enabled") is not False
    if not ignored or not isinstance(data.get("id"), str) or not data["id"]:
        return response
    body = {**write.body, "version": data.get("version", 1)}
    return _send(write, "PUT", f"{write.path}/{quote(data['id'])}", body, repeatable=True)


def _send(write: ObjectWrite, method: str, path: str, body: Body, *, repeatable: bool) -> Response:
    response = _typed(write.send(method, path, body, repeatable=repeatable))(path)
    write.accepted[-1] = response
    return response


def resolve(context: Context, current: RemoteObject | None) -> None:
    """Refuse fields that the task removes or retypes. Raise InputError for all of them."""
    findings = Findings()
    if current is not None and FIELDS in context.declared:
        custom_fields.check_growth(FIELDS.of(current.body), context.declared[FIELDS], findings)
    if findings.problems:
        raise InputError(findings)


def preflight(context: Context, plan: Plan) -> None:
    """Check a plan before its write by the core types and the limits of the API."""
    if plan.action not in ("create", "update"):
        return
    findings = Findings()
    limits.check_limits(context, plan, NAME, DESCRIPTION, findings)
    if findings.problems:
        raise InputError(findings, "with the data schema, nothing was written")


def refuse_removal(context: Context, plan: Plan) -> None:
    """Refuse to remove a schema of the type that the API keeps."""
    if TYPE.of(plan.before or {}) == LASTING_TYPE:
        raise GenesysError(
            f"The data schema {name_of(plan)!r} was not removed, because the API has no removal for the type "
            f"{LASTING_TYPE}. Set enabled to false instead."
        )


def after_write(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject | None:
    """Read the schema back. Bounds that the task does not give may be those that the API chose."""
    if plan.after is not None and written is not None:
        stored = {field["name"]: field for field in FIELDS.of(written.body)}
        given = {field["name"]: field for field in context.declared.get(FIELDS) or ()}
        fields = [
            _with_chosen(field, stored.get(field["name"], {}), given.get(field["name"], {}))
            for field in FIELDS.of(plan.after)
        ]
        plan = dataclasses.replace(plan, after={**plan.after, FIELDS.wire: fields})
    return read_back(context, plan, written)


def _with_chosen(sent: CustomField, stored: CustomField, given: CustomField) -> CustomField:
    """Return a field as it was sent, with the values that the API stored for keys that were not sent."""
    chosen = {
        key: value
        for key, value in stored.items()
        if sent.get(key) is None and given.get(key, value) is not None
    }
    return {**sent, **chosen}


def unrestorable(plan: Plan) -> dict[str, str]:
    """Return the clauses for new fields, new options and some new schemas, which the API does not remove."""
    if plan.action == "create" and TYPE.of(plan.after or {}) == LASTING_TYPE:
        return {"state": f"stays, because the API cannot remove the type {LASTING_TYPE}"}
    if plan.action != "update":
        return {}
    before = {field["name"]: field for field in FIELDS.of(plan.before or {})}
    after = FIELDS.of(plan.after or {})
    added = custom_fields.new_names(before.values(), after)
    options = [
        f"{field['name']}.{name}"
        for field in after
        if field["name"] in before
        for name in custom_fields.new_names(before[field["name"]].get("options"), field.get("options"))
    ]
    clauses = []
    if added:
        clauses.append(f"keeps its new field{'s' * (len(added) > 1)} {', '.join(map(repr, added))}")
    if options:
        plural = "s" * (len(options) > 1)
        clauses.append(f"keeps its new option{plural} {', '.join(map(repr, options))} as disabled")
    if not clauses:
        return {}
    return {FIELDS.option: f"{' and '.join(clauses)}, because the API removes neither fields nor options"}


def to_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of a schema. Keys of fields that have their usual values are left out."""
    options = options_of(resource, body, known)
    if FIELDS.option in options:
        options[FIELDS.option] = list(map(custom_fields.without_defaults, options[FIELDS.option]))
    return options


PLATFORM_RESOURCE = Resource(
    endpoint=Endpoint(
        path=_PATH,
        paging=UNPAGED,
        item_path=item_path,
        creation_path=creation_path,
        list_objects=list_objects,
        api_id=api_id,
        check_identity=check_identity,
        read=read,
        locking="version",
        decode=decode,
        encode=encode,
        complete=complete,
        send=send,
        unrestorable=unrestorable,
    ),
    fields=(NAME, TYPE, DESCRIPTION, ENABLED, FIELDS),
    server_owned=("id", "version", "appliesTo", "createdBy", "dateCreated"),
    created_field="dateCreated",
    other_types={
        "appliesTo": list_of(TEXT),
        "createdBy": object_of({"id": TEXT, "name": TEXT}),
        "dateCreated": TEXT,
        "jsonSchema": object_of({"title": TEXT}),
    },
    other_paths=limits.OTHER_PATHS,
    write_paths=tuple(
        one for path in PATHS.values() if path != _PATH for one in (path, f"{path}/{{schemaId}}")
    ),
    resolve=resolve,
    preflight=preflight,
    refuse_removal=refuse_removal,
    after_write=after_write,
    comparison=Comparison(take_away=custom_fields.take_away),
    to_options=to_options,
)
