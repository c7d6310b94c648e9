# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of writes whose responses are lost many times: retries within C(retries) and C(deadline) (S0.6)."""

from __future__ import annotations

import time

import pytest

from unit import platform_kinds
from unit.module_runner import run_module
from unit.patience import PATIENCE
from unit.resources.data_action.conftest import ACTION, STORED
from unit.resources.privacy_purpose.conftest import PURPOSE
from unit.resources.privacy_purpose.conftest import STORED as STORED_PURPOSE

pytestmark = pytest.mark.usefixtures("no_long_waits")

ACTIONS = "/api/v2/architect/data-actions"
PURPOSES = "/api/v2/privacy/purposes"
#: The server refuses a second data action of a name. It takes a second object of a name of the other kinds.
KINDS = {
    "data_actions": ("genesys_data_action", ACTIONS, ACTION),
    "privacy_purposes": ("genesys_privacy_purpose", PURPOSES, PURPOSE),
    **{
        kind: (platform_kinds.MODULES[kind], platform_kinds.PATHS[kind], new)
        for kind, new in platform_kinds.NEW.items()
    },
}
BOTH_KINDS = pytest.mark.parametrize("kind", list(KINDS))


@pytest.fixture
def org(org_of_kind):
    return org_of_kind


@pytest.fixture
def create(org):
    """Return a function that runs the module that creates an object of a kind."""

    def run(kind, **options):
        module, _path, declared = KINDS[kind]
        return run_module(module, {**org.connection, "list_lag": 0, **declared, **options})

    return run


def posts(org, kind):
    return org.log(method="POST", path=KINDS[kind][1])


@BOTH_KINDS
@pytest.mark.parametrize("fault", [{"drop": "before"}, {"status": 503}], ids=str)
def test_a_create_is_sent_again_as_often_as_retries_allow(org, create, kind, fault):
    org.fault(method="POST", path=KINDS[kind][1], times=6, **fault)
    result = create(kind, retries=6)
    assert not result.get("failed"), result["msg"]
    assert result["plan"] == "create"
    assert len(org.objects(kind)) == 1
    assert len(posts(org, kind)) == 7


@BOTH_KINDS
def test_a_create_whose_last_lost_response_was_a_success_makes_one_object(org, create, kind):
    org.fault(method="POST", path=KINDS[kind][1], times=5, drop="before")
    org.fault(method="POST", path=KINDS[kind][1], after=5, drop="after")
    result = create(kind, retries=5)
    assert not result.get("failed"), result["msg"]
    assert result["plan"] == "create"
    (stored,) = org.objects(kind)
    assert result["record"]["id"] == stored["id"]
    assert len(posts(org, kind)) == 6


@BOTH_KINDS
@pytest.mark.parametrize("retries", [0, 4])
def test_retries_bound_the_lost_responses_of_a_create(org, create, kind, retries):
    org.fault(method="POST", path=KINDS[kind][1], times=None, status=503)
    result = create(kind, retries=retries)
    assert result["failed"] and result["status"] == 503
    assert "not known whether a write took effect" in result["msg"]
    assert "A later read does not show the change" in result["msg"]
    assert f"option retries ({retries}) allows no further retry" in result["msg"]
    assert len(posts(org, kind)) == retries + 1
    calls = [entry["method"] for entry in org.log() if entry["path"].startswith(KINDS[kind][1])]
    assert calls[-1] == "GET"


@BOTH_KINDS
def test_the_deadline_bounds_the_lost_responses_of_a_create(org, create, kind):
    org.fault(method="POST", path=KINDS[kind][1], times=None, status=503, delay=0.1)
    began = time.monotonic()
    result = create(kind, retries=1000, deadline=1)
    assert time.monotonic() - began < PATIENCE
    assert result["failed"]
    assert "not known whether a write took effect" in result["msg"]
    assert "No time is left for another attempt within the deadline of 1 s" in result["msg"]
    assert 1 <= len(posts(org, kind)) <= 10


@pytest.mark.parametrize("times", [3, None])
def test_throttled_repeats_of_a_lost_create_end_with_the_same_deadline(org, create, times):
    """Check that the retry of a write gets no new deadline."""
    org.fault(method="POST", path=ACTIONS, status=503, delay=0.8)
    org.fault(method="POST", path=ACTIONS, after=1, times=times, status=429, delay=0.1)
    result = create("data_actions", deadline=1.5)
    if times is not None:
        assert result["plan"] == "create"
        return
    assert result["failed"]
    assert "within the deadline of 1.5 s" in result["msg"]
    assert len(posts(org, "data_actions")) < 10


def test_lost_responses_do_not_use_up_the_tries_of_conflicts(org, create):
    """Check that the third conflict ends the task, though each follows a lost response."""
    for turn in range(3):
        org.fault(method="POST", path=ACTIONS, after=2 * turn, status=503)
    org.fault(method="POST", path=ACTIONS, times=None, status=409, code="data.action.name.duplicate")
    result = create("data_actions", retries=20)
    assert result["failed"] and "in each of 3 attempts" in result["msg"]
    assert len(posts(org, "data_actions")) == 6


def test_conflicts_do_not_use_up_retries(org, create):
    org.fault(method="POST", path=ACTIONS, times=2, status=409, code="data.action.name.duplicate")
    org.fault(method="POST", path=ACTIONS, after=2, times=4, status=503)
    assert create("data_actions", retries=4)["plan"] == "create"
    assert len(posts(org, "data_actions")) == 7


def test_an_update_without_a_lock_is_sent_again_as_often_as_retries_allow(org, create):
    org.seed([STORED_PURPOSE], "privacy_purposes")
    org.fault(method="PUT", path=f"{PURPOSES}/*", times=6, status=503)
    result = create("privacy_purposes", retention="90d", retries=6)
    assert not result.get("failed"), result["msg"]
    assert org.objects("privacy_purposes")[0]["retentionPeriod"] == "90d"
    assert len(org.log(method="PUT")) == 7


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_retries_bound_the_repeats_of_a_locked_write_once(org, create, method):
    """Check that the read after the client's own retries does not reset their count."""
    org.seed([STORED])
    org.fault(method=method, path=f"{ACTIONS}/*", times=None, status=503)
    more = {"state": "absent"} if method == "DELETE" else {"description": "new"}
    result = create("data_actions", retries=2, **more)
    assert result["failed"] and "not known whether a write took effect" in result["msg"]
    assert len(org.log(method=method)) == 3


def test_the_deadline_of_a_locked_write_is_named_once(org, create):
    org.seed([STORED])
    org.fault(method="PUT", path=f"{ACTIONS}/*", times=None, status=503, delay=0.1)
    result = create("data_actions", description="new", retries=1000, deadline=0.5)
    assert result["failed"] and "not known whether a write took effect" in result["msg"]
    assert result["msg"].count("deadline of 0.5 s") == 1
    assert len(org.log(method="PUT")) <= 6
