# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of removals in a run over a whole org, of objects that others of the same run use (P.7, P.8)."""

from __future__ import annotations

import pytest

from unit.platform.stored import TYPE, seed_action, seed_credential, seed_integration

LIST = "/api/v2/integrations"
GONE = {"name": "L", "state": "absent"}


@pytest.fixture
def login(tasks):
    """Store the credential L, and return its id."""
    return seed_credential(tasks.org, "L")


@pytest.fixture
def crm(tasks, login):
    """Store the integration CRM, which uses the credential L, and return its id."""
    return seed_integration(tasks.org, "CRM", credentials={"basicAuth": {"id": login}})


def config(**integration):
    return {
        "integration_credentials": [GONE],
        "integrations": [{"name": "CRM", "type": TYPE, **integration}],
    }


def names(tasks, kind):
    return [one["name"] for one in tasks.org.objects(kind)]


EMPTIED = {"credentials": {"basicAuth": None}}
REPLACED = {"credentials": {"basicAuth": "New"}}
REMOVED = {"state": "absent"}


@pytest.mark.parametrize("released", [EMPTIED, REPLACED, REMOVED], ids=["emptied", "replaced", "removed"])
def test_a_credential_is_removed_in_the_run_that_takes_it_from_its_integration(tasks, crm, released):
    seed_credential(tasks.org, "New")
    planned = tasks.done("org_config", config=config(**released), check_mode=True)
    assert tasks.writes() == []
    result = tasks.done("org_config", config=config(**released))
    assert [one["plan"] for one in planned["objects"]] == [one["plan"] for one in result["objects"]]
    assert names(tasks, "credentials") == ["New"]
    assert tasks.writes()[-1].startswith(f"DELETE {LIST}/credentials/")


def test_a_credential_is_removed_in_the_run_that_prunes_its_integration(tasks, crm):
    rule = {"enabled": True, "types": [TYPE], "protect": ["manual-*"]}
    given = {"integration_credentials": [GONE], "integrations": []}
    tasks.done("org_config", config=given, prune={"integrations": rule}, check_mode=True)
    tasks.done("org_config", config=given, prune={"integrations": rule})
    assert names(tasks, "credentials") == names(tasks, "integrations") == []


@pytest.mark.parametrize("released", [EMPTIED, REMOVED], ids=["emptied", "removed"])
@pytest.mark.parametrize("verify", [True, False])
def test_reads_and_lists_that_lag_do_not_keep_the_credential(tasks, crm, released, verify):
    tasks.org.platform(reads_until_updated=2, reads_until_gone=2)
    tasks.org.simulator.lag(tasks.org.key, "integrations", lists=0.3)
    tasks.done("org_config", config=config(**released, verify=verify))
    assert names(tasks, "credentials") == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_credential_that_another_integration_uses_stays(tasks, login, crm, check_mode):
    other = seed_integration(tasks.org, "Other", credentials={"basicAuth": {"id": login}})
    message = tasks.failed("org_config", config=config(**EMPTIED), check_mode=check_mode)
    assert f"integrations use it: 'Other' (id {other})" in message and "'CRM'" not in message
    assert tasks.writes() == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_credential_that_the_run_puts_into_an_integration_stays(tasks, crm, check_mode):
    entries = [{"name": "Second", "type": TYPE, "credentials": {"basicAuth": "L"}}]
    given = {**config(**EMPTIED), "integrations": [*config(**EMPTIED)["integrations"], *entries]}
    message = tasks.failed("org_config", config=given, check_mode=check_mode)
    assert "integrations use it: 'Second'." in message
    assert tasks.writes() == []


