# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One write: its intent and its outcome in the journal, its requests, and the object of its response.

Private to the collection.
"""

from __future__ import annotations

import time

from .._errors import (
    ApiError,
    GenesysError,
    MalformedResponse,
    MissingObject,
    OutcomeUnknown,
    StaleObject,
    TransportError,
)
from .._http.client import Response
from .._model.json_objects import Body, make_merge_patch
from .._model.plan import Plan, RemoteObject
from .._model.resource import Resource
from .._retry_policy import READ_IS_FRESH_FOR
from .context import Context
from .received_objects import checked_creation, is_created, parse_object
from .write_request import WriteRequest


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


def write(context: Context, plan: Plan, current: RemoteObject | None, ends_at: float) -> RemoteObject | None:
    """Send one write until C(ends_at) on the monotonic clock. Return the object, None after a removal.

    Journal the intent before the first request and the outcome after the response. It is unknown if a
    response was lost, also if a repeat of the request was refused: the caller reads the object again.
    """
    context.journal_entry = context.journal.record_intent(
        context.masker, plan, current, rolls_back=context.rolls_back
    )
    try:
        written = _send(context, plan, current, ends_at)
    except OutcomeUnknown as error:
        known = error.written if isinstance(error, PartlyWritten) else None
        context.journal.record_unknown(context.journal_entry, known)
        raise
    except GenesysError as error:
        if isinstance(error, ApiError) and error.perhaps_written:
            context.journal.record_unknown(context.journal_entry)
        else:
            context.journal.record_rejected(context.journal_entry)
        raise
    confirm_write(context, written)
    if plan.action == "create" and written is not None:
        context.created_id = str(written.body["id"])
    return written


def confirm_write(context: Context, written: RemoteObject | None) -> None:
    """Journal that the last write took effect. C(written) is the object after it, None if it was removed."""
    if context.journal_entry is not None:
        context.journal.record_applied(context.journal_entry, written)


def _send(context: Context, plan: Plan, current: RemoteObject | None, ends_at: float) -> RemoteObject | None:
    client, endpoint = context.client, context.resource.endpoint
    if plan.action == "create":
        body = endpoint.encode(_with_secrets(context, plan.after or {}), None)
        path = endpoint.path_of_new(plan.after or {})
        write = WriteRequest(client, "POST", path, body, None, False, ends_at, desired=context.desired)
        try:
            return checked_creation(context.resource, _send_object(context, plan, write), plan)
        except PartlyWritten as error:
            if error.written is not None and not is_created(context.resource, error.written, plan):
                error.written = None  # a rollback would remove another object
            raise
    if current is None:
        raise AssertionError("an update or a removal has an object")
    path = context.resource.endpoint.path_of(current.body["id"])
    if plan.action == "delete":
        # Without a lock, the caller reads the object again before it repeats the request.
        send_by = None if endpoint.locking else time.monotonic() + READ_IS_FRESH_FOR
        client.send(
            "DELETE",
            path,
            etag=current.etag,
            repeatable=current.etag is not None,
            ends_at=ends_at,
            send_by=send_by,
        )
        return None
    locked = current.etag is not None or endpoint.locking == "version"
    body = endpoint.encode(_with_secrets(context, _update_body(context, plan, current)), current.body)
    write = WriteRequest(
        client, endpoint.verb, path, body, current.etag, locked, ends_at, current.body, context.desired
    )
    return _send_object(context, plan, write)


def _with_secrets(context: Context, body: Body) -> Body:
    add = context.resource.with_secrets
    return body if add is None else add(context, body)


def _update_body(context: Context, plan: Plan, current: RemoteObject) -> Body:
    """Return the body of an update in canonical form."""
    resource = context.resource
    if resource.update_body is not None:
        return resource.update_body(context, plan)
    if resource.endpoint.verb == "PATCH":
        return make_merge_patch(resource.without_server_fields(current.body), plan.after or {})
    return plan.after or {}


def _whole(resource: Resource, write: WriteRequest) -> Response:
    """Send a write of one request. Return the response, whose object has all parts that were written."""
    response = write.send(write.method, write.path, write.body, etag=write.etag, repeatable=write.repeatable)
    with_sent = resource.endpoint.with_sent
    if with_sent is None or not isinstance(response.data, dict):
        return response
    return response._replace(data=with_sent(response.data, write))


def _send_object(context: Context, plan: Plan, write: WriteRequest) -> RemoteObject:
    """Send a write. Return the object of its response."""
    resource, write.written_by_run = context.resource, context.run_cache.written_within
    send_all = context.sender(plan)
    try:
        response = _whole(resource, write) if send_all is None else send_all(write)
    except GenesysError as error:
        if not write.accepted:
            raise
        try:
            written = parse_object(resource, write.accepted[-1], write.method, write.path)
        except MalformedResponse:
            written = None
        raise PartlyWritten(error, written) from None
    try:
        return parse_object(resource, response, write.method, write.path)
    except MalformedResponse as error:
        # The write was accepted, but only a read can show its effect.
        raise OutcomeUnknown(str(error), cause=error) from None
