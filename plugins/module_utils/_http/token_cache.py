# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Token cache that the forks of one run share, so that an org issues no more tokens than one run needs.

Private to the collection. The tokens are in an unlinked temporary file, which no folder lists. The forks
inherit the open file, so they need no name for it, and no other process can open it. The system removes the
file when the last fork ends, even if that fork is killed.
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
from .._runtime import acquire, sleep
from .auth import Token, is_valid
from .rate_limit import Window, merge_windows

if t.TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .connection import Connection

#: Options that have no influence on which token a client gets.
_NOT_PART_OF_KEY = frozenset(
    {"timeout", "retries", "deadline", "list_lag", "organization", "api_profile", "token_pool_size"}
)
#: Pause between two attempts to get a lock [s], shorter than a token request.
_PAUSE = 0.005
_WINDOW = " window"  # the end of the key of a token's window
_CONTENT = 0  # the byte whose lock guards the content; each later byte guards the request of one token


class TokenCache:
    """Tokens by connection, shared by the threads and forks of one process.

    Create the cache before the process forks. Times are on the monotonic clock, which forks share.
    C(problem) is the reason why tokens are not shared, None as long as they are. A cache that cannot be used
    fails no task: each fork then requests its own tokens.
    """

    def __init__(self, folder: str) -> None:
        self.problem: str | None = None
        self._salt = secrets.token_bytes(32)  # never written to the file, so the keys in it reveal no secret
        self._threads = threading.RLock()  # file locks exclude other processes, but not threads of this one
        self._file: int | None = None  # open until the process ends
        try:
            with tempfile.TemporaryFile(dir=folder) as file:
                self._file = os.dup(file.fileno())
        except OSError as error:
            self._disable(error)

    def token(
        self,
        connection: Connection,
        rejected: Token | None,
        ends_at: float,
        fetch: Callable[[float], Token],
        number: int = 0,
    ) -> Token:
        """Return a valid token other than the rejected one, from the cache or else from C(fetch(ends_at)).

        C(number) is the token's place in the pool of the connection (P.5): the tokens of two places differ.
        One fork calls C(fetch), the others wait for its token. Raise DeadlineExceeded at C(ends_at), and
        exceptions of C(fetch).
        """
        key = self._key(connection, number)
        with self._only_thread(ends_at):
            token = self._cached(key)
            if token is not None and is_valid(token, rejected):
                return token
            with self._requesting(key, ends_at):
                token = self._cached(key)
                if token is not None and is_valid(token, rejected):
                    return token
                self._store(key, None)  # spares other forks a request with the rejected token
                token = fetch(ends_at)
                self._store(key, token)
                return token

    @contextlib.contextmanager
    def _only_thread(self, ends_at: float) -> Iterator[None]:
        """Exclude the other threads of this process. Raise DeadlineExceeded."""
        if not acquire(self._threads, ends_at):
            raise DeadlineExceeded(
                "The deadline ended while another request of this task was still waiting for a token."
            )
        try:
            yield
        finally:
            self._threads.release()

    def windows(self, connection: Connection, size: int) -> list[Window | None]:
        """Return the rate limit windows of the tokens of a pool, as other tasks have left them."""
        content = self._content()
        found = [content.get(self._key(connection, number) + _WINDOW) for number in range(size)]
        return [None if kept is None else Window(*kept) for kept in found]

    def keep_windows(self, connection: Connection, windows: Sequence[Window | None]) -> None:
        """Keep the windows of the tokens of a pool. Of two tasks, the lower number of requests counts."""
        changes = {}
        kept = self.windows(connection, len(windows))
        for number, (earlier, window) in enumerate(zip(kept, windows, strict=True)):
            if window is not None and window != earlier:
                merged = merge_windows(earlier, window, sent_at=0.0)
                changes[self._key(connection, number) + _WINDOW] = list(merged)
        if changes:
            self._content(changes)

    def _key(self, connection: Connection, number: int) -> str:
        """Return a keyed hash of a place in the pool and of the options that decide which token it gets."""
        options = {name: value for name, value in vars(connection).items() if name not in _NOT_PART_OF_KEY}
        options |= {"profile": connection.api_profile.name, "token_url": connection.token_url}
        options["number"] = number
        return hmac.new(self._salt, json.dumps(options, sort_keys=True).encode(), hashlib.sha256).hexdigest()

    @contextlib.contextmanager
    def _requesting(self, key: str, ends_at: float) -> Iterator[None]:
        """Lock the request of one token, so that no other fork requests it. Raise DeadlineExceeded."""
        byte = 1 + int(key[:15], 16)
        while self._file is not None and not self._try_lock(byte):
            if time.monotonic() >= ends_at:
                raise DeadlineExceeded(
                    "The deadline ended while another task of this run was still waiting for a token."
                )
            sleep(_PAUSE)
        try:
            yield
        finally:
            if self._file is not None:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, byte)

    def _try_lock(self, byte: int) -> bool:
        try:
            fcntl.lockf(t.cast("int", self._file), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
        except (BlockingIOError, PermissionError):
            return False
        except OSError as error:
            self._disable(error)
        return True

    def _cached(self, key: str) -> Token | None:
        cached = self._content().get(key)
        if cached is None:
            return None
        value, renew_at, scopes = cached
        return Token(value, renew_at, None if scopes is None else frozenset(scopes))

    def _store(self, key: str, token: Token | None) -> None:
        """Store a token, without the window of the one before it."""
        if token is None:
            self._content({key: None, key + _WINDOW: None})
        else:
            scopes = None if token.scopes is None else sorted(token.scopes)
            self._content({key: [token.value, token.renew_at, scopes], key + _WINDOW: None})

    def _content(self, changes: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        """Apply the changes and return the content; an empty one if the file cannot be used."""
        if self._file is None:
            return {}
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX, 1, _CONTENT)
            try:
                content = _read(self._file)
                if changes is not None:
                    changed = {**content, **changes}
                    content = {name: entry for name, entry in changed.items() if entry is not None}
                    _write(self._file, content)
                return content
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _CONTENT)
        except OSError as error:
            self._disable(error)
            return {}

    def _disable(self, error: OSError) -> None:
        self.problem = error.strerror or type(error).__name__
        self._file = None


def _read(file: int) -> dict[str, t.Any]:
    text = b""
    while chunk := os.pread(file, 65_536, len(text)):
        text += chunk
    try:
        return t.cast("dict[str, t.Any]", json.loads(text or b"{}"))
    except ValueError:  # a fork was killed while it wrote
        return {}


def _write(file: int, content: dict[str, t.Any]) -> None:
    text = json.dumps(content).encode()
    os.ftruncate(file, 0)
    if os.pwrite(file, text, 0) != len(text):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
