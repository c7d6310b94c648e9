# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the offline checks of a definition: templates, JSONPaths, defaults, schemas (P.11)."""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._model.json_objects import set_path
from unit.resources.data_action.definition_findings import DEFINITION, Judged, changed, judge

URL = "config.request.requestUrlTemplate"
BODY = "config.request.requestTemplate"
HEADERS = "config.request.headers"
PATHS = "config.response.translationMap"
DEFAULTS = "config.response.translationMapDefaults"
TEMPLATE = "config.response.successTemplate"
INPUT = "contract.input.inputSchema"
OUTPUT = "contract.output.successSchema"


def of(path: str, value: object) -> Judged:
    return judge(changed(path, value))


# Templates of the request


@pytest.mark.parametrize(
    "text",
    [
        "/${input.id}/$input.id/$!{input.id}/$!input.id/${INPUT.id}/$Input.id",
        "/${input.id.replace(' ', '%20')}?q=$esc.url(${input.id})",
        "/${input.orgId}/${input.integrationId}",
        "#set($x = ${input.id})${x} #foreach($y in [1])${y.z} ${foreach.index}#end",
        "${credentials.apiKey}/${authResponse.token}",
        '#if("$!{input.id}" != "" && $input.id.length() > 3)a#elseif($input.id == "x")b#{else}c#end',
        "#[[ ${ #if( ]]# ## ${never} #end",
        "\\${input.never} \\#end \\#if(a)",
        "#endpoint #ifx #if you like #iffy($x) #1 #fff",
        "#macro(m $a)${a}#end #@m('x')body#end #define($d)x#end${d}",
        "https://h/a#fragment ${math.add(1, 2)}",
    ],
)
def test_working_templates_have_no_findings(text):
    assert of(URL, f"https://h/{text}") == (changed(URL, f"https://h/{text}"), {}, {})


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/${input.idd}", "${input.idd}, which the input schema does not have; did you mean 'id'?"),
        ("/$input.customer", "${input.customer}, which"),
        ("/${input.customer.trim()}", "${input.customer}, which"),
        ("/${id}", "write ${input.id}"),
        ("/${input.id", "the placeholder at character 11 is not closed"),
        ("/${}", "has no name"),
        ("/${input.id}#if($a)", "#if has no #end"),
        ("/#foreach($a in $b)x", "#foreach has no #end"),
        ("/#{if}($a)x", "#if has no #end"),
        ("/#end", "#end closes nothing"),
        ("/#{end}", "#end closes nothing"),
        ("/#else", "stands outside of #if"),
        ('/#if($a == ")")x', "#if has no #end"),
        ("/#if($a", "#if has a parenthesis that is not closed"),
        ("/#set($a = '", "#set has a parenthesis that is not closed"),
    ],
)
def test_what_can_never_work_is_a_problem(text, word):
    for path in (URL, BODY):
        text_there = f"https://h{text}" if path == URL else f"xxxxxxxxx{text}"
        found = of(path, text_there)
        assert list(found.problems) == [f"definition.{path}"]
        assert word in found.problems[f"definition.{path}"]
    found = of(HEADERS, {"X-A": f"xxxxxxxxx{text}"})
    assert word in found.problems[f"definition.{HEADERS}.X-A"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/${input.ID}", "but the schema has 'id'"),
        ("/$!{input.other}", "which the input schema does not have"),
        ("/${input.other|'a'}", "which the input schema does not have"),
        ("/${unknown}", "neither an input nor a known tool"),
    ],
)
def test_what_may_work_is_a_warning(text, word):
    found = of(BODY, text)
    assert found.problems == {}
    assert word in found.warnings[f"definition.{BODY}"]


def test_an_input_that_nothing_uses_is_a_warning_unless_the_whole_request_is_sent():
    unused = changed(f"{INPUT}.properties.extra", {"type": "string"})
    assert judge(unused).warnings == {}  # ${input.rawRequest}
    for body in ("", None):
        assert judge(changed(BODY, body, unused)).warnings == {}  # the platform's default sends all inputs
    found = judge(changed(BODY, "plain", unused))
    assert list(found.warnings) == [f"definition.{INPUT}.properties.extra"]


def test_without_a_schema_no_input_is_unknown():
    body = changed("contract", {})
    set_path(body, URL, "/${input.anything}")
    assert judge(body) == (body, {}, {})


def test_headers_are_checked_as_those_of_rest():
    found = of(HEADERS, {"X A": "1", "Authorization": "", "accept": "a", "Accept": "b", "X-B": "ü"})
    assert len(found.problems) == 4


