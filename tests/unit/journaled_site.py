# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An org with objects of every kind, tasks that change it with a journal, and the journal's rollback."""

from __future__ import annotations

import copy
import dataclasses
import json
import pathlib
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import resolve
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._http.client import Client
from ansible_collections.genesys.cloud.plugins.module_utils._journal import file as journal_file
from ansible_collections.genesys.cloud.plugins.module_utils._rollback.outcome import RollbackOutcome
from ansible_collections.genesys.cloud.plugins.module_utils._rollback.rollback import (
    opened_journal,
    roll_back_journal,
)
from unit import platform_kinds
from unit.module_runner import run_module

Wire = dict[str, t.Any]

PASSWORD = "correct horse battery staple"
OLD_TOKEN, NEW_TOKEN = "Bearer 0ld-s3cr3t-token", "Bearer n3w-s3cr3t-token"
OLD_QUERY, NEW_QUERY = "0ld-s3cr3t-query", "n3w-s3cr3t-query"
SECRETS = (OLD_TOKEN, NEW_TOKEN, OLD_QUERY, NEW_QUERY)

#: Kind in the simulator -> module.
MODULES = {
    **platform_kinds.MODULES,
    "data_actions": "genesys_data_action",
    "privacy_purposes": "genesys_privacy_purpose",
    "customobjects": "genesys_customobject_index",
    "flows": "genesys_flow_settings",
    "webhooks": "genesys_webhook",
}
STORED: dict[str, Wire] = {
    "data_actions": {
        "name": "A",
        "type": "rest",
        "description": "old",
        "restConfig": {
            "url": "https://crm.example.com/v1",
            "httpMethod": "GET",
            "headers": {"Accept": "application/json", "Authorization": OLD_TOKEN},
            "variableMappings": [],
        },
        "conditions": [],
    },
    "privacy_purposes": {
        "name": "A",
        "description": "old",
        "retentionPeriod": "180d",
        "legalBasis": "consent",
        "isActive": True,
        "diversionIds": ["d-1"],
    },
    "customobjects": {
        "id": "ticket",
        "name": "A",
        "description": "old",
        "fields": [
            {"name": "status", "type": "string", "maxLength": 20, "cardinalityHint": "low"},
            {"name": "priority", "type": "number"},
        ],
        "indexes": [
            {"name": "by_status", "fields": ["status"], "order": "asc"},
            {"name": "by_priority", "fields": ["priority"], "order": "desc"},
        ],
        "customFields": [],
    },
    "flows": {
        "name": "A",
        "description": "old",
        "version": 14,
        "settings": {
            "routing": {"type": "longestAvailable", "maxWaitTime": 600},
            "configurationMatrix": {"affinity": {"key": "queue_affinity", "value": True}},
            "scopeDirectives": {"applyTo": ["queue"], "enforceHierarchy": True},
        },
    },
    "webhooks": {
        "name": "A",
        "enabled": False,
        "events": [{"eventType": "flow.updated"}],
        "target": {
            "url": f"https://hooks.example.com/a?token={OLD_QUERY}",
            "headers": {"Authorization": OLD_TOKEN, "X-Region": "emea"},
        },
    },
}
#: Kind -> options of the task that changes the object.
CHANGES: dict[str, Wire] = {
    "data_actions": {
        "name": "A",
        "description": "new",
        "rest": {
            "body": "added",
            "headers": {"Accept": "text/plain", "Authorization": NEW_TOKEN, "X-New": "1"},
        },
    },
    "privacy_purposes": {"name": "A", "retention": "30d", "diversion_ids": ["d-2"], "active": False},
    "customobjects": {
        "custom_object_id": "ticket",
        "indexes": [
            {"name": "by_both", "fields": ["status", "priority"]},
            {"name": "by_status", "state": "absent"},
        ],
        "field_optimizations": {"priority": {"cardinality_hint": "high"}, "status": None},
    },
    "flows": {
        "name": "A",
        "routing": {"max_wait_time": 90, "scope": {"type": "org", "id": "o-1"}},
        "configuration_matrix": {"sessions": {"key": "max_concurrent_sessions", "value": 50}},
    },
    "webhooks": {
        "name": "A",
        "events": ["flow.created"],
        "target": {
            "url": f"https://hooks.example.com/b?token={NEW_QUERY}",
            "headers": {"Authorization": NEW_TOKEN},
        },
    },
}
#: Kind -> options of the task that creates an object.
NEW: dict[str, Wire] = {
    "data_actions": {
        "name": "N",
        "rest": {
            "url": "https://crm.example.com/n",
            "method": "GET",
            "headers": {"Authorization": NEW_TOKEN},
        },
    },
    "privacy_purposes": {"name": "N", "description": "n", "retention": "9d", "legal_basis": "consent"},
    "webhooks": {
        "name": "N",
        "enabled": False,
        "events": ["flow.updated"],
        "target": {
            "url": f"https://hooks.example.com/n?token={NEW_QUERY}",
            "headers": {"Authorization": NEW_TOKEN},
        },
    },
}
#: The same tables with the kinds of both APIs.
ALL_STORED = {**STORED, **platform_kinds.STORED}
ALL_CHANGES = {**CHANGES, **platform_kinds.CHANGES}
ALL_NEW = {**NEW, **platform_kinds.NEW}
#: The kinds of which a rollback can create a removed object again.
RECREATED = [kind for kind in ALL_NEW if kind in ALL_STORED]
#: All kinds of each API in the simulator.
KINDS = {"reference": tuple(STORED), "platform": ("integrations", "credentials", "actions")}
_SERVERS = ("id", "etag", "version", "schemaVersion")


