# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Round trips between the modules and the vendor's SDK, as data: a C(RoundTrip) for each kind."""

from __future__ import annotations

import dataclasses
import typing as t

from unit.platform.stored import TYPE, seed_credential

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
    C(additions) are changes that are no drift, because they are not declared. C(by_id) says that tasks can
    name an object by its id.
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
    by_id: bool = True

    def named(self, object_id: str) -> Options:
        """Return the option C(id) if tasks can have it, so that an object is found under a new name too."""
        return {"id": object_id} if self.by_id else {}


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
