# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Executes a plan: one write under a lock; after a conflict or a lost answer it reads and plans again.

Private to the collection. S0.5, S1.5, S1.6 and the rules on repeats at the end of the API's contract.
"""

from __future__ import annotations

import typing as t

from ._client import Client
from ._errors import (
    DuplicateName,
    FieldConflict,
    MissingObject,
    NotFound,
    OutcomeUnknown,
    StaleObject,
    TooManyConflicts,
    VerifyFailed,
)
from ._plan import Body, Declared, Plan, conflicting_fields, holds, make_plan
from ._read import Found, by_id, by_name, item_path
from ._record import shown_value
from ._resource import Field, Resource

#: Writes of one object that are tried before the others have won (S0.5).
ATTEMPTS = 3


class Target(t.NamedTuple):
    """What a task wants of one object: its declared fields, and how to find it again."""

    resource: Resource
    declared: Declared
    state: str
    name: str | None
    id: str | None
    overwrite: bool
    verify: bool
    secret_names: tuple[str, ...]

    def plan(self, current: Found | None) -> Plan:
        return make_plan(self.resource, self.declared, self.state, None if current is None else current.body)


def apply(client: Client, target: Target, first: Found | None) -> tuple[Plan, Found | None]:
    """Brings the object from its first read to the declared state; returns the plan that was carried out
    and the object as the server has it now.

    Raises FieldConflict when others changed a declared field meanwhile, TooManyConflicts after C(ATTEMPTS)
    writes that others overtook, VerifyFailed when the object read back is not what was sent, and whatever
    the API answers to the write.
    """
    resource = target.resource
    current = first
    for attempt in range(1, ATTEMPTS + 1):
        plan = target.plan(current)
        try:
            written = _write(client, resource, plan, current)
        except (StaleObject, DuplicateName, MissingObject, OutcomeUnknown) as error:
            if not _worth_another_look(plan, error):
                raise
            fresh = _read_again(client, target, plan, current)
            if target.plan(fresh).action == "none":
                written = fresh  # what we sent is there: the write was ours, its answer was lost
            else:
                _refuse_conflicts(target, first, fresh)
                if attempt == ATTEMPTS:
                    raise (
                        error
                        if isinstance(error, OutcomeUnknown)
                        else TooManyConflicts(resource.title, _name(plan), ATTEMPTS)
                    ) from error
                current = fresh
                continue
        if target.verify and written is not None:
            written = _read_back(client, target, plan, written)
        return plan, written
    raise AssertionError("unreachable: the last attempt returns or raises")


def _write(client: Client, resource: Resource, plan: Plan, current: Found | None) -> Found | None:
    if plan.action == "create":
        reply = client.send("POST", resource.path, json=plan.after, repeatable=False)
        return Found(reply.data, reply.etag or reply.data.get("etag"))
    assert current is not None, "an update or a removal has an object"
    path = item_path(resource, current.body["id"])
    if plan.action == "delete":
        client.send("DELETE", path, etag=current.etag, repeatable=True)
        return None
    reply = client.send("PUT", path, json=plan.after, etag=current.etag, repeatable=current.etag is not None)
    return Found(reply.data, reply.etag or reply.data.get("etag"))


def _worth_another_look(plan: Plan, error: Exception) -> bool:
    """Whether reading the object again can tell what became of the write."""
    if isinstance(error, DuplicateName):
        return plan.action == "create"  # on an update another object has the new name: ours to report
    if isinstance(error, MissingObject):
        return plan.action == "delete"
    return True


def _read_again(client: Client, target: Target, plan: Plan, current: Found | None) -> Found | None:
    if current is None:
        return by_name(client, target.resource, str(target.name))
    fresh = by_id(client, target.resource, current.body["id"])
    if fresh is None and plan.action == "update":
        raise NotFound(
            f"The {target.resource.title} {current.body.get('name')!r} was removed by somebody else while it "
            "was being updated. Run again to create it anew."
        )
    return fresh


def _refuse_conflicts(target: Target, first: Found | None, fresh: Found | None) -> None:
    if target.overwrite or fresh is None or target.state == "absent":
        return
    conflicts = conflicting_fields(target.declared, None if first is None else first.body, fresh.body)
    if conflicts:
        wanted = target.plan(fresh).after or {}
        raise FieldConflict(
            target.resource.title, str(fresh.body.get("name")), _shown(target, conflicts, fresh.body, wanted)
        )


def _read_back(client: Client, target: Target, plan: Plan, written: Found) -> Found:
    """The object as the server has it after the write (S1.5).

    Where nobody wrote after us, every field must be as sent; else the declared ones.
    """
    sent = plan.after or {}
    name = _name(plan)
    fresh = by_id(client, target.resource, written.body["id"])
    if fresh is None:
        raise VerifyFailed(target.resource.title, name, [("id", written.body["id"], None)])
    different = holds(target.resource, sent, fresh.body)
    if fresh.etag != written.etag:
        different = [field for field in different if field in target.declared]
    if different:
        raise VerifyFailed(target.resource.title, name, _shown(target, different, sent, fresh.body))
    return fresh


def _name(plan: Plan) -> str:
    body = plan.after or plan.before or {}
    return str(body.get("name", body.get("id")))


def _shown(target: Target, fields: list[Field], one: Body, other: Body) -> list[tuple[str, t.Any, t.Any]]:
    """The fields of two objects beside each other, as a message may show them."""
    names = target.secret_names
    return [
        (field.option, shown_value(field, field.of(one), names), shown_value(field, field.of(other), names))
        for field in fields
    ]
