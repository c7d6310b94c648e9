# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of bodies over a real socket: encodings, limits of the decompressed size, and pages without end."""

from __future__ import annotations

import contextlib
import gzip
import json
import tracemalloc
import typing as t
import zlib

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._http.body import describe
from ansible_collections.genesys.cloud.plugins.module_utils._secrets import Redactor
from unit.scripted_server import Answer

ITEM = "/api/v2/architect/data-actions/1"
MIB = 1024 * 1024
#: Memory that an answer may take [bytes].
MOST_MEMORY = 200 * MIB


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


#: Compression by the name of an encoding.
ENCODINGS: dict[str, t.Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZIP": gzip.compress,
    "identity": bytes,
    "deflate": zlib.compress,
    " deflate ": raw_deflate,
    "gzip, deflate": lambda data: zlib.compress(gzip.compress(data)),
    "identity, gzip,": gzip.compress,
    "gzip, gzip, gzip": lambda data: gzip.compress(gzip.compress(gzip.compress(data))),
}


def repeated(size: int, begin: bytes = b'{"id": "', unit: bytes = b" ", end: bytes = b'"}') -> bytes:
    """Return a JSON object of about C(size) bytes."""
    return begin + unit * (size // len(unit)) + end


@pytest.mark.parametrize("size", [0, 1, 65_536, 3_000_000])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_that_are_read(server, client, encoding, size):
    body = {"id": "1", "text": "x" * size}
    compressed = ENCODINGS[encoding](json.dumps(body).encode())
    server.script(Answer(body=compressed, headers={"Content-Encoding": encoding}))
    assert client.get(ITEM).data == body


def test_a_compressed_body_that_comes_byte_by_byte(server, client):
    for encoding in ("gzip", "deflate", " deflate "):
        compressed = ENCODINGS[encoding](b'{"id": "1"}')
        server.script(Answer(body=compressed, headers={"Content-Encoding": encoding.strip()}, trickle=0.0001))
        assert client.get(ITEM).data == {"id": "1"}


def test_the_encodings_that_are_accepted_do_not_depend_on_libraries(server, client):
    server.script(Answer(body={"id": "1"}))
    client.get(ITEM)
    assert server.calls[0].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("br", "'br'"), ("zstd", "'zstd'"), ("gzip, compress", "'compress'"), ("gzip," * 4, "4 encodings")],
)
def test_another_encoding_is_a_clear_error(server, client, encoding, named):
    server.script(Answer(body=b"\x8b\x00", headers={"Content-Encoding": encoding}))
    with pytest.raises(errors.MalformedResponse, match=rf"{named}\. Only gzip and deflate are read"):
        client.get(ITEM)


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_the_status_of_an_error_counts_whatever_its_encoding(server, client, encoding):
    server.script(Answer(403, body=b"\x8b\x00", headers={"Content-Encoding": encoding}))
    with pytest.raises(errors.PermissionDenied):
        client.get(ITEM)


@pytest.mark.parametrize(
    "damaged",
    [b"\x1f", gzip.compress(b'{"id": "1"}')[:-9], gzip.compress(b'{"id": "1"}')[:-1], b"plain text"],
    ids=["a-byte", "cut-off", "without-the-last-byte", "plain"],
)
def test_a_damaged_body_is_requested_again(server, client, damaged):
    server.script(Answer(body=damaged, headers={"Content-Encoding": "gzip"}), Answer(body={"id": "1"}))
    assert client.get(ITEM).data == {"id": "1"}
    server.script(*[Answer(body=damaged, headers={"Content-Encoding": "gzip"})] * 6)
    with pytest.raises(errors.TransportError, match="cannot be decompressed"):
        client.get(ITEM)


def bomb(*compressors: t.Any) -> bytes:
    """Return a JSON object of 256 MiB, compressed by each compressor in turn without keeping it."""
    packed = bytearray()
    parts = [b'{"id": "', *[bytes(MIB).replace(b"\0", b" ")] * 256, b'"}']
    for part in [*parts, None]:
        for compressor in compressors:
            part = compressor.flush() if part is None else compressor.compress(part)
            if part == b"":
                break
        packed += part
    return bytes(packed)


def gzipped(level: int = 1) -> t.Any:
    return zlib.compressobj(level, wbits=zlib.MAX_WBITS | 16)


