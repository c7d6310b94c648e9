# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the argument validation: all violations of a spec at once, each with its path."""

from __future__ import annotations

import typing as t

import pytest
from ansible.module_utils.basic import env_fallback

from ansible_collections.genesys.cloud.plugins.module_utils._arguments.validation import validate
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings

SPEC: dict[str, dict[str, t.Any]] = {
    "name": {"type": "str", "required": True},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "depth": {"type": "int"},
    "pause": {"type": "float"},
    "verify": {"type": "bool"},
    "client_secret": {"type": "int", "no_log": True},
    "rest": {
        "type": "dict",
        "options": {
            "url": {"type": "str"},
            "mappings": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "name": {"type": "str", "required": True},
                    "type": {"type": "str", "choices": ["string", "number"]},
                },
            },
        },
    },
    "tags": {"type": "list", "elements": "str"},
    "anything": {"type": "list", "elements": "raw"},
}


def problems(raw: dict[str, t.Any]) -> list[str]:
    findings = Findings()
    validate(SPEC, raw, findings)
    return [str(problem) for problem in findings.problems]


def test_omitted_options_are_absent_null_ones_stay_null_and_defaults_apply():
    findings = Findings()
    given = validate(SPEC, {"name": "A", "rest": {"url": None}, "state": None}, findings)
    assert given == {"name": "A", "rest": {"url": None}, "state": "present"}
    assert findings.problems == []


def test_a_fallback_comes_before_the_default_and_is_not_looked_up_here():
    spec = {"retries": {"type": "int", "default": 5, "fallback": (env_fallback, ["GENESYS_RETRIES"])}}
    assert validate(spec, {}, Findings()) == {}


def test_values_are_converted_as_ansible_does():
    findings = Findings()
    given = validate(
        SPEC,
        {
            "name": 5,
            "depth": " 7",
            "pause": "+1.5e1",
            "verify": "yes",
            "tags": "a,b",
            "rest": '{"url": "/x"}',
        },
        findings,
    )
    assert given == {
        "name": "5",
        "depth": 7,
        "pause": 15.0,
        "verify": True,
        "tags": ["a", "b"],
        "rest": {"url": "/x"},
        "state": "present",
    }
    assert findings.problems == []


def test_the_controllers_own_keys_are_no_options():
    assert problems({"name": "A", "_ansible_check_mode": True}) == []


def test_every_violation_is_reported_with_its_path():
    assert problems(
        {
            "depth": "deep",
            "statt": "absent",
            "state": "gone",
            "rest": {
                "ulr": "/x",
                "url": {"a": 1},
                "mappings": [{"name": "A", "type": "strnig"}, "b", {"type": "number"}, None],
            },
            "tags": [["a"], True],
        }
    ) == [
        "depth: must be a whole number, not 'deep'",
        "statt: is not an option; did you mean 'state'?",
        "state: 'gone' is not one of the choices; known are absent, present",
        "rest.ulr: is not an option; did you mean 'url'?",
        "rest.url: must be text, not a dictionary",
        "rest.mappings[0].type: 'strnig' is not one of the choices; did you mean 'string'?",
        "rest.mappings[1]: must be a dictionary, not text",
        "rest.mappings[2].name: is required",
        "rest.mappings[3]: must be a dictionary, not null",
        "tags[0]: must be text, not a list",
        "tags[1]: must be text, not the boolean true (put it in quotes)",
        "name: is required",
    ]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"name": None}, "name: is required and cannot be null"),
        ({"name": "A", "depth": True}, "depth: must be a whole number, not true"),
        ({"name": "A", "depth": 1.5}, "depth: must be a whole number, not 1.5"),
        *(
            ({"name": "A", option: text}, f"{option}: must be {noun}, not {text!r}")
            for option, noun in (("depth", "a whole number"), ("pause", "a number"))
            for text in ("1_000", "\u0661\u0662", "\uff15", "0x10", "1,000", "", "-", "+ 1")
        ),
        ({"name": "A", "pause": "nan"}, "pause: must be a finite number, not nan"),
        ({"name": "A", "tags": 3}, "tags: must be a list, not a number"),
        ({"name": "A", "rest": ["x"]}, "rest: must be a dictionary, not a list"),
        (
            {"name": "A", "client_secret": "hunter2"},
            "client_secret: must be a whole number, not the given value",
        ),
    ],
)
def test_a_wrong_value_is_named_unless_it_is_secret(raw, message):
    assert problems(raw) == [message]


def test_free_lists_take_anything():
    assert problems({"name": "A", "anything": [1, None, {"a": []}]}) == []


def test_aliases_choices_in_lists_and_a_key_that_yaml_reads_as_a_boolean():
    spec = {"on": {"type": "list", "elements": "str", "choices": ["changed", "failed"], "aliases": ["true"]}}
    for raw in ({"on": ["failed"]}, {True: ["failed"]}, {"true": "failed"}):
        findings = Findings()
        assert validate(spec, raw, findings) == {"on": ["failed"]}
        assert findings.problems == []
    findings = Findings()
    validate(spec, {"on": ["failed", "faild"]}, findings)
    assert [str(problem) for problem in findings.problems] == [
        "on[1]: 'faild' is not one of the choices; did you mean 'failed'?"
    ]
