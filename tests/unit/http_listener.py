# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real HTTP server that stores the requests it gets: the target of webhooks in tests.

with HttpListener() as listener:
    ...
    (first,) = listener.wait_for(1)
    assert first.body["eventType"] == "data.action.updated"
"""

from __future__ import annotations

import dataclasses
import http.server
import json
import threading
import time
import typing as t

from unit.patience import PATIENCE


@dataclasses.dataclass(frozen=True)
class JsonRequest:
    """One request, with header names in lower case and the body as parsed JSON."""

    method: str
    path: str
    headers: dict[str, str]
    body: t.Any


class HttpListener:
    """An HTTP server on a free port that responds with C(status) after C(delay) [s]."""

    def __init__(self, status: int = 204, delay: float = 0.0) -> None:
        self.status = status
        self.delay = delay
        self.received: list[JsonRequest] = []
        self._more = threading.Condition()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def wait_for(self, count: int, timeout: float = PATIENCE) -> list[JsonRequest]:
        """Return all requests once there are C(count) of them; raise AssertionError after C(timeout) [s]."""
        with self._more:
            came = self._more.wait_for(lambda: len(self.received) >= count, timeout)
            assert came, f"{len(self.received)} of {count} requests within {timeout} s: {self.received}"
            return list(self.received)

    def __enter__(self) -> t.Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _keep(self, request: JsonRequest) -> None:
        with self._more:
            self.received.append(request)
            self._more.notify_all()

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        listener = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                headers = {name.lower(): value for name, value in self.headers.items()}
                listener._keep(JsonRequest(self.command, self.path, headers, body))
                time.sleep(listener.delay)
                self.send_response(listener.status)
                self.end_headers()

            def log_message(self, *arguments: t.Any) -> None:
                """Print nothing; the test output is no access log."""

        return Handler
