# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of secrets in headers and in the query of the URL: compared and never shown (S0.8, S1.7)."""

from __future__ import annotations

import json

import pytest

from unit.module_runner import run_module
from unit.resources.webhook.conftest import KIND, STORED, WEBHOOK

URL = "https://audit.example.com/in?tenant=acme&sig=0ld-s1gnature%2Fx"
NEW_URL = "https://audit.example.com/in?tenant=acme&sig=n3w-s1gnature"


def test_a_changed_secret_header_is_a_change_without_either_value(org, webhook):
    """Check that the value of the other header is shown (S0.8)."""
    org.seed([STORED], KIND)
    headers = {"Authorization": "Bearer n3w-s3cr3t-token", "X-Region": "apac"}
    result = webhook(name="Audit sync", target={"headers": headers})
    assert result["changed"] and org.objects(KIND)[0]["target"]["headers"] == headers
    before, after = (result["diff"][side]["target"]["headers"] for side in ("before", "after"))
    assert before == {"Authorization": "********", "X-Region": "emea"}
    assert after == {"Authorization": "******** (changed)", "X-Region": "apac"}
    text = json.dumps(result)
    assert "n3w-s3cr3t" not in text and "h00k-s3cr3t" not in text
    assert not webhook(name="Audit sync", target={"headers": headers})["changed"]


def test_a_secret_in_the_url_is_compared_and_masked(org, webhook):
    """Cover S0.8."""
    org.seed([{**STORED, "target": {"url": URL, "headers": {}}}], KIND)
    result = webhook(name="Audit sync", target={"url": NEW_URL})
    assert result["changed"] and org.objects(KIND)[0]["target"]["url"] == NEW_URL
    shown = "https://audit.example.com/in?tenant=acme&sig=********"
    assert result["diff"]["before"]["target"]["url"] == shown
    assert result["diff"]["after"]["target"]["url"] == f"{shown} (changed)"
    assert result["snapshot"]["target"]["url"] == result["record"]["target"]["url"] == shown
    text = json.dumps(result)
    assert "n3w-s1gnature" not in text and "0ld-s1gnature" not in text
    assert not webhook(name="Audit sync", target={"url": NEW_URL})["changed"]


def test_a_token_in_the_path_is_compared_and_masked(org, webhook):
    """Cover S0.8."""
    old, new = (
        f"https://hooks.example.com/services/{token}" for token in ("T0/0ld-t0ken-17", "T0/n3w-t0ken-18")
    )
    org.seed([{**STORED, "target": {"url": old, "headers": {}}}], KIND)
    result = webhook(name="Audit sync", target={"url": new})
    assert result["changed"] and org.objects(KIND)[0]["target"]["url"] == new
    shown = "https://hooks.example.com/services/T0/********"
    assert result["diff"]["before"]["target"]["url"] == result["record"]["target"]["url"] == shown
    assert result["diff"]["after"]["target"]["url"] == f"{shown} (changed)"
    assert "t0ken-1" not in json.dumps(result)
    assert not webhook(name="Audit sync", target={"url": new})["changed"]


def test_the_info_module_masks_too(org):
    """Cover S0.8."""
    headers = {"X-Api-Key": "k-4711-s3cr3t", "X-Tenant": "acme-tenant-17"}
    org.seed([{**STORED, "target": {"url": URL, "headers": headers}}], KIND)
    arguments = {**org.connection, "secret_headers": ["x-tenant", "tenant"]}
    (record,) = run_module("genesys_webhook_info", arguments)["records"]
    assert record["target"] == {
        "url": "https://audit.example.com/in?tenant=********&sig=********",
        "headers": {"X-Api-Key": "********", "X-Tenant": "********"},
    }
    assert record["events"] == ["data.action.created", "data.action.updated"]


@pytest.mark.parametrize(
    "slip",
    [
        {"targets": {"url": NEW_URL}},
        {"url": NEW_URL},
        {"target": NEW_URL},
        {"target": {"uri": NEW_URL}},
        {"target": {"url": NEW_URL, "headers": {"X-Token": ["n3w-s1gnature"]}}},
    ],
    ids=str,
)
def test_a_slip_shows_no_secret(webhook, slip):
    """Check the message and the invocation, which Ansible prints (S1.7)."""
    result = webhook(**{**WEBHOOK, **slip})
    assert result["failed"] and "n3w-s1gnature" not in json.dumps(result)


def test_a_masked_value_is_refused(webhook):
    """Check that a masked value of an info module cannot replace a secret (S0.8)."""
    target = {"url": "https://a.example.com/?sig=********", "headers": {"Authorization": "********"}}
    result = webhook(name="Audit sync", target=target)
    assert [problem.partition(":")[0] for problem in result["problems"]] == [
        "target.url",
        "target.headers.Authorization",
    ]


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_secret_is_refused_before_any_request(org, webhook, empty):
    """An environment variable that is not set must not replace a secret by an empty header (S0.8)."""
    headers = {"Authorization": "Bearer ", "X-Api-Key": empty, "X-House": empty, "X-Region": empty}
    notify = {"url": "https://chat.example.com", "headers": {"X-Token": empty, "X-Other": empty}}
    target = {"url": "https://a.example.com", "headers": headers}
    result = webhook(
        name="New", target=target, events=WEBHOOK["events"], secret_headers=["x-house"], notify=notify
    )
    assert [problem.partition(":")[0] for problem in result["problems"]] == [
        "target.headers.Authorization",
        "target.headers.X-Api-Key",
        "target.headers.X-House",
        "notify.headers.X-Token",
    ]
    assert all("has no secret" in problem for problem in result["problems"])
    assert org.log() == []
