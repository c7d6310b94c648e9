# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that no other user can change: opened without following links, checked on the open descriptor.

Private to the collection. The functions raise OSError with a reason that messages can show. The checks use
the open descriptor, so that a file which is swapped meanwhile does not escape them.
"""

from __future__ import annotations

import contextlib
import errno
import os
import pathlib
import stat
import tempfile

#: Without O_NONBLOCK, opening a pipe could block indefinitely.
FLAGS = os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW
#: Rights of other users to a file: to write it, and any.
OTHERS_WRITE = 0o022
OTHERS_ANY = 0o077


def open_own_file(path: str | os.PathLike[str], flags: int, refused: int) -> int:
    """Open a regular file of the current user; return its descriptor."""
    try:
        file = os.open(path, flags | FLAGS, 0o600)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, "it is a symbolic link, whose target others may control") from None
        raise
    try:
        _refuse_foreign(os.fstat(file), refused)
    except OSError:
        os.close(file)
        raise
    return file


def read_private_file(path: str, *, longest: int | None = None) -> bytes:
    """Return the content of a file to which no other user has rights."""
    file = open_own_file(path, os.O_RDONLY, OTHERS_ANY)
    with os.fdopen(file, "rb") as opened:
        content = opened.read(-1 if longest is None else longest + 1)
    if longest is not None and len(content) > longest:
        raise OSError(errno.EFBIG, f"it has more than {longest} bytes")
    return content


def replace_private_file(path: pathlib.Path, text: str) -> None:
    """Write a file of mode 0600 at once: readers see the old text or the new one."""
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        pathlib.Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            pathlib.Path(name).unlink()
        raise


def sync_folder(folder: pathlib.Path) -> None:
    """Sync a folder to disk. Otherwise a power failure may lose a new file whose content is on disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refuse_foreign(status: os.stat_result, refused: int) -> None:
    """Raise OSError if a file is no regular file, is another user's, or has refused mode bits."""
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file")
    mode = stat.S_IMODE(status.st_mode)
    if mode & refused:
        cure = "0600" if refused == OTHERS_ANY else "go-w"
        can = "have rights to" if refused == OTHERS_ANY else "can write"
        raise OSError(errno.EPERM, f"its mode is {mode:04o}, others {can} it: chmod {cure}")
    if status.st_uid != os.geteuid():
        raise OSError(
            errno.EPERM,
            f"it belongs to another user (uid {status.st_uid}), and the task runs as uid {os.geteuid()}",
        )


def refuse_open_folder(folder: pathlib.Path) -> None:
    """Raise OSError if every user can replace the files of a folder.

    A folder such as /tmp is accepted: in a sticky folder only the owner of a file can replace it.
    """
    mode = folder.stat().st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        raise OSError(
            errno.EPERM,
            f"every user can replace files in its folder, whose mode is {stat.S_IMODE(mode):04o}: chmod o-w",
        )


def folder_warning(folder: pathlib.Path) -> str | None:
    """Return which other users can replace the files of a folder, None if none can or it does not exist."""
    try:
        status = folder.stat()
    except OSError:
        return None
    if status.st_uid not in (0, os.geteuid()):
        return f"its owner (uid {status.st_uid}) is neither the task's user nor root"
    if status.st_mode & stat.S_IWGRP and not status.st_mode & stat.S_ISVTX and status.st_gid != os.getegid():
        return f"the group with the id {status.st_gid} can write to it"
    return None
