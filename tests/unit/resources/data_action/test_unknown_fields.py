# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of keys of mappings and condition nodes that only the server knows: every write keeps them (S1.1)."""

from __future__ import annotations

import copy
import typing as t

import pytest

from unit.resources.data_action.conftest import STORED

NAME = STORED["name"]
MAPPINGS = [
    {"name": "A", "source": "$.a", "type": "string", "default": "x", "label": "first"},
    {"name": "B", "source": "$.b", "type": "number", "label": "second"},
]


def leaf(field: str, expression: str, **unknown: t.Any) -> dict[str, t.Any]:
    return {
        "type": "EQUALS",
        "value": {"type": "DATASET", "datasetId": "crm", "fieldId": field, "alias": f"alias of {field}"},
        "expression": expression,
        **unknown,
    }


CONDITIONS = [
    {
        "type": "AND",
        "children": [leaf("status", "active", note="one"), leaf("tier", "gold", note="two")],
        "label": "group",
    },
    leaf("country", "DE", note="three"),
]
LINES = ['crm.status == "active" and crm.tier == "gold"', 'crm.country == "DE"']


@pytest.fixture
def seeded(org):
    stored = copy.deepcopy(STORED)
    stored["restConfig"]["variableMappings"] = copy.deepcopy(MAPPINGS)
    stored["conditions"] = copy.deepcopy(CONDITIONS)
    (before,) = org.seed([stored])
    return before


def declared(mappings):
    return [{key: value for key, value in one.items() if key != "label"} for one in mappings]


def test_unknown_keys_are_no_change(org, seeded, action):
    result = action(name=NAME, rest={"variable_mappings": declared(MAPPINGS[::-1])}, conditions=LINES)
    assert (result["changed"], org.writes()) == (False, []), result["diff"]


def test_a_record_can_be_given_back(org, seeded, action):
    record = action(name=NAME, description="new")["record"]
    assert record["rest"]["variable_mappings"] == [{**declared(MAPPINGS)[0]}, declared(MAPPINGS)[1]]
    org.clear_log()
    result = action(
        name=NAME,
        rest={"variable_mappings": record["rest"]["variable_mappings"]},
        conditions=record["conditions"],
    )
    assert not result.get("failed"), result["msg"]
    assert (result["changed"], org.writes()) == (False, [])


def test_a_changed_mapping_keeps_them_by_its_name(org, seeded, action):
    changed = [
        {"name": "B", "source": "$.b2", "type": "number"},
        {"name": "A", "source": "$.a", "type": "json"},
    ]
    assert action(name=NAME, rest={"variable_mappings": changed})["changed"]
    assert org.named(NAME)["restConfig"]["variableMappings"] == [
        {**changed[0], "label": "second"},
        {**changed[1], "label": "first"},
    ]


def test_a_new_mapping_has_none(org, seeded, action):
    new = [*declared(MAPPINGS[1:]), {"name": "C", "source": "$.c", "type": "string"}]
    assert action(name=NAME, rest={"variable_mappings": new})["changed"]
    assert org.named(NAME)["restConfig"]["variableMappings"] == [MAPPINGS[1], new[1]]


def test_a_changed_condition_keeps_them_where_operator_and_field_are_the_same(org, seeded, action):
    lines = [
        'crm.country == "FR"',
        'crm.region == "EU" and crm.tier == "silver" and crm.status == "active"',
    ]
    assert action(name=NAME, conditions=lines)["changed"]
    country, group = org.named(NAME)["conditions"]
    assert country == leaf("country", "FR", note="three")
    assert group["label"] == "group"
    region, tier, status = group["children"]
    assert region.keys() == {"type", "value", "expression"} and "alias" not in region["value"]
    assert (tier, status) == (leaf("tier", "silver", note="two"), CONDITIONS[0]["children"][0])


def test_an_equal_condition_comes_before_a_similar_one(org, seeded, action):
    org.edit(seeded["id"], {"conditions": [leaf("tier", "gold", note=1), leaf("tier", "silver", note=2)]})
    lines = ['crm.tier == "silver"', 'crm.tier == "bronze"']
    assert action(name=NAME, conditions=lines)["changed"]
    assert [node["note"] for node in org.named(NAME)["conditions"]] == [2, 1]


def test_null_removes_the_lists(org, seeded, action):
    assert action(name=NAME, rest={"variable_mappings": None}, conditions=None)["changed"]
    stored = org.named(NAME)
    assert (stored["restConfig"]["variableMappings"], stored["conditions"]) == ([], [])
