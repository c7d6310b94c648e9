# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of writes whose response is lost, and of updates in two requests of which one fails."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._engine import apply
from ansible_collections.genesys.cloud.plugins.module_utils._object import run
from ansible_collections.genesys.cloud.plugins.module_utils._object.converge import converge
from ansible_collections.genesys.cloud.plugins.module_utils._object.task import prepare_task
from ansible_collections.genesys.cloud.plugins.module_utils._retry_policy import Backoff, RetryPolicy
from unit.second_profile.letter_profile import LETTER, Letter
from unit.second_profile.letter_server import LETTERS

WANTED = {"name": "Reminder", "folder": "inbox", "note": "new", "template": "new text"}
STORED = {"label": "Reminder", "box": "inbox", "memo": "old", "text": "old text"}
NEW = [{"label": "Reminder", "box": "inbox", "memo": "new", "on": True, "text": "new text"}]
OLD = [{**STORED, "on": True}]
POST, PATCH, PUT = f"POST {LETTERS}", f"PATCH {LETTERS}/letter-1", f"PUT {LETTERS}/letter-1/template"


class UndoableLetter(Letter):
    """A letter of a kind with the option C(rollback_on_failure)."""

    rollback_on_failure: bool = True


def outcomes(desk):
    """Return action and last outcome of each write in the journal."""
    lines = desk.lines()
    last = {line["number"]: line["outcome"] for line in lines if "outcome" in line}
    return [(line["action"], last[line["number"]]) for line in lines if "action" in line]


def test_a_creation_whose_response_is_lost_makes_no_duplicate(desk, server):
    server.fault("POST", LETTERS, drop=True)
    result = desk.letter(**WANTED, journal=str(desk.journal))
    assert server.state() == NEW
    assert server.writes() == [POST, PATCH, PUT]
    assert (result["plan"], result["record"]["id"]) == ("create", "letter-1")
    assert result["diff"]["before"] == {}
    desk.roll_back()
    assert server.state() == []


def test_a_creation_in_one_request_whose_response_is_lost_is_confirmed(desk, server):
    server.fault("POST", LETTERS, drop=True)
    assert desk.letter(**{**WANTED, "template": ""}, journal=str(desk.journal))["plan"] == "create"
    assert server.writes() == [POST]
    assert outcomes(desk) == [("create", "applied")]


def test_a_creation_that_did_not_arrive_is_sent_again(desk, server):
    server.fault("POST", LETTERS, status=503)
    assert desk.letter(**WANTED)["plan"] == "create"
    assert server.state() == NEW


def test_a_letter_that_another_client_creates_first_is_a_conflict(desk, server):
    server.fault("POST", LETTERS, edit=lambda: server.add(**STORED))
    with pytest.raises(errors.FieldConflict):
        desk.letter(**WANTED)
    assert server.state() == OLD


@pytest.mark.parametrize("path_end", ["letter-1", "/template"])
def test_an_update_whose_response_is_lost_is_finished(desk, server, path_end):
    server.add(**STORED)
    server.fault("PUT" if path_end == "/template" else "PATCH", path_end, drop=True)
    result = desk.letter(**WANTED, journal=str(desk.journal))
    assert (result["plan"], result["changed"]) == ("update", True)
    assert server.state() == NEW
    assert result["snapshot"]["note"] == "old"
    desk.roll_back()
    assert server.state() == OLD


def test_an_update_that_is_overtaken_between_the_requests_is_finished(desk, server):
    server.add(**STORED)
    server.fault("PUT", "/template", edit=lambda: server.edit("letter-1", on=False))
    result = desk.letter(**WANTED, journal=str(desk.journal))
    assert server.writes() == [PATCH, PUT, PATCH, PUT]
    assert server.state() == [{**NEW[0], "on": False}]
    assert (result["plan"], result["snapshot"]["note"]) == ("update", "old")
    diff = result["diff"]
    assert [diff[side]["note"] for side in ("before", "after")] == ["old", "new"]
    assert [diff[side]["template"] for side in ("before", "after")] == ["old text", "new text"]
    assert outcomes(desk) == [("update", "unknown"), ("update", "applied")]
    desk.roll_back()
    assert server.state() == [{**OLD[0], "on": False}]


@pytest.mark.parametrize("status", [422, 500])
def test_a_partial_update_is_repaired_by_the_next_run(desk, server, status):
    server.add(**STORED)
    server.fault("PUT", "/template", times=99, status=status)
    with pytest.raises(errors.OutcomeUnknown, match="A part of the change took effect") as caught:
        desk.letter(**WANTED)
    assert caught.value.returned["changed"] is True
    assert server.state() == [{**NEW[0], "text": "old text"}]
    server.clear_faults()
    result = desk.letter(**WANTED)
    assert result["diff"]["before"]["template"] == "old text"
    assert server.state() == NEW


@pytest.mark.parametrize("status", [422, 500])
def test_a_partial_update_is_rolled_back_by_the_journal(desk, server, status):
    server.add(**STORED)
    server.fault("PUT", "/template", times=99, status=status)
    with pytest.raises(errors.OutcomeUnknown):
        desk.letter(**WANTED, journal=str(desk.journal))
    server.clear_faults()
    (undone,) = desk.roll_back()["objects"]
    assert (undone["plan"], undone["not_restorable"]) == ("update", [])
    assert server.state() == OLD


def test_a_refused_second_request_is_not_retried(desk, server):
    server.add(**STORED)
    server.fault("PUT", "/template", times=99, status=422, reason="no_such_placeholder")
    with pytest.raises(errors.OutcomeUnknown, match="no_such_placeholder"):
        desk.letter(**WANTED)
    assert server.writes() == [PATCH, PUT]


