# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the inputs of a data action, the C(${input}) placeholders of its request (feature S1.2).

Private to the collection. The platform fills URL, headers and body in with Velocity. What counts as an input
(as published data actions write it): C(${name}) and C($!{name}), also with a method behind the name, as in
C(${name.replace(' ', '%20')}), and with the platform's own prefix, C(${input.name}), C($input.name) and
C($!input.name). Not inputs: Velocity's tools such as C($esc.url(...)), the credentials of an integration, the
whole request C(${input.rawRequest}), variables that the text itself makes by C(#set) or C(#foreach), and what
a backslash escapes.
"""

from __future__ import annotations

import re
import typing as t

from ..._findings import Findings, did_you_mean, place_of

_NAME = r"[^\W\d][\w-]*"
_ARGUMENTS = r"""\((?:[^()'"]|'[^']*'|"[^"]*"|\((?:[^()'"]|'[^']*'|"[^"]*")*\))*\)"""
_REFERENCE = re.compile(
    rf"""\$!?\{{(?P<prefix>input\.)?(?P<name>{_NAME})
         (?P<rest>(?:\.{_NAME}|{_ARGUMENTS}|\[[^\]{{}}]*\])*)(?:\|[^}}]*)?\}}""",
    re.VERBOSE | re.IGNORECASE,
)
_SHORT_REFERENCE = re.compile(rf"\$!?input\.({_NAME})", re.IGNORECASE)
_OPENING = re.compile(r"\$!?\{|\$!?input\.", re.IGNORECASE)
_LOCAL = re.compile(rf"#\{{?(?:set|foreach)\}}?\s*\(\s*\$!?\{{?({_NAME})", re.IGNORECASE)
_START = re.compile(rf"(?:input\.)?{_NAME}", re.IGNORECASE)
_STOP = re.compile(r"[}{$\"'\r\n]")  # the end of a placeholder, or what shows that its end is missing
#: What Velocity knows besides the inputs; only with a method or a field behind it.
_TOOLS = frozenset(
    {
        "authresponse",
        "credentials",
        "esc",
        "foreach",
        "loginurl",
        "math",
        "salesforce",
        "successtemplateutils",
    }
)


class _Malformed(t.NamedTuple):
    position: int
    reason: str


def find_inputs(text: str) -> list[str]:
    """The names of the inputs in C(text), each once, in the order of their first use (S1.2)."""
    return _scan(text)[0]


def check_inputs(rest: dict[str, t.Any], path: str, findings: Findings) -> None:
    """Reports malformed placeholders in C(url), C(headers) and C(body) of C(rest) and, where C(inputs) is
    given, every input that it does not declare and every declared one that is used nowhere (S1.2).

    Messages hold no text of headers or body but the names of inputs: it may be secret.
    """
    used: dict[str, list[str]] = {}
    for place, text in _texts(rest, path):
        names, malformed = _scan(text)
        for name in names:
            used.setdefault(name, []).append(place)
        for slip in malformed:
            findings.problem(place, f"the placeholder at {place_of(text, slip.position)} {slip.reason}")
    declared = rest.get("inputs")
    if not isinstance(declared, (list, tuple)):
        return
    for name, places in used.items():
        if name not in declared:
            unused = [other for other in declared if isinstance(other, str) and other not in used]
            hint = did_you_mean(name, unused) if unused else ""
            findings.problem(places[0], f"uses ${{{name}}}, which {path}.inputs does not declare{hint}")
    for index, name in enumerate(declared):
        if name in declared[:index]:
            findings.problem(f"{path}.inputs[{index}]", f"{name!r} is declared twice")
        elif isinstance(name, str) and name not in used:
            message = f"{name!r} is used nowhere in url, headers or body"
            findings.problem(f"{path}.inputs[{index}]", message)


def _texts(rest: dict[str, t.Any], path: str) -> t.Iterator[tuple[str, str]]:
    headers = rest.get("headers")
    options = [("url", rest.get("url")), ("body", rest.get("body"))]
    if isinstance(headers, dict):
        options[1:1] = [(f"headers.{name}", value) for name, value in headers.items()]
    for option, text in options:
        if isinstance(text, str):
            yield f"{path}.{option}", text


def _scan(text: str) -> tuple[list[str], list[_Malformed]]:
    if "$" not in text:
        return [], []
    local = {match[1] for match in _LOCAL.finditer(text)}
    names: dict[str, None] = {}
    malformed = []
    for opening in _OPENING.finditer(text):
        if _is_escaped(text, opening.start()):
            continue
        match = _REFERENCE.match(text, opening.start()) or _SHORT_REFERENCE.match(text, opening.start())
        if match is None:
            if opening.group().endswith("{"):
                malformed.append(_Malformed(opening.start(), _what_is_wrong(text, opening.end())))
            continue
        prefixed = match.re is _SHORT_REFERENCE or match["prefix"] is not None
        name = match[1] if match.re is _SHORT_REFERENCE else match["name"]
        tool = not prefixed and name.lower() in _TOOLS and bool(match["rest"])
        raw_request = prefixed and name.lower() == "rawrequest"
        if not tool and not raw_request and (prefixed or name not in local):
            names[name] = None
    return list(names), malformed


def _is_escaped(text: str, position: int) -> bool:
    backslashes = 0
    while text[position - 1 - backslashes : position - backslashes] == "\\":
        backslashes += 1
    return backslashes % 2 == 1


def _what_is_wrong(text: str, inside: int) -> str:
    """Why the placeholder whose content begins at C(inside) is none."""
    stop = _STOP.search(text, inside)
    if stop is None or stop.group() != "}":
        return "is not closed by }"
    if stop.start() == inside:
        return "has no name"
    start = _START.match(text, inside)
    end = start.end() if start is not None else inside
    return f"has {text[end]!r} in its name; a name is a letter, then letters, digits, _ and -"
