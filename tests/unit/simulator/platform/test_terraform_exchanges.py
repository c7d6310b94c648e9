# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests of the vendor's Terraform provider, one by one, as a recording of the provider has them.

Each answer has the fields without which the provider crashes or drops the object: C(MUST_HAVE).
"""

from __future__ import annotations

import collections.abc
import typing as t

import httpx
import pytest

Wire = dict[str, t.Any]

INTEGRATIONS = "/api/v2/integrations"
ACTIONS = "/api/v2/integrations/actions"
CREDENTIALS = "/api/v2/integrations/credentials"

#: The fields of an answer that must be there and not null, by kind of answer. A dot leads into an object.
MUST_HAVE = {
    "token": ("access_token", "expires_in"),
    "organization": ("id", "defaultCountryCode"),
    "products": ("total", "entities"),
    "integration": ("id", "name", "integrationType.id"),
    "config": ("name", "notes", "properties", "advanced", "credentials", "version"),
    "action": ("id", "name", "category", "version"),
    "action with config": ("id", "name", "category", "version", "config.request.requestUrlTemplate"),
    "credential": ("id", "name", "type.name"),
}


class Provider:
    """The HTTP client of the provider. C(send) checks the status and the kind of each answer."""

    def __init__(self, org: t.Any) -> None:
        self.http = httpx.Client(base_url=org.base_url, trust_env=False)
        self.http.headers["User-Agent"] = "GC Terraform Provider/1.82.0"
        self.org = org

    def configure(self) -> None:
        """Sign in and read the org and its products, as at the start of each command."""
        answer = self.http.post(
            "/oauth/token",
            content="grant_type=client_credentials",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            auth=(self.org.client_id, self.org.client_secret),
        )
        token = checked(answer, "token")
        assert token["expires_in"] > 60
        self.http.headers["Authorization"] = f"Bearer {token['access_token']}"
        self.send("GET", "/api/v2/organizations/me", kind="organization")
        products = self.send("GET", "/api/v2/authorization/products", kind="products")
        assert all(one["id"] for one in products["entities"])

    def send(self, method: str, path: str, body: Wire | None = None, *, kind: str) -> Wire:
        return checked(self.http.request(method, path, json=body), kind)

    def until_gone(self, path: str, limit: int = 10) -> None:
        """Repeat a read until it is 404, 408 or 410."""
        for _turn in range(limit):
            if self.http.get(path).status_code in (404, 408, 410):
                return
        raise AssertionError(f"{path} is still there")


def checked(answer: httpx.Response, kind: str) -> Wire:
    """Return the body of an answer that has what the provider needs."""
    title = f"{answer.request.method} {answer.request.url}: {answer.text}"
    assert answer.status_code == 200, title
    body: Wire = answer.json()
    for path in MUST_HAVE[kind]:
        value: t.Any = body
        for name in path.split("."):
            assert isinstance(value, collections.abc.Mapping), f"{title}: no {path}"
            value = value.get(name)
        assert value is not None, f"{title}: no {path}"
    return body


@pytest.fixture
def provider(platform_org) -> t.Iterator[Provider]:
    running = Provider(platform_org)
    with running.http:
        running.configure()
        yield running


def update_config(provider: Provider, integration: str, **changes: t.Any) -> Wire:
    path = f"{INTEGRATIONS}/{integration}/config/current"
    provider.send("GET", path, kind="config")
    current = provider.send("GET", path, kind="config")
    fields = ("name", "notes", "version", "properties", "advanced")
    body = {**{name: current[name] for name in fields}, "credentials": {}, **changes}
    return provider.send("PUT", path, body, kind="config")


def read_integration(provider: Provider, integration: str) -> Wire:
    path = f"{INTEGRATIONS}/{integration}"
    shown = provider.send("GET", f"{path}?pageSize=100&pageNumber=1", kind="integration")
    provider.send("GET", f"{path}/config/current", kind="config")
    return shown


def new_integration(provider: Provider) -> str:
    created = provider.send(
        "POST", INTEGRATIONS, {"integrationType": {"id": "custom-rest-actions"}}, kind="integration"
    )
    return str(created["id"])


def test_an_integration_with_its_credential(provider):
    credential_body = {
        "name": "crm",
        "type": {"name": "basicAuth"},
        "credentialFields": {"userName": "u", "password": "p"},
    }
    credential = provider.send("POST", CREDENTIALS, credential_body, kind="credential")["id"]
    provider.send("GET", f"{CREDENTIALS}/{credential}", kind="credential")
    provider.send("PUT", f"{CREDENTIALS}/{credential}", credential_body, kind="credential")

    integration = new_integration(provider)
    slots = {"basicAuth": {"id": credential}}
    config = update_config(provider, integration, name="CRM", notes="", credentials=slots)
    assert (config["version"], config["credentials"]["basicAuth"]["id"]) == (2, credential)
    state = f"{INTEGRATIONS}/{integration}?pageSize=25&pageNumber=1"
    provider.send("PATCH", state, {"intendedState": "ENABLED"}, kind="integration")
    shown = read_integration(provider, integration)
    assert (shown["name"], shown["intendedState"]) == ("CRM", "ENABLED")

    update_config(provider, integration, notes="changed", credentials=slots)
    provider.send("PATCH", state, {"intendedState": "DISABLED"}, kind="integration")
    assert read_integration(provider, integration)["notes"] == "changed"

    assert provider.http.delete(f"{INTEGRATIONS}/{integration}").status_code == 200
    provider.until_gone(f"{INTEGRATIONS}/{integration}")
    assert provider.http.delete(f"{CREDENTIALS}/{credential}").is_success
    provider.until_gone(f"{CREDENTIALS}/{credential}")


CONFIG = {
    "timeoutSeconds": 10,
    "request": {
        "requestUrlTemplate": "https://crm.example.com/${input.id}",
        "requestTemplate": "${input.id}",
        "requestType": "GET",
        "headers": {},
    },
    "response": {"translationMap": {}, "translationMapDefaults": {}, "successTemplate": "${rawResult}"},
}
CONTRACT = {
    "input": {"inputSchema": {"type": "object", "properties": {"id": {"type": "string"}}}},
    "output": {"successSchema": {"type": "object", "properties": {}}},
}


def read_action(provider: Provider, path: str) -> Wire:
    """Read an action with both templates, whose 404 would make the provider drop it."""
    shown = provider.send("GET", f"{path}?expand=contract&includeConfig=true", kind="action with config")
    for file in ("requesttemplate.vm", "successtemplate.vm"):
        answer = provider.http.get(f"{path}/templates/{file}", headers={"Accept": "*/*"})
        assert (answer.status_code, bool(answer.text)) == (200, True)
    return shown


def test_an_action_of_a_new_integration(provider, platform_org):
    """Check that the provider's repetitions on 400 lead to one action, and its deletes to an end."""
    platform_org.platform(tries_until_known=3, reads_until_gone=2)
    body = {
        "name": "Find",
        "category": "CRM",
        "integrationId": new_integration(provider),
        "secure": False,
        "config": CONFIG,
        "contract": CONTRACT,
    }
    answers = [provider.http.post(ACTIONS, json=body) for _turn in range(4)]
    assert [one.status_code for one in answers] == [400, 400, 400, 200]
    path = f"{ACTIONS}/{checked(answers[3], 'action')['id']}"
    shown = read_action(provider, path)
    assert shown["contract"]["input"]["inputSchema"] == CONTRACT["input"]["inputSchema"]

    update = {"category": "CRM", "name": "Find it", "config": CONFIG, "version": shown["version"]}
    assert provider.send("PATCH", path, update, kind="action")["version"] == 2
    mismatch = provider.http.patch(path, json=update)
    assert mismatch.status_code == 400
    assert "does not match the current version" in mismatch.json()["message"]
    assert read_action(provider, path)["name"] == "Find it"

    assert provider.http.delete(path).is_success
    provider.until_gone(path)
    assert provider.http.delete(path).status_code == 404


