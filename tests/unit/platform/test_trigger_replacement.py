# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of triggers that are replaced because their topic changes, and of their rollback (N.9)."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.platform.triggers import END, PATH, START, TRIGGER, seed_trigger, seed_workflow, triggers, writes

REPLACE = {"name": "Survey", "topic_name": START, "on_topic_change": "replace"}


@pytest.fixture
def workflow(tasks):
    return seed_workflow(tasks.org)


@pytest.fixture
def trigger(tasks, workflow):
    return seed_trigger(tasks.org, workflow, description="kept")


def state_of(org):
    """Return the triggers without ids and versions."""
    return sorted(
        ({key: value for key, value in one.items() if key not in ("id", "version")} for one in triggers(org)),
        key=str,
    )


def test_another_topic_is_refused_before_the_write(tasks, trigger):
    """Situation 15 of the public reports."""
    for check_mode in (True, False):
        message = tasks.failed("trigger", name="Survey", topic_name=START, check_mode=check_mode)
        assert f"topic_name: is '{END}' and cannot become '{START}'" in message
        assert "set on_topic_change to replace" in message
    assert tasks.org.writes() == []


@pytest.mark.parametrize("names", ["allowed", "refused"])
def test_another_topic_replaces_the_trigger_on_request(tasks, trigger, names):
    """Situation 15 of the public reports."""
    tasks.org.platform(duplicate_trigger_names=names)
    planned = tasks.done("trigger", **REPLACE, check_mode=True)
    assert planned["replacement"] == {"old_id": trigger, "new_id": None}
    assert tasks.org.writes() == []
    result = tasks.done("trigger", **REPLACE)
    assert (planned["plan"], planned["diff"]) == (result["plan"], result["diff"])
    assert f"topic_name: {END!r}" in result["diff"]["before"].replace('"', "'")
    assert "# frozen" in result["diff"]["after"]
    (stored,) = triggers(tasks.org)
    assert (stored["name"], stored["topicName"], stored["description"]) == ("Survey", START, "kept")
    assert stored["delayBySeconds"] == 60 and len(stored["matchCriteria"]) == 3
    assert result["replacement"] == {"old_id": trigger, "new_id": stored["id"]}
    new = f"{PATH}/{stored['id']}"
    assert writes(tasks.org) == [f"POST {PATH}", f"DELETE {PATH}/{trigger}", f"PUT {new}"]
    assert tasks.done("trigger", **REPLACE)["changed"] is False
    assert tasks.done("trigger", name="Survey", topic_name=START)["changed"] is False


def test_lists_and_reads_that_lag_stop_neither_a_replacement_nor_its_rollback(tasks, trigger, tmp_path):
    """Situation 10 of the public reports."""
    journal, before = str(tmp_path / "journal.jsonl"), state_of(tasks.org)
    lags = {"reads_until_found": 2, "lists_until_found": 2, "reads_until_updated": 2, "reads_until_gone": 2}
    tasks.org.platform(**lags)
    tasks.org.simulator.lag(tasks.org.key, "triggers", lists=0.4)
    tasks.done("trigger", **REPLACE, journal=journal)
    (stored,) = triggers(tasks.org)
    assert (stored["name"], stored["topicName"]) == ("Survey", START)
    assert tasks.done("trigger", **REPLACE)["changed"] is False
    tasks.done("org_config", state="rolled_back", journal=journal)
    assert state_of(tasks.org) == before


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT"])
def test_a_replacement_that_failed_is_continued_by_the_next_run(tasks, trigger, method):
    tasks.org.fault(method=method, path=f"{PATH}*", times=1, status=403)
    message = tasks.failed("trigger", **REPLACE)
    done = {"POST": 0, "DELETE": 1, "PUT": 2}[method]
    assert ("Run again to continue" in message) == bool(done)
    assert ("The old one" in message and "was removed" in message) == (done == 2)
    result = tasks.done("trigger", **REPLACE)
    (stored,) = triggers(tasks.org)
    assert (result["changed"], stored["name"], stored["topicName"]) == (True, "Survey", START)
    assert len(tasks.org.log(method="POST", path=PATH)) == (2 if method == "POST" else 1)
    assert tasks.done("trigger", **REPLACE)["changed"] is False


@pytest.mark.parametrize("fault", [{"drop": "after"}, {"drop": "before"}])
@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT"])
def test_a_lost_response_of_a_replacement_is_resolved_by_a_read(tasks, trigger, method, fault):
    tasks.org.fault(method=method, path=f"{PATH}*", times=1, **fault)
    tasks.done("trigger", **REPLACE)
    (stored,) = triggers(tasks.org)
    assert (stored["name"], stored["topicName"]) == ("Survey", START)


def test_an_old_trigger_that_changes_meanwhile_is_not_removed(tasks, trigger):
    tasks.org.fault(method="GET", path=f"{PATH}/{trigger}", after=1, times=1, edit={"description": "theirs"})
    message = tasks.failed("trigger", **REPLACE)
    assert "The trigger 'Survey' was not removed, because another client changed it meanwhile" in message
    assert {one["name"] for one in triggers(tasks.org)} == {"Survey", "Survey (replacement)"}
    tasks.done("trigger", **REPLACE)
    (stored,) = triggers(tasks.org)
    assert (stored["topicName"], stored["description"]) == (START, "theirs")


