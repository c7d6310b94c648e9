# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drift reports, read by independent parsers: no name or value breaks them or becomes active (C.5)."""

from __future__ import annotations

import json
import typing as t
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml
from markdown_it import MarkdownIt

from ansible_collections.genesys.cloud.plugins.plugin_utils._drift import Comparison, OrgDrift
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift_reports import (
    MARKDOWN_LIMIT,
    to_json,
    to_junit,
    to_markdown,
)
from ansible_collections.genesys.cloud.plugins.plugin_utils._field_differences import Difference

HOSTILE = [
    "a|b",
    "\\|",
    "`code`",
    "``` fence",
    "<script>alert(1)</script>",
    "</td></table>",
    "line\nbreak",
    "@everyone #1",
    "[x](https://x.example.com)",
    " ",
    "ä€😀",
    "\x00\x1b[31m",
    "]]>",
    "&amp;",
    "",
]


def drifted(name: str, value: t.Any) -> Comparison:
    return Comparison("data_actions", name, "drifted", "update", (Difference("rest.url", None, value),))


class Cells(HTMLParser):
    """Parser that collects the text of headings and table cells, and all tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: t.Any) -> None:
        self.tags.add(tag)
        if tag in ("td", "h3", "pre"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


def rendered(orgs: list[OrgDrift]) -> Cells:
    return Cells(MarkdownIt("commonmark", {"html": True}).enable("table").render(to_markdown(orgs)))


REPORT_TAGS = {"h1", "h2", "h3", "table", "thead", "tbody", "tr", "th", "td", "code", "strong", "pre", "p"}


@pytest.mark.parametrize("text", HOSTILE)
def test_names_and_values_stay_inactive_in_markdown(text: str) -> None:
    page = rendered([OrgDrift("dev", (drifted(text, text),), ())])
    assert page.tags <= REPORT_TAGS
    shown = json.dumps(text, ensure_ascii=False)
    assert [cell.strip("\n") for cell in page.cells][-3:] == ["rest.url", "", shown]


@given(st.text(alphabet=st.sampled_from("`|\\<>&*_[]()#@ \n~-ab")))
def test_any_text_stays_in_its_cell(text: str) -> None:
    page = rendered([OrgDrift("dev", (drifted("A", text),), (text,))])
    assert page.tags <= REPORT_TAGS
    assert page.cells[-1].strip("\n") == json.dumps(text, ensure_ascii=False)


@pytest.mark.parametrize("text", HOSTILE)
def test_junit_loads_with_any_name_and_value(text: str) -> None:
    failed = Comparison("data_actions", text, "not_judged", "none", message=text)
    loaded = JUnitXml.fromstring(to_junit([OrgDrift(text, (drifted(text, text), failed), ())]).encode())
    assert (loaded.tests, loaded.failures, loaded.errors) == (2, 1, 1)
    (suite,) = loaded
    failure, error = [next(iter(case.result)) for case in suite]
    assert isinstance(failure, Failure) and isinstance(error, Error)
    assert "rest.url" in failure.text


def test_junit_has_every_org_and_counts_right() -> None:
    orgs = [OrgDrift("empty", (), ()), OrgDrift("wrong", (), ("organization: is empty",))]
    loaded = JUnitXml.fromstring(to_junit(orgs).encode())
    assert [(suite.name, suite.tests, suite.errors) for suite in loaded] == [("empty", 1, 0), ("wrong", 1, 1)]
    assert loaded.tests == 2


def test_json_is_never_shortened() -> None:
    long = "x" * 100_000
    content = json.loads(to_json([OrgDrift("dev", (drifted("A\n|`", long),), ()), OrgDrift("prod", (), ())]))
    assert content["status"] == "drifted" and content["exit_code"] == 2
    assert content["counts"] == {"in_sync": 1, "drifted": 1, "not_judged": 0}
    (found,) = content["orgs"][0]["objects"]
    assert found["name"] == "A\n|`"
    assert found["differences"] == [{"field": "rest.url", "before": None, "after": long}]


def test_markdown_stays_below_the_limit_and_counts_the_rest() -> None:
    orgs = [
        OrgDrift(f"org-{n}", tuple(drifted(f"A{m}", "y" * 200) for m in range(50)), ()) for n in range(20)
    ]
    text = to_markdown(orgs)
    assert MARKDOWN_LIMIT - 1_000 < len(text) <= MARKDOWN_LIMIT + 100
    assert "more entries did not fit" in text.splitlines()[-1]
    assert all(f"`org-{n}`" in text for n in range(20))


def test_one_huge_value_does_not_hide_the_other_objects() -> None:
    failed = Comparison("data_actions", "A", "not_judged", "none", message="m" * 1_000_000)
    text = to_markdown([OrgDrift("dev", (failed, drifted("B", "z" * 1_000_000)), ())])
    assert "`B` differs" in text and "did not fit" not in text


def test_orgs_are_sorted_by_urgency() -> None:
    orgs = [OrgDrift("sound", (), ()), OrgDrift("far", (drifted("A", 1),), ()), OrgDrift("dark", (), ("x",))]
    text = to_markdown(orgs)
    assert text.startswith("# Configuration drift: 1 not judged, 1 drifted, 1 in sync\n")
    assert text.index("`dark`") < text.index("`far`") < text.index("`sound`")
