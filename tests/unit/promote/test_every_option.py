# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promotions that set every option of every kind, and those that reset them (X.3)."""

from __future__ import annotations

import typing as t

import pytest

from unit.export.orgs import fill_platform, fill_reference
from unit.export.test_round_trips import IDS, bare_org
from unit.promote.conftest import changes, run_compared, run_promoted
from unit.promote.plain_orgs import fill_plain_platform, fill_plain_reference

FILLS = {
    "reference": (fill_reference, fill_plain_reference),
    "platform": (fill_platform, fill_plain_platform),
}
BOTH = pytest.mark.parametrize("api", FILLS)
#: A person confirms that shorter analytics data is lost. Rows and replaced contracts are the user's choice.
DEFAULTS = {
    "reference": {},
    "platform": {
        "analytics_retention": {"confirm": True},
        "data_tables": {"prune_rows": {"enabled": True}},
    },
}
#: Kinds of which the API removes no fields, or no value.
STAYS = ("data_schema", "analytics_retention")


def differences(result: dict[str, t.Any]) -> list[tuple[str, str, str]]:
    assert not result.get("failed"), result["msg"]
    return [
        (one["kind"], one["name"], str(one["diff"])) for one in result["objects"] if one["plan"] != "none"
    ]


@BOTH
@pytest.mark.parametrize("of_target", ["bare", "plain"])
def test_every_option_is_set(
    api: str,
    of_target: str,
    new_org: t.Callable[..., t.Any],
) -> None:
    fill, fill_plain = FILLS[api]
    source = new_org(api=api)
    secrets = fill(source)
    target = bare_org(new_org, api) if of_target == "bare" else new_org(api=api)
    if of_target == "plain":
        fill_plain(target)
    options = {"ids": IDS[api], "defaults": DEFAULTS[api], "secrets": secrets}
    assert len(changes(run_promoted(target, source, **options))) >= 6
    assert differences(run_compared(target, source, ids=IDS[api])) == []
    assert run_promoted(target, source, **options)["changed"] is False


@BOTH
def test_every_option_is_reset(
    api: str,
    new_org: t.Callable[..., t.Any],
) -> None:
    fill, fill_plain = FILLS[api]
    target, source = new_org(api=api), new_org(api=api)
    fill(target)
    fill_plain(source)
    options = {"ids": IDS[api], "defaults": DEFAULTS[api], "copy_secrets": True}
    result = run_promoted(target, source, **options)
    assert len(changes(result)) >= 6
    left = differences(run_compared(target, source, ids=IDS[api]))
    assert [(kind, name) for kind, name, _diff in left if kind not in STAYS] == []
    if api == "platform":
        assert [(kind, name) for kind, name, _diff in left] == [
            ("data_schema", "Claims"),
            ("data_schema", "null"),
            ("analytics_retention", "organization"),
        ]
        assert "data schema 'null' keeps what only the target has: the field 'on'" in str(result["warnings"])
        assert result["left_out"][-1]["reason"] == "is not set in this org"
