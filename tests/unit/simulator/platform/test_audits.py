# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Audit records of the platform: one of every write, and their two queries (N.10)."""

from __future__ import annotations

import datetime

import pytest

from unit.simulator.platform.conftest import TABLES

PATH = "/api/v2/audits/query"
NOW = datetime.datetime.now(datetime.UTC)


def interval(days, until=0.0):
    return "/".join((NOW - datetime.timedelta(days=ago)).isoformat() for ago in (days, until))


def stored(number, days, **fields):
    return {
        "id": f"r{number:03d}",
        "serviceName": "Integrations",
        "entityType": "Action",
        "action": "Update",
        "entity": {"id": "a1"},
        "eventDate": (NOW - datetime.timedelta(days=days)).isoformat(),
        **fields,
    }


def realtime(api, days=13, **given):
    return api.post(f"{PATH}/realtime", json={"interval": interval(days, -1), **given})


def ids(response):
    return [record["id"] for record in response.json()["entities"]]


def test_every_write_has_a_record(platform, platform_org, action, table):
    """Check writes of a data action, its integration, a data table and a row, the oldest first."""
    platform_org.simulator.lag(platform_org.key, "audit_records")
    platform.post(f"{TABLES}/{table.rpartition('/')[2]}/rows", json={"key": "k"})
    platform.delete(action)
    sort = [{"name": "Timestamp", "sortOrder": "ascending"}]
    records = realtime(platform, sort=sort).json()["entities"]
    written = [(one["serviceName"], one["entityType"], one["action"]) for one in records]
    assert written == [
        ("Integrations", "Integration", "Create"),
        ("Integrations", "Action", "Create"),
        ("Datatables", "Schema", "Create"),
        ("Datatables", "Row", "Create"),
        ("Integrations", "Action", "Delete"),
    ]


def test_a_user_has_a_name_only_where_it_is_asked_for(platform, platform_org, action):
    platform_org.simulator.lag(platform_org.key, "audit_records")
    platform_org.edit(action.rpartition("/")[2], {"name": "Theirs"}, "actions")
    (short,) = [one for one in realtime(platform).json()["entities"] if "user" in one]
    body = {"interval": interval(13, -1)}
    whole = platform.post(f"{PATH}/realtime", json=body, params={"expand": "user"}).json()["entities"]
    assert short["user"] == {"id": "somebody-else"} and "client" not in short
    assert [one["user"]["name"] for one in whole if "user" in one] == ["Somebody Else"]


def test_filters_and_pages(platform, platform_org):
    platform_org.simulator.lag(platform_org.key, "audit_records")
    records = [stored(number, number / 100) for number in range(30)]
    records.append(stored(900, 1, entity={"id": "a2"}, action="Delete", client={"id": "c"}))
    platform_org.seed(records, "audit_records")
    assert len(ids(realtime(platform))) == 25
    only = [{"property": "EntityId", "value": "a1"}]
    last = realtime(platform, filters=only, pageNumber=3, pageSize=10).json()
    assert (len(last["entities"]), last["total"], last["pageCount"]) == (10, 30, 3)
    assert ids(realtime(platform, filters=only, pageNumber=4, pageSize=10)) == []
    for name, value in (("Action", "Delete"), ("ClientId", "c")):
        assert ids(realtime(platform, filters=[{"property": name, "value": value}])) == ["r900"]
    assert ids(realtime(platform, serviceName="Datatables")) == []


def test_an_asynchronous_query_ends_after_some_reads(platform, platform_org):
    platform_org.platform(reads_until_audited=1)
    platform_org.simulator.lag(platform_org.key, "audit_records")
    platform_org.seed([stored(number, 20 + number / 100) for number in range(30)], "audit_records")
    body = {"interval": interval(40), "serviceName": "Integrations"}
    started = platform.post(PATH, json=body).json()
    one = f"{PATH}/{started['id']}"
    assert started["state"] == "Queued"
    assert platform.get(f"{one}/results").status_code == 409
    assert [platform.get(one).json()["state"] for _turn in range(2)] == ["Running", "Succeeded"]
    first = platform.get(f"{one}/results", params={"pageSize": 20}).json()
    last = platform.get(f"{one}/results", params={"pageSize": 20, "cursor": first["cursor"]}).json()
    assert [record["id"] for record in first["entities"] + last["entities"]] == [
        f"r{number:03d}" for number in range(30)
    ]
    assert "cursor" not in last


@pytest.mark.parametrize("outcome", ["Failed", "Cancelled"])
def test_an_asynchronous_query_can_fail(platform, platform_org, outcome):
    platform_org.platform(audit_query_outcome=outcome)
    started = platform.post(PATH, json={"interval": interval(40), "serviceName": "Integrations"}).json()
    assert platform.get(f"{PATH}/{started['id']}").json()["state"] == outcome


def test_some_services_are_in_the_asynchronous_query_alone(platform, platform_org):
    platform_org.platform(realtime_audits="without_integrations")
    realtime_services, every = (
        {one["name"] for one in platform.get(f"{PATH}{part}/servicemapping").json()["services"]}
        for part in ("/realtime", "")
    )
    assert every - realtime_services == {"Integrations"}
    assert realtime(platform, serviceName="Integrations").status_code == 400


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/realtime", {}, "interval"),
        ("/realtime", {"interval": "yesterday"}, "interval"),
        ("/realtime", {"interval": interval(1, 2)}, "interval"),
        ("/realtime", {"interval": interval(15)}, "interval"),
        ("/realtime", {"interval": interval(1), "serviceName": "Nothing"}, "serviceName"),
        ("/realtime", {"interval": interval(1), "pageSize": 101}, "pageSize"),
        ("/realtime", {"interval": interval(1), "filters": [{"property": "Name", "value": "A"}]}, None),
        ("", {"interval": interval(40)}, "serviceName"),
    ],
)
def test_queries_that_are_refused(platform, path, body, field):
    answer = platform.post(f"{PATH}{path}", json=body)
    assert answer.status_code == 400
    (detail,) = answer.json()["details"]
    assert field in (None, detail["fieldName"])


def test_an_asynchronous_query_may_do_without_a_service(platform, platform_org):
    platform_org.platform(audit_query_without_service="served")
    assert platform.post(PATH, json={"interval": interval(40)}).json()["state"] == "Queued"
