# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans of a run: every object is read, planned and checked before the first write.

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
    """Plan every object, in the order of the kinds, declared objects before those to prune.

    Raises GenesysError if a kind cannot be listed, InputError if more objects would be pruned than C(max). An
    error about one object is stored in its item.
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
        raise InputError(findings, "with the objects that would be pruned, nothing was written")
    return items


def check_all(run: Run, items: list[Item]) -> None:
    """Run the checks that only read, for every object, before the first write (C.1)."""
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
        # Run preflight as in check mode: it must not block here, and the write reports its warnings.
        findings = object_run.context.findings if object_run.context.check_mode else Findings()
        dataclasses.replace(object_run.context, check_mode=True, findings=findings).preflight(object_run.plan)


def _read_all(run: Run) -> dict[Kind, BulkResult]:
    """Read the objects of every kind. Raises GenesysError with the errors of all kinds that failed."""

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
    items_by_id: dict[str, Item] = {}
    for entry, outcome in zip(run.task.of(kind), reading.outcomes, strict=True):
        item = run.item(kind, entry.path, entry.task)
        items.append(item)
        try:
            if isinstance(outcome, GenesysError):
                raise outcome
            item.object_run.make_plan(outcome)
            if outcome is not None:
                _refuse_second_entry(items_by_id.setdefault(outcome.body["id"], item), item)
        except GenesysError as error:
            run.fail(item, error)
    return items


def _refuse_second_entry(first: Item, item: Item) -> None:
    """Raise InputError if two entries mean one object, one by its name and one by its id."""
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
    # A declared name may be ambiguous. All objects that have it stay.
    names = {item.object_run.task.desired.name for item in declared} - {None}
    to_prune = [
        one
        for one in reading.objects
        if one.body["id"] not in ids and one.body.get("name") not in names and not _protected(one, rule)
    ]
    if len(to_prune) > rule["max"]:
        shown = ", ".join(repr(one.body.get("name")) for one in to_prune[:_SHOWN])
        if len(to_prune) > _SHOWN:
            shown += f" and {len(to_prune) - _SHOWN} more"
        findings.problem(
            f"prune.{kind.option}.max",
            f"{len(to_prune)} objects would be removed, more than {rule['max']}: {shown}. Declare or protect "
            "the objects that should stay, or raise max",
        )
    items = []
    for one in to_prune:
        item = run.item(kind, "", _removal_task(run, kind, one))
        item.object_run.make_plan(one)
        items.append(item)
    return items


def _protected(one: RemoteObject, rule: dict[str, list[str]]) -> bool:
    return any(fnmatch.fnmatchcase(str(one.body.get("name")), glob) for glob in rule["protect"])


def _removal_task(run: Run, kind: Kind, one: RemoteObject) -> ResourceTask:
    """Create the task that removes an undeclared object."""
    given = {"name": one.body.get("name"), "id": one.body["id"], "state": "absent"}
    desired = kind.resource.model.model_validate(given)
    task = ResourceTask(resource=kind.resource, given=given, findings=Findings(), desired=desired)
    task.secrets = run.task.secrets
    return task
