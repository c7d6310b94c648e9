# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema of a custom object in the reference API: fields, checks and hooks.

Private to the collection.
"""

from __future__ import annotations

import dataclasses

from ..._engine.context import Context
from ..._errors import InputError
from ..._findings import Findings
from ..._model.comparison import Comparison
from ..._model.endpoint import Endpoint
from ..._model.json_objects import Body
from ..._model.json_type import TEXT, WHOLE_NUMBER, either, list_of, object_of
from ..._model.options import KnownObjects, Options, options_of
from ..._model.plan import Plan, RemoteObject
from ..._model.resource import Field, Resource
from .indexes import (
    canonical_indexes,
    combine_hints,
    combine_indexes,
    hints_of,
    hints_to_wire,
    indexes_to_wire,
    show_fields,
    show_hints,
    show_indexes,
    take_away,
)
from .rebuild import await_rebuild, read_past_rebuild
from .rules import judge_schema
from .verify_query import verify_query

_INDEX = object_of(
    {"name": TEXT, "fields": list_of(TEXT), "order": either(TEXT, list_of(TEXT))}, ["name", "fields"]
)
_FIELD = object_of(
    {
        "name": TEXT,
        "type": TEXT,
        "maxLength": WHOLE_NUMBER,
        "referenceTo": TEXT,
        "cardinalityHint": TEXT,
    },
    ["name"],
)


def preflight(context: Context, plan: Plan) -> None:
    """Validate the schema after the change; raise InputError with all violations (S4.1)."""
    findings = Findings()
    judge_schema(plan.after or {}, context.desired, findings)
    for warning in findings.warnings:
        context.findings.warn(*warning)
    if findings.problems:
        raise InputError(findings)


def check_current(context: Context, plan: Plan, found: RemoteObject) -> None:
    """Validate a schema that needed no change by the same rules, then run the verification query (S4.7)."""
    if plan.action == "none":
        preflight(context, plan)
    if context.desired.verify_query is not None:
        verify_query(context, plan, found.body)


def to_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of a schema, which only its id names."""
    return {resource.id_option: body["id"], **options_of(resource, body, known)}


REFERENCE_RESOURCE = Resource(
    endpoint=Endpoint(path="/api/v2/data-gateway/customobjects/schemas", paging=None),
    fields=(
        Field(
            "indexes",
            "indexes",
            [],
            to_wire=indexes_to_wire,
            from_wire=show_indexes,
            canonical=canonical_indexes,
            combine=combine_indexes,
            json_type=list_of(_INDEX),
        ),
        Field(
            "field_optimizations",
            "fields",
            [],
            to_wire=hints_to_wire,
            from_wire=show_hints,
            canonical=hints_of,
            combine=combine_hints,
            json_type=list_of(_FIELD),
        ),
    ),
    server_owned=("id", "schemaVersion", "lastUpdated"),
    event="customobject.schema",
    other_types={"description": TEXT, "schemaVersion": WHOLE_NUMBER, "lastUpdated": TEXT},
    creatable=False,
    preflight=preflight,
    after_write=await_rebuild,
    refresh=read_past_rebuild,
    check_current=check_current,
    to_options=to_options,
    comparison=Comparison(take_away=take_away),
)
#: The whole schema, as the info module shows it.
WHOLE_SCHEMA_RESOURCE = dataclasses.replace(
    REFERENCE_RESOURCE,
    fields=(
        *REFERENCE_RESOURCE.fields,
        Field("fields", "fields", [], from_wire=show_fields, json_type=list_of(_FIELD)),
    ),
)
