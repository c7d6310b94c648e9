# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Network streams whose waits end at the deadline of their exchange, and when their run is stopped.

Private to the collection. The timeouts of httpx and httpcore bound a single read, so a server that sends one
byte at a time would never exceed them. Here all waits of one exchange share one end: the lookup of the name,
the connection, the TLS handshake, and every read and write. An exchange belongs to the thread that runs it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import queue
import select
import socket
import ssl
import threading
import time
import typing as t
from collections.abc import Sequence

from .._deps import httpcore
from .._runtime import LONGEST_WAIT, check_cut_off

#: Largest TLS record with its header and padding [bytes].
_TLS_RECORD = 18 * 1024

_exchange = threading.local()

_Address = tuple[int, int, int, str, t.Any]


def begin_exchange(ends_at: float) -> None:
    """Set the end of the current thread's exchange on the monotonic clock."""
    _exchange.ends_at = ends_at


def _next_wait(ends_at: float | None = None) -> float:
    """Return the time of the next wait [s]. Raise TimeoutError at the end, Cancelled if the run is over."""
    check_cut_off()
    end: float = _exchange.ends_at
    left = min(end, end if ends_at is None else ends_at) - time.monotonic()
    if left <= 0:
        raise TimeoutError("the exchange took too long")
    return min(left, LONGEST_WAIT)


@contextlib.contextmanager
def _failures(timeout: type[Exception], failure: type[Exception]) -> t.Iterator[None]:
    """Raise the exceptions that httpcore expects for those of the system."""
    try:
        yield
    except TimeoutError as error:
        raise timeout(str(error)) from error
    except OSError as error:
        raise failure(str(error)) from error


