# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook genesys.cloud.from_terraform: the variables of two orgs from exports of Terraform (X.4)."""

from __future__ import annotations

import json
import pathlib
import sys
import typing as t

from integration.org_config import Run
from integration.playbook import ROOT
from unit.export.exported import assert_unchanged, config_of
from unit.export.orgs import fill_platform
from unit.terraform.provider_export import UNMANAGED, ProviderExport

IMPORT = ROOT / "playbooks" / "from_terraform.yml"


def test_an_org_is_taken_from_terraform(
    playbook: Run, new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path
) -> None:
    org = new_org(api="platform")
    secrets = fill_platform(org)
    file = tmp_path / "genesyscloud.tf.json"
    file.write_text(json.dumps(ProviderExport(org).whole()), "utf-8")
    settings = {
        "from_terraform_src": [str(file)],
        "from_terraform_folder": str(tmp_path / "imports"),
        "ansible_python_interpreter": sys.executable,
    }
    hosts = {
        "acme": {**settings, "from_terraform_ignore": UNMANAGED},
        "incomplete": {**settings, "from_terraform_ignore": UNMANAGED[1:]},
        "misspelled": {**settings, "from_terraform_ignor": []},
        "nowhere": {**settings, "from_terraform_folder": " "},
        "unset": {**settings, "from_terraform_folder": None},
    }
    run = playbook(IMPORT, inventory=hosts)
    task = "Write the variables of the org"
    assert run.result(task, "acme").status == "changed", run.output
    assert_unchanged(org, config_of(tmp_path / "imports" / "acme", secrets))
    message = run.result(task, "incomplete").result["msg"]
    assert message.startswith("genesyscloud_auth_division.Home: the collection has no kind for this type.")
    message = run.result("Check the settings of the import", "misspelled").result["msg"]
    assert message.endswith("these are no variables of this playbook: from_terraform_ignor.")
    for host in ("nowhere", "unset"):
        message = run.result("Check the settings of the import", host).result["msg"]
        assert message.endswith("from_terraform_folder must be the path of a folder, and is empty.")
    assert [path.name for path in (tmp_path / "imports").iterdir()] == ["acme"]
    assert run.returncode != 0
