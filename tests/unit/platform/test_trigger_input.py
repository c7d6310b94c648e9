# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of wrong and unusual options of triggers (N.9)."""

from __future__ import annotations

import pytest

from unit.platform.triggers import PATH, TRIGGER, seed_workflow, triggers


@pytest.fixture
def workflow(tasks):
    return seed_workflow(tasks.org)


def test_an_unknown_operator_and_format_are_passed_on_with_a_warning(tasks, workflow):
    """Situation 17 of the public reports."""
    criterion = {"json_path": "a", "operator": "StartsWith", "value": "x"}
    options = {**TRIGGER, "match_criteria": [criterion], "data_format": "Xml"}
    result = tasks.run("trigger", **options)
    assert "'StartsWith' is not known to this version" in str(result)
    assert "'Xml' is not known to this version" in str(result)
    (write,) = tasks.org.log(method="POST", path=PATH)
    assert (write["status"], write["body"]["matchCriteria"][0]["operator"]) == (400, "StartsWith")


def criterion(operator, **values):
    return {"match_criteria": [{"json_path": "a", "operator": operator, **values}]}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (criterion("GreaterThan", value="5"), "value: must be a number for GreaterThan, not the text '5'"),
        (
            criterion("Size", value="5" * 999),
            "value: must be a whole number of 0 or more for Size, not a text",
        ),
        (criterion("lessthan", value=True), "value: must be a number for LessThan, not true"),
        (criterion("Size", value=-1), "value: must be a whole number of 0 or more for Size, not -1"),
        (criterion("Exists", value="yes"), "value: must be true or false for Exists, not the text 'yes'"),
        (criterion("In", value="a"), "values: is required: In compares with a list"),
        *(
            (criterion(operator, values=[]), f"[0].values: must have a value: {operator} compares with")
            for operator in ("In", "NotIn", "All", "Contains", "Unknown")
        ),
        (criterion("Equal", values=["a"]), "values: is not for Equal, which compares with one value"),
        (criterion("Equal", value={"a": [float("inf")]}), "value: must have finite numbers only"),
        (criterion("In", values=[float("nan")]), "values: must have finite numbers only"),
        (criterion("Equal"), "value: is required: Equal compares with a value"),
        (criterion("Contains"), "value: is required: Contains compares with a value"),
        (criterion("Contains", value="a", values=["b"]), "values: excludes value: give one of them"),
        ({"match_criteria": [{"json_path": " ", "operator": "Equal", "value": 1}]}, "json_path: must not be"),
        ({"topic_name": ""}, "topic_name: must not be empty"),
        ({"workflow": " "}, "workflow: must not be empty"),
        ({"event_ttl_seconds": "1_000"}, "event_ttl_seconds: must be a whole number, not '1_000'"),
        ({"delay_by_seconds": "\u0666\u0660"}, "delay_by_seconds: must be a whole number"),
        ({"event_ttl_seconds": 9}, "event_ttl_seconds: must be 10 or more, not 9"),
        ({"delay_by_seconds": 901}, "delay_by_seconds: must be from 60 to 900, not 901"),
        ({"delay_by_seconds": 60, "event_ttl_seconds": 10}, "delay_by_seconds: excludes event_ttl_seconds"),
        ({"description": "x" * 513}, "description"),
        ({"topic_name": None}, "topic_name: is required and cannot be null"),
    ],
)
def test_wrong_options_are_problems_before_any_request(tasks, options, said):
    assert said in tasks.failed("trigger", name="A", **options)
    assert said in tasks.failed("trigger", name="A", state="validated", **options)
    assert tasks.org.log() == []


def test_operators_with_their_values_are_accepted(tasks, workflow):
    values = {
        "GreaterThanOrEqual": 1, "LessThanOrEqual": 1.5, "NotEqual": None, "Contains": "x", "Exists": False,
        "Size": 0,
    }  # fmt: skip
    given = [
        {"json_path": name, "operator": name.upper(), "value": "x" if value is None else value}
        for name, value in values.items()
    ]
    given += [{"json_path": name, "operator": name, "values": [1]} for name in ("NotIn", "All", "Contains")]
    tasks.done("trigger", **{**TRIGGER, "match_criteria": given})
    assert [one["operator"] for one in triggers(tasks.org)[0]["matchCriteria"]] == [
        *values,
        *("NotIn", "All", "Contains"),
    ]
    assert tasks.done("trigger", **{**TRIGGER, "match_criteria": given})["changed"] is False
