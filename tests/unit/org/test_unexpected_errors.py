# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of exceptions that the code does not expect: each is the failure of one object, with a result."""

from __future__ import annotations

import json

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._resources import registry
from unit.faulty_hooks import SECRET, faults
from unit.module_runner import run_module
from unit.org.conftest import action, state_of, statuses, stored_action, totals

__all__ = ["faults"]

ERRORS = ("TypeError", "KeyError", "OSError", "RecursionError")
TRACEBACKS = {"_ansible_tracebacks_for": ["error"]}


def records(log):
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return {name: [line["status"] for line in lines if line["name"] == name] for name in "ABC"}


def config(**more):
    return {"data_actions": [action("A"), action("B", **more), action("C")]}


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize(
    ("hook", "written"),
    [("preflight", False), ("encode", None), ("after_write", True), ("check_current", True)],
)
def test_one_object_fails_and_the_others_are_written(org, converge, faults, log, hook, written, error):
    faults.hook("data_action", hook, "B", error)
    secrets = {"rest": {**action("B")["rest"], "headers": {"Authorization": SECRET}}}
    result = converge(config(**secrets), on_error="continue", audit_log=str(log), **TRACEBACKS)
    assert statuses(result) == {"A": "done", "B": "failed", "C": "done"}, result["msg"]
    assert f"The data action 'B' failed with an unexpected {error} in " in result["objects"][1]["error"]
    assert f"{error}" in result["exception"] and "Traceback" in result["exception"]
    assert SECRET not in json.dumps(result) + log.read_text()
    assert result["objects"][1]["changed"] is bool(written)
    told = {False: "Nothing was written.", None: "It is not known", True: ""}[written]
    assert told in result["objects"][1]["error"]
    assert sorted(one["name"] for one in org.objects()) == (["A", "B", "C"] if written else ["A", "C"])
    after = ["applied", "failed"] if written else ["failed"]
    assert records(log) == {"A": ["applied"], "B": after, "C": ["applied"]}


def test_stop_skips_the_rest_and_tells_what_is_unknown(org, converge, faults):
    faults.hook("data_action", "encode", "B")
    result = converge(config(), concurrency=1)
    assert statuses(result) == {"A": "done", "B": "failed", "C": "skipped"}
    assert result["msg"].startswith(
        "1 of 3 objects failed. 1 of them were changed. It is not known whether 1 of them were changed."
    )
    assert [one["name"] for one in org.objects()] == ["A"]


def test_nothing_was_changed_is_not_claimed_after_an_unknown_outcome(org, converge, faults):
    faults.hook("data_action", "encode", "A")
    result = converge({"data_actions": [action("A")]})
    assert "Nothing was changed" not in result["msg"], result["msg"]


@pytest.mark.parametrize("hook", ["preflight", "encode", "after_write", "check_current", "after_all_writes"])
def test_rollback_restores_the_state(org, converge, faults, log, tmp_path, hook):
    org.seed([stored_action("A", description="old")])
    before = state_of(org)
    faults.hook("data_action", hook, "A" if hook == "after_all_writes" else "B")
    journal = tmp_path / "journal.jsonl"
    result = converge(config(), on_error="rollback", audit_log=str(log), journal=str(journal), concurrency=1)
    assert result["failed"] and state_of(org) == before
    if hook == "after_all_writes":  # it fails after the writes of the rollback too
        assert records(log)["A"] == ["applied", "failed", "rolled_back"]
        assert "The rollback failed with an unexpected TypeError" in result["msg"]
    elif hook != "preflight":
        assert records(log)["A"] == ["applied", "rolled_back"]
        assert '"undone"' in journal.read_text()


def test_check_mode_has_a_result_for_every_object(org, converge, faults):
    faults.hook("data_action", "preflight", "B")
    result = converge(config(), check_mode=True)
    assert statuses(result) == {"A": "planned", "B": "failed", "C": "planned"}
    assert totals(result) == {"created": 2, "failed": 1}


def test_an_object_that_cannot_be_read_fails_before_anything_is_written(org, converge, faults):
    org.seed([stored_action("B")])
    faults.hook("data_action", "decode", "B")
    result = converge(config())
    assert result["failed"] and org.writes() == []
    assert "The read of the data actions failed with an unexpected TypeError" in result["msg"]


@pytest.mark.parametrize("hook", ["preflight", "encode", "after_write", "check_current", "after_all_writes"])
def test_a_task_for_one_object_has_a_result(org, faults, log, hook):
    faults.hook("data_action", hook, "B")
    secrets = {"rest": {**action("B")["rest"], "headers": {"Authorization": SECRET}}}
    options = {**org.connection, **action("B", **secrets), "audit_log": str(log), **TRACEBACKS}
    result = run_module("genesys_data_action", options)
    assert result["failed"] and "failed with an unexpected TypeError in faulty_hooks.py" in result["msg"]
    assert "Traceback" in result["exception"] and SECRET not in json.dumps(result) + log.read_text()
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    written = hook not in ("preflight", "encode")
    assert [line["status"] for line in lines] == (["applied", "failed"] if written else ["failed"])
    assert lines[-1]["changed"] is {"preflight": False, "encode": None}.get(hook, True)
    assert bool(result.get("changed")) is written


def test_a_fault_of_the_checks_has_a_result_without_the_arguments(org, faults, monkeypatch):
    (kind,) = (kind for kind in registry.KINDS if kind.name == "data_action")

    def faulty(given, findings):
        raise TypeError(f"cannot handle {given['rest']}")

    monkeypatch.setitem(kind.__dict__, "validate", faulty)
    options = {**org.connection, "_ansible_tracebacks_for": ["error"]}
    options |= action("B", rest={"url": "https://x.example", "headers": {"X-Any": SECRET}})
    for module in ("genesys_data_action", "genesys_org_config"):
        given = options if module == "genesys_data_action" else {**org.connection, "config": config()}
        result = run_module(module, given)
        assert (
            result["failed"]
            and "The check of the task's arguments failed with an unexpected" in result["msg"]
        )
        assert SECRET not in json.dumps(result) and org.log() == []
