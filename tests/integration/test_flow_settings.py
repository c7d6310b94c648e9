# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of flow settings by ansible-playbook (S2.1 to S2.8, S2.11)."""

from __future__ import annotations

import concurrent.futures
import datetime
import typing as t

import pytest

from integration.playbook import PlaybookRun, make_play, run_playbook

MODULE = "genesys.cloud.genesys_flow_settings"
INFO = "genesys.cloud.genesys_flow_info"
ITEM = "/api/v2/architect/flows/*-*"
RELOAD = "/api/v2/architect/flows/reload"
SETTINGS: dict[str, t.Any] = {
    "routing": {"type": "longestAvailable", "maxWaitTime": 600, "scope": {"type": "org", "id": "o-1"}},
    "configurationMatrix": {"affinity": {"key": "queue_affinity", "value": True}},
    "scopeDirectives": {"applyTo": ["queue"], "enforceHierarchy": True},
}


@pytest.fixture
def flow(org):
    """Seed a flow that was last modified two hours ago."""
    modified = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=2)
    (stored,) = org.seed(
        [{"name": "Primary", "version": 14, "settings": SETTINGS, "modifiedDate": modified.isoformat()}],
        "flows",
    )
    return stored


@pytest.fixture
def play(org, playbook):
    """Return a runner of tasks: play({"name": ..., MODULE: {...}}, ...); options as of `playbook`."""

    def run(*tasks: dict[str, t.Any], **options: t.Any) -> PlaybookRun:
        return playbook([make_play(tasks, connection=org.connection)], **options)

    return run


def now(org, name="Primary"):
    return org.named(name, "flows")["settings"]


def test_settings_are_declared_reset_removed_and_left_alone(org, flow, play):
    """Check updates by name and by id, with null, omit and native Jinja types (S2.1, S2.2, S2.4, S2.5)."""
    run = play(
        {
            "name": "Change",
            MODULE: {
                "name": "Primary",
                "routing": {"max_wait_time": "{{ 15 * 2 }}", "scope": None, "type": "{{ omit }}"},
                "configuration_matrix": {
                    "affinity": None,
                    "sessions": {"key": "max_sessions", "value": "{{ 25 * 2 }}"},
                },
                "scope_directives": "{{ omit }}",
            },
            "register": "change",
        },
        {"name": "Again", MODULE: {"id": flow["id"], "routing": {"max_wait_time": 30}}},
        {"name": "Read", INFO: {"name": "Primary"}, "register": "read"},
        {
            "name": "Give back what was read",
            MODULE: {
                "name": "Primary",
                "routing": "{{ read.records[0].routing }}",
                "configuration_matrix": "{{ read.records[0].configuration_matrix }}",
                "matrix_strategy": "replace",
                "scope_directives": "{{ read.records[0].scope_directives }}",
            },
        },
        diff=True,
    )
    assert run.returncode == 0, run.output
    assert [one.status for one in run.tasks] == ["changed", "ok", "ok", "ok"]
    assert now(org) == {
        "routing": {"type": "longestAvailable", "maxWaitTime": 30},
        "configurationMatrix": {"sessions": {"key": "max_sessions", "value": 50}},
        "scopeDirectives": SETTINGS["scopeDirectives"],
    }
    (patch,) = org.log(method="PATCH")
    assert patch["body"]["version"] == 15
    assert "queue_affinity" in run.output, "the diff shows what goes"


def test_two_flows_of_a_name_among_a_thousand(org, play):
    """Check that both flows are found on any page and that the message lists both ids (S2.1)."""
    flows = [{"name": f"Primary {number}"} for number in range(999)]
    (first, *_others, last) = org.seed([{"name": "Primary"}, *flows, {"name": "Primary"}], "flows")
    run = play({"name": "Change", MODULE: {"name": "Primary", "routing": {"type": "a"}}})
    assert run.returncode == 2
    assert (
        first["id"] in run.result("Change").result["msg"] and last["id"] in run.result("Change").result["msg"]
    )
    assert len(org.log(method="GET", path="/api/v2/architect/flows")) == 11
    assert org.writes() == []


