# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the facts of the platform API: sign-in, errors, permissions, lists (P.1, P.2, P.3, P.6)."""

from __future__ import annotations

import importlib
import pathlib

import pytest
import yaml

from ansible_collections.genesys.cloud.plugins.module_utils._api.platform import PLATFORM
from ansible_collections.genesys.cloud.plugins.module_utils._api.profile import ConflictKind
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow import FLOW
from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import KINDS
from unit.platform.permission_notes import permission_note, permissions_of
from unit.platform.retention_policies import FULL, seed_names
from unit.platform.triggers import TRIGGER, seed_workflow

LIST = "/api/v2/integrations"
LISTING = f"{LIST}/credentials/listing"
OF_PLATFORM = [kind for kind in KINDS if PLATFORM.name in kind.profiles]


def seed_credentials(tasks, count):
    given = {"type": {"id": "basicAuth"}, "credentialFields": {}}
    tasks.org.seed([{**given, "name": f"c{number:03}"} for number in range(count)], "credentials")


def seed_integrations(tasks, count):
    given = {"integrationType": {"id": "custom-rest-actions"}}
    tasks.org.seed([{**given, "name": f"i{number:03}"} for number in range(count)], "integrations")


def test_the_token_request_is_a_basic_header_without_scopes(tasks):
    tasks.done("integration_info")
    (asked,) = tasks.org.log(
        path="/oauth/token"
    )  # situation 18 of the public reports: one token for each run
    assert asked["body"] == {"grant_type": "client_credentials"}
    assert asked["request_headers"]["authorization"].startswith("Basic ")


def test_a_token_of_a_few_seconds_makes_no_loop_of_token_requests(tasks):
    """Trap 12: the vendor's own client asks in an endless loop."""
    tasks.org.simulator.set_token_lifetime(tasks.org.key, 60)
    tasks.done("integration_info")
    assert len(tasks.org.log(path="/oauth/token")) == 1


def test_a_rate_limit_of_tokens_is_waited_for(tasks):
    tasks.org.fault(
        path="/oauth/token",
        status=400,
        times=2,
        body={
            "error": "invalid_request",
            "description": "rate limit exceeded; try later",
            "error_description": "rate limit exceeded; try later",
        },
    )
    assert tasks.done("integration_info")["records"] == []
    assert len(tasks.org.log(path="/oauth/token")) == 3


def test_any_other_400_of_the_token_endpoint_is_final(tasks):
    tasks.org.fault(
        path="/oauth/token",
        status=400,
        times=None,
        body={
            "error": "invalid_client",
            "description": "client not found",
            "error_description": "client not found",
        },
    )
    message = tasks.failed("integration_info")
    assert "was denied a token" in message and "client not found" in message
    assert "token_request" not in message
    assert len(tasks.org.log(path="/oauth/token")) == 1


@pytest.mark.parametrize("entities", ["list", "null", "absent"])
@pytest.mark.parametrize("end", ["absent", "null", "empty"])
def test_lists_of_both_styles_are_read_whole_whatever_their_end(tasks, entities, end):
    """Situation 9 of the public reports."""
    tasks.org.platform(empty_entities=entities, last_next_uri=end)
    assert tasks.done("integration_credential_info")["records"] == []
    assert tasks.done("integration_info")["records"] == []
    seed_credentials(tasks, 289)
    records = tasks.done("integration_credential_info")["records"]
    assert [record["name"] for record in records] == [f"c{number:03}" for number in range(289)]
    assert [entry["query"]["pageSize"] for entry in tasks.org.log(path=LISTING)] == ["200"] * 3


def test_a_list_that_never_ends_is_left_after_empty_pages(tasks):
    tasks.org.platform(endless_next_uri=True)
    seed_credentials(tasks, 3)
    assert len(tasks.done("integration_credential_info")["records"]) == 3
    assert len(tasks.org.log(path=LISTING)) <= 4


def test_a_page_that_is_too_large_is_halved_and_the_list_begun_anew(tasks):
    tasks.org.platform(largest_page=30)
    seed_integrations(tasks, 60)
    seed_credentials(tasks, 60)
    wanted = [{"name": f"i{number:03}", "type": "custom-rest-actions"} for number in range(60)]
    result = tasks.done("org_config", config={"integrations": wanted})
    assert len(result["objects"]) == 60 and result["changed"] is False
    sizes = [entry["query"]["pageSize"] for entry in tasks.org.log(path=LIST)]
    assert sizes == ["100", "50", "25", "25", "25"]
    assert len(tasks.done("integration_credential_info")["records"]) == 60
    assert [entry["query"]["pageSize"] for entry in tasks.org.log(path=LISTING)][:4] == [
        "200",
        "100",
        "50",
        "25",
    ]


