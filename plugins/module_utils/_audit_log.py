# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A log of one JSON object per line that many processes append to at once (S2.9).

Private to the collection.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import pathlib
import random
import stat
import time
import typing as t

from ._errors import ReportFailed

#: Seconds that other processes may hold the log; appending takes milliseconds.
_LONGEST_LOCK = 20.0


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
        with self._explained("the record is lost"), self._opened() as log, self._locked(log):
            size = os.fstat(log).st_size
            if size and os.pread(log, 1, size - 1) != b"\n":
                line = b"\n" + line  # somebody's line was cut off: ours must not continue it
            try:
                if os.write(log, line) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(log)
            except OSError:
                os.ftruncate(log, size)
                raise

    @contextlib.contextmanager
    def _opened(self) -> t.Iterator[int]:
        folder = self._path.parent
        for missing in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
            missing.mkdir(mode=0o700, exist_ok=True)
        # Without O_NONBLOCK, opening a pipe would wait for its reader for ever.
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC
        log = os.open(self._path, flags, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(log).st_mode):
                raise OSError(errno.EINVAL, "it is no regular file")
            yield log
        finally:
            os.close(log)

    @contextlib.contextmanager
    def _locked(self, log: int) -> t.Iterator[None]:
        ends_at = time.monotonic() + _LONGEST_LOCK
        while True:
            try:
                fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > ends_at:
                    raise OSError(
                        errno.EAGAIN, f"another process has kept it locked for {_LONGEST_LOCK:g} s"
                    ) from None
                time.sleep(random.uniform(0.001, 0.01))
        try:
            yield
        finally:
            fcntl.flock(log, fcntl.LOCK_UN)

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
