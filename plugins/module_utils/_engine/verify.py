# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read-back of an object after a write, and its comparison with the write (S1.5).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._errors import DeadlineExceeded, VerifyFailed
from .._model.json_objects import Body
from .._model.plan import Plan, RemoteObject, is_older, name_of, same_etag
from .._model.resource import Field, Resource
from .._retry_policy import CATCH_UP, TimedOut, poll
from .context import Context
from .lookup import by_id, complete


def after_write(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject | None:
    """Take the kind's own step after a confirmed write, or else read the object back. Return the object."""
    if written is not None:
        written = complete(context.client, context.resource, written)
    follow = context.resource.after_write or read_back
    return t.cast("RemoteObject | None", follow(context, plan, written))


def read_back(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject | None:
    """Return the object as the server has it after the write (S1.5).

    Raise VerifyFailed if a field differs from the write. After a concurrent change only the declared fields
    are compared.
    """
    if written is None or not context.desired.verify:
        return written
    resource, sent = context.resource, plan.after or {}
    fresh = _read_written(context, written)
    if fresh is None:
        raise VerifyFailed(resource.title, name_of(plan), [("id", written.body["id"], None)])
    different = differing_fields(resource, sent, fresh.body)
    if not same_etag(fresh, written) or _owned_by_server(resource, fresh) != _owned_by_server(
        resource, written
    ):
        different = [field for field in different if field in context.declared]
    if different:
        raise VerifyFailed(resource.title, name_of(plan), context.shown(different, sent, fresh.body))
    return fresh


def differing_fields(resource: Resource, expected: Body, actual: Body) -> list[Field]:
    """Return the fields in which an object differs from the expected one."""
    return [field for field in resource.fields if not field.equal(field.of(expected), field.of(actual))]


def _read_written(context: Context, written: RemoteObject) -> RemoteObject | None:
    """Return the object when reads have caught up with the write, which only versions can show."""

    def read(within: float | None = None) -> RemoteObject | None:
        return by_id(context.client, context.resource, written.body["id"], within=within)

    def has_caught_up(current: RemoteObject | None) -> bool:
        return current is None or not is_older(current, written)

    listed = context.prefetched.pop(written.body["id"], None)
    if listed is not None and has_caught_up(listed):
        return listed
    fresh = read()
    if has_caught_up(fresh):
        return fresh
    try:
        return poll(read, has_caught_up, timeout=CATCH_UP)
    except TimedOut:
        raise DeadlineExceeded(
            f"Reads of the {context.resource.title} {written.body.get('name', written.body['id'])!r} still "
            f"show an older version {CATCH_UP:g} s after it was written. Read it again later to see whether "
            "the change is there."
        ) from None


def _owned_by_server(resource: Resource, remote: RemoteObject) -> Body:
    """Return the fields that the server owns, such as versions and dates. They change with every write."""
    return {key: remote.body.get(key) for key in resource.server_owned}
