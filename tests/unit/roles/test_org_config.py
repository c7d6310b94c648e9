# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the role org_config: it passes every option, and selects and merges what the inventory declares.

An option that it does not pass would be read from the environment.
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import typing as t

import pytest
import yaml

from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import CONNECTION_OPTIONS
from ansible_collections.genesys.cloud.plugins.module_utils._arguments.reporting import REPORTING_OPTIONS
from ansible_collections.genesys.cloud.plugins.module_utils._org.task import org_options

ROOT = pathlib.Path(__file__).resolve().parents[3]
ROLE = ROOT / "roles" / "org_config"


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
    fallbacks.add("GENESYS_HMAC_KEY_FILE")  # of an option of the reports, which has no fallback in its spec
    assert role_vars["__org_config_no_environment"] == dict.fromkeys(fallbacks, "")


def test_every_connection_option_is_an_argument_of_the_same_type(arguments: dict[str, t.Any]) -> None:
    for name, option in CONNECTION_OPTIONS.items():
        argument = arguments[f"org_config_{name}"]
        assert argument["type"] == option["type"], name
        assert argument.get("choices") in (None, option.get("choices")), name


def test_the_modules_other_options_are_arguments_too(arguments: dict[str, t.Any]) -> None:
    options = {**REPORTING_OPTIONS, **org_options()}
    # The role has lists for `config` and no `state`. The role drift_check has a variable for `undeclared`.
    for name in options.keys() - {"config", "state", "undeclared"}:
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


def computed(
    folder: pathlib.Path, inventory: dict[str, t.Any], *arguments: str, strict: bool
) -> dict[str, t.Any]:
    """Return what vars/main.yml of the role computes in a run with these arguments of ansible-playbook."""
    result = folder / "computed.json"
    names = ("active", "prune", "merged")
    values = ", ".join(f"'{name}': __org_config_{name}" for name in names)
    write = {"content": f"{{{{ {{{values}}} | to_json }}}}", "dest": str(result), "mode": "0600"}
    play = {
        "hosts": "localhost",
        "connection": "local",
        "gather_facts": False,
        "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}", **inventory},
        "vars_files": [str(ROLE / "vars/main.yml")],
        "tasks": [
            {
                "name": "Write",
                "ansible.builtin.copy": write,
                "vars": {"__org_config_strict": True} if strict else {},
                "tags": ["always"],
            }
        ],
    }
    playbook = folder / "play.yml"
    playbook.write_text(json.dumps([play]))
    run_playbook(str(playbook), *arguments)
    return json.loads(result.read_text())


def run_playbook(*arguments: str) -> None:
    hidden = ("ANSIBLE_", "GENESYS_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    run = subprocess.run(
        [pathlib.Path(sys.executable).with_name("ansible-playbook"), "-i", "localhost,", *arguments],
        cwd=ROOT,
        env=kept | {"ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


INVENTORY: dict[str, t.Any] = {
    **yaml.safe_load((ROLE / "defaults/main.yml").read_text()),
    "org_config_data_actions_group": [{"name": "A", "category": "CRM"}, {"name": "B"}],
    "org_config_data_actions_host": [{"name": "A", "category": "Billing"}],
    "org_config_privacy_purposes": [{"name": "P"}],
    "org_config_flow_settings": [{"name": "F"}],
    "org_config_prune": {
        "data_actions": {"enabled": True, "max": 2},
        "privacy_purposes": {"enabled": True},
        "webhooks": {"enabled": True},
        "flow_settings": {"enabled": True},
    },
}
DATA_ACTIONS = {"entries": [{"name": "A", "category": "Billing"}, {"name": "B"}], "problems": []}
NOTHING: dict[str, t.Any] = {"entries": [], "problems": []}


@pytest.mark.parametrize(
    "arguments", [("--tags", "data_actions,webhooks"), ("--skip-tags", "privacy_purposes,flow_settings")]
)
def test_kinds_without_tag_or_entries_are_neither_active_nor_pruned(
    tmp_path: pathlib.Path, arguments: tuple[str, ...]
) -> None:
    """Privacy purposes have entries, but no tag of the run. Webhooks have a tag, but no entries."""
    result = computed(tmp_path, INVENTORY, *arguments, strict=False)
    assert result["active"] == ["data_actions"]
    # The rule of a kind that can never be pruned stays, so that the module reports it.
    assert result["prune"] == {
        "data_actions": {"enabled": True, "max": 2},
        "flow_settings": {"enabled": True},
    }
    assert result["merged"] == {
        "integration_credentials": NOTHING,
        "integrations": NOTHING,
        "data_actions": DATA_ACTIONS,
        "data_tables": NOTHING,
        "data_schemas": NOTHING,
        "privacy_purposes": {"entries": [{"name": "P"}], "problems": []},
        "customobject_indexes": NOTHING,
        "flow_settings": {"entries": [{"name": "F"}], "problems": []},
        "flow_log_levels": NOTHING,
        "flow_execution_data": NOTHING,
        "masking_rules": NOTHING,
        "media_retention_policies": NOTHING,
        "analytics_retention": NOTHING,
        "triggers": NOTHING,
        "webhooks": NOTHING,
    }


def test_only_active_kinds_are_merged_for_the_module(tmp_path: pathlib.Path) -> None:
    inventory = {**INVENTORY, "org_config_privacy_purposes": [{"name": "{{ not_defined_anywhere }}"}]}
    result = computed(tmp_path, inventory, "--tags", "data_actions,webhooks", strict=True)
    assert result["active"] == ["data_actions"]
    assert result["merged"] == {"data_actions": DATA_ACTIONS}


def test_all_kinds_with_entries_are_active_without_tags(tmp_path: pathlib.Path) -> None:
    result = computed(tmp_path, INVENTORY, strict=True)
    assert result["active"] == ["data_actions", "privacy_purposes", "flow_settings"]
    assert result["prune"].keys() == {"data_actions", "privacy_purposes", "flow_settings"}
    assert result["merged"].keys() == {"data_actions", "privacy_purposes", "flow_settings"}
