# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config's offline checks: all problems of a configuration before any request."""

from __future__ import annotations

import pytest

from unit.module_runner import run_module
from unit.org.conftest import action, every_kind, flow, index, purpose, webhook

#: A configuration with more than thirty mistakes in entries of every kind.
SLIPS = {
    "data_actions": [
        {"name": "A", "rest": {"url": "crm.example.com", "method": "FETCH"}, "colour": "red"},
        {"description": "without a name"},
        {"name": " ", "conditions": ["crm.status =="]},
        {"name": "B", "rest": {"url": "https://b.example.com", "method": "GET", "headers": {"X A": "1"}}},
        {
            "name": "C",
            "rest": {
                "url": "https://c.example.com",
                "method": "GET",
                "variable_mappings": [
                    {"name": "a", "source": "$.a", "type": "text"},
                    {"name": "b", "source": "$[", "type": "string"},
                    {"source": "$.c", "type": "string"},
                ],
            },
        },
        {"name": "D", "conditions": [{"type": "AND", "children": []}, {"type": "LIKE"}]},
        {"name": "E", "conditions": ["crm.x exists"], "dataset_dependencies": {"orders": ["crm"]}},
        {"name": "A", "state": "presnt"},
        None,
    ],
    "privacy_purposes": [
        {"name": "P", "retention": "2 years", "legal_basis": "consnt"},
        {"name": "Q", "description": " ", "retention": "400d"},
        {"name": "R", "name_rule": "("},
        {"retention": 5},
    ],
    "customobject_indexes": [
        {"indexes": [{"name": "x", "fields": ["a"]}]},
        {
            "custom_object_id": "ticket",
            "indexes": [{"name": "x", "fields": []}, {"name": "x", "state": "absent"}],
        },
        {"custom_object_id": "case", "state": "absent"},
        {"custom_object_id": "call", "indexes": [{"name": "y", "fields": ["a"], "order": "up"}]},
    ],
    "flow_settings": [
        {"name": "F", "routing": {"max_wait_time": "soon"}},
        {"name": "G", "scope_directives": {"apply_to": ["queues"]}},
        {"name": "H", "configuration_matrix": {"survey": {"key": 1}}, "min_update_interval": -1},
        {"name": "I", "state": "absent"},
    ],
    "webhooks": [
        {"name": "W", "events": ["flow.update"], "target": {"url": "ftp://w.example.com"}},
        {"name": "X", "events": [], "target": {"headers": {"X-B": "line\nline"}}},
        {"name": "Y", "events": ["flow.updated"], "target": {"url": "hooks.example.com/y"}},
        {"name": "W", "evnts": ["flow.updated"]},
    ],
}
PLACES = [
    "config.data_actions[0].colour",
    "config.data_actions[0].rest.method",
    "config.data_actions[0].rest.url",
    "config.data_actions[1].name",
    "config.data_actions[2].name",
    "config.data_actions[2].conditions[0]",
    "config.data_actions[3].rest.headers.X A",
    "config.data_actions[4].rest.variable_mappings[0].type",
    "config.data_actions[4].rest.variable_mappings[1].source",
    "config.data_actions[4].rest.variable_mappings[2].name",
    "config.data_actions[5].conditions[0].children",
    "config.data_actions[5].conditions[1].type",
    "config.data_actions[6].dataset_dependencies.orders",
    "config.data_actions[7].name",
    "config.data_actions[7].state",
    "config.data_actions[8]",
    "config.privacy_purposes[0].legal_basis",
    "config.privacy_purposes[0].retention",
    "config.privacy_purposes[1].description",
    "config.privacy_purposes[1].retention",
    "config.privacy_purposes[2].name_rule",
    "config.privacy_purposes[3].name",
    "config.customobject_indexes[0].custom_object_id",
    "config.customobject_indexes[1].indexes[0].fields",
    "config.customobject_indexes[1].indexes[1].name",
    "config.customobject_indexes[2].indexes",
    "config.customobject_indexes[3].indexes[0].order",
    "config.flow_settings[0].routing.max_wait_time",
    "config.flow_settings[1].scope_directives.apply_to[0]",
    "config.flow_settings[2].configuration_matrix.survey",
    "config.flow_settings[2].min_update_interval",
    "config.flow_settings[3].state",
    "config.webhooks[0].events[0]",
    "config.webhooks[0].target.url",
    "config.webhooks[1].events",
    "config.webhooks[1].target.headers.X-B",
    "config.webhooks[2].target.url",
    "config.webhooks[3].evnts",
    "config.webhooks[3].name",
]


@pytest.fixture
def problems(org, converge):
    """Return a function that runs an invalid task without any request and returns its problems."""

    def judge(config=None, **options):
        result = converge(config, **options)
        assert result["failed"], result
        assert org.log() == [], "everything is checked before the first request"
        return result["problems"]

    return judge


def places(found):
    return [problem.partition(": ")[0] for problem in found]


def test_problems_of_all_kinds_are_reported_at_once_with_their_places(problems):
    found = problems(SLIPS)
    assert len(PLACES) > 30
    missing = [place for place in PLACES if not any(one.startswith(place) for one in places(found))]
    assert missing == [], "\n".join(found)
    assert all(one.startswith("config.") for one in places(found))


def test_valid_entries_have_no_problems(problems):
    config = every_kind()
    config["webhooks"].append(webhook("Bad", events=["flow.update"]))
    assert places(problems(config)) == ["config.webhooks[2].events[0]"]