class Network(httpcore.NetworkBackend):
    """Connections of a pool."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: t.Iterable[t.Any] | None = None,
    ) -> Stream:
        """Connect to the first address of a host that accepts. The arguments after C(port) are ignored."""
        with _failures(httpcore.ConnectTimeout, httpcore.ConnectError):
            return Stream(_connect(_resolve(host, port)))


class Stream(httpcore.NetworkStream):
    """A connection, with or without TLS."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes, C(b"") at the end of the stream. C(timeout) is ignored."""
        with _failures(httpcore.ReadTimeout, httpcore.ReadError):
            return t.cast("bytes", self._repeat(self._socket.recv, max_bytes))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all bytes. C(timeout) is ignored."""
        with _failures(httpcore.WriteTimeout, httpcore.WriteError):
            rest = memoryview(buffer)
            while rest:
                rest = rest[self._repeat(self._socket.send, rest) :]

    def _repeat(self, step: t.Callable[..., t.Any], *arguments: t.Any) -> t.Any:
        """Return the result of a step of the socket, which is repeated until it needs no wait."""
        while True:
            self._socket.settimeout(_next_wait())
            with contextlib.suppress(TimeoutError):
                return step(*arguments)

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Stream | TlsInTls:
        """Return the stream with TLS. C(timeout) is ignored."""
        try:
            with _failures(httpcore.ConnectTimeout, httpcore.ConnectError):
                if isinstance(self._socket, ssl.SSLSocket):
                    return TlsInTls(self, ssl_context, server_hostname)
                encrypted = ssl_context.wrap_socket(
                    self._socket, server_hostname=server_hostname, do_handshake_on_connect=False
                )
                self._socket = encrypted
                self._repeat(encrypted.do_handshake)
                return self
        except BaseException:
            self.close()
            raise

    def get_extra_info(self, info: str) -> t.Any:
        """Return what httpcore asks for: the TLS session, and whether an idle connection has something."""
        if info == "ssl_object":
            return self._socket if isinstance(self._socket, ssl.SSLSocket) else None
        if info == "is_readable":
            return self._socket.fileno() < 0 or _is_ready(self._socket, select.POLLIN, 0.0)
        return None


class TlsInTls(httpcore.NetworkStream):
    """A TLS connection through the TLS connection of a proxy, which an C(SSLSocket) cannot wrap."""

    def __init__(self, outer: Stream, context: ssl.SSLContext, server_hostname: str | None) -> None:
        self._outer = outer
        self._received, self._to_send = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._received, self._to_send, server_hostname=server_hostname)
        try:
            self._run(self._tls.do_handshake)
        except (httpcore.ReadTimeout, httpcore.WriteTimeout) as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except (httpcore.ReadError, httpcore.WriteError) as error:
            raise httpcore.ConnectError(str(error)) from error

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes, C(b"") at the end of the stream. C(timeout) is ignored."""
        with _failures(httpcore.ReadTimeout, httpcore.ReadError):
            try:
                return t.cast("bytes", self._run(self._tls.read, max_bytes))
            except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
                return b""

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all bytes. C(timeout) is ignored."""
        with _failures(httpcore.WriteTimeout, httpcore.WriteError):
            rest = memoryview(buffer)
            while rest:
                rest = rest[self._run(self._tls.write, rest) :]

    def _run(self, step: t.Callable[..., t.Any], *arguments: t.Any) -> t.Any:
        """Return the result of a step of TLS. Carry its bytes through the outer stream."""
        while True:
            try:
                result = step(*arguments)
            except ssl.SSLWantReadError:
                self._outer.write(self._to_send.read())
                received = self._outer.read(_TLS_RECORD)
                if received:
                    self._received.write(received)
                else:
                    self._received.write_eof()
            else:
                self._outer.write(self._to_send.read())
                return result

    def close(self) -> None:
        self._outer.close()

    def get_extra_info(self, info: str) -> t.Any:
        return self._tls if info == "ssl_object" else self._outer.get_extra_info(info)


def _resolve(host: str, port: int) -> Sequence[_Address]:
    """Return the addresses of a host. Raise OSError.

    The lookup of a name cannot be interrupted, so a thread of its own does it. The thread is abandoned when
    the exchange ends before it.
    """
    with contextlib.suppress(socket.gaierror):
        return _look_up(host, port, socket.AI_NUMERICHOST)
    answers: queue.SimpleQueue[Sequence[_Address] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(_look_up(host, port))
        except OSError as error:
            answers.put(error)

    threading.Thread(target=look_up, daemon=True, name=f"lookup of {host}").start()
    while True:
        wait = _next_wait()
        with contextlib.suppress(queue.Empty):
            answer = answers.get(timeout=wait)
            if isinstance(answer, OSError):
                raise answer
            return answer


def _look_up(host: str, port: int, flags: int = 0) -> Sequence[_Address]:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    except UnicodeError:
        raise socket.gaierror(socket.EAI_NONAME, "a label is empty or too long") from None


def _connect(addresses: Sequence[_Address]) -> socket.socket:
    """Return a connection to the first address that accepts one. Raise the error of the last one.

    The time that is left is shared among the addresses that were not tried yet, because the first may be one
    of IPv6 in a network without it.
    """
    failure = OSError("the name has no address")
    for tried, address in enumerate(addresses):
        left: float = _exchange.ends_at - time.monotonic()
        try:
            return _connect_to(address, time.monotonic() + left / (len(addresses) - tried))
        except OSError as error:
            failure = error
    raise failure


def _connect_to(address: _Address, ends_at: float) -> socket.socket:
    family, kind, protocol, _name, target = address
    connecting = socket.socket(family, kind, protocol)
    try:
        connecting.setblocking(False)
        code = connecting.connect_ex(target)
        if code == errno.EINPROGRESS:
            while not _is_ready(connecting, select.POLLOUT, _next_wait(ends_at)):
                pass
            code = connecting.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, os.strerror(code))
        connecting.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connecting
    except BaseException:
        connecting.close()
        raise


def _is_ready(one: socket.socket, event: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(one, event)
    return bool(poll.poll(seconds * 1000))
