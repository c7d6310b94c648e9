# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Helpers for JSON objects: exact comparison, copies, dotted paths and merge patches (RFC 7396).

Private to the collection.
"""

from __future__ import annotations

import copy
import enum
import math
import re
import typing as t

Body = dict[str, t.Any]

_SURROGATE = re.compile("[\ud800-\udfff]")


class Marker(enum.Enum):
    """Values of fields that JSON cannot express."""

    #: As a default: the field has none, and the resulting object must have a value.
    REQUIRED = "required"
    #: As a value: the object lacks the field. As a default: a new object lacks the field.
    ABSENT = "absent"


REQUIRED = Marker.REQUIRED
ABSENT = Marker.ABSENT


def only_keys(value: t.Any, keys: t.Collection[str]) -> t.Any:
    """Return an object with some of its keys alone. Another value is returned as it is."""
    return {key: value[key] for key in value if key in keys} if isinstance(value, dict) else value


def exact(value: t.Any) -> t.Any:
    """Return a JSON value that compares as in JSON, where true is not equal to 1."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, dict):
        return {key: exact(entry) for key, entry in value.items()}
    return [exact(entry) for entry in value] if isinstance(value, (list, tuple)) else value


def may_be_number(text: str) -> bool:
    """Return whether Python may read a text as a number. It would accept 1_000 and digits of all scripts."""
    return text.isascii() and "_" not in text


def copied(value: t.Any) -> t.Any:
    """Return a deep copy of a JSON value, several times faster than C(copy.deepcopy)."""
    if isinstance(value, dict):
        return {key: copied(entry) for key, entry in value.items()}
    return [copied(entry) for entry in value] if isinstance(value, list) else value


def get_path(body: t.Any, path: str) -> t.Any:
    """Return the value at a dotted path, or ABSENT."""
    for key in path.split("."):
        if not isinstance(body, dict) or key not in body:
            return ABSENT
        body = body[key]
    return body


def set_path(body: dict[str, t.Any], path: str, value: t.Any) -> None:
    """Set the value at a dotted path; ABSENT removes it."""
    *parents, last = path.split(".")
    for key in parents:
        child = body.get(key)
        if not isinstance(child, dict):
            if value is ABSENT:
                return
            child = body[key] = {}
        body = child
    if value is ABSENT:
        body.pop(last, None)
    else:
        body[last] = value


def make_merge_patch(before: Body, after: Body) -> Body:
    """Return the merge patch (RFC 7396) from one object to another. Removed keys are null."""
    patch: Body = {key: None for key in before if key not in after}
    for key, value in after.items():
        old = before.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            child = make_merge_patch(old, value)
            if child:
                patch[key] = child
        elif key not in before or exact(old) != exact(value):
            patch[key] = value
    return patch


def apply_merge_patch(body: Body, patch: Body) -> Body:
    """Return a copy of an object with a merge patch (RFC 7396) applied."""
    result = copy.deepcopy(body)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict):
            child = result.get(key)
            result[key] = apply_merge_patch(child if isinstance(child, dict) else {}, value)
        else:
            result[key] = value
    return result


def merge_keys(current: t.Any, declared: Body) -> Body:
    """Return the keys of the current object with the declared ones. A declared null removes its key."""
    known = current if isinstance(current, dict) else {}
    merged = {**known, **declared}
    return {key: value for key, value in merged.items() if value is not None or key not in declared}


def is_unicode(value: t.Any) -> bool:
    """Return whether UTF-8 has every character of the texts in a JSON value: no lone surrogates."""
    if isinstance(value, str):
        return value.isascii() or not _SURROGATE.search(value)
    if isinstance(value, dict):
        return all(is_unicode(key) and is_unicode(entry) for key, entry in value.items())
    return all(map(is_unicode, value)) if isinstance(value, (list, tuple)) else True


def is_finite(value: t.Any) -> bool:
    """Return whether all numbers in a JSON value are finite: JSON has neither NaN nor infinity."""
    if isinstance(value, dict):
        return all(map(is_finite, value.values()))
    if isinstance(value, (list, tuple)):
        return all(map(is_finite, value))
    return not isinstance(value, float) or math.isfinite(value)