def test_a_total_that_does_not_fit_the_objects_is_an_error(tasks):
    seed_integrations(tasks, 2)
    body = {"entities": [{"id": "a", "name": "A"}], "total": 2, "pageCount": 1, "pageNumber": 1}
    tasks.org.fault(method="GET", path=LIST, status=200, times=None, body=body)
    assert "total and objects do not agree" in tasks.failed("integration_info")


@pytest.mark.parametrize(
    ("method", "path", "permission"),
    [
        ("GET", LIST, "integrations:integration:view"),
        ("POST", LIST, "integrations:integration:add"),
        ("DELETE", f"{LIST}/abc", "integrations:integration:delete"),
        ("PUT", f"{LIST}/abc/config/current", "integrations:integration:edit"),
        ("PATCH", f"{LIST}/credentials/abc", ""),
        ("GET", f"{LIST}/actions?pageSize=1", "integrations:action:view or bridge:actions:view"),
        ("GET", "/api/v2/unknown", ""),
    ],
)
def test_permissions_come_from_the_table_by_method_and_path(method, path, permission):
    assert PLATFORM.needed_scopes(method, path) == ((permission,) if permission else ())


def test_permissions_that_are_needed_together_are_separate():
    needed = PLATFORM.needed_scopes("GET", "/api/v2/flows/instances/settings/loglevels?pageSize=100")
    assert needed == ("architect:flowLogLevel:view", "architect:flow:search")


def test_a_403_names_the_permission_of_its_body(new_org, tasks):
    """Situation 18 of the public reports: the role counts only for later tokens."""
    org = new_org(api="platform", permissions=["integrations:integration:view"])
    message = type(tasks)(org, tasks.state).failed("integration", name="A", type="custom-rest-actions")
    assert "a permission is missing" in message and "integrations:integration:add" in message
    assert "A role that was changed counts only for tokens that were issued later" in message


def test_a_403_without_a_permission_names_that_of_the_table(tasks):
    tasks.org.fault(method="GET", path=LIST, status=403, body={"status": 403, "code": "not.authorized"})
    assert "the request needs integrations:integration:view" in tasks.failed("integration_info")


@pytest.mark.parametrize("error", [{"html": True}, {"body": {"status": 404, "code": "not.found"}}])
def test_a_404_of_a_list_names_the_profile(tasks, error):
    tasks.org.fault(method="GET", path=LIST, status=404, **error)
    message = tasks.failed("integration_info")
    assert "The task uses the API 'platform': set api_profile if the address serves another API" in message


def test_a_404_of_an_object_does_not_doubt_the_api(tasks):
    message = tasks.failed("integration", id="unknown", notes="n")
    assert "api_profile" not in message and "There is no integration" in message


def test_an_unknown_profile_is_the_only_problem(tasks):
    result = tasks.run("integration", name="CRM", type="custom-rest-actions", api_profile="platfrom")
    assert result["problems"] == [
        "api_profile: 'platfrom' is not one of the choices; did you mean 'platform'?"
    ]


def test_a_kind_of_the_platform_on_another_host_names_the_option(tasks):
    """Check a gateway before the platform, whose host stands for the reference API."""
    message = tasks.failed("integration", name="CRM", type="custom-rest-actions", api_profile=...)
    assert "the API 'reference' has no integration" in message
    assert "If the target serves that API, set api_profile to platform" in message
    assert tasks.org.log() == []


def test_the_reference_api_says_so_too(org, tasks):
    org.fault(method="GET", path="/api/v2/platform/webhooks", status=404, html=True)
    message = tasks.failed("webhook_info", **org.connection, api_profile=...)
    assert "The task uses the API 'reference'" in message


@pytest.mark.parametrize(
    ("method", "status", "code", "message", "kind"),
    [
        ("PUT", 409, "general.conflict", "", ConflictKind.VERSION),
        ("PATCH", 409, None, "", ConflictKind.VERSION),
        ("PUT", 408, "client.timeout", "", ConflictKind.VERSION),
        ("GET", 408, "client.timeout", "", None),
        ("POST", 409, "general.conflict", "", ConflictKind.NAME),
        ("POST", 409, "version.conflict", "", ConflictKind.VERSION),
        ("DELETE", 409, "general.conflict", "", ConflictKind.OTHER),
        (
            "PUT",
            400,
            "bad.request",
            "Supplied version 1 does not match the current version 2",
            ConflictKind.VERSION,
        ),
        (
            "POST",
            400,
            "bad.request",
            "Supplied version 2 does not match latest draft version 1",
            ConflictKind.VERSION,
        ),
        ("PUT", 400, "version.mismatch", "", ConflictKind.VERSION),
        ("PUT", 400, "bad.request", "The configuration is not valid.", None),
        ("POST", 400, "invalid.value", "", None),
        ("PUT", 404, "not.found", "", None),
    ],
)
def test_conflicts_in_all_their_forms(method, status, code, message, kind):
    """Situation 3 of the public reports."""
    assert PLATFORM.conflict_kind(method, status, code, message) is kind


