# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of published data actions on the platform API: created, unchanged, changed, removed (P.10, P.11)."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import OPTIONS
from unit.shared_data import needs_corpus, platform_actions, rest_data_actions

pytestmark = [
    needs_corpus,
    pytest.mark.skipif("definition" not in OPTIONS, reason="data actions have no option definition yet"),
]

OWN, OTHER, SECOND = "purecloud-data-actions", "custom-rest-actions", "Second"
INTEGRATIONS = [
    {"name": OWN, "type": OWN},
    {"name": OTHER, "type": OTHER},
    {"name": SECOND, "type": OTHER},
]


def placed(
    entries: list[dict[str, t.Any]], url: t.Callable[[dict[str, t.Any]], str]
) -> list[dict[str, t.Any]]:
    """Give each entry an integration: by its URL, or the second one for the second bearer of a name."""
    names: set[str] = set()
    for entry in entries:
        kind = OWN if url(entry).startswith("/") else OTHER
        entry["integration"] = SECOND if entry["name"] in names else kind
        names.add(entry["name"])
    return entries


def definitions() -> list[dict[str, t.Any]]:
    """Return tasks for the published definitions but the one whose path the platform refuses."""
    entries = []
    for action in platform_actions():
        definition = {key: value for key, value in action.items() if key != "source"}
        if "$$.id" not in definition["config"]["response"]["translationMap"].values():
            entries.append({"name": definition["name"], "definition": definition})
    return placed(entries, lambda entry: entry["definition"]["config"]["request"]["requestUrlTemplate"])


def rests() -> list[dict[str, t.Any]]:
    """Return tasks for the same actions as options of rest."""
    entries = [
        entry
        for entry in rest_data_actions()
        if all(mapping["source"] != "$$.id" for mapping in entry["rest"]["variable_mappings"])
    ]
    return placed(entries, lambda entry: entry["rest"]["url"])


def config(entries: list[dict[str, t.Any]]) -> dict[str, t.Any]:
    with_category = [
        entry if (entry.get("definition") or {}).get("category") else {**entry, "category": "Corpus"}
        for entry in entries
    ]
    return {"integrations": INTEGRATIONS, "data_actions": copy.deepcopy(with_category)}


@pytest.fixture(autouse=True)
def no_rate_limit(tasks):
    """Remove the limit of requests a minute, which the reads of about a hundred data actions exceed."""
    tasks.org.simulator.rate_limit(tasks.org.key, allowed=None)


@pytest.mark.parametrize(("entries", "count"), [(definitions, 97), (rests, 40)])
def test_published_data_actions_converge_and_are_removed(tasks, entries, count):
    wanted = entries()
    assert len(wanted) == count
    first = tasks.done("org_config", config=config(wanted))
    assert first["totals"]["created"] == count + 3
    assert len(tasks.org.objects("actions")) == count
    tasks.org.clear_log()
    again = tasks.done("org_config", config=config(wanted))
    assert again["changed"] is False, again["diff"]
    assert tasks.writes() == []

    for entry in wanted[:10]:
        entry["timeout_seconds"] = 17
    changed = tasks.done("org_config", config=config(wanted))
    assert changed["totals"]["updated"] == 10
    assert [write.split("/")[0] for write in tasks.writes()] == ["PATCH "] * 10

    gone = [{"name": one["name"], "integration": one["integration"], "state": "absent"} for one in wanted]
    tasks.done("org_config", config={"integrations": INTEGRATIONS, "data_actions": gone})
    assert tasks.org.objects("actions") == []


def test_what_is_sent_is_the_published_definition(tasks):
    tasks.done("org_config", config=config(definitions()))
    names = {one["id"]: one["name"] for one in tasks.org.objects("integrations")}
    stored = {(one["name"], names[one["integrationId"]]): one for one in tasks.org.objects("actions")}
    for entry in definitions():
        wire, wanted = stored[entry["name"], entry["integration"]], entry["definition"]
        assert wire["contract"] == wanted["contract"]
        assert wire["config"]["response"]["translationMap"] == wanted["config"]["response"]["translationMap"]
        assert wire["config"]["request"]["headers"] == wanted["config"]["request"]["headers"]
        for part, key in (("request", "requestTemplate"), ("response", "successTemplate")):
            sent = wanted["config"][part][key]
            assert wire["config"][part][key] == sent or sent == ""
