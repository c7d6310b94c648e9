# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit log: one JSON object per line, appended to by many processes at once (S2.9).

Private to the collection.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import typing as t

from .._append_only_file import append, open_lines
from .._errors import ReportFailed
from .._printable import printable_json

#: The name of an entry in a line. Quotation marks in values are escaped, so no other value matches.
_JOURNAL_ENTRY = re.compile(rb'"journal_entry":"([0-9a-f]+/[0-9]+)"')


class AuditLog:
    """The log at a path. It is created with mode 0600, missing folders above it with mode 0700.

    An existing file keeps its mode, so that a log shipper can be given access.
    """

    def __init__(self, path: str) -> None:
        self._path = pathlib.Path(path)

    def check(self) -> None:
        """Create the log if it is missing. Raises ReportFailed if it cannot be appended to."""
        with self._as_report_failed("nothing was changed"), self._opened():
            pass

    def append(self, record: dict[str, t.Any]) -> None:
        """Append a line, whole or not at all, and wait until it is on disk. Raises ReportFailed."""
        line = printable_json(record, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
        with self._as_report_failed("the record is lost"), self._opened() as log:
            append(log, line)

    def journal_entries(self) -> set[str]:
        """Return the entries of journals that the log has lines of. Raises ReportFailed."""
        with (
            self._as_report_failed("nothing was changed"),
            self._opened() as log,
            open(log, "rb", closefd=False) as lines,
        ):
            lines.seek(0)
            return {name.decode() for line in lines for name in _JOURNAL_ENTRY.findall(line)}

    @contextlib.contextmanager
    def _opened(self) -> t.Iterator[int]:
        log = open_lines(self._path)
        try:
            yield log
        finally:
            os.close(log)

    @contextlib.contextmanager
    def _as_report_failed(self, consequence: str) -> t.Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ReportFailed(
                f"The audit log {str(self._path)!r} cannot be written ({error.strerror or error}), "
                f"{consequence}. Correct audit_log, or the rights to the file and its folder on the host "
                "that runs the task."
            ) from None
