# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of lists that show changes late: no object is created twice or missed (S0.6, S0.7)."""

from __future__ import annotations

import pytest

from unit import platform_kinds
from unit.module_runner import run_module, warnings_of
from unit.resources.data_action.conftest import ACTION, STORED
from unit.resources.privacy_purpose.conftest import PURPOSE
from unit.resources.privacy_purpose.conftest import STORED as STORED_PURPOSE

ACTIONS = "/api/v2/architect/data-actions"
PURPOSES = "/api/v2/privacy/purposes"
WEBHOOKS = "/api/v2/platform/webhooks"
WEBHOOK = {
    "name": "Orders",
    "events": ["flow.updated"],
    "target": {"url": "https://hooks.example.com/orders"},
}
KINDS = {
    "data_actions": ("genesys_data_action", ACTION),
    "privacy_purposes": ("genesys_privacy_purpose", PURPOSE),
    "webhooks": ("genesys_webhook", WEBHOOK),
    **{kind: (platform_kinds.MODULES[kind], new) for kind, new in platform_kinds.NEW.items()},
}
ALL_KINDS = pytest.mark.parametrize("kind", list(KINDS))
EMPTY = {"entities": [], "total": 0, "pageSize": 100, "pageNumber": 1, "pageCount": 0}


@pytest.fixture
def org(org_of_kind):
    return org_of_kind


@pytest.fixture
def run(org):
    """Return a function that runs the module of a kind with the declared object."""

    def run(kind, **options):
        module, declared = KINDS[kind]
        return run_module(module, {**org.connection, **declared, **options})

    return run


@ALL_KINDS
def test_the_same_task_twice_makes_one_object(org, run, kind):
    org.simulator.lag(org.key, kind, lists=1)
    first, second = run(kind), run(kind)
    assert (first["plan"], second["plan"]) == ("create", "none"), second
    assert len(org.objects(kind)) == len(org.log(method="POST", path="/api/*")) == 1
    assert warnings_of(first) == []


@ALL_KINDS
def test_an_object_that_was_removed_is_created_anew(org, run, kind):
    assert run(kind)["plan"] == "create"
    org.simulator.lag(org.key, kind, lists=1)
    removed, created = run(kind, state="absent"), run(kind)
    assert (removed["plan"], created["plan"]) == ("delete", "create"), created
    assert len(org.objects(kind)) == 1


@ALL_KINDS
@pytest.mark.parametrize("check_mode", [False, True])
def test_an_object_that_a_list_still_shows_after_its_removal_is_created_anew(org, kind, check_mode):
    """Check a removal by another client, which does not wait until lists show it."""
    module, declared = KINDS[kind]
    arguments = {**org.connection, **declared}
    run_module(module, arguments)
    org.simulator.lag(org.key, kind, lists=60)
    (stored,) = org.objects(kind)
    org.delete(stored["id"], kind)
    result = run_module(module, {**arguments, "deadline": 0.5}, check_mode=check_mode)
    assert not result.get("failed"), result["msg"]
    assert result["plan"] == "create" and len(org.objects(kind)) == (0 if check_mode else 1)


def test_an_unchanged_object_by_an_outdated_list_is_changed(org, run):
    assert run("webhooks")["plan"] == "create"
    org.simulator.lag(org.key, "webhooks", lists=60)
    org.edit(
        org.named("Orders", "webhooks")["id"], {"target": {"url": "https://theirs.example.com/"}}, "webhooks"
    )
    assert run("webhooks")["plan"] == "update"
    assert org.named("Orders", "webhooks")["target"]["url"] == WEBHOOK["target"]["url"]


@pytest.mark.parametrize(
    ("state", "words"), [("present", "no list shows the new"), ("absent", "a list still shows")]
)
def test_a_list_that_lags_beyond_the_deadline_is_a_warning(org, run, state, words):
    if state == "absent":
        run("webhooks")
    org.simulator.lag(org.key, "webhooks", lists=60)
    result = run("webhooks", state=state, deadline=0.5)
    assert result["changed"] and not result.get("failed")
    (warning,) = warnings_of(result)
    assert words in warning and "'Orders'" in warning and "deadline (0.5 s)" in warning


def test_a_name_that_is_taken_by_an_object_that_lists_show_late_is_waited_for(org, run):
    org.simulator.lag(org.key, "data_actions", lists=2)
    assert run("data_actions", deadline=0.2)["plan"] == "create"
    result = run("data_actions")
    assert not result.get("failed"), result["msg"]
    assert result["plan"] == "none" and len(org.objects()) == 1
    assert [post["status"] for post in org.writes()] == [200, 409]


