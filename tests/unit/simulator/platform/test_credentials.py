# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials: types, listing, redaction and replacement."""

from __future__ import annotations

import pytest

from .conftest import CREDENTIALS


def test_types_say_which_fields_they_take(platform):
    types = {one["id"]: one for one in platform.get(f"{CREDENTIALS}/types").json()}
    assert types["basicAuth"]["required"] == ["userName", "password"]
    assert types["basicAuth"]["displayOrder"] == ["userName", "password"]
    assert types["userDefined"]["required"] == []


def test_a_write_answers_an_info_without_fields(platform, new_credential):
    path = f"{CREDENTIALS}/{new_credential()}"
    body = {
        "name": "new",
        "type": {"id": "basicAuth"},
        "credentialFields": {"userName": "u", "password": "x"},
    }
    info = platform.put(path, json=body).json()
    assert (info["name"], info["type"]["name"], info["selfUri"]) == ("new", "basicAuth", path)
    assert "credentialFields" not in info
    numbered = platform.get(CREDENTIALS).json()
    assert (numbered["entities"], numbered["total"]) == ([info], 1)
    assert platform.get(f"{CREDENTIALS}/listing").json()["entities"] == [info]


@pytest.mark.parametrize(
    ("redaction", "fields"),
    [
        ("sensitive_absent", {"userName": "u"}),
        ("masked", {"userName": "u", "password": "********"}),
        ("empty", {"userName": "u", "password": ""}),
        ("null", {"userName": "u", "password": None}),
        ("no_fields", None),
    ],
)
def test_no_read_shows_a_secret(client, platform_org, new_credential, redaction, fields):
    platform_org.platform(redaction=redaction)
    path = f"{CREDENTIALS}/{new_credential(userName='u', password='secret-1')}"
    answer = client(platform_org, checked=False).get(path)
    assert answer.json().get("credentialFields") == fields
    assert "secret-1" not in answer.text


def test_all_fields_of_a_user_defined_credential_are_sensitive(platform, new_credential):
    path = f"{CREDENTIALS}/{new_credential('userDefined', anything='secret-1')}"
    assert platform.get(path).json()["credentialFields"] == {}


@pytest.mark.parametrize(("answer", "stored"), [("replaces", {"b": "2"}), ("merges", {"a": "1", "b": "2"})])
def test_a_put_of_fewer_fields(platform, platform_org, new_credential, answer, stored):
    platform_org.platform(credential_put=answer)
    credential = new_credential("userDefined", a="1")
    body = {"type": {"name": "userDefined"}, "credentialFields": {"b": "2"}}
    shown = platform.put(f"{CREDENTIALS}/{credential}", json=body).json()
    (kept,) = platform_org.objects("credentials")
    assert kept["credentialFields"] == stored
    assert "name" not in shown


@pytest.mark.parametrize(
    "body",
    [
        {"name": "a"},
        {"type": {"name": "none"}, "credentialFields": {}},
        {"type": {}, "credentialFields": {}},
        {"type": {"name": "basicAuth"}, "credentialFields": {"userName": "u"}},
        {"type": {"name": "basicAuth"}},
        {"type": {"name": "userDefined"}, "credentialFields": {"a": 1}},
        {"type": {"name": "userDefined"}, "credentialFields": ["a"]},
    ],
)
def test_bodies_that_are_refused(platform, platform_org, body):
    assert platform.post(CREDENTIALS, json=body).status_code == 400
    assert platform_org.objects("credentials") == []


@pytest.mark.parametrize("status", [200, 204])
def test_the_delete_of_a_credential_has_no_body(platform, platform_org, new_credential, status):
    platform_org.platform(delete_status=status)
    path = f"{CREDENTIALS}/{new_credential()}"
    deleted = platform.delete(path)
    assert (deleted.status_code, deleted.content) == (status, b"")
    assert platform.get(path).status_code == 404
    assert platform.delete(path).status_code == 404


@pytest.mark.parametrize(("answer", "status"), [("deleted", 204), ("refused", 409)])
def test_the_delete_of_a_credential_in_use(
    platform, platform_org, new_integration, new_credential, answer, status
):
    platform_org.platform(credential_in_use=answer)
    credential = new_credential()
    integration = new_integration(credentials={"basicAuth": {"id": credential}})
    assert platform.delete(f"{CREDENTIALS}/{credential}").status_code == status
    config = platform.get(f"/api/v2/integrations/{integration}/config/current").json()
    assert config["credentials"]["basicAuth"]["id"] == credential
