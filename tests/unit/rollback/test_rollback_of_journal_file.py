# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the journal file in a rollback: secrets with and without password, invalid files, reports."""

from __future__ import annotations

import json

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._errors import (
    GenesysError,
    InputError,
    JournalFailed,
)
from unit.journaled_site import (
    CHANGES,
    NEW,
    NEW_TOKEN,
    OLD_TOKEN,
    PASSWORD,
    SECRETS,
    STORED,
    fail_after_header,
)
from unit.module_runner import run_module
from unit.scripted_server import Answer, ScriptedServer


def test_without_the_password_everything_but_the_secrets_is_restored(site):
    """Check both cases: without the password secrets are encrypted or absent in the journal."""
    for password in (PASSWORD, None):
        site.org.simulator.reset(site.org.key)
        site.journal.unlink(missing_ok=True)
        site.seed("data_actions")
        site.change(
            "data_actions", **CHANGES["data_actions"], **({"journal_password": password} if password else {})
        )
        (undone,) = site.undo().values()
        now = site.org.named("A")
        assert now["description"] == "old" and "bodyTemplate" not in now["restConfig"]
        assert now["restConfig"]["headers"] == {"Accept": "application/json", "Authorization": NEW_TOKEN}
        assert undone.not_restored == ["rest.headers.Authorization"]
        assert undone.notes == ["the secrets in rest.headers.Authorization are not known from the journal"]


def test_a_secret_that_the_task_added_goes_and_one_it_left_alone_stays(site):
    site.seed("data_actions")
    before = site.state()
    headers = {"Accept": "text/plain", "Authorization": OLD_TOKEN, "X-Api-Key": "k3y-s3cr3t-value"}
    site.change("data_actions", name="A", rest={"headers": headers})
    (undone,) = site.undo().values()
    assert site.state() == before and undone.not_restored == []


def test_a_secret_that_the_task_removed_is_missed(site):
    site.seed("data_actions")
    site.change("data_actions", name="A", rest={"headers": {"Accept": "text/plain"}})
    (undone,) = site.undo().values()
    assert site.org.named("A")["restConfig"]["headers"] == {"Accept": "application/json"}
    assert undone.not_restored == ["rest.headers.Authorization"]


def test_a_url_whose_secret_is_unknown_stays_and_one_without_is_restored(site):
    site.seed("webhooks")
    site.change("webhooks", **CHANGES["webhooks"])
    (undone,) = site.undo().values()
    now = site.org.named("A", "webhooks")["target"]
    assert now["url"] == CHANGES["webhooks"]["target"]["url"]
    assert now["headers"] == {"Authorization": NEW_TOKEN, "X-Region": "emea"}
    assert undone.not_restored == ["target.url", "target.headers.Authorization"]

    site.journal.unlink()
    plain = {"url": "https://hooks.example.com/plain", "headers": {}}
    site.change("webhooks", name="A", target=plain)
    site.journal.unlink()
    site.change("webhooks", name="A", target=CHANGES["webhooks"]["target"])
    (undone,) = site.undo().values()
    assert site.org.named("A", "webhooks")["target"] == plain
    assert undone.not_restored == []


def test_a_removed_object_comes_back_without_its_secrets_or_not_at_all(site):
    site.seed("data_actions", "webhooks")
    site.change("data_actions", name="A", state="absent")
    site.change("webhooks", name="A", state="absent")
    undone = site.undo()
    now = site.org.named("A")
    assert now["restConfig"]["headers"] == {"Accept": "application/json"} and now["description"] == "old"
    assert undone["data_action A"].not_restored == ["rest.headers.Authorization", "id"]
    assert site.org.objects("webhooks") == []
    assert str(undone["webhook A"].error) == (
        "The webhook 'A' cannot be created again: its target.url holds a secret that is not known from the "
        "journal."
    )


