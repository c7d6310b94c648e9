# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Helpers for JSON objects: exact comparison, copies, dotted paths and merge patches (RFC 7396).

Private to the collection.
"""

from __future__ import annotations

import copy
import enum
import typing as t

Body = dict[str, t.Any]


class Marker(enum.Enum):
    """Values beside those that JSON has."""

    #: As a default: the resulting object must have the field.
    REQUIRED = "required"
    #: As a value: the object does not have the field. As a default: nor does a new object.
    ABSENT = "absent"


REQUIRED = Marker.REQUIRED


ABSENT = Marker.ABSENT


def exact(value: t.Any) -> t.Any:
    """A JSON value as it compares there: true is not 1, which it is in Python."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, dict):
        return {key: exact(entry) for key, entry in value.items()}
    return [exact(entry) for entry in value] if isinstance(value, (list, tuple)) else value


def copied(value: t.Any) -> t.Any:
    """A copy of a JSON value that may be changed; what knows more than JSON takes several times as long."""
    if isinstance(value, dict):
        return {key: copied(entry) for key, entry in value.items()}
    return [copied(entry) for entry in value] if isinstance(value, list) else value


def get_path(body: t.Any, path: str) -> t.Any:
    """The value at a dotted path, or ABSENT."""
    for key in path.split("."):
        if not isinstance(body, dict) or key not in body:
            return ABSENT
        body = body[key]
    return body


def set_path(body: dict[str, t.Any], path: str, value: t.Any) -> None:
    """Puts a value at a dotted path; ABSENT removes it."""
    *parents, last = path.split(".")
    for key in parents:
        below = body.get(key)
        if not isinstance(below, dict):
            if value is ABSENT:
                return
            below = body[key] = {}
        body = below
    if value is ABSENT:
        body.pop(last, None)
    else:
        body[last] = value


def make_merge_patch(before: Body, after: Body) -> Body:
    """The merge patch (RFC 7396) that turns one object into the other; keys that go are null."""
    patch: Body = {key: None for key in before if key not in after}
    for key, value in after.items():
        old = before.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            below = make_merge_patch(old, value)
            if below:
                patch[key] = below
        elif key not in before or exact(old) != exact(value):
            patch[key] = value
    return patch


def apply_merge_patch(body: Body, patch: Body) -> Body:
    """The object that a merge patch (RFC 7396) makes of another one."""
    result = copy.deepcopy(body)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict):
            below = result.get(key)
            result[key] = apply_merge_patch(below if isinstance(below, dict) else {}, value)
        else:
            result[key] = value
    return result
