# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the summary table: the figures per org, counted from results of every shape (C.4)."""

from __future__ import annotations

import dataclasses
import re
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.plugin_utils._org_lines import Line, render

API = {"requests": 3, "retries": 1, "latency_ms": 12, "correlation_ids": []}


def nonzero_figures(result: t.Any, *, failed: bool = False, info: bool = False) -> dict[str, t.Any]:
    """Return the figures of one result that are not zero."""
    line = Line()
    line.add_result(result, failed=failed, info=info)
    return {name: value for name, value in dataclasses.asdict(line).items() if value}


@pytest.mark.parametrize(
    ("plan", "figure"),
    [("create", "created"), ("update", "updated"), ("delete", "deleted"), ("none", "unchanged")],
)
def test_a_result_counts_by_its_plan(plan, figure):
    assert nonzero_figures({"changed": plan != "none", "plan": plan, "api": API}) == {
        figure: 1,
        "requests": 3,
        "retries": 1,
    }


def test_a_loop_counts_nothing_beside_its_items():
    items = [{"changed": True, "plan": "create", "api": API}, {"failed": True, "msg": "no", "api": API}]
    assert nonzero_figures({"changed": True, "results": items}) == {}
    assert nonzero_figures({"results": items}, failed=True) == {}
    assert nonzero_figures({"results": []}, failed=True) == {"failed": 1}


TOTALS = {
    "created": 1,
    "updated": 2,
    "deleted": 3,
    "unchanged": 4,
    "failed": 0,
    "skipped": 0,
    "rolled_back": 0,
}


def test_every_object_of_a_whole_org_counts():
    done = {"changed": True, "totals": TOTALS, "objects": [{}] * 10, "api": API}
    figures = {"created": 1, "updated": 2, "deleted": 3, "unchanged": 4, "requests": 3, "retries": 1}
    assert nonzero_figures(done) == figures
    failed = {**done, "failed": True, "totals": {**TOTALS, "failed": 2, "skipped": 5, "rolled_back": 6}}
    assert nonzero_figures(failed, failed=True) == {**figures, "failed": 2, "rolled_back": 6}
    # An error without an object counts once, as does an org that could not be read.
    assert nonzero_figures({**done, "failed": True}, failed=True) == {**figures, "failed": 1}
    assert nonzero_figures({"failed": True, "msg": "no token"}, failed=True) == {"failed": 1}
    assert nonzero_figures({"changed": False, "objects": [], "totals": {}}) == {}
    assert nonzero_figures({"totals": {"created": "?", "failed": None}}) == {}


def test_hidden_and_strange_results_do_no_harm():
    assert nonzero_figures({"censored": "hidden", "changed": True}) == {"updated": 1}
    assert nonzero_figures({"censored": "hidden"}) == {"unchanged": 1}
    assert nonzero_figures({"plan": ["?"], "changed": True, "api": "?"}) == {"updated": 1}
    assert nonzero_figures({"results": []}) == {}
    assert nonzero_figures(None) == {}
    assert nonzero_figures({"msg": "boom"}, failed=True) == {"failed": 1}


def test_info_modules_count_only_what_they_cost():
    assert nonzero_figures({"records": [], "api": API}, info=True) == {"requests": 3, "retries": 1}
    assert nonzero_figures({"msg": "no", "api": API}, failed=True, info=True) == {
        "failed": 1,
        "requests": 3,
        "retries": 1,
    }


def test_the_table_is_aligned_and_names_who_was_not_reached_last():
    lines = {
        "b": Line(not_reached=1),
        "long-name": Line(created=12, seconds=3.14159, requests=1234, retries=5),
        "c": Line(failed=1, seconds=0.06),
    }
    assert [text for text, _line in render(lines)] == [
        "org        created  updated  deleted  unchanged  failed  not reached  seconds  requests  retries",
        "------------------------------------------------------------------------------------------------",
        "c                0        0        0          0       1            -      0.1         0        0",
        "long-name       12        0        0          0       0            -      3.1      1234        5",
        "b                -        -        -          -       -          yes        -         -        -",
        "------------------------------------------------------------------------------------------------",
        "3 orgs          12        0        0          0       1            1      3.2      1234        5",
    ]
    assert [line for _text, line in render(lines)][2:5] == [lines["c"], lines["long-name"], lines["b"]]


def test_what_was_rolled_back_has_a_column_where_there_is_any():
    head, _rule, row, *_rest = [text for text, _line in render({"a": Line(rolled_back=2, failed=1)})]
    assert re.split(r"\s{2,}", head)[3:6] == ["deleted", "rolled back", "unchanged"]
    assert row.split()[1:7] == ["0", "0", "0", "2", "0", "1"]
    assert Line(rolled_back=1).changed


def test_a_table_without_orgs():
    assert render({})[-1][0].startswith("0 orgs  ")
    assert render({"a": Line()})[-1][0].startswith("1 org   ")
