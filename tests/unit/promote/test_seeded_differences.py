# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promotion between two orgs of 300 objects with seeded differences, and its rollback (X.3)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._resources.masking_rule.platform import VALIDATE
from unit.compare.test_seeded_differences import APIS, HERE_ONLY, found
from unit.export.exported import changes_of
from unit.module_runner import run_module
from unit.promote.conftest import changes, run_compared, run_promoted

LOGIN = {"userName": "us3r", "password": "p4ss-of-target"}
PRUNED = {"enabled": True}
#: API -> options of the promotion, and the kinds whose objects no rule removes.
RULES: dict[str, tuple[dict[str, t.Any], tuple[str, ...]]] = {
    "platform": (
        {
            "prune": {"data_actions": PRUNED, "data_tables": PRUNED},
            "secrets": {"vault_integration_credential_only_there_fields": LOGIN},
            "defaults": {"data_actions": {"on_contract_change": "replace"}},
            # No entry can declare an object named " ". The API refuses the type of Login 3 in the slots of
            # integrations, and finds no row with a slash in its key, such as that of Table 5.
            "exclude": [" ", "Login 3", "Table 5"],
        },
        ("integration_credential", "integration", "flow_log_level"),
    ),
    "reference": (
        {
            "prune": {"data_actions": PRUNED, "privacy_purposes": PRUNED, "webhooks": PRUNED},
            # The condition of Action 4 is of a type that no option has, and the API creates no flows.
            "exclude": [" ", "Action 4", "Only there"],
        },
        (),
    ),
}


@pytest.mark.parametrize("api", APIS)
def test_a_promotion_makes_the_target_like_the_source(
    api: str,
    new_org: t.Callable[..., t.Any],
    tmp_path: pathlib.Path,
) -> None:
    seed, differ, ids = APIS[api]
    target, source, like_target = (new_org(api=api) for _org in range(3))
    for org in (target, source, like_target):
        seed(org, reverse=org is source)
    differ(target, source)
    spare = new_org(api=api)
    seed(spare)
    differ(like_target, spare)
    options, kept = RULES[api]
    journal = tmp_path / "journal.jsonl"
    options = {**options, **ids, "copy_secrets": True}
    reports = {"journal": str(journal), "journal_password": "s3cr3t-of-journal"}
    for org in (target, source):
        org.clear_log()

    planned = changes(run_promoted(target, source, check_mode=True, **options))
    assert [one for one in changes_of(target) if one["path"] != VALIDATE] == []
    result = run_promoted(target, source, **options, **reports)
    assert changes(result) == planned
    assert len(planned) >= 20
    assert "s3cr3t-of" not in str(result)
    assert source.writes() == []

    again = changes(run_promoted(target, source, **options, **reports))
    # A replaced data action stays until a later run finds no flow that consumes it.
    assert {"delete"} >= {*again.values()}
    assert [name for _kind, name in again if "(replaced" not in name] == []
    left = found(run_compared(target, source, **ids))
    others = [one for one in left if one[1] not in options["exclude"]]
    assert [one for one in others if one[2] != HERE_ONLY or one[0] not in kept] == []
    assert run_promoted(target, source, **options, **reports)["changed"] is False

    back = run_module(
        "genesys_org_config",
        {**target.connection, "list_lag": 0.5, "state": "rolled_back", **reports},
    )
    assert not back.get("failed"), back["msg"]
    assert found(run_compared(target, like_target, **ids)) == []
