# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the option rest in the terms of the platform API, and of the way back (P.10)."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.definition_shape import (
    part,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.inputs import (
    read_inputs,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.rest_table import (
    INPUT,
    OUTPUT,
    PATHS,
    ROWS,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.rest_to_wire import (
    METHODS,
    default_to_wire,
    inferred_contract,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.wire_to_rest import (
    from_wire,
    template_from_wire,
)
from unit.resources.data_action.definition_findings import converted


def mapped(**mapping: t.Any) -> dict[str, t.Any]:
    return {"variable_mappings": [{"name": "x", "source": "$.a", "type": "string", **mapping}]}


def with_entries(rest: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return the options with each input as an entry, as the way back writes them."""
    return {
        option: read_inputs(value, option, Findings()) if option == "inputs" else value
        for option, value in rest.items()
    }


# The table


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.option)
def test_each_row_of_the_table_from_the_option(row):
    wire, problems, warnings = converted(row.example)
    assert problems == warnings == {}
    found = part(wire, row.place)
    assert (part({"contract": inferred_contract(wire)}, row.place) if found is None else found) == row.result


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.option)
def test_each_row_of_the_table_back_to_the_option(row):
    wire, _problems, _warnings = converted(row.example)
    rest = from_wire(wire)
    assert rest is not None
    assert converted(rest)[0] == wire
    plain = json.loads(json.dumps(row.example).replace("${input.q}", "${q}"))  # the short form
    assert rest == with_entries(plain)


def test_the_table_names_every_option_of_rest():
    named = {row.option.split("[")[0].split(",")[0] for row in ROWS if not row.option.startswith("type:")}
    assert named == {"url", "method", "headers", "body", "inputs", "variable_mappings"}


# Names, methods, empty values


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/${größe}", "'größe' is no name"),
        ("/${_c1}", "'_c1' is no name"),
        ("/${orgId}", "orgId is reserved"),
        ("/${integrationId.trim()}", "integrationId is reserved"),
        ("/${rawRequest}", "${input.rawRequest} for all inputs"),
    ],
)
def test_a_name_that_the_platform_does_not_take_is_a_problem_with_a_cure(text, word):
    for option in ("url", "body"):
        problems = converted({option: text})[1]
        assert list(problems) == [f"rest.{option}"]
        assert word in problems[f"rest.{option}"] and "ename" in problems[f"rest.{option}"]
    assert word in converted({"headers": {"X-A": text}})[1]["rest.headers.X-A"]


def test_a_declared_input_has_a_name_that_the_platform_takes():
    problems = converted({"inputs": ["ok", "größe", {"name": "orgId"}]})[1]
    assert list(problems) == ["rest.inputs[1]", "rest.inputs[2]"]


def test_a_variable_has_a_name_that_a_template_can_use():
    wire, problems, _warnings = converted(mapped(name="two words"))
    assert "Rename it" in problems["rest.variable_mappings[0].name"]
    assert part(wire, PATHS) == {}


def test_the_methods_of_the_platform():
    assert set(METHODS) == {"DELETE", "GET", "PATCH", "POST", "PUT"}
    for method in ("HEAD", "OPTIONS"):
        assert method in converted({"method": method})[1]["rest.method"]


def test_omitted_options_are_no_part_of_the_object_and_null_resets():
    assert converted({}) == ({}, {}, {})
    assert converted({"headers": None, "body": None, "variable_mappings": None})[0] == {
        "config": {
            "request": {"requestTemplate": "", "headers": {}},
            "response": {
                "translationMap": {},
                "translationMapDefaults": {},
                "successTemplate": "${rawResult}",
            },
        },
        "contract": {"output": {"successSchema": {"type": "object", "properties": {}}}},
    }
    assert converted({"inputs": None})[0] == {}


@pytest.mark.parametrize(
    "text",
    [
        "$esc.jsonString('a')",
        "${successTemplateUtils.firstFromArray('a')}",
        "${credentials.apiKey} ${authResponse.token}",
        "${encoding.base64('a')} ${urlTool.optionalQueryParam('a')}",
        "#set($x = 1)${x} #foreach($y in [1])${y.z}#end",
        "${input.a} $input.b $!{Input.c} ${input.rawRequest}",
        "\\${a} ## ${b}",
        "#[[ ${a} ]]# $5 @{Contact.Id}",
    ],
)
def test_what_is_no_short_placeholder_stays(text):
    wire, problems, _warnings = converted({"body": text})
    assert (part(wire, "config.request.requestTemplate"), problems) == (text, {})


def test_unbalanced_directives_are_problems():
    problems = converted({"url": "/#end", "body": '{\n#if("${a}" != "")', "headers": {"X-A": "#if($a"}})[1]
    assert "#end closes nothing" in problems["rest.url"]
    assert "line 2, character 1" in problems["rest.body"] and "no #end" in problems["rest.body"]
    assert "not closed" in problems["rest.headers.X-A"]


@pytest.mark.parametrize("name", ["orgId", "größe", "_a", "esc.url('a')", "Input.x", "rawRequest"])
def test_a_name_that_needs_the_prefix_keeps_it(name):
    text = f"${{input.{name}}}"
    assert template_from_wire(text) == text


def test_a_local_variable_and_an_input_of_one_name_stay_apart():
    text = "#set($a = 1)${a} ${input.a} ${input.b}"
    assert template_from_wire(text) == "#set($a = 1)${a} ${input.a} ${b}"


@pytest.mark.parametrize(
    "change",
    [
        {"contract": {"input": {"inputSchema": {"type": "object", "title": "T", "properties": {}}}}},
        {"contract": {"input": {"inputSchema": {"type": "object", "properties": {"a": {"enum": [1]}}}}}},
        {"config": {"response": {"translationMap": {}, "successTemplate": "{}"}}},
        {"config": {"response": {"translationMap": {"a": "$.a"}, "successTemplate": "${a}"}}},
        {"config": {"request": {"requestTemplate": "${a}"}}},
    ],
)
def test_an_object_that_rest_cannot_express_has_no_options(change):
    assert from_wire(change) is None


# The contract


def test_inputs_as_names_and_as_entries():
    entry = {"name": "n", "type": "integer", "required": True, "default": 5, "description": "Page"}
    assert part(converted({"inputs": ["id", entry, {"name": "b", "type": "boolean"}]})[0], INPUT) == {
        "type": "object",
        "properties": {
            "id": {"type": "string"},
            "n": {"type": "integer", "default": 5, "description": "Page"},
            "b": {"type": "boolean"},
        },
        "required": ["n"],
    }


def test_the_contract_of_a_new_data_action_has_the_inputs_of_all_texts():
    rest = {
        "url": "/${b}/${b.trim()}/${input.a}/$input.f/${input.rawRequest}/${esc.url(${c})}",
        "headers": {"X-D": "$!{d}"},
        "body": "#set($x = ${e})${x}",
    }
    contract = inferred_contract(converted(rest)[0])
    assert list(contract["input"]["inputSchema"]["properties"]) == ["b", "a", "f", "c", "d", "e"]
    assert contract["output"]["successSchema"] == {"type": "object", "properties": {}}


def test_a_declared_contract_is_not_inferred():
    wire = converted({"url": "/${a}", "inputs": [], **mapped()})[0]
    assert inferred_contract(wire) == {}


# Variables


@pytest.mark.parametrize(
    ("kind", "source", "schema"),
    [
        ("json", "$.a", "object"),
        ("json", "$.a[*]", "array"),
        ("array", "$.a", "array"),
        ("array", "$..a", "array"),
        ("string", "$..a", "string"),
        ("number", "$.a", "number"),
        ("integer", "$.a.size()", "integer"),
        ("boolean", "$['a']", "boolean"),
    ],
)
def test_the_type_of_a_variable_in_the_output(kind, source, schema):
    wire, problems, warnings = converted(mapped(type=kind, source=source))
    assert problems == warnings == {}
    assert part(wire, OUTPUT)["properties"] == {"x": {"type": schema}}


def test_one_value_of_a_path_that_selects_several_is_a_warning():
    for kind in ("number", "integer", "boolean"):
        warnings = converted(mapped(type=kind, source="$.a[*].b"))[2]
        assert f"a flow gets no {kind}" in warnings["rest.variable_mappings[0].type"]


@pytest.mark.parametrize(
    ("default", "kind", "text"),
    [
        (None, "string", None),
        ("en-US", "string", '"en-US"'),
        ("", "string", '""'),
        ('a "b" \\ ü', "string", '"a \\"b\\" \\\\ ü"'),
        ("0", "string", '"0"'),
        ("0", "integer", "0"),
        ("1.50", "number", "1.50"),
        ("true", "boolean", "true"),
        ("", "number", None),
        (" ", "json", None),
        ("null", "json", "null"),
        ("[1, 2]", "array", "[1, 2]"),
        ("abc", "integer", '"abc"'),
        ("NaN", "number", '"NaN"'),
    ],
)
def test_the_json_text_of_a_default(default, kind, text):
    assert default_to_wire(default, kind) == text


def test_the_default_of_a_string_that_is_the_text_of_an_array():
    several = {"source": "$.a[*]", "type": "string"}
    wire, _problems, warnings = converted(mapped(**several, default="[]"))
    assert part(wire, "config.response.translationMapDefaults") == {"x": "[]"}
    assert warnings == {}
    wire, _problems, warnings = converted(mapped(**several, default="none"))
    assert part(wire, "config.response.translationMapDefaults") == {"x": '"none"'}
    assert "in quotes" in warnings["rest.variable_mappings[0].default"]


# Any options
