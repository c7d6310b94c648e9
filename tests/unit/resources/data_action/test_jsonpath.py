# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of JSONPath in the platform's dialect (Jayway), checked and evaluated offline (S1.3, S1.4)."""

from __future__ import annotations

import time
import typing as t

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.jsonpath import (
    JsonPathError,
    NotEvaluable,
    check,
    evaluate,
)
from unit.resources.data_action.jsonpath_document import DOCUMENT
from unit.shared_data import needs_corpus, platform_actions, rest_data_actions


@pytest.mark.parametrize(
    "source",
    [
        "$",
        "$.a",
        "$.a.b.c",
        "$.*",
        "$.a.*",
        "$..a",
        "$..a..b",
        "$..*",
        "$.a[*]",
        "$.a[0]",
        "$.a[-1]",
        "$.a[0,2]",
        "$.a[ 0 ]",
        "$[0].a",
        "$['a']",
        '$["a"]',
        "$['a b']['c.d'][\"e'f\"]['it\\'s']",
        "$['a','b']",
        "$.a[1:]",
        "$.a[:2]",
        "$.a[1:2]",
        "$.a[-2:]",
        "$.['a'].['b']",
        "$.a.[0]",
        "$..['a']",
        "$..[0]",
        "$.size()",
        "$.a.size()",
        "$.a.length()",
        "$.a.length( )",
        "$.größe",
        "$.a-b",
        "$.@odata",
        "$.ns:name",
        "$.$ref",
        "$.a=b",
        "$.a&b.c;d.e|f.!g.^h.i~.<j>",
        "$.a==1",
        "$.5",
        "$.size",
        " $.a ",
        "$.a[?(@.b)]",
        "$.a[?(@)]",
        "$.a[?(!@.b)]",
        "$.a[?( @.b == 'c' )].d",
        "$.a[?(@.b=='c' || @.b==\"d\")].e[0].f",
        "$.a[?((@.b == 1 || @.c >= 2.5) && !(@.d < -3))]",
        "$.a[?(@['b c'] == null)]",
        "$.a[?(@.['b'].c != true)]",
        "$.a[?(@.b[0].c == 'd')]",
        "$.a[?(@.b == $.c.d)]",
        "$.a[?(@.b in ['c', 'd', 5])]",
        "$.a[?('c' in @.b)]",
        "$.a[?(@.b contains 'c')]",
        "$.a[?(@.b =~ /x.*\\/y/i)]",
        "$.a[?(@.b.size() > 2)]",
        "$.a[?(@.b.length() == @.c.size())]",
        "$.a[?(@.ns:b == 'it\\'s (a) [trap]')]",
        "$.a[?(@.b === 'c' && @.d !== 'e')]",
        "$.a[?(@.in == 'x' && @.size == 5)]",
        "$..a[?(@.b == 'c')].d",
        "$.a[?(@.b[?(@.c == 1)])]",
    ],
)
def test_paths_of_the_dialect(source):
    assert check(source) == (None, None)