def test_a_workflow_that_was_removed_fails_before_the_write(tasks, trigger, workflow):
    tasks.org.edit(workflow, {"deleted": True}, "flows")
    assert "There is no flow with the id" in tasks.failed("trigger", **REPLACE)
    assert tasks.org.writes() == []


@pytest.mark.parametrize("failing", [None, "PUT", "DELETE"])
def test_a_rollback_creates_the_old_trigger_again(tasks, trigger, tmp_path, failing):
    journal = str(tmp_path / "journal.jsonl")
    before = state_of(tasks.org)
    if failing is not None:
        tasks.org.fault(method=failing, path=f"{PATH}*", times=1, status=403)
    result = tasks.run("trigger", **REPLACE, journal=journal)
    assert bool(result.get("failed")) == bool(failing)
    said = "the trigger 'Survey' gets a new id when a rollback creates it again"
    assert any(said in warning for warning in warnings_of(result))
    tasks.done("org_config", state="rolled_back", journal=journal)
    assert state_of(tasks.org) == before


def test_an_org_replaces_prunes_and_rolls_back_triggers(tasks, trigger, workflow, tmp_path):
    for name in ("Old", "manual-1"):
        seed_trigger(tasks.org, workflow, name=name)
    before, journal = state_of(tasks.org), str(tmp_path / "journal.jsonl")
    options = {
        "config": {"triggers": [REPLACE, {**TRIGGER, "name": "New"}]},
        "prune": {"triggers": {"enabled": True, "protect": ["manual-*"]}},
    }
    planned = tasks.done("org_config", **options, check_mode=True)
    result = tasks.done("org_config", **options, journal=journal)
    plans = {one["name"]: (one["plan"], one["not_restorable"]) for one in result["objects"]}
    assert plans == {"Survey": ("update", ["id"]), "New": ("create", []), "Old": ("delete", ["id"])}
    assert [one["plan"] for one in planned["objects"]] == [one["plan"] for one in result["objects"]]
    assert {one["name"] for one in triggers(tasks.org)} == {"Survey", "New", "manual-1"}
    assert tasks.done("org_config", **options)["changed"] is False
    tasks.done("org_config", state="rolled_back", journal=journal)
    assert state_of(tasks.org) == before


def test_defaults_of_the_kind_say_how_topics_change(tasks, trigger):
    entry = {"name": "Survey", "topic_name": START}
    assert "cannot become" in tasks.failed("org_config", config={"triggers": [entry]})
    assert tasks.org.writes() == []
    defaults = {"triggers": {"on_topic_change": "replace"}}
    assert tasks.done("org_config", config={"triggers": [entry]}, defaults=defaults)["changed"] is True
    assert [one["topicName"] for one in triggers(tasks.org)] == [START]


def test_many_triggers_of_one_workflow_cost_few_requests(tasks, workflow):
    entries = [{**TRIGGER, "name": f"T{number}"} for number in range(20)]
    tasks.done("org_config", config={"triggers": entries})
    tasks.org.clear_log()
    assert tasks.done("org_config", config={"triggers": entries})["changed"] is False
    assert len(tasks.org.log(path="/api/v2/flows*")) == 1
    assert len(tasks.org.log(path=f"{PATH}*")) == 1


#: Ids before and after all others. Without dates, the object with the smaller id counts as older.
FIRST_ID, LAST_ID = "00000000-0000-4000-8000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff"


@pytest.mark.parametrize(
    ("names", "their_id", "description", "fails"),
    [
        ("allowed", FIRST_ID, "kept", False),
        # The other run may still remove its object, but never does.
        ("allowed", LAST_ID, "kept", True),
        ("allowed", FIRST_ID, "theirs", True),
        ("refused", FIRST_ID, "kept", False),
        ("refused", FIRST_ID, "theirs", True),
    ],
)
def test_the_slower_one_of_two_replacements_names_the_trigger(
    tasks, trigger, workflow, names, their_id, description, fails
):
    tasks.org.platform(duplicate_trigger_names=names)
    theirs = {
        **{key: one for key, one in triggers(tasks.org)[0].items() if key != "version"},
        "id": their_id, "name": "Survey (replacement)", "topicName": START, "description": description,
    }  # fmt: skip
    tasks.org.fault(method="POST", path=PATH, times=1, create=theirs)
    result = tasks.run("trigger", **REPLACE, list_lag=0.1)
    begin = "The replacement of the trigger 'Survey' by a new one: "
    assert bool(result.get("failed")) == fails, result
    shown = [result["msg"]] if fails else warnings_of(result)
    assert [text for text in shown if "(replacement)" in text and not text.startswith(begin)] == []
    if fails:
        assert shown[0].startswith(begin)
    else:
        assert [(one["name"], one["topicName"]) for one in triggers(tasks.org)] == [("Survey", START)]
        assert len(shown) == (names == "allowed")


def test_a_replacement_that_another_run_has_finished_leaves_one_trigger(tasks, trigger):
    theirs = {
        **{key: one for key, one in triggers(tasks.org)[0].items() if key not in ("id", "version")},
        "topicName": START,
    }  # fmt: skip
    tasks.org.fault(method="POST", path=PATH, times=1, create=theirs)
    result = tasks.run("trigger", **REPLACE, list_lag=0.1)
    assert [(one["name"], one["topicName"]) for one in triggers(tasks.org)] == [("Survey", START)], result
    assert result.get("failed")
    assert "Another client has replaced the trigger meanwhile" in result["msg"]
