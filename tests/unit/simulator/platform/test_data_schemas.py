# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data schemas: versions, the creation, fields and options that stay, deletion, limits and core types."""

from __future__ import annotations

import pytest

LISTS = {
    "workitem_schemas": "/api/v2/taskmanagement/workitems/schemas",
    "contact_schemas": "/api/v2/externalcontacts/contacts/schemas",
    "organization_schemas": "/api/v2/externalcontacts/organizations/schemas",
}
WORKITEMS = LISTS["workitem_schemas"]


def core(name, **more):
    return {"allOf": [{"$ref": f"#/definitions/{name}"}], "title": name, **more}


def schema(name="Claims", **properties):
    return {"name": name, "jsonSchema": {"title": name, "description": "d", "properties": properties}}


TIER = core("enum", enum=["gold", "silver"], _enumProperties={"gold": {"title": "Gold", "_disabled": False}})


@pytest.mark.parametrize("kind", LISTS)
def test_a_schema_is_created_read_and_changed(platform, kind):
    created = platform.post(LISTS[kind], json={**schema(text=core("text")), "id": "mine"}).json()
    assert created["id"] != "mine" and (created["version"], created["enabled"]) == (1, True)
    path = f"{LISTS[kind]}/{created['id']}"
    assert created["selfUri"] == path and platform.get(path).json() == created
    assert platform.get(LISTS[kind]).json() == {"total": 1, "entities": [created]}
    body = {**schema("Cases", text=core("text")), "version": 1, "enabled": False}
    changed = platform.put(path, json=body).json()
    assert (changed["name"], changed["enabled"], changed["version"]) == ("Cases", False, 2)
    assert changed["dateCreated"] == created["dateCreated"]
    assert platform.put(path, json={**body, "version": 2}).json()["version"] == 3
    versions = platform.get(f"{path}/versions").json()["entities"]
    assert [(one["version"], one["name"]) for one in versions] == [(1, "Claims"), (2, "Cases"), (3, "Cases")]
    assert platform.get(f"{path}/versions/1").json() == created
    assert platform.get(f"{path}/versions/9").status_code == 404


@pytest.mark.parametrize(("state", "enabled"), [("enabled", True), ("as_sent", False)])
def test_a_creation_may_ignore_that_it_is_disabled(platform, platform_org, state, enabled):
    platform_org.platform(new_schema_state=state)
    assert platform.post(WORKITEMS, json={**schema(), "enabled": False}).json()["enabled"] is enabled


def test_a_put_needs_the_current_version(client, platform_org):
    connection = client(platform_org, checked=False)
    path = f"{WORKITEMS}/{connection.post(WORKITEMS, json=schema()).json()['id']}"
    assert connection.put(path, json=schema()).json()["details"][0]["fieldName"] == "version"
    assert connection.put(path, json={**schema(), "version": 2}).status_code == 409
    assert connection.put(path, json={**schema(), "version": 1}).status_code == 200


@pytest.mark.parametrize("names", ["refused", "allowed"])
def test_a_name_is_unique_among_the_schemas_of_its_type(platform, platform_org, names):
    platform_org.platform(duplicate_schema_names=names)
    first = platform.post(WORKITEMS, json=schema()).json()
    assert platform.post(WORKITEMS, json=schema()).status_code == (409 if names == "refused" else 200)
    assert platform.post(LISTS["contact_schemas"], json=schema()).status_code == 200
    assert platform.delete(f"{WORKITEMS}/{first['id']}").status_code == 204
    assert platform.post(WORKITEMS, json=schema()).status_code == 200


@pytest.mark.parametrize(
    ("new", "field"),
    [
        ({}, "jsonSchema.properties.tier"),
        ({"tier": core("text")}, "jsonSchema.properties.tier"),
        ({"tier": core("enum", enum=["gold"])}, "jsonSchema.properties.tier.enum"),
    ],
)
@pytest.mark.parametrize("removal", ["refused", "allowed"])
def test_fields_and_options_stay(platform, platform_org, new, field, removal):
    platform_org.platform(schema_field_removal=removal)
    path = f"{WORKITEMS}/{platform.post(WORKITEMS, json=schema(tier=TIER)).json()['id']}"
    response = platform.put(path, json={**schema(**new), "version": 1})
    if removal == "refused":
        assert (response.status_code, response.json()["details"][0]["fieldName"]) == (400, field)
    else:
        assert response.json()["jsonSchema"]["properties"] == new
    more = core("enum", enum=["gold", "silver", "new"])
    body = {**schema(tier=more, text=core("text")), "version": 2 if removal == "allowed" else 1}
    if removal == "refused":
        assert platform.put(path, json=body).status_code == 200


