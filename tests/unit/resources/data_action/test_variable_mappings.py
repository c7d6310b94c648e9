# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of variable mappings, checked and evaluated on a sample response offline (S1.3, S1.4)."""

from __future__ import annotations

import json
import typing as t

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.variable_mappings import (
    TYPES,
    check_mappings,
    evaluate_mappings,
)
from unit.shared_data import needs_corpus, rest_data_actions

PATH = "rest.variable_mappings"
SAMPLE: dict[str, t.Any] = {
    "id": "12345",
    "balance": "150",
    "score": 4.5,
    "visits": 7,
    "whole": 5.0,
    "active": True,
    "nothing": None,
    "language": {"code": "en-US"},
    "orders": [{"id": "o1", "total": 10}, {"id": "o2", "total": 20}],
}


def mapping(source: str, kind: str, default: str | None = None, name: str = "V") -> dict[str, t.Any]:
    result = {"name": name, "source": source, "type": kind}
    return result if default is None else {**result, "default": default}


def checked(*mappings: t.Any) -> Findings:
    findings = Findings()
    check_mappings(list(mappings), PATH, findings)
    return findings


def evaluated(*mappings: dict[str, t.Any], sample: t.Any = ...) -> tuple[dict[str, t.Any], Findings]:
    findings = Findings()
    sample = SAMPLE if sample is ... else sample
    return evaluate_mappings(list(mappings), sample, PATH, findings), findings


# The mappings alone (S1.3)


def test_a_wrong_path_is_a_problem_at_its_source_with_a_caret():
    findings = checked(mapping("$.id", "string"), mapping("$$.id", "string", name="W"))
    ((path, message),) = findings.problems
    assert path == f"{PATH}[1].source"
    assert message.splitlines()[-2:] == ["  $$.id", "   ^"]


def test_a_path_without_root_is_a_warning():
    findings = checked(mapping("['a'].b", "string"))
    assert findings.problems == []
    ((path, message),) = findings.warnings
    assert path == f"{PATH}[0].source" and "$['a'].b" in message


def test_names_are_neither_empty_nor_repeated():
    findings = checked(
        mapping("$.a", "string", name="A"),
        mapping("$.b", "string", name=" "),
        mapping("$.c", "string", name="A"),
        mapping("$.d", "string", name="a"),
    )
    assert [problem.path for problem in findings.problems] == [f"{PATH}[1].name", f"{PATH}[2].name"]
    assert f"'A' is already mapped by {PATH}[0]" in findings.problems[1].message


@pytest.mark.parametrize(
    ("kind", "default"),
    [
        ("string", ""),
        ("string", "null"),
        ("string", '"none"'),
        ("string", "[]"),
        ("number", "0"),
        ("number", "-1.5e3"),
        ("number", " 1 "),
        ("integer", "404"),
        ("integer", "5.0"),
        ("boolean", "true"),
        ("boolean", "false"),
        ("array", "[]"),
        ("array", '[\r\n  ""\r\n]'),
        ("json", '{"a": [1]}'),
        ("json", '"x"'),
        ("array", ""),
        ("integer", ""),
        ("integer", "null"),
        ("json", "null"),
    ],
)
def test_a_default_is_text_of_the_mappings_type(kind, default):
    assert checked(mapping("$.a", kind, default)) == Findings()


@pytest.mark.parametrize(
    ("kind", "default"),
    [
        ("number", "abc"),
        ("number", '"5"'),
        ("number", "NaN"),
        ("number", "true"),
        ("integer", "1.5"),
        ("integer", "1,000"),
        ("integer", "9" * 5000),
        ("boolean", "True"),
        ("boolean", "yes"),
        ("boolean", "1"),
        ("array", "{}"),
        ("array", "a, b"),
        ("json", "{a: 1}"),
        ("json", "[" * 100_000),
    ],
)
def test_a_wrong_default_is_a_warning_with_variable_value_and_type(kind, default):
    findings = checked(mapping("$.a", kind, default, name="Balance"))
    assert findings.problems == []
    ((path, message),) = findings.warnings
    assert path == f"{PATH}[0].default"
    assert "'Balance'" in message and TYPES[kind] in message
    assert json.dumps(default)[:20] in message and len(message) < 200


def test_everything_wrong_is_reported_at_once():
    findings = checked(mapping("$[", "integer", "x"), mapping("$.a[b]", "array", "x"))
    assert [problem.path for problem in findings.problems] == [
        f"{PATH}[0].source",
        f"{PATH}[1].name",
        f"{PATH}[1].source",
    ]
    assert [warning.path for warning in findings.warnings] == [f"{PATH}[0].default", f"{PATH}[1].default"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.none(),
            st.text(max_size=3),
            st.dictionaries(
                st.sampled_from(["name", "source", "type", "default", "x"]),
                st.one_of(st.none(), st.integers(), st.text(max_size=5), st.sampled_from([*TYPES, [], {}])),
            ),
        )
    )
)
def test_any_list_is_judged_without_a_crash(mappings):
    checked(*mappings)


# The mappings on a sample response (S1.4)


@pytest.mark.parametrize(
    ("source", "kind", "value"),
    [
        ("$.id", "string", "12345"),
        ("$.score", "number", 4.5),
        ("$.visits", "number", 7),
        ("$.visits", "integer", 7),
        ("$.whole", "integer", 5),
        ("$.whole", "number", 5.0),
        ("$.active", "boolean", True),
        ("$.language", "json", {"code": "en-US"}),
        ("$.id", "json", "12345"),
        ("$.orders", "array", SAMPLE["orders"]),
        ("$.orders", "json", SAMPLE["orders"]),
        ("$.orders[*].id", "array", ["o1", "o2"]),
        ("$.orders[*].id", "json", ["o1", "o2"]),
        ("$.orders[?(@.total > 15)].id", "array", ["o2"]),
        ("$.orders[?(@.total > 99)].id", "array", []),
        ("$.orders.size()", "integer", 2),
        ("$.language.['code']", "string", "en-US"),
        ("$.nothing", "string", None),
        ("$.nothing", "integer", None),
        ("$.absent", "string", None),
        ("$.absent", "array", None),
        ("$.absent[*].id", "array", None),
    ],
)
def test_what_a_variable_would_get(source, kind, value):
    variables, findings = evaluated(mapping(source, kind))
    assert variables == {"V": value}
    assert type(variables["V"]) is type(value)
    assert findings == Findings()


