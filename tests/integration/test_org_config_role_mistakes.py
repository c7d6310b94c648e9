# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that the role org_config reports all mistakes of an inventory at once and sends no request (C.3)."""

from __future__ import annotations

import typing as t

import pytest

from integration.org_config import APPLY, CHECK, SITE, Run, action, org_config_vars


def test_every_mistake_is_reported_at_once_and_before_any_request(playbook: Run, org: t.Any) -> None:
    host_vars = org_config_vars(
        org,
        client_secret="",
        region="us-east-1",
        data_actions=[action("A"), action("A"), {"rest": {"url": "https://x.example.com", "method": "GET"}}],
        data_actions_host=[action("B", base_url="https://other.example.com")],
    )
    run = playbook(SITE, inventory={"dev": host_vars})
    assert run.returncode == 2
    reported = run.result(CHECK).result["msg"][1:]
    assert [text.split(":")[0] for text in reported] == [
        "org_config_region",
        "org_config_client_secret",
        "org_config_data_actions[1]",
        "org_config_data_actions[2]",
        "org_config_data_actions_host[0]",
    ]
    assert "has the same name 'A' as org_config_data_actions[0]" in reported[2]
    assert org.log() == []


@pytest.mark.parametrize(
    ("lists", "task", "places"),
    [
        (
            {"data_actions": "{{ nobody }}", "webhooks": ["{{ nobody }}", {"name": "{{ nobody }}"}]},
            CHECK,
            ["data_actions", "webhooks[0]", "webhooks[1].name"],
        ),
        (
            {
                "data_actions": [
                    action("A", description="{{ nobody }}"),
                    action("B", conditions=["x", "{{ nobody }}"]),
                ],
                "data_actions_host": [{"name": "A", "rest": {"headers": {"X": "a {{ nobody }} b"}}}],
            },
            APPLY,
            ["data_actions_host[0].rest.headers.X", "data_actions[1].conditions[1]"],
        ),
    ],
)
def test_undefined_variables_are_reported_with_their_places_and_nothing_is_sent(
    playbook: Run, org: t.Any, lists: dict[str, t.Any], task: str, places: list[str]
) -> None:
    run = playbook(SITE, inventory={"dev": org_config_vars(org, **lists)})
    assert run.returncode == 2
    message = run.result(task).result["msg"]
    lines = message[1:] if isinstance(message, list) else message.split("\n")[1:]
    assert lines == [f"org_config_{place}: 'nobody' is undefined" for place in places], run.output
    assert org.log() == []


def test_wrong_entries_are_reported_at_once_and_nothing_is_sent(playbook: Run, org: t.Any) -> None:
    entries = [action("A"), action("B", colour="blue"), action("C", conditions=["crm.status ="])]
    run = playbook(SITE, inventory={"dev": org_config_vars(org, data_actions=entries)})
    assert run.returncode == 2
    paths = [text.partition(":")[0] for text in run.result(APPLY).result["problems"]]
    assert paths == ["config.data_actions[1].colour", "config.data_actions[2].conditions[0]"]
    assert org.log() == []
