# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values without an option: an export and a promotion name what their entries lack (X.1, X.3)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from unit.export.exported import export
from unit.export.orgs import fill_platform, fill_reference
from unit.export.test_round_trips import IDS, bare_org
from unit.module_runner import warnings_of
from unit.org.conftest import stored_webhook
from unit.promote.conftest import changes, run_promoted

FILLED = {"reference": fill_reference, "platform": fill_platform}


def test_keys_of_objects_are_named(new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path) -> None:
    org = new_org()
    org.seed([stored_webhook("Feed", priority=3), stored_webhook("Log", priority=None)], "webhooks")
    warnings = warnings_of(export(org, tmp_path))
    lost = "objects.webhooks: priority of 1 object is not exported, because the collection does not manage it"
    assert [one for one in warnings if "does not manage" in one] == [lost]


def test_keys_inside_of_the_blocks_of_policies_are_named(
    new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    source, target = new_org(api="platform"), new_org(api="platform")
    later = {"conditions": {"agentGroups": ["a"], "empty": False}, "actions": {"retainRecording": True}}
    source.seed([{"name": "Keep", "order": 1, **later}], "retention_policies")
    what = "conditions.agentGroups of 1 object"
    reason = "because the collection does not manage it"
    found = [one for one in warnings_of(export(source, tmp_path)) if reason in one]
    assert found == [f"objects.media_retention_policies: {what} is not exported, {reason}"]
    result = run_promoted(target, source, kinds=["media_retention_policies"])
    assert changes(result) == {("media_retention_policy", "Keep"): "create"}
    found = [one for one in warnings_of(result) if reason in one]
    assert found == [f"media_retention_policies: {what} was not promoted, {reason}"]


@pytest.mark.parametrize("api", FILLED)
def test_an_org_with_every_option_has_no_such_values(
    api: str, new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    """The server's own keys are no values of clients, also after writes of the collection."""
    source, target = new_org(api=api), bare_org(new_org, api)
    secrets = FILLED[api](source)
    confirmed = {"analytics_retention": {"confirm": True}} if api == "platform" else {}
    run_promoted(target, source, ids=IDS[api], secrets=secrets, defaults=confirmed)
    for org in (source, target):
        result = export(org, tmp_path / org.key, ids=IDS[api])
        # A schema of the source has the title of another one.
        found = [one for one in warnings_of(result) if "does not manage" in one and "jsonSchema" not in one]
        assert found == []
