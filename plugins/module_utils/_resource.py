# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The frozen description of a resource kind: what the engine needs to know to read, plan and write it.

Private to the collection. A kind is data: its paths, its identity, how it is listed and locked, and one
C(Field) for each thing that a task can declare. Only what data cannot say is a function.
"""

from __future__ import annotations

import copy
import dataclasses
import typing as t

from ._problems import Findings


class _Marker:
    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


#: As a default: the resulting object must have the field.
REQUIRED = _Marker("REQUIRED")
#: As a value: the object does not have the field. As a default: nor does a new object.
ABSENT = _Marker("ABSENT")


def same(value: t.Any) -> t.Any:
    """The conversion of a field whose option and wire forms are the same."""
    return value


def replaced(current: t.Any, declared: t.Any) -> t.Any:
    """How most fields take a declared value: it replaces the current one."""
    return declared


@dataclasses.dataclass(frozen=True)
class Field:
    """One managed field: where it stands in the task (C(option)) and in the API's object (C(wire)).

    C(to_wire) and C(from_wire) convert a value between the two; C(canonical) turns a wire value into
    what is compared; C(combine) makes the new wire value from the current and the declared one;
    C(display) is C(from_wire) for a reader. C(headers) marks a map of HTTP headers, which may hold secrets.
    """

    option: str
    wire: str
    default: t.Any = ABSENT
    to_wire: t.Callable[[t.Any], t.Any] = same
    from_wire: t.Callable[[t.Any], t.Any] = same
    canonical: t.Callable[[t.Any], t.Any] = same
    combine: t.Callable[[t.Any, t.Any], t.Any] = replaced
    display: t.Callable[[t.Any], t.Any] | None = None
    headers: bool = False

    def initial(self) -> t.Any:
        """The value of a new object that does not declare the field: API.md's default, or absent."""
        return ABSENT if self.default is REQUIRED else copy.deepcopy(self.default)

    def of(self, body: dict[str, t.Any]) -> t.Any:
        """The field's wire value in an object; where the object lacks it, the default it stands for."""
        value = get_path(body, self.wire)
        return self.initial() if value is ABSENT or value is None else value

    def equal(self, one: t.Any, other: t.Any) -> bool:
        if one is ABSENT or other is ABSENT:
            return one is other
        return bool(self.canonical(one) == self.canonical(other))


@dataclasses.dataclass(frozen=True)
class Resource:
    """A resource kind.

    C(options) is the argument spec of its own options, C(model) the pydantic model of the desired state.
    C(paging) says how its lists are read: C(numbered) or C(token). C(name_filter) tells that the list
    takes C(name) and answers with a superset of the exact matches. C(locking) is C(etag) or C(version);
    C(write) is C(put) for full replacement or C(patch) for a merge patch.
    """

    kind: str
    title: str
    path: str
    options: dict[str, dict[str, t.Any]]
    model: t.Any
    fields: tuple[Field, ...]
    server_owned: tuple[str, ...]
    constants: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    paging: t.Literal["numbered", "token"] = "numbered"
    name_filter: bool = False
    # Judges the task alone: no request, no current object (S0.4, S1.2 to S1.4).
    check: t.Callable[[t.Any, Findings], dict[str, t.Any]] | None = None

    def owned(self, body: dict[str, t.Any]) -> dict[str, t.Any]:
        """The part of an object that clients own, as a copy that may be changed."""
        return {key: copy.deepcopy(value) for key, value in body.items() if key not in self.server_owned}


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
