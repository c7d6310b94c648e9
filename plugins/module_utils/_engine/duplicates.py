# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Duplicates of a created object, if the server accepts two objects of a name: removed or reported (S0.6).

Private to the collection. Two equal tasks at the same time both find no object and both create one. A request
that the client gave up may be carried out after its repeat. Each run removes only the object whose id the
response to its own POST had, and only if the other one is older. Thus two runs never remove both.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._errors import GenesysError
from .._model.plan import Plan, RemoteObject, differing_fields, name_of
from .._retry_policy import CONFLICTS, DUPLICATE_LEAVES, POLLING, RetryLoop, RetryPolicy
from .apply import apply
from .attempts import parse_time
from .context import Context
from .lookup import by_id
from .verify import after_write, wait_for_list


class Duplicated(GenesysError):
    """A created object (id C(own)) whose name other objects (C(others)) got at the same time (S0.6)."""

    def __init__(self, title: str, name: str, own: str, others: t.Sequence[str]) -> None:
        super().__init__(
            f"The {title} {name!r} exists more than once: this task created the one with the id {own}, and "
            f"meanwhile {', '.join(others)} appeared, by another client or by a request of this task whose "
            "response was lost. Tasks that give only the name cannot tell them apart: remove all but one.",
            ids=[own, *others],
            changed=True,
        )


@dataclasses.dataclass
class _RemovalOfOwn(Context):
    """The context that removes the object that the task created, unless another client changed it since."""

    own: RemoteObject = dataclasses.field(kw_only=True)

    def plan(self, current: RemoteObject | None) -> Plan:
        if current is None or differing_fields(self.resource, self.own.body, current.body):
            return Plan("none", before=None if current is None else current.body, after=None)
        return Plan("delete", before=current.body, after=None)


def settle_duplicates(
    context: Context, plan: Plan, own: RemoteObject | None, ids: set[str]
) -> tuple[Plan, RemoteObject | None]:
    """Return plan and object after duplicates of a created object are gone. C(ids) are those of the others.

    If another client's object is older, the own one is removed and the other one taken for present. Raise
    Duplicated with all ids if two are left, and FieldConflict if the other object is not as declared. If the
    names of the kind may repeat, only warn of the others.
    """
    if ids and own is not None and context.resource.names_may_repeat:
        title, name = context.resource.title, name_of(plan)
        context.findings.warn(
            "name",
            f"the {title} {name!r} was created with the id {own.body['id']}, and meanwhile others of its "
            f"name appeared (id {', '.join(sorted(ids))}): give id in later tasks, or remove all but one",
        )
        return plan, own
    attempts = RetryLoop(CONFLICTS)
    while ids and own is not None:
        older = give_way(context, own, ids)
        if older is None:
            break
        found = by_id(context.client, context.resource, older.body["id"])
        context.refuse_conflicts(None, found, "the one that this task created was removed again")
        plan, own = apply(context, found)
        if plan.action != "none":
            own = after_write(context, plan, own)
        if not attempts.wait():
            break
        ids = wait_for_list(context, plan, own)
    return plan, own


def give_way(context: Context, own: RemoteObject, ids: set[str]) -> RemoteObject | None:
    """Remove the created object C(own) if another client's object of its identity is older.

    C(ids) are those of the others. Return the older object, None if the others are gone. Raise Duplicated
    with all ids if two are left.
    """
    others = _await_removal_of_younger(context, own, ids)
    if not others:
        return None
    if not _is_older(context, others[0], own) or context.created_id != own.body["id"]:
        name = str(own.body.get("name"))
        raise Duplicated(context.resource.title, name, str(own.body["id"]), sorted(ids))
    _remove_own(context, own, others[0])
    return others[0]


def _await_removal_of_younger(context: Context, own: RemoteObject, ids: set[str]) -> list[RemoteObject]:
    """Return the other objects that exist, the oldest first.

    If they are younger than the own one, give the clients that created them time to remove them.
    """
    waits = RetryLoop(
        RetryPolicy(seconds=2 * context.client.list_lag + DUPLICATE_LEAVES, backoff=POLLING.backoff)
    )
    identity = context.resource.identity_of(own.body)
    while True:
        reads = (by_id(context.client, context.resource, object_id) for object_id in sorted(ids))
        found = [one for one in reads if one and context.resource.identity_of(one.body) == identity]
        oldest = _oldest_first(context, found)
        if not oldest or _is_older(context, oldest[0], own) or not waits.wait_at_most():
            return oldest


def _oldest_first(context: Context, objects: list[RemoteObject]) -> list[RemoteObject]:
    for one in objects:
        if all(_is_older(context, one, other) for other in objects if other is not one):
            return [one, *(other for other in objects if other is not one)]
    return objects


def _is_older(context: Context, one: RemoteObject, other: RemoteObject) -> bool:
    """Return whether an object counts as older than another: by the date of creation, else by the id.

    All clients have to agree on the order, so it depends on nothing but the two objects.
    """
    field = context.resource.created_field
    dates = [parse_time(remote.body.get(field)) if field else None for remote in (one, other)]
    ids = (str(one.body["id"]), str(other.body["id"]))
    if dates[0] is not None and dates[1] is not None and dates[0] != dates[1]:
        return dates[0] < dates[1]
    return ids[0] < ids[1]


def _remove_own(context: Context, own: RemoteObject, other: RemoteObject) -> None:
    """Remove the object that the task created. Raise Duplicated if another client changed it since."""
    entry = context.journal_entry
    fields = {one.name: getattr(context, one.name) for one in dataclasses.fields(Context) if one.init}
    desired = context.desired.model_copy(update={"on_conflict": "overwrite"})
    removal = _RemovalOfOwn(**{**fields, "desired": desired, "rolls_back": entry, "own": own})
    try:
        plan, left = apply(removal, own)
    except BaseException as error:
        if not isinstance(error, Exception):  # the audit log gets the removal if the task is stopped
            context.journal_entry = removal.journal_entry or entry
        raise
    title, name = context.resource.title, str(own.body.get("name"))
    if plan.action == "none" and left is not None:
        raise Duplicated(title, name, str(own.body["id"]), [str(other.body["id"])])
    if entry is not None:
        context.journal.record_rolled_back(entry)
    context.journal_entry = context.created_id = None
    context.findings.warn(
        "",
        f"another client created the {title} {name!r} at the same time (id {other.body['id']}): the one that "
        f"this task created (id {own.body['id']}) was removed again",
    )