def test_a_creation_is_removed_without_the_password_too(site):
    for kind, options in NEW.items():
        site.change(kind, **options, journal_password=PASSWORD)
    assert {one.plan for one in site.undo().values()} == {"delete"}
    assert [site.org.objects(kind) for kind in NEW] == [[], [], []]


def test_no_mask_is_ever_written(site):
    site.seed()
    for kind, options in CHANGES.items():
        site.change(kind, **options)
    for kind, options in NEW.items():
        site.change(kind, name="A", state="absent")
        site.change(kind, **options)
    site.org.clear_log()
    site.undo()
    assert site.org.writes()
    assert "****" not in json.dumps([entry["body"] for entry in site.org.writes()])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'{"journal":1,', None),
        (b"", None),
        (b"name: A\n", "journal: '{path}' is no journal: line 1 is no JSON object"),
        (
            b'{"time":"2026-11-22T00:00:00Z","kind":"flow"}\n',
            "journal: '{path}' is no journal: it does not begin",
        ),
        (
            b'{"journal":3,"collection":"3.0.0"}\n',
            "journal: '{path}' has the format 3, and this version .* (3.0.0)",
        ),
        (b'{"journal":true}\n', "journal: '{path}' has the format True, and this version"),
        (b'{"journal":1,"run":"x"}\n', "journal: '{path}' is damaged: line 1 is not a line of a journal"),
    ],
)
def test_what_is_no_journal_is_refused(site, content, problem):
    site.journal.parent.mkdir()
    site.journal.write_bytes(content)
    site.journal.chmod(0o600)
    if problem is None:
        assert site.undo() == {}
    else:
        with pytest.raises(
            InputError, match=problem.format(path=site.journal).replace("(", r"\(").replace(")", r"\)")
        ):
            site.undo()
    assert site.org.writes() == [] and site.journal.read_bytes() == content


def test_a_header_without_api_profile_means_the_reference_api(site):
    site.change("data_actions", **NEW["data_actions"])
    header, *others = site.journal.read_bytes().splitlines(keepends=True)
    line = json.loads(header)
    assert line.pop("api_profile") == "reference"
    site.journal.write_bytes(json.dumps(line).encode() + b"\n" + b"".join(others))
    site.org.clear_log()
    site.undo()
    assert len(site.org.writes()) == 1


def test_a_missing_file_and_one_of_others_are_refused(site):
    with pytest.raises(InputError, match=r"journal: .* cannot be read \(No such file or directory\)"):
        site.undo()
    site.change("data_actions", **NEW["data_actions"])
    site.journal.chmod(0o644)
    with pytest.raises(InputError, match=r"its mode is 0644, others have rights to it: chmod 0600"):
        site.undo()


def test_a_wrong_password_is_refused_before_any_write(site):
    site.seed("data_actions")
    site.change("data_actions", **CHANGES["data_actions"], journal_password=PASSWORD)
    site.org.clear_log()
    with pytest.raises(
        InputError, match=r"journal_password: does not decrypt the secrets in .*: the password is wrong"
    ):
        site.undo("wrong")
    assert site.org.log() == []


def test_the_journal_of_another_org_is_refused_before_any_write(site, new_org):
    site.seed("data_actions")
    site.change("data_actions", **CHANGES["data_actions"])
    other = new_org(name="Other")
    mine, site.org = site.org, other
    with pytest.raises(
        InputError, match=rf"belongs to the org '{mine.name}' \(id {mine.id}\), but these credentials belong"
    ):
        site.undo()
    assert other.log() == []


def test_a_journal_that_cannot_be_written_any_more_fails_before_any_write(site):
    site.seed("data_actions")
    site.change("data_actions", **CHANGES["data_actions"])
    site.org.clear_log()
    audit = site.journal.parent / "no" / "file"
    audit.parent.touch()
    with pytest.raises(GenesysError, match=r"The audit log .* cannot be written"):
        site.undo(audit_log=str(audit))
    assert site.org.writes() == []


