# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory of written secrets: keyed digests in files, which show whether a secret has changed (P.8).

Private to the collection. A digest has no secret and cannot be computed without the key.
"""

from __future__ import annotations

import json
import pathlib
import typing as t

from ..._engine.context import Context
from ..._http.connection import quote
from ..._private_file import read_private_file, replace_private_file
from ..._runtime import state_folder
from ..._secret_hmac import HmacKey, key_of_task

_MOST_BYTES = 4096


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
            content = json.loads(read_private_file(str(self._file), longest=_MOST_BYTES))
        except FileNotFoundError:
            self.problem = f"there is no memory of them in {str(self._file.parent)!r}"
            return None
        except (OSError, ValueError, RecursionError):
            self.problem = f"the file {str(self._file)!r} cannot be read"
            return None
        if not isinstance(content, dict) or not isinstance(content.get("digest"), str):
            self.problem = f"the file {str(self._file)!r} is damaged"
            return None
        if content.get("key") != self._key.fingerprint:
            self.problem = "their digest was made with another key"
            return None
        return not self._key.matches(content["digest"], *self._context, value=fields)

    def remember(self, fields: dict[str, str]) -> bool:
        """Store the digest of the secrets. Return whether that was possible."""
        if self._key is None or self._file is None:
            return False
        content = {"key": self._key.fingerprint, "digest": self._key.digest(*self._context, value=fields)}
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_private_file(self._file, json.dumps(content))
        except OSError as error:
            self.problem = f"the file {str(self._file)!r} cannot be written ({error.strerror})"
            return False
        return True

    def forget(self) -> None:
        """Remove the digest of a removed credential. A failure has no effect."""
        if self._file is not None:
            try:
                self._file.unlink(missing_ok=True)
            except OSError as error:
                self.problem = f"the file {str(self._file)!r} cannot be removed ({error.strerror})"


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
