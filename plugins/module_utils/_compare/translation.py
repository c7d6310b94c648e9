# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparison of a kind's objects across two APIs: those of one are translated to the other (X.2).

Private to the collection. Only what the translation gives is compared. An object has a name in both APIs.
"""

from __future__ import annotations

import typing as t

from .._errors import GenesysError
from .._model.json_objects import ABSENT, Body, copied, set_path
from .._model.plan import DeclaredFields
from .._model.resource import Field, Resource
from .._object.task import object_options, prepare_object
from .pairs import (
    NOTHING,
    Compared,
    NotComparable,
    OrgObject,
    ambiguous,
    body_of,
    error_of,
    id_of,
    make_diff_plan,
    name_of,
    rule_of,
)


def compare_translated(
    here: Resource, ours: t.Iterable[OrgObject], there: Resource, theirs: t.Iterable[OrgObject]
) -> tuple[list[Compared], list[str], set[str]]:
    """Compare the objects of a kind in two APIs.

    Return the compared objects, notes about what was not compared, and the secrets of the translated objects.
    """
    forward_here = rule_of(here).forward is not None
    old, new = (here, there) if forward_here else (there, here)
    named = [_by_name(ours), _by_name(theirs)]
    compared: list[Compared] = []
    covered: set[Field] = set()
    left: set[str] = set()
    secrets: set[str] = set()
    for name in sorted({**named[0], **named[1]}, key=str):
        pair = [of_org.get(name, []) for of_org in named]
        if any(len(objects) > 1 for objects in pair):
            compared.append(ambiguous(new, *pair))
            continue
        source, target = (next(iter(one), None) for one in (pair if forward_here else reversed(pair)))
        declared: DeclaredFields = {}
        error = error_of(source, target)
        if source is not None and error is None:
            try:
                declared = _translate(old, new, source.body, secrets)
            except GenesysError as failure:
                error = failure
            left |= _without_place(old, new, source.body)
        covered |= set(declared)
        compared.append(_compare(new, declared, source, target, error, forward_here=forward_here))
    return compared, _notes(new, covered, left), secrets


def _notes(new: Resource, covered: set[Field], left: set[str]) -> list[str]:
    """Return which options were compared, and which were not."""
    kind = new.definition.list_option
    api = next(name for name, resource in new.definition.profiles.items() if resource is new)
    notes = []
    if covered:
        options = ", ".join(sorted(field.option for field in covered))
        notes.append(f"{kind}: compared as translated to the API {api!r}, in no other options than {options}")
    if left:
        options = ", ".join(sorted(left))
        notes.append(f"{kind}: {options} not compared, because the API {api!r} has no such option")
    return notes


def _by_name(objects: t.Iterable[OrgObject]) -> dict[str | None, list[OrgObject]]:
    found: dict[str | None, list[OrgObject]] = {}
    for one in objects:
        found.setdefault(name_of(one), []).append(one)
    return found


def _translate(old: Resource, new: Resource, body: Body, secrets: set[str]) -> DeclaredFields:
    """Return the fields that an object of the older API declares in the newer one. Raise NotComparable."""
    forward = rule_of(old).forward
    if forward is None:
        raise NotComparable(f"A {old.title} cannot be compared across these two APIs.")
    task = prepare_object(new, object_options(new.definition), forward(body))
    secrets |= task.secrets
    if task.findings.problems:
        problems = "; ".join(map(str, task.findings.problems))
        raise NotComparable(
            f"The {old.title} {body.get('name')!r} cannot be translated to the other API: {problems}. "
            "Compare it by hand."
        )
    return task.declared


def _without_place(old: Resource, new: Resource, body: Body) -> set[str]:
    """Return the options that an object uses and that the newer API has no place for."""
    known = {*new.refused_options, *new.ignored_options}
    return {
        field.option
        for field in old.fields
        if field.option in known and not field.equal(field.of(body), field.initial())
    }


def _compare(
    new: Resource,
    declared: DeclaredFields,
    source: OrgObject | None,
    target: OrgObject | None,
    error: GenesysError | None,
    *,
    forward_here: bool,
) -> Compared:
    """Compare the translated object C(source) with C(target)."""
    present = t.cast("OrgObject", source or target)
    one, other = (id_of(one) for one in ((source, target) if forward_here else (target, source)))
    if error is not None:
        return Compared(new, name_of(present), NOTHING, one, other, error=error)
    known = body_of(target)
    translated = None if source is None else _as_body(known, declared)
    changed = (
        [] if known is None else [field for field in declared if _differs(field, declared[field], known)]
    )
    before, after = (translated, known) if forward_here else (known, translated)
    return Compared(new, name_of(present), make_diff_plan(new, before, after, changed), one, other)


def _differs(field: Field, value: t.Any, known: Body) -> bool:
    current = field.of(known)
    return not field.equal(current, field.combine(current, value))


def _as_body(known: Body | None, declared: DeclaredFields) -> Body:
    """Return the translated object. Its other fields are those of the object that it is compared with."""
    body = {} if known is None else copied(known)
    for field, value in declared.items():
        set_path(body, field.wire, copied(field.combine(ABSENT, value)))
    return body
