# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data schemas that tests on the platform API store and read."""

from __future__ import annotations

import typing as t

from unit.platform.conftest import Tasks

Wire = dict[str, t.Any]

#: The list of each type, and its kind in the simulator.
LISTS = {
    "workitem": "/api/v2/taskmanagement/workitems/schemas",
    "external_contact": "/api/v2/externalcontacts/contacts/schemas",
    "external_organization": "/api/v2/externalcontacts/organizations/schemas",
}
KINDS = {
    "workitem": "workitem_schemas",
    "external_contact": "contact_schemas",
    "external_organization": "organization_schemas",
}
CLAIMS = {"name": "Claims", "type": "workitem"}
#: One field of each core type.
FIELDS = [
    {"name": "text", "type": "text", "title": "Text", "description": "d", "min_length": 1, "max_length": 50},
    {"name": "longtext", "type": "longtext", "max_length": 500},
    {"name": "url", "type": "url"},
    {"name": "identifier", "type": "identifier", "min_length": 2},
    {
        "name": "enum",
        "type": "enum",
        "options": [{"name": "gold", "title": "Gold"}, {"name": "silver", "disabled": True}],
    },
    {"name": "date", "type": "date"},
    {"name": "datetime", "type": "datetime"},
    {"name": "integer", "type": "integer", "minimum": -3, "maximum": "9007199254740991"},
    {"name": "number", "type": "number", "minimum": "-0.5", "maximum": 10},
    {"name": "checkbox", "type": "checkbox"},
    {
        "name": "tag",
        "type": "tag",
        "min_items": 0,
        "max_items": 10,
        "unique_items": True,
        "item_min_length": 1,
        "item_max_length": 20,
    },
]


def core(name: str, **more: t.Any) -> Wire:
    """Return a property of a core type, as another client stores it."""
    return {"allOf": [{"$ref": f"#/definitions/{name}"}], "title": name.title(), **more}


#: The properties of the fields above.
PROPERTIES = {
    "text": {**core("text", description="d", minLength=1, maxLength=50)},
    "longtext": {**core("longtext", maxLength=500), "title": "longtext"},
    "url": {**core("url"), "title": "url"},
    "identifier": {**core("identifier", minLength=2), "title": "identifier"},
    "enum": {
        **core("enum", enum=["gold", "silver"]),
        "title": "enum",
        "_enumProperties": {
            "gold": {"title": "Gold", "_disabled": False},
            "silver": {"title": "silver", "_disabled": True},
        },
    },
    "date": {**core("date"), "title": "date"},
    "datetime": {**core("datetime"), "title": "datetime"},
    "integer": {**core("integer", minimum=-3, maximum=9007199254740991), "title": "integer"},
    "number": {**core("number", minimum=-0.5, maximum=10), "title": "number"},
    "checkbox": {**core("checkbox"), "title": "checkbox"},
    "tag": {
        **core("tag", minItems=0, maxItems=10, uniqueItems=True, items={"minLength": 1, "maxLength": 20}),
        "title": "tag",
    },
}


def seeded(tasks: Tasks, properties: Wire | None = None, kind: str = "workitem", **fields: t.Any) -> Wire:
    """Store a schema as another client has made it."""
    schema = {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": "Claims",
        "description": "d",
        "properties": {"text": core("text")} if properties is None else properties,
    }
    one: Wire
    (one,) = tasks.org.seed([{"name": "Claims", "jsonSchema": schema, **fields}], KINDS[kind])
    return one


def schemas(tasks: Tasks, kind: str = "workitem") -> list[Wire]:
    """Return the stored schemas of a type that are not deleted."""
    return [one for one in tasks.org.objects(KINDS[kind]) if not one.get("deleted")]


def stored(tasks: Tasks, kind: str = "workitem") -> Wire:
    (one,) = schemas(tasks, kind)
    return one


def properties(tasks: Tasks, kind: str = "workitem") -> Wire:
    return dict(stored(tasks, kind)["jsonSchema"]["properties"])
