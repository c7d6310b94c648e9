# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the memory of secrets: damaged files, foreign folders, two orgs, and runs at the same time."""

from __future__ import annotations

import fcntl
import json
import os

import pytest

from unit.module_runner import warnings_of
from unit.platform.conftest import Tasks

LOGIN = {
    "name": "L",
    "type": "basicAuth",
    "fields": {"userName": "us3r-0815", "password": "pa55-0815"},
    "update_secret": "when_changed",
}
DAMAGED = [
    b"", b"{", b"[]", b"7", b"null", b'"x"', b"\xff\xfe", b"[" * 3000, b"9" * 4000, b"x" * 5000, b"{}",
    b'{"digest": 7}', b'{"digest": null, "key": null}', b'{"digest": [], "key": {}}', b'{"digest": "x"}',
]  # fmt: skip


@pytest.fixture
def memory(tasks):
    """Return the file of a credential's digest."""
    tasks.done("integration_credential", **LOGIN)
    (file,) = tasks.state.iterdir()
    return file


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_reported_and_nothing_is_written(tasks, memory, content):
    memory.write_bytes(content)
    result = tasks.done("integration_credential", **LOGIN)
    assert (result["changed"], result["not_compared"]) == (False, ["fields"])
    assert "cannot be compared, and were not written" in warnings_of(result)[0]
    assert len(tasks.org.writes()) == 1


@pytest.mark.parametrize("digest", ["", "x", "\ud800", "é", "\u0000"])
def test_a_digest_that_is_none_means_changed(tasks, memory, digest):
    content = json.loads(memory.read_text("utf-8"))
    memory.write_text(json.dumps({**content, "digest": digest}), "utf-8")
    assert tasks.done("integration_credential", **LOGIN)["changed"] is True
    assert tasks.done("integration_credential", **LOGIN)["changed"] is False


@pytest.mark.parametrize("modified", [7, [], {}, "x", "9999-99-99", None, "\ud800"])
def test_a_damaged_date_does_not_keep_the_old_digest(tasks, memory, modified):
    content = json.loads(memory.read_text("utf-8"))
    memory.write_text(json.dumps({**content, "modified": modified}), "utf-8")
    new = {**LOGIN, "fields": {"userName": "us3r-0815", "password": "n3w-0815"}}
    assert tasks.done("integration_credential", **new)["changed"] is True
    assert tasks.done("integration_credential", **new)["changed"] is False


def test_a_link_and_a_file_that_others_can_read_are_refused(tasks, memory, tmp_path):
    memory.chmod(0o644)
    assert "chmod 0600" in warnings_of(tasks.done("integration_credential", **LOGIN))[0]
    target = tmp_path / "elsewhere"
    memory.rename(target)
    target.chmod(0o600)
    memory.symlink_to(target)
    assert "symbolic link" in warnings_of(tasks.done("integration_credential", **LOGIN))[0]


def test_a_folder_that_all_users_can_write_to_is_refused(tasks, memory):
    """Another user could put an old digest back, so that a changed secret is not written."""
    memory.parent.chmod(0o777)
    result = tasks.done("integration_credential", **LOGIN)
    assert result["not_compared"] == ["fields"] and "chmod o-w" in warnings_of(result)[0]


def test_a_digest_that_cannot_be_stored_is_reported(tasks, tmp_path):
    (tmp_path / "file").touch()
    result = tasks.done("integration_credential", **LOGIN, state_path=str(tmp_path / "file"))
    assert result["changed"]
    (warning,) = warnings_of(result)
    assert "were written, but the next run cannot compare them" in warning and str(tmp_path) in warning


def test_two_orgs_share_a_folder(tasks, new_org):
    other = Tasks(new_org(api="platform"), tasks.state)
    for one in (tasks, other):
        assert one.done("integration_credential", **LOGIN)["changed"] is True
    assert len(list(tasks.state.iterdir())) == 2
    new = {**LOGIN, "fields": {"userName": "us3r-0815", "password": "n3w-0815"}}
    assert other.done("integration_credential", **new)["changed"] is True
    assert [one.done("integration_credential", **LOGIN)["changed"] for one in (tasks, other)] == [False, True]


def test_the_digest_of_the_later_write_stays(tasks, memory):
    """Two runs write at the same time, and the one that wrote first stores its digest last."""
    first = {**LOGIN, "fields": {"userName": "us3r-0815", "password": "f1rst-0815"}}
    second = {**LOGIN, "fields": {"userName": "us3r-0815", "password": "s3cond-0815"}}
    (stored,) = tasks.org.objects("credentials")
    path = f"/api/v2/integrations/credentials/{stored['id']}"
    tasks.done("integration_credential", **second)
    of_second = memory.read_bytes()
    # The response of the first run is older than the write of the second one.
    tasks.org.fault(
        method="PUT", path=path, status=200, body={**shown(stored), "modifiedDate": "2001-01-01T00:00:00Z"}
    )
    result = tasks.run("integration_credential", **first)
    assert "exception" not in result
    assert memory.read_bytes() == of_second


def shown(stored):
    return {key: value for key, value in stored.items() if key != "credentialFields"}


def test_a_locked_folder_does_not_hang(tasks, memory):
    held = os.open(memory.parent, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        new = {**LOGIN, "fields": {"userName": "us3r-0815", "password": "n3w-0815"}}
        assert tasks.done("integration_credential", **new)["changed"] is True
    finally:
        os.close(held)
    assert tasks.done("integration_credential", **new)["changed"] is False
