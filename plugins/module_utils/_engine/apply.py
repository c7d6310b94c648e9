# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Application of a plan: one write under a lock, and a new plan after a conflict or a lost response.

Private to the collection. Features S0.5, S1.5, S1.6.
"""

from __future__ import annotations

import dataclasses
import functools

from .._errors import (
    ApiError,
    DuplicateName,
    FieldConflict,
    GenesysError,
    MalformedResponse,
    MissingObject,
    OutcomeUnknown,
    StaleObject,
    TooManyConflicts,
    TransportError,
)
from .._http.client import Client, Response
from .._model.json_objects import Body, make_merge_patch
from .._model.plan import Plan, RemoteObject
from .._model.resource import Resource
from .._retry_policy import CONFLICTS, RetryLoop
from .context import Context
from .lookup import item_path, parse_object


class PartlyWritten(OutcomeUnknown):
    """A write of several requests of which a later one failed; C(cause) is the failure.

    C(written) is the object of the last response, None if no response has one.
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
        """Return whether a write of the rest may succeed after the object was read again."""
        return isinstance(self.cause, (StaleObject, MissingObject, TransportError))


class WriteProgress:
    """The attempts at one write whose first requests took effect. There are none in most cases."""

    def __init__(self) -> None:
        self._first: Plan | None = None

    def record(self, plan: Plan) -> None:
        """Record an attempt that took effect in part."""
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
        """Return what the attempts have written so far, for the message of a conflict."""
        return "nothing" if self._first is None else "a part of the change"

    def describe(self, error: GenesysError) -> None:
        """Add to an error that an attempt took effect in part."""
        if self._first is not None and not isinstance(error, PartlyWritten):
            error.returned["changed"] = True
            if not isinstance(error, (FieldConflict, TooManyConflicts)):
                error.add("An earlier attempt has written a part of the change.")


def apply(context: Context, first: RemoteObject | None) -> tuple[Plan, RemoteObject | None]:
    """Bring the object C(first), as it was read, to the declared state.

    Return the applied plan and the object of the response. Raise FieldConflict if a concurrent change set a
    declared field, the error of C(give_up) after as many conflicts as C(CONFLICTS) allows,
    OutcomeUnknown if responses were lost beyond C(retries) and C(deadline), and errors of rejected writes.
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
    current = first
    lost, conflicts = context.client.lost_responses(), RetryLoop(CONFLICTS)
    while True:
        plan, current = _plan_until_preflight_passes(context, first, current, progress)
        try:
            return progress.whole(plan), lost.run(functools.partial(write, context, plan, current))
        except (StaleObject, DuplicateName, MissingObject, OutcomeUnknown) as error:
            if not _can_be_resolved_by_rereading(plan, error):
                _record_failure(context, error)
                raise
            may_retry = not isinstance(error, OutcomeUnknown) or lost.wait(error)
            fresh = _read_after_failure(context, plan, current, error)
            if context.plan(fresh).action == "none":
                if isinstance(error, DuplicateName) and not (error.perhaps_written or lost.happened):
                    reject_write(context)  # another client has created the object
                    return context.plan(fresh), fresh
                confirm_write(context, fresh)  # the write took effect, its response was lost
                return progress.whole(plan), fresh
            _record_failure(context, error)
            partly = _took_effect_in_part(context, plan, error, fresh)
            if partly:
                progress.record(plan)
                # A field that the creation has not written yet is no concurrent change.
                first = first or (fresh if isinstance(error, PartlyWritten) else RemoteObject({}, None))
            context.refuse_conflicts(first, fresh, progress.written)
            if partly and plan.action == "create" and context.journal_entry is not None:
                context.journal.record_unknown(context.journal_entry, fresh)
            if isinstance(error, OutcomeUnknown):
                if not may_retry:
                    raise
            elif not conflicts.wait():
                context.give_up(plan, error, current, fresh, conflicts.failures, progress.written)
            current = fresh


def _plan_until_preflight_passes(
    context: Context, first: RemoteObject | None, current: RemoteObject | None, progress: WriteProgress
) -> tuple[Plan, RemoteObject | None]:
    """Return the plan that preflight accepts, and its object. Plan again if the object changed meanwhile."""
    conflicts = RetryLoop(CONFLICTS)
    while True:
        plan = context.plan(current)
        newer = context.preflight(plan) or context.look_before_create(plan)
        if newer is None:
            fresh = context.reread_if_unlocked(plan, first, current)
            if fresh is current:
                return plan, current
            context.refuse_conflicts(first, fresh, progress.written)
            return context.plan(fresh), fresh
        context.refuse_conflicts(first, newer, progress.written)
        current = newer
        if not conflicts.wait():
            context.give_up(plan, None, current, newer, conflicts.failures, progress.written)


def _can_be_resolved_by_rereading(plan: Plan, error: Exception) -> bool:
    """Return whether a read of the object can show the outcome of the write."""
    if isinstance(error, PartlyWritten):
        return error.can_continue
    if isinstance(error, DuplicateName):
        return plan.action == "create"  # in an update, another object has the new name
    return not isinstance(error, MissingObject) or plan.action != "create"


def _read_after_failure(
    context: Context, plan: Plan, current: RemoteObject | None, error: GenesysError
) -> RemoteObject | None:
    """Return the object after a failed write. Journal the failure if the object cannot be read."""
    try:
        return context.read_after_failure(plan, current, error)
    except GenesysError:
        _record_failure(context, error)
        raise


def _took_effect_in_part(
    context: Context, plan: Plan, error: GenesysError, fresh: RemoteObject | None
) -> bool:
    """Return whether the first requests of a write took effect and later ones did not.

    After a lost response the object shows it: each field is as before the write or as after it.
    """
    if isinstance(error, PartlyWritten):
        return True
    lost = isinstance(error, OutcomeUnknown) or (isinstance(error, ApiError) and error.perhaps_written)
    if not lost or fresh is None or context.resource.endpoint.send is None:
        return False
    as_before, as_after = (
        [field for field in plan.changed if field.equal(field.of(body or {}), field.of(fresh.body))]
        for body in (plan.before, plan.after)
    )
    return bool(as_after) and all(field in as_before or field in as_after for field in plan.changed)


def write(context: Context, plan: Plan, current: RemoteObject | None, ends_at: float) -> RemoteObject | None:
    """Send one write until C(ends_at) on the monotonic clock. Return the object, None after a removal.

    Journal the intent before the first request and the outcome after the response. After a conflict the
    outcome stays open until the caller has read the object again.
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
    """Journal that the last write took effect. C(written) is the object after it, None if it was removed."""
    if context.journal_entry is not None:
        context.journal.record_applied(context.journal_entry, written)


