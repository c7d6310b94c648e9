# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promotions of objects whose names, or the names of their references, mean several objects (X.3)."""

from __future__ import annotations

import typing as t

import pytest

from unit.export.orgs import stored_platform_action
from unit.org.conftest import stored_webhook
from unit.platform.retention_policies import seed_names
from unit.platform.triggers import seed_trigger, seed_workflow
from unit.platform_kinds import stored_integration
from unit.promote.conftest import changes, failed, run_promoted

TYPES = ("custom-rest-actions", "purecloud-data-actions")
GONE = "6b3c1f6e-0d5a-4b8e-9d55-6f4f2f1b7a10"
NO_NAME = "whose name means others too or none: give it a name of its own, or name the first in exclude"


@pytest.fixture
def orgs(new_org: t.Callable[..., t.Any]) -> tuple[t.Any, t.Any]:
    return new_org(api="platform"), new_org(api="platform")


def integrations(org: t.Any, *types: str) -> list[str]:
    """Store integrations of one name. Return their ids."""
    stored = [stored_integration("CRM", integrationType={"id": one}) for one in types]
    return [str(one["id"]) for one in org.seed(stored, "integrations")]


def stored_action(integration_id: str, token: str) -> dict[str, t.Any]:
    action = stored_platform_action("Find", integration_id)
    action["config"]["request"]["headers"]["Authorization"] = token
    return action


def tokens(org: t.Any) -> dict[str, str]:
    """Return the secret header of each data action by the id of its integration."""
    return {
        one["integrationId"]: one["config"]["request"]["headers"]["Authorization"]
        for one in org.objects("actions")
    }


def test_a_reference_without_a_name_is_an_error_because_its_id_means_nothing(
    orgs: tuple[t.Any, t.Any],
) -> None:
    target, source = orgs
    seed_names(target)
    seed_names(source)
    conditions = {"forUsers": [{"id": GONE, "name": "Gone"}], "forQueues": [{"id": GONE, "name": "Gone"}]}
    source.seed([{"name": "Keep", "order": 1, "conditions": conditions}], "retention_policies")
    message = failed(run_promoted(target, source))
    assert f"the media retention policy 'Keep' refers to the object with the id {GONE}, {NO_NAME}" in message
    assert target.writes() == []


def test_a_workflow_of_two_in_the_source_is_an_error(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    workflow = seed_workflow(source)
    for org in (source, target):
        seed_workflow(org)
    seed_trigger(source, workflow)
    message = failed(run_promoted(target, source))
    assert message == f"source: the trigger 'Survey' refers to the object with the id {workflow}, {NO_NAME}"
    assert target.writes() == []


def test_a_new_object_gets_no_secret_of_one_in_another_integration(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    first, _second = integrations(source, *TYPES)
    (other,) = integrations(target, TYPES[1])
    source.seed([stored_action(first, "Bearer s3cr3t-of-source")], "actions")
    target.seed([stored_action(other, "Bearer s3cr3t-of-other")], "actions")
    options = {"kinds": ["data_actions"], "dependencies": "include"}
    message = failed(run_promoted(target, source, **options))
    assert "is required for the data action 'Find', because the target has no such secret" in message
    result = run_promoted(target, source, copy_secrets=True, **options)
    assert changes(result) == {("integration", "CRM"): "create", ("data_action", "Find"): "create"}
    found = tokens(target)
    assert found.pop(other) == "Bearer s3cr3t-of-other"
    assert [*found.values()] == ["Bearer s3cr3t-of-source"]


def test_the_type_chooses_among_the_integrations_of_the_target(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    (first,) = integrations(source, TYPES[0])
    same, other = integrations(target, *TYPES)
    source.seed([stored_action(first, "Bearer s3cr3t-of-source")], "actions")
    target.seed([stored_action(other, "Bearer s3cr3t-of-other")], "actions")
    changes(run_promoted(target, source, kinds=["data_actions"], copy_secrets=True))
    assert tokens(target) == {same: "Bearer s3cr3t-of-source", other: "Bearer s3cr3t-of-other"}
    assert run_promoted(target, source, copy_secrets=True)["changed"] is False


def test_two_objects_of_the_target_are_an_error_before_their_secrets(
    new_org: t.Callable[..., t.Any],
) -> None:
    target, source = new_org(), new_org()
    url = "https://hooks.example.com/services/T0K3nWithManyChars4Webhook"
    source.seed([stored_webhook("Feed", target={"url": url, "headers": {}})], "webhooks")
    target.seed([stored_webhook("Feed"), stored_webhook("Feed")], "webhooks")
    assert failed(run_promoted(target, source)) == (
        "webhooks: the target has 2 objects that the webhook 'Feed' may mean: rename all but one there, or "
        "name it in exclude"
    )


def test_two_objects_of_one_new_name_are_an_error_that_names_both(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    rules = [{"name": name, "definition": "x", "integrations": ["Chat"]} for name in ("A", "B")]
    source.seed(rules, "masking_rules")
    message = failed(run_promoted(target, source, values=[{"from": "B", "to": "A"}]))
    assert message == (
        "source: the masking rule 'B': name: 'A' is declared twice, first in the masking rule 'A'"
    )
