# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of messages after a refused write: only a write that certainly did not happen is denied (S0.6)."""

from __future__ import annotations

import json

import pytest

from unit.engine.journal_outcomes import outcomes
from unit.org.conftest import ACTIONS, PURPOSES

pytestmark = pytest.mark.usefixtures("no_long_waits")

PURPOSE = {"name": "N", "description": "n", "retention": "9d", "legal_basis": "consent"}


def audit_line(log):
    (line,) = map(json.loads, log.read_text("utf-8").splitlines())
    return line


def test_a_conflict_after_a_lost_update_without_versions_does_not_deny_the_write(site, log):
    """Check that message, result and audit log leave open whether the change was written before."""
    site.seed("privacy_purposes")
    site.org.fault(method="PUT", path=f"{PURPOSES}/*", drop="after")
    site.org.fault(method="GET", path=f"{PURPOSES}/*", after=1, edit={"retentionPeriod": "30d"})
    result = site.change("privacy_purposes", name="A", retention="90d", audit_log=str(log))
    assert result["failed"] and "nothing was written" not in result["msg"]
    assert "it is not known whether the change was written before" in result["msg"]
    assert "changed" not in result or result["changed"] is not True
    assert (audit_line(log)["status"], audit_line(log)["changed"]) == ("failed", None)
    assert outcomes(site) == ["unknown"]


def test_a_conflict_after_an_update_that_versions_exclude_says_that_nothing_was_written(site, log):
    site.seed("data_actions")
    site.org.fault(method="PUT", path=f"{ACTIONS}/*", drop="before", edit={"description": "theirs"})
    result = site.change("data_actions", name="A", description="new", audit_log=str(log))
    assert result["failed"] and "nothing was written" in result["msg"]
    assert audit_line(log)["changed"] is False and outcomes(site) == ["refused"]


def test_a_refusal_after_a_lost_creation_leaves_its_effect_open(site, log):
    """Check a creation whose first attempt may still be carried out when the second one is refused."""
    site.org.fault(method="POST", path=PURPOSES, drop="before")
    site.org.fault(method="POST", path=PURPOSES, after=1, status=422)
    result = site.change("privacy_purposes", **PURPOSE, retries=3, audit_log=str(log))
    assert result["failed"] and "it is not known whether that attempt took effect" in result["msg"]
    assert audit_line(log)["changed"] is None
    assert outcomes(site) == ["unknown", "refused"]