@pytest.mark.parametrize(
    ("url", "finding"),
    [
        ("https://h/x", None),
        ("/api/v2/users", None),
        ("${input.id}/x", None),
        ("arn:aws:lambda:eu-central-1:1:function:f", None),
        ("crm.example.com", "warning"),
        (" ", "problem"),
    ],
)
def test_the_beginning_of_a_url(url, finding):
    found = of(URL, url)
    assert (f"definition.{URL}" in found.problems) is (finding == "problem")
    assert (f"definition.{URL}" in found.warnings) is (finding == "warning")


# The response


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("$$.id", "found '$'"),
        ("$.a[", "not closed"),
        ("", "empty"),
        ("$.a b", "blanks"),
        ("$.sum(a)", "sum()"),
    ],
)
def test_a_path_that_the_platform_refuses_is_a_problem(source, word):
    found = of(f"{PATHS}.tier", source)
    if word == "sum()":  # a function of the platform that is not evaluated offline
        assert found.problems == {}
        return
    assert word in found.problems[f"definition.{PATHS}.tier"]


def test_a_doubtful_path_is_a_warning():
    assert "has no $" in of(f"{PATHS}.tier", ".total").warnings[f"definition.{PATHS}.tier"]


@pytest.mark.parametrize("text", ["none", "", " ", "NaN", "'a'", "{a: 1}"])
def test_a_default_that_is_no_json_is_a_warning(text):
    assert "no JSON text" in of(f"{DEFAULTS}.tier", text).warnings[f"definition.{DEFAULTS}.tier"]


def test_a_default_without_a_path_is_a_warning():
    assert "no path" in of(f"{DEFAULTS}.teir", "0").warnings[f"definition.{DEFAULTS}.teir"]


@pytest.mark.parametrize(
    "text",
    [
        "${tier}",
        '{"a": $tier}',
        '{"a": $!{tier}, "b": "${tier}"}',
        '{"a": ${successTemplateUtils.firstFromArray("${tier}", "$esc.quote$esc.quote")}}',
        '{"a": "$esc.jsonEncode(${successTemplateUtils.firstFromArray("${tier}")})"}',
        '#if($tier == "a"){"a": ${tier}}#else{}#end',
        '#set($x = ${tier}){"a": ${x}}',
    ],
)
def test_working_success_templates_have_no_findings(text):
    assert of(TEMPLATE, text) == (changed(TEMPLATE, text), {}, {})


def test_the_whole_response_needs_no_path():
    body = changed("config.response", {"translationMap": {}, "successTemplate": "${rawResult}"})
    assert judge(body) == (body, {}, {})


def test_a_variable_without_a_path_is_a_problem():
    found = of(TEMPLATE, '{"a": ${tier}, "b": ${teir}}')
    assert (
        "${teir}, which translationMap does not have; did you mean 'tier'?"
        in (found.problems[f"definition.{TEMPLATE}"])
    )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('{"a": ${tier}, "b": $!{b}}', "which translationMap does not have"),
        ('{"a": ${tier}, "b": ${Tier}}', "which translationMap does not have"),
        ('{"a": ${tier}, "b": ${input.id}}', "variables of translationMap only"),
        ('{"a": ${tier},}', "gives no JSON"),
        ('{"a": $${tier}}', "gives no JSON"),
        ("{tier} ${tier}", "gives no JSON"),
    ],
)
def test_a_doubtful_success_template_is_a_warning(text, word):
    found = of(TEMPLATE, text)
    assert found.problems == {}
    assert word in found.warnings[f"definition.{TEMPLATE}"]


def test_an_unused_variable_is_a_warning():
    assert list(of(f"{PATHS}.other", "$.b").warnings) == [f"definition.{PATHS}.other"]


def test_a_name_that_no_template_can_use_is_a_warning():
    assert "no template" in of(f"{PATHS}.two words", "$.b").warnings[f"definition.{PATHS}.two words"]


def test_unbalanced_success_templates_are_problems():
    assert "no #end" in of(TEMPLATE, "#if($tier){}").problems[f"definition.{TEMPLATE}"]
    assert "not closed" in of(TEMPLATE, '{"a": ${tier').problems[f"definition.{TEMPLATE}"]


# The schemas


@pytest.mark.parametrize("kind", ["string", "integer", "number", "boolean", "null", ["string", "null"]])
def test_the_types_of_an_input(kind):
    assert of(f"{INPUT}.properties.id", {"type": kind, "title": "T", "enum": ["a"]}).problems == {}


