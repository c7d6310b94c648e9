# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data actions: paging, ETags, full replacement and the checks of a body."""

from __future__ import annotations

import pytest

from unit.simulator.reference.error_details import field_errors

PATH = "/api/v2/architect/data-actions"


def action(name="Get customer", **changed):
    rest = {
        "url": "https://crm.example.com/customers/${id}",
        "httpMethod": "GET",
        "headers": {"Authorization": "Bearer ${token}"},
        "variableMappings": [{"name": "status", "source": "$.status", "type": "string", "default": "none"}],
    }
    return {"name": name, "type": "rest", "restConfig": rest, **changed}


def test_create_fills_in_defaults_and_what_the_server_owns(api):
    created = api.post(PATH, json={**action(), "id": "mine", "version": 9, "etag": "mine", "dateCreated": 5})
    assert created.status_code == 200
    stored = created.json()
    assert stored["description"] == "" and stored["conditions"] == []
    assert stored["version"] == 1
    assert stored["id"] != "mine" and stored["etag"] != "mine"
    assert stored["dateCreated"] == stored["dateModified"]
    assert created.headers["ETag"] == f'"{stored["etag"]}"'
    assert api.get(f"{PATH}/{stored['id']}").json() == stored


def test_headers_default_to_an_empty_object(api):
    created = api.post(PATH, json=action(restConfig={"url": "/x", "httpMethod": "GET"})).json()
    assert created["restConfig"] == {"url": "/x", "httpMethod": "GET", "headers": {}}


def test_an_action_may_have_conditions_alone(api):
    leaf = {"type": "EXISTS", "value": {"type": "DATASET", "datasetId": "crm", "fieldId": "id"}}
    created = api.post(PATH, json={"name": "Gate", "type": "rest", "conditions": [leaf]})
    assert "restConfig" not in created.json()


def test_names_are_unique_and_compared_exactly(api):
    first = api.post(PATH, json=action("Alpha")).json()
    assert api.post(PATH, json=action("alpha")).status_code == 200
    again = api.post(PATH, json=action("Alpha"))
    assert (again.status_code, again.json()["code"]) == (409, "data.action.name.duplicate")
    renamed = api.put(f"{PATH}/{first['id']}", json=action("alpha"), headers={"If-Match": first["etag"]})
    assert (renamed.status_code, renamed.json()["code"]) == (409, "data.action.name.duplicate")
    kept = api.put(f"{PATH}/{first['id']}", json=action("Alpha"), headers={"If-Match": first["etag"]})
    assert kept.status_code == 200


def test_put_replaces_all_and_moves_on_one_version(api):
    before = api.post(PATH, json=action(description="Old", conditions=[])).json()
    put = api.put(f"{PATH}/{before['id']}", json=action("New"), headers={"If-Match": f'"{before["etag"]}"'})
    after = put.json()
    assert put.status_code == 200
    assert put.headers["ETag"] == f'"{after["etag"]}"' != f'"{before["etag"]}"'
    assert after["name"] == "New" and "description" not in after and "conditions" not in after
    assert after["version"] == 2 and after["id"] == before["id"]
    assert after["dateCreated"] == before["dateCreated"] and after["dateModified"] >= before["dateModified"]
    assert api.get(f"{PATH}/{before['id']}").json() == after


def test_put_without_and_with_a_stale_precondition(api, org):
    stored = api.post(PATH, json=action()).json()
    url = f"{PATH}/{stored['id']}"
    missing = api.put(url, json=action())
    assert (missing.status_code, missing.json()["code"]) == (428, "precondition.required")
    org.edit(stored["id"], {"description": "by another"})
    stale = api.put(url, json=action(), headers={"If-Match": f'"{stored["etag"]}"'})
    assert (stale.status_code, stale.json()["code"]) == (409, "data.action.etag.mismatch")
    weak = api.put(url, json=action(), headers={"If-Match": f'W/"{org.objects()[0]["etag"]}"'})
    assert weak.status_code == 409
    assert org.objects()[0]["description"] == "by another"
    assert api.put(url, json=action(), headers={"If-Match": "*"}).status_code == 200


def test_delete(api, org):
    stored = api.post(PATH, json=action()).json()
    url = f"{PATH}/{stored['id']}"
    assert api.delete(url, headers={"If-Match": '"stale"'}).json()["code"] == "data.action.etag.mismatch"
    assert api.delete(url).status_code == 204
    assert org.objects() == []
    for gone in (api.get(url), api.delete(url), api.put(url, json=action())):
        assert (gone.status_code, gone.json()["code"]) == (404, "not.found")


def test_pages(api, org):
    names = [f"Action {number:03d}" for number in range(120)]
    org.seed([action(name) for name in names])
    first = api.get(PATH).json()
    assert {key: first[key] for key in ("pageSize", "pageNumber", "pageCount", "total")} == {
        "pageSize": 25,
        "pageNumber": 1,
        "pageCount": 5,
        "total": 120,
    }
    pages = [api.get(PATH, params={"pageSize": 50, "pageNumber": number}).json() for number in (1, 2, 3, 4)]
    assert [entity["name"] for page in pages for entity in page["entities"]] == names
    assert [len(page["entities"]) for page in pages] == [50, 50, 20, 0]
    assert pages[2]["entities"] == org.objects()[100:]


