# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Audit records of the platform API: one of every write of the kinds whose services the contract lists.

The contract lists no service for log levels, execution data, masking rules and divisions. The lag of the
kind C(audit_records) is the time between a change and its record.
"""

from __future__ import annotations

from ..events import Event
from ..orgs import OTHER_USER, Org
from ..store import Kind, Wire
from .switches import switches

RECORDS = Kind(name="audit_records", path="", created_field="eventDate", usual_lag=0.2)

#: Service -> entity types.
SERVICES = {
    "Architect": ("Flow",),
    "Datatables": ("Row", "Schema"),
    "Integrations": ("Action", "ActionDraft", "Credential", "Integration"),
}
ACTIONS = {"created": "Create", "updated": "Update", "deleted": "Delete"}


def record(org: Org, event: Event) -> None:
    """Store the record of an event; a listener of C(orgs)."""
    service, entity_type = event.subject.split(".")
    actor = (
        {"user": {"id": OTHER_USER, "name": "Somebody Else"}}
        if event.actor_id == OTHER_USER
        else {"client": {"id": event.actor_id}}
    )
    org[RECORDS].create(
        {
            **actor,
            "userHomeOrgId": org.id,
            "level": "USER",
            "status": "SUCCESS",
            "remoteIp": ["192.0.2.1"],
            "application": "platform.api",
            "serviceName": service,
            "entityType": entity_type,
            "entity": {"id": event.entity_id, "name": event.data.get("name", "")},
            "action": ACTIONS[event.change],
            "transactionInitiator": True,
            "propertyChanges": [],
            "context": {},
        }
    )


def services(org: Org, *, realtime: bool) -> dict[str, tuple[str, ...]]:
    """Return the services of one of the two queries, each with its entity types."""
    if realtime and switches(org).realtime_audits == "without_integrations":
        return {name: types for name, types in SERVICES.items() if name != "Integrations"}
    return SERVICES


def mapping(org: Org, *, realtime: bool) -> Wire:
    """Return the AuditQueryServiceMapping of one of the two queries."""
    actions = list(ACTIONS.values())
    return {
        "services": [
            {"name": name, "entities": [{"name": one, "actions": actions} for one in types]}
            for name, types in services(org, realtime=realtime).items()
        ]
    }
