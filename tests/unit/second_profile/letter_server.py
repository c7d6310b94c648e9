# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small stateful server of an API that differs from the reference API in every fact of its profile.

    with LetterServer() as server:
        letter = server.add(label="A", box="inbox", text="Dear")
        server.fault("PUT", "/template", status=500)
        assert server.writes() == []

Objects are letters: C({id, label, box, memo, on, version, selfUri, templateUri}). The template of a letter is
a text under a second path. A label is unique within a box. Unknown keys in a body are refused.
"""

from __future__ import annotations

import collections.abc
import copy
import dataclasses
import http.server
import json
import threading
import typing as t
import urllib.parse

Wire = dict[str, t.Any]

ROOT = "/desk/v7"
LETTERS = f"{ROOT}/letters"
TOKEN = "/login/token"
CLIENT_ID = "desk-client"
_WRITABLE = {"label", "box", "memo", "on"}


class Refused(Exception):
    """A request that gets an error response with this status and reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclasses.dataclass(frozen=True)
class Request:
    """A request as received; C(body) is the parsed JSON, or the text of a form."""

    method: str
    path: str
    query: dict[str, str]
    body: t.Any
    host: str


@dataclasses.dataclass
class Fault:
    """A failure of the next C(times) requests of a method whose path has this end.

    C(status) and C(reason) are the response; with C(drop) the request is carried out and gets no response.
    C(edit) changes the server's state before the request is carried out.
    """

    method: str
    path_end: str
    times: int
    status: int | None = None
    reason: str = "broken"
    drop: bool = False
    edit: collections.abc.Callable[[], object] | None = None


