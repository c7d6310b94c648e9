# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the facts that a second profile replaces: token, paging, errors, permissions, audit, kinds."""

from __future__ import annotations

import json
import urllib.parse

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import REFERENCE
from ansible_collections.genesys.cloud.plugins.module_utils._http.responses import (
    RawResponse,
    parse_error_body,
)
from ansible_collections.genesys.cloud.plugins.module_utils._module.audit_info import (
    AUDIT_INFO_OPTIONS,
    prepare_audit_info,
    read_audit_records,
)
from ansible_collections.genesys.cloud.plugins.module_utils._object.converge import converge
from ansible_collections.genesys.cloud.plugins.module_utils._object.task import prepare_task
from ansible_collections.genesys.cloud.plugins.module_utils._org.converge import converge_org
from ansible_collections.genesys.cloud.plugins.module_utils._org.task import prepare_org
from ansible_collections.genesys.cloud.plugins.module_utils._resources.webhook import WEBHOOK
from ansible_collections.genesys.cloud.plugins.module_utils._secrets import Redactor
from unit.second_profile.letter_profile import DESK, LETTER
from unit.second_profile.letter_server import CLIENT_ID, LETTERS, ROOT, TOKEN

WANTED = {"name": "Reminder", "folder": "inbox", "note": "n", "template": "Dear"}
STORED = {"label": "Reminder", "box": "inbox", "memo": "n", "text": "Dear"}


def paths(server, method="GET"):
    """Return the paths of the requests of a method."""
    return [request.path for request in server.requests if request.method == method]


def test_the_token_comes_from_the_host_and_path_of_the_profile(desk, server):
    desk.info()
    (asked,) = server.token_requests
    assert asked.host.startswith("localhost:")


@pytest.mark.parametrize("style", ["basic", "form", "json"])
def test_a_profile_without_scopes_gets_its_token_without_the_parameter(desk, server, style):
    desk.info(token_request=style)
    (asked,) = server.token_requests
    assert "client_credentials" in str(asked.body)
    assert "scope" not in str(asked.body)


def test_scopes_of_the_task_are_still_asked_for(desk, server):
    desk.info(scopes=["letter.view"])
    (asked,) = server.token_requests
    assert urllib.parse.parse_qs(asked.body)["scope"] == ["letter.view"]


def test_a_base_url_with_the_profiles_root_is_a_problem(desk, server):
    task = desk.prepared(**WANTED, base_url=f"{server.base_url}{ROOT}")
    assert [str(problem) for problem in task.findings.problems] == [
        f"base_url: must end before {ROOT}, which every request adds"
    ]


def test_a_list_is_read_by_its_cursor(desk, server):
    server.page_size = 1
    for name in "ABC":
        server.add(label=name, box="inbox", text=f"text of {name}")
    assert [record["template"] for record in desk.info()] == ["text of A", "text of B", "text of C"]
    lists = [request.query for request in server.requests if request.path == LETTERS]
    assert lists == [
        {"limit": "100"},
        {"limit": "100", "after": "letter-1"},
        {"limit": "100", "after": "letter-2"},
    ]


def test_the_last_page_of_a_list_has_the_letter_of_a_task(desk, server):
    server.page_size = 1
    for name in ("A", "B"):
        server.add(label=name, box="inbox")
    server.add(**STORED)
    assert desk.letter(**WANTED)["plan"] == "none"
    assert paths(server).count(LETTERS) == 3


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_a_transient_status_of_the_profile_is_retried(desk, server, method):
    server.add(**STORED)
    server.fault(method, LETTERS if method == "GET" else "letter-1", status=423)
    result = desk.letter(**{**WANTED, "note": "new"})
    assert (result["plan"], result["api"]["retries"]) == ("update", 1)


def test_an_error_body_of_the_profile_is_read(desk, server):
    server.fault("POST", LETTERS, status=422, reason="too_long")
    with pytest.raises(errors.Unprocessable) as caught:
        desk.letter(**WANTED)
    error = caught.value
    assert (error.code, error.correlation_id) == ("too_long", "ref-1")
    assert "The desk says: too_long" in str(error)


def test_the_correlation_id_in_the_body_counts_without_the_header():
    body = json.dumps({"fault": {"reason": "too_long", "text": "no", "ref": "r-1"}}).encode()
    parsed = parse_error_body(RawResponse(422, {}, body), DESK, Redactor())
    assert (parsed.code, parsed.message, parsed.correlation_id) == ("too_long", "no", "r-1")


def test_correlation_ids_of_writes_are_kept(desk):
    assert desk.letter(**WANTED)["api"]["correlation_ids"] == ["ref-1"]


def test_the_rate_limit_of_the_profile_is_named(desk, server):
    server.fault("GET", LETTERS, status=429, reason="slow_down")
    server.rate_limit = {"Desk-Used": "9", "Desk-Limit": "9", "Desk-Renewal": "7", "Retry-After": "30"}
    with pytest.raises(errors.RateLimited, match="9 of 9 allowed, reset in 7 s"):
        desk.info()


@pytest.mark.parametrize("denied", [404, 400])
def test_a_denied_token_names_the_url_and_no_option_that_the_profile_ignores(desk, server, denied):
    server.fault("POST", TOKEN, status=denied)
    with pytest.raises(errors.AuthenticationFailed) as caught:
        desk.info()
    assert f"{TOKEN} ({denied} broken)" in str(caught.value)
    assert "token_path" not in str(caught.value)


