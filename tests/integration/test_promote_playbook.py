# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook that promotes an org to others: dry run, run, comparison, rollback (X.3)."""

from __future__ import annotations

import pathlib
import typing as t

from integration.org_config import org_config_vars
from integration.playbook import ROOT, PlaybookRun
from unit.export.orgs import stored_platform_action
from unit.platform_kinds import stored_credential, stored_integration
from unit.promote.test_promotion import FIELDS, LOGIN, TOKEN

PROMOTE = ROOT / "playbooks" / "promote.yml"


def test_a_promotion_is_shown_made_compared_and_rolled_back(
    playbook: t.Callable[..., PlaybookRun], new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    test, prod = new_org(api="platform"), new_org(api="platform")
    (login,) = test.seed([stored_credential("CRM login")], "credentials")
    config = {
        "credentials": {"basicAuth": {"id": login["id"]}},
        "properties": {"host": "crm-test.example.com"},
    }
    (crm,) = test.seed([stored_integration("CRM", config=config)], "integrations")
    test.seed([stored_platform_action("Find", crm["id"])], "actions")
    journal = {"org_config_journal": str(tmp_path / "prod.jsonl")}
    values = {"org_promote_values": [{"from": "crm-test.example.com", "to": "crm.example.com"}]}
    hosts = {"test": org_config_vars(test), "prod": {**org_config_vars(prod), **journal, **values}}
    source = {"org_promote_from": "test"}

    run = playbook(PROMOTE, inventory=hosts)
    assert "org_promote_from: is missing; give the host whose org is the source" in run.output
    run = playbook(PROMOTE, inventory=hosts, extra_vars={**source, "org_promote_kind": ["integrations"]})
    assert (
        "org_promote_kind: is no variable of the role org_promote; did you mean org_promote_kinds?"
        in run.output
    )
    run = playbook(PROMOTE, inventory=hosts, extra_vars=source)
    assert run.returncode == 2, run.output
    assert f"secrets.{FIELDS}: is required" in run.output and f"secrets.{TOKEN}: is required" in run.output
    assert prod.writes() == test.writes() == []

    hosts["prod"] |= {FIELDS: LOGIN, TOKEN: "Bearer s3cr3t-of-prod"}
    run = playbook(PROMOTE, inventory=hosts, extra_vars=source, check=True, diff=True)
    assert run.returncode == 0, run.output
    assert "crm.example.com" in run.output and prod.writes() == []
    run = playbook(PROMOTE, inventory=hosts, extra_vars=source)
    assert run.returncode == 0, run.output
    assert "p4ss" not in run.output and "s3cr3t" not in run.output
    stored = prod.named("CRM", "integrations")["config"]["current"]
    assert stored["properties"] == {"host": "crm.example.com"}
    assert prod.named("CRM login", "credentials")["credentialFields"] == LOGIN
    assert len(prod.objects("actions")) == 1

    compare = {"org_compare_with": "test", "org_compare_folder": str(tmp_path / "reports")}
    run = playbook(ROOT / "playbooks" / "compare.yml", inventory=hosts, extra_vars=compare)
    assert run.returncode == 2, run.output
    assert "integrations 'CRM'" in run.output and "properties.host" in run.output
    assert "definition.config.request.headers.Authorization" in run.output  # each stage has its own

    rollback = ROOT / "playbooks" / "rollback.yml"
    run = playbook(rollback, inventory=hosts, arguments=["--limit", "prod"])
    assert run.returncode == 0, run.output
    assert [prod.objects(kind) for kind in ("credentials", "integrations", "actions")] == [[], [], []]
    assert test.writes() == []
