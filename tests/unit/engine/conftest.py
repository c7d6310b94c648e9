# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the engine's tests: an org with a journal, and the runner of genesys_org_config."""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._engine import lookup
from ansible_collections.genesys.cloud.plugins.module_utils._http import session
from ansible_collections.genesys.cloud.plugins.module_utils._retry_policy import Backoff, RetryPolicy
from unit.journaled_site import journal, site
from unit.org.conftest import converge
from unit.platform_kinds import org_of_kind
from unit.scripted_server import FAST

__all__ = ["converge", "journal", "org_of_kind", "site"]


@pytest.fixture
def no_long_waits(monkeypatch):
    """Shorten the pauses of retries, and the wait for an object that a read does not show yet."""
    monkeypatch.setattr(session, "Backoff", lambda: FAST)
    monkeypatch.setattr(lookup, "CREATED_OBJECT", RetryPolicy(2, backoff=Backoff(first=0.001)))
