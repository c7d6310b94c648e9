# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the rollback with data actions: full replacement with an ETag (S2.8)."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._errors import GenesysError
from ansible_collections.genesys.cloud.plugins.module_utils._object import task as task_module
from ansible_collections.genesys.cloud.plugins.module_utils._object.converge import converge
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import DATA_ACTION

ITEM = "/api/v2/architect/data-actions/*"
STORED = {
    "name": "Get Customer",
    "type": "rest",
    "description": "old",
    "restConfig": {
        "url": "https://crm.example.com/v1",
        "httpMethod": "GET",
        "headers": {"Accept": "application/json", "Authorization": "Bearer old-s3cr3t"},
        "variableMappings": [],
    },
    "conditions": [],
    "labels": ["unknown to the collection"],
}
CHANGE = {
    "description": "new",
    "rest": {
        "body": "added",
        "headers": {"Accept": "text/plain", "Authorization": "Bearer new-s3cr3t", "X-New": "1"},
    },
}
UNDOABLE = dataclasses.replace(
    DATA_ACTION,
    options={**DATA_ACTION.options, "rollback_on_failure": {"type": "bool", "default": True}},
    rolls_back_on_failure=True,
)


@pytest.fixture
def failure_of(org):
    """Run the task, which must fail, and return the failure."""

    def run(kind=UNDOABLE, **options):
        raw = {**org.connection, "retries": 0, "name": "Get Customer", **options}
        with pytest.raises(GenesysError) as caught:
            converge(task_module.prepare_task(kind, raw, {}), check_mode=False)
        return caught.value

    return run


@pytest.fixture
def stored(org):
    return org.seed([STORED])[0]


def owned(action):
    return {key: action[key] for key in STORED}


def test_an_update_is_rolled_back_under_the_new_etag(org, failure_of, stored):
    org.fault(method="GET", path=ITEM, status=500)  # the read-back
    error = failure_of(**CHANGE)
    now = org.named("Get Customer")
    assert owned(now) == STORED
    assert now["version"] == stored["version"] + 2
    written, undone = org.writes()
    assert undone["request_headers"]["if-match"] != written["request_headers"]["if-match"]
    assert (error.returned["rolled_back"], error.returned["changed"], error.status) == (True, False, 500)
    assert error.returned["snapshot"]["description"] == "old"
    assert "s3cr3t" not in str(error.render())


def test_maps_are_restored_by_entry_and_other_entries_stay(org, failure_of, stored):
    org.fault(method="GET", path=ITEM, status=500)
    theirs = {
        "description": "theirs",
        "conditions": [{"type": "EXISTS", "value": {"type": "DATASET", "datasetId": "crm", "fieldId": "a"}}],
        "restConfig": {"headers": {"X-Theirs": "2", "X-New": "theirs"}},
    }
    org.fault(method="PUT", path=ITEM, after=1, edit=theirs)
    error = failure_of(**CHANGE)
    now = org.named("Get Customer")
    assert now["description"] == "theirs"
    assert now["conditions"] == theirs["conditions"]
    assert "bodyTemplate" not in now["restConfig"]
    assert now["restConfig"]["headers"] == {
        "Accept": "application/json",
        "Authorization": "Bearer old-s3cr3t",
        "X-Theirs": "2",
        "X-New": "theirs",
    }
    assert error.returned["rolled_back"]
    assert "changes were kept: description, rest.headers" in str(error)


def test_a_kind_without_the_option_leaves_the_change_and_says_so(org, failure_of, stored):
    org.fault(method="GET", path=ITEM, status=500)
    error = failure_of(DATA_ACTION, **CHANGE)
    assert (error.returned["changed"], error.returned["plan"]) == (True, "update")
    assert error.returned["snapshot"]["description"] == "old" and "rolled_back" not in error.returned
    assert org.named("Get Customer")["description"] == "new"


def test_a_creation_is_not_rolled_back(org, failure_of):
    """Check that the rollback removes nothing."""
    org.fault(method="GET", path=ITEM, status=500)
    error = failure_of(**CHANGE | {"rest": {**CHANGE["rest"], "url": "/a", "method": "GET"}})
    assert (error.returned["changed"], error.returned["rolled_back"]) == (True, False)
    assert [entry["method"] for entry in org.writes()] == ["POST"]
