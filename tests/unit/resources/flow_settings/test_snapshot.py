# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the returned snapshot and of restoring it in a later task (S2.8)."""

from __future__ import annotations

import copy

import pytest

from unit.module_runner import warnings_of
from unit.resources.flow_settings.conftest import DECLARED, NAME, SETTINGS, stored_flow

SNAPSHOT = {"name": NAME, "version": 3, "created_date": "2026-01-01T00:00:00.000Z", **DECLARED}


def test_a_snapshot_restores_exactly_and_removes_what_it_lacks(flows, settings):
    (before,) = flows.seed()
    change = settings(
        routing={"type": "other", "scope": None},
        configuration_matrix={"affinity": None, "new": {"key": "k", "value": 1}},
        scope_directives={"apply_to": ["team"], "enforce_hierarchy": None},
    )
    result = settings(snapshot=change["snapshot"])
    assert result["changed"]
    assert flows.now()["settings"] == before["settings"]
    assert flows.patches()[1]["body"]["settings"]["configurationMatrix"]["new"] is None
    assert not settings(snapshot=change["snapshot"])["changed"]


def test_settings_that_were_not_there_go(flows, settings):
    flows.seed({"name": NAME, "settings": {}})
    change = settings(**DECLARED)
    settings(snapshot=change["snapshot"])
    assert flows.now()["settings"] == {"routing": {}, "scopeDirectives": {}}


def test_what_other_tools_have_stored_is_restored_as_it_was(flows, settings):
    """Check values that no task could declare and fields that the collection does not know."""
    (before,) = flows.seed(
        stored_flow(
            routing={"type": "", "maxWaitTime": 0, "scope": {"type": "org", "id": "o-1", "label": "x"}},
            configurationMatrix={"p": {"key": "", "value": 1, "note": "z"}},
            colour="red",
        )
    )
    change = settings(
        routing={"type": "a", "max_wait_time": 30, "scope": {"type": "org", "id": "o-2"}},
        configuration_matrix={"p": {"key": "k", "value": 2}},
    )
    assert change["snapshot"]["configuration_matrix"] == before["settings"]["configurationMatrix"]
    flows.edit({"routing": {"scope": {"tag": "added later"}}, "colour": "blue"})
    flows.org.clear_log()
    settings(
        snapshot={
            **change["snapshot"],
            "routing": {**change["snapshot"]["routing"], "type": "b", "max_wait_time": 9},
        }
    )
    (patch,) = flows.patches()
    assert patch["body"]["settings"]["routing"]["scope"] == {"id": "o-1", "tag": None}
    assert flows.now()["settings"]["colour"] == "blue"


def test_check_mode_and_no_change(org, flows, settings):
    flows.seed()
    assert not settings(snapshot=SNAPSHOT)["changed"]
    flows.edit({"routing": {"maxWaitTime": 1}})
    planned = settings(snapshot=SNAPSHOT, check_mode=True)
    assert planned["changed"] and org.writes() == []
    assert planned["diff"]["after"] == DECLARED


def test_a_snapshot_of_another_flow_is_warned_of(flows, settings):
    flows.seed()
    result = settings(
        snapshot={**SNAPSHOT, "id": "other", "name": "Other", "routing": {**DECLARED["routing"], "type": "x"}}
    )
    assert warnings_of(result) == [f"snapshot: is of the flow 'Other' (id other), not of '{NAME}'"]
    assert result["changed"]


@pytest.mark.parametrize("option", ["routing", "configuration_matrix", "scope_directives"])
def test_a_snapshot_excludes_settings(org, settings, option):
    result = settings(snapshot=SNAPSHOT, **{option: DECLARED[option]})
    assert result["problems"] == [
        f"{option}: excludes snapshot, which declares all settings: give one of them"
    ]
    assert org.log() == []


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        (lambda s: s.pop("routing"), ["snapshot.routing"]),
        (lambda s: s.clear(), [f"snapshot.{option}" for option in DECLARED]),
        (lambda s: s["routing"].pop("scope"), ["snapshot.routing.scope"]),
        (
            lambda s: s.update(scope_directives={}),
            ["snapshot.scope_directives.apply_to", "snapshot.scope_directives.enforce_hierarchy"],
        ),
        (lambda s: s["routing"].update(max_wait_time="soon"), ["snapshot.routing.max_wait_time"]),
        (lambda s: s["configuration_matrix"].update(p=1), ["snapshot.configuration_matrix.p"]),
        (lambda s: s.update(configuration_matrix=["p"]), ["snapshot.configuration_matrix"]),
        (lambda s: s["routing"]["scope"].update(id="o********"), ["snapshot"]),
    ],
)
def test_a_snapshot_must_be_whole(org, settings, change, paths):
    snapshot = copy.deepcopy(SNAPSHOT)
    change(snapshot)
    result = settings(snapshot=snapshot)
    assert [problem.partition(": ")[0] for problem in result["problems"]] == paths
    assert org.log() == []


def test_a_matrix_of_null_is_none(flows, settings):
    flows.seed()
    settings(snapshot={**SNAPSHOT, "configuration_matrix": None})
    assert flows.now()["settings"] == {key: SETTINGS[key] for key in ("routing", "scopeDirectives")}
