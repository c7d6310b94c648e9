# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Append-only files of lines, safe for concurrent processes: a line is written completely or not at all.

Private to the collection. The functions raise OSError, and Cancelled if the run ends while they wait.
"""

from __future__ import annotations

import contextlib
import errno
import os
import pathlib
import random
import time
import typing as t

from ._file_locks import APPEND, try_lock, unlock
from ._private_file import OTHERS_WRITE, open_own_file, refuse_open_folder
from ._runtime import check_file_wait, signals_deferred

#: Longest wait for the lock of another process [s]; appending takes milliseconds.
_LONGEST_LOCK = 20.0


def open_lines(path: pathlib.Path, *, refused: int = OTHERS_WRITE, create: bool = True) -> int:
    """Open a file for appending; return its descriptor. New files get the mode 0600, new folders 0700.

    C(refused) are the mode bits that the file must not have.
    """
    folder = path.parent
    if create:
        for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
            missing.mkdir(mode=0o700, exist_ok=True)
    refuse_open_folder(folder)
    return open_own_file(path, os.O_RDWR | os.O_APPEND | (os.O_CREAT if create else 0), refused)


def append(file: int, lines: bytes) -> None:
    """Append whole lines and sync them to the disk."""
    with locked(file):
        append_locked(file, lines)


def append_locked(file: int, lines: bytes) -> None:
    """Append whole lines as C(append) does. The caller holds the lock."""
    size = os.fstat(file).st_size
    if size and os.pread(file, 1, size - 1) != b"\n":
        lines = b"\n" + lines  # a new line must not continue a truncated one
    with signals_deferred():  # else it would be unknown whether the lines were written
        try:
            if os.write(file, lines) != len(lines):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file)
        except OSError:
            os.ftruncate(file, size)
            raise


@contextlib.contextmanager
def locked(file: int) -> t.Iterator[None]:
    """Exclude the appends of other processes."""
    ends_at = time.monotonic() + _LONGEST_LOCK
    while not try_lock(file, APPEND, exclusive=True):
        check_file_wait()
        if time.monotonic() > ends_at:
            raise OSError(errno.EAGAIN, f"another process has kept it locked for {_LONGEST_LOCK:g} s")
        # The sleep of _runtime would end at once after a stop, but a stopped run writes its last lines.
        time.sleep(random.uniform(0.001, 0.01))
    try:
        yield
    finally:
        unlock(file, APPEND)


def check_new_file(path: pathlib.Path) -> None:
    """Check that a missing file could be created, without creating it or its folders."""
    folder = next(folder for folder in path.parents if folder.exists())
    if not folder.is_dir():
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))
