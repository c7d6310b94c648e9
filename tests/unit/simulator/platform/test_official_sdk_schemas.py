# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's Python SDK reads and writes data schemas, versions, core types and limits, field by field."""

from __future__ import annotations

import pytest

from unit.official_sdk import IN_ONE_PROCESS, sdk

__all__ = ["sdk"]
pytestmark = IN_ONE_PROCESS

PROPERTIES = {
    "text": {"allOf": [{"$ref": "#/definitions/text"}], "title": "Text", "maxLength": 9},
    "tier": {
        "allOf": [{"$ref": "#/definitions/enum"}],
        "title": "Tier",
        "enum": ["gold"],
        "_enumProperties": {"gold": {"title": "Gold", "_disabled": False}},
    },
}
#: Part of the names of the SDK's methods, its API, and what the API says in applies_to.
TYPES = [
    ("taskmanagement_workitems", "TaskManagementApi", "WORKITEM"),
    ("externalcontacts_contacts", "ExternalContactsApi", "CONTACT"),
    ("externalcontacts_organizations", "ExternalContactsApi", "EXTERNAL_ORGANIZATION"),
]


@pytest.fixture
def client(sdk, platform_org):
    connection = sdk.api_client.ApiClient(host=platform_org.base_url)
    connection.get_client_credentials_token(platform_org.client_id, platform_org.client_secret)
    return connection


def body_of(sdk, **fields):
    body = sdk.DataSchema()
    body.name = "Claims"
    body.json_schema = sdk.JsonSchemaDocument()
    for name, value in {
        "schema": "draft",
        "title": "Claims",
        "description": "d",
        "properties": PROPERTIES,
    }.items():
        setattr(body.json_schema, name, value)
    for name, value in fields.items():
        setattr(body, name, value)
    return body


@pytest.mark.parametrize(("name", "api", "applies_to"), TYPES)
def test_the_sdk_manages_schemas(sdk, client, platform_org, name, api, applies_to):
    methods = getattr(sdk, api)(client)
    call = {
        verb: getattr(methods, f"{verb}_{name}_schema{'s' if verb == 'post' else ''}")
        for verb in ("get", "post", "put")
    }
    created = call["post"](body_of(sdk))
    (listed,) = getattr(methods, f"get_{name}_schemas")().entities
    for one in (created, listed, call["get"](created.id)):
        assert (one.id, one.name, one.version, one.enabled) == (created.id, "Claims", 1, True)
        assert (one.applies_to, one.created_by.id) == ([applies_to], platform_org.client_id)
        assert one.date_created is not None and one.self_uri.endswith(f"/schemas/{created.id}")
        shown = one.json_schema
        assert (shown.schema, shown.title, shown.description) == ("draft", "Claims", "d")
        assert shown.properties == PROPERTIES
    changed = call["put"](created.id, body_of(sdk, version=1, enabled=False))
    assert (changed.version, changed.enabled) == (2, False)
    versions = getattr(methods, f"get_{name}_schema_versions")(created.id)
    assert [one.version for one in versions.entities] == [1, 2]
    assert getattr(methods, f"get_{name}_schema_version")(created.id, "1").enabled is True
    with pytest.raises(sdk.rest.ApiException) as stale:
        call["put"](created.id, body_of(sdk, version=1))
    assert stale.value.status == 409
    delete = getattr(methods, f"delete_{name}_schema", None)
    assert (delete is None) == (applies_to == "EXTERNAL_ORGANIZATION")
    if delete is not None:
        delete(created.id)


@pytest.mark.parametrize(("name", "api", "applies_to"), TYPES)
def test_the_sdk_reads_core_types_and_limits(sdk, client, name, api, applies_to):
    methods = getattr(sdk, api)(client)
    limits = getattr(methods, f"get_{name}_schemas_limits")()
    assert (limits.max_schema_name_characters, limits.max_number_of_fields_per_schema) == (50, 50)
    listed = {one.name: one for one in getattr(methods, f"get_{name}_schemas_coretypes")().entities}
    text, tag = listed["text"], getattr(methods, f"get_{name}_schemas_coretype")("tag")
    assert (text.current, text.schema.type, text.validation_fields) == (
        True,
        ["string"],
        ["minLength", "maxLength"],
    )
    assert (text.validation_limits.max_length.min, text.validation_limits.max_length.max) == (1, 100)
    assert (tag.validation_limits.max_items.max, tag.item_validation_limits.max_length.max) == (20, 100)
