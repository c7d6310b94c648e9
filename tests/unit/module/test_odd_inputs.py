# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of odd values in every place of all arguments: no traceback, and every message names an option.

The environment variable SHARE is the part of the 50,000 cases that run, 0.02 by default.
"""

from __future__ import annotations

import os

import pytest

from unit.module_runner import run_module
from unit.odd_inputs import deep_cases, random_cases, sample, single_cases

SHARE = float(os.environ.get("SHARE", "0.02"))
CONNECTION = {"base_url": "https://api.example.com", "access_token": "t0ken-s3cr3t"}


def faults(cases):
    found = ((case, case.fault(run_module(case.module, case.arguments))) for case in cases)
    return [f"{case}: {fault}" for case, fault in found if fault is not None]


def test_one_odd_value():
    assert faults(sample(single_cases(), SHARE)) == []


def test_deep_values():
    assert faults(sample(deep_cases(), SHARE)) == []


def test_several_odd_values():
    assert faults(random_cases(round(18_000 * SHARE))) == []


@pytest.mark.parametrize(
    ("module", "option", "value", "problem"),
    [
        ("genesys_data_action", "rest", True, "rest: must be a dictionary, not a boolean"),
        ("genesys_data_action", "notify", True, "notify: must be a dictionary, not a boolean"),
        ("genesys_flow_settings", "routing", 5, "routing: must be a dictionary, not a number"),
        ("genesys_org_config", "prune", [None], "prune: must be a dictionary, not a list"),
        ("genesys_data_action", "retries", float("inf"), "retries: must be a whole number, not inf"),
        ("genesys_data_action", "timeout", float("inf"), "timeout: must be a finite number, not inf"),
        (
            "genesys_data_action",
            "audit_timeout",
            float("inf"),
            "audit_timeout: must be a finite number, not inf",
        ),
        ("genesys_data_action", "timeout", 10**400, "timeout: must be a number, not 1000"),
        ("genesys_data_action", "journal", "/tmp/a\x00b", "journal: must be a path without NUL characters"),
        ("genesys_data_action", "description", "\ud800", "description: must be Unicode text, without lone"),
        (
            "genesys_customobject_index",
            "indexes",
            [{"name": "x", "fields": ["a"], "order": [[]]}],
            "indexes[0].",
        ),
    ],
)
def test_messages_of_known_slips(module, option, value, problem):
    result = run_module(module, {**CONNECTION, "state": "validated", option: value})
    assert result["failed"]
    assert any(text.startswith(problem) for text in result["problems"]), result["problems"]
    assert option in result["invocation"]["module_args"]


def test_a_nul_in_a_text_does_not_fail_the_log():
    given = {"name": "A", "rest": {"url": "https://x.example", "method": "GET"}, "organization": "a\x00b"}
    result = run_module("genesys_data_action", {**CONNECTION, "state": "validated", **given})
    assert not result.get("failed"), result["msg"]


@pytest.mark.parametrize("option", ["state", "api_profile", "audit_timeout", "validate_certs", "timeout"])
def test_null_is_the_default(option):
    given = {"name": "A", "rest": {"url": "https://x.example", "method": "GET"}, option: None}
    result = run_module("genesys_data_action", {**CONNECTION, "state": "validated", **given})
    assert "problems" not in result
