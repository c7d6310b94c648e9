# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of a data table's columns: their canonical form, and their conversion from options (N.7).

Private to the collection. The canonical form of a number is a whole number, else a float if that keeps all
its digits, else the text of its digits. Equal numbers have equal forms, and JSON keeps each of them.
"""

from __future__ import annotations

import decimal
import math
import re
import typing as t

Value: t.TypeAlias = "str | int | float | bool"

TYPES = ("boolean", "integer", "number", "string")
ZERO: dict[str, Value] = {"boolean": False, "integer": 0, "number": 0, "string": ""}
LONGEST_KEY = 256
#: Digits that a float always keeps.
SAFE_DIGITS = 15

_NOUNS = {"boolean": "true or false", "integer": "a whole number", "number": "a number", "string": "a text"}
_INTEGER = re.compile(r"[+-]?\d{1,4000}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d{1,4000}(\.\d{0,4000})?|\.\d{1,4000})([eE][+-]?\d{1,3})?", re.ASCII)
_BOOLEANS = {"true": True, "false": False}


def canonical_number(number: decimal.Decimal) -> int | float | str:
    """Return the canonical form of a finite number."""
    if number == number.to_integral_value():
        return int(number)
    near = float(number)
    if decimal.Decimal(repr(near)) == number:
        return near
    return format(number, "f").rstrip("0")


def is_zero(value: t.Any) -> bool:
    """Return whether a canonical value is the one that the API gives to a column without a value."""
    return value is None or value is False or value == "" or (value == 0 and not isinstance(value, bool))


def from_wire(kind: str | None, value: t.Any) -> t.Any:
    """Return the canonical form of a value as the API has it. A value of another type stays as it is."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        value = decimal.Decimal(repr(value))
    if isinstance(value, decimal.Decimal):
        return canonical_number(value)
    return value


def to_wire(kind: str, value: t.Any) -> t.Any:
    """Return a canonical value as the API takes it. A decimal has all its digits."""
    if kind == "number" and isinstance(value, (str, float)):
        return decimal.Decimal(value if isinstance(value, str) else repr(value))
    return value


def convert(kind: str, value: t.Any) -> Value | None:
    """Return the canonical form of an option's value, None for no value.

    Raise ValueError with the end of a sentence that begins with the path of the option. An empty text is no
    value, except in a column of texts.
    """
    if value is None or (value == "" and kind != "string"):
        return None
    convert_value = {"string": _text, "boolean": _boolean, "integer": _integer, "number": _number}[kind]
    converted = convert_value(value)
    if converted is None:
        shown = f", not {value!r}" if isinstance(value, (str, int, float)) else ""
        raise ValueError(f"must be {_NOUNS[kind]}{shown}")
    return converted


def _text(value: t.Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, (float, bool)):
        raise ValueError(f"must be a text, not {value!r}: quote it, because YAML has changed its form")
    return value if isinstance(value, str) else None


def _boolean(value: t.Any) -> bool | None:
    if isinstance(value, str):
        return _BOOLEANS.get(value.strip().lower())
    return value if isinstance(value, bool) else None


def _integer(value: t.Any) -> int | None:
    if isinstance(value, str) and _INTEGER.fullmatch(value.strip()):
        return int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: t.Any) -> int | float | str | None:
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        number = decimal.Decimal(value.strip())
        return canonical_number(number) if math.isfinite(float(number)) else None
    if isinstance(value, float):
        return canonical_number(decimal.Decimal(repr(value))) if math.isfinite(value) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def may_be_rounded(value: t.Any) -> bool:
    """Return whether YAML may have rounded a decimal, because it has as many digits as a float can have."""
    if not isinstance(value, float) or not math.isfinite(value):
        return False
    return len(decimal.Decimal(repr(value)).normalize().as_tuple().digits) > SAFE_DIGITS


def convert_key(value: t.Any) -> str:
    """Return the key of a row as text. Raise ValueError as C(convert) does."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, (float, bool)):
        raise ValueError(f"must be a text, not {value!r}: quote it, because YAML has changed its form")
    if not isinstance(value, str):
        raise ValueError("must be a text")
    if not 1 <= len(value) <= LONGEST_KEY:
        raise ValueError(f"must have 1 to {LONGEST_KEY} characters, not {len(value)}")
    return value
