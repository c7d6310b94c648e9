# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of error messages: what happened and what to do, from untrusted responses (S0.10)."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import REFERENCE
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._http.responses import (
    RawResponse,
    RequestContext,
    parse_error_body,
    read_object,
    to_error,
)
from ansible_collections.genesys.cloud.plugins.module_utils._secrets import Redactor

CONTEXT = RequestContext("client-1", frozenset({"data:actions:read"}), REFERENCE)
ACTIONS = "/api/v2/architect/data-actions"


def error_of(status, body, method="PUT", path=f"{ACTIONS}/1", context=CONTEXT, secrets=(), **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return to_error(method, path, RawResponse(status, named, content), context, Redactor(secrets))


def test_one_problem_is_the_message_itself():
    findings = Findings()
    findings.problem("rest.url", "is required")
    assert errors.InputError(findings).render() == {
        "msg": "rest.url: is required",
        "problems": ["rest.url: is required"],
    }


def test_several_problems_are_listed_together():
    findings = Findings()
    findings.problem("rest.url", "is required")
    findings.problem("name", "is required")
    assert str(errors.InputError(findings)) == (
        "2 problems in the task's input:\n- rest.url: is required\n- name: is required"
    )


def test_api_error_returns_its_identity_and_no_empty_parts():
    error = errors.BadRequest("POST /x was refused", status=400, code="bad.request", correlation_id="c-1")
    assert error.render() == {
        "msg": "POST /x was refused. Correlation id: c-1.",
        "status": 400,
        "code": "bad.request",
        "correlation_id": "c-1",
    }
    assert "code" not in errors.BadRequest("x", status=400).render()


def test_details_are_read_when_the_message_is_asked_for():
    """Check that details can still change, so that a resource can replace wire paths by option paths."""
    error = errors.Unprocessable("PUT /x was refused", status=422, details=[{"fieldName": "restConfig.url"}])
    error.details = [{"fieldName": "rest.url", "errorCode": "invalid"}]
    assert str(error) == "PUT /x was refused. rest.url: invalid."


def test_outcome_unknown_carries_the_cause():
    cause = errors.ServerError("POST /x met a failure", status=503, correlation_id="c-2")
    assert errors.OutcomeUnknown("Perhaps done.", cause=cause).render() == {
        "msg": "Perhaps done.",
        "status": 503,
        "correlation_id": "c-2",
    }


def test_conflict_shows_both_values():
    error = errors.FieldConflict(
        "data action", "Get order", [("description", "theirs", "ours")], "nothing was written"
    )
    assert 'description is now "theirs", declared "ours"' in str(error)
    assert "data action 'Get order'" in str(error)
    assert error.render()["conflicts"] == [{"path": "description", "theirs": "theirs", "ours": "ours"}]


@pytest.mark.parametrize(
    ("method", "status", "code", "kind"),
    [
        ("POST", 409, "data.action.name.duplicate", errors.DuplicateName),
        ("PUT", 409, "data.action.name.duplicate", errors.DuplicateName),
        ("PUT", 409, "data.action.etag.mismatch", errors.StaleObject),
        ("POST", 409, "data.action.etag.mismatch", errors.StaleObject),
        ("PATCH", 409, "flow.version.conflict", errors.StaleObject),
        ("POST", 409, None, errors.DuplicateName),
        ("PUT", 409, "who.knows", errors.StaleObject),
        ("PATCH", 409, None, errors.StaleObject),
        ("DELETE", 409, "in.use", errors.Conflict),
        ("PUT", 412, None, errors.StaleObject),
        ("PUT", 428, None, errors.PreconditionRequired),
        ("GET", 404, "not.found", errors.MissingObject),
        ("GET", 500, None, errors.ServerError),
        ("GET", 599, None, errors.ServerError),
        ("GET", 308, None, errors.Redirected),
        ("GET", 418, None, errors.ApiError),
    ],
)
def test_status_and_code_decide_the_kind(method, status, code, kind):
    assert error_of(status, {"code": code}, method=method).__class__ is kind


def test_missing_scope_is_named_with_what_was_granted():
    error = error_of(403, {"code": "missing.scope", "messageParams": {"scopes": "data:actions:write"}})
    assert error.missing == ("data:actions:write",)
    assert "the scope data:actions:write is missing" in str(error)
    assert "OAuth client client-1" in str(error)
    assert "granted: data:actions:read" in str(error)


@pytest.mark.parametrize(
    "scopes", ["data:actions:read,data:actions:write", ["data:actions:write"], "[data:actions:write]"]
)
def test_scopes_are_read_in_any_form(scopes):
    error = error_of(403, {"code": "missing.scope", "messageParams": {"scopes": scopes}})
    assert error.missing == ("data:actions:write",)


def test_missing_scope_is_known_from_the_path_where_the_server_does_not_say():
    assert error_of(403, {"code": "forbidden"}).missing == ("data:actions:write",)


def test_names_of_001_count_as_granted():
    context = RequestContext("client-1", frozenset({"dataactions:update"}), REFERENCE)
    error = error_of(403, {"code": "forbidden"}, context=context)
    assert error.missing == ()
    assert "a permission is missing" in str(error)
    assert "needs data:actions:write" in str(error)


def test_only_the_title_of_a_gateway_page_is_shown():
    page = b"<!DOCTYPE html><html><head><title>502 Bad\n Gateway</title></head><body>" + b"x" * 10_000_000
    text = str(error_of(502, page))
    assert 'an HTML page "502 Bad Gateway"' in text
    assert "probably comes from a proxy or gateway" in text
    assert len(text) < 500


def test_404_page_of_a_gateway_is_no_missing_object():
    """Check that a wrong base_url is not mistaken for a missing object."""
    error = error_of(404, b"<html><title>Not here</title></html>", method="GET")
    assert not isinstance(error, errors.MissingObject)
    assert "base_url" in str(error)


def test_redirect_names_the_host_and_nothing_else():
    error = error_of(302, b"", location="https://login.example.com/sso?token=abcdef")
    assert "redirected to login.example.com, which is not followed" in str(error)
    assert "abcdef" not in str(error)


def test_rate_limit_headers_are_in_the_message():
    headers = {"inin_ratelimit_count": "301", "inin_ratelimit_allowed": "300", "inin_ratelimit_reset": "12"}
    assert "301 of 300 allowed, reset in 12 s" in str(error_of(429, {}, **headers))


def test_secrets_that_the_server_echoes_are_hidden():
    secret = "s3cr3t/+value"
    body = {
        "message": f"bad secret {secret} or s3cr3t%2F%2Bvalue",
        "code": secret,
        "contextId": secret,
        "details": [{"fieldName": secret, "errorCode": secret, "message": secret}],
    }
    error = error_of(400, body, secrets=[secret])
    for text in (str(error), json.dumps(error.render()), json.dumps(error.details)):
        assert "s3cr3t" not in text


@pytest.mark.parametrize(
    ("message", "details", "shown"),
    [
        ("rest.url: is empty.", [{"fieldName": "rest.url", "errorCode": "empty"}], []),
        ("The field rest.url is empty.", [{"fieldName": "rest.url", "message": "is empty."}], []),
        ("rest.url is wrong.", [{"fieldName": "rest.url", "message": "too long"}], ["rest.url: too long."]),
        ("rest.url.path: bad.", [{"fieldName": "rest.url", "errorCode": "empty"}], ["rest.url: empty."]),
        ("The user-name is bad.", [{"fieldName": "name", "errorCode": "bad"}], ["name: bad."]),
        ("Invalid.", [{"fieldName": "a", "errorCode": "bad"}] * 2, ["a: bad."]),
        ("Invalid.", [{"errorCode": "bad"}], ["bad."]),
    ],
)
def test_a_detail_that_the_message_has_is_not_repeated(message, details, shown):
    text = str(error_of(422, {"message": message, "details": details}))
    advice = "Correct these values in the task."
    assert text.endswith(" ".join([f": {message}", *shown, advice]))


def test_only_some_details_of_many_are_shown():
    details = [{"fieldName": f"f{number}", "errorCode": "bad"} for number in range(500)]
    text = str(error_of(422, {"details": details}))
    assert "f19: bad" in text
    assert "f20" not in text
    assert "and 80 more" in text


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("message", "code", "status", "messageParams", "contextId", "details", "errors", "error", "scopes")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([302, 400, 401, 403, 404, 409, 412, 422, 428, 429, 500]),
    st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=9).map(lambda body: json.dumps(body).encode())
    | JSON.map(lambda body: json.dumps(body).encode())
    | st.binary(max_size=60),
)
@example(400, b"[" * 100_000)
@example(400, b'{"message": ' + b"9" * 5000 + b"}")
@example(403, b'{"messageParams": {"scopes": [1, {"a": 2}]}}')
@example(422, b'{"details": [null, 3, {"fieldName": 3}, {"fieldName": "\\ud800\\u0000"}]}')
def test_any_answer_becomes_an_error(status, body):
    error = error_of(status, body)
    assert error.status == status
    assert str(error).isprintable()
    assert len(str(error)) < 20_000
    assert parse_error_body(RawResponse(400, {}, body), REFERENCE, Redactor())


@pytest.mark.parametrize(
    "body", [b"[1]", b"7", b"null", b'"x"', b"<html>", b'{"a": ', b"\xff", b"", b"[" * 100_000]
)
def test_success_that_is_no_object_is_malformed(body):
    with pytest.raises(errors.MalformedResponse, match="GET /x was answered 200"):
        read_object(RawResponse(200, {}, body), "GET /x", Redactor())


@pytest.mark.parametrize(("status", "what"), [(204, "DELETE /x"), (202, "POST /reload"), (200, "DELETE /x")])
def test_success_without_body(status, what):
    assert read_object(RawResponse(status, {}, b""), what, Redactor()) is None
