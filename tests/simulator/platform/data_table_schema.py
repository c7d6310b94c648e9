# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema of a data table: its checks, its growth, and the values of rows that it accepts."""

from __future__ import annotations

import typing as t

from ..errors import ApiError, Detail
from ..store import Wire

TYPES = ("string", "integer", "number", "boolean")
MOST_COLUMNS = 50
LONGEST_KEY = 256
LONGEST_TEXT = 262_144
_ZERO: Wire = {"string": "", "integer": 0, "number": 0, "boolean": False}


def syntax_error(field: str, sentence: str) -> ApiError:
    detail = Detail(field, "invalid.value", sentence)
    return ApiError(400, "flows.datatables.syntax.error", "The data table is not valid.", details=[detail])


def checked(schema: Wire, title: str) -> Wire:
    """Return the schema as it is stored: as sent, but for its title. Raise 400 for an invalid one."""
    properties = schema.get("properties")
    if schema.get("required") != ["key"]:
        raise syntax_error("schema.required", 'must be ["key"].')
    if schema.get("type") != "object" or schema.get("additionalProperties") is not False:
        raise syntax_error("schema", "must be an object without additionalProperties.")
    if not isinstance(properties, dict) or not isinstance(properties.get("key"), dict):
        raise syntax_error("schema.properties", "must have the property key.")
    if properties["key"].get("type") != "string":
        raise syntax_error("schema.properties.key", "must be a string.")
    if len(properties) - 1 > MOST_COLUMNS:
        raise syntax_error("schema.properties", f"has more than {MOST_COLUMNS} fields.")
    for name, described in properties.items():
        _check_column(name, described)
    return {**schema, "title": title}


def _check_column(name: str, described: t.Any) -> None:
    place = f"schema.properties.{name}"
    if not name or len(name) > 256:
        raise syntax_error(place, "must have a name of 1 to 256 characters.")
    if not isinstance(described, dict) or described.get("type") not in TYPES:
        raise syntax_error(place, f"must have one of the types {', '.join(TYPES)}.")
    if "default" in described and not is_valid(described, described["default"]):
        raise syntax_error(f"{place}.default", f"must be a {described['type']}.")


def columns(schema: Wire) -> dict[str, Wire]:
    """Return the columns besides the key."""
    return {name: described for name, described in schema["properties"].items() if name != "key"}


def lost_column(old: Wire, new: Wire) -> str | None:
    """Return the first column that a new schema lacks or gives another type, or None."""
    fresh = columns(new)
    return next(
        (
            name
            for name, described in columns(old).items()
            if fresh.get(name, {}).get("type") != described["type"]
        ),
        None,
    )


def is_valid(described: Wire, value: t.Any) -> bool:
    """Return whether a column accepts a value."""
    kind = described["type"]
    if kind == "string":
        return isinstance(value, str) and len(value) <= LONGEST_TEXT
    if kind == "boolean":
        return isinstance(value, bool)
    numbers = (int,) if kind == "integer" else (int, float)
    return isinstance(value, numbers) and not isinstance(value, bool)


def default_of(described: Wire) -> t.Any:
    """Return the value of a column that a new row lacks."""
    return described.get("default", _ZERO[described["type"]])


def zero_of(described: Wire) -> t.Any:
    return _ZERO[described["type"]]


def checked_row(schema: Wire, given: t.Any) -> Wire:
    """Return the key and the given values of a row. Raise 400 for an invalid one. Null is no value."""
    if not isinstance(given, dict):
        raise syntax_error("body", "must be an object.")
    row = {name: value for name, value in given.items() if value is not None}
    key = row.get("key")
    if not isinstance(key, str) or not 1 <= len(key) <= LONGEST_KEY:
        raise syntax_error("key", f"must be a string of 1 to {LONGEST_KEY} characters.")
    described = columns(schema)
    for name, value in row.items():
        if name != "key" and name not in described:
            raise syntax_error(name, "is no field of the data table.")
        if name != "key" and not is_valid(described[name], value):
            raise syntax_error(name, f"must be a {described[name]['type']}.")
    return row


def filled(schema: Wire, row: Wire) -> Wire:
    """Return a row with the defaults of the columns that it lacks."""
    return {**{name: default_of(one) for name, one in columns(schema).items()}, **row}
