# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of webhooks and of the audit trail by ansible-playbook (S0.8, S0.9)."""

from __future__ import annotations

import time

from integration.playbook import make_play
from unit.http_listener import HttpListener

WEBHOOK = "genesys.cloud.genesys_webhook"
WEBHOOK_INFO = "genesys.cloud.genesys_webhook_info"
AUDIT_INFO = "genesys.cloud.genesys_audit_info"
ACTION = "genesys.cloud.genesys_data_action"

OLD, NEW = "0ld-h00k-s3cr3t", "n3w-h00k-s3cr3t"
REST = {"url": "https://crm.example.com/customers", "method": "GET"}


def _hook(url, secret, query):
    return {
        "name": "Audit sync",
        "events": ["data.action.created", "data.action.updated"],
        "target": {"url": f"{url}/hook?sig={query}", "headers": {"Authorization": f"Bearer {secret}"}},
    }


def test_registered_twice_is_one_and_its_event_arrives(playbook, org):
    """Check the way from two tasks to the listener; no output shows the secret (S0.8)."""
    with HttpListener() as listener:
        hook = _hook(listener.url, OLD, "qu3ry-s3cr3t")
        tasks = [
            {"name": "Register", WEBHOOK: hook},
            {"name": "Register again", WEBHOOK: {**hook, "events": hook["events"][::-1]}},
            {"name": "Create", ACTION: {"name": "A", "rest": REST}},
        ]
        run = playbook([make_play(tasks, connection=org.connection)], diff=True, verbosity=3)
        assert run.returncode == 0, run.output
        (request,) = listener.wait_for(1)
    assert (run.result("Register").status, run.result("Register again").status) == ("changed", "ok")
    assert len(org.objects("webhooks")) == 1
    assert (request.path, request.headers["authorization"]) == ("/hook?sig=qu3ry-s3cr3t", f"Bearer {OLD}")
    assert request.body["eventType"] == "data.action.created"
    assert request.body["data"]["name"] == "A"
    assert OLD not in run.output and "qu3ry-s3cr3t" not in run.output


def test_a_change_of_its_secrets_shows_no_value(playbook, org):
    """Check that neither the old nor the new secret appears in any output of Ansible (S0.8)."""
    target = {"url": "https://audit.example.com/in?sig=0ld-qu3ry-s3cr3t", "headers": {"X-Token": OLD}}
    events = [{"eventType": "data.action.created"}]
    org.seed([{"name": "Audit sync", "enabled": True, "events": events, "target": target}], "webhooks")
    changed = {"url": "https://audit.example.com/in?sig=n3w-qu3ry-s3cr3t", "headers": {"X-Token": NEW}}
    tasks = [
        {"name": "Change", WEBHOOK: {"name": "Audit sync", "target": changed}, "register": "done"},
        {"name": "Show", "ansible.builtin.debug": {"var": "done"}},
        {"name": "Read", WEBHOOK_INFO: {"name": "Audit sync"}},
    ]
    planned = playbook([make_play(tasks, connection=org.connection)], check=True, diff=True, verbosity=3)
    done = playbook([make_play(tasks, connection=org.connection)], diff=True, verbosity=3)
    for run in (planned, done):
        assert run.returncode == 0, run.output
        assert run.result("Change").status == "changed"
        assert "******** (changed)" in run.stdout
        assert not any(secret in run.output for secret in (OLD, NEW, "qu3ry-s3cr3t"))
    assert org.objects("webhooks")[0]["target"] == changed


def test_a_change_is_followed_by_its_audit_record(playbook, org):
    """Check that each task waits for its record, so that the audit trail is complete (S0.9)."""
    org.simulator.lag(org.key, "audit_records", lists=1)
    tasks = [
        {"name": "Create", ACTION: {"name": "A", "rest": REST, "verify_audit": True}, "register": "made"},
        {"name": "Change", ACTION: {"name": "A", "description": "new", "verify_audit": True}},
        {"name": "Again", ACTION: {"name": "A", "description": "new", "verify_audit": True}},
        {"name": "Trail", AUDIT_INFO: {"entity_id": "{{ made.record.id }}", "wait_for": 2}},
    ]
    run = playbook([make_play(tasks, connection=org.connection)])
    assert run.returncode == 0, run.output
    trail = run.result("Trail").result["records"]
    confirmed = [run.result(task).result["audit_record"] for task in ("Create", "Change")]
    assert trail == confirmed
    assert [record["event_type"] for record in trail] == ["data.action.created", "data.action.updated"]
    assert "audit_record" not in run.result("Again").result


def test_a_wait_ends_with_its_deadline(playbook, org):
    """Check that the message contains the number of records found (S0.9)."""
    task = {"name": "Wait", AUDIT_INFO: {"event_type": "flow.updated", "wait_for": 1, "wait_timeout": 2}}
    started = time.monotonic()
    run = playbook([make_play([task], connection=org.connection)])
    assert run.returncode == 2 and time.monotonic() - started < 60
    result = run.result("Wait").result
    assert "has 0 of the 1 expected records of 'flow.updated'" in result["msg"]
    assert result["records"] == []
