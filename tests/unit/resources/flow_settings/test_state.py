# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of declaring flow settings; equal settings are not written (S2.2, S2.4, S2.5, C.1)."""

from __future__ import annotations

import pytest

from unit.resources.flow_settings.conftest import DECLARED, SETTINGS, stored_flow

SERVER_OWNED = ("id", "version", "created_date", "modified_date")


def test_a_change_is_one_patch_of_what_differs_under_the_next_version(org, flows, settings):
    (before,) = flows.seed()
    result = settings(routing={"max_wait_time": 30})
    (patch,) = flows.patches()
    assert patch["body"] == {
        "orgId": org.id,
        "flowId": before["id"],
        "settings": {"routing": {"maxWaitTime": 30}},
        "version": 15,
    }
    after = flows.now()
    assert after["settings"] == {**SETTINGS, "routing": {**SETTINGS["routing"], "maxWaitTime": 30}}
    assert (after["version"], after["description"]) == (15, before["description"])
    assert (result["changed"], result["plan"], result["reload"]) == (True, "update", "accepted")
    assert result["record"]["routing"]["max_wait_time"] == 30
    assert result["snapshot"]["routing"]["max_wait_time"] == 600
    assert result["record"]["version"] == 15


def test_the_requests_of_a_change_are_counted(org, flows, settings):
    flows.seed()
    result = settings(routing={"max_wait_time": 30})
    assert flows.calls() == [
        "GET list",
        "GET queues",
        "GET users",
        "PATCH item",
        "GET item",
        "POST reload",
    ]
    assert result["api"]["requests"] == len(org.log()) == 8  # including the token and the organization


def test_nothing_changed_means_no_patch_no_reload_and_no_check_of_targets(flows, settings):
    flows.seed()
    result = settings(**DECLARED)
    assert (result["changed"], result["plan"]) == (False, "none")
    assert "snapshot" not in result and "reload" not in result
    assert flows.calls() == ["GET list", "GET item"], "the list alone may be outdated"
    settings(routing={"max_wait_time": 30})
    assert not settings(routing={"max_wait_time": 30})["changed"]
    assert len(flows.patches()) == 1


@pytest.mark.parametrize(
    "written",
    [
        {"scope_directives": {"apply_to": ["user", "queue", "user"]}},
        {"routing": {"max_wait_time": "600", "scope": {"id": "o-1", "type": "org"}}},
        {"configuration_matrix": {"sessions": {"value": 50.0, "key": "max_concurrent_sessions"}}},
        {
            "matrix_strategy": "replace",
            "configuration_matrix": dict(reversed(SETTINGS["configurationMatrix"].items())),
        },
        {"configuration_matrix": {"never_there": None}},
        {"configuration_matrix": {}},
        {},
    ],
    ids=str,
)
def test_equal_but_written_differently_is_no_change(flows, settings, written):
    flows.seed()
    result = settings(**written)
    assert not result["changed"], result["diff"]
    assert flows.patches() == []


@pytest.mark.parametrize(
    "written",
    [
        {"routing": None, "configuration_matrix": None, "scope_directives": None},
        {"routing": {"type": None, "max_wait_time": None, "scope": None}},
        {"configuration_matrix": {}, "matrix_strategy": "replace", "scope_directives": {"apply_to": []}},
    ],
    ids=str,
)
def test_a_flow_without_settings_has_none_to_reset(flows, settings, written):
    flows.seed({"name": "Primary"})
    assert not settings(**written)["changed"]


@pytest.mark.parametrize("value", [1, 0.5, "true", ["a"], {"deep": {"deeper": True}}, False], ids=str)
def test_a_matrix_value_keeps_its_json_type(flows, settings, value):
    """Check that true and 1 differ, although they are equal in Python."""
    flows.seed()
    entry = {"affinity": {"key": "queue_affinity", "value": value}}
    assert settings(configuration_matrix=entry)["changed"]
    found = flows.now()["settings"]["configurationMatrix"]["affinity"]["value"]
    assert (found, type(found)) == (value, type(value))
    assert not settings(configuration_matrix=entry)["changed"]
    if value == {"deep": {"deeper": True}}:
        entry["affinity"]["value"] = {"deep": {}, "other": 1}
        assert settings(configuration_matrix=entry)["changed"]
        assert flows.now()["settings"]["configurationMatrix"]["affinity"]["value"] == {"deep": {}, "other": 1}


def test_null_resets_and_omission_leaves_alone(flows, settings):
    flows.seed()
    settings(routing={"max_wait_time": None, "scope": None}, scope_directives={"enforce_hierarchy": None})
    after = flows.now()["settings"]
    assert after == {
        "routing": {"type": "longestAvailable"},
        "configurationMatrix": SETTINGS["configurationMatrix"],
        "scopeDirectives": {"applyTo": ["queue", "user"]},
    }
    assert flows.patches()[0]["body"]["settings"] == {
        "routing": {"maxWaitTime": None, "scope": None},
        "scopeDirectives": {"enforceHierarchy": None},
    }
    result = settings(routing=None, configuration_matrix=None, scope_directives=None)
    assert flows.now()["settings"] == {"routing": {}, "scopeDirectives": {}}
    assert result["record"]["routing"] == {"type": None, "max_wait_time": None, "scope": None}
    assert not settings(routing=None, configuration_matrix=None, scope_directives=None)["changed"]


