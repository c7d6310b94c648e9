# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks raw task arguments against an argument spec, every violation at once, each with its path.

Private to the collection. AnsibleModule stops at its first error, knows no list indexes, turns a
dictionary into text where text is asked for, and gives None for an omitted option as for a null one.
Here an omitted option stays away from the result and a null stays None (rule 5 of the architecture).
"""

from __future__ import annotations

import typing as t
import urllib.parse

from ansible.module_utils.common import validation

from .._findings import Findings, did_you_mean
from .._http.connection import is_loopback
from .._secrets import MASK

_CONVERTERS: dict[str, t.Callable[[t.Any], t.Any]] = {
    "bool": validation.check_type_bool,
    "dict": validation.check_type_dict,
    "float": validation.check_type_float,
    "int": validation.check_type_int,
    "list": validation.check_type_list,
    "path": validation.check_type_path,
    "raw": validation.check_type_raw,
    "str": validation.check_type_str,
}
#: Types that a conversion leaves as they are.
_PLAIN = {"bool": bool, "dict": dict, "float": float, "int": int, "list": list, "str": str}
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
    """The given options of C(raw) in the types of C(spec), without those that are wrong.

    Omitted options are absent, except where the spec has a default (not where it also has a fallback, which
    comes before the default and is not looked up here). A wrong element of a list is None, so that the others
    keep their indexes. Options beginning with C(_ansible_) are the controller's and ignored. Findings get a
    problem for each unknown, missing or wrong option.
    """
    given: dict[str, t.Any] = {}
    outline = _outline(spec)
    raw = _as_sent(raw)
    if outline.aliases:
        raw = {outline.aliases.get(name, name): value for name, value in raw.items()}
    for name, value in raw.items():
        option = spec.get(name)
        if option is None:
            if not name.startswith("_ansible_"):
                findings.problem(_join(path, name), f"is not an option{did_you_mean(name, spec)}")
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
    """What a spec says of all its options, looked up once for the many values that it is applied to."""

    spec: dict[str, dict[str, t.Any]]  #: kept, so that its identity is nobody else's
    aliases: dict[str, str]
    defaults: dict[str, t.Any]
    required: list[str]  #: without a default


_outlines: dict[int, _Outline] = {}
_MOST_OUTLINES = 256


def _outline(spec: dict[str, dict[str, t.Any]]) -> _Outline:
    """Specs do not change: they are constants of modules, or made of them for one run."""
    known = _outlines.get(id(spec))
    if known is None:
        aliases = {alias: name for name, option in spec.items() for alias in option.get("aliases", ())}
        defaults = {
            name: option["default"]
            for name, option in spec.items()
            if option.get("default") is not None and "fallback" not in option
        }
        required = [name for name, option in spec.items() if option.get("required") and name not in defaults]
        if len(_outlines) == _MOST_OUTLINES:
            _outlines.clear()
        known = _outlines[id(spec)] = _Outline(spec, aliases, defaults, required)
    return known


def _as_sent(raw: dict[t.Any, t.Any]) -> dict[str, t.Any]:
    """Keys as a module gets them: YAML's C(on) is a boolean, which in JSON is the text C(true)."""
    if set(map(type, raw)) <= {str}:
        return raw
    return {str(name).lower() if isinstance(name, bool) else str(name): raw[name] for name in raw}


_WRONG = object()


def _convert(option: dict[str, t.Any], value: t.Any, path: str, findings: Findings) -> t.Any:
    kind = option.get("type", "str")
    if value.__class__ is not _PLAIN.get(kind):  # a boolean is an int as well, but not of that class
        if not _fits(kind, value):
            findings.problem(path, f"must be {_NOUNS[kind]}, not {_describe(option, value)}")
            return _WRONG
        try:
            value = _CONVERTERS[kind](value)
        except (TypeError, ValueError):
            findings.problem(path, f"must be {_NOUNS[kind]}, not {_describe(option, value)}")
            return _WRONG
    if "choices" in option and kind != "list" and value not in option["choices"]:
        hint = did_you_mean(str(value), [str(choice) for choice in option["choices"]])
        findings.problem(path, f"{_describe(option, value)} is not one of its values{hint}")
        return _WRONG
    if kind == "dict" and "options" in option:
        return validate(option["options"], value, findings, path)
    if kind == "list" and option.get("elements", "raw") != "raw":
        return _convert_elements(option, value, path, findings)
    return value


def _convert_elements(
    option: dict[str, t.Any], values: list[t.Any], path: str, findings: Findings
) -> list[t.Any]:
    element = {**option, "type": option["elements"]}
    converted: list[t.Any] = []
    for index, value in enumerate(values):
        here = f"{path}[{index}]"
        if value is None:
            findings.problem(here, f"must be {_NOUNS[element['type']]}, not null")
        good = _WRONG if value is None else _convert(element, value, here, findings)
        converted.append(None if good is _WRONG else good)
    return converted


def _fits(kind: str, value: t.Any) -> bool:
    """Whether a conversion to C(kind) would keep what the user meant (Ansible's own would not ask)."""
    if kind in ("str", "path"):
        return not isinstance(value, (bool, dict, list, tuple))
    if kind in ("int", "float"):
        return not isinstance(value, bool)
    if kind == "list":
        return not isinstance(value, (bool, int, float, dict))
    return True


def _describe(option: dict[str, t.Any], value: t.Any) -> str:
    if option.get("no_log"):
        return "the given value"
    if isinstance(value, bool):
        return (
            f"the boolean {str(value).lower()} (put it in quotes)"
            if _wants_text(option)
            else str(value).lower()
        )
    if isinstance(value, dict):
        return "a dictionary"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _wants_text(option: dict[str, t.Any]) -> bool:
    return option.get("type", "str") in ("str", "path")


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def check_url(url: str, path: str, findings: Findings, *, sent: str) -> None:
    """A problem for what is no http(s) URL with a host; a warning where C(sent) would go in clear text.

    No message repeats the URL: it may be a secret.
    """
    try:
        parts = urllib.parse.urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or " " in url:
        findings.problem(path, "must be a URL like https://host/path")
    elif parts.username is not None or parts.password is not None:
        findings.problem(path, "must not hold credentials: give them as a header")
    elif MASK in url:
        findings.problem(path, "holds a masked value: give the real URL")
    elif parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        findings.warn(path, f"http sends {sent} in clear text: use https")


def check_headers(headers: t.Mapping[t.Any, t.Any], path: str, findings: Findings) -> None:
    """A problem for each header that cannot be sent. Numbers are taken for their text."""
    for name, value in headers.items():
        if not _is_header(str(name), value):
            findings.problem(f"{path}.{name}", "must be a header of printable ASCII text on one line")
        elif str(value).startswith(MASK):
            findings.problem(f"{path}.{name}", "is a masked value: give the header's real value")


def _is_header(name: str, value: t.Any) -> bool:
    texts = [name, str(value)]
    if isinstance(value, (bool, dict, list)) or value is None or not name or " " in name or ":" in name:
        return False
    return all(text.isascii() and text.isprintable() for text in texts)
