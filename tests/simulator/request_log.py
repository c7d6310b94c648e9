# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The log of the requests that the clients of an org sent, in order."""

from __future__ import annotations

import collections
import fnmatch
import json
import time
import typing as t
import urllib.parse

#: Older entries are dropped, so that a load test does not fill the memory.
CAPACITY = 100_000

Headers = t.Mapping[str, str]


class LogEntry:
    """One request. C(status) is None before the response, and for good when a fault prevents a response."""

    __slots__ = ("body", "fault", "headers", "method", "path", "query", "status", "time")

    def __init__(self, method: str, path: str, query: str, headers: Headers, body: bytes) -> None:
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.status: int | None = None
        self.fault: str | None = None
        self.time = time.time()

    def as_json(self) -> dict[str, t.Any]:
        return {
            "method": self.method,
            "path": self.path,
            "query": dict(urllib.parse.parse_qsl(self.query, keep_blank_values=True)),
            "status": self.status,
            "fault": self.fault,
            "body": readable(self.body, self.headers.get("content-type", "")),
            "request_headers": dict(self.headers),
            "time": self.time,
        }


class RequestLog:
    def __init__(self) -> None:
        self._entries: collections.deque[LogEntry] = collections.deque(maxlen=CAPACITY)

    def add(self, entry: LogEntry) -> None:
        self._entries.append(entry)

    def clear(self) -> None:
        self._entries.clear()

    def select(self, method: str | None = None, path: str | None = None) -> list[LogEntry]:
        """Return the entries with a method and with paths that match a glob; None matches all."""
        return [
            entry
            for entry in self._entries
            if (method is None or entry.method == method.upper())
            and (path is None or fnmatch.fnmatchcase(entry.path, path))
        ]


def readable(body: bytes, content_type: str) -> t.Any:
    """Return a body in readable form: JSON and forms parsed, other text unchanged, an empty body as None."""
    if not body:
        return None
    text = body.decode(errors="replace")
    if content_type.startswith("application/x-www-form-urlencoded"):
        return dict(urllib.parse.parse_qsl(text, keep_blank_values=True))
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
