# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blocks of a retention policy: options to the API's form and back, comparison, and merge (N.4).

Private to the collection. The API shows the objects that a policy names as whole objects. Here they have an
id and a name. Keys that the tables of parts lack keep their values.
"""

from __future__ import annotations

import json
import typing as t

from ..._model.json_objects import merge_keys, only_keys
from ..._model.json_type import BOOLEAN, TEXT, WHOLE_NUMBER, JsonType, list_of, object_of
from ..named_objects import NamedKind, is_id
from .parts import Form, Part

Parts = tuple[Part, ...]
_MARKER = "empty"


def to_wire(parts: Parts, given: t.Any) -> t.Any:
    """Return the options of a block in the API's form. A null option removes its key later.

    A reference has the id or the name that the task gives.
    """
    if not isinstance(given, dict):
        return given
    wire = {}
    for part in parts:
        if part.option in given:
            value = given[part.option]
            wire[part.wire] = None if value is None else _value_to_wire(part, value)
    if "timeSlots" in wire:
        wire[_MARKER] = not wire["timeSlots"]  # the API's own flag for a condition without slots
    return wire


def _value_to_wire(part: Part, value: t.Any) -> t.Any:
    if part.form == "reference":
        return _unresolved(value)
    if part.form == "references":
        return [_unresolved(one) for one in value]
    if part.form == "group":
        return to_wire(part.parts, value)
    if part.form == "groups":
        return [to_wire(part.parts, one) for one in value]
    return value


def _unresolved(text: t.Any) -> t.Any:
    if not isinstance(text, str):  # a wrong element, which is reported already
        return text
    return {"id": text} if is_id(text) else {"name": text}


def from_wire(parts: Parts, wire: t.Any) -> t.Any:
    """Return a block of the API as options, so that it can be given back to the module."""
    if not isinstance(wire, dict):
        return wire
    return {
        part.option: _value_from_wire(part, wire[part.wire])
        for part in parts
        if wire.get(part.wire) is not None
    }


def _value_from_wire(part: Part, value: t.Any) -> t.Any:
    if part.form == "reference":
        return _shown(value)
    if part.form == "references":
        return [_shown(one) for one in value]
    if part.form == "group":
        return from_wire(part.parts, value)
    if part.form == "groups":
        return [from_wire(part.parts, one) for one in value]
    return value


def _shown(reference: t.Any) -> t.Any:
    """Return the email address if there is one, because names of users repeat, else the name or the id."""
    if not isinstance(reference, dict):
        return reference
    return reference.get("email") or reference.get("name") or reference.get("id")


def reduced(parts: Parts, wire: t.Any) -> t.Any:
    """Return a block of the API in canonical form: the objects that it names have only their key fields.

    Null means the same as a missing key.
    """
    if not isinstance(wire, dict):
        return wire
    return {key: value for key, value in _each(parts, wire, _reduced) if value is not None}


def _reduced(part: Part, value: t.Any) -> t.Any:
    keys = part.target.keys if isinstance(part.target, NamedKind) else ("id", "name")
    if part.form == "reference":
        return _with_values(only_keys(value, keys))
    if part.form == "references" and isinstance(value, list):
        return [_with_values(only_keys(one, keys)) for one in value]
    if part.form == "group":
        return reduced(part.parts, value)
    if part.form == "groups" and isinstance(value, list):
        return [reduced(part.parts, one) for one in value]
    return value


def _with_values(reference: t.Any) -> t.Any:
    if not isinstance(reference, dict):
        return reference
    return {key: value for key, value in reference.items() if value is not None}


def named(parts: Parts, wire: t.Any) -> t.Any:
    """Return a block whose references have the names of their objects in the place of the ids."""
    return _with_references(parts, wire, lambda _part, one: {"id": _shown(one), "name": _shown(one)})


def sent(parts: Parts, wire: t.Any) -> t.Any:
    """Return a block as a write has it: references have ids, those of forms also name and context."""
    return _with_references(parts, wire, _sent)


def _sent(part: Part, reference: t.Any) -> t.Any:
    return only_keys(reference, ("id", "name", "contextId") if part.wire == "surveyForm" else ("id",))


def _with_references(parts: Parts, wire: t.Any, change: t.Callable[[Part, t.Any], t.Any]) -> t.Any:
    """Return a block in which C(change) has converted each reference."""

    def convert(part: Part, value: t.Any) -> t.Any:
        if part.form == "reference":
            return change(part, value)
        if part.form == "references":
            return [change(part, one) for one in value]
        if part.form == "group":
            return _with_references(part.parts, value, change)
        if part.form == "groups":
            return [_with_references(part.parts, one, change) for one in value]
        return value

    return dict(_each(parts, wire, convert)) if isinstance(wire, dict) else wire


def _each(
    parts: Parts, wire: dict[str, t.Any], change: t.Callable[[Part, t.Any], t.Any]
) -> t.Iterator[tuple[str, t.Any]]:
    """Yield every key of a block with its value, which C(change) converts if the key is known."""
    known = {part.wire: part for part in parts}
    for key, value in wire.items():
        part = known.get(key)
        yield key, value if part is None or value is None else change(part, value)


def comparable(parts: Parts, wire: t.Any) -> t.Any:
    """Return a block in the form that is compared.

    Neither order nor repetition matters in lists. An id stands for its object. A value that a missing one
    means is left out. Keys that the tables lack count with a value, such as a condition that came later.
    """
    if not isinstance(wire, dict):
        return wire
    known = {part.wire for part in parts}
    others = {key: value for key, value in wire.items() if key not in known and value}
    return {**others, **_comparable_object(parts, wire)}


def _comparable_object(parts: Parts, wire: t.Any) -> t.Any:
    """Return an object inside a block in the form that is compared. The API may add keys of its own to it."""
    if not isinstance(wire, dict):
        return wire
    compared = {}
    for part in parts:
        value = _comparable(part, wire.get(part.wire))
        is_default = value == part.default and type(value) is type(part.default)
        if not is_default and value not in (None, "", [], {}):
            compared[part.wire] = value
    return compared


def _comparable(part: Part, value: t.Any) -> t.Any:
    if value is None:
        return None
    if part.form == "reference":
        return _id(value)
    if part.form in ("references", "texts") and isinstance(value, list):
        return sorted({json.dumps(_id(one)) for one in value})
    if part.form == "group":
        return _comparable_object(part.parts, value)
    if part.form == "groups" and isinstance(value, list):
        return sorted({json.dumps(_comparable_object(part.parts, one), sort_keys=True) for one in value})
    return value


def _id(reference: t.Any) -> t.Any:
    return reference.get("id", reference) if isinstance(reference, dict) else reference


def with_undeclared(parts: Parts, current: t.Any, declared: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return the declared keys of a block with what stays of the current ones: the undeclared keys inside.

    A declared null removes its key from the block later. An entry of a list of objects takes the undeclared
    keys of the current entry with the same form.
    """
    known = {part.wire: part for part in parts}
    earlier = current if isinstance(current, dict) else {}
    return {
        key: value if value is None or key not in known else _merged(known[key], earlier.get(key), value)
        for key, value in declared.items()
    }


