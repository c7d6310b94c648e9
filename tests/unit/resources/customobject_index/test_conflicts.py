# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of two writers of one schema; both changes survive, even before they show (S0.5, S4.2, S4.6)."""

from __future__ import annotations

import concurrent.futures
import json
import time
import urllib.request

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._resources.customobject_index import (
    rebuild as rebuild_module,
)
from unit.resources.customobject_index.conftest import BY_PRIORITY, BY_STATUS, SCHEMA_PATH

STORED_STATUS = {**BY_STATUS, "order": "asc"}
THEIRS = {"name": "theirs", "fields": ["created"], "order": "asc"}


def puts(org):
    return [entry["status"] for entry in org.log("PUT")]


def test_an_index_that_others_add_is_merged(org, index, ticket, schema):
    org.fault(method="PUT", path=SCHEMA_PATH, times=1, edit={"indexes": [STORED_STATUS, THEIRS]})
    result = index(indexes=[BY_PRIORITY])
    assert (result["changed"], puts(org)) == (True, [412, 200])
    assert schema()["indexes"] == [STORED_STATUS, THEIRS, BY_PRIORITY]


def test_a_hint_and_a_description_that_others_set_are_merged(org, index, ticket, schema):
    fields = [{**field, "cardinalityHint": "medium"} for field in ticket["fields"]]
    org.fault(method="PUT", path=SCHEMA_PATH, times=1, edit={"fields": fields, "description": "theirs"})
    result = index(indexes=[BY_PRIORITY], field_optimizations={"urgent": {"cardinality_hint": "medium"}})
    assert not result.get("failed"), result["msg"]
    assert schema()["fields"] == fields
    assert schema()["description"] == "theirs"


@pytest.mark.parametrize(
    "theirs",
    [
        [STORED_STATUS, {**BY_PRIORITY, "order": "asc"}],
        [{**STORED_STATUS, "fields": ["status"]}, BY_PRIORITY],
    ],
    ids=["the new one", "the replaced one"],
)
def test_a_declared_index_that_others_set_to_something_else_is_a_conflict(org, index, ticket, schema, theirs):
    org.fault(method="PUT", path=SCHEMA_PATH, times=1, edit={"indexes": theirs})
    ours = [BY_PRIORITY, {**STORED_STATUS, "order": "desc"}]
    result = index(indexes=ours)
    assert result["failed"] and puts(org) == [412]
    (conflict,) = result["conflicts"]
    assert (conflict["path"], conflict["theirs"]) == ("indexes", theirs)
    assert schema()["indexes"] == theirs


def test_overwrite_keeps_declared_indexes_and_the_rest_of_a_concurrent_change(org, index, ticket, schema):
    theirs = [STORED_STATUS, {**BY_PRIORITY, "order": "asc"}, THEIRS]
    org.fault(method="PUT", path=SCHEMA_PATH, times=1, edit={"indexes": theirs})
    assert index(indexes=[BY_PRIORITY], on_conflict="overwrite")["changed"]
    assert schema()["indexes"] == [STORED_STATUS, BY_PRIORITY, THEIRS]


def test_an_index_that_others_removed_first_is_no_conflict(org, index, ticket, schema):
    org.fault(method="PUT", path=SCHEMA_PATH, times=1, edit={"indexes": []})
    assert not index(indexes=[{"name": "by_status", "state": "absent"}]).get("failed")
    assert schema()["indexes"] == []
    assert puts(org) == [412]


def test_others_made_the_very_change(org, index, ticket, schema):
    org.fault(method="PUT", path=SCHEMA_PATH, times=1, edit={"indexes": [STORED_STATUS, BY_PRIORITY]})
    result = index(indexes=[BY_PRIORITY])
    assert (result.get("failed"), result["changed"], puts(org)) == (None, False, [412])


def test_a_conflict_about_nothing_costs_no_wait(org, index, ticket):
    """Check that a 412 without a change of the schema is retried at once."""
    org.fault(method="PUT", path=SCHEMA_PATH, times=1, status=412)
    assert index(indexes=[BY_PRIORITY])["changed"]
    assert puts(org) == [412, 200]
    methods = [entry["method"] for entry in org.log(path=SCHEMA_PATH)]
    assert methods[:4] == ["GET", "PUT", "GET", "PUT"]


