# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of real data actions by ansible-playbook: create, unchanged, edit, remove (S1.1 to S1.3, S1.7).

The definitions are read from shared/corpus beside the checkout, or from the folder that GENESYS_SHARED names.
"""

from __future__ import annotations

import os
import pathlib

import pytest
import yaml

from integration.playbook import ROOT

SHARED = pathlib.Path(os.environ.get("GENESYS_SHARED") or ROOT.parent / "shared")
CORPUS = SHARED / "corpus" / "rest_data_actions.yml"
MODULE = "genesys.cloud.genesys_data_action"

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason=f"no real data actions: {CORPUS} does not exist")


@pytest.fixture
def entries():
    return yaml.safe_load(CORPUS.read_text(encoding="utf-8"))["data_actions"]


def _tasks(org, entries, **options):
    """Return one task per entry, named after the entry; the texts contain no Jinja expressions."""
    return [
        {"name": entry["name"], MODULE: {**org.connection, **entry, **options}, "ignore_errors": True}
        for entry in entries
    ]


def _refused(entries):
    (entry,) = [
        entry
        for entry in entries
        if any(mapping["source"].startswith("$$") for mapping in entry["rest"]["variable_mappings"])
    ]
    return entry["name"]


def test_the_whole_corpus_converges_and_is_removed(playbook, org, entries):
    assert len(entries) == 41
    refused = _refused(entries)
    good = [entry for entry in entries if entry["name"] != refused]

    first = playbook(_tasks(org, entries))
    assert {result.task for result in first.results() if result.status == "changed"} == {
        entry["name"] for entry in good
    }
    failure = first.result(refused)
    assert failure.status == "failed" and "$$.id" in failure.result["msg"]
    assert "^" in failure.result["msg"].splitlines()[-1]
    assert len(org.objects()) == len(org.writes()) == 40
    bare = {
        entry["name"]
        for entry in good
        if any(not mapping["source"].startswith("$") for mapping in entry["rest"]["variable_mappings"])
    }
    assert bare and bare == {result.task for result in first.results() if result.result.get("warnings")}

    org.clear_log()
    again = playbook(_tasks(org, good))
    assert {result.status for result in again.results()} == {"ok"}
    assert org.writes() == []

    edited = {**good[7], "description": "edited"}
    assert playbook(_tasks(org, [edited])).result(edited["name"]).status == "changed"
    (write,) = org.writes()
    assert (write["method"], write["body"]["description"]) == ("PUT", "edited")

    names = [{"name": entry["name"], "state": "absent"} for entry in good]
    assert {result.status for result in playbook(_tasks(org, names)).results()} == {"changed"}
    assert org.objects() == []
    assert {result.status for result in playbook(_tasks(org, names)).results()} == {"ok"}
