# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of reporting in a module: checks before a write, effect of a failed report (S2.9, S2.10, S4.8)."""

from __future__ import annotations

import concurrent.futures
import json
import pathlib
import time

from unit.module_runner import run_module
from unit.reporting.conftest import read
from unit.scripted_server import Answer

SETTINGS = {"routing": {"type": "longestAvailable", "maxWaitTime": 600}}


def test_a_log_that_cannot_be_opened_fails_before_the_first_write(action, org, tmp_path):
    result = action(audit_log=str(tmp_path))
    assert result["failed"], result
    assert "cannot be written" in result["msg"]
    assert "nothing was changed" in result["msg"]
    assert org.writes() == []


def test_a_log_that_breaks_after_the_write_fails_with_everything_that_was_done(action, org, log, listener):
    org.fault(method="POST", path="/api/v2/architect/data-actions", delay=1.0)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        broken = pool.submit(_turn_into_folder, log)
        result = action(audit_log=str(log), notify={"url": listener.base_url})
        assert broken.result()
    assert result["failed"], result
    assert result["msg"].startswith("The data action was created. The audit log ")
    assert "the record is lost" in result["msg"]
    assert (result["changed"], result["plan"]) == (True, "create")
    assert result["record"]["id"] == org.named("Get Customer")["id"]
    assert result["api"]["requests"] > 0
    assert len(listener.calls) == 1  # a broken audit log does not prevent the notification


def _turn_into_folder(log: pathlib.Path) -> bool:
    """Replace the log with a folder as soon as it exists, which is before the write."""
    for _turn in range(500):
        if log.exists():
            log.unlink()
            log.mkdir()
            return True
        time.sleep(0.01)
    return False


def test_the_notification_is_the_record(action, org, log, listener):
    notify = {"url": f"{listener.base_url}/hook?key=1", "headers": {"X-Team": "ops"}}
    assert action(audit_log=str(log), notify=notify)["changed"]
    (call,) = listener.calls
    assert (call.method, call.path, call.query) == ("POST", "/hook", {"key": "1"})
    assert json.loads(call.body) == read(log)[0]
    assert call.headers["content-type"] == "application/json"
    assert call.headers["x-team"] == "ops"
    assert "authorization" not in call.headers
    assert action(audit_log=str(log), notify=notify)["changed"] is False
    assert len(listener.calls) == 1


def test_failures_are_notified_unless_only_changes_are_wanted(action, org, listener):
    org.fault(method="POST", path="/api/v2/architect/data-actions", status=422, times=2)
    assert action(notify={"url": listener.base_url})["failed"]
    assert [json.loads(call.body)["status"] for call in listener.calls] == ["failed"]
    assert action(notify={"url": listener.base_url, "on": ["changed"]})["failed"]
    assert len(listener.calls) == 1


def test_check_mode_is_notified_only_if_plans_are_wanted(action, org, listener):
    assert action(notify={"url": listener.base_url}, check_mode=True)["changed"]
    assert listener.calls == []
    assert action(notify={"url": listener.base_url, "on": ["planned"]}, check_mode=True)["changed"]
    assert [json.loads(call.body)["status"] for call in listener.calls] == ["planned"]
    assert action(notify={"url": listener.base_url, "on": ["planned"]})["changed"]
    assert len(listener.calls) == 1


def test_an_undelivered_notification_warns_or_fails_and_the_change_stays(action, org, listener):
    listener.script(Answer(404), Answer(404))
    warned = action(notify={"url": listener.base_url})
    assert warned["changed"]
    assert "could not be delivered to 127.0.0.1: the response was 404" in str(warned["warnings"])
    failed = action(notify={"url": listener.base_url, "on_failure": "fail"}, description="new")
    assert failed["failed"]
    assert failed["msg"].startswith("The data action was updated. The notification could not be delivered")
    assert (failed["changed"], failed["plan"]) == (True, "update")
    assert failed["record"]["description"] == "new" == org.named("Get Customer")["description"]
    assert failed["diff"]["after"]["description"] == "new"


def test_an_undelivered_failure_does_not_hide_what_failed(action, org, listener):
    org.fault(method="POST", path="/api/v2/architect/data-actions", status=422, code="its.own")
    listener.script(Answer(500), Answer(500), Answer(500))
    result = action(notify={"url": listener.base_url, "on_failure": "fail"})
    assert (result["status"], result["code"]) == (422, "its.own")
    assert "delivered to 127.0.0.1 3 times: the response was 500" in result["msg"]


def test_secrets_of_a_notification_are_in_no_output(action, listener):
    notify = {
        "url": f"{listener.base_url}/services/T0/s3cr3t-path",
        "headers": {"Authorization": "Bearer hook-s3cr3t"},
        "on_failure": "fail",
    }
    listener.script(Answer(404))
    assert "s3cr3t" not in json.dumps(action(notify=notify))
    assert listener.calls[0].headers["authorization"] == "Bearer hook-s3cr3t"


def test_slips_are_reported_at_once_and_offline(action, org):
    result = action(
        audit_log="changes.jsonl",
        notify={
            "url": "https://user:s3cr3t@hook.example.com",
            "headers": {"X-Team": "a\nb", "X Y": "z", "X-Map": {}},
            "on": ["changed", "done"],
            "timeout": 0,
        },
    )
    assert [problem.partition(":")[0] for problem in result["problems"]] == [
        "notify.on[1]",
        "audit_log",
        "notify.url",
        "notify.headers.X-Team",
        "notify.headers.X Y",
        "notify.headers.X-Map",
        "notify.timeout",
    ]
    assert "s3cr3t" not in json.dumps(result)
    assert org.log() == []
    assert action(notify={"headers": {}})["problems"] == ["notify.url: is required"]
    clear = action(notify={"url": "http://hook.example.com", "timeout": 0.1}, check_mode=True)
    assert "clear text" in str(clear["warnings"])


def test_validated_tasks_report_nothing(action, org, log, listener):
    result = action(
        state="validated", audit_log=str(log), notify={"url": listener.base_url, "on": ["planned"]}
    )
    assert result["changed"] is False, result
    assert not log.exists()


def test_a_change_that_was_rolled_back_says_so(org, log, listener):
    (flow,) = org.seed([{"name": "Primary", "version": 3, "settings": SETTINGS}], "flows")
    org.fault(method="POST", path="/api/v2/architect/flows/reload", status=422, times=1)
    result = run_module(
        "genesys_flow_settings",
        {
            **org.connection,
            "name": "Primary",
            "routing": {"max_wait_time": 30},
            "reload": True,
            "rollback_on_failure": True,
            "audit_log": str(log),
            "notify": {"url": listener.base_url, "on": ["rolled_back"]},
        },
    )
    assert result["failed"], result
    assert result["rolled_back"], result
    applied, record = read(log)
    assert (applied["status"], applied["changed"]) == ("applied", True)
    assert (record["kind"], record["id"], record["name"]) == ("flow_settings", flow["id"], "Primary")
    assert (record["status"], record["action"], record["changed"]) == ("rolled_back", "update", False)
    assert record["before_sha256"] == record["after_sha256"]
    assert [json.loads(call.body) for call in listener.calls] == [record]