def test_matrix_merges_parameter_by_parameter_and_null_removes_one(flows, settings):
    flows.seed()
    settings(
        configuration_matrix={"affinity": None, "fallback": {"key": "fallback_routing", "value": "overflow"}}
    )
    assert flows.now()["settings"]["configurationMatrix"] == {
        "sessions": SETTINGS["configurationMatrix"]["sessions"],
        "fallback": {"key": "fallback_routing", "value": "overflow"},
    }
    assert flows.patches()[0]["body"]["settings"]["configurationMatrix"]["affinity"] is None


def test_matrix_replace_removes_what_is_not_named(flows, settings):
    flows.seed()
    matrix = {"sessions": {"key": "max_concurrent_sessions", "value": 60}}
    settings(configuration_matrix=matrix, matrix_strategy="replace")
    assert flows.now()["settings"]["configurationMatrix"] == matrix
    assert flows.patches()[0]["body"]["settings"]["configurationMatrix"] == {
        "affinity": None,
        "sessions": {"value": 60},
    }


def test_what_the_collection_does_not_know_survives(flows, settings):
    flows.seed(
        stored_flow(
            routing={"type": "a", "skills": ["x"], "scope": {"type": "org", "id": "o-1", "label": "y"}},
            configurationMatrix={"p": {"key": "k", "value": 1, "note": "z"}},
            colour="red",
        )
    )
    settings(
        routing={"type": "b", "scope": {"type": "org", "id": "o-2"}},
        configuration_matrix={"p": {"key": "k", "value": 2}},
        matrix_strategy="replace",
    )
    assert flows.now()["settings"] == {
        "routing": {"type": "b", "skills": ["x"], "scope": {"type": "org", "id": "o-2", "label": "y"}},
        "configurationMatrix": {"p": {"key": "k", "value": 2, "note": "z"}},
        "colour": "red",
    }


def test_a_flow_without_settings_gets_them(flows, settings):
    flows.seed({"name": "Primary"})
    assert settings(**DECLARED)["changed"]
    assert flows.now()["settings"] == SETTINGS


@pytest.mark.parametrize(
    ("odd", "fault"),
    [
        ({"routing": {"scope": "org"}}, "settings.routing.scope must be an object, not a string"),
        ({"routing": {"maxWaitTime": "600"}}, "settings.routing.maxWaitTime must be a number, not a string"),
        ({"routing": "x"}, "settings.routing must be an object, not a string"),
        ({"configurationMatrix": ["p"]}, "settings.configurationMatrix must be an object, not a list"),
        (
            {"scopeDirectives": {"applyTo": ["queue", 1]}},
            "settings.scopeDirectives.applyTo[1] must be a string, not a whole number",
        ),
    ],
)
def test_settings_of_a_wrong_type_are_refused_by_their_place(flows, settings, odd, fault):
    """Check that malformed settings, which no API sends, are neither read nor replaced."""
    flows.seed({"name": "Primary", "settings": odd})
    result = settings(**DECLARED)
    assert f"a flow 'Primary' that is not as the API describes it: {fault}." in result["msg"]
    assert flows.org.writes() == []


@pytest.mark.parametrize(
    "options",
    [
        {"routing": {"max_wait_time": 30}},
        {"routing": None, "scope_directives": {"apply_to": ["team"]}},
        {"configuration_matrix": {"affinity": None}},
        DECLARED,
    ],
    ids=["change", "reset", "remove a parameter", "no change"],
)
def test_check_mode_reports_what_the_real_run_does_and_writes_nothing(org, flows, settings, options):
    flows.seed()
    before = flows.now()
    planned = settings(check_mode=True, **options)
    assert org.writes() == []
    assert flows.now() == before
    done = settings(**options)
    for key in ("changed", "plan", "diff", "snapshot"):
        assert planned.get(key) == done.get(key), key
    one, other = (
        {key: value for key, value in result["record"].items() if key not in SERVER_OWNED}
        for result in (planned, done)
    )
    assert one == other


def test_diff_shows_the_managed_settings_alone(flows, settings):
    flows.seed()
    diff = settings(routing={"max_wait_time": 30})["diff"]
    assert diff["before"] == DECLARED
    assert diff["after"] == {**DECLARED, "routing": {**DECLARED["routing"], "max_wait_time": 30}}
    assert diff["before_header"] == "flow 'Primary'"


def test_keys_of_the_matrix_are_no_secrets(flows, settings):
    """Check that matrix keys are not masked, because a masked key could not be restored."""
    flows.seed()
    matrix = {"affinity": {"key": "queue_affinity", "value": False}}
    result = settings(configuration_matrix=matrix, scope_directives={"apply_to": ["queue"]})
    assert result["snapshot"]["configuration_matrix"] == SETTINGS["configurationMatrix"]
    assert result["record"]["configuration_matrix"]["affinity"] == matrix["affinity"]
    assert "****" not in str(result["diff"])


def test_verify_and_reload_can_be_left_away(flows, settings):
    flows.seed()
    result = settings(routing={"max_wait_time": 30}, verify=False, reload=False, verify_dependencies=False)
    assert flows.calls() == ["GET list", "PATCH item"]
    assert result["changed"] and "reload" not in result


def test_reads_that_lag_behind_the_write_are_waited_for(org, flows, settings):
    """Check that a read-back with the previous version is repeated and does not cause a rollback."""
    flows.seed()
    org.simulator.lag(org.key, "flows", reads=0.8)
    result = settings(routing={"max_wait_time": 30})
    assert not result.get("failed"), result["msg"]
    assert result["record"]["version"] == 15
    assert flows.calls().count("GET item") >= 2
