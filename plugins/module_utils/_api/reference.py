# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""OAuth scopes: what a token asks for by default, and what a path needs (S0.2, API: Authentication).

Private to the collection.
"""

from __future__ import annotations

#: Path prefix, scopes to read it, scopes to write it; the first match counts.
_NEEDED = (
    ("/api/v2/architect/data-actions", ("data:actions:read",), ("data:actions:write",)),
    ("/api/v2/architect/flows", ("architect:read", "flow:read"), ("architect:write", "flow:write")),
    ("/api/v2/privacy/purposes", ("privacy:purpose:read",), ("privacy:purpose:write",)),
    ("/api/v2/data-gateway/customobjects/queries", (), ("customobjects:customobject:query",)),
    (
        "/api/v2/data-gateway/customobjects",
        ("customobjects:customobject:read",),
        ("customobjects:customobject:write",),
    ),
    ("/api/v2/platform/webhooks", ("platform:webhooks:write",), ("platform:webhooks:write",)),
    ("/api/v2/audit", ("audit:read",), ("audit:read",)),
    ("/api/v2/organizations/me", ("organization:read",), ()),
    ("/api/v2/routing/queues", ("queue:read",), ()),
    ("/api/v2/users", ("user:read",), ()),
    ("/api/v2/teams", ("team:read",), ()),
)

#: One token serves all resource kinds, so it asks for the union.
DEFAULT_SCOPES = tuple(dict.fromkeys(scope for _kind, read, write in _NEEDED for scope in read + write))

#: The names of 001 for the scopes of data actions.
_ALIASES = {
    "dataactions:read": "data:actions:read",
    "dataactions:create": "data:actions:write",
    "dataactions:update": "data:actions:write",
    "dataactions:delete": "data:actions:write",
}


SUBJECTS = ("data.action", "flow", "privacy.purpose", "customobject.schema")
#: What happened to an object, by the action of the plan that makes it happen.
CHANGES = {"create": "created", "update": "updated", "delete": "deleted"}
#: What it counts as, where objects are counted.
COUNTED_AS = {**CHANGES, "none": "unchanged"}
EVENT_TYPES = tuple(f"{subject}.{change}" for subject in SUBJECTS for change in CHANGES.values())


def needed(method: str, path: str) -> tuple[str, ...]:
    """The scopes that the API asks for on this request; empty for a path that is not in the contract."""
    for prefix, read, write in _NEEDED:
        if path == prefix or path.startswith((f"{prefix}/", f"{prefix}?")):
            return read if method == "GET" else write
    return ()


def lacking(wanted: tuple[str, ...], granted: frozenset[str] | None) -> tuple[str, ...]:
    """Those of the wanted scopes that a token does not have; all where the grant is unknown (None)."""
    held = {_ALIASES.get(scope, scope) for scope in granted or ()}
    return tuple(scope for scope in wanted if _ALIASES.get(scope, scope) not in held)
