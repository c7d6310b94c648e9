# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validation of raw task arguments against an argument spec, with every problem and its path.

Private to the collection. AnsibleModule stops at its first error, shows no list indexes, converts a
dictionary to text for a text option, and returns None for omitted options as for null ones. Here the result
has no key for an omitted option, and None for a null one (rule 5 of docs/architecture.md).
"""

from __future__ import annotations

import ast
import json
import math
import re
import typing as t
import urllib.parse

from ansible.module_utils.common import validation

from .._findings import Findings, did_you_mean
from .._http.connection import is_loopback
from .._model.json_objects import is_unicode, may_be_number
from .._secrets import MASK, is_secret, lacks_secret

_NAME = re.compile(r"[\w.-]+")


def to_dictionary(value: t.Any) -> dict[t.Any, t.Any]:
    """Convert JSON, a Python literal or C(key=value) text to a dictionary, as Ansible does.

    Raises TypeError or ValueError. Keys of C(key=value) text must be plain names: Ansible would read a header
    line or a URL as C(key=value), and messages show keys.
    """
    converted: dict[t.Any, t.Any] = validation.check_type_dict(value)
    if isinstance(value, str) and not value.startswith("{") and not all(map(_NAME.fullmatch, converted)):
        raise TypeError("no dictionary")
    return converted


def printable_name(name: str) -> str:
    """Return a key as messages show it: without the value of a header line that was given as a key."""
    plain = re.split(r"[\s:=/]" if is_secret(name, "x") else "[:=/]", name, maxsplit=1)[0]
    return name if plain == name else f"{plain}…"


_CONVERTERS: dict[str, t.Callable[[t.Any], t.Any]] = {
    "bool": validation.check_type_bool,
    "dict": to_dictionary,
    "float": validation.check_type_float,
    "int": validation.check_type_int,
    "list": validation.check_type_list,
    "path": validation.check_type_path,
    "raw": validation.check_type_raw,
    "str": validation.check_type_str,
}
#: Option type to the class whose values need no conversion.
_CLASSES = {"bool": bool, "dict": dict, "float": float, "int": int, "list": list, "str": str}
_NOUNS = {
    "bool": "a boolean",
    "dict": "a dictionary",
    "float": "a number",
    "int": "a whole number",
    "list": "a list",
    "path": "a path",
    "str": "text",
}


def validate(
    spec: dict[str, dict[str, t.Any]], raw: dict[str, t.Any], findings: Findings, path: str = ""
) -> dict[str, t.Any]:
    """Return the options of C(raw) converted to the types of C(spec); add a problem for each wrong one.

    Unknown, missing and wrong options become problems. Wrong options are left out of the result. A wrong
    element of a list becomes None, so that the other elements keep their indexes.

    The spec's default replaces an omitted or null option, unless the spec has a fallback too. The fallback
    takes precedence over the default, and the caller resolves it. The controller's options, which begin with
    C(_ansible_), are ignored.
    """
    given: dict[str, t.Any] = {}
    outline = _outline(spec)
    raw = _with_text_keys(raw)
    if outline.aliases:
        raw = {outline.aliases.get(name, name): value for name, value in raw.items()}
    for name, value in raw.items():
        option = spec.get(name)
        if option is None:
            if not name.startswith("_ansible_"):
                shown = printable_name(name)
                findings.problem(_join(path, shown), f"is not an option{did_you_mean(shown, spec)}")
        elif value is None:
            if option.get("required"):
                findings.problem(_join(path, name), "is required and cannot be null")
            else:
                given[name] = None
        else:
            converted = _convert(option, value, _join(path, name), findings)
            if converted is not _WRONG:
                given[name] = converted
    given |= {name: default for name, default in outline.defaults.items() if raw.get(name) is None}
    for name in outline.required:
        if name not in raw:
            findings.problem(_join(path, name), "is required")
    return given


class _Outline(t.NamedTuple):
    """Facts of a spec that every validation needs, computed once for each spec."""

    spec: dict[str, dict[str, t.Any]]  #: a reference, so that Python does not give its id() to another object
    aliases: dict[str, str]
    defaults: dict[str, t.Any]
    required: list[str]  #: without a default


_outlines_by_id: dict[int, _Outline] = {}
_MAX_OUTLINES = 256


def _outline(spec: dict[str, dict[str, t.Any]]) -> _Outline:
    """Return the cached outline of a spec. Specs never change after they are built."""
    known = _outlines_by_id.get(id(spec))
    if known is None:
        aliases = {alias: name for name, option in spec.items() for alias in option.get("aliases", ())}
        defaults = {
            name: option["default"]
            for name, option in spec.items()
            if option.get("default") is not None and "fallback" not in option
        }
        required = [name for name, option in spec.items() if option.get("required") and name not in defaults]
        if len(_outlines_by_id) == _MAX_OUTLINES:
            _outlines_by_id.clear()
        known = _outlines_by_id[id(spec)] = _Outline(spec, aliases, defaults, required)
    return known


def _with_text_keys(raw: dict[t.Any, t.Any]) -> dict[str, t.Any]:
    """Convert keys to text as JSON does. YAML reads the key C(on) as a boolean, which becomes C(true)."""
    if set(map(type, raw)) <= {str}:
        return raw
    return {str(name).lower() if isinstance(name, bool) else str(name): raw[name] for name in raw}


_WRONG = object()


def _convert(option: dict[str, t.Any], value: t.Any, path: str, findings: Findings) -> t.Any:
    kind = option.get("type", "str")
    if value.__class__ is not _CLASSES.get(kind):  # not isinstance(), because bool is a subclass of int
        if not _fits(kind, value):
            findings.problem(path, f"must be {_NOUNS[kind]}, not {_describe(option, value, path)}")
            return _WRONG
        if kind == "str" and isinstance(value, (int, float)):
            warn_of_number(path, value, findings, secret=bool(option.get("no_log")))
        try:
            value = _CONVERTERS[kind](value)
        except (TypeError, ValueError, OverflowError):
            findings.problem(path, f"must be {_NOUNS[kind]}, not {_describe(option, value, path)}")
            return _WRONG
    if not _is_plain(option, value, path, findings):
        return _WRONG
    if "choices" in option and kind != "list" and value not in option["choices"]:
        hint = did_you_mean(str(value), [str(choice) for choice in option["choices"]])
        findings.problem(path, f"{_describe(option, value, path)} is not one of the choices{hint}")
        return _WRONG
    if kind == "dict" and "options" in option:
        return validate(option["options"], value, findings, path)
    if kind == "list" and option.get("elements", "raw") != "raw":
        return _convert_elements(option, value, path, findings)
    return value


def _is_plain(option: dict[str, t.Any], value: t.Any, path: str, findings: Findings) -> bool:
    """Return whether a value can be sent and stored. If not, add a problem."""
    kind = option.get("type", "str")
    if kind == "float" and not math.isfinite(value):
        findings.problem(path, f"must be a finite number, not {value}")
        return False
    if kind == "path" and "\0" in value:
        findings.problem(path, "must be a path without NUL characters")
        return False
    if kind in ("dict", "list", "raw", "str", "path") and "options" not in option and not is_unicode(value):
        findings.problem(path, "must be Unicode text, without lone surrogates such as \\ud800")
        return False
    return True


def _convert_elements(
    option: dict[str, t.Any], values: list[t.Any], path: str, findings: Findings
) -> list[t.Any]:
    element = {**option, "type": option["elements"]}
    converted: list[t.Any] = []
    for index, value in enumerate(values):
        element_path = f"{path}[{index}]"
        if value is None:
            findings.problem(element_path, f"must be {_NOUNS[element['type']]}, not null")
        typed = _WRONG if value is None else _convert(element, value, element_path, findings)
        converted.append(None if typed is _WRONG else typed)
    return converted


def _fits(kind: str, value: t.Any) -> bool:
    """Return whether a conversion to C(kind) keeps the meaning. Ansible's converters accept more."""
    if kind in ("str", "path"):
        return not isinstance(value, (bool, dict, list, tuple))
    if kind in ("int", "float"):
        return may_be_number(value) if isinstance(value, str) else not isinstance(value, bool)
    if kind == "list":
        return not isinstance(value, (bool, int, float, dict)) and not _is_list_text(value)
    return True


