# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of a whole org under a second profile: bulk reads, pairs of name and folder, prune, rollback."""

from __future__ import annotations

import json

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._org.converge import converge_org
from unit.second_profile.letter_server import LETTERS

A = {"name": "A", "folder": "inbox", "note": "a", "template": "text of A"}
A_ARCHIVE = {**A, "folder": "archive", "template": "text of A in the archive"}
B = {"name": "B", "folder": "inbox", "note": "b", "template": "text of B"}
STORED_A = {"label": "A", "box": "inbox", "memo": "a", "text": "text of A"}
STORED_B = {"label": "B", "box": "inbox", "memo": "b", "text": "text of B"}


def plans(result):
    """Return the plan of each object in the order of the result."""
    return [one["plan"] for one in result["objects"]]


def test_letters_are_created_then_unchanged(desk, server):
    server.page_size = 1
    assert plans(desk.org([A, A_ARCHIVE, B])) == ["create"] * 3
    before = server.writes()
    assert plans(desk.org([A, A_ARCHIVE, B])) == ["none"] * 3
    assert server.writes() == before
    assert [letter["text"] for letter in server.state()] == [
        "text of A in the archive",
        "text of A",
        "text of B",
    ]


def test_check_mode_plans_and_writes_nothing(desk, server):
    server.add(**{**STORED_A, "text": "drifted"})
    result = desk.org([A, B], check_mode=True)
    assert plans(result) == ["update", "create"]
    assert [one["template"] for one in (result["diff"][0][side] for side in ("before", "after"))] == [
        "drifted",
        "text of A",
    ]
    assert server.writes() == []
    assert not desk.journal.exists()


def test_the_same_pair_of_name_and_folder_twice_is_a_problem(desk, server):
    with pytest.raises(errors.InputError, match=r"letters\[2\].name: 'A', 'inbox' is declared twice"):
        desk.org([A, A_ARCHIVE, A])
    assert server.requests == []


def test_an_entry_without_its_folder_is_ambiguous(desk, server):
    server.add(**STORED_A)
    server.add(**{**STORED_A, "box": "archive"})
    with pytest.raises(errors.GenesysError, match="The letter 'A' is ambiguous: 2 objects"):
        desk.org([{"name": "A", "note": "new"}])
    assert server.writes() == []


def test_an_ambiguous_pair_is_named_with_its_folder(desk, server):
    server.add(**STORED_A)
    server.add(**STORED_A)
    with pytest.raises(errors.GenesysError, match="The letter 'A', 'inbox' is ambiguous: 2 objects"):
        desk.org([A])
    with pytest.raises(errors.Ambiguous, match="The letter 'A', 'inbox' is ambiguous: 2 objects"):
        desk.letter(**A)
    assert server.writes() == []


def test_a_letter_whose_name_is_no_text_is_refused(desk, server):
    server.add(**{**STORED_A, "label": ["A"]})
    with pytest.raises(errors.GenesysError, match="describes it: name must be a string, not a list"):
        desk.org([A, B], check_mode=True)


def test_two_entries_that_mean_one_letter_are_a_problem(desk, server):
    server.add(**STORED_A)
    with pytest.raises(errors.GenesysError, match="means the same letter"):
        desk.org([A, {"name": "A", "note": "new"}])
    assert server.writes() == []


def test_prune_journals_and_restores_whole_letters(desk, server):
    server.page_size = 1
    server.add(**STORED_A)
    server.add(**STORED_B)
    server.add(**{**STORED_A, "box": "archive"})
    before = server.state()
    assert plans(desk.org([A], prune={"letters": {"enabled": True}})) == ["none", "delete", "delete"]
    assert server.state() == [{**STORED_A, "on": True}]
    intents = [line for line in desk.lines() if "action" in line]
    assert {line["before"]["template"] for line in intents} == {"text of B", "text of A"}
    result = desk.roll_back()
    assert [one["status"] for one in result["objects"]] == ["rolled_back"] * 2
    assert server.state() == before


def test_prune_keeps_every_letter_that_an_entry_without_folder_may_mean(desk, server):
    server.add(**STORED_A)
    server.add(**STORED_B)
    result = desk.org([{"name": "A", "note": "new"}], prune={"letters": {"enabled": True}})
    assert plans(result) == ["update", "delete"]
    assert [letter["label"] for letter in server.state()] == ["A"]


def test_the_journal_has_the_canonical_form(desk, server):
    server.add(**STORED_A)
    desk.org([{**A, "template": "new"}, B])
    intents = {line["name"]: line for line in desk.lines() if "action" in line}
    assert intents["A"]["before"] == {**A, "active": True, "id": "letter-1", "version": 1}
    assert intents["A"]["after"] == {**A, "active": True, "template": "new"}
    assert intents["B"]["after"] == {**B, "active": True}
    applied = [line for line in desk.lines() if "outcome" in line]
    assert {line["outcome"] for line in applied} == {"applied"}
    assert all("Uri" not in key for line in applied for key in line["written"])


