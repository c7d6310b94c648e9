# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup variable_problems: known names, tags, and rendering without Ansible (C.3)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest
import yaml
from ansible.errors import AnsibleError

from ansible_collections.genesys.cloud.plugins.lookup import variable_problems as lookup
from ansible_collections.genesys.cloud.plugins.module_utils._resources import registry

ROOT = pathlib.Path(__file__).resolve().parents[3]


def test_the_known_names_are_those_of_the_roles_and_of_the_playbook() -> None:
    for role in ("org_config", "rollback", "drift_check"):
        spec = yaml.safe_load((ROOT / f"roles/{role}/meta/argument_specs.yml").read_text("utf-8"))
        options = spec["argument_specs"]["main"]["options"]
        assert {name: lookup.role_options()[name] for name in options} == options
    assert lookup.playbook_variables() == ["rollout_canary", "rollout_max_fail_percentage", "rollout_serial"]


def test_every_default_of_a_role_is_known() -> None:
    for path in (ROOT / "roles").glob("*/defaults/main.yml"):
        assert lookup.unknown_variables(yaml.safe_load(path.read_text("utf-8")), lookup.role_options()) == []


@pytest.mark.parametrize(
    ("tags", "whole", "problems"),
    [
        (["all", "untagged", "webhooks"], True, []),
        (["webhook"], False, ["--tags: there is no tag 'webhook'; did you mean webhooks?"]),
        (["deploy"], False, []),
        (["deploy"], True, ["--tags: there is no tag 'deploy'; the tags are data_actions, webhooks"]),
    ],
)
def test_unknown_tags(tags: list[str], whole: bool, problems: list[str]) -> None:
    assert list(lookup.unknown_tags("--tags", tags, ["data_actions", "webhooks"], whole=whole)) == problems


def template(raw: list[t.Any]) -> list[t.Any]:
    """Render as a templar does: omit drops an element, and an undefined variable raises an exception."""
    if "nobody" in str(raw):
        raise AnsibleError("'nobody' is undefined")
    return [value for value in raw if value != "omit"]


def test_each_text_of_a_structure_is_rendered_by_itself() -> None:
    rendered = lookup.Rendered(template)
    rendered.add("a", {"b": ["nobody", "x", {"c": "nobody"}]})
    rendered.add("d", "omit")
    rendered.add("e", ["x", "omit"])
    rendered.add("f", " ")
    assert rendered.problems == ["a.b[0]: 'nobody' is undefined", "a.b[2].c: 'nobody' is undefined"]
    assert rendered.values == {"e": ["x"], "f": " "}
    assert [name for name in "adefg" if rendered.has(name)] == ["a", "e"]


def test_a_value_without_choices_is_never_repeated() -> None:
    specs = {"a": {"type": "str", "choices": ["x"]}, "b": {"type": "dict", "default": {}}}
    assert list(lookup.wrong_values({"a": {"secret": "s"}, "b": "secret"}, specs)) == [
        "a: must be one of x, not a structure",
        "b: must be a mapping",
    ]


KINDS = ["data_actions", "webhooks"]


@pytest.mark.parametrize(
    "value",
    [
        "ignore",
        "fail",
        {},
        {"default": "warn"},
        {"webhooks": {"mode": "fail", "protect": ["a*"]}, "data_actions": {}},
    ],
    ids=str,
)
def test_modes_of_the_gate_for_undeclared_objects(value: t.Any) -> None:
    assert list(lookup.unmanaged_problems(value, KINDS)) == []


@pytest.mark.parametrize(
    ("value", "problems"),
    [
        (
            "warm",
            [": must be one of ignore, warn, fail or a mapping from kinds to them, not 'warm'; did you"],
        ),
        (True, [": must be one of ignore, warn, fail or a mapping from kinds to them, not 'True'"]),
        (None, [": must be one of ignore, warn, fail or a mapping from kinds to them, not null"]),
        (["fail"], [": must be one of ignore, warn, fail or a mapping from kinds to them, not a structure"]),
        (
            {"webhook": "fail", "queues": "fail", 7: "fail", "default": {"mode": "fail"}},
            [
                ".webhook: there is no such kind; did you mean webhooks?",
                ".queues: there is no such kind; the kinds are data_actions, webhooks, and default",
                ".7: there is no such kind; the kinds are",
                ".default: must be one of ignore, warn, fail, not a structure",
            ],
        ),
        (
            {"webhooks": {"mode": "fial", "protect": "a*", "max": 1}, "data_actions": None},
            [
                ".webhooks.mode: must be one of ignore, warn, fail, not 'fial'; did you mean fail?",
                ".webhooks.protect: must be a list of patterns such as manual-*",
                ".webhooks.max: is unknown; the keys are mode and protect",
                ".data_actions: must be one of ignore, warn, fail, not null",
            ],
        ),
    ],
    ids=str,
)
def test_wrong_modes_of_the_gate_are_all_found(value: t.Any, problems: list[str]) -> None:
    found = list(lookup.unmanaged_problems(value, KINDS))
    assert len(found) == len(problems)
    for text, expected in zip(found, problems, strict=True):
        assert text.startswith(f"drift_check_unmanaged{expected}")


def test_the_kinds_of_the_gate_are_those_of_the_registry() -> None:
    assert lookup.kinds_of(lookup.role_options()) == [kind.list_option for kind in registry.KINDS]


FOLDERS = ["drift_check_folder", "org_compare_folder", "org_export_folder"]


def test_every_folder_of_a_role_is_checked() -> None:
    specs = lookup.role_options()
    found = [name for name, spec in specs.items() if spec["type"] == "path" and "default" in spec]
    assert sorted(found) == FOLDERS


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (None, "must be the path of a folder, and is null"),
        ("", "must be the path of a folder, and is empty"),
        (" ", "must be the path of a folder, and is empty"),
        (False, "must be the path of a folder, not the boolean false"),
        (["a"], "must be the path of a folder, not a structure"),
    ],
    ids=str,
)
def test_an_empty_folder_is_not_the_working_directory(name: str, value: t.Any, problem: str) -> None:
    specs = lookup.role_options()
    assert list(lookup.wrong_values({name: value}, specs)) == [f"{name}: {problem}"]
    assert list(lookup.wrong_values({name: "reports"}, specs)) == []
    assert list(lookup.wrong_values({name: 2026}, specs)) == []


@pytest.mark.parametrize("name", lookup.CHOSEN_KINDS)
def test_unknown_kinds_are_named_by_their_variable(name: str) -> None:
    kinds = ["data_actions", "webhooks"]
    given: list[t.Any] = [
        ["webhooks", "data_action", 5],
        "webhooks, data_action,5",
    ]
    for value in given:
        assert list(lookup.kind_problems({name: value}, kinds)) == [
            f"{name}[1]: there is no such kind; did you mean data_actions?",
            f"{name}[2]: there is no such kind; the kinds are data_actions, webhooks",
        ]
    for right in (["webhooks"], "data_actions, webhooks", [], "", None, {"webhooks": 1}):
        assert list(lookup.kind_problems({name: right}, kinds)) == []


def test_variables_of_secrets_have_no_spec() -> None:
    assert list(lookup.wrong_values({"vault_webhook_feed_target_url": {"a": 1}}, {})) == []
