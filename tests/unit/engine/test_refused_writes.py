# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of refused writes: another client's change is none of the task, and no rollback undoes it.

Faults of the simulator let another client write directly before the task's own write.
"""

from __future__ import annotations

import datetime
import random

import pytest

from unit import platform_kinds
from unit.engine.journal_outcomes import outcomes
from unit.journaled_site import PASSWORD, STORED
from unit.module_runner import warnings_of
from unit.org.conftest import ACTIONS, PURPOSES, WEBHOOKS, action, statuses, stored_action, totals

pytestmark = pytest.mark.usefixtures("no_long_waits")

#: Kind -> the task's change, the same change in the API's form, and the verb and path of its write.
SAME_CHANGE = {
    "data_actions": ({"name": "A", "description": "new"}, {"description": "new"}, "PUT", f"{ACTIONS}/*"),
    "flows": (
        {"name": "A", "routing": {"max_wait_time": 90}},
        {"settings": {"routing": {"maxWaitTime": 90}}},
        "PATCH",
        "/api/v2/architect/flows/*",
    ),
    "customobjects": (
        {"custom_object_id": "ticket", "indexes": [{"name": "by_status", "state": "absent"}]},
        {"indexes": STORED["customobjects"]["indexes"][1:]},
        "PUT",
        "/api/v2/data-gateway/customobjects/schemas/*",
    ),
    "integrations": (
        {"name": "A", "notes": "new"},
        {"notes": "new", "config": {"current": {"notes": "new"}}},
        "PUT",
        f"{platform_kinds.INTEGRATIONS}/*",
    ),
}
#: Kind -> the path of its creations, the declaration of an object, and what another client creates.
SAME_CREATION = {
    "data_actions": (ACTIONS, action, stored_action),
    "integrations": (
        platform_kinds.INTEGRATIONS,
        platform_kinds.integration,
        platform_kinds.stored_integration,
    ),
}
PURPOSE = {"name": "N", "description": "n", "retention": "9d", "legal_basis": "consent"}
STORED_PURPOSE = {
    "name": "N",
    "description": "n",
    "retentionPeriod": "9d",
    "legalBasis": "consent",
    "isActive": True,
    "diversionIds": [],
}


def undo_and_expect_no_change(site):
    state = site.state()
    undone = site.undo(PASSWORD)
    assert site.state() == state
    assert not any(one.changed for one in undone.values())


@pytest.mark.parametrize("kind", list(SAME_CHANGE))
def test_an_update_that_another_client_made_first_is_not_ours(site, kind):
    options, patch, method, path = SAME_CHANGE[kind]
    site.org.simulator.rebuild(site.org.key, duration=0)
    site.seed(kind)
    site.org.fault(method=method, path=path, edit=patch)
    result = site.change(kind, **options, journal_password=PASSWORD)
    assert (result.get("failed"), result["changed"], result["plan"]) == (None, False, "none")
    assert outcomes(site) == ["refused"]
    undo_and_expect_no_change(site)


def test_a_creation_that_another_client_made_first_is_not_ours(site):
    """Check a kind with unique names: otherwise both objects exist, see test_duplicates.py."""
    site.org.fault(method="POST", path=ACTIONS, create=stored_action("N"))
    result = site.change("data_actions", **action("N"))
    assert (result.get("failed"), result["changed"], result["plan"]) == (None, False, "none")
    assert outcomes(site) == ["refused"]
    undo_and_expect_no_change(site)


@pytest.mark.parametrize("kind", list(SAME_CREATION))
def test_a_removal_that_another_client_made_first_is_not_ours(site, kind):
    site.seed(kind)
    site.org.fault(method="DELETE", path=f"{SAME_CREATION[kind][0]}/*", delete=True)
    result = site.change(kind, name="A", state="absent", journal_password=PASSWORD)
    assert (result.get("failed"), result["changed"], result["plan"], result["record"]) == (
        None,
        False,
        "none",
        None,
    )
    assert outcomes(site) == ["refused"]
    undo_and_expect_no_change(site)
    assert site.org.objects(kind) == []


@pytest.mark.parametrize("lost", ["response", "repeat"])
@pytest.mark.parametrize("kind", ["data_actions", "integrations"])
def test_an_update_whose_response_was_lost_is_ours(site, kind, lost):
    """Check a lost response, and one whose repeat is refused because the first request took effect."""
    options, _patch, method, path = SAME_CHANGE[kind]
    site.seed(kind)
    before = site.state()
    site.org.fault(method=method, path=path, drop="after")
    retries = {"response": 0, "repeat": 3}[lost]
    result = site.change(kind, **options, retries=retries, journal_password=PASSWORD)
    assert (result.get("failed"), result["plan"], outcomes(site)) == (None, "update", ["applied"])
    site.undo(PASSWORD)
    assert site.state() == before


@pytest.mark.parametrize("lost", ["response", "repeat"])
@pytest.mark.parametrize("kind", list(SAME_CREATION))
def test_a_removal_whose_response_was_lost_is_ours(site, kind, lost):
    site.seed(kind)
    before = site.state()
    site.org.fault(method="DELETE", path=f"{SAME_CREATION[kind][0]}/*", drop="after")
    retries = {"response": 0, "repeat": 3}[lost]
    result = site.change(kind, name="A", state="absent", retries=retries, journal_password=PASSWORD)
    assert (result.get("failed"), result["plan"], outcomes(site)) == (None, "delete", ["applied"])
    site.undo(PASSWORD)
    assert site.state() == before


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        *(
            (kind, evidence)
            for kind in ("data_actions", "flows")
            for evidence in ("version", "another field")
        ),
        # Its versions show no number of writes, because a write may take several requests.
        ("integrations", "another field"),
    ],
)
def test_a_lost_update_that_versions_disprove_is_not_ours(site, kind, evidence):
    """Check an update that did not arrive, while another client made the same change and one more."""
    options, patch, method, path = SAME_CHANGE[kind]
    site.seed(kind)
    if evidence == "version":
        site.org.fault(method=method, path=path, edit=patch, drop="before")
        site.org.fault(method=method, path=path, edit=patch)
    else:
        more = {
            "data_actions": {"restConfig": {"url": "https://theirs.example.com/"}},
            "integrations": {"config": {"current": {"notes": "new", "properties": {"theirs": 1}}}},
        }
        patch = {**patch, **more.get(kind, {"settings": {"routing": {"maxWaitTime": 90, "type": "theirs"}}})}
        site.org.fault(method=method, path=path, edit=patch, drop="before")
    result = site.change(kind, **options, retries=3, journal_password=PASSWORD)
    assert (result.get("failed"), result["changed"], result["plan"]) == (None, False, "none")
    (warning,) = warnings_of(result)
    assert "the response of a write was lost" in warning and "another client has changed it" in warning
    assert outcomes(site) == ["refused"]
    undo_and_expect_no_change(site)


@pytest.mark.parametrize(
    ("kind", "options", "theirs", "path"),
    [
        ("privacy_purposes", PURPOSE, STORED_PURPOSE, PURPOSES),
        ("data_actions", action("N"), stored_action("N"), ACTIONS),
    ],
)
@pytest.mark.parametrize("old", [True, False])
def test_a_lost_creation_is_ours_only_if_the_object_is_not_older(site, kind, options, theirs, path, old):
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=-60 if old else 60)
    date = {"data_actions": "dateCreated"}.get(kind, "createdDate")
    theirs = {**theirs, date: moment.isoformat().replace("+00:00", "Z")}
    site.org.fault(method="POST", path=path, drop="before", create=theirs)
    result = site.change(kind, **options, retries=3)
    assert (result.get("failed"), result["plan"]) == (None, "none" if old else "create")
    assert outcomes(site) == ["refused" if old else "applied"]
    if old:
        undo_and_expect_no_change(site)


def test_on_error_rollback_leaves_what_other_clients_made(org, converge, tmp_path):
    """Check the rollback of the same run after a creation, an update and a removal by another client."""
    names = ("Changes", "Goes", "Own", "Last")
    changes, goes, _own, last = org.seed([stored_action(name) for name in names])
    org.fault(method="POST", path=ACTIONS, create=stored_action("New"))
    org.fault(method="PUT", path=f"{ACTIONS}/{changes['id']}", edit={"description": "new"})
    org.fault(method="DELETE", path=f"{ACTIONS}/{goes['id']}", delete=True)
    org.fault(method="DELETE", path=f"{ACTIONS}/{last['id']}", status=422)
    config = {
        "data_actions": [
            action("New"),
            action("Changes", description="new"),
            {"name": "Goes", "state": "absent"},
            action("Own", description="new"),
            {"name": "Last", "state": "absent"},
        ]
    }
    result = converge(config, on_error="rollback", concurrency=1)
    assert result["failed"] and totals(result) == {"failed": 1, "rolled_back": 1, "unchanged": 3}
    assert {one["name"]: one["description"] for one in org.objects()} == {
        "New": "About New",
        "Changes": "new",
        "Own": "About Own",
        "Last": "About Last",
    }


@pytest.mark.parametrize("seed", range(4))
def test_a_run_during_the_same_run_of_another_client_claims_only_its_own_writes(
    org, converge, tmp_path, seed
):
    """Check random interleavings: another client makes the declared state of some objects first."""
    chance, journal = random.Random(seed), tmp_path / "journal.jsonl"
    stored = org.seed([stored_action(f"Old {number}") for number in range(8)])
    for one in stored:
        if chance.random() < 0.5:
            org.fault(method="PUT", path=f"{ACTIONS}/{one['id']}", edit={"description": "new"})
    for number in chance.sample(range(8), 4):
        org.fault(method="POST", path=ACTIONS, after=number, create=stored_action(f"New {number}"))
    config = {
        "data_actions": [
            *(action(f"Old {number}", description="new") for number in range(8)),
            *(action(f"New {number}") for number in range(8)),
        ]
    }
    result = converge(config, journal=str(journal), concurrency=1)
    assert not result.get("failed"), result["msg"]
    assert len(org.objects()) == 16
    accepted = [write for write in org.writes() if write["status"] == 200]
    assert result["totals"]["created"] + result["totals"]["updated"] == len(accepted)
    assert result["totals"]["unchanged"] == 16 - len(accepted) > 0
    assert set(statuses(result).values()) == {"done", "unchanged"}
    ours = {write["body"]["name"] for write in accepted if write["method"] == "POST"}
    updated = {write["body"]["name"] for write in accepted if write["method"] == "PUT"}
    undone = converge(state="rolled_back", journal=str(journal))
    assert undone["totals"]["rolled_back"] == len(accepted)
    left = {one["name"]: one["description"] for one in org.objects()}
    assert ours.isdisjoint(left) and len(left) == 16 - len(ours)
    for name, description in left.items():
        is_theirs = name.startswith("Old") and name not in updated
        assert description == ("new" if is_theirs else f"About {name}")


@pytest.mark.parametrize("on_conflict", ["fail", "overwrite"])
@pytest.mark.parametrize(
    ("kind", "method", "path"),
    [
        ("data_actions", "DELETE", f"{ACTIONS}/*"),
        ("privacy_purposes", "GET", f"{PURPOSES}/*"),
        ("webhooks", "GET", f"{WEBHOOKS}/*"),
    ],
)
def test_an_object_that_was_renamed_is_not_removed(site, kind, method, path, on_conflict):
    """Check a new name between the task's read and its removal."""
    site.seed(kind)
    site.org.fault(method=method, path=path, edit={"name": "manual-precious"})
    result = site.change(kind, name="A", state="absent", on_conflict=on_conflict, journal_password=PASSWORD)
    assert result["failed"] and "'A' was not removed" in result["msg"]
    assert "the name 'manual-precious'; nothing was written" in result["msg"]
    assert site.org.named("manual-precious", kind)
    undo_and_expect_no_change(site)


