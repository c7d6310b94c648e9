# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The OpenAPI documents agree with the server, in both directions."""

from __future__ import annotations

import re
import typing as t

import httpx
import jsonschema
import pytest

from simulator import app, control_api
from simulator.platform.switches import Switches
from simulator.reference.api import REFERENCE
from unit.simulator.openapi_document import Document, Node

VERBS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
API = Document("reference/openapi.yaml")
CONTROL = Document("control-openapi.yaml")


def nodes(value: t.Any) -> t.Iterator[Node]:
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from nodes(child)
    elif isinstance(value, list):
        for child in value:
            yield from nodes(child)


def test_every_path_of_the_api_is_in_the_document_and_the_other_way_round():
    served = {route.path for route in REFERENCE.routes(app.new_world())}
    assert served == set(API.root["paths"])


@pytest.mark.parametrize("template", sorted(API.root["paths"]))
def test_every_method_is_in_the_document_and_the_other_way_round(template, client, org):
    connection = client(org, checked=False)
    path = re.sub(r"\{\w+\}", "some-id", template)
    served = {verb for verb in VERBS if connection.request(verb, path).status_code != 405}
    assert served == {verb for verb, documented in API.operations() if documented == template}


def test_the_control_api_and_its_document_agree():
    served = {
        (method, control_api.PREFIX + route.path)
        for route in control_api.routes(app.new_world())
        for method in route.methods - {"HEAD"}
    }
    assert served == CONTROL.operations()


def test_the_document_has_every_switch_of_the_platform():
    settings = CONTROL.operation("PATCH", "/_simulator/orgs/{org}/settings")
    body = settings["requestBody"]["content"]["application/json"]["schema"]
    documented = body["properties"]["platform"]["properties"]
    declared = Switches.model_json_schema()["properties"]
    assert set(documented) == set(declared)
    for name, switch in declared.items():
        for key in ("enum", "default"):
            assert documented[name].get(key) == switch.get(key), name


def test_real_exchanges_with_the_control_api_are_as_its_document_says(simulator, client):
    """Send each operation once, and each kind of refused request."""
    connection = client(checked=False)
    org, kind = "/orgs/documented", "/orgs/documented/objects/data_actions"
    secret = {"client_id": "documented-client", "client_secret": "s", "scopes": ["data:actions:read"]}
    platform = {"client_id": "documented-2", "client_secret": "s", "permissions": ["bridge:actions:view"]}
    requests = [
        ("GET", "/health", None, 200),
        ("POST", "/orgs", {"key": "documented", "datasets": ["crm"], "clients": [secret]}, 200),
        ("POST", "/orgs", {"key": "documented"}, 400),
        ("POST", "/orgs", {"key": "documented-2", "api": "platform", "clients": [platform]}, 200),
        ("PATCH", "/orgs/documented-2/settings", {"platform": {"messages": "german"}}, 204),
        ("PATCH", "/orgs/documented-2/settings", {"platform": {"messages": "latin"}}, 400),
        ("POST", "/orgs/documented-2/tokens", {"permissions": ["integrations:action:view"]}, 200),
        ("PATCH", f"{org}/settings", {"token_lifetime": 5, "rebuild": {"flap": True}}, 204),
        ("PATCH", f"{org}/settings", {"rebuild": {"order": "last"}}, 400),
        ("POST", kind, [{"id": "1", "name": "A"}], 200),
        ("POST", kind, ["A"], 400),
        ("GET", kind, None, 200),
        ("GET", f"{org}/objects/unicorns", None, 404),
        ("PATCH", f"{kind}/1", {"name": "B"}, 200),
        ("PATCH", f"{kind}/1", [], 400),
        ("DELETE", f"{kind}/1", None, 204),
        ("DELETE", f"{kind}/1", None, 404),
        ("POST", f"{org}/faults", {"status": 503, "after": 1}, 204),
        ("POST", f"{org}/faults", {"statis": 503}, 400),
        ("GET", f"{org}/faults", None, 200),
        ("DELETE", f"{org}/faults", None, 204),
        ("PATCH", f"{org}/clients/documented-client", {"scopes": ["user:read"]}, 204),
        ("PATCH", f"{org}/clients/documented-client", {"permissions": []}, 400),
        ("PATCH", f"{org}/clients/documented-2", {}, 404),
        ("POST", f"{org}/tokens", {"lifetime": 60}, 200),
        ("POST", f"{org}/tokens", {"scopes": ["no:such"]}, 400),
        ("POST", f"{org}/tokens/expire", None, 204),
        ("POST", f"{org}/tokens/revoke", None, 204),
        ("GET", f"{org}/log", None, 200),
        ("DELETE", f"{org}/log", None, 204),
        ("POST", f"{org}/reset", None, 204),
        ("POST", "/orgs/nowhere/reset", None, 404),
    ]
    asked = set()
    for method, path, body, status in requests:
        response = connection.request(method, f"{control_api.PREFIX}{path}", json=body)
        assert response.status_code == status, (method, path, response.text)
        CONTROL.check_exchange(response)
        asked.add(id(CONTROL.operation(method, response.request.url.path)))
        if path == f"{org}/tokens":
            connection.get(
                "/api/v2/users", headers={"Authorization": f"Bearer {response.json().get('access_token')}"}
            )
    assert asked == {id(CONTROL.operation(*operation)) for operation in CONTROL.operations()}


@pytest.mark.parametrize("document", [API, CONTROL], ids=["openapi", "control-openapi"])
def test_the_document_is_well_formed(document):
    for node in nodes(document.root):
        if "$ref" in node:
            document.resolve(node)
        if isinstance(node.get("schema"), dict):
            jsonschema.Draft202012Validator.check_schema(node["schema"])
    for schema in document.root["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_scopes_in_the_document_are_those_the_server_asks_for(client, org):
    """Check that each operation without its scopes is 403 and names the scopes of the document."""
    connections = {scope: client(org, scopes=[scope]) for scope in ("audit:read", "user:read")}
    for verb, template in sorted(API.operations()):
        (security,) = API.operation(verb, template)["security"][:1]
        if "bearer" not in security:
            continue
        connection = connections["user:read" if security["bearer"] == ["audit:read"] else "audit:read"]
        response = connection.request(verb, re.sub(r"\{\w+\}", "some-id", template))
        assert response.status_code == 403, (verb, template)
        assert response.json()["messageParams"]["scopes"] == security["bearer"]


def answered(method: str, path: str, status: int, body: t.Any, **headers: str) -> httpx.Response:
    request = httpx.Request(method, f"http://test{path}")
    headers = {"ININ-Correlation-Id": "0b3c9a52-4b0e-4b6e-9d53-6a5a4b2f8d10", **headers}
    return httpx.Response(status, json=body, headers=headers, request=request)


@pytest.mark.parametrize(
    ("response", "complaint"),
    [
        (answered("GET", "/api/v2/organizations/me", 200, {"id": "1"}), "'name' is a required property"),
        (answered("GET", "/api/v2/organizations/me", 418, {}), "status not in the document"),
        (answered("GET", "/api/v2/nowhere", 200, {}), "not in the document"),
        (answered("GET", "/api/v2/architect/data-actions/1", 200, {}), "no header ETag"),
        (answered("DELETE", "/api/v2/architect/data-actions/1", 204, {}), "a body where"),
    ],
)
def test_the_judge_sees_differences(response, complaint):
    with pytest.raises(AssertionError, match=complaint):
        API.check_exchange(response)
