# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resource type of data schemas of workitems. The provider has none of other data schemas.

Private to the collection. Pure.
"""

from __future__ import annotations

import typing as t

from .._model.json_objects import Body
from .._resources.data_schema.custom_fields import from_properties
from .attributes import Attributes
from .expressions import shown

_TYPE = "workitem"
_UNKNOWN = "has no option in the collection: name it in ignore"


def data_schema(given: Attributes) -> Body:
    """Return a data schema. Its keys without an option are problems, which the user can ignore."""
    given.skip_computed("version")
    properties = given.json_object("properties") or {}
    for name, described in properties.items():
        for path, message in _problems(name, described):
            if not given.scope.ignores(f"{given.path}.properties.{path}"):
                given.problem(f"properties.{path}", message)
    enabled = given.boolean("enabled")
    return {
        "name": given.text("name", required=True),
        "type": _TYPE,
        **({} if enabled is None else {"enabled": enabled}),
        "jsonSchema": {"description": given.text("description"), "properties": properties},
    }


def _problems(name: str, described: t.Any) -> t.Iterator[tuple[str, str]]:
    """Yield path and message of each part of a property that no option has."""
    if not isinstance(described, dict):
        yield name, f"must be an object, not {shown(described)}"
        return
    (field,) = from_properties({name: described})
    others = dict(field.get("other") or {})
    if field["type"] is None:
        others.pop("allOf", None)
        yield name, "must have the reference to one core type in allOf"
    for key, value in others.items():
        yield from _unknown(f"{name}.{key}", value)
    titles = described.get("_enumProperties")
    for option in field["options"] or ():
        for key, value in option.get("other", {}).items():
            yield from _unknown(f"{name}._enumProperties.{option['name']}.{key}", value)
    own = titles.values() if isinstance(titles, dict) else () if titles is None else (titles,)
    if any(not isinstance(one, dict) for one in own):
        yield f"{name}._enumProperties", "must have an object for each option"


def _unknown(path: str, value: t.Any) -> t.Iterator[tuple[str, str]]:
    """Yield a problem for each key without an option, with the whole path of a key inside of an object."""
    if isinstance(value, dict) and value:
        for key, entry in value.items():
            yield from _unknown(f"{path}.{key}", entry)
    elif value is not None:
        yield path, _UNKNOWN
