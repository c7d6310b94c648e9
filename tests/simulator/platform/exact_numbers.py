# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON whose decimals keep their digits, for the rows of data tables."""

from __future__ import annotations

import json
import math
import typing as t

from starlette.responses import Response

from ..call import SURROGATE
from ..errors import bad_request
from ..store import encode_json


class Digits(float):
    """A decimal with the digits that were sent."""

    text: str

    def __new__(cls, text: str) -> t.Self:
        number = super().__new__(cls, text)
        number.text = text
        return number


def parse(body: bytes) -> t.Any:
    """Parse strict JSON. Raise 400 for invalid JSON, and for numbers beyond the range of numbers."""
    try:
        value = json.loads(body, parse_float=_finite, parse_constant=_finite)
        if SURROGATE in body.lower():
            encode_json(value)
    except (ValueError, RecursionError) as error:
        raise bad_request("The body is not valid JSON.", code="invalid.json") from error
    return value


def _finite(text: str) -> Digits:
    number = Digits(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is not JSON")
    return number


def encode(value: t.Any) -> str:
    """Return the JSON text of a value, with the digits of its decimals."""
    if isinstance(value, Digits):
        return value.text
    if isinstance(value, dict):
        entries = (f"{json.dumps(key, ensure_ascii=False)}:{encode(entry)}" for key, entry in value.items())
        return f"{{{','.join(entries)}}}"
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(encode, value))}]"
    return json.dumps(value, ensure_ascii=False)


def respond(value: t.Any, status: int = 200) -> Response:
    return Response(encode(value).encode(), status, None, "application/json")
