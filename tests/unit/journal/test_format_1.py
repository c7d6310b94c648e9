# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Test of a journal of the format 1, which earlier versions of the collection have written."""

from __future__ import annotations

import copy
import json
import pathlib

import pytest

from unit.journaled_site import PASSWORD, STORED

SAMPLE = pathlib.Path(__file__).with_name("format_1.jsonl").read_text("utf-8")


@pytest.fixture
def old_site(site):
    """Return an org with the objects as the sample's runs have left them."""
    lines = [json.loads(line) for line in SAMPLE.splitlines()]
    kinds = {
        "data_action": "data_actions",
        "webhook": "webhooks",
        "flow_settings": "flows",
        "customobject_index": "customobjects",
    }
    objects = {line["kind"]: line for line in lines if "kind" in line and line["after"] is not None}
    for kind, name in kinds.items():
        after = copy.deepcopy(objects[kind]["after"])
        if name == "webhooks":
            after["target"] = {
                "url": "https://hooks.example.com/b?token=n3w-s3cr3t-query",
                "headers": {"Authorization": "Bearer n3w-s3cr3t-token"},
            }
        if name == "data_actions":
            after["restConfig"]["headers"]["Authorization"] = "Bearer n3w-s3cr3t-token"
        if name == "flows":
            after["version"] = 15
        if name == "customobjects":
            after |= {"schemaVersion": 2}
        site.org.seed([{**after, "id": objects[kind]["id"]}], name)
    site.journal.parent.mkdir()
    site.journal.write_text(SAMPLE.replace("ORG-ID", site.org.id), "utf-8")
    site.journal.chmod(0o600)
    return site


def test_a_journal_of_format_1_is_rolled_back_with_its_secrets(old_site):
    undone = old_site.undo(PASSWORD)
    assert {one.error for one in undone.values()} == {None}
    for kind in ("data_actions", "webhooks", "flows", "privacy_purposes"):
        expected = {key: value for key, value in STORED[kind].items() if key != "version"}
        assert old_site.state(kind)[kind] == [expected], kind
    assert "are not authenticated" in str(old_site.findings.warnings[0])
    assert [line["journal"] for line in old_site.lines() if "journal" in line] == [1] * 7 + [2]
    assert old_site.undo(PASSWORD) == {}


def test_without_the_password_its_secrets_stay(old_site):
    undone = old_site.undo()
    assert undone["webhook A"].not_restored == ["target.url", "target.headers.Authorization"]
    assert old_site.org.named("A", "webhooks")["target"]["url"].endswith("n3w-s3cr3t-query")
    assert "****" not in json.dumps(old_site.org.objects("webhooks"))