def _is_list_text(value: t.Any) -> bool:
    """Return whether a value is a list as JSON or Python text, which Ansible would split at its commas."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        for parse in (json.loads, ast.literal_eval):
            try:
                return isinstance(parse(value), list)
            except (ValueError, SyntaxError, RecursionError, MemoryError):
                continue
    return False


def _describe(option: dict[str, t.Any], value: t.Any, path: str) -> str:
    """Return the words for a wrong value. A structure may have secrets, so its text is never repeated."""
    if option.get("type") in ("dict", "list") and isinstance(value, (str, int, float)):
        return _describe_in_place_of_structure(value)
    if option.get("no_log"):
        return "the given value"
    if isinstance(value, bool):
        return (
            f"the boolean {str(value).lower()} (put it in quotes)"
            if option.get("type", "str") in ("str", "path")
            else str(value).lower()
        )
    hint = " (give its JSON text with the filter to_json)" if path.endswith("body") else ""
    if isinstance(value, dict):
        return f"a dictionary{hint}"
    if isinstance(value, (list, tuple)):
        return f"a list{hint}"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _describe_in_place_of_structure(value: str | float) -> str:
    if isinstance(value, bool):
        return "a boolean"
    if not isinstance(value, str):
        return "a number"
    return "text (decode it with from_json)" if value.lstrip().startswith(("{", "[")) else "text"


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def check_url(url: str, path: str, findings: Findings, *, sent: str) -> None:
    """Add a problem if C(url) is no http(s) URL with a host, and a warning if it is plain HTTP.

    The warning has C(sent), the data that would go in clear text. No message has the URL, which may be a
    secret.
    """
    try:
        parts = urllib.parse.urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or " " in url:
        findings.problem(path, "must be a URL like https://host/path")
    elif parts.username is not None or parts.password is not None:
        findings.problem(path, "must not contain credentials: give them as a header")
    elif MASK in url:
        findings.problem(path, "contains a masked value: give the real URL")
    elif parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        findings.warn(path, f"http sends {sent} in clear text: use https")


def check_headers(
    headers: t.Mapping[t.Any, t.Any],
    path: str,
    findings: Findings,
    secret_names: t.Collection[str] | None = None,
) -> None:
    """Add a problem for each header that cannot be sent or lacks its secret, and a warning for each number.

    C(secret_names) are the user's C(secret_headers), whose values no message shows. HTTP ignores the case of
    header names, so names that differ in case alone are a problem.
    """
    first: dict[str, str] = {}
    for key, value in headers.items():
        name = str(key)
        here = f"{path}.{printable_name(name)}"
        other = first.setdefault(name.lower(), name)
        if other != name:
            findings.problem(here, f"is the same header as {other}, because case is ignored: give one")
        if isinstance(value, bool):
            findings.problem(here, f"must be text, not the boolean {str(value).lower()}: {_BOOLEANS}")
        elif not _is_header(name, value):
            findings.problem(here, "must be a header of printable ASCII text on one line")
        elif str(value).startswith(MASK):
            findings.problem(here, "is a masked value: give the header's real value")
        elif lacks_secret(name, str(value), secret_names or ()):
            findings.problem(
                here, "has no secret: its variable is probably empty; set it, or remove the header"
            )
        elif isinstance(value, (int, float)):
            warn_of_number(here, value, findings, secret=is_secret(name, value, secret_names or ()))


_BOOLEANS = "put it in quotes, because YAML reads yes, no, on, off, true and false without quotes as booleans"


def warn_of_number(path: str, value: float, findings: Findings, *, secret: bool = False) -> None:
    """Warn of a number in the place of text: YAML reads 007, 1.10 and 22:30:00 as other numbers."""
    shown = "" if secret else f" {value}"
    findings.warn(
        path,
        f"the number{shown} is used as text: put the value in quotes, because YAML reads 007, 0123, 1.10 and "
        "22:30:00 as the numbers 7, 83, 1.1 and 81000",
    )


def _is_header(name: str, value: t.Any) -> bool:
    texts = [name, str(value)]
    if isinstance(value, (bool, dict, list)) or value is None or not name or " " in name or ":" in name:
        return False
    return all(text.isascii() and text.isprintable() for text in texts)
