# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Responses of the platform API that would lead to a write to another object or to a wrong removal."""

from __future__ import annotations

import pytest

from unit.module_runner import run_module

INTEGRATIONS = "/api/v2/integrations"
ACTIONS = f"{INTEGRATIONS}/actions"
CREDENTIALS = f"{INTEGRATIONS}/credentials"
REST = {"id": "custom-rest-actions"}
CRM = {"name": "CRM", "type": "custom-rest-actions"}


def seeded(tasks, name="CRM", **current):
    given = {"name": name, "integrationType": REST, "config": {"current": current}}
    return tasks.org.seed([given], "integrations")[0]


def not_answered(org, method, path, body):
    """Let the API answer with another body; the request takes effect."""
    org.fault(method=method, path=path, status=200, body=body, took_effect=True, times=None)


@pytest.mark.parametrize("wrong", [..., None, 7, [], {"id": 7}])
def test_an_integration_is_not_removed_if_the_actions_have_no_readable_owner(tasks, wrong):
    """The API would remove the actions too."""
    one = seeded(tasks)
    action = {"id": "custom_-_1", "name": "Find", **({} if wrong is ... else {"integrationId": wrong})}
    page = {"entities": [action], "total": 1, "pageNumber": 1, "pageSize": 25, "pageCount": 1}
    not_answered(tasks.org, "GET", ACTIONS, page)
    message = tasks.failed("integration", **CRM, state="absent")
    assert "not as the API describes it" in message and "integrationId" in message
    assert [kept["id"] for kept in tasks.org.objects("integrations")] == [one["id"]]


@pytest.mark.parametrize(
    "wrong", [7, [], "x", {"basicAuth": None}, {"basicAuth": {"id": 7}}, {"basicAuth": {}}]
)
def test_a_credential_is_not_removed_if_its_users_are_not_readable(tasks, wrong):
    tasks.done(
        "integration_credential", name="L", type="basicAuth", fields={"userName": "u", "password": "p"}
    )
    (login,) = tasks.org.objects("credentials")
    user = seeded(tasks, credentials={"basicAuth": {"id": login["id"]}})
    config = {"name": "CRM", "version": 1, "credentials": wrong}
    not_answered(tasks.org, "GET", f"{INTEGRATIONS}/{user['id']}/config/current", config)
    message = tasks.failed("integration_credential", name="L", state="absent")
    assert "not as the API describes it" in message and "credentials" in message
    assert len(tasks.org.objects("credentials")) == 1


@pytest.mark.parametrize("whole", [[], "x", 7])
def test_a_credential_is_not_removed_if_a_configuration_is_no_object(tasks, whole):
    tasks.done(
        "integration_credential", name="L", type="basicAuth", fields={"userName": "u", "password": "p"}
    )
    (login,) = tasks.org.objects("credentials")
    user = seeded(tasks, credentials={"basicAuth": {"id": login["id"]}})
    not_answered(tasks.org, "GET", f"{INTEGRATIONS}/{user['id']}/config/current", whole)
    assert "exception" not in tasks.run("integration_credential", name="L", state="absent")
    assert len(tasks.org.objects("credentials")) == 1


def test_a_creation_that_is_answered_with_another_integration_writes_nothing_to_it(tasks, tmp_path):
    """A cache may mix up responses. Neither the task nor a rollback may touch the other integration."""
    other = seeded(tasks, name="Other", notes="theirs")
    before = tasks.org.objects("integrations")[0]
    not_answered(
        tasks.org, "POST", INTEGRATIONS, {key: other[key] for key in ("id", "name", "integrationType")}
    )
    journal = {"journal": str(tmp_path / "journal.jsonl"), "journal_password": "k"}
    tasks.done("integration", **CRM, notes="ours", intended_state="ENABLED", **journal)
    assert sorted(one["name"] for one in tasks.org.objects("integrations")) == ["CRM", "Other"]
    tasks.org.simulator.clear_faults(tasks.org.key)
    given = {**tasks.connection, **journal, "state": "rolled_back"}
    run_module("genesys_org_config", given, environ={"GENESYS_STATE_PATH": str(tasks.state)})
    assert tasks.org.objects("integrations") == [before]


@pytest.mark.parametrize("answer", [[], "x", 7, {"reportedState": 7}, {"reportedState": {"code": []}}])
def test_an_unreadable_answer_to_the_change_of_the_state(tasks, answer):
    seeded(tasks)
    not_answered(tasks.org, "PATCH", f"{INTEGRATIONS}/*", answer)
    result = tasks.run("integration", **CRM, intended_state="ENABLED")
    assert "exception" not in result
    assert tasks.org.objects("integrations")[0]["intendedState"] == "ENABLED"
