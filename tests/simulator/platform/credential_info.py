# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stored credentials, and the CredentialInfo in lists and configurations, which has no fields."""

from __future__ import annotations

from ..store import Kind, Stored, Wire

PATH = "/api/v2/integrations/credentials"
KIND = Kind(
    name="credentials",
    path=PATH,
    created_field="createdDate",
    modified_field="modifiedDate",
    event="Integrations.Credential",
)


def type_of(stored: Stored) -> str | None:
    """Return the id of a credential's type; a seeded credential may name it only."""
    given: Wire = stored.wire.get("type", {})
    found: str | None = given.get("id") or given.get("name")
    return found


def info(stored: Stored) -> Wire:
    """Return a CredentialInfo, which has no fields of the credential."""
    wire = {name: value for name, value in stored.wire.items() if name != "credentialFields"}
    return {**wire, "type": shown_type(stored), "selfUri": f"{PATH}/{stored.id}"}


def shown_type(stored: Stored) -> Wire:
    return {"id": type_of(stored), "name": type_of(stored)}