@dataclasses.dataclass
class Site:
    """An org with a journal, and the tasks and rollbacks that use both."""

    org: t.Any
    journal: pathlib.Path
    findings: Findings = dataclasses.field(default_factory=Findings)
    undone: list[RollbackOutcome] = dataclasses.field(default_factory=list)
    access_token: str | None = None

    @property
    def connection(self) -> Wire:
        """Return the connection options, with the access token in place of the client if there is one."""
        if self.access_token is None:
            return dict(self.org.connection)
        own = {key: value for key, value in self.org.connection.items() if not key.startswith("client_")}
        return {**own, "access_token": self.access_token}

    def seed(self, *kinds: str) -> None:
        for kind in kinds or tuple(STORED):
            self.org.seed([copy.deepcopy(ALL_STORED[kind])], kind)

    def change(self, kind: str, *, check_mode: bool = False, **options: t.Any) -> Wire:
        """Run one task with the journal in its module."""
        given = {**self.connection, "retries": 0, "journal": str(self.journal), **options}
        return run_module(MODULES[kind], given, check_mode=check_mode)

    def change_all(self, *changes: dict[str, Wire]) -> dict[str, list[Wire]]:
        """Seed objects of every kind and change them with the journal. Return the state before."""
        self.seed()
        before = self.state()
        for of_kinds in changes:
            for kind, options in of_kinds.items():
                self.change(kind, **options, journal_password=PASSWORD)
        return before

    def undo(
        self, password: str | None = None, *, check_mode: bool = False, **given: t.Any
    ) -> dict[str, RollbackOutcome]:
        """Roll back the journal; return the outcome of each object by `kind name`."""
        self.findings = Findings()
        connection = resolve({**self.connection, **given.pop("connection", {})}, {}, self.findings)
        assert connection is not None, self.findings
        options = {"journal": str(self.journal), "journal_password": password, "concurrency": 4, **given}
        organization = {"id": self.org.id, "name": self.org.name}
        profile = connection.api_profile
        with (
            opened_journal(options, self.findings, profile, check_mode=check_mode) as recorded,
            Client(connection) as client,
        ):
            undone = roll_back_journal(
                client,
                connection,
                options,
                recorded,
                organization,
                self.findings,
                check_mode=check_mode,
                secrets=set(),
            )
        self.undone = undone
        return {f"{one.kind} {one.name}": one for one in undone}

    def state(self, *kinds: str) -> dict[str, list[Wire]]:
        """Return the org's objects without ids and without the versions and dates that the server sets."""
        return {
            kind: sorted(
                (
                    {
                        key: value
                        for key, value in platform_kinds.without_volatile(stored).items()
                        if key not in _SERVERS and "date" not in key.lower()
                    }
                    for stored in self.org.objects(kind)
                ),
                key=lambda stored: json.dumps(stored, sort_keys=True),
            )
            for kind in kinds or KINDS[self.org.api]
        }

    def lines(self) -> list[Wire]:
        """Return the journal's lines; raise if one of them is incomplete."""
        return [json.loads(line) for line in self.journal.read_text("utf-8").splitlines()]


@pytest.fixture
def journal(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "journals" / "org.jsonl"


@pytest.fixture
def site(org_of_kind, journal):
    """Return a site of the API of the test's parameter C(kind)."""
    return Site(org_of_kind, journal)


def fail_after_header(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next append to the journal after the header of its run fail on a full disk."""

    def append(file: int, text: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal_file, "append", append)