@pytest.mark.parametrize(
    ("kind", "default", "value"),
    [
        ("string", "[]", "[]"),
        ("string", "", ""),
        ("number", "1.5", 1.5),
        ("integer", "5.0", 5),
        ("boolean", "false", False),
        ("array", '["x"]', ["x"]),
        ("json", '{"a": null}', {"a": None}),
        ("array", "", None),
    ],
)
def test_a_missing_value_takes_the_default_parsed_by_type(kind, default, value):
    for source in ("$.absent", "$.absent[*].id", "$.language.absent.deeper"):
        variables, findings = evaluated(mapping(source, kind, default))
        assert variables == {"V": value}
        assert findings == Findings()
    assert evaluated(mapping("$.nothing", kind, default))[0] == {"V": None}


def test_a_missing_value_with_a_wrong_default_is_left_out():
    variables, findings = evaluated(
        mapping("$.absent", "number", "[0].[0]"), mapping("$.id", "string", name="W")
    )
    assert (variables, findings) == ({"W": "12345"}, Findings())


@pytest.mark.parametrize(
    ("source", "kind", "got"),
    [
        ("$.balance", "number", 'the string "150"'),
        ("$.balance", "integer", 'the string "150"'),
        ("$.balance", "boolean", 'the string "150"'),
        ("$.balance", "array", 'the string "150"'),
        ("$.score", "integer", "the number 4.5"),
        ("$.visits", "string", "the number 7"),
        ("$.visits", "boolean", "the number 7"),
        ("$.active", "number", "the boolean true"),
        ("$.active", "integer", "the boolean true"),
        ("$.active", "string", "the boolean true"),
        ("$.language", "string", 'the object {"code": "en-US"}'),
        ("$.language", "array", "the object"),
        ("$.orders", "string", "the array"),
        ("$.orders[*].total", "integer", "the array [10, 20]"),
        ("$.orders[?(@.total > 99)].total", "number", "the array []"),
    ],
)
def test_a_type_mismatch_names_variable_path_value_and_type(source, kind, got):
    variables, findings = evaluated(mapping(source, kind, "1", name="CustomerBalance"))
    assert variables == {}
    ((path, message),) = findings.problems
    assert path == f"{PATH}[0].type"
    for words in ("'CustomerBalance'", source, got, TYPES[kind]):
        assert words in message


@pytest.mark.parametrize(
    ("kind", "default"),
    [("string", "none"), ("string", ""), ("integer", "0"), ("json", "{}"), ("integer", "x")],
)
def test_a_default_does_not_replace_a_null_that_is_found(kind, default):
    variables, findings = evaluated(mapping("$.nothing", kind, default))
    assert variables == {"V": None}
    assert findings.problems == []
    ((path, message),) = findings.warnings
    assert path == f"{PATH}[0].default"
    assert "'V'" in message and "$.nothing selects null" in message


def test_a_null_without_a_default_that_could_replace_it_is_no_warning():
    for kind, default in (("string", None), ("integer", ""), ("json", "null"), ("array", " ")):
        assert evaluated(mapping("$.nothing", kind, default)) == ({"V": None}, Findings())
    assert evaluated(mapping("$.absent", "string", "none")) == ({"V": "none"}, Findings())
    several = mapping("$.orders[*].none", "array", "[]")
    assert evaluated(several, sample={"orders": [{"none": None}]}) == ({"V": [None]}, Findings())


def test_a_string_gets_the_json_text_of_an_array_with_a_warning():
    variables, findings = evaluated(mapping("$.orders[*].id", "string"))
    assert variables == {"V": '["o1", "o2"]'}
    assert findings.problems == []
    ((path, message),) = findings.warnings
    assert path == f"{PATH}[0].type" and "$.orders[*].id" in message and '"[\\"o1\\", \\"o2\\"]"' in message


def test_a_path_that_only_the_platform_evaluates_is_left_out_with_a_warning():
    variables, findings = evaluated(
        mapping("$.orders[*].total.sum()", "number"), mapping("$.id", "string", name="W")
    )
    assert variables == {"W": "12345"}
    assert findings.problems == []
    assert "sum()" in findings.warnings[0].message


def test_a_long_value_is_cut_in_messages():
    _variables, findings = evaluated(mapping("$.a", "number"), sample={"a": "x" * 10_000})
    assert len(findings.problems[0].message) < 250


# Real mappings


@needs_corpus
def test_the_real_mappings_have_one_slip():
    found = []
    for entry in rest_data_actions():
        findings = checked(*entry["rest"]["variable_mappings"])
        found.extend((entry["name"], problem.path) for problem in findings.problems)
    assert found == [("SendAgentlessOutboundMessage", f"{PATH}[0].source")]


@needs_corpus
def test_the_real_mappings_take_their_defaults_from_an_empty_response():
    for entry in rest_data_actions():
        mappings = [one for one in entry["rest"]["variable_mappings"] if one["source"] != "$$.id"]
        variables, findings = evaluated(*mappings, sample={})
        assert len(variables) + len(findings.problems) == len(mappings)
        assert all(".." in one.message or ".total" in one.message for one in findings.problems)
