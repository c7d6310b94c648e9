# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The OAuth scopes of the reference API and their aliases."""

from __future__ import annotations

from ..scope_names import ScopeNames

SCOPES = ScopeNames(
    known=frozenset(
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
    ),
    aliases={
        "dataactions:read": "data:actions:read",
        "dataactions:create": "data:actions:write",
        "dataactions:update": "data:actions:write",
        "dataactions:delete": "data:actions:write",
    },
)
