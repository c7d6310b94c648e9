# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HMACs of secrets, which show whether a secret has changed where only its mask is stored.

Private to the collection. The key comes from the file of the option C(hmac_key_file), else from
C(client_secret). A digest is stored with the fingerprint of its key, because digests of different keys cannot
be compared.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import json
import os
import pathlib
import typing as t

from ._findings import Findings
from ._private_file import read_private_file
from ._runtime import current_runtime

#: The shortest content of a key file [bytes].
SHORTEST_KEY = 16
#: The longest content of a key file [bytes]. A longer file is hardly a key.
_LONGEST_KEY = 4096
_VARIABLE = "GENESYS_HMAC_KEY_FILE"
#: Rounds of PBKDF2 (about 50 ms). They slow down guesses of a weak key from a digest.
_ROUNDS = 100_000
_SALT = b"genesys.cloud secret digests"


class HmacKey:
    """A key for digests of secrets. C(origin) names the option that it comes from."""

    def __init__(self, secret: bytes, origin: str) -> None:
        self.origin = origin
        self._secret = secret

    @functools.cached_property
    def fingerprint(self) -> str:
        """Return the text that identifies the key and does not reveal it."""
        return hmac.digest(self._key, b"fingerprint", "sha256").hex()[:16]

    def digest(self, *context: str, value: t.Any) -> str:
        """Return the digest of a secret in hexadecimal digits.

        Equal secrets have different digests in different contexts, such as two entries of a journal.
        """
        text = json.dumps(["secret", *context, value])
        return hmac.digest(self._key, text.encode(), "sha256").hex()

    def matches(self, digest: str, *context: str, value: t.Any) -> bool:
        """Return whether a digest was made of this secret in this context."""
        # A damaged file may have lone surrogates.
        known = digest.encode("utf-8", "backslashreplace")
        return hmac.compare_digest(known, self.digest(*context, value=value).encode())

    @functools.cached_property
    def _key(self) -> bytes:
        return hashlib.pbkdf2_hmac("sha256", self._secret, _SALT, _ROUNDS)


def key_of_task(given: t.Mapping[str, t.Any], client_secret: str | None) -> HmacKey | None:
    """Return the key of a task with checked options, None if it has neither a key file nor a client secret.

    Raises OSError if the key file cannot be read.
    """
    path = _key_file(given)
    if path is not None:
        return HmacKey(_read_key(path), "hmac_key_file")
    return HmacKey(client_secret.encode(), "client_secret") if client_secret else None


def check_key_file(given: t.Mapping[str, t.Any], findings: Findings) -> None:
    """Check the key file of a task. A task of the state C(validated) may run where the file is missing."""
    path = _key_file(given)
    if path is None:
        return
    if not pathlib.Path(path).is_absolute():
        findings.problem(
            "hmac_key_file",
            f"must be an absolute path, not {path!r}: the working directory may differ from task to task",
        )
    elif given.get("state") != "validated":
        try:
            _read_key(path)
        except OSError as error:
            findings.problem(
                "hmac_key_file",
                f"{path!r} cannot be used ({error.strerror or error}): correct the path or the file on the "
                "host that runs the task",
            )


def _key_file(given: t.Mapping[str, t.Any]) -> str | None:
    """Return the path in the task, else in the environment, where an empty variable counts as unset."""
    path = given.get("hmac_key_file") or current_runtime().environ.get(_VARIABLE, "").strip()
    # os.path leaves the name of an unknown user as it is; pathlib raises an exception.
    return os.path.expandvars(os.path.expanduser(path)) if path else None  # noqa: PTH111


def _read_key(path: str) -> bytes:
    key = read_private_file(path, longest=_LONGEST_KEY).strip()
    if len(key) < SHORTEST_KEY:
        raise OSError(
            f"it has {len(key)} bytes, and a key needs at least {SHORTEST_KEY}: make one with "
            "'openssl rand -hex 32'"
        )
    return key
