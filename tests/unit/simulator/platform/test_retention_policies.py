# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Media retention policies of the simulator, and the objects that they name."""

from __future__ import annotations

import pytest

from unit.platform.retention_policies import seed_names

PATH = "/api/v2/recording/mediaretentionpolicies"


@pytest.fixture
def names(platform_org):
    return seed_names(platform_org)


def test_a_policy_is_created_read_changed_and_deleted(platform, names):
    body = {
        "name": "P",
        "conditions": {"forQueues": [{"id": names["queue"], "name": "Other"}], "directions": ["INBOUND"]},
        "mediaPolicies": {"callPolicy": {"conditions": {"languages": [{"id": names["language"]}]}}},
    }
    created = platform.post(PATH, json=body).json()
    path = f"{PATH}/{created['id']}"
    assert platform.get(path).json() == created
    assert created["conditions"]["forQueues"][0]["name"] == "Sales"  # the whole object, by its id alone
    assert created["actions"] == {"retainRecording": True, "deleteRecording": False, "alwaysDelete": False}
    replaced = platform.put(path, json={"name": "P", "enabled": True}).json()
    assert (replaced["enabled"], replaced.get("conditions"), replaced["order"]) == (True, None, 0)
    assert replaced["createdDate"] == created["createdDate"]
    assert platform.delete(path).status_code == 200
    assert platform.get(path).status_code == 404


def test_a_patch_changes_only_the_state(platform, names):
    path = f"{PATH}/{platform.post(PATH, json={'name': 'P', 'order': 3}).json()['id']}"
    changed = platform.patch(path, json={"enabled": True}).json()
    assert (changed["enabled"], changed["order"], changed["name"]) == (True, 3, "P")


def test_a_put_keeps_fields_that_came_later(client, platform_org):
    connection = client(platform_org, checked=False)
    path = f"{PATH}/{connection.post(PATH, json={'name': 'P'}).json()['id']}"
    conditions = {"sentiment": {"below": -20}}
    assert (
        connection.put(path, json={"name": "P", "conditions": conditions}).json()["conditions"] == conditions
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["On", "Off", "Broken"]),
        ("?enabled=true", ["On"]),
        ("?enabled=false", ["Off", "Broken"]),
        ("?hasErrors=false", ["On", "Off"]),
        ("?hasErrors=true", ["Broken"]),
        ("?name=off", ["Off"]),
        ("?deleteDaysThreshold=29", ["Off"]),
        ("?deleteDaysThreshold=30", []),
    ],
)
def test_a_parameter_filters_if_it_is_present(platform, query, found):
    """A boolean filters also with the value false."""
    days = {"retentionDuration": {"deleteRetention": {"days": 30}}}
    platform.post(PATH, json={"name": "On", "enabled": True})
    platform.post(PATH, json={"name": "Off", "mediaPolicies": {"chatPolicy": {"actions": days}}})
    platform.post(PATH, json={"name": "Broken", "conditions": {"teams": [{"id": "gone"}]}})
    assert [one["name"] for one in platform.get(f"{PATH}{query}").json()["entities"]] == found


def test_a_summary_has_no_details(platform):
    platform.post(PATH, json={"name": "P"})
    (whole,), (short,) = (
        platform.get(f"{PATH}{query}").json()["entities"] for query in ("", "?summary=true")
    )
    assert whole.keys() - short.keys() == {"actions"}


def test_an_object_that_does_not_exist_is_an_error_of_the_policy(platform):
    created = platform.post(PATH, json={"name": "P", "conditions": {"teams": [{"id": "gone"}]}}).json()
    (message,) = created["policyErrors"]["policyErrorMessages"]
    assert (message["statusCode"], message["errorCode"]) == (404, "not.found")


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"conditions": {"directions": ["BOTH"]}},
        {"conditions": {"timeAllowed": {"timeSlots": [{"startTime": "8:00", "stopTime": "9:00", "day": 1}]}}},
        {"conditions": {"forUsers": [{}]}},
        {"actions": {"retentionDuration": {"deleteRetention": {"days": 0}}}},
        {"actions": {"assignSurveys": [{}]}},
        {"actions": {"integrationExport": {}}},
    ],
)
def test_an_invalid_policy_is_400(client, platform_org, change):
    connection = client(platform_org, checked=False)
    assert connection.post(PATH, json={"name": "P", **change}).status_code == 400


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/api/v2/routing/queues?name=sales", ["Sales"]),
        ("/api/v2/routing/queues?name=sal", []),
        ("/api/v2/routing/queues?name=s*", ["Sales", "Service"]),
        ("/api/v2/routing/wrapupcodes?name=solv", ["Solved"]),
        ("/api/v2/routing/languages", ["English"]),
        ("/api/v2/teams?name=nor", ["North"]),
        ("/api/v2/teams?name=orth", []),
        ("/api/v2/quality/publishedforms/evaluations", ["Quality", "Quality"]),
        ("/api/v2/quality/publishedforms/evaluations?onlyLatestPerContext=true", ["Quality"]),
        ("/api/v2/quality/publishedforms/surveys?name=happy", ["Happy"]),
    ],
)
def test_objects_that_policies_name_are_found(platform, platform_org, names, path, found):
    platform_org.seed([{"name": "Quality", "contextId": "context-of-quality"}], "evaluation_forms")
    assert [one["name"] for one in platform.get(path).json()["entities"]] == found


@pytest.mark.parametrize(("field", "value"), [("name", "anna"), ("email", "ANNA@example.com")])
def test_users_are_searched_by_exact_values(platform, names, field, value):
    query = {"query": [{"type": "EXACT", "fields": [field], "value": value}]}
    answer = platform.post("/api/v2/users/search", json=query).json()
    assert ([one["id"] for one in answer["results"]], answer["total"]) == ([names["user"]], 1)
    query["query"][0]["value"] = value[:3]
    assert platform.post("/api/v2/users/search", json=query).json()["results"] == []