@pytest.mark.parametrize(
    ("path", "value", "place", "word"),
    [
        ("type", "array", "type", "must be object"),
        ("properties", [], "properties", "a mapping"),
        ("properties.id", "string", "properties.id", "a mapping with a type"),
        ("properties.id", {"type": "object"}, "properties.id.type", "the input is flat"),
        ("properties.id", {"type": "array"}, "properties.id.type", "the input is flat"),
        ("properties.id", {"type": "strng"}, "properties.id.type", "'strng' is no type"),
        ("properties.id", {}, "properties.id.type", "missing type"),
        ("properties.id", {"type": []}, "properties.id.type", "missing type"),
        ("properties.id", {"type": ["string", "object"]}, "properties.id.type", "'object'"),
        ("properties.1a", {"type": "string"}, "properties.1a", "'1a' is no name of an input"),
        ("properties.größe", {"type": "string"}, "properties.größe", "without accents"),
        ("properties.orgId", {"type": "string"}, "properties.orgId", "reserved"),
        ("properties.rawRequest", {"type": "string"}, "properties.rawRequest", "reserved"),
        ("required", "id", "required", "a list of names"),
        ("required", ["id", "other"], "required", "'other' is no property"),
        ("definitions", {"a": {"$ref": "#/a"}}, "definitions.a.$ref", "refused by the platform"),
        ("properties.id", {"type": "string", "$ref": "#/a"}, "properties.id.$ref", "write the schema"),
    ],
)
def test_the_rules_of_the_input_schema(path, value, place, word):
    problems = of(f"{INPUT}.{path}", value).problems
    assert word in problems[f"definition.{INPUT}.{place}"]


def test_a_default_of_another_type_is_a_warning():
    found = of(f"{INPUT}.properties.id", {"type": "integer", "default": "1"})
    assert found.problems == {}
    assert list(found.warnings) == [f"definition.{INPUT}.properties.id.default"]
    assert of(f"{INPUT}.properties.id", {"type": "integer", "default": 1.0}).warnings == {}


ARRAY = {"type": "array", "items": {"type": "string"}}
WRAPPED = {"type": "object", "properties": {"list": ARRAY}}


@pytest.mark.parametrize(
    "schema",
    [
        {},
        ARRAY,
        WRAPPED,
        {"type": "array"},
        {"type": "object", "properties": {"a": WRAPPED, "b": {"type": ["array", "null"]}}},
        {"type": "object", "additionalProperties": False, "properties": {"items": ARRAY, "$id": {}}},
        {"type": "array", "items": {"type": "object", "properties": {"type": {"type": "string"}}}},
    ],
)
def test_output_schemas_that_the_platform_takes(schema):
    assert of(OUTPUT, schema).problems == {}


@pytest.mark.parametrize(
    ("schema", "place", "word"),
    [
        ({"type": "array", "items": ARRAY}, "items", "array inside an array"),
        ({"type": "array", "items": WRAPPED}, "items.properties.list", "array inside an array"),
        ({"type": "array", "items": [ARRAY]}, "items[0]", "array inside an array"),
        ({"items": {"anyOf": [{"type": "string"}, ARRAY]}}, "items.anyOf[1]", "array inside an array"),
        ({"type": "objct"}, "type", "must be one of"),
        ({"properties": {"a": "string"}}, "properties.a", "must be a schema"),
        ({"properties": []}, "properties", "must be a schema"),
        ({"items": {"$ref": "#/a"}}, "items.$ref", "refused by the platform"),
        ({"anyOf": [{"x": [{"$ref": "#/a"}]}]}, "anyOf[0].x[0].$ref", "refused by the platform"),
    ],
)
def test_output_schemas_that_the_platform_refuses(schema, place, word):
    assert word in of(OUTPUT, schema).problems[f"definition.{OUTPUT}.{place}"]


def test_a_deep_schema_is_a_problem_and_no_crash():
    schema: dict = {"type": "string"}
    for level in range(600):
        schema = {"type": "object", "properties": {"a": schema}}
        if level == 40:
            assert judge({"contract": {"output": {"successSchema": schema}}}).problems == {}
    found = judge({"contract": {"output": {"successSchema": schema}}})
    assert "more than 90 levels" in found.problems[f"definition.{OUTPUT}"]


def test_the_definition_itself_is_fine():
    assert judge(DEFINITION) == (DEFINITION, {}, {})
