# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The OpenAPI document of the platform API agrees with the server, in both directions."""

from __future__ import annotations

import re

import jsonschema
import pytest

from simulator import app
from simulator.platform.api import PLATFORM
from simulator.platform.permissions import PERMISSIONS
from unit.simulator.openapi_document import Document

API = Document("platform/openapi.yaml")
VERBS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
#: The paths without a bearer token.
OPEN_PATHS = {
    "/oauth/token",
    "/platform-uploads/functions/{uploadId}",
    "/platform-uploads/datatables/{uploadId}",
}
BY_TOKEN = sorted(set(API.root["paths"]) - OPEN_PATHS)


def concrete(template: str) -> str:
    return re.sub(r"\{\w+\}", "some-id", template)


def test_every_path_of_the_api_is_in_the_document_and_the_other_way_round():
    served = {route.path for route in PLATFORM.routes(app.new_world())}
    assert served == set(API.root["paths"])


@pytest.mark.parametrize("template", BY_TOKEN)
def test_every_method_is_in_the_document_and_the_other_way_round(template, client, platform_org):
    connection = client(platform_org, checked=False)
    path = concrete(template)
    served = {verb for verb in VERBS if connection.request(verb, path).status_code != 405}
    assert served == {verb for verb, documented in API.operations() if documented == template}


def test_the_document_is_well_formed():
    for schema in API.root["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
        for described in schema["properties"].values():
            API.resolve(described)


def test_permissions_in_the_document_are_those_the_server_asks_for(client, platform_org):
    """Check that an operation without its permissions is 403 and names the permissions of the document."""
    none, every = client(platform_org, permissions=[]), client(platform_org)
    for verb, template in sorted(API.operations()):
        if template in OPEN_PATHS:
            continue
        wanted = API.operation(verb, template)["x-permissions"]
        response = none.request(verb, concrete(template))
        assert (response.status_code == 403) == bool(wanted), (verb, template)
        assert every.request(verb, concrete(template)).status_code != 403
        if wanted:
            body = response.json()
            assert body["code"] == ("missing.any.permissions" if len(wanted) > 1 else "missing.permissions")
            assert body["messageParams"] == {"permissions": ", ".join(wanted)}
            assert all(name in body["message"] for name in wanted)


def test_permissions_that_an_operation_also_needs_are_those_of_the_document(client, platform_org):
    for verb, template in sorted(API.operations()):
        operation = API.operation(verb, template)
        for permission in operation.get("x-permissions-also", []):
            connection = client(platform_org, permissions=operation["x-permissions"])
            response = connection.request(verb, concrete(template))
            assert response.status_code == 403, (verb, template)
            assert response.json()["messageParams"] == {"permissions": permission}


def test_any_one_of_the_permissions_suffices(client, platform_org):
    for permission in ("integrations:action:view", "bridge:actions:view"):
        connection = client(platform_org, permissions=[permission])
        assert connection.get("/api/v2/integrations/actions").status_code == 200
        assert connection.get("/api/v2/integrations").status_code == 403


def test_a_client_can_hold_exactly_the_permissions_of_the_document():
    documented = [
        API.operation(*operation).get(key, [])
        for operation in API.operations()
        for key in ("x-permissions", "x-permissions-also")
    ]
    assert {name for names in documented for name in names} == PERMISSIONS.known