@pytest.mark.parametrize(
    ("source", "position", "word"),
    [
        ("", 0, "empty"),
        ("  \t", 0, "empty"),
        ("$$.id", 1, "expected"),
        ("$.preferences[language]", 14, "['language']"),
        ("$id", 1, "expected"),
        ("$.", 1, "ends with a dot"),
        ("$.a.", 3, "ends with a dot"),
        ("$..", 1, "ends with a dot"),
        ("$...a", 3, "dot too many"),
        ("$.a[", 3, "not closed"),
        ("$.a[0", 3, "not closed"),
        ("$.a['b'", 3, "not closed"),
        ("$.a['b", 4, "not closed"),
        ("$.a['b]", 4, "not closed"),
        ("$.a]", 3, "no bracket"),
        ("$.a[0]]", 6, "no bracket"),
        ("$.a)", 3, "no bracket"),
        ("$.a[]", 3, "nothing"),
        ("$.a['b',]", 8, "comma"),
        ("$.a['b' 'c']", 8, '"]"'),
        ("$.a[0 1]", 6, '"]"'),
        ("$.a[x", 4, "['x']"),
        ("$.a[:]", 4, "slice"),
        ("$.a[1:2,3]", 7, '"]"'),
        ("$.a[0x1]", 5, '"]"'),
        ("$.a[(@.length-1)]", 4, "[-1]"),
        ("$.a[$]", 4, "['$']"),
        ("$.a[@]", 4, "quoted name"),
        ("$.a[0]b", 6, "expected"),
        ("$.a b", 3, "['my name']"),
        ("$.'a'", 2, "['name']"),
        ("$.a,b", 3, "expected"),
        ("@.a", 0, "expected"),
        ("$.a.foo()", 4, "size(), length()"),
        ("$.a.size(1)", 8, "parentheses"),
        ("$.a.size(", 8, "parentheses"),
        ("$.a.concat('x'", 10, "not closed"),
        ('$.a.concat("x)', 10, "not closed"),
        ("$.a[?(@.b.size(1) > 2)]", 14, "no arguments"),
        ("$.a\n", 3, "line break"),
        ("$.a \t\n ", 3, "line break"),
        ("$['a']\n", 6, "line break"),
        ("$.a[*]\t", 6, "tab"),
        ("$.a.size().b", 10, "end of the path"),
        ("$..size()", 3, "one dot"),
        ("$.()", 2, "function"),
        ("$.a[?]", 5, "[?(...)]"),
        ("$.a[?@.b]", 5, "[?(...)]"),
        ("$.a[?(@.b", 5, "not closed"),
        ("$.a[?(@.b)", 3, "not closed"),
        ("$.a[?(@.b]", 9, "no bracket"),
        ("$.a[?(@.b == 'c)]", 13, "not closed"),
        ("$.a[?(@['b)]", 8, "not closed"),
        ("$.a[?(@.b = 'c')]", 10, "=="),
        ("$.a[?(@.b & @.c)]", 10, "&&"),
        ("$.a[?(@.b == 'c' and @.d)]", 17, "&&"),
        ("$.a[?(@.b == 'c' OR @.d)]", 17, "||"),
        ("$.a[?(b == 'c')]", 6, "@.b"),
        ("$.a[?(@.b == c)]", 13, "quotes"),
        ("$.a[?(@.b[c] == 1)]", 10, "unexpected"),
        ("$.a[?()]", 6, "filter"),
        ("$.a[?(@.b ==)]", 12, "filter"),
        ("$.a[?(@.b) && (@.c)]", 11, "one pair"),
        ("$.a[?(@.b.foo() == 1)]", 10, "foo()"),
        ("$.a[?(@.b == 1e999)]", 5, "range"),
        ("$.a[?('c')]", 5, "filter"),
    ],
)
def test_an_error_points_into_the_users_own_text(source, position, word):
    error, warning = check(source)
    assert warning is None
    assert word in t.cast(str, error)
    shown, caret = t.cast(str, error).splitlines()[-2:]
    assert caret.strip() == "^" and caret.index("^") == 2 + position
    assert shown[2:] == source.replace("\t", "·").partition("\n")[0]
    with pytest.raises(JsonPathError):
        evaluate(source, DOCUMENT)


@pytest.mark.parametrize("source", [None, 5, True, ["$.a"], {"$": 1}, 1.5])
def test_what_is_no_text(source):
    assert check(source) == ("a JSONPath is text", None)


@pytest.mark.parametrize(
    "source", ["(" * 10_000, "$" + "[" * 10_000, "$.a[?(" + "(" * 10_000, "x" * 10_000 + "]"]
)
def test_long_garbage_is_an_error_of_readable_length(source):
    error, _warning = check(source)
    assert error is not None and len(error) < 400
    assert error.splitlines()[-1].strip() == "^"


def test_a_filter_that_is_nested_too_deeply_is_an_error():
    assert check("$.a[?(" + "(" * 40 + "@.b" + ")" * 40 + ")]") == (None, None)
    for source in ("$.a[?(" + "(" * 5000 + "@.b" + ")" * 5000 + ")]", "$.a[?(" + "!" * 5000 + "@.b)]"):
        error, _warning = check(source)
        assert error is not None and "nested too deeply" in error


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        st.text(), st.text(alphabet="$@.[]()'\"?*:,-0159ab =!<>&|/\\~"), st.from_regex(r"\$\.a\[\?\(.*\)\]")
    )
)
def test_any_text_is_read_or_refused(source):
    error, warning = check(source)
    if error is not None:
        assert warning is None and error.splitlines()[-1].strip() == "^"
    else:
        try:
            evaluate(source, DOCUMENT)
        except NotEvaluable:
            assert warning is not None


