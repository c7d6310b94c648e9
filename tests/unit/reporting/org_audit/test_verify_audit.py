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
from unit.reporting.org_audit.conftest import RECORDS


def test_each_change_is_confirmed(audited, site, change):
    """Check that each change gets its own record, not the record of an earlier change (S0.9, N.10)."""
    results = [change(), change(text="new"), change(text="newer"), change(state="absent")]
    assert [result["plan"] for result in results] == ["create", "update", "update", "delete"]
    assert tuple(result["audit_record"]["event_type"] for result in results) == audited.events
    stored = [record["id"] for record in site.objects(RECORDS)]
    found = [result["audit_record"]["id"] for result in results]
    assert len(set(found)) == 4 and set(found) <= set(stored)
    assert {result["audit_record"]["actor_id"] for result in results} == {site.client_id}
    assert {result["audit_record"]["entity_id"] for result in results} == {results[0]["record"]["id"]}


def test_it_waits_as_long_as_the_record_takes(site, change):
    """Cover S0.9, and situation 20 of the public reports: a record that comes late is waited for."""
    site.simulator.lag(site.key, RECORDS, lists=1.5)
    started = time.monotonic()
    assert change()["audit_record"]["operation"].upper() == "CREATE"
    assert time.monotonic() - started >= 1.5


def test_off_by_default_and_nothing_where_nothing_changes(audited, site, change):
    change(verify_audit=False)
    assert "audit_record" not in change()
    assert [entry for entry in site.log() if "/audit" in entry["path"]] == []


def test_check_mode_does_not_wait(site, change):
    """Check that check mode sends one request, so that a missing scope shows (S0.9, C.1)."""
    assert change(check_mode=True)["plan"] == "create"
    assert len([entry for entry in site.log() if "/audit" in entry["path"]]) == 1 and site.writes() == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_without_the_scope_nothing_is_written(audited, new_org, check_mode):
    """Check that the task fails before any write, also if the object does not exist yet (S0.9)."""
    held = "scopes" if audited.api == "reference" else "permissions"
    org = new_org(api=audited.api, **{held: list(audited.scopes)})
    arguments = {**org.connection, **audited.options, "verify_audit": True}
    result = run_module(audited.module, arguments, check_mode=check_mode)
    assert audited.scope in result["msg"] and org.writes() == []


def test_a_record_that_does_not_come_fails_with_the_whole_result(audited, site, change):
    """Check that the change stays and that the message counts the records found (S0.9)."""
    title = change()["record"] and audited.module.removeprefix("genesys_").replace("_", " ")
    site.simulator.lag(site.key, RECORDS, lists=FOREVER)
    started = time.monotonic()
    result = change(text="new", audit_timeout=1)
    assert 1 <= time.monotonic() - started < PATIENCE
    assert (result["failed"], result["changed"], result["plan"]) == (True, True, "update")
    assert (result["record"][audited.text], result["snapshot"][audited.text]) == ("new", "")
    assert f"The {title} was updated, but the org's audit has no record of it" in result["msg"]
    assert "after 1 s (audit_timeout)" in result["msg"] and "The change stays." in result["msg"]
    assert site.named("A", audited.kind)[audited.text] == "new"


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
def test_the_record_of_another_change_is_not_this_ones(audited, site, change, actor, known, told):
    """Check records of another client and records from before the change (S0.9)."""
    identifier = change()["record"]["id"]
    other = audited.record("r1", identifier, actor or site.client_id)
    found = {"entities": [other], "total": 1}
    site.fault(
        method="POST",
        path=audited.query,
        status=200,
        body=found if known else {"entities": [], "total": 0},
    )
    site.fault(method="POST", path=audited.query, status=200, body=found, times=None)
    result = change(text="new", audit_timeout=1)
    assert result["failed"] and result["changed"] and told in result["msg"]
    assert [record["id"] for record in result["audit_records"]] == ["r1"]


def test_with_a_token_alone_any_new_record_counts(audited, site):
    """Check that the actor is ignored, because a bare token has no known client id (S0.9)."""
    given = {"base_url": site.base_url, "access_token": site.simulator.token(site.key)}
    result = run_module(audited.module, {**given, **audited.options, "verify_audit": True})
    assert result["audit_record"]["actor_id"] == "token-of-the-control-api"


def test_a_lost_answer_is_confirmed_all_the_same(audited, site, change):
    site.fault(method="POST", path=audited.path, drop="after")
    result = change()
    assert result["audit_record"]["entity_id"] == site.named("A", audited.kind)["id"]
    assert len(site.objects(audited.kind)) == 1


@pytest.mark.parametrize("timeout", [0, -1])
def test_the_deadline_is_judged_offline(site, change, timeout):
    assert "audit_timeout: must be more than 0 seconds" in change(audit_timeout=timeout)["msg"]
    assert site.log() == []


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
