# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Eventual consistency, counted in requests: every switch, and the lags in seconds."""

from __future__ import annotations

import pytest

from .conftest import ACTIONS, CREDENTIALS, INTEGRATIONS

NEW = {"integrationType": {"id": "custom-rest-actions"}}


def statuses(connection, path, times):
    return [connection.get(path).status_code for _turn in range(times)]


@pytest.mark.parametrize("status", [404, 408, 410])
def test_a_new_object_is_not_found_at_first(client, platform_org, status):
    platform_org.platform(reads_until_found=2, not_yet_status=status)
    connection = client(platform_org)
    path = f"{INTEGRATIONS}/{connection.post(INTEGRATIONS, json=NEW).json()['id']}"
    assert statuses(connection, path, 4) == [status, status, 200, 200]


def test_an_update_shows_later(platform, platform_org, new_credential):
    credential = new_credential("userDefined", a="1")
    platform_org.platform(reads_until_updated=1)
    path = f"{CREDENTIALS}/{credential}"
    platform.put(path, json={"name": "renamed", "type": {"name": "userDefined"}})
    assert [platform.get(path).json()["name"] for _turn in range(2)] == ["crm", "renamed"]


def test_a_deleted_object_lingers(platform, platform_org, new_integration):
    path = f"{INTEGRATIONS}/{new_integration()}"
    platform_org.platform(reads_until_gone=2)
    platform.delete(path)
    assert statuses(platform, path, 3) == [200, 200, 404]
    assert platform.delete(path).status_code == 404


def test_a_new_object_is_listed_later(platform, platform_org):
    platform_org.platform(lists_until_found=1)
    platform.post(INTEGRATIONS, json=NEW)
    assert [platform.get(INTEGRATIONS).json()["total"] for _turn in range(2)] == [0, 1]


def test_a_new_integration_is_not_known_to_actions_yet(platform, platform_org, action_body):
    platform_org.platform(tries_until_known=2)
    body = {**action_body, "integrationId": platform.post(INTEGRATIONS, json=NEW).json()["id"]}
    answers = [platform.post(ACTIONS, json=body).status_code for _turn in range(3)]
    assert answers == [400, 400, 200]
    assert len(platform_org.objects("actions")) == 1


def test_a_new_credential_is_not_known_to_a_configuration_yet(platform, platform_org, new_integration):
    path = f"{INTEGRATIONS}/{new_integration()}/config/current"
    platform_org.platform(tries_until_known=1)
    credential = platform.post(CREDENTIALS, json={"type": {"name": "userDefined"}}).json()["id"]
    config = {**platform.get(path).json(), "credentials": {"basicAuth": {"id": credential}}}
    assert [platform.put(path, json=config).status_code for _turn in range(2)] == [400, 200]


def test_lags_in_seconds_hold_for_the_platform_too(platform, platform_org):
    platform_org.simulator.lag(platform_org.key, "integrations", lists=3600, reads=3600)
    path = f"{INTEGRATIONS}/{platform.post(INTEGRATIONS, json=NEW).json()['id']}"
    assert platform.get(path).status_code == 404
    assert platform.get(INTEGRATIONS).json()["total"] == 0
    platform_org.simulator.lag(platform_org.key, "integrations")
    assert platform.get(path).status_code == 200
