# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of plain filters, which are checked without python-jsonpath (S1.3)."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.jsonpath import (
    check,
    evaluate,
)
from integration.playbook import COLLECTIONS

names = st.from_regex(r"[A-Za-z_äß$-]{1,8}", fullmatch=True)
keys = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
steps = st.one_of(
    names.map(lambda name: f".{name}"),
    keys.filter(lambda key: not set(key) & set("'\\")).map(lambda key: f"['{key}']"),
    st.integers(0, 10**9).map(lambda index: f"[{index}]"),
)
places = st.builds(
    lambda root, path: root + "".join(path), st.sampled_from("@$"), st.lists(steps, max_size=3)
)
values = st.one_of(
    keys.filter(lambda key: not set(key) & set("'\\")).map(lambda key: f"'{key}'"),
    st.integers(-(10**16), 10**16).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    st.sampled_from(["true", "false", "null", "-0", "0.5", "1e5"]),
)
blanks = st.sampled_from(["", " ", "  ", "\t"])
operators = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
tests = st.one_of(
    places, st.tuples(places, blanks, operators, blanks, st.one_of(values, places)).map("".join)
)
filters = st.lists(tests, min_size=1, max_size=3).flatmap(
    lambda parts: st.lists(
        st.sampled_from([" && ", "||"]), min_size=len(parts) - 1, max_size=len(parts) - 1
    ).map(lambda signs: "".join(part + sign for part, sign in zip(parts, [*signs, ""], strict=True)))
)


@settings(max_examples=300, deadline=None)  # the first example loads the library
@given(filters)
def test_what_passes_can_be_evaluated(text):
    """Check that every accepted filter can also be evaluated by the library."""
    source = f"$.list[?({text})]"
    if check(source) == (None, None):
        assert evaluate(source, {"list": [{"a": 1}, "b", None]}).indefinite


@pytest.mark.parametrize("text", ["@.a == 'x'", "@.a > 1.5 && @['b c'].d || $.e", "@"])
def test_plain_filters_do_not_load_the_library(text):
    assert "jsonpath" not in loaded_modules(f"$.list[?({text})].id")


@pytest.mark.parametrize(
    "text", ["@.a =~ /x/", "@.a in ['x']", "!@.a", "(@.a)", "@.list.size() > 1", "'a' == @.b"]
)
def test_all_others_are_read_by_the_library(text):
    assert "jsonpath" in loaded_modules(f"$.list[?({text})].id")


@pytest.mark.parametrize("text", ["@.a ==", "@.a == == 1", "&& @.a", "@.a @.b", "@.a == 1 2"])
def test_slips_are_found_as_before(text):
    assert check(f"$.list[?({text})]")[0] is not None


def loaded_modules(source: str) -> set[str]:
    """Return the modules that a new process has loaded after it accepted the path."""
    program = (
        "import sys; "
        "from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action"
        ".jsonpath import check; "
        f"assert check({source!r}) == (None, None), check({source!r}); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(COLLECTIONS)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())