def reject_write(context: Context) -> None:
    """Journal that the last write did not take effect."""
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


@dataclasses.dataclass(eq=False)
class WriteRequest:
    """A write as C(Endpoint.send) gets it (see C(ObjectWrite)).

    C(accepted) are the responses to the requests that took effect. If a later request fails, the object is
    partly written.
    """

    client: Client
    method: str
    path: str
    body: Body
    etag: str | None
    repeatable: bool
    ends_at: float
    accepted: list[Response] = dataclasses.field(default_factory=list)

    def send(
        self, method: str, path: str, body: Body, *, etag: str | None = None, repeatable: bool
    ) -> Response:
        """Send one request of the write."""
        response = self.client.send(
            method, path, json=body, etag=etag, repeatable=repeatable, ends_at=self.ends_at
        )
        self.accepted.append(response)
        return response


def _send(context: Context, plan: Plan, current: RemoteObject | None, ends_at: float) -> RemoteObject | None:
    client, endpoint = context.client, context.resource.endpoint
    if plan.action == "create":
        body = endpoint.encode(plan.after or {}, None)
        write = WriteRequest(client, "POST", endpoint.path, body, None, False, ends_at)
        return _send_object(context.resource, write)
    if current is None:
        raise AssertionError("an update or a removal has an object")
    path = item_path(context.resource, current.body["id"])
    if plan.action == "delete":
        client.send("DELETE", path, etag=current.etag, repeatable=True, ends_at=ends_at)
        return None
    locked = current.etag is not None or endpoint.locking == "version"
    body = endpoint.encode(_update_body(context, plan, current), current.body)
    write = WriteRequest(client, endpoint.verb, path, body, current.etag, locked, ends_at)
    return _send_object(context.resource, write)


def _update_body(context: Context, plan: Plan, current: RemoteObject) -> Body:
    """Return the body of an update in canonical form."""
    resource = context.resource
    if resource.update_body is not None:
        return resource.update_body(context, plan)
    if resource.endpoint.verb == "PATCH":
        return make_merge_patch(resource.without_server_fields(current.body), plan.after or {})
    return plan.after or {}


def _send_object(resource: Resource, write: WriteRequest) -> RemoteObject:
    """Send a write. Return the object of its response."""
    what = f"{write.method} {write.path}"
    send_all = resource.endpoint.send
    try:
        if send_all is not None:
            response = send_all(write)
        else:
            response = write.send(
                write.method, write.path, write.body, etag=write.etag, repeatable=write.repeatable
            )
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
        # The write was accepted, but only a read can show its effect.
        raise OutcomeUnknown(str(error), cause=error) from None
