# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells whoever listens how far long work is.

Private to the collection. Work tells often and does not care who listens; the listener decides what is shown
and when. In a process that nobody looks at nobody listens.
"""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    from collections.abc import Callable

_listener: Callable[[str], None] | None = None


def tell(text: str) -> None:
    """One line about the work in progress, without a secret. May be called from any thread, and often."""
    listener = _listener
    if listener is not None:
        listener(text)


def listen(listener: Callable[[str], None] | None) -> None:
    """From now on C(listener) gets what is told, from the threads that tell it; None: nobody."""
    global _listener
    _listener = listener
