# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of lists, by page number (schema NumberedPage of C(openapi.yaml)) or by continuation token."""

from __future__ import annotations

import base64
import binascii
import contextlib
import math
import typing as t

from starlette.responses import Response

from ..call import Call
from ..errors import Detail, bad_request
from ..store import Stored, encode_json


def numbered_page(call: Call, matching: t.Sequence[Stored]) -> Response:
    """Return a page by number, with the counts. A page past the end is empty."""
    size = call.page_size()
    number = call.whole_number("pageNumber", 1)
    counts = {
        "pageSize": size,
        "pageNumber": number,
        "pageCount": math.ceil(len(matching) / size),
        "total": len(matching),
    }
    page = [stored.encoded for stored in matching[(number - 1) * size : number * size]]
    return _entities(page, encode_json(counts)[1:-1])


def token_page(call: Call, matching: t.Sequence[Stored], show: t.Callable[[Stored], bytes]) -> Response:
    """Return the page after the object of the continuation token. The last page has no token.

    The token has the position of an object, so changes between two pages neither repeat nor skip an object.
    """
    size = call.page_size()
    given = call.query.get("continuationToken")
    if given is not None:
        after = decode_token(given, "continuationToken")
        matching = [stored for stored in matching if stored.order > after]
    page = matching[:size]
    more = encode_token(page[-1]) if len(matching) > size else None
    tail = encode_json({"continuationToken": more})[1:-1] if more else b""
    return _entities([show(stored) for stored in page], tail)


def _entities(page: list[bytes], tail: bytes) -> Response:
    text = b'{"entities":[' + b",".join(page) + b"]" + (b"," + tail if tail else b"") + b"}"
    return Response(text, 200, media_type="application/json")


def encode_token(stored: Stored) -> str:
    """Return an opaque token for the position of an object."""
    return base64.urlsafe_b64encode(f"after:{stored.order}".encode()).decode()


def decode_token(text: str, field: str) -> int:
    """Return the position in a token. Raise 400 for an invalid token; C(field) is its name in the request."""
    with contextlib.suppress(binascii.Error, ValueError):
        label, _separator, order = (
            base64.b64decode(text.encode(), altchars=b"-_", validate=True).decode().partition(":")
        )
        if label == "after":
            return int(order)
    raise bad_request("The token is not valid.", [Detail(field, "value.invalid", "is none of the server's.")])
