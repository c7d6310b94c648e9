# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of integration credentials on the platform API (P.8), against the simulator and its switches."""

from __future__ import annotations

import json

import pytest

from unit.module_runner import warnings_of

SECRETS = {"userName": "us3r-of-crm", "password": "pa55-of-crm"}
LOGIN = {"name": "CRM login", "type": "basicAuth", "fields": SECRETS}
PATH = "/api/v2/integrations/credentials"


def stored(tasks):
    (one,) = tasks.org.objects("credentials")
    return one


def assert_no_secret(*texts):
    for text in texts:
        assert not [secret for secret in SECRETS.values() if secret in json.dumps(text)]


@pytest.mark.parametrize("redaction", ["sensitive_absent", "masked", "empty", "null", "no_fields"])
def test_a_credential_is_created_once_and_its_secrets_are_never_shown(tasks, redaction):
    tasks.org.platform(redaction=redaction)
    planned = tasks.done("integration_credential", **LOGIN, check_mode=True)
    assert planned["diff"]["after"]["fields"] == {"userName": "********", "password": "********"}
    created = tasks.done("integration_credential", **LOGIN)
    assert (created["plan"], stored(tasks)["credentialFields"]) == ("create", SECRETS)
    again = tasks.done("integration_credential", **LOGIN)
    assert (again["changed"], again["record"]["fields"]) == (False, None)
    assert len(tasks.org.writes()) == 1
    info = tasks.done("integration_credential_info", name="CRM login")
    assert info["records"][0]["type"] == "basicAuth"
    assert_no_secret(planned, created, again, info)


def test_always_writes_the_secrets_in_each_run(tasks):
    tasks.done("integration_credential", **LOGIN)
    new = {**LOGIN, "fields": {**SECRETS, "password": "n3w-of-crm"}}
    assert tasks.done("integration_credential", **new)["changed"] is False
    result = tasks.done("integration_credential", **new, update_secret="always")
    assert (result["plan"], stored(tasks)["credentialFields"]["password"]) == ("update", "n3w-of-crm")
    assert "n3w-of-crm" not in json.dumps(result)


def test_when_changed_writes_a_changed_secret_once(tasks):
    options = {**LOGIN, "update_secret": "when_changed"}
    tasks.done("integration_credential", **options)
    assert tasks.done("integration_credential", **options)["changed"] is False
    new = {**options, "fields": {**SECRETS, "password": "n3w-of-crm"}}
    assert tasks.done("integration_credential", **new, check_mode=True)["changed"] is True
    assert tasks.done("integration_credential", **new)["changed"] is True
    assert tasks.done("integration_credential", **new)["changed"] is False
    assert stored(tasks)["credentialFields"]["password"] == "n3w-of-crm"
    assert len(tasks.org.writes()) == 2


def test_the_memory_has_no_secret_and_is_private(tasks):
    tasks.done("integration_credential", **LOGIN, update_secret="when_changed")
    (file,) = tasks.state.iterdir()
    assert (tasks.state.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    assert file.name == f"{tasks.org.id}_{stored(tasks)['id']}.secret.json"
    assert_no_secret(file.read_text("utf-8"))


def test_without_a_memory_the_secrets_are_not_compared_and_not_written(tasks, tmp_path):
    tasks.done("integration_credential", **LOGIN)
    options = {**LOGIN, "update_secret": "when_changed", "state_path": str(tmp_path / "other")}
    result = tasks.done("integration_credential", **options)
    assert (result["changed"], result["not_compared"]) == (False, ["fields"])
    assert "cannot be compared, and were not written: there is no memory" in warnings_of(result)[0]
    assert len(tasks.org.writes()) == 1


def test_a_digest_of_another_key_cannot_be_compared(tasks, tmp_path):
    options = {**LOGIN, "update_secret": "when_changed"}
    tasks.done("integration_credential", **options)
    key = tmp_path / "key"
    key.write_text("0123456789abcdef0123456789abcdef")
    key.chmod(0o600)
    result = tasks.done("integration_credential", **options, hmac_key_file=str(key))
    assert result["not_compared"] == ["fields"]
    assert "their digest was made with another key" in warnings_of(result)[0]


def test_a_rename_needs_the_secrets_which_the_api_would_drop(tasks):
    tasks.done("integration_credential", **LOGIN)
    identifier = stored(tasks)["id"]
    for check_mode in (True, False):
        message = tasks.failed("integration_credential", id=identifier, name="New", check_mode=check_mode)
        assert message.startswith("fields: is required to change name")
    assert len(tasks.org.writes()) == 1
    tasks.done("integration_credential", id=identifier, name="New", fields=SECRETS)
    assert (stored(tasks)["name"], stored(tasks)["credentialFields"]) == ("New", SECRETS)


def test_a_credential_that_an_integration_uses_is_not_removed(tasks):
    tasks.done("integration_credential", **LOGIN)
    slots = {"basicAuth": {"id": stored(tasks)["id"]}}
    given = {"name": "CRM", "integrationType": {"id": "custom-rest-actions"}}
    (user,) = tasks.org.seed([{**given, "config": {"current": {"credentials": slots}}}], "integrations")
    for check_mode in (True, False):
        message = tasks.failed(
            "integration_credential", name="CRM login", state="absent", check_mode=check_mode
        )
        assert f"integrations use it: 'CRM' (id {user['id']})" in message
    tasks.org.delete(user["id"], "integrations")
    assert tasks.done("integration_credential", name="CRM login", state="absent")["plan"] == "delete"


def test_a_name_that_is_taken_where_the_client_cannot_see_it_is_one_message(tasks):
    """Situation 19 of the public reports."""
    tasks.org.fault(method="POST", path=PATH, times=None, status=409, body={"code": "general.conflict"})
    message = tasks.failed("integration_credential", **LOGIN)
    assert "another integration credential is named 'CRM login', but no list showed it" in message
    assert "give the client access to the other object" in message
    assert tasks.org.objects("credentials") == []


@pytest.mark.parametrize("fault", [{"drop": "after"}, {"status": 503}])
def test_a_lost_response_makes_no_second_credential(tasks, fault):
    tasks.org.fault(method="POST", path=PATH, times=1, **fault)
    tasks.done("integration_credential", **LOGIN)
    assert stored(tasks)["credentialFields"] == SECRETS


def test_a_lost_response_to_an_update_is_repeated(tasks):
    tasks.done("integration_credential", **LOGIN)
    tasks.org.fault(method="PUT", path=f"{PATH}/*", times=1, drop="after")
    new = {**LOGIN, "fields": {**SECRETS, "password": "n3w-of-crm"}, "update_secret": "always"}
    tasks.done("integration_credential", **new)
    assert stored(tasks)["credentialFields"]["password"] == "n3w-of-crm"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"fields": {}}, "fields: must have at least one field"),
        ({"fields": {"password": None}}, "fields.password: must be a text"),
        ({"fields": {"password": ["s3cr3t-list"]}}, "fields.password: must be a text"),
        ({"fields": "s3cr3t-text"}, "fields: must be a dictionary"),
        ({"fields": {"userName": "u", "password:s3cr3t": None}}, "fields: entry 2 has a name with other"),
        ({"fields": {"password s3cr3t": "x"}}, "fields: entry 1 has a name with other characters"),
        ({"update_secret": "always"}, "fields: is required with update_secret always"),
        ({"type": " "}, "type: must not be empty"),
    ],
)
def test_wrong_options_are_problems_before_any_request(tasks, options, said):
    message = tasks.failed("integration_credential", name="A", **options)
    assert said in message and "s3cr3t" not in message
    assert tasks.org.log() == []
