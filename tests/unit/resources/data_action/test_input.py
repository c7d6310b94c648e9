# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of wrong input, reported with its path before any request, without secrets (S1.2 to S1.4, S1.7)."""

from __future__ import annotations

import json

import pytest

from unit.resources.data_action.conftest import ACTION, REST

TWENTY_WRONG: dict = {
    "state": "presnt",
    "description": ["a list"],
    "colour": "blue",
    "on_conflict": "overwrit",
    "verify": "perhaps",
    "retries": "many",
    "timeout": -1,
    "max_condition_depth": "deep",
    "secret_headers": [["x"]],
    "dataset_dependencies": {"crm": "billing"},
    "rest": {
        "ulr": "/x",
        "url": "crm.example.com",
        "method": "FETCH",
        "headers": {"X-Count": [5]},
        "body": {"a": 1},
        "variable_mappings": [
            {"name": "A", "source": "$$.id", "type": "string"},
            {"name": "B", "source": "$.b", "type": "text"},
            {"name": "C", "type": "string"},
            {"source": "$.d", "type": "string"},
            "E",
        ],
    },
    "conditions": ['crm.status = "active"', {"type": "EQUAL"}],
}
PATHS = [
    "name",
    "state",
    "description",
    "colour",
    "on_conflict",
    "verify",
    "retries",
    "timeout",
    "max_condition_depth",
    "secret_headers[0]",
    "dataset_dependencies.crm",
    "rest.ulr",
    "rest.url",
    "rest.method",
    "rest.headers.X-Count",
    "rest.body",
    "rest.variable_mappings[0].source",
    "rest.variable_mappings[1].type",
    "rest.variable_mappings[2].source",
    "rest.variable_mappings[3].name",
    "rest.variable_mappings[4]",
    "conditions[0]",
    "conditions[1]",
]


def test_every_wrong_value_is_reported_at_once_before_any_request(org, action):
    result = action(**TWENTY_WRONG)
    assert result["failed"]
    problems = result["problems"]
    for path in PATHS:
        assert [one for one in problems if one.startswith((f"{path}:", f"{path}."))], (path, problems)
    assert len(problems) == len(set(problems))
    assert org.log() == []


def test_a_syntax_error_points_at_the_character(action):
    result = action(name="A", conditions=["crm.status = 'active'"])
    line, caret = result["msg"].splitlines()[-2:]
    assert line.strip() == "crm.status = 'active'"
    assert caret.index("^") == line.index("=")


def test_a_wrong_jsonpath_points_at_the_character(action):
    mappings = [{"name": "A", "source": "$$.id", "type": "string"}]
    result = action(name="A", rest={**REST, "variable_mappings": mappings})
    line, caret = result["msg"].splitlines()[-2:]
    assert caret.index("^") == line.index("$$") + 1


@pytest.mark.parametrize("option", ["name", "id"])
def test_blank_identity(org, action, option):
    result = action(**{option: "  "})
    assert f"{option}: must not be empty" in result["msg"]
    assert org.log() == []


def test_no_target_is_an_error_that_names_options_and_variables(action):
    result = action(**ACTION, base_url=None)
    assert result["failed"]
    for word in ("base_url", "region", "GENESYS_BASE_URL", "GENESYS_REGION"):
        assert word in result["msg"]


def test_the_environment_gives_what_the_task_leaves_away(org, action):
    environ = {
        "GENESYS_BASE_URL": org.base_url,
        "GENESYS_CLIENT_ID": org.client_id,
        "GENESYS_CLIENT_SECRET": org.client_secret,
        "GENESYS_ORGANIZATION": org.id,
    }
    options = dict.fromkeys(("base_url", "client_id", "client_secret", "organization"))
    result = action(environ=environ, **ACTION, **options)
    assert result["changed"], result
    assert len(org.objects()) == 1


def test_inputs_are_compared_with_the_placeholders_before_any_request(org, action):
    result = action(name="A", rest={**REST, "inputs": ["customerid", "unused"]})
    assert "customer_id" in result["msg"] and "unused" in result["msg"]
    assert org.log() == []


def test_a_sample_of_the_wrong_type_is_named(org, action):
    result = action(name="A", rest={**REST, "sample_response": {"account_balance": "150"}})
    for word in ("Balance", "$.account_balance", "150", "number"):
        assert word in result["msg"]
    assert org.log() == []


SECRETS = ["crm-s3cr3t-token", "k-s3cr3t", "tenant-s3cr3t", "client-secret-s3cr3t"]


@pytest.mark.parametrize("check_mode", [False, True])
def test_no_secret_leaves_the_module(org, action, check_mode):
    headers = {
        "Authorization": "Bearer crm-s3cr3t-token",
        "X-Api-Key": "k-s3cr3t",
        "X-Tenant": "tenant-s3cr3t",
    }
    options = {"name": "A", "rest": {**REST, "headers": headers}, "secret_headers": ["X-Tenant"]}
    results = [action(check_mode=check_mode, **options)]
    headers["Authorization"] = "Bearer crm-s3cr3t-token-2"
    results.append(action(check_mode=check_mode, **options))
    results.append(action(check_mode=check_mode, **{**options, "rest": {**options["rest"], "url": {}}}))
    results.append(action(check_mode=check_mode, **{**options, "rest": {"header": headers}}))
    results.append(action(check_mode=check_mode, name="A", state="absent", secret_headers=["X-Tenant"]))
    text = json.dumps(results)
    assert not [secret for secret in SECRETS if secret in text]
    assert results[0]["record"]["type"] == "rest"
    if not check_mode:
        assert results[1]["diff"]["after"]["rest"]["headers"]["Authorization"] == "******** (changed)"
        assert results[1]["diff"]["after"]["rest"]["headers"]["X-Api-Key"] == "********"


def test_the_arguments_in_syslog_hold_no_secret(org, action, monkeypatch):
    from ansible.module_utils.basic import AnsibleModule

    written = []
    monkeypatch.setattr(AnsibleModule, "_log_to_syslog", lambda self, message: written.append(message))
    action(**ACTION)
    assert written
    assert "crm-s3cr3t-token" not in str(written)
    assert "client-secret-s3cr3t" not in str(written)


def test_a_password_in_the_proxy_is_a_secret_too(action):
    result = action(**ACTION, proxy="http://ops:pr0xy-s3cr3t@127.0.0.1:9", retries=0)
    assert result["failed"]
    assert "pr0xy-s3cr3t" not in json.dumps(result)


def test_an_empty_secret_header_is_refused_before_any_request(action, org):
    """A header may be empty if its name is not secret."""
    headers = {
        "Authorization": "bearer",
        "X-Api-Key": "",
        "X-House": " ",
        "X-Region": "",
        "X-Token-Type": "Bearer",
    }
    result = action(**{**ACTION, "rest": {**REST, "headers": headers}, "secret_headers": ["x-house"]})
    assert [problem.partition(":")[0] for problem in result["problems"]] == [
        "rest.headers.Authorization",
        "rest.headers.X-Api-Key",
        "rest.headers.X-House",
    ]
    assert org.log() == []
