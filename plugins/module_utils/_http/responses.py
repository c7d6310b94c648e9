# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what a server answered: the object of a success, or the error of a refusal (S0.10; API: Errors).

Private to the collection. Nothing of an answer is trusted: it may be a proxy's page, cut off, or not of
the promised shape.
"""

from __future__ import annotations

import datetime
import email.utils
import json
import re
import typing as t
import urllib.parse
from collections.abc import Mapping

from .. import _errors as errors
from .._api.profile import ApiProfile, ConflictKind
from .._secrets import Redactor

_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_MOST_DETAILS = 100


_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


class RawResponse(t.NamedTuple):
    """An HTTP answer as received; the names in C(headers) are found in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Caller(t.NamedTuple):
    """The API and the credentials of a request, for error messages; C(granted) is None if it is unknown."""

    client_id: str | None
    granted: frozenset[str] | None
    profile: ApiProfile


class ErrorBody(t.NamedTuple):
    """The parts of an error body; C(from_api) is false for anything that is no JSON object."""

    message: str
    code: str | None
    details: list[dict[str, str]]
    correlation_id: str | None
    scopes: tuple[str, ...]
    from_api: bool


class _Rule(t.NamedTuple):
    kind: type[errors.ApiError]
    what: str
    advice: str


_BETWEEN = "The answer comes from something in between, such as a proxy or gateway: check base_url and proxy"
_OTHER = _Rule(
    errors.ApiError, "was refused", "Look the message up, or give the correlation id to the support"
)
_SERVER = _Rule(
    errors.ServerError,
    "met a failure of the server",
    "Run again later; if it stays, give the correlation id to the support",
)
_CONFLICTS = {
    ConflictKind.VERSION: _Rule(
        errors.StaleObject,
        "was refused, because the object changed since it was read",
        "Run again: the task then plans anew on the object as it is",
    ),
    ConflictKind.NAME: _Rule(
        errors.DuplicateName,
        "was refused, because another object has the name",
        "Choose another name, or manage that object by its id",
    ),
    ConflictKind.OTHER: _Rule(
        errors.Conflict, "does not fit the state of the object", "Remove what the message names, run again"
    ),
}
_RULES = {
    400: _Rule(errors.BadRequest, "was refused as invalid", "Correct these values in the task"),
    401: _Rule(errors.AuthenticationFailed, "was refused, because the access token is not accepted", ""),
    403: _Rule(errors.PermissionDenied, "was refused, because a permission is missing", ""),
    404: _Rule(
        errors.MissingObject,
        "names nothing that exists in this org",
        "Check the id, and that base_url or region and the credentials are those of the right org",
    ),
    407: _Rule(errors.ApiError, "was refused by the proxy", "Put user and password into the option proxy"),
    408: _Rule(errors.ApiError, "took the server too long", "Run again later"),
    422: _Rule(
        errors.Unprocessable,
        "was refused, because its content breaks a rule",
        "Correct these values in the task",
    ),
    425: _Rule(errors.ApiError, "came too early for the server", "Run again later"),
    428: _Rule(
        errors.PreconditionRequired,
        "was refused, because it went out without the ETag of the object",
        "The API gave none when the object was read; give the correlation id to the support",
    ),
    429: _Rule(errors.RateLimited, "was refused, because the org or client sends too many requests", ""),
}


def read_object(answer: RawResponse, what: str, redact: Redactor) -> dict[str, t.Any] | None:
    """The JSON object of a success; None for an empty body, which only 202, 204 and a DELETE may have.

    Raises MalformedAnswer; C(what) is the request as method and path.
    """
    if not answer.body.strip():
        if answer.status in (202, 204) or what.startswith("DELETE "):
            return None
        raise errors.MalformedAnswer(f"{what} was answered {answer.status} with an empty body. {_BETWEEN}.")
    body = _json(answer.body)
    if isinstance(body, dict):
        return body
    shown = _describe(answer.body, redact)
    raise errors.MalformedAnswer(
        f"{what} was answered {answer.status} with {shown} in place of an object. {_BETWEEN}."
    )


def to_error(
    method: str, path: str, answer: RawResponse, caller: Caller, redact: Redactor
) -> errors.ApiError:
    """The error that an answer with a status of 300 or more means."""
    said = parse_error_body(answer, caller.profile, redact)
    conflict = caller.profile.conflict_kind(method, answer.status, said.code, said.message)
    rule = _rule(answer.status, said) if conflict is None else _CONFLICTS[conflict]
    known: dict[str, t.Any] = {
        "status": answer.status,
        "code": said.code,
        "details": said.details,
        "correlation_id": said.correlation_id,
    }
    what, advice = rule.what, rule.advice
    if rule.kind is errors.PermissionDenied:
        wanted = said.scopes or caller.profile.needed_scopes(method, path)
        known["missing"] = caller.profile.missing_scopes(wanted, caller.granted)
        what, advice = _permission(known["missing"], wanted, caller, said)
    elif rule.kind is errors.AuthenticationFailed:
        advice = _credentials(caller)
    elif rule.kind is errors.RateLimited:
        what += _rate(answer.headers, redact)
    elif rule.kind is errors.Redirected:
        what += _location(answer.headers, redact)
    if not said.from_api and answer.status >= 400 and answer.status != 407:
        advice = f"{advice}. {_BETWEEN}" if advice else _BETWEEN
    status = f"{answer.status} {said.code}" if said.code else str(answer.status)
    said_text = f": {said.message}" if said.message else ""
    return rule.kind(f"{method} {path} {what} ({status}){said_text}", advice=advice, **known)


