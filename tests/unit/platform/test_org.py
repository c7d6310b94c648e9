# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_org_config on the platform API: references, defaults, pruning, rollback (P.7 to P.9)."""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.plugin_utils._drift import (
    CHECK_VARIABLE,
    RESULT_VARIABLE,
    read_org,
)
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift_status import IN_SYNC, NOT_JUDGED

TYPE = "custom-rest-actions"
LOGIN = {"name": "L", "type": "basicAuth", "fields": {"userName": "us3r-of-crm", "password": "pa55-of-crm"}}
CRM = {"name": "CRM", "type": TYPE, "credentials": {"basicAuth": "L"}}
CONFIG = {"integration_credentials": [LOGIN], "integrations": [CRM]}
PATH = "/api/v2/integrations"


def counts(tasks):
    return [len(tasks.org.objects(kind)) for kind in ("credentials", "integrations")]


def test_check_mode_plans_what_hangs_on_a_new_credential_with_its_name(tasks):
    result = tasks.done("org_config", config=CONFIG, check_mode=True)
    assert [one["plan"] for one in result["objects"]] == ["create", "create"]
    assert "(new credential 'L')" in str(result["objects"][1])
    assert tasks.org.writes() == []


def test_an_integration_gets_the_credential_that_the_run_created(tasks):
    assert tasks.done("org_config", config=CONFIG)["totals"]["created"] == 2
    (login,), (integration,) = tasks.org.objects("credentials"), tasks.org.objects("integrations")
    assert integration["config"]["current"]["credentials"] == {"basicAuth": {"id": login["id"]}}
    assert tasks.done("org_config", config=CONFIG)["changed"] is False


def test_an_integration_without_its_credential_is_not_written(tasks):
    tasks.org.fault(method="POST", path=f"{PATH}/credentials", status=400, body={"code": "bad.request"})
    message = tasks.failed("org_config", config=CONFIG, on_error="continue")
    assert "because this run did not create its credential 'L'" in message
    assert counts(tasks) == [0, 0]


def test_a_credential_that_nothing_declares_fails_before_any_write(tasks):
    message = tasks.failed("org_config", config={"integration_credentials": [], "integrations": [CRM]})
    assert "There is no integration credential 'L'" in message
    assert tasks.org.writes() == []


def test_defaults_are_merged_under_every_entry_of_their_kind(tasks):
    defaults = {"integrations": {"intended_state": "ENABLED", "notes": "by Ansible"}}
    config = {"integrations": [{"name": "A", "type": TYPE}, {"name": "B", "type": TYPE, "notes": None}]}
    tasks.done("org_config", config=config, defaults=defaults)
    configs = [one["config"]["current"] for one in tasks.org.objects("integrations")]
    assert {config["name"]: config["notes"] for config in configs} == {"A": "by Ansible", "B": ""}
    assert {one["intendedState"] for one in tasks.org.objects("integrations")} == {"ENABLED"}


@pytest.mark.parametrize(
    ("defaults", "said"),
    [
        ({"integrations": {"name": "A"}}, "defaults.integrations.name: is no default: give it to each entry"),
        ({"integrations": {"wait": True}}, "defaults.integrations.wait: is no default: give it once"),
        ({"integrations": {"intended_state": "ON"}}, "defaults.integrations.intended_state: "),
        ({"integrations": {"intended": "x"}}, "defaults.integrations.intended"),
        ({"integration": {}}, "defaults.integration"),
    ],
)
def test_wrong_defaults_are_problems_before_any_request(tasks, defaults, said):
    message = tasks.failed("org_config", config=CONFIG, defaults=defaults)
    assert said in message
    assert tasks.org.log() == []


def test_secrets_in_defaults_are_not_shown(tasks):
    result = tasks.done(
        "org_config",
        config={"integration_credentials": [{"name": "A"}, {"name": "B"}]},
        defaults={"integration_credentials": {key: LOGIN[key] for key in ("type", "fields")}},
    )
    assert counts(tasks) == [2, 0]
    assert "of-crm" not in str(result)


def test_integrations_are_pruned_by_type_with_protected_names(tasks):
    given = [{"name": name, "integrationType": {"id": TYPE}} for name in ("old", "manual-1")]
    tasks.org.seed(
        [*given, {"name": "app", "integrationType": {"id": "embedded-client-app"}}], "integrations"
    )
    rule = {"enabled": True, "types": [TYPE], "protect": ["manual-*"]}
    result = tasks.done("org_config", config=CONFIG, prune={"integrations": rule})
    assert result["totals"]["deleted"] == 1
    left = sorted(one["config"]["current"]["name"] for one in tasks.org.objects("integrations"))
    assert left == ["CRM", "app", "manual-1"]
    for missing in ("types", "protect"):
        less = {key: value for key, value in rule.items() if key != missing}
        message = tasks.failed("org_config", config=CONFIG, prune={"integrations": less})
        assert f"prune.integrations.{missing}: is required to prune integrations" in message


