# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks of condition trees (422) and of JSONPath (400) in data actions (S0.4, S1.3)."""

from __future__ import annotations

import os
import pathlib

import pytest
import yaml

from unit.simulator.reference.error_details import field_errors

PATH = "/api/v2/architect/data-actions"


def leaf(operator="EQUALS", dataset="crm"):
    value = {"type": "DATASET", "datasetId": dataset, "fieldId": "status"}
    return {"type": operator, "value": value, "expression": "active"}


def nested(depth):
    """Return a tree whose deepest node is at C(depth)."""
    node = leaf()
    for _turn in range(depth):
        node = {"type": "NOT", "children": [node]}
    return node


def post(api, *conditions):
    return api.post(PATH, json={"name": "A", "type": "rest", "conditions": list(conditions)})


def mapped(api, *sources):
    mappings = [
        {"name": f"v{index}", "source": source, "type": "string"} for index, source in enumerate(sources)
    ]
    rest = {"url": "/x", "httpMethod": "GET", "variableMappings": mappings}
    return api.post(PATH, json={"name": "A", "type": "rest", "restConfig": rest})


@pytest.mark.parametrize(
    "operator",
    [
        *("EQUALS", "NOT_EQUALS", "GREATER_THAN", "GREATER_THAN_OR_EQUALS", "LESS_THAN"),
        *("LESS_THAN_OR_EQUALS", "CONTAINS", "STARTS_WITH", "ENDS_WITH", "IN", "EXISTS", "AND", "OR", "NOT"),
    ],
)
def test_known_operators(api, operator):
    assert post(api, leaf(operator)).status_code == 200


def test_every_unknown_operator_and_dataset_is_named(api):
    tree = {
        "type": "XOR",
        "children": [leaf(), {"type": "OR", "children": [leaf("equals"), leaf(dataset="hr")]}],
    }
    answer = post(api, leaf(), tree)
    assert (answer.status_code, answer.json()["code"]) == (422, "data.action.conditions.invalid")
    assert field_errors(answer) == [
        ("conditions[1].type", "condition.operator.unknown"),
        ("conditions[1].children[1].children[0].type", "condition.operator.unknown"),
        ("conditions[1].children[1].children[1].value.datasetId", "dataset.unknown"),
    ]


def test_a_group_may_name_a_dataset_which_must_exist(api):
    group = {"type": "AND", "value": {"type": "DATASET", "datasetId": "hr"}, "children": [leaf(), leaf()]}
    assert field_errors(post(api, group)) == [("conditions[0].value.datasetId", "dataset.unknown")]


def test_an_org_without_declared_datasets_takes_any(simulator, client):
    simulator.create_org("free")
    assert (
        post(
            client(type("Key", (), {"key": "free", "api": "reference"})), leaf(dataset="anything")
        ).status_code
        == 200
    )


def test_depth_10_passes_and_11_does_not(api):
    assert post(api, nested(10)).status_code == 200
    answer = post(api, nested(11))
    assert answer.status_code == 422
    assert field_errors(answer) == [("conditions[0]" + ".children[0]" * 11, "condition.depth.exceeded")]


def test_a_tree_far_too_deep_is_still_an_answer(api):
    assert post(api, nested(90)).status_code == 422
    assert post(api, nested(300)).json()["code"] == "invalid.json"


def test_five_children_pass_and_six_do_not(api):
    assert post(api, {"type": "AND", "children": [leaf()] * 5}).status_code == 200
    answer = post(api, {"type": "AND", "children": [leaf()] * 6})
    assert field_errors(answer) == [("conditions[0].children", "condition.children.exceeded")]


@pytest.mark.parametrize(
    "source",
    [
        "$",
        "$.a.b[0]",
        "$..id",
        "$.a[-1:]",
        "$['a']['b.c']",
        "$.entities[?(@.id == 'Australia/Sydney')].offset",
        "$.p[?(@.purpose=='customer' || @.purpose=='external')].calls[0].id",
        "$.size()",
        "$.entities.size()",
        "$.entities[*].length()",
        "$.['presenceDefinition'].systemPresence",
        "$..['id']",
        "presenceDefinition.systemPresence",
        "['participants'][?(@.purpose=='group')].purpose",
        "$['a.[b]'].c",
        " $.a ",
        "$.a[?(@.b in ['x', 'y'])].c",
        "$.a[?(@.b nin ['x'])]",
        "$.a[?(@.b contains 'x')]",
        "$.a[?(@.b =~ /x.*/i)]",
        "$.a.$",
        "$.a.@.b",
        "$.a=b&c;d|!^~<>",
        "$.a.sum()",
        "$.a.index(0)",
        "$.a.append(1)",
        '$.concat($.a, ")", $.b.size())',
        "$.a[?(@.b.size() > 2 && @.['c'] == 1)].d",
    ],
)
def test_paths_of_the_dialect(api, source):
    assert mapped(api, source).status_code == 200, source


@pytest.mark.parametrize(
    "source",
    [
        *(
            "",
            "$$.id",
            "$.preferences[language]",
            "$.a[0",
            "$.a]",
            "$.",
            "$.a b",
            "$.a[?(@.x==]",
            "$.size().a",
            "$.a[?(@.b in ['x'])",
            "$.a[b][?(@.b in ['x'])]",
        ),
        *("$.a.foo()", "$...a", "$['a", "$.['a'", "size(", "(" * 2000),
    ],
)
def test_malformed_paths(api, source):
    answer = mapped(api, "$.fine", source)
    assert answer.status_code == 400, source
    assert field_errors(answer) == [("restConfig.variableMappings[1].source", "jsonpath.malformed")]


def test_the_paths_of_real_data_actions(api):
    """Check the 41 actions of the corpus, of which one has a real mistake, C($$.id)."""
    root = pathlib.Path(__file__).resolve().parents[4]
    shared = pathlib.Path(os.environ.get("GENESYS_SHARED", root.parent / "shared"))
    corpus = shared / "corpus" / "rest_data_actions.yml"
    if not corpus.is_file():
        pytest.skip(f"no corpus at {corpus}; set GENESYS_SHARED")
    refused = {}
    for entry in yaml.safe_load(corpus.read_text(encoding="utf-8"))["data_actions"]:
        rest = entry["rest"]
        names = {"url": "url", "method": "httpMethod", "headers": "headers", "body": "bodyTemplate"}
        wire = {names[key]: rest[key] for key in names if key in rest}
        wire["variableMappings"] = rest["variable_mappings"]
        body = {"name": entry["name"], "type": "rest", "restConfig": wire}
        answer = api.post(PATH, json=body)
        if answer.status_code != 200:
            (detail,) = answer.json()["details"]
            index = int(detail["fieldName"].partition("[")[2].partition("]")[0])
            refused[wire["variableMappings"][index]["source"]] = detail["errorCode"]
    assert refused == {"$$.id": "jsonpath.malformed"}
