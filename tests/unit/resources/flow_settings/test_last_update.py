# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the record of the last update: its lock between processes, ages by the server's clock (S2.3)."""

from __future__ import annotations

import datetime
import email.utils
import json
import multiprocessing
import os
import threading
import time

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._errors import DeadlineExceeded, InputError
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow_settings.update_interval import (
    LastUpdate,
)
from unit.module_runner import run_module
from unit.permissions import mode_of
from unit.scripted_server import CLIENT_ID, CLIENT_SECRET, Answer, ScriptedServer


@pytest.fixture
def findings():
    return Findings()


@pytest.fixture
def last_update(tmp_path, findings):
    return LastUpdate(tmp_path / "deep" / "state", "org-1", "flow-1", findings)


def deadline_in(seconds=0.3):
    return time.monotonic() + seconds


def test_nothing_is_remembered_and_nothing_made_before_the_first_stamp(last_update, tmp_path, findings):
    assert last_update.age() is None
    assert list(tmp_path.iterdir()) == [] and findings.warnings == []


def test_a_record_is_read_by_the_next_task_for_the_same_object_alone(last_update, tmp_path, findings):
    last_update.record()
    folder = tmp_path / "deep" / "state"
    again = LastUpdate(folder, "org-1", "flow-1", findings)
    assert 0 <= again.age() < 60
    assert LastUpdate(folder, "org-1", "flow-2", findings).age() is None
    assert LastUpdate(folder, "org-2", "flow-1", findings).age() is None
    assert [path.name for path in folder.iterdir()] == ["org-1_flow-1.json"]
    assert findings.warnings == []


def test_the_modes_are_the_users_own_whatever_the_umask(last_update, tmp_path):
    before = os.umask(0)
    try:
        last_update.lock(deadline_in())
        last_update.record()
    finally:
        os.umask(before)
    folder = tmp_path / "deep" / "state"
    assert mode_of(folder) == 0o700
    assert sorted((path.suffix, mode_of(path)) for path in folder.iterdir()) == [
        (".json", 0o600),
        (".lock", 0o600),
    ]
    last_update.unlock()


@pytest.mark.parametrize("identifier", ["../../etc", "a/b", "..", "x\x00y", "ü"])
def test_an_id_never_leaves_the_folder(tmp_path, findings, identifier):
    last_update = LastUpdate(tmp_path / "state", "org", identifier, findings)
    last_update.lock(deadline_in())
    last_update.record()
    last_update.unlock()
    assert last_update.age() is not None and findings.warnings == []
    assert len(list((tmp_path / "state").iterdir())) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["state"]


def test_an_id_too_long_for_a_file_is_reported_and_not_fatal(tmp_path, findings):
    last_update = LastUpdate(tmp_path, "org", "x" * 300, findings)
    last_update.lock(deadline_in())
    assert last_update.age() is None
    last_update.record()
    assert len(findings.warnings) == 3
    assert all("File name too long" in warning.message for warning in findings.warnings)
    assert list(tmp_path.iterdir()) == []


def test_a_clock_that_was_set_back_makes_a_stamp_worthless(last_update, tmp_path, findings):
    last_update.record()
    (file,) = (tmp_path / "deep" / "state").iterdir()
    content = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**content, "updated_at": time.time() + 0.5}), "utf-8")
    assert last_update.age() == 0.0
    file.write_text(json.dumps({**content, "updated_at": time.time() + 86_400}), "utf-8")
    assert last_update.age() is None
    (warning,) = findings.warnings
    assert "ahead of this host's clock" in warning.message


@pytest.mark.parametrize("stamped", ["NaN", "Infinity", "true", '"5"', "null", "1e999"])
def test_a_stamp_that_is_no_time(last_update, tmp_path, findings, stamped):
    folder = tmp_path / "deep" / "state"
    folder.mkdir(parents=True)
    text = f'{{"organization": "org-1", "id": "flow-1", "updated_at": {stamped}}}'
    (folder / "org-1_flow-1.json").write_text(text, "utf-8")
    assert last_update.age() is None
    assert "is not a record of this object's last update" in findings.warnings[0].message


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_foreign(last_update, tmp_path, findings):
    last_update.record()
    (file,) = (tmp_path / "deep" / "state").iterdir()
    os.chown(file, 12345, -1)
    assert last_update.age() is None
    assert "belongs to another user" in findings.warnings[0].message


