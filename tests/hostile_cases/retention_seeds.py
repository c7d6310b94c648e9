# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A media retention policy for scenarios, and the objects that it names."""

from __future__ import annotations

import typing as t

POLICY: dict[str, t.Any] = {
    "name": "P",
    "actions": {"retention_duration": {"delete_retention": {"days": 30}}},
    "conditions": {"for_queues": ["Q"], "for_users": ["u@example.com"]},
    "list_lag": 0,
}


def seed_named(org: t.Any) -> None:
    org.seed([{"id": "q-1", "name": "Q"}], "queues")
    org.seed([{"id": "u-1", "name": "U", "email": "u@example.com"}], "users")


def seed_policy(org: t.Any) -> None:
    seed_named(org)
    stored = {"conditions": {"forQueues": [{"id": "q-1"}], "directions": ["INBOUND"]}, "description": "Old"}
    org.seed([{"name": name, **stored} for name in ("P", "Other")], "retention_policies")
