# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of the read cache, and their checks (P.17).

Private to the collection.
"""

from __future__ import annotations

import pathlib
import typing as t

from .._findings import Findings

#: Options of the modules for kinds whose objects the read cache may know.
READ_CACHE_OPTIONS: dict[str, dict[str, t.Any]] = {
    "read_cache": {"type": "path"},
    "read_cache_in_check_mode": {"type": "bool", "default": False},
}


def check_read_cache(given: t.Mapping[str, t.Any], findings: Findings) -> None:
    """Check the options without a request. A task of the state C(validated) may run on another host."""
    path = given.get("read_cache")
    if path is None:
        if given.get("read_cache_in_check_mode"):
            findings.problem("read_cache_in_check_mode", "needs read_cache, the folder of the cache")
    elif not pathlib.Path(path).is_absolute():
        findings.problem(
            "read_cache",
            f"must be an absolute path, not {path!r}: the working directory may differ from task to task",
        )
    elif given.get("state") != "validated" and not _may_be_folder(pathlib.Path(path)):
        findings.problem("read_cache", f"{path!r} is no folder: give the path of a folder")


def _may_be_folder(path: pathlib.Path) -> bool:
    try:
        return path.is_dir() or not path.exists()
    except OSError:  # the folder above it cannot be searched, which the first use reports
        return True
