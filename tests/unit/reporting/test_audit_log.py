# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the audit log's file: whole lines from many processes, modes, unusable paths (S2.9)."""

from __future__ import annotations

import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import textwrap

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _append_only_file, _file_locks
from ansible_collections.genesys.cloud.plugins.module_utils._errors import ReportFailed
from ansible_collections.genesys.cloud.plugins.module_utils._reporting.audit_log import AuditLog
from unit.permissions import mode_of

WRITER = textwrap.dedent("""
    import sys
    from ansible_collections.genesys.cloud.plugins.module_utils._reporting.audit_log import AuditLog

    path, writer = sys.argv[1:]
    for number in range(125):
        name = "Größe " + "x" * (number * 97)
        AuditLog(path).append({"writer": int(writer), "number": number, "name": name})
""")


def test_eight_processes_append_a_thousand_records(tmp_path):
    log = tmp_path / "new" / "folder" / "changes.jsonl"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(log), str(writer)], env=environment)
        for writer in range(8)
    ]
    assert [process.wait(120) for process in writers] == [0] * 8
    records = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert len(records) == 1000
    for writer in range(8):
        assert [one["number"] for one in records if one["writer"] == writer] == list(range(125))
    assert {one["name"] for one in records} == {"Größe " + "x" * (number * 97) for number in range(125)}


def test_new_files_and_folders_are_private_and_existing_ones_keep_their_mode(tmp_path):
    old = os.umask(0)
    try:
        AuditLog(str(tmp_path / "a" / "b" / "log")).check()
    finally:
        os.umask(old)
    modes = [mode_of(tmp_path / "a"), mode_of(tmp_path / "a" / "b"), mode_of(tmp_path / "a" / "b" / "log")]
    assert modes == [0o700, 0o700, 0o600]
    shipped = tmp_path / "shipped"
    shipped.touch(0o640)
    AuditLog(str(shipped)).append({})
    assert mode_of(shipped) == 0o640


def test_a_line_after_a_truncated_line_stays_whole(tmp_path):
    log = tmp_path / "log"
    log.write_bytes(b'{"time": "2026-')
    AuditLog(str(log)).append({"name": "A"})
    assert log.read_bytes() == b'{"time": "2026-\n{"name":"A"}\n'


def test_a_full_disk_leaves_no_half_line(tmp_path):
    log = tmp_path / "log"
    AuditLog(str(log)).append({"name": "A"})
    before = log.read_bytes()
    limits, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, limits[1]))
    try:
        with pytest.raises(ReportFailed, match="the record is lost"):
            AuditLog(str(log)).append({"name": "B" * 100})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert log.read_bytes() == before


def test_what_is_no_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "file" / "log", pathlib.Path("/dev/null")):
        with pytest.raises(
            ReportFailed, match=f"The audit log '{path}' cannot be written .* Correct audit_log"
        ):
            AuditLog(str(path)).check()


def test_waiting_for_a_lock_that_is_never_released_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(_append_only_file, "_LONGEST_LOCK", 0.2)
    (tmp_path / "log").touch(0o600)
    with (tmp_path / "log").open("r+") as held:
        assert _file_locks.try_lock(held.fileno(), _file_locks.APPEND, exclusive=True)
        with pytest.raises(ReportFailed, match=r"another process has kept it locked for 0.2 s"):
            AuditLog(str(tmp_path / "log")).append({})