def test_three_overtaken_writes_give_up(org, index, ticket, schema):
    edits = [{"description": f"theirs {number}"} for number in range(9)]
    org.fault(method="PUT", path=SCHEMA_PATH, times=None, edit=edits)
    result = index(indexes=[BY_PRIORITY])
    assert "in each of 3 attempts" in result["msg"]
    assert puts(org) == [412] * 3


@pytest.fixture
def second_writer(org, ticket):
    """Yield a writer that PUTs indexes directly after the module sent its PUT, which the simulator delays."""

    def write(indexes):
        while not org.log("PUT"):
            time.sleep(0.02)
        owned = ("id", "schemaVersion", "lastUpdated")
        body = {**{key: value for key, value in ticket.items() if key not in owned}, "indexes": indexes}
        token = org.simulator.token(org.key)
        request = urllib.request.Request(
            f"{org.base_url}{SCHEMA_PATH}",
            json.dumps(body).encode(),
            {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
            method="PUT",
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status

    org.fault(method="PUT", path=SCHEMA_PATH, times=1, delay=1)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        yield lambda indexes: pool.submit(write, indexes)


@pytest.mark.parametrize("order", ["indexes_first", "version_first", "together"])
def test_a_change_that_was_accepted_and_does_not_show_yet_survives(org, index, schema, second_writer, order):
    """Check reads that still show the old schema; writing on them would revert the change (S0.5)."""
    org.simulator.rebuild(org.key, duration=1.5, order=order)
    writer = second_writer([STORED_STATUS, THEIRS])
    result = index(indexes=[BY_PRIORITY])
    assert (writer.result(), puts(org).count(412)) == (200, 1)
    assert schema()["indexes"] == [STORED_STATUS, THEIRS, BY_PRIORITY]
    assert (result["changed"], result["rebuild"]) == (True, "finished")


def test_a_change_of_others_that_never_shows_stops_the_task(org, index, schema, second_writer):
    """Check that nothing is written, because a write could revert the change (S4.6)."""
    org.simulator.rebuild(org.key, duration=0, never=True, order="together")
    writer = second_writer([STORED_STATUS, THEIRS])
    result = index(indexes=[BY_PRIORITY], wait_timeout=1)
    assert "did not show within 1 s (wait_timeout)" in result["msg"]
    assert (writer.result(), sorted(puts(org))) == (200, [200, 412])
    assert schema()["indexes"] == [STORED_STATUS, THEIRS]


def test_others_wrote_what_was_there_already(org, index, schema, second_writer, monkeypatch):
    """Check a new version with equal content; the task continues after a short wait (S4.6)."""
    monkeypatch.setattr(rebuild_module, "_CONTENT_DELAY", 1.0)
    org.simulator.rebuild(org.key, duration=0)
    writer = second_writer([STORED_STATUS])
    result = index(indexes=[BY_PRIORITY])
    assert (writer.result(), puts(org).count(412), result["rebuild"]) == (200, 1, "finished")
    assert schema()["indexes"] == [STORED_STATUS, BY_PRIORITY]


@pytest.mark.parametrize("drop", ["before", "after"])
def test_a_write_whose_answer_is_lost_is_not_sent_on_top_of_itself(org, index, ticket, schema, drop):
    """Cover S4.5 and S4.6."""
    org.simulator.rebuild(org.key, duration=1, order="version_first")
    org.fault(method="PUT", path=SCHEMA_PATH, times=1, drop=drop)
    result = index(indexes=[BY_PRIORITY])
    assert (result.get("failed"), result["changed"], result["rebuild"]) == (None, True, "finished")
    assert puts(org).count(200) == 1
    assert schema()["schemaVersion"] == 8


def test_a_schema_that_others_removed_meanwhile(org, index, ticket):
    org.fault(method="PUT", path=SCHEMA_PATH, times=1, status=412)
    org.fault(method="GET", path=SCHEMA_PATH, after=1, times=1, delete=True)
    result = index(indexes=[BY_PRIORITY])
    assert "was removed by a concurrent change during its update." in result["msg"]
    assert "create it anew" not in result["msg"]
