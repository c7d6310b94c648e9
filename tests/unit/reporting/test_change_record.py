# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the change record of each outcome, which contains no secret (S2.9, S4.8)."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import urllib.request

from ansible_collections.genesys.cloud.plugins.module_utils._model.rendering import MaskedBody
from ansible_collections.genesys.cloud.plugins.module_utils._reporting.change_record import fingerprint
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import DATA_ACTION
from unit.module_runner import run_module
from unit.reporting.conftest import ACTION, read

RESOURCE = DATA_ACTION.profiles["reference"]

KEYS = [
    "time",
    "org_id",
    "org_name",
    "kind",
    "id",
    "name",
    "action",
    "status",
    "check_mode",
    "changed",
    "latency_ms",
    "correlation_id",
    "actor",
    "before_sha256",
    "after_sha256",
    "version",
]


def test_records_of_the_life_of_an_object(action, org, log):
    begun = datetime.datetime.now(datetime.UTC)
    created = action(audit_log=str(log))
    action(audit_log=str(log))
    updated = action(audit_log=str(log), description="new")
    action(audit_log=str(log), state="absent")
    action(audit_log=str(log), state="absent")
    records = read(log)
    assert [list(record) for record in records] == [KEYS] * 3
    assert [record["action"] for record in records] == ["create", "update", "delete"]
    for record in records:
        assert record["status"] == "applied"
        assert (record["changed"], record["check_mode"]) == (True, False)
        assert (record["org_id"], record["org_name"]) == (org.id, org.name)
        assert (record["kind"], record["name"]) == ("data_action", "Get Customer")
        assert record["id"] == created["record"]["id"]
        assert record["actor"] == org.client_id
        assert record["latency_ms"] > 0
        assert record["time"].endswith("Z")
        when = datetime.datetime.fromisoformat(record["time"])
        assert begun - datetime.timedelta(seconds=1) <= when <= datetime.datetime.now(datetime.UTC)
    assert [record["version"] for record in records] == [1, 2, 2]
    assert records[0]["correlation_id"] in created["api"]["correlation_ids"]
    assert records[1]["correlation_id"] in updated["api"]["correlation_ids"]
    # The hash after a change equals the hash before the next change.
    chain = [(record["before_sha256"], record["after_sha256"]) for record in records]
    assert chain[0][0] is None
    assert chain[0][1] == chain[1][0] != chain[1][1] == chain[2][0]
    assert chain[2][1] is None


def test_the_hash_is_of_the_clients_part_with_secrets_masked():
    body = {"b": "ü", "name": "A", "id": "1", "version": 3, "restConfig": {"headers": {"X-Api-Key": "k-9"}}}
    shown = '{"b":"ü","name":"A","restConfig":{"headers":{"X-Api-Key":"********"}}}'
    assert fingerprint(MaskedBody(RESOURCE, body)) == hashlib.sha256(shown.encode()).hexdigest()
    body["restConfig"]["headers"]["X-Api-Key"] = "another"
    assert fingerprint(MaskedBody(RESOURCE, body)) == hashlib.sha256(shown.encode()).hexdigest()
    assert body["restConfig"]["headers"]["X-Api-Key"] == "another"


def test_check_mode_plans(action, org, log):
    planned = action(audit_log=str(log), check_mode=True)
    applied = action(audit_log=str(log))
    assert planned["changed"]
    assert applied["changed"]
    first, second = read(log)
    assert (first["status"], first["check_mode"], first["changed"]) == ("planned", True, False)
    assert (first["id"], first["version"], first["correlation_id"]) == (None, None, None)
    assert first["after_sha256"] == second["after_sha256"]
    action(audit_log=str(log), check_mode=True)
    assert len(read(log)) == 2


def test_a_failed_change_has_a_record(action, org, log):
    org.fault(method="POST", path="/api/v2/architect/data-actions", status=403, code="missing.permission")
    result = action(audit_log=str(log))
    assert result["failed"], result
    (record,) = read(log)
    assert list(record) == [*KEYS, "message"]
    assert (record["status"], record["action"], record["changed"]) == ("failed", "create", False)
    assert record["correlation_id"] == result["correlation_id"]
    assert record["message"] == result["msg"]


def test_a_change_that_does_not_read_back_failed_but_is_there(action, org, log):
    action()
    stored = org.named("Get Customer")
    path = f"/api/v2/architect/data-actions/{stored['id']}"
    org.fault(method="GET", path=path, edit={"description": "theirs"})
    result = action(audit_log=str(log), description="ours")
    assert result["failed"], result
    assert [(one["status"], one["changed"]) for one in read(log)] == [("applied", True), ("failed", True)]


def test_whether_a_lost_write_took_effect_is_not_claimed(action, org, log):
    org.fault(method="POST", path="/api/v2/architect/data-actions", drop="before", times=None)
    result = action(audit_log=str(log), retries=0, deadline=5)
    assert result["failed"], result
    (record,) = read(log)
    assert (record["status"], record["changed"]) == ("failed", None)


def test_what_fails_before_a_change_is_known_has_no_record(action, org, log):
    org.fault(method="GET", path="/api/v2/architect/data-actions", status=403, times=None)
    assert action(audit_log=str(log))["failed"]
    assert action(audit_log=str(log), client_secret="wrong")["failed"]
    assert read(log) == []


def test_a_given_token_is_named_as_such(org, log):
    token = _token(org)
    given = {"base_url": org.base_url, "access_token": token, "audit_log": str(log)}
    result = run_module("genesys_data_action", {**ACTION, **given})
    assert result["changed"], result
    assert read(log)[0]["actor"] == "token"
    assert token not in log.read_text()


def test_secrets_are_nowhere(action, org, log):
    action(audit_log=str(log))
    new = {**ACTION["rest"], "headers": {"Authorization": "Bearer other-s3cr3t-token"}}
    action(audit_log=str(log), rest=new)
    org.fault(method="PUT", path="/api/v2/architect/data-actions/*", status=400, body={
        "status": 400, "code": "bad", "message": "echo: Bearer crm-s3cr3t-token and old other-s3cr3t-token",
        "contextId": "c",
    })  # fmt: skip
    failed = action(audit_log=str(log))
    assert failed["failed"], failed
    text = log.read_text()
    assert len(read(log)) == 3
    assert read(log)[1]["before_sha256"] != read(log)[1]["after_sha256"]  # the header Accept was removed
    for secret in ("s3cr3t", org.client_secret):
        assert secret not in text


def test_a_record_costs_one_request_and_none_where_nothing_changes(action, org, log):
    action(organization=None)
    org.clear_log()
    action(organization=None, audit_log=str(log))
    assert not org.log(path="/api/v2/organizations/me")
    action(organization=None, audit_log=str(log), description="new")
    assert len(org.log(path="/api/v2/organizations/me")) == 1


def _token(org) -> str:
    credentials = base64.b64encode(f"{org.client_id}:{org.client_secret}".encode()).decode()
    request = urllib.request.Request(
        f"{org.base_url}/oauth/token",
        b"grant_type=client_credentials",
        {"Authorization": f"Basic {credentials}"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["access_token"]
