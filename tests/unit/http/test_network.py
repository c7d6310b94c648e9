# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of DNS, refused connections, TLS and proxies over a real socket; messages name the cure (S0.10)."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import ssl
import subprocess
import sys
import threading
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._retry_policy import Backoff
from unit.dripping_server import stalling_port
from unit.scripted_server import Answer, Certificate, ScriptedServer, make_certificate

ACTIONS = "/api/v2/architect/data-actions"
ITEM = f"{ACTIONS}/1"
OK = Answer(body={"id": "1"})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls"))


def test_refused_connection():
    with ScriptedServer(listening=False) as closed:
        client = closed.client(retries=2)
        with pytest.raises(errors.TransportError) as caught:
            client.send("POST", ACTIONS, json={}, repeatable=False)
    assert caught.type is errors.TransportError  # nothing was sent, so the outcome is known
    where = closed.base_url.removeprefix("http://")
    assert str(caught.value) == (
        f"Nothing listens at {where} (connection refused). Check base_url, its port, and the proxy. "
        "It was tried 3 times."
    )
    assert client.api()["retries"] == 2


def test_unsafe_post_is_repeated_on_a_connection_that_was_never_established():
    with ScriptedServer(listening=False) as server:
        server.script(OK)
        client = server.client(Backoff(first=0.1, cap=0.1), access_token="t0ken", retries=50)
        threading.Timer(0.15, server.listen).start()
        assert client.send("POST", ACTIONS, json={}, repeatable=False).data == {"id": "1"}
        assert len(server.calls) == 1
        assert client.api()["retries"] >= 1


def test_unknown_host(server):
    client = server.client(base_url="https://api.genesys.invalid", retries=1)
    with pytest.raises(
        errors.TransportError, match=r"name api\.genesys\.invalid cannot be resolved"
    ) as caught:
        client.get(ITEM)
    assert "Check base_url or region" in str(caught.value)
    assert "It was tried 2 times" in str(caught.value)


def test_a_port_that_does_not_speak_tls(server):
    client = server.client(base_url=server.base_url.replace("http:", "https:"))
    with pytest.raises(errors.TransportError, match=r"No TLS connection to 127.*speaks https") as caught:
        client.get(ITEM)
    assert "tried" not in str(caught.value)


def test_self_signed_certificate_fails_at_once(certificate):
    with ScriptedServer(certificate.server_context()) as server:
        client = server.client()
        with pytest.raises(
            errors.TransportError, match=r"is not trusted \(self-signed certificate"
        ) as caught:
            client.get(ITEM)
        assert "ca_path" in str(caught.value)
        assert client.api() == {**client.api(), "requests": 1, "retries": 0}
        assert server.token_calls == []


@pytest.mark.parametrize("as_folder", [False, True])
def test_authority_of_the_user_is_trusted(certificate, as_folder, tmp_path):
    path = certificate.certificate
    if as_folder:
        path = tmp_path
        (tmp_path / certificate.hashed_name()).write_bytes(certificate.certificate.read_bytes())
    with ScriptedServer(certificate.server_context()) as server:
        server.script(OK)
        assert server.client(ca_path=str(path)).get(ITEM).data == {"id": "1"}


def test_verification_can_be_turned_off(certificate):
    with ScriptedServer(certificate.server_context()) as server:
        server.script(OK)
        assert server.client(validate_certs=False).get(ITEM).data == {"id": "1"}


def test_client_certificate(certificate, tmp_path):
    mine = make_certificate(tmp_path, "mine")
    tls = certificate.server_context(client_authority=mine.certificate)
    with ScriptedServer(tls) as server:
        server.script(OK)
        trusted = {"ca_path": str(certificate.certificate), "retries": 0}
        shown = {"client_cert": str(mine.certificate), "client_key": str(mine.key)}
        assert server.client(**trusted, **shown).get(ITEM).data == {"id": "1"}
        naked = server.client(**trusted | {"access_token": "t0ken", "retries": 5})
        for call in (naked.get, lambda path: naked.send("PUT", path, json={}, repeatable=True)):
            with pytest.raises(errors.TransportError, match=r"alert certificate required.*give client_cert"):
                call(ITEM)
        assert naked.api()["retries"] == 0


