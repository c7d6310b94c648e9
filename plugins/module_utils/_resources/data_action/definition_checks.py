# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offline checks of a data action in the API's form: templates, JSONPaths, defaults, schemas (P.11).

Private to the collection. A problem is what the platform refuses, or what can never work. Other doubts are
warnings. Parts that the object lacks are not checked, so a partial definition can be checked too.
"""

from __future__ import annotations

import typing as t

from ..._arguments.validation import check_headers
from ..._findings import Findings, describe_position, did_you_mean
from ..._model.json_objects import Body
from .definition_shape import part, shown_key
from .json_text import is_json
from .jsonpath import check
from .rest_to_wire import METHODS, NAME, RESERVED
from .schema_rules import check_input_schema, check_output_schema
from .velocity import Reference, bare_names, filled, scan, unbalanced

MOST_CHARACTERS = 256
TIMEOUT = range(1, 61)
_REQUEST, _RESPONSE = "config.request", "config.response"
_PROPERTIES = "contract.input.inputSchema.properties"
_SHOWN = 10


class Facts(t.NamedTuple):
    """Single values of a data action, each with the path of its option for messages."""

    name: str
    category: str
    timeout: str
    method: str


def check_facts(wire: Body, paths: Facts, findings: Findings) -> None:
    """Check name, category, timeout and method."""
    for key, path in (("name", paths.name), ("category", paths.category)):
        text = wire.get(key)
        if isinstance(text, str) and not text.strip():
            findings.problem(path, "must not be empty")
        elif isinstance(text, str) and len(text) > MOST_CHARACTERS:
            findings.problem(
                path, f"has {len(text)} characters, but the platform takes {MOST_CHARACTERS} at most"
            )
    timeout = part(wire, "config.timeoutSeconds")
    if timeout is not None and timeout not in TIMEOUT:
        findings.problem(paths.timeout, f"{timeout} is not between 1 and 60 seconds")
    method = part(wire, f"{_REQUEST}.requestType")
    if method is not None and method not in METHODS:
        findings.problem(paths.method, f"must be one of {', '.join(METHODS)}")


def check_definition(
    wire: Body, path: str, findings: Findings, secret_headers: t.Collection[str] = ()
) -> None:
    """Check the contract, the request and the response of a definition whose keys have the right types."""
    inputs, output = (
        part(wire, place) for place in ("contract.input.inputSchema", "contract.output.successSchema")
    )
    if inputs is not None:
        check_input_schema(inputs, f"{path}.contract.input.inputSchema", findings)
    if output is not None:
        check_output_schema(output, f"{path}.contract.output.successSchema", findings)
    properties = {} if part(wire, _PROPERTIES) is None else part(wire, _PROPERTIES)
    names = list(properties) if inputs is not None and isinstance(properties, dict) else None
    request, response = part(wire, _REQUEST), part(wire, _RESPONSE)
    if request is not None:
        _check_request(request, names, path, secret_headers, findings)
    if response is not None:
        _check_paths(response, f"{path}.{_RESPONSE}", findings)
        _check_success_template(response, f"{path}.{_RESPONSE}", findings)


def problems_of_change(before: Body | None, after: Body, path: str) -> Findings:
    """Return the problems of a whole data action that a change brings.

    A task may declare a part only, which does not fit the parts that the org has, such as a placeholder of an
    input that the published contract lacks.
    """
    known, found, new = Findings(), Findings(), Findings()
    check_definition(before or {}, path, known)
    check_definition(after, path, found)
    for problem in found.problems:
        if problem not in known.problems:
            new.problem(problem.path, f"{problem.message} (together with the parts that the org has)")
    return new


class _Names:
    """The known names of inputs or variables."""

    def __init__(self, names: t.Iterable[str]) -> None:
        self._by_lower = {name.lower(): name for name in names}
        self._all = frozenset(names)

    def __contains__(self, name: str) -> bool:
        return name in self._all

    def other_case(self, name: str) -> str | None:
        """Return the known name that differs in case alone."""
        return self._by_lower.get(name.lower())

    def hint(self, name: str) -> str:
        """Return the near name, or the known names if they are few."""
        return did_you_mean(name, self._all) if 0 < len(self._all) <= _SHOWN else ""


def _check_request(
    request: Body, names: list[str] | None, path: str, secret_headers: t.Collection[str], findings: Findings
) -> None:
    here = f"{path}.{_REQUEST}"
    url = request.get("requestUrlTemplate")
    if url is not None:
        _check_url(url, f"{here}.requestUrlTemplate", findings)
    headers = request.get("headers") or {}
    check_headers(headers, f"{here}.headers", findings, secret_headers)
    body = request.get("requestTemplate")
    texts = [("requestUrlTemplate", url), ("requestTemplate", body)]
    texts[1:1] = [(f"headers.{shown_key(name)}", text) for name, text in headers.items()]
    known = _Names(names or ())
    used: set[str] = set()
    takes_all = not body
    for place, text in texts:
        for reference in _read_template(text or "", f"{here}.{place}", findings):
            takes_all = takes_all or reference.kind == "raw"
            if reference.kind == "input" and names is not None:
                used.add(_check_input(reference, known, f"{here}.{place}", findings))
    for name in names or ():
        if name not in used and not takes_all:
            where = f"{path}.{_PROPERTIES}.{shown_key(name)}"
            findings.warn(where, "is used neither in the URL nor in headers or body")


def _check_url(url: str, path: str, findings: Findings) -> None:
    if not url.strip():
        findings.problem(path, "must not be empty")
    elif not url.startswith(("/", "http://", "https://", "$", "arn:")):
        findings.warn(
            path,
            "begins neither with https://, http:// or / nor with a placeholder, and is no ARN of a function",
        )


def _check_input(reference: Reference, names: _Names, path: str, findings: Findings) -> str:
    """Check one reference of the request to an input. Return the input that it means."""
    name = reference.name
    if not reference.prefix:
        if name in names:
            findings.problem(path, f"${{{name}}} is not filled in: write ${{input.{name}}}")
        else:
            findings.warn(
                path, f"${{{name}}} is neither an input nor a known tool: it may be sent as it stands"
            )
        return name
    if name in names or name in RESERVED:
        return name
    other = names.other_case(name)
    if other is not None:
        findings.warn(path, f"uses the input {name!r}, but the schema has {other!r}: write both alike")
        return other
    message = f"uses ${{input.{name}}}, which the input schema does not have{names.hint(name)}"
    (findings.warn if reference.quiet or reference.has_alternative else findings.problem)(path, message)
    return name


def _read_template(text: str, path: str, findings: Findings) -> list[Reference]:
    references, malformed = scan(text)
    for fault in malformed:
        place = describe_position(text, fault.position)
        findings.problem(path, f"the placeholder at {place} {fault.reason}")
    for fault in unbalanced(text):
        findings.problem(path, f"at {describe_position(text, fault.position)}: {fault.reason}")
    return references


def _check_paths(response: Body, here: str, findings: Findings) -> None:
    paths = response.get("translationMap") or {}
    for name, source in paths.items():
        place = f"{here}.translationMap.{shown_key(name)}"
        error, warning = check(source)
        if error is not None:
            findings.problem(place, error)
        if warning is not None:
            findings.warn(place, warning)
        if not NAME.fullmatch(name):
            findings.warn(place, "no template can use a variable of this name")
    known = _Names(paths)
    for name, text in (response.get("translationMapDefaults") or {}).items():
        place = f"{here}.translationMapDefaults.{shown_key(name)}"
        if "translationMap" in response and name not in paths:
            findings.warn(place, f"has no path in translationMap{known.hint(name)}")
        if not is_json(text):
            findings.warn(place, """is no JSON text: put text in quotes inside the value, as in '"none"'""")


def _check_success_template(response: Body, here: str, findings: Findings) -> None:
    template, place = response.get("successTemplate"), f"{here}.successTemplate"
    if not template:
        return
    paths = response.get("translationMap")
    known = _Names(paths or ())
    references = _read_template(template, place, findings)
    used = bare_names(template) | {reference.name for reference in references}
    if paths is not None:
        for reference in references:
            if reference.kind == "input":
                used.add(_check_variable(reference, known, place, findings))
        for name in paths:
            if name not in used and NAME.fullmatch(name):
                findings.warn(f"{here}.translationMap.{shown_key(name)}", "is not used in successTemplate")
    result = filled(template, "0")
    if result is not None and not is_json(result):
        findings.warn(place, "gives no JSON when its variables are filled in: check quotes, commas and $")


def _check_variable(reference: Reference, paths: _Names, place: str, findings: Findings) -> str:
    name = reference.name
    if reference.prefix:
        findings.warn(
            place, f"uses ${{input.{name}}}, but a success template has variables of translationMap only"
        )
    elif name not in paths and name != "rawResult":
        other = paths.other_case(name)
        message = f"uses ${{{name}}}, which translationMap does not have{paths.hint(name)}"
        doubtful = other is not None or reference.quiet or reference.has_alternative
        (findings.warn if doubtful else findings.problem)(place, message)
        return other or name
    return name
