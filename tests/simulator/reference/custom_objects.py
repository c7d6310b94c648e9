# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Custom object schemas with their indexes, and queries. Source: API.md, "Custom objects"; seed 004."""

from __future__ import annotations

import hashlib
import itertools
import json
import typing as t

from starlette.responses import Response
from starlette.routing import Route

from ..call import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Call, answer
from ..errors import ApiError, Detail, bad_request, not_found
from ..routing import resource
from ..store import Kind, Stored, Wire
from .body_shapes import Anything, Either, Entries, Record, Scalar, Shape, Text, Whole
from .paging import place, token
from .preconditions import matches
from .schema_indexes import index_faults, index_for, with_order

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
#: What queries find: C({id, customObjectId, values{field: value}}); only the control API writes them.
RECORDS = Kind(name="customobject_records", path="")
QUERIES_PATH = "/api/v2/data-gateway/customobjects/queries"

ORDER = Text(("asc", "desc"))
FIELD = Record(
    required={"name": Text(), "type": Text()},
    optional={
        "maxLength": Whole(1),
        "referenceTo": Text(empty=True),
        "cardinalityHint": Text(("low", "medium", "high")),
    },
)
INDEX = Record(
    required={"name": Text(), "fields": Entries(Text())},
    optional={"order": Either(ORDER, Entries(ORDER))},
)
SCHEMA = Record(
    required={"name": Text(), "fields": Entries(FIELD)},
    optional={
        "description": Text(empty=True),
        "indexes": Entries(INDEX),
        "customFields": Entries(Anything()),
    },
    ignored=SCHEMAS.owned,
)
TERM = Record(required={"type": Text(("term",)), "field": Text(), "value": Scalar()})
QUERY_BODY: Shape = Record(
    required={"customObjectId": Text(), "query": TERM},
    optional={"limit": Whole(1, MAX_PAGE_SIZE), "pageToken": Text()},
)


def routes() -> list[Route]:
    return [
        resource(SCHEMAS.path + "/{id}", GET=(read, READ), PUT=(replace, WRITE)),
        resource(QUERIES_PATH, POST=(query, QUERY)),
    ]


def read(call: Call) -> Response:
    return shown(call, call.shown(SCHEMAS), reading=True)


def replace(call: Call) -> Response:
    """Accepted at once and whole; indexes and version show when the rebuild brings them."""
    stored = call.target(SCHEMAS)
    fields = accepted(call, stored)
    before = call.org.rebuilds.seen(stored)
    if not matches(call, etag(before, stored)):
        raise ApiError(412, "precondition.failed", "The schema was changed by somebody else.")
    call.org.rebuilds.begin(before, stored.id)
    return shown(call, call.org[SCHEMAS].replace(stored, fields))


def shown(call: Call, stored: Stored, *, reading: bool = False) -> Response:
    view = call.org.rebuilds.seen(stored, reading=reading)
    return answer(view, headers={"ETag": f'"{etag(view, stored)}"'})


def etag(view: Wire, stored: Stored) -> str:
    """Of what shows and of what was accepted: both change the outcome of a full replacement."""
    text = json.dumps([view, stored.wire["schemaVersion"]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def accepted(call: Call, stored: Stored) -> Wire:
    """The checked body without what the server owns."""
    body = call.json_object()
    faults: list[Detail] = []
    SCHEMA.check(body, "", [stored.wire], faults)
    if not faults:
        faults = index_faults(body)
    if faults:
        raise bad_request("The schema is not valid.", faults)
    return with_order({key: value for key, value in body.items() if key not in SCHEMAS.owned})


def query(call: Call) -> Response:
    """Records whose field has the value, in order of creation; an index serves its first field only."""
    body = call.json_object()
    faults: list[Detail] = []
    QUERY_BODY.check(body, "", [], faults)
    if faults:
        raise bad_request("The query is not valid.", faults)
    stored = call.org[SCHEMAS].read(body["customObjectId"])
    if stored is None:
        raise not_found(f"The custom object {body['customObjectId']}")
    schema, field, value = call.org.rebuilds.seen(stored), body["query"]["field"], body["query"]["value"]
    if field not in {known["name"] for known in schema.get("fields", [])}:
        raise bad_request("The query is not valid.", [Detail("query.field", "field.unknown", f"{field}.")])
    behind = place(body["pageToken"], "pageToken") if "pageToken" in body else 0
    records = [
        record for record in call.org[RECORDS].listed() if record.wire.get("customObjectId") == stored.id
    ]
    found = (
        record
        for record in records
        if record.order > behind and equal(record.wire.get("values", {}).get(field), value)
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
        outcome["nextPageToken"] = token(page[limit - 1])
    return answer(outcome)


def equal(one: t.Any, other: t.Any) -> bool:
    """As JSON sees it: true is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