def test_a_credential_stays_if_the_write_of_its_integration_fails(tasks, crm):
    tasks.org.fault(method="PUT", path=f"{LIST}/*", status=400, times=None, body={"code": "bad.request"})
    message = tasks.failed("org_config", config=config(**EMPTIED), on_error="continue")
    assert f"integrations use it: 'CRM' (id {crm})" in message
    assert names(tasks, "credentials") == ["L"]
    assert tasks.org.log(method="DELETE") == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_refused_removal_of_an_integration_keeps_its_credential(tasks, crm, check_mode):
    seed_action(tasks.org, "Find", crm)
    result = tasks.run("org_config", config=config(**REMOVED), on_error="continue", check_mode=check_mode)
    errors = [str(one["error"]) for one in result["objects"]]
    assert f"integrations use it: 'CRM' (id {crm})" in errors[0]
    assert "its data actions would be removed with it: 'Find'" in errors[1]
    assert tasks.writes() == []


def test_all_integrations_that_go_share_the_list_of_actions(tasks):
    gone = [f"Old {number}" for number in range(6)]
    for name in gone:
        seed_integration(tasks.org, name)
    entries = [{"name": name, "type": TYPE, "state": "absent"} for name in gone]
    tasks.done("org_config", config={"integrations": entries}, list_lag=60)
    assert tasks.org.objects("integrations") == []
    assert len(tasks.org.log(method="GET", path=f"{LIST}/actions")) == 1
    assert len(tasks.org.log(method="DELETE")) == 6


def test_an_action_that_appears_after_the_checks_keeps_its_integration(tasks, crm):
    action = seed_action(tasks.org, "Find", crm)
    tasks.org.delete(action["id"], "actions")
    # The first list is that of the checks, the second one that of the write.
    tasks.org.fault(method="GET", path=f"{LIST}/actions", after=1, create=action)
    message = tasks.failed(
        "org_config", config={"integrations": config(**REMOVED)["integrations"]}, list_lag=0
    )
    assert "its data actions would be removed with it: 'Find'" in message
    assert names(tasks, "integrations") == ["CRM"]


def gone_with_its_actions(*names):
    return {
        "integrations": config(**REMOVED)["integrations"],
        "data_actions": [{"name": name, "integration": "CRM", "state": "absent"} for name in names],
    }


@pytest.mark.parametrize("lag", [0, 0.4])
def test_an_integration_is_removed_after_all_its_actions(tasks, crm, lag):
    for name in ("Find", "Change"):
        seed_action(tasks.org, name, crm)
    tasks.org.simulator.lag(tasks.org.key, "actions", lists=lag)
    given = gone_with_its_actions("Find", "Change")
    planned = tasks.done("org_config", config=given, check_mode=True)
    assert [one["plan"] for one in planned["objects"]] == ["delete"] * 3 and tasks.writes() == []
    tasks.done("org_config", config=given)
    assert names(tasks, "integrations") == names(tasks, "actions") == []
    assert tasks.writes()[-1] == f"DELETE {LIST}/{crm}"


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_integration_with_one_more_action_stays(tasks, crm, check_mode):
    for name in ("Find", "Change"):
        seed_action(tasks.org, name, crm)
    message = tasks.failed("org_config", config=gone_with_its_actions("Find"), check_mode=check_mode)
    assert (
        "its data actions would be removed with it: 'Change' (id" in message and "'Find' (id" not in message
    )
    assert tasks.writes() == []


def test_an_integration_stays_if_the_removal_of_an_action_fails(tasks, crm):
    action = seed_action(tasks.org, "Find", crm)
    tasks.org.fault(method="DELETE", path=f"{LIST}/actions/{action['id']}", status=422, times=None)
    result = tasks.run("org_config", config=gone_with_its_actions("Find"), on_error="continue")
    assert result["failed"] and "its data actions would be removed with it: 'Find'" in result["msg"]
    assert names(tasks, "integrations") == ["CRM"]


def test_a_rollback_creates_an_integration_and_its_actions_again(tasks, crm, tmp_path):
    seed_action(tasks.org, "Find", crm)
    journal = str(tmp_path / "journal.jsonl")
    tasks.done("org_config", config=gone_with_its_actions("Find"), journal=journal)
    tasks.done("org_config", state="rolled_back", journal=journal)
    (owner,), (action,) = tasks.org.objects("integrations"), tasks.org.objects("actions")
    assert owner["id"] != crm and action["integrationId"] == owner["id"]
