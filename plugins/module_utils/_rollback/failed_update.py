# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rollback of a confirmed update after a later step of its task failed (S2.8), for every kind.

Private to the collection. The rollback is planned on the current object. A field is restored only if it still
has the value that the task wrote, so that concurrent changes survive.
"""

from __future__ import annotations

import dataclasses

from .._engine.apply import apply
from .._engine.context import Context
from .._engine.lookup import by_id, complete
from .._engine.verify import after_write
from .._errors import GenesysError, NotFound
from .._journal.entry import Entry
from .._model.plan import DeclaredFields, Plan, RemoteObject, is_older, name_of
from .._reporting.reporter import Reporting
from .._unexpected_errors import unexpected_errors
from .comparison import Comparison
from .restore import values_to_restore


def roll_back(
    context: Context, plan: Plan, written: RemoteObject, error: GenesysError, reporting: Reporting
) -> None:
    """Roll back the update C(plan) after C(error). C(written) is the object in the update's response.

    Raises nothing. C(error) gets a sentence about the rollback. Its result gets C(rolled_back), C(changed)
    (whether a part of the task's change may be left), and the result fields of the rollback's write as
    C(rollback_*).
    """
    entry = context.journal_entry
    if entry is None:
        raise AssertionError("an update that was written has its entry in the journal")
    rollback_context = dataclasses.replace(
        context,
        declared=_values_to_restore(entry, plan),
        desired=context.desired.model_copy(update={"on_conflict": "overwrite"}),
        result_fields={},
        rolls_back=entry,
    )
    label = f"the {context.resource.title} {name_of(plan)!r}"
    try:
        with reporting.stop_logged(rollback_context), unexpected_errors("The rollback"):
            rollback_plan, now = _restore(rollback_context, plan, written)
    except GenesysError as failure:
        options = ", ".join(field.option for field in plan.changed)
        error.add(
            f"The rollback failed too: {str(failure).rstrip('.')}. Changes of the task may be left in "
            f"{label}: {options}. The earlier values are in the result's snapshot."
        )
    else:
        context.journal.record_rolled_back(entry)
        error.returned |= {"changed": False, "rolled_back": rollback_plan.action != "none"}
        error.add(_outcome_sentence(label, rollback_plan, now, rollback_context, plan))
    error.returned |= {f"rollback_{key}": value for key, value in rollback_context.result_fields.items()}


def _values_to_restore(entry: Entry, plan: Plan) -> DeclaredFields:
    """Return the earlier values of the last attempt, and of fields that only an earlier attempt changed."""
    last = values_to_restore(Comparison(entry))
    earlier_only = {field.option for field in plan.changed} - {field.option for field in last}
    whole = values_to_restore(Comparison(dataclasses.replace(entry, before=plan.before)))
    return last | {field: value for field, value in whole.items() if field.option in earlier_only}


def _restore(
    rollback_context: Context, plan: Plan, written: RemoteObject
) -> tuple[Plan, RemoteObject | None]:
    resource = rollback_context.resource
    fresh = by_id(rollback_context.client, resource, written.body["id"])
    if fresh is None:
        raise NotFound(f"The {resource.title} {name_of(plan)!r} was removed by a concurrent change.")
    # An outdated read that lacks the update would seem to need no rollback.
    if is_older(fresh, written):
        fresh = complete(rollback_context.client, resource, written)
    rollback_plan, now = apply(rollback_context, fresh)
    if rollback_plan.action != "none":
        now = after_write(rollback_context, rollback_plan, now)
        if resource.after_all_writes is not None:
            resource.after_all_writes([(rollback_context, rollback_plan)])
    return rollback_plan, now


def _outcome_sentence(
    label: str, rollback_plan: Plan, now: RemoteObject | None, rollback_context: Context, plan: Plan
) -> str:
    if rollback_plan.action == "none":
        return f"Nothing was left to roll back, because a concurrent change has overwritten it in {label}."
    notes = "".join(f", {key} {value}" for key, value in rollback_context.result_fields.items())
    before, body = plan.before or {}, now.body if now else {}
    concurrent = [field.option for field in plan.changed if not field.equal(field.of(before), field.of(body))]
    kept = f" Concurrent changes were kept: {', '.join(concurrent)}." if concurrent else ""
    return f"The change was rolled back, {label} has its earlier values again{notes}.{kept}"
