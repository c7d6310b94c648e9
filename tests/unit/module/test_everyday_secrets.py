# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of short and everyday secrets: hidden in their own place, while results stay readable (S1.7)."""

from __future__ import annotations

import json

import pytest

from unit.module_runner import run_module, warnings_of

REST = {"url": "https://crm.example.com", "method": "GET"}


def hook(**headers):
    target = {"url": "https://hooks.example.com/in", "headers": headers}
    return {"name": "W", "events": ["flow.updated"], "target": target}


@pytest.mark.parametrize(
    "value", ["1", "none", "v1", "1.0", "create", "update", "true", "ok", "webhook", 1, "disabled"]
)
def test_an_everyday_value_is_masked_in_its_own_place_alone(org, value):
    arguments = {**org.connection, **hook(**{"X-Api-Key": value})}
    first = run_module("genesys_webhook", arguments)
    assert first["plan"] == "create" and first["changed"] is True
    second = run_module("genesys_webhook", arguments)
    assert second["plan"] == "none" and second["changed"] is False
    assert second["record"]["id"] == org.objects("webhooks")[0]["id"]
    for result in (first, second):
        assert result["record"]["target"]["headers"] == {"X-Api-Key": "********"}
        assert result["invocation"]["module_args"]["target"]["headers"] == {"X-Api-Key": "********"}
        assert result["api"]["requests"] > 0 and "VALUE_SPECIFIED" not in json.dumps(result["record"])


def test_everyday_passwords_do_not_change_the_result_of_an_org(org, tmp_path):
    """Check the plan, the status and the counts, which the gate reads."""
    config = {"webhooks": [hook(**{"X-Token": "none"})]}
    arguments = {
        **org.connection,
        "config": config,
        "journal": str(tmp_path / "j.jsonl"),
        "journal_password": "1",
    }
    first = run_module("genesys_org_config", arguments)
    assert first["totals"]["created"] == 1
    result = run_module("genesys_org_config", arguments, check_mode=True)
    assert not result["changed"]
    (webhook,) = result["objects"]
    assert (webhook["kind"], webhook["plan"], webhook["name"]) == ("webhook", "none", "W")
    assert result["invocation"]["module_args"]["journal_password"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def test_what_programs_read_is_not_masked_even_if_it_is_the_secret(org):
    """Check a header with the id of its webhook, as a correlation header may have it."""
    run_module("genesys_webhook", {**org.connection, **hook()})
    identifier = org.objects("webhooks")[0]["id"]
    arguments = {**org.connection, **hook(**{"X-Token": identifier})}
    result = run_module("genesys_webhook", arguments)
    assert result["record"]["id"] == identifier
    assert result["record"]["target"]["headers"] == {"X-Token": "********"}


@pytest.mark.parametrize("module", ["webhook", "data_action"])
def test_header_names_that_differ_in_case_are_an_error(org, module):
    headers = {"Authorization": "Bearer a-s3cr3t-token", "authorization": "Bearer other-s3cr3t"}
    options = hook(**headers) if module == "webhook" else {"name": "A", "rest": {**REST, "headers": headers}}
    place = "target" if module == "webhook" else "rest"
    result = run_module(f"genesys_{module}", {**org.connection, **options})
    assert result["problems"] == [
        f"{place}.headers.authorization: is the same header as Authorization, because case is ignored: "
        "give one"
    ]
    assert org.log() == []


def test_numbers_in_the_place_of_text_are_a_warning(org):
    mapping = {"name": "code", "source": "$.code", "type": "string", "default": 7}
    rest = {
        **REST,
        "headers": {"X-Version": 1.1, "X-Api-Key": 83, "X-Tenant": 4},
        "variable_mappings": [mapping],
    }
    options = {"name": 81000, "rest": rest, "secret_headers": ["X-Tenant"]}
    result = run_module("genesys_data_action", {**org.connection, **options})
    assert result["record"]["name"] == "81000" and result["record"]["rest"]["headers"]["X-Version"] == "1.1"
    warned = [
        warning.partition(" is used as text: put the value in quotes")[0] for warning in warnings_of(result)
    ]
    assert warned == [
        "name: the number 81000",
        "rest.headers.X-Version: the number 1.1",
        "rest.headers.X-Api-Key: the number",
        "rest.headers.X-Tenant: the number",
        "rest.variable_mappings[0].default: the number 7",
    ]


def test_quoted_numbers_are_no_warning(org):
    rest = {**REST, "headers": {"X-Version": "1.10"}}
    result = run_module("genesys_data_action", {**org.connection, "name": "007", "rest": rest})
    assert not result.get("failed") and warnings_of(result) == []


def test_a_boolean_header_and_a_structure_as_body_get_a_remedy(org):
    rest = {**REST, "method": "POST", "headers": {"X-Flag": True}, "body": {"id": 1}}
    result = run_module("genesys_data_action", {**org.connection, "name": "A", "rest": rest})
    assert result["problems"] == [
        "rest.body: must be text, not a dictionary (give its JSON text with the filter to_json)",
        "rest.headers.X-Flag: must be text, not the boolean true: put it in quotes, because YAML reads yes, "
        "no, on, off, true and false without quotes as booleans",
    ]
