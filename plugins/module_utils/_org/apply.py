# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes of a run: kind after kind, in parallel within a kind, the removals last and in reverse order.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._engine.lookup import IdentityIndex, read_organization
from .._engine.verify import (
    changes_lists,
    listed_body,
    look_for_late_creations,
    may_have_duplicates,
    wait_for_lists,
    warn_of_lists,
)
from .._errors import GenesysError, InputError
from .._findings import Findings
from .._model.plan import RemoteObject, differing_fields, lost_secrets
from .._model.resource import ResourceKind
from .._reporting.reporter import rollback_reporter
from .._rollback.outcome import RollbackOutcome
from .._rollback.restore import rollback_limits
from .._rollback.rollback import roll_back_entries
from .._unexpected_errors import unexpected_errors
from .bulk_reader import BulkReader
from .run import Item, Run, in_write_order

_SHOWN = 5


def write_all(run: Run, items: list[Item]) -> None:
    """Write every object that has no error. After an error the rest is skipped, unless the run continues."""
    for kind, of_kind in in_write_order(run, items):
        _write(run, kind, [item for item in of_kind if item.error is None])


def _write(run: Run, kind: ResourceKind, items: list[Item]) -> None:
    def write(item: Item) -> None:
        if run.stopped:
            item.status = "skipped"
        else:
            item.status = "done"
            item.object_run.write()
            if item.action == "none":  # another client has made the same change
                item.status = "unchanged"
            if item.object_run.reporting.has_problems:
                run.stopped |= run.task.given["on_error"] != "continue"

    run.each(write, items, f"{kind.list_option} written")
    written = [item for item in items if item.status == "done"]
    listed = _prefetch(run, kind, written)
    run.each(lambda item: item.object_run.after_write(), written, f"{kind.list_option} read back")
    _after_all_writes(run, kind, written)
    _wait_for_lists(run, kind, written, listed)
    run.each(
        lambda item: item.object_run.check_current(), [item for item in items if item.status != "skipped"]
    )
    run.each(lambda item: item.object_run.verify_audit(), written)
    run.each(_report, written)


def skip_all(items: list[Item]) -> None:
    """Mark every planned change as skipped, after a failed check."""
    for item in items:
        if item.error is None and item.action != "none":
            item.status = "skipped"


def report_planned(run: Run, items: list[Item]) -> None:
    """Report every change that check mode has planned."""
    planned = [item for item in items if item.error is None and item.action != "none"]
    for item in planned:
        item.status = "planned"
    run.each(_report, planned)


def _prefetch(run: Run, kind: ResourceKind, items: list[Item]) -> list[RemoteObject]:
    """Read the written objects for read back from one list, if that needs fewer requests.

    Return all objects of the list.
    """
    verified = {
        str(item.object_run.now.body["id"]): item
        for item in items
        if item.object_run.now is not None
        and kind.verifies
        and item.object_run.task.desired.verify
        # A list lacks the optional part.
        and not item.object_run.task.resource.endpoint.reads_part
    }
    resource = run.task.resource(kind)
    reader = BulkReader(run.client, resource, run.pool)
    try:
        with unexpected_errors("The list after the writes"):
            listed = reader.read_again(verified)
    except GenesysError:
        return []  # read back then reads each object, and its error is stored there
    wanted = [one for one in listed if one.body["id"] in verified]
    for current in reader.completed(wanted):
        if not isinstance(current, RemoteObject):
            continue
        item = verified[current.body["id"]]
        # A list may be stale, and without versions nothing shows that. A differing object is read alone.
        if not differing_fields(resource, item.object_run.plan.after or {}, current.body):
            item.object_run.context.prefetched = {current.body["id"]: current}
    return listed


def _wait_for_lists(run: Run, kind: ResourceKind, items: list[Item], listed: list[RemoteObject]) -> None:
    """Wait until lists show the effect of creations or removals, with one list for all objects.

    C(listed) are the objects that a list has shown after the writes. Duplicates of created objects that a
    list shows are settled.
    """
    awaited: dict[str, Item] = {}
    for item in items:
        object_run = item.object_run
        if item.error is None and changes_lists(object_run.context, object_run.plan):
            awaited[str(listed_body(object_run.plan, object_run.now)["id"])] = item
    if not awaited:
        return
    reader, seen = BulkReader(run.client, run.task.resource(kind), run.pool), list(listed)

    def look(ids: set[str]) -> set[str]:
        objects = reader.list_again({object_id: awaited[object_id].identity for object_id in ids})
        seen.extend(objects)
        return {str(one.body["id"]) for one in objects}

    first = next(iter(awaited.values())).object_run.plan
    shown = {str(one.body["id"]) for one in listed}
    ids = awaited.keys() - shown if first.action == "create" else awaited.keys()
    for object_id in wait_for_lists(run.client, look, ids, first):
        warn_of_lists(awaited[object_id].object_run.context, awaited[object_id].object_run.plan)
    _settle_duplicates(run, awaited, look, seen)


