# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of files that other users could change: journal, audit log, key file and state files."""

from __future__ import annotations

import json
import os
import pathlib

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _private_file
from ansible_collections.genesys.cloud.plugins.module_utils._errors import JournalFailed, ReportFailed
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._journal.file import (
    JournalFile,
    open_for_rollback,
)
from ansible_collections.genesys.cloud.plugins.module_utils._reporting.audit_log import AuditLog
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow_settings.update_interval import (
    LastUpdate,
)
from unit.module_runner import run_module, warnings_of

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


def read_state(path: pathlib.Path) -> None:
    """Read a state file. Its problems are warnings, because the task works without it."""
    findings = Findings()
    LastUpdate(path.parent, "org", path.stem.removeprefix("org_"), findings).age()
    if findings.warnings:
        raise OSError(findings.warnings[0].message)


#: Purpose of a file -> its name, and the call that opens it.
FILES = {
    "run": ("journal", lambda path: JournalFile(str(path)).close()),
    "rollback": ("journal", lambda path: os.close(open_for_rollback(str(path), check_mode=False))),
    "check": ("journal", lambda path: os.close(open_for_rollback(str(path), check_mode=True))),
    "audit_log": ("log", lambda path: AuditLog(str(path)).append({})),
    "key": ("key", lambda path: _private_file.read_private_file(str(path))),
    "state": ("org_flow.json", read_state),
}
REFUSED = (OSError, JournalFailed, ReportFailed)


@pytest.fixture(params=list(FILES))
def opened(request, tmp_path):
    """Return the path of a file with the mode 0600, and the call that opens it."""
    name, opens = FILES[request.param]
    path = tmp_path / "folder" / name
    path.parent.mkdir(mode=0o700)
    path.write_text(json.dumps({"organization": "org", "id": "flow", "updated_at": 1.0}), "utf-8")
    path.chmod(0o600)
    opens(path)
    return path, opens


def test_a_symbolic_link_is_refused(opened):
    path, opens = opened
    target = path.rename(path.with_name("target"))
    path.symlink_to(target)
    content = target.read_bytes()
    with pytest.raises(REFUSED, match="it is a symbolic link"):
        opens(path)
    assert target.read_bytes() == content


@pytest.mark.parametrize("mode", [0o602, 0o620, 0o666])
def test_a_file_that_others_can_write_is_refused(opened, mode):
    path, opens = opened
    path.chmod(mode)
    with pytest.raises(REFUSED, match=f"its mode is 0{mode:o}, others"):
        opens(path)


@needs_root
def test_a_file_of_another_user_is_refused_for_root_too(opened):
    path, opens = opened
    os.chown(path, 12345, -1)
    with pytest.raises(
        REFUSED, match=r"it belongs to another user \(uid 12345\), and the task runs as uid 0"
    ):
        opens(path)


def test_a_folder_that_every_user_can_write_to_is_refused_unless_it_is_sticky(tmp_path):
    for path, opens in (
        (tmp_path / name, opens) for name, opens in FILES.values() if opens is not read_state
    ):
        path.touch(0o600)
        tmp_path.chmod(0o1777)
        if path.name != "key":
            opens(path)
            tmp_path.chmod(0o777)
            if opens is not FILES["check"][1]:
                with pytest.raises(
                    REFUSED, match="every user can replace files in its folder, whose mode is"
                ):
                    opens(path)
    tmp_path.chmod(0o700)


def test_a_state_folder_that_every_user_can_write_to_is_a_problem(org, tmp_path):
    folder = tmp_path / "state"
    folder.mkdir()
    folder.chmod(0o777)
    org.seed([{"name": "A", "version": 1, "settings": {"routing": {"maxWaitTime": 5}}}], "flows")
    options = {"name": "A", "routing": {"max_wait_time": 6}, "min_update_interval": 1}
    result = run_module("genesys_flow_settings", {**org.connection, **options, "state_path": str(folder)})
    assert result["failed"] and "every user can replace files in its folder" in result["problems"][0]
    assert org.writes() == []


@needs_root
@pytest.mark.parametrize("option", ["journal", "audit_log"])
def test_a_folder_of_another_user_is_a_warning(org, tmp_path, option):
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o700)
    os.chown(folder, 12345, -1)
    purpose = {"name": "A", "description": "old", "retentionPeriod": "9d", "legalBasis": "consent"}
    org.seed([purpose], "privacy_purposes")
    path = folder / "file"
    result = run_module(
        "genesys_privacy_purpose", {**org.connection, "name": "A", "description": "new", option: str(path)}
    )
    assert result.get("changed"), result
    assert warnings_of(result) == [
        f"{option}: other users can replace the file '{path}', because of its folder: its owner (uid 12345) "
        "is neither the task's user nor root. Use a folder of the user who runs the task, with the mode 0700"
    ]
