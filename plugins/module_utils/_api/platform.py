# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The profile of the platform API, which the vendor serves in every region (P.1 to P.6).

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
import typing as t
import urllib.parse

from .platform_permissions import OPERATIONS
from .profile import (
    ApiProfile,
    AuditFilter,
    AuditHistory,
    AuditQuery,
    AuditServices,
    ConflictKind,
    LinkPaging,
    NoPaging,
    NumberedPaging,
    RateLimitHeaders,
    TokenPaging,
)
from .regions import vendor_domain

_TOO_LARGE = frozenset({"response.entity.too.large"})

#: Paging of most lists.
NUMBERED = NumberedPaging(
    size_param="pageSize",
    number_param="pageNumber",
    entities_key="entities",
    total_key="total",
    page_count_key="pageCount",
    page_keys=frozenset({"total", "pageCount", "pageNumber", "pageSize"}),
    too_large_codes=_TOO_LARGE,
)
#: Paging of lists whose cursor is in the URI of the next page.
LINKED = LinkPaging(
    size_param="pageSize",
    link_key="nextUri",
    entities_key="entities",
    page_keys=frozenset({"nextUri", "selfUri", "pageSize"}),
    too_large_codes=_TOO_LARGE,
    page_size=200,
)
#: Paging of lists with a cursor of its own name.
NAMED_CURSOR = TokenPaging(
    size_param="pageSize",
    token_param="cursor",
    entities_key="entities",
    next_token=lambda page: page.get("cursor"),
    page_keys=frozenset({"id", "cursor", "pageSize"}),
    too_large_codes=_TOO_LARGE,
)
#: Lists in one response.
UNPAGED = NoPaging(entities_key="entities", total_key="total", page_keys=frozenset({"total", "selfUri"}))

#: A permission in the text of a 403, which may be in any language.
_PERMISSION = re.compile(r"\b[A-Za-z]+(?::[A-Za-z]+){2}\b")
#: The words of a 400 for a stale version, which has no code of its own.
_VERSION_MISMATCH = re.compile(r"version\b.*does not match|does not match.*\bversion", re.IGNORECASE)
_VERSION_CODES = ("version.mismatch", "version.conflict")
_NAME_CODES = ("name.duplicate", "already.exists", "key.conflict")
#: The keys of the limits that count for each token.
_TOKEN_LIMITS = ("client.credentials.token.rate.per.minute", "token.rate.per.minute")
_REFUSED = "has no meaning in the API 'platform'"
_EVENTS = {"create": "Create", "update": "Update", "delete": "Delete"}
#: The actions of audit records that remove an object, and those that change nothing.
_REMOVALS = frozenset({"Delete", "Deleted", "DeleteAll", "BulkDelete", "HardDelete", "SoftDelete", "Remove"})
_READS = frozenset({"View", "Read", "Execute", "Download", "Export", "Debug"})
#: The actions of audit records that create an object.
_CREATIONS = frozenset({"Create", "Add"})


def login_host(base_url: str) -> str:
    """Return the URL of the login host: the vendor's of the same region, else the base URL itself."""
    parts = urllib.parse.urlsplit(base_url)
    host = parts.hostname or ""
    if vendor_domain(host) is None or not host.startswith("api."):
        return base_url
    return parts._replace(netloc=parts.netloc.replace(host, f"login.{host.removeprefix('api.')}")).geturl()


def _conflict_kind(method: str, status: int, code: str | None, message: str) -> ConflictKind | None:
    """Return the kind of a conflict, by status and code. The text counts if they are ambiguous."""
    code = code or ""
    updates = method in ("PUT", "PATCH")
    if status == 409:
        if code.endswith(_VERSION_CODES):
            return ConflictKind.VERSION
        if code.endswith(_NAME_CODES) or method == "POST":
            return ConflictKind.NAME
        return ConflictKind.VERSION if updates else ConflictKind.OTHER
    if status == 408 and updates:
        return ConflictKind.VERSION
    if status == 400 and (code.endswith(_VERSION_CODES) or _VERSION_MISMATCH.search(message)):
        return ConflictKind.VERSION
    return None


