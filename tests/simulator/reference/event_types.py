# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event types of the reference API: schema EventType of C(openapi.yaml)."""

from __future__ import annotations

import typing as t

from ..store import Change

#: The kinds with events. Each has one event type for every change.
SUBJECTS = ("data.action", "flow", "privacy.purpose", "customobject.schema")
EVENT_TYPES = tuple(f"{subject}.{change}" for subject in SUBJECTS for change in t.get_args(Change))
