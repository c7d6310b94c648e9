# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans: the smallest change from the current object to the desired state. Pure, without requests or files.

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._errors import InputError, NotFound
from .._findings import Findings
from .json_objects import ABSENT, REQUIRED, Body, copied, get_path, set_path
from .resource import Field, Resource

#: The declared fields of a task with their wire values. ABSENT resets a field.
DeclaredFields = dict[Field, t.Any]


#: The participle of each action, for messages.
PAST = {"create": "created", "update": "updated", "delete": "removed"}
#: The name under which a result counts the objects of each planned action.
COUNTED_AS = {"create": "created", "update": "updated", "delete": "deleted", "none": "unchanged"}


@dataclasses.dataclass(frozen=True)
class Plan:
    """The planned action for one object.

    C(before) is the object as read (None: it does not exist). C(after) is the object after the action,
    without the fields that the server owns (None: it will not exist). C(changed) has the fields that differ.
    """

    action: t.Literal["none", "create", "update", "delete"]
    before: Body | None
    after: Body | None
    changed: tuple[Field, ...] = ()


def declared_fields(resource: Resource, desired: t.Any) -> DeclaredFields:
    """Return the fields that the task gives, null values included (rule 5 of docs/architecture.md)."""
    declared: DeclaredFields = {}
    for field in resource.fields:
        value: t.Any = desired
        for key in field.option.split("."):
            value = _given_value(value, key)
        if value is not ABSENT:
            declared[field] = field.initial() if value is None else field.to_wire(value, desired)
    return declared


def _given_value(value: t.Any, key: str) -> t.Any:
    """Return the option C(key) of a model or a dictionary, ABSENT if it is not given."""
    if isinstance(value, dict):
        return value.get(key, ABSENT)
    return getattr(value, key) if key in getattr(value, "model_fields_set", ()) else ABSENT


def make_plan(resource: Resource, declared: DeclaredFields, state: str, current: Body | None) -> Plan:
    """Return the plan that changes C(current) to the declared state.

    Raise InputError if the resulting object would lack a required field, and NotFound if the object does not
    exist and the API cannot create it.
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
        if field.write_only or not field.equal(old, new):
            changed[field] = new
    if changed:
        after = resource.without_server_fields(current)
        for field, new in changed.items():
            set_path(after, field.wire, copied(new))
    else:  # not copied, because most objects of a run are unchanged and copies are slow
        after = {key: value for key, value in current.items() if key not in resource.server_owned}
    _require(resource, after)
    return Plan("update" if changed else "none", before=current, after=after, changed=tuple(changed))


def declare_all(resource: Resource, body: Body) -> DeclaredFields:
    """Return every field as declared by an object, for a rollback. Missing fields are ABSENT."""
    wire = {field: get_path(body, field.wire) for field in resource.fields}
    return {field: ABSENT if value is None else value for field, value in wire.items()}


def conflicting_fields(declared: DeclaredFields, first: Body | None, fresh: Body) -> list[Field]:
    """Return the declared fields that a concurrent change set to another value than the desired one (S0.5).

    C(first) is the object at the first read, C(fresh) the current one. A field that compares as a map is
    compared by entry, so that two writers may each add one.
    """
    conflicts = []
    for field, value in declared.items():
        if field.write_only:
            continue
        before = field.initial() if first is None else field.of(first)
        now = field.of(fresh)
        old, current = field.parts(before), field.parts(now)
        desired = field.parts(field.combine(now, value))
        if any(
            current.get(part, ABSENT) != desired.get(part, ABSENT)
            and (first is None or old.get(part, ABSENT) != current.get(part, ABSENT))
            for part in {**old, **current, **desired}
        ):
            conflicts.append(field)
    return conflicts


def differing_fields(resource: Resource, expected: Body, actual: Body) -> list[Field]:
    """Return the fields in which an object differs from the expected one."""
    return [
        field
        for field in resource.fields
        if not field.equal(field.of(expected), field.of(actual))
        and not (field.chosen_by_api and field.of(expected) is ABSENT)
    ]


def lost_secrets(resource: Resource, action: str, after: Body | None) -> list[str]:
    """Return the options of write-only fields whose earlier values an update or a removal loses."""
    return [
        field.option
        for field in resource.fields
        if field.write_only
        and (action == "delete" or (action == "update" and field.of(after or {}) is not ABSENT))
    ]


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
    """Return whether one state of an object is older than another, by their versions."""
    earlier, later = one.body.get("version"), other.body.get("version")
    return isinstance(earlier, int) and isinstance(later, int) and earlier < later


def name_of(plan: Plan) -> str:
    """Return the name of a plan's object, or its id if the kind has no names."""
    body = {**(plan.before or {}), **(plan.after or {})}
    return str(body.get("name", body.get("id")))


class RemoteObject(t.NamedTuple):
    """An object as read, with its ETag (None if the kind has none).

    Without C(is_whole), it is known to be as declared, but parts that the task does not declare are missing.
    """

    body: dict[str, t.Any]
    etag: str | None
    is_whole: bool = True


def from_list(body: dict[str, t.Any]) -> RemoteObject:
    """Return an object of a list or of a response, whose ETag is a field."""
    return RemoteObject(body, body.get("etag"))


def same_etag(one: RemoteObject, other: RemoteObject) -> bool:
    """Return whether two reads have the same ETag. Only the ETag of a header has quotes."""
    return (one.etag or "").strip('"') == (other.etag or "").strip('"')
