# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of custom object indexes by ansible-playbook (S4.1 to S4.7, S4.9)."""

from __future__ import annotations

import typing as t

import pytest

MODULE = "genesys.cloud.genesys_customobject_index"
INFO = "genesys.cloud.genesys_customobject_info"
PATH = "/api/v2/data-gateway/customobjects/schemas/order"
QUERIES = "/api/v2/data-gateway/customobjects/queries"
SCHEMA: dict[str, t.Any] = {
    "id": "order",
    "name": "Order",
    "fields": [
        {"name": "state", "type": "string", "maxLength": 20, "cardinalityHint": "low"},
        {"name": "number", "type": "number", "cardinalityHint": "high"},
        {"name": "placed", "type": "date"},
        {"name": "lines", "type": "json"},
        {"name": "note", "type": "string", "maxLength": 4000},
        {"name": "buyer", "type": "reference"},
    ],
    "indexes": [{"name": "by_state", "fields": ["state"], "order": "asc"}],
    "partition": "unknown to the collection",
    "schemaVersion": 3,
}
BY_NUMBER = {"name": "by_number", "fields": ["number", "placed"], "order": ["asc", "desc"]}


@pytest.fixture
def play(playbook, org):
    """Return a runner of module tasks by name on the seeded schema: play({"Add": {"indexes": [...]}})."""
    org.seed([SCHEMA], "customobjects")
    org.seed([{"customObjectId": "order", "values": {"number": 7}}], "customobject_records")

    def run(tasks: dict[str, dict[str, t.Any]], *more: dict[str, t.Any], **options: t.Any) -> t.Any:
        defaults = {"group/genesys.cloud.genesys": {**org.connection, "custom_object_id": "order"}}
        entries = [{"name": name, MODULE: given, "ignore_errors": True} for name, given in tasks.items()]
        return playbook(
            [
                {
                    "name": "Test",
                    "hosts": "all",
                    "gather_facts": False,
                    "module_defaults": defaults,
                    "tasks": [*entries, *more],
                }
            ],
            **options,
        )

    return run


def test_indexes_are_merged_removed_and_left_alone(org, play):
    """Check one write per change, none for equal indexes, and the diff (S4.2, S4.3, S4.5, S4.9)."""
    declared = {
        "indexes": [BY_NUMBER, {"name": "by_state", "fields": ["state"], "order": "desc"}],
        "field_optimizations": {"placed": {"cardinality_hint": "medium"}},
    }
    tasks = {
        "Add and replace": declared,
        "Again": declared,
        "Remove one": {"indexes": [{"name": "by_state", "state": "absent"}]},
        "Remove by the task": {"state": "absent", "indexes": [BY_NUMBER, {"name": "by_state"}]},
        "Null hint": {"field_optimizations": {"placed": None}},
    }
    run = play(tasks, {"name": "Read", INFO: {}}, diff=True)
    assert run.returncode == 0, run.output
    assert [run.result(name).status for name in tasks] == ["changed", "ok", "changed", "changed", "changed"]
    assert len(org.log("PUT", PATH)) == 4
    first = run.result("Add and replace").result
    assert [entry["name"] for entry in first["record"]["indexes"]] == ["by_state", "by_number"]
    assert '-            "order": "asc"' in run.stdout and '+            "order": "desc"' in run.stdout
    (record,) = run.result("Read").result["records"]
    assert (record["indexes"], record["schema_version"], record["partition"]) == ([], 7, SCHEMA["partition"])
    (stored,) = org.objects("customobjects")
    assert stored["fields"] == SCHEMA["fields"]


def test_check_mode_writes_nothing(org, play):
    """Cover S4.2 and C.1."""
    run = play({"Add": {"indexes": [BY_NUMBER]}}, check=True, diff=True)
    assert run.result("Add").status == "changed"
    assert '"name": "by_number"' in run.stdout
    assert org.writes() == []


