# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drafts of data actions: versions, frozen contracts, validation, publication and functions."""

from __future__ import annotations

import typing as t

import httpx
import pytest

from .conftest import ACTIONS

WHOLE = {"expand": "contract", "includeConfig": "true"}


def invalid_fields(validation: dict[str, t.Any]) -> list[str]:
    return [one["details"][0]["fieldName"] for one in validation["errors"]]


@pytest.fixture
def draft(platform, action_body):
    """Return the path of a draft without a live action."""
    return f"{ACTIONS}/{platform.post(f'{ACTIONS}/drafts', json=action_body).json()['id']}/draft"


def test_an_unpublished_action_is_only_a_draft(platform, draft):
    assert platform.get(draft.removesuffix("/draft")).status_code == 404
    shown = platform.get(draft, params=WHOLE).json()
    assert (shown["version"], shown["selfUri"]) == (1, draft)
    assert shown["config"]["request"]["requestTemplateUri"].startswith(f"{draft}/templates/")
    assert platform.get(shown["config"]["request"]["requestTemplateUri"]).text == '{"id": "${input.id}"}'
    assert platform.get(shown["contract"]["input"]["inputSchemaUri"]).json()["type"] == "object"
    assert platform.get(ACTIONS).json()["total"] == 0
    listed = platform.get(f"{ACTIONS}/drafts", params={"name": "find"}).json()
    assert [one["id"] for one in listed["entities"]] == [shown["id"]]
    published = platform.post(f"{draft}/publish", json={"version": 1}).json()
    assert (published["version"], published["selfUri"]) == (1, draft.removesuffix("/draft"))
    assert platform.get(draft).status_code == 404


def test_name_and_integration_suffice_for_a_draft_but_not_for_its_publication(
    client, platform_org, action_body
):
    connection = client(platform_org, checked=False)
    few = {"name": "Few", "integrationId": action_body["integrationId"]}
    created = connection.post(f"{ACTIONS}/drafts", json=few)
    path = f"{ACTIONS}/{created.json()['id']}/draft"
    assert created.status_code == 200
    validation = connection.get(f"{path}/validation").json()
    assert validation["valid"] is False
    assert [one["details"][0]["fieldName"] for one in validation["errors"]] == [
        "category",
        "config",
        "contract",
    ]
    assert connection.post(f"{path}/publish", json={"version": 1}).status_code == 400
    rest = {name: action_body[name] for name in ("category", "config", "contract", "secure")}
    changed = connection.patch(path, json={"version": 1, **rest}).json()
    assert connection.get(f"{path}/validation").json() == {"valid": True, "errors": []}
    assert connection.post(f"{path}/publish", json={"version": changed["version"]}).status_code == 200


def test_the_draft_is_published_with_its_own_version_as_read(platform, draft):
    platform.patch(draft, json={"version": 1, "name": "Renamed"})
    for wrong in (1, 3):
        refused = platform.post(f"{draft}/publish", json={"version": wrong})
        assert refused.status_code == 400
        expected = f"Supplied version {wrong} does not match latest draft version 2"
        assert expected in refused.json()["message"]
    assert platform.post(f"{draft}/publish", json={"version": 2}).json()["name"] == "Renamed"


def test_the_first_publication_freezes_contract_and_secure(client, platform_org, action, action_body):
    connection = client(platform_org, checked=False)
    draft = f"{action}/draft"
    created = connection.post(draft).json()
    assert connection.post(draft).status_code == 409
    contract = action_body["contract"]
    reordered = dict(reversed(contract["input"]["inputSchema"].items()))
    same = {"input": {"inputSchema": {**reordered, "title": None}}, "output": contract["output"]}
    version = connection.patch(draft, json={"version": created["version"], "contract": same}).json()[
        "version"
    ]
    other = {**contract, "output": {"successSchema": {"type": "object", "properties": {}}}}
    for change, field in (({"contract": other}, "contract"), ({"secure": True}, "secure")):
        refused = connection.patch(draft, json={"version": version, **change})
        assert refused.status_code == 400
        assert refused.json()["details"][0]["fieldName"] == field


@pytest.mark.parametrize(("answer", "left"), [("removed", None), ("same_version", 2), ("next_version", 3)])
def test_the_draft_after_its_publication(platform, platform_org, draft, answer, left):
    platform_org.platform(draft_after_publish=answer)
    platform.patch(draft, json={"version": 1, "name": "Renamed"})
    platform.post(f"{draft}/publish", json={"version": 2})
    assert platform.get(draft).json().get("version") == left