def test_wrong_settings_fail_at_once_and_offline(org, flow, play):
    """Check that every problem is reported with its path before any request (S2.2)."""
    wrong = {"routing": {"max_wait_time": -5, "type": ""}, "scope_directives": {"apply_to": ["skill"]}}
    run = play({"name": "Change", MODULE: {"name": "Primary", **wrong}})
    paths = [problem.partition(": ")[0] for problem in run.result("Change").result["problems"]]
    assert sorted(paths) == ["routing.max_wait_time", "routing.type", "scope_directives.apply_to[0]"]
    assert org.log() == []


def test_two_playbooks_at_the_same_instant(org, flow, tmp_path):
    """Check that exactly one of two playbooks updates the flow and the other fails as too soon (S2.3)."""
    org.fault(method="GET", path=ITEM, times=2, delay=2)  # both playbooks have planned by then

    def run(seconds):
        options = {
            "name": "Primary",
            "routing": {"max_wait_time": seconds},
            "min_update_interval": 60,
            "state_path": str(tmp_path / "state"),
        }
        tasks = make_play([{"name": "Change", MODULE: options}], connection=org.connection)
        return run_playbook([tasks], tmp_path / str(seconds)).result("Change")

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run, (31, 32)))
    assert sorted(result.status for result in results) == ["changed", "failed"]
    (refused,) = [result.result["msg"] for result in results if result.status == "failed"]
    assert "min_update_interval asks for 60 s" in refused
    assert len(org.log(method="PATCH")) == 1


def test_too_soon_fails_waits_or_is_warned_of(org, flow, play, tmp_path):
    """Check every choice of on_too_soon; check mode only reports the length of the wait (S2.3)."""
    paced = {"name": "Primary", "min_update_interval": 3600, "state_path": str(tmp_path / "state")}
    wait = {**paced, "on_too_soon": "wait"}
    run = play(
        {"name": "First", MODULE: {**paced, "routing": {"max_wait_time": 31}}},
        {"name": "Check", MODULE: {**wait, "routing": {"max_wait_time": 32}}, "check_mode": True},
        {
            "name": "Refused",
            MODULE: {**paced, "routing": {"max_wait_time": 32}},
            "ignore_errors": True,
        },
        {"name": "Waits", MODULE: {**wait, "routing": {"max_wait_time": 33}, "min_update_interval": 8}},
    )
    assert run.returncode == 0, run.output
    assert "a real run would wait" in run.output
    assert "min_update_interval asks for 3600 s" in run.result("Refused").result["msg"]
    assert run.result("Waits").status == "changed"
    assert now(org)["routing"]["maxWaitTime"] == 33
    first, second = (patch["time"] for patch in org.log(method="PATCH"))
    assert second - first >= 8


def test_a_version_conflict_is_read_and_planned_again(org, flow, play):
    """Check that the change of the other writer survives (S2.4)."""
    org.fault(method="PATCH", path=ITEM, edit={"settings": {"routing": {"type": "theirs"}}})
    run = play({"name": "Change", MODULE: {"name": "Primary", "routing": {"max_wait_time": 30}}})
    assert run.result("Change").status == "changed"
    assert now(org)["routing"] == {**SETTINGS["routing"], "type": "theirs", "maxWaitTime": 30}
    assert [patch["status"] for patch in org.log(method="PATCH")] == [409, 200]


def test_nothing_changed_means_no_patch(org, flow, play):
    """Check that an equal flow gets no PATCH, and that check mode only reports a change (S2.5, C.1)."""
    same = {"name": "Primary", "scope_directives": {"apply_to": ["queue"]}}
    other = {"name": "Primary", "scope_directives": {"apply_to": []}}
    run = play({"name": "Same", MODULE: same}, {"name": "Other", MODULE: other}, check=True, diff=True)
    assert [one.status for one in run.tasks] == ["ok", "changed"]
    assert run.result("Other").result["diff"]["after"]["scope_directives"]["apply_to"] == []
    assert org.writes() == []


