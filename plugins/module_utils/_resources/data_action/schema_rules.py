# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform's rules for the two JSON schemas of a data action's contract (P.11).

Private to the collection. The input is a flat object of string, integer, number, boolean and null. The output
has no array inside an array. Neither has C($ref).
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings
from .definition_shape import shown_key
from .inputs import is_of_type
from .rest_to_wire import NAME, RESERVED

_PRIMITIVES = ("string", "integer", "number", "boolean", "null")
_TYPES = (*_PRIMITIVES, "object", "array")
#: Keywords whose values are schemas: one, a list of them, or one for each name.
_ONE = ("items", "additionalProperties", "additionalItems", "not")
_LISTS = ("anyOf", "oneOf", "allOf", "items")
_NAMED = ("properties", "patternProperties", "definitions")


def check_input_schema(schema: dict[str, t.Any], path: str, findings: Findings) -> None:
    """Add a problem for each violation in an input schema, and a warning for each doubtful default."""
    _refuse_references(schema, path, findings)
    if schema.get("type") != "object":
        findings.problem(f"{path}.type", "must be object: the input of a data action is a flat object")
    properties = {} if schema.get("properties") is None else schema["properties"]
    if not isinstance(properties, dict):
        findings.problem(f"{path}.properties", "must be a mapping of names to schemas")
        return
    for name, described in properties.items():
        _check_property(name, described, f"{path}.properties.{shown_key(name)}", findings)
    _check_required(schema, properties, path, findings)


def _check_property(name: str, described: t.Any, path: str, findings: Findings) -> None:
    if name in RESERVED:
        findings.problem(path, f"the name {name} is reserved by the platform: rename the input")
    elif not NAME.fullmatch(name):
        cure = "rename it to a letter, then letters without accents, digits, _ and -"
        findings.problem(path, f"{name!r} is no name of an input: {cure}")
    if not isinstance(described, dict):
        findings.problem(path, "must be a mapping with a type")
        return
    kinds = described.get("type")
    listed: list[t.Any] = kinds if isinstance(kinds, list) and kinds else [kinds]
    wrong = next((kind for kind in listed if kind not in _PRIMITIVES), ...)
    if wrong is not ...:
        reason = f"{wrong!r} is" if isinstance(wrong, str) else "a missing type is"
        cure = "the input is flat, so give " + ", ".join(_PRIMITIVES[:-1]) + " or null"
        findings.problem(f"{path}.type", f"{reason} no type of an input: {cure}")
        return
    default = described.get("default")
    if default is not None and not any(is_of_type(default, kind) for kind in listed):
        findings.warn(f"{path}.default", f"the default is not of the type {' or '.join(listed)}")


def _check_required(schema: dict[str, t.Any], properties: t.Any, path: str, findings: Findings) -> None:
    required = schema.get("required")
    if required is None:
        return
    if not isinstance(required, list) or not all(isinstance(name, str) for name in required):
        findings.problem(f"{path}.required", "must be a list of names")
        return
    for name in required:
        if name not in properties:
            findings.problem(
                f"{path}.required", f"{name!r} is no property, so no flow can give it: declare it"
            )


def check_output_schema(schema: dict[str, t.Any], path: str, findings: Findings) -> None:
    """Add a problem for each violation in an output schema."""
    _refuse_references(schema, path, findings)
    pending: list[tuple[t.Any, str, bool]] = [(schema, path, False)]
    while pending:
        node, here, inside_array = pending.pop()
        if isinstance(node, bool):
            continue
        if not isinstance(node, dict):
            findings.problem(here, "must be a schema, which is a mapping")
            continue
        kinds = node.get("type")
        listed = kinds if isinstance(kinds, list) else [] if kinds is None else [kinds]
        for kind in listed:
            if kind not in _TYPES:
                findings.problem(f"{here}.type", f"must be one of {', '.join(_TYPES)}")
        is_array = "array" in listed or (not listed and "items" in node)
        if is_array and inside_array:
            findings.problem(
                here, "is an array inside an array, which the platform refuses: map its values to one array"
            )
        pending += reversed(list(_children(node, here, inside_array or is_array)))


def _children(node: dict[str, t.Any], path: str, inside_array: bool) -> t.Iterator[tuple[t.Any, str, bool]]:
    for key, value in node.items():
        here = f"{path}.{shown_key(key)}"
        if value is None:
            continue
        if key in _NAMED:
            if not isinstance(value, dict):
                yield value, here, inside_array
            else:
                yield from (
                    (child, f"{here}.{shown_key(name)}", inside_array) for name, child in value.items()
                )
        elif key in _LISTS and isinstance(value, list):
            yield from ((child, f"{here}[{index}]", inside_array) for index, child in enumerate(value))
        elif key in _ONE or key in _LISTS:
            yield value, here, inside_array


def _refuse_references(schema: dict[str, t.Any], path: str, findings: Findings) -> None:
    pending: list[tuple[t.Any, str]] = [(schema, path)]
    while pending:
        value, here = pending.pop()
        if isinstance(value, dict):
            if "$ref" in value:
                findings.problem(f"{here}.$ref", "is refused by the platform: write the schema in its place")
            pending += reversed([(child, f"{here}.{shown_key(key)}") for key, child in value.items()])
        elif isinstance(value, list):
            pending += reversed([(child, f"{here}[{index}]") for index, child in enumerate(value)])
