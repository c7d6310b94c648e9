# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a foreign text fit for a message: without our secrets, on one line, and short.

Private to the collection. A server, a proxy or a library may echo what it was sent.
"""

from __future__ import annotations

import base64
import typing as t
import urllib.parse

_MASK = "********"
_SHORTEST = 4  # a shorter secret would mask innocent letters everywhere and protects nobody
_LONGEST_TEXT = 300


class Redactor:
    """Replaces the known secrets in a text. Thread-safe; tokens are added as they are fetched."""

    def __init__(self, secrets: t.Iterable[str] = ()) -> None:
        self._secrets: tuple[str, ...] = ()
        self.add(*secrets)

    def add(self, *secrets: str) -> None:
        forms = {form for secret in secrets for form in (secret, urllib.parse.quote_plus(secret))}
        known = {form for form in forms if len(form) >= _SHORTEST} | set(self._secrets)
        self._secrets = tuple(sorted(known, key=len, reverse=True))

    def __call__(self, text: str, longest: int = _LONGEST_TEXT) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _MASK)
        text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        return text if len(text) <= longest else f"{text[:longest]}…"


def basic_credentials(user: str, password: str) -> str:
    """What follows the word Basic in an Authorization header."""
    return base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
