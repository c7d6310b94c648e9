# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of wrong settings: all reported with their paths before any request (S2.2)."""

from __future__ import annotations

import pytest

from unit.module_runner import run_module
from unit.resources.flow_settings.conftest import DECLARED

WRONG = {
    "state": "absent",
    "routing": {
        "type": " ",
        "max_wait_time": 0,
        "maxWaitTime": 5,
        "scope": {"type": "", "ids": "x"},
    },
    "configuration_matrix": {
        "": {"key": "a", "value": 1},
        "text": "queue_affinity",
        "empty": {},
        "blank": {"key": " ", "value": 1},
        "typed": {"key": ["a"], "value": 1},
        "more": {"key": "a", "value": 1, "default": 2},
        "nothing": {"key": "a", "value": None},
        "deep": {"key": "a", "value": {"b": {"c": None}, "d": [None, {"e": None}], "f": float("nan")}},
    },
    "matrix_strategy": "append",
    "scope_directives": {"apply_to": ["queue", "skill", None], "enforce_hierarchy": "perhaps"},
    "min_update_interval": -1,
    "wait_timeout": "long",
    "on_too_soon": "later",
    "on_reload_failure": "ignore",
    "reload": "perhaps",
    "colour": "red",
}
PATHS = [
    "name",
    "state",
    "routing.type",
    "routing.max_wait_time",
    "routing.maxWaitTime",
    "routing.scope.type",
    "routing.scope.id",
    "routing.scope.ids",
    "configuration_matrix",
    "configuration_matrix.text",
    "configuration_matrix.empty.key",
    "configuration_matrix.empty.value",
    "configuration_matrix.blank.key",
    "configuration_matrix.typed.key",
    "configuration_matrix.more.default",
    "configuration_matrix.nothing.value",
    "configuration_matrix.deep.value.b.c",
    "configuration_matrix.deep.value.d[1].e",
    "configuration_matrix.deep.value.f",
    "matrix_strategy",
    "scope_directives.apply_to[1]",
    "scope_directives.apply_to[2]",
    "scope_directives.enforce_hierarchy",
    "min_update_interval",
    "wait_timeout",
    "on_too_soon",
    "on_reload_failure",
    "reload",
    "colour",
]


def test_every_wrong_value_is_reported_at_once_before_any_request(org, settings):
    result = settings(**{**WRONG, "name": None})
    assert result["failed"]
    assert sorted(problem.partition(": ")[0] for problem in result["problems"]) == sorted(PATHS)
    assert org.log() == []


@pytest.mark.parametrize("seconds", [-1, 0, 1.5, "soon", True, [600]])
def test_max_wait_time_is_a_whole_number_above_zero(org, settings, seconds):
    result = settings(routing={"max_wait_time": seconds})
    assert "routing.max_wait_time: must be" in result["msg"]
    assert org.log() == []


@pytest.mark.parametrize("option", ["min_update_interval", "wait_timeout"])
@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf"), "1e99"])
def test_times_are_finite_and_not_negative(settings, option, seconds):
    result = settings(**{option: seconds})
    assert result["failed"] and f"{option}: " in result["msg"]


def test_validated_needs_neither_credentials_nor_requests(org):
    task = {"name": "Primary", "state": "validated", **DECLARED}
    result = run_module("genesys_flow_settings", task)
    assert (result["changed"], result["plan"], result.get("failed")) == (False, "none", None)
    wrong = run_module("genesys_flow_settings", {**task, "routing": {"max_wait_time": -1}})
    assert wrong["problems"] == ["routing.max_wait_time: must be more than 0 seconds, not -1"]


def test_name_or_id_is_needed(settings):
    assert settings(name=None)["problems"] == ["name: is required, or id"]