@pytest.mark.parametrize("option", ["ca_path", "client_cert"])
def test_a_certificate_file_that_is_none(server, tmp_path, option):
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("no certificate")
    client = server.client(base_url="https://127.0.0.1:1", **{option: str(wrong)})
    with pytest.raises(errors.InputError, match=f"{option}: must be a PEM file"):
        client.get(ITEM)


ENCRYPTED_KEY = """
import sys
sys.path[:0] = {path!r}
from unit.scripted_server import ScriptedServer
with ScriptedServer() as server:
    server.client(base_url="https://127.0.0.1:1", client_cert={cert!r}, client_key={key!r}).get("/x")
"""


def test_an_encrypted_key_does_not_ask_on_the_terminal(tmp_path):
    """Check the call in a pseudo-terminal, because OpenSSL would prompt on the terminal itself."""
    mine = make_certificate(tmp_path, "locked", password=b"pa55word")
    script = tmp_path / "call.py"
    script.write_text(
        ENCRYPTED_KEY.format(
            path=[path for path in sys.path if path], cert=str(mine.certificate), key=str(mine.key)
        )
    )
    on_terminal = f"import pty, sys; pty.spawn([sys.executable, {str(script)!r}])"
    done = subprocess.run(
        [sys.executable, "-c", on_terminal],
        env={**os.environ, "PYTHON_COLORS": "0"},  # Python 3.13 colours a traceback on a terminal
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert "InputError: client_key: must be a PEM file with a matching, unencrypted key" in done.stdout
    assert "pass phrase" not in done.stdout


def test_proxy_of_the_option(server):
    """Check that the proxy gets the whole URL of an http target."""
    server.script(OK)
    client = server.client(base_url="http://api.example.invalid", proxy=server.base_url, access_token="t0ken")
    assert client.get(ITEM).data == {"id": "1"}
    assert server.calls[0].headers["host"] == "api.example.invalid"


@pytest.mark.parametrize(("status", "attempts"), [(407, 1), (502, 3)])
def test_proxy_that_refuses_the_tunnel(server, status, attempts):
    """Check that a permanent refusal (407) is not retried."""
    server.script(*[Answer(status, "")] * attempts)
    proxy = server.base_url.replace("//", "//u:pa55word@")
    client = server.client(base_url="https://api.example.invalid", proxy=proxy, retries=2)
    with pytest.raises(errors.TransportError) as caught:
        client.send("POST", ACTIONS, json={}, repeatable=False)
    assert f"proxy refused to connect to api.example.invalid:443 ({status}" in str(caught.value)
    assert "pa55word" not in str(caught.value)
    assert [call.method for call in server.calls] == ["CONNECT"] * attempts


def test_proxy_of_the_environment(server, monkeypatch):
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("HTTP_PROXY", server.base_url)
    server.script(OK)
    assert server.client(base_url="http://api.example.invalid", access_token="t0ken").get(ITEM).data == {
        "id": "1"
    }


def test_this_machine_needs_no_proxy(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example.invalid:3128")
    server.script(OK)
    assert server.client(access_token="t0ken").get(ITEM).data == {"id": "1"}


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "gopher://x"])
def test_unusable_proxy_of_the_environment(server, monkeypatch, proxy):
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(errors.TransportError, match="proxy of the environment"):
        server.client(base_url="http://api.example.invalid", access_token="t0ken").get(ITEM)


@pytest.mark.parametrize(
    "entries",
    ["10.0.0.0/8", "fd00::/8", "fe80::/10,[fd00::/8]", "[fd00::1]", "[fd00::1]:8443", "a b", "::", "/"],
)
def test_other_entries_of_no_proxy_do_not_matter(server, monkeypatch, entries):
    """Check that an entry for a network or an IPv6 address is never fatal."""
    monkeypatch.setenv("HTTP_PROXY", server.base_url)
    monkeypatch.setenv("NO_PROXY", entries)
    server.script(OK)
    client = server.client(base_url="http://api.example.invalid", access_token="t0ken")
    assert client.get(ITEM).data == {"id": "1"}
    assert server.calls[0].headers["host"] == "api.example.invalid"


