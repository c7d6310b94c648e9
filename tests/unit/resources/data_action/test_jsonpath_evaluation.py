# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the result of a JSONPath in a document (S1.4)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.jsonpath import (
    Evaluation,
    evaluate,
)
from unit.resources.data_action.jsonpath_document import DOCUMENT


def one(value: t.Any) -> Evaluation:
    return Evaluation([value], indefinite=False, missing=False)


def array(*values: t.Any) -> Evaluation:
    return Evaluation(list(values), indefinite=True, missing=False)


MISSING = Evaluation([], indefinite=False, missing=True)
MISSING_ARRAY = Evaluation([], indefinite=True, missing=True)
FIRST, SECOND, THIRD = DOCUMENT["entities"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$", one(DOCUMENT)),
        ("$.total", one(3)),
        ("$.nothing", one(None)),
        ("$.presence.system", one("Away")),
        ("$.['presence'].system", one("Away")),
        ("$['presence']['since']", one(5)),
        ("$.entities[0].id", one("a")),
        ("$.entities[-1].id", one("c")),
        ("$.entities[0]['ns:kind']", one("k1")),
        ("$.entities[0].ns:kind", one("k1")),
        ("$['total','current']", one({"total": 3, "current": "b"})),
        ("$['total','absent']", one({"total": 3})),
        ("$.absent", MISSING),
        ("$.absent.deeper", MISSING),
        ("$.nothing.deeper", MISSING),
        ("$.total.deeper", MISSING),
        ("$.entities.id", MISSING),
        ("$.entities[9]", MISSING),
        ("$.entities[9].id", MISSING),
        ("$.presence[0]", MISSING),
        ("$.entities[*].id", array("a", "b", "c")),
        ("$.entities.*.id", array("a", "b", "c")),
        ("$.presence.*", array("Away", 5)),
        ("$.entities[*].address.id", array("inner")),
        ("$.entities[0,2].id", array("a", "c")),
        ("$.entities[0:2].id", array("a", "b")),
        ("$.entities[1:].id", array("b", "c")),
        ("$.entities[:2].id", array("a", "b")),
        ("$.entities[:-1].id", array("a", "b")),
        ("$.entities[-2:].id", array("b", "c")),
        ("$.entities[0:99].id", array("a", "b", "c")),
        ("$.entities[5:].id", array()),
        ("$.entities[0:-1].id", array()),
        (
            "$.entities[*]['id','count']",
            array(*({"id": e["id"], "count": e["count"]} for e in DOCUMENT["entities"])),
        ),
        ("$..id", array("a", "b", "c", "inner")),
        ("$..address.id", array("inner")),
        ("$..absent", array()),
        ("$..tags[0]", array("x")),
        ("$.entities[?(@.id == 'b')]", array(SECOND)),
        ("$.entities[?(@.id == $.current)].id", array("b")),
        ("$.entities[?(@.id != 'b' && @.count > 1)].id", array("c")),
        ("$.entities[?(@.id == 'a' || @.id == 'c')].id", array("a", "c")),
        ("$.entities[?(@.id in ['a', 'c'])].id", array("a", "c")),
        ("$.entities[?(@.tags contains 'y')].id", array("a")),
        ("$.entities[?(@.id contains 5)].id", array()),
        ("$.entities[?(@.id =~ /[AB]/i)].id", array("a", "b")),
        ("$.entities[?(@.address)].id", array("c")),
        ("$.entities[?(!@.address)].id", array("a", "b")),
        ("$.entities[?(@.absent != 'x')].id", array("a", "b", "c")),
        ("$.entities[?(@.absent == null)].id", array()),
        ("$.entities[?(@.tags.size() == 2)].id", array("a")),
        ("$.entities[?(@.['ns:kind'] == 'k1')].id", array("a")),
        ("$.entities[?(@.id == 'nobody')].id", array()),
        ("$..[?(@.since == 5)].system", array("Away")),
    ],
)
def test_what_a_path_gives(source, expected):
    assert evaluate(source, DOCUMENT) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$.entities.size()", one(3)),
        ("$.entities.length()", one(3)),
        ("$.size()", one(5)),
        ("$.presence.size()", one(2)),
        ("$.total.size()", one(None)),
        ("$.current.length()", one(None)),
        ("$.absent.size()", MISSING),
        ("$.entities[*].tags.size()", array(2, 0)),
        ("$..tags.size()", one(2)),
    ],
)
def test_size_and_length_count_elements_or_fields(source, expected):
    assert evaluate(source, DOCUMENT) == expected


def test_a_text_with_underscores_or_other_digits_is_no_number():
    entries = [{"n": "1000"}, {"n": "1_000"}, {"n": "\u0661\u0660\u0660\u0660"}, {"n": "1e3"}]
    assert evaluate("$[?(@.n == 1000)].n", entries) == array("1000", "1e3")


def test_an_array_at_the_root():
    assert evaluate("$.size()", [1, 2]) == one(2)
    assert evaluate("$[*].id", [{"id": 1}, {"id": 2}]) == array(1, 2)
    assert evaluate("$[0].id", []) == MISSING


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$.absent[*].id", MISSING_ARRAY),
        ("$.total[?(@.id)]", MISSING_ARRAY),
        ("$.total[0:1]", MISSING_ARRAY),
        ("$.entities[9].tags[*]", array()),
        ("$.total[*]", array()),
    ],
)
def test_an_indefinite_path_is_missing_only_where_its_definite_part_is(source, expected):
    assert evaluate(source, DOCUMENT) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$..[?(@.v==1)].n", array(0, 1, 2)),
        (
            "$..[?(@.v==1)]",
            array({"v": 1, "n": 0}, {"v": 1, "n": 1, "c": {"v": 1, "n": 2}}, {"v": 1, "n": 2}),
        ),
        ("$..[?(@.size() == 3)]", array({"v": 1, "n": 1, "c": {"v": 1, "n": 2}})),
        ("$..[?(@.size() == 3)].v", array(1, 2)),
        ("$..[?(@ == 5)]", array()),
    ],
)
def test_a_filter_after_two_dots_tests_each_object_and_array_once(source, expected):
    document = {
        "list": [{"v": 1, "n": 0}, {"v": 1, "n": 1, "c": {"v": 1, "n": 2}}],
        "numbers": [5, [5], {"v": 2}],
    }
    assert evaluate(source, document) == expected


def test_a_name_may_have_signs():
    document = {"a=b": 1, "$": {"@": 2}, "<x>": [3]}
    assert [evaluate(source, document) for source in ("$.a=b", "$.$.@", "$.<x>[0]")] == [
        one(1),
        one(2),
        one(3),
    ]


def test_a_filter_on_an_object_tests_the_object():
    assert evaluate("$.presence[?(@.system == 'Away')].since", DOCUMENT) == array(5)
    assert evaluate("$.presence[?(@.system == 'Busy')].since", DOCUMENT) == array()


def test_a_number_equals_a_text_of_the_same_value():
    assert evaluate("$.entities[?(@.count == 2)].id", DOCUMENT) == array("b")
    assert evaluate("$.entities[?(@.count == '1')].id", DOCUMENT) == array("a")
    assert evaluate("$.entities[?(@.count != '1')].id", DOCUMENT) == array("b", "c")
    assert evaluate("$[?(@ == 1)]", ["x", "1.0", True, None, "NaN", "sNaN", [1]]) == array("1.0")


def test_a_deep_document_is_scanned_without_a_crash():
    document: dict[str, t.Any] = {"id": 0}
    for number in range(1, 5000):
        document = {"id": number, "child": document}
    assert len(evaluate("$..id", document).values) == 5000
