# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of how an object's error affects other objects, with on_error stop and continue."""

from __future__ import annotations

import pytest

from unit.org.conftest import (
    ACTIONS,
    FLOWS,
    RELOAD,
    WEBHOOKS,
    action,
    every_kind,
    flow,
    index,
    statuses,
    stored_action,
    totals,
    webhook,
)

#: The simulator refuses this unknown dataset after the collection's own checks have passed.
REFUSED = {"conditions": ["unheard_of.x exists"]}


def two_hundred(refused=137):
    entries = [action(f"Action {number:03d}") for number in range(1, 201)]
    entries[refused - 1] |= REFUSED
    return {"data_actions": entries}


def test_continue_does_the_other_199_and_fails(org, converge):
    result = converge(two_hundred(), on_error="continue")
    assert result["failed"] and result["changed"]
    assert totals(result) == {"created": 199, "failed": 1}
    assert len(org.objects()) == 199
    (failed,) = [one for one in result["objects"] if one["error"]]
    assert (failed["name"], failed["path"]) == ("Action 137", "config.data_actions[136]")
    assert not failed["changed"] and failed["plan"] == "create" and failed["id"] is None
    assert result["msg"].startswith("1 of 200 objects failed. 199 of them were changed.")
    assert "config.data_actions[136] (data action 'Action 137')" in result["msg"]
    org.clear_log()
    again = converge({"data_actions": [action(f"Action {number:03d}") for number in range(1, 201)]})
    assert totals(again) == {"unchanged": 199, "created": 1} and len(org.writes()) == 1


@pytest.mark.parametrize("workers", [1, 8])
def test_stop_reports_what_was_written_and_what_was_left(org, converge, workers):
    config = {**two_hundred(), "webhooks": [webhook("W")]}
    org.fault(method="POST", path=ACTIONS, after=130, times=None, delay=0.05)
    result = converge(config, concurrency=workers)
    assert result["failed"] and result["changed"]
    by_status = totals(result)
    done = len(org.objects())
    assert by_status == {"created": done, "failed": 1, "skipped": 200 - done}
    assert 137 - workers <= done <= 136 + 2 * workers, "what was under way is finished, nothing more is begun"
    names = {one["name"] for one in org.objects()}
    assert names == {one["name"] for one in result["objects"] if one["status"] == "done"}
    assert org.objects("webhooks") == [] and statuses(result)["W"] == "skipped"
    assert f"{200 - done} were skipped" in result["msg"]
    assert not any(one["changed"] for one in result["objects"] if one["status"] == "skipped")


def test_what_was_done_before_a_stop_is_read_back_and_reported(org, converge, tmp_path):
    log = tmp_path / "audit.jsonl"
    converge(two_hundred(refused=4), concurrency=1, audit_log=str(log))
    assert len(log.read_text().splitlines()) == 4, "three created, one failed"


def test_a_refused_update_and_a_refused_removal(org, converge):
    seeded = {one["name"]: one["id"] for one in org.seed([stored_action(name) for name in "ABCD"])}
    org.fault(method="PUT", path=f"{ACTIONS}/{seeded['B']}", status=403, times=None)
    org.fault(method="DELETE", path=f"{ACTIONS}/{seeded['D']}", status=403, times=None)
    config = {
        "data_actions": [
            action("A", description="new"),
            action("B", description="new"),
            {"name": "C", "state": "absent"},
            {"name": "D", "state": "absent"},
        ]
    }
    result = converge(config, on_error="continue")
    assert result["failed"] and statuses(result) == {"A": "done", "B": "failed", "C": "done", "D": "failed"}
    assert totals(result) == {"updated": 1, "deleted": 1, "failed": 2}
    assert sorted(one["name"] for one in org.objects()) == ["A", "B", "D"]


