# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Round trips between the modules and the vendor's SDK, as data: a C(RoundTrip) for each kind."""

from __future__ import annotations

import dataclasses
import typing as t

from unit.platform.stored import TYPE, seed_credential, seed_integration

Options = dict[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Sdk:
    """The SDK, with its API of integrations for one org."""

    package: t.Any
    api: t.Any
    org: t.Any

    def model(self, name: str, /, **fields: t.Any) -> t.Any:
        """Return an object of one of the SDK's models."""
        made = getattr(self.package, name)()
        for field, value in fields.items():
            setattr(made, field, value)
        return made


#: Changes a field of the object with an id. Gets a value as the SDK has it.
Change = t.Callable[[Sdk, str, t.Any], None]


@dataclasses.dataclass(frozen=True)
class RoundTrip:
    """A kind whose objects the SDK reads and changes.

    C(prepare) stores other objects that the task names and returns the options of the task. C(read) returns
    the object with an id as JSON, in the SDK's names. C(expected) returns the same for the options. The API
    sets the fields C(set_by_api) itself. C(changes) has for each option how the SDK changes it, and to what.
    C(additions) are changes that are no drift, because they are not declared.
    """

    module: str
    prepare: t.Callable[[t.Any], Options]
    read: t.Callable[[Sdk, str], Options]
    expected: t.Callable[[t.Any, Options], Options]
    set_by_api: frozenset[str]
    changes: dict[str, tuple[Change, t.Any]]
    additions: dict[str, tuple[Change, t.Any]] = dataclasses.field(default_factory=dict)
    #: Options that the API cannot change.
    unchangeable: frozenset[str] = frozenset()


def _prepare_integration(org: t.Any) -> Options:
    seed_credential(org, "L")
    seed_credential(org, "Other")
    return {
        "name": "CRM",
        "type": TYPE,
        "intended_state": "ENABLED",
        "notes": "By Ansible",
        "properties": {"host": "crm.example.com", "deep": {"list": [1, "1", None, 1.5, True]}},
        "advanced": {"retries": 3},
        "credentials": {"basicAuth": "L"},
    }


def _read_integration(sdk: Sdk, object_id: str) -> Options:
    one = sdk.api.get_integration(object_id).to_dict()
    config = sdk.api.get_integration_config_current(object_id).to_dict()
    slots = {slot: credential["name"] for slot, credential in config["credentials"].items()}
    return {
        **one,
        "integration_type": one["integration_type"]["id"],
        "reported_state": one["reported_state"]["code"],
        "config": {**config, "credentials": slots},
    }


def _expected_integration(org: t.Any, options: Options) -> Options:
    same = {key: options[key] for key in ("name", "notes", "intended_state")}
    config = {key: options[key] for key in ("name", "notes", "properties", "advanced", "credentials")}
    return {**same, "integration_type": options["type"], "reported_state": "ACTIVE", "config": config}


def _put_config(field: str) -> Change:
    """Return the change of one field of the configuration. Maps get entries, and keep the ones they have."""

    def change(sdk: Sdk, object_id: str, value: t.Any) -> None:
        config = sdk.api.get_integration_config_current(object_id)
        now = getattr(config, field)
        setattr(config, field, {**now, **value} if isinstance(value, dict) else value)
        sdk.api.put_integration_config_current(object_id, body=config)

    return change


def _put_credential_into_slot(sdk: Sdk, object_id: str, value: str) -> None:
    (other,) = [one for one in sdk.org.objects("credentials") if one["name"] == value]
    slot = {"basicAuth": sdk.model("CredentialInfo", id=other["id"])}
    _put_config("credentials")(sdk, object_id, slot)


def _patch_state(sdk: Sdk, object_id: str, value: str) -> None:
    sdk.api.patch_integration(object_id, body=sdk.model("Integration", intended_state=value))


INTEGRATION = RoundTrip(
    module="integration",
    prepare=_prepare_integration,
    read=_read_integration,
    expected=_expected_integration,
    set_by_api=frozenset({"id", "self_uri", "attributes", "config.id", "config.version", "config.self_uri"}),
    changes={
        "name": (_put_config("name"), "Renamed"),
        "intended_state": (_patch_state, "DISABLED"),
        "notes": (_put_config("notes"), ""),
        "properties": (_put_config("properties"), {"host": "other.example.com"}),
        "advanced": (_put_config("advanced"), {"retries": 4}),
        "credentials": (_put_credential_into_slot, "Other"),
    },
    additions={
        "properties": (_put_config("properties"), {"theirs": [1]}),
        "advanced": (_put_config("advanced"), {"theirs": {"deep": None}}),
    },
    unchangeable=frozenset({"type"}),
)


SECRETS = {"userName": "us3r-of-crm", "password": "pa55-of-crm"}


def _prepare_credential(org: t.Any) -> Options:
    return {"name": "L", "type": "basicAuth", "fields": SECRETS}


def _read_credential(sdk: Sdk, object_id: str) -> Options:
    one = sdk.api.get_integrations_credential(object_id).to_dict()
    listed = sdk.api.get_integrations_credentials_listing(page_size="200").entities
    (info,) = [entity for entity in listed if entity.id == object_id]
    (stored,) = [entity for entity in sdk.org.objects("credentials") if entity["id"] == object_id]
    return {
        **one,
        "type": one["type"]["name"],
        "listed_name": info.name,
        "secrets": stored["credentialFields"],
    }


def _expected_credential(org: t.Any, options: Options) -> Options:
    shown = {"userName": options["fields"]["userName"]}  # the API redacts the password
    name = options["name"]
    return {
        "name": name, "listed_name": name, "type": options["type"], "credential_fields": shown,
        "secrets": options["fields"],
    }  # fmt: skip


def _put_credential(field: str) -> Change:
    """Return the change of one field, with new secrets, as the API replaces the whole credential."""

    def change(sdk: Sdk, object_id: str, value: t.Any) -> None:
        one = sdk.api.get_integrations_credential(object_id)
        one.type = sdk.model("CredentialType", name="basicAuth")
        one.credential_fields = {"userName": "other", "password": "other"}
        setattr(one, field, value)
        sdk.api.put_integrations_credential(object_id, body=one)

    return change


def _put_type(sdk: Sdk, object_id: str, value: str) -> None:
    kind = sdk.model("CredentialType", name=value)
    _put_credential("type")(sdk, object_id, kind)


CREDENTIAL = RoundTrip(
    module="integration_credential",
    prepare=_prepare_credential,
    read=_read_credential,
    expected=_expected_credential,
    set_by_api=frozenset({"id", "self_uri"}),
    changes={
        "name": (_put_credential("name"), "Renamed"),
        "type": (_put_type, "userDefined"),
    },
)


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

ROUND_TRIPS = (CREDENTIAL, INTEGRATION, DATA_ACTION)
