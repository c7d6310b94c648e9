# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sample audit records and runners of the modules that read them."""

from __future__ import annotations

import typing as t

import pytest

from unit.module_runner import run_module

RECORDS = "audit_records"
QUERY = "/api/v2/audit/records/query"


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


@pytest.fixture
def action(org):
    """Return a runner of genesys_data_action on the test's org, with verify_audit."""

    def run(*, check_mode: bool = False, **options: t.Any) -> dict[str, t.Any]:
        rest = {"url": "https://crm.example.com", "method": "GET"}
        arguments = {**org.connection, "name": "A", "rest": rest, "verify_audit": True, **options}
        return run_module("genesys_data_action", arguments, check_mode=check_mode)

    return run
