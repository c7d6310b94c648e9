# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inputs of a data action, the C(${input}) placeholders of its request (feature S1.2).

Private to the collection. The platform fills in URL, headers and body with Velocity. Inputs, as in published
data actions, are C(${name}) and C($!{name}), also with a method after the name, as in
C(${name.replace(' ', '%20')}), and with the platform's prefix: C(${input.name}), C($input.name) and
C($!input.name). No inputs are Velocity's tools such as C($esc.url(...)), the credentials of an integration,
the whole request C(${input.rawRequest}), variables of C(#set) or C(#foreach) in the same text, and
placeholders after a backslash, in comments (C(##) to the end of the line, C(#* *#)) and in unparsed text
(C(#[[ ]]#)).
"""

from __future__ import annotations

import re
import typing as t

from ..._findings import Findings, describe_position, did_you_mean

_NAME = r"[^\W\d][\w-]*"
_ARGUMENTS = r"""\((?:[^()'"]|'[^']*'|"[^"]*"|\((?:[^()'"]|'[^']*'|"[^"]*")*\))*\)"""
_REFERENCE = re.compile(
    rf"""\$!?\{{(?P<prefix>input\.)?(?P<name>{_NAME})
         (?P<rest>(?:\.{_NAME}|{_ARGUMENTS}|\[[^\]{{}}]*\])*)(?P<end>\}}|\|)""",
    re.VERBOSE | re.IGNORECASE,
)
_SHORT_REFERENCE = re.compile(rf"\$!?input\.({_NAME})", re.IGNORECASE)
_OPENING = re.compile(r"\$!?\{|\$!?input\.", re.IGNORECASE)
_LOCAL = re.compile(rf"#\{{?(?:set|foreach)\}}?\s*\(\s*\$!?\{{?({_NAME})", re.IGNORECASE)
_START = re.compile(rf"(?:input\.)?{_NAME}", re.IGNORECASE)
_UNPARSED_OPENING = re.compile(r"##|#\*|#\[\[")
_LINE_BREAK = re.compile(r"[\r\n]")
_UNPARSED_CLOSING = {"#*": "*#", "#[[": "]]#"}
#: Malformed placeholders that are reported for one text.
_MOST_MALFORMED = 20
_STOP = re.compile(r"[}{$\"'\r\n]")  # the end of a placeholder, or a sign that the end is missing
#: Objects of Velocity besides the inputs (in lower case), if a method or field follows the name.
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


def check_inputs(rest: dict[str, t.Any], path: str, findings: Findings) -> None:
    """Report malformed placeholders in C(url), C(headers) and C(body), undeclared and unused inputs (S1.2).

    Without C(inputs), only malformed placeholders are reported. Messages contain names of inputs, but no
    other text of headers or body, which may be secret.
    """
    used: dict[str, list[str]] = {}
    for place, text in _request_texts(rest, path):
        names, malformed = _scan(text)
        for name in names:
            used.setdefault(name, []).append(place)
        for error in malformed:
            findings.problem(
                place, f"the placeholder at {describe_position(text, error.position)} {error.reason}"
            )
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
            message = f"{name!r} is not used in url, headers or body"
            findings.problem(f"{path}.inputs[{index}]", message)


def _request_texts(rest: dict[str, t.Any], path: str) -> t.Iterator[tuple[str, str]]:
    headers = rest.get("headers")
    options = [("url", rest.get("url")), ("body", rest.get("body"))]
    if isinstance(headers, dict):
        options[1:1] = [(f"headers.{name}", value) for name, value in headers.items()]
    for option, text in options:
        if isinstance(text, str):
            yield f"{path}.{option}", text


def _scan(text: str) -> tuple[list[str], list[_Malformed]]:
    """Return the names of the inputs, each once and in order of first use, and the malformed placeholders."""
    if "$" not in text:
        return [], []
    text = _without_unparsed(text)
    last_closing = text.rfind("}")
    local = {match[1] for match in _LOCAL.finditer(text)}
    names: dict[str, None] = {}
    malformed: list[_Malformed] = []
    for opening in _OPENING.finditer(text):
        if _is_escaped(text, opening.start()):
            continue
        match = _REFERENCE.match(text, opening.start()) or _SHORT_REFERENCE.match(text, opening.start())
        if match is not None and match.groupdict().get("end") == "|" and last_closing < match.end():
            match = None  # the alternative is not closed
        if match is None:
            if opening.group().endswith("{") and len(malformed) < _MOST_MALFORMED:
                malformed.append(_Malformed(opening.start(), _malformation(text, opening.end())))
            continue
        prefixed = match.re is _SHORT_REFERENCE or match["prefix"] is not None
        name = match[1] if match.re is _SHORT_REFERENCE else match["name"]
        tool = not prefixed and name.lower() in _TOOLS and bool(match["rest"])
        raw_request = prefixed and name.lower() == "rawrequest"
        if not tool and not raw_request and (prefixed or name not in local):
            names[name] = None
    return list(names), malformed


def _without_unparsed(text: str) -> str:
    """Return the text with blanks in the place of comments and unparsed text, in linear time."""
    parts: list[str] = []
    unclosed: set[str] = set()
    done = position = 0
    while (opening := _UNPARSED_OPENING.search(text, position)) is not None:
        start, position = opening.span()
        if opening.group() == "##":
            line_break = _LINE_BREAK.search(text, position)
            end = len(text) if line_break is None else line_break.start()
        elif opening.group() in unclosed:
            continue
        else:
            closing = _UNPARSED_CLOSING[opening.group()]
            place = text.find(closing, position)
            if place < 0:
                unclosed.add(opening.group())  # no later one is closed either
                continue
            end = place + len(closing)
        parts += (text[done:start], " " * (end - start))
        done = position = end
    return "".join((*parts, text[done:]))


def _is_escaped(text: str, position: int) -> bool:
    backslashes = 0
    while text[position - 1 - backslashes : position - backslashes] == "\\":
        backslashes += 1
    return backslashes % 2 == 1


def _malformation(text: str, inside: int) -> str:
    """Return the reason why the placeholder whose content begins at C(inside) is malformed."""
    stop = _STOP.search(text, inside)
    if stop is None or stop.group() != "}":
        return "is not closed by }"
    if stop.start() == inside:
        return "has no name"
    start = _START.match(text, inside)
    end = start.end() if start is not None else inside
    return f"has {text[end]!r} in its name; a name is a letter, then letters, digits, _ and -"
