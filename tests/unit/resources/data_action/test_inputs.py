# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of rest.inputs as names and as entries, by the module (S1.2, P.10)."""

from __future__ import annotations

import typing as t

import pytest

from unit.module_runner import run_module


def validated(inputs: t.Any, **rest: t.Any) -> dict[str, t.Any]:
    options = {"url": "https://h/${id}/${n}", "method": "GET", "inputs": inputs, **rest}
    return run_module("genesys_data_action", {"state": "validated", "name": "A", "rest": options})


@pytest.mark.parametrize(
    "inputs",
    [
        ["id", "n"],
        [{"name": "id"}, "n"],
        [
            {"name": "id", "type": "string", "required": True, "default": "a", "description": "Id"},
            {"name": "n", "type": "integer", "default": 5, "required": None},
        ],
        [
            {"name": "id", "type": "number", "default": 1.5},
            {"name": "n", "type": "boolean", "default": False},
        ],
    ],
)
def test_inputs_of_both_forms(inputs):
    result = validated(inputs)
    assert not result.get("failed"), result.get("msg")
    assert not result.get("warnings")


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ([5, "id", "n"], ["rest.inputs[0]", "the name of an input"]),
        ([["id"], "n", "id"], ["rest.inputs[0]"]),
        ([{"nmae": "id"}, "n"], ["rest.inputs[0].nmae", "did you mean 'name'?", "rest.inputs[0].name"]),
        ([{"name": "id", "type": "json"}, "n"], ["rest.inputs[0].type", "integer"]),
        ([{"name": "id", "required": "perhaps"}, "n"], ["rest.inputs[0].required"]),
        ([{"name": " "}, "id", "n"], ["rest.inputs[0].name", "empty"]),
        (
            [{"name": "n", "type": "integer", "default": "5"}, "id"],
            ["rest.inputs[0].default", "remove the quotes"],
        ),
        ([{"name": "n", "type": "boolean", "default": 1}, "id"], ["rest.inputs[0].default", "a boolean"]),
        ([{"name": "n", "default": {"a": 1}}, "id"], ["rest.inputs[0].default", "a string"]),
        (["id", {"name": "id"}, "n"], ["rest.inputs[1]", "declared twice"]),
        ([{"name": "id"}, "n", {"name": "unused"}], ["rest.inputs[2]", "not used"]),
        ([{"name": "customer"}, "n"], ["rest.url", "${id}", "rest.inputs[0]"]),
    ],
)
def test_a_wrong_input_is_named_with_its_path(inputs, words):
    result = validated(inputs)
    assert result["failed"]
    assert all(word in result["msg"] for word in words), result["msg"]


def test_a_number_as_the_default_of_a_string_is_text_with_a_warning():
    result = validated([{"name": "id", "default": 7}, "n"])
    assert not result.get("failed"), result.get("msg")
    assert any("rest.inputs[0].default" in str(warning) for warning in result["warnings"])


def test_the_whole_request_uses_all_inputs():
    """Check a request whose body is all inputs: it was refused, because no other place uses one of them."""
    result = validated(["id", "n", "elsewhere"], method="POST", body="${input.rawRequest}")
    assert not result.get("failed"), result.get("msg")
    assert validated(["id", "n", "elsewhere"], method="POST", body="{}")["failed"]