def _merged_object(parts: Parts, current: t.Any, declared: dict[str, t.Any]) -> dict[str, t.Any]:
    return merge_keys(current, with_undeclared(parts, current, declared))


def _merged(part: Part, current: t.Any, declared: t.Any) -> t.Any:
    if part.form == "group":
        return _merged_object(part.parts, current, declared)
    if part.form == "groups":
        left = list(current) if isinstance(current, list) else []
        return [_merged_object(part.parts, _taken(left, entry), entry) for entry in declared]
    if part.form == "reference":
        return _known(declared, [current])
    if part.form == "references":
        return [_known(one, current if isinstance(current, list) else []) for one in declared]
    return declared


def _taken(entries: list[t.Any], entry: dict[str, t.Any]) -> t.Any:
    """Remove the entry with the same form from a list and return it. Return None without one."""
    form = _form_of(entry)
    for index, one in enumerate(entries):
        if form is not None and form == _form_of(one):
            return entries.pop(index)
    return None


def _form_of(entry: t.Any) -> t.Any:
    return _id(entry.get("evaluationForm") or entry.get("surveyForm")) if isinstance(entry, dict) else None


def _known(reference: dict[str, t.Any], current: t.Sequence[t.Any]) -> t.Any:
    """Return the current reference with the same id, so that a diff shows it in one form."""
    for one in current:
        if isinstance(one, dict) and one.get("id") is not None and one["id"] == reference.get("id"):
            return one
    return reference


def json_type_of(parts: Parts) -> JsonType:
    """Return the JSON type of a block in canonical form."""
    reference = object_of({"id": TEXT, "name": TEXT, "email": TEXT, "contextId": TEXT}, ["id"])
    simple: dict[Form, JsonType] = {
        "text": TEXT,
        "number": WHOLE_NUMBER,
        "flag": BOOLEAN,
        "texts": list_of(TEXT),
        "reference": reference,
        "references": list_of(reference),
    }
    types = {}
    for part in parts:
        inner = json_type_of(part.parts)
        types[part.wire] = (
            inner if part.form == "group" else list_of(inner) if part.form == "groups" else simple[part.form]
        )
    return object_of(types)
