# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server over a real socket that never completes its responses: it sends a part, and then drips.

with DrippingServer(b"HTTP/1.1 200 OK\\r\\nX-Name: ", b"x") as server:
    ...  # a call to server.base_url
server.check_left()
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import typing as t

#: Pause between two drips [s].
_PAUSE = 0.02
#: Drips on one connection, after which the server gives up: three minutes or more.
_MOST_DRIPS = 9000


class DrippingServer:
    """A server on a free port. Every connection gets C(begin), and then C(drip) again and again.

    Without C(drip) it sends nothing more. The request is read first, unless C(speaks_first). With C(tls) the
    responses are encrypted.
    """

    def __init__(
        self, begin: bytes, drip: bytes, *, speaks_first: bool = False, tls: ssl.SSLContext | None = None
    ) -> None:
        self._begin = begin
        self._drip = drip
        self._speaks_first = speaks_first
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._changed = threading.Condition()
        self._open: list[threading.Thread] = []
        self.connections = 0
        self.dripping = 0  #: connections that got the beginning of a response
        self.gave_up = 0  #: connections that the client kept open for all drips
        self._accepting = threading.Thread(target=self._accept, daemon=True)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def base_url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> t.Self:
        self._accepting.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join()

    def wait_until_dripping(self, connections: int = 1) -> None:
        """Wait until so many connections got the beginning of a response."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.dripping >= connections, 60)

    def check_left(self) -> None:
        """Check that the client closed each connection before the server gave it up."""
        for thread in self._open:
            thread.join()
        assert self.connections > 0
        assert self.gave_up == 0

    def _accept(self) -> None:
        while True:
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._open.append(thread)
            thread.start()

    def _serve(self, accepted: socket.socket) -> None:
        with accepted, contextlib.suppress(OSError):
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = self._tls.wrap_socket(accepted, server_side=True) if self._tls else accepted
            if not self._speaks_first and not _read_request(connection):
                return
            connection.sendall(self._begin)
            with self._changed:
                self.dripping += 1
                self._changed.notify_all()
            connection.settimeout(_PAUSE)
            for _turn in range(_MOST_DRIPS):
                connection.sendall(self._drip)
                with contextlib.suppress(TimeoutError):
                    while connection.recv(65_536):
                        pass
                    return  # the client has closed the connection
            self.gave_up += 1


def _read_request(connection: socket.socket) -> bool:
    """Read the headers of a request and some of its body; return whether there is one."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65_536)
        if not part:
            return False
        received += part
    return True


@contextlib.contextmanager
def stalling_port() -> t.Iterator[int]:
    """Yield a port that answers no attempt to connect: the queue of its listener is full."""
    with socket.socket() as listener, contextlib.ExitStack() as waiting:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        for _turn in range(8):
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        yield port
