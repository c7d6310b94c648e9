# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The number of requests that runs with data actions of the platform API send (P.17)."""

from __future__ import annotations

import math

import pytest

from unit.platform.actions import FIND, TYPE, action, integration

FORMS = pytest.mark.parametrize("form, reads", [("inline", 1), ("uri", 3)])
NAMES = [f"Action {number:03}" for number in range(130)]
CONFIG = {
    "integrations": [{"name": name, "type": TYPE} for name in ("CRM", "Other")],
    "data_actions": [{**FIND, "name": name} for name in NAMES],
}


def fixed(integrations, actions):
    """Return F: token, org, pages of integrations, credentials and actions, a configuration each."""
    pages = [max(1, math.ceil(count / 100)) for count in (integrations, 0, actions)]
    return 2 + sum(pages) + integrations


@pytest.fixture
def run(tasks):
    tasks.org.simulator.rate_limit(tasks.org.key, allowed=None)

    def run(**options):
        return tasks.done("org_config", config=CONFIG, organization=tasks.org.name, list_lag=60, **options)

    return run


@FORMS
def test_an_unchanged_org_is_read_with_few_requests(tasks, run, form, reads):
    tasks.org.platform(template_form=form)
    crm, _other = integration(tasks), integration(tasks, "Other")
    for name in NAMES:
        action(tasks, crm, name=name)
    result = run()
    assert result["changed"] is False
    assert result["api"]["requests"] <= fixed(2, len(NAMES)) + reads * len(NAMES)


@FORMS
def test_an_org_is_created_with_few_requests(tasks, run, form, reads):
    tasks.org.platform(template_form=form)
    integration(tasks), integration(tasks, "Other")
    result = run()
    assert result["totals"]["created"] == len(NAMES)
    assert result["api"]["requests"] <= 2 * fixed(2, len(NAMES)) + (1 + reads) * len(NAMES)


@FORMS
def test_a_single_unchanged_action_is_read_once(tasks, form, reads):
    tasks.org.platform(template_form=form)
    action(tasks, integration(tasks))
    result = tasks.done("data_action", **FIND, organization=tasks.org.name)
    assert result["api"]["requests"] <= fixed(0, 1) + reads
