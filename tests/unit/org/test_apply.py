# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config's writes: their order, and objects that stay as they are."""

from __future__ import annotations

import collections
import json

import pytest

from unit.org.conftest import (
    ACTIONS,
    ORDER,
    action,
    every_kind,
    plans_by_name,
    purpose,
    request_counts,
    statuses,
    stored_action,
    stored_purpose,
    stored_webhook,
    totals,
    webhook,
)


def kind_of(path):
    """Return the position of the path's kind in the order of writing."""
    return next(number for number, prefix in enumerate(ORDER) if path.startswith(prefix))


def test_everything_is_created_and_a_second_run_changes_nothing(seeded_org, converge):
    config = every_kind()
    first = converge(config)
    assert first["changed"] and totals(first) == {"created": 6, "updated": 4}, first
    assert set(statuses(first).values()) == {"done"}
    seeded_org.clear_log()
    second = converge(config)
    assert not second["changed"] and totals(second) == {"unchanged": 10}
    assert set(statuses(second).values()) == {"unchanged"} and seeded_org.writes() == []
    assert all(one["diff"] is None and one["error"] is None for one in second["objects"])
    assert [one["path"] for one in first["objects"]] == [
        f"config.{kind}[{number}]"
        for kind in ("data_actions", "privacy_purposes", "customobject_indexes", "flow_settings", "webhooks")
        for number in range(2)
    ]
    assert [one["id"] for one in first["objects"]] == [one["id"] for one in second["objects"]]


def test_kinds_are_written_in_their_order_and_then_removed_in_reverse_order(seeded_org, converge):
    seeded_org.seed([stored_action("Old 1"), stored_action("Old 2"), stored_action("Changes")])
    seeded_org.seed([stored_webhook("Old")], "webhooks")
    config = every_kind()
    config["webhooks"].insert(0, {"name": "Old", "state": "absent"})
    gone = [{"name": "Old 1", "state": "absent"}, {"name": "Old 2", "state": "absent"}]
    config["data_actions"] = [*gone, *config["data_actions"], action("Changes", description="new")]
    for path in ORDER:  # later kinds have to wait for the slowest write
        seeded_org.fault(path=f"{path}*", after=1, times=1, delay=0.2)
    result = converge(config)
    assert totals(result) == {"created": 4 + 2, "updated": 5, "deleted": 3}
    writes = seeded_org.writes()
    verbs = [entry["method"] == "DELETE" for entry in writes]
    assert verbs == sorted(verbs)
    kinds = [kind_of(entry["path"]) for entry in writes if entry["method"] != "DELETE"]
    assert kinds == sorted(kinds)
    removed = [kind_of(entry["path"]) for entry in writes if entry["method"] == "DELETE"]
    assert removed == [4, 0, 0]


def test_objects_of_a_kind_are_written_at_the_same_time_each_once(org, converge):
    seeded = org.seed([stored_action(f"Action {number}") for number in range(24)])
    org.fault(method="PUT", path=f"{ACTIONS}/*", times=8, together=8)
    config = {"data_actions": [action(f"Action {number}", description="new") for number in range(24)]}
    assert totals(converge(config)) == {"updated": 24}
    written = collections.Counter(entry["path"] for entry in org.writes())
    assert written == {f"{ACTIONS}/{one['id']}": 1 for one in seeded}


def test_five_percent_of_500_take_25_writes_and_at_most_13_requests(org, converge):
    org.seed([stored_action(f"Action {number}") for number in range(500)])
    config = {"data_actions": [action(f"Action {number}") for number in range(500)]}
    for entry in config["data_actions"][::20]:
        entry["description"] = "changed"
    result = converge(config)
    assert totals(result) == {"updated": 25, "unchanged": 475}
    assert len(org.writes()) == 25 and len(org.log()) <= 25 + 13
    assert result["api"]["requests"] == len(org.log())
    assert [one["description"] for one in org.objects()].count("changed") == 25


def test_to_create_500_takes_at_most_eight_requests_more(org, converge):
    result = converge({"data_actions": [action(f"Action {number}") for number in range(500)]})
    assert totals(result) == {"created": 500}
    assert len(org.log()) <= 508 and len({one["name"] for one in org.objects()}) == 500


def test_of_few_changes_each_is_read_back_alone(org, converge):
    org.seed([stored_action(f"Action {number}") for number in range(500)])
    config = {"data_actions": [action(f"Action {number}") for number in range(500)]}
    config["data_actions"][7]["description"] = "changed"
    assert totals(converge(config)) == {"updated": 1, "unchanged": 499}
    assert request_counts(org)[f"GET {ACTIONS}"] == 5, "no list for the sake of one"


def test_unverified_entries_are_not_read_back(org, converge):
    entries = [action(f"Action {number}", verify=False) for number in range(3)]
    assert totals(converge({"data_actions": entries})) == {"created": 3}
    # One list before the creations, and one after them that shows all objects.
    assert request_counts(org)[f"GET {ACTIONS}"] == 2 and len(org.log()) == 7


