# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of genesys_org_config on objects that nothing declares (X.5), over the platform API."""

from __future__ import annotations

import collections

from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import KINDS
from unit.export.orgs import fill_platform
from unit.platform.action_site import NAME, OTHER_IN, options, seed_action, seed_consumers, stored_names
from unit.platform.actions import FIND, action, integration
from unit.platform.test_action_replacement import REPLACE, retired

FAIL = {"mode": "fail"}
ALL = {"default": "fail"}
INTEGRATIONS = "/api/v2/integrations"


def names(result, kind):
    (found,) = [one for one in result["undeclared"] if one["kind"] == kind]
    assert (found["error"], found["not_comparable"]) == (None, None)
    return [one["name"] for one in found["objects"]]


def test_actions_that_the_collection_does_not_manage_are_left_out(tasks):
    crm = integration(tasks)
    functions = integration(tasks, "Functions", "function-data-actions")
    action(tasks, crm)
    for name, one in (("Old", crm), ("manual-1", crm), ("Fn", functions)):
        action(tasks, one, name=name)
    static = {"id": "static_-_1", "name": "Built in", "category": "C", "integrationId": crm}
    tasks.org.seed([static], "actions")
    tasks.org.clear_log()
    rules = {"data_actions": {**FAIL, "protect": ["manual*"]}, "integrations": FAIL}
    given = {"config": {"data_actions": [FIND]}, "undeclared": rules, "check_mode": True}
    result = tasks.done("org_config", **given)
    assert names(result, "data_action") == ["Old"]
    assert names(result, "integration") == ["CRM", "Functions"]
    reads = collections.Counter(entry["path"] for entry in tasks.org.log() if entry["method"] == "GET")
    assert reads[INTEGRATIONS] == 1 and tasks.org.writes() == []

    # Without a report, the same objects take the same reads.
    tasks.org.clear_log()
    tasks.done("org_config", config={"data_actions": [FIND]}, check_mode=True)
    assert reads == collections.Counter(
        entry["path"] for entry in tasks.org.log() if entry["method"] == "GET"
    )


def test_actions_are_not_judged_if_their_integrations_cannot_be_read(tasks):
    action(tasks, integration(tasks))
    tasks.org.fault(method="GET", path=INTEGRATIONS, status=403, times=None)
    result = tasks.done("org_config", config={}, undeclared={"data_actions": FAIL}, check_mode=True)
    (one,) = result["undeclared"]
    assert one["objects"] == [] and "403" in one["error"]


def test_an_action_that_a_declared_one_has_replaced_is_none_of_them(tasks):
    seeded = seed_action(tasks)
    seed_consumers(tasks, seeded["id"])
    tasks.done("data_action", **options(OTHER_IN, **REPLACE))
    assert set(stored_names(tasks)) == {NAME, retired(seeded)}
    rules = {"data_actions": FAIL}
    declared = {"data_actions": [options(OTHER_IN)]}
    assert names(tasks.done("org_config", config=declared, undeclared=rules), "data_action") == []
    result = tasks.done("org_config", config={}, undeclared=rules)
    assert names(result, "data_action") == sorted([NAME, retired(seeded)])


def test_every_kind_of_the_api_is_compared_or_named(tasks):
    fill_platform(tasks.org)
    tasks.org.clear_log()
    result = tasks.done("org_config", config={}, undeclared=ALL, check_mode=True)
    kinds = [kind for kind in KINDS if "platform" in kind.profiles]
    assert [one["kind"] for one in result["undeclared"]] == [kind.name for kind in kinds]
    without_list = {one["kind"] for one in result["undeclared"] if one["not_comparable"]}
    assert without_list == {kind.name for kind in kinds if kind.only_id is not None}
    assert {one["kind"]: one["error"] for one in result["undeclared"] if one["error"]} == {}
    assert names(result, "data_action") == ["Find", "Find"]
    assert names(result, "integration_credential") == ["Löwe"]
    assert names(result, "data_table") == ["Prices"]
    # The vendor's own rules, which every org has, are left out.
    assert names(result, "masking_rule") == ["Rule"]
    assert "Predefined" in {one["type"] for one in tasks.org.objects("masking_rules")}
    assert tasks.writes() == []