#: Bodies that are too large, and their encoding.
TOO_LARGE: dict[str, tuple[t.Callable[[], bytes], str]] = {
    "gzip": (lambda: bomb(gzipped()), "gzip"),
    "deflate": (lambda: bomb(zlib.compressobj(1)), "deflate"),
    "nested": (lambda: gzip.compress(gzip.compress(bomb(gzipped()))), "gzip, gzip, gzip"),
    "huge-inside": (
        lambda: gzip.compress(gzip.compress(bomb(gzipped(0))[: 64 * MIB], 1)),
        "gzip, gzip, gzip",
    ),
    "plain": (lambda: repeated(17 * MIB), "identity"),
    "lists": (lambda: repeated(16_000_000, b'{"a": [', b"[],", b"0]}"), "identity"),
    "objects": (lambda: repeated(16_000_000, b'{"a": [', b'{"":[]},', b"0]}"), "identity"),
}
#: Bodies that are just small enough: one text, and objects that need much memory with texts that do.
SMALL_ENOUGH = {
    "text": lambda: repeated(15 * MIB),
    "objects": lambda: (
        repeated(960_000, b'{"a": [', b'{"":[]},', b"")
        + repeated(14_900_000, b'"', f'{"x" * 995}\U0001f600","'.encode(), b'"]}')
    ),
}


@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize("caller", ["api", "token"])
@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_body_that_is_too_large_takes_little_memory(server, name, caller, status):
    make_body, encoding = TOO_LARGE[name]
    answer = Answer(status, body=make_body(), headers={"Content-Encoding": encoding})
    client = server.client(retries=0, **({"access_token": "given"} if caller == "api" else {}))
    if caller == "api":
        server.script(answer)
    else:
        server.script_tokens(answer)
    with bounded_memory(), pytest.raises(errors.GenesysError) as caught:
        client.get(ITEM)
    if status == 200:
        assert " has more than " in str(caught.value)
    client.close()


@pytest.mark.parametrize("name", SMALL_ENOUGH)
def test_a_body_that_is_small_enough_takes_little_memory_too(server, client, name):
    body = SMALL_ENOUGH[name]()
    server.script(Answer(body=gzip.compress(body, 1), headers={"Content-Encoding": "gzip"}))
    with bounded_memory():
        assert client.get(ITEM).status == 200


@contextlib.contextmanager
def bounded_memory() -> t.Iterator[None]:
    tracemalloc.start()
    try:
        yield
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST_MEMORY


@pytest.mark.parametrize(
    "unit", ["<title>", "<title ", "<", "<a", "</title", "<title><", "\t<title>\n", " ", "\0"]
)
def test_pages_without_end_are_read_in_linear_time(server, unit):
    """Check bodies for which a search that starts again at each tag would take hours."""
    page = f"<{unit * (15_000_000 // len(unit))}"
    server.script(Answer(body=page), Answer(404, page), Answer(502, page))
    client = server.client(access_token="given", retries=0)
    for kind in (errors.MalformedResponse, errors.ApiError, errors.ServerError):
        with pytest.raises(kind):
            client.get(ITEM)
    client.close()


class Seen(Redactor):
    """Redactor that notes the size of each text."""

    def __init__(self) -> None:
        super().__init__(["s3cr3t-5f0d"])
        self.sizes: list[int] = []

    def __call__(self, text: str, longest: int = 300) -> str:
        self.sizes.append(len(text))
        return super().__call__(text, longest)


@pytest.mark.parametrize("begin", [b"", b"<", b"<title>", b"<html>"])
def test_only_the_beginning_of_a_body_is_searched(begin):
    seen = Seen()
    for size in (10, 100_000, 10_000_000):
        describe(begin + b"x " * size, seen)
    assert max(seen.sizes) <= 16 * 1024


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"<html><TITLE lang='en'>502 Bad\n Gateway</TITLE>", '502 Bad Gateway"'),
        (b"<html><title>No end", '"No end"'),
        (b"<html><title></title><h1>Oops</h1>", '""'),
        (b"<h1>Sign <b>in</b></h1>", '"Sign in"'),
        (b"<" * 9 + b"b>x", '"<<<<<<<< x"'),
        (b" \n plain  text ", 'the text "plain text"'),
        (b" " * 100_000 + b"plain", 'the text "plain"'),
    ],
)
def test_words_of_a_body(body, shown):
    assert shown in describe(body, Redactor())


@pytest.mark.parametrize("begin", [b"", b"<html>", b"<html><title>"])
def test_a_secret_at_the_end_of_the_excerpt_is_not_shown_in_part(begin):
    """Check each position of the cut."""
    secret = b"s3cr3t-5f0d"
    for place in range(16 * 1024 - 20, 16 * 1024 + 2):
        body = (begin + b"word").ljust(place) + secret + b" and more"
        assert "s3c" not in describe(body, Redactor([secret.decode()]))
