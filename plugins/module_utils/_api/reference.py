# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The profile of the reference API, whose contract is C(tests/simulator/reference/openapi.yaml).

Private to the collection.
"""

from __future__ import annotations

import re
import typing as t

from .profile import (
    ApiProfile,
    AuditFilter,
    AuditQuery,
    ConflictKind,
    NumberedPaging,
    Permission,
    RateLimitHeaders,
    TokenPaging,
    all_scopes,
)

_PERMISSIONS = (
    Permission("/api/v2/architect/data-actions", ("data:actions:read",), ("data:actions:write",)),
    Permission("/api/v2/architect/flows", ("architect:read", "flow:read"), ("architect:write", "flow:write")),
    Permission("/api/v2/privacy/purposes", ("privacy:purpose:read",), ("privacy:purpose:write",)),
    Permission("/api/v2/data-gateway/customobjects/queries", (), ("customobjects:customobject:query",)),
    Permission(
        "/api/v2/data-gateway/customobjects",
        ("customobjects:customobject:read",),
        ("customobjects:customobject:write",),
    ),
    Permission("/api/v2/platform/webhooks", ("platform:webhooks:write",), ("platform:webhooks:write",)),
    Permission("/api/v2/audit", ("audit:read",), ("audit:read",)),
    Permission("/api/v2/organizations/me", ("organization:read",), ()),
    Permission("/api/v2/routing/queues", ("queue:read",), ()),
    Permission("/api/v2/users", ("user:read",), ()),
    Permission("/api/v2/teams", ("team:read",), ()),
)

#: The spelling that some tokens have for the scopes of data actions.
_SCOPE_ALIASES = {
    "dataactions:read": "data:actions:read",
    "dataactions:create": "data:actions:write",
    "dataactions:update": "data:actions:write",
    "dataactions:delete": "data:actions:write",
}

#: The subjects of events and audit records (S0.8, S0.9).
EVENT_SUBJECTS = ("data.action", "flow", "privacy.purpose", "customobject.schema")
_EVENTS = {"create": "created", "update": "updated", "delete": "deleted"}
EVENT_TYPES = tuple(f"{subject}.{event}" for subject in EVENT_SUBJECTS for event in _EVENTS.values())

#: Paging of most lists.
NUMBERED = NumberedPaging(
    size_param="pageSize",
    number_param="pageNumber",
    entities_key="entities",
    total_key="total",
    page_count_key="pageCount",
)
#: Paging of lists with continuation tokens.
CONTINUED = TokenPaging(
    size_param="pageSize",
    token_param="continuationToken",
    entities_key="entities",
    next_token=lambda page: page.get("continuationToken"),
)

#: Error codes end with one of these; a prefix names the resource.
_DUPLICATE_CODES = ("name.duplicate",)
_VERSION_CODES = ("etag.mismatch", "version.conflict")


def _conflict_kind(method: str, status: int, code: str | None, message: str) -> ConflictKind | None:
    """Return the kind of a conflict: by its error code, else by the method of the request."""
    if status == 412:
        return ConflictKind.VERSION
    if status != 409:
        return None
    code = code or ""
    if code.endswith(_VERSION_CODES):
        return ConflictKind.VERSION
    if code.endswith(_DUPLICATE_CODES) or method == "POST":
        return ConflictKind.NAME
    return ConflictKind.VERSION if method in ("PUT", "PATCH") else ConflictKind.OTHER


def _decode_error(body: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return an error body in canonical form. C(messageParams.scopes) is a list or a text like C([a, b])."""
    message, with_params = body.get("message"), body.get("messageWithParams")
    params = body.get("messageParams")
    scopes = params.get("scopes") if isinstance(params, dict) else None
    if isinstance(scopes, list):
        scopes = ",".join(scope for scope in scopes if isinstance(scope, str))
    return {
        "message": message if isinstance(message, str) and message else with_params,
        "code": body.get("code"),
        "details": body.get("details"),
        "correlation_id": body.get("contextId"),
        "scopes": re.split(r"[,\s\[\]'\"]+", scopes) if isinstance(scopes, str) else [],
    }


def _audit_body(given: AuditFilter, page_size: int, page_number: int) -> dict[str, t.Any]:
    wanted = {"entityId": given.entity_id, "eventType": given.event_type}
    query = {key: value for key, value in wanted.items() if value is not None}
    return {"query": query, "size": page_size, "pageNumber": page_number}


REFERENCE = ApiProfile(
    name="reference",
    root="/api/v2",
    token_url=lambda base_url, token_path: base_url + token_path,
    organization_path="/api/v2/organizations/me",
    permissions=_PERMISSIONS,
    default_scopes=all_scopes(_PERMISSIONS),
    scope_aliases=_SCOPE_ALIASES,
    missing_scope_codes=frozenset({"missing.scope"}),
    audit=AuditQuery("/api/v2/audit/records/query", NUMBERED, _audit_body),
    conflict_kind=_conflict_kind,
    decode_error=_decode_error,
    correlation_header="inin-correlation-id",
    rate_limit_headers=RateLimitHeaders(
        "inin-ratelimit-count", "inin-ratelimit-allowed", "inin-ratelimit-reset"
    ),
    event_types=EVENT_TYPES,
    kinds=("data_action", "privacy_purpose", "customobject_index", "flow_settings", "webhook"),
    refused_options={
        "login_url": "has no meaning in the API 'reference', whose tokens come from base_url: remove it",
        "token_pool_size": "has no meaning in the API 'reference', whose runs use one token: remove it",
    },
    event_type=lambda subject, action: f"{subject}.{_EVENTS[action]}",
)
