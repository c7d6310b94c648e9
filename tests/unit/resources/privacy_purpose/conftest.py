# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A privacy purpose as tests declare it and as another tool stored it."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from unit.module_runner import run_module

KIND = "privacy_purposes"
LIST = "/api/v2/privacy/purposes"
ITEM = "/api/v2/privacy/purposes/*"

PURPOSE: dict[str, t.Any] = {
    "name": "Support Analytics",
    "description": "Quality assurance of the support",
    "retention": "180d",
    "legal_basis": "legitimate_interests",
}
STORED: dict[str, t.Any] = {
    "name": "Support Analytics",
    "description": "Quality assurance of the support",
    "retentionPeriod": "P180D",
    "legalBasis": "legitimate_interests",
    "isActive": True,
    "diversionIds": ["d-1", "d-2"],
}


@dataclasses.dataclass(frozen=True)
class Purposes:
    """A view of an org that is limited to its privacy purposes."""

    org: t.Any

    def seed(self, *objects: dict[str, t.Any]) -> list[dict[str, t.Any]]:
        return self.org.seed(list(objects), KIND)

    def all(self) -> list[dict[str, t.Any]]:
        return self.org.objects(KIND)

    def the_one(self) -> dict[str, t.Any]:
        (stored,) = self.all()
        return stored

    def log(self, method: str | None = None) -> list[str]:
        """Return the requests to purposes in the form `GET list`, `PUT item`."""
        entries = [entry for entry in self.org.log(method=method) if entry["path"].startswith(LIST)]
        return [f"{entry['method']} {'list' if entry['path'] == LIST else 'item'}" for entry in entries]


@pytest.fixture
def purposes(org):
    return Purposes(org)


@pytest.fixture
def purpose(org):
    """Return a runner of genesys_privacy_purpose: purpose(name="A", check_mode=True)."""

    def run(*, check_mode: bool = False, **options: t.Any) -> dict[str, t.Any]:
        return run_module("genesys_privacy_purpose", {**org.connection, **options}, check_mode=check_mode)

    return run
