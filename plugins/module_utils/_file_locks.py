# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Advisory locks on parts of an open file, which the kernel releases when the process ends.

Private to the collection. A lock belongs to the open descriptor (Linux), so that two descriptors of one
process exclude each other too. Systems without such locks lock for the process. The locked bytes lie far
behind the end of the file, and two locks of one file do not affect each other. flock() has no parts, and NFS
turns it into a lock of the whole file.
"""

from __future__ import annotations

import errno
import fcntl
import os
import struct

#: The byte that a process locks while it appends.
APPEND = 1 << 62
#: The byte that runs lock shared while they write a journal, and a rollback locks exclusively.
SESSION = APPEND + 1
#: The byte that shows the process id of a holder of SESSION. Only a lock of a process has an id.
_HOLDER = APPEND + 2

_BUSY = (errno.EACCES, errno.EAGAIN)
_SET = getattr(fcntl, "F_OFD_SETLK", None)
_TEST = getattr(fcntl, "F_OFD_GETLK", None)
#: struct flock of Linux: type, whence, start, length, process id.
_FLOCK = "@hhqqi0q"


def try_lock(file: int, byte: int, *, exclusive: bool) -> bool:
    """Lock a byte without waiting; return whether that succeeded."""
    try:
        _set(file, fcntl.F_WRLCK if exclusive else fcntl.F_RDLCK, byte)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        raise
    return True


def unlock(file: int, byte: int) -> None:
    """Release the lock of a byte."""
    _set(file, fcntl.F_UNLCK, byte)


def _set(file: int, kind: int, byte: int) -> None:
    if _SET is not None:
        try:
            fcntl.fcntl(file, _SET, _request(kind, byte))
            return
        except OSError as error:
            if error.errno != errno.EINVAL:  # a kernel or sandbox without locks of descriptors
                raise
    operations = {fcntl.F_WRLCK: fcntl.LOCK_EX, fcntl.F_RDLCK: fcntl.LOCK_SH, fcntl.F_UNLCK: fcntl.LOCK_UN}
    fcntl.lockf(file, operations[kind] | (0 if kind == fcntl.F_UNLCK else fcntl.LOCK_NB), 1, byte)


def is_locked(file: int, byte: int) -> bool:
    """Return whether another descriptor has locked a byte. The file may be open for reading only.

    Return False if the system cannot show it.
    """
    if _TEST is None:
        return False
    try:
        answer = fcntl.fcntl(file, _TEST, _request(fcntl.F_WRLCK, byte))
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        return False
    return bool(struct.unpack(_FLOCK, answer)[0] != fcntl.F_UNLCK)


def show_holder(file: int) -> None:
    """Let C(holder) of other processes return this process, as long as it keeps the file open."""
    fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, 1, _HOLDER)


def holder(file: int) -> int | None:
    """Return the id of a process on this host that has called C(show_holder), None if it is not known."""
    if _TEST is None:
        return None
    answer = fcntl.fcntl(file, fcntl.F_GETLK, _request(fcntl.F_WRLCK, _HOLDER))
    kind, _whence, _start, _length, process = struct.unpack(_FLOCK, answer)
    # A lock of another host has no positive id.
    return process if kind != fcntl.F_UNLCK and process > 0 else None


def _request(kind: int, byte: int) -> bytes:
    return struct.pack(_FLOCK, kind, os.SEEK_SET, byte, 1, 0)
