# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task gets from the process that it runs in: environment variables, and tokens that others fetched.

Private to the collection. A module is a process of its own. In the fast lane many tasks follow each other in
one process, whose environment is not theirs, so that lane says here what each task gets.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import typing as t

if t.TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


_listener: Callable[[str], None] | None = None


class Tokens(t.Protocol):
    """Where clients get their tokens from, such as C(_http.token_cache)."""

    def token(self, connection: t.Any, rejected: t.Any, ends_at: float, fetch: t.Any) -> t.Any:
        """A token for the connection that is not the rejected one, from C(fetch) where none is kept."""


@dataclasses.dataclass(frozen=True)
class Runtime:
    """C(environ) is like C(os.environ); without C(tokens) every client asks for a token of its own."""

    environ: Mapping[str, str] = dataclasses.field(default_factory=lambda: os.environ, repr=False)
    tokens: Tokens | None = None


_own = Runtime()
_now = _own


def current_runtime() -> Runtime:
    """Those of the task that runs now, the process's own where nobody said otherwise."""
    return _now


@contextlib.contextmanager
def use_runtime(given: Runtime) -> Iterator[None]:
    """What runs inside gets these, in all threads. One task at a time."""
    global _now
    _now = given
    try:
        yield
    finally:
        _now = _own


def report_progress(text: str) -> None:
    """One line about the work in progress, without a secret. May be called from any thread, and often."""
    listener = _listener
    if listener is not None:
        listener(text)


def set_progress_listener(listener: Callable[[str], None] | None) -> None:
    """From now on C(listener) gets what is told, from the threads that tell it; None: nobody."""
    global _listener
    _listener = listener
