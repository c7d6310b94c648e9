# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of reading audit records over all pages and of waiting for them until a deadline (S0.9)."""

from __future__ import annotations

import threading
import time

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._api.profile import AuditFilter
from ansible_collections.genesys.cloud.plugins.module_utils._engine.run_cache import RunCache
from ansible_collections.genesys.cloud.plugins.module_utils._reporting.org_audit import AuditReader
from unit.module_runner import run_module
from unit.patience import FOREVER, PATIENCE
from unit.reporting.org_audit.conftest import QUERY, RECORDS, stored_record
from unit.scripted_server import Answer, ScriptedServer


def test_every_page_sorted_by_time_in_snake_case(org, audit):
    """Check the order of the records; the API promises none (S0.9)."""
    org.seed(
        [
            stored_record(id=f"r{n}", timestamp=f"2026-01-20T{n % 24:02}:00:00.{999 - n:03}Z")
            for n in range(250)
        ],
        RECORDS,
    )
    org.seed([stored_record(id="other", entityId="a2")], RECORDS)
    result = audit(entity_id="a1")
    times = [record["timestamp"] for record in result["records"]]
    assert times == sorted(times) and len(times) == 250 and not result["changed"]
    first = result["records"][0]
    assert set(first) == {"id", "timestamp", "actor_id", "operation", "status", "event_type", "entity_id"}
    asked = [entry["body"] for entry in org.log(path=QUERY)]
    assert [(body["size"], body["pageNumber"]) for body in asked] == [(100, 1), (100, 2), (100, 3)]
    assert asked[0]["query"] == {"entityId": "a1"}


def test_by_entity_and_event_type(org, audit):
    """Cover S0.9."""
    kinds = ("flow.updated", "flow.created", "data.action.updated")
    org.seed([stored_record(id=kind, eventType=kind, entityId="f1") for kind in kinds], RECORDS)
    org.seed([stored_record(id="other", eventType="flow.created")], RECORDS)
    only = audit(entity_id="f1", event_type="flow.created")
    assert [record["id"] for record in only["records"]] == ["flow.created"]
    both = audit(event_type="flow.created")
    assert {record["id"] for record in both["records"]} == {"flow.created", "other"}
    assert audit(entity_id="none")["records"] == []


def test_the_query_only_reads_and_is_repeated(org, audit):
    """Cover S0.6."""
    org.seed([stored_record(id="r1")], RECORDS)
    org.fault(method="POST", path=QUERY, drop="after")
    result = audit(entity_id="a1")
    assert [record["id"] for record in result["records"]] == ["r1"]
    assert result["api"]["retries"] == 1


def test_waits_until_there_are_enough(org, audit):
    """Cover S0.9."""
    org.simulator.lag(org.key, RECORDS, lists=1)
    started = time.monotonic()
    org.seed([stored_record(id="r1"), stored_record(id="r2")], RECORDS)
    result = audit(entity_id="a1", wait_for=2, wait_timeout=FOREVER)
    assert len(result["records"]) == 2
    assert 1 <= time.monotonic() - started < PATIENCE


def test_what_is_there_is_not_waited_for(org, audit):
    org.seed([stored_record(id="r1"), stored_record(id="r2")], RECORDS)
    assert len(audit(entity_id="a1", wait_for=1)["records"]) == 2
    assert len(org.log(path=QUERY)) == 1


def test_a_time_out_says_how_many_there_were(org, audit):
    """Check that the task ends at the deadline and returns the last state (S0.9)."""
    org.seed([stored_record(id="r1")], RECORDS)
    later = threading.Timer(0.6, org.seed, ([stored_record(id="r2", actorId="late")], RECORDS))
    later.start()
    started = time.monotonic()
    result = audit(entity_id="a1", event_type="data.action.updated", wait_for=3, wait_timeout=2)
    later.join()
    assert result["failed"] and 1.9 < time.monotonic() - started < PATIENCE
    assert "has 2 of the 3 expected records of 'data.action.updated' on the entity 'a1'" in result["msg"]
    assert "by late at 2026-01-20T14:22:00.000Z" in result["msg"] and "wait_timeout" in result["msg"]
    assert [record["id"] for record in result["records"]] == ["r1", "r2"]


def test_failing_reads_do_not_end_the_wait(org, audit):
    """Check that the wait continues until the deadline, whose message has the last failure (S0.9)."""
    org.fault(method="POST", path=QUERY, status=503, times=None, after=1)
    result = audit(entity_id="a1", wait_for=1, wait_timeout=1.5)
    assert "has 0 of the 1 expected records" in result["msg"] and "503" in result["msg"]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({}, "entity_id: is required, or event_type"),
        ({"entity_id": " "}, "entity_id: must not be empty"),
        ({"event_type": "data.action.update"}, "did you mean 'data.action.updated'?"),
        ({"entity_id": "a1", "wait_for": 0}, "wait_for: must be 1 or more"),
        ({"entity_id": "a1", "wait_timeout": 0}, "wait_timeout: must be more than 0 seconds"),
        ({"entity_id": "a1", "sinse": "2026-01-01"}, "sinse: is not an option"),
    ],
)
def test_input(org, audit, options, problem):
    assert problem in audit(**options)["msg"]
    assert org.log() == []


def test_missing_scope_is_named(new_org):
    """Cover S0.10."""
    org = new_org(scopes=["organization:read"])
    assert "audit:read" in run_module("genesys_audit_info", {**org.connection, "entity_id": "a1"})["msg"]


def pages(*answers):
    server = ScriptedServer()
    server.script(*(Answer(body={"entities": list(found), "total": total}) for found, total in answers))
    return server


def read_audit(server):
    return AuditReader(server.client(), AuditFilter(entity_id="a1"), RunCache()).read()


def records(*numbers):
    return [{"id": f"r{n}", "timestamp": f"2026-01-20T14:22:{n:02}.000Z"} for n in numbers]


def test_records_that_come_between_two_pages_disturb_nothing():
    """Check a list that returns the newest record first, so that a new one shifts all others (S0.9)."""
    with pages((records(3, 2), 3), (records(2, 1), 4), ([], 4)) as server:
        found = read_audit(server)
    assert [record["id"] for record in found] == ["r1", "r2", "r3"]


def test_a_missing_record_makes_it_read_again():
    with pages((records(3, 2), 3), ([], 3), (records(3, 2), 3), (records(1), 3)) as server:
        assert len(read_audit(server)) == 3


def test_times_in_other_forms_sort_by_what_they_mean():
    times = ["2026-01-20T14:00:00Z", "2026-01-20T14:00:00+02:00", "2026-01-20T13:00:00", "soon", None]
    entities = [{"id": str(number), "timestamp": text} for number, text in enumerate(times)]
    with pages((entities, 5)) as server:
        found = [record["id"] for record in read_audit(server)]
    assert found[:3] == ["1", "2", "0"]
