# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the client over a real socket: requests and responses (C.2, S0.5, S0.6, S0.10)."""

from __future__ import annotations

import concurrent.futures
import gc

import httpx
import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._http.connection import quote
from ansible_collections.genesys.cloud.plugins.module_utils._version import VERSION
from unit.scripted_server import (
    CLIENT_SECRET,
    Answer,
    ScriptedServer,
    error,
)

ACTIONS = "/api/v2/architect/data-actions"
ITEM = f"{ACTIONS}/1"
OK = Answer(body={"id": "1"})


def test_get(server, client):
    date = "Sun, 22 Nov 2026 01:02:03 GMT"
    server.script(Answer(body={"id": "1", "name": "Größe"}, headers={"ETag": '"abc"', "Date": date}))
    reply = client.get(ITEM, {"expand": "settings", "name": None})
    assert reply == (200, {"id": "1", "name": "Größe"}, '"abc"', date)
    (call,) = server.calls
    assert (call.method, call.path, call.query, call.body) == ("GET", ITEM, {"expand": "settings"}, b"")
    assert call.headers["accept"] == "application/json"
    assert call.headers["user-agent"] == f"genesys.cloud/{VERSION} (Ansible collection)"


def test_path_below_a_gateway(server):
    server.script(OK)
    server.client(base_url=f"{server.base_url}/genesys/").get(ITEM)
    assert server.token_calls[0].path == "/genesys/oauth/token"
    assert server.calls[0].path == f"/genesys{ITEM}"


@pytest.mark.parametrize(
    ("identifier", "path"),
    [("a b/ü?#%", "a%20b%2F%C3%BC%3F%23%25"), ("..", "%2E%2E"), (".", "%2E"), ("a.b", "a.b")],
)
def test_an_id_stays_one_segment_of_the_path(server, client, identifier, path):
    server.script(OK)
    client.get(f"{ACTIONS}/{quote(identifier)}")
    assert server.calls[0].path == f"{ACTIONS}/{path}"


@pytest.mark.parametrize(
    ("etag", "sent"),
    [
        ('"abc"', '"abc"'),
        ("abc", '"abc"'),
        ('W/"abc"', 'W/"abc"'),
        ("*", "*"),
        ("", '""'),
        ('"\xe9"', '"\xe9"'),
    ],
)
def test_if_match_takes_both_forms_of_an_etag(server, client, etag, sent):
    server.script(OK)
    client.send("PUT", ITEM, json={"name": "x"}, etag=etag, repeatable=True)
    assert server.calls[0].headers["if-match"] == sent
    assert server.calls[0].headers["content-type"] == "application/json"


@pytest.mark.parametrize("etag", ['"abc"', 'W/"a-b"', "no-quotes", '"\xe9"', '"\xc3\xa9"'])
def test_an_etag_comes_back_verbatim(server, client, etag):
    server.script(Answer(headers={"ETag": etag}), OK)
    received = client.get(ITEM).etag
    assert received == etag
    client.send("PUT", ITEM, json={}, etag=received, repeatable=True)
    assert server.calls[1].headers["if-match"].strip('"') == etag.strip('"')


def test_an_etag_that_no_header_can_hold_is_no_crash(server, client):
    with pytest.raises(errors.TransportError, match="cannot be sent"):
        client.send("PUT", ITEM, json={}, etag='"a\r\nX-Evil: 1"', repeatable=True)
    server.script(OK)
    client.send("PUT", ITEM, json={}, etag='"\u4e2d"', repeatable=True)
    assert "x-evil" not in server.calls[0].headers


def test_delete_and_reload_without_body(server, client):
    server.script(Answer(204), Answer(202, b""))
    assert client.send("DELETE", ITEM, repeatable=True)[:3] == (204, None, None)
    assert (
        client.send("POST", "/api/v2/architect/flows/reload", json={"orgId": "o"}, repeatable=True).status
        == 202
    )


def test_missing_object(server, client):
    server.script(error(404, "not.found"), error(404, "not.found"), Answer(404, "<html><title>nginx</title>"))
    assert client.get(ITEM, allow_missing=True) is None
    with pytest.raises(errors.MissingObject, match="Check the id"):
        client.get(ITEM)
    with pytest.raises(errors.ApiError, match="no API at this address"):
        client.get(ITEM, allow_missing=True)


STATUSES = {
    400: (errors.BadRequest, "refused as invalid (400 some.code): It is so.", "Correct these values"),
    401: (errors.AuthenticationFailed, "access token is not accepted", "give a new one"),
    403: (errors.PermissionDenied, "a permission is missing", "Give the owner of the access token a role"),
    404: (errors.MissingObject, "names nothing that exists", "Check the id"),
    409: (errors.StaleObject, "the object changed since it was read", "Run again"),
    412: (errors.StaleObject, "the object changed since it was read", "Run again"),
    422: (errors.Unprocessable, "its content breaks a rule", "Correct these values"),
    428: (errors.PreconditionRequired, "without the ETag", "support"),
    429: (errors.RateLimited, "too many requests", "raise the option deadline"),
    500: (errors.ServerError, "a failure of the server", "Run again later"),
    503: (errors.ServerError, "a failure of the server", "Run again later"),
}


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_a_message(server, status):
    kind, happened, cure = STATUSES[status]
    details = [{"fieldName": "conditions[0].children[1]", "errorCode": "unknown.operator"}]
    server.script(error(status, "some.code", "It is so.", {"Retry-After": "90"}, details=details))
    client = server.client(access_token="given-token-1234", retries=0)
    with pytest.raises(errors.GenesysError) as caught:
        client.send("PUT", ITEM, json={"description": "the body"}, etag="e", repeatable=True)
    problem = getattr(caught.value, "cause", caught.value)  # after a 5xx the outcome of a write is unknown
    assert problem.__class__ is kind
    text = str(caught.value)
    assert f"PUT {ITEM}" in text
    assert happened in text
    assert cure in text
    assert "conditions[0].children[1]: unknown.operator" in text
    assert f"Correlation id: corr-{status}" in text
    assert "given-token" not in text
    assert "the body" not in text
    returned = caught.value.render()
    assert (returned["status"], returned["code"], returned["correlation_id"]) == (
        status,
        "some.code",
        f"corr-{status}",
    )


