# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that declare an object as it is, without defaults and server-owned fields (X.1).

Private to the collection. Pure. C(options_of) is the hook C(Resource.to_options) of kinds whose fields say
all. The hooks of other kinds change its result.
"""

from __future__ import annotations

import json
import typing as t

from .._errors import GenesysError
from .json_objects import ABSENT, Body, get_path, set_path
from .resource import Field, Resource

Options = dict[str, t.Any]

#: Keys that come first where the order of keys has no meaning.
_FIRST = ("name", "key", "id")


class NotExpressible(GenesysError):
    """An object that no options of the collection declare. The message is the reason, a clause."""


class KnownObjects(t.Protocol):
    """The other objects of the org, to which an object refers by their ids."""

    def name_of(self, kind: str, object_id: str) -> str | None:
        """Return the name of an object of another kind if no other object of that kind has it, else None."""

    def identity_of(self, kind: str, object_id: str) -> tuple[t.Any, ...] | None:
        """Return the identity of an object of another kind if it is the only one, else None."""

    def text_of(self, object_id: str, look_up: t.Callable[[t.Any, t.Any], str]) -> str:
        """Return the text by which an option names an object of a kind that no export has, such as a queue.

        C(look_up) returns the text that the org has for the object. It gets a C(Client) and a C(RunCache),
        which this package cannot import.
        """


def options_of(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of all fields that differ from their defaults, those of the identity first."""
    options: Options = {}
    for option in resource.named_by:
        value = body.get(option)
        if value is not None:
            options[option] = value
    for field in resource.fields:
        value = get_path(body, field.wire)
        if field.write_only or field.option == resource.id_option or value is ABSENT or value is None:
            continue
        if field.option in resource.named_by or field.comparable(value) != field.comparable(ABSENT):
            shown = in_stable_order(field.from_wire(value))
            set_path(options, field.option, _sorted(shown) if _is_set(field, value) else shown)
    return options


def _is_set(field: Field, value: t.Any) -> bool:
    """Return whether a value is a list whose order does not matter, because the field compares it so."""
    return isinstance(value, list) and field.comparable(value) == field.comparable(value[::-1])


def _sorted(value: t.Any) -> t.Any:
    return sorted(value, key=lambda one: json.dumps(one, default=str)) if isinstance(value, list) else value


def declared_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options that declare an object, by the hook of its kind. Raise NotExpressible."""
    if resource.to_options is None:
        raise AssertionError(f"the kind {resource.kind} has no to_options")
    return resource.to_options(resource, body, known)


def add_missing(entry: Options, present: t.Mapping[str, t.Any], option: str) -> list[str]:
    """Add the named parts to a list of an entry that only the present object has. Return their names."""
    wanted = entry.get(option) or []
    names = {part["name"] for part in wanted}
    others = [part for part in present.get(option) or [] if part["name"] not in names]
    if others:
        entry[option] = [*wanted, *others]
    return [part["name"] for part in others]


def named_pairs(wanted: t.Any, present: t.Any) -> t.Iterator[tuple[Options, Options]]:
    """Yield the parts of a list of an entry, each with the part of the same name that the object has."""
    there = {part["name"]: part for part in present or ()}
    for part in wanted or ():
        if part["name"] in there:
            yield part, there[part["name"]]


def reset_missing(wanted: Options, present: t.Mapping[str, t.Any]) -> None:
    """Declare null for each option that only the present object has."""
    for option in present:
        wanted.setdefault(option, None)


def in_stable_order(value: t.Any) -> t.Any:
    """Return a copy of a JSON value whose keys are sorted, because an API may return them in any order."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (key not in _FIRST, key))
        return {key: in_stable_order(value[key]) for key in keys}
    return [in_stable_order(entry) for entry in value] if isinstance(value, list) else value
