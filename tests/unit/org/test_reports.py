# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config's reports: records, notifications, audit records (S0.9, S2.9, S2.10)."""

from __future__ import annotations

import json

from unit.org.conftest import (
    ACTIONS,
    ORGANIZATION,
    action,
    every_kind,
    purpose,
    request_counts,
    statuses,
    stored_action,
    totals,
    webhook,
)
from unit.permissions import mode_of


def records(log):
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_each_change_has_one_line_with_its_own_correlation_id(seeded_org, converge, log):
    config = every_kind(3)
    result = converge(config, audit_log=str(log))
    assert totals(result) == {"created": 9, "updated": 6}
    assert mode_of(log) == 0o600
    lines = records(log)
    assert len(lines) == 15 == len({line["correlation_id"] for line in lines})
    assert {line["correlation_id"] for line in lines} <= set(result["api"]["correlation_ids"])
    by_object = {(one["kind"], one["id"]): one for one in result["objects"]}
    for line in lines:
        one = by_object.pop((line["kind"], line["id"]))
        assert (line["action"], line["status"], line["org_id"]) == (one["plan"], "applied", seeded_org.id)
        assert line["changed"] and line["actor"] == seeded_org.client_id
        assert 0 <= line["latency_ms"] < result["api"]["latency_ms"]
    converge(config, audit_log=str(log))
    assert len(records(log)) == 15, "no change, no line"


def test_failures_have_a_line_too_and_what_was_not_begun_has_none(org, converge, log):
    entries = [action("A"), action("B", conditions=["unheard_of.x exists"]), action("C")]
    result = converge({"data_actions": entries}, audit_log=str(log), concurrency=1)
    assert statuses(result) == {"A": "done", "B": "failed", "C": "skipped"}
    lines = {line["name"]: line for line in records(log)}
    assert {name: line["status"] for name, line in lines.items()} == {"A": "applied", "B": "failed"}
    assert lines["B"]["changed"] is False and lines["B"]["correlation_id"] in lines["B"]["message"]


def test_check_mode_has_planned_lines(org, converge, log):
    config = {"data_actions": [action("A")], "webhooks": [webhook("W")]}
    converge(config, audit_log=str(log), check_mode=True)
    assert [(line["status"], line["check_mode"]) for line in records(log)] == [("planned", True)] * 2


def test_a_log_that_cannot_be_written_keeps_everything_from_being_written(org, converge, tmp_path):
    (tmp_path / "file").write_text("x")
    result = converge({"data_actions": [action("A")]}, audit_log=str(tmp_path / "file" / "log.jsonl"))
    assert result["failed"] and "nothing was changed" in result["msg"] and org.writes() == []


def test_each_change_is_notified(org, converge, listener):
    org.seed([stored_action("Old")])
    config = {"data_actions": [action("A"), {"name": "Old", "state": "absent"}], "webhooks": [webhook("W")]}
    converge(config, notify={"url": f"{listener.url}/in"})
    received = [request.body for request in listener.wait_for(3)]
    assert len(listener.received) == 3
    text = json.dumps(received)
    assert all(name in text for name in ("A", "Old", "W")) and org.id in text


def test_a_notification_that_is_refused_fails_only_where_the_task_says_so(org, converge, listener):
    listener.status = 500
    url = f"{listener.url}/in"
    warned = converge({"data_actions": [action("A")]}, notify={"url": url, "on_failure": "warn"})
    assert not warned.get("failed") and warned["warnings"]
    failed = converge({"data_actions": [action("B")]}, notify={"url": url, "on_failure": "fail"})
    assert failed["failed"] and failed["changed"] and failed["objects"][0]["changed"]
    assert len(org.objects()) == 2


def test_the_org_is_asked_for_once_whatever_needs_it(seeded_org, converge, log, listener):
    """Check that organization check, records, flow updates and reload share one request for the org."""
    result = converge(every_kind(3), audit_log=str(log), notify={"url": listener.url}, organization=None)
    assert totals(result) == {"created": 9, "updated": 6}
    assert request_counts(seeded_org)[f"GET {ORGANIZATION}"] == 1
    assert result["api"]["requests"] == len(seeded_org.log())


def test_entries_that_want_the_proof_of_the_audit_wait_for_it(org, converge):
    entries = [action("A", verify_audit=True), action("B")]
    config = {"data_actions": entries, "privacy_purposes": [purpose("P", verify_audit=True)]}
    result = converge(config)
    assert not result.get("failed"), result["msg"]
    assert totals(result) == {"created": 3}
    proofs = [one for one in result["objects"] if one.get("audit_record")]
    assert [one["name"] for one in proofs] == ["A", "P"]


def test_a_proof_that_does_not_come_is_that_objects_error_with_its_change(org, converge):
    org.simulator.lag(org.key, "audit_records", lists=60)
    config = {"data_actions": [action("A", verify_audit=True, audit_timeout=0.5), action("B")]}
    result = converge(config, on_error="continue")
    assert statuses(result) == {"A": "failed", "B": "done"}
    assert result["changed"] and result["objects"][0]["changed"] and len(org.objects()) == 2


def test_retries_and_requests_are_counted(org, converge):
    org.fault(method="POST", path=ACTIONS, status=429, retry_after=0, times=3)
    org.fault(method="GET", path=ACTIONS, status=503, times=1)
    result = converge({"data_actions": [action("A"), action("B")]})
    assert totals(result) == {"created": 2}
    assert result["api"]["retries"] == 4 and result["api"]["requests"] == len(org.log())
