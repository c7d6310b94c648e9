# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resource types of the vendor's Terraform provider that the collection manages, one function for each.

Private to the collection. Pure. A function returns the object as the API has it. Ids of blocks are symbolic.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._model.json_objects import Body
from .._model.resource import ResourceKind
from .._resources.data_action.kind import DATA_ACTION
from .._resources.data_schema.kind import DATA_SCHEMA
from .._resources.data_table import columns, rows, values
from .._resources.data_table.kind import DATA_TABLE
from .._resources.flow_log_level.kind import FLOW_LOG_LEVEL
from .._resources.integration.kind import INTEGRATION
from .._resources.integration_credential.kind import INTEGRATION_CREDENTIAL
from .._resources.media_retention_policy.kind import MEDIA_RETENTION_POLICY
from .._resources.trigger.kind import TRIGGER
from .attributes import Attributes
from .data_schema import data_schema
from .named_types import FLOW, name_and_type
from .retention_policy import INTEGRATION as _INTEGRATION
from .retention_policy import retention_policy
from .scope import address_of
from .trigger import trigger

_DIVISION = "genesyscloud_auth_division"
_HOME_DIVISION = "genesyscloud_auth_division_home"
_CREDENTIAL = "genesyscloud_integration_credential"
_TABLE = "genesyscloud_architect_datatable"


@dataclasses.dataclass(frozen=True)
class ManagedType:
    """A resource type whose blocks are objects of a kind.

    C(unmanaged) returns why the collection does not manage an object, "" if it does.
    """

    kind: ResourceKind
    to_body: t.Callable[[Attributes], Body]
    unmanaged: t.Callable[[Attributes], str] = lambda attributes: ""


@dataclasses.dataclass(frozen=True)
class PartType:
    """A resource type whose blocks are parts of the objects of a kind, such as rows.

    C(owner) returns the id of the object, C(add) adds the part to the object.
    """

    kind: ResourceKind
    owner: t.Callable[[Attributes], str | None]
    add: t.Callable[[Attributes, Body], None]


def _without_none(body: Body) -> Body:
    return {key: value for key, value in body.items() if value is not None}


def _credential(given: Attributes) -> Body:
    given.secret("fields")
    return {
        "name": given.text("name", required=True),
        "type": {"name": given.text("credential_type_name", required=True)},
    }


def _integration(given: Attributes) -> Body:
    config = given.block("config")
    body = {
        "integrationType": {"id": given.text("integration_type", required=True)},
        "intendedState": given.text("intended_state"),
    }
    if config is None:
        given.problem("config", "is required: the collection finds an integration by its config.name")
        return body
    return _without_none(
        {
            "name": config.text("name", required=True),
            **body,
            "notes": config.text("notes"),
            "properties": config.json_object("properties"),
            "advanced": config.json_object("advanced"),
            "credentials": {
                slot: {"id": identifier}
                for slot, identifier in config.references("credentials", (_CREDENTIAL,)).items()
            },
        }
    )


def _is_function(given: Attributes) -> str:
    if given.is_given("function_config"):
        return "is a Function data action, which the collection only reads"
    return ""


def _data_action(given: Attributes) -> Body:
    schema_in, schema_out = (
        given.json_object(name, required=True) for name in ("contract_input", "contract_output")
    )
    request, response = given.block("config_request"), given.block("config_response")
    config: Body = {"timeoutSeconds": given.whole_number("config_timeout_seconds") or None}
    secret_headers: set[str] = set()
    if request is not None:
        headers, secret_headers = request.headers("headers")
        config["request"] = _without_none(
            {
                "requestUrlTemplate": request.text("request_url_template", required=True),
                "requestType": request.text("request_type", required=True),
                "requestTemplate": request.text("request_template"),
                "headers": headers,
            }
        )
    if response is not None:
        config["response"] = _without_none(
            {
                "translationMap": response.texts("translation_map"),
                "translationMapDefaults": response.texts("translation_map_defaults"),
                "successTemplate": response.text("success_template"),
            }
        )
    given.secret_headers |= secret_headers
    return {
        "name": given.text("name", required=True),
        "category": given.text("category", required=True),
        "integrationId": given.reference("integration_id", (_INTEGRATION,), required=True),
        "secure": given.boolean("secure") or False,
        "contract": {"input": {"inputSchema": schema_in}, "output": {"successSchema": schema_out}},
        "config": _without_none(config),
    }


