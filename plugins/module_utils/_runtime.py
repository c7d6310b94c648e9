# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runtime of a task: its environment variables, token source, progress listener, and what stops it.

Private to the collection. In the module lane each task has a process and uses the process's environment. In
the fast lane several tasks run in one process, one after the other, and the fast lane sets their runtime.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import pathlib
import signal
import threading
import time
import typing as t

if t.TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


_listener: Callable[[str], None] | None = None
_deferred: list[int] | None = None
_thread = threading.local()
#: Longest wait before a thread looks whether its run is over, or for a signal that it missed [s].
LONGEST_WAIT = 0.2
#: Time after the last request in which a stopped run may wait for the lock of a journal or audit log [s].
_FILE_GRACE = 0.4
#: Signals that stop a run, with that of a task's time-out.
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM)
_STATE_FOLDER = "genesys.cloud"


class Lock(t.Protocol):
    """A lock of C(threading)."""

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool: ...


class Cancelled(BaseException):
    """The end of a worker thread whose run is over.

    It is no Exception, so that no handler of errors takes it for the outcome of a write.
    """


class Stopped(BaseException):
    """The end of a run by a signal such as SIGTERM, in the main thread.

    C(text) has a sentence about its writes. C(returned) are fields of the result.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.name = signal.Signals(number).name
        self.text = ""
        self.returned: dict[str, t.Any] = {}


class Cancellation:
    """The cancellation of all worker threads of one run. Thread-safe."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._cut_off_at = 0.0

    def cancel(self, grace: float = 0.0) -> None:
        """End the waits of the threads, and let them begin no further request.

        Requests in flight may still get their responses for C(grace) seconds.
        """
        self._cut_off_at = time.monotonic() + grace
        self._event.set()

    def check(self) -> None:
        """Raise Cancelled if the run is over."""
        if self._event.is_set():
            raise Cancelled

    def check_cut_off(self) -> None:
        """Raise Cancelled if the run is over, and the time for its requests in flight too."""
        if self._event.is_set() and time.monotonic() >= self._cut_off_at:
            raise Cancelled

    def check_file_wait(self) -> None:
        """Raise Cancelled if the run is over, and the time for its last lines in files too."""
        if self._event.is_set() and time.monotonic() >= self._cut_off_at + _FILE_GRACE:
            raise Cancelled

    def sleep(self, seconds: float) -> None:
        """Sleep. Raise Cancelled as soon as the run is over."""
        if self._event.wait(seconds):
            raise Cancelled


def bind_thread(cancellation: Cancellation) -> None:
    """Make the current thread end with a run. The main thread has no cancellation: signals end its waits."""
    _thread.cancellation = cancellation


def check_cancelled() -> None:
    """Raise Cancelled in a worker thread whose run is over."""
    cancellation: Cancellation | None = getattr(_thread, "cancellation", None)
    if cancellation is not None:
        cancellation.check()


def check_cut_off() -> None:
    """Raise Cancelled in a worker thread whose run is over, unless its request may still get a response."""
    cancellation: Cancellation | None = getattr(_thread, "cancellation", None)
    if cancellation is not None:
        cancellation.check_cut_off()


def check_file_wait() -> None:
    """Raise Cancelled if the run of the thread is over, and the time for its last lines in files too."""
    cancellation: Cancellation | None = getattr(_thread, "cancellation", None)
    if cancellation is not None:
        cancellation.check_file_wait()


@contextlib.contextmanager
def last_lines() -> Iterator[None]:
    """Bound the waits for files in a thread that ends with its run, so that it can write its last lines.

    The end of a wait leaves the context without an exception.
    """
    before: Cancellation | None = getattr(_thread, "cancellation", None)
    if before is None:
        _thread.cancellation = Cancellation()
        _thread.cancellation.cancel()
    try:
        with contextlib.suppress(Cancelled):
            yield
    finally:
        _thread.cancellation = before


