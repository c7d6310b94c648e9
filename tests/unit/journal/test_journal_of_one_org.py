# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of one journal path for two orgs: the second run is refused, a rollback touches its own org alone."""

from __future__ import annotations

import copy
import json

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._errors import InputError
from unit.journaled_site import ALL_CHANGES, ALL_STORED, MODULES, Site
from unit.module_runner import run_module
from unit.platform_kinds import LISTS

#: A kind of each API.
KINDS = pytest.mark.parametrize("kind", ["data_actions", "integrations"])


@pytest.fixture
def other_site(site, new_org):
    """Return a second org of the same API that uses the same journal."""
    return Site(new_org(name="Other", api=site.org.api), site.journal)


@KINDS
@pytest.mark.parametrize("whole", [False, True], ids=["one object", "whole org"])
def test_a_journal_of_another_org_is_refused_before_any_write(site, other_site, kind, whole):
    site.seed(kind)
    site.change(kind, **ALL_CHANGES[kind])
    other_site.seed(kind)
    before, content = other_site.state(), site.journal.read_bytes()
    options = ALL_CHANGES[kind]
    given = {"config": {LISTS.get(kind, kind): [options]}} if whole else options
    module = "genesys_org_config" if whole else MODULES[kind]
    result = run_module(module, {**other_site.connection, "journal": str(site.journal), **given})
    assert result["failed"]
    assert (
        f"The journal '{site.journal}' belongs to the org '{site.org.name}' (id {site.org.id}), and this "
        f"task changes 'Other' (id {other_site.org.id}). Give each org a separate journal. Nothing was "
        "changed."
    ) in json.dumps(result, ensure_ascii=False)
    assert other_site.state() == before and site.journal.read_bytes() == content


@KINDS
def test_a_file_that_is_no_journal_is_refused_before_any_write(site, kind):
    site.seed(kind)
    site.journal.parent.mkdir()
    site.journal.write_text("name: A\n", "utf-8")
    site.journal.chmod(0o600)
    result = site.change(kind, **ALL_CHANGES[kind])
    assert result["failed"] and "it is no journal" in result["msg"] and site.org.writes() == []
    site.journal.write_bytes(b'{"journal":2,"run":"cut o')
    assert site.change(kind, **ALL_CHANGES[kind])["changed"]


@KINDS
def test_a_rollback_leaves_the_runs_of_other_orgs_alone(site, other_site, kind):
    """Check a journal in which an earlier version has mixed the runs of two orgs."""
    journals = []
    for each in (site, other_site):
        each.org.seed([copy.deepcopy(ALL_STORED[kind])], kind)
        each.change(kind, **ALL_CHANGES[kind])
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