class LetterServer:
    """The server on a free local port, for the time of a C(with) block. Pages have C(page_size) entries.

    C(rate_limit) are headers of every response.
    """

    tenant: t.ClassVar[Wire] = {"id": "tenant-1", "name": "Desk One"}

    def __init__(self) -> None:
        self.page_size = 100
        self.letters: dict[str, Wire] = {}
        self.templates: dict[str, str] = {}
        self.keeps_records = True
        self.records: list[Wire] = []
        self.rate_limit: dict[str, str] = {}
        self.requests: list[Request] = []
        self.token_requests: list[Request] = []
        self._faults: list[Fault] = []
        self._numbers = 0
        self._lock = threading.RLock()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.letter_server = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> t.Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def add(self, *, text: str = "", **fields: t.Any) -> Wire:
        """Store a letter as if another client had created it."""
        with self._lock:
            self._numbers += 1
            identifier = f"letter-{self._numbers}"
            self.letters[identifier] = {"memo": "", "on": True, **fields, "id": identifier, "version": 1}
            self.templates[identifier] = text
            return self._shown(identifier)

    def edit(self, identifier: str, *, text: str | None = None, **fields: t.Any) -> None:
        """Change a letter as if another client had done it."""
        with self._lock:
            self.letters[identifier] |= fields
            self.letters[identifier]["version"] += 1
            if text is not None:
                self.templates[identifier] = text

    def fault(self, method: str, path_end: str, *, times: int = 1, **what: t.Any) -> None:
        self._faults.append(Fault(method, path_end, times, **what))

    def clear_faults(self) -> None:
        self._faults.clear()

    def state(self) -> list[Wire]:
        """Return the letters with their templates, without ids and versions, sorted by box and label."""
        letters = [
            {**{key: letter[key] for key in _WRITABLE}, "text": self.templates[identifier]}
            for identifier, letter in self.letters.items()
        ]
        return sorted(copy.deepcopy(letters), key=lambda letter: (letter["box"], letter["label"]))

    def writes(self) -> list[str]:
        """Return the requests that may change a letter, as C(PATCH /desk/v7/letters/letter-1)."""
        return [
            f"{request.method} {request.path}"
            for request in self.requests
            if request.method != "GET" and request.path.startswith(LETTERS)
        ]

    def respond(self, request: Request) -> tuple[int, Wire] | None:
        """Return status and body of the response; None: close the connection without one."""
        with self._lock:
            (self.token_requests if request.path == TOKEN else self.requests).append(request)
            fault = self._next_fault(request)
            try:
                if fault is not None and fault.edit is not None:
                    fault.edit()
                if fault is not None and fault.status is not None:
                    raise Refused(fault.status, fault.reason)
                response = self._carry_out(request)
            except Refused as error:
                fault_body = {"reason": error.reason, "text": f"The desk says: {error.reason}", "ref": "r-1"}
                return error.status, {"fault": fault_body}
            return None if fault is not None and fault.drop else response

    def _next_fault(self, request: Request) -> Fault | None:
        for fault in self._faults:
            if fault.times and fault.method == request.method and request.path.endswith(fault.path_end):
                fault.times -= 1
                return fault
        return None

    def _carry_out(self, request: Request) -> tuple[int, Wire]:
        method, body = request.method, request.body
        if request.path == TOKEN:
            return 200, {"access_token": "desk-token", "expires_in": 3600}
        if request.path == f"{ROOT}/tenant":
            return 200, self.tenant
        if request.path == f"{ROOT}/trail/search":
            return 200, self._search(body)
        if request.path == LETTERS:
            return (200, self._page(request.query)) if method == "GET" else (201, self._create(body))
        identifier, _separator, part = request.path.removeprefix(f"{LETTERS}/").partition("/")
        if identifier not in self.letters:
            raise Refused(404, "no_such_letter")
        if part == "template":
            return 200, self._template(method, identifier, body)
        if method == "PATCH":
            self._update(identifier, body)
        elif method == "DELETE":
            del self.letters[identifier], self.templates[identifier]
            self._record(identifier, "burned")
            return 200, {}
        return 200, self._shown(identifier)

    def _page(self, query: dict[str, str]) -> Wire:
        identifiers = [one for one in self.letters if one > query.get("after", "")]
        page = identifiers[: min(int(query["limit"]), self.page_size)]
        shown: Wire = {"letters": [self._shown(identifier) for identifier in page]}
        if len(page) < len(identifiers):
            shown["nextUri"] = f"{LETTERS}?limit={query['limit']}&after={page[-1]}"
        return shown

    def _create(self, body: Wire) -> Wire:
        self._check(body, _WRITABLE, None)
        letter = self.add(**body)
        self._record(letter["id"], "posted")
        return letter

    def _update(self, identifier: str, body: Wire) -> None:
        self._check_version(identifier, body)
        self._check(body, {*_WRITABLE, "version"}, identifier)
        self.edit(identifier, **{key: value for key, value in body.items() if key != "version"})
        self._record(identifier, "amended")

    def _template(self, method: str, identifier: str, body: Wire) -> Wire:
        if method == "PUT":
            self._check_version(identifier, body)
            self.edit(identifier, text=body["text"])
            return {"version": self.letters[identifier]["version"]}
        return {"text": self.templates[identifier]}

    def _check_version(self, identifier: str, body: Wire) -> None:
        if body.get("version") != self.letters[identifier]["version"]:
            raise Refused(400, "outdated_version")

    def _check(self, body: Wire, known: set[str], identifier: str | None) -> None:
        if set(body) - known:
            raise Refused(422, f"unknown_key {sorted(set(body) - known)}")
        wanted = {**self.letters.get(identifier or "", {}), **body}
        for other in self.letters.values():
            same = (other["label"], other["box"]) == (wanted["label"], wanted["box"])
            if same and other["id"] != identifier:
                raise Refused(409, "label_in_use")

    def _search(self, body: Wire) -> Wire:
        found = [
            record
            for record in self.records
            if body.get("about") in (None, record["letter"]) and body.get("what") in (None, record["what"])
        ]
        start = (body["page"] - 1) * body["take"]
        return {"rows": found[start : start + body["take"]], "count": len(found)}

    def _record(self, identifier: str, event: str) -> None:
        if not self.keeps_records:
            return
        self._numbers += 1
        self.records.append(
            {
                "key": f"record-{self._numbers}",
                "letter": identifier,
                "what": f"letter/{event}",
                "by": CLIENT_ID,
                "at": "2026-05-01T10:00:00Z",
            }
        )

    def _shown(self, identifier: str) -> Wire:
        uri = f"{LETTERS}/{identifier}"
        return {**copy.deepcopy(self.letters[identifier]), "selfUri": uri, "templateUri": f"{uri}/template"}


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    letter_server: LetterServer


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _respond(self) -> None:
        parts = urllib.parse.urlsplit(self.path)
        text = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        is_json = self.headers.get("content-type") == "application/json"
        response = self.server.letter_server.respond(
            Request(
                self.command,
                parts.path,
                dict(urllib.parse.parse_qsl(parts.query)),
                json.loads(text) if is_json else text,
                self.headers["host"],
            )
        )
        if response is None:
            self.close_connection = True
            return
        content = json.dumps(response[1]).encode()
        self.send_response(response[0])
        self.send_header("Content-Length", str(len(content)))
        for name, value in {"Desk-Ref": "ref-1", **self.server.letter_server.rate_limit}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: t.Any) -> None:
        """Print nothing; tests read C(requests) instead of a log."""


for _method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
    setattr(_Handler, f"do_{_method}", _Handler._respond)
