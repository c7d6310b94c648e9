# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of an import: those that it reads, and those that it writes."""

from __future__ import annotations

import json
import pathlib

import pytest

from unit.module_runner import run_module, warnings_of
from unit.terraform.imports import configuration, import_tree, imported, problems


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ('resource "genesyscloud_flow" "x" {\n  a = <<EOT\n}', "is not JSON"),
        ("[]", "must be a configuration, not a list"),
        (
            '{"version": 4, "terraform_version": "1.11.4", "resources": []}',
            "is a state or a plan of Terraform",
        ),
        ('{"format_version": "1.0", "values": {}}', "is the output of terraform show"),
        ('{"terraform": {}}', "has no resource"),
        ('{"resource": {"a": {"b": {}, "b": {}}}}', "has the key 'b' twice in one object"),
        ('{"resource": {"a": 7}}', "resource.a: must be an object, not a number"),
        ('{"resource": {"a": {"b": [{}, {}]}}}', "a.b: is declared twice"),
        (
            '{"resourse": {}, "resource": {"a": {"b": {}}}}',
            "resourse: is no part of a configuration; did you",
        ),
    ],
)
def test_other_files_are_refused(source: str, problem: str, tmp_path: pathlib.Path) -> None:
    found = problems(tmp_path, source)
    assert any(problem in one for one in found), found


def test_the_files_of_a_split_export_are_read_together(tmp_path: pathlib.Path) -> None:
    tree = configuration()
    folder = tmp_path / "export"
    folder.mkdir()
    for name, blocks in tree["resource"].items():
        (folder / f"{name}.tf.json").write_text(json.dumps({"resource": {name: blocks}}), "utf-8")
    (folder / "variables.tf.json").write_text(json.dumps({"variable": tree["variable"]}), "utf-8")
    (folder / "main.tf").write_text("", "utf-8")
    given = {"src": [str(folder)], "path": str(tmp_path / "variables")}
    result = run_module("genesys_from_terraform", given)
    assert result["objects"] == {"integration_credentials": 1, "integrations": 1, "data_actions": 1}
    assert warnings_of(result) == [f"src[0]: the folder {str(folder)!r} has HCL, which is not read: main.tf"]


def test_files_are_written_in_no_check_mode_and_edited_ones_are_kept(tmp_path: pathlib.Path) -> None:
    result = import_tree(tmp_path, configuration(), check_mode=True)
    assert result["changed"] and not (tmp_path / "variables").exists()
    imported(tmp_path, configuration())
    assert import_tree(tmp_path, configuration())["changed"] is False
    file = tmp_path / "variables" / "org_config_integrations.yml"
    file.write_text(file.read_text("utf-8").replace("CRM", "Other"), "utf-8")
    result = import_tree(tmp_path, configuration())
    assert "was edited since it was written" in result["msg"]
    assert "Other" in file.read_text("utf-8")


def test_files_of_other_kinds_stay(tmp_path: pathlib.Path) -> None:
    imported(tmp_path, configuration())
    files = tmp_path / "variables"
    (files / "org_config_integrations.yml").rename(files / "org_config_masking_rules.yml")
    tree = configuration()
    del tree["resource"]["genesyscloud_integration_action"]
    imported(tmp_path, tree)
    names = {path.name for path in files.iterdir()}
    assert "org_config_masking_rules.yml" in names and "org_config_data_actions.yml" not in names


def test_a_folder_that_would_hide_variables_is_refused(tmp_path: pathlib.Path) -> None:
    (tmp_path / "host_vars").mkdir()
    (tmp_path / "host_vars" / "acme.yml").write_text("a: 1\n", "utf-8")
    result = import_tree(tmp_path, configuration(), path=str(tmp_path / "host_vars" / "acme"))
    assert "which Ansible does not read once the folder exists" in result["msg"]


def test_wrong_options_are_reported_together(tmp_path: pathlib.Path) -> None:
    given = {"src": ["a.tf.json", str(tmp_path / "none.json")], "path": "b", "layout": "c", "ids": []}
    result = run_module("genesys_from_terraform", given)
    assert [one.partition(":")[0] for one in result["problems"]] == [
        "layout", "ids", "path", "src[0]", "src[1]",
    ]  # fmt: skip
