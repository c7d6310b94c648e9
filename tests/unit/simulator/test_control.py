# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control API: orgs, seeds and changes by another writer."""

from __future__ import annotations

import json
import re
import socket
import urllib.parse

import pytest

from simulator import app, seeding
from simulator.control import ControlError

PATH = "/api/v2/architect/data-actions"
PURPOSE = {"name": "A", "description": "old", "retentionPeriod": "180d", "legalBasis": "consent"}


def test_orgs_get_a_key_an_id_and_a_name(simulator, client):
    created = simulator.create_org("named-1", name="Acme", id="11111111-2222-4333-8444-555555555555")
    assert created == {"key": "named-1", "name": "Acme", "id": "11111111-2222-4333-8444-555555555555"}
    bare = simulator.create_org("bare-1")
    assert bare["name"] == "bare-1"
    assert re.fullmatch(r"[0-9a-f-]{36}", bare["id"])


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"key": "", "name": "x"}, "key: String should have at least 1"),
        ({"key": "twice"}, "exists already"),
        ({"key": "other", "clients": [{"client_id": "taken", "client_secret": "s"}]}, "another org"),
        ({"key": "other", "clients": [{"client_id": "c"}]}, "client_secret"),
        ({"key": "other", "clients": [{"client_id": "c", "client_secret": "s", "scopes": ["x"]}]}, "scope x"),
        ({"key": "other", "datasets": "crm"}, "datasets"),
        ({"key": "other", "token_lifetime": "long"}, "token_lifetime"),
    ],
)
def test_orgs_that_cannot_be(given, reason):
    world = app.new_world()
    seeding.create_org(world, {"key": "twice", "clients": [{"client_id": "taken", "client_secret": "s"}]})
    with pytest.raises(seeding.SetupError, match=reason):
        seeding.create_org(world, given)
    assert set(world.orgs) == {"twice"}


def test_errors_come_back_as_exceptions(simulator, org):
    with pytest.raises(ControlError, match="no org nowhere"):
        simulator.log("nowhere")
    with pytest.raises(ControlError, match="no kind unicorns; there are data_actions"):
        simulator.seed(org.key, "unicorns", [])
    with pytest.raises(ControlError, match="no object 17"):
        simulator.edit(org.key, "data_actions", "17", {})
    with pytest.raises(ControlError, match="no object 17"):
        simulator.delete(org.key, "data_actions", "17")
    with pytest.raises(ControlError, match="exists already"):
        simulator.create_org(org.key)


def test_seeds_are_unchecked_and_completed(org, api):
    given = [
        {"name": "A", "colour": "red"},
        {"id": "my-id", "name": "B", "type": "rest", "version": 7, "etag": "e1"},
    ]
    first, second = org.seed(given)
    assert first["colour"] == "red" and first["version"] == 1 and first["etag"] and first["dateCreated"]
    assert (second["id"], second["version"], second["etag"]) == ("my-id", 7, "e1")
    assert api.get(f"{PATH}/my-id").headers["ETag"] == '"e1"'
    assert org.objects() == [first, second]


def test_an_edit_is_a_merge_patch_and_a_new_version(org, api):
    rest = {"url": "/a", "httpMethod": "GET", "headers": {"A": "1", "B": "2"}}
    (before,) = org.seed([{"name": "A", "type": "rest", "description": "x", "restConfig": rest}])
    org.edit(before["id"], {"description": None, "restConfig": {"headers": {"B": None, "C": "3"}}})
    after = api.get(f"{PATH}/{before['id']}").json()
    assert after["restConfig"] == {"url": "/a", "httpMethod": "GET", "headers": {"A": "1", "C": "3"}}
    assert "description" not in after
    assert after["version"] == 2 and after["etag"] != before["etag"]


def test_delete_behind_the_clients_back(org, api):
    (stored,) = org.seed([{"name": "A", "type": "rest"}])
    org.delete(stored["id"])
    assert api.get(f"{PATH}/{stored['id']}").status_code == 404


def test_reset_keeps_clients_tokens_and_datasets(simulator, org, api):
    org.seed([{"name": "A", "type": "rest"}])
    org.fault(status=503, times=None)
    simulator.rate_limit(org.key, allowed=0)
    simulator.reset(org.key)
    assert (org.objects(), org.log(), simulator.faults(org.key)) == ([], [], [])
    condition = {"type": "EXISTS", "value": {"type": "DATASET", "datasetId": "hr", "fieldId": "x"}}
    answer = api.post(PATH, json={"name": "A", "type": "rest", "conditions": [condition]})
    assert answer.status_code == 422


def test_tokens_for_tests_that_have_no_client(simulator, org, client):
    token = simulator.token(org.key, scopes=["dataactions:read"])
    connection = client()
    assert connection.get(PATH, headers={"Authorization": f"Bearer {token}"}).status_code == 200
    short = simulator.token(org.key, lifetime=0)
    refused = connection.get(PATH, headers={"Authorization": f"Bearer {short}"})
    assert refused.json()["code"] == "token.expired"


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ({"token_lifetime": -1}, "token_lifetime"),
        ({"rate_limit": {"allowed": 1}}, "rate_limit"),
        ({"rate_limits": None}, "rate_limits: Extra inputs"),
    ],
)
def test_settings_that_cannot_be(simulator, org, setting, reason):
    with pytest.raises(ControlError, match=reason):
        simulator._request("PATCH", f"/orgs/{org.key}/settings", setting)


@pytest.mark.parametrize("suffix", [".yml", ".json"])
def test_seed_files(tmp_path, suffix):
    data = {
        "orgs": [
            {
                "key": "dev",
                "name": "Acme Dev",
                "clients": [{"client_id": "c", "client_secret": "s"}],
                "objects": {"data_actions": [{"name": "A", "type": "rest"}]},
            }
        ]
    }
    path = tmp_path / f"seed{suffix}"
    path.write_text(json.dumps(data))
    world = app.new_world()
    seeding.load_seed_file(world, path)
    org = world.orgs["dev"]
    assert [stored.wire["name"] for stored in org.collections["data_actions"].all()] == ["A"]
    path.write_text('{"organisations": []}')
    with pytest.raises(seeding.SetupError, match="the one key orgs"):
        seeding.load_seed_file(world, path)


def test_an_edit_keeps_a_change_that_was_made_while_its_body_was_on_the_way(simulator, org, api):
    """The server asks for the body when the handler waits for it, so the client's write comes in between."""
    (purpose,) = org.seed([PURPOSE], "privacy_purposes")
    address = urllib.parse.urlsplit(simulator.base_url)
    body = json.dumps({"description": "of the edit"}).encode()
    path = f"/_simulator/orgs/{org.key}/objects/privacy_purposes/{purpose['id']}"
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        head = [f"PATCH {path} HTTP/1.1", "Host: x", f"Content-Length: {len(body)}", "Expect: 100-continue"]
        connection.sendall("\r\n".join([*head, "Connection: close", "", ""]).encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 100 ")
        written = api.put(
            f"/api/v2/privacy/purposes/{purpose['id']}", json={**PURPOSE, "retentionPeriod": "7d"}
        )
        assert written.status_code == 200
        connection.sendall(body)
        assert b" 200 " in connection.makefile("rb").readline()
    (now,) = org.objects("privacy_purposes")
    assert (now["retentionPeriod"], now["description"]) == ("7d", "of the edit")
