# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that are made to take much memory. Each case is a process of a module, whose peak is measured."""

from __future__ import annotations

import contextlib
import gzip
import json
import pathlib
import socket
import subprocess
import sys
import threading
import typing as t
import zlib

from integration.playbook import COLLECTIONS, clean_environment
from unit.org.conftest import action

from .rows import Bench

MOST = 200 * 1024 * 1024  # bytes over the base
MIB = 1024 * 1024
#: A process that takes more [bytes] gets a MemoryError, so that this machine survives.
LIMIT = 3 * 1024 * MIB
TESTS = pathlib.Path(__file__).resolve().parent.parent

Send = t.Callable[[bytes], None]


def _answer(body: bytes, *headers: str, status: str = "200 OK") -> t.Callable[[Send], None]:
    def answer(send: Send) -> None:
        lines = [
            f"HTTP/1.1 {status}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            *headers,
        ]
        send("\r\n".join([*lines, "", ""]).encode())
        send(body)

    return answer


def _forever(first: bytes, part: bytes, begin: str) -> t.Callable[[Send], None]:
    """Return an answer that sends the same part until the client leaves or has 1 GiB."""

    def answer(send: Send) -> None:
        send(begin.encode() + first)
        for _turn in range(1024 * MIB // len(part)):
            send(part)

    return answer


def _gzipped(begin: bytes, unit: bytes, end: bytes, size: int) -> bytes:
    """Return the gzip of a text of about C(size) bytes, made without the whole text in memory."""
    packer = zlib.compressobj(9, wbits=31)
    block = unit * (MIB // len(unit))
    parts = [packer.compress(begin), *(packer.compress(block) for _turn in range(size // MIB))]
    return b"".join([*parts, packer.compress(end), packer.flush()])


_OK = "HTTP/1.1 200 OK\r\n"
_CHUNKED = f"{_OK}Transfer-Encoding: chunked\r\n\r\n"
_CHUNK = b"10000\r\n" + b" " * 65_536 + b"\r\n"
_GZIP = "Content-Encoding: gzip"
_ENTITY = b'{"id": "1", "name": "x", "a": [], "b": {}},'


def _spaces() -> bytes:
    return _gzipped(b'{"id": "', b" ", b'"}', 1024 * MIB)


def _entities() -> bytes:
    return _gzipped(b'{"entities": [', _ENTITY, b'{"id": "2"}]}', 600 * MIB)


def _lists() -> bytes:
    return _gzipped(b"[", b"[],", b"1]", 300 * MIB)


#: The makers of the answers by name.
ANSWERS: dict[str, t.Callable[[], t.Callable[[Send], None]]] = {
    "gzip of 1 GiB": lambda: _answer(_spaces(), _GZIP),
    "gzip of gzip": lambda: _answer(gzip.compress(_spaces()), "Content-Encoding: gzip, gzip"),
    "gzip of 1 GiB as an error": lambda: _answer(_spaces(), _GZIP, status="400 Bad Request"),
    "gzip of 1 GiB as 401": lambda: _answer(_spaces(), _GZIP, status="401 Unauthorized"),
    "gzip of 1 GiB as 503": lambda: _answer(_spaces(), _GZIP, status="503 Service Unavailable"),
    "gzip of 600 MiB of objects": lambda: _answer(_entities(), _GZIP),
    "gzip of 300 MiB of lists": lambda: _answer(_lists(), _GZIP),
    "deflate of 1 GiB": lambda: _answer(zlib.compress(b" " * (512 * MIB), 9), "Content-Encoding: deflate"),
    "60 MiB of lists": lambda: _answer(b"[" + b"[]," * (20 * MIB) + b"1]"),
    "60 MiB of keys": lambda: _answer(b"{" + b'"a":{},' * (8 * MIB) + b'"b":1}'),
    "nesting of 20 MiB": lambda: _answer(b"[" * (10 * MIB) + b"]" * (10 * MIB)),
    "a number of 60 MiB": lambda: _answer(b'{"id": ' + b"9" * (60 * MIB) + b"}"),
    "escapes of 60 MiB": lambda: _answer(b'{"id": "' + b"\\u00e9" * (10 * MIB) + b'"}'),
    "plain body without end": lambda: _forever(b"", b" " * 65_536, f"{_OK}Connection: close\r\n\r\n"),
    "chunks without end": lambda: _forever(b"", _CHUNK, _CHUNKED),
    "an error page without end": lambda: _forever(
        b"<html><title>", b"<title>" * 8192, "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n"
    ),
    "header value without end": lambda: _forever(b"X-Name: ", b"x" * 65_536, _OK),
    "headers without end": lambda: _forever(b"", b"X-Name: xxxxxxxxxxxxxxxxxxxxxxxx\r\n" * 2048, _OK),
    "status line without end": lambda: _forever(b"HTTP/1.1 200 ", b"x" * 65_536, ""),
    "chunk extension without end": lambda: _forever(b"5;name=", b"x" * 65_536, _CHUNKED),
    "trailers without end": lambda: _forever(
        b"0\r\n", b"X-Name: xxxxxxxxxxxxxxxxxxxxxxxx\r\n" * 2048, _CHUNKED
    ),
    "pages without end": lambda: _answer(
        json.dumps(
            {
                "entities": [{"id": str(number), "name": "x" * 1000} for number in range(1000)],
                "pageCount": 10**9,
                "total": 10**9,
            }
        ).encode()
    ),
}
NAMES = tuple((party, name) for name in ANSWERS for party in ("api", "token", "notify"))
#: A notification and a token have no pages.
CASES = tuple(case for case in NAMES if case[0] == "api" or case[1] != "pages without end")


class Server:
    """A server on a free port that gives each request the same answer."""

    def __init__(self, answer: t.Callable[[Send], None]) -> None:
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> t.Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _address = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            received = b""
            while b"\r\n\r\n" not in received:
                part = connection.recv(65_536)
                if not part:
                    return
                received += part
            self._answer(connection.sendall)
            connection.shutdown(socket.SHUT_WR)


def task_for(party: str, url: str) -> tuple[str, dict[str, t.Any]]:
    """Return the module and its arguments."""
    limits = {"base_url": url, "timeout": 20, "deadline": 20, "retries": 0}
    if party == "token":
        return "genesys_data_action", {
            **limits,
            "client_id": "c",
            "client_secret": "s3cr3t-0815",
            **action("A"),
        }
    if party == "api":
        return "genesys_data_action", {**limits, "access_token": "t0ken", **action("A")}
    refused = {**limits, "base_url": "http://127.0.0.1:9", "access_token": "t0ken"}
    return "genesys_data_action", {**refused, **action("A"), "notify": {"url": url, "timeout": 10}}


def attack(folder: pathlib.Path, case: int) -> t.Iterator[str]:
    party, name = CASES[case]
    with Server(ANSWERS[name]()) as server:
        module, arguments = task_for(party, server.base_url)
        given = folder / f"memory-{case}.json"
        given.write_text(json.dumps({"module": module, "arguments": arguments, "limit": LIMIT}), "utf-8")
        try:
            done = subprocess.run(
                [sys.executable, "-m", "hostile.measured_call", str(given)],
                env={**clean_environment(), "PYTHONPATH": f"{TESTS}:{COLLECTIONS}"},
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
        except subprocess.TimeoutExpired:
            yield f"{party}, {name}: no end within 120 s"
            return
    try:
        measured = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        yield f"{party}, {name}: the process ended with {done.returncode}: {done.stderr[-1500:]}"
        return
    if measured["over"] > MOST:
        yield f"{party}, {name}: {measured['over'] // MIB} MiB over the base"
    if measured["exception"]:
        yield f"{party}, {name}: {measured['exception']}"


def run(bench: Bench, cases: t.Sequence[int]) -> t.Iterator[tuple[int, str]]:
    for case in cases:
        bench.begin(case)
        yield from ((case, text) for text in attack(bench.folder, case))
