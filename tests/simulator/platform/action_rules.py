# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules for the contract and the configuration of a data action, as lists of problems."""

from __future__ import annotations

import re
import typing as t

from ..errors import Detail
from ..store import Wire

PRIMITIVES = ("string", "integer", "number", "boolean", "null")
RESERVED = {"orgId", "integrationId", "rawRequest"}
PROPERTY_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def contract_problems(contract: Wire) -> list[Detail]:
    """Return the problems of a contract: a flat input, no reference, no array inside an array."""
    inputs, output = contract["input"]["inputSchema"], contract["output"]["successSchema"]
    return [
        *_input_problems(inputs),
        *(_problem("contract.output.successSchema", "has a nested array.") for _one in _nested(output, 0)),
        *(
            _problem("contract", "must not have a $ref.")
            for schema in (inputs, output)
            if _has_reference(schema)
        ),
    ]


def config_problems(config: Wire) -> list[Detail]:
    """Return the problems of the configuration of a live action that sends requests."""
    request = config.get("request", {})
    return [
        _problem(f"config.request.{name}", "is required.")
        for name in ("requestUrlTemplate", "requestType")
        if not request.get(name)
    ]


def missing_parts(draft: Wire) -> list[Detail]:
    """Return the parts that a draft lacks for its publication."""
    return [
        _problem(name, "is required.") for name in ("category", "config", "contract") if name not in draft
    ]


def _input_problems(schema: Wire) -> t.Iterator[Detail]:
    place = "contract.input.inputSchema"
    if schema.get("type") != "object":
        yield _problem(f"{place}.type", "must be object.")
    required = schema.get("required", [])
    if not isinstance(required, list) or not all(isinstance(name, str) for name in required):
        yield _problem(f"{place}.required", "must be a list of names.")
    properties = schema.get("properties", {})
    if not isinstance(properties, dict):
        yield _problem(f"{place}.properties", "must be an object.")
        return
    for name, described in properties.items():
        if name in RESERVED or not PROPERTY_NAME.fullmatch(name):
            yield _problem(f"{place}.properties.{name}", "is no valid property name.")
        kinds = described.get("type") if isinstance(described, dict) else None
        if not all(kind in PRIMITIVES for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield _problem(f"{place}.properties.{name}.type", "must be a primitive type.")


def _nested(schema: t.Any, arrays: int) -> t.Iterator[bool]:
    """Yield once for each array of arrays in a schema."""
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "array":
        if arrays:
            yield True
        yield from _nested(schema.get("items"), arrays + 1)
        return
    properties = schema.get("properties", {})
    for child in properties.values() if isinstance(properties, dict) else []:
        yield from _nested(child, arrays)


def _has_reference(value: t.Any) -> bool:
    if isinstance(value, dict):
        return "$ref" in value or any(_has_reference(child) for child in value.values())
    return isinstance(value, list) and any(_has_reference(child) for child in value)


def _problem(field: str, sentence: str) -> Detail:
    return Detail(field, "invalid.value", sentence)