def test_every_violation_is_reported_together_before_any_write(org, play):
    """Check six indexes where five may be: no such field, json, no target, free text (S4.1, S4.4)."""
    indexes = [
        {"name": "i_missing", "fields": ["numbr"]},
        {"name": "i_json", "fields": ["lines"]},
        {"name": "i_reference", "fields": ["buyer"]},
        {"name": "i_text", "fields": ["note"]},
        {"name": "i_good", "fields": ["placed"]},
    ]
    warned = {"indexes": [indexes[3]], "on_low_selectivity": "warn"}
    run = play({"Refused": {"indexes": indexes}, "Warned": warned})
    refused = run.result("Refused")
    assert refused.status == "failed"
    problems = "\n".join(refused.result["problems"])
    for words in (
        "6 indexes",
        "'i_missing' names the field 'numbr'",
        "did you mean 'number'?",
        "'i_json' has the field 'lines' of the type json",
        "'i_reference' has the reference 'buyer', which has no target",
        "'i_text' has the free text 'note'",
    ):
        assert words in problems
    assert len(refused.result["problems"]) == 5
    assert run.result("Warned").status == "changed"
    assert "free text 'note'" in run.output
    assert len(org.log("PUT", PATH)) == 1


@pytest.mark.parametrize(
    ("rebuild", "fault"),
    [
        ({"duration": 1, "order": "indexes_first"}, {"status": 429, "retry_after": 1}),
        ({"duration": 1, "order": "version_first"}, {"revoke_token": True}),
        ({"duration": 0.2, "flap": True}, {"status": 503}),
    ],
    ids=["indexes before the version, 429", "version before the indexes, token revoked", "flapping, 503"],
)
def test_the_rebuild_is_waited_for(org, play, rebuild, fault):
    """Cover S4.6."""
    org.simulator.rebuild(org.key, **rebuild)
    org.fault(method="GET", path=PATH, after=1, times=1, **fault)
    run = play({"Add": {"indexes": [BY_NUMBER]}})
    result = run.result("Add").result
    assert (result["changed"], result["rebuild"]) == (True, "finished"), run.output
    assert [entry["name"] for entry in result["record"]["indexes"]] == ["by_state", "by_number"]
    assert result["record"]["schema_version"] == 4


def test_a_rebuild_that_never_ends(org, play):
    """Check that the failure returns the last state and says that the write was accepted (S4.6)."""
    org.simulator.rebuild(org.key, duration=0, never=True, order="version_first")
    run = play(
        {
            "Wait": {"indexes": [BY_NUMBER], "wait_timeout": 1},
            "Do not wait": {"indexes": [BY_NUMBER], "wait": False},
        }
    )
    failure = run.result("Wait")
    assert (failure.status, failure.result["changed"]) == ("failed", True), run.output
    assert failure.result["last_state"] == {"schema_version": 4, "indexes": ["by_state"]}
    assert (
        "was accepted" in failure.result["msg"] and "not yet as declared: by_number" in failure.result["msg"]
    )
    assert (run.result("Do not wait").status, run.result("Do not wait").result["rebuild"]) == (
        "changed",
        "pending",
    )


def test_a_query_verifies_that_an_index_serves(org, play):
    """Check a used index, and a full scan as warning and as error, without the value (S4.7)."""
    scan = {"field": "placed", "value": "2026-01-31-personal"}
    run = play(
        {
            "Used": {"indexes": [BY_NUMBER], "verify_query": {"field": "number", "value": 7}},
            "Warns": {"verify_query": scan},
            "Fails": {"verify_query": {**scan, "on_full_scan": "fail"}},
        }
    )
    told = run.result("Used").result["verification"]
    assert (told["index_used"], told["matches"], told["query_plan"]["index"]) == (True, 1, "by_number")
    assert run.result("Warns").status == "ok"
    advice = "order its fields ['placed', 'number'], or declare another index that begins with 'placed'"
    assert advice in " ".join(run.result("Warns").result["warnings"])
    assert (run.result("Fails").status, run.result("Fails").result["changed"]) == ("failed", False)
    assert advice in run.result("Fails").result["msg"]
    assert "personal" not in run.output
    assert len(org.log("POST", QUERIES)) == 3
