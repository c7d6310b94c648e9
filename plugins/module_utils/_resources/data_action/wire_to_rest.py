# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A data action of the platform API as the option C(rest), if that option can express it (P.10).

Private to the collection. The way back of C(rest_to_wire): C(to_wire) makes the same object of the result.
"""

from __future__ import annotations

import json
import typing as t

from ..._findings import Findings
from ..._model.json_objects import Body
from .definition_shape import part
from .json_text import NoJson, read_json
from .jsonpath import JsonPathError, is_indefinite
from .rest_table import BODY, DEFAULTS, HEADERS, INPUT, METHOD, OUTPUT, PATHS, TEMPLATE, URL
from .rest_to_wire import JSON_TYPES, NAME, RESERVED, input_schema, to_wire
from .velocity import local_names, scan

_TYPES = {json_type: kind for kind, json_type in JSON_TYPES.items()}
_PLACES = (URL, BODY, METHOD, HEADERS, PATHS, DEFAULTS, TEMPLATE, INPUT, OUTPUT)


def from_wire(wire: Body) -> dict[str, t.Any] | None:
    """Return the options of C(rest) that mean the object, None if no options do."""
    request = part(wire, "config.request") or {}
    rest: dict[str, t.Any] = {}
    for option, key in (("url", "requestUrlTemplate"), ("body", "requestTemplate")):
        if key in request:
            rest[option] = template_from_wire(request[key])
    if "requestType" in request:
        rest["method"] = request["requestType"]
    if "headers" in request:
        rest["headers"] = {name: template_from_wire(text) for name, text in request["headers"].items()}
    schema, response = part(wire, INPUT), part(wire, "config.response")
    try:
        if schema is not None:
            rest["inputs"] = inputs_from_wire(schema)
        if response is not None:
            rest["variable_mappings"] = _mappings_from_wire(wire)
    except (_Inexpressible, NoJson, JsonPathError):
        return None
    made = to_wire(rest, Findings())
    same = all(part(made, place) == part(wire, place) for place in _PLACES)
    return rest if same else None


class _Inexpressible(Exception):
    """An object has a part for which C(rest) has no option."""


def template_from_wire(text: str) -> str:
    """Return a template without the platform's prefix, where the short form means the same."""
    parts: list[str] = []
    done = 0
    references, _malformed = scan(text)
    local = local_names(text)
    for one in references:
        is_name = NAME.fullmatch(one.name) and one.name not in RESERVED
        if is_name and one.prefix == "input." and one.braced and not one.needs_prefix(local):
            parts.append(text[done : one.name_start - len(one.prefix)])
            done = one.name_start
    return "".join((*parts, text[done:]))


def inputs_from_wire(schema: Body) -> list[dict[str, t.Any]]:
    """Return the entries of C(rest.inputs) for an input schema."""
    required = schema.get("required") or []
    properties = schema.get("properties") or {}
    inputs = [
        {"name": name, **described, "required": name in required} for name, described in properties.items()
    ]
    if input_schema(inputs) != schema:
        raise _Inexpressible
    return inputs


def _mappings_from_wire(wire: Body) -> list[dict[str, t.Any]]:
    properties = part(wire, f"{OUTPUT}.properties") or {}
    defaults = part(wire, DEFAULTS) or {}
    mappings: list[dict[str, t.Any]] = []
    for name, source in (part(wire, PATHS) or {}).items():
        kind = _TYPES.get(str((properties.get(name) or {}).get("type")))
        if kind is None:
            raise _Inexpressible
        mapping = {"name": name, "source": source, "type": kind}
        if name in defaults:
            mapping["default"] = default_from_wire(defaults[name], kind, is_indefinite(source))
        mappings.append(mapping)
    return mappings


def default_from_wire(text: str, kind: str, encoded: bool) -> str:
    """Return the default of a mapping for its JSON text. Raise NoJson."""
    value = read_json(text)
    if kind != "string" or encoded:
        return text
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
