# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Permissions of the platform API by method and path (P.6).

Private to the collection. The messages of a 403 and the documentation of the modules are made from it.
"""

from __future__ import annotations

from .profile import Operation

_ACTIONS = ("integrations:action:view", "bridge:actions:view")

OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/api/v2/organizations/me", ()),
    Operation("GET", "/api/v2/integrations", ("integrations:integration:view",)),
    Operation("POST", "/api/v2/integrations", ("integrations:integration:add",)),
    Operation("GET", "/api/v2/integrations/actions", _ACTIONS),
    Operation("POST", "/api/v2/integrations/actions", ("integrations:action:add",)),
    Operation("GET", "/api/v2/integrations/actions/{actionId}", _ACTIONS),
    Operation("PATCH", "/api/v2/integrations/actions/{actionId}", ("integrations:action:edit",)),
    Operation("DELETE", "/api/v2/integrations/actions/{actionId}", ("integrations:action:delete",)),
    Operation("GET", "/api/v2/integrations/actions/{actionId}/templates/{fileName}", _ACTIONS),
    Operation("GET", "/api/v2/integrations/credentials", ("integrations:integration:view",)),
    Operation("POST", "/api/v2/integrations/credentials", ("integrations:integration:add",)),
    Operation("GET", "/api/v2/integrations/credentials/listing", ("integrations:integration:view",)),
    Operation("GET", "/api/v2/integrations/credentials/types", ("integrations:integration:view",)),
    Operation("GET", "/api/v2/integrations/credentials/{credentialId}", ("integrations:integration:view",)),
    Operation("PUT", "/api/v2/integrations/credentials/{credentialId}", ("integrations:integration:edit",)),
    Operation(
        "DELETE", "/api/v2/integrations/credentials/{credentialId}", ("integrations:integration:delete",)
    ),
    Operation("GET", "/api/v2/integrations/types", ("integrations:integration:view",)),
    Operation("GET", "/api/v2/integrations/types/{typeId}", ("integrations:integration:view",)),
    Operation("GET", "/api/v2/integrations/{integrationId}", ("integrations:integration:view",)),
    Operation("PATCH", "/api/v2/integrations/{integrationId}", ("integrations:integration:edit",)),
    Operation("DELETE", "/api/v2/integrations/{integrationId}", ("integrations:integration:delete",)),
    Operation(
        "GET", "/api/v2/integrations/{integrationId}/config/current", ("integrations:integration:view",)
    ),
    Operation(
        "PUT", "/api/v2/integrations/{integrationId}/config/current", ("integrations:integration:edit",)
    ),
)
