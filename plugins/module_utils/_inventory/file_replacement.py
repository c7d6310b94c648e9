# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replacement of the files of one folder: each one at once, and no file that was edited.

Private to the collection. A run that is killed leaves every file as it was or as it was to become. New files
get the mode 0600, new folders 0700, because templates may contain confidential texts.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import os
import pathlib
import stat
import tempfile
import typing as t

from .._errors import GenesysError
from .._findings import Findings
from .._private_file import OTHERS_WRITE, open_own_file, refuse_open_folder, sync_folder
from .._runtime import signals_deferred
from .variable_files import is_generated, is_unedited


class FilesNotWritten(GenesysError):
    """Files with the variables of an org that cannot be read or replaced."""


@dataclasses.dataclass(frozen=True)
class FileChange:
    """The change of one file. C(before) and C(after) are None if there is no such file."""

    path: pathlib.Path
    before: str | None
    after: str | None

    @property
    def action(self) -> str:
        """Return C(none), C(create), C(update) or C(delete), as in the plan of an object."""
        if self.before == self.after:
            return "none"
        return "create" if self.before is None else "delete" if self.after is None else "update"


def check_files(
    folder: pathlib.Path, names: t.Iterable[str], findings: Findings, *, overwrite: bool = False
) -> None:
    """Check before any request that files of these names could be written. Problems are at the path C(path).

    With C(overwrite), files that were edited or come from elsewhere may be replaced.
    """
    if not folder.is_absolute():
        findings.problem("path", f"must be an absolute path, not {str(folder)!r}")
        return
    existing = next(one for one in (folder, *folder.parents) if os.path.lexists(one))
    try:
        _check_folder(existing)
        if existing == folder:
            for name in names:
                _check_file(folder / name, findings, overwrite)
    except OSError as error:
        findings.problem("path", f"{str(existing)!r}: {_reason(error)}")


def plan_files(
    folder: pathlib.Path, texts: t.Mapping[str, str], known_names: t.Iterable[str]
) -> list[FileChange]:
    """Return the changes that give the folder exactly these texts, those without a difference included.

    Files of C(known_names) that have no text any more are removed if this collection has written them.
    Raise FilesNotWritten for a file that cannot be read.
    """
    changes = []
    for name in dict.fromkeys((*texts, *known_names)):
        path = folder / name
        before = _content(path)
        after = texts.get(name)
        if after is not None or (before is not None and is_generated(before)):
            changes.append(FileChange(path, before, after))
    return changes


def write_files(changes: t.Iterable[FileChange]) -> None:
    """Make the changes. All new files are on the disk before the first one replaces another.

    Raise FilesNotWritten, with nothing replaced unless the message says so.
    """
    pending = [change for change in changes if change.action != "none"]
    prepared: list[tuple[FileChange, str | None]] = []
    done: list[str] = []
    try:
        for change in pending:
            _make_folder(change.path.parent)
            prepared.append(
                (change, None if change.after is None else _temporary_file(change.path, change.after))
            )
        with signals_deferred():
            while prepared:
                change, name = prepared[0]
                if name is None:
                    change.path.unlink(missing_ok=True)  # another export may have removed it
                else:
                    pathlib.Path(name).replace(change.path)
                prepared.pop(0)
                done.append(change.path.name)
            for folder in {change.path.parent for change in pending}:
                sync_folder(folder)
    except OSError as error:
        effect = f"Replaced before: {', '.join(done)}." if done else "No file was changed."
        raise FilesNotWritten(
            f"The files cannot be written to {str(pending[0].path.parent)!r}: {_reason(error)}. {effect}"
        ) from None
    finally:
        for _change, name in prepared:
            if name is not None:
                with contextlib.suppress(OSError):
                    pathlib.Path(name).unlink()


def _check_folder(folder: pathlib.Path) -> None:
    if not folder.is_dir():
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    refuse_open_folder(folder)
    if not os.access(folder, os.W_OK | os.X_OK | os.R_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))


def _check_file(path: pathlib.Path, findings: Findings, overwrite: bool) -> None:
    try:
        content = _read(path)
    except OSError as error:
        findings.problem("path", f"{str(path)!r}: {_reason(error)}")
        return
    if overwrite or content is None or is_unedited(content):
        return
    how = "was edited since it was written" if is_generated(content) else "was not written by an export"
    findings.problem(
        "path", f"{str(path)!r} {how}. Move it, choose another folder, or set overwrite: true to replace it"
    )


def _content(path: pathlib.Path) -> str | None:
    try:
        return _read(path)
    except OSError as error:
        raise FilesNotWritten(
            f"{str(path)!r} cannot be read: {_reason(error)}. No file was changed."
        ) from None


def _read(path: pathlib.Path) -> str | None:
    """Return the text of a file of the user, None if there is no such file. Links are refused."""
    try:
        file = open_own_file(path, os.O_RDONLY, OTHERS_WRITE)
    except FileNotFoundError:
        return None
    with os.fdopen(file, "rb") as opened:
        # Bytes that are no UTF-8 must differ from every text that an export writes.
        return opened.read().decode("utf-8", "surrogateescape")


def _make_folder(folder: pathlib.Path) -> None:
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    _check_folder(folder)


def _temporary_file(path: pathlib.Path, text: str) -> str:
    """Write a file beside another one, with its mode. Ansible skips names that begin with a dot."""
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            pathlib.Path(name).unlink()
        raise
    return name


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
