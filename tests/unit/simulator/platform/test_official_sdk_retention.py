# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's Python SDK reads and writes the settings of retention, and the objects that they name."""

from __future__ import annotations

import pytest

from unit.official_sdk import IN_ONE_PROCESS, sdk
from unit.platform.retention_policies import seed_names

__all__ = ["sdk"]
pytestmark = IN_ONE_PROCESS


@pytest.fixture
def client(sdk, platform_org):
    connection = sdk.api_client.ApiClient(host=platform_org.base_url)
    connection.get_client_credentials_token(platform_org.client_id, platform_org.client_secret)
    return connection


def model(sdk, of_class, /, **fields):
    made = getattr(sdk, of_class)()
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def test_the_sdk_manages_retention_policies(sdk, client, platform_org):
    names, recording = seed_names(platform_org), sdk.RecordingApi(client)
    slot = model(sdk, "TimeSlot", start_time="08:00:00.000", stop_time="18:00:00.000", day=1)
    conditions = model(
        sdk,
        "PolicyConditions",
        for_queues=[model(sdk, "Queue", id=names["queue"])],
        directions=["INBOUND"],
        time_allowed=model(sdk, "TimeAllowed", time_slots=[slot], time_zone_id="UTC", empty=False),
    )
    delete = model(sdk, "DeleteRetention", days=90)
    durations = model(sdk, "RetentionDuration", delete_retention=delete)
    actions = model(sdk, "PolicyActions", retain_recording=True, retention_duration=durations)
    body = model(sdk, "PolicyCreate", name="P", order=2, conditions=conditions, actions=actions)
    created = recording.post_recording_mediaretentionpolicies(body)
    read = recording.get_recording_mediaretentionpolicy(created.id)
    assert (read.name, read.order, read.conditions.for_queues[0].name) == ("P", 2, "Sales")
    assert read.conditions.time_allowed.time_slots[0].stop_time == "18:00:00.000"
    assert read.actions.retention_duration.delete_retention.days == 90
    read.description, read.order = "new", 5
    changed = recording.put_recording_mediaretentionpolicy(created.id, body=read)
    assert (changed.description, changed.order, changed.conditions.directions) == ("new", 5, ["INBOUND"])
    state = model(sdk, "PolicyUpdate", enabled=True)
    assert recording.patch_recording_mediaretentionpolicy(created.id, state).enabled is True
    assert [one.name for one in recording.get_recording_mediaretentionpolicies().entities] == ["P"]
    assert recording.get_recording_mediaretentionpolicies(enabled=False).entities == []
    assert recording.get_recording_mediaretentionpolicies(delete_days_threshold=89).total == 1
    recording.delete_recording_mediaretentionpolicy(created.id)
    with pytest.raises(sdk.rest.ApiException):
        recording.get_recording_mediaretentionpolicy(created.id)


def test_the_sdk_finds_the_objects_that_policies_name(sdk, client, platform_org):
    names = seed_names(platform_org)
    routing, quality = sdk.RoutingApi(client), sdk.QualityApi(client)
    assert routing.get_routing_queues(name="Sales").entities[0].id == names["queue"]
    assert routing.get_routing_wrapupcodes().entities[0].id == names["code"]
    assert routing.get_routing_languages().entities[0].id == names["language"]
    assert sdk.TeamsApi(client).get_teams(name="North").entities[0].id == names["team"]
    criterion = model(sdk, "UserSearchCriteria", type="EXACT", fields=["email"], value="anna@example.com")
    request = model(sdk, "UserSearchRequest", query=[criterion], page_size=25)
    assert sdk.UsersApi(client).post_users_search(request).results[0].id == names["user"]
    forms = quality.get_quality_publishedforms_evaluations(only_latest_per_context=True).entities
    assert [one.id for one in forms] == [names["evaluation form"]]
    surveys = quality.get_quality_publishedforms_surveys().entities
    assert [one.context_id for one in surveys] == ["context-of-happy"]


def test_the_sdk_sets_the_retention_of_analytics_data(sdk, client, platform_org):
    analytics = sdk.AnalyticsApi(client)
    assert analytics.get_analytics_dataretention_settings().retention_days is None
    body = model(sdk, "UpdateAnalyticsDataRetentionRequest", retention_days=400)
    changed = analytics.put_analytics_dataretention_settings(body)
    assert (changed.retention_days, changed.date_created) == (400, changed.date_modified)
    assert analytics.get_analytics_dataretention_settings().retention_days == 400
    platform_org.platform(longest_recording=500)
    with pytest.raises(sdk.rest.ApiException) as refused:
        analytics.put_analytics_dataretention_settings(body)
    assert refused.value.status == 409
