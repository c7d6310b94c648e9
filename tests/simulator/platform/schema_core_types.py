# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The core types and the limits of data schemas, which are the same for all their types."""

from __future__ import annotations

from starlette.responses import Response

from ..call import Call, json_response
from ..errors import not_found
from ..store import Wire

LONGEST_NAME = 50
MOST_FIELDS = 50
_LIMITS = {
    "minFieldNameCharacters": 1,
    "maxFieldNameCharacters": 140,
    "minFieldTitleCharacters": 1,
    "maxFieldTitleCharacters": 140,
    "minFieldDescriptionCharacters": 0,
    "maxFieldDescriptionCharacters": 512,
    "minSchemaNameCharacters": 1,
    "maxSchemaNameCharacters": LONGEST_NAME,
    "minSchemaDescriptionCharacters": 0,
    "maxSchemaDescriptionCharacters": 512,
    "maxNumberOfSchemasPerOrg": 100,
    "maxNumberOfFieldsPerSchema": MOST_FIELDS,
    "maxNumberOfFieldsPerOrg": 1000,
}


def _range(least: int, most: int) -> Wire:
    return {"min": least, "max": most}


def _length(most: int) -> Wire:
    return {"minLength": _range(0, most), "maxLength": _range(1, most)}


_NUMBERS = {"minimum": _range(-(2**53) + 1, 2**53 - 1), "maximum": _range(-(2**53) + 1, 2**53 - 1)}
#: The limits of each core type by the keyword of a property.
LIMITS_OF_TYPES: dict[str, Wire] = {
    "text": _length(100),
    "longtext": _length(1000),
    "url": _length(200),
    "identifier": _length(100),
    "enum": {},
    "date": {},
    "datetime": {},
    "integer": _NUMBERS,
    "number": _NUMBERS,
    "checkbox": {},
    "tag": {"minItems": _range(0, 20), "maxItems": _range(1, 20)},
}
_JSON_TYPES = {"integer": "integer", "number": "number", "checkbox": "boolean", "tag": "array"}
ITEM_LIMITS = {"tag": _length(100)}


def _core_type(name: str) -> Wire:
    wire: Wire = {
        "id": f"urn:coretype:{name}",
        "name": name,
        "version": 1,
        "dateCreated": "2024-01-01T00:00:00.000Z",
        "schema": {
            "title": name,
            "description": f"Values of {name}",
            "type": [_JSON_TYPES.get(name, "string")],
        },
        "current": True,
        "validationFields": list(LIMITS_OF_TYPES[name]),
        "validationLimits": LIMITS_OF_TYPES[name],
    }
    if name in ITEM_LIMITS:
        wire["itemValidationFields"] = list(ITEM_LIMITS[name])
        wire["itemValidationLimits"] = ITEM_LIMITS[name]
    return wire


def list_types(call: Call) -> Response:
    entities = [_core_type(name) for name in LIMITS_OF_TYPES]
    return json_response({"total": len(entities), "entities": entities})


def read_type(call: Call) -> Response:
    name = call.path_params["coreTypeName"]
    if name not in LIMITS_OF_TYPES:
        raise not_found(f"The core type {name}")
    return json_response(_core_type(name))


def limits(call: Call) -> Response:
    return json_response(_LIMITS)
