# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends one planned write, between its two lines in the journal.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ._engine.lookup import Found, found, item_path
from ._errors import DuplicateName, GenesysError, MalformedAnswer, MissingObject, OutcomeUnknown, StaleObject
from ._http.client import Reply
from ._model.plan import Plan, merge_patch

if t.TYPE_CHECKING:
    from ._engine.apply import Context


def write(context: Context, plan: Plan, current: Found | None, ends_at: float) -> Found | None:
    """Send the write between two lines of the journal, until C(ends_at) on the monotonic clock.

    After a conflict the outcome stays open until the caller has read the object again.
    """
    if plan.action == "none":
        return current
    context.entry = context.journal.intend(context, plan, current)
    try:
        written = _send(context, plan, current, ends_at)
    except OutcomeUnknown:
        context.journal.unknown(context.entry)
        raise
    except (StaleObject, DuplicateName, MissingObject):
        raise
    except GenesysError:
        refused(context)
        raise
    settled(context, written)
    return written


def settled(context: Context, written: Found | None) -> None:
    """The last write took effect; C(written) is the object as it is then (None: gone)."""
    if context.entry is not None:
        context.journal.settle(context.entry, written)


def refused(context: Context) -> None:
    """The last write did not take effect."""
    if context.entry is not None:
        context.journal.refuse(context.entry)


def _send(context: Context, plan: Plan, current: Found | None, ends_at: float) -> Found | None:
    client, resource = context.client, context.resource
    if plan.action == "create":
        reply = client.send("POST", resource.path, json=plan.after, repeatable=False, ends_at=ends_at)
        return _answered(reply, f"POST {resource.path}")
    if current is None:
        raise AssertionError("an update or a removal has an object")
    path = item_path(resource, current.body["id"])
    if plan.action == "delete":
        client.send("DELETE", path, etag=current.etag, repeatable=True, ends_at=ends_at)
        return None
    if resource.update_body is not None:
        body = resource.update_body(context, plan)
    elif resource.verb == "PATCH":
        body = merge_patch(resource.owned(current.body), plan.after or {})
    else:
        body = plan.after or {}
    locked = current.etag is not None or resource.locking == "version"
    reply = client.send(resource.verb, path, json=body, etag=current.etag, repeatable=locked, ends_at=ends_at)
    return _answered(reply, f"{resource.verb} {path}")


def _answered(reply: Reply, what: str) -> Found:
    try:
        return found(reply, what)
    except MalformedAnswer as error:
        # The write was accepted, but with an answer that tells nothing: only the object itself can.
        raise OutcomeUnknown(str(error), cause=error) from None
