# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parsing of responses: the object of a success, or the exception for an error status (S0.10).

Private to the collection. A response is never trusted: it may be the page of a proxy, truncated, or of an
unexpected shape.
"""

from __future__ import annotations

import datetime
import email.utils
import re
import typing as t
import urllib.parse
from collections.abc import Mapping

from .. import _errors as errors
from .._api.profile import ApiProfile, ConflictKind, RateLimitHeaders
from .._secrets import Redactor
from .body import describe
from .json_body import UnusableJson, parse_json, parse_json_or_none

#: Most values, keys and brackets of a success: Python needs up to 120 bytes for each.
_MOST_TOKENS = 500_000
_MOST_DETAILS = 100
_MOST_SCOPES = 20
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


class RawResponse(t.NamedTuple):
    """An HTTP response as received. The names in C(headers) are case-insensitive."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class RequestContext(t.NamedTuple):
    """The API and the credentials of a request, for error messages; C(granted) is None if it is unknown.

    C(quotes) is false if a body that is not JSON may contain secrets, as that of the token endpoint.
    """

    client_id: str | None
    granted: frozenset[str] | None
    profile: ApiProfile
    quotes: bool = True


class ErrorBody(t.NamedTuple):
    """The parts of an error body. C(from_api) is false if the body is not a JSON object."""

    message: str
    code: str | None
    details: list[dict[str, str]]
    correlation_id: str | None
    scopes: tuple[str, ...]
    from_api: bool


class _ErrorText(t.NamedTuple):
    """The exception of an error status, and the words that complete its message."""

    exception: type[errors.ApiError]
    problem: str
    advice: str


_NOT_FROM_API = "The response probably comes from a proxy or gateway: check base_url and proxy"
_OTHER = _ErrorText(
    errors.ApiError, "was refused", "Look the message up, or give the correlation id to the support"
)
_SERVER = _ErrorText(
    errors.ServerError,
    "met a failure of the server",
    "Run again later. If it fails again, give the correlation id to the support",
)
_CONFLICTS = {
    ConflictKind.VERSION: _ErrorText(
        errors.StaleObject,
        "was refused, because the object changed since it was read",
        "Run again: the task then plans from the current object",
    ),
    ConflictKind.NAME: _ErrorText(
        errors.DuplicateName,
        "was refused, because another object has the name",
        "Choose another name, or manage that object by its id",
    ),
    ConflictKind.OTHER: _ErrorText(
        errors.Conflict,
        "does not fit the state of the object",
        "Remove the cause that the message names, and run again",
    ),
}
_BY_STATUS = {
    400: _ErrorText(errors.BadRequest, "was refused as invalid", "Correct these values in the task"),
    401: _ErrorText(errors.AuthenticationFailed, "was refused, because the access token is not accepted", ""),
    403: _ErrorText(errors.PermissionDenied, "was refused, because a permission is missing", ""),
    404: _ErrorText(
        errors.MissingObject,
        "names nothing that exists in this org",
        "Check the id, and that base_url or region and the credentials are those of the right org",
    ),
    407: _ErrorText(
        errors.ApiError, "was refused by the proxy", "Put the user and the password into the option proxy"
    ),
    408: _ErrorText(errors.ApiError, "took the server too long", "Run again later"),
    422: _ErrorText(
        errors.Unprocessable,
        "was refused, because its content breaks a rule",
        "Correct these values in the task",
    ),
    425: _ErrorText(errors.ApiError, "came too early for the server", "Run again later"),
    428: _ErrorText(
        errors.PreconditionRequired,
        "was refused, because it went out without the ETag of the object",
        "The API gave none when the object was read; give the correlation id to the support",
    ),
    429: _ErrorText(errors.RateLimited, "was refused, because the org or client sends too many requests", ""),
}


