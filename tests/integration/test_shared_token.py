# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the token that all forks of a run share in the fast lane, one per org, never in a named file."""

from __future__ import annotations

import signal
import time

import pytest

from integration.playbook import make_play, running_playbook

INFO = "genesys.cloud.genesys_data_action_info"
#: The connection options are in the host variable `org`.
ORG = "{{ org }}"
ACTIONS = "/api/v2/architect/data-actions"


def _reads(count):
    return [{"name": f"Read {number}", INFO: {}} for number in range(count)]


def _requests(org):
    return [entry["status"] for entry in org.log(path="/oauth/token")]


@pytest.mark.parametrize("strategy", ["linear", "free"])
def test_parallel_forks_ask_once_for_each_org(playbook, new_org, strategy):
    orgs = [new_org() for _turn in range(3)]
    inventory = {org.key: {"org": org.connection} for org in orgs}
    run = playbook(
        [make_play(_reads(20), connection=ORG)], inventory=inventory, env={"ANSIBLE_STRATEGY": strategy}
    )
    assert run.returncode == 0, run.output
    assert len(run.tasks) == 60
    assert [_requests(org) for org in orgs] == [[200]] * 3


def test_a_token_is_renewed_when_it_expires_or_is_rejected(playbook, new_org):
    """Check that one fork renews the token for all forks and that no fork uses the old token again."""
    shared, brief = new_org(), new_org(token_lifetime=2)
    inventory = {f"shared{number}": {"org": shared.connection} for number in range(3)}
    inventory["brief"] = {"org": brief.connection}
    revoke = f"{shared.base_url}/_simulator/orgs/{shared.key}/tokens/revoke"
    run = playbook(
        [
            make_play(
                [
                    {"name": "Read", INFO: {}},
                    {"name": "Pause", "ansible.builtin.pause": {"seconds": 2}},
                    {
                        "name": "Revoke",
                        "ansible.builtin.uri": {"url": revoke, "method": "POST", "status_code": [200, 204]},
                        "run_once": True,
                    },
                    {"name": "Read again", INFO: {}},
                    {"name": "Read on", INFO: {}},
                ],
                connection=ORG,
            )
        ],
        inventory=inventory,
    )
    assert run.returncode == 0, run.output
    assert _requests(shared) == _requests(brief) == [200, 200]
    assert 401 not in [entry["status"] for entry in brief.log()]
    assert 401 not in [entry["status"] for entry in shared.log()][-6:]


def test_every_task_of_a_refused_client_reports_the_refusal(playbook, new_org):
    org = new_org()
    wrong = {**org.connection, "client_secret": "wr0ng-s3cr3t"}
    inventory = {"a": {"org": wrong}, "b": {"org": wrong}, "c": {"org": org.connection}}
    read = {"name": "Read", INFO: {}, "ignore_errors": True}
    run = playbook([make_play([read], connection=ORG)], inventory=inventory)
    assert [run.result("Read", host).status for host in "abc"] == ["failed", "failed", "ok"], run.output
    assert "was denied a token" in run.result("Read", "b").result["msg"]
    assert "wr0ng" not in run.output


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_run_leaves_nothing(org, tmp_path, by):
    """Check that the shared token never appears as a file, during the run and after it.

    ansible-core itself leaves its empty temporary folder after every signal except SIGINT.
    """
    org.fault(method="GET", path=ACTIONS, times=None, delay=3)
    inventory = {host: {"org": org.connection} for host in "ab"}
    with running_playbook([make_play(_reads(2), connection=ORG)], tmp_path, inventory=inventory) as (
        process,
        home,
    ):
        ends_at = time.monotonic() + 30
        while not _requests(org) and time.monotonic() < ends_at:
            time.sleep(0.05)
        time.sleep(0.3)
        folders = list((home / "ansible/tmp").iterdir())
        assert [list(folder.iterdir()) for folder in folders] == [[]]
        process.send_signal(by)
        process.wait(20)
    assert _requests(org) == [200]
    left = list((home / "ansible/tmp").iterdir())
    assert left == ([] if by == signal.SIGINT else folders)
    assert [list(folder.iterdir()) for folder in left] == [[]] * len(left)


def test_every_task_requests_a_token_if_the_cache_folder_is_missing(playbook, org):
    """Check that each task requests its own token if the shared file cannot be created, and says so at -v."""
    remove = {
        "name": "Remove",
        "ansible.builtin.shell": "rm -rf {{ lookup('env', 'ANSIBLE_HOME') }}/tmp/ansible-local-*",
    }
    run = playbook(
        [make_play([remove, *_reads(2)], connection=ORG)],
        inventory={"org": {"org": org.connection}},
        verbosity=1,
    )
    assert run.returncode == 0, run.output
    assert _requests(org) == [200, 200]
    # Ansible breaks long lines of its output at any space.
    notice = (
        "Tasks do not share access tokens, because the token cache in local_tmp (ANSIBLE_LOCAL_TEMP) "
        "cannot be used: No such file or directory"
    )
    assert " ".join(run.stdout.split()).count(notice) == 2