def test_an_integration_with_actions_is_not_pruned(tasks):
    (old,) = tasks.org.seed([{"name": "old", "integrationType": {"id": TYPE}}], "integrations")
    action = {
        "name": "Find",
        "category": "c",
        "integrationId": old["id"],
        "contract": {"input": {"inputSchema": {}}, "output": {"successSchema": {}}},
        "config": {"request": {"requestUrlTemplate": "https://crm.example.com", "requestType": "GET"}},
    }
    tasks.org.seed([action], "actions")
    rule = {"enabled": True, "types": [TYPE], "protect": ["manual-*"]}
    message = tasks.failed("org_config", config=CONFIG, prune={"integrations": rule})
    assert "its data actions would be removed with it: 'Find'" in message
    assert tasks.org.writes() == []


def test_a_secret_update_with_rollback_must_be_accepted_before_any_write(tasks):
    tasks.done("org_config", config=CONFIG)
    before = tasks.writes()
    config = {"integration_credentials": [{**LOGIN, "update_secret": "always"}]}
    for check_mode in (True, False):
        message = tasks.failed("org_config", config=config, on_error="rollback", check_mode=check_mode)
        assert message.startswith("accept_unrestorable: is required with on_error rollback")
        assert "integration credential 'L'" in message
    assert tasks.writes() == before
    result = tasks.done("org_config", config=config, on_error="rollback", accept_unrestorable=True)
    assert result["objects"][0]["not_restorable"] == ["fields"]


def test_a_journal_rolls_integrations_back_and_says_what_it_cannot_restore(tasks, tmp_path):
    tasks.done("org_config", config=CONFIG)
    journal = str(tmp_path / "journal.jsonl")
    config = {
        "integration_credentials": [
            {**LOGIN, "fields": {**LOGIN["fields"], "password": "n3w-of-crm"}, "update_secret": "always"}
        ],
        "integrations": [{**CRM, "notes": "new"}, {"name": "Second", "type": TYPE}],
    }
    changed = tasks.done("org_config", config=config, journal=journal)
    assert "keeps the new secrets in fields, because no read shows the earlier ones" in str(
        changed["warnings"]
    )
    assert "of-crm" not in (tmp_path / "journal.jsonl").read_text("utf-8")
    result = tasks.done("org_config", state="rolled_back", journal=journal)
    (one,) = tasks.org.objects("integrations")
    assert (one["config"]["current"]["name"], one["notes"]) == ("CRM", "")
    (login,) = tasks.org.objects("credentials")
    assert login["credentialFields"]["password"] == "n3w-of-crm"
    assert "the earlier secrets in fields are not known" in str(result["warnings"])


def test_a_removed_credential_is_not_created_again_without_its_secrets(tasks, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    tasks.done("org_config", config={"integration_credentials": [LOGIN]})
    removed = {"integration_credentials": [{"name": "L", "state": "absent"}]}
    changed = tasks.done("org_config", config=removed, journal=journal)
    assert "cannot be created again by a rollback" in str(changed["warnings"])
    message = tasks.failed("org_config", state="rolled_back", journal=journal)
    assert "cannot be created again: no read shows its fields" in message
    assert counts(tasks) == [0, 0]


def test_the_gate_says_which_secrets_were_not_compared(tasks, tmp_path):
    tasks.done("org_config", config=CONFIG)
    login = {**LOGIN, "update_secret": "when_changed", "state_path": str(tmp_path / "none")}
    result = tasks.done("org_config", config={**CONFIG, "integration_credentials": [login]}, check_mode=True)
    drift = read_org("acme", {CHECK_VARIABLE: {"failed": False}, RESULT_VARIABLE: result})
    assert [one.status for one in drift.objects] == [NOT_JUDGED, IN_SYNC]
    assert "integration_credentials 'L': not compared: fields" in drift.summary()


def test_another_org_gets_no_write(tasks):
    assert "Nothing was written" in tasks.failed("org_config", config=CONFIG, organization="Another")
    assert tasks.org.writes() == []


def test_kinds_of_the_other_api_are_named_before_any_request(tasks):
    hooks = [{"name": "H", "events": ["flow.updated"], "target": {"url": "https://x.example.com"}}]
    message = tasks.failed("org_config", config={**CONFIG, "webhooks": hooks})
    assert "api_profile: the API 'platform' has no webhook: the kind exists in reference" in message
    assert "set api_profile to reference. Else use a kind of 'platform': integration_credential" in message
    assert tasks.org.log() == []


@pytest.mark.parametrize("wrong", [{"enabled": 7}, {"types": {}}, {"protect": {}}, {"max": "x"}])
def test_a_wrong_option_of_a_prune_rule_is_named_once(tasks, wrong):
    rule = {"enabled": True, "types": [TYPE], "protect": ["manual-*"], **wrong}
    result = tasks.run("org_config", config=CONFIG, prune={"integrations": rule})
    (problem,) = result["problems"]
    assert problem.startswith(f"prune.integrations.{next(iter(wrong))}: must be")
    assert tasks.org.log() == []
