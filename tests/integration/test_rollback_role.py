# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the role rollback over three orgs, with journals of org_config and of single modules."""

from __future__ import annotations

import contextlib
import copy
import os
import pathlib
import signal
import subprocess
import time
import typing as t

import pytest

from integration.org_config import SITE, org_config_vars
from integration.playbook import ROOT, running_playbook
from unit.journaled_site import CHANGES, NEW, PASSWORD, SECRETS, STORED, Site

ROLLBACK = ROOT / "playbooks" / "rollback.yml"
UNDO = "Roll back the writes in the journal"
CHECK = "Check the connection and the journal that the inventory declares"
LISTS = {
    "data_actions": "data_actions",
    "privacy_purposes": "privacy_purposes",
    "customobjects": "customobject_indexes",
    "flows": "flow_settings",
    "webhooks": "webhooks",
}


def seed_all_kinds(org: t.Any) -> Site:
    """Seed objects of all kinds: one to change, one to remove and one that no task declares."""
    for kind, stored in STORED.items():
        named = [{**copy.deepcopy(stored), "name": name} for name in ("A", "B", "Z")]
        org.seed(named if kind in NEW else [copy.deepcopy(stored)], kind)
    return Site(org, None)  # type: ignore[arg-type]  # only its state is read


def twenty_changes() -> dict[str, list[dict[str, t.Any]]]:
    """Return entries for twenty changes that cover every kind and every action."""
    lists: dict[str, list[dict[str, t.Any]]] = {LISTS[kind]: [copy.deepcopy(CHANGES[kind])] for kind in LISTS}
    for kind, new in NEW.items():
        lists[LISTS[kind]] += [{**copy.deepcopy(new), "name": f"N{number}"} for number in range(4)]
        lists[LISTS[kind]].append({"name": "B", "state": "absent"})
    assert sum(map(len, lists.values())) == 20
    return lists


@pytest.fixture
def rollout(new_org, tmp_path):
    """Return three orgs, their host variables and their states before the run."""
    orgs = {name: new_org() for name in ("dev", "test", "prod")}
    sites = {name: seed_all_kinds(org) for name, org in orgs.items()}
    variables = {
        name: {
            **org_config_vars(
                org,
                **twenty_changes(),
                journal=str(tmp_path / "journals" / f"{name}.jsonl"),
                journal_password=PASSWORD,
                on_error="continue",
            ),
        }
        for name, org in orgs.items()
    }
    return sites, variables, {name: site.state() for name, site in sites.items()}


def wait_for(holds: t.Callable[[], t.Any], timeout: float = 60) -> None:
    ends_at = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < ends_at
        time.sleep(0.05)


