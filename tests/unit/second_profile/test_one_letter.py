# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of one object under a second profile: plan, PATCH with a version, conflicts, template, identity."""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from unit.second_profile.letter_server import LETTERS

WANTED = {"name": "Reminder", "folder": "inbox", "note": "n", "template": "Dear {{name}}"}
STORED = {"label": "Reminder", "box": "inbox", "memo": "n", "text": "Dear {{name}}"}


def sent(server, method):
    """Return the bodies of the requests of a method for letters."""
    return [request.body for request in server.requests if request.method == method]


def test_create_writes_the_letter_and_its_template(desk, server):
    result = desk.letter(**WANTED)
    assert (result["plan"], result["changed"]) == ("create", True)
    assert server.writes() == [f"POST {LETTERS}", f"PUT {LETTERS}/letter-1/template"]
    assert sent(server, "POST") == [{"label": "Reminder", "box": "inbox", "memo": "n", "on": True}]
    assert server.state() == [
        {"label": "Reminder", "box": "inbox", "memo": "n", "on": True, "text": WANTED["template"]}
    ]
    assert result["record"] == {**WANTED, "active": True, "id": "letter-1", "version": 2}


def test_a_letter_as_declared_is_not_written(desk, server):
    server.add(**STORED)
    result = desk.letter(**WANTED)
    assert (result["plan"], result["changed"]) == ("none", False)
    assert result["record"]["template"] == WANTED["template"]
    assert server.writes() == []


def test_update_sends_the_changed_fields_and_the_version(desk, server):
    server.add(**STORED)
    server.edit("letter-1", on=False)
    result = desk.letter(**{**WANTED, "note": "new"})
    assert result["plan"] == "update"
    assert server.writes() == [f"PATCH {LETTERS}/letter-1"]
    assert sent(server, "PATCH") == [{"memo": "new", "version": 2}]
    assert result["record"]["active"] is False
    assert result["snapshot"]["note"] == "n"


def test_the_given_id_finds_the_letter_and_renames_it(desk, server):
    server.add(**STORED)
    assert desk.letter(id="letter-1", name="Renamed")["plan"] == "update"
    assert sent(server, "PATCH") == [{"label": "Renamed", "version": 1}]


def test_a_changed_template_is_drift_and_put_right(desk, server):
    server.add(**STORED)
    server.edit("letter-1", text="changed by hand")
    planned = desk.letter(**WANTED, check_mode=True)
    assert planned["diff"]["before"]["template"] == "changed by hand"
    assert planned["diff"]["after"]["template"] == WANTED["template"]
    assert server.writes() == []
    assert desk.letter(**WANTED)["diff"] == planned["diff"]
    assert server.state()[0]["text"] == WANTED["template"]
    assert desk.letter(**WANTED)["plan"] == "none"


def test_check_mode_predicts_a_creation_and_sends_nothing(desk, server):
    planned = desk.letter(**WANTED, check_mode=True)
    assert planned["plan"] == "create" and server.writes() == []
    done = desk.letter(**WANTED)
    assert planned["diff"] == done["diff"]
    assert (planned["record"]["id"], planned["record"]["version"]) == (None, None)
    known = {"id": done["record"]["id"], "version": done["record"]["version"]}
    assert {**done["record"], **planned["record"], **known} == done["record"]


def test_absent_deletes(desk, server):
    server.add(**STORED)
    assert desk.letter(name="Reminder", folder="inbox", state="absent")["plan"] == "delete"
    assert server.writes() == [f"DELETE {LETTERS}/letter-1"]
    assert desk.letter(name="Reminder", folder="inbox", state="absent")["plan"] == "none"


def test_a_concurrent_change_of_another_field_is_kept(desk, server):
    server.add(**STORED)
    server.fault("PATCH", "letter-1", edit=lambda: server.edit("letter-1", on=False))
    assert desk.letter(**{**WANTED, "note": "new"})["changed"]
    (stored,) = server.state()
    assert (stored["memo"], stored["on"]) == ("new", False)
    assert [body["version"] for body in sent(server, "PATCH")] == [1, 2]


@pytest.mark.parametrize("field", ["note", "template"])
def test_a_concurrent_change_of_a_declared_field_is_a_conflict(desk, server, field):
    server.add(**STORED)
    theirs = {"memo": "theirs"} if field == "note" else {"text": "theirs"}
    server.fault("PATCH", "letter-1", times=2, edit=lambda: server.edit("letter-1", **theirs))
    with pytest.raises(errors.FieldConflict) as caught:
        desk.letter(**{**WANTED, field: "ours"})
    assert caught.value.returned["conflicts"] == [{"path": field, "theirs": "theirs", "ours": "ours"}]
    assert server.writes() == [f"PATCH {LETTERS}/letter-1"]
    assert desk.letter(**{**WANTED, field: "ours"}, on_conflict="overwrite")["record"][field] == "ours"


def test_the_task_gives_up_after_three_conflicts(desk, server):
    server.add(**STORED)
    server.fault("PATCH", "letter-1", times=9, edit=lambda: server.edit("letter-1", on=False))
    with pytest.raises(errors.TooManyConflicts):
        desk.letter(**{**WANTED, "note": "new"})
    assert len(server.writes()) == 3


def test_the_same_name_in_another_folder_is_another_letter(desk, server):
    server.add(**{**STORED, "box": "archive"})
    assert desk.letter(**WANTED)["plan"] == "create"
    assert [letter["box"] for letter in server.state()] == ["archive", "inbox"]
    assert desk.letter(**WANTED)["plan"] == "none"


def test_a_letter_is_found_without_its_folder_if_only_one_has_the_name(desk, server):
    server.add(**STORED)
    result = desk.letter(name="Reminder", note="new")
    assert (result["plan"], result["record"]["folder"]) == ("update", "inbox")


def test_a_name_without_its_folder_is_ambiguous_if_several_have_it(desk, server):
    server.add(**STORED)
    server.add(**{**STORED, "box": "archive"})
    with pytest.raises(errors.Ambiguous) as caught:
        desk.letter(name="Reminder", note="new")
    assert caught.value.returned["ids"] == ["letter-1", "letter-2"]
    assert server.writes() == []


def test_a_new_letter_needs_its_folder(desk, server):
    with pytest.raises(errors.InputError, match="folder: is required"):
        desk.letter(name="Reminder")
    assert server.writes() == []


def test_a_name_that_is_taken_when_a_letter_is_renamed_is_an_error(desk, server):
    server.add(**STORED)
    server.add(label="Taken", box="inbox")
    with pytest.raises(errors.DuplicateName):
        desk.letter(id="letter-1", name="Taken")
    assert server.state()[0]["label"] == "Reminder"


def test_info_reads_templates_and_names_by_folder(desk, server):
    server.add(**STORED)
    server.add(**{**STORED, "box": "archive"})
    server.add(label="Other", box="archive", text="x")
    assert [record["template"] for record in desk.info(id="letter-1")] == [WANTED["template"]]
    assert {record["id"] for record in desk.info(name="Reminder")} == {"letter-1", "letter-2"}
    assert [record["id"] for record in desk.info(name="Reminder", folder="archive")] == ["letter-2"]
    assert {record["id"] for record in desk.info(folder="archive")} == {"letter-2", "letter-3"}
    assert [record["id"] for record in desk.info(folder="archive", name_pattern="O*")] == ["letter-3"]
    assert len(desk.info()) == 3
