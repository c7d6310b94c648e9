# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of a sample response: the forms in which a task can give it, and what cannot be read (S1.4)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action import (
    variable_mappings as variable_mappings_module,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.variable_mappings import (
    read_sample,
)


def sample_of(raw: t.Any) -> tuple[t.Any, Findings]:
    findings = Findings()
    return read_sample(raw, "rest.sample_response", findings), findings


@pytest.mark.parametrize(
    ("raw", "document"),
    [
        ('{"a": [1, 2.5, null]}', {"a": [1, 2.5, None]}),
        ("[]", []),
        ('"text"', "text"),
        ("a: 1\nb:\n- x\n- y\n", {"a": 1, "b": ["x", "y"]}),
        ("- a\n- b", ["a", "b"]),
        ("{a: 1}", {"a": 1}),
        (
            "date: 2024-01-31\ntime: 2024-01-31T10:00:00Z",
            {"date": "2024-01-31", "time": "2024-01-31T10:00:00Z"},
        ),
        ({"a": {5: [None]}}, {"a": {"5": [None]}}),
        ([], []),
    ],
)
def test_a_sample_is_json_text_yaml_text_or_a_structure(raw, document):
    assert sample_of(raw) == (document, Findings())


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("files/sample.json", "must be a JSON or YAML document"),
        ("a: [1", "neither JSON"),
        ('{"a": 1', "neither JSON"),
        ("a: .inf", "JSON"),
        ("a: !!python/object:os.system x", "neither JSON"),
        ("&a [*a]", "JSON"),
        ("[" * 100_000, "JSON"),
        (5, "the number 5"),
        (True, "the boolean true"),
        ({"a": float("nan")}, "JSON"),
        ({"a": {1, 2}}, "JSON"),
    ],
)
def test_a_sample_that_cannot_be_read_is_a_problem(raw, word):
    document, findings = sample_of(raw)
    assert document is None
    ((path, message),) = findings.problems
    assert path == "rest.sample_response" and word in message


def test_without_pyyaml_a_sample_is_json(monkeypatch):
    monkeypatch.setattr(variable_mappings_module, "yaml", None)
    assert sample_of('{"a": 1}') == ({"a": 1}, Findings())
    document, findings = sample_of("a: 1")
    assert document is None
    assert "JSON" in findings.problems[0].message
