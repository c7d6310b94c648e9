# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The values that a rollback restores, and the fields that concurrent changes keep from it.

Private to the collection. Pure. A field is restored only if it still has the value that our write gave it,
so that concurrent changes survive. Maps, and lists whose entries have names, are restored entry by entry. A
masked secret is never used as a value.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .._journal.entry import IDENTIFIER, Entry, Side, unknown_fields
from .._model.json_objects import ABSENT, Body, exact, get_path
from .._model.plan import DeclaredFields, Plan, declare_all, lost_secrets
from .._model.replacement import removes_object
from .._model.resource import Field, Resource
from .._printable import printable
from .._secrets import MASK
from .comparison import Comparison


def changed_fields(entry: Entry) -> list[Field]:
    """Return the fields that an update changed."""
    before, after = entry.before or {}, entry.after or {}
    return [
        field
        for field in entry.resource.fields
        if not field.equal(field.of(before), field.of(after)) or _has_unknown_secret(entry, field)
    ]


def values_to_restore(comparison: Comparison) -> DeclaredFields:
    """Return the fields that an update changed, declared with their earlier values.

    Each field's C(combine) decides by the current value whether to restore.
    """
    entry = comparison.entry
    earlier = declare_all(entry.resource, entry.before or {})
    return {
        dataclasses.replace(field, combine=functools.partial(_restore_value, comparison, field)): earlier[
            field
        ]
        for field in changed_fields(entry)
        if not (field.url and _is_masked(entry, earlier[field]))
    }


def object_to_recreate(entry: Entry, successors: t.Mapping[str, str]) -> DeclaredFields:
    """Return the fields of a removed object as it was, without the headers whose values are unknown.

    C(successors) are the new ids of other objects that the rollback has created again.
    """
    declared = declare_all(entry.resource, with_new_ids(entry.before or {}, successors))
    for field, value in declared.items():
        if field.headers and isinstance(value, dict):
            declared[field] = {key: text for key, text in value.items() if not _is_masked(entry, text)}
    return declared


def with_new_ids(value: t.Any, successors: t.Mapping[str, str]) -> t.Any:
    """Return a JSON value in which the ids of removed objects are those of their successors."""
    if isinstance(value, str):
        while value in successors:
            value = successors[value]
        return value
    if isinstance(value, dict):
        return {key: with_new_ids(one, successors) for key, one in value.items()}
    return [with_new_ids(one, successors) for one in value] if isinstance(value, list) else value


def unknown_urls(entry: Entry) -> list[str]:
    """Return the URL options of a removed object whose secrets are unknown: it cannot be created without."""
    return [
        field.option
        for field in entry.resource.fields
        if field.url and _is_masked(entry, field.of(entry.before or {}))
    ]


def changed_since(comparison: Comparison, body: Body) -> list[str]:
    """Return the options in which an object is neither as the write sent it nor as the server stored it."""
    return [
        field.option
        for field in comparison.entry.resource.fields
        if not _is_as_written(comparison, field, field.of(body), field.of)
    ]


def kept_because_undetermined(comparison: Comparison, body: Body) -> list[str]:
    """Return the options that keep their values because nothing shows whether their secrets have changed."""
    for field, earlier in values_to_restore(comparison).items():
        field.combine(get_path(body, field.wire), earlier)
    return sorted(comparison.kept)


def fields_changed_by_others(comparison: Comparison, body: Body) -> list[str]:
    """Return the options that an update changed and that do not have their earlier values."""
    concurrent, entry = [], comparison.entry
    for field in changed_fields(entry):
        was, now = field.of(entry.before or {}), comparison.comparable(field, field.of(body), "before")
        if field.headers and entry.lacks:  # An unknown secret is no concurrent change.
            was, now = (_without(value, field, entry.lacks) for value in (was, now))
        if field.option not in entry.lacks and not field.equal(was, now):
            concurrent.append(field.option)
    return concurrent


def same_object(comparison: Comparison, side: Side, body: Body) -> bool:
    """Return whether an object is as the entry has it in every field."""
    expected = getattr(comparison.entry, side) or {}
    return all(
        field.equal(field.of(expected), comparison.comparable(field, field.of(body), side))
        for field in comparison.entry.resource.fields
    )


def is_begun_creation(comparison: Comparison, body: Body) -> bool:
    """Return whether an object is as the first of several requests of its creation left it.

    Each field is as it was sent, or as a new object has it.
    """
    entry, sent = comparison.entry, comparison.entry.after or {}
    return entry.resource.endpoint.send is not None and all(
        field.equal(field.of(sent), comparison.comparable(field, field.of(body), "after"))
        or field.equal(field.initial(), field.of(body))
        for field in entry.resource.fields
    )


def _has_unknown_secret(entry: Entry, field: Field) -> bool:
    return any(f"{option}.".startswith(f"{field.option}.") for option in entry.lacks)