@pytest.mark.parametrize("count", [1, 7])
def test_rollback_of_creations_updates_and_removals(desk, server, count):
    """Check both ways to read the letters for a rollback: one by one, and from the list."""
    letters, gone = [], []
    for number in range(count):
        server.add(label=f"old {number}", box="inbox", memo="old", text="old text")
        server.add(label=f"gone {number}", box="inbox", memo="gone", text="text of a removed letter")
        letters.append({"name": f"old {number}", "folder": "inbox", "note": "new", "template": "new text"})
        letters.append({"name": f"new {number}", "folder": "inbox", "template": "text of a new letter"})
        gone.append({"name": f"gone {number}", "folder": "inbox", "state": "absent"})
    before = server.state()
    desk.org([*letters, *gone])
    assert server.state() != before
    planned = desk.roll_back(check_mode=True)
    assert (
        planned["totals"]["updated"] + planned["totals"]["created"] + planned["totals"]["deleted"]
        == 3 * count
    )
    result = desk.roll_back()
    assert result["totals"]["rolled_back"] == 3 * count
    assert server.state() == before
    assert desk.roll_back()["changed"] is False


def test_rollback_restores_a_template_that_is_as_the_run_left_it(desk, server):
    server.add(**STORED_A)
    desk.org([{**A, "note": "new", "template": "new text"}])
    server.edit("letter-1", text="theirs")
    (one,) = desk.roll_back()["objects"]
    assert one["not_restorable"] == ["template"]
    assert server.state() == [{**STORED_A, "on": True, "text": "theirs"}]


def test_rollback_keeps_a_created_letter_whose_template_another_client_has_changed(desk, server):
    desk.org([A])
    server.edit("letter-1", text="theirs")
    (one,) = desk.roll_back()["objects"]
    assert (one["plan"], one["not_restorable"]) == ("none", ["template"])
    assert [letter["text"] for letter in server.state()] == ["theirs"]


def test_rollback_leaves_a_letter_of_the_same_name_in_another_folder(desk, server):
    server.add(**{**STORED_A, "box": "archive"})
    desk.org([A])
    desk.roll_back()
    assert [letter["box"] for letter in server.state()] == ["archive"]


def test_a_failed_run_rolls_back_each_of_two_letters_of_one_name(desk, server):
    server.fault("POST", LETTERS, status=422, reason="too_long")
    with pytest.raises(errors.GenesysError) as caught:
        desk.org([A, A_ARCHIVE, B], on_error="rollback", concurrency=1)
    assert server.state() == []
    statuses = [one["status"] for one in caught.value.returned["objects"]]
    assert statuses == ["failed", "skipped", "skipped"]


def test_the_outcome_of_a_rollback_goes_to_the_letter_in_its_folder(desk, server):
    """Check a creation whose id is unknown, beside an unchanged letter of the same name."""
    server.add(**{**STORED_A, "box": "archive"})
    server.fault("POST", LETTERS, times=9, status=500)
    unchanged = {"name": "A", "folder": "archive", "note": "a"}
    with pytest.raises(errors.GenesysError) as caught:
        desk.org([A, unchanged], on_error="rollback", retries=0)
    statuses = [one["status"] for one in caught.value.returned["objects"]]
    assert statuses == ["failed", "unchanged"]


@pytest.mark.parametrize(
    ("written", "chosen"), [("desk", "reference"), ("reference", "desk"), (None, "desk")]
)
def test_a_journal_of_another_profile_is_refused(desk, server, written, chosen):
    desk.org([{"name": "A", "folder": "inbox"}])
    header, *others = desk.lines()
    header = {key: value for key, value in header.items() if key != "api_profile"}
    header |= {} if written is None else {"api_profile": written}
    desk.journal.write_text("".join(json.dumps(line) + "\n" for line in (header, *others)), "utf-8")
    before = desk.journal.read_bytes()
    requests, tokens = len(server.requests), len(server.token_requests)
    task = desk.org_task(state="rolled_back", api_profile=chosen)
    with pytest.raises(
        errors.InputError,
        match=f"has a run with the API profile {written or 'reference'!r}, and this task uses {chosen!r}",
    ):
        converge_org(task, check_mode=False, diff_mode=False)
    assert (len(server.requests), len(server.token_requests)) == (requests, tokens)
    assert desk.journal.read_bytes() == before


def test_the_organization_of_a_journal_is_compared(desk, server, monkeypatch):
    desk.org([A])
    monkeypatch.setattr(type(server), "tenant", {"id": "tenant-2", "name": "Desk Two"})
    with pytest.raises(errors.InputError, match="belongs to the org 'Desk One'"):
        desk.roll_back()
    assert len(server.state()) == 1
