# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of conditions as one line of text: parsing, rendering and the place of an error (S0.3)."""

from __future__ import annotations

import json
import time
import typing as t

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.condition_text import (
    OPERATORS,
    ConditionSyntaxError,
    parse,
    show,
)


def leaf(dataset: str, field: str, kind: str, expression: str | None = None) -> dict[str, t.Any]:
    node: dict[str, t.Any] = {
        "type": kind,
        "value": {"type": "DATASET", "dataset_id": dataset, "field_id": field},
    }
    if expression is not None:
        node["expression"] = expression
    return node


def group(kind: str, *children: dict[str, t.Any]) -> dict[str, t.Any]:
    return {"type": kind, "children": list(children)}


A, B, C = leaf("d", "a", "EXISTS"), leaf("d", "b", "EXISTS"), leaf("d", "c", "EXISTS")


@pytest.mark.parametrize(
    ("line", "tree"),
    [
        (
            'crm.status == "active" and crm.priority > 5',
            group(
                "AND", leaf("crm", "status", "EQUALS", "active"), leaf("crm", "priority", "GREATER_THAN", "5")
            ),
        ),
        ('"my crm"."field one" == "x"', leaf("my crm", "field one", "EQUALS", "x")),
        ('"crm".größe == "x"', leaf("crm", "größe", "EQUALS", "x")),
        ('d.a == "say \\"hi\\"\\n\\u00e9\\\\"', leaf("d", "a", "EQUALS", 'say "hi"\né\\')),
        ("d.a == 5.0", leaf("d", "a", "EQUALS", "5.0")),
        ("d.a != -1.50e+10", leaf("d", "a", "NOT_EQUALS", "-1.50e+10")),
        ("d.a >= 0", leaf("d", "a", "GREATER_THAN_OR_EQUALS", "0")),
        ("d.a<1", leaf("d", "a", "LESS_THAN", "1")),
        ("d.a <= 12345678901234567890", leaf("d", "a", "LESS_THAN_OR_EQUALS", "12345678901234567890")),
        ("d.a == true", leaf("d", "a", "EQUALS", "true")),
        ("d.a != false", leaf("d", "a", "NOT_EQUALS", "false")),
        ('d.a contains "x"', leaf("d", "a", "CONTAINS", "x")),
        ('d.a starts_with "x"', leaf("d", "a", "STARTS_WITH", "x")),
        ('d.a ends_with "x"', leaf("d", "a", "ENDS_WITH", "x")),
        ('d.a in ["gold", "silver"]', leaf("d", "a", "IN", '["gold", "silver"]')),
        ('d.a in [1.50,"x"]', leaf("d", "a", "IN", '[1.50,"x"]')),
        ("d.a exists", A),
        ("not d.a exists", group("NOT", A)),
        ("not not d.a exists", group("NOT", group("NOT", A))),
        ("d.a exists and d.b exists and d.c exists", group("AND", A, B, C)),
        ("d.a exists or d.b exists or d.c exists", group("OR", A, B, C)),
        ("(d.a exists and d.b exists) and d.c exists", group("AND", group("AND", A, B), C)),
        ("d.a exists and (d.b exists and d.c exists)", group("AND", A, group("AND", B, C))),
        ("d.a exists or d.b exists and d.c exists", group("OR", A, group("AND", B, C))),
        ("(d.a exists or d.b exists) and d.c exists", group("AND", group("OR", A, B), C)),
        ("not d.a exists and d.b exists", group("AND", group("NOT", A), B)),
        ("not (d.a exists and d.b exists)", group("NOT", group("AND", A, B))),
        ("((d.a exists))", A),
        ("  d.a\n  exists\tand(d.b exists)  ", group("AND", A, B)),
        ('"and"."not" exists', leaf("and", "not", "EXISTS")),
        ("d.in in []", leaf("d", "in", "IN", "[]")),
        ("notice.order exists", leaf("notice", "order", "EXISTS")),
    ],
)
def test_what_a_line_says(line, tree):
    assert parse(line) == tree
    assert parse(t.cast(str, show(tree))) == tree


def test_a_number_and_its_text_are_the_same_expression_and_shown_as_the_number():
    assert parse("d.a > 5") == parse('d.a > "5"')
    assert show(parse('d.a > "5"')) == "d.a > 5"
    assert show(parse('d.a == "05"')) == 'd.a == "05"'
    assert show(parse('d.a == "true"')) == "d.a == true"
    assert show(parse('d.a == "True"')) == 'd.a == "True"'