def test_a_failing_reload_warns_or_fails(org, flow, play):
    """Cover S2.6."""
    org.fault(method="POST", path=RELOAD, times=None, status=503)
    quick = {"name": "Primary", "retries": 0, "rollback_on_failure": False}
    run = play(
        {"name": "Warn", MODULE: {**quick, "routing": {"max_wait_time": 31}, "on_reload_failure": "warn"}},
        {"name": "Fail", MODULE: {**quick, "routing": {"max_wait_time": 32}}, "ignore_errors": True},
    )
    assert [one.status for one in run.tasks] == ["changed", "failed"]
    assert run.result("Warn").result["reload"] == "failed"
    assert "the reload after it failed" in run.output
    assert run.result("Fail").result["changed"] is True
    assert now(org)["routing"]["maxWaitTime"] == 32


def test_targets_that_cannot_be_read_stop_the_change(new_org, playbook):
    """Check that the missing scope is named, in check mode too (S2.7)."""
    scopes = [
        "architect:read",
        "architect:write",
        "flow:read",
        "flow:write",
        "organization:read",
        "queue:read",
    ]
    org = new_org(scopes=scopes)
    org.seed([{"name": "Primary", "settings": {}}], "flows")
    task = {"name": "Primary", "scope_directives": {"apply_to": ["queue", "user", "team"]}}
    tasks = [{"name": "Change", MODULE: task}, {"name": "Never", "ansible.builtin.debug": {}}]
    run = playbook([make_play(tasks, connection=org.connection)], check=True)
    message = run.result("Change").result["msg"]
    assert run.returncode == 2 and run.results("Never") == []
    assert message.startswith("2 problems with the targets of the settings, nothing was written:")
    assert "scope user:read is missing" in message and "scope team:read is missing" in message
    assert org.writes() == []


def test_a_rescue_sees_what_happened_and_goes_back(org, flow, play):
    """Check the automatic rollback, and a return to the snapshot where rollback is off (S2.8)."""
    org.fault(method="POST", path=RELOAD, times=3, status=503)
    change = {
        "name": "Primary",
        "retries": 0,
        "routing": {"type": "other"},
        "configuration_matrix": {"p": {"key": "k", "value": 1}},
    }
    run = play(
        {"name": "Rolls back", MODULE: change, "ignore_errors": True},
        {
            "name": "Change",
            "block": [
                {"name": "Breaks", MODULE: {**change, "rollback_on_failure": False}, "register": "broken"}
            ],
            "rescue": [
                {"name": "Goes back", MODULE: {"name": "Primary", "snapshot": "{{ broken.snapshot }}"}}
            ],
        },
    )
    assert run.returncode == 0, run.output
    first = run.result("Rolls back").result
    assert (first["changed"], first["rolled_back"], first["rollback_reload"]) == (False, True, "failed")
    assert "The change was rolled back" in first["msg"]
    second = run.result("Breaks").result
    assert (second["changed"], second["rolled_back"], second["plan"]) == (True, False, "update")
    assert run.result("Goes back").status == "changed"
    assert now(org) == SETTINGS
    assert org.named("Primary", "flows")["version"] == 18


@pytest.mark.parametrize("token_request", ["json", "form", "basic"])
def test_the_token_endpoint_is_configurable(org, flow, play, token_request):
    """Check the path of the token endpoint and the transport of the client's credentials (S2.11)."""
    path = "/api/v2/oauth/token" if token_request == "json" else "/oauth/token"
    run = play(
        {"name": "Read", INFO: {"name": "Primary", "token_path": path, "token_request": token_request}},
    )
    assert run.returncode == 0, run.output
    (token,) = org.log(path="*/token")
    assert (token["path"], token["status"]) == (path, 200)
    basic = token["request_headers"].get("authorization", "").startswith("Basic ")
    assert (basic, "client_secret" in token["body"]) == (token_request == "basic", token_request != "basic")
