# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Executes a plan: one write under a lock; after a conflict or a lost answer it reads and plans again.

Private to the collection. S0.5, S1.5, S1.6 and the rules on repeats at the end of the API's contract.
"""

from __future__ import annotations

import functools
import typing as t

from .._errors import (
    ApiError,
    DuplicateName,
    FieldConflict,
    GenesysError,
    MalformedResponse,
    MissingObject,
    NotFound,
    OutcomeUnknown,
    StaleObject,
    TooManyConflicts,
    TransportError,
)
from .._model.json_objects import Body, make_merge_patch
from .._model.plan import Plan, RemoteObject, conflicting_fields, name_of
from .._model.resource import Resource, WriteRequest, send_once
from .._retry_policy import CONFLICTS, RetryLoop
from .context import Context
from .lookup import by_id, find_created_object, item_path, parse_object


class PartlyWritten(OutcomeUnknown):
    """A write of several requests of which a later one failed; C(cause) is the failure.

    C(written) is the object as the last response has it, None if no response has one.
    """

    def __init__(self, cause: GenesysError, written: RemoteObject | None) -> None:
        super().__init__(f"A part of the change took effect before this error: {cause}", cause=cause)
        self.returned["changed"] = True
        self.written = written
        if isinstance(cause, OutcomeUnknown):
            self.retry_after, self.failures = cause.retry_after, cause.failures
            self.out_of_time = cause.out_of_time

    @property
    def can_continue(self) -> bool:
        """Whether a write of the rest may succeed after the object was read again."""
        return isinstance(self.cause, (StaleObject, MissingObject, TransportError))


class WriteProgress:
    """The attempts at one write whose first requests took effect. Without any, it changes nothing."""

    def __init__(self) -> None:
        self._first: Plan | None = None

    def record(self, plan: Plan) -> None:
        """Take note of an attempt that took effect in part."""
        self._first = self.whole(plan)

    def whole(self, plan: Plan) -> Plan:
        """Return the plan of all attempts together, whose last one is C(plan)."""
        first = self._first
        if first is None:
            return plan
        changed = tuple(dict.fromkeys((*first.changed, *plan.changed)))
        return Plan(first.action, before=first.before, after=plan.after, changed=changed)

    @property
    def written(self) -> str:
        """What the attempts have written so far, for the message of a conflict."""
        return "nothing" if self._first is None else "a part of the change"

    def describe(self, error: GenesysError) -> None:
        """Say in an error that an attempt took effect in part."""
        if self._first is not None and not isinstance(error, PartlyWritten):
            error.returned["changed"] = True
            if not isinstance(error, (FieldConflict, TooManyConflicts)):
                error.add("An earlier attempt has written a part of the change.")


def apply(context: Context, first: RemoteObject | None) -> tuple[Plan, RemoteObject | None]:
    """Brings the object from its first read to the declared state; returns the plan that was carried out
    and the object as the server answered.

    Raises FieldConflict when others changed a declared field meanwhile, TooManyConflicts after as many
    conflicts as C(CONFLICTS) allows, OutcomeUnknown when answers were lost as often or as long as the options
    C(retries) and C(deadline) allow, and whatever the API answers to the write.
    """
    progress = WriteProgress()
    try:
        return _apply(context, first, progress)
    except GenesysError as error:
        progress.describe(error)
        raise


def _apply(
    context: Context, first: RemoteObject | None, progress: WriteProgress
) -> tuple[Plan, RemoteObject | None]:
    current = _reread_if_unlocked(context, first)
    lost, conflicts = context.client.lost_responses(), RetryLoop(CONFLICTS)
    while True:
        plan, current = _plan_until_preflight_passes(context, first, current, progress)
        try:
            return progress.whole(plan), lost.run(functools.partial(write, context, plan, current))
        except (StaleObject, DuplicateName, MissingObject, OutcomeUnknown) as error:
            if not _can_be_resolved_by_rereading(plan, error):
                _record_failure(context, error)
                raise
            may_repeat = not isinstance(error, OutcomeUnknown) or lost.wait(error)
            fresh = _read_again(context, plan, current)
            if context.plan(fresh).action == "none":
                confirm_write(context, fresh)
                return progress.whole(plan), fresh  # the write took effect, its response was lost
            _record_failure(context, error)
            partly = _took_effect_in_part(context, plan, error, fresh)
            if partly:
                progress.record(plan)
                # A field that the creation has not written yet is no concurrent change.
                first = first or (fresh if isinstance(error, PartlyWritten) else RemoteObject({}, None))
            _refuse_conflicts(context, first, fresh, progress)
            if partly and plan.action == "create" and context.journal_entry is not None:
                context.journal.record_unknown(context.journal_entry, fresh)
            if isinstance(error, OutcomeUnknown):
                if not may_repeat:
                    raise
            elif not conflicts.wait():
                raise TooManyConflicts(
                    context.resource.title, name_of(plan), conflicts.failures, error, progress.written
                ) from error
            current = fresh


def _plan_until_preflight_passes(
    context: Context, first: RemoteObject | None, current: RemoteObject | None, progress: WriteProgress
) -> tuple[Plan, RemoteObject | None]:
    """The plan that preflight lets pass: made anew where the object changed while preflight waited."""
    conflicts = RetryLoop(CONFLICTS)
    while True:
        plan = context.plan(current)
        newer = context.preflight(plan)
        if newer is None:
            return plan, current
        _refuse_conflicts(context, first, newer, progress)
        current = newer
        if not conflicts.wait():
            title, name = context.resource.title, name_of(plan)
            raise TooManyConflicts(title, name, conflicts.failures, None, progress.written)


def _reread_if_unlocked(context: Context, first: RemoteObject | None) -> RemoteObject | None:
    """Without a lock, the time between the last read and the write is all that others have: keep it short."""
    if first is None or context.resource.endpoint.locking is not None:
        return first
    fresh = _read_again(context, context.plan(first), first)
    _refuse_conflicts(context, first, fresh, WriteProgress())
    return fresh


def _can_be_resolved_by_rereading(plan: Plan, error: Exception) -> bool:
    """Whether reading the object again can tell what became of the write."""
    if isinstance(error, PartlyWritten):
        return error.can_continue
    if isinstance(error, DuplicateName):
        return plan.action == "create"  # on an update another object has the new name: ours to report
    if isinstance(error, MissingObject):
        return plan.action == "delete"
    return True


def _took_effect_in_part(
    context: Context, plan: Plan, error: GenesysError, fresh: RemoteObject | None
) -> bool:
    """Return whether the first requests of a write took effect and later ones did not.

    After a lost response the object shows it: each field is as before the write or as after it.
    """
    if isinstance(error, PartlyWritten):
        return True
    lost = isinstance(error, OutcomeUnknown) or (isinstance(error, ApiError) and error.perhaps_written)
    if not lost or fresh is None or context.resource.endpoint.send is send_once:
        return False
    sides = [
        [field for field in plan.changed if field.equal(field.of(body or {}), field.of(fresh.body))]
        for body in (plan.before, plan.after)
    ]
    return bool(sides[1]) and all(field in sides[0] or field in sides[1] for field in plan.changed)


def _read_again(context: Context, plan: Plan, current: RemoteObject | None) -> RemoteObject | None:
    if current is None:
        return find_created_object(
            context.client, context.resource, context.resource.identity_of(plan.after or {})
        )
    resource = context.resource
    if resource.refresh is not None:
        fresh = t.cast("RemoteObject | None", resource.refresh(context, current))
    else:
        fresh = by_id(context.client, resource, current.body["id"])
    if fresh is None and plan.action == "update":
        cure = " Run again to create it anew." if resource.creatable else ""
        raise NotFound(
            f"The {resource.title} {name_of(plan)!r} was removed by somebody else while it was being "
            f"updated.{cure}"
        )
    return fresh


def _refuse_conflicts(
    context: Context, first: RemoteObject | None, fresh: RemoteObject | None, progress: WriteProgress
) -> None:
    desired = context.desired
    if desired.on_conflict == "overwrite" or fresh is None or desired.state == "absent":
        return
    conflicts = conflicting_fields(context.declared, None if first is None else first.body, fresh.body)
    if conflicts:
        wanted = context.plan(fresh).after or {}
        shown, name = context.shown(conflicts, fresh.body, wanted), str(fresh.body.get("name"))
        raise FieldConflict(context.resource.title, name, shown, progress.written)


def write(context: Context, plan: Plan, current: RemoteObject | None, ends_at: float) -> RemoteObject | None:
    """Send the write between two lines of the journal, until C(ends_at) on the monotonic clock.

    After a conflict the outcome stays open until the caller has read the object again.
    """
    if plan.action == "none":
        return current
    context.journal_entry = context.journal.record_intent(
        context.masker, plan, current, rolls_back=context.rolls_back
    )
    try:
        written = _send(context, plan, current, ends_at)
    except OutcomeUnknown as error:
        known = error.written if isinstance(error, PartlyWritten) else None
        context.journal.record_unknown(context.journal_entry, known)
        raise
    except (StaleObject, DuplicateName, MissingObject):
        raise
    except GenesysError:
        reject_write(context)
        raise
    confirm_write(context, written)
    return written


def confirm_write(context: Context, written: RemoteObject | None) -> None:
    """The last write took effect; C(written) is the object as it is then (None: gone)."""
    if context.journal_entry is not None:
        context.journal.record_applied(context.journal_entry, written)


def reject_write(context: Context) -> None:
    """The last write did not take effect."""
    if context.journal_entry is not None:
        context.journal.record_rejected(context.journal_entry)


def _record_failure(context: Context, error: GenesysError) -> None:
    """Journal the outcome of a write that is not confirmed, unless C(write) has done so."""
    if isinstance(error, OutcomeUnknown) or context.journal_entry is None:
        return
    if isinstance(error, ApiError) and error.perhaps_written:
        context.journal.record_unknown(context.journal_entry)
    else:
        reject_write(context)


def _send(context: Context, plan: Plan, current: RemoteObject | None, ends_at: float) -> RemoteObject | None:
    client, resource = context.client, context.resource
    endpoint = resource.endpoint
    if plan.action == "create":
        body = endpoint.encode(plan.after or {}, None)
        return _send_object(resource, WriteRequest(client, "POST", endpoint.path, body, None, False, ends_at))
    if current is None:
        raise AssertionError("an update or a removal has an object")
    path = item_path(resource, current.body["id"])
    if plan.action == "delete":
        client.send("DELETE", path, etag=current.etag, repeatable=True, ends_at=ends_at)
        return None
    locked = current.etag is not None or endpoint.locking == "version"
    body = _update_body(context, plan, current)
    return _send_object(
        resource, WriteRequest(client, endpoint.verb, path, body, current.etag, locked, ends_at)
    )


def _update_body(context: Context, plan: Plan, current: RemoteObject) -> Body:
    """Return the body of an update in the API's form."""
    resource = context.resource
    if resource.update_body is not None:
        return resource.update_body(context, plan)
    body = plan.after or {}
    if resource.endpoint.verb == "PATCH":
        body = make_merge_patch(resource.without_server_fields(current.body), body)
    return resource.endpoint.encode(body, current.body)


def _send_object(resource: Resource, write: WriteRequest) -> RemoteObject:
    what = f"{write.method} {write.path}"
    try:
        response = resource.endpoint.send(write)
    except GenesysError as error:
        if not write.accepted:
            raise
        try:
            written = parse_object(resource, write.accepted[-1], what)
        except MalformedResponse:
            written = None
        raise PartlyWritten(error, written) from None
    try:
        return parse_object(resource, response, what)
    except MalformedResponse as error:
        # The write was accepted, but only a read can show what it did.
        raise OutcomeUnknown(str(error), cause=error) from None
