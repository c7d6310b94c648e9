# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the journal's locks: runs share it, a rollback has it alone, and the end of a process frees it."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import textwrap

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._errors import InputError, JournalFailed
from ansible_collections.genesys.cloud.plugins.module_utils._journal.file import (
    JournalFile,
    open_for_rollback,
)

HOLDER = textwrap.dedent("""
    import sys
    from ansible_collections.genesys.cloud.plugins.module_utils._journal.file import (
        JournalFile,
        open_for_rollback,
    )

    path, purpose = sys.argv[1:]
    held = JournalFile(path) if purpose == "run" else open_for_rollback(path, check_mode=False)
    print("locked", flush=True)
    sys.stdin.read()
""")


@contextlib.contextmanager
def held_by_a_process(journal, purpose: str):
    """Let another process hold the journal for a run or a rollback; return the process."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(journal), purpose],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "locked\n"
        yield process
    finally:
        process.kill()
        process.communicate(timeout=60)


def in_use(journal, process) -> str:
    """Return the pattern of the message that names the file and the process."""
    host = re.escape(os.uname().nodename)
    return (
        rf"{re.escape(str(journal))}.* \(process {process.pid} on {host} has locked it for "
        "a run or a rollback: wait until that has ended, then repeat"
    )


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("purpose", ["run", "rollback"])
def test_a_rollback_is_refused_while_a_run_or_rollback_has_the_journal(site, purpose, check_mode):
    site.seed("data_actions")
    site.change("data_actions", name="A", description="new")
    before = site.journal.read_bytes()
    site.org.clear_log()
    with held_by_a_process(site.journal, purpose) as process:
        with pytest.raises(InputError, match=in_use(site.journal, process)):
            site.undo(check_mode=check_mode)
        assert site.org.log() == [] and site.journal.read_bytes() == before
    # kill -9 has released the lock.
    assert [one.plan for one in site.undo(check_mode=check_mode).values()] == ["update"]


def test_a_run_is_refused_while_a_rollback_has_the_journal(site):
    site.seed("data_actions")
    site.change("data_actions", name="A", description="new")
    before = site.state()
    with held_by_a_process(site.journal, "rollback") as process:
        result = site.change("data_actions", name="A", description="newer")
        assert result["failed"] and re.search(in_use(site.journal, process), result["msg"])
        assert "nothing was changed" in result["msg"]
    assert site.state() == before
    assert site.change("data_actions", name="A", description="newer")["changed"]


def test_runs_share_a_journal(site):
    site.seed("data_actions")
    site.change("data_actions", name="A", description="new")
    with held_by_a_process(site.journal, "run"), held_by_a_process(site.journal, "run"):
        assert site.change("data_actions", name="A", description="newer")["changed"]


def test_locks_of_one_process_exclude_each_other_too(journal):
    run = JournalFile(str(journal))
    with pytest.raises(OSError, match="another process has locked it"):
        open_for_rollback(str(journal), check_mode=False)
    run.close()
    rollback = open_for_rollback(str(journal), check_mode=False)
    with pytest.raises(OSError, match="another process has locked it"):
        open_for_rollback(str(journal), check_mode=True)
    with pytest.raises(JournalFailed, match="another process has locked it"):
        JournalFile(str(journal))
    os.close(rollback)
    JournalFile(str(journal)).close()


def test_checks_of_a_rollback_do_not_exclude_each_other(journal):
    JournalFile(str(journal)).close()
    first = open_for_rollback(str(journal), check_mode=True)
    second = open_for_rollback(str(journal), check_mode=True)
    rollback = open_for_rollback(str(journal), check_mode=False)
    for file in (first, second, rollback):
        os.close(file)
