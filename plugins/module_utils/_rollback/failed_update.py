# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undoes a confirmed update after a later step of its task failed (S2.8), whatever the kind.

Private to the collection. A rollback is a plan on the object as it is now: only what still is as the task
wrote it gets its old value again, so that later changes of others survive.
"""

from __future__ import annotations

import dataclasses

from .._engine.apply import apply
from .._engine.context import Context
from .._engine.lookup import by_id, complete
from .._engine.verify import after_write
from .._errors import GenesysError, NotFound
from .._model.plan import Plan, RemoteObject, is_older, name_of
from .restore import values_to_restore


def roll_back(context: Context, plan: Plan, written: RemoteObject, error: GenesysError) -> None:
    """Undoes the update C(plan), which the server answered with C(written), after C(error).

    Raises nothing: C(error) gets the sentence that says what happened, and the result's C(rolled_back),
    C(changed) (whether anything of the task's change may be left), and the notes of the kind's C(settle) as
    C(rollback_*).
    """
    entry = context.journal_entry
    if entry is None:
        raise AssertionError("an update that was written has its entry in the journal")
    undoing = dataclasses.replace(
        context,
        declared=values_to_restore(entry),
        desired=context.desired.model_copy(update={"on_conflict": "overwrite"}),
        result_fields={},
        rolls_back=entry,
    )
    what = f"the {context.resource.title} {name_of(plan)!r}"
    try:
        undone, now = _undo(undoing, plan, written)
    except GenesysError as failure:
        options = ", ".join(field.option for field in plan.changed)
        error.add(
            f"The rollback failed too: {str(failure).rstrip('.')}. Of what the task wrote this may be left "
            f"in {what}: {options}. The values from before are in the result's snapshot."
        )
    else:
        context.journal.record_rolled_back(entry)
        error.returned |= {"changed": False, "rolled_back": undone.action != "none"}
        error.add(_story(what, undone, now, undoing, plan))
    error.returned |= {f"rollback_{key}": value for key, value in undoing.result_fields.items()}


def _undo(undoing: Context, plan: Plan, written: RemoteObject) -> tuple[Plan, RemoteObject | None]:
    resource = undoing.resource
    fresh = by_id(undoing.client, resource, written.body["id"])
    if fresh is None:
        raise NotFound(f"The {resource.title} {name_of(plan)!r} was removed by somebody else.")
    # A read that does not show our write yet would show nothing to undo.
    if is_older(fresh, written):
        fresh = complete(undoing.client, resource, written)
    undone, now = apply(undoing, fresh)
    if undone.action != "none":
        now = after_write(undoing, undone, now)
        if resource.after_all_writes is not None:
            resource.after_all_writes([(undoing, undone)])
    return undone, now


def _story(what: str, undone: Plan, now: RemoteObject | None, undoing: Context, plan: Plan) -> str:
    if undone.action == "none":
        return f"Nothing was left to roll back: somebody else has changed {what} since."
    notes = "".join(f", {key} {value}" for key, value in undoing.result_fields.items())
    before, body = plan.before or {}, now.body if now else {}
    theirs = [field.option for field in plan.changed if not field.equal(field.of(before), field.of(body))]
    kept = f" What somebody else has changed since was left as it is: {', '.join(theirs)}." if theirs else ""
    return f"The change was rolled back, {what} has its old values again{notes}.{kept}"
