# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the role org_config and of playbooks/site.yml against the simulator (C.3)."""

from __future__ import annotations

import typing as t

from integration.org_config import (
    APPLY,
    CHECK,
    SITE,
    Run,
    action,
    environment_of,
    org_config_vars,
    statuses,
    stored_action,
    urls,
)


def test_lists_are_merged_in_order_and_whole_entries_win(playbook: Run, org: t.Any) -> None:
    (known,) = org.seed([stored_action("Known")])
    host_vars = org_config_vars(
        org,
        data_actions=[action("A", description="base"), action("B"), {**action("Known"), "id": known["id"]}],
        data_actions_group=[action("B", description="group"), action("C", description="group")],
        data_actions_host=[
            {"name": "A", "rest": {"url": "https://host.example.com/A", "method": "POST"}},
            action("C", description="host"),
            {"id": known["id"], "name": "Renamed"},
        ],
    )
    run = playbook(SITE, inventory={"dev": host_vars})
    assert run.returncode == 0, run.output
    assert list(statuses(run)) == ["A", "B", "Renamed", "C"]
    stored = {one["name"]: one for one in org.objects()}
    assert sorted(stored) == ["A", "B", "C", "Renamed"]
    assert stored["A"]["description"] == "" and stored["A"]["restConfig"]["httpMethod"] == "POST"
    assert stored["B"]["description"] == "group" and stored["C"]["description"] == "host"
    assert stored["Renamed"]["id"] == known["id"]


def test_check_mode_then_the_run_then_no_change(playbook: Run, org: t.Any) -> None:
    org.seed([stored_action("Old"), stored_action("Stays")])
    inventory = {
        "dev": org_config_vars(
            org, data_actions=[action("A"), action("B"), {"name": "Old", "state": "absent"}]
        )
    }
    dry = playbook(SITE, inventory=inventory, check=True, diff=True)
    assert dry.returncode == 0, dry.output
    assert org.writes() == []
    real = playbook(SITE, inventory=inventory, diff=True)
    assert [one["method"] for one in org.writes()] == ["POST", "POST", "DELETE"]
    before, after = dry.result(APPLY), real.result(APPLY)
    assert before.status == after.status == "changed"
    assert before.result["diff"] == after.result["diff"]
    told = [[(one["plan"], one["diff"]) for one in run.result["objects"]] for run in (before, after)]
    assert told[0] == told[1]
    assert sorted(urls(org)) == ["A", "B", "Stays"]
    org.clear_log()
    again = playbook(SITE, inventory=inventory)
    assert again.stats["dev"]["changed"] == 0 and again.returncode == 0
    assert org.writes() == []


def test_what_the_host_lacks_is_not_taken_from_the_environment(
    playbook: Run, new_org: t.Callable[..., t.Any]
) -> None:
    """Check each option of the connection, absent and empty, each on a host of its own."""
    org, other = new_org(), new_org()
    inventory, problems = {}, {}
    for missing in ("client_id", "client_secret", "base_url", "organization"):
        for how in ("absent", "empty"):
            host_vars = org_config_vars(org, data_actions=[action("A")])
            del host_vars[f"org_config_{missing}"]
            if how == "empty":
                lookup = "{{ lookup('ansible.builtin.env', 'NOBODY_SET_THIS') }}"
                host_vars[f"org_config_{missing}"] = lookup
            inventory[f"{missing}-{how}"] = host_vars
            problems[f"{missing}-{how}"] = f"org_config_{'region' if missing == 'base_url' else missing}"
    rollout = {"rollout_serial": len(inventory), "rollout_max_fail_percentage": 100}
    run = playbook(SITE, inventory=inventory, extra_vars=rollout, env=environment_of(other))
    assert run.returncode == 2
    for host, problem in problems.items():
        assert problem in str(run.result(CHECK, host).result["msg"])
    assert org.log() == [] and other.log() == []


def test_the_environment_does_not_disturb_a_whole_org(playbook: Run, new_org: t.Callable[..., t.Any]) -> None:
    org, other = new_org(), new_org()
    env = environment_of(other) | {
        "GENESYS_REGION": "us-east-1",
        "GENESYS_ACCESS_TOKEN": other.simulator.token(other.key),
        "GENESYS_TOKEN_PATH": "/nowhere",
        "GENESYS_TOKEN_REQUEST": "smoke",
        "GENESYS_SCOPES": "none",
        "GENESYS_TIMEOUT": "soon",
        "GENESYS_RETRIES": "many",
        "GENESYS_DEADLINE": "0",
        "GENESYS_VALIDATE_CERTS": "perhaps",
        "GENESYS_CA_PATH": "/nonexistent/ca.pem",
        "GENESYS_CLIENT_CERT": "/nonexistent/cert.pem",
        "GENESYS_CLIENT_KEY": "/nonexistent/key.pem",
        "GENESYS_PROXY": "http://127.0.0.1:9",
        "GENESYS_API_PROFILE": "platform",
    }
    run = playbook(SITE, inventory={"dev": org_config_vars(org, data_actions=[action("A")])}, env=env)
    assert run.returncode == 0, run.output
    assert sorted(urls(org)) == ["A"]
    assert other.log() == []