def test_of_a_huge_page_of_html_only_the_beginning_is_read(server, client):
    page = "<html><title>Down</title>" + "x" * 100_000_000
    server.script(Answer(503, page), OK, Answer(403, page))
    assert client.get(ITEM).data == {"id": "1"}
    with pytest.raises(errors.PermissionDenied, match='an HTML page "Down"') as caught:
        client.get(ITEM)
    assert len(str(caught.value)) < 1000
    assert server.bytes_sent < 50_000_000


def test_success_without_content_length(server, client):
    server.script(Answer(body={"id": "1"}, sized=False), OK)
    assert client.get(ITEM).data == client.get(ITEM).data == {"id": "1"}


def test_redirects_are_not_followed(server, client):
    with ScriptedServer() as other:
        server.script(Answer(302, "", {"Location": f"{other.base_url}/elsewhere"}))
        with pytest.raises(errors.Redirected, match=r"redirected to 127\.0\.0\.1, which is not followed"):
            client.get(ITEM)
        assert other.calls == []


def test_figures(server, client):
    server.script(
        Answer(503, headers={"ININ-Correlation-Id": "failed"}),
        Answer(body={}, headers={"ININ-Correlation-Id": "read"}, delay=0.1),
        Answer(body={}, headers={"ININ-Correlation-Id": "written"}),
    )
    client.get(ITEM)
    client.send("PUT", ITEM, json={}, repeatable=True)
    figures = client.api()
    assert 100 <= figures.pop("latency_ms") < 1000
    assert figures == {
        "profile": "reference",
        "requests": 3,
        "retries": 1,
        "correlation_ids": ["failed", "written"],
    }


def test_figures_of_many_threads(server):
    server.respond(lambda request: OK)
    client = server.client()
    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        list(pool.map(lambda _: client.get(ITEM), range(400)))
    assert client.api()["requests"] == 401
    assert len(server.calls) == 400


def test_connection_is_kept_alive(server, client, monkeypatch):
    accepted = []
    process = server._http.process_request
    monkeypatch.setattr(server._http, "process_request", lambda *args: (accepted.append(1), process(*args)))
    server.respond(lambda request: OK)
    for _turn in range(5):
        client.get(ITEM)
    assert len(accepted) == 1


def test_answers_need_no_search_for_garbage(server, client):
    """Check that responses are freed without the garbage collector, which a run of thousands needs."""
    server.script(*[OK] * 5, error(404))

    def live_responses() -> list[httpx.Response]:
        return [found for found in gc.get_objects() if isinstance(found, httpx.Response)]

    gc.collect()
    gc.disable()
    try:
        others = live_responses()  # responses that other tests of this process left
        for _turn in range(5):
            client.get(ITEM)
        assert client.get(ITEM, allow_missing=True) is None
        assert len(live_responses()) == len(others)
    finally:
        gc.enable()


def test_closed_client_holds_no_connection(server):
    server.script(OK, OK)
    with server.client(access_token="t0ken") as client:
        client.get(ITEM)
        pool = client._session._http
    assert pool.is_closed
    assert client.get(ITEM).data == {"id": "1"}


def test_no_failure_shows_a_secret(server, caplog):
    """Check that secret and token appear in no text, returned value or log of any failure."""
    caplog.set_level("DEBUG")
    echo = {
        "message": f"{CLIENT_SECRET} token-1",
        "error": "invalid_client",
        "error_description": CLIENT_SECRET,
    }
    failures = [Answer(status, echo) for status in (302, 400, 403, 404, 409, 422, 428, 500)]
    failures += [Answer(drop=True), Answer(body=f"token-1 {CLIENT_SECRET}")]
    for failure in failures:
        server.script(failure)
        with server.client(retries=0) as client, pytest.raises(errors.GenesysError) as caught:
            client.send("POST", ACTIONS, json={"secret": "in the body"}, repeatable=False)
        shown = f"{caught.value} {caught.value!r} {caught.value.render()} {client.api()}"
        for secret in (CLIENT_SECRET, f"token-{len(server.token_calls)}", "in the body"):
            assert secret not in shown
    assert CLIENT_SECRET not in caplog.text
    assert "Bearer" not in caplog.text


def test_a_failure_has_the_statistics_of_its_requests():
    with ScriptedServer() as server:
        server.script(Answer(503), error(403))
        with pytest.raises(errors.PermissionDenied) as caught, server.client() as client:
            client.get("/api/v2/users/1")
    assert caught.value.render()["api"]["requests"] == 3
    assert caught.value.render()["api"]["retries"] == 1
