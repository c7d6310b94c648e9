# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A webhook as tests declare it and as another tool stored it."""

from __future__ import annotations

import typing as t

import pytest

from unit.module_runner import run_module

KIND = "webhooks"
LIST = "/api/v2/platform/webhooks"
ITEM = "/api/v2/platform/webhooks/*"

WEBHOOK: dict[str, t.Any] = {
    "name": "Audit sync",
    "events": ["data.action.updated", "data.action.created"],
    "target": {
        "url": "https://audit.example.com/genesys",
        "headers": {"Authorization": "Bearer h00k-s3cr3t-token", "X-Region": "emea"},
    },
}
STORED: dict[str, t.Any] = {
    "name": "Audit sync",
    "enabled": True,
    "events": [{"eventType": "data.action.created"}, {"eventType": "data.action.updated"}],
    "target": {
        "url": "https://audit.example.com/genesys",
        "headers": {"Authorization": "Bearer h00k-s3cr3t-token", "X-Region": "emea"},
    },
}


@pytest.fixture
def webhook(org):
    """Return a runner of genesys_webhook: webhook(name="A", check_mode=True)."""

    def run(*, check_mode: bool = False, **options: t.Any) -> dict[str, t.Any]:
        return run_module("genesys_webhook", {**org.connection, **options}, check_mode=check_mode)

    return run
