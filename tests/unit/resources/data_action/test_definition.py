# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the option definition: its keys, types and notes, and the options beside it (P.11)."""

from __future__ import annotations

import datetime
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unit.resources.data_action.definition_findings import DEFINITION, changed, judge


def test_a_definition_is_read_without_findings():
    assert judge(DEFINITION) == (DEFINITION, {}, {})


def test_only_declared_parts_are_in_the_object():
    assert judge({}) == ({}, {}, {})
    assert judge({"config": {"request": {}}}).wire == {"config": {"request": {}}}
    assert judge(name="A", rest={"method": "GET"}).wire == {
        "name": "A",
        "config": {"request": {"requestType": "GET"}},
    }


def test_options_beside_the_definition_win():
    wire = judge(DEFINITION, name="B", category="X", secure=True, timeout_seconds=5).wire
    assert (wire["name"], wire["category"], wire["secure"]) == ("B", "X", True)
    assert wire["config"]["timeoutSeconds"] == 5
    assert wire["config"]["request"] == DEFINITION["config"]["request"]
    assert DEFINITION["config"]["timeoutSeconds"] == 10  # the task's own value is left alone


def test_secure_false_beside_the_definition_wins():
    assert judge(changed("secure", True), secure=False).wire["secure"] is False


def test_definition_and_rest_exclude_each_other():
    assert "cannot be given with rest" in judge(DEFINITION, rest={"method": "GET"}).problems["definition"]


def test_keys_that_the_api_sets_are_ignored_with_one_note():
    exported = {
        **DEFINITION,
        "id": "custom_-_1",
        "version": 3,
        "selfUri": "/x",
        "integrationType": "custom-rest-actions",
        "actionType": "custom",
        "contract": {
            "input": {**DEFINITION["contract"]["input"], "inputSchemaUri": "/x", "inputSchemaFlattened": {}},
            "output": {**DEFINITION["contract"]["output"], "errorSchema": {"type": "object"}},
        },
        "config": {
            **DEFINITION["config"],
            "request": {**DEFINITION["config"]["request"], "requestTemplateUri": "/api/v2/x"},
        },
    }
    wire, problems, warnings = judge(exported)
    assert (wire, problems) == (DEFINITION, {})
    assert list(warnings) == ["definition"]
    for key in (
        "id",
        "version",
        "selfUri",
        "contract.input.inputSchemaFlattened",
        "contract.output.errorSchema",
    ):
        assert key in warnings["definition"]


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("nmae", "did you mean 'name'?"),
        ("integrationId", "the option integration names"),
        ("errorSchema", "no key"),
        ("contract.inputs", "did you mean 'input'?"),
        ("contract.input.schema", "inputSchema"),
        ("config.timeout", "did you mean 'timeoutSeconds'?"),
        ("config.request.method", "no key"),
        ("config.request.id", "no key"),
        ("config.response.translation_map", "did you mean 'translationMap'?"),
    ],
)
def test_an_unknown_key_is_a_problem_with_its_path(path, word):
    _wire, problems, _warnings = judge(changed(path, "x"))
    assert list(problems) == [f"definition.{path}"]
    assert word in problems[f"definition.{path}"]


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [
        ("name", 5, "text, not a number"),
        ("secure", "yes", "true or false, not text"),
        ("secure", 0, "true or false, not a number"),
        ("contract", [], "a mapping, not a list"),
        ("contract.input.inputSchema", '{"type": "object"}', "a mapping, not text"),
        ("config.timeoutSeconds", "10", "a whole number, not text"),
        ("config.timeoutSeconds", True, "a whole number, not a boolean"),
        ("config.timeoutSeconds", 1.5, "a whole number, not a number"),
        ("config.request.requestTemplate", {"a": 1}, "text, not a mapping"),
        ("config.request.headers", "Accept: x", "a mapping, not text"),
        ("config.request.headers", {"X-Count": 5}, "text, not a number"),
        ("config.response.translationMapDefaults", {"tier": 0}, "text, not a number"),
        ("config.response.translationMapDefaults", {5: "0"}, "text"),
    ],
)
def test_a_wrong_type_is_a_problem_with_its_path(path, value, word):
    wire, problems, _warnings = judge(changed(path, value))
    (place,) = [place for place in problems if place.startswith(f"definition.{path}")]
    assert word in problems[place]
    assert wire["category"] == "CRM"  # the other keys are still read


