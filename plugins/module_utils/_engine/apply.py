# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Executes a plan: one write under a lock; after a conflict or a lost answer it reads and plans again.

Private to the collection. S0.5, S1.5, S1.6 and the rules on repeats at the end of the API's contract.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import typing as t

from .._errors import (
    DeadlineExceeded,
    DuplicateName,
    FieldConflict,
    MissingObject,
    NotFound,
    OutcomeUnknown,
    StaleObject,
    TooManyConflicts,
    VerifyFailed,
)
from .._findings import Findings
from .._http.client import Client
from .._journal.entry import Entry
from .._journal.journal import Journal
from .._model.plan import Body, Declared, Plan, conflicting_fields, holds, make_plan
from .._model.rendering import shown_value
from .._model.resource import Field, Resource
from .._names import look_for_created, refuse_taken_name
from .._once import Once
from .._polling import TimedOut, poll
from .._write import refused, settled, write
from .lookup import Found, by_id, read_organization, same_etag

#: Conflicts with other writers over one object before the task gives up (S0.5). Lost answers do not count.
ATTEMPTS = 3
#: Seconds that reads may lag behind a write before reading back gives up.
CATCH_UP = 30.0


@dataclasses.dataclass
class Context:
    """One object on its way: what the task wants of it, and what the steps of a kind need to do their part.

    C(notes) are keys for the module's result, C(findings) takes warnings. C(kept) is what the steps keep for
    each other, C(closing) what must be let go of when the task ends. C(shared) is what all objects of a run
    ask for once, C(listed) what a list that was read after the write has of them: by id, each good for one
    look. C(journal) takes down the writes, C(entry) is the last one's; in a rollback, C(undoes) is the entry
    that it undoes.
    """

    client: Client
    resource: Resource
    desired: t.Any
    declared: Declared
    check_mode: bool
    findings: Findings
    closing: contextlib.ExitStack
    secret_names: tuple[str, ...] = ()
    notes: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    kept: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    journal: Journal = dataclasses.field(default_factory=Journal)
    entry: Entry | None = None
    undoes: Entry | None = None
    shared: Once = dataclasses.field(default_factory=Once)
    listed: dict[str, Found] = dataclasses.field(default_factory=dict)

    @property
    def undoing(self) -> bool:
        return self.undoes is not None

    @property
    def organization(self) -> dict[str, t.Any]:
        """The org of the credentials, C({id, name})."""
        return read_organization(self.client, self.shared)

    def plan(self, current: Found | None) -> Plan:
        return make_plan(
            self.resource, self.declared, self.desired.state, None if current is None else current.body
        )

    def preflight(self, plan: Plan) -> Found | None:
        """The checks of a plan that would change something: of its name, and the kind's own.

        Returns the object where it is not the one that was planned on any more.
        """
        if self.undoing:
            return None
        refuse_taken_name(self.client, self.resource, plan)
        if plan.action == "none" or self.resource.preflight is None:
            return None
        return t.cast("Found | None", self.resource.preflight(self, plan))

    def shown(self, fields: t.Iterable[Field], one: Body, other: Body) -> list[tuple[str, t.Any, t.Any]]:
        """The fields of two objects beside each other, as a message may show them."""
        names = self.secret_names
        return [
            (
                field.option,
                shown_value(field, field.of(one), names),
                shown_value(field, field.of(other), names),
            )
            for field in fields
        ]


def apply(context: Context, first: Found | None) -> tuple[Plan, Found | None]:
    """Brings the object from its first read to the declared state; returns the plan that was carried out
    and the object as the server answered.

    Raises FieldConflict when others changed a declared field meanwhile, TooManyConflicts after C(ATTEMPTS)
    writes that others overtook, OutcomeUnknown when answers were lost as often or as long as the options
    C(retries) and C(deadline) allow, and whatever the API answers to the write.
    """
    current = _fresh_where_nothing_locks(context, first)
    lost, conflicts = context.client.lost_answers(), 0
    while True:
        plan, current = _cleared(context, first, current)
        try:
            return plan, lost.run(functools.partial(write, context, plan, current))
        except (StaleObject, DuplicateName, MissingObject, OutcomeUnknown) as error:
            if not _worth_another_look(plan, error):
                refused(context)
                raise
            may_repeat = not isinstance(error, OutcomeUnknown) or lost.wait(error)
            fresh = _read_again(context, plan, current)
            if context.plan(fresh).action == "none":
                settled(context, fresh)
                return plan, fresh  # what we sent is there: the write was ours, its answer was lost
            if not isinstance(error, OutcomeUnknown):
                refused(context)
                conflicts += 1
            _refuse_conflicts(context, first, fresh)
            if isinstance(error, OutcomeUnknown):
                if not may_repeat:
                    raise
            elif conflicts == ATTEMPTS:
                raise TooManyConflicts(context.resource.title, name_of(plan), ATTEMPTS, error) from error
            current = fresh


