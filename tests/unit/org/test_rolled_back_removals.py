# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the rollback of removals: the order of the kinds, and ids that other removed objects have."""

from __future__ import annotations

import pytest

from unit.org.conftest import (
    ACTIONS,
    PURPOSES,
    WEBHOOKS,
    action,
    purpose,
    stored_action,
    stored_purpose,
    stored_webhook,
    webhook,
)

ABSENT = {"state": "absent"}
CONFIG = {
    "data_actions": [{"name": "Old", **ABSENT}, action("New")],
    "privacy_purposes": [{"name": "Old", **ABSENT}, purpose("New")],
    "webhooks": [{"name": "Old", **ABSENT}, webhook("New")],
}
WRITTEN = [
    *(f"POST {path}" for path in (ACTIONS, PURPOSES, WEBHOOKS)),
    *(f"DELETE {path}" for path in (WEBHOOKS, PURPOSES, ACTIONS)),
]
UNDONE = [
    *(f"POST {path}" for path in (ACTIONS, PURPOSES, WEBHOOKS)),
    *(f"DELETE {path}" for path in (WEBHOOKS, PURPOSES, ACTIONS)),
]


@pytest.fixture
def old_org(org):
    """Seed an action, a webhook, and a purpose that names the id of the action."""
    (one,) = org.seed([stored_action("Old")])
    org.seed([{**stored_purpose("Old"), "diversionIds": [one["id"], "d-1"]}], "privacy_purposes")
    org.seed([stored_webhook("Old")], "webhooks")
    return org


def writes(org):
    """Return the writes as C(POST path), without the ids of objects."""
    paths = (ACTIONS, PURPOSES, WEBHOOKS)
    return [
        f"{entry['method']} {next(path for path in paths if entry['path'].startswith(path))}"
        for entry in org.writes()
    ]


def test_a_run_is_rolled_back_in_the_reverse_order_of_its_writes(old_org, converge, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    converge(CONFIG, journal=journal)
    assert writes(old_org) == WRITTEN
    old_org.clear_log()
    converge(state="rolled_back", journal=journal)
    assert writes(old_org) == UNDONE


@pytest.mark.parametrize("broken_off", [False, True])
def test_an_object_that_is_created_again_names_the_new_ids_of_others(old_org, converge, tmp_path, broken_off):
    """Check a rollback in one go, and one that is continued after the creation of a part of the objects."""
    journal = str(tmp_path / "journal.jsonl")
    converge(CONFIG, journal=journal)
    if broken_off:
        old_org.fault(method="POST", path=PURPOSES, status=422)
        assert converge(state="rolled_back", journal=journal)["failed"]
    assert not converge(state="rolled_back", journal=journal).get("failed")
    (one,), (purpose_now,) = old_org.objects(), old_org.objects("privacy_purposes")
    assert purpose_now["diversionIds"] == [one["id"], "d-1"]
