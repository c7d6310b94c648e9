# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of what check mode checks beside the plans: the journal, the state folder, and taken names."""

from __future__ import annotations

import pathlib

import pytest

from unit.module_runner import run_module
from unit.org.conftest import action, flow, statuses, stored_action, stored_flow


def in_a_file(folder: pathlib.Path) -> pathlib.Path:
    """Return a path that cannot be created, because its parent is a file."""
    (folder / "file").write_text("x")
    return folder / "file" / "below"


@pytest.fixture(params=["genesys_org_config", "genesys_data_action"])
def create(request, org):
    """Return a runner of a task that creates a data action in check mode, with either module."""

    def run(**options):
        declared = {"config": {"data_actions": [action("A")]}} if "org" in request.param else action("A")
        return run_module(request.param, {**org.connection, **declared, **options}, check_mode=True)

    return run


def test_a_journal_that_cannot_be_created(create, tmp_path):
    result = create(journal=str(in_a_file(tmp_path)))
    assert result["failed"] and "The journal" in result["msg"] and "cannot be written" in result["msg"]


def test_a_journal_that_others_have_rights_to(create, tmp_path):
    journal = tmp_path / "journal.jsonl"
    journal.touch(0o644)
    journal.chmod(0o644)
    result = create(journal=str(journal))
    assert result["failed"] and "chmod 0600" in result["msg"]
    assert journal.read_bytes() == b""


def test_a_usable_journal_is_not_created(create, tmp_path):
    result = create(journal=str(tmp_path / "new" / "folder" / "journal.jsonl"))
    assert not result.get("failed"), result
    assert list(tmp_path.iterdir()) == []


def test_an_audit_log_that_cannot_be_created(create, tmp_path):
    result = create(audit_log=str(in_a_file(tmp_path)))
    assert result["failed"] and "The audit log" in result["msg"]


def test_the_folder_of_flow_updates(org, converge, tmp_path):
    org.seed([stored_flow("Flow 0")], "flows")
    changed = flow("Flow 0", min_update_interval=60, on_too_soon="wait")
    wrong = converge(
        {"flow_settings": [{**changed, "state_path": str(in_a_file(tmp_path))}]}, check_mode=True
    )
    assert wrong["failed"] and "state_path: the folder" in wrong["msg"]
    folder = tmp_path / "new" / "state"
    usable = converge({"flow_settings": [{**changed, "state_path": str(folder)}]}, check_mode=True)
    assert not usable.get("failed"), usable["msg"]
    assert not folder.parent.exists()


def renamed(org, name: str) -> dict[str, str]:
    """Return the entry that gives a stored action the new name."""
    return {**action(name), "id": org.named("A")["id"]}


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_rename_to_a_taken_name(org, converge, check_mode):
    org.seed([stored_action("A"), stored_action("B")])
    entries = {"data_actions": [renamed(org, "B"), action("C")]}
    result = converge(entries, check_mode=check_mode)
    assert "'B' is taken by another data action" in result["msg"]
    assert statuses(result)["C"] == ("planned" if check_mode else "skipped")
    assert org.writes() == []
    one = run_module("genesys_data_action", {**org.connection, **renamed(org, "B")}, check_mode=True)
    assert one["failed"] and "name: 'B' is taken by another data action" in one["msg"]


def test_a_name_that_the_same_run_frees_is_not_taken(org, converge):
    org.seed([stored_action("A"), stored_action("B")])
    entries = [{**action("C"), "id": org.named("B")["id"]}, renamed(org, "B")]
    result = converge({"data_actions": entries}, concurrency=1)
    assert not result.get("failed"), result["msg"]
    assert sorted(one["name"] for one in org.objects()) == ["B", "C"]
