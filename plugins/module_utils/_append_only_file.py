# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of lines that many processes append to at once: a line is there whole or not at all.

Private to the collection. Everything raises OSError.
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

#: Seconds that other processes may hold the file; appending takes milliseconds.
_LONGEST_LOCK = 20.0


def open_lines(path: pathlib.Path) -> int:
    """A descriptor to append with. A new file gets the mode 0600, missing folders above it 0700."""
    folder = path.parent
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    # Without O_NONBLOCK, opening a pipe would wait for its reader for ever.
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC
    file = os.open(path, flags, 0o600)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise OSError(errno.EINVAL, "it is no regular file")
    return file


def append(file: int, lines: bytes) -> None:
    """Adds whole lines and waits until the disk has them."""
    with _locked(file):
        size = os.fstat(file).st_size
        if size and os.pread(file, 1, size - 1) != b"\n":
            lines = b"\n" + lines  # somebody's line was cut off: ours must not continue it
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
