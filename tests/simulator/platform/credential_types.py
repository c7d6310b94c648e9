# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The credential types, with the fields that each type has and which of them are sensitive."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..store import Kind, Stored, Wire
from .permissions import VIEW_INTEGRATION
from .routing import route
from .visibility import listed

PATH = "/api/v2/integrations/credentials/types"


def credential_type(type_id: str, sensitive: tuple[str, ...], *plain: str) -> Wire:
    """Return a type whose fields are all required. The sensitive ones have the format C(password)."""
    fields = {name: {"type": "string", "title": name} for name in plain}
    fields |= {name: {"type": "string", "title": name, "format": "password"} for name in sensitive}
    return {
        "id": type_id,
        "name": type_id,
        "properties": fields,
        "displayOrder": list(fields),
        "required": list(fields),
    }


#: A user defined credential has fields of any name; all of them are sensitive.
KIND = Kind(
    name="credential_types",
    path=PATH,
    initial=(
        credential_type("basicAuth", ("password",), "userName"),
        credential_type("pureCloudOAuthClient", ("clientSecret",), "clientId"),
        credential_type("userDefined", ()),
        credential_type("userDefinedOAuth", ()),
    ),
)


def routes() -> list[Route]:
    return [route(KIND.path, GET=(list_types, VIEW_INTEGRATION))]


def list_types(call: Call) -> Response:
    return json_response([stored.wire for stored in listed(call, KIND)])


def is_sensitive(credential_type: Stored, field: str) -> bool:
    described = credential_type.wire["properties"].get(field)
    return described is None or described.get("format") == "password"
