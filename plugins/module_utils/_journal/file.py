# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal's file: accessible to its owner only, appended line by line, every line synced to disk.

Private to the collection. Threads that append at the same time share one write and one fsync. Runs lock the
file shared, a rollback locks it exclusively, until they close it or their process ends.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import json
import os
import pathlib
import threading
import time
import typing as t

from .._append_only_file import append, append_locked, check_new_file, locked, open_lines
from .._errors import JournalFailed
from .._file_locks import SESSION, holder, is_locked, show_holder, try_lock
from .._private_file import OTHERS_ANY, open_own_file, sync_folder
from .._runtime import LONGEST_WAIT, check_file_wait, sleep
from .authentication import signed

_CHUNK = 1 << 20
#: Longest wait for the lock of another process [s]: a run that was stopped ends within a second.
_END_OF_STOPPED_RUN = 2.0
_PAUSE = 0.05
#: The first bytes of a file, in which its first header is.
_BEGINNING = 1 << 16


@dataclasses.dataclass
class _Batch:
    """Lines that one write appends. C(done) is set after the attempt, C(error) if it failed."""

    lines: list[bytes] = dataclasses.field(default_factory=list)
    done: bool = False
    error: OSError | None = None


class JournalFile:
    """A journal's file. It is created with mode 0600, missing folders above it with mode 0700. Thread-safe.

    C(opened) is the descriptor of a rollback, from C(open_for_rollback). Raises JournalFailed if the file
    cannot be opened, if other users have rights to it, or if a rollback has locked it.
    """

    def __init__(self, path: str, opened: int | None = None) -> None:
        self._path = pathlib.Path(path)
        self._changed = threading.Condition()
        self._writing = False
        self._batch = _Batch()
        self._key: bytes | None = None
        self._written = 0  # lines of this run, which only the writing thread counts
        try:
            self._file = self._open_for_run() if opened is None else opened
        except OSError as error:
            raise _cannot_be_opened(self._path, error) from None

    def begin(self, make: t.Callable[[bytes], tuple[dict[str, t.Any], bytes | None]]) -> None:
        """Append the header of the run. Raises JournalFailed as C(append) does.

        C(make) gets the beginning of the file. It returns the header and the key that authenticates the
        run's lines, None if they have no HMAC. Meanwhile no other run can begin.
        """
        try:
            with locked(self._file):
                header, self._key = make(os.pread(self._file, _BEGINNING, 0))
                append_locked(self._file, self._lines([_text(header)]))
        except OSError as error:
            raise JournalFailed(self._cannot("written", error)) from None
        self._written += 1

    def append(self, line: dict[str, t.Any]) -> None:
        """Append a line and wait for the disk. Raises JournalFailed with a message without a full stop."""
        text = _text(line)
        with self._changed:
            batch = self._batch
            batch.lines.append(text)
            while self._writing and not batch.done:
                check_file_wait()
                self._changed.wait(LONGEST_WAIT)
            if not batch.done:  # This thread writes the batch, concurrent callers fill the next one.
                self._writing, self._batch = True, _Batch()
        if not batch.done:
            error: OSError | None = OSError(errno.EINTR, "it was interrupted")
            try:
                error = self._write(batch.lines)
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

    def _open_for_run(self) -> int:
        file = open_lines(self._path, refused=OTHERS_ANY)
        try:
            sync_folder(self._path.parent)
            _lock(file, exclusive=False)
        except OSError:
            os.close(file)
            raise
        return file

    def _write(self, lines: list[bytes]) -> OSError | None:
        try:
            if os.fstat(self._file).st_nlink == 0:
                raise OSError(errno.ENOENT, "it was removed during the run")
            append(self._file, self._lines(lines))
        except OSError as error:
            return error
        self._written += len(lines)
        return None

    def _lines(self, texts: list[bytes]) -> bytes:
        """Return the lines of the file, with their HMACs if the run has a key."""
        if self._key is not None:
            first = self._written + 1
            texts = [signed(text, number, self._key) for number, text in enumerate(texts, first)]
        return b"".join(text + b"\n" for text in texts)

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


def _text(line: dict[str, t.Any]) -> bytes:
    return json.dumps(line, separators=(",", ":")).encode()


def _lock(file: int, *, exclusive: bool) -> None:
    """Lock the file for a run or a rollback. Raise OSError that names the process that has locked it."""
    ends_at = time.monotonic() + _END_OF_STOPPED_RUN
    while not try_lock(file, SESSION, exclusive=exclusive):
        if time.monotonic() > ends_at:
            raise _in_use(file)
        sleep(_PAUSE)
    with contextlib.suppress(OSError):  # only for the messages of other processes
        show_holder(file)


def _in_use(file: int) -> OSError:
    process = holder(file)
    who = f"process {process} on {os.uname().nodename}" if process else "another process"
    return OSError(
        errno.EAGAIN, f"{who} has locked it for a run or a rollback: wait until that has ended, then repeat"
    )


def open_for_rollback(path: str, *, check_mode: bool) -> int:
    """Open the file of a journal that is rolled back, and lock it. Return its descriptor.

    Check mode only tests the lock, so that several checks may run at the same time. Raises OSError with the
    reason, also if a run still writes the journal, or if another rollback runs.
    """
    if not check_mode:
        file = open_lines(pathlib.Path(path), refused=OTHERS_ANY, create=False)
    else:
        file = open_own_file(path, os.O_RDONLY, OTHERS_ANY)
    try:
        if not check_mode:
            _lock(file, exclusive=True)
        elif is_locked(file, SESSION):
            raise _in_use(file)
    except OSError:
        os.close(file)
        raise
    return file


def read_all(file: int) -> bytes:
    """Return the content of an open file."""
    chunks: list[bytes] = []
    offset = 0
    while chunk := os.pread(file, _CHUNK, offset):
        chunks.append(chunk)
        offset += len(chunk)
    return b"".join(chunks)
