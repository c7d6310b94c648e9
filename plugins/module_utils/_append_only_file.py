# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Append-only files of lines, safe for concurrent processes: a line is written completely or not at all.

Private to the collection. The functions raise OSError.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pathlib
import random
import stat
import time
import typing as t

#: Longest wait for the lock of another process [s]; appending takes milliseconds.
_LONGEST_LOCK = 20.0


def open_lines(path: pathlib.Path) -> int:
    """Open a file for appending; return its descriptor. New files get the mode 0600, new folders 0700."""
    folder = path.parent
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    # Without O_NONBLOCK, opening a pipe could block indefinitely.
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC
    file = os.open(path, flags, 0o600)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise OSError(errno.EINVAL, "it is no regular file")
    return file


def append(file: int, lines: bytes) -> None:
    """Append whole lines and sync them to the disk."""
    with _locked(file):
        size = os.fstat(file).st_size
        if size and os.pread(file, 1, size - 1) != b"\n":
            lines = b"\n" + lines  # a new line must not continue a truncated one
        try:
            if os.write(file, lines) != len(lines):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file)
        except OSError:
            os.ftruncate(file, size)
            raise


@contextlib.contextmanager
def _locked(file: int) -> t.Iterator[None]:
    ends_at = time.monotonic() + _LONGEST_LOCK
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
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
        fcntl.flock(file, fcntl.LOCK_UN)


def check_new_file(path: pathlib.Path) -> None:
    """Check that a missing file could be created, without creating it or its folders."""
    folder = next(folder for folder in path.parents if folder.exists())
    if not folder.is_dir():
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))
