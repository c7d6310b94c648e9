# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promotions that reset options inside of blocks, columns and fields, of which a write keeps others (X.3)."""

from __future__ import annotations

import copy
import typing as t

import pytest

from unit.module_runner import run_module, warnings_of
from unit.platform.retention_policies import FULL, seed_names
from unit.promote.conftest import changes, run_compared, run_promoted


@pytest.fixture
def orgs(new_org: t.Callable[..., t.Any]) -> tuple[t.Any, t.Any]:
    return new_org(api="platform"), new_org(api="platform")


def declare(org: t.Any, module: str, **options: t.Any) -> None:
    result = run_module(module, {**org.connection, "list_lag": 0.5, **options})
    assert not result.get("failed"), result["msg"]


def promote(orgs: tuple[t.Any, t.Any], kind: str) -> tuple[list[str], list[t.Any]]:
    """Promote a kind. Return the warnings, and the objects that differ afterwards."""
    target, source = orgs
    result = run_promoted(target, source, kinds=[kind])
    assert list(changes(result).values()) == ["update"]
    assert run_promoted(target, source, kinds=[kind])["changed"] is False
    compared = run_compared(target, source, kinds=[kind])["objects"]
    return warnings_of(result), [one for one in compared if one["plan"] != "none"]


def test_options_inside_of_the_blocks_of_a_policy(orgs: tuple[t.Any, t.Any]) -> None:
    for org in orgs:
        seed_names(org)
    fewer = copy.deepcopy(FULL)
    actions = fewer["actions"]  # those of calls too
    actions["retention_duration"] = {"archive_retention": {"days": 30}}
    actions["initiate_screen_recording"] = {"record_acw": True}
    actions["integration_export"] = {"integration": "S3"}
    (metered,), (survey,) = actions["assign_metered_evaluations"], actions["assign_surveys"]
    metered["time_interval"] = {"days": 3}
    del metered["assign_to_active_user"], survey["invite_time_interval"]
    times = {"time_zone_id": "Europe/Berlin"}
    fewer["conditions"] = {"time_allowed": times, "duration": {"duration_target": "DURATION"}}
    target, source = orgs
    declare(target, "genesys_media_retention_policy", **FULL)
    declare(source, "genesys_media_retention_policy", **fewer)
    assert promote(orgs, "media_retention_policies") == ([], [])


def test_titles_and_defaults_of_columns(orgs: tuple[t.Any, t.Any]) -> None:
    for org, more in zip(orgs, ({"title": "Text", "default": 3}, {}), strict=True):
        columns = [{"name": "count", "type": "integer", **more}, {"name": "sold", "type": "boolean"}]
        row = {"key": "a", **({"count": 5, "sold": True} if more else {})}
        declare(org, "genesys_data_table", name="Prices", columns=columns, rows=[row])
    assert promote(orgs, "data_tables") == ([], [])


def test_limits_and_options_of_fields(orgs: tuple[t.Any, t.Any]) -> None:
    wide = [
        {"name": "text", "type": "text", "title": "Text", "description": "d", "max_length": 50},
        {"name": "count", "type": "number", "title": "Count", "minimum": 1, "maximum": 9},
        {
            "name": "state",
            "type": "enum",
            "title": "State",
            "options": [{"name": "new", "title": "New"}, {"name": "old"}],
        },
    ]
    plain = [{key: field[key] for key in ("name", "type", "title")} for field in wide]
    plain[2]["options"] = [{"name": "new"}]
    target, source = orgs
    declare(target, "genesys_data_schema", name="Claims", type="workitem", fields=wide)
    declare(source, "genesys_data_schema", name="Claims", type="workitem", fields=plain)
    warnings, left = promote(orgs, "data_schemas")
    assert warnings == [
        "data_schemas: the data schema 'Claims' keeps what only the target has: the option 'old' of the "
        "field 'state', disabled"
    ]
    (one,) = left
    there, wanted = (
        {field["name"]: field for field in one["diff"][side]["fields"]} for side in ("before", "after")
    )
    state = there.pop("state")
    del wanted["state"]
    assert there == wanted
    assert [(one["name"], one["title"], one["disabled"]) for one in state["options"]] == [
        ("new", "new", False),
        ("old", "old", True),
    ]
