# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of two objects of a name, if the server accepts them: removed or reported, never silent (S0.6).

Purposes and credentials have a date of creation. Webhooks have none: the smaller id counts as the older one.
"""

from __future__ import annotations

import datetime
import json
import random

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._engine import duplicates, lookup
from ansible_collections.genesys.cloud.plugins.module_utils._http import session
from ansible_collections.genesys.cloud.plugins.module_utils._retry_policy import Backoff, RetryPolicy
from unit import platform_kinds
from unit.journaled_site import PASSWORD
from unit.module_runner import warnings_of
from unit.org.conftest import (
    PURPOSES,
    WEBHOOKS,
    purpose,
    request_counts,
    statuses,
    stored_purpose,
    stored_webhook,
    totals,
    webhook,
)
from unit.scripted_server import FAST

#: Kind -> path, the task's object and the same object in the API's form.
KINDS = {
    "privacy_purposes": (PURPOSES, purpose, stored_purpose),
    "webhooks": (WEBHOOKS, webhook, stored_webhook),
    "credentials": (
        platform_kinds.CREDENTIALS,
        platform_kinds.credential,
        platform_kinds.stored_credential,
    ),
}
#: Kind -> the path of its list, and its name in genesys_org_config, if they are not those of its objects.
LISTS = {"credentials": f"{platform_kinds.CREDENTIALS}/listing"}
OPTIONS = platform_kinds.LISTS
#: Kind -> a change by another client of a field that the task declares.
THEIRS = {
    "privacy_purposes": {"description": "theirs"},
    "webhooks": {"enabled": True},
    "credentials": {"type": {"id": "userDefined"}},
}
OLDER, YOUNGER = "00000000-0000-4000-8000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff"


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr(session, "Backoff", lambda: FAST)
    monkeypatch.setattr(lookup, "CREATED_OBJECT", RetryPolicy(2, backoff=Backoff(first=0.001)))
    monkeypatch.setattr(duplicates, "DUPLICATE_LEAVES", 0.3)


def second(kind, name, *, older, **more):
    """Return an object of another client that counts as older or younger than one of the task."""
    made = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=-30 if older else 30)
    date = {} if kind == "webhooks" else {"createdDate": made.isoformat()}
    return KINDS[kind][2](name, id=OLDER if older else YOUNGER, **date, **more)


@pytest.fixture
def org(org_of_kind):
    return org_of_kind


@pytest.fixture(params=list(KINDS))
def kind(request):
    return request.param


@pytest.mark.parametrize("lag", [0, 0.3])
def test_the_younger_one_of_two_is_removed_by_the_run_that_created_it(site, kind, lag):
    path, declare, _stored = KINDS[kind]
    site.org.simulator.lag(site.org.key, kind, lists=lag)
    site.org.fault(method="POST", path=path, create=second(kind, "N", older=True))
    result = site.change(kind, **declare("N"), list_lag=max(lag, 0), journal_password=PASSWORD)
    assert (result.get("failed"), result["changed"], result["plan"]) == (None, False, "none"), result
    assert [one["id"] for one in site.org.objects(kind)] == [OLDER] == [result["record"]["id"]]
    (warning,) = warnings_of(result)
    assert OLDER in warning and "was removed again" in warning
    state = site.state()
    assert not any(one.changed for one in site.undo(PASSWORD).values()) and site.state() == state


def test_the_audit_log_has_the_creation_and_its_removal(site, kind, log):
    path, declare, _stored = KINDS[kind]
    site.org.fault(method="POST", path=path, create=second(kind, "N", older=True))
    assert not site.change(kind, **declare("N"), list_lag=0, audit_log=str(log))["changed"]
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [(line["action"], line["status"]) for line in lines] == [
        ("create", "applied"),
        ("delete", "rolled_back"),
    ]
    assert lines[0]["id"] == lines[1]["id"] != OLDER


def test_an_older_one_that_is_not_as_declared_is_a_conflict(site, kind):
    path, declare, _stored = KINDS[kind]
    more = THEIRS[kind]
    site.org.fault(method="POST", path=path, create=second(kind, "N", older=True, **more))
    result = site.change(kind, **declare("N"), list_lag=0)
    assert result["failed"] and next(iter(more)) in result["msg"] and "conflicts" in result
    assert [one["id"] for one in site.org.objects(kind)] == [OLDER]


def test_an_older_one_is_changed_if_the_task_overwrites(site, kind, log):
    path, declare, _stored = KINDS[kind]
    more = THEIRS[kind]
    site.org.fault(method="POST", path=path, create=second(kind, "N", older=True, **more))
    options = {"list_lag": 0, "on_conflict": "overwrite", "audit_log": str(log)}
    result = site.change(kind, **declare("N"), **options)
    assert (result.get("failed"), result["plan"], result["record"]["id"]) == (None, "update", OLDER)
    assert len(site.org.objects(kind)) == 1
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [(line["action"], line["status"]) for line in lines] == [
        ("create", "applied"),
        ("delete", "rolled_back"),
        ("update", "applied"),
    ]


def test_a_younger_one_that_stays_fails_the_task_with_both_ids(site, kind):
    path, declare, _stored = KINDS[kind]
    site.org.fault(method="POST", path=path, create=second(kind, "N", older=False))
    result = site.change(kind, **declare("N"), list_lag=0)
    (own,) = {one["id"] for one in site.org.objects(kind)} - {YOUNGER}
    assert result["failed"] and result["changed"] and result["ids"] == [own, YOUNGER]
    assert own in result["msg"] and YOUNGER in result["msg"] and "exists more than once" in result["msg"]


def test_a_younger_one_that_its_own_run_removes_is_no_failure(site, kind):
    path, declare, _stored = KINDS[kind]
    site.org.fault(method="POST", path=path, create=second(kind, "N", older=False))
    site.org.fault(method="GET", path=f"{path}/{YOUNGER}", after=1, delete=True)
    result = site.change(kind, **declare("N"), list_lag=0)
    assert (result.get("failed"), result["plan"]) == (None, "create")
    assert len(site.org.objects(kind)) == 1


def test_the_own_one_is_not_removed_after_a_change_by_another_client(site, kind):
    """Check a change between the task's creation and its removal."""
    path, declare, _stored = KINDS[kind]
    site.org.fault(method="POST", path=path, create=second(kind, "N", older=True))
    theirs = {"privacy_purposes": {"isActive": False}, "webhooks": {"enabled": True}}.get(kind, {"name": "M"})
    # The first read is the read-back, the second one that of the other object. The path of credentials has
    # three lists too.
    site.org.fault(method="GET", path=f"{path}/*", after=5 if kind in LISTS else 2, edit=theirs)
    result = site.change(kind, **declare("N"), list_lag=0)
    assert result["failed"] and "exists more than once" in result["msg"]
    assert len(site.org.objects(kind)) == 2 and site.org.log("DELETE") == []


