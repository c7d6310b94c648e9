# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The round trip of data actions between the module and the vendor's SDK, as data."""

from __future__ import annotations

import typing as t

from unit.platform.round_trips import Change, Options, RoundTrip, Sdk
from unit.platform.stored import seed_integration


def _prepare_action(org: t.Any) -> Options:
    seed_integration(org, "CRM")
    schema = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    return {
        "name": "Find customer",
        "integration": "CRM",
        "category": "Customers",
        "secure": False,
        "timeout_seconds": 10,
        "definition": {
            "contract": {
                "input": {"inputSchema": schema},
                "output": {"successSchema": {"type": "object", "properties": {"tier": {"type": "string"}}}},
            },
            "config": {
                "request": {
                    "requestUrlTemplate": "https://crm.example.com/c/${input.id}",
                    "requestType": "POST",
                    "headers": {"Accept": "application/json"},
                    "requestTemplate": '{"id": "${input.id}"}',
                },
                "response": {
                    "translationMap": {"tier": "$.tier"},
                    "translationMapDefaults": {"tier": '"none"'},
                    "successTemplate": '{"tier": ${tier}}',
                },
            },
        },
    }


#: The file of each template, by the part of the configuration that has it.
_TEMPLATES = {"request": "requesttemplate.vm", "response": "successtemplate.vm"}


def _action_config(sdk: Sdk, object_id: str) -> tuple[t.Any, t.Any]:
    """Return an action, and its configuration with the texts of its templates."""
    action = sdk.api.get_integrations_action(object_id, expand="contract", include_config=True)
    texts = {
        part: sdk.api.get_integrations_action_template(object_id, file) for part, file in _TEMPLATES.items()
    }
    action.config.request.request_template = texts["request"]
    action.config.response.success_template = texts["response"]
    return action, action.config


def _read_action(sdk: Sdk, object_id: str) -> Options:
    action, config = _action_config(sdk, object_id)
    one = action.to_dict()
    contract = {
        "input": {"inputSchema": _given(one["contract"]["input"]["input_schema"])},
        "output": {"successSchema": _given(one["contract"]["output"]["success_schema"])},
    }
    request, response = config.to_dict()["request"], config.to_dict()["response"]
    return {
        "name": one["name"],
        "integration": one["integration_id"],
        "category": one["category"],
        "secure": one["secure"],
        "timeout_seconds": one["config"]["timeout_seconds"],
        "definition": {
            "contract": contract,
            "config": {
                "request": {
                    "requestUrlTemplate": request["request_url_template"],
                    "requestType": request["request_type"],
                    "headers": request["headers"],
                    "requestTemplate": request["request_template"],
                },
                "response": {
                    "translationMap": response["translation_map"],
                    "translationMapDefaults": response["translation_map_defaults"],
                    "successTemplate": response["success_template"],
                },
            },
        },
    }


def _given(schema: Options) -> Options:
    """Return a schema without the keywords that it does not have."""
    return {key: value for key, value in schema.items() if value is not None}


def _expected_action(org: t.Any, options: Options) -> Options:
    (owner,) = org.objects("integrations")
    return {**options, "integration": owner["id"]}


def _patch_action(field: str) -> Change:
    """Return the change of a field beside the configuration."""

    def change(sdk: Sdk, object_id: str, value: t.Any) -> None:
        action, _config = _action_config(sdk, object_id)
        body = sdk.model("UpdateActionInput", version=action.version, **{field: value})
        sdk.api.patch_integrations_action(object_id, body)

    return change


def _patch_config(field: str, part: str | None = None) -> Change:
    """Return the change of a field of the configuration, all of which the API replaces."""

    def change(sdk: Sdk, object_id: str, value: t.Any) -> None:
        action, config = _action_config(sdk, object_id)
        setattr(config if part is None else getattr(config, part), field, value)
        body = sdk.model("UpdateActionInput", version=action.version, config=config)
        sdk.api.patch_integrations_action(object_id, body)

    return change


def _config_changes() -> dict[str, tuple[Change, t.Any]]:
    changes = {
        "request": {
            "requestUrlTemplate": ("request_url_template", "https://other.example.com/${input.id}"),
            "requestType": ("request_type", "PUT"),
            "headers": ("headers", {"Accept": "text/plain"}),
            "requestTemplate": ("request_template", "other"),
        },
        "response": {
            "translationMap": ("translation_map", {"tier": "$.other"}),
            "translationMapDefaults": ("translation_map_defaults", {"tier": '"other"'}),
            "successTemplate": ("success_template", '{"tier": "other"}'),
        },
    }
    return {
        f"definition.config.{part}.{option}": (_patch_config(field, part), value)
        for part, options in changes.items()
        for option, (field, value) in options.items()
    }


DATA_ACTION = RoundTrip(
    module="data_action",
    prepare=_prepare_action,
    read=_read_action,
    expected=_expected_action,
    set_by_api=frozenset(),
    changes={
        "name": (_patch_action("name"), "Renamed"),
        "category": (_patch_action("category"), "Other"),
        "timeout_seconds": (_patch_config("timeout_seconds"), 20),
        **_config_changes(),
    },
    unchangeable=frozenset(
        {
            "integration",
            "secure",
            "definition.contract.input.inputSchema",
            "definition.contract.output.successSchema",
        }
    ),
)
