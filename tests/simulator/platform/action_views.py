# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms in which a data action is shown: with or without contract and configuration, and flattened."""

from __future__ import annotations

import typing as t

from starlette.responses import Response

from ..call import Call, json_response
from ..orgs import Org
from ..store import Stored, Wire
from . import queries
from .switches import switches

PATH = "/api/v2/integrations/actions"
#: The schema of the errors of every action, which the server owns.
ERROR_SCHEMA: Wire = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "title": "ErrorResponse",
    "type": "object",
    "properties": {"message": {"type": "string"}, "code": {"type": "string"}, "status": {"type": "integer"}},
}


def path_of(stored: Stored, *, draft: bool = False) -> str:
    return f"{PATH}/{stored.id}/draft" if draft else f"{PATH}/{stored.id}"


def shown(
    org: Org, stored: Stored, *, config: bool, contract: bool, flat: bool = False, draft: bool = False
) -> Wire:
    """Return an action. Without C(contract) it has at most the URIs of its schemas."""
    path = path_of(stored, draft=draft)
    wire = {name: value for name, value in stored.wire.items() if name not in ("function", "zip")}
    wire["selfUri"] = path
    given_config, given_contract = wire.pop("config", None), wire.pop("contract", None)
    if config and given_config is not None:
        wire["config"] = _config(org, given_config, path)
    if given_contract is not None:
        shown_contract = _contract(org, given_contract, path, expanded=contract, flat=flat)
        if contract or shown_contract["input"]:
            wire["contract"] = shown_contract
    return wire


def answer(call: Call, stored: Stored, *, draft: bool = False) -> Response:
    """Return the response to a read of one action, with the parts that its query asks for."""
    return json_response(
        shown(
            call.org,
            stored,
            config=bool(queries.flag(call, "includeConfig")),
            contract="contract" in queries.values(call, "expand"),
            flat=bool(queries.flag(call, "flatten")),
            draft=draft,
        )
    )


def written(org: Org, stored: Stored, *, draft: bool = False) -> Wire:
    """Return the response of a write, whole or brief by the switch C(write_answer)."""
    full = switches(org).write_answer == "full"
    return shown(org, stored, config=full, contract=full, draft=draft)


def _config(org: Org, config: Wire, path: str) -> Wire:
    """Return a configuration whose templates are inline or behind URIs, by the switch C(template_form)."""
    request, response = dict(config.get("request", {})), dict(config.get("response", {}))
    if switches(org).template_form == "uri":
        for part, name in ((request, "requestTemplate"), (response, "successTemplate")):
            if part.pop(name, None) is not None:
                part[f"{name}Uri"] = f"{path}/templates/{name.lower()}.vm"
    return {**config, "request": request, "response": response}


def _contract(org: Org, contract: Wire, path: str, *, expanded: bool, flat: bool) -> Wire:
    inputs: Wire = {}
    outputs: Wire = {}
    if switches(org).schema_uris == "shown":
        inputs["inputSchemaUri"] = f"{path}/schemas/inputschema.json"
        outputs["successSchemaUri"] = f"{path}/schemas/successschema.json"
        outputs["errorSchemaUri"] = f"{path}/schemas/errorschema.json"
    input_schema, success = contract["input"]["inputSchema"], contract["output"]["successSchema"]
    if expanded and flat:
        inputs["inputSchemaFlattened"] = flattened(input_schema)["schema"]
        outputs["successSchemaFlattened"] = flattened(success)
        outputs["errorSchemaFlattened"] = flattened(ERROR_SCHEMA)
    elif expanded:
        inputs["inputSchema"] = input_schema
        outputs |= {"successSchema": success, "errorSchema": ERROR_SCHEMA}
    return {"input": inputs, "output": outputs}


def flattened(schema: Wire) -> Wire:
    """Return a schema with nested properties as dotted names, and the names of its arrays."""
    properties: Wire = {}
    arrays: list[str] = []
    _flatten(schema, "", properties, arrays)
    kept = {name: value for name, value in schema.items() if name not in ("properties", "required", "items")}
    return {"schema": {**kept, "type": "object", "properties": properties}, "arrayProperties": arrays}


def _flatten(schema: t.Any, name: str, properties: Wire, arrays: list[str]) -> None:
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "array":
        arrays.append(name)
        _flatten(schema.get("items"), name, properties, arrays)
    elif isinstance(schema.get("properties"), dict):
        for child, described in schema["properties"].items():
            _flatten(described, f"{name}.{child}" if name else child, properties, arrays)
    elif name:
        properties[name] = schema
