# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of triggers of the platform API: the role org_config from dry run to rollback, and the module."""

from __future__ import annotations

import pytest

from integration.playbook import ROOT, make_play

SITE, CHECK, ROLLBACK = (ROOT / "playbooks" / f"{name}.yml" for name in ("site", "check", "rollback"))
FIRST, SECOND = "v2.first", "v2.second"


@pytest.fixture
def flow(platform_org):
    """Return the id of a published workflow."""
    version = {"id": "1.0", "datePublished": "2026-01-01T00:00:00.000Z"}
    wire = {"name": "Survey", "type": "WORKFLOW", "publishedVersion": version}
    return platform_org.seed([wire], "flows")[0]["id"]


def state_of(org):
    """Return the triggers as C({name: (topic, enabled, value of the first criterion)})."""
    return {
        one["name"]: (
            one["topicName"],
            one["enabled"],
            *(item.get("value") for item in one["matchCriteria"][:1]),
        )
        for one in org.objects("triggers")
    }


def done(run, returncode=0):
    """Return the output of a run. Raise AssertionError for another exit code."""
    assert run.returncode == returncode, run.output
    return run.output


def test_the_role_converges_triggers_shows_drift_and_rolls_back(playbook, platform_org, flow, tmp_path):
    target = {"type": "Workflow", "id": flow}
    platform_org.seed(
        [{"name": name, "topicName": FIRST, "target": target} for name in ("Old", "Moved", "manual-1")],
        "triggers",
    )
    before = state_of(platform_org)
    connection = {f"org_config_{name}": value for name, value in platform_org.connection.items()}
    limit = {"json_path": "duration", "operator": "GreaterThan", "value": "{{ limit | int }}"}
    host = {
        **connection,
        "limit": "60000",
        "org_config_api_profile": "platform",
        "org_config_journal": str(tmp_path / "journal.jsonl"),
        "org_config_triggers": [
            {"name": "New", "topic_name": FIRST, "enabled": True, "match_criteria": [limit]},
            {"name": "Moved", "topic_name": FIRST},
        ],
        "org_config_triggers_host": [{"name": "Moved", "topic_name": SECOND, "enabled": False}],
        "org_config_defaults": {"triggers": {"workflow": "Survey", "on_topic_change": "replace"}},
        "org_config_prune": {"triggers": {"enabled": True, "protect": ["manual-*"]}},
    }
    inventory = {"acme": host}
    assert SECOND in done(playbook(SITE, inventory=inventory, check=True, diff=True))
    assert platform_org.writes() == []
    done(playbook(SITE, inventory=inventory))
    converged = {"New": (FIRST, True, 60000), "Moved": (SECOND, False), "manual-1": (FIRST, True)}
    assert state_of(platform_org) == converged
    done(playbook(CHECK, inventory=inventory))
    platform_org.edit(platform_org.named("New", "triggers")["id"], {"enabled": False}, "triggers")
    assert "triggers" in done(playbook(CHECK, inventory=inventory), 2)
    done(playbook(SITE, inventory=inventory))
    assert state_of(platform_org) == converged
    done(playbook(ROLLBACK, inventory=inventory))
    # The new trigger stays, because another client has changed it.
    assert state_of(platform_org) == {**before, "New": (FIRST, False, 60000)}


def test_the_module_reads_and_writes_a_trigger(playbook, platform_org, flow):
    options = {
        "name": "T",
        "topic_name": FIRST,
        "workflow": "Survey",
        "match_criteria": [{"json_path": "a", "operator": "Equal", "value": "1"}],
    }
    tasks = [
        {"name": "Write", "genesys.cloud.genesys_trigger": options},
        {"name": "Read", "genesys.cloud.genesys_trigger_info": {"name": "T"}},
        {"name": "Same", "genesys.cloud.genesys_trigger": options},
    ]
    connection = {**platform_org.connection, "api_profile": "platform"}
    run = playbook([make_play(tasks, connection=connection)], inventory={"acme": {}})
    (record,) = run.result("Read", "acme").result["records"]
    assert (record["workflow"], record["match_criteria"]) == (flow, options["match_criteria"])
    assert run.result("Same", "acme").result["changed"] is False
