# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that the role org_config reports all mistakes of an inventory at once and sends no request (C.3)."""

from __future__ import annotations

import typing as t

import pytest

from integration.org_config import APPLY, CHECK, SITE, Run, action, org_config_vars

#: The first task of the role rollback.
CHECK_ROLLBACK = "Check the connection and the journal that the inventory declares"


def test_every_mistake_is_reported_at_once_and_before_any_request(playbook: Run, org: t.Any) -> None:
    host_vars = org_config_vars(
        org,
        client_secret="",
        region="us-east-1",
        data_actions=[action("A"), action("A"), {"rest": {"url": "https://x.example.com", "method": "GET"}}],
        data_actions_host=[action("B", base_url="https://other.example.com")],
    )
    run = playbook(SITE, inventory={"dev": host_vars})
    assert run.returncode == 2
    reported = run.result(CHECK).result["msg"][1:]
    assert [text.split(":")[0] for text in reported] == [
        "org_config_region",
        "org_config_client_secret",
        "org_config_data_actions[1]",
        "org_config_data_actions[2]",
        "org_config_data_actions_host[0]",
    ]
    assert "has the same name 'A' as org_config_data_actions[0]" in reported[2]
    assert org.log() == []


@pytest.mark.parametrize(
    ("lists", "places"),
    [
        (
            {"data_actions": "{{ nobody }}", "webhooks": ["{{ nobody }}", {"name": "{{ nobody }}"}]},
            ["data_actions", "webhooks[0]", "webhooks[1].name"],
        ),
        (
            {
                "data_actions": [
                    action("A", description="{{ nobody }}"),
                    action("B", conditions=["x", "{{ nobody }}"]),
                ],
                "data_actions_host": [{"name": "A", "rest": {"headers": {"X": "a {{ nobody }} b"}}}],
            },
            ["data_actions_host[0].rest.headers.X", "data_actions[1].conditions[1]"],
        ),
    ],
)
def test_undefined_variables_are_reported_with_their_places_and_nothing_is_sent(
    playbook: Run, org: t.Any, lists: dict[str, t.Any], places: list[str]
) -> None:
    run = playbook(SITE, inventory={"dev": org_config_vars(org, **lists)})
    assert run.returncode == 2
    lines = run.result(CHECK).result["msg"][1:]
    assert lines == [f"org_config_{place}: 'nobody' is undefined" for place in places], run.output
    assert org.log() == []


def test_wrong_entries_are_reported_at_once_and_nothing_is_sent(playbook: Run, org: t.Any) -> None:
    entries = [action("A"), action("B", colour="blue"), action("C", conditions=["crm.status ="])]
    run = playbook(SITE, inventory={"dev": org_config_vars(org, data_actions=entries)})
    assert run.returncode == 2
    paths = [text.partition(":")[0] for text in run.result(APPLY).result["problems"]]
    assert paths == ["config.data_actions[1].colour", "config.data_actions[2].conditions[0]"]
    assert org.log() == []


#: Every variable of the connection and of the reports, except of those that the fixture sets.
OPTIONAL = [
    "token_path",
    "token_request",
    "scopes",
    "timeout",
    "retries",
    "deadline",
    "validate_certs",
    "ca_path",
    "client_cert",
    "client_key",
    "proxy",
    "api_profile",
    "journal",
    "journal_password",
    "audit_log",
    "notify",
    "prune",
    "concurrency",
    "on_error",
    "wait",
]


def problems_of(run: t.Any, task: str = CHECK) -> list[str]:
    assert run.returncode == 2, run.output
    heading, *problems = run.result(task).result["msg"]
    assert heading == "Nothing was sent to this org. Correct in the inventory:"
    return problems


def test_every_variable_that_cannot_be_rendered_is_reported_beside_the_others(
    playbook: Run, org: t.Any
) -> None:
    """A journal, a proxy or a CA that is silently left out would be lost without a message."""
    unset = dict.fromkeys([*OPTIONAL, "client_secret"], "a/{{ nobody }}/b")
    run = playbook(SITE, inventory={"dev": org_config_vars(org, **unset, data_actions=[action("A"), {}])})
    problems = problems_of(run)
    assert sorted(problems[:-1]) == sorted(f"org_config_{name}: 'nobody' is undefined" for name in unset)
    assert problems[-1].startswith("org_config_data_actions[1]: ")
    assert org.log() == []


def test_the_path_inside_of_a_structure_and_the_reason_of_a_lookup_are_reported(
    playbook: Run, org: t.Any
) -> None:
    missing = "{{ lookup('ansible.builtin.file', '/does/not/exist') }}"
    host_vars = org_config_vars(
        org,
        notify={"url": "https://example.com/{{ nobody }}", "on_failure": "{{ nobody }}"},
        ca_path=missing,
        client_secret="{{ lookup('ansible.builtin.env', 'NO_SUCH_VARIABLE', default=undef()) }}",
        data_actions=[action("A", description=missing)],
        webhooks={"name": "not a list"},
        flow_settings="{{ entries }}",
    )
    problems = problems_of(playbook(SITE, inventory={"dev": host_vars | {"entries": missing}}))
    places = [text.partition(":")[0] for text in problems]
    assert places == [
        "org_config_client_secret",
        "org_config_ca_path",
        "org_config_notify.url",
        "org_config_notify.on_failure",
        "org_config_data_actions[0].description",
        "org_config_flow_settings",
        "org_config_webhooks",
    ]
    assert "The environment variable 'NO_SUCH_VARIABLE' is not set" in problems[0]
    for number in (1, 4, 5):
        assert "/does/not/exist" in problems[number] and "captured" not in problems[number]
    assert problems[-1] == "org_config_webhooks: must be a list of entries, not dict"
    assert org.log() == []