def test_a_transient_status_of_the_profile_is_retried_for_a_token_too(desk, server):
    server.fault("POST", TOKEN, status=423)
    assert desk.info() == []
    assert len(server.token_requests) == 2


def audit_info(desk, **options):
    return prepare_audit_info({**desk.connection, **options}, {})


def test_the_audit_module_takes_the_events_of_the_profile(desk, server, monkeypatch):
    types = [*REFERENCE.event_types, *DESK.event_types]
    monkeypatch.setitem(AUDIT_INFO_OPTIONS["event_type"], "choices", types)
    desk.letter(**WANTED)
    (record,) = read_audit_records(audit_info(desk, event_type="letter/posted"))["records"]
    assert (record["id"], record["actor_id"]) == ("record-2", CLIENT_ID)
    asked = len(server.requests)
    with pytest.raises(errors.InputError, match=r"'flow\.updated' is not an event of the API 'desk'"):
        read_audit_records(audit_info(desk, event_type="flow.updated"))
    with pytest.raises(errors.InputError, match="'letter/posted' is not an event of the API 'reference'"):
        read_audit_records(audit_info(desk, event_type="letter/posted", api_profile="reference"))
    assert len(server.requests) == asked


@pytest.mark.parametrize(("method", "wanted"), [("GET", "letter.view"), ("POST", "letter.edit")])
def test_a_403_names_the_permission_of_the_profile(desk, server, method, wanted):
    server.fault(method, LETTERS, status=403, reason="forbidden")
    with pytest.raises(errors.PermissionDenied) as caught:
        desk.letter(**WANTED)
    assert caught.value.missing == (wanted,)
    assert f"the request needs {wanted}" in str(caught.value)


@pytest.mark.parametrize("organization", ["tenant-1", "Desk One"])
def test_the_organization_of_the_task_is_compared(desk, server, organization):
    assert desk.letter(**WANTED, organization=organization)["changed"]
    assert paths(server)[0] == f"{ROOT}/tenant"


def test_another_organization_gets_no_write(desk, server):
    with pytest.raises(errors.WrongOrganization):
        desk.letter(**WANTED, organization="Desk Two")
    with pytest.raises(errors.WrongOrganization):
        desk.org([WANTED], organization="Desk Two")
    assert server.writes() == []


@pytest.mark.parametrize(
    ("stored", "change", "event"),
    [
        ({}, {}, "letter/posted"),
        (STORED, {"note": "new"}, "letter/amended"),
        (STORED, {"state": "absent"}, "letter/burned"),
    ],
)
def test_the_audit_is_asked_in_the_profiles_way(desk, server, stored, change, event):
    if stored:
        server.add(**stored)
    result = desk.letter(**{**WANTED, **change}, verify_audit=True)
    record = result["audit_record"]
    assert (record["event_type"], record["actor_id"]) == (event, CLIENT_ID)
    assert (record["letter"], record["timestamp"]) == ("letter-1", "2026-05-01T10:00:00Z")
    asked = [request.body for request in server.requests if request.path == f"{ROOT}/trail/search"]
    assert {(body["what"], body["page"]) for body in asked} == {(event, 1)}
    assert asked[-1]["about"] == "letter-1"


def test_an_audit_without_the_record_names_the_event_of_the_profile(desk, server):
    server.keeps_records = False
    with pytest.raises(errors.DeadlineExceeded, match="'letter/posted' on 'letter-1'"):
        desk.letter(**WANTED, verify_audit=True, audit_timeout=0.1)
    assert len(server.state()) == 1


def test_a_kind_that_the_profile_lacks_is_a_problem(desk, server):
    webhook = {"name": "W", "events": ["flow.updated"], "target": {"url": "https://hooks.example.com/"}}
    task = prepare_task(WEBHOOK, {**desk.connection, **webhook}, {})
    with pytest.raises(
        errors.InputError, match="the API 'desk' has no webhook: the kind exists in reference"
    ):
        converge(task, check_mode=False)
    assert server.requests == []


def test_the_reference_api_lacks_the_letter(desk, server):
    task = prepare_task(LETTER, {**desk.connection, **WANTED, "api_profile": "reference"}, {})
    with pytest.raises(errors.InputError, match="the API 'reference' has no letter: the kind exists in desk"):
        converge(task, check_mode=False)
    assert server.requests == []


@pytest.mark.parametrize(
    "lists",
    [
        {"config": {"letters": [WANTED], "webhooks": [{"name": "W"}]}},
        {"config": {"webhooks": []}, "prune": {"webhooks": {"enabled": True}}},
    ],
    ids=["entries", "prune"],
)
def test_an_org_with_a_kind_that_the_profile_lacks_is_a_problem(desk, server, lists):
    task = prepare_org({**desk.connection, **lists}, {})
    with pytest.raises(
        errors.InputError, match="the API 'desk' has no webhook: the kind exists in reference"
    ):
        converge_org(task, check_mode=False, diff_mode=False)
    assert server.requests == []


def test_an_empty_list_of_a_kind_that_the_profile_lacks_is_accepted(desk, server):
    task = prepare_org({**desk.connection, "config": {"letters": [WANTED], "webhooks": []}}, {})
    assert converge_org(task, check_mode=False, diff_mode=False)["totals"]["created"] == 1
