# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of platform data actions under conflicts, lost responses, lags, missing permissions (P.4, P.11)."""

from __future__ import annotations

import pytest

from unit.platform.actions import DEFINITION, FIND, FORMS, PATH, action, changed, integration, patches, stored


@pytest.mark.parametrize("status", [400, 409])
def test_a_stale_version_is_read_and_planned_again(tasks, status):
    """Situation 3 of the public reports."""
    tasks.org.platform(action_version_status=status)
    one = action(tasks, integration(tasks))
    tasks.org.fault(method="PATCH", path=f"{PATH}/{one['id']}", edit={"name": "Find", "secure": False})
    assert tasks.done("data_action", **{**FIND, "category": "D"})["changed"]
    assert [entry["status"] for entry in patches(tasks)] == [status, 200]


def test_a_declared_field_that_another_client_changes_is_a_conflict(tasks):
    one = action(tasks, integration(tasks))
    tasks.org.fault(method="PATCH", path=f"{PATH}/{one['id']}", edit={"category": "Theirs"})
    message = tasks.failed("data_action", **{**FIND, "category": "D"})
    assert 'category is now "Theirs", declared "D"' in message
    assert [entry["status"] for entry in patches(tasks)] == [400]


def test_a_bad_request_is_final_and_has_the_words_of_the_api(tasks):
    """Situation 4 of the public reports."""
    integration(tasks)
    bad = {"category": "bad.request", "code": "invalid.value", "message": "Schema of no known kind."}
    tasks.org.fault(method="POST", path=PATH, status=400, times=None, body=bad)
    assert "Schema of no known kind" in tasks.failed("data_action", **FIND)
    assert len(tasks.org.log(method="POST", path=PATH)) == 1


@FORMS
@pytest.mark.parametrize("fault", [{"drop": "after"}, {"drop": "before"}, {"status": 503}])
def test_a_lost_response_to_a_creation_makes_no_second_action(tasks, form, fault):
    tasks.org.platform(template_form=form)
    integration(tasks)
    tasks.org.fault(method="POST", path=PATH, times=1, **fault)
    assert tasks.done("data_action", **FIND)["record"]["definition"] == DEFINITION
    assert len(stored(tasks)) == 1


@FORMS
@pytest.mark.parametrize("fault", [{"drop": "after"}, {"drop": "before"}, {"status": 503}])
def test_a_lost_response_to_an_update_is_settled_by_the_version(tasks, form, fault):
    tasks.org.platform(template_form=form)
    one = action(tasks, integration(tasks))
    tasks.org.fault(method="PATCH", path=f"{PATH}/{one['id']}", times=1, **fault)
    result = tasks.done("data_action", **{**FIND, "category": "D"})
    assert (result["changed"], result["record"]["version"]) == (True, 2)


@pytest.mark.parametrize("status", [404, 408, 410])
def test_reads_and_lists_that_lag_behind_a_creation_are_waited_for(tasks, status):
    """Situation 10 of the public reports."""
    integration(tasks)
    tasks.org.platform(reads_until_found=2, lists_until_found=2, not_yet_status=status)
    assert tasks.done("data_action", **FIND)["plan"] == "create"
    tasks.org.platform(reads_until_updated=3)
    assert tasks.done("data_action", **{**FIND, "category": "D"})["record"]["category"] == "D"
    assert len(stored(tasks)) == 1


def test_a_missing_permission_is_named(new_org, tasks):
    integration(tasks)
    tasks.org = new_org(
        api="platform", permissions=["integrations:integration:view", "integrations:action:view"]
    )
    integration(tasks)
    assert "integrations:action:add" in tasks.failed("data_action", **FIND)
    assert stored(tasks) == []


def test_secret_headers_are_not_shown(tasks):
    integration(tasks)
    definition = changed("config.request.headers", {"Authorization": "Bearer t0ken-of-crm"})
    for _turn in range(2):
        result = tasks.done("data_action", **{**FIND, "definition": definition})
        assert "t0ken-of-crm" not in str(result)
    assert stored(tasks)[0]["config"]["request"]["headers"] == {"Authorization": "Bearer t0ken-of-crm"}
    (record,) = tasks.done("data_action_info")["records"]
    assert "t0ken-of-crm" not in str(record)


def test_unknown_parts_of_a_configuration_survive_an_update(tasks):
    config = {**DEFINITION["config"], "request": {**DEFINITION["config"]["request"]}}
    one = action(tasks, integration(tasks), config=config)
    tasks.org.edit(one["id"], {"config": {"request": {"retry": {"times": 2}}}}, "actions")
    tasks.done("data_action", **{**FIND, "category": "D"})
    (patch,) = patches(tasks)
    assert patch["body"]["config"]["request"]["retry"] == {"times": 2}
