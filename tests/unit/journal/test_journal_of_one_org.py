# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of one journal path for two orgs: the second run is refused, a rollback touches its own org alone."""

from __future__ import annotations

import copy
import json

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._errors import InputError
from unit.journaled_site import CHANGES, STORED, Site
from unit.module_runner import run_module


@pytest.fixture
def other_site(site, new_org):
    """Return a second org that uses the same journal."""
    return Site(new_org(name="Other"), site.journal)


@pytest.mark.parametrize("module", ["genesys_data_action", "genesys_org_config"])
def test_a_journal_of_another_org_is_refused_before_any_write(site, other_site, module):
    site.seed("data_actions")
    site.change("data_actions", name="A", description="new")
    other_site.seed("data_actions")
    before, content = other_site.state(), site.journal.read_bytes()
    options = {"name": "A", "description": "new"}
    given = options if module == "genesys_data_action" else {"config": {"data_actions": [options]}}
    result = run_module(module, {**other_site.connection, "journal": str(site.journal), **given})
    assert result["failed"]
    assert (
        f"The journal '{site.journal}' belongs to the org '{site.org.name}' (id {site.org.id}), and this "
        f"task changes 'Other' (id {other_site.org.id}). Give each org a separate journal. Nothing was "
        "changed."
    ) in json.dumps(result, ensure_ascii=False)
    assert other_site.state() == before and site.journal.read_bytes() == content


def test_a_file_that_is_no_journal_is_refused_before_any_write(site):
    site.seed("data_actions")
    site.journal.parent.mkdir()
    site.journal.write_text("name: A\n", "utf-8")
    site.journal.chmod(0o600)
    result = site.change("data_actions", name="A", description="new")
    assert result["failed"] and "it is no journal" in result["msg"] and site.org.writes() == []
    site.journal.write_bytes(b'{"journal":2,"run":"cut o')
    assert site.change("data_actions", name="A", description="new")["changed"]


def test_a_rollback_leaves_the_runs_of_other_orgs_alone(site, other_site):
    """Check a journal in which an earlier version has mixed the runs of two orgs."""
    journals = []
    for each in (site, other_site):
        each.org.seed([copy.deepcopy(STORED["data_actions"])])
        each.change("data_actions", **CHANGES["data_actions"])
        journals.append(site.journal.read_bytes())
        site.journal.unlink()
    site.journal.write_bytes(b"".join(journals))
    site.journal.chmod(0o600)
    before, other_before = site.state(), other_site.state()
    other_site.org.clear_log()
    (undone,) = site.undo().values()
    assert undone.plan == "update" and site.state() != before
    assert other_site.org.log() == [] and other_site.state() == other_before
    assert [str(warning) for warning in site.findings.warnings] == [
        f"journal: '{site.journal}' also has writes to the org 'Other' (id {other_site.org.id}), but these "
        f"credentials belong to '{site.org.name}' (id {site.org.id}): those writes are not rolled back"
    ]
    with pytest.raises(InputError, match="belongs to the org 'Other'"):
        site.undo()
