# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of a rollback of many objects while the API throttles, fails and drops connections."""

from __future__ import annotations

import copy

import pytest

from unit.journaled_site import CHANGES, NEW, PASSWORD, STORED
from unit.module_runner import run_module


@pytest.mark.parametrize("seed", range(2))
def test_a_run_under_faults_is_rolled_back_under_faults(site, seed):
    lists = {}
    options = {"data_actions": "data_actions", "privacy_purposes": "privacy_purposes", "webhooks": "webhooks"}
    for kind, option in options.items():
        names = [f"A{number}" for number in range(10)]
        site.org.seed([{**copy.deepcopy(STORED[kind]), "name": name} for name in names], kind)
        lists[option] = [{**copy.deepcopy(CHANGES[kind]), "name": name} for name in names[:4]]
        lists[option] += [{"name": name, "state": "absent"} for name in names[4:7]]
        lists[option] += [{**copy.deepcopy(NEW[kind]), "name": f"N{number}"} for number in range(4)]
    before = site.state()
    given = {**site.org.connection, "journal": str(site.journal), "journal_password": PASSWORD, "retries": 20}
    weather = [
        {"status": 503, "probability": 0.15},
        {"status": 429, "retry_after": 0, "probability": 0.15},
        {"drop": "after", "probability": 0.05},
        {"drop": "before", "probability": 0.05},
    ]
    for number, fault in enumerate(weather):
        site.org.fault(path="/api/v2/*", times=None, random_seed=10 * seed + number, **fault)
    made = run_module("genesys_org_config", {**given, "config": lists, "on_error": "continue"})
    assert "objects" in made, made
    assert site.state() != before
    for _turn in range(5):
        undone = run_module("genesys_org_config", {**given, "state": "rolled_back"})
        if not undone.get("failed"):
            break
    assert not undone.get("failed"), undone["msg"]
    assert site.state() == before
