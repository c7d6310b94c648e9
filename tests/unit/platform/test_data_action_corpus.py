# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of published data actions on the platform API: created, unchanged, changed, removed (P.10, P.11)."""

from __future__ import annotations

import copy
import typing as t

import pytest

from unit.platform.published_actions import INTEGRATIONS, definitions, rests
from unit.shared_data import needs_corpus

pytestmark = needs_corpus


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
