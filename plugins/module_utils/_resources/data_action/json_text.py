# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Strict JSON and its files: no NaN, no numbers that are too large, on demand no repeated keys.

Private to the collection.
"""

from __future__ import annotations

import json
import math
import os
import pathlib
import stat
import typing as t

_TOO_LARGE = "has a number that is too large: give a smaller one, or text"


class NoJson(ValueError):
    """Text that is not JSON. The message has the reason, and no part of the text but names of keys."""


def read_regular_file(path: pathlib.Path, longest: int) -> bytes | None:
    """Return a file up to one byte beyond C(longest), None if it is no regular file. Raise OSError."""
    with open(path, "rb", opener=_open) as file:
        return file.read(longest + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None


def _open(path: str, flags: int) -> int:
    """Open a file without waiting for the other end of a FIFO."""
    return os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC)


def read_json(text: str, *, unique_keys: bool = False) -> t.Any:
    """Return the value of a JSON text. Raise NoJson."""
    try:
        return json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            object_pairs_hook=_unique if unique_keys else None,
        )
    except NoJson:
        raise
    except RecursionError:
        raise NoJson("is nested too deeply: give a flatter object") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise NoJson(f"is not JSON: {error.msg} ({place}): correct the text") from None
    except ValueError:
        raise NoJson(_TOO_LARGE) from None


def is_json(text: str) -> bool:
    """Return whether a text is JSON."""
    try:
        read_json(text)
    except NoJson:
        return False
    return True


def _refuse_constant(name: str) -> t.NoReturn:
    raise NoJson(f"has {name}, which JSON does not have: give a number, or null")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise NoJson(_TOO_LARGE)
    return value


def _unique(pairs: list[tuple[str, t.Any]]) -> dict[str, t.Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        repeated = ""
        for key, _value in pairs:
            repeated = key if key in seen else repeated
            seen.add(key)
        shown = repeated if len(repeated) <= 60 else f"{repeated[:57]}..."
        raise NoJson(f"has the key {shown!r} twice in one object: keep one of them")
    return found
