# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The uvicorn server, with a way to close a connection and with reliable shutdown."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import threading
import typing as t

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Seconds. Longer than the pause between two requests of a client in any test.
KEEP_ALIVE = 75


class Protocol(HttpToolsProtocol):
    """The HTTP protocol; lets the application close the connection before or during a response."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {"simulator.hang_up": self.hang_up}  # type: ignore[dict-item]

    def hang_up(self) -> None:
        self.cycle.disconnected = True
        self.transport.close()


class Server(uvicorn.Server):
    """The server. It prints a line when ready. SIGINT, SIGTERM and, if asked for, end of input stop it."""

    def __init__(self, config: uvicorn.Config, url: str, until_stdin_closes: bool) -> None:
        super().__init__(config)
        self._url = url
        self._until_stdin_closes = until_stdin_closes

    async def startup(self, sockets: t.Any = None) -> None:
        await super().startup(sockets)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop)
        if self._until_stdin_closes:
            threading.Thread(target=self._watch_stdin, args=(loop,), daemon=True).start()
        print(f"Simulator ready at {self._url}", flush=True)

    def _stop(self) -> None:
        self.should_exit = True

    def _watch_stdin(self, loop: asyncio.AbstractEventLoop) -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        loop.call_soon_threadsafe(self._stop)


class Origin:
    """One origin of the server: a listening socket. Port 0 takes a free port."""

    def __init__(self, host: str, port: int, *, tls: bool) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.socket = socket.create_server((host, port), family=family, backlog=2048)
        bound, self.port = self.socket.getsockname()[:2]
        shown = f"[{bound}]" if ":" in bound else bound
        self.url = f"{'https' if tls else 'http'}://{shown}:{self.port}"


def serve(
    app: ASGIApp,
    origins: t.Sequence[Origin],
    *,
    until_stdin_closes: bool = False,
    certfile: str | None = None,
    keyfile: str | None = None,
) -> None:
    """Serve the application at every origin until stopped. The ready line names the first one."""
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http=Protocol,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=1,
        ssl_certfile=certfile,
        ssl_keyfile=keyfile,
    )
    Server(config, origins[0].url, until_stdin_closes).run([origin.socket for origin in origins])
