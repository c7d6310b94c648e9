# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When this host last updated an object: a file per org and object, under a lock between processes (S2.3).

Private to the collection. A file that is damaged, or of somebody else, is reported and counts as none.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import math
import os
import pathlib
import random
import stat
import tempfile
import time

from ._errors import DeadlineExceeded, InputError
from ._findings import Findings
from ._http.client import quote

#: A memory has about 150 bytes; of anything longer no more is read.
_MOST_BYTES = 4096
#: Seconds that the host's clock may have been set back before a stamp makes no sense any more.
_CLOCK_STEP = 1.0
#: Seconds between two tries to get the lock.
_PAUSE = 0.05
_FLAGS = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class UpdateMemory:
    """The memory of one object, C(ORG_OBJECT.json) in a folder, and its lock, C(ORG_OBJECT.lock).

    The folder is made with mode 0700, the files with 0600. Warnings go to C(findings).
    """

    def __init__(self, folder: pathlib.Path, organization: str, identifier: str, findings: Findings) -> None:
        self._folder = folder
        self._of = {"organization": organization, "id": identifier}
        name = f"{quote(organization)}_{quote(identifier)}"
        self._file = folder / f"{name}.json"
        self._lock_file = folder / f"{name}.lock"
        self._findings = findings
        self._held: int | None = None

    def lock(self, ends_at: float) -> None:
        """Waits until no other process holds the lock; nothing to do where this one has it.

        Raises DeadlineExceeded at C(ends_at) (monotonic clock), InputError when the folder cannot be used.
        """
        if self._held is not None:
            return
        self._make_folder()
        try:
            self._held = os.open(self._lock_file, os.O_RDWR | os.O_CREAT | _FLAGS, 0o600)
            while not _locked(self._held):
                if time.monotonic() >= ends_at:
                    self.unlock()
                    raise DeadlineExceeded(
                        "Another process on this host was about to update the same object until wait_timeout "
                        f"was over; it holds {self._lock_file}. Nothing was written: run again later."
                    )
                time.sleep(_PAUSE * random.uniform(0.5, 1.5))
        except OSError as error:
            self.unlock()
            self._warn(
                self._lock_file, f"cannot be locked ({error.strerror})", "other processes are not seen"
            )

    def unlock(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def age(self) -> float | None:
        """Seconds since this host last updated the object; None where it does not remember any update."""
        try:
            stamped = self._read()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._warn(self._file, f"cannot be read ({error.strerror})")
            return None
        except ValueError as error:
            self._warn(self._file, str(error))
            return None
        age = time.time() - stamped
        if age < -_CLOCK_STEP:
            self._warn(self._file, f"is dated {-age:.0f} s ahead of this host's clock")
            return None
        return max(0.0, age)

    def stamp(self) -> None:
        """Remembers an update just now; a failure is only a warning, since the update cannot be unmade."""
        content = json.dumps({**self._of, "updated_at": time.time()})
        try:
            self._make_folder()
            handle, name = tempfile.mkstemp(prefix=".stamp-", dir=self._folder)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(content)
                pathlib.Path(name).replace(self._file)
            except BaseException:
                with contextlib.suppress(OSError):
                    pathlib.Path(name).unlink()
                raise
        except OSError as error:
            self._warn(self._file, f"cannot be written ({error.strerror})", "this update is not remembered")
        except InputError as error:
            self._findings.warn("state_path", f"{error}; this update is not remembered")

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            reason = "" if os.access(self._folder, os.W_OK | os.X_OK) else "it is not writable"
        except OSError as error:
            reason = error.strerror or "it cannot be made"
        if reason:
            findings = Findings()
            findings.problem(
                "state_path", f"the folder {str(self._folder)!r} cannot be used ({reason}): give another one"
            )
            raise InputError(findings)

    def _read(self) -> float:
        """The stamp; raises ValueError with what is wrong where the file is not a memory of this object."""
        file = os.open(self._file, os.O_RDONLY | _FLAGS)
        try:
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode):
                raise ValueError("is no file")
            if status.st_uid != os.geteuid():
                raise ValueError("belongs to another user")
            text = os.read(file, _MOST_BYTES)
        finally:
            os.close(file)
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            raise ValueError("is damaged") from None
        stamped = content.get("updated_at") if isinstance(content, dict) else None
        if (
            not isinstance(stamped, (int, float))
            or isinstance(stamped, bool)
            or not math.isfinite(stamped)
            or {key: content.get(key) for key in self._of} != self._of
        ):
            raise ValueError("is not this collection's memory of this object")
        return float(stamped)

    def _warn(self, path: pathlib.Path, wrong: str, then: str = "it is ignored") -> None:
        self._findings.warn(
            "state_path", f"{str(path)!r} {wrong}: {then}, and only the server's own date counts"
        )


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
