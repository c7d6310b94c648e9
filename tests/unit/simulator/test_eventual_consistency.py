# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists and reads that show writes after a lag."""

from __future__ import annotations

import time

import pytest

from simulator.control import ControlError

PATH = "/api/v2/architect/data-actions"


def body(name, **changed):
    return {"name": name, "type": "rest", **changed}


def listed(api):
    return [(action["name"], action["version"]) for action in api.get(PATH).json()["entities"]]


def test_a_list_is_behind_creates_updates_and_deletes(api, org, simulator):
    removed, changed, _kept = org.seed([body("removed"), body("changed"), body("kept")])
    simulator.lag(org.key, "data_actions", lists=60)
    api.put(f"{PATH}/{changed['id']}", json=body("changed", description="new"), headers={"If-Match": "*"})
    api.delete(f"{PATH}/{removed['id']}")
    api.post(PATH, json=body("created"))
    assert listed(api) == [("removed", 1), ("changed", 1), ("kept", 1)]
    assert api.get(f"{PATH}/{changed['id']}").json()["version"] == 2
    assert api.get(f"{PATH}/{removed['id']}").status_code == 404
    simulator.lag(org.key, "data_actions", lists=0.1)
    time.sleep(0.1)
    assert listed(api) == [("changed", 2), ("kept", 1), ("created", 1)]


def test_reads_by_id_can_be_behind_while_writes_are_judged_by_the_truth(api, org, simulator):
    (stored,) = org.seed([body("A")])
    simulator.lag(org.key, "data_actions", reads=60)
    url = f"{PATH}/{stored['id']}"
    after = api.put(url, json=body("A", description="new"), headers={"If-Match": stored["etag"]}).json()
    assert api.get(url).json() == stored
    assert listed(api) == [("A", 2)]
    stale = api.put(url, json=body("A"), headers={"If-Match": stored["etag"]})
    assert stale.json()["code"] == "data.action.etag.mismatch"
    assert api.put(url, json=body("A"), headers={"If-Match": after["etag"]}).status_code == 200
    created = api.post(PATH, json=body("B")).json()
    assert api.get(f"{PATH}/{created['id']}").status_code == 404
    assert api.post(PATH, json=body("B")).json()["code"] == "data.action.name.duplicate"
    simulator.lag(org.key, "data_actions")
    assert api.get(url).json()["version"] == 3


def test_other_kinds_are_up_to_date(api, org, simulator):
    simulator.lag(org.key, "flows", lists=60)
    api.post(PATH, json=body("A"))
    assert listed(api) == [("A", 1)]
    with pytest.raises(ControlError, match="no kind unicorns"):
        simulator.lag(org.key, "unicorns", lists=1)


def test_reset_ends_lag_and_rebuild_settings(api, org, simulator):
    simulator.lag(org.key, "data_actions", lists=60)
    simulator.rebuild(org.key, never=True)
    simulator.reset(org.key)
    api.post(PATH, json=body("A"))
    assert listed(api) == [("A", 1)]
    org.seed([{"id": "o", "name": "O", "fields": []}], "customobjects")
    url = "/api/v2/data-gateway/customobjects/schemas/o"
    assert api.put(url, json={"name": "O", "fields": []}).json()["schemaVersion"] == 1
    until = time.monotonic() + 5
    while api.get(url).json()["schemaVersion"] == 1:
        assert time.monotonic() < until, "the rebuild never finished"
