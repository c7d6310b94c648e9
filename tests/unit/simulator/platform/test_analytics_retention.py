# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The retention of analytics data of the simulator."""

from __future__ import annotations

import pytest

PATH = "/api/v2/analytics/dataretention/settings"
POLICIES = "/api/v2/recording/mediaretentionpolicies"


def test_the_retention_is_unset_at_first_and_can_be_changed(platform):
    assert platform.get(PATH).json() == {}
    first = platform.put(PATH, json={"retentionDays": 400}).json()
    assert first["retentionDays"] == 400 and platform.get(PATH).json() == first
    lower = platform.put(PATH, json={"retentionDays": 90}).json()
    assert (lower["retentionDays"], lower["dateCreated"]) == (90, first["dateCreated"])


@pytest.mark.parametrize(
    "body", [{}, {"retentionDays": None}, {"retentionDays": 89}, {"retentionDays": 1828}]
)
def test_an_invalid_retention_is_400(client, platform_org, body):
    assert client(platform_org, checked=False).put(PATH, json=body).status_code == 400


def test_a_policy_or_a_recording_stands_in_the_way(platform, platform_org):
    days = {"retentionDuration": {"deleteRetention": {"days": 300}}}
    platform.post(POLICIES, json={"name": "P", "mediaPolicies": {"emailPolicy": {"actions": days}}})
    assert platform.put(PATH, json={"retentionDays": 299}).status_code == 409
    assert platform.put(PATH, json={"retentionDays": 300}).status_code == 200
    platform_org.platform(longest_recording=301)
    assert platform.put(PATH, json={"retentionDays": 300}).status_code == 409
