# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens that the forks of one run share, so that an org is asked for one once.

Private to the collection. They are kept in a file without a name: it was never in a folder that a listing
shows, only forks of the process that made it can read it, and it is gone with the last of them, however that
one ends. Its name is not missed: forks inherit the open file.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import tempfile
import threading
import time
import typing as t

from .._errors import DeadlineExceeded
from .auth import Token, is_good

if t.TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .connection import Connection

#: Options that do not decide which token a client gets.
_INDIFFERENT = frozenset({"timeout", "retries", "deadline", "organization", "api_profile"})
#: Seconds between two tries to get a lock; a token request takes longer.
_PAUSE = 0.005
_CONTENT = 0  # the byte whose lock guards the content; those after it guard asking for one token each


class TokenCache:
    """Make it before the process forks. Times in it are on the monotonic clock, which forks share.

    C(problem) says why tokens are not shared, None as long as they are: no task fails for that.
    """

    def __init__(self, folder: str) -> None:
        self.problem: str | None = None
        self._salt = secrets.token_bytes(32)  # never written: what names a secret must not help to guess it
        self._threads = threading.RLock()  # locks of a file keep out other processes only
        self._file: int | None = None  # open until the process ends
        try:
            with tempfile.TemporaryFile(dir=folder) as file:
                self._file = os.dup(file.fileno())
        except OSError as error:
            self._give_up(error)

    def token(
        self,
        connection: Connection,
        rejected: Token | None,
        ends_at: float,
        fetch: Callable[[float], Token],
    ) -> Token:
        """A good token that is not the rejected one: what is kept, else what C(fetch) gets from the server.

        One fork asks while the others wait. Raises DeadlineExceeded at C(ends_at), and what C(fetch) raises.
        """
        key = self._key(connection)
        with self._threads:
            token = self._kept(key)
            if token is not None and is_good(token, rejected):
                return token
            with self._asking(key, ends_at):
                token = self._kept(key)
                if token is not None and is_good(token, rejected):
                    return token
                self._keep(key, None)  # nobody else has to find out that it is no good
                token = fetch(ends_at)
                self._keep(key, token)
                return token

    def _key(self, connection: Connection) -> str:
        """Names the client, and the way to its token, without telling what they are."""
        told = {name: value for name, value in vars(connection).items() if name not in _INDIFFERENT}
        told |= {"profile": connection.api_profile.name, "token_url": connection.token_url}
        return hmac.new(self._salt, json.dumps(told, sort_keys=True).encode(), hashlib.sha256).hexdigest()

    @contextlib.contextmanager
    def _asking(self, key: str, ends_at: float) -> Iterator[None]:
        """No other fork asks for this token meanwhile."""
        byte = 1 + int(key[:15], 16)
        while self._file is not None and not self._locked(byte):
            if time.monotonic() >= ends_at:
                raise DeadlineExceeded(
                    "Another task of this run was still waiting for a token when the deadline ended."
                )
            time.sleep(_PAUSE)
        try:
            yield
        finally:
            if self._file is not None:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, byte)

    def _locked(self, byte: int) -> bool:
        try:
            fcntl.lockf(t.cast("int", self._file), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
        except (BlockingIOError, PermissionError):
            return False
        except OSError as error:
            self._give_up(error)
        return True

    def _kept(self, key: str) -> Token | None:
        kept = self._content().get(key)
        if kept is None:
            return None
        return Token(kept[0], kept[1], None if kept[2] is None else frozenset(kept[2]))

    def _keep(self, key: str, token: Token | None) -> None:
        if token is None:
            self._content({key: None})
        else:
            scopes = None if token.scopes is None else sorted(token.scopes)
            self._content({key: [token.value, token.renew_at, scopes]})

    def _content(self, changes: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        """All that is kept, after it was changed; empty where that is not possible (any more)."""
        if self._file is None:
            return {}
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX, 1, _CONTENT)
            try:
                content = _read(self._file)
                if changes is not None:
                    changed = {**content, **changes}
                    content = {name: kept for name, kept in changed.items() if kept is not None}
                    _write(self._file, content)
                return content
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _CONTENT)
        except OSError as error:
            self._give_up(error)
            return {}

    def _give_up(self, error: OSError) -> None:
        self.problem = error.strerror or type(error).__name__
        self._file = None


def _read(file: int) -> dict[str, t.Any]:
    text = b""
    while chunk := os.pread(file, 65_536, len(text)):
        text += chunk
    try:
        return t.cast("dict[str, t.Any]", json.loads(text or b"{}"))
    except ValueError:  # the fork that wrote it was killed meanwhile
        return {}


def _write(file: int, content: dict[str, t.Any]) -> None:
    text = json.dumps(content).encode()
    os.ftruncate(file, 0)
    if os.pwrite(file, text, 0) != len(text):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