@pytest.mark.parametrize(
    ("host", "entries"),
    [
        ("[fd00::1]", "fd00::1"),
        ("[fd00::1]", "10.0.0.0/8, [fd00::1]"),
        ("[fd00::1]:8443", "[fd00::1]:8443"),
        ("api.example.invalid", "example.invalid"),
        ("api.example.invalid", ".example.invalid"),
        ("api.example.invalid:8443", "api.example.invalid:8443"),
        ("api.example.invalid", "*"),
    ],
)
def test_hosts_of_no_proxy_are_reached_directly(server, monkeypatch, host, entries):
    """Check that the proxy sees no request. None of the hosts exists, so the request fails."""
    monkeypatch.setenv("HTTP_PROXY", server.base_url)
    monkeypatch.setenv("NO_PROXY", entries)
    client = server.client(base_url=f"http://{host}", access_token="t0ken", retries=0, timeout=1)
    with pytest.raises(errors.TransportError):
        client.get(ITEM)
    assert server.calls == []


@pytest.mark.parametrize("size", [10, 3_000_000])
def test_tls_through_a_proxy_that_speaks_tls(certificate, size):
    """Check a TLS connection inside another one, with texts of one and of many TLS records both ways."""
    body = {"id": "1", "text": "x" * size}
    with ScriptedServer(certificate.server_context()) as server, TunnelProxy(certificate) as proxy:
        server.script(Answer(body=body), Answer(body=body))
        client = server.client(proxy=proxy.base_url, ca_path=str(certificate.certificate), access_token="t0")
        assert client.send("PUT", ITEM, json=body, repeatable=True).data == body
        assert client.get(ITEM).data == body
        client.close()
        assert json.loads(server.calls[0].body) == body
        assert proxy.tunnels == 1


def test_the_certificate_inside_the_tunnel_is_checked(certificate, tmp_path):
    other = make_certificate(tmp_path)
    with ScriptedServer(other.server_context()) as server, TunnelProxy(certificate) as proxy:
        client = server.client(proxy=proxy.base_url, ca_path=str(certificate.certificate), access_token="t0")
        with pytest.raises(errors.TransportError, match="is not trusted"):
            client.get(ITEM)


class TunnelProxy:
    """A proxy that is reached by TLS and opens tunnels to ports of this machine."""

    def __init__(self, certificate: Certificate) -> None:
        self._listener = certificate.server_context().wrap_socket(
            socket.create_server(("127.0.0.1", 0)), server_side=True
        )
        self.base_url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        self.tunnels = 0

    def __enter__(self) -> TunnelProxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = self._listener.accept()
                request = near.recv(65_536)
                host, _separator, port = request.split()[1].decode().rpartition(":")
                far = socket.create_connection((host, int(port)))
                near.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                self.tunnels += 1
                threading.Thread(target=_relay, args=(near, far), daemon=True).start()


def _relay(near: ssl.SSLSocket, far: socket.socket) -> None:
    """Carry bytes both ways in one thread, because two must not use one TLS connection at once."""
    with near, far, contextlib.suppress(OSError):
        while True:
            ready = [near] if near.pending() else select.select([near, far], [], [])[0]
            for one in ready:
                data = one.recv(65_536)
                if not data:
                    return
                (far if one is near else near).sendall(data)


def test_the_second_address_of_a_name_is_tried_in_time(server, monkeypatch):
    """Check a name whose first address does not answer: the time is shared among the addresses."""
    look_up = socket.getaddrinfo

    def both(host: str, port: int, *rest: t.Any, **more: t.Any) -> t.Any:
        if more.get("flags"):
            return look_up(host, port, *rest, **more)
        return [*look_up("127.0.0.1", stalled), *look_up("127.0.0.1", port, type=socket.SOCK_STREAM)]

    server.script(OK)
    with stalling_port() as stalled:
        monkeypatch.setattr(socket, "getaddrinfo", both)
        url = server.base_url.replace("127.0.0.1", "api.example.invalid")
        client = server.client(base_url=url, access_token="t0ken", retries=0, timeout=4)
        assert client.get(ITEM).data == {"id": "1"}


@pytest.mark.parametrize("host", ["a..example.invalid", "x" * 64 + ".invalid", "[fe80::1%25nowhere]"])
def test_a_name_of_a_proxy_that_cannot_be_looked_up(server, monkeypatch, host):
    monkeypatch.setenv("HTTP_PROXY", f"http://{host}:3128")
    client = server.client(base_url="http://api.example.invalid", access_token="t0ken", retries=0)
    with pytest.raises(errors.TransportError, match=r"cannot be resolved|cannot be used|cannot be reached"):
        client.get(ITEM)