@contextlib.contextmanager
def signals_deferred() -> Iterator[None]:
    """Defer the signals that stop a run until the end of the context, which must not wait for others.

    Only the main thread needs this, because Python runs the handlers of all signals there.
    """
    global _deferred
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # A blocked signal may still arrive in another thread, so C(stop) defers it too.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)
    deferred: list[int] = []
    _deferred = deferred
    try:
        yield
    finally:
        _deferred = None
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if deferred:
            raise Stopped(deferred[0])


def stop(number: int) -> None:
    """Raise Stopped for a signal, in C(signals_deferred) at the end of that context."""
    if _deferred is None:
        raise Stopped(number)
    _deferred.append(number)


def acquire(lock: Lock, ends_at: float) -> bool:
    """Acquire a lock. Return False at C(ends_at) (monotonic clock), raise Cancelled if the run is over."""
    while True:
        check_cancelled()
        left = max(0.0, ends_at - time.monotonic())
        if lock.acquire(timeout=min(left, LONGEST_WAIT)):
            return True
        if left <= 0:
            return False


def sleep(seconds: float) -> None:
    """Sleep. In a worker thread raise Cancelled as soon as its run is over."""
    cancellation: Cancellation | None = getattr(_thread, "cancellation", None)
    if cancellation is not None:
        cancellation.sleep(seconds)
        return
    ends_at = time.monotonic() + seconds
    # A signal that arrives right before a wait of the main thread ends only the next one.
    while (left := ends_at - time.monotonic()) > 0:
        time.sleep(min(left, LONGEST_WAIT))


class Tokens(t.Protocol):
    """Source of access tokens, such as C(_http.token_cache.TokenCache)."""

    def token(
        self, connection: t.Any, rejected: t.Any, ends_at: float, fetch: t.Any, number: int = 0
    ) -> t.Any:
        """Return a token for the connection other than C(rejected); call C(fetch) if none is cached.

        C(number) is the token's place in the pool of the connection.
        """

    def windows(self, connection: t.Any, size: int) -> t.Any:
        """Return the rate limit windows of the tokens of a connection's pool, None for an unknown one."""

    def keep_windows(self, connection: t.Any, windows: t.Any) -> None:
        """Keep the rate limit windows of the tokens of a connection's pool."""


@dataclasses.dataclass(frozen=True)
class Runtime:
    """Environment and token source of a task. Without C(tokens), each client requests its own token."""

    environ: Mapping[str, str] = dataclasses.field(default_factory=lambda: os.environ, repr=False)
    tokens: Tokens | None = None


_process_runtime = Runtime()
_current = _process_runtime


def current_runtime() -> Runtime:
    """Return the runtime that C(use_runtime) has set, else that of the process."""
    return _current


@contextlib.contextmanager
def use_runtime(runtime: Runtime) -> Iterator[None]:
    """Set the runtime for all threads while the context is open. Contexts cannot be nested."""
    global _current
    _current = runtime
    try:
        yield
    finally:
        _current = _process_runtime


def report_progress(text: str) -> None:
    """Pass one line without secrets to the progress listener, if there is one. Thread-safe."""
    listener = _listener
    if listener is not None:
        listener(text)


def set_progress_listener(listener: Callable[[str], None] | None) -> None:
    """Set the function that gets each progress line, or None. It is called in the reporting thread."""
    global _listener
    _listener = listener


def state_folder(given: str | None) -> pathlib.Path:
    """Return the folder that the option C(state_path) gives.

    Its default is C(GENESYS_STATE_PATH), else a folder in XDG's state folder. Raise RuntimeError if that
    needs a home directory and the user has none.
    """
    if given is not None:
        return pathlib.Path(given)
    environ = current_runtime().environ
    variable = environ.get("GENESYS_STATE_PATH", "").strip()
    if variable:
        return pathlib.Path(os.path.expandvars(variable)).expanduser()
    state = pathlib.Path(environ.get("XDG_STATE_HOME", ""))
    return (state if state.is_absolute() else pathlib.Path("~/.local/state").expanduser()) / _STATE_FOLDER