def _data_table(given: Attributes) -> Body:
    properties: Body = {}
    for place, column in enumerate(given.blocks("properties")):
        kind = column.text("type", required=True)
        default = column.text("default")
        if kind is not None and kind not in values.TYPES:
            column.problem("type", f"must be {', '.join(values.TYPES)}, not {kind!r}")
        described: Body = {"type": kind, "title": column.text("title") or None, "displayOrder": place}
        if default is not None and kind in values.TYPES:
            try:
                described["default"] = values.convert(kind, default)
            except ValueError as error:
                column.problem("default", str(error))
        name = column.text("name", required=True)
        if name in properties:
            column.problem("name", f"{name!r} is declared twice")
        properties[str(name)] = _without_none(described)
    return _without_none(
        {
            "name": given.text("name", required=True),
            "description": given.text("description"),
            "division": _division(given),
            **columns.from_schema({"properties": properties}),
        }
    )


def _division(given: Attributes) -> Body | None:
    """Return the division by its name, None for the home division and without one."""
    identifier = given.reference("division_id", (_DIVISION, _HOME_DIVISION))
    address = address_of(identifier)
    if identifier is None:
        return None
    block = given.scope.document.blocks.get(address or "")
    if block is None:
        given.problem(
            "division_id",
            "is the id of a division, and the collection takes its name: export the divisions too, or remove "
            "the attribute",
        )
        return None
    if block.type == _HOME_DIVISION:
        return None
    name = Attributes(given.scope, block.address, block.content).text("name", required=True)
    return None if name is None else {"id": identifier, "name": name}


def _table_of_row(given: Attributes) -> str | None:
    return given.reference("datatable_id", (_TABLE,), required=True)


def _add_row(given: Attributes, table: Body) -> None:
    key = given.text("key_value", required=True)
    raw = given.json_object("properties_json", exact=True) or {}
    known = table.setdefault("rows", {})
    if key is not None and key in known:
        given.problem("key_value", f"{key!r} is the key of another row of the same data table")
    elif key is not None:
        known[key] = rows.from_wire(columns.COLUMNS.of(table), raw)


def _flow_log_level(given: Attributes) -> Body:
    identifier = given.reference("flow_id", (FLOW,), required=True)
    body: Body = {
        "id": identifier,
        "logLevelCharacteristics": {"level": given.text("flow_log_level", required=True)},
    }
    block = given.scope.document.blocks.get(address_of(identifier) or "")
    flow = None if block is None else name_and_type(given, "flow_id", block)
    return body if flow is None else {**body, "name": flow[0], "type": flow[1]}


#: The types whose blocks become entries. The order has no meaning.
MANAGED: dict[str, ManagedType] = {
    _CREDENTIAL: ManagedType(INTEGRATION_CREDENTIAL, _credential),
    _INTEGRATION: ManagedType(INTEGRATION, _integration),
    "genesyscloud_integration_action": ManagedType(DATA_ACTION, _data_action, _is_function),
    _TABLE: ManagedType(DATA_TABLE, _data_table),
    "genesyscloud_flow_loglevel": ManagedType(FLOW_LOG_LEVEL, _flow_log_level),
    "genesyscloud_processautomation_trigger": ManagedType(TRIGGER, trigger),
    "genesyscloud_recording_media_retention_policy": ManagedType(MEDIA_RETENTION_POLICY, retention_policy),
    "genesyscloud_task_management_workitem_schema": ManagedType(DATA_SCHEMA, data_schema),
}
#: The types whose blocks become a part of an entry.
PARTS: dict[str, PartType] = {
    "genesyscloud_architect_datatable_row": PartType(DATA_TABLE, _table_of_row, _add_row)
}
#: The reasons for which the blocks of other types have no entries.
_REASONS = {
    FLOW: "the collection reads flows and does not write them",
    "genesyscloud_integration_action_draft": "a draft is no data action until it is published",
    "genesyscloud_integration_custom_auth_action": "an authentication action belongs to its integration, and "
    "the collection only reads it",
    "genesyscloud_tf_export": "it is the export itself, and no object of an org",
}


def reason_of(type_name: str) -> str:
    """Return why blocks of a type become no entries."""
    if not type_name.startswith("genesyscloud_"):
        return "the type is no part of the vendor's provider"
    return _REASONS.get(type_name, "the collection has no kind for this type")