def test_with_stop_an_error_among_the_writes_keeps_the_removals_from_happening(org, converge):
    org.seed([stored_action("Old")])
    config = {"data_actions": [{"name": "Old", "state": "absent"}, action("New", **REFUSED)]}
    assert statuses(converge(config)) == {"Old": "skipped", "New": "failed"}
    assert [one["name"] for one in org.objects()] == ["Old"]


def test_an_error_in_planning_keeps_everything_from_being_written(seeded_org, converge):
    config = every_kind()
    config["flow_settings"].append(flow("No such flow"))
    result = converge(config)
    assert result["failed"] and seeded_org.writes() == [] and not result["changed"]
    assert statuses(result)["No such flow"] == "failed"
    assert totals(result) == {"failed": 1, "skipped": 10}
    assert result["msg"].startswith("1 of 11 objects failed. Nothing was changed. 10 were skipped.")


def test_with_continue_an_error_in_planning_concerns_that_object(seeded_org, converge):
    config = every_kind()
    config["flow_settings"].append(flow("No such flow"))
    config["data_actions"].append({"name": "Lacks a URL"})
    result = converge(config, on_error="continue")
    assert result["failed"] and totals(result) == {"created": 6, "updated": 4, "failed": 2}
    assert "config.data_actions[2]" in result["msg"] and "rest.url" in result["msg"]


def test_an_error_in_the_checks_keeps_everything_from_being_written(seeded_org, converge):
    """Check an error that needs the schema, which is read before the first write."""
    config = every_kind()
    config["customobject_indexes"].append(index("object-2", indexes=[{"name": "x", "fields": ["no"]}]))
    result = converge(config)
    assert result["failed"] and seeded_org.writes() == []
    assert totals(result) == {"failed": 1, "skipped": 10}
    assert "config.customobject_indexes[2]" in result["msg"]
    with_others = converge(config, on_error="continue")
    assert totals(with_others) == {"created": 6, "updated": 4, "failed": 1}


def test_check_mode_reports_errors_and_plans(seeded_org, converge):
    config = every_kind()
    config["flow_settings"].append(flow("No such flow"))
    result = converge(config, check_mode=True)
    assert result["failed"] and totals(result) == {"created": 6, "updated": 4, "failed": 1}
    assert seeded_org.writes() == []


def test_an_unchanged_object_that_breaks_the_rules_is_an_error_too(seeded_org, converge):
    """Check an index on a field that cannot be indexed; the single module reports it too."""
    fields = [{"name": "status", "type": "json"}]
    stored = {"id": "odd", "name": "odd", "fields": fields, "schemaVersion": 1}
    seeded_org.seed([{**stored, "indexes": [{"name": "by_status", "fields": ["status"]}]}], "customobjects")
    result = converge({"customobject_indexes": [index("odd")], "data_actions": [action("A")]})
    assert result["failed"] and seeded_org.writes() == []
    assert statuses(result) == {"odd": "failed", "A": "skipped"}


@pytest.mark.parametrize("seeded", [0, 60])
def test_equal_errors_are_reported_once(org, converge, seeded):
    """Check that errors count as equal although correlation ids and the paths of updates differ."""
    org.seed([stored_action(f"A{number}", description="old") for number in range(seeded)])
    for method, path in (("POST", ACTIONS), ("PUT", f"{ACTIONS}/*")):
        org.fault(method=method, path=path, status=403, times=None)
    config = {"data_actions": [action(f"A{number}") for number in range(60)]}
    result = converge(config, on_error="continue")
    assert totals(result) == {"failed": 60}
    assert "and 59 more" in result["msg"] and len(result["msg"].splitlines()) == 2
    assert len({one["error"] for one in result["objects"]}) == 60


def test_many_different_errors_are_shortened_in_the_message_alone(org, converge):
    entries = [action(f"A{number}", conditions=[f"unheard_{number}.x exists"]) for number in range(30)]
    result = converge({"data_actions": entries}, on_error="continue")
    assert len(result["msg"].splitlines()) == 22 and "10 more, in the result's objects" in result["msg"]


