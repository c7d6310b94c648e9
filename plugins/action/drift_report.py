# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Action plugin of M(genesys.cloud.drift_report), which writes the drift reports of all orgs (C.5)."""

from __future__ import annotations

import os
import pathlib
import tempfile
import typing as t

from ansible.plugins.action import ActionBase

from ansible_collections.genesys.cloud.plugins.plugin_utils._drift import OrgDrift, overall_status, read_org
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift_reports import (
    to_json,
    to_junit,
    to_markdown,
)

_ARGUMENTS = {"folder": {"type": "path", "required": True}, "registered": {"type": "list", "elements": "str"}}
_RENDERERS: dict[str, t.Callable[[list[OrgDrift]], str]] = {
    "drift.json": to_json,
    "drift.md": to_markdown,
    "drift.xml": to_junit,
}


class ActionModule(ActionBase):
    """Action plugin that reads the registered results of every host of the play and writes the reports."""

    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        super().run(tmp, task_vars)
        variables = task_vars or {}
        _result, arguments = self.validate_argument_spec(_ARGUMENTS)
        if not arguments["folder"].strip():  # pathlib takes it for the working directory
            return {"unreachable": True, "msg": "folder: must be the path of a folder, and is empty"}
        hostvars, registered = variables["hostvars"], arguments["registered"]
        orgs = [read_org(name, hostvars[name], registered) for name in variables["ansible_play_hosts_all"]]
        folder = pathlib.Path(arguments["folder"])
        try:
            changed = write_reports(orgs, folder)
        except OSError as error:
            # Unreachable, because a failure would end the run with the exit code for drift.
            return {"unreachable": True, "msg": f"Cannot write the reports to folder {folder}: {error}"}
        return {
            "changed": changed,
            # The verdict of an org in sync shows no message.
            "warnings": [warning for org in orgs for warning in org.warnings()],
            "status": overall_status(orgs),
            "orgs": {org.name: {"status": org.status, "msg": org.summary()} for org in orgs},
            "files": [str(folder / name) for name in _RENDERERS],
        }


def write_reports(orgs: list[OrgDrift], folder: pathlib.Path) -> bool:
    """Write the reports whose content differs; return whether any did. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = False
    for name, render in _RENDERERS.items():
        path, content = folder / name, render(orgs).encode("utf-8", "backslashreplace")
        if path.exists() and path.read_bytes() == content:
            continue
        _replace_file(path, content)
        changed = True
    return changed


def _replace_file(path: pathlib.Path, content: bytes) -> None:
    """Replace the file atomically, so that CI never uploads half a report. Raises OSError."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as new:
        try:
            new.write(content)
            new.close()
            umask = os.umask(0)
            os.umask(umask)
            pathlib.Path(new.name).chmod(0o666 & ~umask)
            pathlib.Path(new.name).replace(path)
        except OSError:
            pathlib.Path(new.name).unlink(missing_ok=True)
            raise
