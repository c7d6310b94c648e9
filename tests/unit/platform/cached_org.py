# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An org with data actions that is as declared, and runs with a read cache for it."""

from __future__ import annotations

import pytest

from unit.platform.actions import FIND, TYPE, action, integration

COUNT = 12
NAMES = [f"Action {number:02}" for number in range(COUNT)]
INTEGRATIONS = ("CRM", "Other")
CONFIG = {
    "integrations": [{"name": name, "type": TYPE} for name in INTEGRATIONS],
    "data_actions": [{**FIND, "name": name} for name in NAMES],
}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def seeded(tasks):
    """Return the data actions of an org that is as declared."""
    tasks.org.simulator.rate_limit(tasks.org.key, allowed=None)
    crm, _other = [integration(tasks, name) for name in INTEGRATIONS]
    return [action(tasks, crm, name=name) for name in NAMES]


@pytest.fixture
def run(tasks, folder):
    def run(config=None, **options):
        given = {"read_cache": str(folder), "list_lag": 60, **options}
        return tasks.done("org_config", config=CONFIG if config is None else config, **given)

    return run


def reads_by_id(tasks):
    """Return the number of requests for single data actions and their templates."""
    log = tasks.org.log(method="GET", path="/api/v2/integrations/actions/*")
    return len(log)