def test_rolled_back_writes_are_reported_as_changes(site, tmp_path):
    log = tmp_path / "audit.jsonl"
    site.seed("data_actions", "flows")
    before = site.state()
    site.change("data_actions", **CHANGES["data_actions"], audit_log=str(log), journal_password=PASSWORD)
    site.change("flows", **CHANGES["flows"], audit_log=str(log))
    with ScriptedServer() as listener:
        listener.respond(lambda request: Answer(204))
        notify = {"url": listener.base_url, "on": ["rolled_back"], "on_failure": "fail", "timeout": 5}
        site.undo(PASSWORD, audit_log=str(log), notify={**notify, "headers": {}, "validate_certs": True})
        assert len(listener.calls) == 2
    assert site.state() == before
    records = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [(one["kind"], one["status"], one["action"], one["changed"]) for one in records[2:]] == [
        ("flow_settings", "rolled_back", "update", True),
        ("data_action", "rolled_back", "update", True),
    ]
    applied = {one["kind"]: one for one in records[:2]}
    for one in records[2:]:
        assert one["before_sha256"] == applied[one["kind"]]["after_sha256"]
        assert one["after_sha256"] == applied[one["kind"]]["before_sha256"]
        assert one["correlation_id"] and one["org_id"] == site.org.id


def test_the_rollback_is_in_the_journal_as_such(site):
    site.seed("data_actions")
    site.change("data_actions", name="A", description="new")
    (first, *_rest) = site.lines()
    site.undo()
    header, intent, outcome, undone = site.lines()[3:]
    assert header["run"] != first["run"]
    assert intent["undoes"] == undone["undone"] == {"run": first["run"], "number": 1}
    assert (intent["action"], intent["after"]["description"]) == ("update", "old")
    assert outcome["outcome"] == "applied"


def test_runs_after_a_rollback_can_be_rolled_back_again(site):
    site.seed("data_actions")
    before = site.state()
    for description in ("one", "two"):
        site.change("data_actions", name="A", description=description)
        site.undo()
        assert site.state() == before
    # Another user sets the value of the first run by hand; a second rollback leaves it alone.
    site.org.edit(site.org.named("A")["id"], {"description": "one"})
    assert site.undo() == {}


def test_a_server_that_repeats_secrets_of_the_journal_gives_none_away(site):
    site.seed("data_actions")
    site.change("data_actions", **CHANGES["data_actions"], journal_password=PASSWORD)
    echo = {"message": f"The header {OLD_TOKEN} is not allowed", "code": "bad.request", "status": 400}
    site.org.fault(method="PUT", path="/api/v2/architect/data-actions/*", status=400, body=echo)
    given = {"state": "rolled_back", "journal": str(site.journal), "journal_password": PASSWORD}
    result = run_module("genesys_org_config", {**site.org.connection, **given})
    assert result["failed"] and "is not allowed" in json.dumps(result)
    assert not [secret for secret in (*SECRETS, PASSWORD) if secret in json.dumps(result)]


def test_an_old_journal_is_reported(site):
    site.seed("data_actions")
    site.change("data_actions", name="A", description="one")
    text = site.journal.read_text("utf-8")
    time = site.lines()[0]["time"]
    site.journal.write_text(text.replace(time, "2026-01-02T03:04:05+00:00"), "utf-8")
    site.change("data_actions", name="A", description="two")
    site.undo()
    (warning,) = site.findings.warnings
    assert "the writes of 2 runs from 2026-01-02T03:04:05+00:00 to 20" in warning.message


def test_a_rollback_on_a_full_disk_leaves_the_rest_alone(site, monkeypatch):
    site.seed("data_actions")
    site.change("data_actions", name="A", description="new")
    fail_after_header(monkeypatch)
    site.org.clear_log()
    (undone,) = site.undo().values()
    assert isinstance(undone.error, JournalFailed) and site.org.writes() == []
    assert STORED["data_actions"]["description"] != site.org.named("A")["description"]
