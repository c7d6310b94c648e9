# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports of an org through the real module, and their apply with the values that Ansible gives to it."""

from __future__ import annotations

import pathlib
import typing as t

from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

from ansible_collections.genesys.cloud.plugins.module_utils._resources.named_objects import SEARCH_PATHS
from unit.module_runner import run_module

Options = dict[str, t.Any]
SECRETS_FILE = "org_config_secrets.yml"


def run(module: str, org: t.Any, *, check_mode: bool = False, **options: t.Any) -> Options:
    """Return the result of a module for an org of either API."""
    waits = {"deadline": 20.0, "list_lag": 0.2} if org.api == "platform" else {}
    return run_module(f"genesys_{module}", {**org.connection, **waits, **options}, check_mode=check_mode)


def done(module: str, org: t.Any, *, check_mode: bool = False, **options: t.Any) -> Options:
    result = run(module, org, check_mode=check_mode, **options)
    assert not result.get("failed"), result["msg"]
    return result


def export(org: t.Any, folder: pathlib.Path, **options: t.Any) -> Options:
    """Return the result of a successful export. Every object is expressed, unless the test allows others."""
    allowed = options.pop("allowed", ())
    result = done("org_export", org, path=str(folder), **options)
    others = [
        one
        for one in result["not_exported"]
        if one["name"] not in allowed
        and one["id"]
        and not one["id"].startswith("static_-_")
        and one["reason"] != "is not set in this org"
    ]
    assert not others, others
    return result


def changes_of(org: t.Any) -> list[t.Any]:
    """Return the requests so far that change something: a search is a POST, and changes nothing."""
    return [one for one in org.writes() if one["path"] not in SEARCH_PATHS]


def texts(folder: pathlib.Path) -> dict[str, bytes]:
    """Return the content of all files but that of the secrets."""
    return {
        path.name: path.read_bytes() for path in sorted(folder.glob("*.yml")) if path.name != SECRETS_FILE
    }


def config_of(folder: pathlib.Path, secrets: t.Mapping[str, t.Any] | None = None) -> Options:
    """Return the option config of genesys_org_config as Ansible makes it from the files and the secrets."""
    loader = DataLoader()
    variables: Options = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            loaded = loader.load_from_file(str(path), cache="none", trusted_as_template=True)
        except TypeError:  # ansible-core before 2.19 trusts all files
            loaded = loader.load_from_file(str(path), cache="none")
        variables |= loaded
    variables |= secrets or {}
    config = {name.removeprefix("org_config_"): value for name, value in variables.items() if "org_" in name}
    templated = Templar(loader=loader, variables=variables).template(config)
    return t.cast("Options", plain(templated))


def plain(value: t.Any) -> t.Any:
    """Return a value of Ansible with Python's own types, as a module gets it."""
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    for base in (bool, str, int, float):
        if isinstance(value, base):
            return base(value)
    return None


def assert_unchanged(org: t.Any, config: Options, **options: t.Any) -> None:
    """Check that an apply to the org changes nothing, in check mode and for real."""
    for check_mode in (True, False):
        result = done("org_config", org, config=config, check_mode=check_mode, **options)
        assert [one for one in result["objects"] if one["plan"] != "none"] == []
        assert result["changed"] is False


def names_in(folder: pathlib.Path, kind: str) -> list[str]:
    """Return the names of the exported objects of a kind."""
    return [entry["name"] for entry in config_of(folder).get(kind, [])]