def test_a_partial_creation_is_finished_by_the_same_task(desk, server):
    server.fault("PUT", "/template", status=404)
    result = desk.letter(**WANTED, journal=str(desk.journal))
    assert (result["plan"], result["diff"]["before"], result["snapshot"]) == ("create", {}, None)
    assert server.writes() == [POST, PUT, PATCH, PUT]
    assert server.state() == NEW
    assert outcomes(desk) == [("create", "unknown"), ("update", "applied")]
    desk.roll_back()
    assert server.state() == []


def test_a_partial_creation_is_rolled_back_by_the_journal(desk, server):
    server.fault("PUT", "/template", times=99, status=422)
    with pytest.raises(errors.OutcomeUnknown):
        desk.letter(**WANTED, journal=str(desk.journal))
    assert [line["id"] for line in desk.lines() if "outcome" in line] == ["letter-1"]
    server.clear_faults()
    assert desk.roll_back()["totals"]["rolled_back"] == 1
    assert server.state() == []


def test_a_concurrent_change_between_the_requests_is_a_conflict(desk, server):
    server.add(**STORED)
    server.fault("PUT", "/template", edit=lambda: server.edit("letter-1", text="theirs"))
    with pytest.raises(errors.FieldConflict) as caught:
        desk.letter(**WANTED, journal=str(desk.journal))
    assert caught.value.returned["changed"] is True
    assert "conflicts with this task; a part of the change was written: template is now" in str(caught.value)
    assert "nothing was written" not in str(caught.value)
    assert "An earlier attempt" not in str(caught.value)
    desk.roll_back()
    assert server.state() == [{**OLD[0], "text": "theirs"}]


def test_conflicts_at_every_attempt_after_a_partial_write_are_named_in_one_sentence(
    desk, server, monkeypatch
):
    monkeypatch.setattr(apply, "CONFLICTS", RetryPolicy(2, backoff=Backoff(first=0.01)))
    server.add(**STORED)

    def overtake_every_later_attempt():
        server.edit("letter-1", on=False)
        server.fault("PATCH", "letter-1", times=99, edit=lambda: server.edit("letter-1", on=False))

    server.fault("PUT", "/template", edit=overtake_every_later_attempt)
    with pytest.raises(errors.TooManyConflicts, match=r"attempts; a part of the change was written\. Stop"):
        desk.letter(**WANTED)


def test_a_conflict_before_any_write_says_that_nothing_was_written(desk, server):
    server.add(**STORED)
    server.fault("PATCH", "letter-1", edit=lambda: server.edit("letter-1", memo="theirs"))
    with pytest.raises(errors.FieldConflict, match="; nothing was written: note is now") as caught:
        desk.letter(**WANTED)
    assert "changed" not in caught.value.returned


def test_an_update_whose_lost_response_is_followed_by_a_concurrent_change_has_an_unknown_outcome(
    desk, server
):
    """Check that the journal does not call a write refused that may have taken effect."""
    server.add(**STORED)
    server.fault("PATCH", "letter-1", drop=True)
    server.fault("PATCH", "letter-1", edit=lambda: server.edit("letter-1", memo="theirs"))
    with pytest.raises(errors.FieldConflict):
        desk.letter(**WANTED, journal=str(desk.journal))
    assert outcomes(desk) == [("update", "unknown")]


def test_a_rollback_keeps_a_letter_that_another_client_has_created_instead(desk, server):
    server.fault("POST", LETTERS, status=503, edit=lambda: server.add(**STORED))
    desk.letter(**WANTED, journal=str(desk.journal), on_conflict="overwrite")
    assert server.state() == NEW
    desk.roll_back()
    assert server.state() == OLD


def test_a_partly_written_letter_is_a_failed_and_changed_object_of_an_org(desk, server):
    server.add(**STORED)
    server.fault("PUT", "/template", times=99, status=422)
    with pytest.raises(errors.GenesysError) as caught:
        desk.org([WANTED])
    (one,) = caught.value.returned["objects"]
    assert (one["status"], one["changed"]) == ("failed", True)


def test_an_org_that_fails_rolls_a_partial_update_back(desk, server):
    server.add(**STORED)
    server.fault("PUT", "/template", times=1, status=422)
    with pytest.raises(errors.GenesysError):
        desk.org([WANTED], on_error="rollback")
    assert server.state() == OLD


def test_a_failure_after_an_update_in_two_attempts_rolls_both_back(desk, server, monkeypatch):
    """Check that the fields are restored that only the first attempt has written, and no others."""
    undoable = dataclasses.replace(
        LETTER,
        options={**LETTER.options, "rollback_on_failure": {"type": "bool", "default": True}},
        model=UndoableLetter,
        rolls_back_on_failure=True,
    )
    server.add(**STORED)
    server.fault("PUT", "/template", edit=lambda: server.edit("letter-1", on=False))
    failures = [errors.GenesysError("The check failed.")]

    def fail_once(context, plan, written):
        if failures:
            raise failures.pop()
        return written

    monkeypatch.setattr(run, "after_write", fail_once)
    task = prepare_task(undoable, {**desk.connection, **WANTED}, {})
    with pytest.raises(errors.GenesysError, match="The change was rolled back") as caught:
        converge(task, check_mode=False)
    assert caught.value.returned["rolled_back"] is True
    assert server.state() == [{**OLD[0], "on": False}]