def test_errors_inside_an_error_and_its_limit_are_shown(tasks):
    body = {
        "status": 400,
        "code": "bad.request",
        "message": "Refused",
        "errors": [
            {"code": "invalid.value", "message": "The host is wrong", "details": [{"fieldName": "x"}]}
        ],
        "limit": {"namespace": "integrations", "key": "integrations.count", "value": 5},
        "contextId": "abc",
    }
    tasks.org.fault(method="GET", path=LIST, status=400, body=body)
    message = tasks.failed("integration_info")
    assert "Refused (limit integrations integrations.count 5)" in message
    assert "invalid.value, The host is wrong" in message


@pytest.mark.parametrize(
    ("kind", "info"),
    [*((kind, info) for kind in OF_PLATFORM for info in (False, True)), (FLOW, True)],
    ids=lambda one: getattr(one, "name", "info" if one else "resource"),
)
def test_the_documentation_has_the_permissions_of_the_table(kind, info):
    name = f"genesys_{kind.name}{'_info' if info else ''}"
    module = importlib.import_module(f"ansible_collections.genesys.cloud.plugins.modules.{name}")
    assert yaml.safe_load(module.DOCUMENTATION)["notes"] == [permission_note(kind, info=info)]
    assert permissions_of(kind, info=info)


def test_the_guide_has_the_permissions_of_each_module():
    guide = (pathlib.Path(__file__).parents[3] / "docs" / "platform.md").read_text("utf-8")
    for kind in [*OF_PLATFORM, FLOW]:
        for info, suffix in ((True, "_info"), (False, ""))[: 1 if kind is FLOW else 2]:
            names = ", ".join(f"`{name}`" for name in permissions_of(kind, info=info))
            row = f"| `genesys_{kind.name}{suffix}` | {names} |".replace(" or ", "` or `")
            assert row in guide


def test_requests_of_the_modules_have_their_permissions_in_the_table(tasks):
    login = {"name": "L", "type": "basicAuth", "fields": {"userName": "u", "password": "p"}}
    crm = {"name": "CRM", "type": "custom-rest-actions"}
    tasks.done("integration_credential", **login)
    tasks.done("integration", **crm, credentials={"basicAuth": "L"}, intended_state="ENABLED")
    tasks.done("integration", **crm, credentials={"basicAuth": None})
    tasks.done("integration", **crm, state="absent")
    tasks.done("integration_credential", name="L", state="absent")
    tasks.org.seed([{"name": "Main"}], "flows")
    main = {"name": "Main", "type": "inboundcall"}
    for level in ("Base", "All"):
        tasks.done("flow_log_level", **main, level=level)
        tasks.done("flow_log_level", default=True, level=level)
    tasks.done("flow_log_level", **main, state="absent")
    tasks.done("flow_execution_data", enabled=True)
    tasks.org.platform(newer_execution_data="missing")
    tasks.done("flow_execution_data", enabled=False)
    for definition in ("[0-9]", "[0-9]+"):
        tasks.done("masking_rule", name="R", definition=definition)
    tasks.done("masking_rule", name="R", state="absent")
    seed_names(tasks.org)
    tasks.done("media_retention_policy", **FULL)
    tasks.done("media_retention_policy", name="Full", enabled=False)
    tasks.done("media_retention_policy", name="Full", description="new")
    tasks.done("media_retention_policy", name="Full", state="absent")
    tasks.done("analytics_retention", retention_days=400, confirm=True)
    seed_workflow(tasks.org)
    for enabled in (True, False):
        tasks.done("trigger", **TRIGGER, enabled=enabled)
    tasks.done("trigger", name=TRIGGER["name"], state="absent")
    for entry in tasks.org.log():
        without = ("/oauth/token", PLATFORM.organization_path, "/api/v2/routing/languages")
        known = entry["path"] in without
        assert known or PLATFORM.needed_scopes(entry["method"], entry["path"]), entry
