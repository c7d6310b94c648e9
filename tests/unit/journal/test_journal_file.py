# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the journal file: modes, concurrent processes and threads, and unusable paths."""

from __future__ import annotations

import concurrent.futures
import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._errors import JournalFailed
from ansible_collections.genesys.cloud.plugins.module_utils._journal import file as file_module
from ansible_collections.genesys.cloud.plugins.module_utils._journal.file import JournalFile
from unit.permissions import mode_of

WRITER = textwrap.dedent("""
    import sys
    from ansible_collections.genesys.cloud.plugins.module_utils._journal.file import JournalFile

    path, writer = sys.argv[1:]
    journal = JournalFile(path)
    for number in range(125):
        journal.append({"run": writer, "number": number, "before": "x" * (number * 97)})
    journal.close()
""")


def test_eight_processes_append_to_one_journal(journal):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(journal), str(writer)], env=environment)
        for writer in range(8)
    ]
    assert [process.wait(120) for process in writers] == [0] * 8
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    assert len(lines) == 1000
    for writer in range(8):
        assert [one["number"] for one in lines if one["run"] == str(writer)] == list(range(125))


def test_threads_share_writes(journal, monkeypatch):
    """Check that 500 intents of 8 threads share writes and that none returns before it is on disk."""
    on_disk: list[set[int]] = []
    append = file_module.append

    def slow(file: int, lines: bytes) -> None:
        append(file, lines)
        time.sleep(0.005)  # the time of an fsync
        on_disk.append({json.loads(line)["number"] for line in lines.splitlines()})

    monkeypatch.setattr(file_module, "append", slow)
    file = JournalFile(str(journal))

    def intend(number: int) -> None:
        file.append({"number": number})
        assert any(number in batch for batch in on_disk)

    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        list(threads.map(intend, range(500)))
    file.close()
    assert sorted(number for batch in on_disk for number in batch) == list(range(500))
    assert len(on_disk) < 150
    assert sorted(json.loads(line)["number"] for line in journal.read_text("utf-8").splitlines()) == list(
        range(500)
    )


def test_file_and_folders_are_for_their_owner_alone(tmp_path):
    old = os.umask(0)
    try:
        JournalFile(str(tmp_path / "a" / "b" / "journal")).close()
    finally:
        os.umask(old)
    assert [mode_of(tmp_path / part) for part in ("a", "a/b", "a/b/journal")] == [0o700, 0o700, 0o600]


@pytest.mark.parametrize("rights", [0o640, 0o604, 0o620, 0o666])
def test_a_file_that_others_have_rights_to_is_refused(journal, rights):
    journal.parent.mkdir()
    journal.touch()
    journal.chmod(rights)
    with pytest.raises(
        JournalFailed, match=rf"its mode is 0{rights:o}, others have rights to it: chmod 0600"
    ):
        JournalFile(str(journal))
    assert mode_of(journal) == rights and journal.read_bytes() == b""


def test_what_is_no_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch(0o600)
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "file" / "journal", pathlib.Path("/dev/null")):
        with pytest.raises(
            JournalFailed, match=f"The journal '{path}' cannot be written .* nothing was changed"
        ):
            JournalFile(str(path))


def test_a_full_disk_leaves_no_half_line_and_says_so(journal):
    file = JournalFile(str(journal))
    file.append({"number": 1})
    before = journal.read_bytes()
    limits, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, limits[1]))
    try:
        with pytest.raises(JournalFailed, match=r"File too large|No space left"):
            file.append({"number": 2, "name": "B" * 100})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert journal.read_bytes() == before
    file.append({"number": 3})
    file.close()
    assert len(journal.read_bytes().splitlines()) == 2


def test_a_journal_that_was_removed_takes_nothing_down_any_more(journal):
    file = JournalFile(str(journal))
    journal.unlink()
    with pytest.raises(JournalFailed, match="it was removed during the run"):
        file.append({"number": 1})
    file.close()


def test_a_line_after_a_truncated_line_stays_whole(journal):
    journal.parent.mkdir()
    journal.write_bytes(b'{"run": "x", "numb')
    journal.chmod(0o600)
    file = JournalFile(str(journal))
    file.append({"number": 1})
    file.close()
    assert journal.read_bytes() == b'{"run": "x", "numb\n{"number":1}\n'
