# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the role org_config's run options: tags, pruning, errors and reports (C.3)."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from integration.org_config import (
    APPLY,
    CHECK,
    SITE,
    Run,
    action,
    all_kinds,
    org_config_vars,
    statuses,
    stored_action,
    urls,
)


def test_one_task_with_one_list_and_one_token_applies_many(playbook: Run, org: t.Any) -> None:
    entries = [action(f"A{number}") for number in range(30)]
    run = playbook(SITE, inventory={"dev": org_config_vars(org, data_actions=entries)})
    assert run.returncode == 0, run.output
    org.clear_log()
    again = playbook(SITE, inventory={"dev": org_config_vars(org, data_actions=entries)})
    assert again.result(APPLY).result["totals"]["unchanged"] == 30
    assert len(org.log()) <= 3  # the token, the organization, one page


EVERY = ["data_action", "privacy_purpose", "webhook"]


@pytest.mark.parametrize(
    ("arguments", "role_tags", "kinds"),
    [
        ([], [], EVERY),
        (["--tags", "all"], [], EVERY),
        (["--tags", "tagged"], [], EVERY),
        (["--tags", "data_actions"], [], ["data_action"]),
        (["--tags", "webhooks,privacy_purposes"], [], ["privacy_purpose", "webhook"]),
        (["--tags", "flow_settings"], [], []),
        (["--tags", "nothing_of_ours"], [], []),
        (["--tags", "ours"], ["ours"], EVERY),
        (["--tags", "ours,webhooks"], ["ours"], ["webhook"]),
        (["--skip-tags", "webhooks"], [], ["data_action", "privacy_purpose"]),
        (["--tags", "data_actions,webhooks", "--skip-tags", "data_actions"], [], ["webhook"]),
        (["--skip-tags", "ours"], ["ours"], None),
        (
            ["--skip-tags", "data_actions,privacy_purposes,customobject_indexes,flow_settings,webhooks"],
            [],
            [],
        ),
    ],
)
def test_tags_choose_the_kinds_and_the_check_runs_always(
    playbook: Run, org: t.Any, arguments: list[str], role_tags: list[str], kinds: list[str] | None
) -> None:
    org.seed([stored_action("Stray")])
    play = {
        "name": "Apply",
        "hosts": "genesys_orgs",
        "gather_facts": False,
        "roles": [{"role": "genesys.cloud.org_config", "tags": role_tags}],
    }
    run = playbook([play], inventory={"dev": all_kinds(org)}, check=True, arguments=arguments)
    assert run.returncode == 0, run.output
    assert len(run.results(CHECK)) == (0 if kinds is None else 1)
    applied = [one for one in run.results(APPLY) if one.status != "skipped"]
    objects = [one for result in applied for one in result.result["objects"]]
    assert [one["kind"] for one in objects if one["name"] != "Stray"] == (kinds or [])
    # Kinds that the tags exclude are not pruned.
    pruned = [one["name"] for one in objects if one["plan"] == "delete"]
    assert pruned == (["Stray"] if "data_action" in (kinds or []) else [])
    assert bool(org.log()) == bool(kinds)


def test_pruning_takes_what_no_list_declares(playbook: Run, org: t.Any) -> None:
    org.seed([stored_action("A"), stored_action("Stray"), stored_action("manual-1")])
    prune = {"data_actions": {"enabled": True, "protect": ["manual-*"], "max": 1}}
    host_vars = org_config_vars(org, data_actions=[action("A")], prune=prune)
    run = playbook(SITE, inventory={"dev": host_vars})
    assert run.returncode == 0, run.output
    assert sorted(urls(org)) == ["A", "manual-1"]


@pytest.mark.parametrize(
    ("prune", "said"),
    [
        ({"webhooks": {"enabled": True}}, "org_config_prune.webhooks: would remove every object"),
        ({"flow_settings": {"enabled": True}}, "prune.flow_settings"),
        ({"data_actions": {"enabeld": True}}, "prune.data_actions.enabeld"),
    ],
)
def test_pruning_that_cannot_be_meant_is_refused(
    playbook: Run, org: t.Any, prune: dict[str, t.Any], said: str
) -> None:
    run = playbook(SITE, inventory={"dev": org_config_vars(org, data_actions=[action("A")], prune=prune)})
    assert run.returncode == 2
    assert said in run.output
    assert org.log() == []


def test_the_options_of_the_run_reach_the_module(playbook: Run, org: t.Any, tmp_path: pathlib.Path) -> None:
    """Check that an error rolls back and that journal and audit log are written, except in check mode."""
    journal, log = tmp_path / "journal.jsonl", tmp_path / "audit.jsonl"
    org.fault(method="PUT", path="/api/v2/*", status=403, times=None)
    org.seed([stored_action("Known")])
    host_vars = org_config_vars(
        org,
        data_actions=[action("A"), action("Known", description="new")],
        concurrency=1,
        on_error="rollback",
        wait=False,
        journal=str(journal),
        journal_password="journal-not-for-eyes",
        audit_log=str(log),
    )
    dry = playbook(SITE, inventory={"dev": host_vars}, check=True, verbosity=3)
    assert dry.returncode == 0, dry.output
    assert not journal.exists()
    run = playbook(SITE, inventory={"dev": host_vars}, verbosity=3)
    assert run.returncode == 2
    assert statuses(run) == {"A": "rolled_back", "Known": "failed"}
    assert sorted(urls(org)) == ["Known"]
    assert "journal-not-for-eyes" not in run.output + dry.output
    assert journal.exists()
    assert {json.loads(line)["status"] for line in log.read_text("utf-8").splitlines()} >= {
        "planned",
        "failed",
    }


def test_a_dry_run_shows_what_an_error_would_keep_from_being_written(playbook: Run, org: t.Any) -> None:
    org.seed([stored_action("Twice"), stored_action("Twice")])
    entries = [action("A"), action("Twice"), action("B")]
    host_vars = org_config_vars(org, data_actions=entries, on_error="stop")
    dry = playbook(SITE, inventory={"dev": host_vars}, check=True)
    assert dry.returncode == 2
    assert statuses(dry) == {"A": "planned", "Twice": "failed", "B": "planned"}
    real = playbook(SITE, inventory={"dev": host_vars})
    assert statuses(real) == {"A": "skipped", "Twice": "failed", "B": "skipped"}
    assert org.writes() == []


def test_defaults_of_all_resources_reach_the_role_where_it_says_nothing(
    playbook: Run, org: t.Any, tmp_path: pathlib.Path
) -> None:
    ours, theirs = tmp_path / "ours.jsonl", tmp_path / "theirs.jsonl"
    play = {
        "name": "Apply",
        "hosts": "genesys_orgs",
        "gather_facts": False,
        "module_defaults": {"group/genesys.cloud.resources": {"audit_log": str(theirs)}},
        "roles": [{"role": "genesys.cloud.org_config"}],
    }
    run = playbook([play], inventory={"dev": org_config_vars(org, data_actions=[action("A")])})
    assert run.returncode == 0, run.output
    assert theirs.exists()
    with_own = org_config_vars(org, data_actions=[action("B")], audit_log=str(ours))
    run = playbook([play], inventory={"dev": with_own})
    assert run.returncode == 0, run.output
    assert (len(theirs.read_text().splitlines()), len(ours.read_text().splitlines())) == (1, 1)
