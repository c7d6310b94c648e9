# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong options of a promotion, and orgs that it refuses or cannot read (X.3)."""

from __future__ import annotations

import typing as t

import pytest

from unit.export.orgs import stored_platform_action
from unit.org.conftest import stored_webhook
from unit.platform_kinds import stored_integration
from unit.promote.conftest import run_promoted


@pytest.fixture
def orgs(new_org: t.Callable[..., t.Any]) -> tuple[t.Any, t.Any]:
    target, source = new_org(), new_org()
    source.seed([stored_webhook("Feed")], "webhooks")
    return target, source


@pytest.mark.parametrize(
    ("options", "problems"),
    [
        (
            {"kinds": ["webhook"]},
            ["kinds[0]: 'webhook' is no list of objects of the API 'reference'; did you"],
        ),
        ({"kinds": []}, ["kinds: must name at least one kind"]),
        ({"kinds": ["customobject_indexes"]}, ["ids.customobject_indexes: is required"]),
        (
            {"kinds": ["webhooks"], "ids": {"customobject_indexes": ["a"]}},
            ["ids.customobject_indexes: is of a kind that is not promoted"],
        ),
        (
            {"kinds": ["data_actions"], "prune": {"webhooks": {"enabled": True}}},
            ["prune.webhooks: is of a kind that is not promoted"],
        ),
        (
            {"names": ["CRM*"], "prune": {"webhooks": {"enabled": True}}},
            ["prune.webhooks: would remove every object whose name does not fit names"],
        ),
        ({"prune": {"webhooks": {"max": -1}}}, ["prune.webhooks.max: must be 0 or more"]),
        ({"defaults": {"webhooks": {"name": "x"}}}, ["defaults.webhooks.name: is no default"]),
        ({"concurrency": 0}, ["concurrency: must be from 1 to 32"]),
        ({"journal": "relative.jsonl"}, ["journal: must be an absolute path"]),
        ({"source": {"base_url": "http://127.0.0.1:9"}}, ["source.client_id: no credentials"]),
        ({"source": None}, ["source: is required and cannot be null"]),
        ({"sources": {}}, ["sources: "]),
        ({"config": {}}, ["config: "]),
        ({"dependencies": "includ"}, ["dependencies: "]),
    ],
)
def test_wrong_options_are_refused_before_any_request(
    options: dict[str, t.Any], problems: list[str], orgs: tuple[t.Any, t.Any]
) -> None:
    for org in orgs:
        org.clear_log()
    result = run_promoted(*orgs, **options)
    assert result.get("failed"), result
    found = result["problems"]
    assert len(found) == len(problems), found
    for problem, expected in zip(found, problems, strict=True):
        assert problem.startswith(expected), problem
    assert [org.log() for org in orgs] == [[], []]


def test_an_org_is_not_promoted_to_itself(orgs: tuple[t.Any, t.Any]) -> None:
    target, _source = orgs
    result = run_promoted(target, target)
    assert result["msg"] == f"source: is the org of the task itself ({target.name!r}, id {target.id})"


def test_orgs_of_two_apis_are_refused(new_org: t.Callable[..., t.Any]) -> None:
    target, source = new_org(api="platform"), new_org()
    result = run_promoted(target, source)
    assert result["msg"].startswith(
        "source: has the API 'reference', and the org of the task the API 'platform'"
    )
    assert target.writes() == []


def test_another_org_than_the_expected_one_is_never_read_or_written(orgs: tuple[t.Any, t.Any]) -> None:
    target, source = orgs
    wrong = {**source.connection, "organization": "Someone else"}
    result = run_promoted(target, source, source=wrong)
    assert result["msg"].startswith("The source: ") and "Someone else" in result["msg"]
    assert [one["path"] for one in source.log() if "webhooks" in one["path"]] == []
    assert target.writes() == []


def test_a_kind_that_cannot_be_read_is_an_error_with_the_title_of_its_org(
    new_org: t.Callable[..., t.Any],
) -> None:
    target, source = new_org(), new_org(scopes=["data:actions:read", "organization:read"])
    result = run_promoted(target, source, kinds=["webhooks"])
    assert result["failed"] and result["msg"].startswith("The source: ")
    assert "Not read: webhooks." in result["msg"]
    assert target.writes() == []


def test_a_list_of_references_that_cannot_be_read_is_an_error_with_the_title_of_its_org(
    new_org: t.Callable[..., t.Any],
) -> None:
    target, source = (
        new_org(api="platform"),
        new_org(api="platform", permissions=["integrations:action:view"]),
    )
    (crm,) = source.seed([stored_integration("CRM")], "integrations")
    source.seed([stored_platform_action("Find", crm["id"])], "actions")
    result = run_promoted(target, source, kinds=["data_actions"])
    assert result["failed"] and result["msg"].startswith("The source: GET /api/v2/integrations was refused")