def test_omitted_variables_count_as_unset(playbook: Run, org: t.Any) -> None:
    omitted = dict.fromkeys([*OPTIONAL[:16], "region"], "{{ nobody | default(omit) }}")
    run = playbook(SITE, inventory={"dev": org_config_vars(org, **omitted, data_actions=[action("A")])})
    assert run.returncode == 0, run.output
    assert [stored["name"] for stored in org.objects()] == ["A"]


MISSPELT = {
    "org_config_data_action": "no variable of the role org_config; did you mean org_config_data_actions?",
    "org_config_jornal": "no variable of the role org_config; did you mean org_config_journal?",
    "org_config_onerror": "no variable of the role org_config; did you mean org_config_on_error?",
    "org_config_webhooks_hosts": "no variable of the role org_config; did you mean org_config_webhooks_host?",
    "org_config_zzz": "no variable of the role org_config; remove or rename it",
    "rollback_jornal": "no variable of the role rollback; did you mean rollback_journal?",
    "drift_check_foldr": "no variable of the role drift_check; did you mean drift_check_folder?",
    "rollout_max_fail_percent": (
        "no variable of the playbook genesys.cloud.site; did you mean rollout_max_fail_percentage?"
    ),
    "rollout_serials": "no variable of the playbook genesys.cloud.site; did you mean rollout_serial?",
}


@pytest.mark.parametrize("name", ["site", "check", "rollback"])
def test_misspelt_variables_are_reported_in_every_playbook(
    playbook: Run, org: t.Any, name: str, tmp_path: t.Any
) -> None:
    own = {"rollout": "2026-11-22", "my_org_config_x": 1, "drift": 1}
    host_vars = org_config_vars(org, data_actions=[action("A")], journal=str(tmp_path / "dev.jsonl"))
    given = dict.fromkeys(MISSPELT, "{{ nobody }}")
    run = playbook(SITE.with_name(f"{name}.yml"), inventory={"dev": host_vars | own | given})
    task = CHECK_ROLLBACK if name == "rollback" else CHECK
    assert run.returncode == (4 if name == "check" else 2), run.output
    problems = run.result(task).result["msg"][1:]
    assert problems == [f"{variable}: is {text}" for variable, text in MISSPELT.items()]
    assert org.log() == []


@pytest.mark.parametrize(
    ("name", "tags", "problem"),
    [
        ("site", ["--tags", "data_action"], "'data_action'; did you mean data_actions?"),
        ("check", ["--skip-tags", "webhook"], "'webhook'; did you mean webhooks?"),
        (
            "site",
            ["--tags", "data_actions,nonsense"],
            "'nonsense'; the tags are integration_credentials, integrations, data_actions",
        ),
        ("rollback", ["--tags", "data_actions"], "'data_actions'; this playbook has no tags"),
    ],
)
def test_unknown_tags_are_reported(
    playbook: Run, org: t.Any, name: str, tags: list[str], problem: str, tmp_path: t.Any
) -> None:
    host_vars = org_config_vars(org, data_actions=[action("A")], journal=str(tmp_path / "dev.jsonl"))
    run = playbook(SITE.with_name(f"{name}.yml"), inventory={"dev": host_vars}, arguments=tags)
    task = CHECK_ROLLBACK if name == "rollback" else CHECK
    assert run.returncode == (4 if name == "check" else 2), run.output
    (text,) = run.result(task).result["msg"][1:]
    assert text.startswith(f"{tags[0]}: there is no tag {problem}")
    assert org.log() == []


@pytest.mark.parametrize(
    ("tags", "problems"),
    [
        ("orgs", []),
        ("orgs,reports", []),
        ("orgs,data_action", ["--tags: there is no tag 'data_action'; did you mean data_actions?"]),
    ],
)
def test_the_tags_of_a_users_playbook_are_free(
    playbook: Run, org: t.Any, tags: str, problems: list[str]
) -> None:
    play = {
        "name": "A play with tags of its own",
        "hosts": "genesys_orgs",
        "gather_facts": False,
        "roles": [{"role": "genesys.cloud.org_config", "tags": ["orgs"]}],
    }
    inventory = {"dev": org_config_vars(org, data_actions=[action("A")])}
    run = playbook([play], inventory=inventory, arguments=["--tags", tags])
    if problems:
        assert problems_of(run) == problems and org.log() == []
    else:
        assert run.returncode == 0, run.output
        assert [stored["name"] for stored in org.objects()] == ["A"]


def test_own_tags_of_the_collections_playbooks_are_declared(playbook: Run, org: t.Any) -> None:
    play = {"name": "Import", "ansible.builtin.import_playbook": str(SITE), "tags": ["orgs"]}
    inventory = {"dev": org_config_vars(org, data_actions=[action("A")], tags=["orgs"])}
    run = playbook([play], inventory=inventory, arguments=["--tags", "orgs"])
    assert run.returncode == 0, run.output
    assert [stored["name"] for stored in org.objects()] == ["A"]


@pytest.mark.parametrize("check", [True, False])
def test_values_that_check_mode_does_not_use_are_checked(playbook: Run, org: t.Any, check: bool) -> None:
    host_vars = org_config_vars(org, data_actions=[action("A")], on_error="roll_back", prune="all")
    assert problems_of(playbook(SITE, inventory={"dev": host_vars}, check=check)) == [
        "org_config_prune: must be a mapping",
        "org_config_on_error: must be one of stop, continue, rollback, not 'roll_back'",
    ]
    assert org.log() == []
