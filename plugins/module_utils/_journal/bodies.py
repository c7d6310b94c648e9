# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of the objects in a journal, and of lines that are incomplete.

Private to the collection. Pure.
"""

from __future__ import annotations

import json

from .._model.json_objects import ABSENT, exact
from .._model.rendering import MaskedBody, to_record
from .._secrets import MASK
from .entry import Entry, Side
from .lines import LineError

#: The exceptions of a kind's functions that get a value of a wrong type.
_WRONG_TYPE = (TypeError, ValueError, LookupError, AttributeError, RecursionError)

#: The texts with which the writer begins its lines.
_BEGINNINGS = (b'{"run":', b'{"journal":')


def check_body(entry: Entry, side: Side) -> None:
    """Raise LineError if a field of an object has a type that the functions of its kind cannot process."""
    resource, body = entry.resource, getattr(entry, side)
    if body is None:
        return
    for field in resource.fields:
        try:
            value = field.of(body)
            exact(field.parts(value))
            field.equal(value, field.initial())
            if value is not ABSENT:
                field.from_wire(value)
                field.combine(value, value)
        except _WRONG_TYPE:
            raise LineError(f"{side}.{field.wire}: its value has a wrong type") from None
    try:
        hash(resource.identity_of(body))
        if side != "written":  # as a write sends the object; a rollback may create the earlier one again
            resource.endpoint.encode(body, entry.before if side == "after" else None)
        to_record(MaskedBody(resource, body), readable=True)
    except _WRONG_TYPE:
        raise LineError(f"{side}: a value has a wrong type") from None


def has_mask(entry: Entry) -> bool:
    """Return whether a header or URL of an entry's objects has the mask of a secret."""
    for body in (entry.before, entry.after, entry.written):
        for field in entry.resource.fields if body is not None else ():
            if field.headers or field.url:
                value = field.of(body or {})
                texts = value.values() if isinstance(value, dict) else [value]
                if any(isinstance(text, str) and MASK in text for text in texts):
                    return True
    return False


def is_cut_off(text: bytes) -> bool:
    """Return whether a text is the beginning of a JSON object, as a killed process leaves it.

    A complete line that was damaged ends with the brace of its object.
    """
    closing = _closing(text)
    if closing is None or not any(text.startswith(begin[: len(text)]) for begin in _BEGINNINGS):
        return False
    if not text.endswith(b"}"):
        return True
    try:
        json.loads(text + closing)
    except (ValueError, RecursionError):
        return False
    return True


def _closing(text: bytes) -> bytes | None:
    """Return the brackets that close a text, None if none are open or they do not match."""
    waiting: list[int] = []
    in_string = escaped = False
    for byte in text:
        if in_string:
            in_string, escaped = escaped or byte != ord('"'), not escaped and byte == ord("\\")
        elif byte == ord('"'):
            in_string = True
        elif byte in b"{[":
            waiting.append(ord("}") if byte == ord("{") else ord("]"))
        elif byte in b"}]" and (not waiting or waiting.pop() != byte):
            return None
    return bytes(reversed(waiting)) if waiting or in_string else None
