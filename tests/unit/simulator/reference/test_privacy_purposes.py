# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Privacy purposes: pages, full replacement and the checks of a body."""

from __future__ import annotations

import pytest

from unit.simulator.reference.error_details import field_errors

PATH = "/api/v2/privacy/purposes"
PURPOSE = {"name": "Support analytics", "retentionPeriod": "180d", "legalBasis": "consent"}


def test_create_fills_in_defaults_and_what_the_server_owns(api):
    created = api.post(PATH, json={**PURPOSE, "id": "mine", "createdDate": "never"})
    stored = created.json()
    assert {key: stored[key] for key in ("description", "isActive", "diversionIds")} == {
        "description": "",
        "isActive": True,
        "diversionIds": [],
    }
    assert stored["id"] != "mine" and stored["createdDate"] == stored["modifiedDate"] != "never"
    assert "ETag" not in created.headers
    assert api.get(f"{PATH}/{stored['id']}").json() == stored


def test_names_are_not_unique(api):
    assert [api.post(PATH, json=PURPOSE).status_code for _turn in range(2)] == [200, 200]


def test_put_replaces_all(api, org):
    (stored,) = org.seed(
        [{**PURPOSE, "description": "d", "diversionIds": ["a"], "colour": "red"}], "privacy_purposes"
    )
    url = f"{PATH}/{stored['id']}"
    kept = api.put(url, json={**stored, "isActive": False}).json()
    assert kept["colour"] == "red" and kept["diversionIds"] == ["a"] and kept["isActive"] is False
    after = api.put(url, json={**PURPOSE, "name": "Renamed"}).json()
    assert set(after) == {"id", "name", "retentionPeriod", "legalBasis", "createdDate", "modifiedDate"}
    assert after["id"] == stored["id"] and after["createdDate"] == stored["createdDate"]


def test_delete(api, org):
    stored = api.post(PATH, json=PURPOSE).json()
    assert api.delete(f"{PATH}/{stored['id']}").status_code == 204
    assert api.delete(f"{PATH}/{stored['id']}").status_code == 404
    assert api.put(f"{PATH}/{stored['id']}", json=PURPOSE).status_code == 404
    assert org.objects("privacy_purposes") == []


def test_pages(api, org):
    org.seed([{**PURPOSE, "name": f"P{number:03d}"} for number in range(101)], "privacy_purposes")
    last = api.get(PATH, params={"pageSize": 100, "pageNumber": 2}).json()
    assert [purpose["name"] for purpose in last["entities"]] == ["P100"]
    assert (last["pageCount"], last["total"]) == (2, 101)


@pytest.mark.parametrize("period", ["1d", "180d", "999d", "P180D"])
def test_periods_are_kept_as_they_were_sent(api, period):
    assert api.post(PATH, json={**PURPOSE, "retentionPeriod": period}).json()["retentionPeriod"] == period


@pytest.mark.parametrize("period", ["180", "0d", "P6M", "d", "1.5d", " 1d", "180D", "P1D\n"])
def test_periods_that_are_no_days(api, period):
    answer = api.post(PATH, json={**PURPOSE, "retentionPeriod": period})
    assert (answer.status_code, field_errors(answer)) == (400, [("retentionPeriod", "value.invalid")])


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"retentionPeriod": 180}, [("retentionPeriod", "type.invalid")]),
        ({"legalBasis": "Consent"}, [("legalBasis", "value.invalid")]),
        (
            {"isActive": "true", "description": None},
            [("isActive", "type.invalid"), ("description", "type.invalid")],
        ),
        ({"diversionIds": ["a", 1]}, [("diversionIds[1]", "type.invalid")]),
        ({"version": 1}, [("version", "field.unknown")]),
    ],
)
def test_bodies_that_are_refused(api, org, changed, faults):
    answer = api.post(PATH, json={**PURPOSE, **changed})
    assert (answer.status_code, field_errors(answer)) == (400, faults)
    assert field_errors(api.post(PATH, json={})) == [(field, "required") for field in PURPOSE]
    assert org.objects("privacy_purposes") == []


def test_scopes(client, org):
    reader = client(org, scopes=["privacy:purpose:read"])
    assert reader.get(PATH).status_code == 200
    assert reader.post(PATH, json=PURPOSE).json()["messageParams"] == {"scopes": ["privacy:purpose:write"]}
