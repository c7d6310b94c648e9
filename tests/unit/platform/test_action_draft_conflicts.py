# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of drafts of data actions with lost responses and with other writers (P.14)."""

from __future__ import annotations

import pytest

from unit.platform.action_site import PATH, options, seed_action, seed_integration
from unit.platform.test_action_drafts import CHANGED, TEST, answers, steps, writes

PUBLISH = f"{PATH}/*/draft/publish"


@pytest.mark.parametrize("status", [400, 409])
@pytest.mark.parametrize("state", ["create", "update"])
def test_another_version_of_the_draft_at_its_publish_is_read_again(tasks, status, state):
    """Situations 2 and 3: situation 2 of the public reports, situation 3 of the public reports."""
    tasks.org.platform(action_version_status=status)
    answers(tasks)
    request = {}
    if state == "create":
        seed_integration(tasks)
    else:
        seed_action(tasks)
        request = CHANGED
    tasks.org.fault(method="POST", path=PUBLISH, edit={"category": "CRM"}, times=2)
    result = tasks.done("data_action", **options(test=TEST, request=request))
    assert result["plan"] == state
    publishes = [entry for entry in tasks.org.log(method="POST") if entry["path"].endswith("/publish")]
    assert [entry["status"] for entry in publishes] == [status, status, 200]
    versions = [entry["body"]["version"] for entry in publishes]
    assert versions == sorted(set(versions))
    assert steps(tasks).count("POST /draft/test") == 1


@pytest.mark.parametrize("status", [400, 409])
def test_a_draft_that_changes_before_each_publish_fails_after_three_attempts(tasks, status):
    """Situation 2 of the public reports."""
    tasks.org.platform(action_version_status=status)
    answers(tasks)
    seed_integration(tasks)
    tasks.org.fault(method="POST", path=PUBLISH, edit={"category": "CRM"}, times=None)
    message = tasks.failed("data_action", **options(test=TEST))
    assert "does not match latest draft version" in message and "The draft was discarded." in message
    assert steps(tasks).count("POST /draft/publish") == 3
    assert steps(tasks).count("POST /draft/test") == 1
    assert tasks.org.objects("action_drafts") == [] == tasks.org.objects("actions")


def test_a_draft_that_another_client_changes_before_the_publish_is_kept(tasks):
    answers(tasks)
    seed_action(tasks)
    tasks.org.fault(method="POST", path=PUBLISH, edit={"category": "Theirs"})
    message = tasks.failed("data_action", **options(test=TEST, request=CHANGED))
    assert "has a draft of another client" in message and "category" in message
    (draft,) = tasks.org.objects("action_drafts")
    assert draft["category"] == "Theirs"
    assert tasks.org.objects("actions")[0]["version"] == 1


LOST = [
    ("create", "POST", f"{PATH}/drafts"),
    ("create", "POST", PUBLISH),
    ("update", "POST", f"{PATH}/*/draft"),
    ("update", "PATCH", f"{PATH}/*/draft"),
    ("update", "POST", PUBLISH),
]


@pytest.mark.parametrize("effect", ["before", "after"])
@pytest.mark.parametrize(("state", "method", "path"), LOST)
def test_the_lost_response_of_a_step_is_looked_up(tasks, state, method, path, effect):
    answers(tasks)
    request = {}
    if state == "create":
        seed_integration(tasks)
    else:
        seed_action(tasks)
        request = CHANGED
    tasks.org.fault(method=method, path=path, drop=effect)
    result = tasks.done("data_action", **options(test=TEST, request=request))
    assert result["plan"] == state
    (stored,) = tasks.org.objects("actions")
    assert (stored["id"], stored["version"]) == (result["record"]["id"], 1 if state == "create" else 2)
    assert steps(tasks).count("POST /draft/test") == 1
    assert tasks.org.objects("action_drafts") == []


def test_the_lost_response_of_a_publish_is_looked_up_where_reads_lag(tasks):
    answers(tasks)
    seed_integration(tasks)
    tasks.org.platform(reads_until_found=2, lists_until_found=3)
    tasks.org.fault(method="POST", path=PUBLISH, drop="after")
    result = tasks.done("data_action", **options(test=TEST))
    (stored,) = tasks.org.objects("actions")
    assert stored["id"] == result["record"]["id"]


@pytest.mark.parametrize("effect", ["before", "after"])
def test_a_test_whose_response_is_lost_is_never_repeated(tasks, effect):
    answers(tasks)
    seed_integration(tasks)
    tasks.org.fault(method="POST", path=f"{PATH}/*/draft/test", drop=effect)
    message = tasks.failed("data_action", **options(test=TEST))
    assert "the response of its test was lost, and the test was not repeated" in message
    assert steps(tasks).count("POST /draft/test") == 1
    assert tasks.org.objects("action_drafts") == [] == tasks.org.objects("actions")


def test_a_draft_that_cannot_be_discarded_is_named(tasks):
    seed_integration(tasks)
    tasks.org.platform(execution="fails")
    tasks.org.fault(method="DELETE", path=f"{PATH}/*/draft", status=403, code="not.authorized", times=None)
    message = tasks.failed("data_action", **options(test=TEST))
    (draft,) = tasks.org.objects("action_drafts")
    assert f"The draft (id {draft['id']}) was not discarded" in message
    assert "A part of the change took effect" in message
    tasks.org.platform(execution="succeeds", execution_result={"tier": "gold"})
    result = tasks.done("data_action", **options(test=TEST))
    assert result["record"]["id"] == draft["id"]


@pytest.mark.parametrize(("reads", "tested"), [(1, False), (3, True)])
def test_the_publish_does_not_undo_a_change_of_the_live_action(tasks, reads, tested):
    """C(reads) are those of the live action before its change.

    The API compares the version of the draft only. Before the test, the task plans again. After it, the task
    fails, because the test is not repeated.
    """
    answers(tasks)
    action = seed_action(tasks)
    given = options(test=TEST, request=CHANGED)
    del given["category"]
    tasks.org.fault(method="GET", path=f"{PATH}/{action['id']}", after=reads, edit={"category": "Theirs"})
    result = tasks.run("data_action", **given)
    (stored,) = tasks.org.objects("actions")
    assert stored["category"] == "Theirs" and tasks.org.objects("action_drafts") == []
    assert steps(tasks).count("POST /draft/test") == 1
    if tested:
        assert "another client changed it meanwhile: it has the version 2 and not 1" in result["msg"]
        assert stored["config"] == action["config"]
    else:
        assert result["changed"] and "/v2/" in stored["config"]["request"]["requestUrlTemplate"]


def test_the_change_of_a_draft_with_another_version_is_repeated(tasks):
    answers(tasks)
    seed_action(tasks)
    tasks.org.fault(method="PATCH", path=f"{PATH}/*/draft", edit={"category": "CRM"})
    assert tasks.done("data_action", **options(test=TEST, request=CHANGED))["changed"]
    assert writes(tasks).count("PATCH /draft") == 2


@pytest.mark.parametrize("effect", [{"status": 500}, {"status": 504, "took_effect": True}])
def test_a_test_that_the_server_fails_is_never_repeated(tasks, effect):
    answers(tasks)
    seed_integration(tasks)
    tasks.org.fault(method="POST", path=f"{PATH}/*/draft/test", times=None, **effect)
    message = tasks.failed("data_action", **options(test=TEST))
    assert "was not written" in message and "The draft was discarded." in message
    assert steps(tasks).count("POST /draft/test") == 1
    assert tasks.org.objects("action_drafts") == [] == tasks.org.objects("actions")
