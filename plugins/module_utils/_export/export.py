# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Export of an org as variables of the role org_config: read, prove, write the files, report (X.1).

Private to the collection.
"""

from __future__ import annotations

import collections
import typing as t

from .._engine.lookup import check_organization, read_organization
from .._engine.run_cache import RunCache
from .._errors import InputError
from .._findings import counted
from .._http.client import Client
from .._inventory.file_replacement import FileChange, plan_files, write_files
from .._inventory.report import files_result, warn_of_copied_secrets
from .._inventory.variable_files import Entry, file_names, variable_texts
from .._model.json_objects import Body
from .._model.rendering import MaskedBody
from .._model.resource import Resource, ResourceKind
from .._model.unmanaged_values import lost_values
from .._printable import printable
from .._worker_pool import worker_pool
from .entries import Export, ExportedObject, entry_order, exported_objects
from .known_objects import ListedObjects
from .reader import ExportReader, Objects
from .task import ExportTask

NotExported = dict[str, t.Any]


def export_org(task: ExportTask, *, check_mode: bool, diff_mode: bool) -> dict[str, t.Any]:
    """Write the files of an export, in check mode only plan them. Return the module's result.

    Raise InputError if the task has problems, and any GenesysError that prevents a whole read.
    """
    if task.findings.problems:
        raise InputError(task.findings)
    connection = task.connection
    if connection is None:
        raise AssertionError("a task without problems has a connection")
    with Client(connection) as client, worker_pool(task.given["concurrency"]) as pool:
        run_cache = RunCache()
        if connection.organization is not None:
            check_organization(read_organization(client, run_cache), connection)
        reader = ExportReader(task, client, pool, run_cache)
        objects = reader.read()
        resources = {kind.name: task.resource(kind) for kind in task.kinds}
        known = ListedObjects(client, run_cache, resources)
        headers = tuple(task.given["secret_headers"])
        export = Export(client, connection, run_cache, known, headers)
        kinds: dict[str, list[Entry]] = {}
        not_exported: list[NotExported] = [
            {"kind": kind.name, "name": None, "id": None, "reason": reason}
            for kind, reason in reader.unread.items()
        ]
        for kind in task.chosen:
            entries, others = _entries_of(task, export, reader, kind, objects)
            kinds[kind.list_option] = entries
            not_exported += others
        api = client.api()
    changes = _changes(task, kinds)
    read = [(task.resource(kind), one.body) for kind, found in objects.items() for one in found]
    task.patterns.warn_of_unused(read, task.findings)
    _warn_of_copied_secrets(task, objects, changes)
    if not check_mode:
        write_files(changes)
    return _result(task, kinds, not_exported, changes, diff_mode=diff_mode) | {"api": api}


def _entries_of(
    task: ExportTask, export: Export, reader: ExportReader, kind: ResourceKind, objects: Objects
) -> tuple[list[Entry], list[NotExported]]:
    """Return the entries of a kind, and the chosen objects that have none."""
    resource, found = task.resource(kind), objects[kind]
    for one in found:
        task.secrets |= set(MaskedBody(resource, one.body, export.secret_headers).secrets)
    chosen = [one for one in found if task.patterns.fit(resource, one.body)]
    managed = task.given["managed"]
    if managed != "all":
        declared = reader.declared_ids(kind, found, task.of(kind))
        chosen = [one for one in chosen if (one.body["id"] in declared) == (managed == "declared")]
    exported = exported_objects(export, resource, found, chosen)
    entries = [one.entry for one in exported if not one.reason]
    others = [_not_exported(kind, one) for one in exported if one.reason]
    _warn_of_unmanaged_values(task, resource, [one.body for one in exported if not one.reason])
    by_id = sum(resource.id_option in entry for entry in entries) if resource.named_by else 0
    if by_id:
        task.findings.warn(
            f"objects.{kind.list_option}",
            f"{by_id} of these objects share their names, so they are declared by their ids, which "
            "only this org has. Give them names of their own to use the export for another org",
        )
    return sorted(entries, key=entry_order), sorted(others, key=entry_order)


def _warn_of_unmanaged_values(task: ExportTask, resource: Resource, bodies: list[Body]) -> None:
    """Warn of values that no entry has, because the collection does not manage them."""
    keys = collections.Counter(
        key for body in bodies for key in lost_values(resource, body, resource.constants)
    )
    for key, number in sorted(keys.items()):
        task.findings.warn(
            f"objects.{resource.definition.list_option}",
            f"{printable(key)} of {counted(number)} is not exported, because the collection does not manage "
            "it",
        )


def _not_exported(kind: ResourceKind, one: ExportedObject) -> NotExported:
    return {"kind": kind.name, "name": one.body.get("name"), "id": one.body["id"], "reason": one.reason}


def _changes(task: ExportTask, kinds: dict[str, list[Entry]]) -> list[FileChange]:
    texts = variable_texts(kinds, one_file=task.given["layout"] == "file")
    return plan_files(task.folder, texts, file_names(kinds))


def _warn_of_copied_secrets(task: ExportTask, objects: Objects, changes: list[FileChange]) -> None:
    """Warn of secrets of headers and URLs that a file has at another place, such as a template."""
    secrets = (
        secret
        for kind, found in objects.items()
        for one in found
        for secret in MaskedBody(task.resource(kind), one.body, task.given["secret_headers"]).secrets
    )
    warn_of_copied_secrets(task.findings, changes, secrets, "header or URL")


def _result(
    task: ExportTask,
    kinds: dict[str, list[Entry]],
    not_exported: list[NotExported],
    changes: list[FileChange],
    *,
    diff_mode: bool,
) -> dict[str, t.Any]:
    for one in not_exported:
        if one["reason"].startswith(("cannot be declared", "has values")):
            shown = printable(repr(one["name"] if one["name"] is not None else one["id"]))
            task.findings.warn("not_exported", f"the {one['kind']} {shown} {printable(one['reason'])}")
    return {**files_result(kinds, changes, diff_mode=diff_mode), "not_exported": not_exported}
