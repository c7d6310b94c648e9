# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads an object back after a write and compares it (S1.5).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._errors import DeadlineExceeded, VerifyFailed
from .._model.json_objects import Body
from .._model.plan import Plan, RemoteObject, differing_fields, is_older, name_of, same_etag
from .._model.resource import Resource
from .._retry_policy import TimedOut, poll
from .context import Context
from .lookup import by_id, complete

#: Seconds that reads may lag behind a write before reading back gives up.
CATCH_UP = 30.0


def after_write(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject | None:
    """Does what follows a confirmed write: the kind's own steps, or else reads the object back."""
    if written is not None:
        written = complete(context.client, context.resource, written)
    follow = context.resource.after_write or read_back
    return t.cast("RemoteObject | None", follow(context, plan, written))


def read_back(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject | None:
    """Settles most kinds: the object as the server has it after the write (S1.5).

    Where nobody wrote after us, every field must be as sent; else the declared ones. Raises VerifyFailed.
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


def _read_written(context: Context, written: RemoteObject) -> RemoteObject | None:
    """The object once reads show what was written; without a version there is no telling."""

    def read(within: float | None = None) -> RemoteObject | None:
        return by_id(context.client, context.resource, written.body["id"], within=within)

    def shows(found: RemoteObject | None) -> bool:
        return found is None or not is_older(found, written)

    listed = context.prefetched.pop(written.body["id"], None)
    if listed is not None and shows(listed):
        return listed
    fresh = read()
    if shows(fresh):
        return fresh
    try:
        return poll(read, shows, timeout=CATCH_UP)
    except TimedOut:
        raise DeadlineExceeded(
            f"Reads of the {context.resource.title} {written.body.get('name', written.body['id'])!r} still "
            f"show an older version {CATCH_UP:g} s after it was written. Read it again later to see whether "
            "the change is there."
        ) from None


def _owned_by_server(resource: Resource, object_: RemoteObject) -> Body:
    """Versions and dates: what tells one write from the next where there is no ETag."""
    return {key: object_.body.get(key) for key in resource.server_owned}
