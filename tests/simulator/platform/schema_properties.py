# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The properties of a data schema: their check, and what a new version may change in them."""

from __future__ import annotations

import typing as t

from ..errors import ApiError, Detail, bad_request
from ..store import Wire
from .schema_core_types import ITEM_LIMITS, LIMITS_OF_TYPES, MOST_FIELDS

_REFERENCE = "#/definitions/"


def core_type(described: t.Any) -> str | None:
    """Return the core type that a property refers to, None if it refers to none."""
    match described:
        case {"allOf": [{"$ref": str() as reference}]} if (
            reference.removeprefix(_REFERENCE) in LIMITS_OF_TYPES
        ):
            return reference.removeprefix(_REFERENCE)
    return None


def checked(schema: Wire) -> Wire:
    """Return the properties of a schema. Raise 400 for an invalid one."""
    properties = schema.get("properties") or {}
    if not isinstance(properties, dict) or len(properties) > MOST_FIELDS:
        raise _refused("properties", f"must be an object with {MOST_FIELDS} properties at most.")
    for name, described in properties.items():
        kind = core_type(described)
        if kind is None:
            raise _refused(f"properties.{name}", "must refer to a core type.")
        _check_limits(described, LIMITS_OF_TYPES[kind], f"properties.{name}")
        _check_limits(described.get("items") or {}, ITEM_LIMITS.get(kind, {}), f"properties.{name}.items")
        _check_options(described, kind, f"properties.{name}")
    return properties


def _check_limits(described: Wire, limits: Wire, place: str) -> None:
    for key, allowed in limits.items():
        value = described.get(key)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise _refused(f"{place}.{key}", "must be a number.")
        if not allowed["min"] <= value <= allowed["max"]:
            raise _refused(f"{place}.{key}", f"must be from {allowed['min']} to {allowed['max']}.")


def _check_options(described: Wire, kind: str, place: str) -> None:
    options, shown = described.get("enum"), described.get("_enumProperties") or {}
    if (kind == "enum") != bool(options):
        raise _refused(f"{place}.enum", "must have values if the core type is enum, else none.")
    if options and (len(set(options)) != len(options) or not set(shown) <= set(options)):
        raise _refused(f"{place}._enumProperties", "must describe values of enum, which are unique.")


def check_growth(old: Wire, new: Wire) -> None:
    """Raise 400 if a version lacks a property or an option, or changes a core type."""
    wanted = new.get("properties") or {}
    for name, described in (old.get("properties") or {}).items():
        if core_type(wanted.get(name)) != core_type(described):
            raise _refused(f"properties.{name}", "can be neither removed nor given another core type.")
        if set(described.get("enum") or ()) - set(wanted[name].get("enum") or ()):
            raise _refused(f"properties.{name}.enum", "keeps all its values.")


def filled(properties: Wire) -> Wire:
    """Return the properties with the bounds of texts that they lack."""
    return {
        name: {"minLength": 0, "maxLength": LIMITS_OF_TYPES["text"]["maxLength"]["max"], **described}
        if core_type(described) == "text"
        else described
        for name, described in properties.items()
    }


def _refused(field: str, sentence: str) -> ApiError:
    return bad_request("The schema is not valid.", [Detail(f"jsonSchema.{field}", "invalid.value", sentence)])
