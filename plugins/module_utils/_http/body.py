# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of a response: decompressed within limits, and described in a few words if it is not JSON.

Private to the collection. httpx decompresses without a limit: 2 MB may become 2 GB. The limits count the
decompressed size. The work on a body grows no faster than its size.
"""

from __future__ import annotations

import contextlib
import re
import typing as t
import zlib
from collections.abc import Iterable, Iterator

from .._deps import httpx
from .._secrets import Redactor

#: Value of C(Accept-Encoding), which does not depend on the libraries that are installed.
ACCEPTED_ENCODINGS = "gzip, deflate"
#: Upper bound of the body of a success [bytes]; a page has at most 100 objects.
MAX_SUCCESS_BYTES = 16 * 1024 * 1024
#: Upper bound of what is read of the body of an error [bytes].
_MAX_ERROR_BYTES = 64 * 1024
#: Most bytes that one step of a decompression returns.
_STEP = 64 * 1024
#: Most encodings of one body.
_MOST_ENCODINGS = 3
# Each expression reads each character at most twice, for any text.
_TITLE = re.compile(r"<title[^<>]*>([^<]*)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
#: Beginning of a body that is searched for words [bytes].
_EXCERPT = 16 * 1024


class BodyTooLong(Exception):
    """The body of a success exceeds C(MAX_SUCCESS_BYTES) before or after its decompression."""


class UnsupportedEncoding(Exception):
    """The body has an encoding that the request did not accept."""


class DamagedBody(Exception):
    """The body cannot be decompressed, or it ends early."""


def read_body(response: httpx.Response) -> bytes:
    """Return the body of an unread response.

    Return the beginning of the body of an error (a status of 300 or more), C(b"") if it cannot be decoded.
    Raise BodyTooLong, UnsupportedEncoding and DamagedBody for a success, and httpx.RequestError.
    """
    is_error = response.status_code >= 300
    body = bytearray()
    try:
        for chunk in _decoded(response, _MAX_ERROR_BYTES if is_error else MAX_SUCCESS_BYTES):
            body += chunk
    except (BodyTooLong, UnsupportedEncoding, DamagedBody):
        if not is_error:
            raise
    return bytes(body)


def discard_body(response: httpx.Response) -> None:
    """Read the beginning of a body, so that the connection of a short one can be used again."""
    unread = t.cast("httpx.SyncByteStream", response.stream)
    with contextlib.suppress(BodyTooLong):
        for _chunk in _limited(unread, _MAX_ERROR_BYTES):
            pass
    unread.close()
    response.stream = httpx.ByteStream(b"")  # httpx reads the body too


def _decoded(response: httpx.Response, limit: int) -> Iterator[bytes]:
    """Return the parts of the body, with each encoding removed and the size after each one limited."""
    names = [
        name.strip().lower()
        for name in response.headers.get("content-encoding", "").split(",")
        if name.strip().lower() not in ("", "identity")
    ]
    chunks = _limited(response.iter_raw(), limit)
    if len(names) > _MOST_ENCODINGS:
        raise UnsupportedEncoding(f"{len(names)} encodings")
    for name in reversed(names):
        if name not in ("gzip", "x-gzip", "deflate"):
            raise UnsupportedEncoding(f"the encoding {name[:20]!r}")
        chunks = _limited(_decompressed(chunks, name), limit)
    return chunks


def _limited(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    left = limit
    for chunk in chunks:
        yield chunk[:left]
        left -= len(chunk)
        if left < 0:
            raise BodyTooLong


def _decompressed(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Return the parts of a compressed text, none longer than C(_STEP). Data after its end is ignored."""
    decompressor = None
    begin = b""
    for chunk in chunks:
        data = begin + chunk
        if decompressor is None:
            if len(data) < 2:  # too short to distinguish the two forms of C(deflate)
                begin = data
                continue
            decompressor, begin = zlib.decompressobj(_window_bits(encoding, data)), b""
        while not decompressor.eof:
            try:
                part = decompressor.decompress(data, _STEP)
            except zlib.error as error:
                raise DamagedBody(str(error)) from None
            data = decompressor.unconsumed_tail
            yield part
            if not data and len(part) < _STEP:
                break
    if begin or (decompressor is not None and not decompressor.eof):
        raise DamagedBody("it ends early")


def _window_bits(encoding: str, data: bytes) -> int:
    """Return zlib's code of a format. Servers send C(deflate) with and without the header of zlib."""
    if encoding != "deflate":
        return zlib.MAX_WBITS | 16
    has_header = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


def describe(body: bytes, redact: Redactor) -> str:
    """Return a few words about a body that is not JSON: the title of a page, or the beginning of a text."""
    whole = body.strip()
    text = whole[:_EXCERPT].decode("utf-8", "replace").strip()
    if not text:
        return "no text"
    is_page = text.startswith("<")
    title = _TITLE.search(text) if is_page else None
    is_cut = len(whole) > _EXCERPT and (title is None or title.end() == len(text))
    if is_page:
        text = title.group(1) if title else _TAG.sub(" ", text)
    words = text.split()
    if is_cut and len(words) > 1:
        del words[-1]  # perhaps the beginning of a secret, which would not be recognized
    shown = redact(" ".join(words), 80)
    return f'an HTML page "{shown}"' if is_page else f'the text "{shown}"'