def test_renamed_by_id_and_reset_by_null(org, converge):
    (first,) = org.seed([stored_action("A", description="x")])
    (second,) = org.seed([stored_purpose("P", isActive=False, diversionIds=["d"])], "privacy_purposes")
    (third,) = org.seed([stored_webhook("W")], "webhooks")
    result = converge(
        {
            "data_actions": [{"id": first["id"], "name": "A2", "description": None}],
            "privacy_purposes": [{"id": second["id"], "name": "P2", "active": None, "diversion_ids": None}],
            "webhooks": [{"id": third["id"], "name": "W2", "enabled": None, "target": {"headers": None}}],
        }
    )
    assert totals(result) == {"updated": 3} and list(plans_by_name(result)) == ["A2", "P2", "W2"]
    assert [org.objects()[0][key] for key in ("id", "name", "description")] == [first["id"], "A2", ""]
    (stored,) = org.objects("privacy_purposes")
    assert (stored["name"], stored["isActive"], stored["diversionIds"]) == ("P2", True, [])
    (stored,) = org.objects("webhooks")
    assert (stored["name"], stored["enabled"], stored["target"]["headers"]) == ("W2", True, {})


@pytest.mark.parametrize("kind", ["privacy_purposes", "webhooks"])
def test_a_name_that_another_object_has_is_not_given_a_second_time(org, converge, kind):
    """Check kinds whose server accepts a duplicate name; the module refuses it."""
    make = {"privacy_purposes": stored_purpose, "webhooks": stored_webhook}[kind]
    first, second = org.seed([make("A"), make("B")], kind)
    result = converge({kind: [{"id": first["id"], "name": "B"}]})
    assert result["failed"] and second["id"] in result["objects"][0]["error"] and org.writes() == []


def test_what_is_not_declared_and_what_is_not_known_survive(seeded_org, converge):
    (before,) = seeded_org.seed([stored_action("A", colour="red")])
    (purpose_before,) = seeded_org.seed([stored_purpose("P", steward="x")], "privacy_purposes")
    (webhook_before,) = seeded_org.seed([stored_webhook("W", owner={"team": 1})], "webhooks")
    flow_before = seeded_org.named("Flow 0", "flows")
    converge(
        {
            "data_actions": [{"name": "A", "rest": {"method": "POST"}}],
            "privacy_purposes": [{"name": "P", "retention": "30d"}],
            "flow_settings": [{"name": "Flow 0", "routing": {"max_wait_time": 30}}],
            "webhooks": [{"name": "W", "enabled": True}],
        }
    )
    own = {"id", "etag", "version", "dateModified", "modifiedDate"}

    def changes(old, new):
        return {key for key in {**old, **new} if key not in own and old.get(key) != new.get(key)}

    (stored,) = seeded_org.objects()
    assert changes(before, stored) == {"restConfig"}
    assert changes(before["restConfig"], stored["restConfig"]) == {"httpMethod"}
    assert changes(purpose_before, seeded_org.objects("privacy_purposes")[0]) == {"retentionPeriod"}
    assert changes(webhook_before, seeded_org.objects("webhooks")[0]) == {"enabled"}
    after = seeded_org.named("Flow 0", "flows")
    assert changes(flow_before["settings"], after["settings"]) == {"routing"}
    assert changes(flow_before["settings"]["routing"], after["settings"]["routing"]) == {"maxWaitTime"}


def test_check_mode_reports_the_same_and_writes_nothing(seeded_org, converge):
    seeded_org.seed([stored_action("Action 0", description="old"), stored_action("Pruned")])
    seeded_org.seed([stored_purpose("Purpose 1"), stored_purpose("Gone")], "privacy_purposes")
    config = every_kind()
    config["privacy_purposes"].append({"name": "Gone", "state": "absent"})
    options = {"prune": {"data_actions": {"enabled": True}}, "diff": True}
    planned = converge(config, check_mode=True, **options)
    assert seeded_org.writes() == [] and planned["changed"]
    assert set(statuses(planned).values()) == {"planned", "unchanged"}
    done = converge(config, **options)
    assert totals(planned) == totals(done) == {"created": 4, "updated": 5, "unchanged": 1, "deleted": 2}
    for one, other in zip(planned["objects"], done["objects"], strict=True):
        assert one["diff"] == other["diff"] and one["changed"] == other["changed"]
        assert (one["name"], one["plan"], one["path"]) == (other["name"], other["plan"], other["path"])
    assert planned["diff"] == done["diff"] and len(done["diff"]) == 11


def test_the_list_of_diffs_is_there_in_diff_mode_only(org, converge):
    result = converge({"data_actions": [action("A")]})
    assert "diff" not in result and result["objects"][0]["diff"]["before"] == {}
    shown = converge({"data_actions": [action("A", description="new"), action("B")]}, diff=True)["diff"]
    assert [one["before_header"] for one in shown] == ["data action 'A'", "data action 'B'"]
    assert (shown[0]["before"]["description"], shown[0]["after"]["description"]) == ("About A", "new")


def test_one_definition_serves_the_single_modules_too(seeded_org, converge):
    """Check that an entry and the same options of the single module have the same effect."""
    from unit.module_runner import run_module

    config = every_kind(1)
    assert converge(config)["changed"]
    modules = {
        "data_actions": "genesys_data_action",
        "privacy_purposes": "genesys_privacy_purpose",
        "customobject_indexes": "genesys_customobject_index",
        "flow_settings": "genesys_flow_settings",
        "webhooks": "genesys_webhook",
    }
    for kind, (entry,) in config.items():
        result = run_module(modules[kind], {**seeded_org.connection, **json.loads(json.dumps(entry))})
        assert result["plan"] == "none", result
    assert totals(converge(config)) == {"unchanged": 5}


def test_purposes_and_webhooks_of_one_name_are_two_objects(org, converge):
    result = converge({"privacy_purposes": [purpose("A")], "webhooks": [webhook("A")]})
    assert totals(result) == {"created": 2}