@pytest.mark.parametrize(("answer", "name"), [("untouched", "Find customer"), ("copied", "Live")])
def test_a_patch_of_the_live_action_beside_a_draft(platform, platform_org, action, answer, name):
    platform_org.platform(live_patch_on_draft=answer)
    platform.post(f"{action}/draft")
    platform.patch(action, json={"version": 1, "name": "Live"})
    assert platform.get(f"{action}/draft").json()["name"] == name


def test_another_writer_of_a_draft(platform, platform_org, draft):
    platform_org.fault(method="PATCH", path=draft, edit={"name": "Theirs"})
    assert platform.patch(draft, json={"version": 1, "name": "Mine"}).status_code == 400
    assert platform.get(draft).json()["name"] == "Theirs"


def test_a_draft_is_tested_and_deleted(platform, draft):
    assert platform.post(f"{draft}/test", json={"id": "1"}).json()["success"] is True
    assert platform.delete(draft).status_code == 204
    assert platform.get(draft).status_code == 404


def test_the_delete_of_an_action_takes_its_draft(platform, action, draft):
    platform.post(f"{action}/draft")
    platform.delete(action)
    assert platform.get(f"{action}/draft").status_code == 404
    assert platform.delete(draft.removesuffix("/draft")).status_code == 204
    assert platform.get(draft).status_code == 404


@pytest.fixture
def function_draft(platform, action_body, new_integration):
    body = {**action_body, "integrationId": new_integration("function-data-actions")}
    return f"{ACTIONS}/{platform.post(f'{ACTIONS}/drafts', json=body).json()['id']}/draft"


SETTINGS = {"description": "adds", "handler": "index.handler", "runtime": "nodejs20.x"}


def upload(platform, draft, content=b"zip") -> httpx.Response:
    answer = platform.post(f"{draft}/function/upload", json={"fileName": "f.zip"}).json()
    return httpx.put(answer["url"], content=content, headers=answer["headers"], trust_env=False)


def test_a_function_is_published_once_its_file_is_available(platform, platform_org, function_draft):
    platform_org.platform(reads_until_zip=1)
    config = platform.put(f"{function_draft}/function", json=SETTINGS).json()
    assert (config["function"]["handler"], config["function"]["timeoutSeconds"]) == ("index.handler", 15)
    assert upload(platform, function_draft).status_code == 200
    version = platform.get(function_draft).json()["version"]
    assert platform.post(f"{function_draft}/publish", json={"version": version}).status_code == 400
    states = [platform.get(f"{function_draft}/function").json()["zip"]["status"] for _turn in range(2)]
    assert states == ["Pending", "Available"]
    assert platform.post(f"{function_draft}/publish", json={"version": version}).status_code == 200
    live = platform.get(f"{function_draft.removesuffix('/draft')}/function").json()
    assert live["function"]["zipId"] == live["zip"]["id"]


def test_a_function_that_cannot_be_published(platform, platform_org, function_draft):
    fields = [
        one["details"][0]["fieldName"]
        for one in platform.get(f"{function_draft}/validation").json()["errors"]
    ]
    assert fields == ["function", "zip"]
    platform.put(f"{function_draft}/function", json=SETTINGS)
    platform_org.platform(zip_status="InvalidFile")
    upload(platform, function_draft)
    assert platform.get(f"{function_draft}/function").json()["zip"]["status"] == "InvalidFile"
    assert platform.get(f"{function_draft}/validation").json()["valid"] is False


def test_functions_that_are_refused(platform, function_draft, draft):
    for wrong in ({"runtime": "cobol"}, {"timeoutSeconds": 16}, {"description": "x" * 256}):
        assert platform.put(f"{function_draft}/function", json={**SETTINGS, **wrong}).status_code == 400
    assert platform.get(f"{draft}/function").status_code == 404
    assert {one["name"] for one in platform.get(f"{ACTIONS}/functions/runtimes").json()} >= {"nodejs20.x"}


def test_an_upload_needs_its_signature_and_its_headers(platform, function_draft):
    answer = platform.post(f"{function_draft}/function/upload", json={"fileName": "f.zip"}).json()
    with httpx.Client(trust_env=False) as storage:
        assert storage.put(answer["url"], content=b"zip").status_code == 403
        assert storage.get(answer["url"]).status_code == 403
        assert storage.put(answer["url"], content=b"zip", headers=answer["headers"]).status_code == 200
        assert storage.put(answer["url"], content=b"zip", headers=answer["headers"]).status_code == 200
        assert storage.put(f"{answer['url']}0", content=b"", headers=answer["headers"]).status_code == 401
