# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of answers with another object than the one asked for, and of answers of a wrong type."""

from __future__ import annotations

import json

import pytest

from unit.module_runner import run_module
from unit.scripted_server import Answer, ScriptedServer

PATH = "/api/v2/platform/webhooks"
TASK = {"name": "W", "events": ["flow.updated"], "target": {"url": "https://hooks.example.com/in"}}


def stored(identifier="w-1", **changes):
    target = {"url": "https://hooks.example.com/old", "headers": {}}
    events = [{"eventType": "flow.updated"}]
    return {"id": identifier, "name": "W", "enabled": True, "events": events, "target": target, **changes}


@pytest.fixture
def server():
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def run(server):
    """Return a runner of genesys_webhook, or of another module, against the scripted server."""

    def run_task(module="genesys_webhook", **options):
        connection = {"base_url": server.base_url, "client_id": "c", "client_secret": "s3cr3t-5f0d"}
        return run_module(module, {**connection, "retries": 0, "deadline": 5, "list_lag": 0, **options})

    return run_task


def writes(server):
    return [f"{call.method} {call.path}" for call in server.calls if call.method != "GET"]


@pytest.mark.parametrize("options", [TASK, {"state": "absent"}], ids=["update", "remove"])
def test_an_object_with_another_id_is_neither_written_nor_deleted(server, run, options):
    server.script(Answer(body=stored("precious")))
    result = run(**{**options, "id": "w-1"})
    assert result["msg"] == (
        f"GET {PATH}/w-1 was answered 200 with another object ('W', id 'precious'). A proxy or cache before "
        "the API may mix up responses."
    )
    assert writes(server) == []


def test_an_info_module_shows_no_other_object(server, run):
    server.script(Answer(body=stored("precious")))
    assert "another object" in run("genesys_webhook_info", id="w-1")["msg"]


def test_the_answer_to_an_update_must_be_the_updated_object(server, run):
    """Check that the object of the answer is not taken for the written one: the task reads again."""
    now = stored(target={"url": TASK["target"]["url"], "headers": {}})
    server.respond(
        lambda request: Answer(
            body={"entities": [stored()], "total": 1}
            if request.path == PATH
            else stored("precious")
            if request.method == "PUT"
            else now
            if any(call.method == "PUT" for call in server.calls)
            else stored()
        )
    )
    result = run(**TASK)
    assert result["changed"] and result["record"]["id"] == "w-1"
    assert writes(server) == [f"PUT {PATH}/w-1"]


def test_the_answer_to_a_creation_must_be_the_created_object(server, run, tmp_path):
    """Check that no rollback would remove the other object, and that no retry creates a duplicate."""
    journal = tmp_path / "journal.jsonl"
    server.respond(
        lambda request: (
            Answer(body={"id": "o-1", "name": "Org"})
            if request.path.endswith("/me")
            else Answer(body={"entities": [], "total": 0})
            if request.method == "GET"
            else Answer(body=stored("precious", name="Precious"))
        )
    )
    result = run(**TASK, journal=str(journal))
    assert result["msg"].startswith(
        f"POST {PATH} was answered with another object ('Precious', id 'precious')."
    )
    assert writes(server) == [f"POST {PATH}"]
    assert "precious" not in journal.read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"etag": 7}, "etag must be a string, not a whole number"),
        ({"version": "7"}, "version must be a whole number, not a string"),
        ({"name": ["W"]}, "name must be a string, not a list"),
        ({"enabled": "yes"}, "enabled must be a boolean, not a string"),
        ({"target": []}, "target must be an object, not a list"),
        ({"target": {"url": "https://h", "headers": {"A": 1}}}, "target.headers.A must be a string, not a"),
        ({"id": ""}, "id is empty"),
    ],
)
def test_a_wrong_type_is_named_with_its_place(server, run, changes, fault):
    server.script(Answer(body=stored(**changes)))
    result = run(**TASK, id="w-1")
    assert "a webhook" in result["msg"] and f"describes it: {fault}" in result["msg"], result["msg"]
    assert writes(server) == []


def test_unknown_fields_of_any_type_survive(server, run):
    before = stored(colour={"deep": [None, {"x": 1}]}, rest="spoof", plan=7)
    server.respond(
        lambda request: (
            Answer(body={"entities": [before], "total": 1}) if request.path == PATH else Answer(body=before)
        )
    )
    run(**{**TASK, "verify": False})
    (put,) = [call for call in server.calls if call.method == "PUT"]
    assert json.loads(put.body)["colour"] == before["colour"]
    assert json.loads(put.body)["rest"] == "spoof"


@pytest.mark.parametrize("body", [b"", b'{"name": "Org"}', b'{"id": 7}', b'{"id": null, "name": []}'])
def test_an_org_without_an_id_is_refused(server, run, body):
    server.script(Answer(202 if not body else 200, body))
    result = run(**TASK, organization="Org")
    assert (
        "organizations/me was answered with an org that is not as the API describes it: id" in result["msg"]
    )
    assert writes(server) == []


@pytest.mark.parametrize("levels", [101, 450, 100_000])
def test_deep_nesting_is_refused(server, run, levels):
    deep = b"[" * levels + b"]" * levels
    server.script(Answer(body=b'{"id": "w-1", "name": "W", "note": ' + deep + b"}"))
    result = run(**TASK, id="w-1")
    assert "with JSON that is nested in more than 100 levels" in result["msg"]


def test_nesting_up_to_the_limit_is_read_and_written(server, run):
    note = []
    for _level in range(98):
        note = [note]
    server.respond(lambda request: Answer(body=stored(note=note)))
    result = run(**{**TASK, "id": "w-1", "verify": False, "on_conflict": "overwrite"})
    assert result["changed"] and result["record"]["note"] == note


def test_an_audit_record_of_a_wrong_type_is_refused(server, run):
    record = {"id": "r-1", "timestamp": "2026-01-01T00:00:00Z", "actorId": ["x"]}
    server.script(Answer(body={"entities": [record], "total": 1}))
    result = run("genesys_audit_info", entity_id="w-1")
    assert "actorId must be a string, not a list" in result["msg"]
