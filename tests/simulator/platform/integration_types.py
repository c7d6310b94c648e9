# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router and the initial objects of integration types and of their configuration schemas.

The ids of the types are the vendor's; the schemas are small examples.
"""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..errors import not_found
from ..store import Kind, Stored, Wire
from . import queries
from .paging import numbered_page
from .permissions import VIEW_INTEGRATION
from .routing import route
from .visibility import listed, read

PATH = "/api/v2/integrations/types"
DRAFT_4 = "http://json-schema.org/draft-04/schema#"

#: The fields of the embedded app's properties, for each type that has properties.
PROPERTIES: dict[str, Wire] = {
    "embedded-client-app": {
        "displayType": {"type": "string", "enum": ["standalone", "widget"]},
        "url": {"type": "string"},
        "sandbox": {"type": "string"},
        "groups": {"type": "array", "items": {"type": "string"}},
    },
    "imap-server": {
        "host": {"type": "string"},
        "port": {"type": "integer"},
    },
}


def integration_type(
    type_id: str, name: str, category: str, credentials: Wire | None = None, **fields: object
) -> Wire:
    uri = f"{PATH}/{type_id}"
    return {
        "id": type_id,
        "name": name,
        "description": f"{name} (simulated)",
        "provider": "clientapps" if category == "Client Apps" else "data-actions",
        "category": category,
        "configPropertiesSchemaUri": f"{uri}/configschemas/properties",
        "configAdvancedSchemaUri": f"{uri}/configschemas/advanced",
        "credentials": credentials or {},
        "nonInstallable": False,
        "userPermissions": [],
        "vendorOAuthClientIds": [],
        "selfUri": uri,
        **fields,
    }


def slot(title: str, *credential_types: str, required: bool = False) -> Wire:
    return {"required": required, "title": title, "credentialTypes": list(credential_types)}


KIND = Kind(
    name="integration_types",
    path=PATH,
    initial=(
        integration_type(
            "custom-rest-actions",
            "Web Services Data Actions",
            "Data Actions",
            {"basicAuth": slot("Credentials", "basicAuth", "userDefined", "userDefinedOAuth")},
        ),
        integration_type(
            "purecloud-data-actions",
            "Genesys Cloud Data Actions",
            "Data Actions",
            {"pureCloudOAuthClient": slot("OAuth client", "pureCloudOAuthClient")},
        ),
        integration_type("function-data-actions", "Function Data Actions", "Data Actions"),
        integration_type("embedded-client-app", "Client Application", "Client Apps"),
        integration_type(
            "imap-server", "IMAP Server", "Email", {"basicAuth": slot("Account", "basicAuth", required=True)}
        ),
        integration_type("scim", "SCIM", "Users", nonInstallable=True),
        integration_type("amazon-connect-sync", "Presence Sync", "Users", maxInstances=1),
    ),
)


def routes() -> list[Route]:
    one = KIND.path + "/{typeId}"
    return [
        route(KIND.path, GET=(list_types, VIEW_INTEGRATION)),
        route(one, GET=(read_type, VIEW_INTEGRATION)),
        route(one + "/configschemas/{configType}", GET=(read_schema, VIEW_INTEGRATION)),
    ]


def list_types(call: Call) -> Response:
    types = listed(call, KIND)
    if queries.text(call, "sortBy") == "name":
        types = sorted(types, key=lambda one: str(one.wire["name"]))
    return numbered_page(call, types, lambda stored: stored.wire)


def read_type(call: Call) -> Response:
    return json_response(read(call, KIND, call.path_params["typeId"]).wire)


def read_schema(call: Call) -> Response:
    """Return the JSON schema of a type's C(properties) or C(advanced)."""
    type_id, config_type = call.path_params["typeId"], call.path_params["configType"]
    read(call, KIND, type_id)
    if config_type not in ("properties", "advanced"):
        raise not_found(f"The schema {config_type}")
    properties = PROPERTIES.get(type_id, {}) if config_type == "properties" else {}
    return json_response(
        {
            "id": f"{type_id}-{config_type}",
            "$schema": DRAFT_4,
            "title": config_type,
            "type": "object",
            "properties": properties,
        }
    )


def reference(stored: Stored) -> Wire:
    """Return the type in the form that an integration has it."""
    return {name: stored.wire[name] for name in ("id", "name", "selfUri") if name in stored.wire}
