# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The result of a module that writes variables, and its warning of secrets in their texts (X.1, X.4).

Private to the collection. Pure.
"""

from __future__ import annotations

import typing as t

from .._findings import Findings
from .._secrets import is_distinctive
from .file_replacement import FileChange
from .secret_variables import secrets_in, variable_names
from .variable_files import Entry


def warn_of_copied_secrets(
    findings: Findings, changes: list[FileChange], secrets: t.Iterable[str], holder: str
) -> None:
    """Warn of secrets that a file has at another place than in their C(holder), such as in a template."""
    known = {secret for secret in secrets if is_distinctive(secret)}
    for change in changes:
        if change.after is not None and any(secret in change.after for secret in known):
            findings.warn(
                "path",
                f"the file {change.path.name} has a secret of a {holder} at another place too, such as a "
                "template or a query. Remove it there, and use a credential of the integration",
            )


def files_result(
    kinds: t.Mapping[str, list[Entry]], changes: list[FileChange], *, diff_mode: bool
) -> dict[str, t.Any]:
    """Return C(changed), C(files), C(objects) and C(secrets) of a result, in diff mode C(diff) too."""
    secrets = variable_names(secret for entries in kinds.values() for secret in secrets_in(entries))
    result: dict[str, t.Any] = {
        "changed": any(change.action != "none" for change in changes),
        "files": [{"path": str(change.path), "action": change.action} for change in changes],
        "objects": {name: len(entries) for name, entries in kinds.items()},
        "secrets": sorted(secrets.values()),
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
