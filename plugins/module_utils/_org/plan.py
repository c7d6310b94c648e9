# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and plans every object of a run, and checks the plans, before anything is written.

Private to the collection.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import fnmatch

from .._errors import GenesysError, InputError
from .._findings import Findings
from .._model.plan import RemoteObject
from .._object.task import ResourceTask
from .._resources.registry import KINDS, Kind
from .bulk_reader import BulkReader, BulkResult
from .run import Item, Run

_SHOWN = 20


def plan_all(run: Run) -> list[Item]:
    """Every object in the order of the kinds, the declared ones before those that are pruned.

    Raises what a list raises, and InputError where more would be pruned than the task allows. What concerns
    one object is that object's error.
    """
    readings = _read_all(run)
    items: list[Item] = []
    findings = Findings()
    for kind in KINDS:
        declared = _plan_declared(run, kind, readings[kind])
        items += declared
        items += _plan_pruned(run, kind, readings[kind], declared, findings)
    for item in items:
        run.hide_secrets(item)
    if findings.problems:
        raise InputError(findings, "with what would be pruned, nothing was written")
    return items


def check_all(run: Run, items: list[Item]) -> None:
    """The checks that only need reads, of every object (C.1): what fails here fails before any write."""
    for item in items:
        if item.action != "none":
            item.object_run.context.client = run.client.scoped()
    run.each(_check, [item for item in items if item.error is None])


def _check(item: Item) -> None:
    object_run = item.object_run
    object_run.prepare_write()
    if object_run.plan.action == "none":
        object_run.check_current()
    else:
        # As check mode does it: nothing waits yet, and what it would warn of is the write's to tell.
        findings = object_run.context.findings if object_run.context.check_mode else Findings()
        dataclasses.replace(object_run.context, check_mode=True, findings=findings).preflight(object_run.plan)


def _read_all(run: Run) -> dict[Kind, BulkResult]:
    """Every kind's objects. Where several kinds cannot be read, the error tells of all of them."""

    def read(kind: Kind) -> BulkResult | GenesysError:
        tasks = [entry.task for entry in run.task.of(kind)]
        everything = run.task.prune(kind) is not None
        try:
            return BulkReader(run.client, kind.resource, run.pool).read(tasks, everything=everything)
        except GenesysError as error:
            return error

    readings: dict[Kind, BulkResult] = {}
    errors: dict[str, GenesysError] = {}
    with concurrent.futures.ThreadPoolExecutor(len(KINDS)) as kinds:
        for kind, reading in zip(KINDS, kinds.map(read, KINDS), strict=True):
            if isinstance(reading, GenesysError):
                errors.setdefault(str(reading), reading)
            else:
                readings[kind] = reading
    if errors:
        first, *others = errors.values()
        for other in others:
            first.add(str(other))
        raise first
    return readings


def _plan_declared(run: Run, kind: Kind, reading: BulkResult) -> list[Item]:
    items = []
    taken: dict[str, Item] = {}
    for entry, outcome in zip(run.task.of(kind), reading.outcomes, strict=True):
        item = run.item(kind, entry.path, entry.task)
        items.append(item)
        try:
            if isinstance(outcome, GenesysError):
                raise outcome
            item.object_run.make_plan(outcome)
            if outcome is not None:
                _refuse_second_entry(taken.setdefault(outcome.body["id"], item), item)
        except GenesysError as error:
            run.fail(item, error)
    return items


def _refuse_second_entry(first: Item, item: Item) -> None:
    """An object has one entry, also where one names it and the other has its id."""
    if first is not item:
        findings = Findings()
        findings.problem("", f"means the same {item.kind.resource.title} (id {item.id}) as {first.path}")
        raise InputError(findings)


def _plan_pruned(
    run: Run, kind: Kind, reading: BulkResult, declared: list[Item], findings: Findings
) -> list[Item]:
    rule = run.task.prune(kind)
    if rule is None or reading.objects is None:
        return []
    ids = {item.id for item in declared}
    # Of several objects that have a declared name nobody knows which one is meant: all stay.
    names = {item.object_run.task.desired.name for item in declared} - {None}
    going = [
        found
        for found in reading.objects
        if found.body["id"] not in ids and found.body.get("name") not in names and not _protected(found, rule)
    ]
    if len(going) > rule["max"]:
        shown = ", ".join(repr(found.body.get("name")) for found in going[:_SHOWN])
        if len(going) > _SHOWN:
            shown += f" and {len(going) - _SHOWN} more"
        findings.problem(
            f"prune.{kind.option}.max",
            f"{len(going)} objects would be removed, more than {rule['max']}: {shown}. Declare or protect "
            "what should stay, or raise max",
        )
    items = []
    for found in going:
        item = run.item(kind, "", _removal(run, kind, found))
        item.object_run.make_plan(found)
        items.append(item)
    return items


def _protected(found: RemoteObject, rule: dict[str, list[str]]) -> bool:
    return any(fnmatch.fnmatchcase(str(found.body.get("name")), glob) for glob in rule["protect"])


def _removal(run: Run, kind: Kind, found: RemoteObject) -> ResourceTask:
    """The task that removes an object which no entry declares."""
    given = {"name": found.body.get("name"), "id": found.body["id"], "state": "absent"}
    desired = kind.resource.model.model_validate(given)
    task = ResourceTask(resource=kind.resource, given=given, findings=Findings(), desired=desired)
    task.secrets = run.task.secrets
    return task
