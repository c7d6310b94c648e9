# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undoes what a run has written: at its end after an error, or later from its journal.

Private to the collection.
"""

from __future__ import annotations

from .._journal.entry import beforehand
from .._reporting.reporter import undo_reports
from .._rollback.outcome import Undone
from .._rollback.rollback import undo_all
from .run import Item, Run

_SHOWN = 5


def tell_beforehand(run: Run, items: list[Item]) -> None:
    """Says what an undo could not bring back, while nothing is written yet."""
    if not (run.journal.has_file or run.task.given["on_error"] == "rollback"):
        return
    told = []
    for item in items:
        if item.error is None and item.action != "none":
            resource, plan = item.kind.resource, item.steps.plan
            names = item.steps.task.secret_names
            item.not_restorable = run.journal.not_restorable(resource, plan, names)
            sentence = beforehand(resource, plan, item.not_restorable)
            if sentence is not None:
                told.append(sentence)
    if told:
        more = f"; and {len(told) - _SHOWN} more objects" if len(told) > _SHOWN else ""
        run.task.findings.warn(
            "journal" if run.journal.has_file else "on_error", "; ".join(told[:_SHOWN]) + more
        )


def undo_run(run: Run, items: list[Item]) -> list[Undone]:
    """Undoes what the run has written, and tells the items what became of them; all that was undone."""
    report = undo_reports(run.task.given, run.connection, run.task.secrets)
    known = {(item.kind.resource.kind, key): item for item in items for key in (item.name, item.id) if key}
    undone = undo_all(
        run.client, list(run.journal.entries), journal=run.journal, threads=run.workers, report=report
    )
    for one in undone:
        item = known.get((one.kind, one.id or "")) or known.get((one.kind, one.name or ""))
        if item is not None:
            item.undo(one)
    return undone