def test_a_conflict_is_that_objects_error(org, converge):
    first, _second = org.seed([stored_action("A"), stored_action("B")])
    org.fault(method="PUT", path=f"{ACTIONS}/{first['id']}", edit={"description": "theirs"})
    config = {"data_actions": [action("A", description="ours"), action("B", description="ours")]}
    result = converge(config, on_error="continue")
    assert statuses(result) == {"A": "failed", "B": "done"}
    assert org.named("A")["description"] == "theirs" and "description" in result["objects"][0]["error"]


def test_a_change_of_others_to_another_field_survives(org, converge):
    first, _second = org.seed([stored_action("A"), stored_action("B")])
    org.fault(method="PUT", path=f"{ACTIONS}/{first['id']}", edit={"restConfig": {"httpMethod": "POST"}})
    entries = [{"name": "A", "description": "ours"}, {"name": "B", "description": "ours"}]
    assert totals(converge({"data_actions": entries})) == {"updated": 2}
    assert org.named("A")["description"] == "ours" and org.named("A")["restConfig"]["httpMethod"] == "POST"


def test_lost_responses_make_no_duplicates(seeded_org, converge):
    for path in (ACTIONS, "/api/v2/privacy/purposes", WEBHOOKS):
        seeded_org.fault(method="POST", path=path, drop="after")
    seeded_org.fault(method="PATCH", path=f"{FLOWS}/*", drop="after")
    seeded_org.fault(method="PUT", path="*/schemas/*", drop="after")
    seeded_org.fault(method="POST", path=RELOAD, drop="after")
    config = every_kind()
    result = converge(config)
    assert not result.get("failed"), result["msg"]
    assert totals(result) == {"created": 6, "updated": 4}
    assert [len(seeded_org.objects(kind)) for kind in ("data_actions", "privacy_purposes", "webhooks")] == [
        2,
        2,
        2,
    ]
    assert result["api"]["requests"] == len(seeded_org.log())
    assert totals(converge(config)) == {"unchanged": 10}


def test_what_another_controller_creates_first_is_no_duplicate_and_no_failure(org, converge):
    """Check an equal object, which is no error, and one with a different declared field, which conflicts."""
    org.fault(method="POST", path=ACTIONS, create=stored_action("A"))
    same = converge({"data_actions": [action("A"), action("B")]}, concurrency=1)
    assert not same.get("failed"), same["msg"]
    assert statuses(same) == {"A": "unchanged", "B": "done"}
    assert sorted(one["name"] for one in org.objects()) == ["A", "B"]
    org.fault(method="POST", path=ACTIONS, create=stored_action("C", description="theirs"))
    other = converge({"data_actions": [action("C"), action("D")]}, concurrency=1, on_error="continue")
    assert statuses(other) == {"C": "failed", "D": "done"} and "description" in other["objects"][0]["error"]
    assert org.named("C")["description"] == "theirs"


def test_an_object_that_another_client_removes_meanwhile_is_an_error(org, converge):
    gone, _stays = org.seed([stored_action("A"), stored_action("B")])
    org.fault(method="PUT", path=f"{ACTIONS}/{gone['id']}", delete=True)
    entries = [action("A", description="new"), action("B", description="new")]
    result = converge({"data_actions": entries}, on_error="continue")
    assert statuses(result) == {"A": "failed", "B": "done"}
    assert "'A' was removed by a concurrent change during its update" in result["objects"][0]["error"]


def test_an_object_that_another_client_removes_first_counts_as_unchanged(org, converge):
    (gone,) = org.seed([stored_action("A")])
    org.fault(method="DELETE", path=f"{ACTIONS}/{gone['id']}", delete=True)
    result = converge({"data_actions": [{"name": "A", "state": "absent"}]})
    assert not result.get("failed") and totals(result) == {"unchanged": 1} and org.objects() == []