def test_validated_needs_no_credentials_and_reports_the_same(org):
    def judge(config):
        return run_module("genesys_org_config", {"state": "validated", "config": config})

    assert judge(every_kind()) | {"invocation": None} == {
        "changed": False,
        "objects": [],
        "totals": {},
        "invocation": None,
    }
    found = places(judge(SLIPS)["problems"])
    assert [place for place in PLACES if not any(one.startswith(place) for one in found)] == []


def test_validated_judges_entries_as_their_module_does():
    """Check that state validated reports the same problems as the single module."""
    indexes = [{"name": f"i{number}", "fields": ["a"]} for number in range(6)]
    entry = {"custom_object_id": "ticket", "indexes": indexes}
    alone = run_module("genesys_customobject_index", {**entry, "state": "validated"})
    config = {"customobject_indexes": [entry]}
    result = run_module("genesys_org_config", {"state": "validated", "config": config})
    assert result["problems"] == [
        f"config.customobject_indexes[0].{problem} (of 'ticket')" for problem in alone["problems"]
    ]


def test_an_entry_cannot_be_validated_alone(problems):
    """Check that state validated is refused in an entry, which would be neither compared nor written."""
    (problem,) = problems({"webhooks": [webhook("A", state="validated")]})
    assert problem.startswith("config.webhooks[0].state: ")


@pytest.mark.parametrize(
    "option",
    ["base_url", "client_secret", "deadline", "organization", "audit_log", "notify", "wait"],
)
def test_what_is_given_once_has_no_place_in_an_entry(problems, option):
    found = problems({"customobject_indexes": [index("ticket", **{option: "x"})], "webhooks": [webhook("A")]})
    assert found == [
        f"config.customobject_indexes[0].{option}: must be given once for all entries, beside config"
    ]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"concurrency": 0}, "concurrency: must be from 1 to 32, not 0"),
        ({"concurrency": 33}, "concurrency: must be from 1 to 32, not 33"),
        ({"concurrency": "many"}, "concurrency: must be a whole number"),
        ({"on_error": "ignore"}, "on_error: 'ignore' is not one of the choices"),
        ({"on_error": "rolback"}, "did you mean 'rollback'?"),
        ({"state": "absent"}, "state: 'absent' is not one of the choices"),
        (
            {"prune": {"webhooks": {"enabled": True, "max": -1}}},
            "prune.webhooks.max: must be 0 or more, not -1",
        ),
        ({"prune": {"webhooks": {"enabled": "perhaps"}}}, "prune.webhooks.enabled: must be a boolean"),
        (
            {"prune": {"webhooks": {"protected": ["a"]}}},
            "prune.webhooks.protected: is not an option; did you mean",
        ),
        ({"prune": {"webhooks": {"protect": [None]}}}, "prune.webhooks.protect[0]: must be text, not null"),
        ({"prune": {"flow_settings": {"enabled": True}}}, "prune.flow_settings: is not an option"),
        ({"prune": {"customobject_indexes": {}}}, "prune.customobject_indexes: is not an option"),
        ({"prune": {"privacy_purposes": {"enabled": True}}}, "config.privacy_purposes is not given"),
        ({"config": None}, "config: is required"),
        ({"config": {"webhook": []}}, "config.webhook: is not an option; did you mean 'webhooks'?"),
        ({"config": {"webhooks": {"name": "A"}}}, "config.webhooks: must be a list, not a dictionary"),
        ({"config": {"webhooks": ["A"]}}, "config.webhooks[0]: must be a dictionary, not text"),
        ({"config": {"webhooks": [None]}}, "config.webhooks[0]: must be a dictionary, not null"),
        ({"config": [{"webhooks": []}]}, "config: must be a dictionary, not a list"),
        ({"audit_log": "here.jsonl"}, "audit_log: must be an absolute path"),
        ({"notify": {"url": "ftp://x"}}, "notify.url: "),
        ({"organisation": "x"}, "organisation: is not an option; did you mean 'organization'?"),
    ],
    ids=str,
)
def test_problems_of_the_task_itself(problems, options, problem):
    config = options.get("config", {"webhooks": [webhook("A")]})
    found = problems(**{**options, "config": config})
    assert any(problem in one for one in found), found


def test_config_is_required(problems):
    assert problems() == ["config: is required: the objects that the org should contain"]


def test_an_object_has_one_entry(problems):
    found = problems(
        {
            "data_actions": [action("A"), action("B", id="1"), action("C"), action("A"), {"id": "1"}],
            "privacy_purposes": [purpose("A"), purpose("A")],
            "customobject_indexes": [index("ticket"), index("ticket")],
            "flow_settings": [flow("A"), flow("A", 30)],
            "webhooks": [webhook("A"), webhook("a")],
        }
    )
    assert found == [
        "config.data_actions[3].name: 'A' is declared twice, first in config.data_actions[0]",
        "config.data_actions[4].id: '1' is declared twice, first in config.data_actions[1]",
        "config.privacy_purposes[1].name: 'A' is declared twice, first in config.privacy_purposes[0]",
        "config.customobject_indexes[1].custom_object_id: 'ticket' is declared twice, first in "
        "config.customobject_indexes[0]",
        "config.flow_settings[1].name: 'A' is declared twice, first in config.flow_settings[0]",
    ]


def test_an_empty_config_is_a_config(org, converge):
    result = converge({})
    assert not result.get("failed") and result["objects"] == [] and not result["changed"]
    assert org.writes() == []
