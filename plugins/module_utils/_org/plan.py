# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans of a run: every object is read, planned and checked before the first write.

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._engine.replacement import kept_sentence
from .._errors import GenesysError, InputError
from .._findings import Findings
from .._model.json_objects import get_path
from .._model.optional_part import with_part
from .._model.plan import RemoteObject
from .._model.resource import ResourceKind
from .._object.task import removal_task
from .._unexpected_errors import unexpected_errors
from .._worker_pool import worker_pool
from .bulk_reader import BulkReader, BulkResult
from .joined_errors import joined
from .run import Item, Run, in_write_order
from .undeclared import is_protected, kinds_without_api, report_undeclared, undeclared

_SHOWN = 20


def plan_all(run: Run) -> list[Item]:
    """Plan every object, in the order of the kinds, declared objects before those to prune.

    Raises GenesysError if a kind cannot be listed, InputError if more objects would be pruned than C(max). An
    error about one object is stored in its item.
    """
    for kind in run.task.kinds:
        desired = [entry.task.desired for entry in run.task.of(kind)]
        run.run_cache.declared[kind.name] = [one for one in desired if one.state != "absent"]
    readings = read_all(run)
    items: list[Item] = []
    findings = Findings()
    for kind in run.task.kinds:
        declared = plan_declared(run, kind, readings[kind])
        of_kind = [*declared, *_plan_replaced(run, kind, readings[kind], declared)]
        of_kind += _plan_pruned(run, kind, readings[kind], declared, findings)
        report_undeclared(run, kind, readings[kind], declared, of_kind)
        items += of_kind
    run.undeclared += kinds_without_api(run.task)
    for item in items:
        with run.errors_of(item):
            run.hide_secrets(item)
            plan = item.object_run.plan
            if plan.action == "update" and item.identity != item.resource.identity_of(plan.before or {}):
                run.run_cache.renamed.add(str(item.id))
    if findings.problems:
        raise InputError(findings, "with the objects that would be pruned, nothing was written")
    return items


def check_all(run: Run, items: list[Item]) -> None:
    """Run the checks that only read, for every object, before the first write (C.1)."""
    for item in items:
        if item.action != "none":
            item.object_run.context.client = run.client.scoped()
    run.each(_check, [item for item in items if item.action != "delete"])
    # Last, because a change that has failed its checks may still need the objects to remove.
    for _kind, of_kind in in_write_order(run, items):
        run.each(_check, [item for item in of_kind if item.action == "delete"])


def _check(item: Item) -> None:
    object_run = item.object_run
    object_run.prepare_write()
    if object_run.plan.action == "none":
        object_run.check_current()
    else:
        # Run preflight as in check mode: it must not block here, and the write reports its warnings.
        findings = object_run.context.findings if object_run.context.check_mode else Findings()
        dataclasses.replace(object_run.context, check_mode=True, findings=findings).preflight(object_run.plan)


def read_all(run: Run, whole: t.Collection[ResourceKind] = ()) -> dict[ResourceKind, BulkResult]:
    """Read the objects of every kind, of the kinds in C(whole) also those that no entry declares.

    Raises GenesysError with the errors of all kinds that failed. The error of a kind that is listed only for
    the report on undeclared objects is stored in the run.
    """

    def read(kind: ResourceKind) -> BulkResult | GenesysError:
        tasks = [entry.task for entry in run.task.of(kind)]
        replaces = any(task.desired is not None and task.desired.replaces for task in tasks)
        reports = run.task.undeclared(kind) is not None
        everything = replaces or reports or kind in whole or run.task.prune(kind) is not None
        try:
            with unexpected_errors(f"The read of the {kind.title}s"):
                resource, known = run.task.resource(kind), run.known.get(kind)
                reader = BulkReader(run.client, resource, run.pool, run.run_cache, known)
                return reader.read(tasks, everything=everything)
        except GenesysError as error:
            return error

    readings: dict[ResourceKind, BulkResult] = {}
    errors: dict[str, GenesysError] = {}
    kinds = run.task.kinds
    # Kinds whose identity names objects of other kinds use the lists of these.
    named_by_others = [kind for kind in kinds if run.task.resource(kind).identify is not None]
    with worker_pool(len(kinds)) as threads:
        for wave in ([kind for kind in kinds if kind not in named_by_others], named_by_others):
            for kind, reading in zip(wave, threads.map(read, wave), strict=True):
                if not isinstance(reading, GenesysError):
                    readings[kind] = reading
                elif run.task.of(kind) or kind in whole or run.task.prune(kind) is not None:
                    errors.setdefault(str(reading), reading)
                else:
                    run.not_listed[kind], readings[kind] = reading, BulkResult([], None)
    if errors:
        raise joined(errors.values())
    return readings


