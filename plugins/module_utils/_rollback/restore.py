# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an undo declares: only what still is as the write left it gets its earlier value again.

Private to the collection. Pure. Whatever others have changed since survives, of maps and of lists whose
entries have names entry by entry. A hidden secret is never taken for a value.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .._journal.entry import Entry
from .._model.json_objects import ABSENT, Body, exact, get_path
from .._model.plan import DeclaredFields, declare_all
from .._model.resource import Field
from .._secrets import MASK


def changed_fields(entry: Entry) -> list[Field]:
    """The fields that an update changed."""
    before, after = entry.before or {}, entry.after or {}
    return [
        field
        for field in entry.resource.fields
        if not field.equal(field.of(before), field.of(after)) or _lacks(entry, field)
    ]


def values_to_restore(entry: Entry) -> DeclaredFields:
    """What an update changed, declared as it was before: each field decides by what it finds."""
    earlier = declare_all(entry.resource, entry.before or {})
    return {
        dataclasses.replace(field, combine=functools.partial(_restore_value, entry, field)): earlier[field]
        for field in changed_fields(entry)
        if not (field.url and _is_hidden(entry, earlier[field]))
    }


def object_to_recreate(entry: Entry) -> DeclaredFields:
    """A removed object, declared as it was; without the headers whose values are unknown."""
    declared = declare_all(entry.resource, entry.before or {})
    for field, value in declared.items():
        if field.headers and isinstance(value, dict):
            declared[field] = {key: text for key, text in value.items() if not _is_hidden(entry, text)}
    return declared


def unknown_urls(entry: Entry) -> list[str]:
    """The options of a removed object that it cannot do without, and whose secrets are unknown."""
    return [
        field.option
        for field in entry.resource.fields
        if field.url and _is_hidden(entry, field.of(entry.before or {}))
    ]


def changed_since(entry: Entry, body: Body) -> list[str]:
    """The options in which an object is neither as the write sent it nor as the server stored it."""
    return [
        field.option
        for field in entry.resource.fields
        if not _is_ours(entry, field, field.of(body), field.of)
    ]


def fields_changed_by_others(entry: Entry, body: Body) -> list[str]:
    """The options that an update changed and that are not as they were before it."""
    kept = []
    for field in changed_fields(entry):
        was, now = field.of(entry.before or {}), entry.comparable(field, field.of(body))
        if field.headers and entry.lacks:  # what is not known of it is not theirs
            was, now = (_without(value, field, entry.lacks) for value in (was, now))
        if field.option not in entry.lacks and not field.equal(was, now):
            kept.append(field.option)
    return kept


def same_object(entry: Entry, expected: Body, body: Body) -> bool:
    """Whether an object is as expected in every field, hidden secrets apart."""
    return all(
        field.equal(field.of(expected), entry.comparable(field, field.of(body)))
        for field in entry.resource.fields
    )


def _lacks(entry: Entry, field: Field) -> bool:
    return any(f"{option}.".startswith(f"{field.option}.") for option in entry.lacks)


def _without(headers: t.Any, field: Field, options: t.Collection[str]) -> t.Any:
    if not isinstance(headers, dict):
        return headers
    return {name: value for name, value in headers.items() if f"{field.option}.{name}" not in options}


def _is_hidden(entry: Entry, value: t.Any) -> bool:
    return entry.masked and isinstance(value, str) and MASK in value


def _is_ours(entry: Entry, field: Field, value: t.Any, of: t.Callable[[Body], t.Any]) -> bool:
    seen = entry.comparable(field, value)
    return any(field.equal(seen, of(body)) for body in (entry.after, entry.written) if body is not None)


def _restore_value(entry: Entry, field: Field, current: t.Any, earlier: t.Any) -> t.Any:
    """The earlier value where the current one is ours, as sent or as stored; else entry by entry."""
    hides = entry.masked and field.headers
    if not hides and _is_ours(entry, field, current, lambda body: get_path(body, field.wire)):
        return earlier if earlier is ABSENT else field.combine(current, earlier)
    if current is ABSENT or not isinstance(field.canonical(current), dict):
        return current
    return _restore_entries(entry, field, current, earlier)


def _restore_entries(entry: Entry, field: Field, current: t.Any, earlier: t.Any) -> t.Any:
    sent = get_path(entry.after, field.wire)
    now, was, before = (field.parts(value) for value in (entry.comparable(field, current), sent, earlier))
    result, old = _by_name(current), _by_name(earlier)
    for key in {**was, **before}:
        is_now, as_sent, as_before = (exact(parts.get(key, ABSENT)) for parts in (now, was, before))
        secret_changed = f"{field.option}.{key}" in entry.lacks
        if is_now != as_sent or (as_sent == as_before and not secret_changed):
            continue
        if key not in old:
            result.pop(key, None)
        elif not _is_hidden(entry, old[key]):
            result[key] = old[key]
    return field.combine(current, result if isinstance(current, dict) else list(result.values()))


def _by_name(value: t.Any) -> dict[str, t.Any]:
    """The entries of a map, or of a list whose entries have names."""
    if isinstance(value, list):
        return {entry["name"]: entry for entry in value}
    return dict(value) if isinstance(value, dict) else {}