def parse_error_body(answer: RawResponse, profile: ApiProfile, redact: Redactor) -> ErrorBody:
    """What an error body says, in the API's form or OAuth's (C(error), C(error_description))."""
    body = _json(answer.body)
    header = redact(answer.headers.get("inin-correlation-id", ""), 100)
    if not isinstance(body, dict):
        return ErrorBody(_describe(answer.body, redact), None, [], header or None, (), False)
    body = profile.decode_error(body)

    def text(*names: str, longest: int = 300) -> str:
        found = next((body[name] for name in names if isinstance(body.get(name), str) and body[name]), "")
        return redact(found, longest)

    params = body.get("messageParams")
    scopes = params.get("scopes") if isinstance(params, dict) else None
    if isinstance(scopes, list):
        scopes = ",".join(scope for scope in scopes if isinstance(scope, str))
    listed = re.split(r"[,\s\[\]'\"]+", scopes) if isinstance(scopes, str) else []
    return ErrorBody(
        text("message", "messageWithParams", "error_description").rstrip("."),
        text("code", "error", longest=100) or None,
        _details(body.get("details"), redact),
        header or text("contextId", longest=100) or None,
        tuple(redact(scope, 100) for scope in listed[:20] if scope),
        True,
    )


def _details(raw: object, redact: Redactor) -> list[dict[str, str]]:
    if not isinstance(raw, list):
        return []
    found = []
    for entry in raw[:_MOST_DETAILS]:
        if isinstance(entry, dict):
            names = ("fieldName", "errorCode", "message")
            known = {
                name: redact(entry[name])
                for name in names
                if isinstance(entry.get(name), str) and entry[name]
            }
            if known:
                found.append(known)
    return found


def _rule(status: int, said: ErrorBody) -> _Rule:
    if status == 404 and not said.from_api:
        return _Rule(errors.ApiError, "found no API at this address", "")
    if status < 400:
        return _Rule(errors.Redirected, "was redirected", "Give base_url the address of the API itself")
    return _RULES.get(status) or (_SERVER if status >= 500 else _OTHER)


def _permission(
    missing: tuple[str, ...], wanted: tuple[str, ...], caller: Caller, said: ErrorBody
) -> tuple[str, str]:
    """What happened and what to do for a 403."""
    client = f"the OAuth client {caller.client_id}" if caller.client_id else "the owner of the access token"
    if not missing or (said.code not in caller.profile.missing_scope_codes and caller.granted is None):
        scopes = f" (the request needs {' '.join(wanted)})" if wanted else ""
        return (
            "was refused, because a permission is missing",
            f"Give {client} a role with the permission for this request{scopes}",
        )
    granted = "unknown" if caller.granted is None else " ".join(sorted(caller.granted)) or "none"
    return (
        f"was refused, because the scope {' '.join(missing)} is missing",
        f"Give it to {client}, and name it in the option scopes where that is set (granted: {granted})",
    )


def _credentials(caller: Caller) -> str:
    if caller.client_id is None:
        return (
            "The given access_token has expired, was revoked or belongs to another region, and it is never "
            "renewed: give a new one, or client_id and client_secret"
        )
    return (
        "A new token was refused as well: check that base_url or region is that of the OAuth client "
        f"{caller.client_id}"
    )


def _rate(headers: Mapping[str, str], redact: Redactor) -> str:
    count, allowed, reset = (
        redact(headers.get(f"inin-ratelimit-{name}", ""), 20) for name in ("count", "allowed", "reset")
    )
    return f", {count} of {allowed or '?'} allowed, reset in {reset or '?'} s" if count else ""


def _location(headers: Mapping[str, str], redact: Redactor) -> str:
    try:
        host = urllib.parse.urlsplit(headers.get("location", "")).hostname
    except ValueError:
        host = None
    to = f" to {redact(host, 100)}" if host else ""
    return f"{to}, which is not followed, so that the token reaches no other host"


def _json(body: bytes) -> object:
    try:
        return t.cast(object, json.loads(body))
    except (ValueError, RecursionError):
        return None


def _describe(body: bytes, redact: Redactor) -> str:
    """A foreign body in a few words: the title of a page, or how a text begins."""
    text = body.decode("utf-8", "replace").strip()
    if not text:
        return "no text"
    if text.startswith("<"):
        title = _TITLE.search(text)
        words = redact(_TAG.sub(" ", title.group(1) if title else text), 80)
        return f'an HTML page "{words}"'
    return f'the text "{redact(text, 80)}"'


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that C(Retry-After) asks for; None without one that makes sense.

    A date is compared with the answer's own C(Date), so a clock that is wrong here does not matter.
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
    """An HTTP date; None for anything else."""
    try:
        date = email.utils.parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=datetime.UTC)
