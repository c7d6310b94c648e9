# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A log of one JSON object per line that many processes append to at once (S2.9).

Private to the collection.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import typing as t

from .._append_only_file import append, open_lines
from .._errors import ReportFailed


class AuditLog:
    """The log at a path: created with the mode 0600, and missing folders above it with 0700.

    What exists keeps its mode, so that whoever ships logs can be given access.
    """

    def __init__(self, path: str) -> None:
        self._path = pathlib.Path(path)

    def check(self) -> None:
        """Creates the log where it is missing. Raises ReportFailed where it cannot be appended to."""
        with self._explained("nothing was changed"), self._opened():
            pass

    def append(self, record: dict[str, t.Any]) -> None:
        """Adds a line, whole or not at all, and waits until the disk has it. Raises ReportFailed."""
        line = (
            json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
        )
        with self._explained("the record is lost"), self._opened() as log:
            append(log, line)

    @contextlib.contextmanager
    def _opened(self) -> t.Iterator[int]:
        log = open_lines(self._path)
        try:
            yield log
        finally:
            os.close(log)

    @contextlib.contextmanager
    def _explained(self, consequence: str) -> t.Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ReportFailed(
                f"The audit log {str(self._path)!r} cannot be written ({error.strerror or error}), "
                f"{consequence}. Correct audit_log, or the rights to the file and its folder on the host "
                "that runs the task."
            ) from None