def test_an_empty_list_has_no_pages(api):
    assert api.get(PATH).json() == {
        "entities": [],
        "pageSize": 25,
        "pageNumber": 1,
        "pageCount": 0,
        "total": 0,
    }


@pytest.mark.parametrize(
    "query",
    [
        {"pageSize": "0"},
        {"pageSize": "101"},
        {"pageSize": "x"},
        {"pageSize": "-1"},
        {"pageNumber": "0"},
        {"pageNumber": "1.5"},
    ],
)
def test_bad_page_parameters(api, query):
    answer = api.get(PATH, params=query)
    assert answer.status_code == 400
    assert field_errors(answer) == [(next(iter(query)), "value.invalid")]


def test_the_name_filter_is_a_substring_in_any_case(api, org):
    org.seed([action(name) for name in ("Get CRM user", "crm", "Billing")])
    page = api.get(PATH, params={"name": "cRm", "pageSize": 1}).json()
    assert page["total"] == 2 and page["entities"][0]["name"] == "Get CRM user"


def test_orgs_do_not_see_each_other(client, new_org):
    first, second = new_org(), new_org()
    stored = client(first).post(PATH, json=action()).json()
    assert client(second).get(f"{PATH}/{stored['id']}").status_code == 404
    assert client(second).post(PATH, json=action()).status_code == 200


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({"type": "rest"}, [("name", "required")]),
        ({"name": "A"}, [("type", "required")]),
        (action(name=""), [("name", "value.empty")]),
        (action(name=None), [("name", "type.invalid")]),
        (action(type="soap"), [("type", "value.invalid")]),
        (action(description=5), [("description", "type.invalid")]),
        (action(colour="red"), [("colour", "field.unknown")]),
        (action(restConfig=[]), [("restConfig", "type.invalid")]),
        (action(restConfig={"url": "/x"}), [("restConfig.httpMethod", "required")]),
        (
            action(restConfig={"url": "", "httpMethod": "get", "retries": 1}),
            [
                ("restConfig.url", "value.empty"),
                ("restConfig.httpMethod", "value.invalid"),
                ("restConfig.retries", "field.unknown"),
            ],
        ),
        (
            action(restConfig={"url": "/", "httpMethod": "GET", "headers": {"A": 1}}),
            [("restConfig.headers.A", "type.invalid")],
        ),
        (
            action(
                restConfig={
                    "url": "/",
                    "httpMethod": "GET",
                    "variableMappings": [{"name": "a", "type": "date"}],
                }
            ),
            [
                ("restConfig.variableMappings[0].source", "required"),
                ("restConfig.variableMappings[0].type", "value.invalid"),
            ],
        ),
        (action(conditions={}), [("conditions", "type.invalid")]),
        (
            action(conditions=[{"type": "AND", "children": [{"type": "EQUALS", "expression": 5}]}]),
            [("conditions[0].children[0].expression", "type.invalid")],
        ),
        (
            action(conditions=[{"type": "EQUALS", "value": {"type": "TABLE", "datasetId": 1}}]),
            [
                ("conditions[0].value.type", "value.invalid"),
                ("conditions[0].value.datasetId", "type.invalid"),
            ],
        ),
    ],
)
def test_bodies_that_are_refused_with_400(api, org, body, faults):
    answer = api.post(PATH, json=body)
    assert answer.status_code == 400
    assert field_errors(answer) == faults
    assert org.objects() == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'"text"', b'{"name": "A", "type": "rest", "id": NaN}', b"[" * 100_000, b"\xff"],
)
def test_bodies_that_are_no_json_object(api, content):
    answer = api.post(PATH, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


def test_another_content_type(api):
    answer = api.post(PATH, content=b"name=A", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported.media.type")


def test_an_unknown_field_passes_where_the_stored_object_has_it(api, org):
    seeded = action(colour="red", restConfig={**action()["restConfig"], "timeout": 5})
    seeded["restConfig"]["variableMappings"] = [
        {"name": "a", "source": "$.a", "type": "string", "hint": "x"},
        {"name": "b", "source": "$.b", "type": "string"},
    ]
    (stored,) = org.seed([seeded])
    body = {**seeded, "description": "changed"}
    url, headers = f"{PATH}/{stored['id']}", {"If-Match": "*"}
    assert api.put(url, json=body, headers=headers).json()["restConfig"] == seeded["restConfig"]
    misplaced = {**body, "timeout": 5}
    assert field_errors(api.put(url, json=misplaced, headers=headers)) == [("timeout", "field.unknown")]
    assert field_errors(api.post(PATH, json={**body, "name": "Other"})) == [
        ("restConfig.variableMappings[0].hint", "field.unknown"),
        ("restConfig.timeout", "field.unknown"),
        ("colour", "field.unknown"),
    ]
