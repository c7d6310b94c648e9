# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flows: continuation tokens, expansion, patches with a version, reload and dependency targets."""

from __future__ import annotations

import pytest

from unit.simulator.reference.error_details import field_errors

PATH = "/api/v2/architect/flows"
SETTINGS = {
    "routing": {"type": "longestAvailable", "maxWaitTime": 600, "scope": {"type": "org", "id": "o-1"}},
    "configurationMatrix": {"parameter_01": {"key": "queue_affinity", "value": True}},
    "scopeDirectives": {"applyTo": ["queue", "user"], "enforceHierarchy": True},
}


def names(page):
    return [flow["name"] for flow in page["entities"]]


def walk(api, **params):
    """Return all pages in order."""
    pages = [api.get(PATH, params=params).json()]
    while "continuationToken" in pages[-1]:
        token = pages[-1]["continuationToken"]
        pages.append(api.get(PATH, params={**params, "continuationToken": token}).json())
    return pages


@pytest.fixture
def flow(org):
    (stored,) = org.seed(
        [{"name": "Primary", "description": "d", "settings": SETTINGS, "version": 14}], "flows"
    )
    return stored


@pytest.fixture
def patch(api, org, flow):
    def send(settings, version=15, **changed):
        body = {"orgId": org.id, "flowId": flow["id"], "settings": settings, "version": version, **changed}
        return api.patch(f"{PATH}/{flow['id']}", json=body)

    return send


def test_pages_end_without_a_token_also_when_the_last_is_full(api, org):
    org.seed([{"name": f"Flow {number:02d}"} for number in range(50)], "flows")
    assert [len(page["entities"]) for page in walk(api)] == [25, 25]
    assert [len(page["entities"]) for page in walk(api, pageSize=20)] == [20, 20, 10]
    seen = [name for page in walk(api, pageSize=7) for name in names(page)]
    assert seen == [f"Flow {number:02d}" for number in range(50)]


def test_a_list_that_changes_between_pages_neither_repeats_nor_skips(api, org):
    flows = org.seed([{"name": f"Flow {number}"} for number in range(6)], "flows")
    first = api.get(PATH, params={"pageSize": 3}).json()
    org.delete(flows[0]["id"], "flows")
    org.edit(flows[5]["id"], {"description": "changed"}, "flows")
    second = api.get(PATH, params={"pageSize": 3, "continuationToken": first["continuationToken"]}).json()
    assert names(second) == ["Flow 3", "Flow 4", "Flow 5"]


def test_the_name_is_a_prefix_in_any_case(api, org):
    org.seed([{"name": name} for name in ("Sales", "sales EU", "Presales", "SALES")], "flows")
    assert names(api.get(PATH, params={"name": "sAles"}).json()) == ["Sales", "sales EU", "SALES"]
    pages = walk(api, name="sales", pageSize=2)
    assert [names(page) for page in pages] == [["Sales", "sales EU"], ["SALES"]]


@pytest.mark.parametrize("token", ["", "x", "MTc=", "YWZ0ZXI6eA==", "é"])
def test_a_token_that_the_server_did_not_give(api, token):
    answer = api.get(PATH, params={"continuationToken": token})
    assert answer.status_code == 400
    assert field_errors(answer) == [("continuationToken", "value.invalid")]


def test_settings_show_only_when_expanded(api, flow):
    for url, pick in ((PATH, lambda body: body["entities"][0]), (f"{PATH}/{flow['id']}", lambda body: body)):
        assert "settings" not in pick(api.get(url).json())
        assert pick(api.get(url, params={"expand": "settings"}).json()) == flow
        assert pick(api.get(url, params={"expand": "routing,settings"}).json()) == flow
        routing = pick(api.get(url, params={"expand": "routing"}).json())
        assert routing["settings"] == {"routing": SETTINGS["routing"]}
        assert field_errors(api.get(url, params={"expand": "all"})) == [("expand", "value.invalid")]


def test_a_patch_merges_and_moves_on_one_version(patch, org, flow):
    answer = patch(
        {
            "routing": {"maxWaitTime": 30, "scope": None},
            "configurationMatrix": {"p2": {"key": "k", "value": 5}},
        }
    )
    after = answer.json()
    assert answer.status_code == 200
    assert after["settings"] == {
        "routing": {"type": "longestAvailable", "maxWaitTime": 30},
        "configurationMatrix": {**SETTINGS["configurationMatrix"], "p2": {"key": "k", "value": 5}},
        "scopeDirectives": SETTINGS["scopeDirectives"],
    }
    assert after["version"] == 15
    assert after["createdDate"] == flow["createdDate"] and after["modifiedDate"] >= flow["modifiedDate"]
    assert after["name"] == "Primary" and after["description"] == "d"
    assert org.objects("flows") == [after]


