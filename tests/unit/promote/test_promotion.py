# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promotions of chosen objects: references by name, missing dependencies, and secrets (X.3)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.platform import REPLACEMENT
from unit.export.orgs import stored_platform_action
from unit.module_runner import warnings_of
from unit.org.conftest import stored_action, stored_webhook
from unit.platform.retention_policies import seed_names
from unit.platform.triggers import seed_trigger, seed_workflow
from unit.platform_kinds import stored_credential, stored_integration
from unit.promote.conftest import changes, failed, run_promoted

LOGIN = {"userName": "us3r-of-target", "password": "p4ss-of-target"}
FIELDS = "vault_integration_credential_crm_login_fields"
TOKEN = "vault_data_action_find_definition_config_request_headers_authorization"
URL = "https://hooks.example.com/services/T0K3nWithManyChars4Webhook"


@pytest.fixture
def orgs(new_org: t.Callable[..., t.Any]) -> tuple[t.Any, t.Any]:
    """Return an empty target, and a source whose data action needs an integration and a credential."""
    target, source = new_org(api="platform"), new_org(api="platform")
    target.seed([stored_credential("Other"), stored_credential("Another")], "credentials")
    (login,) = source.seed([stored_credential("CRM login")], "credentials")
    slots = {"basicAuth": {"id": login["id"]}}
    (crm,) = source.seed([stored_integration("CRM", config={"credentials": slots})], "integrations")
    source.seed([stored_platform_action("Find", crm["id"])], "actions")
    return target, source


