# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desired state and current object in, the smallest change out. Pure: nothing here reads or writes.

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._errors import InputError, NotFound
from .._findings import Findings
from .json_objects import ABSENT, REQUIRED, Body, copied, get_path, set_path
from .resource import Field, Resource

#: The declared fields of a task with their wire values; ABSENT where the task resets the field.
DeclaredFields = dict[Field, t.Any]


#: The words of messages for an action that was carried out.
PAST = {"create": "created", "update": "updated", "delete": "removed"}
#: The names of counts in results: the objects of each planned action.
COUNTED_AS = {"create": "created", "update": "updated", "delete": "deleted", "none": "unchanged"}


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is to be done to one object.

    C(before) is the object as read (None: it does not exist), C(after) the object as it will be, less
    what the server owns (None: it will not exist), C(changed) the fields that differ between the two.
    """

    action: t.Literal["none", "create", "update", "delete"]
    before: Body | None
    after: Body | None
    changed: tuple[Field, ...] = ()


def declared_fields(resource: Resource, desired: t.Any) -> DeclaredFields:
    """The fields that the task names, also those that it names as null (rule 5 of the architecture)."""
    declared: DeclaredFields = {}
    for field in resource.fields:
        value: t.Any = desired
        for key in field.option.split("."):
            if value is None or key not in value.model_fields_set:
                value = ABSENT
                break
            value = getattr(value, key)
        if value is not ABSENT:
            declared[field] = field.initial() if value is None else field.to_wire(value, desired)
    return declared


def make_plan(resource: Resource, declared: DeclaredFields, state: str, current: Body | None) -> Plan:
    """The plan that brings C(current) to the declared state.

    Raises InputError when the resulting object would lack a required field.
    """
    if state == "absent":
        return Plan("none" if current is None else "delete", before=current, after=None)
    if current is None:
        if not resource.creatable:
            raise NotFound(f"The {resource.title} does not exist in this org, and the API cannot create one.")
        after = copied(resource.constants)
        for field in resource.fields:
            value = field.combine(field.initial(), declared[field]) if field in declared else field.initial()
            set_path(after, field.wire, copied(value))
        _require(resource, after)
        return Plan("create", before=None, after=after, changed=resource.fields)
    changed: DeclaredFields = {}
    for field, value in declared.items():
        old = field.of(current)
        new = field.combine(old, value)
        if not field.equal(old, new):
            changed[field] = new
    if changed:
        after = resource.without_server_fields(current)
        for field, new in changed.items():
            set_path(after, field.wire, copied(new))
    else:  # most objects of a run: a copy of each would cost more than all the rest
        after = {key: value for key, value in current.items() if key not in resource.server_owned}
    _require(resource, after)
    return Plan("update" if changed else "none", before=current, after=after, changed=tuple(changed))


def declare_all(resource: Resource, body: Body) -> DeclaredFields:
    """Every field as an object has it: what a rollback declares. Fields it lacks are reset to absent."""
    wire = {field: get_path(body, field.wire) for field in resource.fields}
    return {field: ABSENT if value is None else value for field, value in wire.items()}


def conflicting_fields(declared: DeclaredFields, first: Body | None, fresh: Body) -> list[Field]:
    """DeclaredFields fields that others changed since the first read to something other than desired (S0.5).

    A field that compares as a map is judged entry by entry, so that two writers may each add one.
    """
    conflicts = []
    for field, value in declared.items():
        before = field.initial() if first is None else field.of(first)
        now = field.of(fresh)
        was, has, wants = field.parts(before), field.parts(now), field.parts(field.combine(now, value))
        if any(
            has.get(part, ABSENT) != wants.get(part, ABSENT)
            and (first is None or was.get(part, ABSENT) != has.get(part, ABSENT))
            for part in {**was, **has, **wants}
        ):
            conflicts.append(field)
    return conflicts


def differing_fields(resource: Resource, expected: Body, actual: Body) -> list[Field]:
    """The fields in which an object differs from the expected one."""
    return [field for field in resource.fields if not field.equal(field.of(expected), field.of(actual))]


def _require(resource: Resource, after: Body) -> None:
    findings = Findings()
    for field in resource.fields:
        if field.default is not REQUIRED:
            continue
        value = field.of(after)
        if value is ABSENT or (isinstance(value, str) and not value.strip()):
            findings.problem(field.option, f"is required: the {resource.title} would be left without it")
    if findings.problems:
        raise InputError(findings)


def is_older(one: RemoteObject, other: RemoteObject) -> bool:
    """Whether the versions tell that one state of an object comes before another."""
    earlier, later = one.body.get("version"), other.body.get("version")
    return isinstance(earlier, int) and isinstance(later, int) and earlier < later


def name_of(plan: Plan) -> str:
    """The object's name, or its id where the kind has no names."""
    body = {**(plan.before or {}), **(plan.after or {})}
    return str(body.get("name", body.get("id")))


class RemoteObject(t.NamedTuple):
    """An object as read, with the ETag to write it under (None where the kind has none)."""

    body: dict[str, t.Any]
    etag: str | None


def from_list(body: dict[str, t.Any]) -> RemoteObject:
    """An object as a list or an answer has it, where the ETag is a field."""
    return RemoteObject(body, body.get("etag"))


def same_etag(one: RemoteObject, other: RemoteObject) -> bool:
    """Whether two reads have the same ETag: a list has it without the quotes of a header."""
    return (one.etag or "").strip('"') == (other.etag or "").strip('"')
