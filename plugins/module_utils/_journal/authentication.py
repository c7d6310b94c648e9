# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Authentication of a journal's lines with its password, so that a changed line is found before a rollback.

Private to the collection. An authenticated line ends with C(line), its number within its run, and C(mac), the
HMAC-SHA256 over the text before it. The key is derived from the password and the C(salt) in the header.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import os
import re

#: Rounds of PBKDF2, the same as for the encrypted secrets: an attacker would try the weaker of both.
_ROUNDS = 10_000
_SALT = re.compile(r"[0-9a-f]{32}")
_END = re.compile(rb',"line":([1-9]\d{0,8}),"mac":"([0-9a-f]{64})"\}$')


class AuthenticationError(Exception):
    """A line that is not as its run wrote it. The text is a clause without a subject."""


def new_salt() -> str:
    """Return a salt for the header of a journal."""
    return os.urandom(16).hex()


def is_salt(value: object) -> bool:
    """Return whether a value of a header is a salt."""
    return isinstance(value, str) and _SALT.fullmatch(value) is not None


@functools.lru_cache(maxsize=8)
def line_key(password: str, salt: str) -> bytes:
    """Return the key for the lines of all runs with this salt."""
    return hashlib.pbkdf2_hmac("sha256", password.strip().encode(), b"lines" + bytes.fromhex(salt), _ROUNDS)


def signed(text: bytes, number: int, key: bytes) -> bytes:
    """Return a line, a JSON object, with its number and its HMAC."""
    covered = b'%b,"line":%d' % (text.removesuffix(b"}"), number)
    return b'%b,"mac":"%b"}' % (covered, hmac.digest(key, covered, "sha256").hex().encode())


def verify(text: bytes, number: int, key: bytes) -> None:
    """Raise AuthenticationError if a line is not the one with this number as its run wrote it."""
    end = _END.search(text)
    if end is None:
        raise AuthenticationError("has no HMAC")
    covered = text[: end.start(2) - len(b',"mac":"')]
    if not hmac.compare_digest(hmac.digest(key, covered, "sha256").hex().encode(), end[2]):
        raise AuthenticationError("does not have the HMAC of its content")
    if int(end[1]) != number:
        raise AuthenticationError(f"is line {int(end[1])} of its run, where line {number} was expected")