def test_missing_dependencies_are_errors_before_any_write(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    message = failed(run_promoted(target, source, kinds=["data_actions"], copy_secrets=True))
    assert message == (
        "dependencies: the data action 'Find' refers to the integration 'CRM', which the target does not "
        "have: set dependencies to include, or create it first"
    )
    assert target.writes() == []


def test_missing_dependencies_are_taken_along_in_order(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    options = {"kinds": ["data_actions"], "dependencies": "include", "copy_secrets": True}
    message = failed(run_promoted(target, source, **options))
    assert message == (
        f"secrets.{FIELDS}: is required for the integration credential 'CRM login', because the target has "
        "no such secret: give it"
    )
    options["secrets"] = {FIELDS: LOGIN}
    assert list(changes(run_promoted(target, source, check_mode=True, **options)).values()) == ["create"] * 3
    assert target.writes() == []
    result = run_promoted(target, source, **options)
    assert [(one["kind"], one["needed_by"]) for one in result["included"]] == [
        ("integration", "data action 'Find'"),
        ("integration_credential", "integration 'CRM'"),
    ]
    assert [one["kind"] for one in result["objects"]] == [
        "integration_credential",
        "integration",
        "data_action",
    ]
    crm = target.named("CRM", "integrations")
    assert target.named("Find", "actions")["integrationId"] == crm["id"]
    assert crm["id"] != source.named("CRM", "integrations")["id"]
    login = target.named("CRM login", "credentials")
    assert crm["config"]["current"]["credentials"]["basicAuth"]["id"] == login["id"]
    assert login["credentialFields"] == LOGIN
    assert "p4ss" not in str(result) and "s3cr3t" not in str(result)
    # The credential is in both orgs now and keeps its fields. Nothing else is taken along any more.
    again = run_promoted(target, source, **options)
    assert (again["changed"], again["included"]) == (False, [])


def test_the_integration_of_a_policy_is_a_dependency_too(new_org: t.Callable[..., t.Any]) -> None:
    target, source = new_org(api="platform"), new_org(api="platform")
    for org in (target, source):
        seed_names(org)
    (crm,) = source.seed(
        [stored_integration("CRM", integrationType={"id": "custom-rest-actions"})], "integrations"
    )
    export = {"integration": {"id": crm["id"]}, "shouldExportScreenRecordings": True}
    policy = {"name": "Keep", "order": 1, "actions": {"integrationExport": export}}
    source.seed([policy], "retention_policies")
    options = {"kinds": ["media_retention_policies"]}
    assert "refers to the integration 'CRM'" in failed(run_promoted(target, source, **options))
    result = run_promoted(target, source, dependencies="include", **options)
    assert changes(result) == {("integration", "CRM"): "create", ("media_retention_policy", "Keep"): "create"}


def test_a_flow_that_the_target_lacks_is_an_error_before_any_write(new_org: t.Callable[..., t.Any]) -> None:
    target, source = new_org(api="platform"), new_org(api="platform")
    seed_trigger(source, seed_workflow(source, "Send survey"))
    source.seed([{"name": "Rule", "definition": "x", "integrations": ["Chat"]}], "masking_rules")
    message = failed(run_promoted(target, source, dependencies="include"))
    assert "trigger 'Survey'" in message and "'Send survey'" in message and "Nothing was changed." in message
    assert [one["path"] for one in target.writes()] == ["/api/v2/dataprivacy/maskingrules/validate"]


def test_the_target_keeps_its_secrets(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    options = {"secrets": {FIELDS: LOGIN, TOKEN: "Bearer s3cr3t-of-target"}}
    changes(run_promoted(target, source, **options))
    headers = target.named("Find", "actions")["config"]["request"]["headers"]
    assert headers["Authorization"] == "Bearer s3cr3t-of-target"
    source.edit(source.named("Find", "actions")["id"], {"category": "New"}, "actions")
    result = run_promoted(target, source)
    assert changes(result) == {("data_action", "Find"): "update"}
    stored = target.named("Find", "actions")
    assert (stored["category"], stored["config"]["request"]["headers"]) == ("New", headers)
    option = "definition.config.request.headers"
    assert [one for one in warnings_of(result) if "secret" in one] == [
        f"data_actions: the target keeps its secret {option} (1 object): to change it, give {TOKEN} in "
        "secrets",
        "integration_credentials: the target keeps its secret fields (1 object): to change it, give "
        f"{FIELDS} in secrets",
    ]
    # A given secret replaces it, and so does a copy.
    for more, expected in (
        ({"secrets": {TOKEN: "Bearer s3cr3t-of-later"}}, "Bearer s3cr3t-of-later"),
        ({"copy_secrets": True}, "Bearer s3cr3t-of-action"),
    ):
        result = run_promoted(target, source, kinds=["data_actions"], **more)
        assert changes(result) == {("data_action", "Find"): "update"}
        assert "s3cr3t" not in str(result)
        headers = target.named("Find", "actions")["config"]["request"]["headers"]
        assert headers["Authorization"] == expected


def test_a_secret_in_a_template_is_told(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    found = source.named("Find", "actions")
    request = {**found["config"]["request"], "requestTemplate": '{"token": "Bearer s3cr3t-of-action"}'}
    source.edit(found["id"], {"config": {**found["config"], "request": request}}, "actions")
    result = run_promoted(target, source, secrets={FIELDS: LOGIN, TOKEN: "Bearer s3cr3t-of-target"})
    changes(result)
    assert [one for one in warnings_of(result) if "template" in one] == [
        "data_actions: the data action 'Find' has a secret of the source outside of headers and URLs, such "
        "as in a template, and the target gets it: use a credential of the integration instead"
    ]
    assert "s3cr3t" not in str(result)


def test_a_given_secret_of_no_object_is_a_warning(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    mistyped = {
        FIELDS.replace("login", "logon"): LOGIN,
        "vault_webhook_of_another_kind_target_url": "https://x",
    }
    result = run_promoted(target, source, secrets={FIELDS: LOGIN, **mistyped}, copy_secrets=True)
    assert [one for one in warnings_of(result) if one.startswith("secrets")] == [
        "secrets: no promoted object has vault_integration_credential_crm_logon_fields: correct or remove "
        "the names"
    ]


def test_all_missing_secrets_are_named_at_once(new_org: t.Callable[..., t.Any]) -> None:
    target, source = new_org(), new_org()
    more = {"url": URL, "headers": {"X-Api-Key": "s3cr3t-of-webhook", "X-Region": "emea"}}
    source.seed([stored_webhook(name, target=more) for name in ("Feed", "Löwe")], "webhooks")
    result = run_promoted(target, source)
    assert failed(result).splitlines()[0] == "4 problems and nothing was written:"
    needed = ["vault_webhook_feed_target_headers_x_api_key", "vault_webhook_feed_target_url"]
    assert [one.partition(":")[0] for one in result["problems"]][:2] == [f"secrets.{name}" for name in needed]
    assert "or set copy_secrets to copy it" in result["problems"][0]
    assert target.writes() == [] and "s3cr3t" not in str(result) and "T0K3n" not in str(result)


def test_a_name_that_means_several_objects_is_an_error(new_org: t.Callable[..., t.Any]) -> None:
    target, source = new_org(), new_org()
    source.seed([stored_webhook("Feed"), stored_webhook("Feed"), stored_webhook("Other")], "webhooks")
    result = run_promoted(target, source)
    assert "the webhook 'Feed' shares its name with other objects" in failed(result)
    assert target.writes() == []
    assert changes(run_promoted(target, source, exclude=["Feed"])) == {("webhook", "Other"): "create"}


def test_names_choose_objects_and_excluded_ones_are_never_pruned(new_org: t.Callable[..., t.Any]) -> None:
    target, source = new_org(), new_org()
    source.seed([stored_webhook(name) for name in ("CRM a", "CRM b", "Other")], "webhooks")
    target.seed([stored_webhook(name) for name in ("Manual", "Old")], "webhooks")
    result = run_promoted(target, source, names=["CRM*", "Odrer*"], exclude=["* b"])
    assert changes(result) == {("webhook", "CRM a"): "create"}
    assert "names[1]: no object of these kinds has a name that fits 'Odrer*'" in warnings_of(result)
    pruned = run_promoted(target, source, exclude=["Manual"], prune={"webhooks": {"enabled": True}})
    assert changes(pruned)["webhook", "Old"] == "delete"
    assert sorted(one["name"] for one in target.objects("webhooks")) == ["CRM a", "CRM b", "Manual", "Other"]


def test_a_replaced_data_action_is_left_out(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    crm = source.named("CRM", "integrations")["id"]
    (old,) = source.seed([stored_platform_action("Old", crm)], "actions")
    name = REPLACEMENT.retired_name("Find", old["id"])
    source.edit(old["id"], {"name": name}, "actions")
    result = run_promoted(target, source, secrets={FIELDS: LOGIN}, copy_secrets=True)
    assert ("data_action", name) not in changes(result)
    reasons = {one["name"]: one["reason"] for one in result["left_out"]}
    assert reasons[name] == "was replaced by another object"


def test_orgs_are_read_once(new_org: t.Callable[..., t.Any]) -> None:
    """Each org costs what reading it costs: its lists, and a request for each data action."""
    target, source = new_org(api="platform"), new_org(api="platform")
    for org in (target, source):
        (crm,) = org.seed([stored_integration("CRM")], "integrations")
        actions = [stored_platform_action(f"Find {number}", crm["id"]) for number in range(30)]
        org.seed(actions, "actions")
        org.clear_log()
    result = run_promoted(target, source, kinds=["integrations", "data_actions"])
    assert result["changed"] is False
    counts = []
    for org in (target, source):
        paths = [f"{one['method']} {one['path']}" for one in org.log()]
        counts.append({path: paths.count(path) for path in paths if "/actions/" in path})
        assert len(counts[-1]) >= 30
    assert set(counts[0].values()) == set(counts[1].values()) == {1}
    assert (result["api"]["requests"], result["source_api"]["requests"]) == (
        len(target.log()),
        len(source.log()),
    )


def test_keys_without_an_option_are_told(new_org: t.Callable[..., t.Any]) -> None:
    target, source = new_org(), new_org()
    more = {"priority": 5, "labels": [], "owner": None}
    source.seed([stored_webhook("Both", **more), stored_webhook("Feed", **more)], "webhooks")
    target.seed([stored_webhook("Both", priority=5)], "webhooks")
    source.seed([stored_action("Find")])  # its type is one that every new data action has
    result = run_promoted(target, source)
    assert list(changes(result).values()) == ["create"] * 2
    assert warnings_of(result) == [
        "webhooks: priority of 1 object was not promoted, because the collection does not manage it"
    ]
