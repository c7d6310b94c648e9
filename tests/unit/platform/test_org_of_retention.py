# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config with retention policies: journal, rollback, objects of the same run (N.4)."""

from __future__ import annotations

import copy

import pytest

from unit.module_runner import warnings_of
from unit.platform.retention_policies import FULL, policies, seed_names

STAMPS = {"id", "createdDate", "modifiedDate"}


@pytest.fixture
def stored(tasks):
    """Return the ids of the objects that policies name. Two policies are stored: A, and Old."""
    names = seed_names(tasks.org)
    durations = {"deleteRetention": {"days": 30}}
    tasks.org.seed(
        [
            {
                "name": "A",
                "enabled": True,
                "actions": {"retentionDuration": durations},
                "conditions": {"forQueues": [{"id": names["queue"]}], "sentiment": {"below": -20}},
            },
            {
                "name": "Old",
                "enabled": True,
                "conditions": {"teams": [{"id": names["team"]}], "mood": "calm"},
            },
        ],
        "retention_policies",
    )
    return names


CONFIG = {
    "media_retention_policies": [
        {
            "name": "A",
            "enabled": False,
            "actions": {"retention_duration": {"archive_retention": {"days": 10}}},
            "conditions": {"for_queues": None, "for_users": ["Anna"]},
            "media_policies": {"chat_policy": {"actions": {"always_delete": True}}},
        },
        FULL,
        {"name": "Old", "state": "absent"},
    ]
}


def contents(org):
    """Return the policies of an org without ids, empty parts, and the fields that each write changes."""
    found = [
        without_empty({key: value for key, value in one.items() if key not in STAMPS})
        for one in policies(org)
    ]
    return sorted(found, key=lambda one: one["name"])


def without_empty(value):
    if not isinstance(value, dict):
        return value
    kept = {key: without_empty(one) for key, one in value.items()}
    return {key: one for key, one in kept.items() if one != {}}


def test_policies_are_converged_and_rolled_back(tasks, stored, tmp_path):
    before, journal = contents(tasks.org), str(tmp_path / "journal.jsonl")
    planned = tasks.done("org_config", config=CONFIG, check_mode=True)
    assert tasks.writes() == []
    result = tasks.done("org_config", config=CONFIG, journal=journal)
    assert [one["plan"] for one in result["objects"]] == ["update", "create", "delete"]
    assert [one["diff"] for one in result["objects"]] == [one["diff"] for one in planned["objects"]]
    assert [one["not_restorable"] for one in result["objects"]] == [[], [], ["id"]]
    assert "policy 'Old' gets a new id when a rollback creates it again" in str(warnings_of(result))
    assert tasks.done("org_config", config=CONFIG)["changed"] is False
    tasks.done("org_config", state="rolled_back", journal=journal)
    assert contents(tasks.org) == before


def test_a_rollback_keeps_concurrent_changes(tasks, stored, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    before = contents(tasks.org)
    tasks.done("org_config", config=CONFIG, journal=journal)
    (changed,) = [one for one in policies(tasks.org) if one["name"] == "A"]
    edit = {"conditions": {"directions": ["INBOUND"]}, "description": "theirs"}
    tasks.org.edit(changed["id"], edit, "retention_policies")
    tasks.done("org_config", state="rolled_back", journal=journal)
    wanted = copy.deepcopy(before)
    wanted[0]["conditions"]["directions"], wanted[0]["description"] = ["INBOUND"], "theirs"
    assert contents(tasks.org) == wanted


@pytest.mark.parametrize(("now", "later"), [(100, 600), (600, 100)])
def test_the_days_of_policies_are_rolled_back_before_those_of_analytics_data(tasks, tmp_path, now, later):
    """The API refuses analytics days below those of a policy, in both directions."""

    def policy(days):
        duration = {"retentionDuration": {"deleteRetention": {"days": days}}}
        return {"name": "Calls", "actions": duration}

    tasks.org.seed([policy(now)], "retention_policies")
    tasks.org.edit("dataretention", {"retentionDays": now + 100}, "analytics_retention")
    journal = str(tmp_path / "journal.jsonl")
    days = {"retention_duration": {"delete_retention": {"days": later}}}
    entry = {"name": "Calls", "max_retention_days": 600, "actions": days}
    config = {
        "media_retention_policies": [entry],
        "analytics_retention": [{"retention_days": later + 100, "confirm": True}],
    }
    tasks.done("org_config", config=config, journal=journal)
    tasks.done("org_config", state="rolled_back", journal=journal)
    (setting,) = tasks.org.objects("analytics_retention")
    actions = policies(tasks.org)[0]["actions"]
    assert (setting["retentionDays"], actions["retentionDuration"]) == (
        now + 100,
        policy(now)["actions"]["retentionDuration"],
    )


def test_a_failure_rolls_back_what_was_written(tasks, stored):
    before = contents(tasks.org)
    bad = {"name": "Bad", "conditions": {"media_types": ["FAX"]}}
    config = {"media_retention_policies": [*CONFIG["media_retention_policies"][:2], bad]}
    message = tasks.failed("org_config", config=config, on_error="rollback", concurrency=1)
    assert "Bad" in message
    assert contents(tasks.org) == before


def test_an_export_names_an_integration_of_the_same_run(tasks):
    export = {"integration_export": {"integration": "New"}}
    config = {
        "integrations": [{"name": "New", "type": "custom-rest-actions"}],
        "media_retention_policies": [{"name": "P", "actions": export}],
    }
    planned = tasks.done("org_config", config=config, check_mode=True)
    assert [one["plan"] for one in planned["objects"]] == ["create", "create"]
    tasks.done("org_config", config=config)
    (integration,), (policy,) = tasks.org.objects("integrations"), policies(tasks.org)
    assert policy["actions"]["integrationExport"]["integration"] == {"id": integration["id"]}
    assert tasks.done("org_config", config=config)["changed"] is False


def test_an_export_to_an_integration_that_could_not_be_created_is_not_written(tasks):
    tasks.org.fault(method="POST", path="/api/v2/integrations", times=None, status=403)
    export = {"integration_export": {"integration": "New"}}
    config = {
        "integrations": [{"name": "New", "type": "custom-rest-actions"}],
        "media_retention_policies": [{"name": "P", "actions": export}],
    }
    result = tasks.run("org_config", config=config, on_error="continue")
    assert "this run did not create its integration 'New'" in str(result)
    assert policies(tasks.org) == []


def test_defaults_of_the_kind_and_mistakes_of_entries(tasks, stored):
    entries = [{"name": "A", "enabled": True}, {"name": "A", "enabled": False}]
    message = tasks.failed("org_config", config={"media_retention_policies": entries})
    assert "'A' is declared twice" in message and tasks.org.log() == []
    days = {"retention_duration": {"delete_retention": {"days": 700}}}
    config = {"media_retention_policies": [{"name": "A", "actions": days}]}
    message = tasks.failed("org_config", config=config)
    assert "config.media_retention_policies[0].actions.retention_duration.delete_retention.days" in message
    tasks.done(
        "org_config", config=config, defaults={"media_retention_policies": {"max_retention_days": 700}}
    )
