# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import of a Terraform configuration: convert it, write the files of variables, report (X.4).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._findings import Findings
from .._inventory.file_replacement import plan_files, write_files
from .._inventory.report import files_result, warn_of_copied_secrets
from .._inventory.variable_files import variable_texts
from .conversion import convert, refuse_problems
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
    warn_of_copied_secrets(task.findings, changes, task.secrets, "header, URL or credential")
    if not check_mode:
        write_files(changes)
    result = files_result(imported.kinds, changes, diff_mode=diff_mode)
    return {**result, "not_imported": imported.not_imported}