def test_a_name_that_is_taken_by_an_object_that_no_list_shows_is_named_as_that(org, run):
    org.fault(method="POST", path=ACTIONS, times=None, status=409, code="data.action.name.duplicate")
    result = run("data_actions", list_lag=0.4)
    assert result["failed"] and result["status"] == 409
    assert f"another data action is named '{ACTION['name']}'" in result["msg"]
    assert "no list showed it within list_lag (0.4 s)" in result["msg"]
    assert "concurrent" not in result["msg"] and "changed between" not in result["msg"]
    first, second, third = org.writes()
    assert second["time"] - first["time"] >= 0.4 and third["time"] - second["time"] >= 0.4


@pytest.mark.parametrize(("list_lag", "looks"), [(0, 2), (5, 1)])
def test_an_old_look_is_taken_again_before_a_creation(org, run, list_lag, looks):
    org.fault(method="GET", path=PURPOSES, times=1, status=200, body=EMPTY)
    org.seed([{**STORED_PURPOSE, "retentionPeriod": "180d"}], "privacy_purposes")
    result = run("privacy_purposes", list_lag=list_lag)
    assert result["plan"] == "none" and len(org.objects("privacy_purposes")) == 1
    writes = [entry["method"] for entry in org.writes()]
    assert writes == ([] if looks == 2 else ["POST", "DELETE"]), "the list after the creation shows both"


def test_a_data_action_is_not_looked_for_again(org, run):
    assert run("data_actions", list_lag=0)["plan"] == "create"
    methods = [entry["method"] for entry in org.log() if entry["path"] == ACTIONS]
    assert methods == ["GET", "POST", "GET"]


def test_an_update_of_a_removed_object_does_not_blame_the_target(org, run):
    org.seed([STORED])
    org.fault(method="PUT", path=f"{ACTIONS}/*", delete=True)
    result = run("data_actions", description="new")
    assert result["failed"]
    assert "was removed by a concurrent change" in result["msg"] and "Run again" in result["msg"]
    assert "region" not in result["msg"] and "base_url" not in result["msg"]


def test_a_whole_org_waits_with_one_list(org):
    config = {"webhooks": [{**WEBHOOK, "name": f"Hook {number}"} for number in range(30)]}
    arguments = {**org.connection, "config": config}
    assert len(run_module("genesys_org_config", arguments)["objects"]) == 30
    assert len(org.log(method="GET", path=WEBHOOKS)) == 2, "one list before the creations, one after them"
    assert org.log(method="GET", path=f"{WEBHOOKS}/*") == []


def test_a_whole_org_twice_makes_one_object_each(org):
    org.simulator.lag(org.key, "webhooks", lists=1)
    config = {"webhooks": [{**WEBHOOK, "name": f"Hook {number}"} for number in range(30)]}
    arguments = {**org.connection, "config": config}
    assert run_module("genesys_org_config", arguments)["totals"]["created"] == 30
    assert not run_module("genesys_org_config", arguments)["changed"]
    assert len(org.objects("webhooks")) == 30


def test_a_whole_org_shares_the_look_before_its_creations(org):
    """Check an org whose reads are older than list_lag when the first of its creations begins."""
    config = {
        "privacy_purposes": [{**PURPOSE, "name": f"Purpose {number}"} for number in range(20)],
        "webhooks": [{**WEBHOOK, "name": f"Hook {number}"} for number in range(20)],
    }
    org.fault(method="GET", path=PURPOSES, times=1, delay=1.5)
    result = run_module("genesys_org_config", {**org.connection, "config": config, "list_lag": 1})
    assert not result.get("failed"), result["msg"]
    assert len(org.log(method="GET", path=WEBHOOKS)) <= 4 and len(org.log(method="GET", path=PURPOSES)) <= 4


def test_a_write_refused_as_outdated_though_nothing_changed_says_so(org, run):
    org.seed([STORED])
    org.fault(method="PUT", path=f"{ACTIONS}/*", times=None, status=412)
    result = run("data_actions", description="new")
    assert result["failed"] and "in each of 3 attempts" in result["msg"]
    assert "did not change meanwhile" in result["msg"] and "gateway" in result["msg"]
    assert "changed between" not in result["msg"]


@pytest.mark.parametrize("kind", list(KINDS))
def test_check_mode_shows_that_a_new_object_has_no_id_yet(org, kind):
    module, declared = KINDS[kind]
    planned = run_module(module, {**org.connection, **declared}, check_mode=True)["record"]
    done = run_module(module, {**org.connection, **declared})["record"]
    assert planned["id"] is None and set(planned) >= set(done)
