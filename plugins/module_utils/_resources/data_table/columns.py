# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns of a data table: the JSON schema of the API and back, and their growth (N.6).

Private to the collection. A column in canonical form is C({name, type, title, default}) with the API's other
keys, such as C(maxLength), which survive an update.
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings
from ..._model.json_objects import Body, exact, merge_keys
from ..._model.json_type import ANY, TEXT, list_of, object_of
from ..._model.resource import Field
from . import values

KEY = "key"
MOST_COLUMNS = 50
LONGEST_NAME = 256

Column = dict[str, t.Any]

_OWN = ("name", "type", "title", "default")
_SCHEMA: Body = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "type": "object",
    "required": [KEY],
    "additionalProperties": False,
}
_NEW_KEY: Body = {"minLength": 1, "maxLength": values.LONGEST_KEY}
_NEW_TEXT: Body = {"minLength": 0, "maxLength": 262_144}


def from_schema(schema: t.Any) -> Body:
    """Return the parts of the canonical form that the schema has: C(columns), C(key), unknown keys.

    A schema of another form has none of them.
    """
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(properties, dict) or not all(isinstance(one, dict) for one in properties.values()):
        return {}
    others = {name: value for name, value in schema.items() if name not in (*_SCHEMA, "title", "properties")}
    return {
        "columns": [_column(name, properties[name]) for name in _in_order(properties) if name != KEY],
        "key": _without_place(properties.get(KEY, {})),
        **({"schema": others} if others else {}),
    }


def _column(name: str, described: Body) -> Column:
    column = {**_without_place(described), "name": name}
    if column.get("default") is None:
        column.pop("default", None)
    else:
        column["default"] = values.from_wire(described.get("type"), column["default"])
    return {"title": name, **column}


def _without_place(described: Body) -> Body:
    return {name: value for name, value in described.items() if name not in ("$id", "displayOrder")}


def _in_order(properties: dict[str, Body]) -> list[str]:
    """Return the names in display order. Old tables have no numbers: their order in the schema counts."""
    places = {name: described.get("displayOrder") for name, described in properties.items() if name != KEY}
    if not all(isinstance(place, int) for place in places.values()):
        return list(places)
    return sorted(places, key=lambda name: t.cast("int", places[name]))


def to_schema(body: Body, before: Body | None) -> Body:
    """Return the schema of a table in canonical form. New columns of texts get the usual bounds."""
    known = None if before is None else {column["name"] for column in COLUMNS.of(before)}
    key = {"title": KEY, **(_NEW_KEY if known is None else {}), **(body.get("key") or {}), "type": "string"}
    properties = {KEY: {"$id": f"/properties/{KEY}", **key, "displayOrder": 0}}
    for place, column in enumerate(body.get("columns") or (), 1):
        described = {name: value for name, value in column.items() if name != "name"}
        if "default" in described:
            described["default"] = values.to_wire(column["type"], described["default"])
        if column["type"] == "string" and column["name"] not in (known or ()):
            described = {**_NEW_TEXT, **described}
        name = column["name"]
        properties[name] = {"$id": f"/properties/{name}", **described, "displayOrder": place}
    return {**(body.get("schema") or {}), **_SCHEMA, "title": body["name"], "properties": properties}


def to_option(column: Column) -> Column:
    """Return a column as the option has it, without a title that is the name."""
    shown = {name: column[name] for name in _OWN if column.get(name) is not None}
    if shown.get("title") == column["name"]:
        del shown["title"]
    return shown


def declared_columns(given: list[Column], desired: t.Any) -> list[Column]:
    """Return the columns of a task with the keys that it gives. A null default removes the default."""
    return [
        {
            name: _default(column.get("type"), value) if name == "default" else value
            for name, value in column.items()
            if name == "default" or value is not None
        }
        for column in given
    ]


def _default(kind: str | None, value: t.Any) -> t.Any:
    """Return the canonical form of a default. A wrong one is a problem that the check of the task reports."""
    try:
        return values.convert(str(kind), value)
    except (KeyError, ValueError):
        return value


def merged(current: t.Any, declared: list[Column]) -> list[Column]:
    """Return the declared columns in their order, then the other current ones, which nothing can remove.

    A column keeps the title and the default that the task does not give.
    """
    known = {column["name"]: column for column in current} if isinstance(current, list) else {}
    result = []
    for column in declared:
        new = {"title": column["name"], **known.pop(column["name"], {}), **column}
        if new.get("default") is None:
            new.pop("default", None)
        result.append(new)
    return [*result, *known.values()]


def check_growth(current: list[Column], declared: list[Column], findings: Findings) -> None:
    """Add a problem for each column that the task removes or gives another type."""
    wanted = {column["name"]: column["type"] for column in declared}
    for column in current:
        name, kind = column["name"], column["type"]
        if name not in wanted:
            findings.problem(
                "columns",
                f"lacks {name!r}, which the data table has, and the API removes no column: declare it, or "
                "create another data table",
            )
        elif wanted[name] != kind:
            findings.problem(
                "columns",
                f"declares {name!r} as {wanted[name]}, but it is {kind} in the data table, and the API "
                "changes no type: correct it, or declare a column of another name",
            )


def new_names(before: Body, after: Body) -> list[str]:
    """Return the names of the columns that a change adds."""
    known = {column["name"] for column in COLUMNS.of(before)}
    return [column["name"] for column in COLUMNS.of(after) if column["name"] not in known]


def _comparable(columns: t.Any) -> t.Any:
    if not isinstance(columns, list):
        return columns
    return [[exact(column.get(name)) for name in _OWN] for column in columns]


def _as_options(columns: list[Column]) -> list[Column]:
    """Return the columns as the option has them."""
    return [{name: column.get(name) for name in _OWN} for column in columns]


#: The column of keys, of which a task gives the title alone.
KEY_TITLE = Field(
    "key_title",
    "key",
    {"title": KEY},
    to_wire=lambda title, desired: {"title": title},
    from_wire=lambda key: key.get("title"),
    canonical=lambda key: key.get("title", KEY),
    combine=merge_keys,
    json_type=object_of({"title": TEXT}),
)
COLUMNS = Field(
    "columns",
    "columns",
    [],
    to_wire=declared_columns,
    from_wire=_as_options,
    canonical=_comparable,
    combine=merged,
    json_type=list_of(
        object_of({"name": TEXT, "type": TEXT, "title": TEXT, "default": ANY}, ["name", "type"])
    ),
)