def _decode_error(body: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return an error body in canonical form.

    C(errors) has further error bodies, C(limit) the limit that was exceeded. The permissions that are missing
    stand in the texts.
    """
    params = body.get("messageParams")
    texts = [body.get("message"), body.get("messageWithParams")]
    texts += list(params.values()) if isinstance(params, dict) else []
    message = next((text for text in texts[:2] if isinstance(text, str) and text), body.get("description"))
    limit = body.get("limit")
    if isinstance(limit, dict) and isinstance(limit.get("key"), str):
        named = " ".join(str(limit[key]) for key in ("namespace", "key", "value") if limit.get(key))
        message = f"{message or ''} (limit {named})".lstrip()
    found = dict.fromkeys(name for text in texts for name in _PERMISSION.findall(str(text or "")))
    return {
        "message": message,
        "code": body.get("code"),
        "details": _details(body),
        "correlation_id": body.get("contextId"),
        "scopes": _alternatives(body.get("code"), list(found)),
    }


def _token_limit_exceeded(body: dict[str, t.Any]) -> bool | None:
    """Return whether the limit in the body of a 429 is that of one token, None without a limit."""
    limit = body.get("limit")
    key = limit.get("key") if isinstance(limit, dict) else None
    return key in _TOKEN_LIMITS if isinstance(key, str) else None


def _alternatives(code: t.Any, permissions: list[str]) -> list[str]:
    """Return the missing permissions; those of which one is enough as one text."""
    if code == "missing.any.permissions" and permissions:
        return [" or ".join(permissions)]
    return permissions


def _details(body: dict[str, t.Any]) -> list[t.Any]:
    """Return the details of an error body, with those of the errors inside it."""
    details = body.get("details")
    found: list[t.Any] = list(details) if isinstance(details, list) else []
    errors = body.get("errors")
    for error in errors if isinstance(errors, list) else []:
        if isinstance(error, dict):
            inner = error.get("details")
            found.append({"errorCode": error.get("code"), "message": error.get("message")})
            found += inner if isinstance(inner, list) else []
    return found


def _audit_body(given: AuditFilter) -> dict[str, t.Any]:
    """Return the body of both audit queries, without the page."""
    filters = {"EntityId": given.entity_id, "EntityType": given.entity_type, "Action": given.action}
    span = "/".join(_utc(moment) for moment in (given.since, given.until) if moment is not None)
    body: dict[str, t.Any] = {
        "interval": span,
        "filters": [
            {"property": name, "value": value} for name, value in filters.items() if value is not None
        ],
        "sort": [{"name": "Timestamp", "sortOrder": "ascending"}],
    }
    return body if given.service is None else {**body, "serviceName": given.service}


def _utc(moment: datetime.datetime) -> str:
    text = moment.astimezone(datetime.UTC).isoformat(timespec="milliseconds")
    return f"{text.removesuffix('+00:00')}Z"


def _decode_record(record: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return an audit record in canonical form. A part of another type stays, and its check refuses it."""
    subject = (record.get("serviceName"), record.get("entityType"), record.get("action"))
    named = {
        "actorId": _part(record, "client", "id") or _part(record, "user", "id"),
        "actorName": _part(record, "user", "name"),
        "entityId": _part(record, "entity", "id"),
        "entityName": _part(record, "entity", "name"),
        "eventType": ".".join(map(str, subject)),
        "operation": record.get("action"),
        "timestamp": record.get("eventDate"),
    }
    kept = ("id", "status", "level", "application", "remoteIp", "propertyChanges", "context")
    found = {**{name: record.get(name) for name in kept}, **named}
    return {name: value for name, value in found.items() if value is not None}


def _part(record: dict[str, t.Any], name: str, key: str) -> t.Any:
    value = record.get(name)
    return value.get(key) if isinstance(value, dict) else value


def _audit_services(body: dict[str, t.Any]) -> AuditServices | None:
    try:
        return {
            service["name"]: {one["name"]: list(one["actions"] or ()) for one in service["entities"] or ()}
            for service in body["services"]
        }
    except (KeyError, TypeError):
        return None


def _audit_filter(subject: str, event_type: str) -> AuditFilter:
    """Return the filter of an object's records. Their actions are not a part, since they vary by kind."""
    service, entity_type = subject.split(".")
    return AuditFilter(service=service, entity_type=entity_type)


def _shows_event(record: dict[str, t.Any], action: str) -> bool:
    """Return whether a record may be that of a planned action, such as a publish that creates an object."""
    operation = record.get("operation")
    if operation in _REMOVALS or action == "delete":
        return operation in _REMOVALS and action == "delete"
    return operation not in (_READS | _CREATIONS if action == "update" else _READS)


_AUDITS = "/api/v2/audits/query"
_AUDIT = AuditQuery(
    path=f"{_AUDITS}/realtime?expand=user",
    paging=NUMBERED,
    body=lambda given, size, number: {**_audit_body(given), "pageSize": size, "pageNumber": number},
    decode=_decode_record,
    options=("service", "entity_type", "action", "since", "until"),
    filter_of=_audit_filter,
    shows=_shows_event,
    history=AuditHistory(
        days=14,
        kept_days=365,
        path=_AUDITS,
        body=_audit_body,
        state_path=f"{_AUDITS}/{{id}}",
        results_path=f"{_AUDITS}/{{id}}/results?expand=user",
        paging=dataclasses.replace(NAMED_CURSOR, page_size=500),
        state=lambda body: body.get("state"),
        running=("Queued", "Running"),
        succeeded="Succeeded",
        recent_services_path=f"{_AUDITS}/realtime/servicemapping",
        services_path=f"{_AUDITS}/servicemapping",
        services=_audit_services,
    ),
)

PLATFORM = ApiProfile(
    name="platform",
    root="/api/v2",
    token_url=lambda base_url, token_path: f"{login_host(base_url)}/oauth/token",
    organization_path="/api/v2/organizations/me",
    operations=OPERATIONS,
    conflict_kind=_conflict_kind,
    decode_error=_decode_error,
    correlation_header="inin-correlation-id",
    rate_limit_headers=RateLimitHeaders(
        "inin-ratelimit-count", "inin-ratelimit-allowed", "inin-ratelimit-reset"
    ),
    event_type=lambda subject, action: f"{subject}.{_EVENTS[action]}",
    audit=_AUDIT,
    kinds=(
        "integration_credential",
        "integration",
        "data_action",
        "data_table",
        "data_schema",
        "flow_log_level",
        "flow_execution_data",
        "masking_rule",
        "media_retention_policy",
        "analytics_retention",
        "trigger",
    ),
    serves=lambda host: vendor_domain(host) is not None,
    refused_options={
        "scopes": f"{_REFUSED}, which grants by the roles of the OAuth client: remove it",
        "token_path": f"{_REFUSED}, which has one path for tokens: remove it, or give login_url",
        "token_request": f"{_REFUSED}, which takes a Basic header: remove it",
    },
    token_throttled=lambda status, code, message: (
        status == 400 and message.lower().startswith("rate limit exceeded")
    ),
    token_limit_exceeded=_token_limit_exceeded,
    missing_statuses=frozenset({404, 410}),
    permission_advice=". A role that was changed counts only for tokens that were issued later",
    eventually_consistent=True,
)
