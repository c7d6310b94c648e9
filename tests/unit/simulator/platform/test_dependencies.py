# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who uses what: dependency tracking and the connections of integrations, credentials and actions."""

from __future__ import annotations

import pytest

from .conftest import ACTIONS

CONSUMING = "/api/v2/architect/dependencytracking/consumingresources"


def connections(platform, kind, object_id, direction):
    answer = platform.get(f"/api/v2/dependencies/type/{kind}/id/{object_id}/connections/{direction}")
    assert answer.status_code == 200, answer.text
    return [(one["entityType"], one["entityId"]) for one in answer.json()["entities"]]


@pytest.mark.parametrize("secure", [False, True])
def test_a_secure_action_has_a_type_of_its_own(platform, platform_org, action_body, secure):
    created = platform.post(ACTIONS, json={**action_body, "secure": secure}).json()["id"]
    versions = [{"flowId": "f1", "name": "Main", "type": "WORKFLOW", "version": str(n)} for n in (1, 2)]
    platform_org.seed([{**one, "resourceId": created} for one in versions], "consumers")
    for object_type in ("DATAACTION", "SECUREACTION"):
        page = platform.get(CONSUMING, params={"id": created, "objectType": object_type}).json()
        rows = [(one["id"], one["version"]) for one in page["entities"]]
        right = (object_type == "SECUREACTION") == secure
        assert rows == ([("f1", "1"), ("f1", "2")] if right else [])
    other = {
        "id": created,
        "objectType": "SECUREACTION" if secure else "DATAACTION",
        "resourceType": "BOTFLOW",
    }
    assert platform.get(CONSUMING, params=other).json()["total"] == 0
    assert platform.get(CONSUMING, params={"id": created}).status_code == 400


@pytest.mark.parametrize("status", ["OPERATIONAL", "BUILDINPROGRESS"])
def test_the_state_of_the_tracking_data(platform, platform_org, status):
    platform_org.platform(tracking_build=status)
    assert platform.get("/api/v2/architect/dependencytracking/build").json()["status"] == status


def test_connections_link_three_kinds(platform, new_integration, new_credential, action_body):
    credential = new_credential()
    integration = new_integration(credentials={"basicAuth": {"id": credential}})
    created = platform.post(ACTIONS, json={**action_body, "integrationId": integration}).json()["id"]
    assert connections(platform, "Integration", integration, "requires") == [("Credential", credential)]
    assert connections(platform, "Integration", integration, "requiredby") == [("DataAction", created)]
    assert connections(platform, "Credential", credential, "requiredby") == [("Integration", integration)]
    counts = f"/api/v2/dependencies/type/Credential/id/{credential}/connections/requiredbycounts"
    assert platform.get(counts).json() == {"estimatedCount": 1}
    assert platform.get(counts.replace("Credential", "Flow")).status_code == 400
    assert platform.get(counts.replace(credential, "none")).status_code == 404


def test_connections_come_by_a_compound_cursor(platform, action_body):
    created = sorted(platform.post(ACTIONS, json=action_body).json()["id"] for _turn in range(3))
    uri = f"/api/v2/dependencies/type/Integration/id/{action_body['integrationId']}/connections/requiredby"
    first = platform.get(uri, params={"pageSize": 2}).json()
    assert "afterSourceType=DataAction" in first["nextUri"]
    second = platform.get(first["nextUri"]).json()
    assert [one["entityId"] for page in (first, second) for one in page["entities"]] == created
    assert "nextUri" not in second
