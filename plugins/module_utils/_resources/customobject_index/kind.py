# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Custom object schemas: their indexes and cardinality hints (features S4.1 to S4.7, S4.9).

Private to the collection. The schema itself is neither created nor removed: C(state) is about its indexes.
"""

from __future__ import annotations

import dataclasses
import json
import typing as t

from ..._arguments.validation import validate
from ..._deps import pydantic
from ..._findings import Findings, did_you_mean
from ..._model.desired_state import CONFLICT_OPTIONS, DeferredModel, DesiredState
from ..._model.resource import ResourceKind
from . import reference
from .indexes import (
    HINTS,
    ORDERS,
)
from .rules import MAX_INDEXES, judge_declaration

OPTIONS: dict[str, dict[str, t.Any]] = {
    "custom_object_id": {"type": "str", "required": True},
    "state": {"type": "str", "choices": ["present", "absent", "validated"], "default": "present"},
    "indexes": {
        "type": "list",
        "elements": "dict",
        "options": {
            "name": {"type": "str", "required": True},
            "fields": {"type": "list", "elements": "str"},
            "order": {"type": "raw"},
            "state": {"type": "str", "choices": ["present", "absent"]},
        },
    },
    "field_optimizations": {"type": "dict"},
    "max_indexes": {"type": "int", "default": MAX_INDEXES},
    "on_low_selectivity": {"type": "str", "choices": ["fail", "warn", "ignore"], "default": "fail"},
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "float", "default": 300.0},
    "verify_query": {
        "type": "dict",
        "options": {
            "field": {"type": "str", "required": True},
            "value": {"type": "raw", "required": True},
            "on_full_scan": {"type": "str", "choices": ["fail", "warn"], "default": "warn"},
        },
    },
    **CONFLICT_OPTIONS,
}
_OPTIMIZATION = {"cardinality_hint": {"type": "str", "choices": list(HINTS)}}


class Index(DeferredModel):
    """A declared index with its fields in order; C(validate_options) gives every index a C(state)."""

    name: str
    fields: list[str] | None = None
    order: t.Any = None  # check() reports errors in it precisely
    state: str = "present"


class FieldOptimization(DeferredModel):
    """The hints that a task declares for one field, for the platform's query planner."""

    cardinality_hint: str | None = None


class VerifyQuery(DeferredModel):
    """A query for equality that an index should serve."""

    field: str
    value: t.Any
    on_full_scan: str = "warn"


class CustomObjectIndexes(DesiredState):
    """The desired indexes and hints of one custom object's schema, as the task declares them."""

    id: str = pydantic.Field(alias="custom_object_id")
    indexes: list[Index] | None = None
    field_optimizations: dict[str, FieldOptimization | None] | None = None
    max_indexes: int = pydantic.Field(default=MAX_INDEXES, ge=0)
    on_low_selectivity: str = "fail"
    wait: bool = True
    wait_timeout: float = pydantic.Field(default=300.0, gt=0, allow_inf_nan=False)
    verify_query: VerifyQuery | None = None


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone and give each index a C(state), by default the task's (S4.9)."""
    indexes = [index for index in given.get("indexes") or [] if index is not None]
    if given.get("state") == "absent":
        _check_removal(given, indexes, findings)
    names: list[str] = []
    for number, index in enumerate(given.get("indexes") or []):
        if index is None:
            continue
        path, name = f"indexes[{number}]", index.get("name")
        index["state"] = index.get("state") or ("absent" if given.get("state") == "absent" else "present")
        if name in names:
            findings.problem(f"{path}.name", f"{name!r} is declared twice: the name identifies an index")
        if name is not None:
            names.append(name)
            if not name.strip():
                findings.problem(f"{path}.name", "must not be empty")
        if index["state"] == "present":
            _check_index(index, path, findings)
    _check_optimizations(given, findings)
    _check_query(given.get("verify_query"), findings)
    if given.get("state") == "validated":
        judge_declaration(given.get("indexes") or [], given.get("max_indexes", MAX_INDEXES), findings)
    elif given.get("state") == "absent":
        given["state"] = "present"  # the schema itself stays
    return {}


def _check_removal(given: dict[str, t.Any], indexes: list[dict[str, t.Any]], findings: Findings) -> None:
    if not given.get("indexes"):
        findings.problem("indexes", "is required with state absent: name the indexes to remove")
    if given.get("field_optimizations") is not None:
        findings.problem(
            "field_optimizations", "cannot be given with state absent, which only removes indexes"
        )
    if any(index.get("state") == "present" for index in indexes):
        findings.problem("state", "absent contradicts an index with state present: omit one of them")


def _check_index(index: dict[str, t.Any], path: str, findings: Findings) -> None:
    fields, order = index.get("fields"), index.get("order")
    if not fields:
        findings.problem(f"{path}.fields", "must name at least one field, or give the index state absent")
    for number, name in enumerate(fields or []):
        if name is not None and not name.strip():
            findings.problem(f"{path}.fields[{number}]", "must not be empty")
    for number, direction in enumerate(order if isinstance(order, list) else [order]):
        if direction not in ORDERS and order is not None:
            where = f"{path}.order[{number}]" if isinstance(order, list) else f"{path}.order"
            given_as = json.dumps(direction, default=str)
            findings.problem(where, f"{given_as} is not a direction{did_you_mean(str(direction), ORDERS)}")
    if isinstance(order, list) and fields and len(order) != len(fields):
        findings.problem(
            f"{path}.order",
            f"has {len(order)} directions for {len(fields)} fields: give one for all, or one for each",
        )


def _check_optimizations(given: dict[str, t.Any], findings: Findings) -> None:
    checked: dict[str, t.Any] = {}
    for name, optimization in (given.get("field_optimizations") or {}).items():
        path = f"field_optimizations.{name}"
        if optimization is not None and not isinstance(optimization, dict):
            findings.problem(
                path, "must be a dictionary such as {cardinality_hint: high}, or null to reset it"
            )
        else:
            checked[str(name)] = optimization and validate(_OPTIMIZATION, optimization, findings, path)
    if checked:
        given["field_optimizations"] = checked


def _check_query(query: dict[str, t.Any] | None, findings: Findings) -> None:
    value = None if query is None else query.get("value")
    if isinstance(value, (dict, list)):
        findings.problem("verify_query.value", "must be a string, a number or a boolean")


CUSTOM_OBJECT_INDEX = ResourceKind(
    name="customobject_index",
    title="custom object schema",
    options=OPTIONS,
    model=CustomObjectIndexes,
    profiles={"reference": reference.REFERENCE_RESOURCE},
    identity=(),
    id_option="custom_object_id",
    list_option="customobject_indexes",
    waits=True,
    validate=validate_options,
)
#: The kind as its info module returns it, with all fields of the schema.
CUSTOM_OBJECT = dataclasses.replace(
    CUSTOM_OBJECT_INDEX, profiles={"reference": reference.WHOLE_SCHEMA_RESOURCE}
)
