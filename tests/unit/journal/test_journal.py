# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the journal that a task writes: its lines, their order and the values it leaves out."""

from __future__ import annotations

import json
import multiprocessing
import sys

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _append_only_file
from ansible_collections.genesys.cloud.plugins.module_utils._arguments import reporting
from ansible_collections.genesys.cloud.plugins.module_utils._journal import file as file_module
from unit.journaled_site import CHANGES, NEW, PASSWORD, SECRETS, STORED, fail_after_header
from unit.module_runner import warnings_of
from unit.permissions import mode_of

ITEM = "/api/v2/architect/data-actions/*"
LIST = "/api/v2/architect/data-actions"


def test_header_intent_and_outcome(site):
    site.seed("flows")
    site.change("flows", name="A", routing={"max_wait_time": 90})
    header, intent, outcome = site.lines()
    now = site.org.named("A", "flows")
    assert {
        key: header[key] for key in ("journal", "org_id", "org_name", "host", "actor", "api_profile")
    } == {
        "journal": 2,
        "org_id": site.org.id,
        "org_name": site.org.name,
        "host": "127.0.0.1",
        "actor": site.org.client_id,
        "api_profile": "reference",
    }
    assert header["run"] == intent["run"] == outcome["run"] and header["collection"]
    assert (intent["number"], outcome["number"]) == (1, 1)
    assert (intent["kind"], intent["action"], intent["id"], intent["name"]) == (
        "flow_settings",
        "update",
        now["id"],
        "A",
    )
    assert intent["before"]["settings"] == STORED["flows"]["settings"]
    assert intent["after"]["settings"]["routing"]["maxWaitTime"] == 90
    assert (outcome["outcome"], outcome["id"]) == ("applied", now["id"])
    assert outcome["written"]["version"] == 15 and "settings" not in outcome["written"]
    assert mode_of(site.journal) == 0o600


def test_without_a_change_nothing_is_written(site):
    site.seed("data_actions")
    assert site.change("data_actions", name="A", description="old")["changed"] is False
    assert site.change("data_actions", check_mode=True, **CHANGES["data_actions"])["changed"] is True
    assert not site.journal.parent.exists()


@pytest.mark.parametrize("password", [None, PASSWORD])
@pytest.mark.parametrize("kind", ["data_actions", "webhooks"])
def test_no_secret_is_in_the_file_in_clear(site, kind, password):
    site.seed(kind)
    options = {} if password is None else {"journal_password": password}
    site.change(kind, **CHANGES[kind], **options)
    site.change(kind, **NEW[kind], **options)
    site.change(kind, name="A", state="absent", **options)
    content = site.journal.read_text("utf-8")
    assert not [
        secret for secret in (*SECRETS, *(s.removeprefix("Bearer ") for s in SECRETS)) if secret in content
    ]
    intents = [line for line in site.lines() if "action" in line]
    assert [line["masked"] for line in intents] == [True] * 3
    assert ["sealed" in line for line in intents] == [password is not None] * 3
    option = {"data_actions": "rest.headers", "webhooks": "target.headers"}[kind]
    url = ["target.url"] if kind == "webhooks" else []
    assert [line["lacks"] for line in intents] == [
        [*url, f"{option}.Authorization"],
        [],
        [*url, f"{option}.Authorization"],
    ]


def test_headers_that_the_task_calls_secret_are_hidden_too_and_the_journal_says_which(site):
    site.seed("data_actions")
    rest = {"headers": {"X-Own": "0wn-s3cr3t-value"}}
    site.change("data_actions", name="A", rest=rest, secret_headers=["X-Own"])
    assert "0wn-s3cr3t-value" not in site.journal.read_text("utf-8")
    assert [line["secret_headers"] for line in site.lines() if "action" in line] == [["X-Own"]]


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    ("kind", "options", "told"),
    [
        (
            "data_actions",
            {"name": "A", "rest": {"headers": {}}},
            "journal: the data action 'A' comes back without the secrets in rest.headers.Authorization; give "
            "journal_password to keep the secrets, encrypted",
        ),
        ("data_actions", {"name": "A", "description": "new"}, None),
        ("privacy_purposes", CHANGES["privacy_purposes"], None),
        (
            "privacy_purposes",
            {"name": "A", "state": "absent"},
            "journal: the privacy purpose 'A' gets a new id when a rollback creates it again",
        ),
        (
            "webhooks",
            {"name": "A", "state": "absent"},
            "journal: the webhook 'A' cannot be created again by a rollback, because of the secret in its "
            "target.url; give journal_password to keep the secrets, encrypted",
        ),
    ],
)
def test_what_cannot_be_restored_is_said_beforehand(site, kind, options, told, check_mode):
    site.seed(kind)
    result = site.change(kind, check_mode=check_mode, **options)
    assert warnings_of(result) == ([] if told is None else [told])


def test_with_the_password_only_the_new_id_is_left_to_say(site):
    site.seed("webhooks")
    result = site.change("webhooks", name="A", state="absent", journal_password=PASSWORD)
    assert warnings_of(result) == ["journal: the webhook 'A' gets a new id when a rollback creates it again"]