def _without(headers: t.Any, field: Field, options: t.Collection[str]) -> t.Any:
    if not isinstance(headers, dict):
        return headers
    return {name: value for name, value in headers.items() if f"{field.option}.{name}" not in options}


def _is_masked(entry: Entry, value: t.Any) -> bool:
    return entry.masked and isinstance(value, str) and MASK in value


def _is_as_written(comparison: Comparison, field: Field, value: t.Any, of: t.Callable[[Body], t.Any]) -> bool:
    entry = comparison.entry
    sides: tuple[tuple[Side, Body | None], ...] = (("after", entry.after), ("written", entry.written))
    return any(
        field.equal(comparison.comparable(field, value, side), of(body))
        for side, body in sides
        if body is not None
    )


def _restore_value(comparison: Comparison, field: Field, current: t.Any, earlier: t.Any) -> t.Any:
    """Return the earlier value if the current one is as sent or as stored, else restore entry by entry."""
    has_masked_entries = comparison.entry.masked and field.headers
    if not has_masked_entries and _is_as_written(
        comparison, field, current, lambda body: get_path(body, field.wire)
    ):
        return earlier if earlier is ABSENT else combine_whole(field, current, earlier)
    if field.url and field.option in comparison.undetermined:
        comparison.kept.add(field.option)
    if current is ABSENT or not isinstance(field.canonical(current), dict):
        return current
    return _restore_entries(comparison, field, current, earlier)


def _restore_entries(comparison: Comparison, field: Field, current: t.Any, earlier: t.Any) -> t.Any:
    entry = comparison.entry
    sent = get_path(entry.after, field.wire)
    comparable = comparison.comparable(field, current, "after")
    now, was, before = (field.parts(value) for value in (comparable, sent, earlier))
    result, old = _by_name(current), _by_name(earlier)
    for key in {**was, **before}:
        is_now, as_sent, as_before = (exact(parts.get(key, ABSENT)) for parts in (now, was, before))
        place = f"{field.option}.{key}"
        secret_changed = place in entry.lacks
        if as_sent == as_before and not secret_changed:
            continue
        restorable = key not in old or not _is_masked(entry, old[key])
        if is_now != as_sent:
            if restorable and place in comparison.undetermined:
                comparison.kept.add(place)
        elif key not in old:
            result.pop(key, None)
        elif restorable:
            result[key] = old[key]
    return combine_whole(field, current, result if isinstance(current, dict) else list(result.values()))


def combine_whole(field: Field, current: t.Any, whole: t.Any) -> t.Any:
    """Return the combination of the current value with a whole one.

    An entry that a map lacks goes, and one that is null stays: C(Field.combine) gets declared entries, where
    both mean something else.
    """
    combined = field.combine(current, whole)
    if not (isinstance(combined, dict) and isinstance(whole, dict)):
        return combined
    return {key: combined.get(key) for key, value in whole.items() if key in combined or value is None}


def _by_name(value: t.Any) -> dict[str, t.Any]:
    """Return the entries of a map, or of a list whose entries have names."""
    if isinstance(value, list):
        return {entry["name"]: entry for entry in value}
    return dict(value) if isinstance(value, dict) else {}


def rollback_limits(resource: Resource, plan: Plan, not_restorable: list[str]) -> str | None:
    """Return the warning, before a write, about values that a rollback could not restore, or None."""
    limits = []
    if IDENTIFIER in not_restorable:
        limits.append("gets a new id when a rollback creates it again")
    unknown = (
        unknown_fields(resource, plan.before or {}) if removes_object(resource.replacement, plan) else []
    )
    if unknown:
        limits.append(
            f"comes back without its {', '.join(map(printable, unknown))}, which the collection does not know"
        )
    unseen = [
        option for option in not_restorable if option in lost_secrets(resource, plan.action, plan.after)
    ]
    kept = resource.endpoint.unrestorable(plan)
    others = (IDENTIFIER, *unknown, *unseen, *kept)
    known_secrets = [option for option in not_restorable if option not in others]
    urls = [field.option for field in resource.fields if field.url and field.option in known_secrets]
    if unseen and plan.action == "delete":
        limits = [f"cannot be created again by a rollback, because no read shows its {', '.join(unseen)}"]
    elif unseen:
        limits.append(f"keeps the new secrets in {', '.join(unseen)}, because no read shows the earlier ones")
    elif urls and plan.action == "delete":
        limits = [f"cannot be created again by a rollback, because of the secret in its {', '.join(urls)}"]
    elif known_secrets:
        limits.append(f"comes back without the secrets in {', '.join(known_secrets)}")
    limits += kept.values()
    if not limits:
        return None
    body = plan.before or plan.after or {}
    remedy = "; give journal_password to keep the secrets, encrypted" if known_secrets else ""
    return f"the {resource.title} {body.get('name', body.get('id'))!r} {' and '.join(limits)}{remedy}"
