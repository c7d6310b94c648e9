# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arguments of an export, checked without a request (X.1).

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import pathlib
import typing as t

from .._arguments.arguments import connect, secrets_given
from .._arguments.connection import CONNECTION_OPTIONS
from .._arguments.validation import validate
from .._findings import Findings
from .._http.connection_pool import THREADS
from .._inventory.file_replacement import check_files
from .._inventory.variable_files import file_names
from .._org.task import org_options, prepare_org
from .._resources import registry
from .selecting_task import SelectingTask, chosen_kinds

#: Options of genesys_org_config that an export has as well.
_SHARED = ("config", "concurrency")


@dataclasses.dataclass(kw_only=True)
class ExportTask(SelectingTask):
    """Checked arguments of an export. C(entries) are those of the inventory."""

    folder: pathlib.Path


def export_spec() -> dict[str, dict[str, t.Any]]:
    """Return the argument spec of the module."""
    return {
        **CONNECTION_OPTIONS,
        "config": {"type": "dict"},
        "concurrency": org_options()["concurrency"],
        "path": {"type": "path", "required": True},
        "layout": {"type": "str", "choices": ["kinds", "file"], "default": "kinds"},
        "overwrite": {"type": "bool", "default": False},
        "kinds": {"type": "list", "elements": "str"},
        "names": {"type": "list", "elements": "str", "default": ["*"]},
        "exclude": {"type": "list", "elements": "str", "default": []},
        "managed": {"type": "str", "choices": ["all", "declared", "undeclared"], "default": "all"},
        "ids": {"type": "dict", "options": registry.ids_options(), "default": {}},
        "secret_headers": {"type": "list", "elements": "str", "default": [], "no_log": False},
    }


def prepare_export(raw: t.Mapping[str, t.Any], environ: t.Mapping[str, str]) -> ExportTask:
    """Check raw arguments and resolve the connection. Add every problem to C(findings)."""
    findings = Findings()
    spec = export_spec()
    given = validate(spec, dict(raw), findings)
    # The entries of the inventory are checked as those of a run that writes nothing.
    shared = {name: value for name, value in raw.items() if name in (*CONNECTION_OPTIONS, *_SHARED)}
    checked = prepare_org({"config": {}, **shared, "state": "validated"}, environ)
    for problem in checked.findings.problems:
        findings.problem(*problem)
    task = ExportTask(
        given=given,
        findings=findings,
        entries=checked.entries,
        profile=checked.profile,
        folder=pathlib.Path(given.get("path") or "/"),
    )
    task.secrets |= checked.secrets | secrets_given(spec, {key: raw[key] for key in raw if key != "config"})
    task.chosen = chosen_kinds(task, "exported")
    if given.get("managed") != "all" and given.get("config") is None:
        findings.problem(
            "config", f"is required with managed {given.get('managed')}: the inventory's entries"
        )
    if isinstance(given.get("path"), str):
        names = file_names(kind.list_option for kind in task.kinds)
        check_files(task.folder, names, findings, overwrite=bool(given.get("overwrite")))
        refuse_hidden_variables(task.folder, findings)
    if not 1 <= given.get("concurrency", 1) <= THREADS:
        findings.problem("concurrency", f"must be from 1 to {THREADS}, not {given['concurrency']}")
    connect(task, environ)
    return task


def refuse_hidden_variables(folder: pathlib.Path, findings: Findings) -> None:
    """Add a problem if Ansible would read the folder in the place of a file of variables."""
    if folder.parent.name not in ("host_vars", "group_vars"):
        return
    for suffix in (".yml", ".yaml", ".json"):
        file = folder.parent / f"{folder.name}{suffix}"
        if file.exists():
            findings.problem(
                "path",
                f"beside this folder is {str(file)!r}, which Ansible does not read once the folder exists. "
                f"Move it into the folder, such as {str(folder / ('main' + suffix))!r}",
            )
