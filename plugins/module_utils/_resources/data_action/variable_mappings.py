# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks variable mappings and evaluates them on a sample response, offline (features S1.3, S1.4).

Private to the collection. A mapping is C({name, source, type, default}): a variable, the JSONPath of its
value in the response, the value's type, and as text what a missing value becomes.
"""

from __future__ import annotations

import functools
import json
import typing as t

from ..._deps import yaml
from ..._findings import Findings
from .jsonpath import Evaluation, JsonPathError, NotEvaluable, check, evaluate

#: Types of a variable, with what a value of theirs is called.
TYPES = {
    "string": "a string",
    "number": "a number",
    "integer": "an integer",
    "boolean": "a boolean",
    "json": "JSON",
    "array": "an array",
}

_WRONG = object()


def check_mappings(mappings: list[t.Any], path: str, findings: Findings) -> None:
    """Reports names that are empty or stand twice, paths that the platform cannot read, and defaults that are
    not of their mapping's type. What is missing or of a wrong kind is left to the argument spec.
    """
    first: dict[str, int] = {}
    for index, mapping in enumerate(mappings):
        if not isinstance(mapping, dict):
            continue
        here = f"{path}[{index}]"
        name = mapping.get("name")
        if isinstance(name, str):
            if not name.strip():
                findings.problem(f"{here}.name", "must not be empty")
            elif first.setdefault(name, index) != index:
                findings.problem(f"{here}.name", f"{name!r} is already mapped by {path}[{first[name]}]")
        source = mapping.get("source")
        if isinstance(source, str):
            error, warning = check(source)
            if error is not None:
                findings.problem(f"{here}.source", error)
            if warning is not None:
                findings.warn(f"{here}.source", warning)
        if _default_of(mapping) is _WRONG:
            default, kind = _short(mapping["default"]), TYPES[mapping["type"]]
            findings.problem(f"{here}.default", f"variable {name!r}: the default {default} is not {kind}")


def evaluate_mappings(
    mappings: list[t.Any], sample: t.Any, path: str, findings: Findings
) -> dict[str, t.Any]:
    """The value that each variable would get from the response C(sample), a parsed JSON document (S1.4).

    The mappings have passed the argument spec: each has a name, a source and a type.
    An integer takes an integral number (5.0 is 5), a boolean is no number, a null fits every type. An array
    that an indefinite path gives becomes its JSON text in a string, with a warning. A value that does not
    fit the type is a problem that names variable, path, value and type; its variable is left out, as is one
    whose path or default is wrong or cannot be evaluated offline.
    """
    variables: dict[str, t.Any] = {}
    for index, mapping in enumerate(mappings):
        here = f"{path}[{index}]"
        name, source, kind = (mapping[key] for key in ("name", "source", "type"))
        try:
            found = evaluate(source, sample)
        except JsonPathError:
            continue  # check_mappings points into it
        except NotEvaluable as error:
            findings.warn(
                f"{here}.source", f"variable {name!r}: {source} is not tried on the sample: {error}"
            )
            continue
        value = _default_of(mapping) if found.missing else _convert(found, kind)
        if value is not _WRONG:
            variables[name] = value
        elif not found.missing:
            got = f"the array {_short(found.values)}" if found.indefinite else _named(found.values[0])
            why = " (a path that can match several values gives an array)" if found.indefinite else ""
            message = f"variable {name!r}: {source} gives {got}, which is not {TYPES[kind]}{why}"
            findings.problem(f"{here}.type", message)
            continue
        if found.indefinite and not found.missing and kind == "string":
            message = (
                f"variable {name!r}: {source} gives an array, the string gets its JSON text {_short(value)}"
            )
            findings.warn(f"{here}.type", message)
    return variables


def read_sample(raw: t.Any, path: str, findings: Findings) -> t.Any:
    """The JSON document of a sample response: JSON or YAML text, or a structure (S1.4).

    Without PyYAML only JSON text is read. An unreadable sample is a problem and gives None.
    """
    if isinstance(raw, str):
        return _read_text(raw, path, findings)
    if not isinstance(raw, (dict, list)):
        findings.problem(path, f"must be a JSON or YAML document, not {_named(raw)}")
        return None
    return _as_json(raw, path, findings)


def _read_text(text: str, path: str, findings: Findings) -> t.Any:
    if not text.strip():
        findings.problem(path, "is empty; leave it out or write a response in it")
        return None
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        why = str(error)
    if yaml is None:
        findings.problem(path, f"is not JSON: {why}")
        return None
    try:
        document = yaml.load(text, Loader=_yaml_loader())
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        findings.problem(path, f"is neither JSON ({why}) nor YAML ({' '.join(str(error).split())})")
        return None
    if not isinstance(document, (dict, list)):
        findings.problem(path, f"must be a JSON or YAML document, not {_named(document)}")
        return None
    return _as_json(document, path, findings)


def _as_json(document: t.Any, path: str, findings: Findings) -> t.Any:
    """The same document with nothing in it that JSON cannot have."""
    try:
        return json.loads(json.dumps(document, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        findings.problem(path, f"cannot be written as JSON: {error}")
        return None


def _refuse_constant(name: str) -> t.NoReturn:
    raise ValueError(f"{name} is not JSON")


@functools.cache
def _yaml_loader() -> t.Any:
    """PyYAML's safe loader without time stamps, which are strings in a response.

    The one in C is faster, but deep nesting crashes the process in it.
    """

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers: t.ClassVar[dict[str, t.Any]] = {
            first: [resolver for resolver in resolvers if resolver[0] != "tag:yaml.org,2002:timestamp"]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return Loader


def _default_of(mapping: dict[str, t.Any]) -> t.Any:
    """The default as a value of the mapping's type; None without one, C(_WRONG) where the text is none.

    Empty text is a default for a string only: published data actions write it where they have none.
    """
    text, kind = mapping.get("default"), mapping.get("type")
    if not isinstance(text, str) or not isinstance(kind, str) or kind not in TYPES:
        return None
    if kind == "string":
        return text
    if not text.strip():
        return None
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return _WRONG
    return _typed(value, kind)


def _convert(found: Evaluation, kind: str) -> t.Any:
    if not found.indefinite:
        return _typed(found.values[0], kind)
    if kind == "string":
        return json.dumps(found.values, ensure_ascii=False)
    return found.values if kind in ("array", "json") else _WRONG


def _typed(value: t.Any, kind: str) -> t.Any:
    """The value as one of C(kind), or C(_WRONG)."""
    if value is None or kind == "json":
        return value
    if kind == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool):
        return value if kind == "boolean" else _WRONG
    wanted = {"string": str, "number": (int, float), "integer": int, "boolean": bool, "array": list}[kind]
    return value if isinstance(value, t.cast(t.Any, wanted)) else _WRONG


def _named(value: t.Any) -> str:
    if value is None:
        return "null"
    kinds = {bool: "the boolean", str: "the string", dict: "the object", list: "the array"}
    return f"{kinds.get(type(value), 'the number')} {_short(value)}"


def _short(value: t.Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else f"{text[:77]}..."
