# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""OAuth scopes that the API knows, and 001's names for two of them. Source: API.md, "Authentication"."""

from __future__ import annotations

import typing as t

KNOWN = frozenset(
    {
        "data:actions:read",
        "data:actions:write",
        "architect:read",
        "architect:write",
        "flow:read",
        "flow:write",
        "privacy:purpose:read",
        "privacy:purpose:write",
        "customobjects:customobject:read",
        "customobjects:customobject:write",
        "customobjects:customobject:query",
        "platform:webhooks:write",
        "audit:read",
        "organization:read",
        "queue:read",
        "user:read",
        "team:read",
    }
)

ALIASES = {
    "dataactions:read": "data:actions:read",
    "dataactions:create": "data:actions:write",
    "dataactions:update": "data:actions:write",
    "dataactions:delete": "data:actions:write",
}


def canonical(names: t.Iterable[str]) -> frozenset[str]:
    return frozenset(ALIASES.get(name, name) for name in names)


def granted(requested: t.Sequence[str], held: frozenset[str]) -> list[str]:
    """Of the requested names, in their order and spelling, those whose scope the client holds."""
    return [name for name in dict.fromkeys(requested) if ALIASES.get(name, name) in held]
