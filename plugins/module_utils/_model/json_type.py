# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Types of JSON values, declared as data, and the check of a parsed value against its type.

Private to the collection. Every object of an API is checked where it enters, so all other code relies on the
declared types. Keys that a type does not name may have any value. A known key may be missing or null.
"""

from __future__ import annotations

import dataclasses
import typing as t

_CLASS_TITLES: dict[type, str] = {
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "a boolean",
    list: "a list",
    dict: "an object",
    type(None): "null",
}


@dataclasses.dataclass(frozen=True, eq=False)
class JsonType:
    """The type of a JSON value: C(title) for messages, and the classes of the parsed value.

    C(keys) are the known keys of an object, C(required) those that it must have. C(entries) is the type of
    each entry of a list, and of each value in an object that is a map. None stands for any value.
    """

    title: str
    classes: frozenset[type]
    keys: dict[str, JsonType] = dataclasses.field(default_factory=dict)
    required: frozenset[str] = frozenset()
    entries: JsonType | None = None


class TypeFault(t.NamedTuple):
    """The first value of a wrong type: its path below the checked value ("" for itself) and the reason."""

    path: str
    reason: str


ANY = JsonType("any value", frozenset(_CLASS_TITLES))
TEXT = JsonType("a string", frozenset({str}))
WHOLE_NUMBER = JsonType("a whole number", frozenset({int}))
NUMBER = JsonType("a number", frozenset({int, float}))
BOOLEAN = JsonType("a boolean", frozenset({bool}))
TEXT_OR_NUMBER = JsonType("a string or a number", frozenset({str, int, float}))

_COMMON = {"id": TEXT, "name": TEXT, "etag": TEXT, "version": WHOLE_NUMBER}


def list_of(entries: JsonType) -> JsonType:
    """Return the type of a list with entries of one type."""
    return JsonType("a list", frozenset({list}), entries=entries)


def map_of(entries: JsonType) -> JsonType:
    """Return the type of an object with any keys and values of one type."""
    return JsonType("an object", frozenset({dict}), entries=entries)


def object_of(keys: dict[str, JsonType], required: t.Collection[str] = ()) -> JsonType:
    """Return the type of an object with known keys. The keys in C(required) are neither missing nor null."""
    return JsonType("an object", frozenset({dict}), keys=keys, required=frozenset(required))


def either(*types: JsonType) -> JsonType:
    """Return the type of a value that has one of several types, of which one may have keys or entries."""
    deep = next((one for one in types if one.keys or one.entries), ANY)
    return dataclasses.replace(
        deep,
        title=" or ".join(one.title for one in types),
        classes=frozenset().union(*(one.classes for one in types)),
    )


def find_fault(expected: JsonType, value: t.Any) -> TypeFault | None:
    """Return the first fault of a value, None if it has its type."""
    kind = type(value)
    if kind not in expected.classes:
        return TypeFault("", f"must be {expected.title}, not {_CLASS_TITLES.get(kind, kind.__name__)}")
    if kind is dict:
        return _fault_in_object(expected, value)
    if kind is list and expected.entries is not None:
        for index, entry in enumerate(value):
            fault = find_fault(expected.entries, entry)
            if fault is not None:
                return _below(f"[{index}]", fault)
    return None


def _fault_in_object(expected: JsonType, value: dict[str, t.Any]) -> TypeFault | None:
    for key, kind in expected.keys.items():
        entry = value.get(key)
        if entry is None:
            if key in expected.required:
                return TypeFault(key, "is missing or null")
        elif type(entry) not in kind.classes or kind.keys or kind.entries is not None:
            fault = find_fault(kind, entry)  # not called for plain values, which are the most
            if fault is not None:
                return _below(key, fault)
    if expected.entries is not None:
        for key, entry in value.items():
            fault = find_fault(expected.entries, entry)
            if fault is not None:
                return _below(key, fault)
    return None


def _below(place: str, fault: TypeFault) -> TypeFault:
    dot = "." if fault.path and not fault.path.startswith("[") else ""
    return TypeFault(f"{place}{dot}{fault.path}", fault.reason)


def canonical_type(types: t.Mapping[str, JsonType]) -> JsonType:
    """Return the type of an object in canonical form, from types at dotted paths (C(restConfig.url)).

    Objects of all kinds have an id. A name, an ETag and a version have the same type in all of them.
    """
    known = {path: one for path, one in types.items() if one is not ANY}
    whole = object_of({}, ["id"])
    # A path sorts behind the path of the object around it.
    for path, one in sorted({**_COMMON, **known}.items(), key=lambda item: item[0]):
        *parents, last = path.split(".")
        place = whole
        for key in parents:
            place = place.keys.setdefault(key, object_of({}))
        place.keys[last] = one
    return whole