def plan_declared(run: Run, kind: ResourceKind, reading: BulkResult) -> list[Item]:
    """Plan the declared objects of a kind. An error about one object is stored in its item."""
    items = []
    first_items: dict[t.Any, Item] = {}
    for entry, outcome in zip(run.task.of(kind), reading.outcomes, strict=True):
        item = run.make_item(kind, entry.path, entry.task)
        items.append(item)
        with run.errors_of(item):
            if isinstance(outcome, GenesysError):
                raise outcome
            item.object_run.make_plan(outcome)
            key = item.identity if outcome is None else outcome.body["id"]
            if item.action != "none" or outcome is not None:
                _refuse_second_entry(first_items.setdefault(key, item), item)
    return items


def _refuse_second_entry(first: Item, item: Item) -> None:
    """Raise InputError if two entries mean one object, such as one by its name and one by its id."""
    if first is not item:
        findings = Findings()
        known = "" if item.id is None else f" (id {item.id})"
        findings.problem("", f"means the same {item.resource.title}{known} as {first.path}")
        raise InputError(findings)


def _plan_pruned(
    run: Run, kind: ResourceKind, reading: BulkResult, declared: list[Item], findings: Findings
) -> list[Item]:
    rule = run.task.prune(kind)
    if rule is None or reading.objects is None:
        return []
    resource = run.task.resource(kind)
    to_prune = [
        one
        for one in undeclared(resource, reading.objects, declared)
        if not is_protected(one, rule["protect"])
        and _is_covered(kind, one, rule)
        and not (resource.replacement and resource.replacement.is_retired(one.body))
        and (resource.may_prune is None or resource.may_prune(run.client, run.run_cache, one.body))
    ]
    if len(to_prune) > rule["max"]:
        shown = ", ".join(repr(one.body.get("name")) for one in to_prune[:_SHOWN])
        if len(to_prune) > _SHOWN:
            shown += f" and {len(to_prune) - _SHOWN} more"
        findings.problem(
            f"prune.{kind.list_option}.max",
            f"{len(to_prune)} objects would be removed, more than {rule['max']}: {shown}. Declare or protect "
            "the objects that should stay, or raise max",
        )
    return plan_removals(run, kind, to_prune, force=rule.get("force", False))


def _plan_replaced(run: Run, kind: ResourceKind, reading: BulkResult, declared: list[Item]) -> list[Item]:
    """Plan the removal of objects that earlier runs have replaced, unless they have to stay.

    These are the earlier ones of declared objects, and with a rule for pruning all that it does not protect.
    """
    resource, rule = run.task.resource(kind), run.task.prune(kind)
    replacement = resource.replacement
    if replacement is None or reading.objects is None:
        return []
    ids = {item.id for item in declared}
    names = [str(item.name) for item in declared if item.object_run.task.desired.replaces]
    to_remove = []
    for one in reading.objects:
        if one.body["id"] in ids or not replacement.is_retired(one.body):
            continue
        if rule is not None and is_protected(one, rule["protect"]):
            continue
        if rule is None and not any(replacement.retires(name, one.body) for name in names):
            continue
        reason = replacement.keeps(run.client, run.run_cache, one.body)
        if reason:
            run.task.findings.warn("", kept_sentence(resource, one.body, reason))
        else:
            to_remove.append(one)
    return plan_removals(run, kind, to_remove)


def plan_removals(
    run: Run, kind: ResourceKind, objects: list[RemoteObject], *, force: bool = False
) -> list[Item]:
    """Plan the removal of objects that no entry declares. C(force) is that option of the kind."""
    resource, items = run.task.resource(kind), []
    outcomes = BulkReader(run.client, with_part(resource), run.pool).completed(objects)
    for one, outcome in zip(objects, outcomes, strict=True):
        item = run.make_item(kind, "", removal_task(resource, one.body, run.task.secrets, force=force))
        items.append(item)
        with run.errors_of(item):
            if isinstance(outcome, GenesysError):
                raise outcome
            item.object_run.make_plan(outcome)
    return items


def _is_covered(kind: ResourceKind, one: RemoteObject, rule: dict[str, list[str]]) -> bool:
    """Return whether the rule covers an object, where the kind is pruned by the value of a field."""
    return kind.prune_by is None or get_path(one.body, kind.prune_by[1]) in rule[kind.prune_by[0]]
