# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of wrong input: all problems reported offline (S0.8)."""

from __future__ import annotations

import pytest

from unit.module_runner import run_module
from unit.resources.webhook.conftest import WEBHOOK


def judge(**options):
    return run_module("genesys_webhook", {"state": "validated", "name": "Audit sync", **options})


def test_a_good_task_needs_no_credentials():
    assert not judge(**{**WEBHOOK, "enabled": True}).get("failed")


def test_all_problems_at_once():
    target = {"url": "audit.example.com", "headers": {"X A": "1", "X-B": "line\nline", "X-C": True}}
    result = judge(events=["data.action.update", "flow.updated"], target=target)
    assert [problem.partition(":")[0] for problem in result["problems"]] == [
        "events[0]",
        "target.url",
        "target.headers.X A",
        "target.headers.X-B",
        "target.headers.X-C",
    ]
    assert "did you mean 'data.action.updated'?" in result["problems"][0]


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [
        ("events", [], "events: must name at least one event"),
        ("events", None, "events: is required and cannot be null"),
        ("events", ["x"], "known are customobject.schema.created"),
        ("target", {"url": "ftp://a.example.com"}, "target.url: must be a URL like https://host/path"),
        ("target", {"url": "https://"}, "target.url: must be a URL"),
        ("target", {"url": "https://a.example.com/a b"}, "target.url: must be a URL"),
        ("target", {"url": "https://u:p@a.example.com"}, "target.url: must not contain credentials"),
        ("target", {"url": None}, "target.url: is required and cannot be null"),
        ("name", " ", "name: must not be empty"),
        ("event", ["flow.updated"], "event: is not an option; did you mean 'events'?"),
    ],
)
def test_problems(option, value, problem):
    assert problem in judge(**{option: value})["msg"]


def test_missing_options_of_a_new_webhook_are_reported_before_a_write(org, webhook):
    result = webhook(name="Audit sync", target={"headers": {}})
    assert [problem.partition(":")[0] for problem in result["problems"]] == ["events", "target.url"]
    assert org.writes() == []


def test_numbers_are_sent_as_text_and_clear_text_is_warned_of(org, webhook):
    target = {"url": "http://audit.example.com", "headers": {"X-Shard": 7}}
    result = webhook(**{**WEBHOOK, "target": target})
    assert org.objects("webhooks")[0]["target"]["headers"] == {"X-Shard": "7"}
    assert any("target.url: http sends the events" in str(warning) for warning in result["warnings"])
    assert not webhook(**{**WEBHOOK, "target": target})["changed"]
