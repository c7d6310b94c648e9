# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of a data schema by the core types and the limits that the org's API announces (N.8).

Private to the collection. Both are read once in a run, and only before a write. Values that the API does not
announce are not checked.
"""

from __future__ import annotations

import typing as t

from ..._engine.context import Context
from ..._engine.received_objects import check_type
from ..._findings import Findings, did_you_mean
from ..._model.json_objects import Body
from ..._model.json_type import NUMBER, TEXT, WHOLE_NUMBER, JsonType, list_of, object_of
from ..._model.plan import Plan
from ..._model.resource import Field
from .custom_fields import FIELDS, CustomField, new_names
from .schema_types import PATHS

_LIMITS = "limits"
_CORE_TYPES = "coretypes"
#: The paths of the checks, for the list of permissions.
OTHER_PATHS = tuple(f"{path}/{name}" for path in PATHS.values() for name in (_LIMITS, _CORE_TYPES))
_MOST_FIELDS = "maxNumberOfFieldsPerSchema"
_RANGE = object_of({"min": NUMBER, "max": NUMBER})
#: The ranges of a core type, by the options of a field.
_RANGES = {
    "validationLimits": {
        "min_length": "minLength",
        "max_length": "maxLength",
        "minimum": "minimum",
        "maximum": "maximum",
        "min_items": "minItems",
        "max_items": "maxItems",
    },
    "itemValidationLimits": {"item_min_length": "minLength", "item_max_length": "maxLength"},
}
_CORE_TYPE = object_of(
    {
        "name": TEXT,
        **{key: object_of(dict.fromkeys(ranges.values(), _RANGE)) for key, ranges in _RANGES.items()},
    }
)


def check_limits(context: Context, plan: Plan, name: Field, description: Field, findings: Findings) -> None:
    """Add a problem for each declared value beyond what the API announces."""
    after, before = plan.after or {}, plan.before or {}
    limits = _read(context, str(after["type"]), _LIMITS, _limits_type(), "limits of schemas")
    for managed, part in ((name, "SchemaName"), (description, "SchemaDescription")):
        if managed in plan.changed:
            _check_length(managed.of(after), limits, part, managed.option, findings)
    fields = _changed_fields(context, before, after)
    added = new_names(FIELDS.of(before), FIELDS.of(after))
    most, count = limits.get(_MOST_FIELDS), len(FIELDS.of(after))
    if added and most is not None and count > most:
        findings.problem("fields", f"has {count} fields, and a data schema can have {most}")
    if not fields:
        return
    core_types = _core_types(context, str(after["type"]))
    for place, field in fields:
        if field["name"] in added:
            _check_length(field["name"], limits, "FieldName", f"{place}.name", findings)
        _check_length(field.get("title"), limits, "FieldTitle", f"{place}.title", findings)
        _check_length(field.get("description"), limits, "FieldDescription", f"{place}.description", findings)
        _check_core_type(field, core_types, place, findings)


def _changed_fields(context: Context, before: Body, after: Body) -> list[tuple[str, CustomField]]:
    """Return the declared fields that the plan changes, each with its path in the task."""
    declared = context.desired.fields or []
    places = {one["name"]: f"fields[{index}]" for index, one in enumerate(declared)}
    was, will_be = (FIELDS.comparable(FIELDS.of(body)) for body in (before, after))
    return [
        (places[field["name"]], field)
        for field in FIELDS.of(after)
        if field["name"] in places and was.get(field["name"]) != will_be[field["name"]]
    ]


def _check_length(value: t.Any, limits: Body, part: str, place: str, findings: Findings) -> None:
    least, most = (limits.get(f"{bound}{part}Characters") for bound in ("min", "max"))
    length = len(value) if isinstance(value, str) else 0
    if length and ((least is not None and length < least) or (most is not None and length > most)):
        findings.problem(place, f"has {length} characters, and the API allows {_shown_range(least, most)}")


def _check_core_type(field: CustomField, core_types: dict[str, Body], place: str, findings: Findings) -> None:
    kind = field.get("type")
    if not core_types or kind is None:
        return
    if kind not in core_types:
        findings.problem(
            f"{place}.type", f"{kind!r} is no core type of this API{did_you_mean(kind, core_types)}"
        )
        return
    for group, ranges in _RANGES.items():
        for option, key in ranges.items():
            allowed = (core_types[kind].get(group) or {}).get(key) or {}
            value, least, most = field.get(option), allowed.get("min"), allowed.get("max")
            below = least is not None and value is not None and value < least
            above = most is not None and value is not None and value > most
            if below or above:
                findings.problem(
                    f"{place}.{option}",
                    f"is {value}, and the API allows {_shown_range(least, most)} for {kind}",
                )


def _shown_range(least: t.Any, most: t.Any) -> str:
    if least is None:
        return f"{most} at most"
    return f"{least} at least" if most is None else f"{least} to {most}"


def _limits_type() -> JsonType:
    parts = ("SchemaName", "SchemaDescription", "FieldName", "FieldTitle", "FieldDescription")
    bounds = [f"{bound}{part}Characters" for part in parts for bound in ("min", "max")]
    return object_of(dict.fromkeys([*bounds, _MOST_FIELDS], WHOLE_NUMBER))


def _core_types(context: Context, kind: str) -> dict[str, Body]:
    """Return the core types by name."""
    listed = object_of({"entities": list_of(_CORE_TYPE)})
    read = _read(context, kind, _CORE_TYPES, listed, "list of core types")
    return {one["name"]: one for one in read.get("entities") or () if one.get("name")}


def _read(context: Context, kind: str, name: str, json_type: JsonType, title: str) -> Body:
    """Return an object beside the schemas of a type, without content if the API does not have it."""
    path = f"{PATHS[kind]}/{name}"

    def read() -> Body:
        response = context.client.get(path, allow_missing=True)
        if response is None:
            return {}
        check_type(json_type, response.data, f"GET {path}", title)
        return t.cast("Body", response.data)

    return context.run_cache.get_or_compute(path, read)