def _settle_duplicates(
    run: Run, awaited: dict[str, Item], look: t.Callable[[set[str]], set[str]], seen: list[RemoteObject]
) -> None:
    """Remove or report second objects of created ones. C(look) adds the objects of a list to C(seen)."""
    created = {
        object_id: item
        for object_id, item in awaited.items()
        if may_have_duplicates(item.object_run.context, item.object_run.plan)
    }
    contexts = {object_id: item.object_run.context for object_id, item in created.items()}
    late = {object_id: context for object_id, context in contexts.items() if context.may_appear_late}
    if late:
        look_for_late_creations(list(late.values()), look, set(late))
    if not created:
        return
    resource = next(iter(created.values())).resource
    index = IdentityIndex(resource, [one for one in seen if resource.manages(one.body)])
    others = {
        item: {str(one.body["id"]) for one in index.matching(item.identity)} - {object_id}
        for object_id, item in created.items()
    }

    def settle(item: Item) -> None:
        item.object_run.settle_duplicates(others[item])
        if item.action == "none":
            item.status = "unchanged"

    run.each(settle, [item for item, ids in others.items() if ids])


def _after_all_writes(run: Run, kind: ResourceKind, items: list[Item]) -> None:
    """Take the step that a kind takes once after all its writes (S2.6)."""
    changed = [item for item in items if item.error is None and item.action != "none"]
    after_all_writes = run.task.resource(kind).after_all_writes
    if after_all_writes is None or not changed:
        return
    writes = [(item.object_run.context, item.object_run.plan) for item in changed]
    try:
        with unexpected_errors(f"The step after the writes of the {kind.title}s"):
            failures = after_all_writes(writes)
    except GenesysError as error:
        failures = [(context, error) for context, _plan in writes]
    errors = {id(context): error for context, error in failures}

    def fail(item: Item) -> None:
        error = errors.get(id(item.object_run.context))
        if error is not None:
            # A copy, because several objects may share the error but each returns other fields.
            copy = GenesysError(str(error), **error.returned)
            item.object_run.fail_after_write(copy)
            raise copy

    run.each(fail, changed)


def _report(item: Item) -> None:
    object_run = item.object_run
    object_run.reporting.finish(object_run.plan, {"changed": object_run.plan.action != "none"})


def warn_of_rollback_limits(run: Run, items: list[Item]) -> None:
    """Warn before the first write of everything that a rollback could not restore."""
    if not (run.journal.has_file or run.task.given["on_error"] == "rollback"):
        return
    limits = []
    for item in items:
        if item.error is None and item.action != "none":
            resource, plan = item.resource, item.object_run.plan
            with run.errors_of(item):
                item.not_restorable = run.journal.not_restorable(item.object_run.context.masker, plan)
                sentence = rollback_limits(resource, plan, item.not_restorable)
                if sentence is not None:
                    limits.append(sentence)
    if limits:
        more = f"; and {len(limits) - _SHOWN} more objects" if len(limits) > _SHOWN else ""
        run.task.findings.warn(
            "journal" if run.journal.has_file else "on_error", "; ".join(limits[:_SHOWN]) + more
        )


def refuse_unrestorable(run: Run, items: list[Item]) -> None:
    """Raise InputError if a rollback could not undo all changes, and the task does not accept that."""
    if run.task.given["on_error"] != "rollback" or run.task.given["accept_unrestorable"]:
        return
    lost = [
        item.label
        for item in items
        if item.error is None
        and lost_secrets(item.resource, item.object_run.plan.action, item.object_run.plan.after)
    ]
    kept = [
        f"{item.label} {' and '.join(clauses)}"
        for item in items
        if item.error is None
        and (clauses := item.resource.endpoint.unrestorable(item.object_run.plan).values())
    ]
    reasons = [f"cannot restore the earlier secrets of {_shown(lost, ', ')}"] * bool(lost)
    reasons += [f"cannot undo this: {_shown(kept, '; ')}"] * bool(kept)
    if reasons:
        findings = Findings()
        findings.problem(
            "accept_unrestorable",
            f"is required with on_error rollback, because a rollback {' and '.join(reasons)}: set it to "
            "true, or on_error to another value",
        )
        raise InputError(findings, "and nothing was written")


def _shown(entries: list[str], separator: str) -> str:
    more = f" and {len(entries) - _SHOWN} more" if len(entries) > _SHOWN else ""
    return f"{separator.join(entries[:_SHOWN])}{more}"


def roll_back_run(run: Run, items: list[Item]) -> list[RollbackOutcome]:
    """Roll back the writes of the run. Store each outcome in its item, and return all of them.

    Raises GenesysError if the rollback as a whole breaks off.
    """
    report = rollback_reporter(run.task.given, run.connection, run.task.secrets)
    known = {(item.resource.kind, key): item for item in items for key in (item.identity, item.id) if key}
    # The reports of the writes have read it.
    has_reports = run.task.given.get("audit_log") or run.task.given.get("notify")
    with unexpected_errors("The rollback"):
        outcomes = roll_back_entries(
            run.client,
            list(run.journal.entries),
            journal=run.journal,
            threads=run.workers,
            report=report,
            organization=read_organization(run.client, run.run_cache) if has_reports else None,
        )
    for outcome in outcomes:
        by_id = known.get((outcome.kind, outcome.id or ""))
        item = by_id or known.get((outcome.kind, outcome.identity))
        if item is not None:
            item.record_rollback(outcome)
    return outcomes
