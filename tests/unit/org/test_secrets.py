# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that no secret of an entry or of the org appears in results, diffs and files (S1.7)."""

from __future__ import annotations

import json

import pytest

from unit.module_runner import run_module
from unit.org.conftest import (
    ACTIONS,
    WEBHOOKS,
    action,
    statuses,
    stored_action,
    stored_webhook,
    totals,
    webhook,
)

#: Secrets in the entries.
OURS = ["0urs-cl13nt-key", "0urs-h00k-token", "0urs-s1gnature", "0urs-t3nant-17"]
#: Secrets that only the org has.
THEIRS = ["th31rs-crm-token", "th31rs-h00k-token", "th31rs-s1gnature", "th31rs-prun3d"]


def entries():
    rest = {"url": "https://crm.example.com/v1", "method": "GET", "headers": {"X-Api-Key": OURS[0]}}
    target = {
        "url": f"https://hooks.example.com/in?sig={OURS[2]}",
        "headers": {"Authorization": f"Bearer {OURS[1]}", "X-Tenant": OURS[3]},
    }
    return {
        "data_actions": [{"name": "New", "rest": rest}, {"name": "Old", "description": "changed"}],
        "webhooks": [
            {"name": "New", "events": ["flow.updated"], "target": target, "secret_headers": ["X-Tenant"]},
            {"name": "Old", "target": target, "secret_headers": ["X-Tenant"]},
        ],
    }


@pytest.fixture
def org_with_secrets(org):
    """Seed objects with secrets that the task does not declare."""
    old = stored_action("Old")
    old["restConfig"]["headers"] = {"Authorization": f"Bearer {THEIRS[0]}"}
    pruned = stored_action("Pruned")
    pruned["restConfig"]["headers"] = {"X-Auth-Token": THEIRS[3]}
    org.seed([old, pruned])
    target = {
        "url": f"https://hooks.example.com/in?sig={THEIRS[2]}",
        "headers": {"Authorization": f"Bearer {THEIRS[1]}"},
    }
    org.seed([stored_webhook("Old", target=target)], "webhooks")
    return org


@pytest.fixture
def run_and_render(org_with_secrets, converge, tmp_path):
    """Return a runner of the entries; it returns the result, and result and audit log as one text."""
    log = tmp_path / "audit.jsonl"

    def run(config=None, **options):
        result = converge(
            config or entries(), diff=True, audit_log=str(log), **{"on_error": "continue", **options}
        )
        return result, json.dumps(result) + (log.read_text() if log.exists() else "")

    return run


def leaked(text):
    return [secret for secret in OURS + THEIRS if secret in text]


@pytest.mark.parametrize("check_mode", [True, False])
def test_nothing_of_it_is_in_result_diff_and_audit_log(org_with_secrets, run_and_render, check_mode):
    prune = {"data_actions": {"enabled": True}}
    result, text = run_and_render(prune=prune, check_mode=check_mode)
    assert totals(result) == {"created": 2, "updated": 2, "deleted": 1} and leaked(text) == []
    changed = next(one for one in result["objects"] if (one["kind"], one["name"]) == ("webhook", "Old"))
    assert changed["diff"]["before"]["target"]["headers"]["Authorization"] == "********"
    assert changed["diff"]["after"]["target"]["headers"]["Authorization"] == "******** (changed)"
    if not check_mode:
        headers = org_with_secrets.named("Old", "webhooks")["target"]["headers"]
        assert headers == {"Authorization": f"Bearer {OURS[1]}", "X-Tenant": OURS[3]}
        second, text = run_and_render()
        assert not second["changed"] and leaked(text) == []


def test_an_error_of_the_api_that_echoes_them_shows_none(org_with_secrets, run_and_render):
    body = {"message": f"cannot store {' '.join(OURS + THEIRS)}", "code": "bad.request", "status": 400}
    for method, path in (
        ("POST", ACTIONS),
        ("PUT", f"{ACTIONS}/*"),
        ("DELETE", f"{ACTIONS}/*"),
        ("POST", WEBHOOKS),
        ("PUT", f"{WEBHOOKS}/*"),
    ):
        org_with_secrets.fault(method=method, path=path, status=400, body=body, times=None)
    result, text = run_and_render(prune={"data_actions": {"enabled": True}})
    assert result["failed"] and totals(result) == {"failed": 5}
    assert "cannot store" in result["msg"] and leaked(text) == []


def test_a_conflict_shows_none(org_with_secrets, run_and_render):
    stored = org_with_secrets.named("Old", "webhooks")
    theirs = {"target": {"headers": {"Authorization": "Bearer an0th3r-s3cr3t"}}}
    org_with_secrets.fault(method="GET", path=f"{WEBHOOKS}/{stored['id']}", edit=theirs)
    result, text = run_and_render()
    assert result["failed"] and leaked(text) == [] and "an0th3r-s3cr3t" not in text
    assert statuses(result)["Old"] == "failed"


def test_what_reads_back_different_shows_none(org_with_secrets, run_and_render):
    stored = org_with_secrets.named("Old", "webhooks")
    other = {**stored, "target": {"url": "https://x.example.com/?sig=0th3r-s1gnature", "headers": {}}}
    path = f"{WEBHOOKS}/{stored['id']}"
    org_with_secrets.fault(method="GET", path=path, after=1, times=None, status=200, body=other)
    org_with_secrets.simulator.lag(org_with_secrets.key, "webhooks", lists=60)
    result, text = run_and_render(deadline=5)
    assert result["failed"] and leaked(text) == [] and "0th3r-s1gnature" not in text


@pytest.mark.parametrize(
    "slip",
    [
        lambda config: [config],
        lambda config: json.dumps(config)[:-1],
        json.dumps,
        lambda config: {"webhook": config["webhooks"]},
        lambda config: {"webhooks": config["webhooks"][0]},
        lambda config: {"webhooks": [config["webhooks"]]},
        lambda config: {"webhooks": [json.dumps(config["webhooks"][0])]},
        lambda config: {"webhooks": [{**config["webhooks"][0], "events": ["no.such"], "hedaers": OURS[1]}]},
        lambda config: {"webhooks": [{"name": "A", "targets": config["webhooks"][0]["target"]}]},
        lambda config: {"webhooks": [{"name": "A", "target": config["webhooks"][0]["target"]["url"]}]},
        lambda config: {"data_actions": [{"name": "A", "rest": {"headers": [{"X-Api-Key": OURS[0]}]}}]},
        lambda config: {"data_actions": [{"name": "A", "headers": {"X-Api-Key": OURS[0]}}]},
    ],
)
@pytest.mark.parametrize("state", ["present", "validated"])
def test_a_slip_shows_none(org, slip, state):
    """Check the message and the invocation, which Ansible prints."""
    arguments = {**org.connection, "state": state, "config": slip(entries())}
    result = run_module("genesys_org_config", {**arguments, "concurrency": 99})
    assert result["failed"] and org.log() == []
    assert leaked(json.dumps(result)) == []


def test_the_result_does_not_return_the_entries(org, converge):
    """Check that the invocation has the number of entries instead of the entries."""
    config = {"data_actions": [action("A"), action("B")], "webhooks": [webhook("W")]}
    result = converge(config, check_mode=True)
    shown = result["invocation"]["module_args"]
    assert shown["config"]["data_actions"] == [{"entries": 2}]
    assert shown["client_secret"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
