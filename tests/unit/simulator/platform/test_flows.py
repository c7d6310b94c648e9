# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flows, their log levels and the org's switch for execution data."""

from __future__ import annotations

import pytest

FLOWS = "/api/v2/flows"
LEVELS = f"{FLOWS}/instances/settings/loglevels"
EXPAND = {"expand": "name,type,logLevelCharacteristics.characteristics"}
NEWER, OLDER = "/api/v2/settings/executiondata", f"{FLOWS}/instances/settings/executiondata"


def level(name, **characteristics):
    given = {"characteristics": characteristics} if characteristics else {}
    return {"logLevelCharacteristics": {"level": name, **given}}


@pytest.fixture
def flows(platform_org):
    """Return the ids of flows of two types and two divisions, of which one is deleted."""
    seeded = platform_org.seed(
        [
            {"name": "Main"},
            {"name": "Main", "type": "BOT", "description": "Answers"},
            {"name": "Main night", "division": {"id": "night", "name": "Night"}},
            {"name": "Gone", "deleted": True},
        ],
        "flows",
    )
    return [one["id"] for one in seeded]


@pytest.fixture
def path(flows):
    return f"{FLOWS}/{flows[0]}/instances/settings/loglevels"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [0, 1, 2]),
        ("deleted=true", [0, 1, 2, 3]),
        ("type=inboundcall", [0, 2]),
        ("type=BOT,workflow", [1]),
        ("type=bot&type=inboundcall&name=night", [2]),
        ("name=main", [0, 1, 2]),
        ("nameOrDescription=answers", [1]),
        ("divisionId=night", [2]),
        ("type=", [0, 1, 2]),
    ],
)
def test_filters_of_flows(platform, flows, query, found):
    listed = platform.get(f"{FLOWS}?{query}").json()
    assert {one["id"] for one in listed["entities"]} == {flows[index] for index in found}
    assert listed["total"] == len(found)


def test_with_ids_all_other_filters_are_ignored(platform, flows):
    listed = platform.get(FLOWS, params={"id": ",".join(flows[2:]), "type": "bot"}).json()["entities"]
    assert {one["id"] for one in listed} == set(flows[2:])


def test_types_are_in_upper_case_in_flows_and_in_lower_case_in_log_levels(platform, flows, path):
    flow = platform.get(f"{FLOWS}/{flows[0]}").json()
    assert (flow["type"], flow["division"]["name"]) == ("INBOUNDCALL", "Home")
    assert platform.post(path, params=EXPAND, json=level("Base")).json()["type"] == "inboundcall"


def test_a_deleted_flow_is_410(platform, flows):
    gone = f"{FLOWS}/{flows[3]}"
    assert platform.get(gone).json()["code"] == "architect.flow.deleted"
    assert platform.get(gone, params={"deleted": "true"}).json()["deleted"] is True
    assert platform.get(f"{gone}/instances/settings/loglevels").status_code == 410
    assert platform.get(f"{FLOWS}/none/instances/settings/loglevels").status_code == 404


def test_a_log_level_lives_at_its_flow(platform, flows, path):
    assert platform.get(path).status_code == 404
    assert platform.put(path, json=level("Notes")).status_code == 404
    created = platform.post(path, json=level("Notes")).json()
    assert (created["id"], created["logLevelCharacteristics"]) == (flows[0], {"level": "Notes"})
    whole = platform.get(path, params=EXPAND).json()
    assert (whole["name"], "dateModified" in whole) == ("Main", True)
    shown = whole["logLevelCharacteristics"]["characteristics"]
    assert (shown["variables"], shown["communications"], len(shown)) == (True, False, 8)
    listed = platform.get(LEVELS, params={"pageSize": 200, **EXPAND}).json()
    assert (listed["total"], listed["entities"]) == (1, [whole])
    assert platform.get(LEVELS, params={"pageSize": 201}).status_code == 400
    assert platform.delete(path).status_code == 204
    assert [platform.get(path).status_code, platform.delete(path).status_code] == [404, 404]


