# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON bodies of responses, parsed within the limits that all other code relies on.

Private to the collection. Python's parser accepts values that cannot be sent back, such as C(NaN), and any
depth. Code that walks through a body recursively is safe within C(MOST_LEVELS).
"""

from __future__ import annotations

import decimal
import json
import math
import re
import typing as t
import uuid

#: Most levels of objects and lists in each other. Condition trees have 10 levels, each of two.
MOST_LEVELS = 100

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class UnusableJson(ValueError):
    """Valid JSON that the collection refuses. The message completes "JSON that …"."""


def parse_json(body: bytes, *, exact: bool = False) -> object:
    """Return the value of a JSON text, None if it is no JSON. Raise UnusableJson beyond the limits.

    With C(exact), decimals are of the class C(decimal.Decimal) and keep all their digits.
    """
    try:
        text = body.decode(json.detect_encoding(body))
        value: object = (_EXACT_DECODER if exact else _DECODER).decode(text)
    except RecursionError:
        raise _too_deep() from None
    except UnusableJson:
        raise
    except ValueError:
        return None
    # An object needs one opening bracket for each level, so most bodies of single objects need no walk.
    if text.count("{") + text.count("[") > MOST_LEVELS and _is_deeper(value, MOST_LEVELS):
        raise _too_deep()
    if _SURROGATE.search(text):
        _refuse_lone_surrogates(value)
    return value


def parse_json_or_none(body: bytes) -> object:
    """Return the value of a JSON text, None if it is no JSON or beyond the limits."""
    try:
        return parse_json(body)
    except UnusableJson:
        return None


def _too_deep() -> UnusableJson:
    return UnusableJson(f"is nested in more than {MOST_LEVELS} levels")


def _is_deeper(value: object, levels: int) -> bool:
    """Return whether objects and lists are nested in more than C(levels) levels, without recursion."""
    containers: list[t.Any] = [value] if isinstance(value, (dict, list)) else []
    for _level in range(levels):
        containers = [
            entry
            for one in containers
            for entry in (one.values() if isinstance(one, dict) else one)
            if isinstance(entry, (dict, list))
        ]
        if not containers:
            return False
    return True


def _refuse_lone_surrogates(value: object) -> None:
    """Raise UnusableJson for text with half a surrogate pair, which no file, URL or request can contain."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UnusableJson("has text with half a surrogate pair, which is no valid Unicode") from None


def encode_json(value: t.Any, *, exact: bool = False) -> str:
    """Return the JSON text of a value. With C(exact), it may have decimals, which keep all their digits."""
    if not exact:
        return json.dumps(value)
    digits: dict[str, str] = {}

    def stand_in(number: t.Any) -> str:
        if not isinstance(number, decimal.Decimal):
            raise TypeError(f"{type(number).__name__} is not JSON")
        place = f"decimal {uuid.uuid4()}"
        digits[f'"{place}"'] = str(number)
        return place

    text = json.dumps(value, default=stand_in)
    return re.sub(r'"decimal [0-9a-f-]{36}"', lambda match: digits.get(match[0], match[0]), text)


def _finite_decimal(text: str) -> decimal.Decimal:
    _finite(text)
    return decimal.Decimal(text)


def _finite(text: str) -> float:
    number = float(text)
    if math.isfinite(number):
        return number
    raise UnusableJson("has a number beyond the range of numbers")


def _refuse_constant(name: str) -> t.NoReturn:
    raise UnusableJson(f"has the value {name}, which JSON does not have")


_EXACT_DECODER = json.JSONDecoder(parse_float=_finite_decimal, parse_constant=_refuse_constant)
_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=_refuse_constant)