@pytest.mark.parametrize(
    "line",
    [
        'crm.status == "active" and crm.priority > 5',
        '"my crm"."and" == "größe \\"x\\""',
        "not (d.a exists or d.b exists) and d.c in [1, 2]",
    ],
)
def test_a_line_in_the_usual_form_is_shown_as_it_was_written(line):
    assert show(parse(line)) == line


@pytest.mark.parametrize(
    ("line", "position", "word"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ("d", 1, "field"),
        ("d.", 2, "field"),
        ("d.a", 3, "operator"),
        ("d.a = 5", 4, "=="),
        ("d.a == ", 7, "value"),
        ("d.a == 'x'", 7, "double quotes"),
        ('d.a == "x', 7, "Unterminated"),
        ('d.a == "\\q"', 8, "escape"),
        ('d.a == "a\nb"', 9, "control character"),
        ("d.a == 05", 7, "number"),
        ("d.a == 5.", 7, "number"),
        ("d.a == 5x", 7, "number"),
        ("d.a == null", 7, "exists"),
        ("d.a == [1]", 7, '"in"'),
        ("d.a in 5", 7, "array"),
        ("d.a in [1,]", 10, "JSON: Expecting value"),
        ("d.a in [1 , ]", 12, "JSON: Expecting value"),
        ('d.a in [{"a": 1, }]', 17, "JSON: Expecting property name"),
        ("d.a in [,]", 8, "JSON: Expecting value"),
        ("d.a in [1", 9, "JSON"),
        ("d.a in [NaN]", 7, "NaN"),
        ("d.a exists 5", 11, "end of the condition"),
        ("d.a exists and", 14, "comparison"),
        ("and d.a exists", 0, "comparison"),
        ("d.a exists d.b exists", 11, '"and"'),
        ("(d.a exists", 0, "not closed"),
        ("d.a exists)", 10, "')'"),
        ("(d.a exists]", 11, "']'"),
        ("()", 1, "comparison"),
        ("d.a exists && d.b exists", 11, '"and"'),
        ("d.a exists || d.b exists", 11, '"or"'),
        ("!d.a exists", 0, '"not"'),
        ("d.a CONTAINS 5", 4, '"contains"'),
        ("d.a exists AND d.b exists", 11, '"and"'),
        ("my-crm.a exists", 2, "double quotes"),
        ("3cx.a exists", 0, "double quotes"),
        ('"".a exists', 0, "never empty"),
        ('"d.a" == 5', 6, '"."'),
    ],
)
def test_an_error_points_at_the_character(line, position, word):
    with pytest.raises(ConditionSyntaxError) as caught:
        parse(line)
    assert caught.value.position == position
    assert word in str(caught.value)
    shown, caret = str(caught.value).splitlines()[-2:]
    inside = position - (line.rfind("\n", 0, position) + 1)
    assert caret.strip() == "^" and caret.index("^") == 2 + inside
    assert shown[2:] == line.splitlines()[line.count("\n", 0, position)] if line else True


def test_an_error_in_a_line_of_several_lines_names_the_line():
    with pytest.raises(ConditionSyntaxError) as caught:
        parse("d.a exists\nand d.b = 5\nand d.c exists")
    assert "line 2, character 9" in str(caught.value)
    assert str(caught.value).splitlines()[-2:] == ["  and d.b = 5", "          ^"]


def test_an_error_in_a_long_line_shows_its_neighbourhood_only():
    line = " and ".join(["d.a exists"] * 1000) + " and d.b = 5"
    with pytest.raises(ConditionSyntaxError) as caught:
        parse(line)
    shown, caret = str(caught.value).splitlines()[-2:]
    assert len(shown) < 120 and shown[caret.index("^")] == "="


@pytest.mark.parametrize("line", ["(" * 10_000, "not " * 10_000, "(" * 10_000 + "d.a exists" + ")" * 10_000])
def test_deep_nesting_is_an_error_and_not_a_crash(line):
    with pytest.raises(ConditionSyntaxError, match="nest deeper than 50"):
        parse(line)
    with pytest.raises(ConditionSyntaxError, match="too deeply"):
        parse("d.a in " + "[" * 100_000)


