# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the role org_export: two orgs are exported, taken in as host variables, and applied (X.1)."""

from __future__ import annotations

import pathlib
import shutil
import sys
import typing as t

import yaml

from integration.org_config import APPLY, CHECK, SITE, Run, org_config_vars
from integration.playbook import ROOT
from unit.export.exported import changes_of
from unit.export.orgs import fill_platform, fill_reference

EXPORT = ROOT / "playbooks" / "export.yml"


def inventory_of(folder: pathlib.Path, hosts: dict[str, dict[str, t.Any]]) -> pathlib.Path:
    """Write an inventory whose host variables are one folder for each org."""
    group: dict[str, t.Any] = {"children": {"genesys_orgs": {"hosts": dict.fromkeys(hosts)}}}
    (folder / "host_vars").mkdir(parents=True)
    (folder / "hosts.yml").write_text(yaml.safe_dump({"all": group}), "utf-8")
    for host, variables in hosts.items():
        (folder / "host_vars" / host).mkdir()
        (folder / "host_vars" / host / "main.yml").write_text(yaml.safe_dump(variables), "utf-8")
    return folder / "hosts.yml"


def test_orgs_are_taken_in(playbook: Run, new_org: t.Callable[..., t.Any], tmp_path: pathlib.Path) -> None:
    orgs = {"first": new_org(), "second": new_org(api="platform")}
    secrets = {"first": fill_reference(orgs["first"]), "second": fill_platform(orgs["second"])}
    for org in orgs.values():
        org.clear_log()  # some objects are written through the API
    exports = tmp_path / "exports"
    hosts = {host: org_config_vars(org) for host, org in orgs.items()}
    for host in hosts:
        hosts[host] |= {"org_export_folder": str(exports), "ansible_python_interpreter": sys.executable}
    inventory = inventory_of(tmp_path / "inventory", hosts)
    run = playbook(EXPORT, inventory=inventory)
    assert run.returncode == 0, run.output
    assert "Get Wrap-up Codes" in run.stdout  # a built-in action is listed, not hidden

    for host in hosts:
        for file in (exports / host).iterdir():
            shutil.copy(file, tmp_path / "inventory" / "host_vars" / host)
    run = playbook(SITE, inventory=inventory)
    assert run.returncode != 0
    for host in hosts:
        message = str(run.result(CHECK, host).result["msg"])
        assert [name for name in secrets[host] if f"the secret {name} has no value yet" not in message] == []
        assert changes_of(orgs[host]) == []

    for host in hosts:
        file = tmp_path / "inventory" / "host_vars" / host / "vault.yml"
        file.write_text(yaml.safe_dump(secrets[host]), "utf-8")
    run = playbook(SITE, inventory=inventory)
    assert run.returncode == 0, run.output
    for host in hosts:
        result = run.result(APPLY, host).result
        assert result["changed"] is False
        assert {one["plan"] for one in result["objects"]} == {"none"}


def test_mistakes_are_named_before_any_request(playbook: Run, org: t.Any) -> None:
    hosts = {
        "acme": org_config_vars(org, concurency=2)
        | {"org_export_layot": "file", "org_export_kinds": ["{{ x }}"], "org_export_folder": None}
    }
    run = playbook(EXPORT, inventory=hosts)
    message = str(run.result("Check the connection and the settings of the export").result["msg"])
    assert "org_config_concurency: is no variable of the role org_config" in message
    assert (
        "org_export_layot: is no variable of the role org_export; did you mean org_export_layout?" in message
    )
    assert "org_export_kinds[0]: 'x' is undefined" in message
    assert "org_export_folder: must be the path of a folder, and is null" in message
    entry = {"name": "A", "rest": {"url": "{{ one }}", "body": "{{ two }}", "method": "POST"}}
    kinds = {"org_export_managed": "undeclared", "org_export_kinds": ["webhooks", "data_action"]}
    hosts = {"acme": org_config_vars(org, data_actions=[entry]) | kinds}
    run = playbook(EXPORT, inventory=hosts)
    message = str(run.result("Check the connection and the settings of the export").result["msg"])
    assert "org_config_data_actions[0].rest.url: 'one' is undefined" in message
    assert "org_config_data_actions[0].rest.body: 'two' is undefined" in message
    assert "org_export_kinds[1]: there is no such kind; did you mean data_actions?" in message
    assert org.log() == []
    assert not pathlib.Path("org-export").exists()
