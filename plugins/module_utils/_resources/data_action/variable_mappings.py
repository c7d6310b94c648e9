# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offline checks of variable mappings, and their evaluation on a sample response (features S1.3, S1.4).

Private to the collection. A mapping is C({name, source, type, default}): a variable, the JSONPath of its
value in the response, the value's type, and the text of the default for a missing value.
"""

from __future__ import annotations

import functools
import json
import typing as t

from ..._deps import yaml
from ..._findings import Findings
from .jsonpath import Evaluation, JsonPathError, NotEvaluable, check, evaluate

#: Types of a variable, with the words for such a value in messages.
TYPES = {
    "string": "a string",
    "number": "a number",
    "integer": "an integer",
    "boolean": "a boolean",
    "json": "JSON",
    "array": "an array",
}

_INVALID = object()


def check_mappings(mappings: list[t.Any], path: str, findings: Findings) -> None:
    """Report empty and duplicate names and invalid paths, and warn of defaults that are not of their type.

    The API stores any text as a default, and published data actions have such defaults. Missing options and
    options of a wrong type are left to the argument spec.
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
        if _parsed_default(mapping) is _INVALID:
            default, kind = _short(mapping["default"]), TYPES[mapping["type"]]
            message = f"variable {name!r}: the default {default} is not {kind}, but the API accepts it"
            findings.warn(f"{here}.default", message)


def evaluate_mappings(
    mappings: list[t.Any], sample: t.Any, path: str, findings: Findings
) -> dict[str, t.Any]:
    """Return the value of each variable in the response C(sample), a parsed JSON document (S1.4).

    The mappings must have passed the argument spec: each has a name, a source and a type.
    An integral number fits an integer (5.0 is 5), a boolean does not fit a number, null fits every type. The
    array of an indefinite path fits a string as its JSON text, with a warning. A default does not replace a
    null that the path finds, which is a warning. A value that does not fit is a
    problem that names variable, path, value and type. The result omits variables with a problem,
    variables whose path cannot be evaluated offline, and missing values whose default is not of the type.
    """
    variables: dict[str, t.Any] = {}
    for index, mapping in enumerate(mappings):
        here = f"{path}[{index}]"
        name, source, kind = (mapping[key] for key in ("name", "source", "type"))
        try:
            evaluation = evaluate(source, sample)
        except JsonPathError:
            continue  # check_mappings has reported it
        except NotEvaluable as error:
            findings.warn(
                f"{here}.source", f"variable {name!r}: {source} is not evaluated on the sample: {error}"
            )
            continue
        value = _parsed_default(mapping) if evaluation.missing else _convert(evaluation, kind)
        if value is not _INVALID:
            variables[name] = value
            if value is None and not evaluation.missing:
                _warn_of_default(mapping, here, findings)
        elif not evaluation.missing:
            got = (
                f"the array {_short(evaluation.values)}"
                if evaluation.indefinite
                else _describe(evaluation.values[0])
            )
            why = (
                " (the result of a path that can match several values is an array)"
                if evaluation.indefinite
                else ""
            )
            message = f"variable {name!r}: {source} selects {got}, which is not {TYPES[kind]}{why}"
            findings.problem(f"{here}.type", message)
            continue
        if evaluation.indefinite and not evaluation.missing and kind == "string":
            message = (
                f"variable {name!r}: {source} selects an array, the string gets its JSON text {_short(value)}"
            )
            findings.warn(f"{here}.type", message)
    return variables


def _warn_of_default(mapping: dict[str, t.Any], here: str, findings: Findings) -> None:
    """Warn of a default for a path that finds null."""
    if _parsed_default(mapping) is not None:
        finds_null = f"variable {mapping['name']!r}: {mapping['source']} selects null, which stays null"
        findings.warn(
            f"{here}.default", f"{finds_null}; the default applies only where the path finds nothing"
        )


def read_sample(raw: t.Any, path: str, findings: Findings) -> t.Any:
    """Return the JSON document of a sample response: JSON or YAML text, or a structure (S1.4).

    Without PyYAML, text must be JSON. An unreadable sample is a problem; the result is then None.
    """
    if isinstance(raw, str):
        return _read_text(raw, path, findings)
    if not isinstance(raw, (dict, list)):
        findings.problem(path, f"must be a JSON or YAML document, not {_describe(raw)}")
        return None
    return _as_json(raw, path, findings)


def _read_text(text: str, path: str, findings: Findings) -> t.Any:
    if not text.strip():
        findings.problem(path, "is empty; omit it or give a response")
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
        findings.problem(path, f"must be a JSON or YAML document, not {_describe(document)}")
        return None
    return _as_json(document, path, findings)


def _as_json(document: t.Any, path: str, findings: Findings) -> t.Any:
    """Return the document as JSON would represent it; report a problem and return None if it cannot."""
    try:
        return json.loads(json.dumps(document, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        findings.problem(path, f"cannot be written as JSON: {error}")
        return None


def _refuse_constant(name: str) -> t.NoReturn:
    raise ValueError(f"{name} is not JSON")


@functools.cache
def _yaml_loader() -> t.Any:
    """Return PyYAML's safe loader without time stamps, which are strings in a response.

    The C loader is faster, but deep nesting crashes its process.
    """

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers: t.ClassVar[dict[str, t.Any]] = {
            first: [resolver for resolver in resolvers if resolver[0] != "tag:yaml.org,2002:timestamp"]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return Loader


def _parsed_default(mapping: dict[str, t.Any]) -> t.Any:
    """Return the default as a value of the mapping's type, None without one, C(_INVALID) for any other text.

    Empty text is a default of strings only: published data actions write it for a missing default.
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
        return _INVALID
    return _typed(value, kind)


def _convert(evaluation: Evaluation, kind: str) -> t.Any:
    if not evaluation.indefinite:
        return _typed(evaluation.values[0], kind)
    if kind == "string":
        return json.dumps(evaluation.values, ensure_ascii=False)
    return evaluation.values if kind in ("array", "json") else _INVALID


def _typed(value: t.Any, kind: str) -> t.Any:
    """Return the value as one of the type C(kind), or C(_INVALID)."""
    if value is None or kind == "json":
        return value
    if kind == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool):
        return value if kind == "boolean" else _INVALID
    wanted = {"string": str, "number": (int, float), "integer": int, "boolean": bool, "array": list}[kind]
    return value if isinstance(value, t.cast(t.Any, wanted)) else _INVALID


def _describe(value: t.Any) -> str:
    if value is None:
        return "null"
    kinds = {bool: "the boolean", str: "the string", dict: "the object", list: "the array"}
    return f"{kinds.get(type(value), 'the number')} {_short(value)}"


def _short(value: t.Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else f"{text[:77]}..."