def test_the_deepest_line_is_read_and_shown():
    tree = A
    for _level in range(50):
        tree = group("AND", group("OR", tree, B), C)
    assert parse(t.cast(str, show(tree))) == tree
    assert show(group("AND", group("OR", tree, B), C)) is None
    tree = A
    for _level in range(50):
        tree = group("NOT", tree)
    assert parse(t.cast(str, show(tree))) == tree
    assert show(group("NOT", tree)) is None


@pytest.mark.parametrize(
    "tree",
    [
        {**group("AND", A, B), "value": A["value"]},
        group("AND", A),
        group("OR"),
        group("NOT"),
        group("NOT", A, B),
        group("XOR", A, B),
        {"type": "AND"},
        {"type": "AND", "children": "x"},
        {"type": ["AND"]},
        {**A, "children": []},
        {**A, "expression": "x"},
        leaf("d", "a", "EQUALS"),
        leaf("", "a", "EXISTS"),
        leaf("d", "a", "IN", "gold"),
        leaf("d", "a", "IN", ' ["gold"]'),
        leaf("d", "a", "IN", '["gold"] '),
        leaf("d", "a", "IN", '{"a": 1}'),
        {**leaf("d", "a", "EQUALS", "x"), "expression": 5},
        {"type": "EXISTS", "value": {"type": "DATASET", "dataset_id": "d"}},
        {"type": "EXISTS", "value": {"type": "TABLE", "dataset_id": "d", "field_id": "a"}},
        {"type": "EXISTS", "value": None},
        {**A, "note": "x"},
        group("AND", A, {"type": "AND", "children": [B]}),
        None,
        "d.a exists",
        leaf("d", "a", "EQUALS", "\ud83d\ude00"),
    ],
)
def test_a_tree_that_no_line_says_is_not_shown(tree):
    assert show(tree) is None


def test_invisible_characters_are_shown_as_escapes():
    tree = leaf("d", "a", "EQUALS", "a\u202eb\u2028\x85\ufeff\x00\ud800")
    line = t.cast(str, show(tree))
    assert line == 'd.a == "a\\u202eb\\u2028\\u0085\\ufeff\\u0000\\ud800"'
    assert parse(line) == tree


ids = st.one_of(
    st.sampled_from(["crm", "not", "in", "true", "my crm", "a.b", '"', "\\", "größe", "5", "_", "a\nb"]),
    st.text(min_size=1),
)
texts = st.one_of(
    st.text(),
    st.sampled_from(["5", "-0.50", "1e5", "05", "true", "True", "null", "", " 5", '"5"', "[1]", "5\n", "٣"]),
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()
)
arrays = st.builds(
    lambda values, ascii_only, compact: json.dumps(
        values, ensure_ascii=ascii_only, separators=(",", ":") if compact else None
    ),
    st.lists(st.one_of(scalars, st.lists(scalars))),
    st.booleans(),
    st.booleans(),
)
comparing = [name for name in OPERATORS.values() if name not in ("IN", "EXISTS")]
leaves = st.one_of(
    st.builds(leaf, ids, ids, st.sampled_from(comparing), texts),
    st.builds(leaf, ids, ids, st.just("IN"), arrays),
    st.builds(leaf, ids, ids, st.just("EXISTS")),
)
trees = st.recursive(
    leaves,
    lambda nodes: st.one_of(
        st.builds(lambda node: group("NOT", node), nodes),
        st.builds(
            lambda kind, children: group(kind, *children),
            st.sampled_from(["AND", "OR"]),
            st.lists(nodes, min_size=2, max_size=5),
        ),
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(trees)
def test_every_tree_reads_back_from_its_line(tree):
    line = show(tree)
    assert line is not None
    assert parse(line) == tree
    assert show(parse(line)) == line


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet='()."[]ab1 =<>!,andotrex\\')))
def test_any_text_is_read_or_refused(text):
    try:
        tree = parse(text)
    except ConditionSyntaxError as error:
        assert 0 <= error.position <= len(text)
        assert str(error).splitlines()[-1].strip() == "^"
    else:
        assert parse(t.cast(str, show(tree))) == tree


def test_long_lines_are_read_in_linear_time():
    line = " and ".join(f'crm.field_{number} == "value {number}"' for number in range(20_000))
    start = time.process_time()
    tree = parse(line)
    assert len(tree["children"]) == 20_000
    assert show(tree) == line
    assert time.process_time() - start < 2
