# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import of a Terraform configuration: convert it, write the files of variables, report (X.4).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._findings import Findings
from .._inventory.file_replacement import FileChange, plan_files, write_files
from .._inventory.secret_variables import secrets_in, variable_names
from .._inventory.variable_files import variable_texts
from .._secrets import is_distinctive
from .conversion import Imported, convert, refuse_problems
from .task import ImportTask, known_names


def import_configuration(task: ImportTask, *, check_mode: bool, diff_mode: bool) -> dict[str, t.Any]:
    """Write the files of an import, in check mode only plan them. Return the module's result.

    Raise InputError with all problems, and for resources without an entry that the task does not ignore.
    """
    refuse_problems(task.findings)
    # A failed module reports the problems of its task as those of its input.
    findings = Findings()
    imported = convert(task.sources, task.choices, findings)
    task.secrets |= imported.secrets
    for warning in findings.warnings:
        task.findings.warn(*warning)
    refuse_problems(findings)
    texts = variable_texts(imported.kinds, one_file=task.given["layout"] == "file")
    changes = plan_files(task.folder, texts, known_names())
    _warn_of_copied_secrets(task, changes)
    if not check_mode:
        write_files(changes)
    return _result(imported, changes, diff_mode=diff_mode)


def _warn_of_copied_secrets(task: ImportTask, changes: list[FileChange]) -> None:
    """Warn of secrets of headers and credentials that a file has at another place, such as a template."""
    secrets = {secret for secret in task.secrets if is_distinctive(secret)}
    for change in changes:
        if change.after is not None and any(secret in change.after for secret in secrets):
            task.findings.warn(
                "path",
                f"the file {change.path.name} has a secret of a header, URL or credential at another place "
                "too, such as a template. Remove it there, and use a credential of the integration",
            )


def _result(imported: Imported, changes: list[FileChange], *, diff_mode: bool) -> dict[str, t.Any]:
    secrets = variable_names(secret for entries in imported.kinds.values() for secret in secrets_in(entries))
    result = {
        "changed": any(change.action != "none" for change in changes),
        "files": [{"path": str(change.path), "action": change.action} for change in changes],
        "objects": {name: len(entries) for name, entries in imported.kinds.items()},
        "secrets": sorted(secrets.values()),
        "not_imported": imported.not_imported,
    }
    if diff_mode:
        result["diff"] = [
            {
                "before": change.before or "",
                "after": change.after or "",
                "before_header": str(change.path),
                "after_header": str(change.path),
            }
            for change in changes
            if change.action != "none"
        ]
    return result
