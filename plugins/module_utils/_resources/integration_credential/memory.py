# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory of written secrets: keyed digests in files, which show whether a secret has changed (P.8).

Private to the collection. A digest has no secret and cannot be computed without the key.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pathlib
import time
import typing as t

from ..._engine.attempts import parse_time
from ..._engine.context import Context
from ..._http.connection import quote
from ..._private_file import read_private_file, refuse_open_folder, replace_private_file
from ..._runtime import sleep, state_folder
from ..._secret_hmac import HmacKey, key_of_task

_MOST_BYTES = 4096
#: Longest wait for a process that stores a digest [s], which takes milliseconds.
_LONGEST_LOCK = 2.0
_PAUSE = 0.01


class SecretMemory:
    """The digest of one credential's secrets, in the file C(ORG_ID.secret.json) of a folder.

    The folder is created with mode 0700, the file with 0600. C(problem) says why the secrets cannot be
    compared or remembered.
    """

    def __init__(
        self, folder: pathlib.Path | None, key: HmacKey | None, organization: str, object_id: str
    ) -> None:
        self.problem = ""
        self._key = key
        self._context = (organization, object_id)
        self._file = (
            None if folder is None else folder / f"{quote(organization)}_{quote(object_id)}.secret.json"
        )
        if key is None:
            self.problem = "the task has neither hmac_key_file nor client_secret, the keys of digests"
        elif folder is None:
            self.problem = "the user has no home directory for the default of state_path"

    def has_changed(self, fields: dict[str, str]) -> bool | None:
        """Return whether the secrets differ from the remembered ones, None if they cannot be compared."""
        if self._key is None or self._file is None:
            return None
        try:
            content = self._read(self._file)
        except FileNotFoundError:
            self.problem = f"there is no memory of them in {str(self._file.parent)!r}"
            return None
        except OSError as error:
            self.problem = f"the file {str(self._file)!r} cannot be read ({error.strerror or error})"
            return None
        if content is None:
            self.problem = f"the file {str(self._file)!r} is damaged"
            return None
        if content.get("key") != self._key.fingerprint:
            self.problem = "their digest was made with another key"
            return None
        return not self._key.matches(content["digest"], *self._context, value=fields)

    def remember(self, fields: dict[str, str], modified: str | None) -> bool:
        """Store the digest of the secrets. Return whether that was possible.

        C(modified) is the date of the write. A concurrent run may have stored a later one, which stays.
        """
        if self._key is None or self._file is None:
            return False
        content = {
            "key": self._key.fingerprint,
            "digest": self._key.digest(*self._context, value=fields),
            "modified": modified,
        }
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            refuse_open_folder(self._file.parent)
            with _locked_folder(self._file.parent):
                if not self._has_later_write(self._file, modified):
                    replace_private_file(self._file, json.dumps(content))
        except OSError as error:
            self.problem = f"the file {str(self._file)!r} cannot be written ({error.strerror or error})"
            return False
        return True

    def _has_later_write(self, file: pathlib.Path, modified: str | None) -> bool:
        try:
            known = self._read(file)
        except OSError:
            return False
        dates = [parse_time(one) for one in ((known or {}).get("modified"), modified)]
        return dates[0] is not None and dates[1] is not None and dates[0] > dates[1]

    @staticmethod
    def _read(file: pathlib.Path) -> dict[str, t.Any] | None:
        """Return the content of the file, None if it is damaged."""
        refuse_open_folder(file.parent)
        try:
            content = json.loads(read_private_file(str(file), longest=_MOST_BYTES))
        except (ValueError, RecursionError):
            return None
        return content if isinstance(content, dict) and isinstance(content.get("digest"), str) else None

    def forget(self) -> None:
        """Remove the digest of a removed credential. A failure has no effect."""
        if self._file is not None:
            try:
                self._file.unlink(missing_ok=True)
            except OSError as error:
                self.problem = f"the file {str(self._file)!r} cannot be removed ({error.strerror})"


@contextlib.contextmanager
def _locked_folder(folder: pathlib.Path) -> t.Iterator[None]:
    """Exclude other processes that store a digest. Systems that cannot lock folders go without the lock."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        ends_at = time.monotonic() + _LONGEST_LOCK
        with contextlib.suppress(OSError):
            while time.monotonic() < ends_at:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def memory_of(context: Context, object_id: str) -> SecretMemory:
    """Return the memory of a credential, the same one for the whole task."""
    memory = context.scratch.get("secret_memory")
    if memory is None:
        memory = SecretMemory(_folder(context), _key(context), str(context.organization["id"]), object_id)
        context.scratch["secret_memory"] = memory
    return t.cast("SecretMemory", memory)


def _folder(context: Context) -> pathlib.Path | None:
    try:
        return state_folder(getattr(context.desired, "state_path", None))
    except RuntimeError:
        return None


def _key(context: Context) -> HmacKey | None:
    """Return the key of the run. It is derived once, because that takes long on purpose."""
    try:
        return context.run_cache.get_or_compute(
            "HMAC key", lambda: key_of_task(context.given, context.given.get("client_secret"))
        )
    except OSError:
        return None
