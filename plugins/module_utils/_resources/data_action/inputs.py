# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option C(rest.inputs): names, or entries with type, default and description (S1.2, P.10).

Private to the collection. The reference API has no place for inputs, so there only their names are checked.
The platform API gets a JSON schema of them.
"""

from __future__ import annotations

import typing as t

from ..._arguments.validation import validate, warn_of_number
from ..._findings import Findings

#: Types of an input, with the words for such a value in messages.
INPUT_TYPES = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "a boolean",
}
_ENTRY: dict[str, dict[str, t.Any]] = {
    "name": {"type": "str", "required": True},
    "type": {"type": "str", "choices": sorted(INPUT_TYPES), "default": "string"},
    "required": {"type": "bool", "default": False},
    "default": {"type": "raw"},
    "description": {"type": "str"},
}


def read_inputs(raw: list[t.Any], path: str, findings: Findings) -> list[dict[str, t.Any] | None]:
    """Return the inputs as entries with C(name), C(type) and C(required), None for an invalid one."""
    return [_read_entry(entry, f"{path}[{index}]", findings) for index, entry in enumerate(raw)]


def _read_entry(raw: t.Any, path: str, findings: Findings) -> dict[str, t.Any] | None:
    if isinstance(raw, str):
        raw = {"name": raw}
    if not isinstance(raw, dict):
        findings.problem(path, "must be the name of an input, or a dictionary with its name and type")
        return None
    known = len(findings.problems)
    entry = validate(_ENTRY, raw, findings, path)
    if len(findings.problems) > known:
        return None
    if not entry["name"].strip():
        findings.problem(f"{path}.name", "must not be empty")
        return None
    entry = {key: value for key, value in entry.items() if value is not None}
    if "default" in entry:
        entry["default"] = _read_default(entry, f"{path}.default", findings)
    return entry


def _read_default(entry: dict[str, t.Any], path: str, findings: Findings) -> t.Any:
    value, kind = entry["default"], entry["type"]
    if kind == "string" and type(value) in (int, float):
        warn_of_number(path, value, findings)
        return str(value)
    if not is_of_type(value, kind):
        cure = ": remove the quotes" if isinstance(value, str) else ""
        findings.problem(path, f"is not {INPUT_TYPES[kind]}, as the type of {entry['name']!r} says{cure}")
    return value


def is_of_type(value: t.Any, kind: str) -> bool:
    """Return whether a JSON value is of a primitive type of JSON schema."""
    if isinstance(value, bool):
        return kind == "boolean"
    if isinstance(value, float):
        return kind == "number" or (kind == "integer" and value.is_integer())
    classes: dict[str, t.Any] = {"string": str, "integer": int, "number": int, "null": type(None)}
    return kind in classes and isinstance(value, classes[kind])
