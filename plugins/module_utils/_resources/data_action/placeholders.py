# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inputs of a data action, the C(${input}) placeholders of its request (feature S1.2).

Private to the collection. Inputs, as in published data actions, are C(${name}) and C($!{name}), and with the
platform's prefix C(${input.name}), C($input.name) and C($!input.name). No inputs are Velocity's tools such
as C($esc.url(...)), the credentials of an integration, the whole request C(${input.rawRequest}), and
variables of C(#set) or C(#foreach) in the same text.
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings, describe_position, did_you_mean
from .velocity import scan

#: Unused inputs with which an undeclared one is compared.
_MOST_COMPARED = 100


def check_inputs(rest: dict[str, t.Any], path: str, findings: Findings) -> None:
    """Report malformed placeholders in C(url), C(headers) and C(body), undeclared and unused inputs (S1.2).

    Without C(inputs), only malformed placeholders are reported. Messages contain names of inputs, but no
    other text of headers or body, which may be secret.
    """
    used: dict[str, list[str]] = {}
    takes_all = False
    for place, text in _request_texts(rest, path):
        references, malformed = scan(text)
        takes_all = takes_all or any(reference.kind == "raw" for reference in references)
        for name in dict.fromkeys(one.name for one in references if one.kind == "input"):
            used.setdefault(name, []).append(place)
        for error in malformed:
            findings.problem(
                place, f"the placeholder at {describe_position(text, error.position)} {error.reason}"
            )
    if not isinstance(rest.get("inputs"), (list, tuple)):
        return
    declared = [entry.get("name") if isinstance(entry, dict) else entry for entry in rest["inputs"]]
    unused = [other for other in declared if isinstance(other, str) and other not in used]
    known = {other for other in declared if isinstance(other, str)}
    for name, places in used.items():
        if name not in known:
            hint = did_you_mean(name, unused) if 0 < len(unused) <= _MOST_COMPARED else ""
            findings.problem(places[0], f"uses ${{{name}}}, which {path}.inputs does not declare{hint}")
    first: dict[str, int] = {}
    for index, entry in enumerate(declared):
        if not isinstance(entry, str):
            continue
        if first.setdefault(entry, index) != index:
            findings.problem(f"{path}.inputs[{index}]", f"{entry!r} is declared twice")
        elif entry not in used and not takes_all:
            findings.problem(f"{path}.inputs[{index}]", f"{entry!r} is not used in url, headers or body")


def _request_texts(rest: dict[str, t.Any], path: str) -> t.Iterator[tuple[str, str]]:
    headers = rest.get("headers")
    options = [("url", rest.get("url")), ("body", rest.get("body"))]
    if isinstance(headers, dict):
        options[1:1] = [(f"headers.{name}", value) for name, value in headers.items()]
    for option, text in options:
        if isinstance(text, str):
            yield f"{path}.{option}", text
