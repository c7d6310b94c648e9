# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of C(rest) and the platform API: each option, its place in the API's object, an example (P.10).

Private to the collection. C(docs/data-actions.md) shows the table, and the tests of both directions are made
from it.
"""

from __future__ import annotations

import typing as t

URL = "config.request.requestUrlTemplate"
METHOD = "config.request.requestType"
HEADERS = "config.request.headers"
BODY = "config.request.requestTemplate"
PATHS = "config.response.translationMap"
DEFAULTS = "config.response.translationMapDefaults"
TEMPLATE = "config.response.successTemplate"
INPUT = "contract.input.inputSchema"
OUTPUT = "contract.output.successSchema"


class Row(t.NamedTuple):
    """One row: an option, its place, the conversion, an example of C(rest) and the value that it has there.

    C(inferred) says that the conversion adds what the options do not say.
    """

    option: str
    place: str
    conversion: str
    example: dict[str, t.Any]
    result: t.Any
    inferred: bool = False


def _mapping(source: str, kind: str, **more: t.Any) -> dict[str, t.Any]:
    return {"variable_mappings": [{"name": "x", "source": source, "type": kind, **more}]}


ROWS = (
    Row(
        "url",
        URL,
        "`${x}` becomes `${input.x}`; `${input.x}`, macros and tools stay as they are",
        {"url": "/c/${id}?q=$esc.url(${input.q})"},
        "/c/${input.id}?q=$esc.url(${input.q})",
    ),
    Row("method", METHOD, "unchanged; `HEAD` and `OPTIONS` are errors", {"method": "GET"}, "GET"),
    Row(
        "headers",
        HEADERS,
        "values as `url`",
        {"headers": {"X-Id": "${id}"}},
        {"X-Id": "${input.id}"},
    ),
    Row(
        "body",
        BODY,
        "as `url`; without a body the platform sends all inputs as a JSON object",
        {"body": '#if("$!{a}" != ""){"a": "$!{a}"}#end'},
        '#if("$!{input.a}" != ""){"a": "$!{input.a}"}#end',
    ),
    Row(
        "inputs",
        INPUT,
        "one property for each input: its type, default and description; required names in a list",
        {"inputs": [{"name": "n", "type": "integer", "required": True}, "id"]},
        {
            "type": "object",
            "properties": {"n": {"type": "integer"}, "id": {"type": "string"}},
            "required": ["n"],
        },
    ),
    Row(
        "inputs, omitted",
        INPUT,
        "only for a new data action: each placeholder as a string that is not required",
        {"url": "/c/${id}"},
        {"type": "object", "properties": {"id": {"type": "string"}}},
        inferred=True,
    ),
    Row(
        "variable_mappings[].source",
        PATHS,
        "unchanged, under the name of the variable",
        _mapping("$.a.b", "string"),
        {"x": "$.a.b"},
    ),
    Row(
        "variable_mappings[].default",
        DEFAULTS,
        "as JSON text: a string gets quotes, other types stay as they are",
        _mapping("$.a", "string", default="en-US"),
        {"x": '"en-US"'},
    ),
    Row(
        "variable_mappings[].name",
        TEMPLATE,
        "the variables as one JSON object; without mappings `${rawResult}`",
        _mapping("$.a", "number"),
        '{"x": ${x}}',
        inferred=True,
    ),
    Row(
        "variable_mappings[].type",
        OUTPUT,
        "one property for each variable, with its type",
        _mapping("$.a", "boolean"),
        {"type": "object", "properties": {"x": {"type": "boolean"}}},
        inferred=True,
    ),
    Row(
        "type: array",
        OUTPUT,
        "elements of any type",
        _mapping("$.a[*].b", "array"),
        {"type": "object", "properties": {"x": {"type": "array"}}},
        inferred=True,
    ),
    Row(
        "type: json",
        OUTPUT,
        "an object without named properties; an array if the path can match several values",
        _mapping("$.a", "json"),
        {"type": "object", "properties": {"x": {"type": "object"}}},
        inferred=True,
    ),
    Row(
        "type: string of a path that can match several values",
        TEMPLATE,
        "the JSON text of the array",
        _mapping("$.a[*].b", "string", default="[]"),
        '{"x": "$esc.jsonEncode(${x})"}',
        inferred=True,
    ),
)
