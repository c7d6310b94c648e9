# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that the role org_config passes every option; a missing one would be read from the environment."""

from __future__ import annotations

import pathlib
import typing as t

import pytest
import yaml

from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import CONNECTION_OPTIONS
from ansible_collections.genesys.cloud.plugins.module_utils._arguments.reporting import REPORTING_OPTIONS
from ansible_collections.genesys.cloud.plugins.module_utils._org.task import org_options

ROLE = pathlib.Path(__file__).resolve().parents[3] / "roles" / "org_config"


@pytest.fixture(scope="module")
def role_vars() -> dict[str, t.Any]:
    return yaml.safe_load((ROLE / "vars/main.yml").read_text())


@pytest.fixture(scope="module")
def arguments() -> dict[str, t.Any]:
    return yaml.safe_load((ROLE / "meta/argument_specs.yml").read_text())["argument_specs"]["main"]["options"]


def test_every_connection_option_is_passed(role_vars: dict[str, t.Any]) -> None:
    assert set(role_vars["__org_config_connection"]) == set(CONNECTION_OPTIONS)


def test_every_fallback_is_hidden_from_the_modules(role_vars: dict[str, t.Any]) -> None:
    fallbacks = {name for option in CONNECTION_OPTIONS.values() for name in option["fallback"][1]}
    assert role_vars["__org_config_no_environment"] == dict.fromkeys(fallbacks, "")


def test_every_connection_option_is_an_argument_of_the_same_type(arguments: dict[str, t.Any]) -> None:
    for name, option in CONNECTION_OPTIONS.items():
        argument = arguments[f"org_config_{name}"]
        assert argument["type"] == option["type"], name
        assert argument.get("choices") in (None, option.get("choices")), name


def test_the_modules_other_options_are_arguments_too(arguments: dict[str, t.Any]) -> None:
    options = {**REPORTING_OPTIONS, **org_options()}
    for name in options.keys() - {"config", "state"}:  # the role has its lists for `config` and no `state`
        argument = arguments[f"org_config_{name}"]
        assert argument["type"] == options[name]["type"], name
        assert argument.get("choices") == options[name].get("choices"), name
        assert argument.get("default") in (options[name].get("default"), {}), name
    pruned = {
        kind: {
            name: {key: rule[key] for key in ("type", "default")} for name, rule in option["options"].items()
        }
        for kind, option in arguments["org_config_prune"]["options"].items()
    }
    assert pruned == {
        kind: {
            name: {key: rule[key] for key in ("type", "default")} for name, rule in option["options"].items()
        }
        for kind, option in org_options()["prune"]["options"].items()
    }


def test_the_documented_defaults_are_the_real_ones(arguments: dict[str, t.Any]) -> None:
    documented = {name: argument["default"] for name, argument in arguments.items() if "default" in argument}
    assert documented == yaml.safe_load((ROLE / "defaults/main.yml").read_text())
