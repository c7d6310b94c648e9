# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The layer around every API request: log, faults, rate limit and correlation id.

The token of a request identifies its org, on the token endpoints the client id.
"""

from __future__ import annotations

import asyncio
import typing as t
import uuid

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import oauth
from .errors import ApiError
from .faults import Fault
from .orgs import Org, Token, World
from .request_log import LogEntry
from .routing import error_response

RawHeaders = list[tuple[bytes, bytes]]


class Gateway:
    """The ASGI application. C(apis) are the applications of the APIs by name, of which the org has one.

    A request without an org goes to the first API.
    """

    def __init__(self, apis: t.Mapping[str, ASGIApp], world: World) -> None:
        self.apis = apis
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive)
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        org, token = self._identify(scope["path"], headers, body)
        scope["simulator.headers"] = headers
        scope["simulator.body"] = body
        scope["simulator.token"] = token
        scope["simulator.correlation_id"] = correlation_id = str(uuid.uuid4())
        if org is None:
            app = next(iter(self.apis.values()))
            await app(scope, receive, _ResponseSender(send, correlation_id, {}, None))
            return
        entry = LogEntry(scope["method"], scope["path"], scope["query_string"].decode(), headers, body)
        org.log.add(entry)
        headers_of_api = dict(org.api.headers)
        app = self.apis[org.api.name]
        usage = org.usage(token) if token else None
        if usage:
            headers_of_api |= usage.headers()
            if usage.exceeded:
                app = _refusal(org.api.too_many_requests(usage))
        sender = _ResponseSender(send, correlation_id, headers_of_api, entry)
        fault = org.faults.next(entry.method, entry.path)
        if fault is None:
            await app(scope, receive, sender)
        else:
            with fault.counted():
                await _apply_fault(fault, app, org, scope, receive, sender)

    def _identify(
        self, path: str, headers: t.Mapping[str, str], body: bytes
    ) -> tuple[Org | None, Token | None]:
        if path in oauth.PATHS:
            client = self.world.clients.get(oauth.claimed_client_id(headers, body))
            return (client.org if client else None), None
        token = self.world.token_of(headers.get("authorization", ""))
        if token:
            return token.org, token
        found = (api.org_without_token(self.world, path) for api in self.world.apis.values())
        return next((org for org in found if org), None), None


class _ResponseSender:
    """An ASGI C(send) that logs the status of a response and adds the headers that every response has."""

    def __init__(
        self, send: Send, correlation_id: str, headers: t.Mapping[str, str], entry: LogEntry | None
    ) -> None:
        self.send = send
        self.log_entry = entry
        self.correlation_id = correlation_id
        self.headers: RawHeaders = [(b"inin-correlation-id", correlation_id.encode())]
        self.headers += [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if self.log_entry:
                self.log_entry.status = message["status"]
            message["headers"] = [*message["headers"], *self.headers]
        await self.send(message)


async def _apply_fault(
    fault: Fault, app: ASGIApp, org: Org, scope: Scope, receive: Receive, sender: _ResponseSender
) -> None:
    """Apply one fault to a request, in the order that the documentation of C(Fault) gives."""
    entry, token = sender.log_entry, scope["simulator.token"]
    assert entry is not None
    entry.fault = fault.describe()
    hang_up = scope["extensions"]["simulator.hang_up"]
    if fault.together and not await fault.wait_for_others():
        hang_up()
        return
    apply_other_writer(fault, org, entry.path)
    if fault.delay and not fault.took_effect and not await _sleep(fault.delay, hang_up):
        return
    if fault.revoke_token and token:
        token.revoked = True
    if fault.drop == "before":
        hang_up()
        return
    captured = _CapturedResponse()
    if fault.status is None or fault.took_effect:
        await app(scope, receive, captured)
        entry.status = captured.status
    if fault.delay and fault.took_effect and not await _sleep(fault.delay, hang_up):
        return
    if fault.html:
        sender.headers.clear()  # the page of a proxy lacks the headers of the API
    if fault.status is not None:
        captured.replace(*fault.response(entry.path, sender.correlation_id))
    if fault.drop == "after" or (fault.truncate and not captured.body):
        hang_up()
    elif fault.truncate:
        half = captured.body[: len(captured.body) // 2]
        await sender(captured.start())
        await sender({"type": "http.response.body", "body": half, "more_body": True})
        hang_up()
    else:
        await sender(captured.start())
        await sender({"type": "http.response.body", "body": captured.body})


async def _sleep(seconds: float, hang_up: t.Callable[[], None]) -> bool:
    """Wait and return True. If the server stops meanwhile, close the connection and return False."""
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        hang_up()
        return False
    return True


def apply_other_writer(fault: Fault, org: Org, path: str) -> None:
    """Change the object or the collection that the path addresses, as another writer before the request."""
    if fault.edit is None and fault.create is None and not fault.delete:
        return
    addressed = org.addressed(path)
    if addressed is None:
        return
    collection, object_id = addressed
    if fault.create is not None:
        collection.add(dict(fault.create))
    stored = collection.get(object_id)
    if stored is None:
        return
    if fault.delete:
        collection.remove(object_id)
    patch = fault.next_patch()
    if patch is not None:
        collection.edit(stored, patch)


class _CapturedResponse:
    """An ASGI C(send) that holds back a response, so that a fault can replace, truncate or drop it."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: RawHeaders = []
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], message["headers"]
        else:
            self.body += message.get("body", b"")

    def replace(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.body = status, body
        self.headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    def start(self) -> Message:
        headers = [(name, value) for name, value in self.headers if name != b"content-length"]
        if self.status != 204:
            headers.append((b"content-length", str(len(self.body)).encode()))
        return {"type": "http.response.start", "status": self.status, "headers": headers}


async def read_body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
    return body


def _refusal(error: ApiError) -> ASGIApp:
    """Return an application that answers every request with one error."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await error_response(error, scope["simulator.correlation_id"])(scope, receive, send)

    return app
