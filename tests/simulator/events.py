# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event of a change in an org, from which audit records and webhook deliveries are made."""

from __future__ import annotations

import dataclasses

from .store import Change, Wire, timestamp


@dataclasses.dataclass(frozen=True)
class Event:
    """One change by C(actor_id). C(data) is the object after the change, or its last state if deleted."""

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