def test_a_journal_that_cannot_be_opened_fails_before_any_write(site):
    site.seed("data_actions")
    site.journal.parent.touch()
    result = site.change("data_actions", **CHANGES["data_actions"])
    assert result["failed"] and not result.get("changed")
    assert "nothing was changed. Correct journal" in result["msg"]
    assert site.org.writes() == []


def test_an_intent_that_cannot_be_written_keeps_the_write_from_being_sent(site, monkeypatch):
    site.seed("data_actions")
    fail_after_header(monkeypatch)
    result = site.change("data_actions", **CHANGES["data_actions"])
    assert result["failed"]
    assert result["msg"] == (
        f"The journal '{site.journal}' cannot be written (No space left on device). The data action 'A' was "
        "not changed."
    )
    assert site.org.writes() == []


def test_an_outcome_that_cannot_be_written_fails_with_the_whole_result(site, monkeypatch):
    site.seed("flows")
    append = _append_only_file.append
    lines = iter([True, False])  # the intent and the outcome

    def no_outcome(file: int, text: bytes) -> None:
        if not next(lines):
            raise OSError(28, "No space left on device")
        append(file, text)

    monkeypatch.setattr(file_module, "append", no_outcome)
    result = site.change("flows", name="A", routing={"max_wait_time": 90})
    assert result["failed"] and result["changed"] is True and result["plan"] == "update"
    assert result["record"]["routing"]["max_wait_time"] == 90 and result["reload"] == "accepted"
    assert "The flow 'A' was updated, but this is not in the journal." in result["msg"]
    monkeypatch.undo()
    before = STORED["flows"]["settings"]
    site.undo()
    assert site.org.named("A", "flows")["settings"] == before


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"journal": "relative.jsonl"}, "journal: must be an absolute path, not 'relative.jsonl'"),
        ({"journal": None, "journal_password": "pw"}, "journal_password: needs journal, the file whose"),
        ({"journal_password": " \n"}, "journal_password: must not be empty"),
    ],
)
def test_options_are_judged_offline(site, options, problem):
    result = site.change("data_actions", name="A", **options)
    assert result["failed"] and problem in result["msg"]
    assert site.org.log() == []


def test_a_password_without_the_library_names_interpreter_and_cure(site, monkeypatch):
    monkeypatch.setattr(reporting, "load_ciphers", lambda: None)
    result = site.change("data_actions", name="A", journal_password=PASSWORD)
    assert result["msg"] == (
        f"journal_password: needs the Python library cryptography, which {sys.executable} lacks. Install "
        f"with: {sys.executable} -m pip install cryptography"
    )
    assert site.org.log() == []


def test_the_password_is_in_no_output(site):
    site.seed("data_actions")
    result = site.change("data_actions", **CHANGES["data_actions"], journal_password=PASSWORD)
    assert PASSWORD not in json.dumps(result)


def test_every_try_has_an_intent_of_its_own_with_what_it_found(site):
    site.seed("data_actions")
    site.org.fault(
        method="PUT", path=ITEM, edit={"conditions": [], "description": "old", "labels": ["theirs"]}
    )
    assert site.change("data_actions", name="A", description="new")["changed"]
    _header, first, refused, second, applied = site.lines()
    assert (refused["number"], refused["outcome"]) == (1, "refused")
    assert (applied["number"], applied["outcome"]) == (2, "applied")
    assert "labels" not in first["before"] and second["before"]["labels"] == ["theirs"]


def test_a_lost_answer_is_settled_by_looking(site):
    site.org.fault(method="POST", path=LIST, drop="after")
    assert site.change("data_actions", **NEW["data_actions"])["changed"]
    _header, intent, unknown, applied = site.lines()
    assert intent["id"] is None
    assert (unknown["outcome"], unknown["written"]) == ("unknown", None)
    assert (applied["outcome"], applied["id"]) == ("applied", site.org.named("N")["id"])


def test_a_refusal_is_taken_down(site):
    site.org.fault(method="POST", path=LIST, status=422)
    assert site.change("data_actions", **NEW["data_actions"])["failed"]
    assert [line["outcome"] for line in site.lines()[2:]] == ["refused"]
    assert site.undo() == {}


def test_a_flow_that_rolls_itself_back_leaves_nothing_to_roll_back(site):
    site.seed("flows")
    site.org.fault(method="POST", path="/api/v2/architect/flows/reload", status=403)
    result = site.change("flows", name="A", routing={"max_wait_time": 90})
    assert result["failed"] and result["rolled_back"] is True
    lines = site.lines()
    assert [line.get("undoes", line.get("undone")) for line in lines] == [
        None,
        None,
        None,
        {"run": lines[0]["run"], "number": 1},
        None,
        {"run": lines[0]["run"], "number": 1},
    ]
    state = site.state()
    assert site.undo() == {} and site.state() == state


def test_tasks_of_several_processes_share_a_journal(site):
    """Check that each process, as in a loop, writes a run id and a header of its own."""
    tasks = multiprocessing.get_context("fork")
    for name in ("N1", "N2"):
        task = tasks.Process(
            target=site.change, args=("data_actions",), kwargs={**NEW["data_actions"], "name": name}
        )
        task.start()
        task.join(60)
    assert len({line["run"] for line in site.lines()}) == 2
    assert sorted(site.undo()) == ["data_action N1", "data_action N2"] and site.org.objects() == []