def test_characteristics_are_those_of_the_level_and_of_the_body(platform, path):
    platform.post(path, json=level("All", communications=False))

    def shown(body):
        answer = platform.put(path, params=EXPAND, json=body).json()
        return answer["logLevelCharacteristics"]["characteristics"]

    assert shown(level("All", names=False))["communications"] is True
    assert shown(level("Base"))["names"] is False


def test_characteristics_that_a_put_lacks_may_stay(platform, platform_org, path):
    platform_org.platform(unset_characteristics="kept")
    platform.post(path, json=level("All", communications=False))
    answer = platform.put(path, params=EXPAND, json=level("All", names=False)).json()
    assert answer["logLevelCharacteristics"]["characteristics"]["communications"] is False


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"logLevelCharacteristics": {}},
        level("Loud"),
        level("Unknown"),
        level("Base", variables=True),
        level("All", executionItems=False, executionInputOutputs=True),
        level("All", names="yes"),
    ],
)
def test_a_wrong_level_is_400(client, platform_org, path, body):
    assert client(platform_org, checked=False).post(path, json=body).status_code == 400
    assert platform_org.objects("flow_log_levels") == []


@pytest.mark.parametrize(("answer", "status"), [("refused", 409), ("replaced", 200)])
def test_a_post_where_a_level_exists(platform, platform_org, path, answer, status):
    platform_org.platform(existing_log_level=answer)
    platform.post(path, json=level("Notes"))
    assert platform.post(path, json=level("All")).status_code == status
    (stored,) = platform_org.objects("flow_log_levels")
    assert stored["logLevelCharacteristics"]["level"] == ("All" if status == 200 else "Notes")


def test_the_default_is_reset_to_base(platform):
    default = f"{LEVELS}/default"
    assert platform.get(default).json()["logLevelCharacteristics"] == {"level": "Base"}
    assert "name" not in platform.put(default, params=EXPAND, json=level("All")).json()
    assert platform.get(default).json()["logLevelCharacteristics"] == {"level": "All"}
    assert platform.delete(default).status_code == 204
    assert platform.get(default).json()["logLevelCharacteristics"] == {"level": "Base"}
    assert platform.get(LEVELS).json()["total"] == 0


def test_definitions_name_all_levels(platform):
    answer = platform.get(f"{LEVELS}/characteristics").json()
    levels = {one["level"]: one["characteristics"] for one in answer["logLevels"]}
    assert list(levels) == ["Disabled", "Base", "Notes", "VerboseNotes", "All"]
    assert (set(levels["Disabled"].values()), set(levels["All"].values())) == ({False}, {True})
    assert {one["id"] for one in answer["characteristics"]} == set(levels["All"])


def test_log_levels_lag_like_all_objects(platform, platform_org, path):
    platform_org.platform(reads_until_found=1, lists_until_found=1, reads_until_gone=1)
    platform.post(path, json=level("Notes"))
    assert [platform.get(path).status_code for _turn in range(2)] == [404, 200]
    assert [platform.get(LEVELS).json()["total"] for _turn in range(2)] == [0, 1]
    platform.delete(path)
    assert [platform.get(path).status_code for _turn in range(2)] == [200, 404]


@pytest.mark.parametrize(("switches", "older"), [("one", True), ("two", False)])
def test_execution_data_has_two_paths(platform, platform_org, switches, older):
    platform_org.platform(execution_data_switches=switches)
    assert platform.get(NEWER).json()["enabled"] is False
    assert platform.patch(NEWER, json={"enabled": True}).json()["enabled"] is True
    assert platform.get(NEWER).json()["enabled"] is True
    assert platform.get(OLDER).json()["enabled"] is older


def test_an_org_may_lack_the_newer_path(platform, platform_org):
    platform_org.platform(newer_execution_data="missing")
    assert platform.get(NEWER).status_code == 404
    assert platform.patch(NEWER, json={"enabled": True}).status_code == 404
    assert platform.patch(OLDER, json={"enabled": True}).json()["enabled"] is True


def test_a_switch_needs_a_boolean(client, platform_org):
    connection = client(platform_org, checked=False)
    assert connection.patch(NEWER, json={"enabled": "true"}).status_code == 400
    assert connection.patch(OLDER, json={}).status_code == 400