@pytest.mark.parametrize("version", [1, 14, 16])
def test_any_version_but_the_next_is_a_conflict(patch, org, flow, version):
    answer = patch({}, version=version)
    assert (answer.status_code, answer.json()["code"]) == (409, "flow.version.conflict")
    assert org.objects("flows") == [flow]


def test_a_second_writer_makes_a_conflict(patch, org, flow):
    org.fault(method="PATCH", path=f"{PATH}/*", edit={"settings": {"routing": {"maxWaitTime": 1}}})
    assert patch({}).json()["code"] == "flow.version.conflict"
    assert patch({}, version=16).status_code == 200


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"orgId": "other"}, [("orgId", "value.invalid")]),
        ({"flowId": "other"}, [("flowId", "value.invalid")]),
        ({"version": "15"}, [("version", "type.invalid")]),
        ({"version": True}, [("version", "type.invalid")]),
        ({"settings": None}, [("settings", "type.invalid")]),
        ({"name": "Renamed"}, [("name", "field.unknown")]),
    ],
)
def test_patches_about_something_else(patch, org, flow, changed, faults):
    answer = patch(**{"settings": {}, **changed})
    assert (answer.status_code, field_errors(answer)) == (400, faults)
    assert org.objects("flows") == [flow]


@pytest.mark.parametrize(
    ("settings", "faults"),
    [
        ({"routing": {"maxWaitTime": -1}}, [("settings.routing.maxWaitTime", "value.invalid")]),
        ({"routing": {"type": ""}}, [("settings.routing.type", "value.empty")]),
        ({"routing": {"scope": {"id": None}}}, [("settings.routing.scope.id", "required")]),
        ({"routing": {"skills": []}}, [("settings.routing.skills", "field.unknown")]),
        (
            {"configurationMatrix": {"p": {"key": "k"}}},
            [("settings.configurationMatrix.p.value", "required")],
        ),
        ({"configurationMatrix": []}, [("settings.configurationMatrix", "type.invalid")]),
        (
            {"scopeDirectives": {"applyTo": ["queue", "skill"]}},
            [("settings.scopeDirectives.applyTo[1]", "value.invalid")],
        ),
        (
            {"scopeDirectives": {"enforceHierarchy": "yes"}},
            [("settings.scopeDirectives.enforceHierarchy", "type.invalid")],
        ),
        ({"colour": "red"}, [("settings.colour", "field.unknown")]),
    ],
)
def test_the_result_of_a_patch_must_be_settings(patch, org, flow, settings, faults):
    answer = patch(settings)
    assert (answer.status_code, field_errors(answer)) == (400, faults)
    assert org.objects("flows") == [flow]


def test_unknown_settings_of_the_stored_flow_may_stay_and_change(api, org):
    (flow,) = org.seed([{"name": "Odd", "settings": {"colour": "red"}}], "flows")
    body = {"orgId": org.id, "flowId": flow["id"], "settings": {"colour": "blue"}, "version": 2}
    assert api.patch(f"{PATH}/{flow['id']}", json=body).json()["settings"] == {"colour": "blue"}


def test_reload_is_accepted_for_the_own_org_only(api, org):
    accepted = api.post(f"{PATH}/reload", json={"orgId": org.id})
    assert (accepted.status_code, accepted.content) == (202, b"")
    assert field_errors(api.post(f"{PATH}/reload", json={"orgId": "other"})) == [("orgId", "value.invalid")]
    assert field_errors(api.post(f"{PATH}/reload", json={})) == [("orgId", "required")]


def test_an_unknown_flow(api, org):
    assert api.get(f"{PATH}/nothing").status_code == 404
    assert api.patch(f"{PATH}/nothing", json={}).status_code == 404


def test_both_scopes_are_needed(client, org, flow):
    answer = client(org, scopes=["flow:write", "architect:read"]).patch(f"{PATH}/{flow['id']}", json={})
    assert answer.json()["messageParams"] == {"scopes": ["architect:write"]}


@pytest.mark.parametrize(
    ("path", "kind", "scope"),
    [
        ("/api/v2/routing/queues", "queues", "queue:read"),
        ("/api/v2/users", "users", "user:read"),
        ("/api/v2/teams", "teams", "team:read"),
    ],
)
def test_dependency_targets(client, org, path, kind, scope):
    org.seed([{"name": f"{kind} {number}"} for number in range(3)], kind)
    page = client(org, scopes=[scope]).get(path, params={"pageSize": 1, "pageNumber": 2}).json()
    assert names(page) == [f"{kind} 1"]
    assert page["total"] == 3
    refused = client(org, scopes=["audit:read"]).get(path)
    assert refused.json()["messageParams"] == {"scopes": [scope]}
