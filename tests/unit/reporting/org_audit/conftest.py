# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sample audit records and runners of the modules that read them, for both APIs."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from unit.module_runner import run_module
from unit.platform_kinds import TYPE

RECORDS = "audit_records"
QUERY = "/api/v2/audit/records/query"
REST = {"url": "https://crm.example.com", "method": "GET"}


def stored_record(**fields: t.Any) -> dict[str, t.Any]:
    return {
        "actorId": "somebody",
        "operation": "UPDATE",
        "status": "SUCCESS",
        "eventType": "data.action.updated",
        "entityId": "a1",
        "timestamp": "2026-01-20T14:22:00.000Z",
        **fields,
    }


@pytest.fixture
def audit(org):
    """Return a runner of genesys_audit_info on the test's org; without a lag, records appear at once."""
    org.simulator.lag(org.key, RECORDS)

    def run(**options: t.Any) -> dict[str, t.Any]:
        return run_module("genesys_audit_info", {**org.connection, **options})

    return run


@dataclasses.dataclass(frozen=True)
class Audited:
    """A kind whose changes an API records: its module and object A, the query, the scopes without it."""

    api: str
    module: str
    kind: str
    options: dict[str, t.Any]
    text: str
    path: str
    query: str
    scope: str
    scopes: tuple[str, ...]
    events: tuple[str, ...]

    def record(self, identifier: str, entity_id: str, actor: str | None) -> dict[str, t.Any]:
        """Return a record of an update as the API shows it."""
        if self.api == "reference":
            return stored_record(id=identifier, entityId=entity_id, actorId=actor)
        return {
            "id": identifier,
            "client": {"id": actor},
            "serviceName": "Integrations",
            "entityType": "Integration",
            "action": "Update",
            "entity": {"id": entity_id},
            "eventDate": "2026-01-20T14:22:00.000Z",
        }


AUDITED = {
    "reference": Audited(
        api="reference",
        module="genesys_data_action",
        kind="data_actions",
        options={"name": "A", "rest": REST},
        text="description",
        path="/api/v2/architect/data-actions",
        query=QUERY,
        scope="audit:read",
        scopes=("organization:read", "data:actions:read", "data:actions:write"),
        events=tuple(f"data.action.{change}" for change in ("created", "updated", "updated", "deleted")),
    ),
    "platform": Audited(
        api="platform",
        module="genesys_integration",
        kind="integrations",
        options={"name": "A", "type": TYPE, "api_profile": "platform"},
        text="notes",
        path="/api/v2/integrations",
        query="/api/v2/audits/query/realtime",
        scope="audits:audit:view",
        scopes=tuple(f"integrations:integration:{verb}" for verb in ("view", "add", "edit", "delete")),
        events=tuple(f"Integrations.Integration.{verb}" for verb in ("Create", "Update", "Update", "Delete")),
    ),
}


@pytest.fixture(params=sorted(AUDITED))
def audited(request) -> Audited:
    return AUDITED[request.param]


@pytest.fixture
def site(audited, new_org):
    """Return an org of the API of C(audited)."""
    return new_org(api=audited.api)


@pytest.fixture
def change(audited, site):
    """Return a runner of the module of C(audited) for its object A, with verify_audit.

    C(text) is the option of the object's description.
    """

    def run(*, check_mode: bool = False, text: t.Any = None, **options: t.Any) -> dict[str, t.Any]:
        texts = {} if text is None else {audited.text: text}
        arguments = {**site.connection, **audited.options, "verify_audit": True, **texts, **options}
        return run_module(audited.module, arguments, check_mode=check_mode)

    return run