def test_a_pipe_does_not_block(last_update, tmp_path, findings):
    folder = tmp_path / "deep" / "state"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "org-1_flow-1.json")
    assert last_update.age() is None
    assert "it is no regular file" in findings.warnings[0].message


def test_a_folder_that_cannot_be_made(tmp_path, findings):
    (tmp_path / "file").write_text("", "utf-8")
    last_update = LastUpdate(tmp_path / "file" / "state", "org-1", "flow-1", findings)
    with pytest.raises(InputError, match=r"state_path: the folder .* cannot be used"):
        last_update.lock(deadline_in())
    last_update.record()  # the update has succeeded, so a failure to store its time is only a warning
    assert "this update is not recorded" in findings.warnings[0].message


def test_the_lock_is_one_processes_until_it_lets_go(last_update, tmp_path, findings):
    other = LastUpdate(tmp_path / "deep" / "state", "org-1", "flow-1", findings)
    last_update.lock(deadline_in())
    last_update.lock(deadline_in())  # a second lock by the same owner has no effect
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded, match="Another process on this host"):
        other.lock(deadline_in(0.3))
    assert 0.3 <= time.monotonic() - started < 5
    threading.Timer(0.3, last_update.unlock).start()
    other.lock(deadline_in(10))
    other.unlock()


def _hold(folder, ready):
    LastUpdate(folder, "org-1", "flow-1", Findings()).lock(deadline_in(10))
    ready.set()
    time.sleep(60)


def test_the_lock_of_a_process_that_was_killed_is_free(last_update, tmp_path):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_hold, args=(tmp_path / "deep" / "state", ready))
    process.start()
    try:
        assert ready.wait(60)
        with pytest.raises(DeadlineExceeded):
            last_update.lock(deadline_in(0.2))
    finally:
        process.kill()
        process.join()
    last_update.lock(deadline_in(5))
    last_update.unlock()


def _flow(server_now, modified, version=3, wait=10):
    return Answer(
        body={
            "id": "flow-1",
            "name": "A",
            "version": version,
            "settings": {"routing": {"maxWaitTime": wait}},
            "modifiedDate": modified,
        },
        headers={"Date": email.utils.format_datetime(server_now, usegmt=True)}
        if server_now
        else {"Date": ""},
    )


def _run(server, tmp_path, **options):
    task = {
        "base_url": server.base_url,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "id": "flow-1",
        "routing": {"max_wait_time": 20},
        "min_update_interval": 60,
        "state_path": str(tmp_path),
        "verify": False,
        "reload": False,
        **options,
    }
    return run_module("genesys_flow_settings", task)


LONG_AGO = datetime.datetime(1999, 12, 31, 23, 59, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("modified", "seconds"),
    [
        ("1999-12-31T23:59:10.000Z", 40.0),
        ("1999-12-31T23:59:10Z", 40.0),
        ("2000-01-01T00:59:10.250+01:00", 40.25),
        ("1999-12-31T23:59:10", 40.0),
        ("1999-12-31T23:59:31.500Z", 60.0),
    ],
)
def test_an_age_is_by_the_servers_clock_alone(tmp_path, modified, seconds):
    """Check a server whose clock is decades off; this host's clock must not matter."""
    with ScriptedServer() as server:
        flow = _flow(LONG_AGO, modified)
        server.script(flow, Answer(body={"id": "org-1", "name": "O"}), flow)
        result = _run(server, tmp_path)
    assert result["seconds_left"] == pytest.approx(seconds, abs=0.001)


@pytest.mark.parametrize(
    ("date", "modified"),
    [
        (LONG_AGO, "1999-12-31T23:00:00Z"),
        (LONG_AGO, "no date"),
        (LONG_AGO, None),
        (None, "1999-12-31T23:59:10Z"),
    ],
)
def test_an_old_date_and_none_at_all_let_pass(tmp_path, date, modified):
    with ScriptedServer() as server:
        flow = _flow(date, modified)
        server.script(flow, Answer(body={"id": "org-1", "name": "O"}), flow, _flow(date, modified, 4, 20))
        assert _run(server, tmp_path)["changed"]
