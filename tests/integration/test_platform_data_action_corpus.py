# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of published data actions on the platform API by ansible-playbook, each a task (P.11).

A definition is a file, whose text Ansible does not template. The files are read from shared/corpus beside the
checkout, or from the folder that GENESYS_SHARED names.
"""

from __future__ import annotations

import json

import pytest

from unit.platform.published_actions import INTEGRATIONS, definitions
from unit.shared_data import needs_corpus

pytestmark = needs_corpus
MODULE = "genesys.cloud.genesys_data_action"


@pytest.fixture
def entries(platform_org, tmp_path):
    """Return the tasks' options, with the definitions in files, in an org that has their integrations."""
    platform_org.simulator.rate_limit(platform_org.key, allowed=None)
    platform_org.seed(
        [{"name": one["name"], "integrationType": {"id": one["type"]}} for one in INTEGRATIONS],
        "integrations",
    )
    found = definitions()
    for number, entry in enumerate(found):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(entry["definition"]), "utf-8")
        entry |= {"definition": str(file), "category": entry["definition"].get("category") or "Corpus"}
    return found


@pytest.fixture
def run(playbook, platform_org):
    """Run a task for each entry. Return the number of tasks for each status."""

    def run_tasks(entries, **options):
        done = playbook(
            [
                {"name": f"Entry {number}", MODULE: {**platform_org.connection, **entry, **options}}
                for number, entry in enumerate(entries)
            ]
        )
        found = [result.status for result in done.results()]
        return {status: found.count(status) for status in set(found)}

    return run_tasks


def test_published_definitions_are_created_unchanged_changed_and_removed(run, platform_org, entries):
    assert run(entries) == {"changed": 97}
    assert len(platform_org.objects("actions")) == 97
    platform_org.clear_log()
    assert run(entries) == {"ok": 97}
    assert platform_org.writes() == []

    assert run(entries[:10], timeout_seconds=17) == {"changed": 10}
    assert [write["method"] for write in platform_org.writes()] == ["PATCH"] * 10

    absent = [{"name": entry["name"], "integration": entry["integration"]} for entry in entries]
    assert run(absent, state="absent") == {"changed": 97}
    assert platform_org.objects("actions") == []
