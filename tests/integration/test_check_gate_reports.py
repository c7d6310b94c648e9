# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate for continuous integration without an org to check, or without a place for its reports (C.5)."""

from __future__ import annotations

import pathlib
import typing as t

from integration.test_check_gate import CHECK, Run, declared


def test_nothing_to_check_is_not_in_sync(playbook: Run, tmp_path: pathlib.Path) -> None:
    inventory = tmp_path / "hosts.yml"
    inventory.write_text("all: {children: {other: {hosts: {a: {}}}}}\n", encoding="utf-8")
    done = playbook(CHECK, inventory=inventory)
    assert done.returncode == 4, done.output
    assert "genesys_orgs" in done.output


def test_a_wrong_folder_is_no_drift(playbook: Run, org: t.Any) -> None:
    folders = {"undefined": "reports/{{ nobody }}", "empty": "", "unset": None}
    inventory = {
        host: declared(org, data_actions=[]) | {"drift_check_folder": folder}
        for host, folder in folders.items()
    }
    done = playbook(CHECK, inventory=inventory)
    assert done.returncode == 4, done.output
    assert "drift_check_folder: 'nobody' is undefined" in done.output
    assert "drift_check_folder: must be the path of a folder, and is empty" in done.output
    assert "drift_check_folder: must be the path of a folder, and is null" in done.output
    assert not done.results("Write the reports"), done.output


def test_reports_that_cannot_be_written_are_no_drift(
    playbook: Run, org: t.Any, tmp_path: pathlib.Path
) -> None:
    folder = tmp_path / "a-file"
    folder.write_text("", encoding="utf-8")
    inventory = {"dev": declared(org, data_actions=[])}
    done = playbook(CHECK, inventory=inventory, extra_vars={"drift_check_folder": str(folder)})
    assert done.returncode == 4, done.output
    assert str(folder) in done.output
