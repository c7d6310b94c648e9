# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small HTTP server that sends scripted responses over a real socket, correct or broken ones.

    with ScriptedServer() as server:
        server.script(Answer(503), Answer(body={"id": "1"}))
        client = server.client()
        client.get("/api/v2/users/1")
        assert [request.method for request in server.calls] == ["GET", "GET"]

Requests for a token get token-1, token-2 and so on, unless C(script_tokens) has other responses. A request
without a scripted response gets 501, and the end of the C(with) block then raises AssertionError.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime
import http.server
import ipaddress
import json
import pathlib
import ssl
import subprocess
import threading
import time
import typing as t
import urllib.parse

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import resolve
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._http.client import Client
from ansible_collections.genesys.cloud.plugins.module_utils._http.connection import Connection
from ansible_collections.genesys.cloud.plugins.module_utils._retry_policy import Backoff

CLIENT_ID = "client-4711"
CLIENT_SECRET = "s3cr3t-of-client/+a"
FAST = Backoff(first=0.002, cap=0.01)
_CHUNK = 64 * 1024


@dataclasses.dataclass(frozen=True)
class Answer:
    """A scripted response; a dictionary or list as body is sent as JSON."""

    status: int = 200
    body: t.Any = dataclasses.field(default_factory=dict)
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False  #: close the connection without a response
    truncate: bool = False  #: send less than Content-Length
    sized: bool = True  #: false: send no Content-Length, so that the connection's end is the body's end
    trickle: float = 0.0  #: pause between the bytes of the body [s]

    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


@dataclasses.dataclass(frozen=True)
class ReceivedRequest:
    """A request as the server received it, with header names in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(urllib.parse.parse_qsl(self.body.decode()))

    @property
    def token(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")


Responder = t.Callable[[ReceivedRequest], Answer]


class ScriptedServer:
    """An HTTP server on a free local port, for the time of a C(with) block."""

    def __init__(self, tls: ssl.SSLContext | None = None, listening: bool = True) -> None:
        self._answers: collections.deque[Answer] = collections.deque()
        self._token_answers: collections.deque[Answer] = collections.deque()
        self._responder: Responder | None = None
        self._tokens_given = 0
        self._lock = threading.Lock()
        self._unforeseen: list[ReceivedRequest] = []
        self.calls: list[ReceivedRequest] = []  #: all requests except those for a token
        self.token_calls: list[ReceivedRequest] = []
        self.bytes_sent = 0  #: size of all bodies together
        self._http = _Server(("127.0.0.1", 0), _Handler, bind_and_activate=False)
        self._http.server_bind()
        self._listening = listening
        self._http.script = self
        if tls is not None:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self.base_url = f"{'https' if tls else 'http'}://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> ScriptedServer:
        if self._listening:
            self.listen()
        return self

    def listen(self) -> None:
        """Accept connections; before this call the port is reserved and refuses them."""
        self._http.server_activate()
        self._thread.start()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if self._thread.is_alive():
            self._http.shutdown()
            self._thread.join()
        self._http.server_close()
        if kind is None:
            assert not self._unforeseen, f"requests that no script foresaw: {self._unforeseen}"
            assert not self._answers, f"answers that nobody asked for: {list(self._answers)}"

    def script(self, *answers: Answer) -> None:
        """Set the responses to the next requests, in order."""
        self._answers.extend(answers)

    def script_tokens(self, *answers: Answer) -> None:
        """Set the responses to the next token requests; later ones get tokens again."""
        self._token_answers.extend(answers)

    def respond(self, responder: Responder) -> None:
        """Use a function to respond to all requests except those for a token."""
        self._responder = responder

    def connection(self, **options: t.Any) -> Connection:
        """Return a connection to this server, resolved from options as in a task."""
        given: dict[str, t.Any] = {"base_url": self.base_url, "deadline": 20}
        if "access_token" not in options:
            given |= {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
        findings = Findings()
        connection = resolve(given | options, {}, findings)
        assert connection is not None, findings.problems
        return connection

    def client(self, backoff: Backoff = FAST, **options: t.Any) -> Client:
        return Client(self.connection(**options), _backoff=backoff)

    def answer(self, request: ReceivedRequest) -> Answer:
        with self._lock:
            if request.path.endswith("/oauth/token"):
                self.token_calls.append(request)
                if self._token_answers:
                    return self._token_answers.popleft()
                self._tokens_given += 1
                return token_answer(f"token-{self._tokens_given}")
            self.calls.append(request)
            if self._answers:
                return self._answers.popleft()
            if self._responder is None:
                self._unforeseen.append(request)
                return Answer(501)
        return self._responder(request)


def token_answer(token: str, **changes: t.Any) -> Answer:
    return Answer(body={"access_token": token, "token_type": "bearer", "expires_in": 3600, **changes})


def error(
    status: int, code: str = "", message: str = "", headers: dict[str, str] | None = None, **body: t.Any
) -> Answer:
    """Return an error response in the API's format, with a correlation id."""
    told = {"status": status, "code": code, "message": message, "contextId": "ctx-1", **body}
    return Answer(status, told, {"ININ-Correlation-Id": f"corr-{status}", **(headers or {})})


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    script: ScriptedServer

    def handle_error(self, request: t.Any, client_address: t.Any) -> None:
        """Ignore the error; many tests have a client that closes the connection early."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _play(self) -> None:
        parts = urllib.parse.urlsplit(self.path)
        length = int(self.headers.get("content-length", 0))
        request = ReceivedRequest(
            self.command,
            parts.path,
            dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(length),
        )
        answer = self.server.script.answer(request)
        time.sleep(answer.delay)
        if answer.drop:
            self.close_connection = True
            return
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        content = b"" if answer.status == 204 else answer.content()
        if "Date" in answer.headers:
            self.send_response_only(answer.status)
        else:
            self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.sized:
            self.send_header("Content-Length", str(len(content) + 10 * answer.truncate))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        if answer.trickle:
            for byte in content:
                self.wfile.write(bytes([byte]))
                time.sleep(answer.trickle)
        else:
            for start in range(0, len(content), _CHUNK):
                self.wfile.write(content[start : start + _CHUNK])
                self.server.script.bytes_sent += len(content[start : start + _CHUNK])
        if answer.truncate or not answer.sized:
            self.close_connection = True

    def log_message(self, *args: t.Any) -> None:
        """Print nothing; tests read C(calls) instead of a log."""


for _method in ("GET", "POST", "PUT", "PATCH", "DELETE", "CONNECT"):
    setattr(_Handler, f"do_{_method}", _Handler._play)


@dataclasses.dataclass(frozen=True)
class Certificate:
    """A self-signed certificate for 127.0.0.1 and its key, as PEM files."""

    certificate: pathlib.Path
    key: pathlib.Path

    def hashed_name(self) -> str:
        """Return the file name under which OpenSSL looks up the certificate in a folder of authorities."""
        done = subprocess.run(
            ["openssl", "x509", "-hash", "-noout", "-in", str(self.certificate)],
            check=True,
            capture_output=True,
            text=True,
        )
        return f"{done.stdout.strip()}.0"

    def server_context(self, client_authority: pathlib.Path | None = None) -> ssl.SSLContext:
        """Return a TLS context for a server; with C(client_authority) it requires client certificates."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        if client_authority is not None:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(client_authority)
        return context


def make_certificate(
    folder: pathlib.Path, name: str = "server", password: bytes | None = None
) -> Certificate:
    """Write C(name).pem and C(name).key into the folder; with a password the key is encrypted."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secured = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    files = Certificate(folder / f"{name}.pem", folder / f"{name}.key")
    files.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, secured)
    )
    return files