def read_back(context: Context, plan: Plan, written: Found | None) -> Found | None:
    """Settles most kinds: the object as the server has it after the write (S1.5).

    Where nobody wrote after us, every field must be as sent; else the declared ones. Raises VerifyFailed.
    """
    if written is None or not context.desired.verify:
        return written
    resource, sent = context.resource, plan.after or {}
    fresh = _read_written(context, written)
    if fresh is None:
        raise VerifyFailed(resource.title, name_of(plan), [("id", written.body["id"], None)])
    different = holds(resource, sent, fresh.body)
    if not same_etag(fresh, written) or _owned_by_server(resource, fresh) != _owned_by_server(
        resource, written
    ):
        different = [field for field in different if field in context.declared]
    if different:
        raise VerifyFailed(resource.title, name_of(plan), context.shown(different, sent, fresh.body))
    return fresh


def is_older(one: Found, other: Found) -> bool:
    """Whether the versions tell that one state of an object comes before another."""
    earlier, later = one.body.get("version"), other.body.get("version")
    return isinstance(earlier, int) and isinstance(later, int) and earlier < later


def _read_written(context: Context, written: Found) -> Found | None:
    """The object once reads show what was written; without a version there is no telling."""

    def read(within: float | None = None) -> Found | None:
        return by_id(context.client, context.resource, written.body["id"], within=within)

    def shows(found: Found | None) -> bool:
        return found is None or not is_older(found, written)

    listed = context.listed.pop(written.body["id"], None)
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


def _owned_by_server(resource: Resource, object_: Found) -> Body:
    """Versions and dates: what tells one write from the next where there is no ETag."""
    return {key: object_.body.get(key) for key in resource.server_owned}


def name_of(plan: Plan) -> str:
    """The object's name, or its id where the kind has no names."""
    body = {**(plan.before or {}), **(plan.after or {})}
    return str(body.get("name", body.get("id")))


def _cleared(context: Context, first: Found | None, current: Found | None) -> tuple[Plan, Found | None]:
    """The plan that preflight lets pass: made anew where the object changed while preflight waited."""
    for _turn in range(ATTEMPTS):
        plan = context.plan(current)
        newer = context.preflight(plan)
        if newer is None:
            return plan, current
        _refuse_conflicts(context, first, newer)
        current = newer
    raise TooManyConflicts(context.resource.title, name_of(plan), ATTEMPTS)


def _fresh_where_nothing_locks(context: Context, first: Found | None) -> Found | None:
    """Without a lock, the time between the last read and the write is all that others have: keep it short."""
    if first is None or context.resource.locking is not None:
        return first
    fresh = _read_again(context, context.plan(first), first)
    _refuse_conflicts(context, first, fresh)
    return fresh


def _worth_another_look(plan: Plan, error: Exception) -> bool:
    """Whether reading the object again can tell what became of the write."""
    if isinstance(error, DuplicateName):
        return plan.action == "create"  # on an update another object has the new name: ours to report
    if isinstance(error, MissingObject):
        return plan.action == "delete"
    return True


def _read_again(context: Context, plan: Plan, current: Found | None) -> Found | None:
    if current is None:
        return look_for_created(context.client, context.resource, str(context.desired.name))
    resource = context.resource
    if resource.reread is not None:
        fresh = t.cast("Found | None", resource.reread(context, current))
    else:
        fresh = by_id(context.client, resource, current.body["id"])
    if fresh is None and plan.action == "update":
        cure = " Run again to create it anew." if resource.creatable else ""
        raise NotFound(
            f"The {resource.title} {name_of(plan)!r} was removed by somebody else while it was being "
            f"updated.{cure}"
        )
    return fresh


def _refuse_conflicts(context: Context, first: Found | None, fresh: Found | None) -> None:
    desired = context.desired
    if desired.on_conflict == "overwrite" or fresh is None or desired.state == "absent":
        return
    conflicts = conflicting_fields(context.declared, None if first is None else first.body, fresh.body)
    if conflicts:
        wanted = context.plan(fresh).after or {}
        raise FieldConflict(
            context.resource.title, str(fresh.body.get("name")), context.shown(conflicts, fresh.body, wanted)
        )