def test_a_removal_by_id_alone_means_the_object_of_any_name(site):
    site.seed("data_actions")
    (stored,) = site.org.objects()
    site.org.fault(method="DELETE", path=f"{ACTIONS}/*", edit={"name": "B"})
    result = site.change("data_actions", id=stored["id"], state="absent")
    assert result["plan"] == "delete" and site.org.objects() == []


def test_prune_leaves_an_object_that_was_renamed(org, converge):
    (tmp, _other) = org.seed([stored_action("tmp"), stored_action("old")])
    org.fault(method="DELETE", path=f"{ACTIONS}/{tmp['id']}", edit={"name": "manual-precious"})
    result = converge(
        {"data_actions": [action("A")]},
        prune={"data_actions": {"enabled": True, "protect": ["manual-*"]}},
        on_error="continue",
    )
    assert result["failed"] and "manual-precious" in result["msg"]
    assert sorted(one["name"] for one in org.objects()) == ["A", "manual-precious"]


def test_a_removal_without_a_lock_is_not_repeated_blindly(site):
    """Check that the object is read between two requests, so that a new name is seen."""
    site.seed("webhooks")
    site.org.fault(method="DELETE", path=f"{WEBHOOKS}/*", edit={"name": "manual-precious"}, status=503)
    result = site.change("webhooks", name="A", state="absent", retries=3, journal_password=PASSWORD)
    assert result["failed"] and site.org.named("manual-precious", "webhooks")
    assert len(site.org.log("DELETE", f"{WEBHOOKS}/*")) == 1
