# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of verify_audit, the wait for the org's own record of a change; clocks are not compared (S0.9)."""

from __future__ import annotations

import time

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import EVENT_SUBJECTS
from ansible_collections.genesys.cloud.plugins.module_utils._resources.customobject_index.kind import (
    CUSTOM_OBJECT_INDEX,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import DATA_ACTION
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow_settings.kind import FLOW_SETTINGS
from ansible_collections.genesys.cloud.plugins.module_utils._resources.privacy_purpose import PRIVACY_PURPOSE
from unit.module_runner import run_module
from unit.patience import FOREVER, PATIENCE
from unit.reporting.org_audit.conftest import QUERY, RECORDS, stored_record


def test_each_change_is_confirmed(org, action):
    """Check that each change gets its own record, not the record of an earlier change (S0.9)."""
    results = [action(), action(description="new"), action(description="newer"), action(state="absent")]
    assert [result["plan"] for result in results] == ["create", "update", "update", "delete"]
    events = [result["audit_record"]["event_type"] for result in results]
    assert events == [f"data.action.{change}" for change in ("created", "updated", "updated", "deleted")]
    stored = [record["id"] for record in org.objects(RECORDS)]
    assert [result["audit_record"]["id"] for result in results] == stored
    assert {result["audit_record"]["actor_id"] for result in results} == {org.client_id}


def test_it_waits_as_long_as_the_record_takes(org, action):
    """Cover S0.9."""
    org.simulator.lag(org.key, RECORDS, lists=1.5)
    started = time.monotonic()
    assert action()["audit_record"]["operation"] == "CREATE"
    assert time.monotonic() - started >= 1.5


def test_off_by_default_and_nothing_where_nothing_changes(org, action):
    action(verify_audit=False)
    assert "audit_record" not in action()
    assert org.log(path=QUERY) == []


def test_check_mode_does_not_wait(org, action):
    """Check that check mode sends one query, so that a missing scope shows (S0.9, C.1)."""
    assert action(check_mode=True)["plan"] == "create"
    assert len(org.log(path=QUERY)) == 1 and org.writes() == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_without_the_scope_nothing_is_written(new_org, check_mode):
    """Check that the task fails before any write, also if the object does not exist yet (S0.9)."""
    org = new_org(scopes=["organization:read", "data:actions:read", "data:actions:write"])
    rest = {"url": "https://crm.example.com", "method": "GET"}
    arguments = {**org.connection, "name": "A", "rest": rest, "verify_audit": True}
    result = run_module("genesys_data_action", arguments, check_mode=check_mode)
    assert "audit:read" in result["msg"] and org.writes() == []


def test_a_record_that_does_not_come_fails_with_the_whole_result(org, action):
    """Check that the change stays and that the message counts the records found (S0.9)."""
    action()
    org.simulator.lag(org.key, RECORDS, lists=FOREVER)
    started = time.monotonic()
    result = action(description="new", audit_timeout=1)
    assert 1 <= time.monotonic() - started < PATIENCE
    assert (result["failed"], result["changed"], result["plan"]) == (True, True, "update")
    assert (result["record"]["description"], result["snapshot"]["description"]) == ("new", "")
    assert "The data action was updated, but the org's audit has no record of it" in result["msg"]
    assert "after 1 s (audit_timeout)" in result["msg"] and "The change stays." in result["msg"]
    assert org.named("A")["description"] == "new"


@pytest.mark.parametrize(
    ("actor", "known", "told"),
    [
        (
            "somebody-else",
            False,
            "It has 1 such records, 0 of them from before the change, the others by somebody-else.",
        ),
        (None, True, "It has 1 such records, 1 of them from before the change."),
    ],
)
def test_the_record_of_another_change_is_not_this_ones(org, action, actor, known, told):
    """Check records of another client and records from before the change (S0.9)."""
    identifier = action()["record"]["id"]
    other = stored_record(id="r1", entityId=identifier, actorId=actor or org.client_id)
    org.fault(method="POST", path=QUERY, status=200, body={"entities": [other] * known, "total": int(known)})
    org.fault(method="POST", path=QUERY, status=200, body={"entities": [other], "total": 1}, times=None)
    result = action(description="new", audit_timeout=1)
    assert result["failed"] and result["changed"] and told in result["msg"]
    assert [record["id"] for record in result["audit_records"]] == ["r1"]


def test_with_a_token_alone_any_new_record_counts(org, action):
    """Check that the actor is ignored, because a bare token has no known client id (S0.9)."""
    given = {"base_url": org.base_url, "access_token": org.simulator.token(org.key)}
    rest = {"url": "https://crm.example.com", "method": "GET"}
    result = run_module("genesys_data_action", {**given, "name": "A", "rest": rest, "verify_audit": True})
    assert result["audit_record"]["actor_id"] == "token-of-the-control-api"


def test_a_lost_answer_is_confirmed_all_the_same(org, action):
    org.fault(method="POST", path="/api/v2/architect/data-actions", drop="after")
    result = action()
    assert result["audit_record"]["entity_id"] == org.named("A")["id"]
    assert len(org.objects()) == 1


@pytest.mark.parametrize("timeout", [0, -1])
def test_the_deadline_is_judged_offline(org, action, timeout):
    assert "audit_timeout: must be more than 0 seconds" in action(audit_timeout=timeout)["msg"]
    assert org.log() == []


def test_every_kind_with_events_can_be_verified():
    """Cover S0.9."""
    kinds = (DATA_ACTION, FLOW_SETTINGS, PRIVACY_PURPOSE, CUSTOM_OBJECT_INDEX)
    assert tuple(kind.profiles["reference"].event for kind in kinds) == EVENT_SUBJECTS


def test_purposes_flows_and_schemas(org):
    """Check verify_audit in the modules of the other kinds (S0.9)."""
    given = {**org.connection, "verify_audit": True}
    purpose = {"description": "d", "retention": "1d", "legal_basis": "consent"}
    made = run_module("genesys_privacy_purpose", {**given, "name": "P", **purpose})
    org.seed([{"name": "F", "settings": {"routing": {"type": "standard", "maxWaitTime": 1}}}], "flows")
    flow = run_module("genesys_flow_settings", {**given, "name": "F", "routing": {"max_wait_time": 5}})
    schema = {"id": "orders", "name": "Orders", "fields": [{"name": "number", "type": "string"}]}
    org.seed([schema], "customobjects")
    index = {"custom_object_id": "orders", "indexes": [{"name": "by_number", "fields": ["number"]}]}
    built = run_module("genesys_customobject_index", {**given, **index})
    events = [result.get("audit_record", result)["event_type"] for result in (made, flow, built)]
    assert events == ["privacy.purpose.created", "flow.updated", "customobject.schema.updated"]
