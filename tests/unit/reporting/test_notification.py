# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of sending notifications: retries, deadlines, TLS, without the org's credentials (S2.10)."""

from __future__ import annotations

import time
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import resolve
from ansible_collections.genesys.cloud.plugins.module_utils._arguments.reporting import NOTIFY_OPTIONS
from ansible_collections.genesys.cloud.plugins.module_utils._arguments.validation import validate
from ansible_collections.genesys.cloud.plugins.module_utils._errors import ReportFailed
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._reporting.notification import send, wants
from unit.patience import FOREVER, PATIENCE
from unit.scripted_server import Answer, ScriptedServer, make_certificate

ORG = {"base_url": "https://api.example.com", "access_token": "org-token", "proxy": "http://127.0.0.1:9"}
RECORD = {"status": "applied", "name": "Größe"}


def options(url: str, **more: t.Any) -> dict[str, t.Any]:
    return validate(NOTIFY_OPTIONS, {"url": url, **more}, Findings())


def notify(url: str, **more: t.Any) -> None:
    connection = resolve(ORG, {}, Findings())
    assert connection is not None
    send(options(url, **more), RECORD, connection)


def test_neither_token_nor_proxy_of_the_task_goes_along():
    with ScriptedServer() as server:
        server.script(Answer(200, body="x" * 1_000_000))
        notify(f"{server.base_url}/in")
        (call,) = server.calls
    assert "org-token" not in str(call)
    assert call.body.decode("ascii") == '{"status": "applied", "name": "Gr\\u00f6\\u00dfe"}'


@pytest.mark.parametrize("first", [Answer(503), Answer(429, headers={"Retry-After": "0"}), Answer(drop=True)])
def test_what_may_pass_is_sent_again_under_the_same_key(first):
    with ScriptedServer() as server:
        server.script(first, Answer(204))
        notify(server.base_url)
        keys = [call.headers["idempotency-key"] for call in server.calls]
    assert len(keys) == 2
    assert len(set(keys)) == 1


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([Answer(404)], "the response was 404"),
        ([Answer(302, headers={"Location": "https://elsewhere.example.com"})], "the response was 302"),
        ([Answer(503)] * 3, "127.0.0.1 3 times: the response was 503"),
        ([Answer(429, headers={"Retry-After": "60"})], "the response was 429"),
    ],
)
def test_what_does_not_pass_is_said(answers, said):
    with ScriptedServer() as server:
        server.script(*answers)
        with pytest.raises(ReportFailed, match=said):
            notify(f"{server.base_url}/secret-path")
        assert len(server.calls) == len(answers)


def test_a_receiver_that_does_not_answer_has_a_deadline():
    with ScriptedServer() as server:
        server.respond(lambda request: Answer(204, delay=FOREVER))
        started = time.monotonic()
        with pytest.raises(ReportFailed, match=r"no response within 0\.[23]\d* s"):
            notify(server.base_url, timeout=0.3)
        assert time.monotonic() - started < PATIENCE


def test_a_receiver_that_refuses_the_connection_is_an_error():
    refused = r"to 127.0.0.1 3 times: .*[Cc]onnection refused"
    with ScriptedServer(listening=False) as server, pytest.raises(ReportFailed, match=refused):
        notify(server.base_url)


def test_trust_is_the_notifications_own(tmp_path):
    files = make_certificate(tmp_path)
    with ScriptedServer(tls=files.server_context()) as server:
        server.respond(lambda request: Answer(204))
        with pytest.raises(ReportFailed, match=r"certificate"):
            notify(server.base_url)
        assert server.calls == []
        notify(server.base_url, ca_path=str(files.certificate))
        notify(server.base_url, validate_certs=False)
        assert len(server.calls) == 2


@pytest.mark.parametrize(
    ("events", "status", "check_mode", "sent"),
    [
        (None, "applied", False, True),
        (None, "failed", False, True),
        (None, "rolled_back", False, True),
        (None, "planned", True, False),
        (None, "failed", True, False),
        (["planned"], "planned", True, True),
        (["planned"], "failed", True, False),
        (["planned", "failed"], "failed", True, True),
        (["planned"], "applied", False, False),
        (["rolled_back"], "rolled_back", False, True),
        (["rolled_back"], "failed", False, False),
        (["changed"], "rolled_back", False, False),
        ([], "failed", False, False),
    ],
)
def test_events_by_status_and_mode(events, status, check_mode, sent):
    notify = options("https://hook.example.com", on=events)
    assert wants(notify, status, check_mode=check_mode) is sent


def test_the_proxy_of_the_environment_is_used(monkeypatch):
    """Check that the proxy gets the request for a receiver that no name server knows."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with ScriptedServer() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.base_url)
        proxy.script(Answer(204))
        notify("http://hooks.example.invalid/in")
        (call,) = proxy.calls
    assert (call.method, call.path, call.headers["host"]) == ("POST", "/in", "hooks.example.invalid")
    assert "authorization" not in call.headers


def test_a_receiver_of_no_proxy_is_reached_directly(monkeypatch):
    with ScriptedServer() as proxy, ScriptedServer() as receiver:
        monkeypatch.setenv("HTTP_PROXY", proxy.base_url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        receiver.script(Answer(204))
        notify(f"{receiver.base_url}/in")
        assert len(receiver.calls) == 1 and proxy.calls == []