def test_a_creation_that_is_carried_out_late_is_named(site, kind):
    """Check a first request that is carried out after its repeat: no response had its id."""
    path, declare, _stored = KINDS[kind]
    site.org.fault(method="POST", path=path, drop="before")
    # The second list after the creation is read when late creations show.
    site.org.fault(method="POST", path=path, after=1, create=second(kind, "N", older=False))
    result = site.change(kind, **declare("N"), list_lag=0.1, retries=3)
    assert result["failed"] and YOUNGER in result["msg"] and "response was lost" in result["msg"]


def test_the_list_after_a_lost_creation_is_read_once_more(site, kind):
    path, declare, _stored = KINDS[kind]
    site.org.fault(method="POST", path=path, drop="before")
    assert site.change(kind, **declare("N"), list_lag=0, retries=3)["plan"] == "create"
    lists = [entry["path"] for entry in site.org.log("GET")].count(LISTS.get(kind, path))
    site.org.clear_log()
    assert site.change(kind, **declare("M"), list_lag=0)["plan"] == "create"
    quiet = [entry["path"] for entry in site.org.log("GET")].count(LISTS.get(kind, path))
    # Two looks before each creation and a list after it; after the loss two looks more, and one list more.
    assert (quiet, lists) == (3, 7)


def test_a_whole_org_shares_the_list_that_shows_duplicates(org, converge, kind):
    path, declare, _stored = KINDS[kind]
    names = [f"N {number:02d}" for number in range(12)]
    org.fault(method="POST", path=path, create=second(kind, names[3], older=True))
    result = converge({OPTIONS.get(kind, kind): [declare(name) for name in names]})
    assert not result.get("failed"), result["msg"]
    assert totals(result) == {"created": 11, "unchanged": 1} and statuses(result)[names[3]] == "unchanged"
    assert sorted(one["name"] for one in org.objects(kind)) == names
    assert request_counts(org)[f"GET {LISTS.get(kind, path)}"] == 2, (
        "one list before the creations, one after them"
    )


def test_a_whole_org_names_a_duplicate_that_stays(org, converge, kind):
    path, declare, _stored = KINDS[kind]
    org.fault(method="POST", path=path, create=second(kind, "A", older=False))
    result = converge(
        {OPTIONS.get(kind, kind): [declare("A"), declare("B")]}, list_lag=0, on_error="continue"
    )
    assert statuses(result) == {"A": "failed", "B": "done"} and YOUNGER in result["objects"][0]["error"]


@pytest.mark.parametrize("seed", range(8))
def test_no_duplicate_is_silent(org, converge, kind, seed):
    """Check random second objects, lost responses and lags, in whole-org runs."""
    chance = random.Random(seed)
    path, declare, _stored = KINDS[kind]
    lag = chance.choice([0, 0.2])
    org.simulator.lag(org.key, kind, lists=lag)
    names = [f"N {number}" for number in range(6)]
    for turn, name in enumerate(chance.sample(names, 2)):
        older = chance.random() < 0.5
        body = {**second(kind, name, older=older), "id": f"{'0f'[not older]}{turn}{OLDER[2:]}"}
        org.fault(method="POST", path=path, after=chance.randrange(4), create=body)
    for _fault in range(2):
        moment = chance.choice(["before", "after"])
        org.fault(method="POST", path=path, after=chance.randrange(6), drop=moment)
    result = converge(
        {OPTIONS.get(kind, kind): [declare(name) for name in names]},
        list_lag=lag,
        retries=5,
        on_error="continue",
    )
    stored = [one["name"] for one in org.objects(kind)]
    twice = {name for name in names if stored.count(name) > 1}
    failed = {name for name, status in statuses(result).items() if status == "failed"}
    assert twice <= failed and set(stored) >= set(names) - failed
    for one in result["objects"]:
        if one["name"] in twice:
            ids = [stored["id"] for stored in org.objects(kind) if stored["name"] == one["name"]]
            assert all(identifier in one["error"] for identifier in ids)