def kill_tree(process: subprocess.Popen[str]) -> None:
    """Send SIGKILL to ansible-playbook and all its descendants, which lead their own sessions."""
    parents = {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    doomed = {process.pid}
    while more := {child for child, parent in parents.items() if parent in doomed} - doomed:
        doomed |= more
    for pid in doomed:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def states(sites: dict[str, Site]) -> dict[str, t.Any]:
    return {name: site.state() for name, site in sites.items()}


def test_a_rollout_over_three_orgs_is_rolled_back(playbook, rollout, tmp_path):
    sites, variables, before = rollout
    run = playbook(SITE, inventory=variables)
    assert run.returncode == 0, run.output
    after = states(sites)
    assert all(after[name] != before[name] for name in sites)
    journals = {path.name: path.read_text("utf-8") for path in (tmp_path / "journals").iterdir()}
    assert sorted(journals) == ["dev.jsonl", "prod.jsonl", "test.jsonl"]
    assert not [secret for secret in SECRETS for text in journals.values() if secret in text]

    planned = playbook(ROLLBACK, inventory=variables, check=True, diff=True)
    assert planned.returncode == 0, planned.output
    assert [one.status for one in planned.results(UNDO)] == ["changed"] * 3
    assert states(sites) == after
    assert not [secret for secret in SECRETS if secret in planned.output]

    undone = playbook(ROLLBACK, inventory=variables)
    assert undone.returncode == 0, undone.output
    assert states(sites) == before
    for host in sites:
        result = undone.result(UNDO, host=host).result
        assert len(result["objects"]) == 20
    assert not [secret for secret in (*SECRETS, PASSWORD) if secret in undone.output]

    again = playbook(ROLLBACK, inventory=variables)
    assert again.returncode == 0 and [one.status for one in again.results(UNDO)] == ["ok"] * 3
    assert states(sites) == before


def test_a_rollout_that_was_killed_is_rolled_back(playbook, rollout, tmp_path):
    """Check that rollback covers finished writes and writes with unknown outcome after a kill."""
    sites, variables, before = rollout
    for site in sites.values():
        # A slow response leaves time to kill the process after the write took effect.
        site.org.fault(method="POST", path="/api/v2/privacy/*", delay=4, took_effect=True, times=None)
    with running_playbook(SITE, tmp_path, inventory=variables) as (process, _home):
        wanted = ("dev", "test", "prod")
        wait_for(
            lambda: all(
                site.org.log(method="PUT", path="/api/v2/architect/data-actions/*") for site in sites.values()
            )
        )
        wait_for(
            lambda: all(
                '"kind":"privacy_purpose"' in (tmp_path / "journals" / f"{name}.jsonl").read_text("utf-8")
                for name in wanted
            )
        )
        kill_tree(process)
    for site in sites.values():
        site.org.simulator.clear_faults(site.org.key)
    wait_for(lambda: all(site.org.named("N0", "privacy_purposes") for site in sites.values()))
    assert all(states(sites)[name] != before[name] for name in sites)
    undone = playbook(ROLLBACK, inventory=variables)
    assert undone.returncode == 0, undone.output
    assert states(sites) == before


def test_journals_of_single_modules_are_rolled_back_and_orgs_without_one_are_skipped(
    playbook, new_org, tmp_path
):
    dev, test = new_org(), new_org()
    site = seed_all_kinds(dev)
    before = site.state()
    journal = str(tmp_path / "{{ inventory_hostname }}.jsonl")
    reporting = {"journal": journal, "journal_password": PASSWORD}
    tasks = [
        {
            "name": f"Change {kind}",
            f"genesys.cloud.{module}": {**dev.connection, **CHANGES[kind], **reporting},
        }
        for kind, module in (("data_actions", "genesys_data_action"), ("flows", "genesys_flow_settings"))
    ]
    assert playbook(tasks, inventory={"dev": {}}).returncode == 0
    assert site.state() != before
    inventory = {"dev": org_config_vars(dev), "test": org_config_vars(test)}
    variables = {"rollback_journal": journal, "rollback_journal_password": PASSWORD}
    run = playbook(ROLLBACK, inventory=inventory, extra_vars=variables)
    assert run.returncode == 0, run.output
    assert site.state() == before
    assert {one.host: one.status for one in run.results(UNDO)} == {"dev": "changed", "test": "skipped"}
    assert test.log() == []


#: Host -> its variables, and the problem that they are.
MISTAKES: dict[str, tuple[dict[str, str], str]] = {
    "no-journal": ({}, 'rollback_journal: must be an absolute path, not ""'),
    "no-folder": (
        {"rollback_journal": "/nowhere/at/all/dev.jsonl"},
        "rollback_journal: there is no folder /nowhere/at/all",
    ),
    "no-organization": (
        {"org_config_organization": "", "rollback_journal": "/tmp/x"},
        "org_config_organization: is missing or empty",
    ),
    "rollout": (
        {"org_config_journal": "/j/{{ rollout }}.jsonl"},
        "org_config_journal: 'rollout' is undefined",
    ),
    "own-rollout": (
        {"rollback_journal": "/j/{{ rollout }}.jsonl"},
        "rollback_journal: 'rollout' is undefined",
    ),
    "password": (
        {"org_config_journal": "/tmp/x", "org_config_journal_password": "{{ nobody }}"},
        "org_config_journal_password: 'nobody' is undefined",
    ),
    "own-password": (
        {"rollback_journal": "/tmp/x", "rollback_journal_password": "{{ nobody }}"},
        "rollback_journal_password: 'nobody' is undefined",
    ),
    "authority": (
        {"rollback_journal": "/tmp/x", "org_config_ca_path": "{{ nobody }}"},
        "org_config_ca_path: 'nobody' is undefined",
    ),
}


def test_mistakes_are_reported_and_nothing_is_sent(playbook, org):
    inventory = {
        host: {**org_config_vars(org), **variables} for host, (variables, _problem) in MISTAKES.items()
    }
    run = playbook(ROLLBACK, inventory=inventory)
    assert run.returncode == 2
    for host, (_variables, problem) in MISTAKES.items():
        assert problem in str(run.result(CHECK, host).result["msg"])
    assert org.log() == []


def test_variables_that_a_rollback_does_not_use_may_lack_a_value(playbook, org, tmp_path):
    """A rollback with a journal of its own must not wait for variables of the next rollout."""
    unused = {
        "org_config_journal": "/j/{{ rollout }}.jsonl",
        "org_config_data_actions": "{{ nobody }}",
        "org_config_prune": "{{ nobody }}",
        "rollback_journal": str(tmp_path / "none.jsonl"),
    }
    run = playbook(ROLLBACK, inventory={"dev": {**org_config_vars(org), **unused}})
    assert run.returncode == 0, run.output
    assert run.result(UNDO).status == "skipped"


def test_the_wrong_password_and_the_wrong_org_are_refused(playbook, new_org, tmp_path):
    dev, other = new_org(), new_org()
    site = seed_all_kinds(dev)
    journal = tmp_path / "org.jsonl"
    module = {
        **dev.connection,
        **CHANGES["data_actions"],
        "journal": str(journal),
        "journal_password": PASSWORD,
    }
    assert playbook([{"genesys.cloud.genesys_data_action": module}]).returncode == 0
    state = site.state()
    for org, password, message in (
        (dev, "wrong", "journal_password: does not decrypt the secrets in"),
        (other, PASSWORD, f"belongs to the org '{dev.name}'"),
    ):
        variables = {"rollback_journal": str(journal), "rollback_journal_password": password}
        run = playbook(ROLLBACK, inventory={"org": org_config_vars(org)}, extra_vars=variables, verbosity=4)
        assert not [secret for secret in (*SECRETS, PASSWORD) if secret in run.output]
        assert run.returncode == 2 and message in run.result(UNDO).result["msg"]
    assert site.state() == state and other.writes() == []


def test_a_rotated_secret_is_kept_and_reported(playbook, new_org, tmp_path):
    """Check the key file of the role in both lanes, in check mode and without, and without a password."""
    key = tmp_path / "hmac.key"
    key.write_text("0123456789abcdef0123456789abcdef", "utf-8")
    key.chmod(0o600)
    webhook = {**NEW["webhooks"], "enabled": False}
    orgs = {"fast": new_org(), "module": new_org()}
    inventory = {
        lane: {
            **org_config_vars(org, webhooks=[webhook], journal=str(tmp_path / f"{lane}.jsonl")),
            "org_config_hmac_key_file": str(key),
            "genesys_fast_lane": lane == "fast",
        }
        for lane, org in orgs.items()
    }
    assert playbook(SITE, inventory=inventory).returncode == 0
    for org in orgs.values():
        stored = org.named("N", "webhooks")
        headers = {**stored["target"]["headers"], "Authorization": "Bearer r0tated-s3cr3t"}
        org.edit(stored["id"], {"target": {**stored["target"], "headers": headers}}, "webhooks")
    kept = "it was not removed, because of a concurrent change of target.headers"
    for check in (True, False):
        run = playbook(ROLLBACK, inventory=inventory, check=check)
        assert run.returncode == 0, run.output
        for lane, org in orgs.items():
            undone = run.result(UNDO, lane)
            assert undone.status == "ok"
            assert kept in str(undone.result) and kept in run.output, undone.result
            assert org.named("N", "webhooks")["target"]["headers"] == headers
        assert "r0tated" not in run.output and "0123456789abcdef" not in run.output


def test_a_second_rollback_is_refused_while_the_first_one_runs(playbook, org, tmp_path):
    journal = tmp_path / "org.jsonl"
    org.seed([copy.deepcopy(STORED["data_actions"])])
    variables = {"dev": org_config_vars(org, journal=str(journal))}
    module = {**org.connection, "name": "A", "description": "new", "journal": str(journal)}
    assert playbook([{"genesys.cloud.genesys_data_action": module}]).returncode == 0
    org.fault(method="PUT", path="/api/v2/architect/data-actions/*", delay=600)
    org.clear_log()
    with running_playbook(ROLLBACK, tmp_path, inventory=variables) as (process, _home):
        wait_for(lambda: org.log(method="PUT"))
        for check in (True, False):
            second = playbook(ROLLBACK, inventory=variables, check=check)
            message = second.result(UNDO).result["msg"]
            assert second.returncode == 2 and f"'{journal}' cannot be read (process " in message
            assert f"on {os.uname().nodename} has locked it for a run or a rollback" in message
        kill_tree(process)
    org.simulator.clear_faults(org.key)
    assert playbook(ROLLBACK, inventory=variables).returncode == 0
    assert org.named("A")["description"] == "old"
