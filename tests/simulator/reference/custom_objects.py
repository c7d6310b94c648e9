# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of custom objects: C(/api/v2/data-gateway/customobjects) in C(openapi.yaml)."""

from __future__ import annotations

import hashlib
import itertools
import json
import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Call, json_response
from ..errors import ApiError, Detail, bad_request, not_found
from ..routing import route
from ..store import Kind, Stored, Wire
from .body_shapes import AnyJson, Integer, ListOf, Object, OneOrList, Scalar, Shape, Text
from .paging import decode_token, encode_token
from .preconditions import matches
from .schema_indexes import index_for, index_problems, with_order
from .schema_rebuilds import Rebuilds

READ = ("customobjects:customobject:read",)
WRITE = ("customobjects:customobject:write",)
QUERY = ("customobjects:customobject:query",)

SCHEMAS = Kind(
    name="customobjects",
    path="/api/v2/data-gateway/customobjects/schemas",
    version_field="schemaVersion",
    modified_field="lastUpdated",
    event="customobject.schema",
)
#: Records for queries, C({id, customObjectId, values{field: value}}). Only the control API writes them.
RECORDS = Kind(name="customobject_records", path="")
QUERIES_PATH = "/api/v2/data-gateway/customobjects/queries"

ORDER = Text(("asc", "desc"))
FIELD = Object(
    required={"name": Text(), "type": Text()},
    optional={
        "maxLength": Integer(1),
        "referenceTo": Text(empty=True),
        "cardinalityHint": Text(("low", "medium", "high")),
    },
)
INDEX = Object(
    required={"name": Text(), "fields": ListOf(Text())},
    optional={"order": OneOrList(ORDER, ListOf(ORDER))},
)
SCHEMA = Object(
    required={"name": Text(), "fields": ListOf(FIELD)},
    optional={
        "description": Text(empty=True),
        "indexes": ListOf(INDEX),
        "customFields": ListOf(AnyJson()),
    },
    ignored=SCHEMAS.server_owned,
)
TERM = Object(required={"type": Text(("term",)), "field": Text(), "value": Scalar()})
QUERY_BODY: Shape = Object(
    required={"customObjectId": Text(), "query": TERM},
    optional={"limit": Integer(1, MAX_PAGE_SIZE), "pageToken": Text()},
)


def routes() -> list[Route]:
    return [
        route(SCHEMAS.path + "/{id}", GET=(read, READ), PUT=(replace, WRITE)),
        route(QUERIES_PATH, POST=(query, QUERY)),
    ]


def read(call: Call) -> Response:
    return schema_response(call, call.visible_object(SCHEMAS), reading=True)


def replace(call: Call) -> Response:
    """Replace a schema at once. Reads show its indexes and version as the rebuild proceeds."""
    stored = call.current_object(SCHEMAS)
    fields = validated_fields(call, stored)
    before = call.org.state(Rebuilds).visible_schema(stored)
    if not matches(call, etag(before, stored)):
        raise ApiError(412, "precondition.failed", "The schema was changed by another writer.")
    call.org.state(Rebuilds).start(before, stored.id)
    return schema_response(call, call.org[SCHEMAS].replace(stored, fields))


def schema_response(call: Call, stored: Stored, *, reading: bool = False) -> Response:
    view = call.org.state(Rebuilds).visible_schema(stored, reading=reading)
    return json_response(view, headers={"ETag": f'"{etag(view, stored)}"'})


def etag(view: Wire, stored: Stored) -> str:
    """Compute the ETag from the visible and the accepted schema: a full replacement depends on both."""
    text = json.dumps([view, stored.wire["schemaVersion"]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def validated_fields(call: Call, stored: Stored) -> Wire:
    """Return the checked body without server-owned fields. Raise the error response of an invalid body."""
    body = call.json_object()
    problems: list[Detail] = []
    SCHEMA.check(body, "", [stored.wire], problems)
    if not problems:
        problems = index_problems(body)
    if problems:
        raise bad_request("The schema is not valid.", problems)
    return with_order({key: value for key, value in body.items() if key not in SCHEMAS.server_owned})


def query(call: Call) -> Response:
    """Return records whose field has a value, in order of creation. An index serves its first field only."""
    body = call.json_object()
    problems: list[Detail] = []
    QUERY_BODY.check(body, "", [], problems)
    if problems:
        raise bad_request("The query is not valid.", problems)
    stored = call.org[SCHEMAS].read(body["customObjectId"])
    if stored is None:
        raise not_found(f"The custom object {body['customObjectId']}")
    schema, field, value = (
        call.org.state(Rebuilds).visible_schema(stored),
        body["query"]["field"],
        body["query"]["value"],
    )
    if field not in {known["name"] for known in schema.get("fields", [])}:
        raise bad_request("The query is not valid.", [Detail("query.field", "field.unknown", f"{field}.")])
    after = decode_token(body["pageToken"], "pageToken") if "pageToken" in body else 0
    records = [
        record for record in call.org[RECORDS].listed() if record.wire.get("customObjectId") == stored.id
    ]
    found = (
        record
        for record in records
        if record.order > after and json_equal(record.wire.get("values", {}).get(field), value)
    )
    limit = body.get("limit", DEFAULT_PAGE_SIZE)
    page = list(itertools.islice(found, limit + 1))
    index = index_for(field, schema)
    outcome: Wire = {
        "results": [record.wire for record in page[:limit]],
        "queryPlan": {"type": "INDEX_SCAN", "index": index} if index else {"type": "FULL_SCAN"},
        "indexUsed": index is not None,
    }
    outcome["queryPlan"]["examined"] = len(page) if index else len(records)
    if len(page) > limit:
        outcome["nextPageToken"] = encode_token(page[limit - 1])
    return json_response(outcome)


def json_equal(one: t.Any, other: t.Any) -> bool:
    """Return whether two JSON values are equal. In JSON, unlike in Python, true is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