def test_defaults_and_environment_of_the_play_do_not_reach_the_role(
    playbook: Run, new_org: t.Callable[..., t.Any]
) -> None:
    org, other = new_org(), new_org()
    play = {
        "name": "A play with settings of its own",
        "hosts": "genesys_orgs",
        "gather_facts": False,
        "environment": environment_of(other),
        "module_defaults": {
            "group/genesys.cloud.genesys": other.connection,
            "genesys.cloud.genesys_org_config": {**other.connection, "config": {"data_actions": []}},
        },
        "roles": [{"role": "genesys.cloud.org_config"}],
    }
    run = playbook([play], inventory={"dev": org_config_vars(org, data_actions=[action("A")])})
    assert run.returncode == 0, run.output
    assert [stored["name"] for stored in org.objects()] == ["A"]
    assert other.log() == []


def test_each_org_of_a_run_has_its_own_connection(playbook: Run, new_org: t.Callable[..., t.Any]) -> None:
    dev, prod = new_org(), new_org()
    token = prod.simulator.token(prod.key)
    by_token = {"client_id": "", "client_secret": "", "access_token": token, "organization": prod.name}
    inventory = {
        "dev": org_config_vars(dev, data_actions=[action("A")], data_actions_host=[action("Only dev")]),
        "prod": org_config_vars(prod, data_actions=[action("A")], **by_token),
    }
    run = playbook(SITE, inventory=inventory)
    assert run.returncode == 0, run.output
    assert (sorted(urls(dev)), sorted(urls(prod))) == (["A", "Only dev"], ["A"])
    assert prod.log(path="*/oauth/token") == []


def test_another_org_than_the_declared_one_is_not_written_to(playbook: Run, org: t.Any) -> None:
    run = playbook(
        SITE, inventory={"dev": org_config_vars(org, organization="Elsewhere", data_actions=[action("A")])}
    )
    assert run.returncode == 2
    assert "Elsewhere" in run.output
    assert org.writes() == []


def test_null_resets_and_omitted_stays(playbook: Run, org: t.Any) -> None:
    org.seed([stored_action("A", description="by hand"), stored_action("B", description="by hand")])
    entries = [action("A", description=None), action("B", description="{{ nobody | default(omit) }}")]
    run = playbook(SITE, inventory={"dev": org_config_vars(org, data_actions=entries)})
    assert run.returncode == 0, run.output
    assert {one["name"]: one["description"] for one in org.objects()} == {"A": "", "B": "by hand"}


SECRETS = {
    "bearer_token": "tok-4b1f-not-for-eyes",
    "api_key": "key-77aa-not-for-eyes",
    "house_secret": "house-91c2-not-for-eyes",
    "old_token": "old-0d3e-not-for-eyes",
}


def test_secrets_are_in_no_output_at_the_highest_verbosity(playbook: Run, org: t.Any) -> None:
    old = {"Authorization": f"Bearer {SECRETS['old_token']}", "X-House": SECRETS["old_token"]}
    org.seed(
        [
            stored_action("Changed", headers=old),
            stored_action("Removed", headers={"X-Api-Key": SECRETS["old_token"]}),
        ]
    )
    headers = {
        "Authorization": "Bearer {{ bearer_token }}",
        "X-Api-Key": "{{ api_key }}",
        "X-House": "{{ house_secret }}",
        "Accept": "application/json",
    }
    rest = {"url": "https://crm.example.com/x", "method": "GET", "headers": headers}
    secret = {"rest": rest, "secret_headers": ["X-House"]}
    entries = [
        {"name": "Created", **secret},
        {"name": "Changed", **secret},
        {"name": "Removed", "state": "absent", "secret_headers": ["X-House"]},
    ]
    wrong = {"name": "Wrong", **secret, "conditions": ["crm.status ="]}
    hidden = [*SECRETS.values(), org.client_secret]
    for check, given in ((True, entries), (False, [*entries, wrong]), (False, entries)):
        host_vars = {**org_config_vars(org, data_actions=given), **SECRETS}
        run = playbook(SITE, inventory={"dev": host_vars}, check=check, diff=True, verbosity=4)
        assert run.result(APPLY).status == ("failed" if wrong in given else "changed"), run.output
        printed = run.output + repr([one.result for one in run.tasks])
        assert [text for text in hidden if text in printed] == []
        for visible in ("application/json", "https://crm.example.com/x", "X-House", "Created"):
            assert visible in run.stdout or wrong in given
    stored = org.named("Changed")["restConfig"]["headers"]
    assert stored["Authorization"] == f"Bearer {SECRETS['bearer_token']}"
    assert stored["X-House"] == SECRETS["house_secret"]


def test_secrets_are_not_in_the_message_about_a_mistake(playbook: Run, org: t.Any) -> None:
    secret = {"X-Api-Key": SECRETS["api_key"]}
    entries = [
        action("A", headers=secret),
        {"rest": {"headers": secret}},
        action("A", client_secret=SECRETS["bearer_token"]),
    ]
    host_vars = org_config_vars(org, access_token=SECRETS["old_token"], data_actions=entries)
    run = playbook(SITE, inventory={"dev": host_vars}, diff=True, verbosity=4)
    assert run.returncode == 2
    hidden = [*SECRETS.values(), org.client_secret]
    assert [text for text in hidden if text in run.output] == []
    assert org.log() == []