@pytest.mark.parametrize("removed", ["marked", "gone"])
def test_a_deleted_workitem_schema_may_still_be_shown(platform, platform_org, removed):
    platform_org.platform(removed_schema=removed)
    path = f"{WORKITEMS}/{platform.post(WORKITEMS, json=schema()).json()['id']}"
    assert platform.delete(path).status_code == 204
    if removed == "marked":
        assert platform.get(path).json()["deleted"] is True
        assert platform.get(WORKITEMS).json()["entities"][0]["deleted"] is True
    else:
        assert (platform.get(path).status_code, platform.get(WORKITEMS).json()["total"]) == (404, 0)
    assert platform.put(path, json={**schema(), "version": 1}).status_code == 404
    assert platform.delete(path).status_code == 404


def test_schemas_of_external_contacts_go_and_those_of_organizations_stay(client, platform_org):
    connection = client(platform_org, checked=False)
    for kind, status, left in (("contact_schemas", 204, 0), ("organization_schemas", 405, 1)):
        path = f"{LISTS[kind]}/{connection.post(LISTS[kind], json=schema()).json()['id']}"
        assert connection.delete(path).status_code == status
        assert connection.get(LISTS[kind]).json()["total"] == left


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x" * 51}, "name"),
        ({"jsonSchema": {"properties": {"a": {"type": "string"}}}}, "jsonSchema.properties.a"),
        ({"jsonSchema": {"properties": {"a": core("money")}}}, "jsonSchema.properties.a"),
        (
            {"jsonSchema": {"properties": {"a": core("text", maxLength=101)}}},
            "jsonSchema.properties.a.maxLength",
        ),
        (
            {"jsonSchema": {"properties": {"a": core("text", minLength="1")}}},
            "jsonSchema.properties.a.minLength",
        ),
        (
            {"jsonSchema": {"properties": {"a": core("tag", items={"maxLength": 500})}}},
            "jsonSchema.properties.a.items.maxLength",
        ),
        ({"jsonSchema": {"properties": {"a": core("enum")}}}, "jsonSchema.properties.a.enum"),
        ({"jsonSchema": {"properties": {"a": core("text", enum=["x"])}}}, "jsonSchema.properties.a.enum"),
        (
            {"jsonSchema": {"properties": {"a": core("enum", enum=["x"], _enumProperties={"y": {}})}}},
            "jsonSchema.properties.a._enumProperties",
        ),
        ({"jsonSchema": {"properties": {f"f{n}": core("date") for n in range(51)}}}, "jsonSchema.properties"),
    ],
)
def test_an_invalid_schema_is_refused(client, platform_org, body, field):
    response = client(platform_org, checked=False).post(WORKITEMS, json={**schema(), **body})
    assert (response.status_code, response.json()["details"][0]["fieldName"]) == (400, field)


def test_bounds_may_be_filled_in(platform, platform_org):
    platform_org.platform(unset_schema_bounds="filled")
    given = schema(a=core("text", maxLength=5), b=core("date"))
    properties = platform.post(WORKITEMS, json=given).json()["jsonSchema"]["properties"]
    assert (properties["a"]["minLength"], properties["a"]["maxLength"]) == (0, 5)
    assert properties["b"] == core("date")


def test_limits_and_core_types_are_announced(platform):
    for path in LISTS.values():
        assert platform.get(f"{path}/limits").json()["maxSchemaNameCharacters"] == 50
        listed = platform.get(f"{path}/coretypes").json()["entities"]
        assert len(listed) == 11
        for one in listed:
            assert platform.get(f"{path}/coretypes/{one['name']}").json() == one
        assert platform.get(f"{path}/coretypes/money").status_code == 404