# A path without $


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("total", "$.total"),
        ("entities[0].id", "$.entities[0].id"),
        ("['presence']['system']", "$['presence']['system']"),
        ("*", "$.*"),
    ],
)
def test_a_path_without_root_is_read_with_a_warning(source, meant):
    error, warning = check(source)
    assert error is None
    assert "no $" in t.cast(str, warning) and t.cast(str, warning).endswith(f"write {meant}")
    assert evaluate(source, DOCUMENT) == evaluate(meant, DOCUMENT)


def test_a_path_that_begins_with_a_dot_is_a_deep_scan():
    """Check that C(.id) means C($..id), because the platform puts C($.) in front of the path."""
    error, warning = check(".id")
    assert error is None
    assert "$..id" in t.cast(str, warning) and "write $.id" in t.cast(str, warning)
    assert evaluate(".id", DOCUMENT) == evaluate("$..id", DOCUMENT)


# Constructs that the platform reads in an unexpected way


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("$.a[0:4:2]", "ignores the step"),
        ("$.a[0:-1]", "selects nothing"),
        ("$.a[?(@.b)].size()", "not the matches"),
        ("$..a.length()", "not the matches"),
        ("$.a.sum()", "not checked offline"),
        ("$.a.index(0)", "index() is not checked offline"),
        ("$.a.append(1)", "append() is not checked offline"),
        ('$.concat($.a, ")", $.b.size())', "concat() is not checked offline"),
        ("$.a[?(@.b.index(0) == 1)]", "index() is not checked offline"),
        ("$.a.$", "reads $ after a dot as the name of a field"),
        ("$.a.@.b", "reads @ after a dot as the name of a field"),
        ("$.$.id", "reads $ after a dot"),
        ("$.a[?(@.b nin ['c'])]", "nin is not checked offline"),
        ("$.a[?(@.b empty true)]", "empty is not checked offline"),
        ("$.a[?(@.b =~ /\\p{Lu}.*/)]", "regular expression is not checked offline"),
        ("$.a[?(@.b.max() > 2)]", "max() is not checked offline"),
    ],
)
def test_surprises_are_warnings(source, words):
    error, warning = check(source)
    assert error is None and words in t.cast(str, warning)


@pytest.mark.parametrize("source", ["$.total.sum()", "$.entities[?(@.id nin ['a'])]"])
def test_what_only_the_platform_evaluates(source):
    with pytest.raises(NotEvaluable, match="only by the platform"):
        evaluate(source, DOCUMENT)


def _real_sources() -> list[str]:
    sources = [
        mapping["source"] for entry in rest_data_actions() for mapping in entry["rest"]["variable_mappings"]
    ]
    for action in platform_actions():
        sources.extend((action["config"]["response"].get("translationMap") or {}).values())
    return sources


@needs_corpus
def test_of_the_real_paths_only_the_one_slip_is_refused():
    sources = _real_sources()
    assert len(sources) > 200
    refused = {
        source: error for source in sources for error, _warning in [check(source)] if error is not None
    }
    assert list(refused) == ["$$.id"]
    assert refused["$$.id"].splitlines()[-2:] == ["  $$.id", "   ^"]


@needs_corpus
def test_of_the_real_paths_only_those_without_root_get_a_warning():
    warned = {source for source in _real_sources() if check(source)[1] is not None}
    assert warned == {source for source in _real_sources() if not source.startswith("$")}
    assert ".total" in warned


@needs_corpus
def test_every_real_path_can_be_evaluated():
    for source in set(_real_sources()) - {"$$.id"}:
        evaluate(source, DOCUMENT)


def test_paths_are_compiled_once():
    sources = [f"$.entities[?(@.id == 'x{number}')].name" for number in range(200)]
    for source in sources:
        check(source)
    start = time.process_time()
    for _repeat in range(50):
        for source in sources:
            check(source)
    assert time.process_time() - start < 0.5
