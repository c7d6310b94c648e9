# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config with settings of flows and of privacy: journal, rollback (N.1 to N.3)."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def flows(tasks):
    seeded = tasks.org.seed([{"name": f"F{number}"} for number in range(4)], "flows")
    tasks.org.seed(
        [
            {
                "id": seeded[0]["id"],
                "logLevelCharacteristics": {"level": "All", "characteristics": {"names": False}},
            },
            {"id": seeded[1]["id"], "logLevelCharacteristics": {"level": "Base"}},
        ],
        "flow_log_levels",
    )
    return [one["id"] for one in seeded]


def level(number, **options):
    return {"name": f"F{number}", "type": "inboundcall", **options}


CONFIG = {
    "flow_log_levels": [
        level(0, state="absent"),
        level(1, level="Notes"),
        level(2, level="All", characteristics={"communications": False}),
        {"default": True, "level": "Disabled"},
    ]
}


def state_of(org):
    """Return the levels of an org without the fields that each write changes."""
    kinds = ("flow_log_levels", "flow_log_level_default")
    return {one["id"]: one["logLevelCharacteristics"] for kind in kinds for one in org.objects(kind)}


def test_levels_and_the_default_are_written_in_one_task(tasks, flows):
    planned = tasks.done("org_config", config=CONFIG, check_mode=True)
    assert tasks.org.writes() == []
    result = tasks.done("org_config", config=CONFIG)
    assert [one["plan"] for one in result["objects"]] == ["delete", "update", "create", "update"]
    assert [one["diff"] for one in planned["objects"]] == [one["diff"] for one in result["objects"]]
    after = state_of(tasks.org)
    assert {key: one["level"] for key, one in after.items()} == {
        flows[1]: "Notes",
        flows[2]: "All",
        "default": "Disabled",
    }
    again = tasks.done("org_config", config=CONFIG)
    assert (again["changed"], again["totals"]["unchanged"]) == (False, 4)


def test_a_rollback_restores_all_levels_under_their_ids(tasks, flows, tmp_path):
    before, journal = state_of(tasks.org), str(tmp_path / "journal.jsonl")
    result = tasks.done("org_config", config=CONFIG, journal=journal)
    assert [one["not_restorable"] for one in result["objects"]] == [[], [], [], []]
    rolled_back = tasks.done("org_config", state="rolled_back", journal=journal)
    assert state_of(tasks.org) == before
    assert rolled_back["totals"]["rolled_back"] == 4
    assert [one["not_restorable"] for one in rolled_back["objects"]] == [[], [], [], []]


def test_a_failure_rolls_back_what_was_written(tasks, flows):
    before = state_of(tasks.org)
    config = {"flow_log_levels": [*CONFIG["flow_log_levels"], level(3, level="Loud")]}
    message = tasks.failed("org_config", config=config, on_error="rollback", concurrency=1)
    assert "F3" in message
    assert state_of(tasks.org) == before


def test_a_rollback_keeps_concurrent_changes(tasks, flows, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    tasks.done("org_config", config={"flow_log_levels": [level(1, level="Notes")]}, journal=journal)
    silent = dict.fromkeys(state_of(tasks.org)[flows[1]]["characteristics"], False)
    edit = {"logLevelCharacteristics": {"level": "Disabled", "characteristics": silent}}
    tasks.org.edit(flows[1], edit, "flow_log_levels")
    tasks.done("org_config", state="rolled_back", journal=journal)
    assert state_of(tasks.org)[flows[1]] == edit["logLevelCharacteristics"]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (
            [{"default": True, "level": "All"}, {"id": "default", "level": "All"}],
            "'default' is declared twice",
        ),
        ([level(0, level="All"), level(0, level="Base")], "'F0', 'inboundcall' is declared twice"),
        ([level(0, levl="All")], "levl"),
    ],
)
def test_mistakes_are_found_before_any_request(tasks, entries, said):
    assert said in tasks.failed("org_config", config={"flow_log_levels": entries})
    assert tasks.org.log() == []


def test_the_journal_has_the_level_before_the_removal(tasks, flows, tmp_path):
    journal = tmp_path / "journal.jsonl"
    tasks.done("org_config", config={"flow_log_levels": [level(0, state="absent")]}, journal=str(journal))
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    before = next(line["before"] for line in lines if "before" in line)
    assert before["logLevelCharacteristics"]["characteristics"]["names"] is False


ALL = {
    "flow_log_levels": [level(1, level="Notes")],
    "flow_execution_data": [{"enabled": True}],
    "masking_rules": [
        {"name": "New", "definition": "[0-9]{4}"},
        {"name": "Email", "channels": ["email"], "enabled": True},
        {"name": "Old", "state": "absent"},
    ],
}
STAMPS = {"id", "dateCreated", "dateModified", "modifiedByClient"}


def contents(org):
    """Return the org without ids and the fields that each write changes."""
    kinds = ("flow_log_levels", "execution_data", "masking_rules")
    found = [
        {key: value for key, value in one.items() if key not in STAMPS}
        for k in kinds
        for one in org.objects(k)
    ]
    return sorted(found, key=str)


def test_all_settings_are_converged_and_rolled_back(tasks, flows, tmp_path):
    tasks.org.seed([{"name": "Old", "definition": "x", "description": "kept"}], "masking_rules")
    before, journal = contents(tasks.org), str(tmp_path / "journal.jsonl")
    planned = tasks.done("org_config", config=ALL, check_mode=True)
    result = tasks.done("org_config", config=ALL, journal=journal)
    plans = [one["plan"] for one in result["objects"]]
    assert plans == [one["plan"] for one in planned["objects"]]
    assert plans == ["update", "update", "create", "update", "delete"]
    lost = {one["name"]: one["not_restorable"] for one in result["objects"]}
    assert lost == {"F1": [], "organization": [], "New": [], "Email": [], "Old": ["id"]}
    assert "masking rule 'Old' gets a new id when a rollback creates it again" in str(result)
    assert tasks.done("org_config", config=ALL)["changed"] is False
    tasks.done("org_config", state="rolled_back", journal=journal)
    assert contents(tasks.org) == before


def test_two_entries_for_the_only_setting_are_an_error_before_any_request(tasks):
    twice = {"flow_execution_data": [{"enabled": True}, {"enabled": False}]}
    assert (
        "an org has one setting for flow execution data, which config.flow_execution_data[0] declares"
        in tasks.failed("org_config", config=twice)
    )
    assert tasks.org.log() == []


def test_many_new_levels_cost_one_list_of_all_flows(tasks):
    names = [f"G{number}" for number in range(12)]
    tasks.org.seed([{"name": name} for name in names], "flows")
    new = [{"name": name, "type": "inboundcall", "level": "Notes"} for name in names]
    result = tasks.done("org_config", config={"flow_log_levels": new}, check_mode=True)
    assert result["totals"]["created"] == 12
    assert len(tasks.org.log(path="/api/v2/flows")) == 6
    assert len(tasks.org.log(path="*/loglevels/characteristics")) == 1
