# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Masking rules: validation, names, channels, predefined rules."""

from __future__ import annotations

import pytest

RULES = "/api/v2/dataprivacy/maskingrules"
CARD = {
    "name": "Card",
    "type": "Custom",
    "substituteCharacter": "*",
    "definition": r"\d{16}",
    "enabled": True,
    "direction": "outbound",
    "integrations": ["webmessaging"],
}


def predefined(platform):
    return next(one for one in platform.get(RULES).json()["entities"] if one["name"] == "SSN")


def test_a_rule_is_created_read_changed_and_deleted(platform):
    created = platform.post(RULES, json={**CARD, "id": "mine", "description": "All cards"}).json()
    assert created["id"] != "mine" and created["dateCreated"] == created["dateModified"]
    path = f"{RULES}/{created['id']}"
    assert platform.get(path).json() == created
    assert created in platform.get(RULES).json()["entities"]
    changed = platform.patch(path, json={**CARD, "enabled": False}).json()
    assert (changed["enabled"], changed["description"]) == (False, "")
    assert changed["dateCreated"] == created["dateCreated"]
    assert platform.delete(path).status_code == 204
    assert platform.get(path).status_code == 404


def test_a_patch_may_keep_what_it_lacks(platform, platform_org):
    platform_org.platform(masking_rule_patch="merges")
    created = platform.post(RULES, json={**CARD, "description": "All cards"}).json()
    path, rest = f"{RULES}/{created['id']}", {**CARD}
    del rest["integrations"]
    changed = platform.patch(path, json=rest).json()
    assert (changed["description"], changed["integrations"]) == ("All cards", ["webmessaging"])


@pytest.mark.parametrize("lacks", ["name", "type", "substituteCharacter", "definition", "enabled"])
def test_a_patch_needs_the_required_fields(client, platform_org, lacks):
    connection = client(platform_org, checked=False)
    path = f"{RULES}/{connection.post(RULES, json=CARD).json()['id']}"
    body = {key: value for key, value in CARD.items() if key != lacks}
    assert connection.patch(path, json=body).json()["details"][0]["fieldName"] == lacks
    assert connection.post(RULES, json={**body, "name": "B"} if lacks != "name" else body).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"definition": "("},
        {"substituteCharacter": "XX"},
        {"type": "Predefined"},
        {"type": "Other"},
        {"direction": "both"},
        {"integrations": "webmessaging"},
    ],
)
def test_an_invalid_rule_is_400(client, platform_org, change):
    connection = client(platform_org, checked=False)
    assert connection.post(RULES, json={**CARD, **change}).status_code == 400


def test_a_name_is_unique(platform):
    platform.post(RULES, json=CARD)
    assert platform.post(RULES, json=CARD).status_code == 409
    other = platform.post(RULES, json={**CARD, "name": "Other"}).json()
    assert platform.patch(f"{RULES}/{other['id']}", json=CARD).status_code == 409
    assert platform.patch(f"{RULES}/{other['id']}", json={**CARD, "name": "Other"}).status_code == 200


def test_a_channel_has_15_enabled_rules(platform):
    for number in range(15):
        assert platform.post(RULES, json={**CARD, "name": f"R{number}"}).status_code == 200
    assert platform.post(RULES, json=CARD).status_code == 400
    assert platform.post(RULES, json={**CARD, "integrations": ["email"]}).status_code == 200
    disabled = platform.post(RULES, json={**CARD, "name": "Off", "enabled": False}).json()
    assert platform.patch(f"{RULES}/{disabled['id']}", json={**CARD, "name": "Off"}).status_code == 400


def test_a_predefined_rule_changes_in_its_channels_and_its_state(platform, platform_org):
    rule = predefined(platform)
    path = f"{RULES}/{rule['id']}"
    assert (rule["enabled"], rule["substituteCharacter"]) == (False, "X")
    changed = platform.patch(path, json={**rule, "integrations": ["email"], "enabled": True})
    assert (changed.json()["integrations"], changed.json()["enabled"]) == (["email"], True)
    assert platform.patch(path, json={**rule, "substituteCharacter": "*"}).status_code == 400
    assert platform.delete(path).status_code == 400
    platform_org.platform(predefined_rule_changes="channels")
    assert platform.patch(path, json={**rule, "enabled": False}).status_code == 400


@pytest.mark.parametrize("name", ["SSN", r"\d{3}-\d\d-\d{4}"])
def test_validation_masks_the_text(platform, name):
    answer = platform.post(f"{RULES}/validate", json={"text": "it is 078-05-1120", "definition": name})
    assert answer.json() == {"valid": True, "validationMessage": "", "maskedText": "it is XXXXXXXXXXX"}


@pytest.mark.parametrize(("answer", "status"), [("answered", 200), ("unprocessable", 422)])
def test_validation_of_a_wrong_definition(platform, platform_org, answer, status):
    platform_org.platform(invalid_definition=answer)
    response = platform.post(f"{RULES}/validate", json={"text": "a", "definition": "("})
    assert response.status_code == status
    assert status == 422 or response.json()["valid"] is False