def test_an_export_ends_with_an_empty_page(provider, platform_org):
    """Read every integration and action up to an empty page, and credentials by the id of the last one."""
    numbers = range(201)
    platform_org.seed(
        [{"id": f"i{number}", "integrationType": {"id": "custom-rest-actions"}} for number in numbers],
        "integrations",
    )
    platform_org.seed(
        [
            {"id": f"custom_-_{number}", "name": f"A{number}", "category": "C", "integrationId": "i0"}
            for number in numbers
        ],
        "actions",
    )
    platform_org.seed(
        [{"id": f"c{number}", "name": f"C{number}", "type": {"id": "userDefined"}} for number in numbers],
        "credentials",
    )
    for path, kind in ((INTEGRATIONS, "integration"), (ACTIONS, "action")):
        pages = []
        for number in range(1, 10):
            query = {"includeConfig": "false", "pageSize": 100, "pageNumber": number}
            pages.append(provider.http.get(path, params=query).json()["entities"])
            if not pages[-1]:
                break
        assert [len(page) for page in pages] == [100, 100, 1, 0]
        for entity in pages[0]:
            for name in ("id", "name") if kind == "action" else ("id", "name", "integrationType"):
                assert entity[name]
    first = provider.http.get(f"{CREDENTIALS}/listing", params={"pageSize": 200}).json()
    assert len(first["entities"]) == 200
    second = provider.http.get(
        f"{CREDENTIALS}/listing", params={"pageSize": 200, "after": first["entities"][-1]["id"]}
    ).json()
    assert [one["id"] for one in second["entities"]] == ["c200"]
    assert "nextUri" not in second
