# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of servers that hang or drip at any position of an exchange: each call ends, by its time or a stop.

The drips come faster than any timeout of a single read. No test measures time: the server counts whether the
client left before it gave up.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._http.token_cache import TokenCache
from ansible_collections.genesys.cloud.plugins.module_utils._reporting import notification
from ansible_collections.genesys.cloud.plugins.module_utils._runtime import Runtime, use_runtime
from ansible_collections.genesys.cloud.plugins.module_utils._worker_pool import worker_pool
from unit.dripping_server import DrippingServer, stalling_port
from unit.scripted_server import Answer, ScriptedServer, make_certificate

ITEM = "/api/v2/architect/data-actions/1"
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

#: The beginning of a response, and the drip that never completes it.
BEFORE_THE_BODY = {
    "nothing": (b"", b""),
    "status-line": (b"HTTP/1.1 200 O", b"K"),
    "header-name": (OK, b"x"),
    "header-value": (OK + b"X-Name: ", b"x"),
    "headers": (OK, b"X-Name: x\r\n"),
    "folded-header": (OK + b"X-Name: x\r\n", b" x\r\n"),
    "100": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "103": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
    "inside-100": (b"HTTP/1.1 100 Continue\r\nX-Name: ", b"x"),
}
BODY = {
    "body-with-length": (OK + b"Content-Length: 100000\r\n\r\n", b" "),
    "body-to-the-end": (OK + b"Connection: close\r\n\r\n", b" "),
    "error-body": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 100000\r\n\r\n", b" "),
    "401-body": (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 100000\r\n\r\n", b" "),
    "compressed-body": (
        OK + b"Content-Encoding: deflate\r\nContent-Length: 100000\r\n\r\n\x78\x9c",
        b"\x00\x00\x00\xff\xff",  # an empty block
    ),
    "chunk-size": (CHUNKED, b"0"),
    "chunk-extension": (CHUNKED + b"5;name=", b"x"),
    "chunk-data": (CHUNKED + b"fffff\r\n", b" "),
    "chunks": (CHUNKED, b"1\r\n \r\n"),
    "trailer-name": (CHUNKED + b"0\r\n", b"x"),
    "trailer-value": (CHUNKED + b"0\r\nX-Name: ", b"x"),
    "trailers": (CHUNKED + b"0\r\n", b"X-Name: x\r\n"),
}
EVERYWHERE = BEFORE_THE_BODY | BODY
#: A TLS record of 16 KiB that never ends, and requests to begin the handshake, which TLS ignores.
TLS_RECORD = (b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc", b"\x00")
HELLO_REQUESTS = (b"", b"\x16\x03\x03\x00\x04\x00\x00\x00\x00")

#: Messages of an attempt that ended in time: after its request, or on a busy machine before it.
OVER = r"did not respond to|accepted no connection within"
SHORT = {"timeout": 0.3, "deadline": 0.6, "retries": 3}
LONG = {"timeout": 600, "deadline": 600, "retries": 0}


def options_for(url: str, caller: str) -> dict[str, t.Any]:
    return {"base_url": url, **({"access_token": "t0ken"} if caller == "api" else {})}


@pytest.mark.parametrize("caller", ["api", "token"])
@pytest.mark.parametrize("position", EVERYWHERE)
def test_a_call_ends_at_its_deadline(server, position, caller):
    with DrippingServer(*EVERYWHERE[position]) as hanging:
        client = server.client(**options_for(hanging.base_url, caller), **SHORT)
        with pytest.raises(errors.DeadlineExceeded, match=OVER):
            client.get(ITEM)
        client.close()
        hanging.check_left()


@pytest.mark.parametrize("position", EVERYWHERE)
def test_the_timeout_ends_an_attempt_long_before_the_deadline(server, position):
    with DrippingServer(*EVERYWHERE[position]) as hanging:
        client = server.client(base_url=hanging.base_url, access_token="t0ken", **LONG | {"timeout": 0.3})
        with pytest.raises(errors.TransportError, match=OVER):
            client.get(ITEM)
        client.close()
        hanging.check_left()


@pytest.mark.parametrize("position", EVERYWHERE)
def test_a_write_of_unknown_outcome_says_so(server, position):
    with DrippingServer(*EVERYWHERE[position]) as hanging:
        client = server.client(base_url=hanging.base_url, access_token="t0ken", **SHORT)
        with pytest.raises(errors.OutcomeUnknown, match="did not respond to POST"):
            client.send("POST", ITEM, json={}, repeatable=False)
        client.close()
        hanging.check_left()


def notify_options(url: str, timeout: float) -> dict[str, t.Any]:
    return {"url": url, "on": None, "headers": None, "timeout": timeout, "validate_certs": True}


@pytest.mark.parametrize("position", BEFORE_THE_BODY)
def test_a_notification_ends_at_its_timeout(server, position):
    with DrippingServer(*BEFORE_THE_BODY[position]) as hanging:
        with pytest.raises(errors.ReportFailed, match="no response within"):
            notification.send(notify_options(hanging.base_url, 0.5), {}, server.connection())
        hanging.check_left()


@pytest.mark.parametrize("position", BODY)
def test_a_notification_does_not_wait_for_the_body(server, position):
    """Check that it has the status by then, which alone decides."""
    refused = (
        contextlib.nullcontext()
        if BODY[position][0].startswith(OK)
        else pytest.raises(errors.ReportFailed, match=r"the response was 40[14]")
    )
    with DrippingServer(*BODY[position]) as hanging:
        with refused:
            notification.send(notify_options(hanging.base_url, 600), {}, server.connection())
        hanging.check_left()


def test_redirects_of_a_notification_are_not_followed(server):
    server.respond(lambda request: Answer(302, headers={"Location": request.path}))
    with pytest.raises(errors.ReportFailed, match="the response was 302"):
        notification.send(notify_options(f"{server.base_url}/hook", 600), {}, server.connection())
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    "record", [TLS_RECORD, HELLO_REQUESTS, (b"", b"")], ids=["record", "records", "silent"]
)
@pytest.mark.parametrize("caller", ["api", "token", "notify"])
def test_a_tls_handshake_ends_in_time(server, record, caller):
    with DrippingServer(*record, speaks_first=True) as hanging:
        url = hanging.base_url.replace("http:", "https:")
        call_that_times_out(server, url, caller)
        hanging.check_left()


@pytest.mark.parametrize("caller", ["api", "token", "notify"])
def test_a_connection_ends_in_time(server, caller):
    with stalling_port() as port:
        call_that_times_out(server, f"http://127.0.0.1:{port}", caller)


@pytest.mark.parametrize("caller", ["api", "token", "notify"])
def test_a_lookup_of_a_name_ends_in_time(server, caller, hanging_lookup):
    call_that_times_out(server, "http://api.example.invalid", caller)


def call_that_times_out(server: ScriptedServer, url: str, caller: str) -> None:
    if caller == "notify":
        with pytest.raises(errors.ReportFailed, match="no response within"):
            notification.send(notify_options(url, 0.5), {}, server.connection())
        return
    client = server.client(**options_for(url, caller), **SHORT)
    with pytest.raises(errors.DeadlineExceeded, match="accepted no connection within"):
        client.get(ITEM)
    client.close()


@pytest.mark.parametrize("position", BEFORE_THE_BODY)
def test_a_proxy_that_drips_ends_in_time(server, position):
    with DrippingServer(*BEFORE_THE_BODY[position]) as proxy:
        client = server.client(
            base_url="https://api.example.invalid", proxy=proxy.base_url, access_token="t0ken", **SHORT
        )
        with pytest.raises(errors.DeadlineExceeded):
            client.get(ITEM)
        client.close()
        proxy.check_left()


def test_a_401_that_drips_ends_in_time(server):
    """Check the body that is read before the token is renewed."""
    server.script(Answer(401, " " * 10_000, trickle=0.02))
    client = server.client(timeout=0.3, retries=0)
    with pytest.raises(errors.TransportError, match="did not respond to GET"):
        client.get(ITEM)
    assert len(server.calls) == 1
    assert len(server.token_calls) == 1


def test_tls_inside_tls_ends_in_time(server, tmp_path):
    """Check the handshake through a proxy that is itself reached by TLS."""
    certificate = make_certificate(tmp_path)
    _nothing, drip = HELLO_REQUESTS
    with DrippingServer(OK + b"\r\n", drip, tls=certificate.server_context()) as proxy:
        client = server.client(
            base_url="https://127.0.0.1:1",
            proxy=proxy.base_url,
            ca_path=str(certificate.certificate),
            access_token="t0ken",
            **SHORT,
        )
        with pytest.raises(errors.DeadlineExceeded, match="accepted no connection within"):
            client.get(ITEM)
        client.close()
        proxy.check_left()


class Stop(Exception):
    """The end of a run, as a signal or a time-out raises it in the main thread."""


def stop_while(calls: t.Callable[[], object], waiting: t.Callable[[], object], threads: int = 1) -> None:
    """Run the calls in worker threads, stop the run while they wait, and check that all threads end."""
    before = set(threading.enumerate())
    with pytest.raises(Stop), worker_pool(threads) as pool:
        for _turn in range(threads):
            pool.submit(calls)
        waiting()
        raise Stop
    left = [thread for thread in set(threading.enumerate()) - before if not thread.daemon]
    assert left == []


@pytest.mark.parametrize("caller", ["api", "token"])
@pytest.mark.parametrize("position", EVERYWHERE)
def test_a_stop_ends_a_call(server, position, caller):
    with DrippingServer(*EVERYWHERE[position]) as hanging:
        client = server.client(**options_for(hanging.base_url, caller), **LONG)
        stop_while(lambda: client.get(ITEM), hanging.wait_until_dripping)
        client.close()
        hanging.check_left()


@pytest.mark.parametrize("position", BEFORE_THE_BODY)
def test_a_stop_ends_a_notification(server, position):
    with DrippingServer(*BEFORE_THE_BODY[position]) as hanging:
        options = notify_options(hanging.base_url, 600)
        stop_while(lambda: notification.send(options, {}, server.connection()), hanging.wait_until_dripping)
        hanging.check_left()


def test_a_stop_ends_a_tls_handshake(server):
    with DrippingServer(*TLS_RECORD, speaks_first=True) as hanging:
        url = hanging.base_url.replace("http:", "https:")
        client = server.client(base_url=url, access_token="t0ken", **LONG)
        stop_while(lambda: client.get(ITEM), hanging.wait_until_dripping)
        hanging.check_left()


def test_a_stop_ends_a_connection(server):
    with stalling_port() as port:
        client = server.client(base_url=f"http://127.0.0.1:{port}", access_token="t0ken", **LONG)
        stop_while(lambda: client.get(ITEM), lambda: None)


def test_a_stop_ends_a_lookup(server, hanging_lookup):
    client = server.client(base_url="http://api.example.invalid", access_token="t0ken", **LONG)
    stop_while(lambda: client.get(ITEM), hanging_lookup.wait)


@pytest.mark.parametrize("shared", [False, True])
def test_a_stop_ends_the_wait_for_the_token_of_another_thread(server, tmp_path, shared):
    runtime = Runtime(tokens=TokenCache(str(tmp_path))) if shared else Runtime()
    with DrippingServer(OK, b"x") as hanging, use_runtime(runtime):
        client = server.client(base_url=hanging.base_url, **LONG)
        stop_while(lambda: client.get(ITEM), hanging.wait_until_dripping, threads=4)
        client.close()
        hanging.check_left()
        assert hanging.connections == 1


@pytest.fixture
def hanging_lookup(monkeypatch: pytest.MonkeyPatch) -> t.Iterator[threading.Event]:
    """Let the system's lookup of names hang; return the event of its first call."""
    called, over = threading.Event(), threading.Event()
    look_up = socket.getaddrinfo

    def hang(host: str, port: int, *rest: t.Any, **more: t.Any) -> t.Any:
        if more.get("flags") == socket.AI_NUMERICHOST:
            return look_up(host, port, *rest, **more)
        called.set()
        over.wait()
        raise socket.gaierror(socket.EAI_AGAIN, "over")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    yield called
    over.set()
