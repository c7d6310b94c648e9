# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal's file: accessible to its owner only, appended line by line, every line synced to disk.

Private to the collection. Threads that append at the same time share one write and one fsync.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import json
import os
import pathlib
import stat
import threading
import typing as t

from .._append_only_file import append, check_new_file, open_lines
from .._errors import JournalFailed


@dataclasses.dataclass
class _Batch:
    """Lines that one write appends. C(done) is set after the attempt, C(error) if it failed."""

    lines: list[bytes] = dataclasses.field(default_factory=list)
    done: bool = False
    error: OSError | None = None


class JournalFile:
    """A journal's file. It is created with mode 0600, missing folders above it with mode 0700. Thread-safe.

    Raises JournalFailed if the file cannot be opened or other users have rights to it.
    """

    def __init__(self, path: str) -> None:
        self._path = pathlib.Path(path)
        self._changed = threading.Condition()
        self._writing = False
        self._batch = _Batch()
        try:
            self._file = open_lines(self._path)
            try:
                refuse_shared(os.fstat(self._file))
                _sync_folder(self._path.parent)
            except OSError:
                os.close(self._file)
                raise
        except OSError as error:
            raise _cannot_be_opened(self._path, error) from None

    def append(self, line: dict[str, t.Any]) -> None:
        """Append a line and wait for the disk. Raises JournalFailed with a message without a full stop."""
        text = json.dumps(line, separators=(",", ":")).encode() + b"\n"
        with self._changed:
            batch = self._batch
            batch.lines.append(text)
            while self._writing and not batch.done:
                self._changed.wait()
            if not batch.done:  # This thread writes the batch, concurrent callers fill the next one.
                self._writing, self._batch = True, _Batch()
        if not batch.done:
            error: OSError | None = OSError(errno.EINTR, "it was interrupted")
            try:
                error = self._write(b"".join(batch.lines))
            finally:
                with self._changed:
                    batch.error, batch.done, self._writing = error, True, False
                    self._changed.notify_all()
        if batch.error is not None:
            raise JournalFailed(self._cannot("written", batch.error))

    def close(self) -> None:
        # Every line is on the disk already, so a failure here loses nothing and must not hide the result.
        with contextlib.suppress(OSError):
            os.close(self._file)

    def _write(self, lines: bytes) -> OSError | None:
        try:
            if os.fstat(self._file).st_nlink == 0:
                raise OSError(errno.ENOENT, "it was removed during the run")
            append(self._file, lines)
        except OSError as error:
            return error
        return None

    def _cannot(self, verb: str, error: OSError) -> str:
        return f"The journal {str(self._path)!r} cannot be {verb} ({error.strerror or error})"


def check_journal_file(path: str) -> None:
    """Check without a lasting file that a journal can be opened. Raises JournalFailed."""
    try:
        if os.path.lexists(path):
            JournalFile(path).close()
        else:
            check_new_file(pathlib.Path(path))
    except OSError as error:
        raise _cannot_be_opened(pathlib.Path(path), error) from None


def _cannot_be_opened(path: pathlib.Path, error: OSError) -> JournalFailed:
    return JournalFailed(
        f"The journal {str(path)!r} cannot be written ({error.strerror or error}), nothing was changed. "
        "Correct journal, or the rights to the file and its folder on the host that runs the task."
    )


def _sync_folder(folder: pathlib.Path) -> None:
    """Sync a folder to disk. Otherwise a power failure may lose a new file although its lines are on disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_journal_file(path: str) -> bytes:
    """Return the file's content. Raises OSError with the reason, also if other users have rights to it."""
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(file, "rb") as journal:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        refuse_shared(status)
        return journal.read()


def refuse_shared(status: os.stat_result) -> None:
    """Raise OSError if other users have rights to a journal.

    A user who can write it controls what a rollback does. A user who can read it sees whole objects.
    """
    mode = stat.S_IMODE(status.st_mode)
    if mode & 0o077:
        raise OSError(errno.EPERM, f"its mode is {mode:04o}, others have rights to it: chmod 0600")
    if os.geteuid() not in (status.st_uid, 0):
        raise OSError(errno.EPERM, "it belongs to another user")
