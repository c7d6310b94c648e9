# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The promotion of the objects of one org to another: read both, make entries, converge the target (X.3).

Private to the collection. Nothing is written to the source. Plan, checks, writes, journal and reports are
those of genesys_org_config.
"""

from __future__ import annotations

import contextlib
import dataclasses
import re
import typing as t

from .._errors import GenesysError, InputError
from .._export.entries import Export
from .._findings import Findings
from .._http.client import Client
from .._http.connection import Connection
from .._model.json_objects import Body
from .._model.rendering import MaskedBody
from .._org.converge import converge_org
from .._org.run import Reading
from .._org.task import OrgTask
from .._org.titled_org import for_both
from .._worker_pool import worker_pool
from .entries import Config, make_config
from .org_content import OrgContent
from .selection import Selection, select
from .task import PromoteTask

SOURCE, TARGET = "the source", "the target"
_ENTRY = re.compile(r"config\.(\w+)\[(\d+)\]\.?(.*)", re.DOTALL)
_ENTRIES = re.compile(r"config\.(\w+)\[(\d+)\]")
_NAME = re.compile(r" \(of ('.*'|\".*\")\)$")


def promote(task: PromoteTask, *, check_mode: bool, diff_mode: bool) -> dict[str, t.Any]:
    """Bring the chosen objects of the target to the state of the source. Return the module's result.

    Raise InputError if the task or the objects have problems, and any error of C(converge_org).
    """
    if task.findings.problems:
        raise InputError(task.findings)
    if task.source is None or task.connection is None:
        raise AssertionError("a task without problems has both connections")
    content = _read(task, task.source, task.connection)
    org_task = _prepare_writes(task, content)
    try:
        result = converge_org(org_task, check_mode=check_mode, diff_mode=diff_mode, reading=content.reading)
    except GenesysError as error:
        error.returned = _completed(error.returned, content)
        raise
    return _completed(result, content)


class _Content(t.NamedTuple):
    """The objects to promote, their entries, the objects of the target, and fields of the result.

    C(api) are the statistics of the reads of the target.
    """

    selection: Selection
    config: Config
    reading: Reading
    result: dict[str, t.Any]
    api: dict[str, t.Any]


def _completed(result: dict[str, t.Any], content: _Content) -> dict[str, t.Any]:
    """Return a result of the writes with the fields of the reads. Requests of both are counted together."""
    reads, writes = content.api, result.get("api") or {}
    added = {key: value + writes.get(key, type(value)()) for key, value in reads.items() if key != "profile"}
    return {**content.result, **result, "api": {**reads, **added}}


def _read(task: PromoteTask, source: Connection, target: Connection) -> _Content:
    """Read both orgs. Raise InputError if objects cannot be promoted."""
    with contextlib.ExitStack() as stack:
        sides = [
            OrgContent(
                title,
                task,
                stack.enter_context(Client(connection)),
                stack.enter_context(worker_pool(task.given["concurrency"])),
            )
            for title, connection in ((SOURCE, source), (TARGET, target))
        ]
        organizations = _organizations(sides)
        for_both(sides, OrgContent.read)
        here, there = sides
        export = Export(here.client, source, here.run_cache, here.known, task.secret_names)
        try:
            selection = select(task, export, here, there)
            config = make_config(task, selection, there)
        finally:
            for side in sides:
                _hide_secrets(task, side)
        for index in task.table.unused():
            task.findings.warn(
                f"values[{index}]", "replaces nothing: no promoted object has this value there"
            )
        if task.found.problems:
            raise InputError(task.found, "and nothing was written")
        result = {
            "source_org": organizations[0],
            "org": organizations[1],
            "included": [
                {"kind": one.kind.name, "name": one.body.get("name"), "needed_by": one.needed_by}
                for one in selection.objects
                if one.needed_by is not None
            ],
            "left_out": selection.left_out,
            "source_api": here.client.api(),
        }
        return _Content(selection, config, there.reading(), result, there.client.api())


def _organizations(sides: list[OrgContent]) -> list[Body]:
    """Return both orgs. Raise the errors of both, and InputError if they are the same org."""
    found = for_both(sides, OrgContent.organization)
    if found[0].get("id") == found[1].get("id"):
        findings = Findings()
        findings.problem(
            "source", f"is the org of the task itself ({found[0].get('name')!r}, id {found[0].get('id')})"
        )
        raise InputError(findings, "and nothing was written")
    return found


def _hide_secrets(task: PromoteTask, side: OrgContent) -> None:
    """Add the secrets of an org's objects to those that are never printed."""
    for kind, objects in side.read_objects.items():
        for one in objects:
            task.secrets |= set(MaskedBody(task.resource(kind), one.body, task.secret_names).secrets)


def _prepare_writes(task: PromoteTask, content: _Content) -> OrgTask:
    """Return the task that writes to the target. Raise InputError, whose messages name the objects."""
    org_task = task.writes(content.config, content.selection.protected)
    kinds = {kind.list_option: kind for kind in task.kinds}

    def label_of(name: str, index: str) -> str:
        return content.selection.of(kinds[name])[int(index)].label

    for path, message in org_task.findings.problems:
        entry = _ENTRY.fullmatch(path)
        if entry is None:
            task.found.problem(path, message)
        else:
            name, index, option = entry.groups()
            label = label_of(name, index)
            place = f"the {label}: {option}" if option else f"the {label}"
            readable = _ENTRIES.sub(lambda found: f"the {label_of(*found.groups())}", _without_name(message))
            task.found.problem("source", f"{place}: {readable}")
    if task.found.problems:
        raise InputError(task.found, "and nothing was written")
    for path, message in org_task.findings.warnings:
        if _ENTRY.fullmatch(path) is None:
            task.findings.warn(path, message)
    task.secrets |= org_task.secrets
    org_task.secrets = task.secrets
    org_task.findings = task.findings
    # Their places in the list would mean nothing to the reader of a message. Labels without a path are names.
    org_task.entries = [dataclasses.replace(entry, path="") for entry in org_task.entries]
    for one in org_task.entries:
        one.task.secrets = task.secrets
    return org_task


def _without_name(message: str) -> str:
    """Return a message about an entry without the name of its object at the end of the first line."""
    first, end, rest = message.partition("\n")
    return f"{_NAME.sub('', first)}{end}{rest}"
