# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option C(rest) in the terms of the platform API, as the table of C(rest_table) says (P.10).

Private to the collection.
"""

from __future__ import annotations

import json
import re
import typing as t

from ..._findings import Findings, describe_position
from ..._model.json_objects import Body, set_path
from .definition_shape import part
from .inputs import read_inputs
from .json_text import is_json
from .jsonpath import JsonPathError, is_indefinite
from .rest_table import BODY, DEFAULTS, HEADERS, INPUT, METHOD, OUTPUT, PATHS, TEMPLATE, URL
from .velocity import Reference, scan, unbalanced

#: A name in the input schema, and a variable of a success template.
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
#: Names that the platform sets itself.
RESERVED = ("orgId", "integrationId", "rawRequest")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
#: The success template without a translation map: the response as it is.
RAW_RESULT = "${rawResult}"
_NAME_CURE = "the platform takes names of a letter, then letters without accents, digits, _ and -"
JSON_TYPES = {
    "string": "string",
    "number": "number",
    "integer": "integer",
    "boolean": "boolean",
    "array": "array",
    "json": "object",
}
_SCALARS = ("number", "integer", "boolean")


def to_wire(rest: t.Mapping[str, t.Any], findings: Findings) -> Body:
    """Return the declared parts of the API's object. Add a problem for each part that the API cannot have."""
    wire: Body = {}
    for option, place in (("url", URL), ("body", BODY)):
        if option in rest:
            text = rest[option] or ""
            set_path(wire, place, template_to_wire(text, f"rest.{option}", findings))
    if rest.get("method") is not None:
        if rest["method"] not in METHODS:
            findings.problem(
                "rest.method", f"is {rest['method']}, but the platform has {', '.join(METHODS)} only"
            )
        set_path(wire, METHOD, rest["method"])
    if "headers" in rest:
        headers = {
            str(name): template_to_wire(str(value), f"rest.headers.{name}", findings)
            for name, value in (rest["headers"] or {}).items()
        }
        set_path(wire, HEADERS, headers)
    if rest.get("inputs") is not None:
        entries = [entry for entry in read_inputs(rest["inputs"], "rest.inputs", findings) if entry]
        for index, entry in enumerate(entries):
            _check_name(entry["name"], f"rest.inputs[{index}]", findings)
        set_path(wire, INPUT, input_schema(entries))
    if "variable_mappings" in rest:
        _mappings_to_wire([one for one in rest["variable_mappings"] or [] if one], wire, findings)
    return wire


def inferred_contract(wire: Body) -> Body:
    """Return the contract that a new data action gets where C(wire) declares none.

    Each input of URL, headers and body is a string. The output has no named properties.
    """
    request = part(wire, "config.request") or {}
    texts = [request.get("requestUrlTemplate"), *(request.get("headers") or {}).values()]
    names: dict[str, None] = {}
    for text in (*texts, request.get("requestTemplate")):
        names |= {one.name: None for one in scan(text or "")[0] if one.kind == "input" and one.prefix}
    contract: Body = {}
    if part(wire, INPUT) is None:
        inputs = [{"name": name, "type": "string"} for name in names if name not in RESERVED]
        set_path(contract, "input.inputSchema", input_schema(inputs))
    if part(wire, OUTPUT) is None:
        set_path(contract, "output.successSchema", {"type": "object", "properties": {}})
    return contract


def input_schema(entries: list[dict[str, t.Any]]) -> Body:
    """Return the JSON schema of the inputs."""
    properties = {
        entry["name"]: {key: entry[key] for key in ("type", "description", "default") if key in entry}
        for entry in entries
    }
    required = [entry["name"] for entry in entries if entry.get("required")]
    schema: Body = {"type": "object", "properties": properties}
    return {**schema, "required": required} if required else schema


def template_to_wire(text: str, path: str, findings: Findings) -> str:
    """Return a template whose inputs have the platform's prefix."""
    references, _malformed = scan(text)
    for fault in unbalanced(text):
        findings.problem(path, f"the text at {describe_position(text, fault.position)}: {fault.reason}")
    bare = [one for one in references if one.kind == "input" and not one.prefix]
    for name in dict.fromkeys(one.name for one in bare):
        _check_name(name, path, findings)
    return _with_prefix(text, bare)


def _with_prefix(text: str, references: list[Reference]) -> str:
    parts: list[str] = []
    done = 0
    for reference in references:
        parts += (text[done : reference.name_start], "input.")
        done = reference.name_start
    return "".join((*parts, text[done:]))


def _check_name(name: str, path: str, findings: Findings) -> None:
    if name == "rawRequest":
        findings.problem(
            path, "rawRequest is reserved: rename the input, or write ${input.rawRequest} for all inputs"
        )
    elif name in RESERVED:
        findings.problem(path, f"the name {name} is reserved by the platform: rename the input")
    elif not NAME.fullmatch(name):
        findings.problem(path, f"{name!r} is no name of an input: {_NAME_CURE}. Rename it")


def _mappings_to_wire(mappings: list[dict[str, t.Any]], wire: Body, findings: Findings) -> None:
    paths, defaults, places, properties = {}, {}, [], {}
    for index, mapping in enumerate(mappings):
        if any(mapping.get(key) is None for key in ("name", "source", "type")):
            continue  # reported by the check of types
        here, name, kind = f"rest.variable_mappings[{index}]", mapping["name"], mapping["type"]
        if not NAME.fullmatch(name):
            findings.problem(f"{here}.name", f"{name!r} is no name of a variable: {_NAME_CURE}. Rename it")
            continue
        several = _selects_several(mapping["source"])
        if several and kind in _SCALARS:
            message = f"variable {name!r}: {mapping['source']} selects an array, so a flow gets no {kind}"
            findings.warn(f"{here}.type", f"{message}. Give a path of one value, or the type array")
        encoded = several and kind == "string"
        paths[name] = mapping["source"]
        default = default_to_wire(mapping.get("default"), kind, encoded=encoded)
        if default is not None:
            defaults[name] = default
            if encoded and default != mapping["default"]:
                findings.warn(
                    f"{here}.default", f"variable {name!r}: the text is no JSON, so a flow gets it in quotes"
                )
        value = f"${{{name}}}"
        places.append(f'"{name}": ' + (f'"$esc.jsonEncode({value})"' if encoded else value))
        properties[name] = {"type": "array" if several and kind == "json" else JSON_TYPES[kind]}
    set_path(wire, PATHS, paths)
    set_path(wire, DEFAULTS, defaults)
    template = "{" + ", ".join(places) + "}" if places else RAW_RESULT
    set_path(wire, TEMPLATE, template)
    set_path(wire, OUTPUT, {"type": "object", "properties": properties})


def default_to_wire(default: t.Any, kind: str, *, encoded: bool = False) -> str | None:
    """Return the JSON text of a default, None without one.

    The default of a string is the text itself. The success template turns the value of an C(encoded) string
    into text, so its default is JSON text, as that of the other types. Other text becomes a JSON string.
    """
    if default is None:
        return None
    text = default if isinstance(default, str) else json.dumps(default, ensure_ascii=False)
    if kind == "string" and not encoded:
        return json.dumps(text, ensure_ascii=False)
    if not text.strip():
        return '""' if kind == "string" else None
    return text if is_json(text) else json.dumps(text, ensure_ascii=False)


def _selects_several(source: str) -> bool:
    try:
        return is_indefinite(source)
    except JsonPathError:
        return False
