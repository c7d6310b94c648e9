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
from .._model.resource import Resource, ResourceKind, same_identity
from .._object.task import ResourceTask
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
    for kind in run.task.kinds:
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


def _read_all(run: Run) -> dict[ResourceKind, BulkResult]:
    """Every kind's objects. Where several kinds cannot be read, the error tells of all of them."""

    def read(kind: ResourceKind) -> BulkResult | GenesysError:
        tasks = [entry.task for entry in run.task.of(kind)]
        everything = run.task.prune(kind) is not None
        try:
            return BulkReader(run.client, run.task.resource(kind), run.pool).read(
                tasks, everything=everything
            )
        except GenesysError as error:
            return error

    readings: dict[ResourceKind, BulkResult] = {}
    errors: dict[str, GenesysError] = {}
    kinds = run.task.kinds
    with concurrent.futures.ThreadPoolExecutor(len(kinds)) as threads:
        for kind, reading in zip(kinds, threads.map(read, kinds), strict=True):
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


def _plan_declared(run: Run, kind: ResourceKind, reading: BulkResult) -> list[Item]:
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
        findings.problem("", f"means the same {item.resource.title} (id {item.id}) as {first.path}")
        raise InputError(findings)


def _plan_pruned(
    run: Run, kind: ResourceKind, reading: BulkResult, declared: list[Item], findings: Findings
) -> list[Item]:
    rule = run.task.prune(kind)
    if rule is None or reading.objects is None:
        return []
    ids = {item.id for item in declared}
    resource = run.task.resource(kind)
    # Several objects may have a declared name. It is not known which one is meant, so all of them stay.
    names = {resource.desired_identity(item.object_run.task.desired) for item in declared}
    partial = [name for name in names if None in name and name[0] is not None]
    going = [
        found
        for found in reading.objects
        if found.body["id"] not in ids
        and (name := resource.identity_of(found.body)) not in names
        and not any(same_identity(one, name) for one in partial)
        and not _protected(found, rule)
    ]
    if len(going) > rule["max"]:
        shown = ", ".join(repr(found.body.get("name")) for found in going[:_SHOWN])
        if len(going) > _SHOWN:
            shown += f" and {len(going) - _SHOWN} more"
        findings.problem(
            f"prune.{kind.list_option}.max",
            f"{len(going)} objects would be removed, more than {rule['max']}: {shown}. Declare or protect "
            "what should stay, or raise max",
        )
    items = []
    outcomes = BulkReader(run.client, resource, run.pool).completed(going)
    for found, outcome in zip(going, outcomes, strict=True):
        item = run.item(kind, "", _removal(run, resource, found))
        items.append(item)
        if isinstance(outcome, GenesysError):
            run.fail(item, outcome)
        else:
            item.object_run.make_plan(outcome)
    return items


def _protected(found: RemoteObject, rule: dict[str, list[str]]) -> bool:
    return any(fnmatch.fnmatchcase(str(found.body.get("name")), glob) for glob in rule["protect"])


def _removal(run: Run, resource: Resource, found: RemoteObject) -> ResourceTask:
    """The task that removes an object which no entry declares."""
    given = {"name": found.body.get("name"), "id": found.body["id"], "state": "absent"}
    desired = resource.model.model_validate(given)
    task = ResourceTask(resource=resource, given=given, findings=Findings(), desired=desired)
    task.secrets = run.task.secrets
    return task
