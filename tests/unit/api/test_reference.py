# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the reference profile: kinds of conflicts, needed and missing scopes, names of events."""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._api.profile import ConflictKind
from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import (
    EVENT_SUBJECTS,
    EVENT_TYPES,
    REFERENCE,
)

ACTIONS = "/api/v2/architect/data-actions"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CODES = (None, "name.duplicate", "etag.mismatch", "version.conflict", "in.use", "name.duplicate.other")
WRITE = ("data:actions:write",)

VERSION, NAME, OTHER = ConflictKind.VERSION, ConflictKind.NAME, ConflictKind.OTHER
#: The kind of a conflict whose error code does not decide it.
BY_METHOD = {"GET": OTHER, "POST": NAME, "PUT": VERSION, "PATCH": VERSION, "DELETE": OTHER}
BY_CODE = {"name.duplicate": NAME, "etag.mismatch": VERSION, "version.conflict": VERSION}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("prefix", ["", "data.action."])
def test_the_code_of_a_409_decides_its_kind_or_else_the_method(
    method: str, code: str | None, prefix: str
) -> None:
    expected = BY_CODE.get(str(code), BY_METHOD[method])
    assert REFERENCE.conflict_kind(method, 409, code and prefix + code, "") is expected


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("code", CODES)
def test_a_412_is_a_version_conflict(method: str, code: str | None) -> None:
    assert REFERENCE.conflict_kind(method, 412, code, "") is VERSION


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 408, 410, 422, 428, 429, 500, 502, 503, 504])
def test_other_statuses_are_no_conflict(method: str, code: str | None, status: int) -> None:
    assert REFERENCE.conflict_kind(method, status, code, "") is None


@pytest.mark.parametrize(
    ("method", "path", "scopes"),
    [
        ("GET", ACTIONS, ("data:actions:read",)),
        ("GET", f"{ACTIONS}/1", ("data:actions:read",)),
        ("GET", f"{ACTIONS}?pageSize=1", ("data:actions:read",)),
        ("POST", ACTIONS, WRITE),
        ("PUT", f"{ACTIONS}/1", WRITE),
        ("DELETE", f"{ACTIONS}/1", WRITE),
        ("GET", f"{ACTIONS}-other/1", ()),
        ("GET", "/api/v2/architect", ()),
        ("PATCH", "/api/v2/architect/flows/1", ("architect:write", "flow:write")),
        ("GET", "/api/v2/data-gateway/customobjects/1", ("customobjects:customobject:read",)),
        ("POST", "/api/v2/data-gateway/customobjects/queries", ("customobjects:customobject:query",)),
        ("GET", "/api/v2/data-gateway/customobjects/queries", ()),
        ("GET", "/api/v2/platform/webhooks", ("platform:webhooks:write",)),
        ("POST", "/api/v2/audit/records/query", ("audit:read",)),
        ("GET", "/api/v2/organizations/me", ("organization:read",)),
        ("PUT", "/api/v2/organizations/me", ()),
    ],
)
def test_needed_scopes_follow_the_first_prefix_of_the_path(
    method: str, path: str, scopes: tuple[str, ...]
) -> None:
    assert REFERENCE.needed_scopes(method, path) == scopes


@pytest.mark.parametrize(
    ("wanted", "granted", "missing"),
    [
        (WRITE, frozenset(WRITE), ()),
        (WRITE, frozenset({"data:actions:read"}), WRITE),
        (WRITE, frozenset(), WRITE),
        (WRITE, None, WRITE),
        ((), None, ()),
        (WRITE, frozenset({"dataactions:create"}), ()),
        (WRITE, frozenset({"dataactions:update"}), ()),
        (WRITE, frozenset({"dataactions:delete"}), ()),
        (WRITE, frozenset({"dataactions:read"}), WRITE),
        (("data:actions:read",), frozenset({"dataactions:read"}), ()),
        (("dataactions:update",), frozenset(WRITE), ()),
        (("dataactions:update",), frozenset(), ("dataactions:update",)),
        (("flow:write", "audit:read", "team:read"), frozenset({"audit:read"}), ("flow:write", "team:read")),
    ],
)
def test_missing_scopes_are_compared_in_both_spellings(
    wanted: tuple[str, ...], granted: frozenset[str] | None, missing: tuple[str, ...]
) -> None:
    assert REFERENCE.missing_scopes(wanted, granted) == missing


def test_default_scopes_are_all_scopes_once() -> None:
    assert {"data:actions:write", "customobjects:customobject:query", "team:read"} <= set(
        REFERENCE.default_scopes
    )
    assert len(REFERENCE.default_scopes) == len(set(REFERENCE.default_scopes)) == 17


@pytest.mark.parametrize(
    ("action", "event"), [("create", "created"), ("update", "updated"), ("delete", "deleted")]
)
@pytest.mark.parametrize("subject", EVENT_SUBJECTS)
def test_the_event_type_names_subject_and_change(subject: str, action: str, event: str) -> None:
    assert REFERENCE.event_type(subject, action) == f"{subject}.{event}"
    assert REFERENCE.event_type(subject, action) in EVENT_TYPES
