# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Application of a plan: one write under a lock, and a new plan after a conflict or a lost response.

Private to the collection. Features S0.5, S1.5, S1.6.
"""

from __future__ import annotations

import functools
import time

from .._errors import DuplicateName, GenesysError, MissingObject, OutcomeUnknown, StaleObject
from .._http.retry import ReadTooOld
from .._model.plan import Plan, RemoteObject
from .._retry_policy import CONFLICTS, RetryLoop, RetryPolicy
from .attempts import Attempts, may_be_written
from .context import Context
from .write import PartlyWritten, confirm_write, write


def apply(context: Context, first: RemoteObject | None) -> tuple[Plan, RemoteObject | None]:
    """Bring the object C(first), as it was read, to the declared state.

    Return the applied plan and the object of the response. Raise FieldConflict if a concurrent change set a
    declared field, the error of C(give_up) after as many conflicts as C(CONFLICTS) allows,
    OutcomeUnknown if responses were lost beyond C(retries) and C(deadline), and errors of rejected writes.
    """
    attempts = Attempts(context)
    try:
        return _apply(context, first, attempts)
    except GenesysError as error:
        attempts.describe(error)
        raise


def _apply(
    context: Context, first: RemoteObject | None, attempts: Attempts
) -> tuple[Plan, RemoteObject | None]:
    current = first
    lost, conflicts = context.client.lost_responses(), RetryLoop(CONFLICTS)
    waits, is_old = RetryLoop(RetryPolicy(seconds=context.client.deadline)), False
    while True:
        plan, current = _plan_until_preflight_passes(context, first, current, attempts, is_old)
        is_old = False
        if plan.action == "none":
            return _conclude(context, current, attempts)
        sent_at = time.monotonic()
        try:
            return attempts.whole(plan), lost.run(functools.partial(write, context, plan, current))
        except ReadTooOld:
            is_old = waits.wait()
            if not is_old:
                raise
        except (StaleObject, DuplicateName, MissingObject, OutcomeUnknown) as error:
            attempts.record(plan, current, error, sent_at)
            if not _can_be_resolved_by_rereading(plan, error):
                raise
            may_retry = not isinstance(error, OutcomeUnknown) or lost.wait(error)
            fresh = context.read_after_failure(plan, _found_by_id(plan, error) or current, error)
            if context.plan(fresh).action == "none":
                return _conclude(context, fresh, attempts)
            partly = _took_effect_in_part(context, plan, error, fresh)
            if partly:
                attempts.record_part(plan)
                # A field that the creation has not written yet is no concurrent change.
                first = first or (fresh if isinstance(error, PartlyWritten) else RemoteObject({}, None))
            attempts.note_difference(fresh)
            context.refuse_conflicts(first, fresh, attempts.effect)
            if partly and plan.action == "create" and context.journal_entry is not None:
                context.journal.record_unknown(context.journal_entry, fresh)
            if isinstance(error, OutcomeUnknown):
                # The rest of a creation is no retry: its first request took effect.
                if not may_retry and not (partly and plan.action == "create"):
                    raise
            elif not conflicts.wait():
                context.give_up(plan, error, current, fresh, conflicts.failures, attempts.effect)
            current = fresh


def _conclude(
    context: Context, fresh: RemoteObject | None, attempts: Attempts
) -> tuple[Plan, RemoteObject | None]:
    """Return the plan that took effect and the object, which is as declared now.

    After a definite refusal another client has made it so. Nothing of this task was written, and no rollback
    may touch the object.
    """
    cause = attempts.find_cause(fresh)
    if cause is None:
        return context.plan(fresh), fresh
    context.journal_entry = cause.entry
    confirm_write(context, fresh)
    return attempts.whole(cause.plan), fresh


def _plan_until_preflight_passes(
    context: Context,
    first: RemoteObject | None,
    current: RemoteObject | None,
    attempts: Attempts,
    is_old: bool,
) -> tuple[Plan, RemoteObject | None]:
    """Return the plan that preflight accepts, and its object. Plan again if the object changed meanwhile.

    C(is_old) says that the last read of an object without a lock was too long ago.
    """
    conflicts = RetryLoop(CONFLICTS)
    while True:
        plan = context.plan(current)
        newer = context.preflight(plan) or context.look_before_create(plan)
        if newer is None:
            fresh = context.reread_if_unlocked(plan, first, current, is_old)
            if fresh is current:
                return plan, current
            context.refuse_conflicts(first, fresh, attempts.effect)
            return context.plan(fresh), fresh
        context.refuse_conflicts(first, newer, attempts.effect)
        current = newer
        if not conflicts.wait():
            context.give_up(plan, None, current, newer, conflicts.failures, attempts.effect)


def _can_be_resolved_by_rereading(plan: Plan, error: Exception) -> bool:
    """Return whether a read of the object can show the outcome of the write."""
    if isinstance(error, PartlyWritten):
        return error.can_continue
    if isinstance(error, DuplicateName):
        return plan.action == "create"  # in an update, another object has the new name
    return not isinstance(error, MissingObject) or plan.action != "create"


def _found_by_id(plan: Plan, error: GenesysError) -> RemoteObject | None:
    """Return the object that a creation has made in part. It may not have its name yet."""
    return error.written if plan.action == "create" and isinstance(error, PartlyWritten) else None


def _took_effect_in_part(
    context: Context, plan: Plan, error: GenesysError, fresh: RemoteObject | None
) -> bool:
    """Return whether the first requests of a write took effect and later ones did not.

    After a lost response the object shows it: each field is as before the write or as after it.
    """
    if isinstance(error, PartlyWritten):
        return True
    if not may_be_written(error) or fresh is None or context.sender(plan) is None:
        return False
    as_before, as_after = (
        [field for field in plan.changed if field.equal(field.of(body or {}), field.of(fresh.body))]
        for body in (plan.before, plan.after)
    )
    return bool(as_after) and all(field in as_before or field in as_after for field in plan.changed)