def test_all_problems_are_reported_together():
    broken = changed("config.timeoutSeconds", 61, changed("nmae", 1, changed("secure", 1)))
    broken["config"]["request"]["requestType"] = "FETCH"
    assert set(judge(broken).problems) == {
        "definition.nmae",
        "definition.secure",
        "definition.config.timeoutSeconds",
        "definition.config.request.requestType",
    }


def test_no_message_has_a_value_of_a_wrong_type():
    broken = changed("config.request.headers", {"Authorization": ["Bearer s3cr3t-1"], "X-Api-Key": 5317})
    broken["config"]["request"]["requestTemplate"] = {"password": "s3cr3t-2"}
    problems = judge(broken).problems
    assert len(problems) == 3
    assert "s3cr3t" not in str(problems) and "5317" not in str(problems)


def test_null_counts_as_omitted():
    body = changed("category", None, changed("config.request.requestTemplate", None))
    body["config"]["response"]["translationMapDefaults"] = {"tier": None}
    wire, problems, _warnings = judge(body, category="CRM")
    assert problems == {}
    assert wire["category"] == "CRM" and "requestTemplate" not in wire["config"]["request"]


@pytest.mark.parametrize(
    "value", [datetime.date(2026, 1, 1), math.nan, math.inf, {1: "a"}, b"a", {"a"}, "\ud800", [["\ud800"]]]
)
def test_a_schema_is_json(value):
    problems = judge(changed("contract.output.successSchema.properties.tier.default", value)).problems
    assert [path.startswith("definition.contract.output.successSchema") for path in problems] == [True]


@pytest.mark.parametrize("value", [5, True, ["a"], 1.5, "", " ", "a\0b"])
def test_a_definition_is_a_mapping_or_a_path(value):
    assert list(judge(value).problems) == ["definition"]


@pytest.mark.parametrize("text", ['{"name": "A"}', " [1]"])
def test_json_text_in_place_of_a_mapping_names_the_filter(text):
    assert "from_json" in judge(text).problems["definition"]


def test_facts_of_the_platform():
    long = "x" * 257
    assert judge(changed("name", "x" * 256, changed("category", "y" * 256))).problems == {}
    problems = judge(changed("name", long, changed("category", long))).problems
    assert (
        set(problems) == {"definition.name", "definition.category"} and "257" in problems["definition.name"]
    )
    assert set(judge(changed("name", " "), category="\t").problems) == {"definition.name", "category"}
    assert set(judge(DEFINITION, timeout_seconds=0).problems) == {"timeout_seconds"}
    assert judge(DEFINITION, timeout_seconds=60).problems == {}
    assert set(judge(changed("config.timeoutSeconds", 0)).problems) == {"definition.config.timeoutSeconds"}
    assert set(judge(name=long, rest={"method": "GET"}).problems) == {"name"}


def test_a_method_of_lower_case_is_named():
    problems = judge(changed("config.request.requestType", "get")).problems
    assert "GET, POST" in problems["definition.config.request.requestType"]


KEYS = [
    "name",
    "contract",
    "input",
    "inputSchema",
    "type",
    "properties",
    "items",
    "config",
    "request",
    "headers",
    "response",
    "translationMap",
    "successTemplate",
    "required",
    "$ref",
    "x",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_any_value_is_judged_without_a_crash(value):
    for definition in (
        value,
        {"contract": {"input": {"inputSchema": value}, "output": {"successSchema": value}}},
    ):
        judge(definition)
