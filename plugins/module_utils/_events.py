# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event types of the API: what webhooks tell of and audit records are about (S0.8, S0.9).

Private to the collection. API: "Webhooks".
"""

from __future__ import annotations

SUBJECTS = ("data.action", "flow", "privacy.purpose", "customobject.schema")
#: What happened to an object, by the action of the plan that makes it happen.
CHANGES = {"create": "created", "update": "updated", "delete": "deleted"}
#: What it counts as, where objects are counted.
COUNTED_AS = {**CHANGES, "none": "unchanged"}
EVENT_TYPES = tuple(f"{subject}.{change}" for subject in SUBJECTS for change in CHANGES.values())