def read_object(
    response: RawResponse, call: str, redact: Redactor, *, quotes: bool = True, exact: bool = False
) -> dict[str, t.Any] | None:
    """Return the JSON object of a success, or None for an empty body.

    Only the statuses 202 and 204 and the response to a DELETE may have an empty body. C(call) is the request
    as method and path. C(exact) is as in C(parse_json). Raise MalformedResponse, which quotes the body only
    with C(quotes).
    """
    if not response.body.strip():
        if response.status in (202, 204) or call.startswith("DELETE "):
            return None
        raise errors.MalformedResponse(
            f"{call} was answered {response.status} with an empty body. {_NOT_FROM_API}."
        )
    if sum(response.body.count(token) for token in b"{[,:") > _MOST_TOKENS:
        raise errors.MalformedResponse(f"The response to {call} has more than {_MOST_TOKENS} values.")
    try:
        body = parse_json(response.body, exact=exact)
    except UnusableJson as error:
        raise errors.MalformedResponse(
            f"{call} was answered {response.status} with JSON that {error}."
        ) from None
    if isinstance(body, dict):
        return body
    shown = describe(response.body, redact) if quotes else "something else"
    raise errors.MalformedResponse(
        f"{call} was answered {response.status} with {shown} in place of an object. {_NOT_FROM_API}."
    )


def to_error(
    method: str, path: str, response: RawResponse, context: RequestContext, redact: Redactor
) -> errors.ApiError:
    """Return the exception for a response with a status of 300 or more."""
    error_body = parse_error_body(response, context.profile, redact, quotes=context.quotes)
    conflict = context.profile.conflict_kind(method, response.status, error_body.code, error_body.message)
    fields: dict[str, t.Any] = {
        "status": response.status,
        "code": error_body.code,
        "details": [detail for detail in error_body.details if not _is_repeated(detail, error_body.message)],
        "correlation_id": error_body.correlation_id,
    }
    exception, problem, advice = (
        _CONFLICTS[conflict] if conflict else _error_text(response.status, error_body, context.profile)
    )
    if exception is errors.PermissionDenied:
        needed = error_body.scopes or context.profile.needed_scopes(method, path)
        fields["missing"] = context.profile.missing_scopes(needed, context.granted)
        problem, advice = _permission_text(fields["missing"], needed, context, error_body)
    elif exception is errors.AuthenticationFailed:
        advice = _token_advice(context)
    elif response.status in context.profile.missing_statuses:
        advice += context.profile.wrong_api_advice(path, error_body.from_api)
    elif exception is errors.RateLimited:
        problem += _rate_limit_text(response.headers, context.profile.rate_limit_headers, redact)
    elif exception is errors.Redirected:
        problem += _redirect_text(response.headers, redact)
    if not error_body.from_api and response.status >= 400 and response.status != 407:
        advice = f"{advice}. {_NOT_FROM_API}" if advice else _NOT_FROM_API
    status = f"{response.status} {error_body.code}" if error_body.code else str(response.status)
    message = f": {error_body.message}" if error_body.message else ""
    return exception(f"{method} {path} {problem} ({status}){message}", advice=advice, **fields)


def correlation_id(headers: Mapping[str, str], profile: ApiProfile, redact: Redactor) -> str:
    """Return the correlation id in the headers of a response, "" without one."""
    return redact(headers.get(profile.correlation_header or "", ""), 100)


def parse_error_body(
    response: RawResponse, profile: ApiProfile, redact: Redactor, *, quotes: bool = True
) -> ErrorBody:
    """Return the parts of an error body in the API's form or in OAuth's (C(error), C(error_description)).

    Without C(quotes), quote neither a body that is not a JSON object nor an object with a token.
    """
    raw = parse_json_or_none(response.body)
    header = correlation_id(response.headers, profile, redact)
    if not isinstance(raw, dict):
        described = describe(response.body, redact) if quotes else ""
        return ErrorBody(described, None, [], header or None, (), False)
    if not quotes and any("token" in name.lower() for name in raw):
        raw = {}
    body = profile.decode_error(raw)

    def text(*values: object, longest: int = 300) -> str:
        return redact(next((value for value in values if isinstance(value, str) and value), ""), longest)

    scopes = body.get("scopes")
    return ErrorBody(
        text(body.get("message"), raw.get("error_description")).rstrip("."),
        text(body.get("code"), raw.get("error"), longest=100) or None,
        _details(body.get("details"), redact),
        header or text(body.get("correlation_id"), longest=100) or None,
        tuple(
            redact(scope, 100)
            for scope in (scopes[:_MOST_SCOPES] if isinstance(scopes, list) else ())
            if isinstance(scope, str) and scope
        ),
        True,
    )


