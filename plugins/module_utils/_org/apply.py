# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what a run planned: kind by kind, within a kind at the same time, removals last.

Private to the collection.
"""

from __future__ import annotations

from .._errors import GenesysError
from .._journal.entry import rollback_limits
from .._model.plan import differing_fields
from .._model.resource import ResourceKind
from .._reporting.reporter import rollback_reporter
from .._rollback.outcome import RollbackOutcome
from .._rollback.rollback import roll_back_entries
from .bulk_reader import BulkReader
from .run import Item, Run

_SHOWN = 5


def write_all(run: Run, items: list[Item]) -> None:
    """Writes what has no error yet. Where the task does not go on after errors, one skips what is left."""
    for kind in run.task.kinds:
        waiting = [item for item in items if item.kind is kind and item.error is None]
        _write(run, kind, [item for item in waiting if item.action in ("create", "update")])
        # What is removed comes back under another id at best: first let everything else succeed.
        _write(run, kind, [item for item in waiting if item.action == "delete"])


def _write(run: Run, kind: ResourceKind, items: list[Item]) -> None:
    def write(item: Item) -> None:
        if run.stopped:
            item.status = "skipped"
        else:
            item.status = "done"
            item.object_run.write()

    run.each(write, items, f"{kind.list_option} written")
    written = [item for item in items if item.status == "done"]
    _read_back_at_once(run, kind, written)
    run.each(lambda item: item.object_run.after_write(), written, f"{kind.list_option} read back")
    _conclude(run, kind, written)
    run.each(lambda item: item.object_run.check_current(), written)
    run.each(lambda item: item.object_run.verify_audit(), written)
    run.each(_report, written)


def skip_all(items: list[Item]) -> None:
    """What a failed check leaves of the plans: nothing is begun."""
    for item in items:
        if item.error is None and item.action != "none":
            item.status = "skipped"


def report_planned(run: Run, items: list[Item]) -> None:
    """What check mode tells of the objects that would change."""
    planned = [item for item in items if item.error is None and item.action != "none"]
    for item in planned:
        item.status = "planned"
    run.each(_report, planned)


def _read_back_at_once(run: Run, kind: ResourceKind, items: list[Item]) -> None:
    """Lets the objects be read back from one list, where that is cheaper than asking for each."""
    verified = {
        str(item.object_run.now.body["id"]): item
        for item in items
        if item.object_run.now is not None and kind.verifies and item.object_run.task.desired.verify
    }
    try:
        listed = BulkReader(run.client, run.task.resource(kind), run.pool).read_again(verified)
    except GenesysError:
        return  # each is asked for then, and tells what is wrong
    for object_id, item in verified.items():
        found = listed.get(object_id)
        # An older list cannot be told from a lost change, where the kind has no version: the object can.
        if found is not None and not differing_fields(
            run.task.resource(kind), item.object_run.plan.after or {}, found.body
        ):
            item.object_run.context.prefetched = {object_id: found}


def _conclude(run: Run, kind: ResourceKind, items: list[Item]) -> None:
    """What the kind does once for all that changed (S2.6)."""
    changed = [item for item in items if item.error is None and item.action != "none"]
    after_all_writes = run.task.resource(kind).after_all_writes
    if after_all_writes is None or not changed:
        return
    failures = after_all_writes([(item.object_run.context, item.object_run.plan) for item in changed])
    failed = {id(context): error for context, error in failures}

    def tell(item: Item) -> None:
        error = failed.get(id(item.object_run.context))
        if error is not None:
            own = GenesysError(str(error), **error.returned)  # each object's tells what became of it
            item.object_run.fail_after_write(own)
            raise own

    run.each(tell, changed)


def _report(item: Item) -> None:
    object_run = item.object_run
    object_run.reporting.finish(
        object_run.plan, object_run.now, {"changed": object_run.plan.action != "none"}
    )


def warn_of_rollback_limits(run: Run, items: list[Item]) -> None:
    """Says what an undo could not bring back, while nothing is written yet."""
    if not (run.journal.has_file or run.task.given["on_error"] == "rollback"):
        return
    told = []
    for item in items:
        if item.error is None and item.action != "none":
            resource, plan = item.resource, item.object_run.plan
            names = item.object_run.task.secret_names
            item.not_restorable = run.journal.not_restorable(resource, plan, names)
            sentence = rollback_limits(resource, plan, item.not_restorable)
            if sentence is not None:
                told.append(sentence)
    if told:
        more = f"; and {len(told) - _SHOWN} more objects" if len(told) > _SHOWN else ""
        run.task.findings.warn(
            "journal" if run.journal.has_file else "on_error", "; ".join(told[:_SHOWN]) + more
        )


def roll_back_run(run: Run, items: list[Item]) -> list[RollbackOutcome]:
    """Undoes what the run has written, and tells the items what became of them; all that was undone."""
    report = rollback_reporter(run.task.given, run.connection, run.task.secrets)
    known = {(item.resource.kind, key): item for item in items for key in (item.identity, item.id) if key}
    outcomes = roll_back_entries(
        run.client, list(run.journal.entries), journal=run.journal, threads=run.workers, report=report
    )
    for outcome in outcomes:
        item = known.get((outcome.kind, outcome.id or "")) or known.get((outcome.kind, outcome.identity))
        if item is not None:
            item.record_rollback(outcome)
    return outcomes
