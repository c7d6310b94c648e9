# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens to the objects of an org: the one source of audit records and webhook deliveries.

Source: API.md, "Webhooks" and "Audit".
"""

from __future__ import annotations

import dataclasses
import typing as t

from .store import Change, Wire, timestamp

#: The kinds whose changes are events, each with every change.
SUBJECTS = ("data.action", "flow", "privacy.purpose", "customobject.schema")
EVENT_TYPES = tuple(f"{subject}.{change}" for subject in SUBJECTS for change in t.get_args(Change))


@dataclasses.dataclass(frozen=True)
class Event:
    """One change by C(actor_id); C(data) is the object after it, of a deleted one the last state."""

    subject: str
    change: Change
    actor_id: str
    organization_id: str
    data: Wire
    timestamp: str = dataclasses.field(default_factory=timestamp)

    @property
    def event_type(self) -> str:
        return f"{self.subject}.{self.change}"

    @property
    def entity_id(self) -> str:
        return str(self.data["id"])

    def body(self) -> Wire:
        """The JSON that a webhook's target gets."""
        return {
            "eventType": self.event_type,
            "entityId": self.entity_id,
            "organizationId": self.organization_id,
            "timestamp": self.timestamp,
            "data": self.data,
        }