def _details(raw: object, redact: Redactor) -> list[dict[str, str]]:
    if not isinstance(raw, list):
        return []
    details = []
    for entry in raw[:_MOST_DETAILS]:
        if isinstance(entry, dict):
            names = ("fieldName", "errorCode", "message")
            detail = {
                name: redact(entry[name])
                for name in names
                if isinstance(entry.get(name), str) and entry[name]
            }
            if detail:
                details.append(detail)
    return details


def _is_repeated(detail: dict[str, str], message: str) -> bool:
    """Return whether the message names the field of a detail already, and has its message if there is one."""
    field = re.escape(detail.get("fieldName", ""))
    named = field and re.search(rf"(?<![\w.\]-]){field}(?![\w-]|[.\[]\w)", message)
    return bool(named) and detail.get("message", "").rstrip(".") in message


def _error_text(status: int, error_body: ErrorBody, profile: ApiProfile) -> _ErrorText:
    status = 404 if status in profile.missing_statuses else status
    if status == 404 and not error_body.from_api:
        return _ErrorText(errors.ApiError, "found no API at this address", "")
    if status < 400:
        return _ErrorText(errors.Redirected, "was redirected", "Give base_url the address of the API itself")
    return _BY_STATUS.get(status) or (_SERVER if status >= 500 else _OTHER)


def _permission_text(
    missing: tuple[str, ...], needed: tuple[str, ...], context: RequestContext, error_body: ErrorBody
) -> tuple[str, str]:
    """Return the problem and the advice for a 403."""
    client = f"the OAuth client {context.client_id}" if context.client_id else "the owner of the access token"
    names_scope = error_body.code in context.profile.missing_scope_codes
    if not missing or (not names_scope and context.granted is None):
        scopes = f" (the request needs {' '.join(needed)})" if needed else ""
        advice = f"Give {client} a role with the permission for this request{scopes}"
        return "was refused, because a permission is missing", advice + context.profile.permission_advice
    granted = "unknown" if context.granted is None else " ".join(sorted(context.granted)) or "none"
    return (
        f"was refused, because the scope {' '.join(missing)} is missing",
        f"Give it to {client}, and name it in the option scopes where that is set (granted: {granted})",
    )


def _token_advice(context: RequestContext) -> str:
    if context.client_id is None:
        return (
            "The given access_token has expired, was revoked or belongs to another region, and it is never "
            "renewed: give a new one, or client_id and client_secret"
        )
    return (
        "A new token was refused as well: check that base_url or region is that of the OAuth client "
        f"{context.client_id}"
    )


def _rate_limit_text(headers: Mapping[str, str], names: RateLimitHeaders | None, redact: Redactor) -> str:
    if names is None:
        return ""
    count, allowed, reset = (redact(headers.get(name, ""), 20) for name in names)
    return f", {count} of {allowed or '?'} allowed, reset in {reset or '?'} s" if count else ""


def _redirect_text(headers: Mapping[str, str], redact: Redactor) -> str:
    try:
        host = urllib.parse.urlsplit(headers.get("location", "")).hostname
    except ValueError:
        host = None
    to = f" to {redact(host, 100)}" if host else ""
    return f"{to}, which is not followed, so that no other host gets the token"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the pause that C(Retry-After) asks for [s], or None without a valid one.

    A date is compared with the response's C(Date), because the local clock may be wrong.
    """
    value = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    until = parse_date(value)
    if until is None:
        return None
    now = parse_date(headers.get("date", "")) or datetime.datetime.now(datetime.UTC)
    return max(0.0, (until - now).total_seconds())


def parse_date(value: str) -> datetime.datetime | None:
    """Return an HTTP date, or None for any other text."""
    try:
        date = email.utils.parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=datetime.UTC)
