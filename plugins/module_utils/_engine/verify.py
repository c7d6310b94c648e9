# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read-back of an object after a write, its comparison with the write (S1.5), and waits for lists.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._errors import DeadlineExceeded, GenesysError, VerifyFailed
from .._http.client import Client
from .._model.json_objects import Body
from .._model.plan import Plan, RemoteObject, differing_fields, is_older, name_of, same_etag
from .._model.resource import Field, Resource
from .._retry_policy import CATCH_UP, TimedOut, poll
from .._runtime import sleep
from .context import Context
from .lookup import by_id, complete, list_matching


def after_write(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject | None:
    """Take the kind's own step after a confirmed write, or else read the object back. Return the object."""
    if written is not None:
        written = complete(context.client, context.resource, written) or written
        identity = context.resource.identity_of(written.body)
        context.run_cache.record_written(context.resource.kind, identity, written.body["id"])
    elif plan.before is not None:
        context.run_cache.record_removed(plan.before["id"])
    follow = context.resource.after_write or read_back
    return t.cast("RemoteObject | None", follow(context, plan, written))


def read_back(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject | None:
    """Return the object as the server has it after the write (S1.5).

    Raise VerifyFailed if a field differs from the write. After a concurrent change, only the declared fields
    have to be as declared, those that merge entry by entry: another client may have added entries.
    """
    if written is None or not context.desired.verify:
        return written
    resource, sent = context.resource, plan.after or {}
    fresh = _read_written(context, written, sent)
    if fresh is None:
        raise VerifyFailed(resource.title, name_of(plan), [("id", written.body["id"], None)])
    different = differing_fields(resource, sent, fresh.body)
    if different and _changed_since(resource, written, fresh, different):
        different = _not_as_declared(context, fresh)
    if different:
        raise VerifyFailed(resource.title, name_of(plan), context.shown(different, sent, fresh.body))
    return fresh


def _read_written(context: Context, written: RemoteObject, sent: Body) -> RemoteObject | None:
    """Return the object when reads have caught up with the write.

    Versions show that. In an API that is eventually consistent, a missing object or an object that differs
    from C(sent) may be an earlier state too: it counts if it does not change any more.
    """
    resource, lags = context.resource, context.client.profile.eventually_consistent

    def read(within: float | None = None) -> RemoteObject | None:
        return by_id(context.client, context.resource, written.body["id"], within=within)

    def has_caught_up(current: RemoteObject | None) -> bool:
        if current is None or is_older(current, written):
            return current is None and not lags
        return not lags or is_older(written, current) or not differing_fields(resource, sent, current.body)

    listed = context.prefetched.pop(written.body["id"], None)
    if listed is not None and has_caught_up(listed):
        return listed
    fresh = read()
    if has_caught_up(fresh):
        return fresh
    try:
        return poll(read, has_caught_up, timeout=CATCH_UP)
    except TimedOut as error:
        if lags and (error.last is None or not is_older(error.last, written)):
            return t.cast("RemoteObject | None", error.last)
        raise DeadlineExceeded(
            f"Reads of the {context.resource.title} {written.body.get('name', written.body['id'])!r} still "
            f"show an older version {CATCH_UP:g} s after it was written. Read it again later to see whether "
            "the change is there."
        ) from None


def _changed_since(
    resource: Resource, written: RemoteObject, fresh: RemoteObject, different: list[Field]
) -> bool:
    """Return whether another client changed the object since the write. C(written) is its response.

    Without an ETag, a version or a date, only the response shows what the write stored.
    """
    owned = _owned_by_server(resource, fresh)
    if not same_etag(fresh, written) or owned != _owned_by_server(resource, written):
        return True
    if fresh.etag or owned.keys() - {"id"}:
        return False
    return all(not field.equal(field.of(written.body), field.of(fresh.body)) for field in different)


def _not_as_declared(context: Context, fresh: RemoteObject) -> list[Field]:
    """Return the declared fields that a write would change again."""
    body = fresh.body
    return [
        field
        for field, value in context.declared.items()
        if not field.equal(field.of(body), field.combine(field.of(body), value))
    ]


def _owned_by_server(resource: Resource, remote: RemoteObject) -> Body:
    """Return the fields that the server owns, such as versions and dates. They change with every write."""
    return {key: remote.body.get(key) for key in resource.server_owned}


def changes_lists(context: Context, plan: Plan) -> bool:
    """Return whether a plan adds an object to the lists of its kind or takes it from them."""
    return plan.action in ("create", "delete") and context.resource.endpoint.paging is not None


def listed_body(plan: Plan, now: RemoteObject | None) -> Body:
    """Return the object that C(plan) added to the lists or took from them. C(now) is the object after it."""
    return (plan.before if now is None else now.body) or {}


def wait_for_list(context: Context, plan: Plan, now: RemoteObject | None) -> set[str]:
    """Wait until a list shows the effect of a creation or removal. Warn if none does within C(deadline).

    Return the ids of other objects of the identity that a list shows after a creation.
    """
    if not changes_lists(context, plan):
        return set()
    body = listed_body(plan, now)
    own = str(body["id"])
    identity = context.resource.identity_of(body)
    listed: set[str] = set()

    def look(_ids: set[str]) -> set[str]:
        ids = {str(one["id"]) for one in list_matching(context.client, context.resource, identity)}
        listed.update(ids)
        return ids

    if wait_for_lists(context.client, look, {own}, plan):
        warn_of_lists(context, plan)
    if may_have_duplicates(context, plan) and context.may_appear_late:
        look_for_late_creations([context], look, {own})
    return listed - {own} if may_have_duplicates(context, plan) else set()


def may_have_duplicates(context: Context, plan: Plan) -> bool:
    """Return whether a creation may have made a second object of its identity."""
    return plan.action == "create" and not context.resource.unique_names and changes_lists(context, plan)


def look_for_late_creations(
    contexts: list[Context], look: t.Callable[[set[str]], set[str]], ids: set[str]
) -> None:
    """Look at a list when it shows creations that were carried out after their responses were lost.

    No limit is known for that time. Here it is C(list_lag), and the list may show them as much later. Warn if
    the list cannot be read.
    """
    sleep(2 * contexts[0].client.list_lag)
    try:
        look(ids)
    except GenesysError as error:
        for context in contexts:
            title, name = context.resource.title, context.desired.name
            context.findings.warn(
                "",
                f"the response of a creation was lost, so the {title} {name!r} may exist twice: no list "
                f"could be read after it: {error}",
            )


def wait_for_lists(
    client: Client, look: t.Callable[[set[str]], set[str]], ids: t.Iterable[str], plan: Plan
) -> set[str]:
    """Wait until lists show the effect of creations or removals. Return the ids for which they do not.

    C(look) gets ids and returns the ids of listed objects. C(plan) is that of one of the objects. An error of
    a list ends the wait without an exception, because the objects are written.
    """
    pending = set(ids)

    def read(_within: float) -> set[str]:
        nonlocal pending
        listed = look(pending)
        pending = pending - listed if plan.action == "create" else pending & listed
        return pending

    try:
        if pending and read(client.deadline):
            poll(read, lambda left: not left, timeout=client.deadline)
    except (TimedOut, GenesysError):
        pass
    return pending


def warn_of_lists(context: Context, plan: Plan) -> None:
    """Warn that lists do not show the effect of a creation or removal."""
    title, name = context.resource.title, name_of(plan)
    waited = f"although the task waited up to the deadline ({context.client.deadline:g} s)"
    if plan.action == "create":
        problem, effect = f"no list shows the new {title} {name!r} yet", "create it again"
    else:
        problem, effect = f"a list still shows the removed {title} {name!r}", "take it for present"
    context.findings.warn("", f"{problem}, {waited}: meanwhile, another task may {effect}")
