# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparison of objects: pairs of one identity in two orgs, and the fields that differ (X.2).

Private to the collection. Pure.
"""

from __future__ import annotations

import dataclasses
import json
import typing as t

from .._errors import GenesysError
from .._findings import counted
from .._model.comparison import Comparison
from .._model.json_objects import ABSENT, Body, copied, exact, set_path
from .._model.plan import Plan
from .._model.resource import Field, Resource
from .._model.unmanaged_values import unmanaged_differences
from .._printable import printable


@dataclasses.dataclass(frozen=True, eq=False)
class OrgObject:
    """An object of one org. C(body) has names in the place of ids of other objects, C(id) its own id.

    With an C(error), only the part is known that a list shows.
    """

    id: str
    body: Body
    error: GenesysError | None = None


@dataclasses.dataclass(eq=False)
class Compared:
    """One object of either org, or of both.

    C(plan) would bring the task's org to the state of the other one. With an C(error), the object was not
    compared.
    """

    resource: Resource
    name: str | None
    plan: Plan
    id: str | None = None
    other_id: str | None = None
    error: GenesysError | None = None

    @property
    def label(self) -> str:
        """Return the object's name for messages, such as C(webhook 'Orders')."""
        return f"{self.resource.title} {printable(repr(self.name))}"


class NotComparable(GenesysError):
    """An object that cannot be compared with that of the other org."""


NOTHING = Plan("none", None, None)


def rule_of(resource: Resource) -> Comparison:
    """Return the rule of a kind in one API."""
    if resource.comparison is None:
        raise AssertionError(f"the kind {resource.kind} has no rule for comparisons")
    return resource.comparison


def compare_objects(
    resource: Resource, here: t.Iterable[OrgObject], there: t.Iterable[OrgObject]
) -> list[Compared]:
    """Compare the objects of a kind. C(here) are those of the task's org, C(there) those of the other."""
    ours, theirs = (_by_identity(resource, objects) for objects in (here, there))
    compared = []
    for key in sorted({**ours, **theirs}):
        one, other = ours.get(key, []), theirs.get(key, [])
        if len(one) > 1 or len(other) > 1:
            compared.append(ambiguous(resource, one, other))
        else:
            compared.append(_compare_pair(resource, next(iter(one), None), next(iter(other), None)))
    return compared


def _by_identity(resource: Resource, objects: t.Iterable[OrgObject]) -> dict[str, list[OrgObject]]:
    """Return objects by their identity as JSON text, which has an order."""
    found: dict[str, list[OrgObject]] = {}
    for one in objects:
        identity = resource.identity_of(one.body) if resource.named_by else (one.id,)
        key = json.dumps([part if isinstance(part, str) else exact(part) for part in identity])
        found.setdefault(key, []).append(one)
    return found


def ambiguous(resource: Resource, here: list[OrgObject], there: list[OrgObject]) -> Compared:
    """Return an object that is not compared, because an org has several of its name."""
    name = name_of((here or there)[0])
    places = [
        f"{len(objects)} in {title} ({', '.join(printable(one.id) for one in objects)})"
        for title, objects in (("this org", here), ("the other org", there))
        if len(objects) > 1
    ]
    error = NotComparable(
        f"The {resource.title} {printable(repr(name))} is ambiguous: there are {' and '.join(places)}. "
        "Objects are compared by their names. Rename all but one of them."
    )
    return Compared(resource, name, NOTHING, error=error)


def _compare_pair(resource: Resource, here: OrgObject | None, there: OrgObject | None) -> Compared:
    error = error_of(here, there)
    changed: list[Field] = []
    if error is None and here is not None and there is not None:
        changed = list(differing(resource, here.body, there.body))
    plan = NOTHING if error else make_diff_plan(resource, body_of(here), body_of(there), changed)
    name = name_of(t.cast("OrgObject", here or there))
    return Compared(resource, name, plan, id_of(here), id_of(there), error)


def body_of(one: OrgObject | None) -> Body | None:
    """Return the body of an object, None without an object."""
    return None if one is None else one.body


def id_of(one: OrgObject | None) -> str | None:
    """Return the id of an object, None without an object."""
    return None if one is None else one.id


def error_of(*objects: OrgObject | None) -> GenesysError | None:
    """Return the error of the first object that could not be read whole, None if all were read."""
    return next((one.error for one in objects if one is not None and one.error is not None), None)


def make_diff_plan(
    resource: Resource, here: Body | None, there: Body | None, changed: t.Sequence[Field]
) -> Plan:
    """Return the plan that would bring the task's org to the state of the other one.

    Only the fields that differ have the values of the other org in C(after), because equal values may have
    another form there.
    """
    if here is None or there is None:
        shown = {"before": here, "after": there}
        return Plan("create" if here is None else "delete", **shown, changed=resource.fields)
    after = copied(here) if changed else here
    for field in changed:
        set_path(after, field.wire, copied(field.of(there)))
    return Plan("update" if changed else "none", before=here, after=after, changed=tuple(changed))


def differing(resource: Resource, here: Body, there: Body) -> t.Iterator[Field]:
    """Yield the fields that differ, without those that no org can share with another."""
    hidden = rule_of(resource).not_compared
    for field in resource.fields:
        one, other = field.of(here), field.of(there)
        by_api = field.chosen_by_api and ABSENT in (one, other)
        if field.option not in hidden and not by_api and not field.equal(one, other):
            yield field


def name_of(one: OrgObject) -> str | None:
    """Return the name of an object, its id if it has none."""
    name = one.body.get("name")
    return one.id if name is None else str(name)


def notes_of(resource: Resource, compared: t.Sequence[Compared], there: t.Mapping[str, Body]) -> list[str]:
    """Return what was not compared of the pairs of a kind. C(there) are the other org's bodies by id."""
    kind = resource.definition.list_option
    pairs = [
        (one.plan.before, there[one.other_id])
        for one in compared
        if one.plan.before is not None and one.other_id is not None and one.other_id in there
    ]
    notes = []
    for field in resource.fields:
        if field.write_only and pairs:
            reason = f"because no read shows it ({counted(len(pairs))})"
            notes.append(f"{kind}: {field.option} not compared, {reason}")
    for option, reason in rule_of(resource).not_compared.items():
        field = next(one for one in resource.fields if one.option == option)
        number = sum(not field.equal(field.of(one), field.of(other)) for one, other in pairs)
        if number:
            notes.append(f"{kind}: {option} not compared, because {reason} ({counted(number)} differ)")
    unknown = sorted({key for pair in pairs for key in unmanaged_differences(resource, *pair)})
    if unknown:
        names = ", ".join(map(printable, unknown))
        notes.append(
            f"{kind}: {names} differ and were not compared, because the collection does not manage them"
        )
    return notes
